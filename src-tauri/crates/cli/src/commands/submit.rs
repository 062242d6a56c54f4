//! `submit` and `results`.

use desk::CallError;
use desk::submit::api::{AskResults, BatchResult, BatchState, BatchView, RejectedRow, Results, Send, Sent, Target};
use serde::Serialize;

use super::state::AppState;
use crate::arguments::Submit;
use crate::outcome::Outcome;

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
        let mut lines: Vec<String> = answer.batches.iter().map(batch_line).collect();
        lines.extend(answer.skipped.iter().map(|s| format!("{}  {}", s.table, s.reason)));
        lines
    });
    if let Some(error) = interrupted {
        state.printer.note(&state.printer.words(&error), &state.printer.words(&error));
        return Ok(Outcome::ReceiverFailed);
    }
    Ok(Outcome::findings_if(blocked))
}

fn batch_line(batch: &BatchView) -> String {
    format!("批次 {}  {} {}  {} 条  {}", batch.id, batch.table, batch.title, batch.rows, state_words(batch.state))
}

fn state_words(state: BatchState) -> &'static str {
    match state {
        BatchState::Frozen => "待发送",
        BatchState::Sending => "发送中",
        BatchState::Sent => "已发送，等待结果",
        BatchState::Unknown => "结果未知，先查询再决定",
        BatchState::Stored => "全部入库",
        BatchState::PartlyStored => "部分入库",
        BatchState::Rejected => "被退回",
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

pub async fn results(state: &AppState<'_>, wait: u32) -> Result<Outcome, CallError> {
    let results: Results = state.ask("submit.results", &AskResults { wait, job: 0 }).await?;
    let interrupted = results.interrupted.clone();
    let answer =
        ResultsAnswer { batches: results.batches.into_iter().map(ResultAnswer::from).collect(), next: results.next };
    let wrong = answer
        .batches
        .iter()
        .any(|b| !b.rejected.is_empty() || matches!(b.state, BatchState::Rejected | BatchState::PartlyStored));
    state.printer.answer(&answer, |answer| {
        let mut lines = Vec::new();
        for batch in &answer.batches {
            let number = |n: Option<u64>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
            lines.push(format!(
                "批次 {}  {}  收到 {} 入库 {}  {}",
                batch.id,
                batch.table,
                number(batch.collected),
                number(batch.stored),
                state_words(batch.state)
            ));
            lines.extend(
                batch.rejected.iter().map(|r| {
                    format!("  退回 {}：{}", r.row.map(|n| format!("{n} 号记录")).unwrap_or_default(), r.error)
                }),
            );
        }
        lines.extend(answer.next.iter().map(|at| format!("下次可查询：{at}")));
        lines
    });
    if let Some(error) = interrupted {
        state.printer.note(&state.printer.words(&error), &state.printer.words(&error));
        return Ok(Outcome::ReceiverFailed);
    }
    Ok(Outcome::findings_if(wrong))
}
