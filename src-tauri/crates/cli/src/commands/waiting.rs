//! The rows of an import that wait for a decision, as `import` lists them.

use std::collections::BTreeMap;
use std::fmt::Display;

use desk::CallError;
use desk::standards::api::browse::{TableRef, TableSpec};
use desk::workbooks::api::{Conflict, Proposal, ProposalRow, ProposalRows, ProposalRowsQuery, RowKind};
use serde::Serialize;
use standard::mask;

use super::AppState;

/// Number of rows in one page of the call.
const PAGE: u64 = 500;

/// Number of rows that are printed as text; the JSON document has all.
const PRINTED: usize = 20;

/// A row that waits for a decision. Personal values are masked.
#[derive(Serialize)]
pub struct WaitingRow {
    file: String,
    sheet: String,
    table: String,
    /// Line in the sheet, from 1.
    line: u32,
    /// Why the whole row waits; absent where only single cells do.
    conflict: Option<Conflict>,
    cells: Vec<WaitingCell>,
}

/// A cell that was changed in both the file and the book, or that differs in a row that waits as a whole.
#[derive(Serialize)]
struct WaitingCell {
    column: String,
    title: String,
    /// The value that the file was written with; absent where it was not written from this record.
    base: Option<String>,
    /// The value of the book.
    ours: String,
    /// The value of the file.
    theirs: String,
}

/// The rows of a proposal that wait, in the order of the files; none where `undecided` is false.
pub async fn waiting(state: &AppState<'_>, proposal: &Proposal, undecided: bool) -> Result<Vec<WaitingRow>, CallError> {
    let mut all = Vec::new();
    let sheets = proposal.files.iter().flat_map(|file| file.sheets.iter().map(move |sheet| (&file.file, sheet)));
    for (file, sheet) in sheets.filter(|(_, sheet)| undecided && sheet.undecided > 0) {
        let table = sheet.table.clone().unwrap_or_default();
        let spec: TableSpec = state.ask("standard.table", &TableRef { edition: None, table: table.clone() }).await?;
        loop {
            let offset = all.iter().filter(|row: &&WaitingRow| row.file == *file && row.sheet == sheet.sheet).count();
            let query = ProposalRowsQuery {
                proposal: proposal.id,
                file: file.clone(),
                sheet: sheet.sheet.clone(),
                kind: Some(RowKind::Conflict),
                waiting: true,
                column: None,
                offset: offset as u64,
                limit: PAGE,
            };
            let page: ProposalRows = state.ask("workbook.preview_rows", &query).await?;
            let end = page.rows.is_empty() || offset as u64 + page.rows.len() as u64 >= page.total;
            let row = |row: ProposalRow| WaitingRow {
                file: file.clone(),
                sheet: sheet.sheet.clone(),
                table: table.clone(),
                line: row.line,
                conflict: row.conflict,
                cells: cells(&spec, &row),
            };
            all.extend(page.rows.into_iter().map(row));
            if end {
                break;
            }
        }
    }
    Ok(all)
}

fn cells(spec: &TableSpec, row: &ProposalRow) -> Vec<WaitingCell> {
    use desk::workbooks::api::CellKind::{Conflict, Differs};
    let waits = |column: &str| matches!(row.changes.get(column), Some(Conflict | Differs));
    let fields = spec.fields.iter().filter(|field| waits(&field.column));
    let text = |values: &BTreeMap<String, String>, column: &str| values.get(column).cloned();
    let cell = |field: &desk::standards::api::browse::FieldSpec| {
        let shown = |text: String| mask::mask(field.sensitivity, &text);
        WaitingCell {
            column: field.column.clone(),
            title: field.title.clone(),
            base: text(&row.base, &field.column).map(shown),
            ours: shown(text(&row.before, &field.column).unwrap_or_default()),
            theirs: shown(text(&row.cells, &field.column).unwrap_or_default()),
        }
    };
    fields.map(cell).collect()
}

/// The lines that are printed as text: the first rows, and how many more there are.
pub fn waiting_lines(state: &AppState<'_>, rows: &[WaitingRow]) -> Vec<String> {
    let mut lines = Vec::new();
    for row in rows.iter().take(PRINTED) {
        let why = row.conflict.map(|conflict| state.printer.line(&format!("import.conflict.{}", word(conflict)), &[]));
        let cells: Vec<String> =
            row.cells.iter().map(|cell| format!("{} {} → {}", cell.title, cell.ours, cell.theirs)).collect();
        let what = why.into_iter().chain(cells).collect::<Vec<_>>().join("；");
        let values: [(&str, &dyn Display); 3] = [("sheet", &row.sheet), ("line", &row.line), ("what", &what)];
        lines.push(state.printer.line("cli.import-waits", &values));
    }
    if rows.len() > PRINTED {
        lines.push(state.printer.line("cli.import-more-wait", &[("n", &(rows.len() - PRINTED))]));
    }
    lines
}

fn word(conflict: Conflict) -> &'static str {
    match conflict {
        Conflict::Twice => "twice",
        Conflict::Deleted => "deleted",
        Conflict::OtherKey => "other-key",
        Conflict::Appeared => "appeared",
    }
}
