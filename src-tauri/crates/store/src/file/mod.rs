//! The file of a book: its key and salt, connections to it, and the lock beside it.

pub(crate) mod connection;
pub(crate) mod key;
pub(crate) mod lock;
pub(crate) mod log_owner;
