//! `period`: moves records to the period in which their dates lie.

use desk::CallError;
use desk::fill::api::{Moved, ToPeriod};
use serde::Serialize;

use super::state::AppState;
use crate::arguments;
use crate::outcome::Outcome;

/// The JSON document that `period` prints.
#[derive(Serialize)]
struct Answer {
    table: String,
    moved: u64,
    /// Number of the step in the change log; absent where no record was moved.
    step: Option<i64>,
}

pub async fn to_period(state: &AppState<'_>, given: &arguments::Period) -> Result<Outcome, CallError> {
    let arguments::Period { table, rows } = given.clone();
    let request = ToPeriod { table: table.clone(), rows, value: None };
    let Moved { step, moved, .. } = state.ask("fill.to_period", &request).await?;
    state.printer.answer(&Answer { table, moved, step }, |answer| {
        vec![state.printer.line("cli.to-period", &[("table", &answer.table), ("moved", &answer.moved)])]
    });
    Ok(Outcome::Done)
}
