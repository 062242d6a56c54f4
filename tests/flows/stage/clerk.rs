//! A clerk: the desk as the window uses it, call by call.

use std::path::Path;
use std::sync::Arc;

use desk::CallError;
use desk::{Desk, Env};
use serde_json::{Value, json};
use vault::MemoryKeys;

use super::{EDITION, PASSPHRASE, PERIOD, SCHOOL};

/// One desk with nobody else at it.
pub struct Clerk {
    runtime: tokio::runtime::Runtime,
    desk: Arc<Desk>,
}

/// The real world, but for the home folder and the key store, which never answers.
pub fn env(home: &Path) -> Env {
    Env {
        home: home.to_owned(),
        books: home.join("books"),
        keys: Arc::new(MemoryKeys::unavailable()),
        passphrase: None,
        ..Env::real()
    }
}

impl Clerk {
    /// At a desk in this world.
    pub fn new(env: Env) -> Clerk {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        Clerk { runtime, desk: Desk::new(env).unwrap() }
    }

    /// One call.
    pub fn try_call(&self, name: &str, request: Value) -> Result<Value, CallError> {
        self.runtime.block_on(self.desk.call(name, request))
    }

    /// One call that must succeed.
    #[track_caller]
    pub fn call(&self, name: &str, request: Value) -> Value {
        self.try_call(name, request).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// Makes a book of the sample college's school and leaves it open.
    #[track_caller]
    pub fn create(&self, sample: bool) -> Value {
        self.call(
            "book.create",
            json!({
                "edition": EDITION,
                "college": { "code": SCHOOL, "name": "示例职业技术学院" },
                "period": PERIOD,
                "passphrase": PASSPHRASE,
                "sample": sample,
            }),
        )
    }
}
