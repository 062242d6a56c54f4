//! Writing templates and exports from the book.

use std::ops::ControlFlow;
use std::path::Path;

use check::words::{self, Language};
use standard::{Finding, Table};
use store::Selection;
use workbook::{AnnotatedRecord, PlainOptions, RecordOut, Shown, SourceError, Stamp, Written};

use super::files;
use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::error::write_error;
use crate::session::half_files::Writing;
use crate::session::jobs::Job;
use crate::workbooks::api::{Export, Exported, WriteTemplate, WrittenSheet, WrittenTemplate};

/// `workbook.template`.
pub(crate) fn template(desk: &Desk, request: WriteTemplate) -> Result<WrittenTemplate, CallError> {
    let open = desk.opened()?;
    let mut job = desk.job(request.job);
    let path = Path::new(&request.path);
    if request.departments.is_empty() {
        let names = tables_asked(&open, &request)?;
        let department = request.department.clone().unwrap_or_default();
        let sheets = one_template(desk, &open, &mut job, path, (&department, &names), request.with_rows)?;
        return Ok(WrittenTemplate { file: request.path.clone(), files: vec![request.path], sheets });
    }
    // All names are looked up before anything is written.
    let mut departments = Vec::new();
    for name in &request.departments {
        departments.push((name.as_str(), tables_of(&open, name)?));
    }
    let mut written = WrittenTemplate { file: request.path.clone(), files: Vec::new(), sheets: Vec::new() };
    for (department, names) in departments {
        let path = files::beside(path, department);
        let sheets = one_template(desk, &open, &mut job, &path, (department, &names), request.with_rows)?;
        written.sheets.extend(sheets);
        written.files.push(path.to_string_lossy().into_owned());
    }
    Ok(written)
}

