//! Submitting, from the college's side: the requests, and the order in which frozen batches are sent and their results
//! filed.
//!
//! - [`client`]: the four calls over HTTP, with tokens and the receiver's clock; every call has one of four
//!   [`Outcome`]s. [`session`]: tokens and their life time; [`transport`]: bytes there and back.
//! - [`ledger`]: what must be remembered about calls, as a trait; `desk` keeps it in the book.
//! - [`drive`]: sends what is frozen; [`collect`]: asks for results. Both only carry out what the pure parts decide:
//!   [`step`] (what next), [`matching`] (which result is whose), [`verdict`] (what a result means for each row).
//! - [`payload`]: a record as it travels.
//!
//! Invariants. A call is recorded as `sending`, durably, before its first byte leaves. A call whose fate is unknown is
//! never sent again before the receiver was asked for its results and had the time to show them. While it is unknown,
//! no other call of its table leaves: rows arrive in the order in which they were frozen.
//!
//! Left out on purpose: the book, the freezing of batches, words for people. The clock and randomness are passed in.
//! One ledger is driven by one caller at a time.

pub mod client;
pub mod collect;
pub mod drive;
pub mod error;
pub mod ledger;
pub mod matching;
pub mod payload;
pub mod session;
pub mod step;
pub mod transport;
pub mod verdict;
pub mod watch;

pub use client::{Client, Edges, Login, Outcome};
pub use collect::{Collected, collect};
pub use drive::{Driven, drive};
pub use error::{SubmitError, Unreachable};
pub use ledger::{Delivery, DeliveryId, Event, Item, Ledger};
pub use verdict::{Judgement, Verdict};
pub use watch::{Progress, Stop, Watch};
