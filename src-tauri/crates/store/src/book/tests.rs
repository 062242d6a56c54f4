//! The file: made, opened, refused, copied, encrypted anew.

use crate::book::handle::TransactionEnd;
use crate::fixture::{
    BookFixture, PERIOD, SALT, SCHOOL, at, delete, edition, field, freeze, insert, key, step, update,
};
use crate::*;
use serde_json::json;
use standard::{Coded, Kind, PeriodKind};
use std::fs;
use std::path::Path;
use std::sync::Arc;

const COURSE: &str = "ODS_COURSE";
const NAME: &str = "独一无二的课程名";

fn open(path: &Path, key: &BookKey) -> Result<Book, String> {
    Book::open(path, key, |id| Some(edition()).filter(|e| e.id == id)).map_err(|e| e.code())
}

fn filled() -> BookFixture {
    let fixture = BookFixture::new();
    fixture.apply(0, &[insert(COURSE, &[("KCH", "a"), ("KCMC", NAME)])]);
    fixture
}

/// The folder's files with their content.
fn files(fixture: &BookFixture) -> Vec<(String, Vec<u8>)> {
    let name = |f: &fs::DirEntry| f.file_name().into_string().unwrap();
    let entries = fs::read_dir(fixture.path.parent().unwrap()).unwrap().map(Result::unwrap);
    entries.map(|f| (name(&f), fs::read(f.path()).unwrap())).collect()
}

#[test]
fn the_file_begins_with_the_salt_and_shows_nothing_else() {
    let fixture = filled();
    assert_eq!(read_salt(&fixture.path).unwrap(), SALT);
    for (name, content) in files(&fixture) {
        for plain in [NAME.as_bytes(), b"SQLite format", b"CREATE TABLE", SCHOOL.as_bytes()] {
            assert!(!content.windows(plain.len()).any(|w| w == plain), "{name}");
        }
    }
}

#[test]
fn a_closed_book_is_one_file() {
    let mut fixture = filled();
    fixture.book.take().unwrap().close().unwrap();
    let mut names: Vec<_> = files(&fixture).into_iter().map(|(name, _)| name).collect();
    names.sort();
    assert_eq!(names, ["测试.tianbao", "测试.tianbao.lock"]);
    fixture.reopen();
    assert_eq!(fixture.column(COURSE, "KCMC"), [NAME]);
}

#[test]
fn a_book_begins_with_what_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.tianbao");
    let new = NewBook { school: SCHOOL.into(), settings: vec![("theme".into(), json!("dark"))] };
    let book = Book::create(&path, &key(), &SALT, edition(), &new).unwrap();
    assert_eq!((book.school().unwrap().as_str(), book.setting("theme").unwrap()), (SCHOOL, Some(json!("dark"))));
    assert_eq!((book.path(), book.edition().id.as_str()), (path.as_path(), "test-2026"));
    assert_eq!(format!("{book:?}").matches("key").count(), 0);
}

#[test]
fn a_book_that_was_half_made_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.tianbao");
    fs::write(folder.path().join("new.tianbao.new"), "half made").unwrap();
    fs::write(folder.path().join("new.tianbao.new-wal"), "half made").unwrap();
    fs::write(folder.path().join("new.tianbao-wal"), "the log of a book that was removed").unwrap();
    drop(Book::create(&path, &key(), &SALT, edition(), &NewBook::default()).unwrap());
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["new.tianbao", "new.tianbao.lock"]);
    assert!(open(&path, &key()).is_ok());
}

#[test]
fn only_its_key_opens_it_and_only_once_at_a_time() {
    let mut fixture = filled();
    assert_eq!(open(&fixture.path, &key()).err().as_deref(), Some("book.in-use"));
    fixture.book = None;
    assert_eq!(open(&fixture.path, &BookKey::new([8; 32])).err().as_deref(), Some("book.wrong-key"));
    assert!(open(&fixture.path, &key()).is_ok());
}

