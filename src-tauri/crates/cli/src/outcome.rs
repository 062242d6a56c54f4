//! The exit codes of the program. Scripts depend on them, so they do not change.

use std::process::ExitCode;

use desk::CallError;

/// How a command ended; the value is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The command is done, and there are no mandatory findings.
    Done = 0,
    /// The command is done, and there are mandatory findings or rejected rows.
    MandatoryFindings = 1,
    /// The input or the arguments are unusable; nothing changed.
    Unusable = 2,
    /// The receiver or the network failed. What was done is kept, and the next run continues it.
    ReceiverFailed = 3,
    /// The program itself failed.
    ProgramFailed = 4,
}

impl Outcome {
    /// [`Outcome::MandatoryFindings`] if there are any, otherwise [`Outcome::Done`].
    pub fn findings_if(found: bool) -> Outcome {
        if found { Outcome::MandatoryFindings } else { Outcome::Done }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(outcome as u8)
    }
}

/// The outcome for an error. It depends on the group of the code, which is the word before the first point.
pub fn of_error(error: &CallError) -> Outcome {
    // For a script, a database that cannot be reached is the same as a receiver that cannot be reached: try again
    // later.
    if matches!(error.code.as_str(), "source.unreachable" | "source.no-answer" | "source.broken" | "source.busy") {
        return Outcome::ReceiverFailed;
    }
    match error.code.split('.').next().unwrap_or_default() {
        "network" | "login" | "submit" | "cipher" => Outcome::ReceiverFailed,
        "program" | "standard" | "call" | "batch" => Outcome::ProgramFailed,
        _ => Outcome::Unusable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_of_an_error_code_decides_the_exit_code() {
        for (code, outcome) in [
            ("table.unknown", Outcome::Unusable),
            ("disk.full", Outcome::Unusable),
            ("source.login", Outcome::Unusable),
            ("source.unreachable", Outcome::ReceiverFailed),
            ("network.refused", Outcome::ReceiverFailed),
            ("login.refused", Outcome::ReceiverFailed),
            ("submit.unreadable-reply", Outcome::ReceiverFailed),
            ("program.failed", Outcome::ProgramFailed),
            ("call.malformed", Outcome::ProgramFailed),
            ("batch.move-not-allowed", Outcome::ProgramFailed),
        ] {
            assert_eq!(of_error(&CallError::new(code)), outcome, "{code}");
        }
    }
}
