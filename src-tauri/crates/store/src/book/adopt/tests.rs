//! Books that move, are stopped while moving, and are taken back.

use rusqlite::types::Value;
use std::path::PathBuf;

use serde_json::json;
use standard::{Coded, Level};

use super::*;
use crate::fixture::{
    BookFixture, PERIOD, SALT, at, delete, edition, field, finding, freeze, insert, key, step, take_back_to, update,
    values,
};
use crate::sql::quoted;
use crate::{FindingQuery, HistoryQuery, NewBook, Scope};

const COURSE: &str = "ODS_COURSE";
const PRACTICE: &str = "ODS_PRACTICE";
const NOTE: &str = "ODS_A_NOTE";
const NEW_NOTE: &str = "ODS_NOTE_TOO";

/// The newer edition: courses have a period and no credits; notes are in another table, with a kind.
fn newer() -> Arc<Edition> {
    let mut edition = Edition::clone(&edition());
    edition.id = "test-2027".into();
    let courses = &mut edition.tables[0];
    courses.period = standard::PeriodKind::Term;
    courses.fields.retain(|f| f.column != "XF");
    let notes = &mut edition.tables[2];
    notes.name = NEW_NOTE.into();
    notes.fields[3] = field(4, "LX", standard::Kind::Text, true);
    Arc::new(edition)
}

fn either(id: &str) -> Option<Arc<Edition>> {
    [edition(), newer()].into_iter().find(|edition| edition.id == id)
}

/// Writes names of courses in capitals and sets credits aside; moves notes to the new table and sets their text aside.
fn carry(table: &Table, record: &Record) -> Carried {
    let new = newer();
    let old = |column: &str| table.position(column).map_or("", |at| record.values[at].as_str()).to_owned();
    let aside = |column: &str| Some(column.to_owned()).filter(|_| !old(column).is_empty()).into_iter().collect();
    match table.name.as_str() {
        COURSE => {
            let mut values = values(new.table(COURSE).unwrap(), &[("KCH", &old("KCH")), ("SJCJSJ", &old("SJCJSJ"))]);
            values[3] = old("KCMC").to_uppercase();
            Carried { stays: Some(values), set_aside: aside("XF"), ..Carried::default() }
        }
        NOTE => {
            let set = [("BT", old("BT")), ("LX", "1".into()), ("SJCJSJ", old("SJCJSJ"))];
            let set: Vec<(&str, &str)> = set.iter().map(|(c, v)| (*c, v.as_str())).collect();
            let values = values(new.table(NEW_NOTE).unwrap(), &set);
            Carried { goes: vec![(NEW_NOTE.into(), values)], set_aside: aside("NR"), ..Carried::default() }
        }
        _ => Carried { stays: Some(record.values.clone()), ..Carried::default() },
    }
}

fn filled() -> BookFixture {
    let fixture = BookFixture::new();
    fixture.apply(
        0,
        &[
            insert(COURSE, &[("KCH", "1"), ("KCMC", "a"), ("XF", "2")]),
            insert(COURSE, &[("KCH", "2"), ("KCMC", "B")]),
            insert(COURSE, &[("KCH", "3")]),
            insert(PRACTICE, &[("XH", "x"), ("KCH", "1")]),
            insert(NOTE, &[("BT", "t"), ("NR", "long")]),
            insert(NOTE, &[("BT", "u")]),
        ],
    );
    fixture.apply(1, &[update(COURSE, 3, &[("KCMC", "c")]), delete(NOTE, 2)]);
    fixture
}

fn adopt(fixture: &mut BookFixture, copy: &Path) -> Result<i64, StoreError> {
    let adoption = Adoption {
        edition: newer(),
        copy,
        at: at(50),
        who: "李老师",
        period: PERIOD,
        settings: vec![("college".into(), json!("moved"))],
    };
    fixture.book.as_mut().unwrap().adopt(&adoption, &mut carry, &mut |_| ControlFlow::Continue(()))
}

fn copy_of(fixture: &BookFixture) -> PathBuf {
    fixture.path.with_file_name("迁移前.tianbao")
}

fn cell(fixture: &BookFixture, table: &str, row: i64, column: &str) -> String {
    let at = newer().table(table).unwrap().position(column).unwrap();
    fixture.get(table, row).unwrap().unwrap().values[at].clone()
}

/// Everything that the file holds, table by table and row by row, whatever the order of its pages.
fn content(path: &Path) -> Vec<String> {
    let connection =
        crate::file::connection::connect(path, &key(), &SALT, crate::file::connection::Purpose::Read).unwrap();
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut all = Vec::new();
    for table in tables {
        let mut statement = connection.prepare(&format!("SELECT * FROM {}", quoted(&table))).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<_> = (0..width).map(|at| row.get::<_, Value>(at).unwrap()).collect();
            // Each file has its own mark of the log.
            let is_mark = cells.iter().any(|cell| *cell == Value::Text("log-owner".to_owned()));
            if !is_mark {
                all.push(format!("{table} {cells:?}"));
            }
        }
    }
    all.sort();
    all
}

