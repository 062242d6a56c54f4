//! A record as an unusual case leaves it.

use standard::cell::Values;

/// A record that is changed or added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Name of the table.
    pub table: String,
    /// Index of the record among [`crate::rows`] of the table; absent for one that is added.
    pub row: Option<usize>,
    /// Its values in the order of the fields, as they are afterwards.
    pub values: Values,
}
