//! 校验: running the checks, their findings in groups, correcting and explaining them together.

pub mod api;
pub(crate) mod explaining;
pub(crate) mod findings;
pub(crate) mod groups;
pub(crate) mod mending;
pub(crate) mod quality;
pub(crate) mod reasons;
pub(crate) mod states;
pub(crate) mod trend;
pub(crate) mod waiting;

#[cfg(test)]
mod tests;

pub use waiting::watch;
