//! Putting a proposal into the book, in one step that can be taken back.

use std::path::Path;

use store::RowChange;

use super::matching::merged;
use crate::Desk;
use crate::session::api::{CallError, Changed};
use crate::session::proposals::{RowKind, Sheet};
use crate::standards::table_of;
use crate::workbooks::api::{Applied, ApplyProposal};

/// Who wins where both the file and the book changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Winner {
    File,
    Book,
}

/// `workbook.apply`.
pub(crate) fn apply(desk: &Desk, request: ApplyProposal) -> Result<Applied, CallError> {
    let open = desk.opened()?;
    let proposal = desk.proposal(request.proposal)?;
    if proposal.book != open.id {
        return Err(CallError::new("import.other-book"));
    }
    // `skip` and `ours` both leave a conflicting record as it is; they differ only in what the clerk meant.
    let winner = match request.conflicts.as_str() {
        "theirs" => Winner::File,
        "ours" | "skip" => Winner::Book,
        other => return Err(CallError::new("import.bad-conflicts").with("value", other)),
    };
    let (mut new, mut changed) = (0, 0);
    let mut changes = Vec::new();
    for sheet in &proposal.sheets {
        let before = changes.len();
        let (n, c) = changes_of(&open, sheet, winner, &mut changes)?;
        debug_assert_eq!(changes.len() - before, (n + c) as usize);
        new += n;
        changed += c;
    }
    let mut tables: Vec<String> = proposal.sheets.iter().map(|s| s.table.clone()).collect();
    tables.sort();
    tables.dedup();
    let mut job = desk.job(request.job);
    job.go_on()?;
    job.at("import", 0, changes.len() as u64);
    let step = if changes.is_empty() {
        0
    } else {
        let _held = open.hold();
        desk.record(&open, "import", &file_names(&proposal.sheets), &changes)?.step
    };
    job.at("import", changes.len() as u64, changes.len() as u64);
    // The import stands: its check cannot be left out any more.
    job.cannot_stop();
    crate::verify::findings::recheck_with_referring(&open, &tables, &mut job)?;
    desk.proposals().forget(request.proposal);
    desk.tell(Changed::Tables { tables: tables.clone(), step });
    Ok(Applied { step, new, changed, tables })
}

fn changes_of(
    open: &crate::Open,
    sheet: &Sheet,
    winner: Winner,
    changes: &mut Vec<RowChange>,
) -> Result<(u64, u64), CallError> {
    let table = table_of(&open.edition, &sheet.table)?;
    let (mut new, mut changed) = (0, 0);
    for row in &sheet.rows {
        let wanted = match row.kind {
            RowKind::New | RowKind::Changed => true,
            RowKind::Conflict => winner == Winner::File,
            RowKind::Unchanged | RowKind::Unreadable => false,
        };
        match row.target {
            _ if !wanted => {}
            None => {
                new += 1;
                changes.push(RowChange::Insert {
                    table: table.name.clone(),
                    values: merged(table, None, &row.cells),
                    after: None,
                });
            }
            Some(target) => {
                changed += 1;
                let cells = table.fields.iter().zip(&row.cells);
                let values = cells.filter_map(|(field, cell)| Some((field.column.clone(), cell.clone()?)));
                changes.push(RowChange::Update { table: table.name.clone(), row: target, values: values.collect() });
            }
        }
    }
    Ok((new, changed))
}

/// Names of the files, without their folders, for the history of imports.
fn file_names(sheets: &[Sheet]) -> String {
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let name =
            Path::new(&sheet.file).file_name().map_or_else(|| sheet.file.clone(), |n| n.to_string_lossy().into_owned());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("、")
}
