//! Numbers about what came in: by account and table, by day, and the newest deliveries. They hold no value of a record.

use jiff::Timestamp;
use rusqlite::Row;

use super::{Inbox, InboxResult, read_result};
use crate::StoreError;
use crate::sql::column::Moment;

/// What one account delivered of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountProgress {
    /// User name of the account.
    pub account: String,
    /// Name of the table.
    pub table: String,
    /// Deliveries that came in.
    pub deliveries: u64,
    /// Deliveries that wait for their review.
    pub waiting: u64,
    /// Rows received in all of them.
    pub collected: u64,
    /// Rows stored, those that replaced an older one included.
    pub stored: u64,
    /// Time of the last delivery.
    pub last: Timestamp,
}

/// The numbers of one day in national time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayNumbers {
    /// Days since 1970-01-01.
    pub day: i64,
    /// Deliveries that came in.
    pub deliveries: u64,
    /// Rows received.
    pub collected: u64,
    /// Rows stored.
    pub stored: u64,
}

impl Inbox {
    /// What each account delivered of each table.
    pub fn progress(&self) -> Result<Vec<AccountProgress>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT account, tbl, count(*) AS deliveries, sum(review IS 'waiting') AS waiting,
                   sum(collected) AS collected, sum(stored) AS stored, max(at) AS last
                   FROM call GROUP BY tbl, account ORDER BY tbl, account";
        let mut statement = connection.prepare_cached(sql)?;
        let read = |row: &Row<'_>| {
            Ok(AccountProgress {
                account: row.get("account")?,
                table: row.get("tbl")?,
                deliveries: row.get("deliveries")?,
                waiting: row.get("waiting")?,
                collected: row.get("collected")?,
                stored: row.get("stored")?,
                last: row.get::<_, Moment>("last")?.0,
            })
        };
        let found = statement.query_map([], read)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The numbers of the last days on which something came in, newest first.
    pub fn days(&self, limit: u32) -> Result<Vec<DayNumbers>, StoreError> {
        let connection = self.connection();
        // National time is eight hours ahead.
        let sql = "SELECT (at + 28800000) / 86400000 AS day, count(*) AS deliveries, sum(collected) AS collected,
                   sum(stored) AS stored FROM call GROUP BY day ORDER BY day DESC LIMIT ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let read = |row: &Row<'_>| {
            Ok(DayNumbers {
                day: row.get("day")?,
                deliveries: row.get("deliveries")?,
                collected: row.get("collected")?,
                stored: row.get("stored")?,
            })
        };
        let found = statement.query_map([limit], read)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The newest deliveries to a table, whatever became of them.
    pub fn newest(&self, table: &str, limit: u32) -> Result<Vec<InboxResult>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT id, account, tbl, at, collected, stored, remark FROM call WHERE tbl = ?1
                   ORDER BY id DESC LIMIT ?2";
        let mut statement = connection.prepare_cached(sql)?;
        let found = statement.query_map((table, limit), read_result)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Stored rows of a table behind this key, by key; those of several accounts stand side by side.
    pub fn rows_after(&self, table: &str, key: &str, limit: u32) -> Result<Vec<(String, String, String)>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT account, key, payload FROM account_row WHERE tbl = ?1 AND key > ?2
                   ORDER BY key, account LIMIT ?3";
        let mut statement = connection.prepare_cached(sql)?;
        let read = |row: &Row<'_>| Ok((row.get("account")?, row.get("key")?, row.get("payload")?));
        let found = statement.query_map((table, key, limit), read)?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
