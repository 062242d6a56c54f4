//! SQL that can only read.

pub(crate) mod connection;
pub(crate) mod function;
pub(crate) mod scratch;
