//! Queries of findings: in pages, counted, and in groups of equal ones.

pub(crate) mod causes;
pub(crate) mod groups;
pub(crate) mod query;
