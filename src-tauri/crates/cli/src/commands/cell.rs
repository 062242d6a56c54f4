//! `history TABLE ROW COLUMN`.

use std::fmt::Display;

use desk::CallError;
use desk::fill::api::{CellEntry, CellEvent, CellHistory, CellHistoryQuery, CellOutcome};

use super::state::AppState;
use crate::outcome::Outcome;

pub async fn history(state: &AppState<'_>, table: &str, row: i64, column: &str) -> Result<Outcome, CallError> {
    let query = CellHistoryQuery { table: table.to_owned(), row, column: column.to_owned() };
    let past: CellHistory = state.ask("fill.cell_history", &query).await?;
    state.printer.answer(&past, |past| {
        let mut lines: Vec<String> = past.entries.iter().map(|entry| line(state, &past.column, entry)).collect();
        lines.extend(past.cut.then(|| state.printer.line("cell.cut", &[])));
        lines
    });
    Ok(Outcome::Done)
}

/// One line: when, who, and what it was.
fn line(state: &AppState<'_>, asked: &str, entry: &CellEntry) -> String {
    let printer = state.printer;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let words = match &entry.event {
        CellEvent::Changed { step, kind, note, undone, before, after } => {
            let undone = if *undone { printer.line("cli.not-applied", &[]) } else { String::new() };
            let kind = printer.line(&format!("step.{kind}"), &[]);
            let values: [(&str, &dyn Display); 6] = [
                ("step", step),
                ("kind", &kind),
                ("note", note),
                ("undone", &undone),
                ("before", before),
                ("after", after),
            ];
            printer.line("cli.cell-changed", &values)
        }
        CellEvent::Explained { value, text, .. } => printer.line("cell.explained", &[("value", value), ("text", text)]),
        CellEvent::Frozen { batch, edition, value, connection, rehearsal, .. } => {
            let key = if *rehearsal { "cell.frozen-rehearsal" } else { "cell.frozen" };
            let values: [(&str, &dyn Display); 4] =
                [("batch", batch), ("edition", edition), ("value", value), ("name", connection)];
            printer.line(key, &values)
        }
        CellEvent::Signed { batch } => printer.line("cell.signed", &[("batch", batch)]),
        CellEvent::Sent { batch, delivery, num, connection, reply_time, rehearsal } => {
            let key = match reply_time {
                _ if *rehearsal => "cell.sent-rehearsal",
                Some(_) => "cell.sent",
                None => "cell.sent-unknown",
            };
            let values: [(&str, &dyn Display); 5] = [
                ("batch", batch),
                ("delivery", delivery),
                ("num", num),
                ("name", connection),
                ("time", &text(reply_time)),
            ];
            printer.line(key, &values)
        }
        CellEvent::Answered { batch, outcome, column, error, rehearsal } => {
            let other = column.as_ref().filter(|other| *other != asked);
            let key = match (outcome, rehearsal) {
                (CellOutcome::Rejected, true) => "cell.failed-rehearsal",
                (_, true) => "cell.passed-rehearsal",
                (CellOutcome::Open, _) => "cell.answer-open",
                (CellOutcome::Stored, _) => "cell.stored",
                (CellOutcome::Rejected, _) if other.is_some() => "cell.rejected-other",
                (CellOutcome::Rejected, _) => "cell.rejected",
            };
            printer.line(key, &[("batch", batch), ("error", &text(error)), ("column", &text(column))])
        }
    };
    printer.line("cli.cell-entry", &[("at", &entry.at), ("who", &entry.who), ("words", &words)])
}
