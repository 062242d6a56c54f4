//! `submit` and `results`.

use std::fmt::Display;

use desk::CallError;
use desk::submit::api::{
    AskResults, BatchRef, BatchResult, BatchState, BatchView, Consent, Pause, Paused, PrintBatches, PrintedBatches,
    RejectedQuery, RejectedRow, Results, Send, Sent, ShownState, Target, WriteLeaving, WrittenLeaving,
};
use serde::Serialize;

use super::sending::{Interrupted, outcome_of, report};
use super::state::AppState;
use super::{check_list, path_text, schedule};
use crate::arguments::Submit;
use crate::outcome::Outcome;

pub async fn submit(state: &AppState<'_>, options: &Submit) -> Result<Outcome, CallError> {
    if options.due && options.connection.is_none() && !options.rehearse {
        let more = !options.tables.is_empty() || options.dry_run || options.check_list || options.sign_off.is_some();
        return match more {
            true => Err(CallError::new("usage.missing-argument").with("argument", "--connection")),
            false => schedule::due(state, None).await,
        };
    }
    if options.pause || options.resume {
        return pause(state, Target { connection: options.connection.clone() }, options.pause).await;
    }
    let request = Send {
        target: Target { connection: options.connection.clone() },
        tables: options.tables.clone(),
        due: options.due,
        dry_run: options.dry_run,
        again: options.again,
        batch: None,
        waiting: options.waiting,
        expected: Default::default(),
        sign: options.sign_off.clone().map(consent).transpose()?,
        job: 0,
    };
    if options.check_list {
        return check_list::check_list(state, &request).await;
    }
    if let Some(list) = &options.list {
        let (target, tables) = (request.target.clone(), request.tables.clone());
        let list = WriteLeaving { target, tables, path: path_text(list)? };
        let _: WrittenLeaving = state.ask("submit.leaving", &list).await?;
    }
    let sent: Sent = state.ask("submit.send", &request).await?;
    if let Some(page) = &options.print {
        let batches = sent.batches.iter().map(|batch| batch.id).collect();
        let page = PrintBatches { batches, path: path_text(page)? };
        let _: PrintedBatches = state.ask("submit.print", &page).await?;
    }
    let interrupted = sent.interrupted.clone();
    let (answer, outcome) = report(state, sent.batches, sent.skipped, sent.interrupted, false);
    state.printer.answer(&answer, |answer| answer.lines(state.printer));
    if let Some(error) = &interrupted {
        state.printer.note(&state.printer.words(error), &state.printer.words(error));
    }
    Ok(outcome)
}

/// Pauses submission to a connection, or resumes it.
async fn pause(state: &AppState<'_>, target: Target, paused: bool) -> Result<Outcome, CallError> {
    let answer: Paused = state.ask("submit.pause", &Pause { target, paused }).await?;
    state.printer.answer(&answer, |answer| {
        vec![match &answer.since {
            Some(since) => state.printer.line("cli.paused", &[("since", since)]),
            None => state.printer.line("cli.resumed", &[]),
        }]
    });
    Ok(Outcome::Done)
}

/// The consent of a second person, whose password is not written where every program of this PC reads it.
fn consent(name: String) -> Result<Consent, CallError> {
    let password = std::env::var("TIANBAO_SIGN_OFF").ok().filter(|password| !password.is_empty());
    let password = password.ok_or_else(|| CallError::new("usage.no-sign-off-password"))?;
    Ok(Consent { name, password })
}

/// The JSON document that `results` prints.
#[derive(Serialize)]
struct ResultsAnswer {
    batches: Vec<ResultAnswer>,
    next: Option<String>,
    /// What stopped the command before its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    interrupted: Option<Interrupted>,
}

#[derive(Serialize)]
struct ResultAnswer {
    id: i64,
    table: String,
    collected: Option<u64>,
    stored: Option<u64>,
    state: BatchState,
    shown: ShownState,
    /// Name of the connection; `rehearsal` for a rehearsal.
    connection: String,
    overdue: bool,
    rejected: Vec<RejectedRow>,
}

impl From<BatchResult> for ResultAnswer {
    fn from(result: BatchResult) -> Self {
        let BatchView { id, table, collected, stored, state, shown, connection, overdue, .. } = result.batch;
        ResultAnswer { id, table, collected, stored, state, shown, connection, overdue, rejected: result.rejected }
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

pub async fn results(state: &AppState<'_>, wait: u32, give_up: Option<i64>) -> Result<Outcome, CallError> {
    if let Some(id) = give_up {
        let _given_up: BatchResult = state.ask("submit.give-up", &BatchRef { id }).await?;
    }
    let results: Results = state.ask("submit.results", &AskResults { wait, job: 0 }).await?;
    let interrupted = results.interrupted.clone();
    let mut batches = Vec::with_capacity(results.batches.len());
    for result in results.batches {
        let total = result.rejected_total;
        let mut batch = ResultAnswer::from(result);
        add_rejected(state, &mut batch, total).await?;
        batches.push(batch);
    }
    let stopped = interrupted.as_ref().map(|error| Interrupted::of(state.printer, error));
    let left_open = batches.iter().any(|batch| batch.state == BatchState::Unknown || batch.overdue);
    let answer = ResultsAnswer { batches, next: results.next, interrupted: stopped };
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
                ("state", &state.printer.line(batch.shown.key(), &[])),
            ];
            let rehearsal = batch.connection == desk::REHEARSAL;
            let key = if rehearsal { "cli.batch-rehearsed" } else { "cli.batch-result" };
            lines.push(state.printer.line(key, &values));
            lines.extend(batch.rejected.iter().map(|r| {
                let row = r.row.map(|row| state.printer.line("cli.rejected-row", &[("row", &row)])).unwrap_or_default();
                let key = if rehearsal { "cli.rejected-rehearsed" } else { "cli.rejected" };
                state.printer.line(key, &[("row", &row), ("error", &r.error)])
            }));
        }
        lines.extend(answer.next.iter().map(|at| state.printer.line("cli.results-from", &[("at", at)])));
        lines
    });
    for error in interrupted.iter().chain(&results.notes) {
        state.printer.note(&state.printer.words(error), &state.printer.words(error));
    }
    for batch in answer.batches.iter().filter(|batch| batch.overdue) {
        let words = state.printer.words(&CallError::new("batch.overdue").with("batch", batch.id));
        state.printer.note(&words, &words);
    }
    Ok(outcome_of(interrupted.as_ref(), left_open, wrong))
}
