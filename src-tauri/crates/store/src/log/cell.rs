//! What became of one cell: the steps that changed it, the reasons that were given for it, and each time its record was
//! submitted. Each part is found by an index on the record, so it takes as long in a book of a million records as in one
//! of ten.

use jiff::Timestamp;
use rusqlite::Connection;
use standard::delivery::DeliveryState;

use crate::sql::column::{Moment, Word};
use crate::tables::batch_row::RowOutcome;
use crate::tables::change::{LOGGED, Logged, Op};
use crate::tables::change_of_import;
use crate::tables::step;
use crate::{Book, StepInfo, StoreError};

/// The most steps, and the most submissions, of one answer; the newest ones.
pub const MOST_EVENTS: usize = 500;

/// What became of one cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CellPast {
    /// Steps that changed it, newest first.
    pub steps: Vec<CellStep>,
    /// Reasons that were given for what it has or had.
    pub reasons: Vec<CellReason>,
    /// Submissions of its record, newest first.
    pub sendings: Vec<CellSending>,
    /// Whether older steps or submissions were left out.
    pub cut: bool,
}

/// A step that changed the cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellStep {
    /// The step, without its cells.
    pub step: StepInfo,
    /// Value before; empty also where the record was not there.
    pub before: String,
    /// Value after; empty also where the record is gone.
    pub after: String,
}

/// A reason that was given for a value of the cell, or for its record as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellReason {
    /// Moment at which it was given, by the best known time.
    pub at: Timestamp,
    /// Who gave it; may be empty.
    pub who: String,
    /// Id of the rule whose finding it is about.
    pub rule: String,
    /// The value that it is about.
    pub value: String,
    /// The reason.
    pub text: String,
}

/// One time that the record of the cell was frozen and submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellSending {
    /// Number of the batch.
    pub batch: i64,
    /// Number of the delivery in the batch, from 1.
    pub delivery: u32,
    /// Number of the record in the delivery, from 1.
    pub num: u32,
    /// Record key, as it was sent.
    pub key: String,
    /// Name of the connection.
    pub connection: String,
    /// Id of the edition that it was checked and frozen in.
    pub edition: String,
    /// When it was frozen.
    pub frozen_at: Timestamp,
    /// The value of the cell that was frozen.
    pub value: String,
    /// State of the delivery.
    pub state: DeliveryState,
    /// When it was sent last; absent before.
    pub sent_at: Option<Timestamp>,
    /// The `time` of the receiver's reply, word for word.
    pub reply_time: Option<String>,
    /// When the result became known.
    pub result_at: Option<Timestamp>,
    /// What the result says about the record.
    pub outcome: RowOutcome,
    /// Column that a rejection names.
    pub column: Option<String>,
    /// The receiver's words about the record.
    pub error: Option<String>,
}

impl Book {
    /// What became of a cell; also of one whose record is deleted.
    pub fn cell_past(&self, table: &str, row: i64, column: &str) -> Result<CellPast, StoreError> {
        let table = self.table_sql(table)?.name();
        self.read(|connection| {
            let mut steps = steps(connection, (table, row), column)?;
            let mut sendings = sendings(connection, (table, row), column)?;
            let cut = steps.len() > MOST_EVENTS || sendings.len() > MOST_EVENTS;
            steps.truncate(MOST_EVENTS);
            sendings.truncate(MOST_EVENTS);
            Ok(CellPast { steps, reasons: reasons(connection, (table, row), column)?, sendings, cut })
        })
    }
}

