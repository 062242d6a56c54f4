//! The receiver's own database: what came in, what is stored, what is answered.
//!
//! A receiver runs unattended, so nobody can type a passphrase: its key lies in the same folder (`inbox.key`). The
//! encryption then guards what leaves the folder without the key, such as a copied database file; the folder itself is
//! guarded by the system's rights. A school that wants more puts the folder on an encrypted disk.

use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;

use crate::{BookKey, Salt, StoreError};

/// The receiver's database in a folder.
pub struct Inbox {}

/// One account that may submit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Client id.
    pub client_id: String,
    /// User name.
    pub username: String,
    /// Password.
    pub password: String,
    /// Authorisation check code.
    pub app_key: String,
}

/// A call that came in, judged, with the rows that are to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedCall {
    /// User name of the account.
    pub account: String,
    /// Table.
    pub table: String,
    /// When it came in.
    pub at: Timestamp,
    /// When its result may be told.
    pub result_at: Timestamp,
    /// Rows received.
    pub collected: u64,
    /// The remark of the result; absent where everything was stored.
    pub remark: Option<String>,
    /// The rows to store.
    pub rows: Vec<ReceivedRow>,
}

/// One row to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedRow {
    /// Record key.
    pub key: String,
    /// The row as it came, a JSON object.
    pub payload: String,
}

/// The result of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxResult {
    /// Number of the call.
    pub id: i64,
    /// User name of the account.
    pub account: String,
    /// Table.
    pub table: String,
    /// When it came in.
    pub at: Timestamp,
    /// Rows received.
    pub collected: u64,
    /// Rows stored.
    pub stored: u64,
    /// The remark.
    pub remark: Option<String>,
}

/// Asks for results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultQuery {
    /// User name of the account.
    pub account: String,
    /// Calls that came in from here ...
    pub from: Timestamp,
    /// ... to here, both included.
    pub to: Timestamp,
    /// Part of the table's name; empty for all.
    pub table: String,
    /// Now: results that may not be told yet are left out.
    pub now: Timestamp,
    /// First.
    pub offset: u64,
    /// At most so many.
    pub limit: u64,
}

impl Inbox {
    /// Opens the database in this folder, making folder, key and file where they are missing. `fresh` gives key and
    /// salt for a new one.
    pub fn open(folder: &Path, fresh: impl FnOnce() -> (BookKey, Salt)) -> Result<Inbox, StoreError> {
        let _ = (folder, fresh().0);
        unimplemented!()
    }

    /// Files a call and stores its rows by record key, an older row of the same key giving way; one transaction.
    /// Returns the number of the call.
    pub fn receive(&self, call: &ReceivedCall) -> Result<i64, StoreError> {
        let _ = call;
        unimplemented!()
    }

    /// Results that may be told, oldest first, and how many there are in all.
    pub fn results(&self, query: &ResultQuery) -> Result<(u64, Vec<InboxResult>), StoreError> {
        let _ = query;
        unimplemented!()
    }

    /// How many rows of the table are stored.
    pub fn row_count(&self, table: &str) -> Result<u64, StoreError> {
        let _ = table;
        unimplemented!()
    }

    /// The stored row of this key and how often it was stored.
    pub fn row(&self, table: &str, key: &str) -> Result<Option<(String, u64)>, StoreError> {
        let _ = (table, key);
        unimplemented!()
    }

    /// All accounts.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        unimplemented!()
    }

    /// Keeps an account; one of the same user name gives way.
    pub fn set_account(&self, account: &Account) -> Result<(), StoreError> {
        let _ = account;
        unimplemented!()
    }

    /// The setting of this name, such as the private key of the receiver.
    pub fn setting(&self, name: &str) -> Result<Option<Value>, StoreError> {
        let _ = name;
        unimplemented!()
    }

    /// Keeps a setting.
    pub fn set_setting(&self, name: &str, value: &Value) -> Result<(), StoreError> {
        let _ = (name, value);
        unimplemented!()
    }
}
