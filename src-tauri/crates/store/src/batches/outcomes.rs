//! Records the result of a delivery for each of its rows: its outcome, what the connection has accepted, and findings
//! for the rejected.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::Connection;
use standard::Finding;

use crate::StoreError;
use crate::records::derived::content_hash;
use crate::records::stored;
use crate::records::table_sql::TableSql;
use crate::tables::acceptance;
use crate::tables::batch::Batch;
use crate::tables::batch_row::{self, RowOutcome, Sent};
use crate::tables::finding;

/// What the receiver says about one delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryResult {
    /// When it became known.
    pub at: Timestamp,
    /// How many rows the receiver counted.
    pub collected: u64,
    /// How many rows the receiver stored.
    pub stored: u64,
    /// The text of the result as it was received.
    pub receipt: String,
    /// The rows that were not stored; all others count as accepted. Where the receiver does not say which rows it
    /// dropped, the caller names all.
    pub rejected: Vec<RejectedRow>,
    /// Findings for the cells of rejected rows; their rule becomes `rule`.
    pub findings: Vec<Finding>,
    /// [`RECEIPT_RULE`](crate::RECEIPT_RULE), or for a rehearsal [`REHEARSAL_RULE`](crate::REHEARSAL_RULE): findings of
    /// one of them never take the place of the other's.
    pub rule: &'static str,
}

/// A row that was not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Number in the delivery, from 1.
    pub num: u32,
    /// Column that the receiver names.
    pub column: Option<String>,
    /// What the receiver says about the row, as it was received.
    pub error: String,
}

