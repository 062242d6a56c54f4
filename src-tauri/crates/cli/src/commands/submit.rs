//! `submit` and `results`.

use std::fmt::Display;

use desk::CallError;
use desk::submit::api::{
    AskResults, BatchResult, BatchState, BatchView, RejectedQuery, RejectedRow, Results, Send, Sent, Target,
};
use serde::Serialize;

use super::state::AppState;
use crate::arguments::Submit;
use crate::outcome::Outcome;
use crate::printer::Printer;

/// The JSON document that `submit` prints.
#[derive(Serialize)]
struct SentAnswer {
    batches: Vec<BatchView>,
    skipped: Vec<SkippedAnswer>,
}

/// A table that was left out, with the reason as a sentence.
#[derive(Serialize)]
struct SkippedAnswer {
    table: String,
    reason: String,
    rows: u64,
}

pub async fn submit(state: &AppState<'_>, options: &Submit) -> Result<Outcome, CallError> {
    let request = Send {
        target: Target { connection: options.connection.clone() },
        tables: options.tables.clone(),
        due: options.due,
        dry_run: options.dry_run,
        job: 0,
    };
    let sent: Sent = state.ask("submit.send", &request).await?;
    let interrupted = sent.interrupted.clone();
    // Exit code 1 means that rows were left out because of mandatory findings.
    let blocked = sent.skipped.iter().any(|s| s.reason == "skipped.mandatory");
    let skipped = sent.skipped.into_iter().map(|s| SkippedAnswer {
        reason: state.printer.words(&CallError::new(&s.reason).with("rows", s.rows).with("table", &s.table)),
        table: s.table,
        rows: s.rows,
    });
    let answer = SentAnswer { skipped: skipped.collect(), batches: sent.batches };
    state.printer.answer(&answer, |answer| {
        let mut lines: Vec<String> = answer.batches.iter().map(|batch| batch_line(state.printer, batch)).collect();
        lines.extend(answer.skipped.iter().map(|s| format!("{}  {}", s.table, s.reason)));
        lines
    });
    if let Some(error) = interrupted {
        state.printer.note(&state.printer.words(&error), &state.printer.words(&error));
        return Ok(Outcome::ReceiverFailed);
    }
    Ok(Outcome::findings_if(blocked))
}

fn batch_line(printer: &Printer, batch: &BatchView) -> String {
    let values: [(&str, &dyn Display); 5] = [
        ("batch", &batch.id),
        ("table", &batch.table),
        ("title", &batch.title),
        ("rows", &batch.rows),
        ("state", &printer.line(state_words(batch.state), &[])),
    ];
    printer.line("cli.batch", &values)
}

fn state_words(state: BatchState) -> &'static str {
    match state {
        BatchState::Frozen => "cli.state-frozen",
        BatchState::Sending => "cli.state-sending",
        BatchState::Sent => "cli.state-sent",
        BatchState::Unknown => "cli.state-unknown",
        BatchState::Stored => "cli.state-stored",
        BatchState::PartlyStored => "cli.state-partly-stored",
        BatchState::Rejected => "cli.state-rejected",
    }
}

/// The JSON document that `results` prints.
#[derive(Serialize)]
struct ResultsAnswer {
    batches: Vec<ResultAnswer>,
    next: Option<String>,
}

#[derive(Serialize)]
struct ResultAnswer {
    id: i64,
    table: String,
    collected: Option<u64>,
    stored: Option<u64>,
    state: BatchState,
    rejected: Vec<RejectedRow>,
}

impl From<BatchResult> for ResultAnswer {
    fn from(result: BatchResult) -> Self {
        let BatchView { id, table, collected, stored, state, .. } = result.batch;
        ResultAnswer { id, table, collected, stored, state, rejected: result.rejected }
    }
}

/// Adds the rejected rows that the answer of `submit.results` left out.
async fn add_rejected(state: &AppState<'_>, batch: &mut ResultAnswer, total: u64) -> Result<(), CallError> {
    let mut read = batch.rejected.len() as u64;
    while read < total {
        let query = RejectedQuery { id: batch.id, offset: read, limit: total - read };
        let page: Vec<RejectedRow> = state.ask("submit.rejected", &query).await?;
        if page.is_empty() {
            break;
        }
        read += page.len() as u64;
        batch.rejected.extend(page);
    }
    Ok(())
}

pub async fn results(state: &AppState<'_>, wait: u32) -> Result<Outcome, CallError> {
    let results: Results = state.ask("submit.results", &AskResults { wait, job: 0 }).await?;
    let interrupted = results.interrupted.clone();
    let mut batches = Vec::with_capacity(results.batches.len());
    for result in results.batches {
        let total = result.rejected_total;
        let mut batch = ResultAnswer::from(result);
        add_rejected(state, &mut batch, total).await?;
        batches.push(batch);
    }
    let answer = ResultsAnswer { batches, next: results.next };
    let wrong = answer
        .batches
        .iter()
        .any(|b| !b.rejected.is_empty() || matches!(b.state, BatchState::Rejected | BatchState::PartlyStored));
    state.printer.answer(&answer, |answer| {
        let mut lines = Vec::new();
        for batch in &answer.batches {
            let number = |n: Option<u64>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
            let values: [(&str, &dyn Display); 5] = [
                ("batch", &batch.id),
                ("table", &batch.table),
                ("collected", &number(batch.collected)),
                ("stored", &number(batch.stored)),
                ("state", &state.printer.line(state_words(batch.state), &[])),
            ];
            lines.push(state.printer.line("cli.batch-result", &values));
            lines.extend(batch.rejected.iter().map(|r| {
                let row = r.row.map(|row| state.printer.line("cli.rejected-row", &[("row", &row)])).unwrap_or_default();
                state.printer.line("cli.rejected", &[("row", &row), ("error", &r.error)])
            }));
        }
        lines.extend(answer.next.iter().map(|at| state.printer.line("cli.results-from", &[("at", at)])));
        lines
    });
    if let Some(error) = interrupted {
        state.printer.note(&state.printer.words(&error), &state.printer.words(&error));
        return Ok(Outcome::ReceiverFailed);
    }
    Ok(Outcome::findings_if(wrong))
}
