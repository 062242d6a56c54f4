//! Events: what the program sends without a request.

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::api::{Changed, Progress};

/// An event for the window.
#[derive(Debug, Clone)]
pub enum Event {
    /// Progress of a long call.
    Progress(Progress),
    /// Something in the book changed.
    Changed(Changed),
}

/// The number of events that wait for a slow listener; beyond it the oldest are lost.
const KEPT: usize = 1024;

/// Sends events to all listeners. Without a listener they are dropped.
#[derive(Clone)]
pub(crate) struct Events(broadcast::Sender<Event>);

impl Default for Events {
    fn default() -> Events {
        Events(broadcast::channel(KEPT).0)
    }
}

/// Receives the events of a desk.
pub struct Listener(broadcast::Receiver<Event>);

impl Listener {
    /// The next event; waits for it. [`Changed::Everything`] where events were lost because this listener fell behind;
    /// absent when the desk has ended.
    pub async fn next(&mut self) -> Option<Event> {
        match self.0.recv().await {
            Ok(event) => Some(event),
            Err(RecvError::Lagged(_)) => Some(Event::Changed(Changed::Everything)),
            Err(RecvError::Closed) => None,
        }
    }
}

impl Events {
    /// Events from now on.
    pub fn subscribe(&self) -> Listener {
        Listener(self.0.subscribe())
    }

    /// Sends an event to all listeners.
    pub fn send(&self, event: Event) {
        // The only error is that there is no listener.
        let _ = self.0.send(event);
    }
}

#[cfg(test)]
mod tests {
    use super::{Changed, Event, Events, KEPT};

    #[tokio::test]
    async fn a_listener_that_lost_events_hears_that_everything_changed() {
        let events = Events::default();
        let mut listener = events.subscribe();
        for _ in 0..=KEPT {
            events.send(Event::Changed(Changed::Batches));
        }
        assert!(matches!(listener.next().await, Some(Event::Changed(Changed::Everything))));
        for _ in 0..KEPT {
            assert!(matches!(listener.next().await, Some(Event::Changed(Changed::Batches))));
        }
        drop(events);
        assert!(listener.next().await.is_none());
    }
}
