//! SQL that can only read: for the checks' sets and for `tianbao rows --where`.
//!
//! Three walls stand around it: the connection is opened read-only, `query_only` is on, and an authorizer lets
//! through nothing but SELECT over the standard's tables and harmless functions: no ATTACH, no PRAGMA, no look at
//! settings or batches. A statement can be given a time limit and be cancelled.
//!
//! The standard's tables have their columns (TEXT, NULL where empty) and these: `_row` (number of the record), `_period`,
//! `_place` (order), `_natural` (the record key that its natural key makes now; NULL while that is empty), `_changed`
//! (last step), `_key_fixed`. One function is added: `tb_items(value, separator)` gives a JSON array of the trimmed,
//! non-empty items of a multi-valued cell, for `json_each`.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, Row, ToSql, params_from_iter};
use thiserror::Error;

use crate::StoreError;

/// Steps of SQLite's machine between two looks at the clock and the flag: some tens of microseconds.
const STEPS_BETWEEN_LOOKS: i32 = 1000;

/// How long a statement may take, and who may end it.
#[derive(Debug, Clone, Default)]
pub struct ReadLimits {
    /// Longest time for one query; absent: no limit.
    pub time: Option<Duration>,
    /// Ends the query when set; may be set from any thread.
    pub cancel: Option<Arc<AtomicBool>>,
}

/// Why a query was not answered.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The statement would do more than read the standard's tables.
    #[error("the statement does more than read")]
    Refused,
    /// The time limit.
    #[error("the time is over")]
    TimeOut,
    /// Cancelled.
    #[error("cancelled")]
    Cancelled,
    /// Not SQL that this book understands.
    #[error("{reason}")]
    Sql {
        /// SQLite's words.
        reason: String,
    },
}

impl ReadError {
    /// The name by which words are looked up.
    pub fn code(&self) -> &'static str {
        match self {
            ReadError::Refused => "reader.refused",
            ReadError::TimeOut => "reader.time-out",
            ReadError::Cancelled => "reader.cancelled",
            ReadError::Sql { .. } => "reader.sql",
        }
    }

    /// What the words name.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            ReadError::Sql { reason } => vec![("reason", reason.clone())],
            _ => Vec::new(),
        }
    }
}

impl From<rusqlite::Error> for ReadError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::AuthorizationForStatementDenied) => ReadError::Refused,
            // A function that is refused has no code of its own.
            _ if error.to_string().contains("not authorized to use function") => ReadError::Refused,
            _ => ReadError::Sql { reason: words(error) },
        }
    }
}

/// SQLite's words without the statement, which the caller knows better.
fn words(error: rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg,
        other => other.to_string(),
    }
}

/// A parameter of a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SqlValue<'a> {
    /// Nothing.
    Null,
    /// A number.
    Integer(i64),
    /// A text.
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

/// A connection that can only read. One thread uses it at a time.
pub struct ReadConnection {
    connection: Connection,
    limits: ReadLimits,
    /// When the running query must end; looked at by the progress handler.
    deadline: Arc<Mutex<Option<Instant>>>,
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

    /// The whole number in a column; `None` for NULL and anything else.
    pub fn integer(&self, column: usize) -> Option<i64> {
        self.0.get_ref(column).ok()?.as_i64().ok()
    }

    /// Whether a column is NULL.
    pub fn is_null(&self, column: usize) -> bool {
        matches!(self.0.get_ref(column), Ok(ValueRef::Null) | Err(_))
    }

    /// How many columns the answer has.
    pub fn width(&self) -> usize {
        self.0.as_ref().column_count()
    }
}

