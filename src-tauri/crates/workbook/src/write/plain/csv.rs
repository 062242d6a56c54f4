//! A plain .csv: UTF-8 with a byte order mark, so that Excel reads Chinese; line ends as RFC 4180 has them. Texts that
//! a spreadsheet would calculate are guarded; numbers of number fields are not, because -5 is to stay a number.

use std::io::Write;

use ::csv::{Terminator, WriterBuilder};
use standard::Table;

use super::super::look::is_number;
use super::super::source::stream;
use super::super::{RowSource, Written, WrittenSheet};
use super::exported::{Plain, cells};
use crate::WriteError;
use crate::guard_sign::guarded;

pub(super) fn write(plain: &Plain<'_>, mut rows: RowSource<'_>) -> Result<Written, WriteError> {
    let target = plain.target;
    target.write(|out| {
        out.write_all("\u{feff}".as_bytes()).map_err(|e| target.io(&e))?;
        let mut sheets = Vec::new();
        for (table, sheet) in plain.sheets() {
            let rows = write_table(plain, table, &mut *out, &mut rows)?;
            sheets.push(WrittenSheet { table: table.name.clone(), sheet, rows });
        }
        Ok(Written { sheets })
    })
}

/// The headings and records of one table; how many records.
pub(super) fn write_table(
    plain: &Plain<'_>,
    table: &Table,
    out: impl Write,
    rows: &mut RowSource<'_>,
) -> Result<u64, WriteError> {
    let target = plain.target;
    let failed = |e: ::csv::Error| match e.into_kind() {
        ::csv::ErrorKind::Io(e) => target.io(&e),
        other => WriteError::Unwritable { file: target.file.clone(), reason: format!("{other:?}") },
    };
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    writer.write_record(table.fields.iter().map(|field| plain.heading(field))).map_err(failed)?;
    let lists = plain.lists(table);
    let count = stream(table, rows, |record| {
        for (at, value) in cells(table, &lists, record) {
            let field = &table.fields[at];
            // No reader of text takes it, ours neither.
            if value.contains('\0') {
                return Err(plain.unfit(table, record.row, field, '\0'));
            }
            let number = is_number(field.kind) && value.parse::<f64>().is_ok_and(f64::is_finite);
            let written = if number { value } else { guarded(&value).into_owned().into() };
            writer.write_field(&*written).map_err(failed)?;
        }
        writer.write_record(None::<&[u8]>).map_err(failed)
    })?;
    writer.flush().map_err(|e| target.io(&e))?;
    Ok(count)
}
