//! How the records of a table are told apart: our judgement, beside the columns of the natural key.

use serde::{Deserialize, Serialize};

/// When the period that a record belongs to enters its key.
///
/// A period that enters makes another record in each period. It enters only where nothing else in the key tells when
/// the record was: so a loan that is returned in the next term stays the same record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPeriod {
    /// Never: the natural key tells the time, or the record is the same in every period.
    #[default]
    Never,
    /// In records whose dates in the natural key are all empty: those dates are optional.
    Undated,
    /// Always: nothing in the natural key tells the time.
    Always,
}

/// How equal records of a table become one where each row is meant to be a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Merge {
    /// Counts and amounts are added up.
    Sum,
    /// Scores are averaged, weighted by the number of people.
    Average,
}

/// What our judgement says about the records of a table, beside the columns of its natural key. The reasons are one
/// line each, in English.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyRule {
    /// Why the natural key has these columns.
    pub basis: Option<String>,
    /// When the period enters the key.
    pub period: KeyPeriod,
    /// Why it does not, where it would after `KeyPeriod::of`.
    pub period_basis: Option<String>,
    /// Why true records of the table may share their natural key: nothing that is printed tells them apart. Absent:
    /// the natural key tells all records apart.
    pub repeats: Option<String>,
    /// How equal records become one.
    pub merge: Option<Merge>,
}
