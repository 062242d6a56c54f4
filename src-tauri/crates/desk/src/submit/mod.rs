//! The submission screen: what is to be sent, sending it, and what the receiver says.

pub mod api;
pub(crate) mod batches;
mod ledger;
pub(crate) mod receiver_link;
pub(crate) mod results;
pub(crate) mod sending;

#[cfg(test)]
mod tests;
