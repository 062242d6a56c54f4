//! The filling screen.
//!
//! - [`records`]: pages of a view ([`view`]), one record; [`find`]: places and the next finding in a view
//! - [`hits`]: cells that hold a text, replacing it, and the values of a column
//! - [`causes`]: findings by rule and cause, and what they suggest
//! - [`referred`]: records of other tables that a cell can name; [`earlier`]: records of an earlier period, carried
//!   over
//! - [`edit`]: typing and pasting; [`period`]: records that belong to another period; [`undo`]: undo, redo and the
//!   change log; [`cell`]: what became of one cell

pub mod api;
pub(crate) mod causes;
pub(crate) mod cell;
pub(crate) mod earlier;
pub(crate) mod edit;
pub(crate) mod find;
pub(crate) mod hits;
pub(crate) mod period;
pub(crate) mod records;
pub(crate) mod referred;
pub(crate) mod undo;
mod view;
mod watch;

#[cfg(test)]
mod tests;
