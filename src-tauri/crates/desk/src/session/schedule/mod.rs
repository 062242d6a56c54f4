//! 定时上报: what goes by itself, as the college has set it, and what came of it.
//!
//! - [`entry`]: one entry, as the page and the command line give it
//! - [`moments`]: when an entry is due. Pure
//! - [`nightly`]: what came of the daily reconciliation
//! - [`kept`]: entries and their last runs in the book; [`robots`]: the robots of group chats in the book

pub mod entry;
pub(crate) mod kept;
pub(crate) mod moments;
pub(crate) mod nightly;
pub(crate) mod robots;
