//! The database of the receiver: deliveries, stored rows, results, accounts.
//!
//! A receiver runs unattended, so no person can type a passphrase: its key is in the same folder (`inbox.key`). The
//! encryption protects a copy of the database file without the key; the folder itself is protected by the rights of the
//! operating system. A school that needs more protection puts the folder on an encrypted disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior};
use serde_json::Value;

use crate::file::connection::{Purpose, connect, make};
use crate::file::lock::Lock;
use crate::sql::column::Moment;
use crate::tables::setting;
use crate::{BookKey, Salt, StoreError, read_salt};

mod audit;
mod audit_line;
mod copy;
mod duties;
mod people;
mod progress;
mod reviews;
mod schema;
#[cfg(test)]
mod tests;

pub use audit_line::{AuditEvent, AuditLine, first_hash, next_hash};
pub use copy::restore;
pub use duties::Duty;
pub use people::{Person, Role};
pub use progress::{AccountProgress, DayNumbers};
pub use reviews::{ReturnedCell, WaitingDelivery};

/// The receiver's database in a folder.
pub struct Inbox {
    connection: Mutex<Connection>,
    file: PathBuf,
    key: BookKey,
    /// Held by the receiver itself; a command that looks into its database beside it has none.
    _lock: Option<Lock>,
}

impl std::fmt::Debug for Inbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inbox").finish_non_exhaustive()
    }
}

/// One account that may submit.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Client id that the receiver gave to the school.
    pub client_id: String,
    /// User name.
    pub username: String,
    /// Password of the account at the receiver.
    pub password: String,
    /// Authorisation check code.
    pub app_key: String,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("username", &self.username).finish_non_exhaustive()
    }
}

/// A delivery that came in, with the rows that passed the checks and are to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedDelivery {
    /// User name of the account.
    pub account: String,
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// When it came in.
    pub at: Timestamp,
    /// From when on its result is given to the sender.
    pub result_at: Timestamp,
    /// Rows received.
    pub collected: u64,
    /// The remark of the result; absent where everything was stored.
    pub remark: Option<String>,
    /// The rows to store.
    pub rows: Vec<ReceivedRow>,
    /// The address that it came from.
    pub from: String,
    /// SHA-256 of all rows that were received, as they came, in their order, with a line end between two.
    pub fingerprint: String,
}

/// One row to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedRow {
    /// Its number in the delivery, from 1.
    pub num: u64,
    /// Record key.
    pub key: String,
    /// The row as it came, a JSON object.
    pub payload: String,
}

/// The result of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxResult {
    /// Number of the delivery.
    pub id: i64,
    /// User name of the account.
    pub account: String,
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// When it came in.
    pub at: Timestamp,
    /// Rows received.
    pub collected: u64,
    /// Rows stored.
    pub stored: u64,
    /// What the receiver wrote about the delivery.
    pub remark: Option<String>,
}

/// Which results to return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultQuery {
    /// User name of the account.
    pub account: String,
    /// First moment of the deliveries that are asked for.
    pub from: Timestamp,
    /// Last moment of the deliveries that are asked for.
    pub to: Timestamp,
    /// Part of the table's name; empty for all.
    pub table: String,
    /// The present moment: results that may not be answered yet are left out.
    pub now: Timestamp,
    /// How many to leave out before the first one shown; from 0.
    pub offset: u64,
    /// The largest number to return.
    pub limit: u64,
}

impl Inbox {
    /// Opens the database in this folder, making folder, key and file where they are missing. `fresh` gives key and
    /// salt for a new one.
    pub fn open(folder: &Path, fresh: impl FnOnce() -> (BookKey, Salt)) -> Result<Inbox, StoreError> {
        fs::create_dir_all(folder).map_err(|e| StoreError::opening(folder, &e))?;
        let (file, key_file) = files(folder);
        let lock = Lock::take(&file)?;
        if !file.exists() {
            let (key, salt) = fresh();
            keep_key(&key_file, &key)?;
            make(&file, &key, &salt, |new| schema::make(new))?;
        }
        Inbox::connected(file, read_key(&key_file)?, Some(lock))
    }

    /// Opens the database in this folder beside the receiver that may be serving from it: for commands that look at it
    /// or change its accounts. SQLite keeps their transactions apart.
    pub fn beside(folder: &Path) -> Result<Inbox, StoreError> {
        let (file, key_file) = files(folder);
        Inbox::connected(file, read_key(&key_file)?, None)
    }

    /// Opens the database in this folder with a key that is kept elsewhere, so that the folder alone cannot be read. A
    /// database that the key does not open is replaced, because nobody has its key. `salt` gives the salt of a new one.
    pub fn open_with(folder: &Path, key: &BookKey, salt: impl FnOnce() -> Salt) -> Result<Inbox, StoreError> {
        fs::create_dir_all(folder).map_err(|e| StoreError::opening(folder, &e))?;
        let (file, _) = files(folder);
        let lock = Lock::take(&file)?;
        if connect(&file, key, &read_salt(&file).unwrap_or_default(), Purpose::Write).is_err() {
            make(&file, key, &salt(), |new| schema::make(new))?;
        }
        Inbox::connected(file, key.clone(), Some(lock))
    }

    fn connected(file: PathBuf, key: BookKey, lock: Option<Lock>) -> Result<Inbox, StoreError> {
        let connection = connect(&file, &key, &read_salt(&file)?, Purpose::Write)?;
        schema::migrate(&connection, &file)?;
        Ok(Inbox { connection: Mutex::new(connection), file, key, _lock: lock })
    }

