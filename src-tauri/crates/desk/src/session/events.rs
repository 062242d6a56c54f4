//! What the program says without being asked.

use tokio::sync::broadcast;

use super::api::{Changed, Progress};

/// Something that a window may want to show without asking.
#[derive(Debug, Clone)]
pub enum Event {
    /// A long call moved on.
    Progress(Progress),
    /// Something in the book changed.
    Changed(Changed),
}

/// Events that a slow listener may fall behind before the oldest of them are lost to it.
const KEPT: usize = 1024;

/// Sends events to all listeners. Without a listener they are dropped.
#[derive(Clone)]
pub(crate) struct Events(broadcast::Sender<Event>);

impl Default for Events {
    fn default() -> Events {
        Events(broadcast::channel(KEPT).0)
    }
}

impl Events {
    /// Events from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }

    /// Sends an event to all listeners.
    pub fn send(&self, event: Event) {
        // The only error is that there is no listener.
        let _ = self.0.send(event);
    }
}
