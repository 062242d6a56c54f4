//! The college's own additions to the open book's edition.
//!
//! They are a setting of the book and travel with it. Whenever the book is opened they are laid over its edition as it
//! is then; parts that have no place in it any more are kept and told.

use std::path::Path;
use std::sync::Arc;

use check::rules::Wrong;
use serde_json::Value;
use standard::overlay::{Overlay as Own, OverlayProblem, PREFIX};
use standard::rule::RuleText;
use standard::{Edition, Rule};

use crate::Desk;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::own::laid;
use crate::session::places::{file_error, write_whole};
use crate::standards::api::own::{
    Overlay, OverlayFile, OverlayProblems, ProposeName, ProposedName, TriedRule, TryRule,
};
use crate::verify::recheck::recheck_tables;

/// The most bytes of a file of additions.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

fn told(problem: &OverlayProblem) -> CallError {
    CallError::new(problem.code).with("part", &problem.part).with("found", &problem.found)
}

/// The additions in the type of the standard: its JSON is the same, only its type of a rule differs.
fn read(overlay: &Overlay) -> Result<Own, CallError> {
    let value = serde_json::to_value(overlay).map_err(|_| CallError::failed("own additions are not JSON"))?;
    serde_json::from_value(value).map_err(|e| CallError::new("overlay.unreadable").with("reason", e))
}

fn shown(own: &Own) -> Result<Overlay, CallError> {
    let value = serde_json::to_value(own).map_err(|_| CallError::failed("own additions are not JSON"))?;
    serde_json::from_value(value).map_err(|_| CallError::failed("own additions are not JSON"))
}

/// `overlay.get`.
pub(crate) fn get(desk: &Desk, _: Nothing) -> Result<Overlay, CallError> {
    shown(&desk.opened()?.own()?)
}

/// `overlay.problems`.
pub(crate) fn problems(desk: &Desk, _: Nothing) -> Result<OverlayProblems, CallError> {
    Ok(OverlayProblems { problems: desk.opened()?.overlay_problems.iter().map(told).collect() })
}

/// `overlay.save`: all of it or nothing. Every rule is tried on its own cases first.
pub(crate) fn save(desk: &Desk, request: Overlay) -> Result<Overlay, CallError> {
    let own = read(&request)?;
    fits(&own, &desk.opened()?.base)?;
    let value = match own.is_empty() {
        true => Value::Null,
        false => serde_json::to_value(&own).map_err(|_| CallError::failed("own additions are not JSON"))?,
    };
    let tables = desk.alone(|open| {
        // Another edition may have come under it meanwhile.
        if let Some(problem) = laid(&open.base, &own).1.first() {
            return Err(told(problem));
        }
        let before = open.own()?;
        open.put_over(&own, Some(&value))?;
        Ok(changed_tables(&before, &own, &open.edition))
    })?;
    recheck_tables(&*desk.opened()?, &tables, &mut desk.job(0))?;
    desk.tell(Changed::Book);
    shown(&own)
}

/// Tables of the edition whose own fields or rules are not what they were: what was found in them may not hold any more.
fn changed_tables(before: &Own, after: &Own, edition: &Edition) -> Vec<String> {
    let fields = |own: &Own, table: &str| own.fields.iter().filter(|f| f.table == table).cloned().collect::<Vec<_>>();
    let rules = |own: &Own, table: &str| own.rules.iter().filter(|r| r.table == table).cloned().collect::<Vec<_>>();
    let tables = |own: &Own, table: &str| own.tables.iter().find(|t| t.name == table).cloned();
    let changed = |table: &str| {
        fields(before, table) != fields(after, table)
            || rules(before, table) != rules(after, table)
            || tables(before, table) != tables(after, table)
    };
    edition.tables.iter().map(|table| &table.name).filter(|table| changed(table)).cloned().collect()
}

/// Whether the additions have their place in the edition and every rule does what it says.
fn fits(own: &Own, base: &Arc<Edition>) -> Result<(), CallError> {
    let (edition, problems) = laid(base, own);
    if let Some(problem) = problems.first() {
        return Err(told(problem));
    }
    edition.rules.iter().filter(|rule| rule.own).try_for_each(|rule| tried(&edition, rule))
}

/// `overlay.try_rule`, in the open book's edition with the additions that it has.
pub(crate) fn try_rule(desk: &Desk, request: TryRule) -> Result<TriedRule, CallError> {
    let open = desk.opened()?;
    let mut own = open.own()?;
    let rule = read(&Overlay { rules: vec![request.rule], ..Overlay::default() });
    let Ok(Own { rules, .. }) = rule else { return Ok(TriedRule { problem: rule.err() }) };
    let id = rules.first().map(|rule: &RuleText| rule.id.clone()).unwrap_or_default();
    own.rules.retain(|rule| rule.id != id);
    own.rules.extend(rules);
    let (edition, problems) = laid(&open.base, &own);
    let problem = match problems.iter().find(|problem| problem.part == id) {
        Some(problem) => Some(told(problem)),
        None => edition.rules.iter().find(|rule| rule.id == id).and_then(|rule| tried(&edition, rule).err()),
    };
    Ok(TriedRule { problem })
}

/// Whether a rule may run at all, and does what its cases say.
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

/// Whether a rule is one that may run.
pub(crate) fn may_run(edition: &Arc<Edition>, rule: &Rule) -> Result<(), CallError> {
    Ok(check::rules::validate(edition, rule)?)
}

/// The most letters of a title that go into a name.
const MOST_LETTERS: usize = 24;

/// `overlay.name`: the initials of a title as a name, with a number behind where that is taken.
pub(crate) fn propose_name(_: &Desk, request: ProposeName) -> Result<ProposedName, CallError> {
    // What a search matches ends with the initials.
    let keys = standard::search::keys(&request.title);
    let initials = keys.rsplit(' ').next().unwrap_or_default().chars().filter(char::is_ascii_alphanumeric);
    let letters: String = initials.take(MOST_LETTERS).map(|c| c.to_ascii_uppercase()).collect();
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

/// `overlay.import`: what the file holds takes the place of what the book has.
pub(crate) fn import(desk: &Desk, request: OverlayFile) -> Result<Overlay, CallError> {
    let path = Path::new(&request.path);
    let length = std::fs::metadata(path).map_err(|e| file_error(&e, path))?.len();
    if length > MOST_BYTES {
        return Err(CallError::new("overlay.too-large").with("file", &request.path).with("limit", MOST_BYTES));
    }
    let text = std::fs::read(path).map_err(|e| file_error(&e, path))?;
    let overlay: Overlay =
        serde_json::from_slice(&text).map_err(|e| CallError::new("overlay.unreadable").with("reason", e))?;
    save(desk, overlay)
}
