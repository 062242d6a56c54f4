//! Filing what became of the rows of a call: outcomes, what the connection has accepted, findings for the rejected.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::findings::{self, RECEIPT_RULE};
use crate::record;
use crate::shape::Shape;
use crate::{Batch, CallResult, RowOutcome, StoreError};

/// Files the outcomes of all rows of a call.
pub(crate) fn file(
    connection: &Connection,
    shape: &Shape,
    batch: &Batch,
    call: u32,
    result: &CallResult,
) -> Result<(), StoreError> {
    let rejected: HashMap<u32, _> = result.rejected.iter().map(|r| (r.num, r)).collect();
    let mut sent = HashMap::new();
    for Frozen { num, row, hash } in frozen_rows(connection, batch.id, call)? {
        let (outcome, column, error) = match rejected.get(&num) {
            Some(r) => (RowOutcome::Rejected, r.column.as_deref(), Some(r.error.as_str())),
            None => (RowOutcome::Stored, None, None),
        };
        connection
            .prepare_cached(
                "UPDATE batch_row SET outcome = ?4, col = ?5, error = ?6 WHERE batch = ?1 AND call = ?2 AND num = ?3",
            )?
            .execute((batch.id, call, num, outcome.as_str(), column, error))?;
        if outcome == RowOutcome::Stored {
            accept(connection, batch, row, &hash)?;
        }
        // Whatever an older receipt said of this record, this one is newer.
        connection.prepare_cached("DELETE FROM finding WHERE tbl = ?1 AND row = ?2 AND rule = ?3")?.execute((
            shape.name(),
            row,
            RECEIPT_RULE,
        ))?;
        sent.insert(row, hash);
    }
    for finding in &result.findings {
        let Some(row) = finding.row else { continue };
        let Some(kept) = record::get(connection, shape, row)? else { continue };
        let stands = match &finding.column {
            Some(column) => kept.record.values[shape.position(column)?] == finding.value,
            None => sent.get(&row) == Some(&crate::derived::content_hash(shape.table(), &kept.record.values)),
        };
        if stands {
            let finding = standard::Finding { rule: RECEIPT_RULE.into(), ..finding.clone() };
            findings::keep(connection, shape, &finding)?;
        }
    }
    Ok(())
}

/// A row of a call, as it was frozen.
struct Frozen {
    num: u32,
    row: i64,
    hash: [u8; 32],
}

