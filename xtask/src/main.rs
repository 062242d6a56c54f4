//! The project's own commands, for people and for CI: `cargo xtask start`, `test`, `package`,
//! `windows`, `bench`, `rules` and `derive`.
//!
//! A fresh machine has Rust, Node and a C compiler; everything else is installed by the command that needs it:
//!
//! - [`folders`]: paths, also of the shared cache
//! - [`run`]: running other programs, with retries and a time limit
//! - [`packages`]: installing what is needed
//! - [`built`]: the interface and the programs, built
//! - [`display`]: a display without a screen
//! - [`start`]: builds and opens the program; without a display [`walk`] does the main job in the terminal
//! - [`test`]: every layer of tests, some [`beside`] each other, with one sum ([`tally`])
//! - [`package`]: packages for Linux; [`windows`]: the folder and the installer for Windows, and a trial of both
//! - [`bench`]: every bench, and their ratios in one table; [`deny`]: the libraries of other people
//! - [`rules`]: how good the rules are
//! - [`derive`]: standards/ from the facts folder
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it talks on the terminal")]

mod bench;
mod beside;
mod built;
mod deny;
mod derive;
mod display;
mod folders;
mod package;
mod packages;
mod rules;
mod run;
mod start;
mod tally;
mod test;
mod walk;
mod windows;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask start                  install what is missing, build, open the program with the sample college
cargo xtask test                   install what is missing, run every test
cargo xtask test --only LAYER      only one layer; --list names them
cargo xtask package                build a release and pack it for Debian, Ubuntu and systems with rpm
cargo xtask windows                build a release for Windows: a folder to copy and an installer; see docs/windows.md
cargo xtask windows --test         try a build for Windows under wine, from its tests to its installer; --short: the command line
cargo xtask bench [--save]         run every bench and print the ratios; --save keeps them in docs/performance.md
cargo xtask rules [--save]         measure how good the rules are; --save measures at length and keeps it in docs/rules.md
cargo xtask derive FACTS [EDITION] standards/ again from the folder of the facts; --check only compares
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome: run::Result<ExitCode> = match words.as_slice() {
        ["start"] => start::start(),
        ["test", rest @ ..] => test::test(rest),
        ["package"] => package::package().map(|()| ExitCode::SUCCESS),
        ["windows", rest @ ..] => windows::windows(rest),
        ["bench"] => bench::bench(false),
        ["bench", "--save"] => bench::bench(true),
        ["rules"] => rules::rules(false),
        ["rules", "--save"] => rules::rules(true),
        ["derive", rest @ ..] => derive::command(rest, &folders::at("standards")).map(|words| {
            println!("{words}");
            ExitCode::SUCCESS
        }),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}
