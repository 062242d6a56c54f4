//! The desktop program: one window with the page, whose calls go to the desk.
//!
//! No other crate uses Tauri. The window gives the page two commands, [`call`](host::call) for all use cases and
//! [`show_in_folder`](folder::show_in_folder), and two events, `progress` and `changed`; all use cases are in the crate
//! `desk`.
//!
//! - [`arguments`]: the arguments of the program
//! - [`folder`]: where a file lies, in the system's file manager
//! - [`host`]: the command, the events and the window
//! - [`instance`]: one window for each user; [`placement`]: where the window was
//! - [`opening`]: opens the book of the arguments; [`words`]: messages where there is no window
//!
//! It has no menu (the page has its own), no updates, and no remote content.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod folder;
mod host;
mod instance;
mod opening;
mod placement;
mod words;

use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = arguments::parse(std::env::args_os().skip(1)).and_then(host::start);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            words::complain(&message);
            ExitCode::FAILURE
        }
    }
}
