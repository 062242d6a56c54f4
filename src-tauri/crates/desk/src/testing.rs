//! A desk for tests of calls: with a real book, in a folder that the test gives.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::session::Desk;
use crate::session::env::{Clock, Env};
use crate::session::fixture::env;

/// The answer of a call that must succeed.
pub async fn call(desk: &Arc<Desk>, name: &str, request: Value) -> Value {
    desk.call(name, request).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

/// A desk with a book of the invented college in the newest edition, in a folder of its own.
pub async fn sample_book(folder: &Path) -> Arc<Desk> {
    sample_book_at(folder, Arc::new(jiff::Timestamp::now)).await
}

/// [`sample_book`] with another clock.
pub async fn sample_book_at(folder: &Path, now: Clock) -> Arc<Desk> {
    let desk = Desk::new(Env { now, ..env(folder) }).unwrap();
    let edition = desk.edition(None).unwrap().id.clone();
    let college = json!({ "name": "", "code": "" });
    let book = json!({ "edition": edition, "college": college, "period": "", "sample": true });
    call(&desk, "book.create", book).await;
    desk
}
