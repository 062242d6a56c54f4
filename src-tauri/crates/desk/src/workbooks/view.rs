//! Proposals as screens show them: the list of them, one with its numbers, and pages of rows.

use std::collections::BTreeMap;

use standard::Table;
use store::{CellKind, Choice, Conflict, ProposalCounts, ProposedRow, ProposedRowsQuery, RowKind};

use super::api::{
    ColumnCells, KeptProposal, Outlook, Proposal, ProposalFile, ProposalRef, ProposalRow, ProposalRows,
    ProposalRowsQuery, ProposalSheet, UnreadableCell,
};
use super::hold::hold;
use super::proposals::{Kept, kept, read, usable};
use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::env::rfc3339;
use crate::verify::records::name_of;

/// `workbook.proposals`.
pub(crate) fn list(desk: &Desk, _: Nothing) -> Result<Vec<KeptProposal>, CallError> {
    let open = desk.opened()?;
    let view = |proposal| {
        let kept = read(&open, proposal)?;
        Ok(KeptProposal {
            id: number(kept.id())?,
            at: rfc3339(kept.proposal.at),
            who: kept.proposal.who.clone(),
            outdated: kept.outdated(&open),
            outlook: outlook(&open, &kept)?,
            source: kept.request.source,
            files: kept.request.files,
        })
    };
    open.book.proposals()?.into_iter().map(view).collect()
}

/// `workbook.proposal`. What changed in the book since it was last shown waits for a decision.
pub(crate) fn proposal(desk: &Desk, request: ProposalRef) -> Result<Proposal, CallError> {
    let open = desk.opened()?;
    let found = kept(&open, request.proposal)?;
    if found.outdated(&open).is_none() {
        let held = open.hold();
        let changed = hold(&open, &found)?;
        drop(held);
        if changed {
            desk.tell(Changed::Proposals);
        }
    }
    of(&open, request.proposal)
}

/// `workbook.drop`.
pub(crate) fn drop_one(desk: &Desk, request: ProposalRef) -> Result<Nothing, CallError> {
    desk.opened()?.book.drop_proposal(i64::from(request.proposal))?;
    desk.tell(Changed::Proposals);
    Ok(Nothing {})
}

/// The number of a proposal or of a sheet as the page gets it.
pub(super) fn number(id: i64) -> Result<u32, CallError> {
    u32::try_from(id).map_err(|_| CallError::failed("more proposals than there are numbers"))
}

/// A proposal with its numbers as they are now.
pub(super) fn of(open: &OpenBook, id: u32) -> Result<Proposal, CallError> {
    let kept = kept(open, id)?;
    let mut files: Vec<ProposalFile> =
        kept.request.files.iter().map(|file| ProposalFile { file: file.clone(), sheets: Vec::new() }).collect();
    let mut outlook = Outlook::default();
    for sheet in &kept.sheets {
        let counts = open.book.proposal_counts(sheet.id)?;
        add_to(&mut outlook, &counts);
        let view = sheet_view(sheet, &counts)?;
        if let Some(file) = files.iter_mut().find(|file| file.file == sheet.file) {
            file.sheets.push(view);
        }
    }
    Ok(Proposal {
        id,
        at: rfc3339(kept.proposal.at),
        who: kept.proposal.who.clone(),
        outdated: kept.outdated(open),
        source: kept.request.source.clone(),
        corrections: kept.request.corrections.clone(),
        files,
        outlook,
    })
}

fn sheet_view(sheet: &store::ProposalSheet, counts: &ProposalCounts) -> Result<ProposalSheet, CallError> {
    let known: ProposalSheet = serde_json::from_value(sheet.view.clone())
        .map_err(|_| CallError::failed("an account of a sheet cannot be read"))?;
    let count = |kind: RowKind| counts.rows.iter().filter(|one| one.kind == kind).map(|one| one.rows).sum();
    let mut cells: BTreeMap<usize, ColumnCells> = BTreeMap::new();
    for one in &counts.cells {
        let Some(column) = sheet.columns.get(one.column) else { continue };
        let of =
            cells.entry(one.column).or_insert_with(|| ColumnCells { column: column.clone(), ..Default::default() });
        let if_chosen = |choice: Option<Choice>| if one.choice == choice { one.cells } else { 0 };
        match one.kind {
            CellKind::Changed => {
                of.changed += one.cells;
                of.changed_refused += if_chosen(Some(Choice::Ours));
            }
            CellKind::Cleared => {
                of.cleared += one.cells;
                of.cleared_asked += if_chosen(Some(Choice::Theirs));
            }
            CellKind::Conflict => {
                of.conflicts += one.cells;
                of.undecided += if_chosen(None);
            }
            CellKind::Differs => of.differs += one.cells,
        }
    }
    Ok(ProposalSheet {
        no: number(sheet.id)?,
        new: count(RowKind::New),
        changed: count(RowKind::Changed),
        unchanged: count(RowKind::Unchanged),
        conflicts: count(RowKind::Conflict),
        cleared: counts.clearing,
        doubled: count(RowKind::Doubled),
        left_out: count(RowKind::LeftOut),
        missing: count(RowKind::Missing),
        unreadable: count(RowKind::Unreadable),
        ruined: counts.ruined,
        undecided: counts.waiting,
        cells: cells.into_values().collect(),
        ..known
    })
}