    /// Records a delivery and stores its rows by account and record key, replacing an older row of the same key, and
    /// writes its line into the audit log, all in one transaction. An account cannot replace rows that another account
    /// sent. Returns the number of the delivery.
    pub fn receive(&self, call: &ReceivedDelivery) -> Result<i64, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let ReceivedDelivery { account, table, at, result_at, collected, remark, rows, from, fingerprint } = call;
        transaction
            .prepare_cached(
                "INSERT INTO call (account, tbl, at, result_at, collected, stored, remark)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((account, table, Moment(*at), Moment(*result_at), collected, rows.len(), remark))?;
        let id = transaction.last_insert_rowid();
        if reviews::is_reviewed(&transaction, table)? {
            reviews::keep_waiting(&transaction, id, call)?;
        } else {
            for row in rows {
                reviews::store(&transaction, (account, table), id, row)?;
            }
        }
        let event = AuditEvent {
            who: account.clone(),
            from: from.clone(),
            about: table.clone(),
            count: *collected,
            more: format!("delivery {id} taken {} rows {fingerprint}", rows.len()),
            ..AuditEvent::new(*at, "received")
        };
        audit_line::append(&transaction, &event)?;
        transaction.commit()?;
        Ok(id)
    }

    /// Results that may be answered, oldest first, and how many there are in all.
    pub fn results(&self, query: &ResultQuery) -> Result<(u64, Vec<InboxResult>), StoreError> {
        let found = "FROM call WHERE account = ?1 AND at BETWEEN ?2 AND ?3 AND instr(tbl, ?4) AND result_at <= ?5";
        let (from, to, now) = (Moment(query.from), Moment(query.to), Moment(query.now));
        let connection = self.connection();
        let total = connection
            .prepare_cached(&format!("SELECT count(*) {found}"))?
            .query_row((&query.account, from, to, &query.table, now), |r| r.get(0))?;
        let sql = format!(
            "SELECT id, account, tbl, at, collected, stored, remark {found} ORDER BY at, id LIMIT ?6 OFFSET ?7"
        );
        let limit = i64::try_from(query.limit).unwrap_or(i64::MAX);
        let offset = i64::try_from(query.offset).unwrap_or(i64::MAX);
        let results = connection
            .prepare_cached(&sql)?
            .query_map((&query.account, from, to, &query.table, now, limit, offset), read_result)?
            .collect::<Result<_, _>>()?;
        Ok((total, results))
    }

    /// How many rows of the table are stored.
    pub fn row_count(&self, table: &str) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM account_row WHERE tbl = ?1";
        Ok(self.connection().prepare_cached(sql)?.query_row([table], |r| r.get(0))?)
    }

    /// The stored row of this key and how often it was stored; of several accounts, that of the last one that sent it.
    pub fn row(&self, table: &str, key: &str) -> Result<Option<(String, u64)>, StoreError> {
        let sql = "SELECT payload, times FROM account_row WHERE tbl = ?1 AND key = ?2 ORDER BY call DESC";
        let read = |r: &Row<'_>| Ok((r.get("payload")?, r.get("times")?));
        Ok(self.connection().prepare_cached(sql)?.query_row((table, key), read).optional()?)
    }

    /// All accounts, by user name.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let connection = self.connection();
        let mut statement = connection
            .prepare_cached("SELECT client_id, username, password, app_key FROM account ORDER BY username")?;
        let accounts = statement.query_map([], |r| {
            Ok(Account {
                client_id: r.get("client_id")?,
                username: r.get("username")?,
                password: r.get("password")?,
                app_key: r.get("app_key")?,
            })
        })?;
        Ok(accounts.collect::<Result<_, _>>()?)
    }

    /// Stores an account and replaces one of the same user name.
    pub fn set_account(&self, account: &Account) -> Result<(), StoreError> {
        let Account { client_id, username, password, app_key } = account;
        self.connection()
            .prepare_cached(
                "INSERT OR REPLACE INTO account (client_id, username, password, app_key) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((client_id, username, password, app_key))?;
        Ok(())
    }

    /// The setting of this name, such as the private key of the receiver.
    pub fn setting(&self, name: &str) -> Result<Option<Value>, StoreError> {
        setting::get(&self.connection(), name)
    }

    /// Keeps a setting; `null` takes it away.
    pub fn set_setting(&self, name: &str, value: &Value) -> Result<(), StoreError> {
        setting::set(&self.connection(), name, value)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The database and the file of its key in a folder.
fn files(folder: &Path) -> (PathBuf, PathBuf) {
    (folder.join("inbox.db"), folder.join("inbox.key"))
}

pub(in crate::inbox) fn read_result(row: &Row<'_>) -> rusqlite::Result<InboxResult> {
    Ok(InboxResult {
        id: row.get("id")?,
        account: row.get("account")?,
        table: row.get("tbl")?,
        at: row.get::<_, Moment>("at")?.0,
        collected: row.get("collected")?,
        stored: row.get("stored")?,
        remark: row.get("remark")?,
    })
}

/// The key as hex in its file.
fn read_key(path: &PathBuf) -> Result<BookKey, StoreError> {
    // If the key file is missing, the database is not replaced by a new one, because it holds the rows of a school.
    let wrong = || StoreError::WrongKey { file: path.display().to_string() };
    let text = zeroize::Zeroizing::new(fs::read_to_string(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::InvalidData => wrong(),
        _ => StoreError::opening(path, &e),
    })?);
    let mut key = [0; 32];
    hex::decode_to_slice(text.trim(), &mut key).map_err(|_| wrong())?;
    Ok(BookKey::new(key))
}

/// Writes the key to disk before anything is encrypted with it.
fn keep_key(path: &PathBuf, key: &BookKey) -> Result<(), StoreError> {
    use std::io::Write;
    let text = zeroize::Zeroizing::new(hex::encode(key.bytes()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || {
        let mut file = options.open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|e| StoreError::opening(path, &e))
}
