//! Undo, redo and the change log.

use super::api::{History, HistoryQuery, Steps};
use crate::session::Desk;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::verify::api::Undone;
use crate::verify::steps::step_view;
use crate::verify::walk::{Direction, walk};

/// The largest number of steps of one page.
const PAGE: u64 = 1_000;

/// `fill.undo`.
pub(crate) fn undo(desk: &Desk, request: Steps) -> Result<Undone, CallError> {
    walk(desk, &*desk.opened()?, Direction::Undo, (request.count, request.step))
}

/// `fill.redo`.
pub(crate) fn redo(desk: &Desk, request: Steps) -> Result<Undone, CallError> {
    walk(desk, &*desk.opened()?, Direction::Redo, (request.count, request.step))
}

/// `fill.history`.
pub(crate) fn history(desk: &Desk, request: HistoryQuery) -> Result<History, CallError> {
    let open = desk.opened()?;
    if let Some(table) = &request.table {
        table_of(&open.edition, table)?;
    }
    let HistoryQuery { table, row, kind, offset, limit } = request;
    let history = open.book.history(&store::HistoryQuery { table, row, kind, offset, limit: limit.min(PAGE) })?;
    Ok(History { total: history.total, steps: history.steps.into_iter().map(|step| step_view(&open, step)).collect() })
}
