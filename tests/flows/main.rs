//! Tests of whole workflows through the whole program, one file for each workflow.
//!
//! They run the command line program, so `cargo build -p tianbao-cli` must come before them (`cargo xtask test` does
//! it).

mod backups;
mod before_sending;
mod by_itself;
mod came_back;
mod cell_history;
mod center;
mod clock;
mod command_line;
mod concurrency;
mod conformance;
mod crash;
mod decisions;
mod definition;
mod due;
mod during;
mod every_edition;
mod fixture;
mod installed_editions;
mod job;
mod keys;
mod kinds;
mod meanwhile;
mod migration;
mod overlay;
mod periods;
mod refusals;
mod repeats;
mod robots;
mod round_trips;
mod rules;
mod sabotage;
mod sources;
mod standards;
mod submission;
mod templates;
mod three_ways;
mod true_records;
mod true_words;
mod trust;
mod two_clocks;
mod two_machines;
mod warnings;
mod what_was_sent;
