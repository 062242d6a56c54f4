//! What is ready to be submitted, and the batches with their results and receipts.

use standard::delivery::DeliveryState;
use store::{Batch, BatchQuery, BatchRow, BatchState};

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::calendar::standing::DueBook;
use crate::session::env::rfc3339;
use crate::session::open_book::REHEARSAL;
use crate::submit::api::{
    BatchRef, BatchResult, BatchView, Batches, BatchesQuery, Ready, ReadyTable, RejectedQuery, RejectedRow, Target,
};
use crate::submit::fingerprint::fingerprint;
use crate::submit::signing::signed;

/// Batches, or rejected rows, of one page.
pub(super) const PAGE: u64 = 500;

pub(super) fn name_of(target: &Target) -> &str {
    target.connection.as_deref().unwrap_or(REHEARSAL)
}

/// `submit.ready`.
pub(crate) fn ready(desk: &Desk, request: Target) -> Result<Ready, CallError> {
    let open = desk.opened()?;
    let settings = open.settings();
    let due_book = DueBook::new(desk, &open, name_of(&request))?;
    let mut tables = Vec::new();
    // Own tables are never submitted.
    for table in open.edition.tables.iter().filter(|table| !table.own) {
        let standing = due_book.of(table)?;
        let r = standing.readiness;
        if r.rows == 0 {
            continue;
        }
        tables.push(ReadyTable {
            table: table.name.clone(),
            title: table.short_title().to_owned(),
            department: settings.department_of(table).to_owned(),
            frequency: table.frequency,
            due: standing.due.map(|due| due.day.to_string()),
            rows: r.rows,
            to_send: r.to_send,
            blocked: r.blocked,
            unexplained: r.unexplained,
            under_way: r.under_way,
            waiting: r.waiting,
            accepted: r.accepted,
        });
    }
    let waiting = tables.iter().map(|table| table.waiting).sum();
    Ok(Ready { paused: open.paused_since(name_of(&request))?, waiting, tables })
}

/// `submit.batches`.
pub(crate) fn batches(desk: &Desk, request: BatchesQuery) -> Result<Batches, CallError> {
    let open = desk.opened()?;
    let query = BatchQuery {
        table: request.table,
        offset: request.offset,
        limit: request.limit.min(PAGE),
        ..Default::default()
    };
    let page = open.book.batches(&query)?;
    let batches = page.batches.into_iter().map(|batch| batch_view(desk, &open, batch)).collect::<Result<_, _>>()?;
    Ok(Batches { total: page.total, batches })
}

/// `submit.batch`.
pub(crate) fn batch(desk: &Desk, request: BatchRef) -> Result<BatchResult, CallError> {
    let open = desk.opened()?;
    let batch = open.book.batch(request.id)?;
    result_of(desk, &open, batch)
}

/// `submit.rejected`.
pub(crate) fn rejected(desk: &Desk, request: RejectedQuery) -> Result<Vec<RejectedRow>, CallError> {
    let open = desk.opened()?;
    let table = open.book.batch(request.id)?.table;
    rejected_rows(&open, &table, &request)
}

/// Rows of a batch that have not left.
pub(super) fn waiting_rows(open: &OpenBook, batch: i64) -> Result<u64, CallError> {
    let deliveries = open.book.deliveries(batch)?;
    let waiting = deliveries.iter().filter(|delivery| delivery.state == DeliveryState::Frozen);
    Ok(waiting.map(|delivery| delivery.rows).sum())
}

pub(super) fn result_of(desk: &Desk, open: &OpenBook, batch: Batch) -> Result<BatchResult, CallError> {
    let first = RejectedQuery { id: batch.id, offset: 0, limit: PAGE };
    let rejected = rejected_rows(open, &batch.table, &first)?;
    let rejected_total = open.book.rejected_count(batch.id)?;
    Ok(BatchResult { rejected, rejected_total, batch: batch_view(desk, open, batch)? })
}

pub(super) fn rejected_rows(
    open: &OpenBook,
    table: &str,
    query: &RejectedQuery,
) -> Result<Vec<RejectedRow>, CallError> {
    let rows = open.book.rejected_rows(query.id, query.offset, query.limit.min(PAGE))?;
    let numbers: Vec<i64> = rows.iter().map(|row| row.row).collect();
    let positions = open.book.positions(table, &numbers)?;
    let title = |column: &String| Some(open.edition.table(table)?.field(column)?.title.clone());
    let view = |(row, position): (BatchRow, Option<u64>)| RejectedRow {
        row: position.map(|_| row.row),
        position,
        key: row.key,
        column_title: row.column.as_ref().and_then(title),
        column: row.column,
        error: row.error.unwrap_or_default(),
    };
    Ok(rows.into_iter().zip(positions).map(view).collect())
}

pub(super) fn batch_view(desk: &Desk, open: &OpenBook, batch: Batch) -> Result<BatchView, CallError> {
    let now = desk.clock.now();
    let left = match batch.state {
        BatchState::Frozen => 0,
        BatchState::Sending => batch.rows.saturating_sub(waiting_rows(open, batch.id)?),
        _ => batch.rows,
    };
    Ok(BatchView {
        shown: open.shown_state(&batch, &desk.driven, now),
        left,
        problem: batch.problem.as_deref().and_then(|text| serde_json::from_str(text).ok()),
        overdue: open.is_overdue(&batch, now),
        may_go_again: batch.rejected_whole > 0,
        fingerprint: fingerprint(&batch.hash),
        signed: signed(open, batch.id)?,
        id: batch.id,
        title: open.edition.table(&batch.table).map_or_else(|| batch.table.clone(), |t| t.short_title().to_owned()),
        table: batch.table,
        rows: batch.rows,
        state: batch.state,
        connection: batch.connection,
        frozen_at: rfc3339(batch.frozen_at),
        sent_at: batch.sent_at.map(rfc3339),
        result_after: batch.result_after.map(rfc3339),
        hash: batch.hash,
        collected: batch.collected,
        stored: batch.stored,
        receipt: batch.receipt,
    })
}
