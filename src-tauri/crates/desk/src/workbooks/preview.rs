//! Reading files into a proposal. Nothing changes in the book.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use standard::Table;
use workbook::{Correction, Limits, SheetReading, Survey, Workbook};

use super::matching::{Matched, Matching, Seen};
use super::proposals::{self, Row, Sheet, proposal};
use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::jobs::Job;
use crate::workbooks::api::{
    CellKind, HeadingMap, Preview, Proposal, ProposalFile, ProposalRow, ProposalRows, ProposalRowsQuery, ProposalSheet,
    Remark, RowKind, SheetCorrection, UnreadableCell,
};

/// `workbook.preview`.
pub(crate) fn preview(desk: &Desk, request: Preview) -> Result<Proposal, CallError> {
    let open = desk.opened()?;
    if let Some(table) = &request.table {
        table_of(&open.edition, table)?;
    }
    let mut job = desk.job(request.job);
    let (mut files, mut sheets, mut seen) = (Vec::new(), Vec::new(), Seen::default());
    let step = super::out::last_step(&open)?;
    for file in &request.files {
        let mut book = workbook::open(Path::new(file), &Limits::default())?;
        let corrections = corrections(&request.corrections, file);
        let wishes = Survey { table: request.table.clone(), corrections, known: super::mapping::known(&open)? };
        let mut views = Vec::new();
        for reading in book.survey(&open.edition, &wishes) {
            job.go_on()?;
            let view = read_sheet(&open, &mut job, file, &mut book, &reading, &mut sheets, &mut seen)?;
            views.push(view);
        }
        files.push(ProposalFile { file: file.clone(), sheets: views });
    }
    Ok(Proposal { id: proposals::keep(desk, &open, step, sheets), files })
}

fn corrections(all: &[SheetCorrection], file: &str) -> Vec<Correction> {
    let of_file = all.iter().filter(|c| c.file == file);
    let correction = |c: &SheetCorrection| Correction {
        sheet: c.sheet.clone(),
        table: c.table.clone(),
        columns: c.columns.clone(),
        taken_in: c.taken_in.clone(),
    };
    of_file.map(correction).collect()
}

