//! `tianbao`: the use cases of a clerk without a window, for schedulers, scripts and tests.
//!
//! [`arguments`] is the command line as the user types it; `commands` has one file per group of commands, each a thin
//! face of the desk's calls; [`outcome`] holds the exit codes; [`words`] turns error codes into sentences. With `--json`
//! exactly one JSON document goes to stdout; words and progress go to stderr.

mod arguments;
mod commands;
mod outcome;
mod speak;
mod words;

use clap::Parser;

fn main() -> std::process::ExitCode {
    let arguments = arguments::Arguments::parse();
    let speak = speak::Speak::new(arguments.json, arguments.lang);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(_) => return outcome::Outcome::OwnFailure.into(),
    };
    let outcome = match runtime.block_on(commands::run(&arguments, &speak)) {
        Ok(outcome) => outcome,
        Err(error) => {
            speak.error(&error);
            outcome::of_error(&error)
        }
    };
    outcome.into()
}
