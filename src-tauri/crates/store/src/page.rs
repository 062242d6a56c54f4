//! Records a page at a time, filtered and sorted: what the grid shows.

use crate::{Book, Record, StoreError};

/// Asks for a page of records.
#[derive(Debug, Clone, Default)]
pub struct PageQuery {
    /// Table.
    pub table: String,
    /// Period; counts in periodic tables only.
    pub period: String,
    /// Filters, all of which hold.
    pub filters: Vec<Filter>,
    /// Order; empty: as entered. Empty cells come last, equal ones as entered; numbers sort as numbers.
    pub sort: Vec<Sort>,
    /// Only records with findings.
    pub only_findings: bool,
    /// Text that some cell contains, whatever the case of its ASCII letters; empty for all.
    pub find: String,
    /// First record.
    pub offset: u64,
    /// At most so many.
    pub limit: u64,
}

/// A filter on one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// The cell contains this text, whatever the case of its ASCII letters.
    Contains {
        /// Column.
        column: String,
        /// Text.
        text: String,
    },
    /// The cell is one of these values; `""` stands for an empty cell.
    OneOf {
        /// Column.
        column: String,
        /// Values.
        values: Vec<String>,
    },
    /// The cell is empty.
    Empty {
        /// Column.
        column: String,
    },
    /// The cell is not empty.
    Filled {
        /// Column.
        column: String,
    },
}

/// Order by one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// Column.
    pub column: String,
    /// Largest first.
    pub descending: bool,
}

/// A page of records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Records that the query finds in all.
    pub total: u64,
    /// The page.
    pub rows: Vec<Record>,
}

impl Book {
    /// The page, and how many records there are, from one snapshot.
    pub fn page(&self, query: &PageQuery) -> Result<Page, StoreError> {
        let _ = query;
        unimplemented!()
    }
}
