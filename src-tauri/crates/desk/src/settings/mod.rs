//! The settings screen: settings of the college, password, copies, connections.

pub mod api;
pub(crate) mod college;
pub(crate) mod connections;
