//! `tianbao`: the use cases of a clerk without a window, for schedulers, scripts and tests.
//!
//! [`arguments`] is the command line as the user types it; `commands` has one file per group of commands, each a thin
//! face of the desk's calls; [`outcome`] holds the exit codes; [`words`] turns error codes into sentences, [`usage`] those of the parser. With `--json`
//! exactly one JSON document goes to stdout; words and progress go to stderr.

mod arguments;
mod commands;
mod outcome;
mod speak;
mod usage;
mod words;

use clap::Parser;

fn main() -> std::process::ExitCode {
    let arguments = match arguments::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(asked) if !asked.use_stderr() => {
            // Help and version are no mistakes; a reader that went away is none either.
            let _ = asked.print();
            return outcome::Outcome::Done.into();
        }
        Err(wrong) => {
            let json = std::env::args_os().any(|argument| argument == "--json");
            speak::Speak::new(json, words::Language::Zh).error(&usage::error(&wrong));
            return outcome::Outcome::Unusable.into();
        }
    };
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
