//! The workbooks that are known for an edition: sheets, headings, and where their drop-downs differ from the lists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use standard::write::Object;

use super::facts::{self, Edition};
use crate::run::Failure;

const OURS: &str = include_str!("templates.toml");

/// templates.toml: our words, and the codes that names of the workbooks stand for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ours {
    origin: String,
    /// `TABLE.COLUMN`, name in the workbook, name in the list.
    codes: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    edition: String,
    count: usize,
    headings: usize,
    #[serde(rename = "layout")]
    _layout: IgnoredAny,
    #[serde(rename = "origin")]
    _origin: String,
    templates: Vec<Template>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    #[serde(rename = "no")]
    _no: u32,
    file_name: String,
    sheet: String,
    table: String,
    columns: Vec<Column>,
    /// Columns that the table has and the workbook lacks. They are not used, because a comparison of the two finds
    /// them.
    #[serde(rename = "columns_absent")]
    _absent: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    heading: String,
    #[serde(rename = "match")]
    bare: String,
    column: String,
    required: bool,
    #[serde(rename = "required_in_standard")]
    _standard: Option<bool>,
    #[serde(rename = "basis")]
    _basis: Option<String>,
    dropdown: Option<DropDown>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DropDown {
    code_list: String,
    #[serde(default)]
    only_in_template: Vec<String>,
    #[serde(default)]
    only_in_standard: Vec<String>,
}

/// The file's text.
pub fn file(facts: &Path, name: &str, edition: &Edition) -> Result<String, Failure> {
    let read: Facts = facts::read_json(facts, name)?;
    let ours: Ours = toml::from_str(OURS).map_err(|e| Failure(format!("templates.toml: {e}")))?;
    told(&read, &ours, edition).map_err(|words| Failure(format!("{name}: {words}")))
}

fn told(read: &Facts, ours: &Ours, edition: &Edition) -> Result<String, String> {
    let headings: usize = read.templates.iter().map(|template| template.columns.len()).sum();
    if read.edition != edition.edition || (read.templates.len(), headings) != (read.count, read.headings) {
        return Err(format!("{} with {} workbooks, {headings} headings", read.edition, read.templates.len()));
    }
    let mut used = BTreeSet::new();
    let mut templates = Vec::new();
    for template in &read.templates {
        let mut columns = Vec::new();
        for column in &template.columns {
            columns.push(told_column(template, column, ours, edition, &mut used)?);
        }
        let mut entry = Object::default();
        entry.put("file", template.file_name.as_str());
        entry.put("sheet", template.sheet.as_str());
        entry.put("table", template.table.as_str());
        entry.put("columns", columns);
        templates.push(Value::from(entry));
    }
    let readings = ours.codes.iter().flat_map(|(place, names)| names.keys().map(move |name| (place, name)));
    if let Some((place, name)) = readings.into_iter().find(|reading| !used.contains(reading)) {
        return Err(format!("templates.toml: no drop-down of {place} has {name}"));
    }
    let mut file = Object::default();
    file.put("origin", ours.origin.as_str());
    file.put("templates", templates);
    Ok(file.into_text())
}

fn told_column<'a>(
    template: &Template,
    column: &Column,
    ours: &'a Ours,
    edition: &Edition,
    used: &mut BTreeSet<(&'a String, &'a String)>,
) -> Result<Value, String> {
    let place = format!("{}.{}", template.table, column.column);
    let bare: String = column.heading.chars().filter(|c| !c.is_whitespace()).collect();
    if bare.trim_start_matches('*') != column.bare || bare.starts_with('*') != column.required {
        return Err(format!("{place}: the heading {:?} is not {:?}", column.heading, column.bare));
    }
    let mut entry = Object::default();
    entry.put("heading", column.heading.as_str());
    entry.put("column", column.column.as_str());
    if let Some(offered) = &column.dropdown {
        let known = ours.codes.get_key_value(&place);
        let mut names = Vec::new();
        for name in &offered.only_in_template {
            let mut other = Object::default();
            other.put("name", name.as_str());
            if let Some((place, (name, meant))) = known.and_then(|(p, names)| Some((p, names.get_key_value(name)?))) {
                used.insert((place, name));
                let list = edition.code_lists.iter().find(|list| list.id == offered.code_list);
                let code = list.and_then(|list| list.codes.iter().find(|code| code.name == *meant));
                other.put("code", code.ok_or_else(|| format!("{place}: no code named {meant}"))?.code.as_str());
            }
            names.push(Value::from(other));
        }
        entry.put_list("names", names);
        entry.put_list("lacks", offered.only_in_standard.clone());
    }
    Ok(entry.into())
}
