//! What is judged, not printed: natural keys, other headings, periods that scope and frequency leave open, and dates of
//! events. Four files that people review, built into this program.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use standard::{KeyPeriod, KeyRule, Merge, PeriodKind, Table};

use super::facts::Edition;
use crate::run::Failure;

const NATURAL_KEYS: &str = include_str!("natural_keys.toml");
const ALIASES: &str = include_str!("aliases.toml");
const PERIODS: &str = include_str!("periods.toml");
const EVENTS: &str = include_str!("events.toml");

/// Section, table, what is judged of it.
type NaturalKeys = BTreeMap<String, BTreeMap<String, NaturalKey>>;
/// Section, table, column, headings.
type Aliases = BTreeMap<String, BTreeMap<String, BTreeMap<String, Vec<String>>>>;

/// The natural key of a table: the columns in which any two of its records differ.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NaturalKey {
    /// Columns; empty: all that a clerk fills.
    key: Vec<String>,
    /// Why these columns.
    why: String,
    /// Why true records may share them.
    repeats: Option<String>,
    /// How equal rows become one.
    merge: Option<Merge>,
    /// Why a record keeps its key in the next period although the key contains no date.
    lasting: Option<String>,
}

impl NaturalKey {
    /// Puts the judgement into a table whose fields and period are there.
    pub fn put_into(&self, table: &mut Table) {
        table.natural_key = self.key.clone();
        let follows = KeyPeriod::of(table);
        let lasting = self.lasting.clone().filter(|_| follows != KeyPeriod::Never);
        table.key_rule = KeyRule {
            basis: Some(self.why.clone()),
            period: if lasting.is_some() { KeyPeriod::Never } else { follows },
            period_basis: lasting,
            repeats: self.repeats.clone(),
            merge: self.merge,
        };
    }
}

/// Section, table, period.
type Periods = BTreeMap<String, BTreeMap<String, JudgedPeriod>>;
/// Section, table, columns of the event.
type Events = BTreeMap<String, BTreeMap<String, JudgedEvent>>;

/// How much time a record covers, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JudgedPeriod {
    period: PeriodKind,
    #[serde(rename = "reason")]
    _reason: String,
}

/// The columns that say when something happened.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedEvent {
    pub date: String,
    pub end: Option<String>,
    #[serde(default)]
    pub goes_on: bool,
}

/// All files.
pub struct Judgement {
    natural_keys: NaturalKeys,
    aliases: Aliases,
    periods: Periods,
    events: Events,
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
        let periods = toml::from_str(PERIODS).map_err(|e| Failure(format!("periods.toml: {e}")))?;
        let events = toml::from_str(EVENTS).map_err(|e| Failure(format!("events.toml: {e}")))?;
        Ok(Judgement { natural_keys, aliases, periods, events })
    }

    /// What holds for the edition of this id. Every table must have its natural key; every name must exist.
    pub fn of<'a>(&'a self, id: &'a str, edition: &Edition) -> Result<Judged<'a>, Failure> {
        let family = id.split_once('-').map_or(id, |(family, _)| family);
        let judged = Judged { sections: [id, family], judgement: self };
        let mut wrong = Vec::new();
        for table in &edition.tables {
            let columns: BTreeSet<&str> = table.fields.iter().map(|f| f.column.as_str()).collect();
            let event = judged.event(&table.name);
            let event = event.into_iter().flat_map(|event| [Some(&event.date), event.end.as_ref()]).flatten();
            let aliased = judged.tables_aliases(&table.name).flat_map(BTreeMap::keys);
            match judged.natural_key(&table.name) {
                None => wrong.push(format!("{id}: no natural key for {}", table.name)),
                Some(key) => wrong.extend(
                    key.key
                        .iter()
                        .chain(aliased)
                        .chain(event)
                        .filter(|column| !columns.contains(column.as_str()))
                        .map(|column| format!("{id}: {} has no column {column}", table.name)),
                ),
            }
        }
        if wrong.is_empty() { Ok(judged) } else { Err(Failure(wrong.join("\n"))) }
    }
}

impl<'a> Judged<'a> {
    /// The natural key of the table.
    pub fn natural_key(&self, table: &str) -> Option<&'a NaturalKey> {
        self.sections.iter().find_map(|section| self.judgement.natural_keys.get(*section)?.get(table))
    }

    /// Other headings of a column.
    pub fn aliases(&self, table: &str, column: &str) -> Vec<String> {
        self.tables_aliases(table).find_map(|columns| columns.get(column)).cloned().unwrap_or_default()
    }

    /// The period of a table whose scope and frequency disagree.
    pub fn period(&self, table: &str) -> Option<PeriodKind> {
        let of = |section: &&str| self.judgement.periods.get(*section)?.get(table);
        self.sections.iter().find_map(of).map(|judged| judged.period)
    }

    /// The columns with the date of the event that a record of the table reports.
    pub fn event(&self, table: &str) -> Option<&'a JudgedEvent> {
        self.sections.iter().find_map(|section| self.judgement.events.get(*section)?.get(table))
    }

    fn tables_aliases(&self, table: &str) -> impl Iterator<Item = &'a BTreeMap<String, Vec<String>>> {
        self.sections.iter().filter_map(move |section| self.judgement.aliases.get(*section)?.get(table))
    }
}