fn frozen_rows(connection: &Connection, batch: i64, call: u32) -> Result<Vec<Frozen>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT num, row, hash FROM batch_row WHERE batch = ?1 AND call = ?2")?;
    let rows =
        statement.query_map((batch, call), |r| Ok(Frozen { num: r.get(0)?, row: r.get(1)?, hash: r.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The connection has this content of the record now, unless it has that of a newer batch.
fn accept(connection: &Connection, batch: &Batch, row: i64, hash: &[u8; 32]) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO acceptance (connection, tbl, row, hash, batch) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (connection, tbl, row) DO UPDATE SET hash = excluded.hash, batch = excluded.batch
             WHERE excluded.batch >= batch",
        )?
        .execute((&batch.connection, &batch.table, row, hash, batch.id))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{Desk, PERIOD, at, delete, finding, freeze, insert, update};
    use crate::{BatchQuery, BatchState, Freeze, Readiness, RejectedRow, RowState, Scope};
    use standard::{Finding, Level};

    const COURSE: &str = "ODS_COURSE";

    fn courses(names: &[&str]) -> Desk {
        let desk = Desk::new();
        let rows: Vec<_> = names.iter().map(|k| insert(COURSE, &[("KCH", k)])).collect();
        desk.apply(0, &rows);
        desk
    }

    fn send(desk: &Desk, seconds: i64, freeze: &Freeze) -> i64 {
        let batch = desk.freeze(freeze).unwrap().batch.unwrap().id;
        for call in desk.batch_calls(batch).unwrap() {
            desk.call_sending(batch, call.no, at(seconds)).unwrap();
            desk.call_sent(batch, call.no, "t", "ok", at(seconds)).unwrap();
        }
        batch
    }

    fn answer(desk: &Desk, batch: i64, call: u32, rejected: &[(u32, Option<&str>)], findings: Vec<Finding>) -> Batch {
        let rows = desk.call_rows(batch, call).unwrap().len() as u64;
        let rejected: Vec<_> = rejected
            .iter()
            .map(|(num, c)| RejectedRow { num: *num, column: c.map(str::to_owned), error: format!("第{num}行错") })
            .collect();
        let stored = rows - rejected.len() as u64;
        let result = CallResult { at: at(99), collected: rows, stored, receipt: "{}".into(), rejected, findings };
        desk.call_result(batch, call, &result).unwrap()
    }

    #[test]
    fn what_was_accepted_is_not_sent_again() {
        let desk = courses(&["a", "b", "c"]);
        let batch = send(&desk, 1, &freeze(COURSE, 1));
        assert_eq!(answer(&desk, batch, 1, &[(2, Some("KCMC"))], vec![]).state, BatchState::PartlyStored);
        let states = || desk.row_states("ministry", COURSE, &[1, 2, 3]).unwrap();
        assert_eq!(states(), [RowState::Accepted, RowState::Rejected, RowState::Accepted]);
        let ready = desk.readiness("ministry", COURSE, PERIOD).unwrap();
        assert_eq!(ready, Readiness { rows: 3, to_send: 1, accepted: 2, ..Default::default() });
        let rejected = desk.rejected_rows(batch, 0, 9).unwrap();
        let shown: Vec<_> = rejected.iter().map(|r| (r.num, r.column.as_deref(), r.error.as_deref())).collect();
        assert_eq!(shown, [(2, Some("KCMC"), Some("第2行错"))]);
        desk.apply(100, &[update(COURSE, 2, &[("KCMC", "对")]), update(COURSE, 3, &[("KCMC", "新")])]);
        assert_eq!(states(), [RowState::Accepted, RowState::Changed, RowState::Changed]);
        assert_eq!(desk.to_send("ministry", COURSE, PERIOD).unwrap(), [2, 3]);
        let batch = send(&desk, 101, &freeze(COURSE, 101));
        assert_eq!(answer(&desk, batch, 1, &[], vec![]).state, BatchState::Stored);
        assert_eq!(states(), [RowState::Accepted; 3]);
        desk.undo(at(102), "").unwrap();
        assert_eq!(desk.to_send("ministry", COURSE, PERIOD).unwrap(), [2, 3], "undo changes what is to be sent");
        desk.whole();
    }

    #[test]
    fn batches_are_asked_for_as_a_whole() {
        let desk = courses(&["a", "b"]);
        desk.apply(0, &[insert("ODS_PRACTICE", &[("XH", "1")])]);
        let first = send(&desk, 1, &Freeze { rows_per_call: 1, ..freeze(COURSE, 1) });
        let other = send(&desk, 2, &Freeze { connection: "rehearsal".into(), ..freeze(COURSE, 2) });
        let practice = send(&desk, 3, &freeze("ODS_PRACTICE", 3));
        desk.apply(4, &[update(COURSE, 1, &[("KCMC", "x")])]);
        let last = send(&desk, 5, &freeze(COURSE, 5));
        let ids = |batches: Vec<Batch>| batches.into_iter().map(|batch| batch.id).collect::<Vec<_>>();
        let all = |query: BatchQuery| ids(desk.all_batches(&query).collect::<Result<_, _>>().unwrap());
        assert_eq!(all(BatchQuery::default()), [last, practice, other, first]);
        let of = BatchQuery { connection: Some("ministry".into()), table: Some(COURSE.into()), ..Default::default() };
        assert_eq!(all(of), [last, first]);
        assert_eq!(all(BatchQuery { states: vec![BatchState::Stored], ..Default::default() }), [0; 0]);
        assert_eq!(ids(desk.last_batches("ministry").unwrap()), [last, practice]);
        assert_eq!(ids(desk.last_batches("nothing").unwrap()), [0; 0]);

        let result = |receipt: &str| CallResult {
            at: at(9),
            collected: 1,
            stored: 1,
            receipt: receipt.into(),
            rejected: Vec::new(),
            findings: Vec::new(),
        };
        for (batch, call, receipt) in [(first, 1, "one"), (first, 2, "two"), (other, 1, "other"), (last, 1, "last")] {
            desk.call_result(batch, call, &result(receipt)).unwrap();
        }
        let receipts = |connection, since| desk.receipts_since(connection, at(since)).unwrap();
        assert_eq!(receipts("ministry", 1), ["last", "one", "two"]);
        assert_eq!(receipts("ministry", 2), ["last"]);
        assert_eq!(receipts("rehearsal", 0), ["other"]);
        let key = |row| desk.get(COURSE, row).unwrap().unwrap().key;
        assert_eq!(desk.call_keys(first, 2).unwrap(), [key(2)]);
    }

    #[test]
    fn saving_without_a_change_sends_nothing() {
        let desk = courses(&["a"]);
        let batch = send(&desk, 1, &freeze(COURSE, 1));
        answer(&desk, batch, 1, &[], vec![]);
        desk.apply(5, &[update(COURSE, 1, &[("KCMC", "x")])]);
        desk.apply(6, &[update(COURSE, 1, &[("KCMC", "")])]);
        assert_eq!(desk.value(COURSE, 1, "SJCJSJ"), "20260901 000006");
        assert_eq!(desk.to_send("ministry", COURSE, PERIOD).unwrap(), [0; 0]);
    }

    #[test]
    fn an_older_result_does_not_replace_a_newer_one() {
        let desk = courses(&["a"]);
        let old = send(&desk, 1, &freeze(COURSE, 1));
        desk.apply(2, &[update(COURSE, 1, &[("KCMC", "x")])]);
        let new = send(&desk, 3, &freeze(COURSE, 3));
        answer(&desk, new, 1, &[], vec![]);
        answer(&desk, old, 1, &[], vec![]);
        assert_eq!(desk.row_states("ministry", COURSE, &[1]).unwrap(), [RowState::Accepted]);
        assert_eq!(desk.to_send("ministry", COURSE, PERIOD).unwrap(), [0; 0]);
    }

    #[test]
    fn rejections_become_findings_where_the_cell_still_stands() {
        let desk = courses(&["a", "b", "c", "d"]);
        let batch = send(&desk, 1, &freeze(COURSE, 1));
        desk.apply(2, &[update(COURSE, 1, &[("KCH", "A")]), update(COURSE, 2, &[("KCMC", "x")]), delete(COURSE, 3)]);
        let all = (1..=4).flat_map(|row| {
            [Some("KCH"), None].map(|column| {
                let value = column.map_or("", |_| ["a", "b", "c", "d"][row as usize - 1]);
                finding(COURSE, Some(row), column, "anything", Level::Mandatory, value)
            })
        });
        answer(&desk, batch, 1, &[(1, None), (2, None), (3, None), (4, None)], all.collect());
        let page = desk.findings(&crate::FindingQuery { limit: 9, ..Default::default() }).unwrap();
        let shown: Vec<_> = page
            .findings
            .iter()
            .map(|f| (f.finding.row.unwrap(), f.finding.column.as_deref(), f.finding.rule.as_str()))
            .collect();
        assert_eq!(shown, [(2, Some("KCH"), "receipt"), (4, None, "receipt"), (4, Some("KCH"), "receipt")]);
        assert_eq!(desk.readiness("ministry", COURSE, PERIOD).unwrap().blocked, 2);
    }

    #[test]
    fn the_next_result_takes_an_old_receipt_away() {
        let desk = courses(&["a"]);
        let receipt = finding(COURSE, Some(1), Some("XF"), RECEIPT_RULE, Level::Mandatory, "");
        desk.replace_findings(COURSE, Scope::Table, Some(&[RECEIPT_RULE]), [receipt]).unwrap();
        let batch = send(&desk, 1, &Freeze { hold_back: false, ..freeze(COURSE, 1) });
        answer(&desk, batch, 1, &[], vec![]);
        assert_eq!(desk.finding_counts(None, None).unwrap().mandatory, 0);
    }

    #[test]
    fn days_count_what_went_out() {
        let desk = courses(&["a", "b", "c"]);
        let batch = send(&desk, 60, &Freeze { rows_per_call: 2, ..freeze(COURSE, 1) });
        answer(&desk, batch, 1, &[(1, None)], vec![]);
        let day = |text: &str| text.parse().unwrap();
        let counts = |connection| {
            let days = desk.day_counts(connection, day("2026-08-31"), day("2026-09-01")).unwrap();
            days.into_iter().map(|d| (d.day.to_string(), d.sent, d.stored, d.rejected)).collect::<Vec<_>>()
        };
        let expect = [("2026-09-01".to_owned(), 3, 1, 1)];
        assert_eq!(counts(None), expect);
        assert_eq!(counts(Some("ministry")), expect);
        assert_eq!(counts(Some("rehearsal")), []);
        assert_eq!(desk.day_counts(None, day("2026-09-02"), day("2026-09-09")).unwrap(), []);
    }
}
