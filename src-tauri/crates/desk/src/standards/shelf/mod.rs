//! Installing and removing editions, publishers, and packages made here.

pub(crate) mod editions;
pub(crate) mod packing;
pub(crate) mod publishers;
