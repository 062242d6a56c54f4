//! A small edition and books of it, for the tests of this crate.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use standard::{
    Association, Edition, Field, Finding, Frequency, KeyPeriod, KeyRule, Kind, Level, PeriodKind, Reference, Table,
};
use tempfile::TempDir;

use crate::{
    Applied, Book, BookKey, FindingQuery, Freeze, NewBook, Record, RowChange, Salt, Step, StepKind, StoredFinding,
};

pub(crate) const SALT: Salt = *b"salt of the test";
pub(crate) const SCHOOL: &str = "4144010001";
pub(crate) const PERIOD: &str = "2026-2027-1";

pub(crate) fn field(no: u32, column: &str, kind: Kind, required: bool) -> Field {
    let plain = Field::new(column, column, kind);
    Field { no, item_id: format!("T{no:04}"), printed_type: 'C', max_length: Some(60), required, ..plain }
}

fn table(no: u32, name: &str, periodic: bool, natural_key: &[&str], filled: &[(&str, Kind, bool)]) -> Table {
    let mut columns = vec![("ZJSJWYXBS", Kind::Text, true), ("XXDM", Kind::Text, true)];
    columns.extend(filled);
    columns.push(("SJCJSJ", Kind::DateTime, true));
    Table {
        no,
        name: name.into(),
        title: format!("{name}数据子类表"),
        subset: String::new(),
        data_class: String::new(),
        data_subclass: String::new(),
        source_system: None,
        frequency: Frequency::Term,
        frequency_text: String::new(),
        scope: String::new(),
        period: PeriodKind::of_periodic(periodic),
        event: None,
        association: Association::None,
        association_doubt: None,
        primary_key: "ZJSJWYXBS".into(),
        natural_key: natural_key.iter().map(|c| c.to_string()).collect(),
        key_rule: KeyRule { period: if periodic { KeyPeriod::Always } else { KeyPeriod::Never }, ..KeyRule::default() },
        fields: (1..).zip(columns).map(|(no, (column, kind, required))| field(no, column, kind, required)).collect(),
        doubt: None,
        department: None,
        own: false,
    }
}

/// Courses, which have no period; practice of students, whose period is part of the key; and notes without a natural
/// key, whose period is not. The printed order is not alphabetical.
pub(crate) fn edition() -> Arc<Edition> {
    let text = Kind::Text;
    let mut practice = table(
        2,
        "ODS_PRACTICE",
        true,
        &["XH", "KCH"],
        &[("XH", text, true), ("XSXM", text, true), ("KCH", text, true), ("DF", Kind::Decimal, false)],
    );
    practice.fields[4].references = vec![Reference { table: "ODS_COURSE".into(), column: "KCH".into() }];
    let mut note = table(3, "ODS_A_NOTE", true, &[], &[("BT", text, true), ("NR", Kind::LongText, false)]);
    note.key_rule.period = KeyPeriod::Never;
    Arc::new(Edition {
        id: "test-2026".into(),
        level: "高职".into(),
        title: "测试".into(),
        version: None,
        issued: "2026-01".into(),
        revision: String::new(),
        issuers: Vec::new(),
        subsets: Vec::new(),
        classes: Vec::new(),
        tables: vec![
            table(
                1,
                "ODS_COURSE",
                false,
                &["KCH"],
                &[("KCH", text, true), ("KCMC", text, true), ("XF", Kind::Decimal, false)],
            ),
            practice,
            note,
        ],
        code_lists: BTreeMap::new(),
        national: BTreeMap::new(),
        rules: Vec::new(),
        crosswalks: BTreeMap::new(),
        templates: standard::Templates::default(),
    })
}

/// Values of a record, by column.
pub(crate) fn values(table: &Table, set: &[(&str, &str)]) -> Vec<String> {
    let set: HashMap<_, _> = set.iter().copied().collect();
    table.fields.iter().map(|f| set.get(f.column.as_str()).copied().unwrap_or("").to_owned()).collect()
}

pub(crate) fn key() -> BookKey {
    BookKey::new([7; 32])
}

/// `seconds` after the first second of 1 September 2026 in national time.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_788_192_000 + seconds).unwrap()
}

pub(crate) fn step(seconds: i64) -> Step {
    Step { at: at(seconds), who: "李老师".into(), kind: StepKind::Edit, note: String::new(), period: PERIOD.into() }
}

pub(crate) fn update(table: &str, row: i64, set: &[(&str, &str)]) -> RowChange {
    let values = set.iter().map(|(c, v)| (c.to_string(), v.to_string())).collect();
    RowChange::Update { table: table.into(), row, values }
}

pub(crate) fn delete(table: &str, row: i64) -> RowChange {
    RowChange::Delete { table: table.into(), row }
}

pub(crate) fn insert(table: &str, set: &[(&str, &str)]) -> RowChange {
    insert_after(table, set, None)
}

pub(crate) fn insert_after(table: &str, set: &[(&str, &str)], after: Option<i64>) -> RowChange {
    let edition = edition();
    RowChange::Insert { table: table.into(), values: values(edition.table(table).unwrap(), set), after }
}

