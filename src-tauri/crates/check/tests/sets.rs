//! Keys and references over a real book of the edition in force.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use check::words::{Language, say};
use check::{Affected, AffectedTables, Edited, affected};
use standard::{Edition, Finding, Level, Standards, Table};
use store::{Book, BookKey, Freeze, NewBook, ReadConnection, ReadError, ReadLimits, RowChange, Scope, Step, StepKind};

const STUDENTS: &str = "ODS_XSHXSJ";
const TEACHERS: &str = "ODS_JSHXSJ";
const MAJORS: &str = "ODS_ZYSZSJ";
const PRACTICE: &str = "ODS_SXJCSJ";
const LESSONS: &str = "ODS_PKSJ";
const TESTS: &str = "ODS_XLCPSJ";
const TERM: &str = "2026-2027-1";

static EDITION: LazyLock<Arc<Edition>> =
    LazyLock::new(|| Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap());

fn table(name: &str) -> &'static Table {
    EDITION.table(name).unwrap()
}

/// A book in a folder of its own.
struct Desk {
    book: Book,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let new = NewBook { school: "4111010001".into(), ..NewBook::default() };
        let path = folder.path().join("book.tianbao");
        let book = Book::create(&path, &BookKey::new([7; 32]), b"salt of the test", EDITION.clone(), &new).unwrap();
        Desk { book, _folder: folder }
    }

    fn apply(&self, period: &str, changes: &[RowChange]) -> Vec<i64> {
        let at = "2026-09-01T00:00:00Z".parse().unwrap();
        let step = Step { at, who: String::new(), kind: StepKind::Edit, note: String::new(), period: period.into() };
        self.book.apply(&step, changes).unwrap().rows
    }

    fn add(&self, name: &str, records: &[&[(&str, &str)]]) -> Vec<i64> {
        self.add_in(TERM, name, records)
    }

    fn add_in(&self, period: &str, name: &str, records: &[&[(&str, &str)]]) -> Vec<i64> {
        let insert = |cells: &&[(&str, &str)]| {
            let mut values = vec![String::new(); table(name).fields.len()];
            for (column, value) in *cells {
                values[table(name).position(column).unwrap()] = (*value).to_owned();
            }
            RowChange::Insert { table: name.into(), values, after: None }
        };
        self.apply(period, &records.iter().map(insert).collect::<Vec<_>>())
    }

    fn set(&self, name: &str, row: i64, column: &str, value: &str) {
        let values = BTreeMap::from([(column.to_owned(), value.to_owned())]);
        self.apply(TERM, &[RowChange::Update { table: name.into(), row, values }]);
    }

    fn values(&self, name: &str, row: i64) -> Option<Vec<String>> {
        self.book.get(name, row).unwrap().map(|record| record.values)
    }

    fn reader(&self) -> ReadConnection {
        self.book.reader(ReadLimits::default()).unwrap()
    }

    fn sets(&self, name: &str, scope: Scope<'_>) -> Vec<String> {
        let mut found = Vec::new();
        check::sets(&self.reader(), &EDITION, table(name), scope, &mut |finding| {
            found.push(line(&finding));
            ControlFlow::Continue(())
        })
        .unwrap();
        found
    }

    /// Runs an edit and says which records it affects.
    fn affected(&self, name: &str, rows: &[i64], edit: impl FnOnce(&Desk)) -> BTreeMap<String, Affected> {
        self.affected_where(None, name, rows, edit).records
    }

    /// [`Desk::affected`], where a table with more records than `small` is not small.
    fn affected_where(
        &self,
        small: Option<usize>,
        name: &str,
        rows: &[i64],
        edit: impl FnOnce(&Desk),
    ) -> AffectedTables {
        let before: Vec<_> = rows.iter().map(|row| self.values(name, *row)).collect();
        edit(self);
        let after: Vec<_> = rows.iter().map(|row| self.values(name, *row)).collect();
        let edits: Vec<Edited<'_>> = rows
            .iter()
            .zip(before.iter().zip(&after))
            .map(|(row, (before, after))| Edited {
                row: *row,
                period: TERM,
                before: before.as_deref(),
                after: after.as_deref(),
            })
            .collect();
        let reader = self.book.reader(ReadLimits { whole: small, ..ReadLimits::default() }).unwrap();
        affected(&reader, &EDITION, table(name), &edits).unwrap()
    }
}

