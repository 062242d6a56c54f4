//! Reading files into a proposal, which the book keeps. No record changes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use standard::Table;
use store::ProposalState;
use workbook::{Correction, Limits, SheetReading, Survey, Workbook};

use super::matching::{Matched, Matching};
use super::missing::{self, Written};
use super::seen::Seen;
use super::view;
use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed};
use crate::session::editions::table_of;
use crate::session::jobs::Job;
use crate::workbooks::api::{HeadingMap, Preview, Proposal, ProposalSheet, Remark, SheetCorrection};

/// `workbook.preview`.
pub(crate) fn preview(desk: &Desk, request: Preview) -> Result<Proposal, CallError> {
    let open = desk.opened()?;
    if let Some(table) = &request.table {
        table_of(&open.edition, table)?;
    }
    let mut job = desk.job(request.job);
    // A file that cannot be opened is refused before the book begins to keep anything.
    let mut books = Vec::new();
    for file in &request.files {
        job.go_on()?;
        books.push((file.as_str(), workbook::open(Path::new(file), &Limits::default())?));
    }
    let kept = Preview { job: 0, replaces: None, ..request.clone() };
    let id = open.book.begin_proposal(&store::Proposal {
        id: 0,
        at: desk.clock.now(),
        who: open.settings().person,
        edition: open.edition.id.clone(),
        period: open.period(),
        step: super::out::last_step(&open)?,
        state: ProposalState::Reading,
        request: serde_json::to_value(&kept).map_err(|_| CallError::failed("a request is not JSON"))?,
    })?;
    let state = if request.once { ProposalState::Once } else { ProposalState::Kept };
    let read = read_files(&open, &mut job, &request, books, id);
    let ended = read.and_then(|()| Ok(open.book.end_proposal(id, state, request.replaces.map(i64::from))?));
    if let Err(error) = ended {
        // What is left of it is dropped when the book is opened the next time.
        let _ = open.book.drop_proposal(id);
        return Err(error);
    }
    if !request.once {
        desk.tell(Changed::Proposals);
    }
    view::of(&open, view::number(id)?)
}

/// Reads all files into the proposal of this number.
fn read_files(
    open: &OpenBook,
    job: &mut Job<'_>,
    request: &Preview,
    books: Vec<(&str, Workbook)>,
    id: i64,
) -> Result<(), CallError> {
    let (mut seen, mut written) = (Seen::default(), Vec::new());
    for (file, mut book) in books {
        job.go_on()?;
        let corrections = corrections(&request.corrections, file);
        let wishes = Survey { table: request.table.clone(), corrections, known: super::mapping::known(open)? };
        for reading in book.survey(&open.edition, &wishes) {
            job.go_on()?;
            written.extend(read_sheet(open, job, file, &mut book, &reading, id, &mut seen)?);
        }
    }
    missing::add(open, &written, &seen)
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

/// Reads one sheet and keeps its rows; a sheet without a table is only reported. Answers what is needed to tell which
/// records are missing in it.
fn read_sheet(
    open: &OpenBook,
    job: &mut Job<'_>,
    file: &str,
    book: &mut Workbook,
    reading: &SheetReading,
    proposal: i64,
    seen: &mut Seen,
) -> Result<Option<Written>, CallError> {
    let table = reading.table.as_deref().filter(|_| reading.header_row.is_some());
    let table = table.map(|table| table_of(&open.edition, table)).transpose()?;
    let account = |matched: &Matched, remarks: Vec<Remark>| {
        serde_json::to_value(view_of(table, reading, matched, remarks))
            .map_err(|_| CallError::failed("an account of a sheet is not JSON"))
    };
    let sheet = open.book.add_proposal_sheet(
        proposal,
        &store::ProposalSheet {
            id: 0,
            file: file.to_owned(),
            sheet: reading.sheet.clone(),
            table: table.map(|table| table.name.clone()),
            columns: table.map(|t| t.fields.iter().map(|f| f.column.clone()).collect()).unwrap_or_default(),
            view: account(&Matched::default(), Vec::new())?,
        },
    )?;
    let Some(table) = table else { return Ok(None) };
    let stamp = book.stamp().cloned();
    let mut remarks = stamp_remarks(open, stamp.as_ref());
    let mut matching = Matching::new(open, table, stamp.as_ref(), sheet, seen)?;
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
    let mut matched = matching.finish()?;
    remarks.extend(read.remarks.into_iter().chain(matched.remarks.drain(..)).map(remark));
    open.book.set_proposal_view(sheet, &account(&matched, remarks)?)?;
    let written = |past| Written { sheet, table: table.name.clone(), past, rows: matched.rows };
    Ok(matched.past.map(written))
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

/// What is known of a sheet once it is read. How many rows there are of each kind is counted whenever it is shown.
fn view_of(table: Option<&Table>, reading: &SheetReading, matched: &Matched, more: Vec<Remark>) -> ProposalSheet {
    let column_title = |column: &Option<String>| {
        let field = table.zip(column.as_deref()).and_then(|(t, c)| t.field(c));
        field.map(|f| f.title.clone())
    };
    let heading = |h: &workbook::Heading| HeadingMap {
        heading: h.text.clone(),
        column: h.column.clone(),
        title: column_title(&h.column),
        proposed: h.proposed.clone(),
    };
    ProposalSheet {
        sheet: reading.sheet.clone(),
        table: table.map(|t| t.name.clone()),
        table_title: table.map(|t| t.short_title().to_owned()),
        header_row: reading.header_row,
        rows: matched.rows,
        unmapped_columns: reading.unmapped.clone(),
        missing_columns: reading.missing_required.clone(),
        columns: reading.headings.iter().map(heading).collect(),
        findings: matched.findings,
        remarks: reading.remarks.iter().cloned().map(remark).chain(more).collect(),
        ..ProposalSheet::default()
    }
}
