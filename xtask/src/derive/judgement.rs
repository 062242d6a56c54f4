//! Judgements that are not printed in the standard: natural keys and other headings. They are in two files that people
//! review, built into this program.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Edition;
use crate::run::Failure;

const NATURAL_KEYS: &str = include_str!("natural_keys.toml");
const ALIASES: &str = include_str!("aliases.toml");

/// Section, table, columns.
type NaturalKeys = BTreeMap<String, BTreeMap<String, Vec<String>>>;
/// Section, table, column, headings.
type Aliases = BTreeMap<String, BTreeMap<String, BTreeMap<String, Vec<String>>>>;

/// Both files.
pub struct Judgement {
    natural_keys: NaturalKeys,
    aliases: Aliases,
}

/// What holds for one edition.
pub struct Judged<'a> {
    sections: [&'a str; 2],
    judgement: &'a Judgement,
}

impl Judgement {
    /// Reads the files that were built in.
    pub fn read() -> Result<Judgement, Failure> {
        let natural_keys = toml::from_str(NATURAL_KEYS).map_err(|e| Failure(format!("natural_keys.toml: {e}")))?;
        let aliases = toml::from_str(ALIASES).map_err(|e| Failure(format!("aliases.toml: {e}")))?;
        Ok(Judgement { natural_keys, aliases })
    }

    /// What holds for the edition of this id. Every table must have its natural key; every name must exist.
    pub fn of<'a>(&'a self, id: &'a str, edition: &Edition) -> Result<Judged<'a>, Failure> {
        let family = id.split_once('-').map_or(id, |(family, _)| family);
        let judged = Judged { sections: [id, family], judgement: self };
        let mut wrong = Vec::new();
        for table in &edition.tables {
            let columns: BTreeSet<&str> = table.fields.iter().map(|f| f.column.as_str()).collect();
            let aliased = judged.tables_aliases(&table.name).flat_map(BTreeMap::keys);
            match judged.natural_key(&table.name) {
                None => wrong.push(format!("{id}: no natural key for {}", table.name)),
                Some(key) => wrong.extend(
                    key.iter()
                        .chain(aliased)
                        .filter(|column| !columns.contains(column.as_str()))
                        .map(|column| format!("{id}: {} has no column {column}", table.name)),
                ),
            }
        }
        if wrong.is_empty() { Ok(judged) } else { Err(Failure(wrong.join("\n"))) }
    }
}

impl<'a> Judged<'a> {
    /// The columns that tell two records of the table apart.
    pub fn natural_key(&self, table: &str) -> Option<&'a Vec<String>> {
        self.sections.iter().find_map(|section| self.judgement.natural_keys.get(*section)?.get(table))
    }

    /// Other headings of a column.
    pub fn aliases(&self, table: &str, column: &str) -> Vec<String> {
        self.tables_aliases(table).find_map(|columns| columns.get(column)).cloned().unwrap_or_default()
    }

    fn tables_aliases(&self, table: &str) -> impl Iterator<Item = &'a BTreeMap<String, Vec<String>>> {
        self.sections.iter().filter_map(move |section| self.judgement.aliases.get(*section)?.get(table))
    }
}