fn line(finding: &Finding) -> String {
    let row = finding.row.map_or("table".to_owned(), |row| row.to_string());
    let level = match finding.level {
        Level::Mandatory => "mandatory",
        Level::Confirm => "confirm",
        Level::Hint => "hint",
    };
    let suggestion = finding.suggestion.as_ref().map_or_else(String::new, |s| format!(" → {s}"));
    let column = finding.column.as_deref().unwrap_or("-");
    let message = say(&finding.message, "{value}", Language::Zh);
    format!("{row} {level} {} {column} {message}{suggestion}", finding.rule)
}

fn rows(rows: &[i64]) -> Affected {
    Affected::Rows(rows.iter().copied().collect())
}

#[test]
fn equal_natural_keys_name_each_other() {
    let desk = Desk::new();
    desk.add(TEACHERS, &[&[("JGH", "T1")], &[("JGH", "T2")], &[("JGH", "T1")], &[], &[], &[("JGH", " T1 ")]]);
    let words = |row: i64, others: &str| {
        format!(
            "{row} mandatory unique-key JGH “教工号”与第 {others} 行相同。是同一条记录，就删去其中一条；录错了，就改正；确实是两条不同的记录，请点“这是两条不同的记录”，写明理由。"
        )
    };
    let all = [words(1, "3、6"), words(3, "1、6"), words(6, "1、3")];
    assert_eq!(desk.sets(TEACHERS, Scope::Table), all);
    assert_eq!(desk.sets(TEACHERS, Scope::Period(TERM)), all);
    assert_eq!(desk.sets(TEACHERS, Scope::Rows(&[2, 3])), all[1..2]);
    assert!(desk.sets(TEACHERS, Scope::Period("2027-2028-1")).is_empty());
}

#[test]
fn keys_of_several_columns_and_of_other_periods() {
    let desk = Desk::new();
    let a: &[(&str, &str)] = &[("XH", "1"), ("SXQYMC", "甲厂")];
    let b: &[(&str, &str)] = &[("XH", "1"), ("SXQYMC", "乙厂")];
    desk.add(PRACTICE, &[a, b]);
    desk.add_in("2025-2026-2", PRACTICE, &[a]);
    let unique =
        |scope| desk.sets(PRACTICE, scope).into_iter().filter(|line| line.contains("unique-key")).collect::<Vec<_>>();
    assert!(unique(Scope::Table).is_empty());
    desk.add_in("2025-2026-2", PRACTICE, &[b, b]);
    let words = |row: i64, other: i64| {
        format!(
            "{row} mandatory unique-key XH “学号”、“实习企业名称”、“实习形式码”、“实习开始日期”与第 {other} 行都相同。是同一条记录，就删去其中一条；录错了，就改正；确实是两条不同的记录，请点“这是两条不同的记录”，写明理由。"
        )
    };
    assert_eq!(unique(Scope::Table), [words(4, 3), words(5, 2)]);
}

#[test]
fn a_table_without_a_natural_key_compares_everything() {
    let desk = Desk::new();
    desk.add(TESTS, &[&[("ZYH", "1")], &[("ZYH", "1")], &[("ZYH", "2")]]);
    let unique: Vec<_> = desk.sets(TESTS, Scope::Table).into_iter().filter(|l| l.contains("unique-key")).collect();
    assert_eq!(
        unique,
        [
            "1 confirm unique-key - 所有数据项与第 2 行完全相同。标准里没有能区分它们的数据项。是同一条记录录了两遍，就删去其中一条；是两条不同的记录，请点“这是两条不同的记录”，写明理由。",
            "2 confirm unique-key - 所有数据项与第 1 行完全相同。标准里没有能区分它们的数据项。是同一条记录录了两遍，就删去其中一条；是两条不同的记录，请点“这是两条不同的记录”，写明理由。",
        ]
    );
}

