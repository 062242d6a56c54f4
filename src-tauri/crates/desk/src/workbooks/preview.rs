//! Reading files into a proposal, which the book keeps. No record changes.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use standard::Table;
use store::ProposalState;
use workbook::{Correction, Limits, SheetReading, Survey, Workbook};

use super::matching::{Matched, Matching};
use super::missing::{self, Written};
use super::seen::Seen;
use super::sources;
use super::sources::database::{self, Query};
use super::sources::kept::Kept;
use super::sources::reading::{Unconverted, follow, known};
use super::view;
use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed};
use crate::session::editions::table_of;
use crate::session::jobs::Job;
use crate::workbooks::api::{HeadingMap, Preview, Proposal, ProposalSheet, Remark, SheetCorrection};

/// What is known of the files of a proposal before they are read.
#[derive(Default)]
pub(super) struct Reading {
    /// Digests of the files of a folder, by path; remembered once they are imported.
    pub digests: BTreeMap<String, String>,
}

/// `workbook.preview`.
pub(crate) fn preview(desk: &Desk, request: Preview) -> Result<Proposal, CallError> {
    let open = desk.opened()?;
    if let Some(table) = &request.table {
        table_of(&open.edition, table)?;
    }
    let mut job = desk.job(request.job);
    let mut reading = Reading::default();
    if let Some(name) = &request.source {
        reading.digests = sources::folder::digests(&open, name, &request.files)?;
    }
    propose(desk, &open, &mut job, &request, reading)
}

/// Reads what a request names into a proposal.
pub(super) fn propose(
    desk: &Desk,
    open: &OpenBook,
    job: &mut Job<'_>,
    request: &Preview,
    reading: Reading,
) -> Result<Proposal, CallError> {
    let source = request.source.as_deref().map(|name| sources::kept::of(open, name)).transpose()?;
    let asked = source.as_ref().filter(|source| source.database().is_some());
    // All files are opened first, so that an error leaves no proposal in the book.
    let mut books = Vec::new();
    for file in request.files.iter().filter(|_| asked.is_none()) {
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
        step: super::out::last_step(open)?,
        state: ProposalState::Reading,
        request: super::proposals::request_value(&kept, reading.digests)?,
    })?;
    let state = if request.once { ProposalState::Once } else { ProposalState::Kept };
    let read = match asked {
        Some(source) => read_query(open, job, request, source, id),
        None => read_files(open, job, request, books, source.as_ref(), id),
    };
    let ended = read.and_then(|()| Ok(open.book.end_proposal(id, state, request.replaces.map(i64::from))?));
    if let Err(error) = ended {
        // An error is ignored: the rest of the proposal is dropped when the book is opened the next time.
        let _ = open.book.drop_proposal(id);
        return Err(error);
    }
    if !request.once {
        desk.tell(Changed::Proposals);
    }
    view::of(open, view::number(id)?)
}

/// Reads all files into the proposal of this number.
fn read_files(
    open: &OpenBook,
    job: &mut Job<'_>,
    request: &Preview,
    books: Vec<(&str, Workbook)>,
    source: Option<&Kept>,
    id: i64,
) -> Result<(), CallError> {
    let (mut seen, mut written) = (Seen::default(), Vec::new());
    for (file, mut book) in books {
        job.go_on()?;
        let corrections = corrections(&request.corrections, file);
        let source = source.map(|source| source.corrected(&corrections));
        let college = super::mapping::known(open)?;
        let known = source.as_ref().map_or(college.clone(), |source| known(&source.source, college));
        let wishes = Survey { table: request.table.clone(), corrections, known };
        for mut reading in book.survey(&open.edition, &wishes) {
            job.go_on()?;
            let sheet = NewSheet { open, file, source: source.as_ref(), proposal: id };
            written.extend(read_sheet(&sheet, job, &mut book, &mut reading, &mut seen)?);
        }
    }
    missing::add(open, &written, &seen)
}

/// Reads the rows of a query into the proposal of this number.
fn read_query(open: &OpenBook, job: &mut Job<'_>, request: &Preview, source: &Kept, id: i64) -> Result<(), CallError> {
    let name = source.source.name.as_str();
    let corrections = corrections(&request.corrections, name);
    let source = source.corrected(&corrections);
    let table = table_of(&open.edition, &source.source.table)?;
    let known = known(&source.source, super::mapping::known(open)?);
    let wishes = Survey { table: Some(table.name.clone()), corrections: Vec::new(), known };
    let sheet = NewSheet { open, file: name, source: Some(&source), proposal: id };
    let number = sheet.begin("", Some(table))?;
    let (mut seen, reading) = (Seen::default(), OnceCell::new());
    let mut matching = Matching::new(open, table, None, number, &mut seen)?;
    let mut unconverted = Unconverted::new(&open.edition, table, &source.source);
    let query = Query { edition: &open.edition, table, kept: &source, wishes: &wishes, shown: false };
    let flag = job.flag().clone();
    let read = database::read(&query, &flag, &reading, &mut |_, row| {
        job.at("read", matching.rows(), 0);
        job.go_on()?;
        unconverted.look(&row);
        matching.take(row)?;
        Ok(ControlFlow::Continue(()))
    })?;
    let mut matched = matching.finish()?;
    let noticed: Vec<_> =
        read.remarks.into_iter().chain(matched.remarks.drain(..)).chain(unconverted.remarks()).collect();
    let reading = reading.into_inner().ok_or_else(|| CallError::failed("a query answered without columns"))?;
    sheet.end(number, Some(table), &reading, &matched, noticed.into_iter().map(remark).collect())
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

/// A sheet of a proposal that is being read.
struct NewSheet<'a> {
    open: &'a OpenBook,
    /// Path of the file, or the name of the source that is asked.
    file: &'a str,
    source: Option<&'a Kept>,
    proposal: i64,
}

