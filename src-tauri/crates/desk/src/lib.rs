//! The use cases of a clerk, without a window.
//!
//! One folder for each screen, with its requests and responses (`api`), handlers and tests; two folders below them that
//! all of them use; the list of calls above them:
//!
//! ```text
//! session <- verify <- start home fill check workbooks submit standards settings <- schedule <- calls <- typescript
//! ```
//!
//! - `session`: the state of the program and the open book
//! - `verify`: changes of records, each followed by the checks that it needs
//! - [`start`] makes, opens and closes books, [`home`] counts, [`fill`] edits, [`check`] shows findings, [`workbooks`]
//!   writes and reads files, [`submit`] sends, [`standards`] shows editions and moves a book to another one,
//!   [`settings`] keeps settings, keys and connections. None of them uses another.
//! - [`schedule`] stands above them: it imports and submits by itself what a person would import and submit in two
//!   rooms
//! - [`calls`]: the list, and [`Desk::call`], which runs a call by its name for the window, the command line and the
//!   loopback bridge
//!
//! Left out on purpose: words (errors are codes, whose words are in ui/src/text) and everything that is drawn.

pub mod calls;
pub mod check;
pub mod fill;
pub mod home;
pub mod schedule;
mod session;
pub mod settings;
pub mod standards;
pub mod start;
pub mod submit;
#[cfg(test)]
mod testing;
pub mod typescript;
mod verify;
pub mod workbooks;

pub use ::check::words;
pub use session::api::{CallError, Changed, ClockState, ClockVerdict, ClockWitness, Nothing, Progress};
pub use session::env::Env;
pub use session::events::{Event, Listener};
pub use session::log::log_panics;
pub use session::open_book::REHEARSAL;
pub use session::settings::{College, Settings};
pub use session::shelf::at_hand::{EditionSummary, Origin};
pub use session::{Desk, WantedBook};
pub use verify::api::{Edited, FindingView, LevelCounts, StepView, Undone};
