//! Mistakes as they happen in colleges, made on purpose in the records of the sample college: the measure of how much
//! the checks find.
//!
//! A [`DamageKind`] says to which places of an edition it applies and what it does to a record there. [`damages`] draws
//! records and places from a seed, evenly over all places of the kind, so that no field is chosen because it is known
//! to be checked. The result depends on the edition, the kind, the seed and the number only.
//!
//! | module | mistakes |
//! | --- | --- |
//! | `typing` | slips of the hand in one cell |
//! | `excel` | what a spreadsheet makes of cells |
//! | `columns` | cells and rows in the wrong place |
//! | `dates` | days and years |
//! | `codes` | codes of lists, regions |
//! | `numbers` | signs, units, sums |
//! | `records` | whole records, references, names |

mod codes;
mod columns;
mod dates;
mod excel;
mod fields;
mod ground;
mod kind;
mod numbers;
mod records;
mod typing;

use std::collections::HashSet;

use standard::Table;
use standard::cell::Values;

pub use ground::Ground;
pub use kind::DamageKind;
use kind::{Place, Site};

use crate::random::Random;

/// One mistake in one record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Damage {
    /// Name of the table.
    pub table: String,
    /// Index of the record among [`crate::rows`] of the table.
    pub row: usize,
    /// Positions of the columns that differ from the record.
    pub columns: Vec<usize>,
    /// The values as somebody would type them.
    pub values: Values,
}

/// Every kind, in the order of the table.
pub fn kinds() -> impl Iterator<Item = &'static DamageKind> {
    [typing::KINDS, excel::KINDS, columns::KINDS, dates::KINDS, codes::KINDS, numbers::KINDS, records::KINDS]
        .into_iter()
        .flatten()
}

/// Draws that are tried for each damage that is wanted, before the places count as exhausted.
const TRIES: usize = 40;

/// Up to `count` different mistakes of one kind. Fewer, where the records of the edition do not give as many.
pub fn damages(ground: &Ground, kind: &DamageKind, seed: u64, count: usize) -> Vec<Damage> {
    let places: Vec<(&Table, Place)> = ground
        .tables()
        .flat_map(|table| (kind.places)(ground, table).into_iter().map(move |place| (table, place)))
        .collect();
    let mut made = Vec::new();
    let mut seen = HashSet::new();
    if places.is_empty() {
        return made;
    }
    let topic = format!("damage {seed} {} {}", kind.id, ground.edition.id);
    for draw in 0..count * TRIES {
        if made.len() == count {
            break;
        }
        let mut random = Random::of(&topic, draw);
        let (table, place) = &places[random.below(places.len())];
        let rows = ground.rows(&table.name);
        if rows.is_empty() {
            continue;
        }
        let row = random.below(rows.len());
        let mut site = Site { table, rows, row, place, random };
        let Some(values) = (kind.make)(ground, &mut site) else { continue };
        let columns: Vec<usize> = (0..values.len()).filter(|at| values[*at] != rows[row][*at]).collect();
        let damage = Damage { table: table.name.clone(), row, columns, values };
        // Further rows of the same values are one mistake, whichever record was drawn for them.
        let changes = kind.further || !damage.columns.is_empty();
        if changes && seen.insert((damage.table.clone(), (!kind.further).then_some(row), damage.values.clone())) {
            made.push(damage);
        }
    }
    made
}
