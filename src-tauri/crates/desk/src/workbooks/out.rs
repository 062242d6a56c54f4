//! Writing templates and exports from the book.

use std::ops::ControlFlow;
use std::path::Path;

use check::words::{self, Language};
use standard::{Finding, Table};
use workbook::{AnnotatedRecord, PlainOptions, RecordOut, Shown, SourceError, Stamp, Written};

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::error::write_error;
use crate::session::jobs::Job;
use crate::workbooks::api::{Export, Exported, WriteTemplate, WrittenSheet, WrittenTemplate};

/// `workbook.template`.
pub(crate) fn template(desk: &Desk, request: WriteTemplate) -> Result<WrittenTemplate, CallError> {
    let open = desk.opened()?;
    let department = request.department.clone().unwrap_or_default();
    let names = tables_asked(&open, &request)?;
    let tables = names.iter().map(|name| table_of(&open.edition, name)).collect::<Result<Vec<_>, _>>()?;
    let stamp = stamp(desk, &open, &department)?;
    let path = Path::new(&request.path);
    let mut job = desk.job(request.job);
    let mut source =
        |table: &Table, sink: &mut dyn FnMut(RecordOut<'_>) -> ControlFlow<()>| records(&open, &mut job, table, sink);
    let rows: Option<workbook::RowSource<'_>> = if request.with_rows { Some(&mut source) } else { None };
    let written = workbook::write_template(path, &open.edition, &tables, &stamp, rows).map_err(write_error)?;
    let sheets = written.sheets.into_iter().map(|s| WrittenSheet { table: s.table, rows: s.rows });
    Ok(WrittenTemplate { file: request.path, sheets: sheets.collect() })
}

fn tables_asked(open: &OpenBook, request: &WriteTemplate) -> Result<Vec<String>, CallError> {
    let all = || open.edition.tables.iter().map(|t| t.name.clone());
    if request.all {
        return Ok(all().collect());
    }
    if let Some(department) = &request.department {
        let settings = open.settings();
        let of = open.edition.tables.iter().filter(|table| settings.department_of(table) == department);
        let tables: Vec<String> = of.map(|table| table.name.clone()).collect();
        if tables.is_empty() {
            return Err(CallError::new("department.unknown").with("department", department));
        }
        return Ok(tables);
    }
    Ok(request.tables.clone())
}

/// `workbook.export`.
pub(crate) fn export(desk: &Desk, request: Export) -> Result<Exported, CallError> {
    let open = desk.opened()?;
    let tables = request.tables.iter().map(|name| table_of(&open.edition, name)).collect::<Result<Vec<_>, _>>()?;
    let stamp = stamp(desk, &open, "")?;
    let path = Path::new(&request.path);
    let mut job = desk.job(request.job);
    let written = if request.findings {
        let mut source = |table: &Table, sink: &mut dyn FnMut(AnnotatedRecord<'_>) -> ControlFlow<()>| {
            annotated(&open, &mut job, table, sink)
        };
        workbook::write_annotated(path, &open.edition, &tables, &stamp, &mut source)
    } else {
        let shown = if request.names { Shown::Names } else { Shown::Codes };
        let options = PlainOptions::for_file(path, shown).map_err(write_error)?;
        let mut source = |table: &Table, sink: &mut dyn FnMut(RecordOut<'_>) -> ControlFlow<()>| {
            records(&open, &mut job, table, sink)
        };
        workbook::write_plain(path, &open.edition, &tables, &stamp, options, &mut source)
    };
    let Written { sheets } = written.map_err(write_error)?;
    Ok(Exported { file: request.path, rows: sheets.iter().map(|s| s.rows).sum() })
}

/// The origin of the workbook: edition, book and step.
fn stamp(desk: &Desk, open: &OpenBook, department: &str) -> Result<Stamp, CallError> {
    let settings = open.settings();
    Ok(Stamp {
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

/// Records that have findings, with them.
fn annotated(
    open: &OpenBook,
    job: &mut Job<'_>,
    table: &Table,
    sink: &mut dyn FnMut(AnnotatedRecord<'_>) -> ControlFlow<()>,
) -> Result<(), SourceError> {
    let period = open.period();
    let mut by_row: std::collections::HashMap<i64, Vec<Finding>> = std::collections::HashMap::new();
    for finding in crate::verify::findings::of_table(open, &table.name)? {
        if let Some(row) = finding.row {
            // The workbook is read by people without the program, so its words are Chinese.
            let message = words::say(&finding.message, "{value}", Language::Zh).into();
            by_row.entry(row).or_default().push(Finding { message, ..finding });
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
