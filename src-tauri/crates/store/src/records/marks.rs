//! Where the records with findings stand in a view: what the grid marks beside its scroll bar.

use std::collections::HashMap;

use standard::Level;

use crate::numbers::sequence::Place;
use crate::records::page::PageQuery;
use crate::sql::column::LevelNumber;
use crate::{Book, StoreError};

/// Up to this number of records with findings, each is looked up; of more, the whole order is walked through.
const FEW: usize = 1_000;

/// Records with findings in one part of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingMark {
    /// The part, from 0.
    pub part: u32,
    /// The worst level among them.
    pub level: Level,
    /// How many records.
    pub rows: u64,
}

impl Book {
    /// The records with findings of a view that is cut into `parts` of equal length: one entry for each part that has
    /// any, in order. An arranged view is taken as it was last read, because its records keep their places.
    pub fn finding_marks(&self, query: &PageQuery, parts: u32) -> Result<Vec<FindingMark>, StoreError> {
        let table_sql = self.table_sql(&query.table)?;
        let period = table_sql.period(&query.period);
        let found: HashMap<i64, Level> = self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT row, min(level) AS worst FROM finding
                 WHERE tbl = ?1 AND row <> 0 AND period IN ('', ?2) GROUP BY row",
            )?;
            let read = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get::<_, LevelNumber>(1)?.0));
            Ok(statement.query_map((table_sql.name(), period), read)?.collect::<Result<_, _>>()?)
        })?;
        if found.is_empty() || parts == 0 {
            return Ok(Vec::new());
        }
        if !query.is_arranged() && found.len() <= FEW {
            let rows: Vec<i64> = found.keys().copied().collect();
            let sql = format!(
                "SELECT _place, _row FROM {} WHERE _row IN (SELECT value FROM json_each(?1)) AND +_period = ?2",
                table_sql.quoted_name
            );
            let placed = self.with_sequence(table_sql, period, |sequence, connection| {
                let mut statement = connection.prepare_cached(&sql)?;
                let places = statement
                    .query_map((crate::sql::json_numbers(&rows), period), |r| Ok((r.get(0)?, r.get(1)?)))?
                    .collect::<Result<Vec<Place>, _>>()?;
                let at = |place: Place| Some((sequence.position(place)?, *found.get(&place.1)?));
                Ok((sequence.len(), places.into_iter().filter_map(at).collect::<Vec<_>>()))
            })?;
            if let Some((total, mut placed)) = placed {
                placed.sort_unstable_by_key(|(at, _)| *at);
                return Ok(marks(placed.into_iter(), total, parts));
            }
        }
        let kept = if query.is_arranged() { self.view_orders().newest(&query.view()) } else { None };
        let rows = match kept {
            Some(order) => order.rows,
            None => self.rows_in_order(query)?,
        };
        let placed = rows.iter().enumerate().filter_map(|(at, row)| Some((at, *found.get(row)?)));
        Ok(marks(placed, rows.len(), parts))
    }
}

/// Positions, in order, with their levels, by parts of a view of `total` records.
fn marks(placed: impl Iterator<Item = (usize, Level)>, total: usize, parts: u32) -> Vec<FindingMark> {
    let mut marks: Vec<FindingMark> = Vec::new();
    for (at, level) in placed {
        // A position is less than the total, so the part is less than `parts`.
        let part = (at as u64 * u64::from(parts) / total.max(1) as u64) as u32;
        match marks.last_mut().filter(|mark| mark.part == part) {
            Some(mark) => {
                mark.level = mark.level.min(level);
                mark.rows += 1;
            }
            None => marks.push(FindingMark { part, level, rows: 1 }),
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, PERIOD, finding, insert};
    use crate::{Scope, Sort};

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn records_with_findings_are_counted_by_parts_of_the_view() {
        let fixture = BookFixture::new();
        let records: Vec<_> = (0..100).map(|n| insert(COURSE, &[("KCH", &format!("{n:03}"))])).collect();
        fixture.apply(0, &records);
        let found = [(1, Level::Hint), (2, Level::Mandatory), (100, Level::Confirm)];
        let new = found.map(|(row, level)| finding(COURSE, Some(row), Some("KCH"), "code", level, "x"));
        fixture.replace_findings(COURSE, Scope::Table, None, new).unwrap();
        let query = PageQuery { table: COURSE.into(), period: PERIOD.into(), ..Default::default() };
        let told = |query: &PageQuery| {
            let marks = fixture.finding_marks(query, 10).unwrap();
            marks.into_iter().map(|mark| (mark.part, mark.level, mark.rows)).collect::<Vec<_>>()
        };
        assert_eq!(told(&query), [(0, Level::Mandatory, 2), (9, Level::Confirm, 1)]);
        let sort = vec![Sort { column: "KCH".into(), descending: true }];
        assert_eq!(told(&PageQuery { sort, ..query.clone() }), [(0, Level::Confirm, 1), (9, Level::Mandatory, 2)]);
        let only = PageQuery { only_findings: true, ..query };
        assert_eq!(told(&only), [(0, Level::Hint, 1), (3, Level::Mandatory, 1), (6, Level::Confirm, 1)]);
    }
}
