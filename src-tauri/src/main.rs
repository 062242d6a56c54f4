//! The desktop program: one window over the desk.
//!
//! Nothing else in the house knows Tauri. The window gives the page one command, [`call`](host::call), and two events,
//! `progress` and `changed`; all else is in `desk`.
//!
//! - [`arguments`]: what the program can be told at its start
//! - [`host`]: the command, the events and the window
//! - [`opening`]: the book that is open when the page first asks
//!
//! What it leaves out: a menu (the page has its own), updates, and remote content of any kind.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod host;
mod opening;

use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = arguments::parse(std::env::args_os().skip(1)).and_then(host::run);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            complain(&words);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
fn complain(words: &str) {
    eprintln!("{words}");
}
