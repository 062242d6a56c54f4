//! MySQL and MariaDB. A prepared statement cannot contain a second one, and its answer has the type of each cell.

use std::ops::ControlFlow;

use mysql_async::consts::ColumnType;
use mysql_async::prelude::Queryable;
use mysql_async::{Column, Conn, DriverError, Error, IoError, OptsBuilder, Row, SslOpts};

use crate::query::bare;
use crate::watch::{GIVE_UP, runtime};
use crate::{Database, Encryption, Rows, SourceError, Value, Watch};

pub(crate) fn read(
    database: &Database,
    query: &str,
    watch: &mut Watch,
    rows: &mut dyn Rows,
) -> Result<(), SourceError> {
    runtime()?.block_on(async {
        let mut connection = watch
            .connected(&database.place(), Conn::new(options(database)))
            .await?
            .map_err(|error| not_connected(&error, database))?;
        let read = ask(&mut connection, query, watch, rows).await;
        if matches!(read, Err(SourceError::Cancelled | SourceError::TimeLimit { .. })) {
            // Otherwise the server would continue a query whose answer is no longer wanted.
            let _ = tokio::time::timeout(GIVE_UP, kill(database, connection.id())).await;
        }
        // Dropping it closes it; reading what is left of a large answer would take as long as the answer.
        drop(connection);
        read
    })
}

fn options(database: &Database) -> OptsBuilder {
    let loose = database.encryption == Encryption::Unverified;
    let tls = (database.encryption != Encryption::Off)
        .then(|| SslOpts::default().with_danger_accept_invalid_certs(loose).with_danger_skip_domain_validation(loose));
    let options = OptsBuilder::default()
        .user(Some(database.user.as_str()))
        .pass(Some(database.password.as_str()))
        .db_name(Some(database.name.as_str()))
        .prefer_socket(false)
        .ssl_opts(tls);
    // A path is the socket of a server on this PC.
    if database.host.starts_with('/') {
        return options.socket(Some(database.host.as_str()));
    }
    options.ip_or_hostname(database.host.as_str()).tcp_port(if database.port == 0 { 3306 } else { database.port })
}

async fn kill(database: &Database, connection: u32) -> Result<(), Error> {
    let mut other = Conn::new(options(database)).await?;
    other.query_drop(format!("KILL QUERY {connection}")).await
}

async fn ask(connection: &mut Conn, query: &str, watch: &mut Watch, rows: &mut dyn Rows) -> Result<(), SourceError> {
    for begin in ["SET NAMES utf8mb4", "SET SESSION time_zone = '+08:00'", "START TRANSACTION READ ONLY"] {
        watch.wait(connection.query_drop(begin)).await?.map_err(said)?;
    }
    let statement = watch.wait(connection.prep(bare(query))).await?.map_err(said)?;
    let columns = statement.columns();
    if columns.is_empty() || statement.num_params() > 0 {
        return Err(SourceError::NotAQuery);
    }
    let names: Vec<String> = columns.iter().map(|column| column.name_str().into_owned()).collect();
    rows.columns(&names);
    let mut answer = watch.wait(connection.exec_iter(&statement, ())).await?.map_err(said)?;
    while let Some(row) = watch.wait(answer.next()).await?.map_err(said)? {
        if let ControlFlow::Break(()) = rows.row(cells(row, &columns)) {
            break;
        }
    }
    Ok(())
}

fn cells(row: Row, columns: &[Column]) -> Vec<Value> {
    // It panics where a value was taken out of the row before, and none was.
    columns.iter().zip(row.unwrap()).map(|(column, value)| cell(value, column.column_type())).collect()
}

fn cell(value: mysql_async::Value, kind: ColumnType) -> Value {
    use mysql_async::Value as Sent;
    let text = match value {
        Sent::NULL => return Value::Null,
        Sent::Bytes(bytes) if kind == ColumnType::MYSQL_TYPE_BIT => return bits(&bytes),
        Sent::Bytes(bytes) => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => return Value::Bytes,
        },
        Sent::Int(number) => number.to_string(),
        Sent::UInt(number) => number.to_string(),
        Sent::Float(number) => number.to_string(),
        Sent::Double(number) => number.to_string(),
        Sent::Date(year, month, day, ..) if kind == ColumnType::MYSQL_TYPE_DATE => {
            format!("{year:04}-{month:02}-{day:02}")
        }
        Sent::Date(year, month, day, hour, minute, second, _) => {
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        Sent::Time(negative, days, hours, minutes, seconds, _) => {
            let sign = if negative { "-" } else { "" };
            format!("{sign}{:02}:{minutes:02}:{seconds:02}", days * 24 + u32::from(hours))
        }
    };
    Value::Text(text)
}