#[test]
fn what_cannot_be_opened_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.tianbao");
    assert_eq!(open(&path, &key()).err().as_deref(), Some("book.not-found"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let check = |content: &[u8], code| {
        fs::write(&path, content).unwrap();
        assert_eq!(open(&path, &key()).err().as_deref(), Some(code));
        assert_eq!(fs::read(&path).unwrap(), content);
    };
    check(b"", "book.not-a-book");
    check(b"a picture", "book.not-a-book");
    check(b"SQLite format 3\0 and a plain database", "book.not-a-book");
    check(&[0x89; 9000], "book.wrong-key");
    let new = NewBook::default();
    let create = |path: &Path| Book::create(path, &key(), &SALT, edition(), &new).map_err(|e| e.code()).err();
    assert_eq!(create(&path).as_deref(), Some("book.exists"));
    assert_eq!(fs::read(&path).unwrap(), [0x89; 9000]);
    assert_eq!(create(&folder.path().join("no folder").join("x")).as_deref(), Some("book.not-found"));
}

#[test]
fn an_older_program_refuses_a_newer_book() {
    let mut fixture = filled();
    let set = |fixture: &BookFixture, pragma: &str| fixture.writer().execute_batch(pragma).unwrap();
    set(&fixture, "PRAGMA user_version = 99");
    fixture.book = None;
    let error = Book::open(&fixture.path, &key(), |_| Some(edition())).unwrap_err();
    assert_eq!(error.code(), "book.newer-format");
    assert_eq!((error.params()["found"].as_str(), error.params()["known"].clone()), ("99", FORMAT.to_string()));
}

#[test]
fn another_program_s_database_is_no_book() {
    let mut fixture = filled();
    fixture.writer().execute_batch("PRAGMA application_id = 1").unwrap();
    fixture.book = None;
    assert_eq!(open(&fixture.path, &key()).err().as_deref(), Some("book.not-a-book"));
}

#[test]
fn an_edition_that_is_not_installed_is_named() {
    let mut fixture = filled();
    fixture.book = None;
    let error = Book::open(&fixture.path, &key(), |_| None).unwrap_err();
    assert_eq!((error.code().as_str(), error.params()["edition"].as_str()), ("book.unknown-edition", "test-2026"));
}

#[test]
fn a_book_grows_with_its_edition() {
    let mut fixture = filled();
    let old = fixture.get(COURSE, 1).unwrap().unwrap();
    fixture.book = None;
    let mut grown = (*edition()).clone();
    let mut more = grown.tables[0].clone();
    more.name = "ODS_MORE".into();
    grown.tables.push(more);
    grown.tables[0].fields.insert(3, field(9, "KCXZ", Kind::Text, false));
    grown.tables[0].natural_key.push("KCMC".into());
    let grown = Arc::new(grown);
    for _ in 0..2 {
        let book = Book::open(&fixture.path, &key(), |_| Some(Arc::clone(&grown))).unwrap();
        let new = book.get(COURSE, 1).unwrap().unwrap();
        assert_eq!(
            (&new.values[2..6], new.values.len()),
            (&["a".into(), String::new(), NAME.into(), String::new()][..], 7)
        );
        assert_ne!(new.key, old.key, "the natural key has one more column");
        assert_eq!(book.count("ODS_MORE", PERIOD).unwrap(), 0);
        assert_eq!(book.integrity().unwrap(), []);
    }
}

/// A table whose period was once the term and is now the school year: both terms become one period, and no record is
/// lost or doubled.
#[test]
fn records_come_under_the_period_that_their_table_has_now() {
    const PRACTICE: &str = "ODS_PRACTICE";
    let mut fixture = BookFixture::new();
    let spring = Step { period: "2026-2027-2".into(), ..step(2) };
    fixture.apply(0, &[insert(PRACTICE, &[("XH", "1"), ("KCH", "a")]), insert(PRACTICE, &[("XH", "2"), ("KCH", "a")])]);
    fixture.apply_step(&spring, &[insert(PRACTICE, &[("XH", "1"), ("KCH", "a")])]);
    fixture.apply(3, &[delete(PRACTICE, 2)]);
    assert!(fixture.freeze(&freeze(PRACTICE, 4)).unwrap().batch.is_some());
    let sent = fixture.get(PRACTICE, 1).unwrap().unwrap().key;
    fixture.book = None;
    let mut yearly = (*edition()).clone();
    yearly.tables[1].period = PeriodKind::SchoolYear;
    let yearly = Arc::new(yearly);
    for _ in 0..2 {
        let book = Book::open(&fixture.path, &key(), |_| Some(Arc::clone(&yearly))).unwrap();
        assert_eq!(book.periods(PRACTICE).unwrap(), ["2026-2027"]);
        for period in [PERIOD, "2026-2027-2", "2026-2027"] {
            assert_eq!(book.count(PRACTICE, period).unwrap(), 2, "{period}");
        }
        let keys: Vec<String> = [1, 3].map(|row| book.get(PRACTICE, row).unwrap().unwrap().key).into();
        assert_eq!(keys[0], sent, "what was frozen keeps its key");
        assert_ne!(keys[1], sent);
        assert_eq!(book.integrity().unwrap(), []);
    }
    let book = Book::open(&fixture.path, &key(), |_| Some(Arc::clone(&yearly))).unwrap();
    book.undo(at(5), "").unwrap();
    assert_eq!(book.get(PRACTICE, 2).unwrap().unwrap().period, "2026-2027", "an older step speaks of the new period");
    assert_eq!(book.integrity().unwrap(), []);
}

#[test]
fn a_new_key_takes_the_place_of_the_old() {
    let mut fixture = filled();
    assert_eq!(fixture.count(COURSE, "").unwrap(), 1, "an idle reader has the old key");
    let new = BookKey::new([9; 32]);
    fixture.change_key(&new).unwrap();
    assert_eq!(fixture.column(COURSE, "KCMC"), [NAME]);
    fixture.apply(1, &[update(COURSE, 1, &[("XF", "1")])]);
    assert!(fixture.reader(ReadLimits::default()).is_ok());
    fixture.whole();
    fixture.book = None;
    assert_eq!(read_salt(&fixture.path).unwrap(), SALT);
    assert_eq!(open(&fixture.path, &key()).err().as_deref(), Some("book.wrong-key"));
    assert_eq!(open(&fixture.path, &new).unwrap().count(COURSE, "").unwrap(), 1);
}

#[test]
fn a_copy_is_whole_and_opens_with_the_same_key() {
    let fixture = filled();
    let copy = fixture.path.with_extension("copy");
    fs::write(&copy, "an older copy").unwrap();
    fixture.back_up(&copy).unwrap();
    fixture.undo(at(1), "").unwrap();
    assert_eq!(read_salt(&copy).unwrap(), SALT);
    let book = open(&copy, &key()).unwrap();
    assert_eq!(book.count(COURSE, "").unwrap(), 1);
    assert_eq!(book.integrity().unwrap(), []);
    assert!(!files(&fixture).iter().any(|(name, _)| name.ends_with(".part")));
    assert_eq!(
        fixture.back_up(&fixture.path.with_file_name("no folder").join("copy")).unwrap_err().code(),
        "book.no-access"
    );
}

#[test]
fn readers_are_not_held_up_by_a_writer() {
    let fixture = filled();
    fixture
        .write(|connection| {
            connection.execute("UPDATE ODS_COURSE SET KCMC = 'half done'", [])?;
            assert_eq!(fixture.column(COURSE, "KCMC"), [NAME]);
            Ok(TransactionEnd::Leave(()))
        })
        .unwrap();
    assert_eq!(fixture.column(COURSE, "KCMC"), [NAME]);
}

#[test]
fn a_page_that_was_tampered_with_is_damage() {
    let mut fixture = filled();
    fixture.book.take().unwrap().close().unwrap();
    let mut content = fs::read(&fixture.path).unwrap();
    for page in content.chunks_mut(4096).skip(1) {
        page[100] ^= 1;
    }
    fs::write(&fixture.path, content).unwrap();
    assert!(matches!(open(&fixture.path, &key()).err().as_deref(), Some("book.damaged" | "book.wrong-key")));
}

#[test]
fn threads_share_a_book() {
    let fixture = filled();
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let fixture = &fixture;
            scope.spawn(move || {
                for n in 0..20 {
                    fixture.apply(n, &[insert(COURSE, &[("KCH", &format!("{writer}-{n}"))])]);
                }
            });
        }
        for _ in 0..3 {
            scope.spawn(|| {
                let mut seen = 0;
                while seen < 41 {
                    let now = fixture.count(COURSE, "").unwrap();
                    assert!(now >= seen, "what was once seen stays");
                    seen = now;
                }
            });
        }
    });
    fixture.whole();
}