/// What the import would do with the present decisions.
pub(super) fn outlook(open: &OpenBook, kept: &Kept) -> Result<Outlook, CallError> {
    let mut all = Outlook::default();
    for (sheet, _) in kept.with_tables() {
        add_to(&mut all, &open.book.proposal_counts(sheet.id)?);
    }
    Ok(all)
}

/// Adds what the import would do with the rows of one sheet.
fn add_to(all: &mut Outlook, counts: &ProposalCounts) {
    all.updated += counts.updating;
    all.undecided += counts.waiting;
    for one in &counts.rows {
        match (one.kind, one.conflict, one.choice) {
            (RowKind::New, _, Some(Choice::Ours)) => all.refused += one.rows,
            (RowKind::New, ..) => all.added += one.rows,
            (RowKind::Missing, _, Some(Choice::Theirs)) => all.deleted += one.rows,
            (RowKind::Conflict, Some(Conflict::Deleted), Some(Choice::Theirs))
            | (RowKind::Conflict, Some(Conflict::OtherKey | Conflict::Twice), Some(Choice::Add)) => {
                all.added += one.rows;
            }
            (RowKind::Conflict, Some(_), Some(Choice::Theirs)) => all.updated += one.rows,
            _ => {}
        }
    }
    for one in &counts.cells {
        match (one.kind, one.choice) {
            (CellKind::Changed, Some(Choice::Ours)) => all.refused += one.cells,
            (CellKind::Cleared, Some(Choice::Theirs)) => all.emptied += one.cells,
            _ => {}
        }
    }
}

/// `workbook.preview_rows`.
pub(crate) fn rows(desk: &Desk, request: ProposalRowsQuery) -> Result<ProposalRows, CallError> {
    let open = desk.opened()?;
    let kept = usable(&open, request.proposal)?;
    let mut sheets = kept.with_tables();
    let (sheet, table) = sheets.find(|(s, _)| s.file == request.file && s.sheet == request.sheet).ok_or_else(|| {
        CallError::new("workbook.no-such-sheet").with("file", &request.file).with("sheet", &request.sheet)
    })?;
    let table = crate::session::editions::table_of(&open.edition, table)?;
    let query = ProposedRowsQuery {
        sheet: sheet.id,
        kind: request.kind,
        waiting: request.waiting,
        column: request.column.as_deref().map(|column| position(table, column)).transpose()?,
        offset: request.offset,
        limit: request.limit,
    };
    let (total, rows) = open.book.proposal_rows(&query)?;
    let rows = rows.into_iter().map(|row| row_view(&open, table, row)).collect::<Result<_, _>>()?;
    Ok(ProposalRows { total, rows })
}

/// The position of a column, or `book.no-such-column`.
pub(super) fn position(table: &Table, column: &str) -> Result<usize, CallError> {
    let unknown = || CallError::new("book.no-such-column").with("table", &table.name).with("column", column);
    table.position(column).ok_or_else(unknown)
}

fn row_view(open: &OpenBook, table: &Table, row: ProposedRow) -> Result<ProposalRow, CallError> {
    let record = row.target.map(|number| open.book.get(&table.name, number)).transpose()?.flatten();
    let column = |at: usize| table.fields[at].column.clone();
    // A row without cells has the values of the book; a record that is not in the file is shown with its values.
    let cells: BTreeMap<String, String> = match &record {
        Some(record) if row.cells.is_empty() => {
            let filled = record
                .values
                .iter()
                .enumerate()
                .filter(|(at, value)| !value.is_empty() && !table.fields[*at].is_system());
            filled.map(|(at, value)| (column(at), value.clone())).collect()
        }
        _ => row.cells.iter().enumerate().filter_map(|(at, cell)| Some((column(at), cell.clone()?))).collect(),
    };
    let changes = || row.changes.iter();
    let mut names: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let ours = changes().flat_map(|cell| [Some(&cell.ours), cell.base.as_ref()].map(|text| (cell.column, text)));
    let read = table.fields.iter().enumerate().map(|(at, field)| (at, cells.get(&field.column)));
    for (at, text) in ours.chain(read).filter_map(|(at, text)| Some((at, text?))) {
        if let Some(name) = name_of(&open.edition, &table.fields[at], text) {
            names.entry(column(at)).or_default().insert(text.clone(), name);
        }
    }
    let unreadable = row
        .unreadable
        .iter()
        .map(|(at, (reason, shown))| (column(*at), UnreadableCell { reason: reason.clone(), shown: shown.clone() }));
    Ok(ProposalRow {
        no: row.no,
        line: row.line,
        record: row.target,
        kind: row.kind,
        conflict: row.conflict,
        left_out: row.left_out.clone(),
        changes: changes().map(|cell| (column(cell.column), cell.kind)).collect(),
        before: changes().map(|cell| (column(cell.column), cell.ours.clone())).collect(),
        base: changes().filter_map(|cell| Some((column(cell.column), cell.base.clone()?))).collect(),
        cells,
        names,
        choice: row.choice,
        choices: changes().filter_map(|cell| Some((column(cell.column), cell.choice?))).collect(),
        unreadable: unreadable.collect(),
    })
}
