//! The check screen: running the checks, looking at findings, mending and explaining them.

pub mod api;
pub(crate) mod findings;

#[cfg(test)]
mod tests;
