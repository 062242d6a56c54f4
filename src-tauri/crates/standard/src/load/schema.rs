//! A table's file as it is written: a Table Schema with our own keys. Unknown keys do not pass.

use serde::{Deserialize, Serialize};

use crate::{Condition, Doubt, Frequency, KeyPeriod, Kind, Merge, PeriodKind, Reference, Sensitivity};

pub const SCHEMA: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// `tables/X.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    #[serde(rename = "$schema")]
    pub schema: String,
    #[serde(rename = "tianbao:name")]
    pub name: String,
    pub title: String,
    #[serde(rename = "tianbao:no")]
    pub no: u32,
    #[serde(rename = "tianbao:subset")]
    pub subset: String,
    #[serde(rename = "tianbao:class")]
    pub class: String,
    #[serde(rename = "tianbao:subclass")]
    pub subclass: String,
    #[serde(rename = "tianbao:sourceSystem")]
    pub source_system: Option<String>,
    #[serde(rename = "tianbao:department")]
    pub department: Option<String>,
    #[serde(rename = "tianbao:frequency")]
    pub frequency: Frequency,
    #[serde(rename = "tianbao:frequencyText")]
    pub frequency_text: String,
    #[serde(rename = "tianbao:scope")]
    pub scope: String,
    #[serde(rename = "tianbao:period")]
    pub period: Option<PeriodKind>,
    /// What earlier packages have instead of the period.
    #[serde(rename = "tianbao:periodic")]
    pub periodic: Option<bool>,
    #[serde(rename = "tianbao:eventDate")]
    pub event_date: Option<String>,
    #[serde(rename = "tianbao:eventEnd")]
    pub event_end: Option<String>,
    #[serde(rename = "tianbao:eventGoesOn", default)]
    pub event_goes_on: bool,
    #[serde(rename = "tianbao:association")]
    pub association: Association,
    #[serde(rename = "tianbao:doubt")]
    pub doubt: Option<String>,
    pub fields: Vec<Field>,
    #[serde(rename = "missingValues")]
    pub missing_values: Vec<String>,
    #[serde(rename = "primaryKey")]
    pub primary_key: Vec<String>,
    #[serde(rename = "tianbao:naturalKey")]
    pub natural_key: Vec<String>,
    #[serde(rename = "tianbao:naturalKeyBasis")]
    pub natural_key_basis: Option<String>,
    /// Absent in files of earlier builds: what follows from the natural key.
    #[serde(rename = "tianbao:keyPeriod")]
    pub key_period: Option<KeyPeriod>,
    #[serde(rename = "tianbao:keyPeriodBasis")]
    pub key_period_basis: Option<String>,
    #[serde(rename = "tianbao:repeats")]
    pub repeats: Option<String>,
    #[serde(rename = "tianbao:merge")]
    pub merge: Option<Merge>,
    #[serde(rename = "foreignKeys", default)]
    pub foreign_keys: Vec<ForeignKey>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Association {
    pub kind: AssociationKind,
    #[serde(default)]
    pub tables: Vec<String>,
    pub doubt: Option<String>,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum AssociationKind {
    None,
    Unspecified,
    Listed,
}

/// A field of `tables/X.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub name: String,
    pub title: String,
    pub description: Option<String>,
    #[serde(rename = "type")]
    pub kind: Type,
    pub format: Option<String>,
    pub example: Option<String>,
    #[serde(default)]
    pub constraints: Constraints,
    #[serde(rename = "tianbao:item")]
    pub item: String,
    #[serde(rename = "tianbao:letter")]
    pub letter: Letter,
    #[serde(rename = "tianbao:kind")]
    pub our_kind: Kind,
    #[serde(rename = "tianbao:format")]
    pub our_format: Option<String>,
    #[serde(rename = "tianbao:maxLength")]
    pub max_length: Option<u32>,
    #[serde(rename = "tianbao:maxChars")]
    pub max_chars: Option<u32>,
    #[serde(rename = "tianbao:precision")]
    pub precision: Option<u32>,
    #[serde(rename = "tianbao:scale")]
    pub scale: Option<u32>,
    #[serde(rename = "tianbao:unit")]
    pub unit: Option<String>,
    #[serde(rename = "tianbao:codeList")]
    pub code_list: Option<String>,
    #[serde(rename = "tianbao:separator")]
    pub separator: Option<String>,
    #[serde(rename = "tianbao:maxItems")]
    pub max_items: Option<u32>,
    #[serde(rename = "tianbao:requiredWhen")]
    pub required_when: Option<Condition>,
    #[serde(rename = "tianbao:conditionalValue")]
    pub conditional_value: Option<ConditionalValue>,
    #[serde(rename = "tianbao:sensitivity")]
    pub sensitivity: Option<Sensitivity>,
    #[serde(rename = "tianbao:references", default)]
    pub references: Vec<Reference>,
    #[serde(rename = "tianbao:referenceBasis")]
    pub reference_basis: Option<String>,
    #[serde(rename = "tianbao:doubt", default, deserialize_with = "crate::doubt::read")]
    pub doubts: Vec<Doubt>,
    #[serde(rename = "tianbao:aliases", default)]
    pub aliases: Vec<String>,
}

/// The types of Table Schema that the standards use.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    String,
    Integer,
    Number,
    Date,
    DateTime,
    Time,
    Year,
}

/// The printed letter.
#[derive(Deserialize, Clone, Copy)]
pub enum Letter {
    C,
    N,
    M,
    T,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Constraints {
    #[serde(default)]
    pub required: bool,
    #[serde(rename = "maxLength")]
    pub max_length: Option<u32>,
    pub pattern: Option<String>,
    #[serde(rename = "enum", default)]
    pub values: Vec<String>,
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
pub struct ForeignKey {
    pub fields: [String; 1],
    pub reference: ForeignReference,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignReference {
    pub resource: String,
    pub fields: [String; 1],
}

/// Whether a name can be that of a file and of a table everywhere: letters, digits and `_`, a letter first.
pub fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
