//! PostgreSQL. The statement is prepared first, which refuses several statements and names the types of its columns,
//! and then asked for as text, so that every type comes as PostgreSQL itself writes it.

use std::ops::ControlFlow;

use futures_util::TryStreamExt;
use native_tls::TlsConnector;
use postgres_native_tls::MakeTlsConnector;
use tokio_postgres::config::SslMode;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Config, Error, SimpleQueryMessage};

use crate::query::bare;
use crate::watch::{CONNECT, GIVE_UP, runtime};
use crate::{Database, Encryption, Rows, SourceError, Value, Watch};

pub(crate) fn read(
    database: &Database,
    query: &str,
    watch: &mut Watch,
    rows: &mut dyn Rows,
) -> Result<(), SourceError> {
    runtime()?.block_on(async {
        let tls = tls(database)?;
        let client = connect(database, tls.clone(), watch).await?;
        let read = ask(&client, query, watch, rows).await;
        if matches!(read, Err(SourceError::Cancelled | SourceError::TimeLimit { .. })) {
            // Otherwise the server would continue a query whose answer is no longer wanted.
            let _ = tokio::time::timeout(GIVE_UP, client.cancel_token().cancel_query(tls)).await;
        }
        read
    })
}

fn tls(database: &Database) -> Result<MakeTlsConnector, SourceError> {
    let loose = database.encryption == Encryption::Unverified;
    let mut builder = TlsConnector::builder();
    builder.danger_accept_invalid_certs(loose).danger_accept_invalid_hostnames(loose);
    let connector = builder.build().map_err(|_| SourceError::Certificate { place: database.place() })?;
    Ok(MakeTlsConnector::new(connector))
}

async fn connect(database: &Database, tls: MakeTlsConnector, watch: &mut Watch) -> Result<Client, SourceError> {
    let mut config = Config::new();
    config
        .host(&database.host)
        .port(if database.port == 0 { 5432 } else { database.port })
        .dbname(&database.name)
        .user(&database.user)
        .password(database.password.as_bytes())
        .application_name("Tianbao")
        .connect_timeout(CONNECT)
        .ssl_mode(if database.encryption == Encryption::Off { SslMode::Disable } else { SslMode::Require });
    let (client, connection) = watch
        .connected(&database.place(), config.connect(tls))
        .await?
        .map_err(|error| not_connected(&error, database))?;
    tokio::spawn(async move {
        // An error that ends the connection is also returned by the query that waits for its answer.
        let _ = connection.await;
    });
    Ok(client)
}

async fn ask(client: &Client, query: &str, watch: &mut Watch, rows: &mut dyn Rows) -> Result<(), SourceError> {
    let begin = "SET SESSION TIME ZONE 'Asia/Shanghai'; SET SESSION DateStyle TO ISO; \
                 START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";
    watch.wait(client.batch_execute(begin)).await?.map_err(|error| said(&error))?;
    let statement = watch.wait(client.prepare(bare(query))).await?.map_err(|error| said(&error))?;
    let kinds: Vec<Type> = statement.columns().iter().map(|column| column.type_().clone()).collect();
    let names: Vec<String> = statement.columns().iter().map(|column| column.name().to_owned()).collect();
    if names.is_empty() || !statement.params().is_empty() {
        return Err(SourceError::NotAQuery);
    }
    rows.columns(&names);
    let stream = watch.wait(client.simple_query_raw(bare(query))).await?.map_err(|error| said(&error))?;
    let mut stream = std::pin::pin!(stream);
    while let Some(message) = watch.wait(stream.try_next()).await?.map_err(|error| said(&error))? {
        let SimpleQueryMessage::Row(row) = message else { continue };
        let cells = kinds.iter().enumerate().map(|(at, kind)| value(row.get(at), kind)).collect();
        if let ControlFlow::Break(()) = rows.row(cells) {
            break;
        }
    }
    Ok(())
}

/// A cell as PostgreSQL writes it. Zones are left off, because every moment is asked for in national time.
fn value(text: Option<&str>, kind: &Type) -> Value {
    let Some(text) = text else { return Value::Null };
    match *kind {
        Type::BOOL => Value::Truth(text == "t"),
        Type::BYTEA => Value::Bytes,
        Type::TIMESTAMPTZ => Value::Text(without_zone(text).to_owned()),
        // The blanks at the end of a type of fixed length only fill it up.
        Type::BPCHAR => Value::Text(text.trim_end_matches(' ').to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

fn without_zone(text: &str) -> &str {
    text.rfind('+').filter(|at| text[..*at].contains(':')).map_or(text, |at| &text[..at])
}

/// Why a connection could not be made.
fn not_connected(error: &Error, database: &Database) -> SourceError {
    let place = || database.place();
    let Some(code) = error.code() else {
        let words = chain(error);
        return match () {
            () if words.contains("does not support TLS") => SourceError::NoEncryption { place: place() },
            () if words.contains("error performing TLS handshake") => SourceError::Certificate { place: place() },
            () if words.contains("lookup") => SourceError::NoSuchHost { host: database.host.clone() },
            () if words.contains("authentication") || words.contains("password") => {
                SourceError::Login { user: database.user.clone() }
            }
            () => SourceError::Unreachable { place: place() },
        };
    };
    match *code {
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            SourceError::Login { user: database.user.clone() }
        }
        SqlState::INVALID_CATALOG_NAME => SourceError::NoDatabase { name: database.name.clone() },
        _ => said(error),
    }
}

/// The words of an error and of what caused it.
fn chain(error: &Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        words.push_str(": ");
        words.push_str(&error.to_string());
        cause = error.source();
    }
    words
}

/// The error for what the server reported about a statement.
fn said(error: &Error) -> SourceError {
    let Some(db) = error.as_db_error() else { return SourceError::Broken };
    let said = db.message().to_owned();
    match *db.code() {
        SqlState::UNDEFINED_COLUMN => SourceError::NoColumn { said },
        SqlState::UNDEFINED_TABLE => SourceError::NoTable { said },
        SqlState::INSUFFICIENT_PRIVILEGE => SourceError::NotAllowed { said },
        SqlState::SYNTAX_ERROR => SourceError::Syntax { said },
        SqlState::READ_ONLY_SQL_TRANSACTION => SourceError::ReadOnly,
        SqlState::TOO_MANY_CONNECTIONS | SqlState::CANNOT_CONNECT_NOW => SourceError::Busy,
        _ => SourceError::Refused { said },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_as_people_write_them() {
        for (text, kind, expected) in [
            (None, Type::TEXT, Value::Null),
            (Some("t"), Type::BOOL, Value::Truth(true)),
            (Some("t"), Type::TEXT, Value::Text("t".into())),
            (Some("\\x00"), Type::BYTEA, Value::Bytes),
            (Some("2026-09-01 08:00:00+08"), Type::TIMESTAMPTZ, Value::Text("2026-09-01 08:00:00".into())),
            (Some("0012 "), Type::BPCHAR, Value::Text("0012".into())),
            (Some("12.50"), Type::NUMERIC, Value::Text("12.50".into())),
        ] {
            assert_eq!(value(text, &kind), expected);
        }
    }
}
