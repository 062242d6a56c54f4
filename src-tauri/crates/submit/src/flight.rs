//! Requests that are on their way at the same time. They are polled together by whoever waits for one of them, or for a
//! moment: no threads, and nothing goes on once this is dropped.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use crate::ledger::DeliveryId;
use crate::outcome::SubmissionOutcome;

type Request<'a> = Pin<Box<dyn Future<Output = SubmissionOutcome> + 'a>>;

/// The requests on their way, and those that came back and were not taken out yet.
#[derive(Default)]
pub(crate) struct Flight<'a> {
    running: Vec<(DeliveryId, Request<'a>)>,
    back: Vec<(DeliveryId, SubmissionOutcome)>,
}

impl<'a> Flight<'a> {
    /// Adds a request; its first byte leaves when something is waited for.
    pub fn add(&mut self, id: DeliveryId, request: impl Future<Output = SubmissionOutcome> + 'a) {
        self.running.push((id, Box::pin(request)));
    }

    /// How many were added and not taken out.
    pub fn len(&self) -> usize {
        self.running.len() + self.back.len()
    }

    /// The next one that comes back; `None` if there is none.
    pub async fn next(&mut self) -> Option<(DeliveryId, SubmissionOutcome)> {
        poll_fn(|context| {
            self.poll(context);
            match (self.back.is_empty(), self.running.is_empty()) {
                (false, _) => Poll::Ready(Some(self.back.remove(0))),
                (true, true) => Poll::Ready(None),
                (true, false) => Poll::Pending,
            }
        })
        .await
    }

    /// Waits for something else while the requests go on.
    pub async fn during<T>(&mut self, other: impl Future<Output = T>) -> T {
        let mut other = pin!(other);
        poll_fn(|context| {
            self.poll(context);
            other.as_mut().poll(context)
        })
        .await
    }

    fn poll(&mut self, context: &mut Context<'_>) {
        let mut place = 0;
        while let Some((id, request)) = self.running.get_mut(place) {
            match request.as_mut().poll(context) {
                Poll::Ready(outcome) => {
                    self.back.push((*id, outcome));
                    drop(self.running.remove(place));
                }
                Poll::Pending => place += 1,
            }
        }
    }
}
