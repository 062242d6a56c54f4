//! The home screen: what is to do.

pub mod api;
pub(crate) mod overview;
