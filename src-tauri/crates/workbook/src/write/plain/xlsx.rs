//! A plain .xlsx.

use super::super::book::write_book;
use super::super::look::{Look, width};
use super::super::notes::not_submitted;
use super::super::sheet::{LAST_ROW, comment, write_value};
use super::super::source::stream;
use super::super::template::check_length;
use super::super::{RowSource, Written, WrittenSheet};
use super::exported::{Plain, cells};
use crate::WriteError;

pub(super) fn write(plain: &Plain<'_>, mut rows: RowSource<'_>) -> Result<Written, WriteError> {
    let target = plain.target;
    let look = Look::new();
    write_book(target, &plain.title(), plain.stamp, |book| {
        let mut sheets = Vec::new();
        for (table, name) in plain.sheets() {
            let failed = |e| target.xlsx(e);
            let sheet = book.add_worksheet_with_constant_memory().map_err(failed)?;
            sheet.set_name(&name).map_err(failed)?;
            for (column, field) in (0u16..).zip(&table.fields) {
                sheet.set_column_width(column, width(field)).map_err(failed)?;
                sheet.set_column_format(column, look.cell(field)).map_err(failed)?;
                sheet.write_string_with_format(0, column, plain.heading(field), &look.title).map_err(failed)?;
                if field.own {
                    sheet.insert_note(0, column, &comment(&not_submitted())).map_err(failed)?;
                }
            }
            sheet.set_freeze_panes(1, 0).map_err(failed)?;
            let last = table.fields.len().saturating_sub(1) as u16;
            let as_text = rust_xlsxwriter::IgnoreError::NumberStoredAsText;
            sheet.ignore_error_range(1, 0, LAST_ROW, last, as_text).map_err(failed)?;
            let lists = plain.lists(table);
            let mut line = 1;
            let count = stream(table, &mut rows, |record| {
                if line > LAST_ROW {
                    let (file, table) = (target.file.clone(), table.name.clone());
                    return Err(WriteError::TooManyRows { file, table, limit: LAST_ROW });
                }
                for (at, value) in cells(table, &lists, record) {
                    let field = &table.fields[at];
                    check_length(target, table, record.row, &field.column, &value)?;
                    write_value(sheet, (line, at as u16), field.kind, &value, look.cell(field)).map_err(failed)?;
                }
                line += 1;
                Ok(())
            })?;
            sheets.push(WrittenSheet { table: table.name.clone(), sheet: name, rows: count });
        }
        Ok(Written { sheets })
    })
}
