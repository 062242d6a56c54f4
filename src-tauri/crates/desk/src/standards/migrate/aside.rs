//! What a move kept aside: shown page by page, and written as a workbook by the templates of the old edition.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use standard::{Edition, Sensitivity, Table, mask};
use store::SetAside;
use workbook::{RecordOut, SourceError, Stamp};

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::error::write_error;
use crate::standards::api::migrate::{
    AsideCell, AsideCounts, AsideExported, AsidePage, AsideQuery, AsideRecord, AsideTable, ExportAside,
};

/// Most records of one page.
const PAGE: u64 = 500;

/// Editions by id, with the college's additions where they have a place.
struct Editions<'a> {
    desk: &'a Desk,
    open: &'a OpenBook,
    known: BTreeMap<String, Option<Arc<Edition>>>,
}

impl<'a> Editions<'a> {
    fn new(desk: &'a Desk, open: &'a OpenBook) -> Editions<'a> {
        Editions { desk, open, known: BTreeMap::new() }
    }

    /// The edition that the book had; `None` where it is not at hand any more.
    fn get(&mut self, id: &str) -> Result<Option<Arc<Edition>>, CallError> {
        if !self.known.contains_key(id) {
            let own = self.open.own()?;
            let laid = self.desk.standards.edition(id).map(|base| crate::session::own::laid(&base, &own).0);
            self.known.insert(id.to_owned(), laid);
        }
        Ok(self.known.get(id).cloned().flatten())
    }
}

/// Numbers of all that is kept aside.
pub(crate) fn counts(open: &OpenBook) -> Result<AsideCounts, CallError> {
    let tables = open.book.set_aside_tables()?;
    Ok(AsideCounts {
        tables: tables.len() as u64,
        records: tables.iter().map(|t| t.records).sum(),
        cells: tables.iter().map(|t| t.cells).sum(),
    })
}

/// `migration.aside`.
pub(crate) fn page(desk: &Desk, request: AsideQuery) -> Result<AsidePage, CallError> {
    let open = desk.opened()?;
    let mut editions = Editions::new(desk, &open);
    let mut tables = Vec::new();
    for table in open.book.set_aside_tables()? {
        let edition = editions.get(&table.edition)?;
        let title =
            edition.as_deref().and_then(|e| e.table(&table.table)).map_or(table.table.as_str(), Table::short_title);
        tables.push(AsideTable {
            title: title.to_owned(),
            records: table.records,
            cells: table.cells,
            table: table.table,
        });
    }
    let (total, found) = open.book.set_aside(request.table.as_deref(), request.offset, request.limit.min(PAGE))?;
    let masked = !open.settings().show_personal;
    let mut records = Vec::with_capacity(found.len());
    for aside in found {
        let edition = editions.get(&aside.edition)?;
        records.push(view(edition.as_deref().and_then(|e| e.table(&aside.table)), masked, aside));
    }
    Ok(AsidePage { total, tables, records })
}

fn view(table: Option<&Table>, masked: bool, aside: SetAside) -> AsideRecord {
    let field = |column: &str| table.and_then(|t| t.field(column));
    // A column whose sensitivity is unknown counts as the most sensitive.
    let shown = |column: &str, value: &str| match (masked, field(column)) {
        (false, _) => value.to_owned(),
        (true, field) => mask::mask(field.map_or(Sensitivity::Special, |f| f.sensitivity), value),
    };
    let mut cells: Vec<AsideCell> = aside
        .cells
        .iter()
        .map(|(column, value)| AsideCell {
            title: field(column).map_or_else(|| column.clone(), |f| f.title.clone()),
            value: shown(column, value),
            aside: aside.columns.contains(column),
            column: column.clone(),
        })
        .collect();
    cells.sort_by_key(|cell| table.and_then(|t| t.position(&cell.column)));
    let (to, to_row) = aside.to.unzip();
    AsideRecord {
        title: table.map_or_else(|| aside.table.clone(), |t| t.short_title().to_owned()),
        table: aside.table,
        edition: aside.edition,
        period: aside.period,
        to,
        to_row,
        cells,
    }
}

/// `migration.export_aside`: the cells without a place, and those that tell the record.
pub(crate) fn export(desk: &Desk, request: ExportAside) -> Result<AsideExported, CallError> {
    let open = desk.opened()?;
    let kept = open.book.set_aside_tables()?;
    // A book that was moved more than once has kept tables of several editions; a workbook has one, so the last is
    // taken.
    let id = kept.last().map(|t| t.edition.clone()).ok_or_else(|| CallError::new("migration.nothing-aside"))?;
    let unknown = || CallError::new("edition.unknown").with("edition", &id);
    let edition = Editions::new(desk, &open).get(&id)?.ok_or_else(unknown)?;
    let tables: Vec<&Table> = kept.iter().filter(|t| t.edition == id).filter_map(|t| edition.table(&t.table)).collect();
    let settings = open.settings();
    // The workbook does not name the book, so that its rows are not imported as changes of records.
    let stamp = Stamp {
        edition: id.clone(),
        school: settings.college.code,
        period: settings.period,
        written_at: desk.clock.now_text(),
        ..Stamp::default()
    };
    let total = kept.iter().map(|t| t.records).sum();
    let (mut job, mut done) = (desk.job(request.job), 0);
    let mut rows = |table: &Table, sink: &mut dyn FnMut(RecordOut<'_>) -> ControlFlow<()>| -> Result<(), SourceError> {
        let mut offset = 0;
        loop {
            let (_, page) = open.book.set_aside(Some(&table.name), offset, PAGE)?;
            if page.is_empty() {
                return Ok(());
            }
            offset += page.len() as u64;
            for aside in page.iter().filter(|aside| aside.edition == id) {
                done += 1;
                job.at("write", done, total);
                job.go_on()?;
                if sink(RecordOut { row: aside.row, key: "", values: &values(table, aside) }).is_break() {
                    return Ok(());
                }
            }
        }
    };
    let path = Path::new(&request.path);
    let written = workbook::write_template(path, &edition, &tables, &stamp, Some(&mut rows)).map_err(write_error)?;
    Ok(AsideExported {
        file: request.path,
        sheets: written.sheets.len() as u64,
        rows: written.sheets.iter().map(|s| s.rows).sum(),
        note: CallError::new("migration.in-the-clear"),
    })
}

/// The cells that are kept aside, and those of the natural key.
fn values(table: &Table, aside: &SetAside) -> Vec<String> {
    let tells = |column: &String| table.natural_key.is_empty() || table.natural_key.contains(column);
    let shown = |column: &String| aside.columns.contains(column) || tells(column);
    let value = |column: &String| {
        aside.cells.iter().find(|(c, _)| c == column && shown(c)).map(|(_, v)| v.clone()).unwrap_or_default()
    };
    table.fields.iter().map(|field| value(&field.column)).collect()
}
