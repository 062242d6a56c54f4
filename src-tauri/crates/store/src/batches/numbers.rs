//! The numbers of a table that the home page and the filling screen show. Those of large tables are kept
//! ([`crate::numbers`]), so an answer takes as long for a million records as for ten.

use crate::batches::readiness::{Attention, Readiness};
use crate::book::handle::TransactionEnd;
use crate::findings::query::LevelCounts;
use crate::numbers::kept::{KEPT_FROM, basis, count};
use crate::records::table_sql::TableSql;
use crate::tables::tally::{self, Tally, What};
use crate::{Book, StoreError};

/// How many records a table has in a period, and findings about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TableNumbers {
    /// Records of the period.
    pub rows: u64,
    /// Findings; explained ones do not count.
    pub findings: LevelCounts,
}

/// A table before it is sent, and how complete it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SubmissionNumbers {
    /// What is to be sent, under way, accepted.
    pub readiness: Readiness,
    /// Records that were rejected or whose outcome is unknown.
    pub attention: Attention,
    /// Required cells that are filled.
    pub filled: u64,
    /// Required cells.
    pub required: u64,
}

impl Book {
    /// [`Book::count`] and [`Book::finding_counts`] of a table.
    pub fn table_numbers(&self, table: &str, period: &str) -> Result<TableNumbers, StoreError> {
        let table_sql = self.table_sql(table)?;
        let numbers = self.numbers(table_sql, What::Findings, period, "")?;
        let at = |index: usize| numbers.get(index).map_or(0, |number| u64::try_from(*number).unwrap_or_default());
        Ok(TableNumbers { rows: at(0), findings: LevelCounts { mandatory: at(1), confirm: at(2), hint: at(3) } })
    }

    /// [`Book::readiness`], [`Book::attention`] and [`Book::required_cells`] of a table.
    pub fn submission_numbers(
        &self,
        connection: &str,
        table: &str,
        period: &str,
    ) -> Result<SubmissionNumbers, StoreError> {
        let table_sql = self.table_sql(table)?;
        let numbers = self.numbers(table_sql, What::Submission, period, connection)?;
        let at = |index: usize| numbers.get(index).map_or(0, |number| u64::try_from(*number).unwrap_or_default());
        let required = table_sql.table().filled_fields().filter(|field| field.required).count() as u64;
        Ok(SubmissionNumbers {
            filled: at(1),
            required: required * at(0),
            readiness: Readiness {
                rows: at(0),
                to_send: at(2),
                blocked: at(3),
                unexplained: at(4),
                under_way: at(5),
                waiting: at(6),
                accepted: at(7),
            },
            attention: Attention { unknown: at(8), rejected: at(9) },
        })
    }

    fn numbers(
        &self,
        table_sql: &TableSql,
        what: What,
        period: &str,
        connection: &str,
    ) -> Result<Vec<i64>, StoreError> {
        let tally = Tally {
            table: table_sql.name().to_owned(),
            period: table_sql.period(period).to_owned(),
            what,
            connection: connection.to_owned(),
        };
        let basis = basis(table_sql);
        let before = self.commits();
        let (known, numbers) = self.read(|reader| match tally::get(reader, &tally, &basis)? {
            Some(numbers) => Ok((true, numbers)),
            None => Ok((false, count(reader, table_sql, &tally, None)?)),
        })?;
        if !known && !self.is_read_only() && numbers.iter().max() >= Some(&KEPT_FROM) {
            // An error is ignored: numbers that were not written are counted again the next time.
            let _ = self.write_aside(|writer| {
                if self.commits() != before {
                    return Ok(TransactionEnd::Leave(()));
                }
                tally::put(writer, &tally, &basis, &numbers).map(TransactionEnd::Commit)
            });
        }
        Ok(numbers)
    }
}

#[cfg(test)]
mod tests {
    use standard::Level;

    use super::*;
    use crate::fixture::{BookFixture, PERIOD, at, delete, finding, freeze, insert, insert_after, step, update};
    use crate::{Explanation, RowChange, Scope, Step, TellApart};

    const COURSE: &str = "ODS_COURSE";
    const PRACTICE: &str = "ODS_PRACTICE";
    const OTHER: &str = "2025-2026-2";

    fn tallies() -> Vec<Tally> {
        let mut all = Vec::new();
        for (table, period) in [(COURSE, ""), (PRACTICE, PERIOD), (PRACTICE, OTHER)] {
            for (what, connection) in [(What::Findings, ""), (What::Submission, "ministry")] {
                let (table, period) = (table.to_owned(), period.to_owned());
                all.push(Tally { table, period, what, connection: connection.to_owned() });
            }
        }
        all
    }