#[test]
fn a_record_key_that_was_kept_can_meet_a_new_one() {
    let desk = Desk::new();
    desk.add(TEACHERS, &[&[("JGH", "T1")], &[("JGH", "T5")]]);
    let freeze = Freeze {
        table: TEACHERS.into(),
        period: TERM.into(),
        connection: "演练".into(),
        at: "2026-09-02T00:00:00Z".parse().unwrap(),
        rows_per_delivery: 100,
        hold_back: false,
        only_of: None,
        expected: None,
    };
    assert!(desk.book.freeze(&freeze).unwrap().batch.is_some());
    desk.set(TEACHERS, 1, "JGH", "T2");
    assert!(desk.sets(TEACHERS, Scope::Table).is_empty());
    let new = desk.affected(TEACHERS, &[3], |desk| {
        desk.add(TEACHERS, &[&[("JGH", "T1")]]);
    });
    assert_eq!(new[TEACHERS], rows(&[1, 3]));
    let words = |row: i64, other: i64| {
        format!(
            "{row} mandatory unique-key JGH 与第 {other} 行用了同一个主键：其中一行上报过，后来改了关键的项，\
             再上报会互相覆盖。是同一条记录，就删去其中一条；是两条不同的记录，请点“这是两条不同的记录”，写明理由。"
        )
    };
    assert_eq!(desk.sets(TEACHERS, Scope::Table), [words(1, 3), words(3, 1)]);
    assert_eq!(desk.sets(TEACHERS, Scope::Rows(&[3])), [words(3, 1)]);
}

#[test]
fn many_equal_records_are_counted() {
    let desk = Desk::new();
    desk.add(TEACHERS, &[&[("JGH", "T1")] as &[_]; 12]);
    let found = desk.sets(TEACHERS, Scope::Table);
    assert_eq!(found.len(), 12);
    assert!(found[0].contains("与第 2、3、4 等 11 行相同"), "{}", found[0]);
    assert!(found[11].contains("与第 1、2、3 等 11 行相同"), "{}", found[11]);
}

#[test]
fn a_missing_key_is_told_with_what_it_may_have_been() {
    let desk = Desk::new();
    desk.add(STUDENTS, &[&[("XH", "2024030105")], &[("XH", "0012")]]);
    desk.add(MAJORS, &[&[("ZYH", "460301")]]);
    desk.add(TEACHERS, &[&[("JGH", "T1")]]);
    desk.add(
        PRACTICE,
        &[
            &[("XH", "2024030105"), ("ZYH", "460301"), ("XNZDJSGH", "T1"), ("SXQYMC", "甲")],
            &[("XH", "2024O30105"), ("ZYH", "460301"), ("XNZDJSGH", "t1"), ("SXQYMC", "乙")],
            &[("XH", "12"), ("ZYH", "999999"), ("SXQYMC", "丙")],
        ],
    );
    let all = [
        "2 confirm reference XH “{value}”不在《学生画像》的“学号”里。第 5 位是字母 O，不是数字 0。 → 2024030105",
        "3 confirm reference XH “{value}”不在《学生画像》的“学号”里。前面的 0 丢了。 → 0012",
        "3 confirm reference ZYH “{value}”不在《专业设置》的“专业号”里。请核对，或先补上这一条。",
        "2 confirm reference XNZDJSGH “{value}”不在《教师画像》的“教工号”里。第 1 位是字母 t，不是字母 T。 → T1",
    ];
    assert_eq!(desk.sets(PRACTICE, Scope::Period(TERM)), all);
    assert_eq!(desk.sets(PRACTICE, Scope::Rows(&[3])), all[1..3]);
    assert!(desk.sets(PRACTICE, Scope::Rows(&[1])).is_empty());
}

#[test]
fn a_key_of_another_period_is_a_key() {
    let desk = Desk::new();
    desk.add_in("2025-2026-2", TEACHERS, &[&[("JGH", "T1")]]);
    desk.add("ODS_JSKHSJ", &[&[("JGH", "T1")]]);
    assert!(desk.sets("ODS_JSKHSJ", Scope::Period(TERM)).is_empty());
}

