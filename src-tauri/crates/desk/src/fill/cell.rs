//! What became of one cell: who changed it, what it was checked and frozen as, and what the receiver said.

use std::cmp::Reverse;

use jiff::Timestamp;
use store::{CellSending, RowOutcome};

use super::api::{CellEntry, CellEvent, CellHistory, CellHistoryQuery, CellOutcome};
use crate::session::Desk;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::env::rfc3339;
use crate::session::open_book::REHEARSAL;

/// `fill.cell_history`.
pub(crate) fn history(desk: &Desk, request: CellHistoryQuery) -> Result<CellHistory, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let unknown = || CallError::new("book.no-such-column").with("table", &table.name).with("column", &request.column);
    let field = table.field(&request.column).ok_or_else(unknown)?;
    let past = open.book.cell_past(&table.name, request.row, &field.column)?;
    let mut entries: Vec<(Timestamp, CellEntry)> = Vec::new();
    for one in past.steps {
        let step = one.step;
        let (kind, note, undone) = (step.kind, step.note, step.undone);
        let event = CellEvent::Changed { step: step.step, kind, note, undone, before: one.before, after: one.after };
        entries.push(entry(step.at, step.who, event));
    }
    for reason in past.reasons {
        let event = CellEvent::Explained { rule: reason.rule, value: reason.value, text: reason.text };
        entries.push(entry(reason.at, reason.who, event));
    }
    for sending in past.sendings {
        if let Some(signed) = open.book.sign_off_of(sending.batch)? {
            entries.push(entry(signed.at, signed.who, CellEvent::Signed { batch: sending.batch }));
        }
        entries.extend(submitted(sending));
    }
    // Newest first; of one moment, what happened later in the course of things.
    entries.sort_by_key(|(at, entry)| Reverse((*at, entry.event.order())));
    Ok(CellHistory {
        table: table.name.clone(),
        row: request.row,
        column: field.column.clone(),
        title: field.title.clone(),
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        cut: past.cut,
    })
}

fn entry(at: Timestamp, who: String, event: CellEvent) -> (Timestamp, CellEntry) {
    (at, CellEntry { at: rfc3339(at), who, event })
}

/// What one submission of the record was: frozen, sent, and answered.
fn submitted(sending: CellSending) -> Vec<(Timestamp, CellEntry)> {
    let CellSending { batch, delivery, num, key, connection, edition, value, .. } = sending;
    let rehearsal = connection == REHEARSAL;
    let frozen = CellEvent::Frozen { batch, edition, key, value, connection: connection.clone(), rehearsal };
    let mut entries = vec![entry(sending.frozen_at, String::new(), frozen)];
    if let Some(at) = sending.sent_at {
        let reply_time = sending.reply_time;
        let sent = CellEvent::Sent { batch, delivery, num, connection: connection.clone(), reply_time, rehearsal };
        entries.push(entry(at, String::new(), sent));
    }
    if let Some(at) = sending.result_at {
        let outcome = match sending.outcome {
            RowOutcome::Open => CellOutcome::Open,
            RowOutcome::Stored => CellOutcome::Stored,
            RowOutcome::Rejected => CellOutcome::Rejected,
        };
        let (column, error) = (sending.column, sending.error.filter(|words| !words.is_empty()));
        entries.push(entry(at, String::new(), CellEvent::Answered { batch, outcome, column, error, rehearsal }));
    }
    entries
}

impl CellEvent {
    /// The order of what happened in one moment.
    fn order(&self) -> (i64, u8) {
        match self {
            CellEvent::Changed { step, .. } => (*step, 0),
            CellEvent::Explained { .. } => (0, 1),
            CellEvent::Frozen { batch, .. } => (*batch, 2),
            CellEvent::Signed { batch } => (*batch, 3),
            CellEvent::Sent { batch, .. } => (*batch, 4),
            CellEvent::Answered { batch, .. } => (*batch, 5),
        }
    }
}
