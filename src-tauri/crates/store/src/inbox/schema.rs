//! The tables of the receiver's database and its formats. Migrations only add, so that a folder of every earlier build
//! opens.

use std::path::Path;

use rusqlite::Connection;

use crate::StoreError;

/// The tables that a new database begins with, those of format 2.
const FIRST: &str = "
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE account (
    username TEXT PRIMARY KEY, client_id TEXT NOT NULL, password TEXT NOT NULL, app_key TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE call (
    id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, tbl TEXT NOT NULL, at INTEGER NOT NULL,
    result_at INTEGER NOT NULL, collected INTEGER NOT NULL, stored INTEGER NOT NULL, remark TEXT);
CREATE INDEX call_account ON call (account, at);
CREATE TABLE account_row (
    account TEXT NOT NULL, tbl TEXT NOT NULL, key TEXT NOT NULL, call INTEGER NOT NULL REFERENCES call (id),
    times INTEGER NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (tbl, key, account));
PRAGMA user_version = 2;
";

/// What each format adds to the one before, by its number.
const MIGRATIONS: &[(i64, &str)] = &[
    // Before, accounts shared their rows: each row goes to the account that sent it last.
    (
        2,
        "CREATE TABLE account_row (
             account TEXT NOT NULL, tbl TEXT NOT NULL, key TEXT NOT NULL, call INTEGER NOT NULL REFERENCES call (id),
             times INTEGER NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (tbl, key, account));
         INSERT INTO account_row (account, tbl, key, call, times, payload)
             SELECT c.account, r.tbl, r.key, r.call, r.times, r.payload FROM stored_row r JOIN call c ON c.id = r.call;",
    ),
    // The audit log. The triggers stop a statement that was written by mistake; who has the key of the file can remove
    // them, and then the chain of digests shows the change.
    (
        3,
        "CREATE TABLE audit (no INTEGER PRIMARY KEY, at INTEGER NOT NULL, line TEXT NOT NULL, hash TEXT NOT NULL);
         CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
             BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
         CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
             BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;",
    ),
    // Departments with what they answer for, people, and the review of tables.
    (
        4,
        "CREATE TABLE department (name TEXT PRIMARY KEY) WITHOUT ROWID;
         CREATE TABLE account_department (
             username TEXT PRIMARY KEY, department TEXT NOT NULL REFERENCES department (name)) WITHOUT ROWID;
         CREATE TABLE person (
             name TEXT PRIMARY KEY, department TEXT REFERENCES department (name), roles TEXT NOT NULL,
             salt BLOB NOT NULL, hash BLOB NOT NULL) WITHOUT ROWID;
         CREATE TABLE duty (
             tbl TEXT NOT NULL, col TEXT NOT NULL, department TEXT NOT NULL REFERENCES department (name),
             source TEXT NOT NULL, period TEXT NOT NULL, meaning TEXT NOT NULL, due TEXT NOT NULL,
             PRIMARY KEY (tbl, col)) WITHOUT ROWID;
         CREATE TABLE reviewed_table (tbl TEXT PRIMARY KEY) WITHOUT ROWID;
         ALTER TABLE call ADD COLUMN review TEXT;
         CREATE INDEX call_review ON call (review) WHERE review IS NOT NULL;
         CREATE TABLE waiting_row (
             call INTEGER NOT NULL REFERENCES call (id), num INTEGER NOT NULL, key TEXT NOT NULL, payload TEXT NOT NULL,
             PRIMARY KEY (call, num)) WITHOUT ROWID;
         CREATE TABLE returned_cell (
             call INTEGER NOT NULL REFERENCES call (id), num INTEGER NOT NULL, key TEXT NOT NULL, col TEXT NOT NULL,
             reason TEXT NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL);
         CREATE INDEX returned_cell_call ON returned_cell (call);",
    ),
];

/// Makes all tables in a new database.
pub(super) fn make(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(&format!("BEGIN IMMEDIATE; {FIRST} COMMIT;"))?;
    migrate(connection, Path::new(""))
}

/// Adds what the database of an earlier build lacks; an error if a later build made it.
pub(super) fn migrate(connection: &Connection, file: &Path) -> Result<(), StoreError> {
    let known = MIGRATIONS.last().map_or(0, |(format, _)| *format);
    let found: i64 = connection.pragma_query_value(None, "user_version", |r| r.get(0))?;
    if found > known {
        return Err(StoreError::NewerFormat { file: file.display().to_string(), found, known });
    }
    for (format, sql) in MIGRATIONS.iter().filter(|(format, _)| *format > found) {
        connection.execute_batch(&format!("BEGIN IMMEDIATE; {sql} PRAGMA user_version = {format}; COMMIT;"))?;
    }
    Ok(())
}
