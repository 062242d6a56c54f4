//! Submitting rows: freezing, deliveries, results, and what is still to be sent.

pub(crate) mod deliver;
pub(crate) mod freeze;
pub(crate) mod numbers;
pub(crate) mod outcomes;
pub(crate) mod readiness;
