//! A file of SQLite, opened for reading only. SQLite's authorizer allows only queries.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, ErrorCode, OpenFlags, Row};

use crate::query::bare;
use crate::{Database, Rows, SourceError, Value, Watch};

/// Instructions of SQLite's virtual machine between two checks of the watch; these take some milliseconds.
const STEPS: i32 = 100_000;

pub(crate) fn read(
    database: &Database,
    query: &str,
    watch: &mut Watch,
    rows: &mut dyn Rows,
) -> Result<(), SourceError> {
    let file = database.path.as_str();
    if !Path::new(file).is_file() {
        return Err(SourceError::NoFile { file: file.to_owned() });
    }
    // The handler runs inside of SQLite while the rows are handed on outside of it.
    let end = Arc::new(Mutex::new((Instant::now() + watch.left(), None)));
    let connection = open(file, watch, &end).map_err(|error| said(&error, file, &end))?;
    let read = || -> Result<(), Error> {
        let mut statement = connection.prepare(bare(query))?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        rows.columns(&names);
        let width = names.len();
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let cells = (0..width).map(|at| value(row, at)).collect::<Result<_, _>>()?;
            let given = Instant::now();
            let next = rows.row(cells);
            // Time spent in `rows` does not count towards the limit.
            end.lock().unwrap_or_else(PoisonError::into_inner).0 += given.elapsed();
            if let ControlFlow::Break(()) = next {
                break;
            }
        }
        Ok(())
    };
    let mut read = read;
    read().map_err(|error| said(&error, file, &end))
}

/// When the time is over, and why the handler has stopped the query.
type End = Arc<Mutex<(Instant, Option<SourceError>)>>;

fn open(file: &str, watch: &Watch, end: &End) -> Result<Connection, Error> {
    let mut connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.authorizer(Some(|context: AuthContext<'_>| match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => Authorization::Allow,
        AuthAction::Function { function_name } if !function_name.eq_ignore_ascii_case("load_extension") => {
            Authorization::Allow
        }
        _ => Authorization::Deny,
    }))?;
    let (stop, too_long, end) = (watch.flag(), watch.too_long(), end.clone());
    connection.progress_handler(
        STEPS,
        Some(move || {
            let mut end = end.lock().unwrap_or_else(PoisonError::into_inner);
            let why = match () {
                () if stop.load(std::sync::atomic::Ordering::Relaxed) => SourceError::Cancelled,
                () if Instant::now() >= end.0 => too_long.clone(),
                () => return false,
            };
            end.1 = Some(why);
            true
        }),
    )?;
    Ok(connection)
}

fn value(row: &Row<'_>, at: usize) -> Result<Value, Error> {
    Ok(match row.get_ref(at)? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Text(number.to_string()),
        ValueRef::Real(number) => Value::Text(number.to_string()),
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => Value::Bytes,
        },
        ValueRef::Blob(_) => Value::Bytes,
    })
}

fn said(error: &Error, file: &str, end: &End) -> SourceError {
    if let Some(why) = end.lock().unwrap_or_else(PoisonError::into_inner).1.take() {
        return why;
    }
    let file = file.to_owned();
    let said = match error {
        Error::SqliteFailure(_, Some(message)) => message.clone(),
        Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    };
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => SourceError::NotSqlite { file },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => SourceError::Locked { file },
        Some(ErrorCode::CannotOpen) => SourceError::NoFile { file },
        Some(ErrorCode::AuthorizationForStatementDenied | ErrorCode::ReadOnly) => SourceError::ReadOnly,
        _ if said.contains("no such column") => SourceError::NoColumn { said },
        _ if said.contains("no such table") => SourceError::NoTable { said },
        _ if said.contains("syntax error") || said.contains("incomplete input") => SourceError::Syntax { said },
        _ => SourceError::Refused { said },
    }
}