#[test]
fn several_keys_in_one_field_are_looked_up_one_by_one() {
    let desk = Desk::new();
    desk.add(TEACHERS, &[&[("JGH", "T1")], &[("JGH", "T2")]]);
    for (jgh, expect) in [
        ("T1,T2", None),
        ("T1、T2", None),
        ("T1", None),
        ("T1,T9", Some("“{value}”里有 1 项不在《教师画像》的“教工号”里。请核对，或先补上。")),
        ("T8,T9", Some("“{value}”里有 2 项不在《教师画像》的“教工号”里。请核对，或先补上。")),
    ] {
        let row = desk.add(LESSONS, &[&[("JGH", jgh)]])[0];
        let found = desk.sets(LESSONS, Scope::Rows(&[row]));
        let expect: Vec<String> =
            expect.into_iter().map(|words| format!("{row} confirm reference JGH {words}")).collect();
        assert_eq!(found, expect, "{jgh}");
    }
}

#[test]
fn an_empty_table_that_is_referred_to_is_one_hint() {
    let desk = Desk::new();
    let practice: &[(&str, &str)] = &[("XH", "1"), ("XNZDJSGH", "T1"), ("SXQYMC", "甲")];
    desk.add(PRACTICE, &[practice, &[("XH", "2"), ("SXQYMC", "甲")]]);
    let hints = [
        "table hint reference XH 《学生画像》里还没有记录，暂时不能核对“学号”。填好《学生画像》以后再校验一次。",
        "table hint reference XNZDJSGH 《教师画像》里还没有记录，暂时不能核对“校内指导教师工号”。填好《教师画像》以后再校验一次。",
    ];
    assert_eq!(desk.sets(PRACTICE, Scope::Table), hints);
    assert!(desk.sets(PRACTICE, Scope::Rows(&[1, 2])).is_empty());
    assert!(desk.sets(MAJORS, Scope::Table).is_empty());
}

#[test]
fn an_edit_affects_those_who_share_or_shared_its_key() {
    let desk = Desk::new();
    let all = desk.add(TEACHERS, &[&[("JGH", "T1")], &[("JGH", "T2")], &[("JGH", "T1")], &[("JGH", "T3")]]);
    assert_eq!(all, [1, 2, 3, 4]);
    let name = desk.affected(TEACHERS, &[1], |desk| desk.set(TEACHERS, 1, "SJSCRQ", "20260901"));
    assert_eq!(name, BTreeMap::from([(TEACHERS.into(), rows(&[1, 3]))]));
    let key = desk.affected(TEACHERS, &[1], |desk| desk.set(TEACHERS, 1, "JGH", "T2"));
    assert_eq!(key[TEACHERS], rows(&[1, 2, 3]));
}

#[test]
fn an_edit_affects_those_who_name_its_key() {
    let desk = Desk::new();
    desk.add(TEACHERS, &[&[("JGH", "T1")], &[("JGH", "T2")]]);
    desk.add(
        PRACTICE,
        &[&[("XNZDJSGH", "T1"), ("XH", "1")], &[("XNZDJSGH", "T7"), ("XH", "2")], &[("XNZDJSGH", "T2"), ("XH", "3")]],
    );
    desk.add(LESSONS, &[&[("JGH", "T2,T1"), ("PKH", "1")], &[("JGH", "T2"), ("PKH", "2")]]);
    let affected = desk.affected(TEACHERS, &[1], |desk| desk.set(TEACHERS, 1, "JGH", "T7"));
    let expect =
        [(TEACHERS, rows(&[1])), (PRACTICE, rows(&[1, 2])), (LESSONS, rows(&[1]))].map(|(t, r)| (t.to_owned(), r));
    assert_eq!(affected, BTreeMap::from(expect));
    assert_eq!(
        desk.sets(PRACTICE, Scope::Rows(&[1, 2])),
        ["1 confirm reference XNZDJSGH “{value}”不在《教师画像》的“教工号”里。请核对，或先补上这一条。"]
    );
}

