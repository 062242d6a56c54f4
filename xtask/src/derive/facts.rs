//! The facts folder, as its README describes it. Reading is strict: a key that this program does not read would be a
//! lost fact, so it is an error.

use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::run::Failure;

/// `editions/ID.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    pub edition: String,
    pub level: String,
    pub title: String,
    pub version: Option<String>,
    pub issued: String,
    pub issuers: Vec<String>,
    pub counts: Counts,
    pub subsets: Vec<Subset>,
    pub classes: Vec<Class>,
    pub tables: Vec<Table>,
    pub code_lists: Vec<CodeList>,
}

#[derive(Deserialize, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    pub subsets: usize,
    pub classes: usize,
    pub tables: usize,
    pub fields: usize,
    pub code_lists: usize,
    pub codes: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subset {
    pub code: String,
    pub name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub code: String,
    pub name: String,
    pub subset: String,
    pub subclasses: Vec<Subset>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub no: u32,
    pub name: String,
    pub title: String,
    pub subset: String,
    pub data_class: String,
    pub data_subclass: String,
    pub source_system: Option<String>,
    pub frequency: Frequency,
    pub scope: String,
    pub association: Association,
    pub primary_key: String,
    pub fields: Vec<Field>,
    pub doubt: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frequency {
    pub value: String,
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Association {
    pub kind: String,
    pub tables: Vec<String>,
    pub doubt: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub no: u32,
    pub item_id: String,
    pub column: String,
    pub title: String,
    #[serde(rename = "type")]
    pub letter: String,
    pub kind: String,
    pub max_length: Option<u32>,
    pub precision: Option<u32>,
    pub scale: Option<u32>,
    pub required: bool,
    pub code_list: Option<String>,
    pub separator: Option<String>,
    pub format: Option<String>,
    pub unit: Option<String>,
    pub example: Option<String>,
    pub required_when: Option<Condition>,
    pub conditional_value: Option<ConditionalValue>,
    pub sensitive: Option<String>,
    pub references: Option<Reference>,
    pub reference_basis: Option<String>,
    pub description: Option<String>,
    pub doubt: Option<String>,
    /// The doubt in our words, with its kind; not in the facts.
    #[serde(skip)]
    pub doubts: Vec<standard::Doubt>,
    pub values: Option<Vec<String>>,
    pub max_items: Option<u32>,
    pub max_chars: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub column: Option<String>,
    pub equals: Option<Vec<String>>,
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionalValue {
    pub column: String,
    pub equals: Vec<String>,
    pub value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    pub table: String,
    pub column: String,
    #[serde(default)]
    pub or: Vec<Reference>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeList {
    pub id: String,
    pub title: String,
    pub source: Option<Source>,
    pub doubt: Option<String>,
    pub codes: Vec<Code>,
}

/// Where the edition says that it took a list from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub relation: Option<String>,
    pub standard: Option<String>,
    pub list: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    pub code: String,
    pub name: String,
    pub note: Option<String>,
    pub parent: Option<String>,
}

/// An entry of `codes/index.json`: a national list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct National {
    pub id: String,
    pub file: String,
    pub title: String,
    pub standard: String,
    pub edition: String,
    pub rows: usize,
    pub completeness: String,
    pub basis: String,
    pub doubts: Vec<String>,
}

/// A row of a national list's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NationalCode {
    pub code: String,
    pub name: String,
    pub parent: String,
    pub note: String,
}

/// Reads a JSON file of the facts.
pub fn read_json<T: DeserializeOwned>(facts: &Path, file: &str) -> Result<T, Failure> {
    let bytes = std::fs::read(facts.join(file)).map_err(|e| Failure(format!("{file}: {e}")))?;
    serde_json::from_slice(&bytes).map_err(|e| Failure(format!("{file}: {e}")))
}

/// Reads a national list.
pub fn read_national(facts: &Path, file: &str) -> Result<Vec<NationalCode>, Failure> {
    let wrong = |e: csv::Error| Failure(format!("codes/{file}: {e}"));
    let mut reader = csv::Reader::from_path(facts.join("codes").join(file)).map_err(wrong)?;
    reader.deserialize().collect::<Result<_, _>>().map_err(wrong)
}

impl Edition {
    /// What the edition really holds, to be compared with the printed counts.
    pub fn counted(&self) -> Counts {
        Counts {
            subsets: self.subsets.len(),
            classes: self.classes.len(),
            tables: self.tables.len(),
            fields: self.tables.iter().map(|t| t.fields.len()).sum(),
            code_lists: self.code_lists.len(),
            codes: self.code_lists.iter().map(|l| l.codes.len()).sum(),
        }
    }
}
