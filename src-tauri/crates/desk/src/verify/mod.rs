//! Keeping the findings of the book true after every change.

pub(crate) mod findings;
pub(crate) mod records;
mod ruling;

pub(crate) use ruling::Waiting;
