//! How good the rules of an edition are, as it was measured.

use serde::{Deserialize, Serialize};
use standard::quality::EditionQuality;
use ts_rs::TS;

/// The measurement that was packed into the program, for one edition.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RulesQuality {
    /// Day of the measurement, `YYYY-MM-DD`.
    pub measured: String,
    /// Seed from which records and places were drawn.
    pub seed: u64,
    /// Damages that were wanted of each kind.
    pub wanted: usize,
    /// The share, from 0 to 1, that has to be noticed for a kind to count as found.
    pub goal: f64,
    /// The figures; absent for an edition that is not built in.
    pub figures: Option<EditionQuality>,
}
