//! The ledger that [`submit`] needs, kept in the book: each event changes the state of a batch durably.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use protocol::Options;
use standard::cell::Values;
use standard::delivery::DeliveryState;
use standard::{Finding, Level, Table, Words};
use store::{BatchQuery, BatchRow, BatchState, DeliveryResult, RejectedRow, StoreError};
use submit::verdict::{DeliveryVerdict, Verdict};
use submit::{Client, Delivery, DeliveryId, Event, Item, Ledger};

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::session::open_book::REHEARSAL;

/// Requests that are kept in the book together while batches are sent; what was made since is lost if the program is
/// killed.
const REQUESTS: usize = 64;

/// The deliveries of one connection in the open book.
pub(crate) struct BookLedger<'a> {
    pub desk: &'a Desk,
    pub open: &'a OpenBook,
    pub client: &'a Client,
    pub connection: &'a str,
    /// Only deliveries of these tables; empty: all.
    pub tables: &'a [String],
    /// Batches that wait for the consent of a second person: what has not left of them stays here.
    pub held: &'a [i64],
}

impl BookLedger<'_> {
    fn is_asked(&self, table: &String) -> bool {
        self.tables.is_empty() || self.tables.contains(table)
    }

    /// Takes the time from the receiver's last reply. The receiver of a rehearsal is skipped, because it uses the
    /// program's own clock.
    pub fn learn_time(&self) {
        if self.connection != REHEARSAL {
            self.desk.learn_time(self.open, self.client);
        }
    }

    /// Takes the receiver's time and keeps which requests were made.
    pub fn after_an_exchange(&self) {
        self.learn_time();
        self.desk.keep_requests(self.open, self.connection, self.client);
    }

    fn options(&self) -> &Options {
        &self.client.connection().options
    }

    fn after_waiting(&self, from: Timestamp) -> Timestamp {
        let wait = SignedDuration::from_secs(self.options().first_query_after_s.into());
        from.checked_add(wait).unwrap_or(from)
    }

    fn file(&self, delivery: DeliveryId, verdict: &DeliveryVerdict, receipt: &str) -> Result<(), CallError> {
        let rows = self.open.book.delivery_rows(delivery.batch, delivery.no)?;
        let table = table_of(&self.open.edition, &self.open.book.batch(delivery.batch)?.table)?.clone();
        let (rule, mut rejected, mut findings) = (rule_of(self.connection), Vec::new(), Vec::new());
        for (row, of_row) in rows.iter().zip(&verdict.verdicts) {
            match of_row {
                Verdict::Stored => {}
                // The result does not say which rows were dropped, so all of them count as not stored and are sent
                // again.
                Verdict::Unsaid => rejected.push(RejectedRow { num: row.num, column: None, error: String::new() }),
                Verdict::Rejected { error, column } => {
                    rejected.push(RejectedRow { num: row.num, column: column.clone(), error: error.clone() });
                    findings.push(finding(&table, row, column.as_deref(), (rule, error))?);
                }
            }
        }
        let result = DeliveryResult {
            at: self.now(),
            collected: verdict.collected,
            stored: verdict.stored,
            receipt: receipt.to_owned(),
            rejected,
            findings,
            rule,
        };
        self.open.book.delivery_result(delivery.batch, delivery.no, &result)?;
        Ok(())
    }
}

/// The rule of findings that the results of a connection leave.
pub(super) fn rule_of(connection: &str) -> &'static str {
    if connection == REHEARSAL { store::REHEARSAL_RULE } else { store::RECEIPT_RULE }
}

/// A finding with the receiver's message on the cell. Where the message repeats the value, a placeholder takes its
/// place, so that it can be masked. What a rehearsal found is to be confirmed: no receiver has rejected the record.
fn finding(
    table: &Table,
    row: &BatchRow,
    column: Option<&str>,
    (rule, error): (&str, &str),
) -> Result<Finding, CallError> {
    let value = match column.and_then(|c| table.position(c)) {
        Some(position) => values(table, row)?[position].clone(),
        None => String::new(),
    };
    let words = if value.chars().count() > 1 { error.replace(&value, "{value}") } else { error.to_owned() };
    Ok(Finding {
        table: table.name.clone(),
        row: Some(row.row),
        column: column.map(str::to_owned),
        rule: rule.to_owned(),
        level: if rule == store::REHEARSAL_RULE { Level::Confirm } else { Level::Mandatory },
        value,
        message: match rule {
            store::REHEARSAL_RULE => Words::phrase("finding.rehearsal"),
            _ => Words::phrase("finding.receipt"),
        }
        .with("reason", words),
        suggestion: None,
    })
}

/// The values of a frozen row, in the order of the fields. A payload that is not a JSON object is an error, because the
/// book is damaged: otherwise an empty row would be sent.
fn values(table: &Table, row: &BatchRow) -> Result<Values, CallError> {
    let damaged = |_| StoreError::Damaged { file: String::new() };
    let payload: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&row.payload).map_err(damaged)?;
    let text = |column: &str| payload.get(column).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    Ok(table.fields.iter().map(|field| text(&field.column)).collect())
}

/// What went wrong with a delivery, as it is kept beside it: code and parameters, from which the words are made when
/// they are shown.
fn noted(why: CallError) -> String {
    serde_json::to_string(&why).unwrap_or_default()
}

pub(super) fn delivery_of(delivery: store::Delivery, table: &str) -> Delivery {
    Delivery {
        id: DeliveryId { batch: delivery.batch, no: delivery.no },
        table: table.to_owned(),
        rows: u32::try_from(delivery.rows).unwrap_or(u32::MAX),
        state: delivery.state,
        sent_at: delivery.sent_at,
        receiver_at: delivery.receiver_at,
        time: delivery.reply_time,
    }
}

