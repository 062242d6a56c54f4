//! Plain exports: all columns, nothing else.
//!
//! Values are written as they are. A value that begins with `=` stays text in .xlsx and .ods, where cells have types; a
//! .csv has none, so that such a text is guarded there (see `guard_sign`). Leading zeros are written as they are,
//! although Excel drops them when it opens a .csv; .xlsx is the form for looking at values.

mod csv;
mod exported;
mod json;
mod ods;
mod options;
mod package;
mod xlsx;

use std::path::Path;

use standard::{Edition, Table};

use self::exported::Plain;
pub(crate) use self::exported::named;
pub use self::options::{Headings, PlainForm, PlainOptions, Shown};
use super::target::Target;
use super::{RowSource, Written};
use crate::{Stamp, WriteError};

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
