//! Whether the book is whole: the file, and what the book says about itself.

use crate::{Book, StoreError};

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// What: `file`, `cipher`, `foreign-key`, `log`, `key`, `hash`, `batch`.
    pub what: &'static str,
    /// Where, in SQLite's or the book's own words; never a value.
    pub detail: String,
}

impl Book {
    /// Checks pages and their seals, and that the log replays to exactly the records, derived columns are derived,
    /// and frozen batches still have their hashes. Empty: the book is whole. Reads everything: seconds for a large
    /// book.
    pub fn integrity(&self) -> Result<Vec<Flaw>, StoreError> {
        unimplemented!()
    }
}
