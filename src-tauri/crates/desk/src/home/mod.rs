//! The home screen: tables with due days and findings, and submissions.

pub mod api;
pub(crate) mod due;
pub(crate) mod overview;
mod warnings;
