//! What earlier rows of an import spoke of, over all its sheets and files.

use std::collections::HashMap;

/// A row of the import: number of its sheet, and its place there.
type At = (i64, u32);

/// Records that rows have spoken of, each with a hash of what they said.
#[derive(Default)]
pub(super) struct Seen {
    /// By table and number of the record.
    records: HashMap<String, HashMap<i64, Said>>,
    /// By the key of a record that the book does not have.
    keys: HashMap<String, Said>,
}

/// What was said of one record.
struct Said {
    first: At,
    hash: u64,
    /// Hashes of further rows that said something else.
    others: Vec<u64>,
}

/// An earlier row that speaks of the same record.
pub(super) struct Earlier {
    /// The first of them.
    pub first: At,
    /// Whether one of them says the same.
    pub same: bool,
}

impl Seen {
    /// Whether a row has spoken of this record.
    pub fn has_record(&self, table: &str, record: i64) -> bool {
        self.records.get(table).is_some_and(|records| records.contains_key(&record))
    }

    /// A row speaks of a record of the book. Answers the earlier rows that do.
    pub fn record(&mut self, table: &str, record: i64, at: At, hash: u64) -> Option<Earlier> {
        if !self.records.contains_key(table) {
            self.records.insert(table.to_owned(), HashMap::new());
        }
        said(self.records.get_mut(table)?, record, at, hash)
    }

    /// A row speaks of a record that the book does not have. Answers the earlier rows that do.
    pub fn key(&mut self, key: &str, at: At, hash: u64) -> Option<Earlier> {
        said(&mut self.keys, key.to_owned(), at, hash)
    }
}

fn said<K: Eq + std::hash::Hash>(all: &mut HashMap<K, Said>, of: K, at: At, hash: u64) -> Option<Earlier> {
    let said = match all.entry(of) {
        std::collections::hash_map::Entry::Vacant(place) => {
            place.insert(Said { first: at, hash, others: Vec::new() });
            return None;
        }
        std::collections::hash_map::Entry::Occupied(said) => said.into_mut(),
    };
    let same = said.hash == hash || said.others.contains(&hash);
    if !same {
        said.others.push(hash);
    }
    Some(Earlier { first: said.first, same })
}
