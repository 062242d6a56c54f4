//! Whole jobs through the whole program: one file per flow.
//!
//! They need the program beside them: `cargo build -p tianbao-cli` (`cargo xtask test` builds it).

mod stage;

mod at_once;
mod bad_calls;
mod command_line;
mod crash;
mod definition;
mod every_edition;
mod job;
mod migration;
mod overlay;
mod rules;
mod shelf;
mod standards;
mod templates;
mod two_machines;
