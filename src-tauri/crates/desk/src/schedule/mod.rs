//! 定时上报: what goes by itself, from the open program or from the system's own scheduler.
//!
//! This room stands above the others, because an entry imports a source and then submits: it makes the same calls as a
//! person does in both rooms.
//!
//! - [`list`]: the entries; [`run`]: running those that are due; [`watch`]: looking for them while the program is open
//! - [`nightly`]: the daily reconciliation; [`reset`]: beginning anew where the settings of it cannot be read
//! - [`robots`]: what group chats are told of it
//! - [`system`]: the entry in the scheduler of the system, which runs the command line without a window

pub mod api;
pub(crate) mod list;
mod nightly;
pub(crate) mod reset;
pub(crate) mod robots;
pub(crate) mod run;
mod system;
mod watch;

pub use watch::watch;
