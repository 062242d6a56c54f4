//! Exit codes; a contract with scripts.

use std::process::ExitCode;

use desk::CallError;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done, and nothing mandatory is wrong.
    Done = 0,
    /// Done, and mandatory findings or rejected rows exist.
    Wrong = 1,
    /// The input or the call is unusable; nothing changed.
    Unusable = 2,
    /// The other side or the network failed; what was done is kept and goes on next time.
    OtherSide = 3,
    /// The program's own failure.
    OwnFailure = 4,
}

impl Outcome {
    /// [`Outcome::Wrong`] if anything is.
    pub fn wrong_if(wrong: bool) -> Outcome {
        if wrong { Outcome::Wrong } else { Outcome::Done }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(outcome as u8)
    }
}

/// The outcome that an error means. The group of a code is the word before its point.
pub fn of_error(error: &CallError) -> Outcome {
    match error.code.split('.').next().unwrap_or_default() {
        "network" | "login" | "submit" | "cipher" => Outcome::OtherSide,
        "program" | "standard" | "call" | "batch" => Outcome::OwnFailure,
        _ => Outcome::Unusable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_whose_fault_it_is() {
        for (code, outcome) in [
            ("table.unknown", Outcome::Unusable),
            ("disk.full", Outcome::Unusable),
            ("network.refused", Outcome::OtherSide),
            ("login.refused", Outcome::OtherSide),
            ("submit.unreadable-reply", Outcome::OtherSide),
            ("program.failed", Outcome::OwnFailure),
            ("call.malformed", Outcome::OwnFailure),
            ("batch.move-not-allowed", Outcome::OwnFailure),
        ] {
            assert_eq!(of_error(&CallError::new(code)), outcome, "{code}");
        }
    }
}
