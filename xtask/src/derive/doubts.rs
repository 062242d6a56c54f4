//! What the researchers doubted about a field, with the kind of each doubt, and which mandatory fields true records may
//! have no value for: judgements, in files that people review.

use std::collections::BTreeMap;

use serde::Deserialize;
use standard::{Doubt, DoubtKind};

use super::facts::Edition;
use crate::run::Failure;

const DOUBTS: &str = include_str!("doubts.toml");
const OPEN_VALUES: &str = include_str!("open_values.toml");

/// Both files.
pub struct Doubts {
    /// Remark of the facts to the doubts that it is about.
    remarks: BTreeMap<String, Vec<Doubt>>,
    /// Section, table, column of the mandatory fields whose value is open.
    open: BTreeMap<String, BTreeMap<String, BTreeMap<String, OpenValue>>>,
}

/// Why a true record may have no value in a mandatory field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenValue {
    text: String,
    #[serde(rename = "reason")]
    _reason: String,
}

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
    /// Reads the files that were built in.
    pub fn read() -> Result<Doubts, Failure> {
        let file: File = toml::from_str(DOUBTS).map_err(|e| Failure(format!("doubts.toml: {e}")))?;
        let open = toml::from_str(OPEN_VALUES).map_err(|e| Failure(format!("open_values.toml: {e}")))?;
        let mut remarks = BTreeMap::new();
        for Remark { remark, is } in file.doubt {
            if remarks.insert(remark.clone(), is).is_some() {
                return Err(Failure(format!("doubts.toml has {remark:?} twice")));
            }
        }
        Ok(Doubts { remarks, open })
    }

    /// Puts the doubts beside all fields of the edition of this id that have a remark, and beside those whose value is
    /// open.
    pub fn edition(&self, id: &str, edition: &mut Edition) -> Result<(), Failure> {
        for field in edition.tables.iter_mut().flat_map(|table| &mut table.fields) {
            if let Some(remark) = &field.doubt {
                let doubts = self.remarks.get(remark).filter(|doubts| !doubts.is_empty());
                let missing = || Failure(format!("doubts.toml has nothing for {remark:?}"));
                field.doubts = doubts.ok_or_else(missing)?.clone();
            }
        }
        let family = id.split_once('-').map_or(id, |(family, _)| family);
        for (table, columns) in [id, family].iter().filter_map(|section| self.open.get(*section)).flatten() {
            // Tests derive editions with only some of the tables; for the real editions a test checks that every table
            // exists.
            if !edition.tables.iter().any(|one| one.name == *table) {
                continue;
            }
            for (column, open) in columns {
                let fields = edition.tables.iter_mut().filter(|t| t.name == *table).flat_map(|table| &mut table.fields);
                let is_open = |field: &&mut super::facts::Field| field.column == *column && field.required;
                let field = fields.into_iter().find(is_open);
                let none = || Failure(format!("open_values.toml: {id} has no mandatory field {table}.{column}"));
                field.ok_or_else(none)?.doubts.push(Doubt { kind: DoubtKind::Value, text: open.text.clone() });
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
        for doubt in Doubts::read().unwrap().remarks.into_values().flatten() {
            assert!(!doubt.text.is_empty() && !english(&doubt.text), "{}", doubt.text);
            kinds.insert(doubt.kind);
        }
        assert_eq!(kinds.len(), 7);
    }

    /// A misspelt table would be skipped silently.
    #[test]
    fn every_open_value_is_a_mandatory_field_of_its_editions() {
        let doubts = Doubts::read().unwrap();
        let standards = standard::Standards::builtin().unwrap();
        let mut seen = 0;
        for edition in standards.editions() {
            let family = edition.id.split_once('-').unwrap().0;
            let sections = [edition.id.as_str(), family];
            for (table, columns) in sections.iter().filter_map(|section| doubts.open.get(*section)).flatten() {
                for column in columns.keys() {
                    let field = edition.table(table).and_then(|table| table.field(column));
                    assert!(field.is_some_and(|field| field.required), "{} {table}.{column}", edition.id);
                    seen += 1;
                }
            }
        }
        assert!(seen > 10, "{seen}");
    }
}
