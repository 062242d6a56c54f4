//! The settings screen: settings of the college, password, backups, connections, the log.

pub mod api;
pub(crate) mod audit;
pub(crate) mod backups;
pub(crate) mod clock;
pub(crate) mod college;
pub(crate) mod connections;
pub(crate) mod log;
