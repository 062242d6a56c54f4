//! The standards screen: the editions, what is in one, what is different between two.
//!
//! - `browse`: the tree, a table, code lists
//! - `quality`: how good the rules are, as it was measured
//! - `rules`: rules with the cases they are tried on
//! - `print`: rules as one page to read and print
//! - `search`: anything by what a clerk types
//! - `compare`: two editions side by side; `crosswalk_view` adds what the crosswalk says
//! - `shelf`: installing editions, publishers, making packages
//! - `definitions`: editions as workbooks
//! - `own`: the college's own additions
//! - `migrate`: moving a book to another edition

pub mod api;
pub(crate) mod browse;
pub(crate) mod compare;
mod crosswalk_view;
pub(crate) mod definitions;
pub(crate) mod migrate;
pub(crate) mod own;
pub(crate) mod print;
pub(crate) mod quality;
pub(crate) mod rules;
pub(crate) mod search;
pub(crate) mod shelf;
