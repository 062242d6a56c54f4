//! The keys of records with one natural key: in two books, after changes in several orders, after freezing.

use crate::fixture::{BookFixture, PERIOD, at, delete, edition, freeze, insert, insert_after, step, update};
use crate::{RowState, Step, StepKind, TellApart};

const COURSE: &str = "ODS_COURSE";
const PRACTICE: &str = "ODS_PRACTICE";
const LOAN: &str = "ODS_A_NOTE";

impl BookFixture {
    /// States that records are different ones; returns how many records that changed.
    fn tell(&self, seconds: i64, table: &str, rows: &[i64], text: &str) -> u64 {
        let kind = Step { kind: StepKind::TellApart, ..step(seconds) };
        let said = TellApart { table: table.into(), rows: rows.to_vec(), text: text.into() };
        self.tell_apart(&kind, &said).unwrap().changed
    }

    fn keys(&self, table: &str) -> Vec<String> {
        self.all(table).into_iter().map(|record| record.key).collect()
    }
}

/// Courses with one number, told apart.
fn told(count: usize) -> BookFixture {
    let fixture = BookFixture::new();
    let names = ["甲", "乙", "丙", "丁"];
    let rows: Vec<_> = names[..count].iter().map(|name| insert(COURSE, &[("KCH", "a"), ("KCMC", name)])).collect();
    fixture.apply(0, &rows);
    assert_eq!(fixture.tell(1, COURSE, &[1], "两门课"), count as u64);
    fixture
}

#[test]
fn equal_records_share_their_key_until_it_is_said_that_they_are_several() {
    let fixture = BookFixture::new();
    fixture.apply(0, &["甲", "乙"].map(|name| insert(COURSE, &[("KCH", "a"), ("KCMC", name)])));
    let before = fixture.keys(COURSE);
    assert_eq!(before[0], before[1]);
    fixture.tell(1, COURSE, &[2], "两门课");
    let after = fixture.keys(COURSE);
    assert_eq!(after[0], before[0], "the first keeps the key without an ordinal");
    assert!(after[1] != before[1] && after[1].len() == 32);
    fixture.whole();
    fixture.undo(at(2), "").unwrap();
    assert_eq!(fixture.keys(COURSE), before);
    fixture.redo(at(3), "").unwrap();
    assert_eq!(fixture.keys(COURSE), after);
    assert_eq!(fixture.tell(4, COURSE, &[1, 2], ""), 2);
    assert_eq!(fixture.keys(COURSE), before, "taken back");
    fixture.whole();
}

#[test]
fn what_was_said_outlives_a_new_school_code() {
    let fixture = told(2);
    let before = fixture.keys(COURSE);
    fixture.set_school("9999999999").unwrap();
    let after = fixture.keys(COURSE);
    assert!(after[0] != after[1] && after[0] != before[0]);
    fixture.whole();
    fixture.undo(at(9), "").unwrap();
    assert_eq!(fixture.keys(COURSE)[0], fixture.keys(COURSE)[1]);
    fixture.redo(at(9), "").unwrap();
    assert_eq!(fixture.keys(COURSE), after);
    fixture.whole();
}

#[test]
fn a_record_alone_cannot_be_told_apart() {
    let fixture = BookFixture::new();
    fixture.apply(0, &["a", "b"].map(|k| insert(COURSE, &[("KCH", k)])));
    assert_eq!(fixture.tell(1, COURSE, &[1, 2], "x"), 0);
    assert_eq!(fixture.history(&Default::default()).unwrap().total, 1);
}

#[test]
fn the_same_order_gives_the_same_keys_in_another_book() {
    let one = told(3);
    let two = BookFixture::new();
    two.apply(0, &[insert(COURSE, &[("KCH", "z")])]);
    two.apply(1, &[insert(COURSE, &[("KCH", "a"), ("KCMC", "丙")])]);
    two.apply(2, &[insert_after(COURSE, &[("KCH", "a"), ("KCMC", "甲")], Some(1))]);
    two.apply(3, &[insert_after(COURSE, &[("KCH", " a "), ("KCMC", "乙")], Some(3))]);
    two.tell(4, COURSE, &[2], "三门课");
    assert_eq!(two.column(COURSE, "KCMC"), ["", "甲", "乙", "丙"]);
    assert_eq!(two.keys(COURSE)[1..], one.keys(COURSE));
}

