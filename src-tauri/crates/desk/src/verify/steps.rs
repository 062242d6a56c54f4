//! Steps of the log as a page shows them.

use standard::{Sensitivity, mask};
use store::StepInfo;

use super::api::{CellChange, StepView};
use crate::session::OpenBook;
use crate::session::env::rfc3339;

/// Kind of the step that brings the records of the invented college into a new book.
pub(crate) const SAMPLE: &str = "sample";

/// Whether a step was made by a clerk. The records of the invented college were not: undo ends before them.
pub(crate) fn is_of_the_clerk(step: &StepInfo) -> bool {
    step.kind != SAMPLE
}

/// A step with its cells; personal values are masked, because the log is also read by others than the one who typed.
pub(crate) fn step_view(open: &OpenBook, step: StepInfo) -> StepView {
    let cell = |cell: store::CellChange| {
        let field = open.edition.table(&cell.table).and_then(|t| t.field(&cell.column));
        // The sensitivity of a column that only an older edition had is unknown; it counts as the highest.
        let sensitivity = field.map_or(Sensitivity::Special, |f| f.sensitivity);
        CellChange {
            before: mask::mask(sensitivity, &cell.before),
            after: mask::mask(sensitivity, &cell.after),
            table: cell.table,
            row: cell.row,
            column: cell.column,
        }
    };
    StepView {
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
