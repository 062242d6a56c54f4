//! Which tables the checks after an edit may read completely, so that an edit takes no longer in a larger school. A
//! check that needs every record of a table runs after the edit only while the table is small; otherwise it waits
//! until all of the table is checked.

use standard::Table;
use store::{ReadConnection, ReadError};

use crate::sql::{any, quoted};

/// The largest number of records of a table that are read after an edit; one column of them takes some milliseconds.
pub const SMALL: usize = 10_000;

/// Whether a table has at most [`SMALL`] records, or the number in the limits of the connection. Counting stops at that
/// number.
pub fn is_small(reader: &ReadConnection, table: &Table) -> Result<bool, ReadError> {
    let sql = format!("SELECT 1 FROM {} LIMIT 1 OFFSET {}", quoted(&table.name), reader.whole().unwrap_or(SMALL));
    Ok(!any(reader, &sql, &[])?)
}
