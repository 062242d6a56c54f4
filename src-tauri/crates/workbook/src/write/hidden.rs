//! The hidden sheets of our workbooks: the choices of the drop-downs, and the stamp.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Formula, Workbook, XlsxError};
use standard::{CodeList, Edition, Field, Kind, Table};

use super::look::Look;
use super::regions::Regions;
use crate::Stamp;
use crate::read::coded::choice;
use crate::stamp::{CODES_SHEET, STAMP_SHEET};

/// The code lists that the tables of a workbook need: each has a column on the hidden sheet.
pub(crate) struct Choices<'a> {
    lists: Vec<&'a CodeList>,
    columns: BTreeMap<&'a str, usize>,
    pub(crate) regions: Regions<'a>,
}

impl<'a> Choices<'a> {
    pub(crate) fn new(edition: &'a Edition, tables: &[&'a Table]) -> Choices<'a> {
        let regions = Regions::new(edition, tables);
        let mut choices = Choices { lists: Vec::new(), columns: BTreeMap::new(), regions };
        for field in tables.iter().flat_map(|table| table.filled_fields()).filter(|field| field.kind == Kind::Code) {
            if choices.regions.has(field) {
                continue;
            }
            let Some(id) = field.code_list.as_deref() else { continue };
            if let Some(list) = edition.code_list(id).filter(|list| !list.codes.is_empty())
                && !choices.columns.contains_key(id)
            {
                choices.columns.insert(id, choices.lists.len());
                choices.lists.push(list);
            }
        }
        choices
    }

    /// Whether the field has a drop-down.
    pub(crate) fn offers(&self, field: &Field) -> bool {
        self.regions.has(field) || self.range(field).is_some()
    }

    /// The range that holds the choices of a field: a drop-down of our own may not be longer than 255 characters, a
    /// range may.
    pub(crate) fn range(&self, field: &Field) -> Option<Formula> {
        let at = *self.columns.get(field.code_list.as_deref()?)?;
        let (column, last) = (column_name(at), self.lists[at].codes.len() + 1);
        (field.kind == Kind::Code).then(|| Formula::new(format!("={CODES_SHEET}!${column}$2:${column}${last}")))
    }

    /// Adds the hidden sheet with the choices.
    pub(crate) fn write(&self, book: &mut Workbook, look: &Look) -> Result<(), XlsxError> {
        if self.lists.is_empty() && self.regions.is_empty() {
            return Ok(());
        }
        let beside = self.lists.len() as u16;
        let sheet = book.add_worksheet().set_name(CODES_SHEET)?.set_hidden(true);
        for (column, list) in (0u16..).zip(&self.lists) {
            sheet.set_column_width(column, 24)?;
            sheet.write_string_with_format(0, column, &list.title, &look.title)?;
            for (row, code) in (1u32..).zip(&list.codes) {
                sheet.write_string_with_format(row, column, choice(&code.code, &code.name), &look.text)?;
            }
        }
        self.regions.write(sheet, beside, look)?;
        self.regions.define(book, beside)
    }
}

/// Adds the hidden sheet that says where the workbook came from.
pub(crate) fn write_stamp(book: &mut Workbook, stamp: &Stamp, look: &Look) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(STAMP_SHEET)?.set_very_hidden(true);
    for (row, [name, value]) in (0u32..).zip(stamp.lines()) {
        sheet.write_string_with_format(row, 0, name, &look.text)?;
        sheet.write_string_with_format(row, 1, value, &look.text)?;
    }
    Ok(())
}

/// `A` for 0, `AA` for 26.
fn column_name(at: usize) -> String {
    let letter = char::from(b'A' + (at % 26) as u8);
    match at / 26 {
        0 => letter.to_string(),
        more => format!("{}{letter}", column_name(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::column_name;

    #[test]
    fn column_names() {
        for (at, name) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_name(at), name);
        }
    }
}
