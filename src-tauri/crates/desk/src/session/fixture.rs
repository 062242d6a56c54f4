//! A desk in a temporary folder, and an empty book beside it, for the tests of the rooms.

use std::path::Path;
use std::sync::Arc;

use store::{Book, BookKey, NewBook, Salt};

use super::env::Env;
use super::settings::{College, SETTING, Settings};
use super::{Desk, OpenBook};

/// The real environment, but for files, which are all in `home`, and keys, which are kept in memory.
pub(crate) fn env(home: &Path) -> Env {
    let keys = Arc::new(vault::MemoryKeys::new());
    Env { home: home.to_owned(), books: home.join("books"), keys, passphrase: None, ..Env::real() }
}

/// A desk with all files in `home`, and a book that it has not open.
pub(crate) fn desk_with_book(home: &Path) -> (Arc<Desk>, OpenBook) {
    let desk = Desk::new(env(home)).unwrap();
    let college = College { code: "4132099999".to_owned(), name: "示例".to_owned(), region: String::new() };
    let settings = Settings::new(college, "2026-2027-1".to_owned(), String::new());
    let first = NewBook {
        school: settings.college.code.clone(),
        settings: vec![(SETTING.to_owned(), serde_json::to_value(&settings).unwrap())],
    };
    let path = home.join("book.tianbao");
    let edition = desk.edition(Some("gaozhi-2024.09")).unwrap();
    let book = Book::create(&path, &BookKey::new([7; 32]), &Salt::default(), edition, &first).unwrap();
    (desk, OpenBook::new(path, book).unwrap())
}
