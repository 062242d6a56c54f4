//! The records of one kind while they are made.

use std::collections::BTreeMap;

use standard::Table;
use standard::cell::Values;

use super::change::Change;
use crate::damage::Ground;
use crate::random::Random;

/// Records that one kind changes in each table.
const RECORDS: usize = 12;

/// The records of the sample with the changes of one kind. Tables and columns that the edition does not have are
/// ignored.
pub struct Case<'g> {
    ground: &'g Ground,
    topic: String,
    draws: usize,
    changed: BTreeMap<(String, usize), Values>,
    added: BTreeMap<String, usize>,
}

/// One record: table and index. Indexes behind the sample's records are those of added ones.
pub type Place = (&'static str, usize);

impl<'g> Case<'g> {
    pub fn new(ground: &'g Ground, topic: &str) -> Case<'g> {
        Case { ground, topic: topic.to_owned(), draws: 0, changed: BTreeMap::new(), added: BTreeMap::new() }
    }

    fn table(&self, table: &str) -> Option<&'g Table> {
        self.ground.edition.table(table)
    }

    /// A random source for the next choice.
    pub fn random(&mut self) -> Random {
        self.draws += 1;
        Random::of(&self.topic, self.draws)
    }

    /// Some records of the tables that the edition has, each fulfilling a condition on the text of its columns.
    pub fn some(&mut self, tables: &[&'static str], wanted: impl Fn(&dyn Fn(&str) -> String) -> bool) -> Vec<Place> {
        let mut places = Vec::new();
        for name in tables {
            if self.table(name).is_none() {
                continue;
            }
            let fits = |row: &usize| wanted(&|column| self.text((name, *row), column));
            let mut rows: Vec<usize> = (0..self.ground.rows(name).len()).filter(fits).collect();
            for _ in 0..RECORDS.min(rows.len()) {
                let drawn = self.random().below(rows.len());
                places.push((*name, rows.swap_remove(drawn)));
            }
        }
        places
    }

    /// Any records of these tables.
    pub fn any(&mut self, tables: &[&'static str]) -> Vec<Place> {
        self.some(tables, |_| true)
    }

    /// Every record of these tables that fulfils a condition.
    pub fn all(&self, tables: &[&'static str], wanted: impl Fn(&dyn Fn(&str) -> String) -> bool) -> Vec<Place> {
        let mut places = Vec::new();
        for name in tables.iter().filter(|name| self.table(name).is_some()) {
            let fits = |row: &usize| wanted(&|column| self.text((name, *row), column));
            places.extend((0..self.ground.rows(name).len()).filter(fits).map(|row| (*name, row)));
        }
        places
    }

    fn values(&self, (table, row): Place) -> Option<&Values> {
        self.changed.get(&(table.to_owned(), row)).or_else(|| self.ground.rows(table).get(row))
    }

    /// The text of a column now; empty where the table does not have it.
    pub fn text(&self, place: Place, column: &str) -> String {
        let at = self.table(place.0).and_then(|table| table.position(column));
        at.and_then(|at| self.values(place)?.get(at).cloned()).unwrap_or_default()
    }

    /// Puts texts into columns of a record; columns that the table does not have are ignored.
    pub fn set(&mut self, place: Place, cells: &[(&str, &str)]) {
        let Some(table) = self.table(place.0) else { return };
        let Some(mut values) = self.values(place).cloned() else { return };
        for (column, text) in cells {
            if let Some(at) = table.position(column) {
                values[at] = (*text).to_owned();
            }
        }
        self.changed.insert((place.0.to_owned(), place.1), values);
    }

    /// Adds a record like another one.
    pub fn add(&mut self, like: Place, cells: &[(&str, &str)]) -> Place {
        let added = self.added.entry(like.0.to_owned()).or_default();
        let place = (like.0, self.ground.rows(like.0).len() + *added);
        *added += 1;
        if let Some(values) = self.values(like).cloned() {
            self.changed.insert((place.0.to_owned(), place.1), values);
        }
        self.set(place, cells);
        place
    }

    /// Gives a person another name: wherever the number and the old name stand in one record.
    pub fn rename(&mut self, number: &str, old: &str, new: &str) {
        for table in &self.ground.edition.tables {
            for (row, clean) in self.ground.rows(&table.name).iter().enumerate() {
                if !clean.iter().any(|text| text == number) {
                    continue;
                }
                let values = self.changed.entry((table.name.clone(), row)).or_insert_with(|| clean.clone());
                values.iter_mut().filter(|text| *text == old).for_each(|text| new.clone_into(text));
            }
        }
    }

    /// What is different from the sample.
    pub fn changes(self) -> Vec<Change> {
        let change = |((table, row), values): ((String, usize), Values)| {
            let rows = self.ground.rows(&table);
            match rows.get(row) {
                Some(clean) if *clean == values => None,
                clean => Some(Change { table, row: clean.map(|_| row), values }),
            }
        };
        self.changed.into_iter().filter_map(change).collect()
    }
}
