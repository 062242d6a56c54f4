//! What one plain export writes, in the words that all its forms share.

use std::borrow::Cow;

use standard::{CodeList, Edition, Field, Kind, Table};

use super::super::target::Target;
use super::super::{RecordOut, sheet_name};
use super::options::{Headings, PlainOptions, Shown};
use crate::{Stamp, WriteError};

/// One export.
pub(super) struct Plain<'a> {
    pub(super) target: &'a Target,
    pub(super) edition: &'a Edition,
    pub(super) tables: &'a [&'a Table],
    pub(super) stamp: &'a Stamp,
    pub(super) options: PlainOptions,
}

impl<'a> Plain<'a> {
    pub(super) fn title(&self) -> String {
        let titles: Vec<&str> = self.tables.iter().map(|table| table.short_title()).collect();
        titles.join("、").chars().take(120).collect()
    }

    pub(super) fn heading<'f>(&self, field: &'f Field) -> &'f str {
        match self.options.headings {
            Headings::Titles => &field.title,
            Headings::Columns => &field.column,
        }
    }

    /// A cell of the table has a sign that the form cannot hold.
    pub(super) fn unfit(&self, table: &Table, row: i64, field: &Field, sign: char) -> WriteError {
        WriteError::CellUnfit {
            file: self.target.file.clone(),
            table: table.name.clone(),
            row,
            column: field.column.clone(),
            sign: format!("U+{:04X}", u32::from(sign)),
        }
    }

    /// The tables with a sheet name for each.
    pub(super) fn sheets(&self) -> Vec<(&'a Table, String)> {
        let mut taken = Vec::new();
        for table in self.tables {
            taken.push(sheet_name::unique(table.short_title(), &taken));
        }
        self.tables.iter().copied().zip(taken).collect()
    }

    /// Code lists by field, where names are wanted.
    pub(super) fn lists(&self, table: &Table) -> Vec<Option<&'a CodeList>> {
        let list = |field: &Field| match self.options.shown {
            Shown::Codes => None,
            Shown::Names => self.edition.code_list(field.code_list.as_deref()?).map(|list| &**list),
        };
        table.fields.iter().map(list).collect()
    }
}

/// A record's cells as they are shown, in the order of the table's fields.
pub(super) fn cells<'r>(
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
