//! What `submit` prints of what was sent, and the outcome of a command that exchanged something with a receiver.

use std::fmt::Display;

use desk::CallError;
use desk::submit::api::{BatchState, BatchView, Skipped};
use serde::Serialize;

use super::state::AppState;
use crate::outcome::{Outcome, of_error};
use crate::printer::Printer;

/// The JSON document that `submit` prints.
#[derive(Serialize)]
pub(super) struct Sending {
    batches: Vec<BatchView>,
    skipped: Vec<SkippedAnswer>,
    /// What stopped the command before its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    interrupted: Option<Interrupted>,
}

/// What stopped a command: the code of the error and its sentence.
#[derive(Serialize)]
pub(super) struct Interrupted {
    code: String,
    message: String,
}

impl Interrupted {
    pub(super) fn of(printer: &Printer, error: &CallError) -> Interrupted {
        Interrupted { code: error.code.clone(), message: printer.words(error) }
    }
}

/// The outcome of a command that exchanged something with a receiver. While a batch may or may not have arrived, or its
/// result is overdue, the command is not done.
pub(super) fn outcome_of(interrupted: Option<&CallError>, open: bool, wrong: bool) -> Outcome {
    match interrupted {
        // The error is about the program's own disk, not about the receiver.
        Some(error) if error.code.starts_with("disk.") || error.code.starts_with("book.") => Outcome::ProgramFailed,
        Some(error) => match of_error(error) {
            Outcome::ProgramFailed => Outcome::ProgramFailed,
            _ => Outcome::ReceiverFailed,
        },
        None if open => Outcome::ReceiverFailed,
        None => Outcome::findings_if(wrong),
    }
}

/// Whether a batch has an unknown outcome, or has waited too long for its result.
fn is_left_open(batch: &BatchView) -> bool {
    batch.state == BatchState::Unknown || batch.overdue
}

/// A table that was left out, with the reason as a sentence.
#[derive(Serialize)]
struct SkippedAnswer {
    table: String,
    reason: String,
    rows: u64,
}

impl Sending {
    /// One line for each batch, and one for each table that was left out.
    pub(super) fn lines(&self, printer: &Printer) -> Vec<String> {
        let mut lines: Vec<String> = self.batches.iter().map(|batch| batch_line(printer, batch)).collect();
        lines.extend(self.skipped.iter().map(|s| format!("{}  {}", s.table, s.reason)));
        lines
    }
}

/// What was sent and left out, and the outcome of the command. `told`: a person has to look at something.
pub(super) fn report(
    state: &AppState<'_>,
    batches: Vec<BatchView>,
    skipped: Vec<Skipped>,
    interrupted: Option<CallError>,
    told: bool,
) -> (Sending, Outcome) {
    // Exit code 1 means that rows were left out because of mandatory findings, or because nobody consented, or that the
    // receiver rejected rows: where a reply was lost, the results are asked for before the command ends.
    let blocked = skipped.iter().any(|s| s.reason == "skipped.mandatory" || s.reason == "skipped.not-signed");
    let skipped = skipped.into_iter().map(|s| SkippedAnswer {
        reason: state.printer.words(&CallError::new(&s.reason).with("rows", s.rows).with("table", &s.table)),
        table: s.table,
        rows: s.rows,
    });
    let stopped = interrupted.as_ref().map(|error| Interrupted::of(state.printer, error));
    let open = batches.iter().any(is_left_open);
    let rejected = |batch: &BatchView| matches!(batch.state, BatchState::Rejected | BatchState::PartlyStored);
    let wrong = blocked || told || batches.iter().any(rejected);
    let outcome = outcome_of(interrupted.as_ref(), open, wrong);
    (Sending { skipped: skipped.collect(), batches, interrupted: stopped }, outcome)
}

fn batch_line(printer: &Printer, batch: &BatchView) -> String {
    let values: [(&str, &dyn Display); 5] = [
        ("batch", &batch.id),
        ("table", &batch.table),
        ("title", &batch.title),
        ("rows", &batch.rows),
        ("state", &printer.line(batch.shown.key(), &[])),
    ];
    printer.line("cli.batch", &values)
}
