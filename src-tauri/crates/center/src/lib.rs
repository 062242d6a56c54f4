//! The receiver: the rehearsal inside the program, a school's centre as a server, and the receiver in tests.
//!
//! - [`Config`]: the settings of a receiver; [`Account`]: who may submit.
//! - [`serve()`] starts a receiver and returns a [`Running`] one; [`serve_faulty`] adds [`Faults`], to test senders.
//! - `routes`: the requests; `admit`: tokens, headers, signature and cipher; `tokens`: who is logged in; `refusal`: the
//!   replies that refuse; `words`: their words.
//! - `connections`: how many there are and how long one may be idle or slow; [`Tls`]: their encryption; [`Rates`]: how
//!   many requests one may make; `attempts`: wrong passwords; `replays`: requests that come a second time.
//! - [`Administration`]: what an administrator does with the folder of a receiver.
//! - `page`: the page of the centre for people with a name and a password (`people`).
//! - `journal`: logins and refusals on their way into the audit log, which [`store::inbox`] keeps.
//! - [`judge()`]: which rows of a submission are stored, by the same checks that the sender runs;
//!   [`Checks`]: which of them the college chose.
//!
//! What came in is kept by [`store::Inbox`], rows by account and record key: a row that comes again from the same
//! account replaces the older one. The protocol prints neither codes of refusals nor words of remarks; those of this
//! crate are chosen by this program.
//!
//! Left out on purpose: forwarding to the ministry, and a log of rows, because rows are personal data.

mod account;
mod administration;
mod admit;
mod attempts;
mod checks;
mod config;
mod connections;
mod error;
mod faults;
mod journal;
mod judge;
mod page;
mod people;
mod rates;
mod refusal;
mod replays;
mod routes;
mod serve;
mod small_file;
mod tls;
mod tokens;
mod words;

pub use account::Account;
pub use administration::Administration;
pub use checks::{Checks, Refuse};
pub use config::{Config, Judge, Tls};
pub use connections::ConnectionLimits;
pub use error::CenterError;
pub use faults::{Faults, Planted, serve_faulty};
pub use judge::{Judgement, judge};
pub use rates::Rates;
pub use serve::{Running, serve};
pub use store::inbox::{AuditLine, Duty, Person, ReturnedCell, Role, WaitingDelivery};
