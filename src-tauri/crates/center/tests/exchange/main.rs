//! Requests between a college and a receiver over loopback: `submit` against `center`, with a ledger in memory.

mod calls;
mod hostile;
mod ledger;
mod lines;
mod runs;
mod stage;
