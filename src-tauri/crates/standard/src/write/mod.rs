//! Writing an edition as the files of its Data Package: what [`crate::load`] reads, in the order and the shape in which
//! standards/ holds it, so that one model always makes the same bytes.
//!
//! - `object`: JSON with its keys in order
//! - `package`: `datapackage.json`
//! - `table`: one table's Table Schema
//! - `codes`: code lists
//! - `rules`: rule files
//!
//! Crosswalks and known workbooks stand in their files as they are in the model.
//!
//! Left out on purpose: national lists, which are in a package of their own, and what a college added for itself
//! ([`crate::Table::own`]), which is not part of any edition.

mod codes;
mod object;
mod package;
mod rules;
mod table;

pub use codes::{code_list, code_schema};
pub use object::Object;

use crate::load::Package;
use crate::{CodeList, Edition, Table};

/// The files of an edition by their paths below its folder. All its rules are among them, also those that it took from
/// standards/rules: the files need no others. [`crate::load`] checks them: a model that was made by hand may not be a
/// valid edition.
pub fn package(edition: &Edition) -> Package {
    let mut files = Package::new();
    files.insert("datapackage.json".to_owned(), package::file(edition, &[]).into_bytes());
    for table in tables(edition) {
        files.insert(table_path(table), table::file(edition, table).into_bytes());
    }
    for list in edition.code_lists.values() {
        files.insert(list_path(list), codes::code_list(list).into_bytes());
    }
    if !edition.code_lists.is_empty() {
        files.insert(CODE_SCHEMA.to_owned(), codes::code_schema().into_bytes());
    }
    for (from, crosswalk) in &edition.crosswalks {
        files.insert(format!("crosswalks/{from}.json"), object::text(crosswalk).into_bytes());
    }
    if !edition.templates.is_empty() {
        files.insert("templates.json".to_owned(), object::text(&edition.templates).into_bytes());
    }
    if let Some(text) = rules::file(edition) {
        files.insert("rules/rules.toml".to_owned(), text.into_bytes());
    }
    files
}

/// `datapackage.json` as it stands in standards/: for an edition that takes the shared rules of these folders.
pub fn datapackage(edition: &Edition, rules: &[&str]) -> String {
    package::file(edition, rules)
}

/// The schema that all code lists share.
const CODE_SCHEMA: &str = "codes/schema.json";

/// The tables of the edition itself.
fn tables(edition: &Edition) -> impl Iterator<Item = &Table> {
    edition.tables.iter().filter(|table| !table.own)
}

/// Whether all tables of a subset are the college's own.
fn is_own(edition: &Edition, subset: &str) -> bool {
    let mut tables = edition.tables.iter().filter(|table| table.subset == subset).peekable();
    tables.peek().is_some() && tables.all(|table| table.own)
}

fn table_path(table: &Table) -> String {
    format!("tables/{}.json", table.name)
}

fn list_path(list: &CodeList) -> String {
    format!("codes/{}.csv", list.id)
}
