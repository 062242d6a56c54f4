//! Queries of findings: in pages, counted, and in groups of equal ones.

pub(crate) mod causes;
pub(crate) mod difference;
mod explaining;
pub(crate) mod groups;
pub(crate) mod measures;
pub(crate) mod periods;
pub(crate) mod query;
pub(crate) mod replacing;
pub(crate) mod selection;
pub(crate) mod wording;
