//! The first rows of a source, to try it out before it is saved or run.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use standard::Table;
use workbook::{CellIn, RowIn, SheetReading, Survey};

use super::database::{self, Query};
use super::folder;
use super::kept::Kept;
use super::list::draft;
use super::reading::{Unconverted, follow, known};
use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::jobs::Job;
use crate::verify::checks::Checks;
use crate::workbooks::api::{OwnCode, SourceKind, TriedRow, TriedSource, TrySource};
use crate::workbooks::preview::{heading_map, remark};

/// The largest number of different codes that are counted; a column with more does not hold codes.
const CODES: usize = 1000;

/// `source.try`.
pub(crate) fn attempt(desk: &Desk, request: TrySource) -> Result<TriedSource, CallError> {
    let open = desk.opened()?;
    let (_, mut kept) = draft(&open, request.source)?;
    // Codes are counted as the source has them, before their conversion.
    let entries = request.codes_of.as_ref().and_then(|column| kept.source.codes.remove(column)).unwrap_or_default();
    let table = table_of(&open.edition, &kept.source.table)?;
    let wishes = Survey {
        table: Some(table.name.clone()),
        corrections: Vec::new(),
        known: known(&kept.source, crate::workbooks::mapping::known(&open)?),
    };
    let mut job = desk.job(request.job);
    let mut tried = Tried {
        open: &open,
        table,
        most: request.rows as usize,
        codes_of: request.codes_of.as_deref().and_then(|column| table.position(column)),
        rows: Vec::new(),
        codes: BTreeMap::new(),
        unconverted: Unconverted::new(&open.edition, table, &kept.source),
    };
    let (file, reading) = match kept.source.kind {
        SourceKind::File | SourceKind::Folder => from_file(&open, &mut job, &kept, &wishes, &mut tried)?,
        _ => (kept.source.name.clone(), from_database(&open, &job, &kept, &wishes, &mut tried)?),
    };
    Ok(tried.done(file, &reading, &entries))
}

fn from_database(
    open: &OpenBook,
    job: &Job<'_>,
    kept: &Kept,
    wishes: &Survey,
    tried: &mut Tried<'_>,
) -> Result<SheetReading, CallError> {
    let reading = OnceCell::new();
    let query = Query { edition: &open.edition, table: tried.table, kept, wishes, shown: true };
    database::read(&query, job.flag(), &reading, &mut |cells, row| Ok(tried.take(Some(cells), row)))?;
    reading.into_inner().ok_or_else(|| CallError::failed("a query answered without columns"))
}

fn from_file(
    open: &OpenBook,
    job: &mut Job<'_>,
    kept: &Kept,
    wishes: &Survey,
    tried: &mut Tried<'_>,
) -> Result<(String, SheetReading), CallError> {
    let source = &kept.source;
    let file = match source.kind {
        SourceKind::Folder => {
            let found = folder::look(open, job, &source.name, &source.path)?;
            let first = found.new.into_keys().next();
            first.ok_or_else(|| {
                CallError::new("source.no-new-files").with("file", &source.path).with("known", found.known)
            })?
        }
        _ => source.path.clone(),
    };
    let mut book = workbook::open(Path::new(&file), &workbook::Limits::default())?;
    let readings = book.survey(&open.edition, wishes);
    let nothing = || CallError::new("import.nothing-recognised").with("file", &file);
    let mut reading = readings.into_iter().find(|reading| reading.header_row.is_some()).ok_or_else(nothing)?;
    follow(source, tried.table, &mut reading);
    let mut lines: BTreeMap<u32, Vec<String>> = book.first_rows(&reading, tried.most)?.into_iter().collect();
    let places: Vec<usize> = reading.headings.iter().map(|heading| heading.position as usize).collect();
    book.rows(&open.edition, tried.table, &reading, &mut |row| {
        let cells = lines.remove(&row.line);
        let cells = cells.map(|cells| places.iter().map(|at| cells.get(*at).cloned().unwrap_or_default()).collect());
        if job.go_on().is_err() { ControlFlow::Break(()) } else { tried.take(cells, row) }
    })?;
    job.go_on()?;
    Ok((file, reading))
}

/// The rows and codes that were read.
struct Tried<'a> {
    open: &'a OpenBook,
    table: &'a Table,
    most: usize,
    /// The column whose codes are counted.
    codes_of: Option<usize>,
    rows: Vec<TriedRow>,
    /// How often each code occurs, as the source has it.
    codes: BTreeMap<String, u64>,
    unconverted: Unconverted<'a>,
}

impl Tried<'_> {
    /// Takes a row; `cells` are its cells as the source has them, if they are known.
    fn take(&mut self, cells: Option<Vec<String>>, row: RowIn) -> ControlFlow<()> {
        self.unconverted.look(&row);
        if let (Some(at), true) = (self.codes_of, self.codes.len() < CODES)
            && let CellIn::Value(text) = &row.cells[at]
            && !text.is_empty()
        {
            *self.codes.entry(text.clone()).or_default() += 1;
        }
        if let (Some(cells), true) = (cells, self.rows.len() < self.most) {
            let checker = self.open.extensions.get::<Checks>().checker(self.open, self.table);
            let fields = self.table.fields.iter().zip(&row.cells);
            let value = |(field, cell): (&standard::Field, &CellIn)| match cell {
                CellIn::Value(text) => Some((field.column.clone(), checker.normalise(&field.column, text))),
                _ => None,
            };
            self.rows.push(TriedRow { line: row.line, cells, values: fields.filter_map(value).collect() });
        }
        let enough = self.rows.len() >= self.most && self.codes_of.is_none();
        if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn done(self, file: String, reading: &SheetReading, entries: &BTreeMap<String, String>) -> TriedSource {
        let list = self.codes_of.and_then(|at| self.table.fields[at].code_list.as_deref());
        let list = list.and_then(|id| self.open.edition.code_list(id));
        let title = |code: &str| list.and_then(|list| list.get(code)).map(|code| code.name.clone());
        let code = |(own, rows): (String, u64)| {
            let code = entries.get(&own).cloned().unwrap_or_else(|| own.clone());
            OwnCode { title: title(&code), code, own, rows }
        };
        let mut codes: Vec<OwnCode> = self.codes.into_iter().map(code).collect();
        codes.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.own.cmp(&b.own)));
        let remarks = reading.remarks.iter().cloned().chain(self.unconverted.remarks());
        TriedSource {
            file,
            sheet: reading.sheet.clone(),
            columns: reading.headings.iter().map(|heading| heading_map(Some(self.table), heading)).collect(),
            missing_columns: reading.missing_required.clone(),
            rows: self.rows,
            remarks: remarks.map(remark).collect(),
            codes,
        }
    }
}