impl ReadConnection {
    /// Puts the walls around a connection. `tables` may be read.
    pub(crate) fn new(
        mut connection: Connection,
        tables: HashSet<String>,
        limits: ReadLimits,
    ) -> Result<ReadConnection, StoreError> {
        connection.create_scalar_function(
            "tb_items",
            2,
            FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS,
            items,
        )?;
        let deadline = Arc::new(Mutex::new(None));
        let (seen, cancel) = (Arc::clone(&deadline), limits.cancel.clone());
        connection.progress_handler(
            STEPS_BETWEEN_LOOKS,
            Some(move || {
                is_set(cancel.as_ref()) || peek(&seen).is_some_and(|deadline: Instant| Instant::now() >= deadline)
            }),
        )?;
        connection.authorizer(Some(move |context: AuthContext<'_>| judge(&context.action, &tables)))?;
        Ok(ReadConnection { connection, limits, deadline })
    }

    /// Runs one SELECT and hands each row to `each`, until it breaks. Parameters stand for `?1`, `?2` ...
    pub fn query(
        &self,
        sql: &str,
        params: &[SqlValue<'_>],
        mut each: impl FnMut(&ReadRow<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let ends = self.limits.time.and_then(|time| Instant::now().checked_add(time));
        *self.deadline.lock().unwrap_or_else(PoisonError::into_inner) = ends;
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query(params_from_iter(params))?;
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    if each(&ReadRow(row)).is_break() {
                        return Ok(());
                    }
                }
                Ok(None) => return Ok(()),
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => {
                    return Err(if is_set(self.limits.cancel.as_ref()) {
                        ReadError::Cancelled
                    } else {
                        ReadError::TimeOut
                    });
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

fn is_set(flag: Option<&Arc<AtomicBool>>) -> bool {
    flag.is_some_and(|flag| flag.load(Ordering::Relaxed))
}

fn peek(deadline: &Mutex<Option<Instant>>) -> Option<Instant> {
    *deadline.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a statement may do. A table that is only named, without a column, is counted or a name made in the statement.
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
mod tests {
    use super::*;
    use crate::tests::{Desk, insert, update};

    fn courses() -> Desk {
        let desk = Desk::new();
        desk.apply(
            0,
            &[("a", "x, y,,z"), ("b", ""), ("c", "\"")].map(|(k, n)| insert("ODS_COURSE", &[("KCH", k), ("KCMC", n)])),
        );
        desk
    }

    fn ask(reader: &ReadConnection, sql: &str, params: &[SqlValue<'_>]) -> Result<Vec<String>, &'static str> {
        let mut texts = Vec::new();
        let answer = reader.query(sql, params, |row| {
            texts.push((0..row.width()).map(|at| row.text(at)).collect::<Vec<_>>().join("|"));
            ControlFlow::Continue(())
        });
        answer.map(|()| texts).map_err(|e| e.code())
    }

    #[test]
    fn it_answers_what_it_may() {
        let desk = courses();
        let reader = desk.reader(ReadLimits::default()).unwrap();
        let check = |sql: &str, expect: &[&str]| {
            assert_eq!(
                ask(&reader, sql, &[]).as_deref(),
                Ok(&expect.iter().map(|s| s.to_string()).collect::<Vec<_>>()[..]),
                "{sql}"
            );
        };
        check("SELECT _row, KCH, XF FROM ODS_COURSE WHERE KCMC IS NOT NULL ORDER BY _place", &["1|a|", "3|c|"]);
        check("SELECT count(*), 1.5, NULL FROM ODS_COURSE", &["3|1.5|"]);
        check(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3) SELECT max(x) FROM n",
            &["3"],
        );
        check(
            "SELECT i.value FROM ODS_COURSE, json_each(tb_items(KCMC, ',')) i ORDER BY _row, i.key",
            &["x", "y", "z", "\""],
        );
        check(
            "SELECT tb_items('a||b', '||'), tb_items(' a,b ', ''), tb_items(NULL, ',')",
            &["[\"a\",\"b\"]|[\"a,b\"]|"],
        );
        check("WITH c AS (SELECT KCH FROM ODS_COURSE) SELECT count(*) FROM c", &["3"]);
        assert_eq!(
            ask(
                &reader,
                "SELECT KCH FROM ODS_COURSE WHERE _row = ?1 AND KCH = ?2 AND ?3 IS NULL",
                &[SqlValue::Integer(2), SqlValue::Text("b"), SqlValue::Null]
            ),
            Ok(vec!["b".into()])
        );
    }

    #[test]
    fn it_refuses_everything_else() {
        let desk = courses();
        let reader = desk.reader(ReadLimits::default()).unwrap();
        let file = desk.path.with_extension("other").display().to_string();
        for sql in [
            "DELETE FROM ODS_COURSE",
            "UPDATE ODS_COURSE SET KCH = 'x'",
            "INSERT INTO ODS_COURSE DEFAULT VALUES",
            "DROP TABLE ODS_COURSE",
            "CREATE TABLE x (y)",
            "CREATE TEMP TABLE x (y)",
            &format!("ATTACH '{file}' AS other KEY ''"),
            &format!("VACUUM INTO '{file}'"),
            "PRAGMA query_only = OFF",
            "PRAGMA rekey = 'x'",
            "BEGIN",
            "SAVEPOINT s",
            "SELECT value FROM setting",
            "SELECT payload FROM batch_row",
            "SELECT sql FROM sqlite_master",
            "SELECT * FROM pragma_database_list",
            "SELECT load_extension('x')",
            "SELECT sqlcipher_export('x')",
            "SELECT 1 WHERE 'x' IN (SELECT name FROM head)",
        ] {
            assert_eq!(ask(&reader, sql, &[]), Err("reader.refused"), "{sql}");
        }
        assert_eq!(ask(&reader, "SELEC 1", &[]), Err("reader.sql"));
        assert_eq!(ask(&reader, "SELECT NIX FROM ODS_COURSE", &[]), Err("reader.sql"));
        assert_eq!(ask(&reader, "SELECT 1; SELECT 2", &[]), Err("reader.sql"));
        let error = reader.query("SELECT NIX FROM ODS_COURSE", &[], |_| ControlFlow::Continue(())).unwrap_err();
        assert_eq!(error.params(), [("reason", "no such column: NIX".to_owned())], "without the statement");
        assert_eq!(desk.count("ODS_COURSE", "").unwrap(), 3);
        assert!(!std::path::Path::new(&file).exists());
    }

    const ENDLESS: &str = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";

    #[test]
    fn time_ends_a_query_and_not_the_next_one() {
        let desk = courses();
        let reader = desk.reader(ReadLimits { time: Some(Duration::from_millis(20)), cancel: None }).unwrap();
        assert_eq!(ask(&reader, ENDLESS, &[]), Err("reader.time-out"));
        assert_eq!(ask(&reader, "SELECT 1", &[]), Ok(vec!["1".into()]));
    }

    #[test]
    fn a_flag_ends_a_query() {
        let desk = courses();
        let cancel = Arc::new(AtomicBool::new(false));
        let reader = desk.reader(ReadLimits { time: None, cancel: Some(Arc::clone(&cancel)) }).unwrap();
        assert_eq!(ask(&reader, "SELECT 1", &[]), Ok(vec!["1".into()]));
        let answer = reader.query(&ENDLESS.replace("count(*)", "x"), &[], |row| {
            if row.integer(0) == Some(100) {
                cancel.store(true, Ordering::Relaxed);
            }
            ControlFlow::Continue(())
        });
        assert_eq!(answer, Err(ReadError::Cancelled));
        assert_eq!(ask(&reader, ENDLESS, &[]), Err("reader.cancelled"));
    }

    #[test]
    fn it_sees_what_is_saved() {
        let desk = courses();
        let reader = desk.reader(ReadLimits::default()).unwrap();
        let name = || ask(&reader, "SELECT KCMC FROM ODS_COURSE WHERE _row = 2", &[]).unwrap().remove(0);
        assert_eq!(name(), "");
        desk.apply(1, &[update("ODS_COURSE", 2, &[("KCMC", "新")])]);
        assert_eq!(name(), "新");
    }
}
