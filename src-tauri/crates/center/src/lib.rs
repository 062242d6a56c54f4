//! The receiver: the rehearsal inside the program, a school's centre as a server, and the receiver in tests.
//!
//! - [`Config`]: the settings of a receiver; [`Account`]: who may submit.
//! - [`serve()`] starts a receiver and returns a [`Running`] one; [`serve_faulty`] adds [`Faults`], to test senders.
//! - `routes`: the requests; `admit`: tokens, headers, signature and cipher; `tokens`: who is logged in; `refusal`: the
//!   replies that refuse; `words`: their words.
//! - `connections`: how many there are and how long one may be idle; `attempts`: wrong passwords; `replays`: requests
//!   that come a second time; `access_log`: who logged in and who was refused.
//! - [`judge()`]: which rows of a submission are stored, by the same checks that the sender runs.
//!
//! What came in is kept by [`store::Inbox`], rows by account and record key: a row that comes again from the same
//! account replaces the older one. The protocol prints neither codes of refusals nor words of remarks; those of this
//! crate are chosen by this program.
//!
//! Left out on purpose: forwarding to the ministry, screens, and a log of rows, because rows are personal data.

mod access_log;
mod account;
mod admit;
mod attempts;
mod config;
mod connections;
mod error;
mod faults;
mod judge;
mod refusal;
mod replays;
mod routes;
mod serve;
mod small_file;
mod tokens;
mod words;

pub use account::Account;
pub use config::{Config, Judge};
pub use error::CenterError;
pub use faults::{Faults, Planted, serve_faulty};
pub use judge::{Judgement, judge};
pub use serve::{Running, serve};