/// Records the outcomes of all rows of a delivery.
pub(crate) fn file(
    connection: &Connection,
    table_sql: &TableSql,
    batch: &Batch,
    delivery: u32,
    result: &DeliveryResult,
) -> Result<(), StoreError> {
    let rejected: HashMap<u32, _> = result.rejected.iter().map(|r| (r.num, r)).collect();
    let mut sent = HashMap::new();
    for Sent { num, row, hash } in batch_row::sent(connection, batch.id, delivery)? {
        let (outcome, column, error) = match rejected.get(&num) {
            Some(r) => (RowOutcome::Rejected, r.column.as_deref(), Some(r.error.as_str())),
            None => (RowOutcome::Stored, None, None),
        };
        batch_row::set_outcome(connection, (batch.id, delivery, num), outcome, column, error)?;
        if outcome == RowOutcome::Stored {
            acceptance::accept(connection, batch, row, &hash)?;
        }
        // Findings of an older receipt no longer hold.
        finding::remove_receipt_of_record(connection, (table_sql.name(), row), result.rule)?;
        sent.insert(row, hash);
    }
    for found in &result.findings {
        let Some(row) = found.row else { continue };
        let Some(stored) = stored::get(connection, table_sql, row)? else { continue };
        let unchanged = match &found.column {
            Some(column) => stored.record.values[table_sql.position(column)?] == found.value,
            None => sent.get(&row) == Some(&content_hash(table_sql.table(), &stored.record.values)),
        };
        if unchanged {
            let receipt = Finding { rule: result.rule.into(), ..found.clone() };
            finding::insert(connection, table_sql, &receipt)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, PERIOD, at, delete, finding, freeze, insert, update};
    use crate::{
        BatchQuery, BatchState, Freeze, RECEIPT_RULE, REHEARSAL_RULE, Readiness, RejectedRow, RowState, Scope,
    };
    use standard::{Finding, Level};

    const COURSE: &str = "ODS_COURSE";

    fn courses(names: &[&str]) -> BookFixture {
        let fixture = BookFixture::new();
        let rows: Vec<_> = names.iter().map(|k| insert(COURSE, &[("KCH", k)])).collect();
        fixture.apply(0, &rows);
        fixture
    }

    fn send(fixture: &BookFixture, seconds: i64, freeze: &Freeze) -> i64 {
        let batch = fixture.freeze(freeze).unwrap().batch.unwrap().id;
        for call in fixture.deliveries(batch).unwrap() {
            fixture.delivery_sending(batch, call.no, at(seconds), at(seconds)).unwrap();
            fixture.delivery_sent(batch, call.no, "t", "ok", at(seconds)).unwrap();
        }
        batch
    }

    fn answer(
        fixture: &BookFixture,
        batch: i64,
        call: u32,
        rejected: &[(u32, Option<&str>)],
        findings: Vec<Finding>,
    ) -> Batch {
        let rows = fixture.delivery_rows(batch, call).unwrap().len() as u64;
        let rejected: Vec<_> = rejected
            .iter()
            .map(|(num, c)| RejectedRow { num: *num, column: c.map(str::to_owned), error: format!("第{num}行错") })
            .collect();
        let stored = rows - rejected.len() as u64;
        let rule = if fixture.batch(batch).unwrap().connection == "rehearsal" { REHEARSAL_RULE } else { RECEIPT_RULE };
        let receipt = "{}".into();
        let result = DeliveryResult { at: at(99), collected: rows, stored, receipt, rejected, findings, rule };
        fixture.delivery_result(batch, call, &result).unwrap()
    }

    #[test]
    fn what_was_accepted_is_not_sent_again() {
        let fixture = courses(&["a", "b", "c"]);
        let batch = send(&fixture, 1, &freeze(COURSE, 1));
        assert_eq!(answer(&fixture, batch, 1, &[(2, Some("KCMC"))], vec![]).state, BatchState::PartlyStored);
        let states = || fixture.row_states("ministry", COURSE, &[1, 2, 3]).unwrap();
        assert_eq!(states(), [RowState::Accepted, RowState::Rejected, RowState::Accepted]);
        let ready = fixture.readiness("ministry", COURSE, PERIOD).unwrap();
        assert_eq!(ready, Readiness { rows: 3, to_send: 1, accepted: 2, ..Default::default() });
        let rejected = fixture.rejected_rows(batch, 0, 9).unwrap();
        let shown: Vec<_> = rejected.iter().map(|r| (r.num, r.column.as_deref(), r.error.as_deref())).collect();
        assert_eq!(shown, [(2, Some("KCMC"), Some("第2行错"))]);
        fixture.apply(100, &[update(COURSE, 2, &[("KCMC", "对")]), update(COURSE, 3, &[("KCMC", "新")])]);
        assert_eq!(states(), [RowState::Accepted, RowState::Changed, RowState::Changed]);
        assert_eq!(fixture.to_send("ministry", COURSE, PERIOD).unwrap(), [2, 3]);
        let batch = send(&fixture, 101, &freeze(COURSE, 101));
        assert_eq!(answer(&fixture, batch, 1, &[], vec![]).state, BatchState::Stored);
        assert_eq!(states(), [RowState::Accepted; 3]);
        fixture.undo(at(102), "").unwrap();
        assert_eq!(fixture.to_send("ministry", COURSE, PERIOD).unwrap(), [2, 3], "undo changes what is to be sent");
        fixture.whole();
    }

    #[test]
    fn batches_are_asked_for_as_a_whole() {
        let fixture = courses(&["a", "b"]);
        fixture.apply(0, &[insert("ODS_PRACTICE", &[("XH", "1")])]);
        let first = send(&fixture, 1, &Freeze { rows_per_delivery: 1, ..freeze(COURSE, 1) });
        let other = send(&fixture, 2, &Freeze { connection: "rehearsal".into(), ..freeze(COURSE, 2) });
        let practice = send(&fixture, 3, &freeze("ODS_PRACTICE", 3));
        fixture.apply(4, &[update(COURSE, 1, &[("KCMC", "x")])]);
        let last = send(&fixture, 5, &freeze(COURSE, 5));
        let ids = |batches: Vec<Batch>| batches.into_iter().map(|batch| batch.id).collect::<Vec<_>>();
        let all = |query: BatchQuery| ids(fixture.all_batches(&query).collect::<Result<_, _>>().unwrap());
        assert_eq!(all(BatchQuery::default()), [last, practice, other, first]);
        let of = BatchQuery { connection: Some("ministry".into()), table: Some(COURSE.into()), ..Default::default() };
        assert_eq!(all(of), [last, first]);
        assert_eq!(all(BatchQuery { states: vec![BatchState::Stored], ..Default::default() }), [0; 0]);
        assert_eq!(ids(fixture.last_batches("ministry").unwrap()), [last, practice]);
        assert_eq!(ids(fixture.last_batches("nothing").unwrap()), [0; 0]);

        let result = |receipt: &str| DeliveryResult {
            at: at(9),
            collected: 1,
            stored: 1,
            receipt: receipt.into(),
            rejected: Vec::new(),
            findings: Vec::new(),
            rule: RECEIPT_RULE,
        };
        for (batch, call, receipt) in [(first, 1, "one"), (first, 2, "two"), (other, 1, "other"), (last, 1, "last")] {
            fixture.delivery_result(batch, call, &result(receipt)).unwrap();
        }
        let receipts = |connection, since| fixture.receipts_since(connection, at(since)).unwrap();
        assert_eq!(receipts("ministry", 1), ["last", "one", "two"]);
        assert_eq!(receipts("ministry", 2), ["last"]);
        assert_eq!(receipts("rehearsal", 0), ["other"]);
        let key = |row| fixture.get(COURSE, row).unwrap().unwrap().key;
        assert_eq!(fixture.delivery_keys(first, 2).unwrap(), [key(2)]);
    }

    #[test]
    fn saving_without_a_change_sends_nothing() {
        let fixture = courses(&["a"]);
        let batch = send(&fixture, 1, &freeze(COURSE, 1));
        answer(&fixture, batch, 1, &[], vec![]);
        fixture.apply(5, &[update(COURSE, 1, &[("KCMC", "x")])]);
        fixture.apply(6, &[update(COURSE, 1, &[("KCMC", "")])]);
        assert_eq!(fixture.value(COURSE, 1, "SJCJSJ"), "20260901 000006");
        assert_eq!(fixture.to_send("ministry", COURSE, PERIOD).unwrap(), [0; 0]);
    }

    #[test]
    fn an_older_result_does_not_replace_a_newer_one() {
        let fixture = courses(&["a"]);
        let old = send(&fixture, 1, &freeze(COURSE, 1));
        fixture.apply(2, &[update(COURSE, 1, &[("KCMC", "x")])]);
        let new = send(&fixture, 3, &freeze(COURSE, 3));
        answer(&fixture, new, 1, &[], vec![]);
        answer(&fixture, old, 1, &[], vec![]);
        assert_eq!(fixture.row_states("ministry", COURSE, &[1]).unwrap(), [RowState::Accepted]);
        assert_eq!(fixture.to_send("ministry", COURSE, PERIOD).unwrap(), [0; 0]);
    }

    #[test]
    fn rejections_become_findings_where_the_cell_still_stands() {
        let fixture = courses(&["a", "b", "c", "d"]);
        let batch = send(&fixture, 1, &freeze(COURSE, 1));
        fixture.apply(2, &[update(COURSE, 1, &[("KCH", "A")]), update(COURSE, 2, &[("KCMC", "x")]), delete(COURSE, 3)]);
        let all = (1..=4).flat_map(|row| {
            [Some("KCH"), None].map(|column| {
                let value = column.map_or("", |_| ["a", "b", "c", "d"][row as usize - 1]);
                finding(COURSE, Some(row), column, "anything", Level::Mandatory, value)
            })
        });
        answer(&fixture, batch, 1, &[(1, None), (2, None), (3, None), (4, None)], all.collect());
        let page = fixture.findings(&crate::FindingQuery { limit: 9, ..Default::default() }).unwrap();
        let shown: Vec<_> = page
            .findings
            .iter()
            .map(|f| (f.finding.row.unwrap(), f.finding.column.as_deref(), f.finding.rule.as_str()))
            .collect();
        assert_eq!(shown, [(2, Some("KCH"), "receipt"), (4, None, "receipt"), (4, Some("KCH"), "receipt")]);
        assert_eq!(fixture.readiness("ministry", COURSE, PERIOD).unwrap().blocked, 2);
    }

    #[test]
    fn the_next_result_takes_an_old_receipt_away() {
        let fixture = courses(&["a"]);
        let receipt = finding(COURSE, Some(1), Some("XF"), RECEIPT_RULE, Level::Mandatory, "");
        fixture.replace_findings(COURSE, Scope::Table, Some(&[RECEIPT_RULE]), [receipt]).unwrap();
        let batch = send(&fixture, 1, &Freeze { hold_back: false, ..freeze(COURSE, 1) });
        answer(&fixture, batch, 1, &[], vec![]);
        assert_eq!(fixture.finding_counts(None, None).unwrap().mandatory, 0);
    }

    #[test]
    fn a_rehearsal_neither_removes_nor_replaces_what_a_receiver_said() {
        let fixture = courses(&["a", "b"]);
        let batch = send(&fixture, 1, &freeze(COURSE, 1));
        let found = |row| finding(COURSE, Some(row), Some("KCH"), "x", Level::Mandatory, ["a", "b"][row as usize - 1]);
        answer(&fixture, batch, 1, &[(1, Some("KCH"))], vec![found(1)]);
        let rules = || {
            let page = fixture.findings(&crate::FindingQuery { limit: 9, ..Default::default() }).unwrap();
            page.findings.iter().map(|f| (f.finding.row.unwrap(), f.finding.rule.clone())).collect::<Vec<_>>()
        };
        let rehearsal = Freeze { connection: "rehearsal".into(), hold_back: false, ..freeze(COURSE, 2) };
        let batch = send(&fixture, 2, &rehearsal);
        answer(&fixture, batch, 1, &[(2, Some("KCH"))], vec![found(2)]);
        assert_eq!(rules(), [(1, RECEIPT_RULE.to_owned()), (2, REHEARSAL_RULE.to_owned())]);
        fixture.apply(3, &[update(COURSE, 2, &[("KCH", "c")])]);
        assert_eq!(rules(), [(1, RECEIPT_RULE.to_owned())], "a change of the cell takes both away");
    }

    #[test]
    fn days_count_what_went_out() {
        let fixture = courses(&["a", "b", "c"]);
        let batch = send(&fixture, 60, &Freeze { rows_per_delivery: 2, ..freeze(COURSE, 1) });
        answer(&fixture, batch, 1, &[(1, None)], vec![]);
        let day = |text: &str| text.parse().unwrap();
        let counts = |connection| {
            let days = fixture.day_counts(connection, day("2026-08-31"), day("2026-09-01")).unwrap();
            days.into_iter().map(|d| (d.day.to_string(), d.sent, d.stored, d.rejected)).collect::<Vec<_>>()
        };
        let expect = [("2026-09-01".to_owned(), 3, 1, 1)];
        assert_eq!(counts(None), expect);
        assert_eq!(counts(Some("ministry")), expect);
        assert_eq!(counts(Some("rehearsal")), []);
        assert_eq!(fixture.day_counts(None, day("2026-09-02"), day("2026-09-09")).unwrap(), []);
    }
}
