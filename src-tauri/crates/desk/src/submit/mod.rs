//! The submission screen: what is to be sent, sending it, and what the receiver says.

pub mod api;
pub(crate) mod batches;
pub(crate) mod check_list;
mod fingerprint;
pub(crate) mod form;
pub(crate) mod leaving;
mod ledger;
pub(crate) mod numbers;
pub(crate) mod pausing;
pub(crate) mod receiver_link;
pub(crate) mod reconciling;
pub(crate) mod requests;
pub(crate) mod results;
pub(crate) mod sending;
pub(crate) mod signing;
pub(crate) mod verify;

#[cfg(test)]
mod tests;