    /// Keeps the numbers of all tables, whatever their size.
    fn keep(fixture: &BookFixture) {
        let keep = |writer: &rusqlite::Transaction<'_>| {
            for tally in tallies() {
                let table_sql = fixture.table_sql(&tally.table)?;
                tally::put(writer, &tally, &basis(table_sql), &count(writer, table_sql, &tally, None)?)?;
            }
            Ok(TransactionEnd::Commit(()))
        };
        fixture.write_aside(keep).unwrap();
    }

    /// Compares the kept numbers with those that counting gives. Returns how many are kept.
    fn compare(fixture: &BookFixture, after: &str) -> usize {
        let compare = |reader: &rusqlite::Connection| {
            let mut kept = 0;
            for tally in tallies() {
                let table_sql = fixture.table_sql(&tally.table)?;
                if let Some(numbers) = tally::get(reader, &tally, &basis(table_sql))? {
                    assert_eq!(numbers, count(reader, table_sql, &tally, None)?, "{after}: {tally:?}");
                    kept += 1;
                }
            }
            Ok(kept)
        };
        fixture.read(compare).unwrap()
    }

    /// Edits and checks in an order chosen by a seed: after each one the kept numbers are those that counting gives.
    #[test]
    fn kept_numbers_follow_every_change() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a")]), insert(PRACTICE, &[("XH", "1"), ("KCH", "a")])]);
        keep(&fixture);
        let mut seed = 20_260_901u64;
        let mut pick = move |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for round in 0..400 {
            let (table, column, name) = if pick(2) == 0 { (COURSE, "KCH", "KCMC") } else { (PRACTICE, "XH", "KCH") };
            let rows: Vec<i64> = fixture.all(table).iter().map(|record| record.row).collect();
            let row = rows.get(pick(rows.len().max(1) as u64) as usize).copied();
            let text = ["", "a", "b", "c"][pick(4) as usize];
            let what = pick(11);
            let seconds = round + 10;
            match (what, row) {
                (0 | 1, _) | (_, None) => {
                    let after = row.filter(|_| pick(2) == 0);
                    fixture.apply(seconds, &[insert_after(table, &[(column, text), (name, "x")], after)]);
                }
                (2 | 3, Some(row)) => {
                    fixture.apply(seconds, &[update(table, row, &[(column, text)])]);
                }
                (4, Some(row)) => {
                    fixture.apply(seconds, &[delete(table, row)]);
                }
                (5, Some(row)) => {
                    let period = if pick(2) == 0 { OTHER } else { PERIOD };
                    fixture.apply(seconds, &[RowChange::Move { table: table.into(), row, period: period.into() }]);
                }
                (6, Some(row)) => {
                    let said = TellApart { table: table.into(), rows: vec![row], text: text.into() };
                    fixture.tell_apart(&step(seconds), &said).unwrap();
                }
                (7, Some(row)) => {
                    let level = [Level::Mandatory, Level::Confirm, Level::Hint][pick(3) as usize];
                    let rule = if pick(2) == 0 { "length" } else { "unique-key" };
                    let new = (pick(3) > 0).then(|| finding(table, Some(row), Some(column), rule, level, text));
                    fixture.replace_findings(table, Scope::Rows(&[row]), None, new).unwrap();
                }
                (8, Some(row)) => {
                    let explanation = Explanation {
                        table: table.into(),
                        row: Some(row),
                        column: Some(column.into()),
                        rule: "length".into(),
                        value: text.into(),
                        text: ["", "确有其事"][pick(2) as usize].into(),
                    };
                    fixture.explain(at(seconds), "李", &[explanation]).unwrap();
                }
                (9, _) => {
                    fixture.undo(at(seconds), "").unwrap();
                }
                _ => {
                    fixture.redo(at(seconds), "").unwrap();
                }
            }
            assert_eq!(compare(&fixture, &format!("round {round}, {what}")), 6);
        }
        let other = Step { period: OTHER.into(), ..step(900) };
        fixture.apply_step(&other, &[insert(PRACTICE, &[("XH", "9")])]);
        assert_eq!(compare(&fixture, "another period"), 6);
    }

    #[test]
    fn what_changes_much_is_counted_anew() {
        let fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a"), ("KCMC", "语文")]), insert(PRACTICE, &[("XH", "1")])]);
        keep(&fixture);
        let many: Vec<RowChange> = (0..300).map(|n| insert(COURSE, &[("KCH", &format!("k{n}"))])).collect();
        fixture.apply(1, &many);
        assert_eq!(compare(&fixture, "300 new records"), 4);
        keep(&fixture);
        fixture.replace_findings(PRACTICE, Scope::Table, None, []).unwrap();
        assert_eq!(compare(&fixture, "a check of the whole table that finds nothing"), 6);
        let found = (1..=300).map(|row| finding(COURSE, Some(row), Some("KCMC"), "x", Level::Mandatory, ""));
        fixture.replace_findings(COURSE, Scope::Table, None, found).unwrap();
        assert_eq!(compare(&fixture, "a check that finds much"), 4);
        keep(&fixture);
        fixture.replace_findings(COURSE, Scope::Period(PERIOD), Some(&["x"]), []).unwrap();
        assert_eq!(compare(&fixture, "a check that takes much away"), 4);
        keep(&fixture);
        fixture.freeze(&freeze(COURSE, 9)).unwrap();
        assert_eq!(compare(&fixture, "a batch"), 4);
        keep(&fixture);
        fixture.set_school("4144010002").unwrap();
        assert_eq!(compare(&fixture, "another school code"), 0);
    }

    #[test]
    fn large_tables_are_counted_once_and_their_answers_are_those_of_counting() {
        let fixture = BookFixture::new();
        let many: Vec<RowChange> =
            (0..2_500).map(|n| insert(PRACTICE, &[("XH", &format!("{n}")), ("KCH", "a")])).collect();
        fixture.apply(0, &many);
        let found = (1..=30).map(|row| finding(PRACTICE, Some(row), Some("DF"), "x", Level::Mandatory, ""));
        fixture.replace_findings(PRACTICE, Scope::Table, None, found).unwrap();
        let compare_all = || {
            let numbers = fixture.table_numbers(PRACTICE, PERIOD).unwrap();
            assert_eq!(numbers.rows, fixture.count(PRACTICE, PERIOD).unwrap());
            assert_eq!(numbers.findings, fixture.finding_counts(Some(PRACTICE), Some(PERIOD)).unwrap());
            let numbers = fixture.submission_numbers("ministry", PRACTICE, PERIOD).unwrap();
            assert_eq!(numbers.readiness, fixture.readiness("ministry", PRACTICE, PERIOD).unwrap());
            assert_eq!(numbers.attention, fixture.attention("ministry", PRACTICE, PERIOD).unwrap());
            let required = fixture.required_cells(PRACTICE, PERIOD).unwrap();
            assert_eq!((numbers.filled, numbers.required), required);
        };
        compare_all();
        fixture.apply(1, &[update(PRACTICE, 7, &[("XSXM", "王")]), delete(PRACTICE, 9)]);
        compare_all();
        let before = fixture.effort();
        fixture.table_numbers(PRACTICE, PERIOD).unwrap();
        fixture.submission_numbers("ministry", PRACTICE, PERIOD).unwrap();
        let after = fixture.effort();
        assert!(after.work - before.work < 5, "{before:?} {after:?}");
        assert_eq!(after.commits, before.commits);
    }

    #[test]
    fn a_page_and_a_place_take_the_same_at_both_ends_of_a_table() {
        let fixture = BookFixture::new();
        let many: Vec<RowChange> = (0..6_000).map(|n| insert(COURSE, &[("KCH", &format!("{n}"))])).collect();
        fixture.apply(0, &many);
        let page = |offset: u64| {
            let query = crate::PageQuery { table: COURSE.into(), offset, limit: 20, ..Default::default() };
            fixture.page(&query).unwrap()
        };
        assert_eq!(page(5_990).rows.len(), 10);
        let work = |offset: u64, row: i64| {
            let before = fixture.effort().work;
            assert_eq!((page(offset).rows[0].row, page(offset).total), (row, 6_000));
            assert_eq!(fixture.positions(COURSE, &[row]).unwrap(), [Some(offset + 1)]);
            fixture.effort().work - before
        };
        let (near, far) = (work(100, 101), work(5_900, 5_901));
        assert!(near < 200 && far <= near + 5, "{near} {far}");
        // A change updates the order in memory, so that it is not read again.
        fixture.apply(1, &[insert_after(COURSE, &[("KCH", "new")], Some(5_000)), delete(COURSE, 3)]);
        let before = fixture.effort().work;
        assert_eq!(page(4_999).rows[0].row, 6_001);
        assert_eq!(fixture.positions(COURSE, &[5_001, 3]).unwrap(), [Some(5_001), None]);
        assert!(fixture.effort().work - before < 200);
        fixture.undo(at(2), "").unwrap();
        assert_eq!(fixture.positions(COURSE, &[5_001, 3, 6_001]).unwrap(), [Some(5_001), Some(3), None]);
    }

    #[test]
    fn the_pages_of_a_sorted_view_are_of_one_order() {
        let fixture = BookFixture::new();
        fixture.apply(0, &["c", "a", "b"].map(|name| insert(COURSE, &[("KCH", name)])));
        let sort = vec![crate::Sort { column: "KCH".into(), descending: false }];
        let query = crate::PageQuery { table: COURSE.into(), sort, limit: 2, ..Default::default() };
        let first = fixture.page(&query).unwrap();
        assert_eq!(first.rows.iter().map(|record| record.row).collect::<Vec<_>>(), [2, 3]);
        fixture.apply(1, &[update(COURSE, 2, &[("KCH", "z")])]);
        let more = crate::PageQuery { offset: 1, order: first.order, ..query.clone() };
        let rows = |query: &crate::PageQuery| -> Vec<i64> {
            fixture.page(query).unwrap().rows.into_iter().map(|record| record.row).collect()
        };
        assert_eq!(rows(&more), [3, 1], "as the first page was");
        assert_eq!(rows(&crate::PageQuery { order: None, ..more }), [1, 2], "as the book is now");
    }
}
