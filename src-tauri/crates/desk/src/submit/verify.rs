//! Whether a file is what was sent: each of its records is compared with the frozen rows of the batches of its table,
//! in the columns that the file has. The order of records does not matter.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::{Map, Value};
use standard::Table;
use standard::field::KEY_COLUMN;
use store::{Batch, BatchQuery, BatchState};
use workbook::{CellIn, Limits, RecordMark, Survey};

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::env::rfc3339;
use crate::session::open_book::REHEARSAL;
use crate::session::small_file::read_text;
use crate::submit::api::{ReceiptVerdict, Verified, VerifiedTable, VerifyFile};
use crate::submit::fingerprint::fingerprint;
use crate::submit::form::page;

/// The most bytes of a JSON export or a printed page that are read.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// `submit.verify`.
pub(crate) fn verify(desk: &Desk, request: VerifyFile) -> Result<Verified, CallError> {
    let open = desk.opened()?;
    let receipt = request.receipt.as_deref().map(|file| receipt(desk, &open, Path::new(file))).transpose()?;
    let mut tables = Vec::new();
    if let Some(path) = &request.path {
        for sheet in read(&open, Path::new(path), request.table.as_deref())? {
            tables.push(compare(&open, &sheet)?);
        }
        if tables.is_empty() {
            return Err(CallError::new("verify.no-table").with("file", path));
        }
    }
    let first = tables.first();
    Ok(Verified {
        same: !tables.is_empty() && tables.iter().all(|table| table.same),
        batch: first.and_then(|table| table.batch),
        fingerprint: first.and_then(|table| table.fingerprint.clone()),
        receipt,
        tables,
    })
}

/// The records of a table as a file has them: the columns, and the values of each record in their order.
struct Sheet {
    table: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn read(open: &OpenBook, path: &Path, table: Option<&str>) -> Result<Vec<Sheet>, CallError> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "json" => read_json(open, path),
        "jsonl" => {
            let table = table.ok_or_else(|| CallError::new("verify.which-table").with("file", path.display()))?;
            let parse = |line: &str| serde_json::from_str(line).map_err(|_| not_an_export(path));
            let rows = read_text(path, MOST_BYTES)?.lines().map(parse).collect::<Result<Vec<Value>, _>>()?;
            Ok(vec![sheet_of(open, table, &rows, path)?])
        }
        _ => read_workbook(open, path, table),
    }
}

fn not_an_export(path: &Path) -> CallError {
    CallError::new("verify.not-an-export").with("file", path.display())
}

fn read_json(open: &OpenBook, path: &Path) -> Result<Vec<Sheet>, CallError> {
    let export: Value = serde_json::from_str(&read_text(path, MOST_BYTES)?).map_err(|_| not_an_export(path))?;
    let tables = export["tables"].as_array().ok_or_else(|| not_an_export(path))?;
    let sheet = |table: &Value| {
        let name = table["table"].as_str().ok_or_else(|| not_an_export(path))?;
        let rows = table["rows"].as_array().ok_or_else(|| not_an_export(path))?;
        sheet_of(open, name, rows, path)
    };
    tables.iter().map(sheet).collect()
}

fn sheet_of(open: &OpenBook, table: &str, rows: &[Value], path: &Path) -> Result<Sheet, CallError> {
    let table = table_of(&open.edition, table)?;
    let first = rows.first().and_then(Value::as_object).cloned().unwrap_or_default();
    let columns = named(table, |column| first.contains_key(column));
    let values = |row: &Value| {
        let row = row.as_object().ok_or_else(|| not_an_export(path))?;
        Ok(columns.iter().map(|column| text(row, column)).collect())
    };
    let rows = rows.iter().map(values).collect::<Result<_, CallError>>()?;
    Ok(Sheet { table: table.name.clone(), columns, rows })
}

/// The columns of a table that a file has, in printed order.
fn named(table: &Table, has: impl Fn(&str) -> bool) -> Vec<String> {
    table.fields.iter().map(|field| field.column.clone()).filter(|column| has(column)).collect()
}

