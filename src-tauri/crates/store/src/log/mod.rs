//! The change log: read, taken back and done again.

pub(crate) mod history;
pub(crate) mod undo;
