//! Misbehaviour on purpose: what lines and receivers do to senders, for tests and rehearsals. Nothing by default.

use std::path::Path;

use serde::Deserialize;

use crate::error::CenterError;

/// What to do wrong. "Every Nth" counts submissions from 1; a TOML file can hold it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mischief {
    /// The line is cut instead of the reply to every Nth submission, after storing.
    pub cut_every: Option<u32>,
    /// Every Nth submission gets no reply at all, after storing.
    pub silent_every: Option<u32>,
    /// Every Nth submission is dropped as a whole with one plain sentence for a remark.
    pub sentence_every: Option<u32>,
    /// Every Nth submission is refused.
    pub refuse_every: Option<u32>,
    /// Milliseconds that every reply to a submission takes.
    pub slow_ms: u32,
    /// Rows that are dropped although the checks find nothing.
    pub reject: Vec<Planted>,
}

impl Mischief {
    /// Reads a TOML file.
    pub fn read(file: &Path) -> Result<Mischief, CenterError> {
        let failed = |reason: String| CenterError::Mischief { file: file.display().to_string(), reason };
        let text = std::fs::read_to_string(file).map_err(|error| failed(error.to_string()))?;
        toml::from_str(&text).map_err(|error| failed(error.message().to_owned()))
    }
}

/// Rows with this value are dropped.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planted {
    /// Table.
    pub table: String,
    /// Column.
    pub column: String,
    /// Value.
    pub value: String,
}

/// Whether the Nth of something is meant.
pub(crate) fn hits(every: Option<u32>, count: u32) -> bool {
    every.is_some_and(|every| every > 0 && count.is_multiple_of(every))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_nth() {
        let hit = |every| (1..=6).filter(|count| hits(every, *count)).collect::<Vec<_>>();
        assert!(hit(None).is_empty());
        assert!(hit(Some(0)).is_empty());
        assert_eq!(hit(Some(1)), [1, 2, 3, 4, 5, 6]);
        assert_eq!(hit(Some(3)), [3, 6]);
    }

    #[test]
    fn read_from_a_file() {
        let text = "cut_every = 2\n[[reject]]\ntable = \"ODS_X\"\ncolumn = \"XM\"\nvalue = \"坏\"\n";
        let mischief: Mischief = toml::from_str(text).unwrap();
        let planted = Planted { table: "ODS_X".into(), column: "XM".into(), value: "坏".into() };
        assert_eq!(mischief, Mischief { cut_every: Some(2), reject: vec![planted], ..Mischief::default() });
        assert!(toml::from_str::<Mischief>("cut_evry = 2").is_err());
    }
}
