//! Queries on the databases of business systems: SQLite, PostgreSQL, MySQL and MariaDB, and others through ODBC.
//!
//! - [`query`]: which statements are taken; one that writes is refused before anything is connected
//! - `sqlite`, `postgres`, `mysql`, `odbc`: one file for each system. Each reads in a read-only transaction, passes the
//!   rows on one at a time, and reports a failure as a [`SourceError`]
//! - [`Watch`]: how long the database may take, and whether the clerk has cancelled
//!
//! Values are passed on as text, as the database shows them: codes keep their leading zeros, decimals their digits.
//! Moments are in national time. Left out on purpose: what the columns mean, and where a password is kept.

mod error;
mod mysql;
mod odbc;
mod postgres;
pub mod query;
mod sqlite;
mod watch;

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub use error::SourceError;
pub use watch::Watch;

/// The kind of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum System {
    /// A file of SQLite 3.
    Sqlite,
    /// PostgreSQL and other servers with its protocol.
    Postgres,
    /// MySQL and MariaDB.
    Mysql,
    /// What has an ODBC driver, such as SQL Server.
    Odbc,
}

/// Whether the connection to a server is encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Encryption {
    /// Encrypted, and the server's certificate is one that this PC trusts.
    #[default]
    Verified,
    /// Encrypted, with any certificate: this does not protect against a false server.
    Unverified,
    /// As plain text.
    Off,
}

/// Where a database is, and the account that reads it. It has no `Debug`, because it contains a password.
#[derive(Clone)]
pub struct Database {
    /// Its kind.
    pub system: System,
    /// Path of a file of SQLite; for ODBC the connection string without user and password.
    pub path: String,
    /// Name or address of the server, or the folder of its socket; unused by SQLite and ODBC.
    pub host: String,
    /// Its port; 0 stands for the usual one.
    pub port: u16,
    /// Name of the database on the server.
    pub name: String,
    /// The account.
    pub user: String,
    /// Password of the account; empty where the server asks for none.
    pub password: Zeroizing<String>,
    /// Whether the connection is encrypted.
    pub encryption: Encryption,
}

/// One cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// The cell has no value.
    Null,
    /// The value as the database writes it.
    Text(String),
    /// A truth value.
    Truth(bool),
    /// Bytes that are not text, such as a picture; they are not read.
    Bytes,
}

/// Takes the rows of a query.
pub trait Rows {
    /// The names of the columns, once, before the first row.
    fn columns(&mut self, names: &[String]);

    /// The next row, with a cell for each column.
    fn row(&mut self, cells: Vec<Value>) -> ControlFlow<()>;
}

/// Runs a query and passes its columns and rows to `rows`, until that returns [`ControlFlow::Break`].
pub fn read(database: &Database, query: &str, watch: &mut Watch, rows: &mut dyn Rows) -> Result<(), SourceError> {
    query::check(query)?;
    match database.system {
        System::Sqlite => sqlite::read(database, query, watch, rows),
        System::Postgres => postgres::read(database, query, watch, rows),
        System::Mysql => mysql::read(database, query, watch, rows),
        System::Odbc => odbc::read(database, query, watch, rows),
    }
}

/// Whether this build was made with the feature `odbc`.
pub fn has_odbc() -> bool {
    cfg!(feature = "odbc")
}

impl Database {
    /// The server as people write it.
    fn place(&self) -> String {
        match self.port {
            0 => self.host.clone(),
            port => format!("{}:{port}", self.host),
        }
    }
}