fn steps(connection: &Connection, record: (&str, i64), column: &str) -> Result<Vec<CellStep>, StoreError> {
    // The index on the record is named, because an import has as many changes as the book has records.
    let sql = format!(
        "SELECT c.step, {LOGGED} FROM change c INDEXED BY change_row
         WHERE c.tbl = ?1 AND c.row = ?2 AND c.op <> 'place' ORDER BY c.step DESC"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(record)?;
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        let root: i64 = row.get("step")?;
        let mut change = Logged::read(row)?;
        change_of_import::complete(connection, &mut change)?;
        let value = |cells: &[(String, String)]| {
            cells.iter().find(|(other, _)| other == column).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let (before, after) = (value(&change.before), value(&change.after));
        if change.op == Op::Repeat || before == after {
            continue;
        }
        let columns = step::COLUMNS;
        let mut walks = connection.prepare_cached(&format!("SELECT {columns} FROM step s WHERE s.root = ?1"))?;
        for found in walks.query_map([root], step::read)? {
            let found = found?;
            let (before, after) = if found.forward { (&before, &after) } else { (&after, &before) };
            steps.push(CellStep { before: before.clone(), after: after.clone(), step: found.info });
        }
    }
    steps.sort_by_key(|one| std::cmp::Reverse(one.step.step));
    Ok(steps)
}

fn reasons(connection: &Connection, (table, row): (&str, i64), column: &str) -> Result<Vec<CellReason>, StoreError> {
    let sql = "SELECT at, who, rule, value, text FROM explanation WHERE tbl = ?1 AND row = ?2 AND col IN (?3, '')";
    let mut statement = connection.prepare_cached(sql)?;
    let reasons = statement.query_map((table, row, column), |r| {
        Ok(CellReason {
            at: r.get::<_, Moment>("at")?.0,
            who: r.get("who")?,
            rule: r.get("rule")?,
            value: r.get("value")?,
            text: r.get("text")?,
        })
    })?;
    Ok(reasons.collect::<Result<_, _>>()?)
}

fn sendings(connection: &Connection, (table, row): (&str, i64), column: &str) -> Result<Vec<CellSending>, StoreError> {
    let sql = format!(
        "SELECT r.batch, r.call, r.num, r.key, r.outcome, r.col, r.error, r.payload, b.connection, b.edition, b.frozen_at,
             c.state, c.sent_at, c.reply_time, c.result_at
         FROM batch_row r INDEXED BY batch_row_row JOIN batch b ON b.id = r.batch
             JOIN call c ON c.batch = r.batch AND c.no = r.call
         WHERE r.tbl = ?1 AND r.row = ?2 ORDER BY r.batch DESC LIMIT {}",
        MOST_EVENTS + 1
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query((table, row))?;
    let mut sendings = Vec::new();
    while let Some(r) = rows.next()? {
        // The message of serde is not used, because it could quote a value.
        let broken = |_| StoreError::Failed { reason: "a frozen record is not JSON".into() };
        let payload: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(r.get_ref("payload")?.as_str().unwrap_or_default()).map_err(broken)?;
        let moment = |name| Ok::<_, StoreError>(r.get::<_, Option<Moment>>(name)?.map(|Moment(at)| at));
        sendings.push(CellSending {
            batch: r.get("batch")?,
            delivery: r.get("call")?,
            num: r.get("num")?,
            key: r.get("key")?,
            connection: r.get("connection")?,
            edition: r.get("edition")?,
            frozen_at: r.get::<_, Moment>("frozen_at")?.0,
            value: payload.get(column).and_then(|value| value.as_str()).unwrap_or_default().to_owned(),
            state: r.get::<_, Word<_>>("state")?.0,
            sent_at: moment("sent_at")?,
            reply_time: r.get("reply_time")?,
            result_at: moment("result_at")?,
            outcome: r.get::<_, Word<_>>("outcome")?.0,
            column: r.get("col")?,
            error: r.get("error")?,
        });
    }
    Ok(sendings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, at, delete, freeze, insert, update};
    use crate::{DeliveryResult, HistoryQuery, RECEIPT_RULE, RejectedRow};

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn a_cell_knows_who_changed_it_and_what_was_submitted() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "1"), ("KCMC", "语文")]), insert(COURSE, &[("KCH", "2")])]);
        fixture.apply(1, &[update(COURSE, 1, &[("KCMC", "数学")])]);
        fixture.apply(2, &[update(COURSE, 1, &[("XF", "2")])]);
        fixture.undo(at(3), "").unwrap();
        fixture.undo(at(4), "").unwrap();
        let batch = fixture.freeze(&freeze(COURSE, 5)).unwrap().batch.unwrap().id;
        fixture.delivery_sending(batch, 1, at(6), at(6)).unwrap();
        fixture.delivery_sent(batch, 1, "t", "ok", at(6)).unwrap();
        let result = DeliveryResult {
            at: at(7),
            collected: 2,
            stored: 1,
            receipt: "{}".into(),
            rejected: vec![RejectedRow { num: 1, column: Some("KCMC".into()), error: "错".into() }],
            findings: Vec::new(),
            rule: RECEIPT_RULE,
        };
        fixture.delivery_result(batch, 1, &result).unwrap();
        fixture.apply(8, &[delete(COURSE, 1)]);
        let past = fixture.cell_past(COURSE, 1, "KCMC").unwrap();
        let steps: Vec<_> =
            past.steps.iter().map(|one| (one.step.step, one.before.as_str(), one.after.as_str())).collect();
        assert_eq!(steps, [(6, "语文", ""), (5, "数学", "语文"), (2, "语文", "数学"), (1, "", "语文")]);
        assert!(past.steps[2].step.undone && !past.cut);
        let [sending] = &past.sendings[..] else { panic!("{past:?}") };
        assert_eq!((sending.batch, sending.num, sending.value.as_str()), (batch, 1, "语文"));
        assert_eq!((sending.sent_at, sending.result_at), (Some(at(6)), Some(at(7))));
        assert_eq!((sending.outcome, sending.error.as_deref()), (RowOutcome::Rejected, Some("错")));
        assert_eq!(fixture.cell_past(COURSE, 2, "KCMC").unwrap().sendings[0].outcome, RowOutcome::Stored);
    }

    #[test]
    fn a_cell_of_a_large_import_is_found_without_walking_over_it() {
        let fixture = BookFixture::new();
        let many: Vec<_> = (0..20_000).map(|n| insert(COURSE, &[("KCH", &n.to_string())])).collect();
        fixture.apply(0, &many);
        fixture.apply(1, &[update(COURSE, 19_999, &[("KCMC", "x")])]);
        let batch = fixture.freeze(&freeze(COURSE, 2)).unwrap().batch.unwrap();
        assert_eq!(batch.rows, 20_000);
        let before = fixture.effort().work;
        let past = fixture.cell_past(COURSE, 19_999, "KCMC").unwrap();
        assert_eq!((past.steps.len(), past.sendings.len()), (1, 1));
        let query = HistoryQuery { table: Some(COURSE.into()), row: Some(19_999), limit: 9, ..Default::default() };
        let history = fixture.history(&query).unwrap();
        assert_eq!((history.total, history.steps[1].cells.len()), (2, 1));
        let work = fixture.effort().work - before;
        assert!(work < 50, "{work}");
    }
}
