//! How far an edit looks: no edit may take longer because the school has more records. What needs every record of a
//! table is done at the edit while the table is small, and waits for the next check of the table beyond that.

use standard::Table;
use store::{ReadConnection, ReadError};

use crate::sql::{any, quoted};

/// Records of a table that an edit looks through, at most: some milliseconds for a column.
pub const SMALL: usize = 10_000;

/// Whether a table has at most [`SMALL`] records, or as many as the limits of the connection say. No more than these
/// are counted.
pub fn is_small(reader: &ReadConnection, table: &Table) -> Result<bool, ReadError> {
    let sql = format!("SELECT 1 FROM {} LIMIT 1 OFFSET {}", quoted(&table.name), reader.whole().unwrap_or(SMALL));
    Ok(!any(reader, &sql, &[])?)
}
