//! Rows as they are sent.

use protocol::row::{Cell, write};
use protocol::{Options, Row};

/// A row as it is sent: its key and its version.
pub fn row_of(key: &str, version: u64) -> Row {
    let text = version.to_string();
    let cells = [("ZJSJWYXBS", key), ("BB", &text)];
    write(cells.map(|(column, text)| Cell { column, text, number: false }), &Options::default())
}
