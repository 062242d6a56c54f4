//! `tianbao`: the use cases of a clerk without a window, for schedulers, scripts and tests.
//!
//! - [`arguments`]: the command line as the user types it
//! - `commands`: one file for each group of commands; each command makes calls of the desk and prints the answer
//! - [`help`]: the help of every command in Chinese
//! - [`outcome`]: the exit codes
//! - [`words`]: the sentences for error codes
//! - [`usage`]: the error codes for a command line that cannot be parsed
//! - [`printer`]: the output
//!
//! With `--json` exactly one JSON document goes to standard output. Messages and progress go to standard error.

mod arguments;
mod commands;
mod help;
mod outcome;
mod printer;
mod usage;
mod words;

use clap::FromArgMatches;

fn main() -> std::process::ExitCode {
    let parsed = help::command().try_get_matches().and_then(|matches| arguments::Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(asked) if !asked.use_stderr() => {
            // The user asked for help or for the version. A closed pipe is not an error.
            let _ = asked.print();
            return outcome::Outcome::Done.into();
        }
        Err(wrong) => {
            let json = std::env::args_os().any(|argument| argument == "--json");
            printer::Printer::new(json, words::Language::Zh).error(&usage::error(&wrong));
            return outcome::Outcome::Unusable.into();
        }
    };
    let printer = printer::Printer::new(arguments.json, arguments.lang);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(_) => return outcome::Outcome::ProgramFailed.into(),
    };
    let outcome = match runtime.block_on(commands::run(&arguments, &printer)) {
        Ok(outcome) => outcome,
        Err(error) => {
            printer.error(&error);
            outcome::of_error(&error)
        }
    };
    if printer.failed() {
        return outcome::Outcome::ProgramFailed.into();
    }
    outcome.into()
}
