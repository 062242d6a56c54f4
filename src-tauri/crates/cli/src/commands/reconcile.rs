//! `results --reconcile`.

use desk::CallError;
use desk::submit::api::{Reconcile, ReconcileLine, Reconciliation, UnexplainedKind};

use super::state::AppState;
use crate::outcome::Outcome;

/// Exit code 1 means that a line is unexplained, 3 that the results could not be read to their end.
pub async fn reconcile(state: &AppState<'_>) -> Result<Outcome, CallError> {
    let done: Reconciliation = state.ask("submit.reconcile", &Reconcile { connection: None, days: 0 }).await?;
    state.printer.answer(&done, |done| {
        let head = state.printer.line(
            "cli.reconciled",
            &[
                ("connection", &done.connection),
                ("agreed", &done.agreed),
                ("open", &done.open),
                ("n", &done.unexplained.len()),
            ],
        );
        std::iter::once(head).chain(done.unexplained.iter().map(|one| line(state, one))).collect()
    });
    if let Some(error) = &done.interrupted {
        state.printer.note(&state.printer.words(error), &state.printer.words(error));
        return Ok(Outcome::ReceiverFailed);
    }
    Ok(Outcome::findings_if(!done.unexplained.is_empty()))
}

fn line(state: &AppState<'_>, one: &ReconcileLine) -> String {
    let key = match one.kind {
        UnexplainedKind::Gone => "cli.reconcile-gone",
        UnexplainedKind::Differs => "cli.reconcile-differs",
        UnexplainedKind::Foreign => "cli.reconcile-foreign",
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let number = |n: Option<u64>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
    state.printer.line(
        key,
        &[
            ("batch", &one.batch.unwrap_or_default()),
            ("table", &text(&one.table)),
            ("time", &text(&one.time)),
            ("collected", &number(one.collected)),
            ("stored", &number(one.stored)),
        ],
    )
}
