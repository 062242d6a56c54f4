//! The review of deliveries: where the college wants it for a table, rows wait until a person approves them or returns
//! single cells with a reason. The sender gets the result only then, and a returned cell is a rejected row in it.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, TransactionBehavior};
use serde_json::{Value, json};

use super::audit_line::{self, AuditEvent};
use super::{Inbox, ReceivedDelivery, ReceivedRow};
use crate::StoreError;
use crate::sql::column::Moment;

/// A delivery that waits for its review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingDelivery {
    /// Number of the delivery.
    pub id: i64,
    /// User name of the account that sent it.
    pub account: String,
    /// Name of the table.
    pub table: String,
    /// When it came in.
    pub at: Timestamp,
    /// Rows received.
    pub collected: u64,
    /// Rows that the checks took.
    pub rows: u64,
}

/// A cell that goes back to the sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedCell {
    /// Record key of its row.
    pub key: String,
    /// Name of the column.
    pub column: String,
    /// Why, in the words of the person.
    pub reason: String,
}

/// The moment of a result that nobody may see yet.
const NOT_YET: i64 = i64::MAX;

impl Inbox {
    /// Whether deliveries to this table are reviewed from now on.
    pub fn set_reviewed(&self, table: &str, reviewed: bool) -> Result<(), StoreError> {
        let sql = match reviewed {
            true => "INSERT OR IGNORE INTO reviewed_table (tbl) VALUES (?1)",
            false => "DELETE FROM reviewed_table WHERE tbl = ?1",
        };
        self.connection().execute(sql, [table])?;
        Ok(())
    }

