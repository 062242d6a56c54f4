//! Correcting kept numbers by the records that a change touches.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use crate::StoreError;
use crate::numbers::kept::{basis, count};
use crate::numbers::sequence::Moves;
use crate::records::table_sql::TableSql;
use crate::tables::tally::{self, FOLLOWED, Tally};

/// Updates the kept numbers while a change is being made. Call [`Recount::touch`] before changing a record, its
/// findings or their explanations.
pub(crate) struct Recount<'a> {
    connection: &'a Connection,
    /// `None`: numbers are not updated, because all of them are dropped or none depends on the change.
    tables: Option<RefCell<HashMap<String, Followed>>>,
    moves: RefCell<Moves>,
}

/// The kept numbers of one table.
#[derive(Default)]
struct Followed {
    /// Numbers without those of the touched records.
    kept: Vec<(Tally, String, Vec<i64>)>,
    rows: BTreeSet<i64>,
}

impl<'a> Recount<'a> {
    /// Begins to update numbers for a change.
    pub fn begin(connection: &'a Connection) -> Recount<'a> {
        Recount { connection, tables: Some(RefCell::default()), moves: RefCell::default() }
    }

    /// A value that updates no numbers.
    pub fn idle(connection: &'a Connection) -> Recount<'a> {
        Recount { connection, tables: None, moves: RefCell::default() }
    }

    /// Call it before a record changes, or a finding or an explanation of it; 0 stands for the table as a whole.
    pub fn touch(&self, table_sql: &TableSql, row: i64) -> Result<(), StoreError> {
        self.touch_all(table_sql, [row])
    }

    /// [`Recount::touch`] for several records.
    pub fn touch_all(&self, table_sql: &TableSql, rows: impl IntoIterator<Item = i64>) -> Result<(), StoreError> {
        let Some(tables) = &self.tables else { return Ok(()) };
        let mut tables = tables.borrow_mut();
        let followed = match tables.entry(table_sql.name().to_owned()) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                let mut kept = tally::of_table(self.connection, table_sql.name())?;
                let basis = basis(table_sql);
                kept.retain(|(_, of, _)| *of == basis);
                new.insert(Followed { kept, rows: BTreeSet::new() })
            }
        };
        for row in rows {
            if followed.kept.is_empty() || !followed.rows.insert(row) {
                continue;
            }
            if followed.rows.len() > FOLLOWED {
                tally::forget(self.connection, table_sql.name())?;
                followed.kept.clear();
                continue;
            }
            for (tally, _, numbers) in &mut followed.kept {
                add(numbers, &count(self.connection, table_sql, tally, Some(&[row]))?, -1);
            }
        }
        Ok(())
    }

    /// Call it for a new record, which no number contains yet.
    pub fn begins(&self, table_sql: &TableSql, row: i64) -> Result<(), StoreError> {
        if !self.follows(table_sql)? {
            return Ok(());
        }
        let Some(tables) = &self.tables else { return Ok(()) };
        let mut tables = tables.borrow_mut();
        let Some(followed) = tables.get_mut(table_sql.name()) else { return Ok(()) };
        followed.rows.insert(row);
        if followed.rows.len() > FOLLOWED {
            tally::forget(self.connection, table_sql.name())?;
            followed.kept.clear();
        }
        Ok(())
    }

    /// Call it before a record gets or loses this natural key, because that may change the record keys of all that have
    /// it.
    pub fn touch_sharing(&self, table_sql: &TableSql, natural: &str) -> Result<(), StoreError> {
        if !self.follows(table_sql)? {
            return Ok(());
        }
        let sql = format!("SELECT _row FROM {} WHERE _natural = ?1", table_sql.quoted_name);
        let rows: Vec<i64> =
            self.connection.prepare_cached(&sql)?.query_map([natural], |r| r.get(0))?.collect::<Result<_, _>>()?;
        self.touch_all(table_sql, rows)
    }

    /// Whether numbers of the table are kept and updated.
    pub fn follows(&self, table_sql: &TableSql) -> Result<bool, StoreError> {
        self.touch_all(table_sql, [])?;
        let follows = |tables: &RefCell<HashMap<String, Followed>>| {
            tables.borrow().get(table_sql.name()).is_some_and(|followed| !followed.kept.is_empty())
        };
        Ok(self.tables.as_ref().is_some_and(follows))
    }

    /// Call it before a record leaves its place.
    pub fn leaves(&self, table_sql: &TableSql, row: i64) -> Result<(), StoreError> {
        if self.tables.is_some() {
            let sql = format!("SELECT _period, _place FROM {} WHERE _row = ?1", table_sql.quoted_name);
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut places = statement.query([row])?;
            if let Some(place) = places.next()? {
                let (period, place): (String, f64) = (place.get(0)?, place.get(1)?);
                self.moves.borrow_mut().leaves(table_sql.name(), &period, (place, row));
            }
        }
        Ok(())
    }

    /// Call it after a record has come to a place.
    pub fn comes(&self, table_sql: &TableSql, period: &str, place: f64, row: i64) {
        if self.tables.is_some() {
            self.moves.borrow_mut().comes(table_sql.name(), period, (place, row));
        }
    }

    /// Writes the numbers as they are after the change; `of` gives the SQL of a table. Returns which records moved.
    pub fn end<'s>(self, of: impl Fn(&str) -> Result<&'s TableSql, StoreError>) -> Result<Moves, StoreError> {
        for (table, followed) in self.tables.map(RefCell::into_inner).into_iter().flatten() {
            if followed.rows.is_empty() || followed.kept.is_empty() {
                continue;
            }
            let rows: Vec<i64> = followed.rows.into_iter().collect();
            let table_sql = of(&table)?;
            for (tally, basis, mut numbers) in followed.kept {
                add(&mut numbers, &count(self.connection, table_sql, &tally, Some(&rows))?, 1);
                tally::put(self.connection, &tally, &basis, &numbers)?;
            }
        }
        Ok(self.moves.into_inner())
    }
}

fn add(numbers: &mut [i64], others: &[i64], sign: i64) {
    for (number, other) in numbers.iter_mut().zip(others) {
        *number += sign * other;
    }
}
