//! What damages are made on: an edition, its records, and the other editions.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use standard::cell::Values;
use standard::{CodeList, Edition, Standards, Table};

/// An edition with the records of the sample college, and what kinds look up in them.
pub struct Ground {
    /// The edition that the records are of.
    pub edition: Arc<Edition>,
    rows: BTreeMap<String, Vec<Values>>,
    others: Vec<Arc<Edition>>,
}

impl Ground {
    /// The records of the sample college for an edition. The other editions of `standards` give codes of other
    /// editions.
    pub fn new(standards: &Standards, edition: &Arc<Edition>) -> Ground {
        let rows = crate::tables(edition).map(|(table, rows)| (table.to_owned(), rows)).collect();
        let others = standards.editions().iter().filter(|other| other.id != edition.id).cloned().collect();
        Ground { edition: edition.clone(), rows, others }
    }

    /// The tables in printed order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.edition.tables.iter()
    }

    /// The records of a table without damage.
    pub fn rows(&self, table: &str) -> &[Values] {
        self.rows.get(table).map_or(&[], Vec::as_slice)
    }

    /// The values of a column, each once.
    pub(super) fn values(&self, table: &str, column: &str) -> HashSet<&str> {
        let Some(at) = self.edition.table(table).and_then(|table| table.position(column)) else {
            return HashSet::new();
        };
        self.rows(table).iter().map(|row| row[at].as_str()).collect()
    }

    /// The lists of the same name in other editions.
    pub(super) fn other_lists<'g>(&'g self, id: &'g str) -> impl Iterator<Item = &'g Arc<CodeList>> {
        self.others.iter().filter_map(move |other| other.code_lists.get(id))
    }

    /// The list of codes that were valid once, of a national list.
    pub(super) fn historical(&self, id: &str) -> Option<&Arc<CodeList>> {
        self.edition.code_list(&format!("{id}_historical"))
    }
}