/// Reads one sheet and keeps its rows; a sheet without a table is only reported.
fn read_sheet(
    open: &OpenBook,
    job: &mut Job<'_>,
    file: &str,
    book: &mut Workbook,
    reading: &SheetReading,
    sheets: &mut Vec<Sheet>,
    seen: &mut Seen,
) -> Result<ProposalSheet, CallError> {
    let Some(table) = reading.table.as_deref().filter(|_| reading.header_row.is_some()) else {
        let nothing = Matched { rows: Vec::new(), findings: 0, missing: 0, remarks: Vec::new() };
        return Ok(view(None, reading, &nothing, Vec::new()));
    };
    let table = table_of(&open.edition, table)?;
    let stamp = book.stamp().cloned();
    let mut remarks = stamp_remarks(open, stamp.as_ref());
    let mut matching = Matching::new(open, table, stamp.as_ref())?;
    let mut failed = None;
    let read = book.rows(&open.edition, table, reading, &mut |row| {
        job.at("read", matching.rows(), 0);
        match job.go_on().and_then(|()| matching.take(row)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    let matched = matching.finish(seen)?;
    remarks.extend(read.remarks.into_iter().chain(matched.remarks.iter().cloned()).map(remark));
    let view = view(Some(table), reading, &matched, remarks);
    sheets.push(Sheet {
        file: file.to_owned(),
        sheet: reading.sheet.clone(),
        table: table.name.clone(),
        rows: matched.rows,
    });
    Ok(view)
}

/// Remarks on a workbook that was written for another edition, school or period.
fn stamp_remarks(open: &OpenBook, stamp: Option<&workbook::Stamp>) -> Vec<Remark> {
    let Some(stamp) = stamp else { return Vec::new() };
    let settings = open.settings();
    let mut remarks = Vec::new();
    let mut differs = |code: &str, theirs: &str, ours: &str| {
        if !theirs.is_empty() && theirs != ours {
            let params =
                BTreeMap::from([("theirs".to_owned(), theirs.to_owned()), ("ours".to_owned(), ours.to_owned())]);
            remarks.push(Remark { code: code.to_owned(), params });
        }
    };
    differs("other-edition", &stamp.edition, &open.edition.id);
    differs("other-school", &stamp.school, &settings.college.code);
    differs("other-period", &stamp.period, &settings.period);
    remarks
}

fn remark(remark: workbook::Remark) -> Remark {
    let params = remark.params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Remark { code: remark.code.to_owned(), params }
}

fn view(table: Option<&Table>, reading: &SheetReading, matched: &Matched, more: Vec<Remark>) -> ProposalSheet {
    let rows = &matched.rows;
    let some = |is: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count() as u64;
    let count = |kind: RowKind| some(&|row| row.kind == kind);
    let column_title = |column: &Option<String>| {
        let field = table.zip(column.as_deref()).and_then(|(t, c)| t.field(c));
        field.map(|f| f.title.clone())
    };
    ProposalSheet {
        sheet: reading.sheet.clone(),
        table: table.map(|t| t.name.clone()),
        table_title: table.map(|t| t.short_title().to_owned()),
        header_row: reading.header_row,
        rows: rows.len() as u64,
        new: count(RowKind::New),
        changed: count(RowKind::Changed),
        unchanged: count(RowKind::Unchanged),
        conflicts: count(RowKind::Conflict),
        cleared: some(&|row| row.kind != RowKind::Doubled && row.clears()),
        doubled: count(RowKind::Doubled),
        left_out: count(RowKind::LeftOut),
        missing: matched.missing,
        unreadable: count(RowKind::Unreadable),
        ruined: some(&Row::is_ruined),
        unmapped_columns: reading.unmapped.clone(),
        missing_columns: reading.missing_required.clone(),
        columns: reading
            .headings
            .iter()
            .map(|h| HeadingMap { heading: h.text.clone(), column: h.column.clone(), title: column_title(&h.column) })
            .collect(),
        findings: matched.findings,
        remarks: reading.remarks.iter().cloned().map(remark).chain(more).collect(),
    }
}

/// `workbook.preview_rows`.
pub(crate) fn preview_rows(desk: &Desk, request: ProposalRowsQuery) -> Result<ProposalRows, CallError> {
    let open = desk.opened()?;
    let proposal = proposal(desk, &open, request.proposal)?;
    let sheet =
        proposal.sheets.iter().find(|s| s.file == request.file && s.sheet == request.sheet).ok_or_else(|| {
            CallError::new("workbook.no-such-sheet").with("file", &request.file).with("sheet", &request.sheet)
        })?;
    let table = table_of(&open.edition, &sheet.table)?;
    let asked = |row: &&Row| request.kind.is_none_or(|kind| is_of(row, kind));
    let total = sheet.rows.iter().filter(asked).count() as u64;
    let page = sheet.rows.iter().filter(asked).skip(request.offset as usize).take(request.limit as usize);
    let rows = page.map(|row| row_view(&open, table, row)).collect::<Result<_, _>>()?;
    Ok(ProposalRows { total, rows })
}

/// Whether a row is shown among those of a kind. Rows with other changes may empty cells, too.
fn is_of(row: &Row, kind: RowKind) -> bool {
    row.kind == kind || (kind == RowKind::Cleared && row.kind != RowKind::Doubled && row.clears())
}

fn row_view(open: &OpenBook, table: &Table, row: &Row) -> Result<ProposalRow, CallError> {
    let record = match row.target {
        Some(number) => open.book.get(&table.name, number)?,
        None => None,
    };
    let column = |at: usize| table.fields[at].column.clone();
    let cells = row.cells.iter().enumerate().filter_map(|(at, cell)| Some((column(at), cell.clone()?)));
    let changes: BTreeMap<String, CellKind> = row.changes.iter().map(|(at, kind)| (column(*at), *kind)).collect();
    let before =
        record.iter().flat_map(|record| row.changes.iter().map(|(at, _)| (column(*at), record.values[*at].clone())));
    let unreadable = row.unreadable.iter().map(|(at, why)| {
        (column(*at), UnreadableCell { reason: why.code().to_owned(), shown: why.shown().to_owned() })
    });
    Ok(ProposalRow {
        line: row.line,
        kind: row.kind,
        conflict: row.conflict,
        left_out: row.left_out.map(|reason| reason.code().to_owned()),
        cells: cells.collect(),
        before: before.collect(),
        changes,
        unreadable: unreadable.collect(),
    })
}
