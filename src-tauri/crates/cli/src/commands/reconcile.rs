//! `results --reconcile`.

use desk::CallError;
use desk::submit::api::{Reconcile, ReconcileLine, ReconcileTable, Reconciliation, UnexplainedKind};

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
                ("n", &done.unexplained_total),
            ],
        );
        let tables = done.tables.iter().map(|table| of_table(state, table));
        std::iter::once(head).chain(tables).chain(done.unexplained.iter().map(|one| line(state, one))).collect()
    });
    if let Some(error) = &done.interrupted {
        state.printer.note(&state.printer.words(error), &state.printer.words(error));
        return Ok(Outcome::ReceiverFailed);
    }
    Ok(Outcome::findings_if(!done.unexplained.is_empty()))
}

fn of_table(state: &AppState<'_>, table: &ReconcileTable) -> String {
    state.printer.line(
        "cli.reconcile-table",
        &[
            ("table", &table.table),
            ("title", &table.title),
            ("deliveries", &table.deliveries),
            ("rows", &table.rows),
            ("ours", &table.ours_stored),
            ("entries", &table.entries),
            ("collected", &table.collected),
            ("theirs", &table.theirs_stored),
        ],
    )
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
