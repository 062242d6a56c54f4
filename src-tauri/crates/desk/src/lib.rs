//! The desk: every use case of a clerk, without a window.
//!
//! [`calls`] lists the calls, each room its requests and responses; [`Desk::call`] runs one by name. The window, the command
//! line and the loopback bridge are three faces of this one entry. The desk alone brings the rooms together: the standard,
//! the book, the checks, the workbooks, the wire and the keys do not know each other.
//!
//! What it leaves out: words (errors cross as codes, `ui/src/text` has the words) and the drawing of anything.

pub mod calls;
pub mod check;
pub mod fill;
pub mod home;
mod session;
pub mod settings;
pub mod standards;
pub mod start;
pub mod submit;
pub mod typescript;
mod verify;
pub mod workbooks;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, RwLock};

use serde_json::Value;
use tokio::sync::broadcast;

pub use ::check::words;
pub use session::api::{CallError, Changed, Nothing, Progress};
pub use session::env::Env;
pub use session::log::log_panics;
pub use session::open_book::{Open, REHEARSAL};
use session::{jobs, proposals, shelf};

/// Something a face may want to show without asking.
#[derive(Debug, Clone)]
pub enum Event {
    /// A long call moved on.
    Progress(Progress),
    /// Something in the book changed.
    Changed(Changed),
}

/// The use cases over at most one open book.
pub struct Desk {
    env: Env,
    log: session::log::Log,
    standards: shelf::Shelf,
    open: RwLock<Option<Arc<Open>>>,
    jobs: Mutex<HashMap<u32, jobs::Flag>>,
    proposals: Mutex<proposals::Kept>,
    /// Held while batches are sent or results asked for: the line is used by one at a time.
    line: tokio::sync::Mutex<()>,
    events: broadcast::Sender<Event>,
}

impl Desk {
    /// A desk with the built-in editions, those installed on this PC, and no book open.
    pub fn new(env: Env) -> Result<Arc<Desk>, CallError> {
        let standards = shelf::Shelf::open(&env)?;
        Ok(Arc::new(Desk {
            log: session::log::Log::new(&env.home),
            env,
            standards,
            open: RwLock::new(None),
            jobs: Mutex::default(),
            proposals: Mutex::default(),
            line: tokio::sync::Mutex::default(),
            events: broadcast::channel(1024).0,
        }))
    }

    /// Runs the call `name`. This is the only entry of every face.
    pub async fn call(self: &Arc<Self>, name: &str, request: Value) -> Result<Value, CallError> {
        let answer = calls::dispatch(self, name, request).await;
        answer.map_err(|error| self.log.call_failed(&self.env, calls::listed(name), error))
    }

    /// The proposals of this run.
    fn proposals(&self) -> std::sync::MutexGuard<'_, proposals::Kept> {
        self.proposals.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The proposal of this number, or `import.no-proposal` where it is too old.
    fn proposal(&self, id: u32) -> Result<Arc<proposals::Proposal>, CallError> {
        self.proposals().get(id).ok_or_else(|| CallError::new("import.no-proposal"))
    }

    /// Events from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Tells every face that something changed. Nobody may be listening.
    fn tell(&self, changed: Changed) {
        let _ = self.events.send(Event::Changed(changed));
    }

    /// The open book, or `book.none-open`.
    fn opened(&self) -> Result<Arc<Open>, CallError> {
        let open = self.open.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        open.clone().ok_or_else(|| CallError::new("book.none-open"))
    }
}
