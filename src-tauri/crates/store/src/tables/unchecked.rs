//! `unchecked`: steps of the log whose check has not come to its end. An entry is written with the step and goes away with
//! what the check found, so it tells after a crash, a power cut or a failed check what has to be checked again.

use rusqlite::Connection;

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::sql::json_numbers;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(11, "CREATE TABLE unchecked (step INTEGER PRIMARY KEY);")];

/// A step whose check has not come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unchecked {
    /// Number of the step.
    pub step: i64,
    /// The step whose changes it made, took back or made again; itself for a first step.
    pub root: i64,
}

impl Book {
    /// The steps whose check has not come to its end, in the order in which they were made.
    pub fn unchecked(&self) -> Result<Vec<Unchecked>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT u.step, coalesce(s.root, u.step) AS root
                 FROM unchecked u LEFT JOIN step s ON s.id = u.step ORDER BY u.step";
            let mut statement = connection.prepare_cached(sql)?;
            let read = |r: &rusqlite::Row<'_>| Ok(Unchecked { step: r.get("step")?, root: r.get("root")? });
            Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
        })
    }

    /// Notes that steps are checked. [`Book::replace_findings_and_note`] does so in the transaction of what was found.
    pub fn note_checked(&self, steps: &[i64]) -> Result<(), StoreError> {
        self.write_aside(|connection| {
            remove(connection, steps)?;
            Ok(TransactionEnd::Commit(()))
        })
    }
}

/// Notes that a step is not checked yet.
pub(crate) fn add(connection: &Connection, step: i64) -> Result<(), StoreError> {
    connection.prepare_cached("INSERT OR IGNORE INTO unchecked (step) VALUES (?1)")?.execute([step])?;
    Ok(())
}

/// Takes the entries of steps away that are checked.
pub(crate) fn remove(connection: &Connection, steps: &[i64]) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM unchecked WHERE step IN (SELECT value FROM json_each(?1))")?
        .execute([json_numbers(steps)])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Noted;
    use crate::fixture::{PERIOD, at, filled, insert, update};

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn a_step_is_unchecked_until_what_its_check_found_is_written() {
        let mut fixture = filled();
        let known: Vec<i64> = fixture.unchecked().unwrap().into_iter().map(|one| one.step).collect();
        fixture.note_checked(&known).unwrap();
        assert_eq!(fixture.unchecked().unwrap(), []);
        let step = fixture.apply(50, &[update(COURSE, 1, &[("XF", "3")])]).step.unwrap();
        let added = fixture.apply(51, &[insert(COURSE, &[("KCH", "C9")])]).step.unwrap();
        let itself = |step| Unchecked { step, root: step };
        fixture.reopen();
        assert_eq!(fixture.unchecked().unwrap(), [itself(step), itself(added)]);
        let noted = Noted { checked: &[step], ..Noted::default() };
        fixture.replace_findings_and_note(&[], PERIOD, noted).unwrap();
        assert_eq!(fixture.unchecked().unwrap(), [itself(added)]);
        let undo = fixture.undo(at(52), "").unwrap().unwrap().step;
        assert_eq!(fixture.unchecked().unwrap(), [itself(added), Unchecked { step: undo, root: added }]);
        fixture.note_checked(&[added, undo]).unwrap();
        assert_eq!(fixture.unchecked().unwrap(), []);
        // What changes nothing is no step.
        fixture.apply(53, &[update(COURSE, 1, &[("XF", "3")])]);
        assert_eq!(fixture.unchecked().unwrap(), []);
        fixture.whole();
    }
}
