//! The log of this program, as the settings screen shows it.

use crate::Desk;
use crate::session::api::{CallError, Nothing};
use crate::settings::api::LogPage;

/// Entries that a screen shows.
const SHOWN: usize = 200;

/// The newest entries. Needs no open book.
pub(crate) fn read(desk: &Desk, _: Nothing) -> Result<LogPage, CallError> {
    Ok(LogPage { file: desk.log.file().display().to_string(), entries: desk.log.newest(SHOWN) })
}
