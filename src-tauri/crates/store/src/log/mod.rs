//! The change log: history, undo and redo.

pub(crate) mod cell;
pub(crate) mod history;
pub(crate) mod past;
pub(crate) mod reach;
pub(crate) mod undo;