#[test]
fn a_record_that_is_added_later_changes_no_other() {
    let fixture = told(2);
    let before = fixture.keys(COURSE);
    fixture.apply(2, &[insert(COURSE, &[("KCH", "a"), ("KCMC", "丙")])]);
    assert_eq!(fixture.keys(COURSE)[..2], before);
    fixture.apply(3, &[insert_after(COURSE, &[("KCH", "a"), ("KCMC", "丁")], Some(1))]);
    fixture.tell(4, COURSE, &[3], "又有两门");
    let keys: Vec<String> = [1, 2, 3, 4].map(|row| fixture.get(COURSE, row).unwrap().unwrap().key).into();
    assert_eq!(keys[..2], before);
    assert_eq!(told(4).keys(COURSE)[2..], [keys[3].clone(), keys[2].clone()], "the next ordinals, by place");
    fixture.whole();
}

#[test]
fn what_was_sent_keeps_its_key_when_another_goes() {
    let mut fixture = told(3);
    let before = fixture.keys(COURSE);
    assert_eq!(fixture.freeze(&freeze(COURSE, 2)).unwrap().batch.map(|batch| batch.rows), Some(3));
    fixture.apply(3, &[delete(COURSE, 1)]);
    assert_eq!(fixture.keys(COURSE), before[1..]);
    fixture.apply(4, &[insert(COURSE, &[("KCH", "a"), ("KCMC", "丁")])]);
    fixture.tell(5, COURSE, &[4], "另一门");
    let new = fixture.keys(COURSE).pop().unwrap();
    assert!(!before.contains(&new), "the key of a record that was sent is given to no other");
    assert_eq!(new, told(4).keys(COURSE)[3]);
    fixture.reopen();
    fixture.whole();
    for second in 6..9 {
        fixture.undo(at(second), "").unwrap();
    }
    assert_eq!(fixture.keys(COURSE), before);
    fixture.whole();
}

#[test]
fn the_second_keeps_its_ordinal_when_the_first_was_sent_and_is_gone() {
    let fixture = BookFixture::new();
    fixture.apply(0, &[insert(COURSE, &[("KCH", "a"), ("KCMC", "甲")])]);
    fixture.freeze(&freeze(COURSE, 1)).unwrap();
    fixture.apply(2, &[insert_after(COURSE, &[("KCH", "a"), ("KCMC", "乙")], None)]);
    fixture.tell(3, COURSE, &[2], "两门课");
    let second = told(2).keys(COURSE).pop().unwrap();
    assert_eq!(fixture.keys(COURSE)[1], second);
    fixture.apply(4, &[delete(COURSE, 1)]);
    assert_eq!(fixture.keys(COURSE), [second], "it would overwrite what was sent");
    fixture.whole();
}

#[test]
fn what_was_not_sent_is_the_first_when_it_stands_alone() {
    let fixture = told(2);
    let first = fixture.keys(COURSE).swap_remove(0);
    fixture.apply(2, &[delete(COURSE, 1)]);
    assert_eq!(fixture.keys(COURSE), [first], "as in a book that never had the other");
    fixture.whole();
}

#[test]
fn a_statement_lapses_with_the_natural_key_and_comes_back_with_it() {
    let fixture = told(2);
    let before = fixture.keys(COURSE);
    let explained = || {
        let find = crate::FindingQuery { limit: 9, ..Default::default() };
        let twin =
            |row| crate::fixture::finding(COURSE, Some(row), Some("KCH"), "unique-key", standard::Level::Confirm, "a");
        fixture.replace_findings(COURSE, crate::Scope::Table, None, [twin(1), twin(2)]).unwrap();
        let open = fixture.finding_counts(Some(COURSE), None).unwrap().confirm;
        let page = fixture.findings(&find).unwrap();
        let texts: Vec<_> = page.findings.into_iter().map(|f| f.explanation.unwrap_or_default()).collect();
        (open, texts.join(" "))
    };
    assert_eq!(explained(), (0, "两门课 两门课".into()));
    fixture.apply(2, &[update(COURSE, 1, &[("KCMC", "改")])]);
    assert_eq!(explained().0, 0, "another column is no matter");
    fixture.apply(3, &[update(COURSE, 1, &[("KCH", "b")])]);
    assert_eq!(explained(), (2, " ".into()));
    assert_eq!(fixture.keys(COURSE)[1], before[0]);
    fixture.apply(4, &[insert(COURSE, &[("KCH", "a")])]);
    assert_eq!(fixture.keys(COURSE)[1], fixture.keys(COURSE)[2], "of the new one nothing was said");
    assert_eq!(explained().0, 2);
    fixture.undo(at(5), "").unwrap();
    fixture.undo(at(6), "").unwrap();
    assert_eq!((fixture.keys(COURSE), explained().0), (before, 0));
    fixture.whole();
}

