//! Databases with an ODBC driver. Not every driver has read-only transactions, so the check of the statement is the
//! main protection here; in addition the transaction is rolled back.

#[cfg(not(feature = "odbc"))]
pub(crate) fn read(
    _: &crate::Database,
    _: &str,
    _: &mut crate::Watch,
    _: &mut dyn crate::Rows,
) -> Result<(), crate::SourceError> {
    Err(crate::SourceError::WithoutOdbc)
}

#[cfg(feature = "odbc")]
pub(crate) use driver::read;

#[cfg(feature = "odbc")]
mod driver {
    use std::ops::ControlFlow;
    use std::time::Instant;

    use odbc_api::{
        Connection, ConnectionOptions, Cursor, CursorRow, DataType, Error, ResultSetMetadata, environment,
        escape_attribute_value,
    };

    use crate::query::bare;
    use crate::watch::CONNECT;
    use crate::{Database, Rows, SourceError, Value, Watch};

    pub(crate) fn read(
        database: &Database,
        query: &str,
        watch: &mut Watch,
        rows: &mut dyn Rows,
    ) -> Result<(), SourceError> {
        let connection = connect(database)?;
        let failed = |error: Error| said(&error, database);
        // A driver without transactions has nothing that could be taken back, either.
        let _ = connection.set_autocommit(false);
        let read = ask(&connection, query, watch, rows).map_err(|stop| match stop {
            Stop::Said(error) => failed(*error),
            Stop::Own(own) => own,
        });
        let _ = connection.rollback();
        read
    }

    fn connect(database: &Database) -> Result<Connection<'static>, SourceError> {
        let mut wanted = database.path.trim().trim_end_matches(';').to_owned();
        for (key, value) in [("UID", database.user.as_str()), ("PWD", database.password.as_str())] {
            if !value.is_empty() {
                wanted.push_str(&format!(";{key}={}", escape_attribute_value(value)));
            }
        }
        let options = ConnectionOptions { login_timeout_sec: Some(CONNECT.as_secs() as u32), packet_size: None };
        let environment = environment().map_err(|error| said(&error, database))?;
        environment.connect_with_connection_string(&wanted, options).map_err(|error| said(&error, database))
    }

    enum Stop {
        Said(Box<Error>),
        Own(SourceError),
    }

    impl From<Error> for Stop {
        fn from(error: Error) -> Stop {
            Stop::Said(Box::new(error))
        }
    }

    impl From<SourceError> for Stop {
        fn from(error: SourceError) -> Stop {
            Stop::Own(error)
        }
    }

    fn ask(connection: &Connection<'_>, query: &str, watch: &mut Watch, rows: &mut dyn Rows) -> Result<(), Stop> {
        let mut prepared = connection.prepare(bare(query))?;
        // Not every driver accepts a limit, so the watch measures the time as well.
        let _ = prepared.set_query_timeout_sec(watch.left().as_secs().max(1) as usize);
        let begun = Instant::now();
        let Some(mut cursor) = prepared.execute(())? else { return Err(SourceError::NotAQuery.into()) };
        watch.waited(begun.elapsed())?;
        let names: Vec<String> = cursor.column_names()?.collect::<Result<_, _>>()?;
        let width = names.len() as u16;
        let kinds: Vec<DataType> = (1..=width).map(|at| cursor.col_data_type(at)).collect::<Result<_, _>>()?;
        rows.columns(&names);
        let mut wide = Vec::new();
        loop {
            let begun = Instant::now();
            let Some(mut row) = cursor.next_row()? else { return Ok(()) };
            watch.waited(begun.elapsed())?;
            let cells = (1..=width).zip(&kinds).map(|(at, kind)| value(&mut row, at, *kind, &mut wide));
            let cells = cells.collect::<Result<_, Error>>()?;
            if let ControlFlow::Break(()) = rows.row(cells) {
                return Ok(());
            }
        }
    }

    fn value(row: &mut CursorRow<'_>, at: u16, kind: DataType, wide: &mut Vec<u16>) -> Result<Value, Error> {
        if matches!(kind, DataType::Binary { .. } | DataType::Varbinary { .. } | DataType::LongVarbinary { .. }) {
            return Ok(Value::Bytes);
        }
        if !row.get_wide_text(at, wide)? {
            return Ok(Value::Null);
        }
        let text = String::from_utf16_lossy(wide);
        Ok(match kind {
            DataType::Bit => Value::Truth(text == "1"),
            // The blanks at the end of a type of fixed length only fill it up.
            DataType::Char { .. } | DataType::WChar { .. } => Value::Text(text.trim_end_matches(' ').to_owned()),
            DataType::Timestamp { .. } => Value::Text(text.split('.').next().unwrap_or_default().to_owned()),
            _ => Value::Text(text),
        })
    }

    fn said(error: &Error, database: &Database) -> SourceError {
        let Error::Diagnostics { record, .. } = error else {
            return SourceError::NoDriver { said: error.to_string() };
        };
        let record_text = record.to_string();
        let said = record_text.rsplit("Message: ").next().unwrap_or_default().to_owned();
        match record.state.as_str() {
            "28000" => SourceError::Login { user: database.user.clone() },
            "08001" | "08004" => SourceError::Unreachable { place: database.path.clone() },
            "08S01" | "08003" | "08007" => SourceError::Broken,
            "IM002" | "IM003" | "01000" => SourceError::NoDriver { said },
            "42S22" => SourceError::NoColumn { said },
            "42S02" => SourceError::NoTable { said },
            "42000" | "42601" => SourceError::Syntax { said },
            "25006" => SourceError::ReadOnly,
            "HYT00" => SourceError::TimeLimit { seconds: 0 },
            _ => SourceError::Refused { said },
        }
    }
}
