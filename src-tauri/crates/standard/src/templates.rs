//! Workbooks that colleges already have: import templates that circulate for an edition.
//!
//! Their sheets, headings and drop-downs are those of the standard but for a few words. `templates.json` in the
//! edition's folder, in the form of these types, lists the workbooks and where they differ.

use serde::{Deserialize, Serialize};

use crate::code_list::CodeList;

/// The workbooks that are known for an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Templates {
    /// Where they come from, for a clerk.
    pub origin: String,
    /// One for each table, in their own order.
    pub templates: Vec<Template>,
}

/// A workbook for one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// File name as it circulates.
    pub file: String,
    /// Name of the sheet with the rows.
    pub sheet: String,
    /// Table of the edition.
    pub table: String,
    /// Its columns from left to right.
    pub columns: Vec<TemplateColumn>,
}

/// A column of such a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateColumn {
    /// Heading as it stands there; a leading `*` marks a mandatory column.
    pub heading: String,
    /// Column of the table.
    pub column: String,
    /// Names that its drop-down offers and that no code of the list has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<OtherName>,
    /// Names of the list that its drop-down does not offer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
}

/// A name that a workbook has and the code list does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherName {
    /// Name in the workbook.
    pub name: String,
    /// The code that it certainly means, our judgement; absent where no code of the list does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl Templates {
    /// Whether no workbook is known.
    pub fn is_empty(&self) -> bool {
        self.templates.is_empty()
    }

    /// The workbooks of a table.
    pub fn of<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Template> {
        self.templates.iter().filter(move |template| template.table == table)
    }

    /// Headings of a column that only workbooks have.
    pub fn headings<'a>(&'a self, table: &'a str, column: &'a str) -> impl Iterator<Item = &'a str> {
        let columns = self.of(table).flat_map(|template| &template.columns);
        columns.filter(move |c| c.column == column).map(|c| c.heading.as_str())
    }

    /// Names that drop-downs of a column offer and its list does not have, each with the code that it means.
    pub fn names<'a>(&'a self, table: &'a str, column: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let columns = self.of(table).flat_map(|template| &template.columns).filter(move |c| c.column == column);
        columns.flat_map(|c| &c.names).filter_map(|other| Some((other.name.as_str(), other.code.as_deref()?)))
    }
}

impl TemplateColumn {
    /// Whether the workbook marks it as mandatory.
    pub fn required(&self) -> bool {
        self.heading.starts_with('*')
    }

    /// What its drop-down offers, in the order of the list.
    pub fn choices<'a>(&'a self, list: &'a CodeList) -> Vec<&'a str> {
        let names = list.codes.iter().map(|code| code.name.as_str());
        let offered = names.filter(|name| !self.lacks.iter().any(|lacking| lacking == name));
        offered.chain(self.names.iter().map(|other| other.name.as_str())).collect()
    }
}
