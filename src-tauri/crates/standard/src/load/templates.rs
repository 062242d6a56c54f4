//! Known workbooks: `templates.json`, where an edition has it.

use std::collections::BTreeSet;

use super::error::{LoadError, json_error};
use super::files::Files;
use crate::templates::{Template, TemplateColumn, Templates};
use crate::{Edition, Table};

const FILE: &str = "templates.json";

/// Reads the known workbooks of an edition whose tables and lists are read.
pub fn read(files: &mut Files, edition: &Edition) -> Result<Templates, LoadError> {
    let Some(bytes) = files.take_optional(FILE) else { return Ok(Templates::default()) };
    let file = files.full_name(FILE);
    let read: Templates = serde_json::from_slice(&bytes).map_err(|e| json_error(&file, &e))?;
    let mut names = BTreeSet::new();
    for (at, template) in read.templates.iter().enumerate() {
        let place = |key: &str| format!("/templates/{at}/{key}");
        if !names.insert(&template.file) {
            return Err(LoadError::wrong(&file, place("file"), &template.file, "a name of its own"));
        }
        let Some(table) = edition.table(&template.table) else {
            return Err(LoadError::wrong(&file, place("table"), &template.table, "a table of the edition"));
        };
        check(template, table, edition).map_err(|(key, found, expected)| {
            LoadError::wrong(&file, place(&format!("columns/{key}")), found, expected)
        })?;
    }
    Ok(read)
}

/// The key below the columns, what stands there and what should.
type Fault = (String, String, &'static str);

fn check(template: &Template, table: &Table, edition: &Edition) -> Result<(), Fault> {
    let (mut columns, mut headings) = (BTreeSet::new(), BTreeSet::new());
    for (at, column) in template.columns.iter().enumerate() {
        if table.field(&column.column).is_none() || !columns.insert(&column.column) {
            return Err((format!("{at}/column"), column.column.clone(), "a column of the table, once"));
        }
        if !headings.insert(column.heading.trim_start_matches('*').trim()) {
            return Err((format!("{at}/heading"), column.heading.clone(), "a heading of its own"));
        }
        check_names(column, table, edition)
            .map_err(|(key, found, expected)| (format!("{at}/{key}"), found, expected))?;
    }
    Ok(())
}

fn check_names(column: &TemplateColumn, table: &Table, edition: &Edition) -> Result<(), Fault> {
    if column.names.is_empty() && column.lacks.is_empty() {
        return Ok(());
    }
    let list = table.field(&column.column).and_then(|f| edition.code_list(f.code_list.as_deref()?));
    let Some(list) = list else {
        return Err(("names".into(), column.column.clone(), "names only where the column has a code list"));
    };
    let has = |name: &str| list.codes.iter().any(|code| code.name == name);
    if let Some(lacking) = column.lacks.iter().find(|name| !has(name)) {
        return Err(("lacks".into(), lacking.clone(), "a name of the column's list"));
    }
    for other in &column.names {
        if has(&other.name) {
            return Err(("names".into(), other.name.clone(), "a name that no code of the list has"));
        }
        if let Some(code) = other.code.as_ref().filter(|code| list.get(code).is_none()) {
            return Err(("names".into(), code.clone(), "a code of the column's list"));
        }
    }
    Ok(())
}
