//! An edition as plain sheets of text, for a workbook in which a college or a vendor writes a new one.
//!
//! [`sheets`] writes an edition as sheets, [`read`] makes one from the sheets of a workbook: one row for each thing,
//! one column for each property of it, headings and words in Chinese ([`plan`]). What is read goes through the package
//! writer and the strict loader, so it is an edition like any other. National lists and own additions of a college are
//! not written.
//!
//! Left out on purpose: spreadsheet files. The crate `workbook` writes and reads them.

mod cells;
mod check;
mod crosswalks;
mod edition;
mod fault;
mod fields;
mod lists;
mod places;
pub mod plan;
mod rules;
mod tables;
mod templates;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::load::{Package, is_name};
use crate::overlay::PREFIX;
use crate::{Edition, KeyPeriod, Standards, write};

use cells::Grid;
pub use cells::{CellText, RowText, SheetText};
pub use fault::{Fault, Why};
pub use plan::{Column, Plan};

/// A sheet to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name and its columns.
    pub plan: &'static Plan,
    /// Rows below the headings, a cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// A definition that was read: an edition, and the files of its package.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The edition, as loading reads it from the files.
    pub edition: Edition,
    /// Its files by their paths below its folder.
    pub package: Package,
}

/// The sheets of an edition.
pub fn sheets(edition: &Edition) -> Vec<Sheet> {
    vec![
        Sheet { plan: &plan::EDITION, rows: edition::rows(edition) },
        Sheet { plan: &plan::TABLES, rows: tables::rows(edition) },
        Sheet { plan: &plan::FIELDS, rows: fields::rows(edition) },
        Sheet { plan: &plan::LISTS, rows: lists::list_rows(edition) },
        Sheet { plan: &plan::CODES, rows: lists::code_rows(edition) },
        Sheet { plan: &plan::RULES, rows: rules::rows(edition) },
        Sheet { plan: &plan::TEMPLATES, rows: templates::rows(edition) },
        Sheet { plan: &plan::CROSSWALKS, rows: crosswalks::rows(edition) },
    ]
}

/// Reads the sheets of a definition workbook, in any order. The national lists, and the older editions that a crosswalk
/// is about, are those of `standards`; the edition is not added to them.
pub fn read(sheets: &[SheetText], standards: &Standards) -> Result<Definition, Fault> {
    for (at, sheet) in sheets.iter().enumerate() {
        let name = sheet.name.trim();
        let known = plan::ALL.iter().any(|plan| plan.name == name);
        let first = sheets[..at].iter().all(|other| other.name.trim() != name);
        if (!known && name != plan::GUIDE) || !first {
            let known = plan::ALL.iter().map(|plan| plan.name).collect::<Vec<_>>().join("、");
            let why = Why::SheetUnknown { known };
            return Err(Fault { sheet: name.to_owned(), row: 0, column: String::new(), value: String::new(), why });
        }
    }
    let grid = |plan: &'static Plan| Grid::new(plan, sheets);
    // All sheets and headings come first, so that a workbook that is not a definition gets one error and not many.
    let (facts, tables, fields) = (grid(&plan::EDITION)?, grid(&plan::TABLES)?, grid(&plan::FIELDS)?);
    let (lists, codes, rules) = (grid(&plan::LISTS)?, grid(&plan::CODES)?, grid(&plan::RULES)?);
    let (templates, crosswalks) = (grid(&plan::TEMPLATES)?, grid(&plan::CROSSWALKS)?);
    let mut lines = Lines::default();
    let facts = edition::read(&facts)?;
    let mut edition = Edition {
        id: facts.id,
        level: facts.level,
        title: facts.title,
        version: facts.version,
        revision: facts.revision,
        issued: facts.issued,
        issuers: facts.issuers,
        subsets: facts.subsets,
        classes: facts.classes,
        tables: tables::read(&tables, &mut lines)?,
        code_lists: lists::read(&lists, &codes, &mut lines)?,
        national: standards.all_national().clone(),
        rules: Vec::new(),
        crosswalks: crosswalks::read(&crosswalks, &mut lines)?,
        templates: templates::read(&templates, facts.templates_origin, &mut lines)?,
    };
    fields::read(&fields, &mut edition.tables, &mut lines)?;
    for table in edition.tables.iter_mut().filter(|table| lines.key_period_open.contains(&table.name)) {
        table.key_rule.period = KeyPeriod::of(table);
    }
    check::check(&edition, &lines)?;
    edition.rules = rules::read(&rules, &edition, &mut lines)?;
    let package = write::package(&edition);
    let edition = standards.read(&edition.id, package.clone()).map_err(|error| places::fault(&error, &lines))?;
    Ok(Definition { edition, package })
}

/// The rows of things in the workbook.
#[derive(Default)]
struct Lines {
    tables: BTreeMap<String, u32>,
    /// Tables that leave open whether the period enters their record keys.
    key_period_open: BTreeSet<String>,
    /// By table and column.
    fields: BTreeMap<(String, String), u32>,
    /// By table and heading: titles and aliases.
    headings: BTreeMap<(String, String), u32>,
    /// By id in small letters.
    lists: BTreeMap<String, u32>,
    /// By list and code.
    codes: BTreeMap<(String, String), u32>,
    rules: BTreeMap<String, u32>,
    /// Of known workbooks: by place of the workbook and of its column.
    templates: Vec<Vec<u32>>,
    /// Of crosswalks: by older edition, list of the crosswalk, place in it.
    crossings: BTreeMap<(String, &'static str), Vec<u32>>,
}

/// Whether a text can be the name of a table or a column.
fn is_upper_name(name: &str) -> bool {
    is_name(name) && !name.contains(|c: char| c.is_lowercase()) && !name.starts_with(PREFIX)
}
