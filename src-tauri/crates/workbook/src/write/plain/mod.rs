//! Plain exports: all columns, nothing else.
//!
//! Values are written as they are. A value that begins with `=` stays text in .xlsx and .ods, where cells have types; a
//! .csv has none, so that such a text is guarded there (see `guard_sign`). Leading zeros are written as they are, although
//! Excel drops them when it opens a .csv; .xlsx is the form for looking at values.

mod csv;
mod json;
mod ods;
mod package;
mod xlsx;

use std::borrow::Cow;
use std::path::Path;

use standard::{CodeList, Edition, Field, Kind, Table};

use super::target::Target;
use super::{RecordOut, RowSource, Written, sheet_name};
use crate::{Stamp, WriteError};

/// Forms of a plain export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainForm {
    /// Office Open XML, `.xlsx`.
    Xlsx,
    /// OpenDocument, `.ods`.
    Ods,
    /// .csv, UTF-8 with a byte order mark, one table only.
    Csv,
    /// `.json`: one object for each table.
    Json,
    /// `.jsonl`: an object on each line, one table only.
    JsonLines,
    /// `.zip`: a Data Package, a .csv for each table with its schema and its code lists.
    Package,
}

/// How coded cells are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// The codes, as they are sent.
    #[default]
    Codes,
    /// Their names; a code without a name stays as it is.
    Names,
}

/// What stands in the heading row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Headings {
    /// Chinese titles.
    #[default]
    Titles,
    /// Column names, as Table Schema tools expect them.
    Columns,
}

/// Options of a plain export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainOptions {
    /// Form of the file.
    pub form: PlainForm,
    /// Codes or names.
    pub shown: Shown,
    /// Titles or column names (.json, .jsonl and packages always have column names).
    pub headings: Headings,
}

impl PlainOptions {
    /// The options that fit a file name: its ending tells the form; a .csv of codes has column names as headings, so
    /// that Table Schema tools can validate it with the standard's own files.
    pub fn for_file(path: &Path, shown: Shown) -> Result<PlainOptions, WriteError> {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let form = match ending.as_str() {
            "xlsx" => PlainForm::Xlsx,
            "ods" => PlainForm::Ods,
            "csv" => PlainForm::Csv,
            "json" => PlainForm::Json,
            "jsonl" | "ndjson" => PlainForm::JsonLines,
            "zip" => PlainForm::Package,
            _ => return Err(WriteError::UnknownForm { file: crate::error::file_name(path) }),
        };
        let headings = match (form, shown) {
            (PlainForm::Csv, Shown::Codes) | (PlainForm::Json | PlainForm::JsonLines | PlainForm::Package, _) => {
                Headings::Columns
            }
            _ => Headings::Titles,
        };
        Ok(PlainOptions { form, shown, headings })
    }
}

/// Writes all columns of the tables, the system columns included, and nothing else.
pub fn write_plain(
    path: &Path,
    edition: &Edition,
    tables: &[&Table],
    stamp: &Stamp,
    options: PlainOptions,
    rows: RowSource<'_>,
) -> Result<Written, WriteError> {
    let target = Target::new(path);
    match tables {
        [] => return Err(WriteError::NoTable { file: target.file }),
        [_] => {}
        _ if matches!(options.form, PlainForm::Csv | PlainForm::JsonLines) => {
            return Err(WriteError::OneTableOnly { file: target.file });
        }
        _ => {}
    }
    let plain = Plain { target: &target, edition, tables, stamp, options };
    match options.form {
        PlainForm::Xlsx => xlsx::write(&plain, rows),
        PlainForm::Ods => ods::write(&plain, rows),
        PlainForm::Csv => csv::write(&plain, rows),
        PlainForm::Json => json::write(&plain, rows),
        PlainForm::JsonLines => json::write_lines(&plain, rows),
        // A schema of codes fits codes alone.
        PlainForm::Package if options.shown == Shown::Names => Err(WriteError::CodesOnly { file: target.file }),
        PlainForm::Package => package::write(&plain, rows),
    }
}

/// One export.
struct Plain<'a> {
    target: &'a Target,
    edition: &'a Edition,
    tables: &'a [&'a Table],
    stamp: &'a Stamp,
    options: PlainOptions,
}

impl<'a> Plain<'a> {
    fn title(&self) -> String {
        let titles: Vec<&str> = self.tables.iter().map(|table| table.short_title()).collect();
        titles.join("、").chars().take(120).collect()
    }

    fn heading<'f>(&self, field: &'f Field) -> &'f str {
        match self.options.headings {
            Headings::Titles => &field.title,
            Headings::Columns => &field.column,
        }
    }

    /// A cell of the table has a sign that the form cannot hold.
    fn unfit(&self, table: &Table, row: i64, field: &Field, sign: char) -> WriteError {
        WriteError::CellUnfit {
            file: self.target.file.clone(),
            table: table.name.clone(),
            row,
            column: field.column.clone(),
            sign: format!("U+{:04X}", u32::from(sign)),
        }
    }

    /// The tables with a sheet name for each.
    fn sheets(&self) -> Vec<(&'a Table, String)> {
        let mut taken = Vec::new();
        for table in self.tables {
            taken.push(sheet_name::unique(table.short_title(), &taken));
        }
        self.tables.iter().copied().zip(taken).collect()
    }

    /// Code lists by field, where names are wanted.
    fn lists(&self, table: &Table) -> Vec<Option<&'a CodeList>> {
        let list = |field: &Field| match self.options.shown {
            Shown::Codes => None,
            Shown::Names => self.edition.code_list(field.code_list.as_deref()?).map(|list| &**list),
        };
        table.fields.iter().map(list).collect()
    }
}

/// A record's cells as they are shown, in the order of the table's fields.
fn cells<'r>(
    table: &Table,
    lists: &[Option<&CodeList>],
    record: RecordOut<'r>,
) -> impl Iterator<Item = (usize, Cow<'r, str>)> {
    let values = (0..table.fields.len()).map(move |at| record.values.get(at).map_or("", String::as_str));
    let shown: Vec<Cow<'r, str>> = values
        .zip(&table.fields)
        .zip(lists)
        .map(|((value, field), list)| match list {
            Some(list) => named(field, list, value),
            None => Cow::Borrowed(value),
        })
        .collect();
    shown.into_iter().enumerate()
}

pub(crate) fn named<'v>(field: &Field, list: &CodeList, value: &'v str) -> Cow<'v, str> {
    if let Some(code) = list.get(value) {
        return Cow::Owned(code.name.clone());
    }
    match (field.kind, field.separator.as_deref()) {
        (Kind::Codes, Some(separator)) if value.contains(separator) => {
            let name = |item: &str| list.get(item).map_or_else(|| item.to_owned(), |code| code.name.clone());
            Cow::Owned(value.split(separator).map(name).collect::<Vec<_>>().join(separator))
        }
        _ => Cow::Borrowed(value),
    }
}
