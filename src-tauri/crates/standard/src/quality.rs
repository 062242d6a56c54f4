//! How good the rules of the built-in editions are, as `cargo xtask rules --save` measured it: standards/quality.json.
//!
//! Records of the sample college are damaged on purpose, and made true but unusual; what the checks say of them is
//! counted. The figures are those of the rules on that day.

use serde::{Deserialize, Serialize};

/// The file, packed into the program.
static BUILTIN: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../standards/quality.json"));

/// The share of a kind's damages that has to be noticed for the kind to count as found.
pub const GOAL: f64 = 0.95;

/// One measurement of all editions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Day of the measurement, `YYYY-MM-DD`.
    pub measured: String,
    /// Seed from which records and places were drawn.
    pub seed: u64,
    /// Damages that were wanted of each kind in each edition; fewer where the records do not give as many.
    pub wanted: usize,
    /// By edition.
    pub editions: Vec<EditionQuality>,
}

/// The figures of one edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct EditionQuality {
    /// Edition id.
    pub edition: String,
    /// Rules of the edition on that day.
    pub rules: usize,
    /// Records of the sample college, all tables together.
    pub records: usize,
    /// Findings in these records without any damage.
    pub clean: usize,
    /// By kind of damage.
    pub damaged: Vec<Damaged>,
    /// By kind of true but unusual record.
    pub unusual: Vec<Unusual>,
}

/// How many damages of one kind were noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Damaged {
    /// Name for programs, such as `swapped-digits`.
    pub id: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// What is done to which fields, in Chinese.
    pub what: String,
    /// Why some are not noticed, in Chinese; empty if no reason is known.
    pub limit: String,
    /// Records that were damaged; 0 where the edition has no place for this kind.
    pub made: usize,
    /// How many were corrected by reading before they were stored.
    pub mended: usize,
    /// How many have a finding on the record.
    pub found: usize,
    /// Of those: on a damaged cell.
    pub on_cell: usize,
    /// How many have findings only on other records, because of this one.
    pub elsewhere: usize,
    /// Of those found: with a mandatory finding.
    pub mandatory: usize,
    /// Of those found: with a finding to confirm, and none that is mandatory.
    pub confirm: usize,
    /// Of those found: with hints only.
    pub hint: usize,
}

impl Damaged {
    /// Share that is noticed or corrected, from 0 to 1; `None` if nothing was damaged.
    pub fn recall(&self) -> Option<f64> {
        let noticed = self.mended + self.found + self.elsewhere;
        (self.made > 0).then(|| noticed as f64 / self.made as f64)
    }

    /// Adds what was counted in another edition.
    pub fn add(&mut self, other: &Damaged) {
        self.made += other.made;
        self.mended += other.mended;
        self.found += other.found;
        self.on_cell += other.on_cell;
        self.elsewhere += other.elsewhere;
        self.mandatory += other.mandatory;
        self.confirm += other.confirm;
        self.hint += other.hint;
    }
}

/// The findings on true but unusual records of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Unusual {
    /// Name for programs, such as `summer-term`.
    pub id: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// What is unusual about them, in Chinese.
    pub what: String,
    /// Why it is right to ask, in Chinese; empty where nothing should be asked.
    pub asked: String,
    /// Records that were changed or added; 0 where the edition has none of the tables.
    pub records: usize,
    /// Mandatory findings on any record, which the records without the change do not have.
    pub mandatory: usize,
    /// Findings to confirm, counted alike.
    pub confirm: usize,
    /// Hints, counted alike.
    pub hint: usize,
}

/// The measurement that was packed into the program.
pub fn builtin() -> Result<Quality, serde_json::Error> {
    serde_json::from_str(BUILTIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Standards;

    #[test]
    fn every_built_in_edition_is_measured() {
        let quality = builtin().unwrap();
        let measured: Vec<&str> = quality.editions.iter().map(|edition| edition.edition.as_str()).collect();
        let standards = Standards::builtin().unwrap();
        let built_in: Vec<&str> = standards.editions().iter().map(|edition| edition.id.as_str()).collect();
        assert_eq!(measured, built_in);
    }
}
