//! A desk for tests of calls: with a real book, in a folder that the test gives.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::OnceCell;

use crate::session::Desk;
use crate::session::env::{Clock, Env};
use crate::session::fixture::env;

/// The answer of a call that must succeed.
pub async fn call(desk: &Arc<Desk>, name: &str, request: Value) -> Value {
    desk.call(name, request).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

/// A desk with a book of the invented college in the newest edition, in a folder of its own. The book is made once for
/// all tests of a run, closed, and opened by each from a copy.
pub async fn sample_book(folder: &Path) -> Arc<Desk> {
    static MADE: OnceCell<Made> = OnceCell::const_new();
    let made = MADE.get_or_init(Made::new).await;
    let env = env(folder);
    std::fs::create_dir_all(&env.books).unwrap();
    let path = env.books.join(&made.name);
    std::fs::write(&path, &made.file).unwrap();
    env.keys.set(&made.key.0, &made.key.1).unwrap();
    let desk = Desk::new(env).unwrap();
    call(&desk, "book.open", json!({ "path": path })).await;
    desk
}

/// A book of the invented college that no desk has open.
struct Made {
    name: String,
    file: Vec<u8>,
    key: (String, vault::Secret),
}

impl Made {
    async fn new() -> Made {
        let folder = tempfile::tempdir().unwrap();
        let desk = sample_book_at(folder.path(), Arc::new(jiff::Timestamp::now)).await;
        let path = desk.opened().unwrap().path.clone();
        let name = crate::session::keys::name(&store::read_salt(&path).unwrap());
        let key = desk.env.keys.get(&name).unwrap().unwrap();
        call(&desk, "book.close", json!({})).await;
        let file = std::fs::read(&path).unwrap();
        let name_of_file = path.file_name().unwrap().to_str().unwrap().to_owned();
        Made { name: name_of_file, file, key: (name, key) }
    }
}

/// A desk with a book of the invented college that it made just now, by this clock.
pub async fn sample_book_at(folder: &Path, now: Clock) -> Arc<Desk> {
    let desk = Desk::new(Env { now, ..env(folder) }).unwrap();
    let edition = desk.edition(None).unwrap().id.clone();
    let college = json!({ "name": "", "code": "" });
    let book = json!({ "edition": edition, "college": college, "period": "", "sample": true });
    call(&desk, "book.create", book).await;
    desk
}