#[test]
fn a_large_table_that_may_name_a_key_of_an_edit_is_named_with_its_columns() {
    let desk = Desk::new();
    desk.add(TEACHERS, &[&[("JGH", "T1")], &[("JGH", "T2")]]);
    desk.add(PRACTICE, &[&[("XNZDJSGH", "T1"), ("XH", "1")], &[("XNZDJSGH", "T7"), ("XH", "2")]]);
    desk.add(LESSONS, &[&[("JGH", "T2"), ("PKH", "1")]]);
    let edit = |rows: &[i64], edit: &dyn Fn(&Desk)| {
        let AffectedTables { records, referring } = desk.affected_where(Some(1), TEACHERS, rows, edit);
        assert_eq!(records.get(PRACTICE), None);
        let practice = referring.get(PRACTICE).map(|one| (one.columns.iter().cloned().collect(), one.only_came));
        assert_eq!(referring.get(LESSONS), None);
        practice as Option<(Vec<String>, bool)>
    };
    let column = || vec!["XNZDJSGH".to_owned()];
    assert_eq!(edit(&[3], &|desk| drop(desk.add(TEACHERS, &[&[("JGH", "T7")]]))), Some((column(), true)));
    assert_eq!(edit(&[1], &|desk| desk.set(TEACHERS, 1, "JGH", "T9")), Some((column(), false)));
    assert_eq!(edit(&[1], &|desk| desk.set(TEACHERS, 1, "SJSCRQ", "20260901")), None);
}

#[test]
fn the_first_and_the_last_key_affect_whole_tables() {
    let desk = Desk::new();
    desk.add(PRACTICE, &[&[("XNZDJSGH", "T1"), ("XH", "1")]]);
    let first = desk.affected(TEACHERS, &[1], |desk| {
        desk.add(TEACHERS, &[&[("JGH", "T5")]]);
    });
    assert_eq!((&first[PRACTICE], &first[LESSONS]), (&Affected::All, &Affected::All));
    let second = desk.affected(TEACHERS, &[2], |desk| {
        desk.add(TEACHERS, &[&[("JGH", "T1")]]);
    });
    assert_eq!(second.get(PRACTICE), Some(&rows(&[1])));
    assert_eq!(second.get(LESSONS), None);
    let delete = |row| RowChange::Delete { table: TEACHERS.into(), row };
    let last = desk.affected(TEACHERS, &[1, 2], |desk| {
        desk.apply(TERM, &[delete(1), delete(2)]);
    });
    assert_eq!(last[PRACTICE], Affected::All);
    assert_eq!(last.get(TEACHERS), None);
}

#[test]
fn a_whole_table_is_streamed_and_can_be_cancelled() {
    let desk = Desk::new();
    let records: Vec<Vec<(&str, String)>> =
        (0..5_000).map(|n| vec![("JGH", format!("T{n}")), ("SJSCRQ", "明天".to_owned())]).collect();
    let cells: Vec<Vec<(&str, &str)>> =
        records.iter().map(|r| r.iter().map(|(c, v)| (*c, v.as_str())).collect()).collect();
    desk.add(TEACHERS, &cells.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let run = |stop_at: Option<u64>, stop_finding: Option<usize>, cancel: Option<Arc<AtomicBool>>| {
        let reader = desk.book.reader(ReadLimits { time: None, cancel: cancel.clone(), whole: None }).unwrap();
        let (mut seen, mut found) = (Vec::new(), 0);
        let answer = check::table(
            &reader,
            &EDITION,
            table(TEACHERS),
            Scope::Period(TERM),
            &mut |done| {
                seen.push(done);
                if let Some(flag) = &cancel {
                    flag.store(true, Ordering::Relaxed);
                }
                if Some(done) == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
            &mut |finding| {
                found += usize::from(finding.column.as_deref() == Some("SJSCRQ"));
                if Some(found) == stop_finding { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        (answer, seen, found)
    };
    let (answer, seen, _) = run(None, None, None);
    assert_eq!((answer, seen), (Ok(5_000), vec![2_000, 4_000, 5_000]));
    assert_eq!(run(Some(2_000), None, None).0, Err(ReadError::Cancelled));
    assert_eq!(run(None, None, Some(Arc::default())).0, Err(ReadError::Cancelled));
    let (answer, _, found) = run(None, Some(10), None);
    assert_eq!((answer, found), (Err(ReadError::Cancelled), 10));
}
