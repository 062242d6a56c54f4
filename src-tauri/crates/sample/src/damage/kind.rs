//! What a kind of mistake is, and the record that one is made in.

use standard::Table;
use standard::cell::Values;

use super::ground::Ground;
use crate::random::Random;

/// Where a kind applies: columns of one table, by their positions.
pub(super) type Place = Vec<usize>;

/// One kind of mistake.
pub struct DamageKind {
    /// Name for programs, such as `swapped-digits`.
    pub id: &'static str,
    /// Name in Chinese.
    pub zh: &'static str,
    /// Name in English.
    pub en: &'static str,
    /// What is done to which fields, in Chinese.
    pub what: &'static str,
    /// Why some of them stay unseen, in Chinese; empty where all can be seen.
    pub limit: &'static str,
    /// Whether the damaged record stands beside the right one instead of replacing it.
    pub further: bool,
    pub(super) places: fn(&Ground, &Table) -> Vec<Place>,
    pub(super) make: fn(&Ground, &mut Site<'_>) -> Option<Values>,
}

/// A record and a place in it, while it is damaged.
pub(super) struct Site<'g> {
    pub table: &'g Table,
    /// All records of the table, without damage.
    pub rows: &'g [Values],
    /// Index of the record.
    pub row: usize,
    pub place: &'g [usize],
    pub random: Random,
}

impl<'g> Site<'g> {
    /// The record as it is.
    pub fn record(&self) -> &'g Values {
        &self.rows[self.row]
    }

    /// Text of the first column of the place.
    pub fn text(&self) -> &'g str {
        &self.record()[self.place[0]]
    }

    /// The record with another text in the first column of the place.
    pub fn with(&self, text: impl Into<String>) -> Option<Values> {
        let mut values = self.record().clone();
        values[self.place[0]] = text.into();
        Some(values)
    }
}
