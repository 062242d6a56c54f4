//! Writing an .xlsx file: its properties, panics of the writer, and moving the file to its place.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::target::Target;
use super::words::say;
use crate::guard::caught;
use crate::{Stamp, WriteError};

/// Makes a workbook, lets `fill` write it, and puts it into its place.
pub(crate) fn write_book<T>(
    target: &Target,
    title: &str,
    stamp: &Stamp,
    fill: impl FnOnce(&mut Workbook) -> Result<T, WriteError>,
) -> Result<T, WriteError> {
    let run = || {
        let mut book = Workbook::new();
        // Rows of a large sheet are kept aside in the target's own folder, in a file without a name.
        book.set_tempdir(&target.folder).map_err(|e| target.xlsx(e))?;
        book.set_properties(&properties(title, stamp));
        let done = fill(&mut book)?;
        target.write(|out| book.save_to_writer(out).map_err(|e| target.xlsx(e)))?;
        Ok(done)
    };
    caught(run).unwrap_or_else(|panic| {
        // rust_xlsxwriter panics with the system's message where a row cannot be kept aside; anything else is a bug and
        // goes on as one.
        let said = panic.downcast_ref::<String>().cloned().unwrap_or_default();
        if !said.starts_with("Couldn't write to xml file") {
            std::panic::resume_unwind(panic);
        }
        let file = target.file.clone();
        let full = ["StorageFull", "QuotaExceeded", "FileTooLarge"].iter().any(|kind| said.contains(kind));
        Err(if full { WriteError::DiskFull { file } } else { WriteError::Unwritable { file, reason: "write".into() } })
    })
}

/// The clock is the caller's: the time of the stamp, or the epoch of the form.
fn properties(title: &str, stamp: &Stamp) -> DocProperties {
    let at = stamp.written_at.get(..19).unwrap_or(&stamp.written_at);
    let at = ExcelDateTime::parse_from_str(at).or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1));
    let properties = DocProperties::new().set_title(title).set_author(say("author", &[]));
    match at {
        Ok(at) => properties.set_creation_datetime(&at),
        Err(_) => properties,
    }
}
