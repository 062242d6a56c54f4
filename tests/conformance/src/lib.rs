//! A conformance kit for the published protocol: named scenarios that test any receiver, and any client, over plain HTTP.
//! docs/protocol.md says what each of them asks for; what no text prints is not tested.
//!
//! - [`receiver`]: the kit is the client, and a receiver is tested.
//! - [`client`]: the kit is the receiver, and a client is tested. It answers as the scenarios of a phase need, and looks
//!   at every request that arrives.
//! - `caller` makes requests, `answering` makes replies, `http` carries both; [`sample`] is the row that is sent.
//!
//! Left out: TLS (put a proxy in front), load, and everything that is this program's own choice.

pub mod answering;
pub mod caller;
pub mod client;
pub mod http;
pub mod receiver;
pub mod sample;

use std::fmt;

/// What a scenario found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The other side does what the protocol asks for.
    Held,
    /// It does not; in one sentence.
    Failed(String),
    /// It did nothing by which this could be seen.
    NotSeen,
}

/// A scenario with its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Name of the scenario, as docs/protocol.md lists it.
    pub name: &'static str,
    /// What it found.
    pub verdict: Verdict,
}

impl Line {
    /// The line of a scenario that held, or failed with this sentence.
    pub fn of(name: &'static str, result: Result<(), String>) -> Line {
        Line { name, verdict: result.map_or_else(Verdict::Failed, |()| Verdict::Held) }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.verdict {
            Verdict::Held => write!(f, "held      {}", self.name),
            Verdict::Failed(why) => write!(f, "FAILED    {}: {why}", self.name),
            Verdict::NotSeen => write!(f, "not seen  {}", self.name),
        }
    }
}

/// An error with this sentence unless the condition holds.
pub fn ensure(holds: bool, sentence: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(sentence()) }
}
