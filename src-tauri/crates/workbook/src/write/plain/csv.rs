//! A plain .csv: UTF-8 with a byte order mark, so that Excel reads Chinese; line ends as RFC 4180 has them.

use std::io::Write;

use ::csv::{Terminator, WriterBuilder};

use super::super::source::stream;
use super::super::{RowSource, Written, WrittenSheet};
use super::{Plain, cells};
use crate::WriteError;

pub(super) fn write(plain: &Plain<'_>, mut rows: RowSource<'_>) -> Result<Written, WriteError> {
    let target = plain.target;
    target.write(|out| {
        out.write_all("\u{feff}".as_bytes()).map_err(|e| target.io(&e))?;
        let mut sheets = Vec::new();
        for (table, sheet) in plain.sheets() {
            let failed = |e: ::csv::Error| match e.into_kind() {
                ::csv::ErrorKind::Io(e) => target.io(&e),
                other => WriteError::Unwritable { file: target.file.clone(), reason: format!("{other:?}") },
            };
            let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(&mut *out);
            writer.write_record(table.fields.iter().map(|field| plain.heading(field))).map_err(failed)?;
            let lists = plain.lists(table);
            let count = stream(table, &mut rows, |record| {
                cells(table, &lists, record).try_for_each(|(_, value)| writer.write_field(&*value)).map_err(failed)?;
                writer.write_record(None::<&[u8]>).map_err(failed)
            })?;
            writer.flush().map_err(|e| target.io(&e))?;
            sheets.push(WrittenSheet { table: table.name.clone(), sheet, rows: count });
        }
        Ok(Written { sheets })
    })
}
