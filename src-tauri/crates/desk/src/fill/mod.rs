//! The filling screen: records in pages, typing, pasting, undo and history.

pub mod api;
pub(crate) mod edit;
pub(crate) mod find;