/// Writes one file.
fn one_template(
    desk: &Desk,
    open: &OpenBook,
    job: &mut Job<'_>,
    path: &Path,
    (department, names): (&str, &[String]),
    with_rows: bool,
) -> Result<Vec<WrittenSheet>, CallError> {
    let tables = names.iter().map(|name| table_of(&open.edition, name)).collect::<Result<Vec<_>, _>>()?;
    let stamp = stamp(desk, open, department)?;
    let mut source =
        |table: &Table, sink: &mut dyn FnMut(RecordOut<'_>) -> ControlFlow<()>| records(open, job, table, sink);
    let rows: Option<workbook::RowSource<'_>> = if with_rows { Some(&mut source) } else { None };
    let _writing = Writing::into_folder_of(&desk.env.home, path);
    let written = workbook::write_template(path, &open.edition, &tables, &stamp, rows).map_err(write_error)?;
    Ok(written.sheets.into_iter().map(|s| WrittenSheet { table: s.table, rows: s.rows }).collect())
}

fn tables_asked(open: &OpenBook, request: &WriteTemplate) -> Result<Vec<String>, CallError> {
    match &request.department {
        _ if request.all => Ok(open.edition.tables.iter().map(|table| table.name.clone()).collect()),
        Some(department) => tables_of(open, department),
        None => Ok(request.tables.clone()),
    }
}

/// The tables that a department fills.
fn tables_of(open: &OpenBook, department: &str) -> Result<Vec<String>, CallError> {
    let settings = open.settings();
    let of = open.edition.tables.iter().filter(|table| settings.department_of(table) == department);
    let tables: Vec<String> = of.map(|table| table.name.clone()).collect();
    if tables.is_empty() {
        return Err(CallError::new("department.unknown").with("department", department));
    }
    Ok(tables)
}

/// `workbook.export`.
pub(crate) fn export(desk: &Desk, request: Export) -> Result<Exported, CallError> {
    let open = desk.opened()?;
    let names: Vec<String> = match request.tables.is_empty() {
        true => open.edition.tables.iter().map(|table| table.name.clone()).collect(),
        false => request.tables.clone(),
    };
    let tables = names.iter().map(|name| table_of(&open.edition, name)).collect::<Result<Vec<_>, _>>()?;
    let mut job = desk.job(request.job);
    let path = Path::new(&request.path);
    let files = files::planned(path, &request, &tables, &desk.clock.today().to_string().replace('-', ""))?;
    let mut exported = Exported { file: request.path.clone(), files: Vec::new(), rows: 0 };
    for (path, tables) in files {
        exported.rows += one_export(desk, &open, &mut job, &path, &tables, &request)?;
        exported.files.push(path.to_string_lossy().into_owned());
    }
    Ok(exported)
}

/// Writes one file and returns the number of its records.
fn one_export(
    desk: &Desk,
    open: &OpenBook,
    job: &mut Job<'_>,
    path: &Path,
    tables: &[&Table],
    request: &Export,
) -> Result<u64, CallError> {
    let stamp = stamp(desk, open, "")?;
    let _writing = Writing::into_folder_of(&desk.env.home, path);
    let written = if request.findings {
        let mut source = |table: &Table, sink: &mut dyn FnMut(AnnotatedRecord<'_>) -> ControlFlow<()>| {
            annotated(open, job, (table, request.selection.as_ref()), sink)
        };
        workbook::write_annotated(path, &open.edition, tables, &stamp, &mut source)
    } else {
        let shown = if request.names { Shown::Names } else { Shown::Codes };
        let options = PlainOptions::for_file(path, shown).map_err(write_error)?;
        let mut source =
            |table: &Table, sink: &mut dyn FnMut(RecordOut<'_>) -> ControlFlow<()>| records(open, job, table, sink);
        workbook::write_plain(path, &open.edition, tables, &stamp, options, &mut source)
    };
    let Written { sheets } = written.map_err(write_error)?;
    Ok(sheets.iter().map(|s| s.rows).sum())
}

/// The origin of the workbook: edition, book and step.
fn stamp(desk: &Desk, open: &OpenBook, department: &str) -> Result<Stamp, CallError> {
    let settings = open.settings();
    let departments = open.edition.tables.iter().map(|t| (t.name.clone(), settings.department_of(t).to_owned()));
    Ok(Stamp {
        departments: departments.collect(),
        school_name: settings.college.name.clone(),
        edition: open.edition.id.clone(),
        book: open.id.clone(),
        school: settings.college.code,
        department: department.to_owned(),
        period: settings.period,
        written_at: desk.clock.now_text(),
        step: last_step(open)?,
        ..Stamp::default()
    })
}

/// Number of the newest step of the log, by which an import recognises later changes.
pub(super) fn last_step(open: &OpenBook) -> Result<i64, CallError> {
    let newest = open.book.history(&store::HistoryQuery { limit: 1, ..Default::default() })?;
    Ok(newest.steps.first().map_or(0, |step| step.step))
}

/// All records of a table, as the book streams them.
fn records(
    open: &OpenBook,
    job: &mut Job<'_>,
    table: &Table,
    sink: &mut dyn FnMut(RecordOut<'_>) -> ControlFlow<()>,
) -> Result<(), SourceError> {
    let period = open.period();
    let total = open.book.count(&table.name, &period)?;
    let mut done = 0;
    open.book.stream(&table.name, &period, |record| {
        done += 1;
        job.at("write", done, total);
        if job.go_on().is_err() {
            return ControlFlow::Break(());
        }
        sink(RecordOut { row: record.row, key: &record.key, values: &record.values })
    })?;
    Ok(job.go_on()?)
}

/// Findings that are read at once.
const PAGE: u64 = 5_000;

/// Records that have findings of the selection, each with those.
fn annotated(
    open: &OpenBook,
    job: &mut Job<'_>,
    (table, selection): (&Table, Option<&Selection>),
    sink: &mut dyn FnMut(AnnotatedRecord<'_>) -> ControlFlow<()>,
) -> Result<(), SourceError> {
    let period = open.period();
    let mut by_row: std::collections::HashMap<i64, Vec<Finding>> = std::collections::HashMap::new();
    let selection = Selection { tables: vec![table.name.clone()], ..selection.cloned().unwrap_or_default() };
    let mut after = 0;
    loop {
        let page = open.book.selected(&selection, &period, after, PAGE)?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        job.go_on()?;
        for (_, finding) in page {
            if let Some(row) = finding.row {
                // The workbook is read by people without the program, so its words are Chinese.
                let message = words::say(&finding.message, "{value}", Language::Zh).into();
                by_row.entry(row).or_default().push(Finding { message, ..finding });
            }
        }
    }
    open.book.stream(&table.name, &period, |record| {
        if job.go_on().is_err() {
            return ControlFlow::Break(());
        }
        match by_row.get(&record.row) {
            Some(findings) => {
                let out = RecordOut { row: record.row, key: &record.key, values: &record.values };
                sink(AnnotatedRecord { record: out, findings })
            }
            None => ControlFlow::Continue(()),
        }
    })?;
    Ok(job.go_on()?)
}
