//! The workbooks screen: templates, imports and exports.
//!
//! - [`out`]: writes templates and exports; [`files`]: which files, and what they are called
//! - [`preview`]: reads files into a proposal, row by row against the book ([`matching`]) and cell by cell
//!   against what the file was written from ([`compare`], [`written`]); [`proposals`] keeps it while
//!   the program runs
//! - [`mapping`]: what the headings of the college's own workbooks mean
//! - [`apply`]: puts a proposal into the book in one step

pub mod api;
pub(crate) mod apply;
mod compare;
mod files;
pub(crate) mod mapping;
mod matching;
pub(crate) mod out;
pub(crate) mod preview;
mod proposals;
mod written;
