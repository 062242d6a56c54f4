//! Positions in a view: that of a record, that of the next cell with a finding, and those of all records with findings.

use standard::Table;
use store::FindingQuery;

use super::api::{EdgeQuery, Mark, MarksQuery, NextFinding, NextFindingQuery, Position, PositionQuery};
use super::view::query_of;
use super::watch::watched;
use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::verify::findings::{self, Masking};

/// `fill.position`.
pub(crate) fn position(desk: &Desk, request: PositionQuery) -> Result<Position, CallError> {
    let open = desk.opened()?;
    table_of(&open.edition, &request.view.table)?;
    Ok(Position { position: open.book.position(&query_of(&open, &request.view), request.row)? })
}

/// `fill.edge`: inside filled cells the last of them, else the next filled one, else the first or last record.
pub(crate) fn edge(desk: &Desk, request: EdgeQuery) -> Result<Position, CallError> {
    let open = desk.opened()?;
    table_of(&open.edition, &request.view.table)?;
    let EdgeQuery { view, column, position, back, job } = request;
    let query = query_of(&open, &view);
    let last = open.book.page(&query)?.total.checked_sub(1);
    let end = if back { last.map(|_| 0) } else { last };
    let next = |empty: bool, from: u64, back: bool| {
        watched(desk, &open, &query.table, (job, "find"), || open.book.next_cell(&query, &column, empty, from, back))
    };
    let towards = |at: u64| if back { at.checked_sub(1) } else { Some(at + 1) };
    let Some(beside) = towards(position) else { return Ok(Position { position: end }) };
    let filled = |at: u64| -> Result<bool, CallError> {
        // The query looks behind a position, so the position before the cell is given; before the first cell there is
        // none.
        Ok(match at.checked_sub(1) {
            Some(before) => next(false, before, false)? == Some(at),
            None => next(false, 1, true)? == Some(0),
        })
    };
    let position = if filled(position)? && filled(beside)? {
        next(true, position, back)?.map(|gap| if back { gap + 1 } else { gap - 1 })
    } else {
        next(false, position, back)?
    };
    Ok(Position { position: position.or(end) })
}

/// The largest number of parts of one answer; a scroll bar has fewer pixels.
const PARTS: u32 = 2_000;

/// `fill.marks`.
pub(crate) fn marks(desk: &Desk, request: MarksQuery) -> Result<Vec<Mark>, CallError> {
    let open = desk.opened()?;
    table_of(&open.edition, &request.view.table)?;
    let marks = open.book.finding_marks(&query_of(&open, &request.view), request.parts.min(PARTS))?;
    Ok(marks.into_iter().map(|mark| Mark { part: mark.part, level: mark.level, rows: mark.rows }).collect())
}

/// `fill.next_finding`.
pub(crate) fn next_finding(desk: &Desk, request: NextFindingQuery) -> Result<Option<NextFinding>, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.view.table)?;
    let query = query_of(&open, &request.view);
    let order = ColumnOrder { table, shown: &request.columns };
    let cell = order.place(request.column.as_deref());
    let mut here = request.position;
    if let Some(row) = request.row
        && let Some(position) = open.book.position(&query, row)?
    {
        here = position;
        let beyond = |at: usize| if request.back { at < cell } else { at > cell };
        if let Some(found) = of_record(&open, &order, (row, position), request.back, beyond)? {
            return Ok(Some(found));
        }
    }
    match open.book.next_with_findings(&query, here, request.back)? {
        Some(record) => of_record(&open, &order, record, request.back, |_| true),
        None => Ok(None),
    }
}

/// The first finding of a record (or the last one, with `back`) whose column is `wanted`.
fn of_record(
    open: &OpenBook,
    order: &ColumnOrder<'_>,
    (row, position): (i64, u64),
    back: bool,
    wanted: impl Fn(usize) -> bool,
) -> Result<Option<NextFinding>, CallError> {
    let query =
        FindingQuery { table: Some(order.table.name.clone()), rows: vec![row], limit: u64::MAX, ..Default::default() };
    let mut found = open.book.findings(&query)?.findings;
    let place = |stored: &store::StoredFinding| order.place(stored.finding.column.as_deref());
    found.retain(|stored| wanted(place(stored)));
    found.sort_by_key(place);
    let nearest = if back { found.pop() } else { (!found.is_empty()).then(|| found.swap_remove(0)) };
    let view = findings::views(open, nearest.into_iter().collect(), Masking::BySettings)?.pop();
    Ok(view.map(|finding| NextFinding { finding, position }))
}

/// The order of columns on the screen.
pub(super) struct ColumnOrder<'a> {
    pub table: &'a Table,
    /// Those on the screen, from the left.
    pub shown: &'a [String],
}

impl ColumnOrder<'_> {
    /// Position of a column; findings of the whole record are shown at its first cell.
    pub fn place(&self, column: Option<&str>) -> usize {
        let Some(column) = column else { return 0 };
        let shown = self.shown.iter().position(|shown| shown == column);
        shown.unwrap_or_else(|| self.shown.len() + self.table.position(column).unwrap_or_default())
    }
}