/// The setting of the book with the largest number of rows that a receiver takes at once, by connection.
const LEARNED_ROWS: &str = "learned-rows";

/// The largest number of rows that the receiver of a connection takes at once, if it found a request too large.
pub(super) fn learned_rows(open: &OpenBook, connection: &str) -> Result<Option<u32>, CallError> {
    Ok(all_learned_rows(open)?.remove(connection))
}

/// A setting that cannot be read counts as none, because the receiver says again what is too large.
fn all_learned_rows(open: &OpenBook) -> Result<BTreeMap<String, u32>, CallError> {
    let kept = open.book.setting(LEARNED_ROWS)?;
    Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
}

impl Ledger for BookLedger<'_> {
    type Error = CallError;

    fn now(&self) -> Timestamp {
        self.learn_time();
        self.desk.clock.now()
    }

    fn open_deliveries(&self) -> Result<Vec<Delivery>, CallError> {
        let states = BatchState::ALL.into_iter().filter(|state| state.is_open()).collect();
        let query = BatchQuery { connection: Some(self.connection.to_owned()), states, ..Default::default() };
        let mut batches = self.open.book.all_batches(&query).collect::<Result<Vec<_>, _>>()?;
        batches.reverse();
        let mut open = Vec::new();
        for batch in batches.into_iter().filter(|batch| self.is_asked(&batch.table)) {
            let of_batch = self.open.book.deliveries(batch.id)?;
            let held = self.held.contains(&batch.id);
            let waiting = of_batch.into_iter().filter(|delivery| match delivery.state {
                DeliveryState::Frozen => !held,
                state => !state.is_closed(),
            });
            open.extend(waiting.map(|delivery| delivery_of(delivery, &batch.table)));
        }
        Ok(open)
    }

    fn items(&self, delivery: DeliveryId) -> Result<Vec<Item>, CallError> {
        let batch = self.open.book.batch(delivery.batch)?;
        let table = table_of(&self.open.edition, &batch.table)?;
        let rows = self.open.book.delivery_rows(delivery.batch, delivery.no)?;
        let item = |row: BatchRow| {
            let row_out = submit::payload::row(table, &values(table, &row)?, self.options());
            Ok(Item { key: row.key, row: row_out })
        };
        rows.into_iter().map(item).collect()
    }

    fn keys(&self, delivery: DeliveryId) -> Result<Vec<String>, CallError> {
        Ok(self.open.book.delivery_keys(delivery.batch, delivery.no)?)
    }

    fn receipts(&self, since: Timestamp) -> Result<Vec<String>, CallError> {
        Ok(self.open.book.receipts_since(self.connection, since)?)
    }

    fn learned_rows(&self) -> Result<Option<u32>, CallError> {
        learned_rows(self.open, self.connection)
    }

    fn learn_rows(&self, rows: Option<u32>) -> Result<(), CallError> {
        let mut learned = all_learned_rows(self.open)?;
        match rows {
            Some(rows) => drop(learned.insert(self.connection.to_owned(), rows)),
            None => drop(learned.remove(self.connection)),
        }
        Ok(self.open.book.set_setting(LEARNED_ROWS, &serde_json::json!(learned))?)
    }

    fn split(&self, batch: i64, rows: u32) -> Result<(), CallError> {
        Ok(self.open.book.split_deliveries(batch, rows)?)
    }

    fn record(&self, delivery: DeliveryId, event: &Event) -> Result<(), CallError> {
        let (book, DeliveryId { batch, no }) = (&self.open.book, delivery);
        let now = self.now();
        if self.client.requests_kept() >= REQUESTS {
            self.desk.keep_requests(self.open, self.connection, self.client);
        }
        match event {
            Event::Sending { at, receiver_at } => book.delivery_sending(batch, no, *at, *receiver_at)?,
            // A refused request was not taken. The delivery waits for the next run, which may succeed.
            Event::NotSent { why } | Event::Refused { why } => {
                book.delivery_not_received(batch, no, &noted(why.clone().into()))?
            }
            Event::NotThere => book.delivery_not_received(batch, no, &noted(CallError::new("batch.not-there")))?,
            Event::Unknown { why } => {
                let why = why.clone().map_or_else(|| CallError::new("batch.interrupted"), CallError::from);
                book.delivery_unknown(batch, no, &noted(why), self.after_waiting(now))?
            }
            Event::Sent { time, .. } => book.delivery_sent(batch, no, time, time, self.after_waiting(now))?,
            Event::Result { verdict, receipt } => return self.file(delivery, verdict, receipt),
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::RowOutcome;

    #[test]
    fn a_payload_that_is_not_json_is_damage_and_not_an_empty_row() {
        let standards = standard::Standards::builtin().unwrap();
        let edition = &standards.editions()[0];
        let table = &edition.tables[0];
        let row = |payload: &str| BatchRow {
            batch: 1,
            delivery: 1,
            num: 1,
            row: 1,
            key: "K".into(),
            hash: String::new(),
            payload: payload.into(),
            outcome: RowOutcome::Open,
            column: None,
            error: None,
        };
        let column = &table.fields[2].column;
        assert_eq!(values(table, &row(&format!("{{\"{column}\":\"x\"}}"))).unwrap()[2], "x");
        assert_eq!(values(table, &row("{\"half")).unwrap_err().code, "book.damaged");
    }
}
