//! `acceptance`: the content of each record that a connection has accepted last, as a hash.

use rusqlite::Connection;

use crate::StoreError;
use crate::tables::batch::Batch;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    1,
    "CREATE TABLE acceptance (
         connection TEXT NOT NULL, tbl TEXT NOT NULL, row INTEGER NOT NULL, hash BLOB NOT NULL, batch INTEGER NOT NULL,
         PRIMARY KEY (connection, tbl, row)) WITHOUT ROWID;",
)];

/// Writes down that the receiver of a batch has this content of a record, unless it has that of a newer batch.
pub(crate) fn accept(connection: &Connection, batch: &Batch, row: i64, hash: &[u8; 32]) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO acceptance (connection, tbl, row, hash, batch) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (connection, tbl, row) DO UPDATE SET hash = excluded.hash, batch = excluded.batch
             WHERE excluded.batch >= batch",
        )?
        .execute((&batch.connection, &batch.table, row, hash, batch.id))?;
    Ok(())
}