pub(crate) fn finding(
    table: &str,
    row: Option<i64>,
    column: Option<&str>,
    rule: &str,
    level: Level,
    value: &str,
) -> Finding {
    Finding {
        table: table.into(),
        row,
        column: column.map(str::to_owned),
        rule: rule.into(),
        level,
        value: value.into(),
        message: format!("“{{value}}”不合规则 {rule}").into(),
        suggestion: None,
    }
}

/// A batch of this table for the connection `ministry`.
pub(crate) fn freeze(table: &str, seconds: i64) -> Freeze {
    Freeze {
        table: table.into(),
        period: PERIOD.into(),
        connection: "ministry".into(),
        at: at(seconds),
        rows_per_delivery: 100,
        hold_back: true,
        only_of: None,
        expected: None,
    }
}

/// SQL that takes away what each format added to the tables of the book itself.
const ADDED: &[(i64, &str)] = &[
    (2, "DROP TABLE aside; DROP TABLE moved;"),
    (3, "ALTER TABLE finding DROP COLUMN words;"),
    (4, "DROP TABLE repeat; DROP INDEX fixed_key_key; ALTER TABLE fixed_key DROP COLUMN period;"),
    (5, "DROP TABLE proposal_cell; DROP TABLE proposal_row; DROP TABLE proposal_sheet; DROP TABLE proposal;"),
    (6, "DROP INDEX call_receiver_at; ALTER TABLE call DROP COLUMN receiver_at;"),
    (7, "DROP TABLE tally;"),
    (8, "DROP TABLE sign_off;"),
    (9, "DROP TABLE answer; ALTER TABLE explanation DROP COLUMN said;"),
    (10, "DROP TABLE waiting_rule;"),
    (11, "DROP TABLE unchecked;"),
    (12, "DROP TABLE period_state;"),
    (13, "DROP TABLE audit;"),
    (14, "DROP TABLE request;"),
    (15, "DROP TABLE proposal_pack;"),
];

/// Makes the tables of the book itself what they were in an earlier format.
pub(crate) fn take_back_to(connection: &rusqlite::Connection, format: i64) -> rusqlite::Result<()> {
    assert_eq!(ADDED.last().map(|(reached, _)| *reached), Some(crate::FORMAT), "each format has its line");
    for (_, sql) in ADDED.iter().filter(|(reached, _)| *reached > format) {
        connection.execute_batch(sql)?;
    }
    connection.pragma_update(None, "user_version", format)
}

/// A new book in a folder of its own.
pub(crate) struct BookFixture {
    pub book: Option<Book>,
    pub path: PathBuf,
    _folder: TempDir,
}

impl BookFixture {
    pub fn new() -> BookFixture {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("测试.tianbao");
        let new = NewBook { school: SCHOOL.into(), settings: Vec::new() };
        let book = Book::create(&path, &key(), &SALT, edition(), &new).unwrap();
        BookFixture { book: Some(book), path, _folder: folder }
    }

    pub fn reopen(&mut self) {
        drop(self.book.take());
        self.book = Some(Book::open(&self.path, &key(), |_| Some(edition())).unwrap());
    }

    pub fn apply(&self, seconds: i64, changes: &[RowChange]) -> Applied {
        self.apply_step(&step(seconds), changes)
    }

    pub fn apply_step(&self, step: &Step, changes: &[RowChange]) -> Applied {
        Book::apply(self, step, changes).unwrap()
    }

    /// All records of a table in the test's period.
    pub fn all(&self, table: &str) -> Vec<Record> {
        let mut records = Vec::new();
        self.stream(table, PERIOD, |record| {
            records.push(record);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
        records
    }

    /// One column of all records.
    pub fn column(&self, table: &str, column: &str) -> Vec<String> {
        let at = self.edition().table(table).unwrap().position(column).unwrap();
        self.all(table).into_iter().map(|r| r.values[at].clone()).collect()
    }

    pub fn value(&self, table: &str, row: i64, column: &str) -> String {
        let at = self.edition().table(table).unwrap().position(column).unwrap();
        self.get(table, row).unwrap().unwrap().values[at].clone()
    }

    pub fn whole(&self) {
        assert_eq!(self.integrity().unwrap(), []);
    }
}

impl std::ops::Deref for BookFixture {
    type Target = Book;

    fn deref(&self) -> &Book {
        self.book.as_ref().unwrap()
    }
}

/// Where the findings of a query stand, and their rules.
pub(crate) fn shown(fixture: &BookFixture, query: FindingQuery) -> Vec<String> {
    let page = fixture.findings(&FindingQuery { limit: 100, ..query }).unwrap();
    assert_eq!(page.total, page.findings.len() as u64);
    let show = |f: &StoredFinding| {
        let f = &f.finding;
        format!("{} {} {} {}", f.table, f.row.unwrap_or(0), f.column.as_deref().unwrap_or("-"), f.rule)
    };
    page.findings.iter().map(show).collect()
}

/// Three courses, the third behind the first, and a student's practice.
pub(crate) fn filled() -> BookFixture {
    let fixture = BookFixture::new();
    fixture.apply(0, &["a", "b"].map(|k| insert("ODS_COURSE", &[("KCH", k)])));
    fixture.apply(1, &[insert_after("ODS_COURSE", &[("KCH", "c")], Some(1)), insert("ODS_PRACTICE", &[("XH", "1")])]);
    fixture
}
