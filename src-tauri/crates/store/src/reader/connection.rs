//! SQL that can only read: for the checks' sets and for `tianbao rows --where`.
//!
//! Three settings make it read-only: the connection is opened read-only, `query_only` is on, and an authorizer lets
//! through nothing but SELECT over the standard's tables and harmless functions: no ATTACH, no PRAGMA, no access to
//! settings or batches. A statement can be given a time limit and be cancelled.
//!
//! The standard's tables have their columns (TEXT, NULL where empty) and these: `_row` (number of the record),
//! `_period`, `_place` (order), `_natural` (the record key that its natural key makes now; NULL while that is empty),
//! `_changed` (last step), `_key_fixed`. One function is added: `tb_items(value, separator)` gives a JSON array of the
//! trimmed, non-empty items of a multi-valued cell, for `json_each`. Callers may bring more ([`Function`]).

use std::cell::Cell;
use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::functions::Context;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, Row, Statement, StatementStatus, ToSql, params_from_iter};
use serde::Serialize;
use thiserror::Error;

use crate::StoreError;
use crate::reader::function::{FLAGS, Function};

/// Steps of SQLite's virtual machine between two checks of the time limit and the flag: some tens of microseconds.
const STEPS_BETWEEN_LOOKS: i32 = 1000;

/// The limits of a query: its time, a flag that ends it, and how much the checks of an edit may read.
#[derive(Debug, Clone, Default)]
pub struct ReadLimits {
    /// Longest time for one query; absent: no limit.
    pub time: Option<Duration>,
    /// Ends the query when set; may be set from any thread.
    pub cancel: Option<Arc<AtomicBool>>,
    /// The largest number of records of one table that the checks of an edit read; absent: the default of the checks.
    pub whole: Option<usize>,
}

/// Why a query failed.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", content = "params")]
pub enum ReadError {
    /// The statement would do more than read the standard's tables.
    #[serde(rename = "reader.refused")]
    #[error("the statement does more than read")]
    Refused,
    /// The time limit was reached.
    #[serde(rename = "reader.time-out")]
    #[error("the time is over")]
    TimeOut,
    /// The caller asked to stop.
    #[serde(rename = "reader.cancelled")]
    #[error("cancelled")]
    Cancelled,
    /// A page of the file is damaged.
    #[serde(rename = "book.damaged")]
    #[error("{file} is damaged")]
    Damaged {
        /// Path of the book.
        file: String,
    },
    /// SQLite does not accept the statement.
    #[serde(rename = "reader.sql")]
    #[error("{reason}")]
    Sql {
        /// The message of SQLite.
        reason: String,
    },
}

impl From<rusqlite::Error> for ReadError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::AuthorizationForStatementDenied) => ReadError::Refused,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => ReadError::Damaged { file: String::new() },
            // A function that is refused has no code of its own.
            _ if error.to_string().contains("not authorized to use function") => ReadError::Refused,
            _ => ReadError::Sql { reason: words(error) },
        }
    }
}

impl ReadError {
    /// Adds the name of the file that the connection reads to an error about a file.
    fn in_file(self, connection: &Connection) -> Self {
        match self {
            ReadError::Damaged { .. } => ReadError::Damaged { file: connection.path().unwrap_or_default().to_owned() },
            other => other,
        }
    }
}

/// The message of SQLite without the statement, which the caller has.
fn words(error: rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg,
        other => other.to_string(),
    }
}

/// A parameter of a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SqlValue<'a> {
    /// An empty cell.
    Null,
    /// A number.
    Integer(i64),
    /// Any text; all cells of a book are texts.
    Text(&'a str),
}

impl ToSql for SqlValue<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match *self {
            SqlValue::Null => ToSqlOutput::Owned(Value::Null),
            SqlValue::Integer(number) => ToSqlOutput::Owned(Value::Integer(number)),
            SqlValue::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

/// A connection that can only read. One thread uses it at a time. It may be kept: each query sees what was committed
/// before it, and the statements it has prepared are kept with it.
pub struct ReadConnection {
    connection: Connection,
    /// The limits of the next query; changed by [`ReadConnection::set_limits`].
    limits: Arc<Mutex<Limits>>,
    /// What the statement that is being prepared reads; present only during [`ReadConnection::describe`].
    seen: Arc<Mutex<Option<Described>>>,
    /// The value that [`ReadConnection::steps`] returns.
    steps: Cell<u64>,
}

/// The limits of a connection, which its progress handler checks.
#[derive(Debug, Default)]
struct Limits {
    limits: ReadLimits,
    /// When the running query must end.
    deadline: Option<Instant>,
}

/// The columns, tables, functions and parameters of a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described {
    /// Names of the columns of its answer.
    pub columns: Vec<String>,
    /// Tables and columns that it names.
    pub reads: BTreeSet<(String, String)>,
    /// Functions that it calls, in lower case.
    pub functions: BTreeSet<String>,
    /// How many parameters it takes.
    pub parameters: usize,
}