#[test]
fn records_are_carried_over_and_nothing_is_lost() {
    let mut fixture = filled();
    let copy = copy_of(&fixture);
    let key_before = fixture.get(PRACTICE, 1).unwrap().unwrap().key;
    let step = adopt(&mut fixture, &copy).unwrap();
    for round in ["at once", "opened again"] {
        assert_eq!(fixture.edition().id, "test-2027", "{round}");
        assert_eq!(fixture.count(COURSE, PERIOD).unwrap(), 3, "they speak for the period now");
        assert_eq!([1, 2, 3].map(|row| cell(&fixture, COURSE, row, "KCMC")), ["A", "B", "C"]);
        assert_eq!(fixture.get(COURSE, 1).unwrap().unwrap().changed, step);
        assert_eq!(fixture.get(COURSE, 2).unwrap().unwrap().changed, 1, "nothing of it changed");
        assert_eq!(fixture.get(PRACTICE, 1).unwrap().unwrap().key, key_before);
        assert_eq!((cell(&fixture, NEW_NOTE, 1, "BT"), cell(&fixture, NEW_NOTE, 1, "LX")), ("t".into(), "1".into()));
        assert_eq!(fixture.setting("college").unwrap(), Some(json!("moved")));
        fixture.whole();
        let moves = fixture.moves().unwrap();
        assert_eq!((moves.len(), moves[0].copy.as_str(), moves[0].step), (1, "迁移前.tianbao", step));
        let (total, aside) = fixture.set_aside(None, 0, 10).unwrap();
        let shown: Vec<_> =
            aside.iter().map(|a| (a.table.as_str(), a.row, a.columns.join(","), a.to.clone())).collect();
        assert_eq!(
            shown,
            [(COURSE, 1, "XF".into(), Some((COURSE.into(), 1))), (NOTE, 1, "NR".into(), Some((NEW_NOTE.into(), 1)))]
        );
        assert_eq!((total, aside[0].edition.as_str()), (2, "test-2026"));
        let cell = |column: &str, value: &str| (column.to_owned(), value.to_owned());
        assert_eq!(aside[0].cells, [cell("KCH", "1"), cell("KCMC", "a"), cell("XF", "2")]);
        let tables = fixture.set_aside_tables().unwrap();
        assert_eq!(tables.iter().map(|t| (t.records, t.cells)).collect::<Vec<_>>(), [(1, 1), (1, 1)]);
        fixture.book = None;
        fixture.book = Some(Book::open(&fixture.path, &key(), either).unwrap());
    }
    let history =
        fixture.history(&HistoryQuery { kind: Some(StepKind::Move), limit: 9, ..Default::default() }).unwrap();
    assert_eq!((history.total, history.steps[0].rows, history.steps[0].undone), (1, 3, false));
    let cells: Vec<_> =
        history.steps[0].cells.iter().map(|c| format!("{} {}>{}", c.column, c.before, c.after)).collect();
    assert_eq!(cells, ["KCMC a>A", "XF 2>", "KCMC c>C", "BT >t", "LX >1"]);
}

#[test]
fn a_move_is_a_wall_in_the_log() {
    let mut fixture = filled();
    let copy = copy_of(&fixture);
    adopt(&mut fixture, &copy).unwrap();
    assert_eq!(fixture.undo(at(60), "").unwrap_err().code(), "undo.before-move");
    assert_eq!(fixture.next_undo().unwrap(), None);
    fixture.apply(61, &[update(COURSE, 1, &[("KCMC", "after")])]);
    assert!(fixture.undo(at(62), "").unwrap().is_some());
    assert_eq!(cell(&fixture, COURSE, 1, "KCMC"), "A");
    assert_eq!(fixture.undo(at(63), "").unwrap_err().code(), "undo.before-move");
    assert!(fixture.redo(at(64), "").unwrap().is_some());
    assert_eq!(cell(&fixture, COURSE, 1, "KCMC"), "after");
    fixture.whole();
}

#[test]
fn a_fixed_key_and_what_was_accepted_stay() {
    let mut fixture = filled();
    let batch = fixture.freeze(&freeze(PRACTICE, 2)).unwrap().batch.unwrap();
    let copy = copy_of(&fixture);
    let error = adopt(&mut fixture, &copy).unwrap_err();
    assert_eq!((error.code().as_str(), copy.exists()), ("migration.under-way", false));
    fixture.delivery_sending(batch.id, 1, at(3), at(3)).unwrap();
    assert_eq!(adopt(&mut fixture, &copy).unwrap_err().code(), "migration.under-way");
    let key = fixture.get(PRACTICE, 1).unwrap().unwrap();
    assert!(key.key_fixed);
    assert_eq!(fixture.edition().id, "test-2026");
}

