//! `clock`, and the warning about a wrong clock of this PC, printed on standard error after every command that opens a
//! book.

use desk::{CallError, ClockState, ClockVerdict, ClockWitness, Nothing};

use super::AppState;
use crate::outcome::Outcome;

/// Prints this PC's time and the best known time; with `trust` the clerk states first that this PC's clock is right.
pub async fn clock(state: &AppState<'_>, trust: bool) -> Result<Outcome, CallError> {
    let call = if trust { "clock.trust" } else { "clock.state" };
    let clock: ClockState = state.ask(call, &Nothing {}).await?;
    state.printer.answer(&clock, |clock| {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("pc", &minute(&clock.pc)), ("known", &minute(&clock.known))];
        vec![state.printer.line("cli.clock", &values)]
    });
    Ok(Outcome::Done)
}

/// Prints a warning where this PC's clock is wrong. A command does not fail because the clock could not be checked.
pub async fn note(state: &AppState<'_>) {
    let Ok(clock) = state.ask::<_, ClockState>("clock.state", &Nothing {}).await else { return };
    let Some(witness) = clock.witness else { return };
    let witness = match witness {
        ClockWitness::Build => "clock.witness-build",
        ClockWitness::Receiver => "clock.witness-receiver",
        ClockWitness::Log => "clock.witness-log",
    };
    let words = match (clock.verdict, clock.witness) {
        (ClockVerdict::Behind, _) => "clock.behind",
        (_, Some(ClockWitness::Receiver)) => "clock.ahead",
        _ => "clock.ahead-far",
    };
    let witness = state.printer.line(witness, &[]);
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("pc", &minute(&clock.pc)), ("known", &minute(&clock.known)), ("witness", &witness)];
    let line = state.printer.line(words, &values);
    state.printer.note(&line, &line);
}

/// A moment in national time without its seconds: 2026-11-26 10:00.
fn minute(moment: &str) -> String {
    moment.get(..16).unwrap_or(moment).replace('T', " ")
}
