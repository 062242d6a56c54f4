//! `setting`: settings as JSON, by name. The receiver's database has a table of the same form.

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use crate::StoreError;

pub(super) const MIGRATIONS: &[(i64, &str)] =
    &[(1, "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;")];

/// The setting of this name.
pub(crate) fn get(connection: &Connection, name: &str) -> Result<Option<Value>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    let text: Option<String> = statement.query_row([name], |r| r.get("value")).optional()?;
    let broken = |_| StoreError::Failed { reason: format!("the setting {name} is not JSON") };
    text.map(|text| serde_json::from_str(&text).map_err(broken)).transpose()
}

/// Keeps a setting; `null` takes it away.
pub(crate) fn set(connection: &Connection, name: &str, value: &Value) -> Result<(), StoreError> {
    if value.is_null() {
        connection.execute("DELETE FROM setting WHERE name = ?1", [name])?;
    } else {
        connection.execute(
            "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value",
            (name, value.to_string()),
        )?;
    }
    Ok(())
}