    /// The tables whose deliveries are reviewed, by name.
    pub fn reviewed_tables(&self) -> Result<Vec<String>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached("SELECT tbl FROM reviewed_table ORDER BY tbl")?;
        let tables = statement.query_map([], |row| row.get("tbl"))?;
        Ok(tables.collect::<Result<_, _>>()?)
    }

    /// Deliveries that wait, oldest first.
    pub fn waiting(&self, limit: u32) -> Result<Vec<WaitingDelivery>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT id, account, tbl, at, collected, (SELECT count(*) FROM waiting_row WHERE call = c.id) AS rows
                   FROM call c WHERE review = 'waiting' ORDER BY id LIMIT ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let found = statement.query_map([limit], read)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Rows of a waiting delivery, in the order in which they came.
    pub fn waiting_rows(&self, delivery: i64, offset: u32, limit: u32) -> Result<Vec<ReceivedRow>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT num, key, payload FROM waiting_row WHERE call = ?1 ORDER BY num LIMIT ?3 OFFSET ?2";
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map((delivery, offset, limit), |row| {
            Ok(ReceivedRow { num: row.get("num")?, key: row.get("key")?, payload: row.get("payload")? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Ends the review of a delivery: rows with a returned cell are rejected, the others are stored; the result may be
    /// seen from now on. Whether the delivery was waiting. `error` makes the words of the remark of a cell.
    pub fn settle(
        &self,
        delivery: i64,
        (who, at): (&str, Timestamp),
        returned: &[ReturnedCell],
        error: impl Fn(&ReturnedCell) -> String,
    ) -> Result<bool, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let sql = "SELECT account, tbl, remark FROM call WHERE id = ?1 AND review = 'waiting'";
        let read = |row: &Row<'_>| Ok((row.get("account")?, row.get("tbl")?, row.get("remark")?));
        let found: Option<(String, String, Option<String>)> =
            transaction.prepare_cached(sql)?.query_row([delivery], read).optional()?;
        let Some((account, table, remark)) = found else { return Ok(false) };
        // A remark that is not a list of rows stands where nothing was taken, so nothing can be returned.
        let mut errors: Vec<Value> = remark.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let (mut stored, mut sent_back) = (0, 0);
        let rows: Vec<ReceivedRow> = {
            let mut statement =
                transaction.prepare_cached("SELECT num, key, payload FROM waiting_row WHERE call = ?1 ORDER BY num")?;
            let rows = statement.query_map([delivery], |row| {
                Ok(ReceivedRow { num: row.get("num")?, key: row.get("key")?, payload: row.get("payload")? })
            })?;
            rows.collect::<Result<_, _>>()?
        };
        for row in &rows {
            let cells: Vec<&ReturnedCell> = returned.iter().filter(|cell| cell.key == row.key).collect();
            for cell in &cells {
                errors.push(json!({ "num": row.num, "pkValue": row.key, "error": error(cell) }));
                let sql = "INSERT INTO returned_cell (call, num, key, col, reason, at, who)
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
                let values = (delivery, row.num, &row.key, &cell.column, &cell.reason, Moment(at), who);
                transaction.prepare_cached(sql)?.execute(values)?;
            }
            if cells.is_empty() {
                store(&transaction, (&account, &table), delivery, row)?;
                stored += 1;
            } else {
                sent_back += 1;
            }
        }
        errors.sort_by_key(|error| error["num"].as_u64());
        let remark = (!errors.is_empty()).then(|| Value::from(errors).to_string());
        let review = if sent_back == 0 { "approved" } else { "returned" };
        let sql = "UPDATE call SET review = ?2, stored = ?3, remark = ?4, result_at = ?5 WHERE id = ?1";
        transaction.prepare_cached(sql)?.execute((delivery, review, stored, &remark, Moment(at)))?;
        transaction.prepare_cached("DELETE FROM waiting_row WHERE call = ?1")?.execute([delivery])?;
        let event = AuditEvent {
            who: who.to_owned(),
            about: table,
            count: rows.len() as u64,
            more: format!("delivery {delivery} approved {stored} returned {sent_back}"),
            ..AuditEvent::new(at, "reviewed")
        };
        audit_line::append(&transaction, &event)?;
        transaction.commit()?;
        Ok(true)
    }
}

/// Whether deliveries to a table wait for a review.
pub(super) fn is_reviewed(transaction: &Transaction<'_>, table: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM reviewed_table WHERE tbl = ?1";
    Ok(transaction.prepare_cached(sql)?.query_row([table], |_| Ok(())).optional()?.is_some())
}

/// Lets the rows of a delivery wait.
pub(super) fn keep_waiting(transaction: &Transaction<'_>, id: i64, call: &ReceivedDelivery) -> Result<(), StoreError> {
    let sql = "UPDATE call SET review = 'waiting', stored = 0, result_at = ?2 WHERE id = ?1";
    transaction.prepare_cached(sql)?.execute((id, NOT_YET))?;
    for row in &call.rows {
        transaction
            .prepare_cached("INSERT INTO waiting_row (call, num, key, payload) VALUES (?1, ?2, ?3, ?4)")?
            .execute((id, row.num, &row.key, &row.payload))?;
    }
    Ok(())
}

/// Stores a row by account and key, in place of an older one.
pub(super) fn store(
    transaction: &Transaction<'_>,
    (account, table): (&str, &str),
    delivery: i64,
    row: &ReceivedRow,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO account_row (account, tbl, key, call, times, payload) VALUES (?5, ?1, ?2, ?3, 1, ?4)
             ON CONFLICT (tbl, key, account) DO UPDATE
             SET call = excluded.call, times = times + 1, payload = excluded.payload
             WHERE excluded.call >= call",
        )?
        .execute((table, &row.key, delivery, &row.payload, account))?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<WaitingDelivery> {
    Ok(WaitingDelivery {
        id: row.get("id")?,
        account: row.get("account")?,
        table: row.get("tbl")?,
        at: row.get::<_, Moment>("at")?.0,
        collected: row.get("collected")?,
        rows: row.get("rows")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{SALT, at, key};
    use crate::inbox::ResultQuery;

    fn delivery(seconds: i64, values: &[(&str, &str)]) -> ReceivedDelivery {
        let row = |(num, (key, payload)): (u64, &(&str, &str))| ReceivedRow {
            num,
            key: (*key).to_owned(),
            payload: (*payload).to_owned(),
        };
        ReceivedDelivery {
            account: "school".into(),
            table: "ODS_A".into(),
            at: at(seconds),
            result_at: at(seconds),
            collected: values.len() as u64,
            remark: None,
            rows: (1..).zip(values).map(row).collect(),
            from: "10.0.0.1".into(),
            fingerprint: "00".into(),
        }
    }

    #[test]
    fn rows_wait_for_a_person_and_returned_cells_are_rejected_rows() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = Inbox::open(folder.path(), || (key(), SALT)).unwrap();
        inbox.set_reviewed("ODS_A", true).unwrap();
        let id = inbox.receive(&delivery(1, &[("k1", "1"), ("k2", "2")])).unwrap();
        let everything = || ResultQuery {
            account: "school".into(),
            from: at(0),
            to: at(1000),
            table: String::new(),
            now: at(1000),
            offset: 0,
            limit: 10,
        };
        assert_eq!(inbox.results(&everything()).unwrap().0, 0, "no result before the review");
        assert_eq!(inbox.row_count("ODS_A").unwrap(), 0);
        let waiting = inbox.waiting(9).unwrap();
        assert_eq!((waiting.len(), waiting[0].id, waiting[0].rows), (1, id, 2));
        assert_eq!(inbox.waiting_rows(id, 1, 9).unwrap()[0].key, "k2");

        let cell = ReturnedCell { key: "k2".into(), column: "XM".into(), reason: "不是本人".into() };
        let words = |cell: &ReturnedCell| format!("{} {}", cell.column, cell.reason);
        assert!(inbox.settle(id, ("王审核", at(5)), &[cell], words).unwrap());
        assert!(!inbox.settle(id, ("王审核", at(6)), &[], words).unwrap(), "it is settled already");
        let (_, results) = inbox.results(&everything()).unwrap();
        assert_eq!((results[0].collected, results[0].stored), (2, 1));
        assert_eq!(results[0].remark.as_deref(), Some(r#"[{"num":2,"pkValue":"k2","error":"XM 不是本人"}]"#));
        assert_eq!((inbox.row_count("ODS_A").unwrap(), inbox.row("ODS_A", "k2").unwrap()), (1, None));
        assert!(inbox.audit_end().unwrap().unwrap().line.contains("approved 1 returned 1"));

        // An older delivery that is approved later does not replace a newer row.
        let older = inbox.receive(&delivery(7, &[("k1", "older")])).unwrap();
        inbox.set_reviewed("ODS_A", false).unwrap();
        inbox.receive(&delivery(8, &[("k1", "newer")])).unwrap();
        assert!(inbox.settle(older, ("王审核", at(9)), &[], words).unwrap());
        assert_eq!(inbox.row("ODS_A", "k1").unwrap().unwrap().0, "newer");
    }
}
