//! Reading records: pages of a view, one record, and rows for scripts.

use std::ops::ControlFlow;

use store::{PageQuery as StorePageQuery, ReadLimits, SqlValue};

use super::api::{Page, PageQuery, RecordDetail, RecordRef, RowText, Rows, RowsQuery};
use super::view::query_of;
use super::watch::watched;
use crate::session::Desk;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::verify::findings;
use crate::verify::records::views;

/// The largest number of records of one page.
const PAGE: u64 = 1_000;

/// Longest time of a condition of the command line.
const CONDITION_TIME: std::time::Duration = std::time::Duration::from_secs(30);

/// `fill.page`.
pub(crate) fn page(desk: &Desk, request: PageQuery) -> Result<Page, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.view.table)?;
    let query = StorePageQuery {
        order: request.order,
        offset: request.offset,
        limit: request.limit.min(PAGE),
        ..query_of(&open, &request.view)
    };
    // Only the first page of an arranged view looks at the whole table.
    let job = if query.is_arranged() && request.order.is_none() { request.job } else { 0 };
    let step = if query.sort.is_empty() { "filter" } else { "sort" };
    let page = watched(desk, &open, &table.name, (job, step), || open.book.page(&query))?;
    let places = if query.is_arranged() {
        let rows: Vec<i64> = page.rows.iter().map(|record| record.row).collect();
        open.book.positions(&table.name, &rows)?.into_iter().map(Option::unwrap_or_default).collect()
    } else {
        Vec::new()
    };
    Ok(Page {
        total: page.total,
        order: page.order,
        places,
        rows: views(&open, table, &page.rows)?,
        counts: findings::counts(&open, Some(&table.name))?,
    })
}

/// `fill.record`.
pub(crate) fn record(desk: &Desk, request: RecordRef) -> Result<RecordDetail, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let unknown = || CallError::new("row.unknown").with("table", &request.table).with("row", request.row);
    let record = open.book.get(&table.name, request.row)?.ok_or_else(unknown)?;
    let findings = findings::of_record(&open, &table.name, request.row)?;
    let view = views(&open, table, &[record])?.pop().ok_or_else(unknown)?;
    Ok(RecordDetail { record: view, findings })
}

/// `fill.rows`: for scripts; the condition runs on a connection that can only read.
pub(crate) fn rows(desk: &Desk, request: RowsQuery) -> Result<Rows, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let reader = open.book.reader(ReadLimits { time: Some(CONDITION_TIME), cancel: None, whole: None })?;
    let condition = request.condition.as_deref().unwrap_or("1");
    let failed = |e: store::ReadError| CallError::from(e).with("condition", condition);
    let mut total = 0;
    // The condition may end with a comment, which the line break ends.
    let count = format!("SELECT count(*) FROM \"{}\" WHERE ({condition}\n)", table.name);
    reader
        .query(&count, &[], |row| {
            total = row.integer(0).unwrap_or_default() as u64;
            ControlFlow::Break(())
        })
        .map_err(failed)?;
    let columns: Vec<String> = table.fields.iter().map(|f| format!("\"{}\"", f.column)).collect();
    let select = format!(
        "SELECT _row, {} FROM \"{}\" WHERE ({condition}\n) ORDER BY _place, _row LIMIT ?1 OFFSET ?2",
        columns.join(", "),
        table.name
    );
    let mut rows = Vec::new();
    let page = [
        SqlValue::Integer(request.limit.min(i64::MAX as u64) as i64),
        SqlValue::Integer(request.offset.min(i64::MAX as u64) as i64),
    ];
    reader
        .query(&select, &page, |row| {
            let cells = table.fields.iter().enumerate().map(|(i, f)| (f.column.clone(), row.text(i + 1)));
            rows.push(RowText { row: row.integer(0).unwrap_or_default(), cells: cells.collect() });
            ControlFlow::Continue(())
        })
        .map_err(failed)?;
    Ok(Rows { table: table.name.clone(), total, rows })
}