fn text(row: &Map<String, Value>, column: &str) -> String {
    row.get(column).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn read_workbook(open: &OpenBook, path: &Path, table: Option<&str>) -> Result<Vec<Sheet>, CallError> {
    let mut book = workbook::open(path, &Limits::default())?;
    let wishes = Survey { table: table.map(str::to_owned), ..Survey::default() };
    let mut sheets = Vec::new();
    for reading in book.survey(&open.edition, &wishes) {
        let Some(name) = &reading.table else { continue };
        let table = table_of(&open.edition, name)?;
        let mut read = Vec::new();
        book.rows(&open.edition, table, &reading, &mut |row| {
            if row.left_out.is_none() {
                read.push((row.mark, row.cells));
            }
            ControlFlow::Continue(())
        })?;
        let here =
            |at: usize| read.first().is_some_and(|(_, cells)| !matches!(cells.get(at), None | Some(CellIn::Absent)));
        let marked = read.iter().all(|(mark, _)| matches!(mark, Some(RecordMark::Key(_))));
        let columns =
            named(table, |column| (column == KEY_COLUMN && marked) || table.position(column).is_some_and(here));
        let value = |mark: &Option<RecordMark>, cells: &[CellIn], column: &String| match mark {
            Some(RecordMark::Key(key)) if column == KEY_COLUMN => key.clone(),
            _ => match table.position(column).and_then(|at| cells.get(at)) {
                Some(CellIn::Value(text)) => text.clone(),
                // Nothing that was sent has such a value, so the record differs.
                Some(CellIn::Unreadable(_)) => "\u{fffd}".to_owned(),
                _ => String::new(),
            },
        };
        let values = |(mark, cells): &(Option<RecordMark>, Vec<CellIn>)| {
            columns.iter().map(|column| value(mark, cells, column)).collect()
        };
        let rows = read.iter().map(values).collect();
        sheets.push(Sheet { table: table.name.clone(), columns, rows });
    }
    Ok(sheets)
}

/// Compares with the batches of the table, the newest first: those with as many rows, and where none of them is the
/// same, the newest one that left.
fn compare(open: &OpenBook, sheet: &Sheet) -> Result<VerifiedTable, CallError> {
    let table = table_of(&open.edition, &sheet.table)?;
    let query = BatchQuery { table: Some(sheet.table.clone()), ..BatchQuery::default() };
    let rows = sheet.rows.len() as u64;
    let mut nearest: Option<(Batch, u64, u64)> = None;
    for batch in open.book.all_batches(&query) {
        let batch = batch?;
        // Of a rehearsal nothing was sent.
        if batch.connection == REHEARSAL
            || batch.state == BatchState::Frozen
            || (batch.rows != rows && nearest.is_some())
        {
            continue;
        }
        let (only_in_file, only_in_batch) = differences(open, sheet, &batch)?;
        let same = only_in_file + only_in_batch == 0;
        if same || nearest.is_none() {
            nearest = Some((batch, only_in_file, only_in_batch));
        }
        if same {
            break;
        }
    }
    let (batch, only_in_file, only_in_batch) = match nearest {
        Some((batch, only_in_file, only_in_batch)) => (Some(batch), only_in_file, only_in_batch),
        None => (None, rows, 0),
    };
    Ok(VerifiedTable {
        table: sheet.table.clone(),
        title: table.short_title().to_owned(),
        rows,
        same: batch.is_some() && only_in_file + only_in_batch == 0 && !sheet.columns.is_empty(),
        batch: batch.as_ref().map(|batch| batch.id),
        fingerprint: batch.as_ref().map(|batch| fingerprint(&batch.hash)),
        sent_at: batch.as_ref().and_then(|batch| batch.sent_at).map(rfc3339),
        connection: batch.map(|batch| batch.connection),
        only_in_file,
        only_in_batch,
    })
}

/// How many records of the file are not in a batch, and how many of the batch not in the file.
fn differences(open: &OpenBook, sheet: &Sheet, batch: &Batch) -> Result<(u64, u64), CallError> {
    let mut left: HashMap<&[String], u64> = HashMap::new();
    for row in &sheet.rows {
        *left.entry(row.as_slice()).or_default() += 1;
    }
    let damaged = |_| store::StoreError::Damaged { file: String::new() };
    let mut only_in_batch = 0;
    for delivery in 1..=batch.deliveries {
        for row in open.book.delivery_rows(batch.id, delivery)? {
            let frozen: Map<String, Value> = serde_json::from_str(&row.payload).map_err(damaged)?;
            let values: Vec<String> = sheet.columns.iter().map(|column| text(&frozen, column)).collect();
            match left.get_mut(values.as_slice()) {
                Some(count) if *count > 0 => *count -= 1,
                _ => only_in_batch += 1,
            }
        }
    }
    Ok((left.values().sum(), only_in_batch))
}

/// What a printed page is: printed again, it would be the same letter by letter.
fn receipt(desk: &Desk, open: &OpenBook, path: &Path) -> Result<ReceiptVerdict, CallError> {
    let given = read_text(path, MOST_BYTES)?;
    let mut batches = Vec::new();
    for section in given.split("<section data-batch=\"").skip(1) {
        let mut parts = section.split('"');
        let (id, hash) = (parts.next().and_then(|id| id.parse::<i64>().ok()), parts.nth(1).unwrap_or_default());
        match id.map(|id| open.book.batch(id)) {
            Some(Ok(batch)) if batch.hash == hash && batch.connection == REHEARSAL => {
                return Ok(ReceiptVerdict::Rehearsal);
            }
            Some(Ok(batch)) if batch.hash == hash => batches.push(batch.id),
            _ => return Ok(ReceiptVerdict::Foreign),
        }
    }
    Ok(match batches.is_empty() {
        true => ReceiptVerdict::Foreign,
        false if page(desk, open, &batches)? == given => ReceiptVerdict::Genuine,
        false => ReceiptVerdict::Differs,
    })
}
