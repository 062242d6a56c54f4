//! Requests and responses about editions.

pub mod browse;
pub mod compare;
pub mod definitions;
pub mod migrate;
pub mod own;
pub mod quality;
pub mod rules;
pub mod search;
pub mod shelf;
