//! Explaining findings: of one record, of equal ones, and of a whole selection.

use standard::{Level, Table, mask};
use store::{Explanation, FindingQuery, StoredFinding, UNIQUE_RULE};

use crate::Desk;
use crate::check::api::{Explain, ExplainAll, Explained, GroupRef, TellApart};
use crate::check::groups::rows_of;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::editions::table_of;
use crate::verify::commit;

/// The value of findings of one record that the page names. The page may have it only masked.
fn unmasked(table: &Table, found: &[StoredFinding], named: &str) -> String {
    let exact = found.iter().find(|one| one.finding.value == named);
    let masked = || found.iter().find(|one| mask::masked(table, &one.finding).value == named);
    exact.or_else(masked).map_or(named, |one| &one.finding.value).to_owned()
}

/// `check.tell_apart`: for records with one natural key, in every table: the clerk states that they are different
/// records, and why.
pub(crate) fn tell_apart(desk: &Desk, request: TellApart) -> Result<Nothing, CallError> {
    let open = desk.opened()?;
    table_of(&open.edition, &request.table)?;
    say_apart(desk, &open, &request.table, request.rows, &request.text)
}

fn say_apart(desk: &Desk, open: &OpenBook, table: &str, rows: Vec<i64>, text: &str) -> Result<Nothing, CallError> {
    let said = store::TellApart { table: table.to_owned(), rows, text: text.trim().to_owned() };
    commit::tell_apart(desk, open, &said)?;
    Ok(Nothing {})
}

/// `check.explain`: only confirm findings can be explained; mandatory ones must be corrected.
pub(crate) fn explain(desk: &Desk, request: Explain) -> Result<Nothing, CallError> {
    let open = desk.opened()?;
    let GroupRef { table, column, rule, value } = &request.group;
    let of = table_of(&open.edition, table)?;
    if rule == UNIQUE_RULE {
        let rows = match request.row {
            Some(row) => vec![row],
            None => rows_of(&open, &request.group)?,
        };
        return say_apart(desk, &open, table, rows, &request.text);
    }
    let found = FindingQuery {
        table: Some(table.clone()),
        column: column.clone(),
        rule: Some(rule.clone()),
        ..Default::default()
    };
    let shown;
    let value = match request.row {
        Some(row) => {
            let of_row = FindingQuery { rows: vec![row], limit: u64::MAX, ..found.clone() };
            shown = unmasked(of, &open.book.findings(&of_row)?.findings, value);
            &shown
        }
        None => value,
    };
    let mandatory = FindingQuery { value: Some(value.clone()), level: Some(Level::Mandatory), limit: 1, ..found };
    if open.book.findings(&mandatory)?.total > 0 {
        return Err(CallError::new("explain.mandatory"));
    }
    let explanation = |row: Option<i64>| Explanation {
        table: table.clone(),
        row,
        column: column.clone(),
        rule: rule.clone(),
        value: value.clone(),
        text: request.text.trim().to_owned(),
    };
    let explanations: Vec<Explanation> = match request.row {
        Some(row) => vec![explanation(Some(row))],
        None => {
            let rows = rows_of(&open, &request.group)?;
            if rows.is_empty() {
                vec![explanation(None)]
            } else {
                rows.into_iter().map(|row| explanation(Some(row))).collect()
            }
        }
    };
    open.book.explain(desk.clock.now(), &open.settings().person, &explanations)?;
    desk.tell(Changed::Tables { tables: vec![table.clone()], step: None });
    Ok(Nothing {})
}

/// `check.explain_all`: one reason for all confirm findings of a selection, in one transaction. Mandatory findings and
/// hints among them stay as they are.
pub(crate) fn explain_all(desk: &Desk, request: ExplainAll) -> Result<Explained, CallError> {
    let open = desk.opened()?;
    let (selection, period) = (request.selection, open.period());
    for table in &selection.tables {
        table_of(&open.edition, table)?;
    }
    if selection.level == Some(Level::Mandatory) {
        return Err(CallError::new("explain.mandatory"));
    }
    let who = open.settings().person;
    let explained = open.book.explain_selected(desk.clock.now(), &who, (&selection, &period), request.text.trim())?;
    desk.tell(Changed::Tables { tables: super::groups::tables_in(&open, &selection)?, step: None });
    Ok(Explained { explained })
}
