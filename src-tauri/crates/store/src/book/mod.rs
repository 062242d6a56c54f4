//! A book as a file: made, opened, moved to another edition, taken back.

pub(crate) mod adopt;
mod copying;
pub(crate) mod handle;
mod more_pages;
pub(crate) mod open;
mod overlay;
pub(crate) mod take_back;
#[cfg(test)]
mod tests;
mod transact;
pub(crate) mod watch;
