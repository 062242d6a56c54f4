//! The workbooks screen: templates, imports and exports.
//!
//! - [`out`]: writes templates and exports; [`files`]: which files, and what they are called
//! - [`mapping`]: what the headings of the college's own workbooks mean
//! - [`preview`]: reads files into a proposal: finds the record of each row ([`matching`]; [`seen`] has what earlier
//!   rows of the import are about, [`sharing`] and [`keyless`] choose among similar records), compares each cell with
//!   what the file was written from ([`compare`], [`written`], [`outcome`]), and finds the records that the files do
//!   not have any more ([`missing`]). The book keeps it ([`proposals`])
//! - [`sources`]: saved sources of records, such as a query on a business system, which make the same proposal
//! - [`view`]: a proposal with its numbers, and pages of its rows; [`decide`]: what the clerk decides about them
//! - [`hold`]: compares a proposal with the book as it is now; [`apply`]: puts it into the book in one step

pub mod api;
pub(crate) mod apply;
mod compare;
pub(crate) mod decide;
mod files;
mod hold;
mod keyless;
pub(crate) mod mapping;
mod matching;
mod missing;
pub(crate) mod out;
mod outcome;
pub(crate) mod preview;
mod proposals;
mod seen;
mod sharing;
pub(crate) mod sources;
pub(crate) mod view;
mod written;