#[test]
fn findings_go_but_for_receipts_of_cells_that_stand() {
    let mut fixture = filled();
    let found = [
        finding(COURSE, Some(1), Some("XF"), "receipt", Level::Mandatory, "2"),
        finding(COURSE, Some(1), Some("KCMC"), "receipt", Level::Mandatory, "a"),
        finding(COURSE, Some(2), Some("KCMC"), "receipt", Level::Mandatory, "B"),
        finding(COURSE, Some(2), Some("KCH"), "length", Level::Mandatory, "2"),
    ];
    fixture.replace_findings(COURSE, Scope::Table, None, found).unwrap();
    let of_note = [finding(NOTE, Some(1), Some("BT"), "receipt", Level::Mandatory, "t")];
    fixture.replace_findings(NOTE, Scope::Table, None, of_note).unwrap();
    let copy = copy_of(&fixture);
    adopt(&mut fixture, &copy).unwrap();
    let query = FindingQuery { period: Some(PERIOD.into()), ..Default::default() };
    assert_eq!(crate::fixture::shown(&fixture, query), ["ODS_COURSE 2 KCMC receipt"]);
}

#[test]
fn what_was_moved_is_taken_back_and_kept() {
    let mut fixture = filled();
    let before = content(&fixture.path);
    let copy = copy_of(&fixture);
    adopt(&mut fixture, &copy).unwrap();
    assert_eq!(content(&copy), before, "the copy is the book as it was");
    fixture.apply(61, &[update(COURSE, 1, &[("KCMC", "since")])]);
    let moved = content(&fixture.path);
    let kept = fixture.path.with_file_name("迁移后.tianbao");
    assert_eq!(fixture.edition_of(&copy).unwrap(), "test-2026");
    fixture.book.as_mut().unwrap().take_back(&copy, &kept, either).unwrap();
    assert_eq!((fixture.edition().id.as_str(), copy.exists()), ("test-2026", false));
    assert_eq!((content(&fixture.path), content(&kept)), (before, moved));
    assert_eq!(fixture.column(COURSE, "KCMC"), ["a", "B", "c"]);
    assert!(fixture.undo(at(70), "").unwrap().is_some(), "and can be undone as before");
    fixture.whole();
    fixture.reopen();
    let kept = Book::open(&kept, &key(), either).unwrap();
    assert_eq!(kept.integrity().unwrap(), []);
}

#[test]
fn what_is_no_copy_takes_no_place() {
    let mut fixture = filled();
    let copy = copy_of(&fixture);
    adopt(&mut fixture, &copy).unwrap();
    let kept = fixture.path.with_file_name("kept.tianbao");
    let folder = fixture.path.parent().unwrap().to_owned();
    let mut check = |file: &str, make: &dyn Fn(&Path), expect: &str| {
        let file = folder.join(file);
        make(&file);
        let refused = fixture.book.as_mut().unwrap().take_back(&file, &kept, either).unwrap_err();
        assert_eq!(refused.code(), expect);
        assert_eq!((fixture.edition().id.as_str(), kept.exists()), ("test-2027", false));
        assert_eq!(fixture.column(COURSE, "KCH").len(), 3, "the book answers as before");
    };
    check("absent", &|_| {}, "book.not-found");
    check("short", &|file| std::fs::write(file, "x").unwrap(), "book.not-a-book");
    let stranger = |file: &Path| {
        Book::create(file, &key(), b"another salt ...", edition(), &NewBook::default()).unwrap().close().unwrap();
    };
    check("stranger", &stranger, "migration.not-a-copy");
    let other_key = |file: &Path| {
        Book::create(file, &crate::BookKey::new([9; 32]), &SALT, edition(), &NewBook::default()).unwrap();
    };
    check("other key", &other_key, "book.wrong-key");
}

#[test]
fn a_copy_follows_the_key_of_the_book() {
    let mut fixture = filled();
    let copy = copy_of(&fixture);
    adopt(&mut fixture, &copy).unwrap();
    let new = crate::BookKey::new([8; 32]);
    fixture.change_key_of(&copy, &new).unwrap();
    fixture.change_key(&new).unwrap();
    let kept = fixture.path.with_file_name("kept.tianbao");
    fixture.book.as_mut().unwrap().take_back(&copy, &kept, either).unwrap();
    assert_eq!(fixture.edition().id, "test-2026");
}

#[test]
fn a_move_that_is_stopped_leaves_the_book_as_it_was() {
    let mut fixture = filled();
    let before = content(&fixture.path);
    let copy = copy_of(&fixture);
    let adoption =
        Adoption { edition: newer(), copy: &copy, at: at(50), who: "", period: PERIOD, settings: Vec::new() };
    let stop = &mut |done| if done == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    fixture.book.as_mut().unwrap().adopt(&adoption, &mut carry, stop).unwrap_err();
    assert_eq!((content(&fixture.path), copy.exists()), (before, false));
    assert_eq!(fixture.edition().id, "test-2026");
    fixture.apply_step(&step(60), &[update(COURSE, 1, &[("XF", "3")])]);
    fixture.whole();
}

#[test]
fn a_book_from_before_there_were_moves_can_move() {
    let mut fixture = filled();
    fixture
        .write(|connection| {
            take_back_to(connection, 1)?;
            Ok(TransactionEnd::Commit(()))
        })
        .unwrap();
    fixture.reopen();
    assert_eq!(fixture.moves().unwrap(), []);
    let copy = copy_of(&fixture);
    adopt(&mut fixture, &copy).unwrap();
    assert_eq!(fixture.moves().unwrap().len(), 1);
    fixture.whole();
}
