//! Steps of the log as a page shows them.

use standard::{Sensitivity, mask, period};
use store::{StepInfo, StepKind};

use super::api::{CellChange, StepView};
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::env::rfc3339;

/// Whether a step was made by a clerk. The records of the invented college were not: undo ends before them.
pub(crate) fn is_of_the_clerk(step: &StepInfo) -> bool {
    step.kind != StepKind::Sample
}

/// A step with its cells; personal values are masked, because the log is also read by other people than the clerk who
/// typed them.
pub(crate) fn step_view(open: &OpenBook, step: StepInfo) -> StepView {
    let cell = |cell: store::CellChange| {
        if cell.column == store::PERIOD_CELL {
            let (before, after) = (period::words(&cell.before), period::words(&cell.after));
            let store::CellChange { table, row, column, .. } = cell;
            return CellChange { table, row, column, column_title: Some("采集期".to_owned()), before, after };
        }
        let field = open.edition.table(&cell.table).and_then(|t| t.field(&cell.column));
        // The sensitivity of a column that only an older edition had is unknown; it counts as the highest. A reason
        // that a clerk gave for a record has no column; it is shown wherever the finding is.
        let unknown = if cell.column.is_empty() { Sensitivity::None } else { Sensitivity::Special };
        let sensitivity = field.map_or(unknown, |f| f.sensitivity);
        CellChange {
            before: mask::mask(sensitivity, &cell.before),
            after: mask::mask(sensitivity, &cell.after),
            column_title: field.map(|f| f.title.clone()),
            table: cell.table,
            row: cell.row,
            column: cell.column,
        }
    };
    StepView {
        position: None,
        step: step.step,
        at: rfc3339(step.at),
        who: step.who,
        kind: step.kind,
        tables: step.tables,
        rows: step.rows,
        note: step.note,
        undone: step.undone,
        cells: step.cells.into_iter().map(cell).collect(),
    }
}

/// The position of the record that a step with cells of one record touched, if it is there.
pub(crate) fn position_of(open: &OpenBook, step: &StepView) -> Result<Option<u64>, CallError> {
    let Some(cell) = step.cells.first().filter(|_| step.rows == 1) else { return Ok(None) };
    if open.edition.table(&cell.table).is_none() {
        return Ok(None);
    }
    Ok(open.book.positions(&cell.table, &[cell.row])?.pop().flatten())
}