/// One row of an answer.
pub struct ReadRow<'a>(&'a Row<'a>);

impl ReadRow<'_> {
    /// The text of a column, from 0; numbers as text, `""` for NULL.
    pub fn text(&self, column: usize) -> String {
        match self.0.get_ref(column) {
            Ok(ValueRef::Text(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
            Ok(ValueRef::Integer(number)) => number.to_string(),
            Ok(ValueRef::Real(number)) => number.to_string(),
            Ok(ValueRef::Blob(_) | ValueRef::Null) | Err(_) => String::new(),
        }
    }

    /// Puts what [`ReadRow::text`] answers into a text that is there already, whose memory serves again.
    pub fn text_into(&self, column: usize, text: &mut String) {
        text.clear();
        match self.0.get_ref(column) {
            Ok(ValueRef::Text(bytes)) => text.push_str(&String::from_utf8_lossy(bytes)),
            Ok(ValueRef::Null) => {}
            _ => text.push_str(&self.text(column)),
        }
    }

    /// The whole number in a column; `None` for NULL and anything else.
    pub fn integer(&self, column: usize) -> Option<i64> {
        self.0.get_ref(column).ok()?.as_i64().ok()
    }

    /// Whether a column is NULL.
    pub fn is_null(&self, column: usize) -> bool {
        matches!(self.0.get_ref(column), Ok(ValueRef::Null) | Err(_))
    }

    /// The name of a column of the answer.
    pub fn name(&self, column: usize) -> Option<&str> {
        self.0.as_ref().column_name(column).ok()
    }

    /// How many columns the answer has.
    pub fn width(&self) -> usize {
        self.0.as_ref().column_count()
    }
}

impl ReadConnection {
    /// Makes a connection read-only, limited to `tables`.
    pub(crate) fn new(
        mut connection: Connection,
        tables: HashSet<String>,
        limits: ReadLimits,
        functions: &[Function],
    ) -> Result<ReadConnection, StoreError> {
        connection.create_scalar_function("tb_items", 2, FLAGS, items)?;
        for function in functions {
            function.register(&connection)?;
        }
        // A name in double quotes is always a name: SQLite would otherwise read a misspelt one as a text.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        let limits = Arc::new(Mutex::new(Limits { limits, deadline: None }));
        let looked_at = Arc::clone(&limits);
        connection.progress_handler(
            STEPS_BETWEEN_LOOKS,
            Some(move || {
                let Limits { limits, deadline } = &*lock(&looked_at);
                is_set(limits.cancel.as_ref()) || deadline.is_some_and(|deadline| Instant::now() >= deadline)
            }),
        )?;
        let seen: Arc<Mutex<Option<Described>>> = Arc::default();
        let noted = Arc::clone(&seen);
        connection.authorizer(Some(move |context: AuthContext<'_>| {
            if let Some(described) = &mut *lock(&noted) {
                note(described, &context.action);
            }
            judge(&context.action, &tables)
        }))?;
        Ok(ReadConnection { connection, limits, seen, steps: Cell::new(0) })
    }

    /// Changes the limits of the connection for the queries that begin after this.
    pub fn set_limits(&self, limits: ReadLimits) {
        *lock(&self.limits) = Limits { limits, deadline: None };
    }

    /// Runs one SELECT and hands each row to `each`, until it breaks. Parameters stand for `?1`, `?2` ...
    pub fn query(
        &self,
        sql: &str,
        params: &[SqlValue<'_>],
        each: impl FnMut(&ReadRow<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let time = lock(&self.limits).limits.time;
        self.query_within(time, sql, params, each)
    }

    /// [`ReadConnection::query`] with a time limit of its own instead of the connection's.
    pub fn query_within(
        &self,
        time: Option<Duration>,
        sql: &str,
        params: &[SqlValue<'_>],
        mut each: impl FnMut(&ReadRow<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        lock(&self.limits).deadline = time.and_then(|time| Instant::now().checked_add(time));
        let named = |error: rusqlite::Error| ReadError::from(error).in_file(&self.connection);
        let mut statement = self.connection.prepare_cached(sql).map_err(named)?;
        let answer = self.answer(&mut statement, params, &mut each);
        let steps = u64::try_from(statement.reset_status(StatementStatus::VmStep)).unwrap_or_default();
        self.steps.set(self.steps.get() + steps);
        answer
    }

    fn answer(
        &self,
        statement: &mut Statement<'_>,
        params: &[SqlValue<'_>],
        each: &mut dyn FnMut(&ReadRow<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let named = |error: rusqlite::Error| ReadError::from(error).in_file(&self.connection);
        let mut rows = statement.query(params_from_iter(params)).map_err(named)?;
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    if each(&ReadRow(row)).is_break() {
                        return Ok(());
                    }
                }
                Ok(None) => return Ok(()),
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => {
                    return Err(if is_set(lock(&self.limits).limits.cancel.as_ref()) {
                        ReadError::Cancelled
                    } else {
                        ReadError::TimeOut
                    });
                }
                Err(error) => return Err(named(error)),
            }
        }
    }

    /// Steps of SQLite's virtual machine that the queries of this connection took until now: a measure of cost that is
    /// the same on every PC.
    pub fn steps(&self) -> u64 {
        self.steps.get()
    }

    /// [`ReadLimits::whole`] as it is set.
    pub fn whole(&self) -> Option<usize> {
        lock(&self.limits).limits.whole
    }

    /// The columns, tables, functions and parameters of a statement, without running it.
    pub fn describe(&self, sql: &str) -> Result<Described, ReadError> {
        *lock(&self.seen) = Some(Described::default());
        let prepared = self.connection.prepare(sql);
        let described = lock(&self.seen).take().unwrap_or_default();
        let statement = prepared?;
        Ok(Described {
            columns: statement.column_names().map(str::to_owned).collect(),
            parameters: statement.parameter_count(),
            ..described
        })
    }
}

fn is_set(flag: Option<&Arc<AtomicBool>>) -> bool {
    flag.is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// Locks, also after a panic of another thread: the values behind these locks are valid at any moment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Adds to `described` what a statement reads and which functions it calls.
fn note(described: &mut Described, action: &AuthAction<'_>) {
    match action {
        AuthAction::Read { table_name, column_name } if !column_name.is_empty() => {
            described.reads.insert(((*table_name).to_owned(), (*column_name).to_owned()));
        }
        AuthAction::Function { function_name } => {
            described.functions.insert(function_name.to_ascii_lowercase());
        }
        _ => {}
    }
}

/// Whether a statement may do this. A table without a column occurs in `count(*)`, or is a name that the statement
/// itself defines.
fn judge(action: &AuthAction<'_>, tables: &HashSet<String>) -> Authorization {
    let allowed = match action {
        AuthAction::Select | AuthAction::Recursive => true,
        AuthAction::Read { column_name: "", .. } => true,
        AuthAction::Read { table_name, .. } => {
            tables.contains(*table_name) || matches!(*table_name, "json_each" | "json_tree")
        }
        AuthAction::Function { function_name } => !matches!(*function_name, "load_extension" | "sqlcipher_export"),
        _ => false,
    };
    if allowed { Authorization::Allow } else { Authorization::Deny }
}

/// `tb_items(value, separator)`: the trimmed, non-empty items as a JSON array; NULL for NULL.
fn items(context: &Context<'_>) -> rusqlite::Result<Option<String>> {
    let (value, separator): (Option<String>, Option<String>) = (context.get(0)?, context.get(1)?);
    let Some(value) = value else { return Ok(None) };
    let items: Vec<&str> = match separator.as_deref() {
        None | Some("") => vec![value.trim()],
        Some(separator) => value.split(separator).map(str::trim).collect(),
    };
    Ok(Some(serde_json::Value::from_iter(items.into_iter().filter(|item| !item.is_empty())).to_string()))
}

#[cfg(test)]
mod tests;
