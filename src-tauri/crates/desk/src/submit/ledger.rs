//! The book as the memory of calls that [`submit`] asks for: its events become durable moves of the book's batches.

use jiff::{SignedDuration, Timestamp};
use protocol::Options;
use standard::cell::Values;
use standard::{Coded, Finding, Level, Table, Words};
use store::{BatchQuery, BatchRow, CallResult, RejectedRow};
use submit::verdict::{Judgement, Verdict};
use submit::{CallId, Event, Item, Ledger};

use crate::Env;
use crate::session::api::CallError;
use crate::session::open_book::Open;
use crate::standards::table_of;

/// Batches are read in pages of this many.
const PAGE: u64 = 200;

/// The calls of one connection in the open book.
pub(crate) struct BookLedger<'a> {
    pub open: &'a Open,
    pub env: &'a Env,
    pub connection: &'a str,
    pub options: &'a Options,
}

impl BookLedger<'_> {
    /// Batches of the connection, newest first, as long as `wanted`.
    fn batches(
        &self,
        states: &[store::BatchState],
        mut wanted: impl FnMut(&store::Batch) -> bool,
    ) -> Result<Vec<store::Batch>, CallError> {
        let mut query = BatchQuery {
            connection: Some(self.connection.to_owned()),
            states: states.to_vec(),
            limit: PAGE,
            ..Default::default()
        };
        let mut all = Vec::new();
        loop {
            let page = self.open.book.batches(&query)?;
            query.offset += page.batches.len() as u64;
            let read = page.batches.len();
            all.extend(page.batches.into_iter().take_while(|batch| wanted(batch)));
            if read == 0 || all.len() as u64 != query.offset || query.offset >= page.total {
                return Ok(all);
            }
        }
    }

    fn after_waiting(&self, from: Timestamp) -> Timestamp {
        let wait = SignedDuration::from_secs(self.options.first_query_after_s.into());
        from.checked_add(wait).unwrap_or(from)
    }

    fn file(&self, call: CallId, judgement: &Judgement, receipt: &str) -> Result<(), CallError> {
        let rows = self.open.book.call_rows(call.batch, call.no)?;
        let table = table_of(&self.open.edition, &self.open.book.batch(call.batch)?.table)?.clone();
        let (mut rejected, mut findings) = (Vec::new(), Vec::new());
        for (row, verdict) in rows.iter().zip(&judgement.verdicts) {
            match verdict {
                Verdict::Stored => {}
                // Not told which rows were dropped: all of them count as not stored and are sent again.
                Verdict::Unsaid => rejected.push(RejectedRow { num: row.num, column: None, error: String::new() }),
                Verdict::Rejected { error, column } => {
                    rejected.push(RejectedRow { num: row.num, column: column.clone(), error: error.clone() });
                    findings.push(finding(&table, row, column.as_deref(), error));
                }
            }
        }
        let result = CallResult {
            at: (self.env.now)(),
            collected: judgement.collected,
            stored: judgement.stored,
            receipt: receipt.to_owned(),
            rejected,
            findings,
        };
        self.open.book.call_result(call.batch, call.no, &result)?;
        Ok(())
    }
}

/// The other side's words on the very cell. A value that they repeat becomes the placeholder, so that it can be masked.
fn finding(table: &Table, row: &BatchRow, column: Option<&str>, error: &str) -> Finding {
    let position = column.and_then(|c| table.position(c));
    let value = position.map(|p| values(table, row)[p].clone()).unwrap_or_default();
    let words = if value.chars().count() > 1 { error.replace(&value, "{value}") } else { error.to_owned() };
    Finding {
        table: table.name.clone(),
        row: Some(row.row),
        column: column.map(str::to_owned),
        rule: store::findings::RECEIPT_RULE.to_owned(),
        level: Level::Mandatory,
        value,
        message: Words::phrase("finding.receipt").with("reason", words),
        suggestion: None,
    }
}

/// The values of a frozen row, in the order of the fields.
fn values(table: &Table, row: &BatchRow) -> Values {
    // The payload is what the book froze itself; were it damaged, empty values would be refused by the other side.
    let payload: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&row.payload).unwrap_or_default();
    let text = |column: &str| payload.get(column).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    table.fields.iter().map(|field| text(&field.column)).collect()
}

fn call_of(call: store::Call, table: &str) -> Option<submit::Call> {
    let state = match call.state {
        store::CallState::Frozen => submit::CallState::Frozen,
        store::CallState::Sending => submit::CallState::Sending,
        store::CallState::Unknown => submit::CallState::Unknown,
        store::CallState::Sent => submit::CallState::Sent,
        store::CallState::Stored | store::CallState::PartlyStored | store::CallState::Rejected => return None,
    };
    Some(submit::Call {
        id: CallId { batch: call.batch, no: call.no },
        table: table.to_owned(),
        rows: u32::try_from(call.rows).unwrap_or(u32::MAX),
        state,
        sent_at: call.sent_at,
        time: call.reply_time,
    })
}

impl Ledger for BookLedger<'_> {
    type Error = CallError;

    fn open_calls(&self) -> Result<Vec<submit::Call>, CallError> {
        use store::BatchState::{Frozen, Sending, Sent, Unknown};
        let mut calls = Vec::new();
        for batch in self.batches(&[Frozen, Sending, Sent, Unknown], |_| true)?.into_iter().rev() {
            let of_batch = self.open.book.batch_calls(batch.id)?;
            calls.extend(of_batch.into_iter().filter_map(|call| call_of(call, &batch.table)));
        }
        Ok(calls)
    }

    fn items(&self, call: CallId) -> Result<Vec<Item>, CallError> {
        let batch = self.open.book.batch(call.batch)?;
        let table = table_of(&self.open.edition, &batch.table)?;
        let rows = self.open.book.call_rows(call.batch, call.no)?;
        let item = |row: BatchRow| {
            let row_out = submit::payload::row(table, &values(table, &row), self.options);
            Item { key: row.key, row: row_out }
        };
        Ok(rows.into_iter().map(item).collect())
    }

    fn receipts(&self, since: Timestamp) -> Result<Vec<String>, CallError> {
        // Batches are frozen in the order of their numbers, but a call may go out long after: all that had a call out since.
        let mut receipts = Vec::new();
        for batch in self.batches(&[], |_| true)? {
            if batch.sent_at.is_none() {
                continue;
            }
            for call in self.open.book.batch_calls(batch.id)? {
                if call.sent_at.is_some_and(|at| at >= since) {
                    receipts.extend(call.receipt);
                }
            }
        }
        Ok(receipts)
    }

    fn record(&self, call: CallId, event: &Event) -> Result<(), CallError> {
        let (book, CallId { batch, no }) = (&self.open.book, call);
        let now = (self.env.now)();
        match event {
            Event::Sending { at } => book.call_sending(batch, no, *at)?,
            Event::NotSent { why } => book.call_not_received(batch, no, &why.code())?,
            // A refusal at the door: nothing was taken. The call waits for the next run, when the reason may be gone.
            Event::Refused { code, message } => book.call_not_received(batch, no, &format!("{code} {message}"))?,
            Event::NotThere => book.call_not_received(batch, no, "not-there")?,
            Event::Unknown { why } => {
                let why = why.as_ref().map_or_else(|| "crash".to_owned(), Coded::code);
                book.call_unknown(batch, no, &why, self.after_waiting(now))?
            }
            Event::Sent { time, .. } => book.call_sent(batch, no, time, time, self.after_waiting(now))?,
            Event::Result { judgement, receipt } => return self.file(call, judgement, receipt),
        };
        Ok(())
    }
}
