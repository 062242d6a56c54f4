//! `period`: records go to the period that their dates name.

use desk::CallError;
use desk::fill::api::{Moved, ToPeriod};
use serde::Serialize;

use super::state::AppState;
use crate::outcome::Outcome;

/// The JSON document that `period` prints.
#[derive(Serialize)]
struct Answer {
    table: String,
    moved: u64,
    /// Number of the step in the change log; absent where no record went.
    step: Option<i64>,
}

pub async fn to_period(state: &AppState<'_>, table: &str, rows: &[i64]) -> Result<Outcome, CallError> {
    let request = ToPeriod { table: table.to_owned(), rows: rows.to_vec(), value: None };
    let Moved { step, moved, .. } = state.ask("fill.to_period", &request).await?;
    state.printer.answer(&Answer { table: table.to_owned(), moved, step }, |answer| {
        vec![state.printer.line("cli.to-period", &[("table", &answer.table), ("moved", &answer.moved)])]
    });
    Ok(Outcome::Done)
}
