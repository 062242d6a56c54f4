//! The requests of a run, as [`crate::drive`] and [`crate::collect`] make them. [`Client`] makes them over HTTP; a
//! simulation makes them without a network, so that what these two decide can be tried in many more orders than a
//! network offers.

use std::time::Duration;

use jiff::Timestamp;
use protocol::{Connection, QueryRequest, ResultPage, Row};

use crate::client::Client;
use crate::error::SubmitError;
use crate::outcome::SubmissionOutcome;

/// The line to a receiver.
pub trait Wire {
    /// The settings of the connection.
    fn connection(&self) -> &Connection;

    /// Now, by the receiver's clock as far as it is known.
    fn now(&self) -> Timestamp;

    /// Makes sure that requests can be made, and so that the receiver's clock is known.
    fn ready(&self) -> impl Future<Output = Result<(), SubmitError>>;

    /// Submits rows of one table.
    fn submit(&self, table: &str, rows: Vec<Row>) -> impl Future<Output = SubmissionOutcome>;

    /// One page of results.
    fn results(&self, query: &QueryRequest) -> impl Future<Output = Result<ResultPage, SubmitError>>;

    /// Any number, to spread waits.
    fn random(&self) -> u64;

    /// Waits so long, or until this returns true.
    fn wait(&self, time: Duration, ended: &dyn Fn() -> bool) -> impl Future<Output = ()>;
}

impl Wire for Client {
    fn connection(&self) -> &Connection {
        Client::connection(self)
    }

    fn now(&self) -> Timestamp {
        Client::now(self)
    }

    async fn ready(&self) -> Result<(), SubmitError> {
        Client::ready(self).await
    }

    async fn submit(&self, table: &str, rows: Vec<Row>) -> SubmissionOutcome {
        Client::submit(self, table, rows).await
    }

    async fn results(&self, query: &QueryRequest) -> Result<ResultPage, SubmitError> {
        Client::results(self, query).await
    }

    fn random(&self) -> u64 {
        Client::random(self)
    }

    async fn wait(&self, time: Duration, ended: &dyn Fn() -> bool) {
        /// How often it is looked at whether the wait has ended.
        const PART: Duration = Duration::from_millis(100);
        let mut left = time;
        while !left.is_zero() && !ended() {
            let part = left.min(PART);
            tokio::time::sleep(part).await;
            left -= part;
        }
    }
}
