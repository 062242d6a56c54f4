//! The open book and what every room stands on: its lock, keys, settings, clock and long calls.

pub(crate) mod alone;
pub mod api;
pub mod env;
mod error;
mod fault;
pub(crate) mod jobs;
pub(crate) mod keys;
pub mod log;
pub(crate) mod open_book;
pub mod period;
pub(crate) mod places;
pub(crate) mod proposals;
pub(crate) mod shelf;
