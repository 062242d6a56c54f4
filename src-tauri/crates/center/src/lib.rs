//! A receiver that speaks the protocol: rehearsal inside the program, a school's centre as a server, and the other side
//! in tests.
//!
//! - [`config`]: what a receiver is told; [`account`]: who may submit; [`mischief`]: misbehaviour on purpose, for tests.
//! - [`serve()`] starts it, [`Running`] is it.
//! - `routes`: the calls; `admit`: tokens, headers, signature and cipher; `tokens`: who is logged in; `refusal`: how it
//!   says no.
//! - [`judge()`]: which rows of a call are stored, by the same checks that the sender runs.
//!
//! What came in is kept by [`store::Inbox`], rows by record key: a row that comes again takes the place of the old one.
//! Where the protocol is silent the choices are ours and say so: the codes of refusals, the words of remarks.
//!
//! Left out on purpose: forwarding to the ministry, screens, and every log line: what passes through is personal data.

mod account;
mod admit;
mod config;
mod error;
mod judge;
mod mischief;
mod refusal;
mod routes;
mod serve;
mod tokens;

pub use account::Account;
pub use config::Config;
pub use error::CenterError;
pub use judge::{Judgement, judge};
pub use mischief::{Mischief, Planted};
pub use serve::{Running, serve};
