//! The college's own additions to the open book's edition.
//!
//! They are a setting of the book and are copied with it. Whenever the book is opened they are laid over its edition as
//! it is then; parts that do not fit it any more stay in the book and are reported.

use std::path::Path;
use std::sync::Arc;

use check::rules::Wrong;
use serde_json::Value;
use standard::overlay::{OverlayProblem, PREFIX};
use standard::{Edition, Rule};

use crate::Desk;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::own::laid;
use crate::session::places::write_whole;
use crate::session::small_file::read_text;
use crate::standards::api::own::{
    Overlay, OverlayFile, OverlayProblems, ProposeName, ProposedName, TriedRule, TryRule,
};
use crate::verify::recheck::recheck_tables;

/// The most bytes of a file of additions.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

fn error_of(problem: &OverlayProblem) -> CallError {
    CallError::new(problem.code).with("part", &problem.part).with("found", &problem.found)
}

/// `overlay.get`.
pub(crate) fn get(desk: &Desk, _: Nothing) -> Result<Overlay, CallError> {
    desk.opened()?.own()
}

/// `overlay.problems`.
pub(crate) fn problems(desk: &Desk, _: Nothing) -> Result<OverlayProblems, CallError> {
    Ok(OverlayProblems { problems: desk.opened()?.overlay_problems.iter().map(error_of).collect() })
}

/// `overlay.save`: all of it or nothing. Every rule is tried on its own cases first.
pub(crate) fn save(desk: &Desk, own: Overlay) -> Result<Overlay, CallError> {
    fits(&own, &desk.opened()?.base)?;
    let value = match own.is_empty() {
        true => Value::Null,
        false => serde_json::to_value(&own).map_err(|_| CallError::failed("own additions are not JSON"))?,
    };
    let tables = desk.alone(|open| {
        // The book may have been moved to another edition since.
        if let Some(problem) = laid(&open.base, &own).1.first() {
            return Err(error_of(problem));
        }
        let before = open.own()?;
        open.put_over(&own, Some(&value))?;
        Ok(changed_tables(&before, &own, &open.edition))
    })?;
    recheck_tables(&*desk.opened()?, &tables, &mut desk.job(0))?;
    desk.tell(Changed::Book);
    Ok(own)
}

/// Tables of the edition whose own fields or rules changed, and which must be checked anew.
fn changed_tables(before: &Overlay, after: &Overlay, edition: &Edition) -> Vec<String> {
    let fields =
        |own: &Overlay, table: &str| own.fields.iter().filter(|f| f.table == table).cloned().collect::<Vec<_>>();
    let rules = |own: &Overlay, table: &str| own.rules.iter().filter(|r| r.table == table).cloned().collect::<Vec<_>>();
    let tables = |own: &Overlay, table: &str| own.tables.iter().find(|t| t.name == table).cloned();
    let changed = |table: &str| {
        fields(before, table) != fields(after, table)
            || rules(before, table) != rules(after, table)
            || tables(before, table) != tables(after, table)
    };
    edition.tables.iter().map(|table| &table.name).filter(|table| changed(table)).cloned().collect()
}

/// Checks that the additions fit the edition and that the cases of every own rule come out as they should.
fn fits(own: &Overlay, base: &Arc<Edition>) -> Result<(), CallError> {
    let (edition, problems) = laid(base, own);
    if let Some(problem) = problems.first() {
        return Err(error_of(problem));
    }
    edition.rules.iter().filter(|rule| rule.own).try_for_each(|rule| tried(&edition, rule))
}

/// `overlay.try_rule`, in the open book's edition with the additions that it has.
pub(crate) fn try_rule(desk: &Desk, request: TryRule) -> Result<TriedRule, CallError> {
    let open = desk.opened()?;
    let mut own = open.own()?;
    let id = request.rule.id.clone();
    own.rules.retain(|rule| rule.id != id);
    own.rules.push(request.rule);
    let (edition, problems) = laid(&open.base, &own);
    let problem = match problems.iter().find(|problem| problem.part == id) {
        Some(problem) => Some(error_of(problem)),
        None => edition.rules.iter().find(|rule| rule.id == id).and_then(|rule| tried(&edition, rule).err()),
    };
    Ok(TriedRule { problem })
}

/// Checks that a rule may run, and that its cases come out as they should.
pub(crate) fn tried(edition: &Arc<Edition>, rule: &Rule) -> Result<(), CallError> {
    may_run(edition, rule)?;
    let Some(problem) = check::rules::try_cases(edition, rule).into_iter().next() else { return Ok(()) };
    let error = match &problem.wrong {
        Wrong::Found(words) => CallError::new("rule.case-found").with("words", words),
        Wrong::Nothing => CallError::new("rule.case-nothing"),
        Wrong::Elsewhere(columns) => CallError::new("rule.case-elsewhere").with("columns", columns),
        Wrong::Failed(reason) => CallError::new("rule.case-failed").with("reason", reason),
        Wrong::Shows(column) => CallError::new("rule.case-shows").with("column", column),
    };
    Err(error.with("rule", &rule.id).with("number", problem.number))
}

/// Checks that a rule may run.
pub(crate) fn may_run(edition: &Arc<Edition>, rule: &Rule) -> Result<(), CallError> {
    Ok(check::rules::validate(edition, rule)?)
}

/// The most letters of a title that go into a name.
const MOST_LETTERS: usize = 24;

/// `overlay.name`: the initials of a title as a name, with a number behind where that is taken.
pub(crate) fn propose_name(_: &Desk, request: ProposeName) -> Result<ProposedName, CallError> {
    let initials = standard::search::initials(&request.title);
    let letters: String = initials
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(MOST_LETTERS)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let stem = format!("{PREFIX}{}", if letters.is_empty() { "BX" } else { &letters });
    let numbered = (2..).map(|number: usize| format!("{stem}_{number}"));
    let free = std::iter::once(stem.clone()).chain(numbered).find(|name| !request.taken.contains(name));
    Ok(ProposedName { name: free.unwrap_or(stem) })
}

/// `overlay.export`.
pub(crate) fn export(desk: &Desk, request: OverlayFile) -> Result<Nothing, CallError> {
    let own = desk.opened()?.own()?;
    let text = serde_json::to_vec_pretty(&own).map_err(|_| CallError::failed("own additions are not JSON"))?;
    write_whole(Path::new(&request.path), &text)?;
    Ok(Nothing {})
}

/// `overlay.import`: the additions of the file replace those of the book.
pub(crate) fn import(desk: &Desk, request: OverlayFile) -> Result<Overlay, CallError> {
    let path = Path::new(&request.path);
    let text = read_text(path, MOST_BYTES)?;
    let overlay: Overlay =
        serde_json::from_str(&text).map_err(|e| CallError::new("overlay.unreadable").with("reason", e))?;
    save(desk, overlay)
}
