//! What the researchers doubted about a field, with the kind of each doubt: a judgement, in a file that people review.

use std::collections::BTreeMap;

use serde::Deserialize;
use standard::Doubt;

use super::facts::Edition;
use crate::run::Failure;

const DOUBTS: &str = include_str!("doubts.toml");

/// Remark of the facts to the doubts that it speaks of.
pub struct Doubts(BTreeMap<String, Vec<Doubt>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    doubt: Vec<Remark>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remark {
    remark: String,
    is: Vec<Doubt>,
}

impl Doubts {
    /// Reads the file that was built in.
    pub fn read() -> Result<Doubts, Failure> {
        let file: File = toml::from_str(DOUBTS).map_err(|e| Failure(format!("doubts.toml: {e}")))?;
        let mut doubts = BTreeMap::new();
        for Remark { remark, is } in file.doubt {
            if doubts.insert(remark.clone(), is).is_some() {
                return Err(Failure(format!("doubts.toml has {remark:?} twice")));
            }
        }
        Ok(Doubts(doubts))
    }

    /// Puts the doubts beside all fields of an edition that have a remark.
    pub fn edition(&self, edition: &mut Edition) -> Result<(), Failure> {
        for field in edition.tables.iter_mut().flat_map(|table| &mut table.fields) {
            if let Some(remark) = &field.doubt {
                let doubts = self.0.get(remark).filter(|doubts| !doubts.is_empty());
                let missing = || Failure(format!("doubts.toml has nothing for {remark:?}"));
                field.doubts = doubts.ok_or_else(missing)?.clone();
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No doubt is without words, nothing in English is left over for clerks, and no kind is forgotten.
    #[test]
    fn every_doubt_has_chinese_words_and_every_kind_is_used() {
        let english = |text: &str| text.split(|c: char| !c.is_ascii_lowercase()).any(|word| word.len() > 3);
        let mut kinds = std::collections::HashSet::new();
        for doubt in Doubts::read().unwrap().0.into_values().flatten() {
            assert!(!doubt.text.is_empty() && !english(&doubt.text), "{}", doubt.text);
            kinds.insert(doubt.kind);
        }
        assert_eq!(kinds.len(), 7);
    }
}
