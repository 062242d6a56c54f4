//! Which checks of the college decide whether a row is taken: those of single cells always, the rules over single records
//! where the college wants them, from which level on, and without which rules. The choice is a setting of the receiver's
//! folder, so it can be changed while the receiver runs.

use serde::{Deserialize, Serialize};
use standard::Level;

/// The choice of a college; the default is what every receiver did before there was one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Checks {
    /// Whether the rules of the edition over single records are run, too. Rules that compare records are not: a delivery
    /// has a part of a table only.
    pub rules: bool,
    /// The lightest level of a finding for which a row is rejected.
    pub refuse: Refuse,
    /// Ids of rules that are not run.
    pub without: Vec<String>,
}

/// The lightest level for which a row is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refuse {
    /// Only what blocks a submission on the sender's side, too.
    Mandatory,
    /// Also what the sender could explain; explanations are not part of the protocol.
    Confirm,
}

impl Default for Checks {
    fn default() -> Checks {
        Checks { rules: false, refuse: Refuse::Mandatory, without: Vec::new() }
    }
}

impl Checks {
    /// Whether a row with a finding of this rule and level is rejected.
    pub fn rejects(&self, rule: &str, level: Level) -> bool {
        let counts = match self.refuse {
            Refuse::Mandatory => level == Level::Mandatory,
            Refuse::Confirm => level != Level::Hint,
        };
        counts && !self.without.iter().any(|without| without == rule)
    }
}

/// The setting of the receiver's folder that holds [`Checks`].
pub const SETTING: &str = "checks";