#[test]
fn a_record_that_kept_its_key_and_a_new_one_can_be_told_apart() {
    let fixture = BookFixture::new();
    fixture.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
    fixture.freeze(&freeze(COURSE, 1)).unwrap();
    fixture.apply(2, &[update(COURSE, 1, &[("KCH", "b")]), insert(COURSE, &[("KCH", "a")])]);
    let keys = fixture.keys(COURSE);
    assert_eq!(keys[0], keys[1]);
    assert_eq!(fixture.tell(3, COURSE, &[2], "课程号改过"), 1);
    assert_eq!(fixture.keys(COURSE)[0], keys[0]);
    assert_ne!(fixture.keys(COURSE)[1], keys[0]);
    fixture.whole();
}

#[test]
fn records_of_two_periods_are_told_apart_only_within_one() {
    let fixture = BookFixture::new();
    let other = Step { period: "2026-2027-2".into(), ..step(1) };
    let loan: &[(&str, &str)] = &[("BT", "三册"), ("NR", "x")];
    fixture.apply(0, &[insert(LOAN, loan), insert(LOAN, loan)]);
    fixture.apply_step(&other, &[insert(LOAN, loan), insert(LOAN, loan), insert(LOAN, loan)]);
    fixture.tell(2, LOAN, &[1], "两册");
    let key = |row| fixture.get(LOAN, row).unwrap().unwrap().key;
    assert_ne!(key(1), key(2));
    assert_eq!((key(3), key(4)), (key(5), key(3)), "nothing was said of the other period");
    assert_eq!(key(1), key(3), "the same record, reported again");
    fixture.tell(3, LOAN, &[4], "三册");
    assert_eq!((key(3), key(4)), (key(1), key(2)));
    assert!(![key(1), key(2)].contains(&key(5)));
    fixture.whole();
}

#[test]
fn a_record_of_the_next_period_keeps_a_key_that_was_fixed_under_another_rule() {
    let fixture = BookFixture::new();
    fixture.apply(0, &[insert(LOAN, &[("BT", "a")])]);
    fixture.freeze(&freeze(LOAN, 1)).unwrap();
    let old = "0123456789ABCDEF0123456789ABCDEF";
    fixture
        .write(|connection| {
            connection.execute("UPDATE fixed_key SET key = ?1, period = NULL", [old])?;
            connection.execute("UPDATE ODS_A_NOTE SET ZJSJWYXBS = ?1", [old])?;
            Ok(crate::book::handle::TransactionEnd::Commit(()))
        })
        .unwrap();
    let next = Step { period: "2026-2027-2".into(), ..step(2) };
    fixture.apply_step(&next, &[insert(LOAN, &[("BT", "a")])]);
    assert_eq!(fixture.get(LOAN, 2).unwrap().unwrap().key, old);
}

#[test]
fn periods_that_enter_the_key_share_nothing() {
    let fixture = BookFixture::new();
    let other = Step { period: "2026-2027-2".into(), ..step(1) };
    fixture.apply(0, &[insert(PRACTICE, &[("XH", "1")])]);
    fixture.apply_step(&other, &[insert(PRACTICE, &[("XH", "1")])]);
    let key = |row| fixture.get(PRACTICE, row).unwrap().unwrap().key;
    assert_ne!(key(1), key(2));
    assert_eq!(fixture.row_states("ministry", PRACTICE, &[1]).unwrap(), [RowState::New]);
    assert_eq!(edition().table(PRACTICE).unwrap().natural_fields().count(), 2);
    assert_eq!(PERIOD, "2026-2027-1");
}