impl NewSheet<'_> {
    /// Adds the sheet to the proposal; its number.
    fn begin(&self, sheet: &str, table: Option<&Table>) -> Result<i64, CallError> {
        let view = ProposalSheet { sheet: sheet.to_owned(), ..ProposalSheet::default() };
        Ok(self.open.book.add_proposal_sheet(
            self.proposal,
            &store::ProposalSheet {
                id: 0,
                file: self.file.to_owned(),
                sheet: sheet.to_owned(),
                table: table.map(|table| table.name.clone()),
                columns: table.map(|t| t.fields.iter().map(|f| f.column.clone()).collect()).unwrap_or_default(),
                view: account(&view)?,
            },
        )?)
    }

    /// Stores the description of the sheet after it was read.
    fn end(
        &self,
        number: i64,
        table: Option<&Table>,
        reading: &SheetReading,
        matched: &Matched,
        remarks: Vec<Remark>,
    ) -> Result<(), CallError> {
        Ok(self.open.book.set_proposal_view(number, &account(&view_of(table, reading, matched, remarks))?)?)
    }
}

fn account(view: &ProposalSheet) -> Result<serde_json::Value, CallError> {
    serde_json::to_value(view).map_err(|_| CallError::failed("an account of a sheet is not JSON"))
}

/// Reads one sheet and keeps its rows; a sheet without a table is only reported. Returns what is needed to tell which
/// records are missing in it.
fn read_sheet(
    sheet: &NewSheet<'_>,
    job: &mut Job<'_>,
    book: &mut Workbook,
    reading: &mut SheetReading,
    seen: &mut Seen,
) -> Result<Option<Written>, CallError> {
    let open = sheet.open;
    let table = reading.table.as_deref().filter(|_| reading.header_row.is_some());
    let table = table.map(|table| table_of(&open.edition, table)).transpose()?;
    if let (Some(source), Some(table)) = (sheet.source, table) {
        follow(&source.source, table, reading);
    }
    let number = sheet.begin(&reading.sheet, table)?;
    let Some(table) = table else {
        sheet.end(number, None, reading, &Matched::default(), Vec::new())?;
        return Ok(None);
    };
    let stamp = book.stamp().cloned();
    let mut remarks = stamp_remarks(open, stamp.as_ref());
    let mut matching = Matching::new(open, table, stamp.as_ref(), number, seen)?;
    let mut unconverted = sheet.source.map(|source| Unconverted::new(&open.edition, table, &source.source));
    let mut failed = None;
    let read = book.rows(&open.edition, table, reading, &mut |row| {
        job.at("read", matching.rows(), 0);
        if let Some(unconverted) = &mut unconverted {
            unconverted.look(&row);
        }
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
    let codes = unconverted.map(Unconverted::remarks).unwrap_or_default();
    remarks.extend(read.remarks.into_iter().chain(matched.remarks.drain(..)).chain(codes).map(remark));
    sheet.end(number, Some(table), reading, &matched, remarks)?;
    let written = |past| Written { sheet: number, table: table.name.clone(), past, rows: matched.rows };
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

/// A remark of the reader, as it crosses to the page.
pub(super) fn remark(remark: workbook::Remark) -> Remark {
    let params = remark.params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Remark { code: remark.code.to_owned(), params }
}

/// A heading with the title of its column.
pub(super) fn heading_map(table: Option<&Table>, heading: &workbook::Heading) -> HeadingMap {
    let field = table.zip(heading.column.as_deref()).and_then(|(table, column)| table.field(column));
    HeadingMap {
        heading: heading.text.clone(),
        column: heading.column.clone(),
        title: field.map(|field| field.title.clone()),
        proposed: heading.proposed.clone(),
    }
}

/// The description of a sheet after it was read. The rows of each kind are not part of it: they are counted whenever it
/// is shown.
fn view_of(table: Option<&Table>, reading: &SheetReading, matched: &Matched, more: Vec<Remark>) -> ProposalSheet {
    ProposalSheet {
        sheet: reading.sheet.clone(),
        table: table.map(|t| t.name.clone()),
        table_title: table.map(|t| t.short_title().to_owned()),
        header_row: reading.header_row,
        rows: matched.rows,
        unmapped_columns: reading.unmapped.clone(),
        missing_columns: reading.missing_required.clone(),
        columns: reading.headings.iter().map(|heading| heading_map(table, heading)).collect(),
        findings: matched.findings,
        remarks: reading.remarks.iter().cloned().map(remark).chain(more).collect(),
        ..ProposalSheet::default()
    }
}
