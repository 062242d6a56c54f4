//! Queries of findings: in pages, counted, and in groups of equal ones.

pub(crate) mod causes;
mod explaining;
pub(crate) mod groups;
pub(crate) mod measures;
pub(crate) mod periods;
pub(crate) mod query;
pub(crate) mod selection;
