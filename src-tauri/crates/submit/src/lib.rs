//! Submitting, from the college's side: the requests, and the order in which frozen batches are sent and their results
//! filed.
//!
//! - [`client`]: the four requests over HTTP, with tokens and the receiver's clock; every submission has one of four
//!   [`SubmissionOutcome`]s. [`session`]: tokens and until when they are valid; [`transport`]: one HTTP request and its
//!   reply; [`charset`]: the characters of a reply; [`reply`]: what it says, as an outcome; [`made`]: the requests
//!   made, without a value.
//! - [`ledger`]: what must be recorded about deliveries, as a trait; `desk` keeps it in the book.
//! - [`drive`]: sends what is frozen; [`collect`]: asks for results. Both only carry out what functions without I/O
//!   decide: [`step`] (what next), [`matching`] (which result belongs to which delivery), [`verdict`] (what a result
//!   means for each row).
//!   [`backoff`] decides how long to wait after a failure, [`size`] how many rows go at once. What is on its way at the
//!   same time is in `flight`.
//! - [`reconcile`]: what this side knows against everything that the receiver says.
//! - [`robot`]: short messages with numbers to robots of group chats.
//! - [`wire`]: the requests as `drive` and `collect` make them, over HTTP or in the simulation of tests/simulation.
//! - [`payload`]: a record as it is sent.
//!
//! Invariants. A delivery is recorded as `sending`, durably, before its first byte is sent. A delivery that may or may
//! not have arrived is not sent again before the receiver was asked for its results and had the time to show them.
//! Until then no other delivery of its table is sent, so that rows arrive in the order in which they were frozen.
//!
//! Left out on purpose: the book, the freezing of batches, words for people. The clock and randomness are passed in.
//! One ledger is driven by one caller at a time.

mod authorising;
pub mod backoff;
pub mod charset;
pub mod client;
pub mod collect;
pub mod drive;
pub mod error;
mod flight;
pub mod ledger;
pub mod made;
pub mod matching;
pub mod outcome;
pub mod payload;
pub mod reconcile;
pub mod reply;
pub mod robot;
pub mod session;
pub mod size;
pub mod step;
pub mod transport;
pub mod verdict;
pub mod watch;
pub mod wire;

pub use client::{Client, Edges, Login};
pub use collect::{Collected, collect};
pub use drive::{Driven, drive};
pub use error::{SubmitError, Unreachable};
pub use ledger::{Delivery, DeliveryId, Event, Item, Ledger};
pub use made::RequestAt;
pub use outcome::SubmissionOutcome;
pub use verdict::{DeliveryVerdict, Verdict};
pub use watch::{Progress, Stop, Watch};
pub use wire::Wire;
