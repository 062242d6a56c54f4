//! The state of the program and the open book, which all rooms use.
//!
//! - [`desk`]: the state; [`slot`]: the place of the open book; [`open_book`]: the book with its edition and settings
//! - [`jobs`], [`events`]: long calls, and events
//! - [`shelf`]: editions at hand; [`own`]: the college's additions to one; [`editions`]: tables and editions by name
//! - [`settings`], [`connections`], [`keys`], [`lock`], [`kept_copy`], [`places`], [`small_file`]: what is kept in
//!   the book, for it and beside it
//! - [`backups`]: copies of the book that the program makes by itself
//! - [`attempts`]: wrong passwords; [`audit`]: what was done with the book; [`risky_place`]: where a book is at risk
//! - [`background`]: work that goes on after an answer and makes way for a call that needs the book alone
//! - [`folding`]: the log of the open book goes into its file while nothing changes
//! - [`extensions`]: what rooms keep between two calls; [`half_files`]: where files are being written; [`html`]: text
//!   as HTML, for printed pages
//! - [`env`](mod@env), [`clock`], [`period`]: this PC's clock, randomness, folders, key store; the best known time;
//!   periods
//! - [`expiries`]: when accounts and keys end; [`shown_state`]: what the state of a batch is called
//! - [`calendar`]: work days, and what is due; [`schedule`]: what is submitted by itself, and when
//! - [`api`]: what all calls share; [`error`]: errors of other crates as calls answer them; [`log`], [`fault`]: what
//!   failed, without values
//!
//! It has no use case: those are in the rooms.

pub mod api;
pub(crate) mod attempts;
pub(crate) mod audit;
pub(crate) mod background;
pub mod backups;
pub mod calendar;
pub(crate) mod clock;
pub(crate) mod connections;
pub(crate) mod desk;
pub(crate) mod editions;
pub mod env;
pub(crate) mod error;
pub(crate) mod events;
pub mod expiries;
pub(crate) mod extensions;
mod fault;
#[cfg(test)]
pub(crate) mod fixture;
mod folding;
pub(crate) mod half_files;
pub(crate) mod html;
pub(crate) mod jobs;
pub(crate) mod kept_copy;
pub(crate) mod keys;
pub mod lock;
pub mod log;
pub(crate) mod open_book;
pub(crate) mod own;
mod pausing;
pub mod period;
pub(crate) mod places;
pub(crate) mod risky_place;
pub mod schedule;
pub mod settings;
pub mod shelf;
pub mod shown_state;
mod slot;
pub(crate) mod small_file;

pub use desk::{Desk, WantedBook};
pub use open_book::OpenBook;