/// BIT(1) is what programs keep truth values in; longer ones are numbers.
fn bits(bytes: &[u8]) -> Value {
    match bytes {
        [0] => Value::Truth(false),
        [1] => Value::Truth(true),
        _ if bytes.len() > 8 => Value::Bytes,
        _ => Value::Text(bytes.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte)).to_string()),
    }
}

/// Why a connection could not be made.
fn not_connected(error: &Error, database: &Database) -> SourceError {
    let place = || database.place();
    match error {
        Error::Server(server) => match server.code {
            // ER_ACCESS_DENIED_ERROR, ER_ACCESS_DENIED_NO_PASSWORD_ERROR; MariaDB's socket login.
            1045 | 1698 => SourceError::Login { user: database.user.clone() },
            // ER_DBACCESS_DENIED_ERROR, ER_BAD_DB_ERROR
            1044 | 1049 => SourceError::NoDatabase { name: database.name.clone() },
            _ => said_by(server),
        },
        Error::Io(IoError::Tls(_)) => SourceError::Certificate { place: place() },
        Error::Driver(DriverError::NoClientSslFlagFromServer) => SourceError::NoEncryption { place: place() },
        Error::Io(IoError::Io(io)) if io.to_string().contains("lookup") => {
            SourceError::NoSuchHost { host: database.host.clone() }
        }
        Error::Io(IoError::Io(_)) => SourceError::Unreachable { place: place() },
        other => SourceError::Refused { said: other.to_string() },
    }
}

/// The error for what the server reported about a statement.
fn said(error: Error) -> SourceError {
    match &error {
        Error::Server(server) => said_by(server),
        Error::Io(_) | Error::Driver(DriverError::ConnectionClosed) => SourceError::Broken,
        other => SourceError::Refused { said: other.to_string() },
    }
}

fn said_by(server: &mysql_async::ServerError) -> SourceError {
    let said = server.message.clone();
    // The numbers are those of MySQL and MariaDB; see the names behind them.
    match server.code {
        1054 => SourceError::NoColumn { said },                 // ER_BAD_FIELD_ERROR
        1146 | 1109 => SourceError::NoTable { said },           // ER_NO_SUCH_TABLE, ER_UNKNOWN_TABLE
        1142 | 1143 | 1370 => SourceError::NotAllowed { said }, // ER_TABLEACCESS_DENIED_ERROR and its like
        1064 => SourceError::Syntax { said },                   // ER_PARSE_ERROR
        1792 => SourceError::ReadOnly,                          // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
        1040 | 1203 => SourceError::Busy,                       // ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS
        _ => SourceError::Refused { said },
    }
}

#[cfg(test)]
mod tests {
    use mysql_async::Value as Sent;

    use super::*;

    #[test]
    fn values_come_as_people_write_them() {
        use ColumnType::*;
        let text = |text: &str| Value::Text(text.to_owned());
        for (sent, kind, expected) in [
            (Sent::NULL, MYSQL_TYPE_LONG, Value::Null),
            (Sent::Int(-7), MYSQL_TYPE_LONG, text("-7")),
            (Sent::Bytes(b"0012.50".to_vec()), MYSQL_TYPE_NEWDECIMAL, text("0012.50")),
            (Sent::Bytes(vec![1]), MYSQL_TYPE_BIT, Value::Truth(true)),
            (Sent::Bytes(vec![1, 0]), MYSQL_TYPE_BIT, text("256")),
            (Sent::Bytes(vec![0xff, 0xd8]), MYSQL_TYPE_BLOB, Value::Bytes),
            (Sent::Double(0.1), MYSQL_TYPE_DOUBLE, text("0.1")),
            (Sent::Date(2026, 9, 1, 0, 0, 0, 0), MYSQL_TYPE_DATE, text("2026-09-01")),
            (Sent::Date(2026, 9, 1, 8, 30, 0, 0), MYSQL_TYPE_DATETIME, text("2026-09-01 08:30:00")),
            (Sent::Time(true, 1, 2, 3, 4, 0), MYSQL_TYPE_TIME, text("-26:03:04")),
        ] {
            assert_eq!(cell(sent, kind), expected);
        }
    }
}
