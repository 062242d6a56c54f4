//! Records of earlier periods, carried over into the present one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::verify::api::Edited;

/// Asks for the other periods that a table has records of.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EarlierQuery {
    /// Table name.
    pub table: String,
}

/// A period that a table has records of, other than the present one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EarlierPeriod {
    /// The period as records of the table carry it.
    pub period: String,
    /// The same in words.
    pub words: String,
    /// How many records.
    pub rows: u64,
}

/// Puts the records of another period into the present one as new records, in one step that can be taken back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CarryOver {
    /// Table name.
    pub table: String,
    /// The period that they are taken from.
    pub from: String,
    /// Columns whose values are carried over; empty: all. The others stay empty.
    #[serde(default)]
    pub columns: Vec<String>,
}

/// What was carried over.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CarriedOver {
    /// The step, and the first of the new records.
    pub edited: Edited,
    /// Records left out because the present period has one with the same natural key.
    pub there: u64,
    /// Explanations that hold for the copied records, too.
    #[serde(default)]
    pub explained: u64,
}
