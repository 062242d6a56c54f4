//! Templates, imports and exports: the book's records travelling through workbooks and back.
//!
//! `out` writes; `preview` reads files into a proposal, which is kept while the program runs ([`crate::session::proposals`]);
//! `apply` puts a proposal into the book in one step.

pub mod api;
mod apply;
mod matching;
mod out;
mod preview;

pub(crate) use apply::apply;
pub(crate) use out::{export, template, write_error};
pub(crate) use preview::{preview, preview_rows};
