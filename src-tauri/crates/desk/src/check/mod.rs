//! The check screen: running the checks, reading findings, correcting and explaining them.

pub mod api;
pub(crate) mod findings;

#[cfg(test)]
mod tests;
