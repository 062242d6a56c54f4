//! What tables held in earlier periods: kept when the period closed, or read from the records that are still there.

use standard::{PeriodKind, Table};
use store::TableState;

use crate::session::api::CallError;
use crate::session::period::Period;
use crate::session::{Desk, OpenBook};

/// Earlier periods that the present one is compared with.
pub(crate) const COMPARED: usize = 3;

/// An earlier period of a table with what the table held.
pub(crate) struct Earlier {
    /// The period, as records of the table have it; for a table of all data the term in which the book was.
    pub period: String,
    /// What the table held.
    pub state: TableState,
}

/// How the present period of a table is called: as its records have it; for a table of all data the term of the book.
pub(crate) fn label(table: &Table, period: &str) -> String {
    match table.period {
        PeriodKind::All => period.to_owned(),
        kind => kind.of(period).to_owned(),
    }
}

/// The periods of a table before that of a book, the newest first.
pub(crate) fn before(table: &Table, period: &str, count: usize) -> Vec<String> {
    let Some(mut at) = Period::parse(period) else { return Vec::new() };
    let mut periods: Vec<String> = Vec::new();
    let present = label(table, period);
    // Two terms make a year.
    for _ in 0..count * 2 {
        at = at.before();
        let one = label(table, &at.text());
        if one != present && periods.last() != Some(&one) {
            periods.push(one);
        }
    }
    periods.truncate(count);
    periods
}

/// What a table held in its periods before the present one, the newest first; periods of which nothing is known are
/// left out.
pub(crate) fn earlier(open: &OpenBook, table: &Table, count: usize) -> Result<Vec<Earlier>, CallError> {
    let mut found = Vec::new();
    for period in before(table, &open.period(), count) {
        if let Some(state) = at(open, table, &period)? {
            found.push(Earlier { period, state });
        }
    }
    Ok(found)
}

/// What a table held in a period that is not the present one.
pub(crate) fn at(open: &OpenBook, table: &Table, period: &str) -> Result<Option<TableState>, CallError> {
    if let Some(kept) = open.book.kept_state(&table.name, period)? {
        return Ok(Some(kept));
    }
    // A book of an earlier build, or records that were imported into an earlier period.
    if table.period == PeriodKind::All || open.book.count(&table.name, period)? == 0 {
        return Ok(None);
    }
    Ok(Some(open.book.table_state(&table.name, period)?))
}

/// How many records a table had in an earlier period; `None` where nothing is known.
pub(crate) fn rows_at(open: &OpenBook, table: &Table, period: &str) -> Result<Option<u64>, CallError> {
    if let Some(kept) = open.book.kept_state(&table.name, period)? {
        return Ok(Some(kept.rows));
    }
    if table.period == PeriodKind::All {
        return Ok(None);
    }
    Ok(Some(open.book.count(&table.name, period)?).filter(|rows| *rows > 0))
}

/// Which of the periods of [`before`] is the same one a year ago, counted with the present one as 0; `None` where that is
/// the one before.
pub(crate) fn year_before(table: &Table, period: &str) -> Option<usize> {
    let now = Period::parse(period)?;
    let year = label(table, &Period { first_year: now.first_year - 1, ..now }.text());
    before(table, period, 2).iter().position(|one| *one == year).map(|at| at + 1).filter(|at| *at > 1)
}

/// The period of the book closes: what each table holds is kept.
pub(crate) fn close(desk: &Desk, open: &OpenBook, period: &str) -> Result<(), CallError> {
    let mut states = Vec::new();
    for table in &open.edition.tables {
        let state = open.book.table_state(&table.name, period)?;
        if state.rows > 0 {
            states.push((table.name.as_str(), label(table, period), state));
        }
    }
    let states: Vec<_> = states.iter().map(|(table, period, state)| (*table, period.as_str(), state.clone())).collect();
    open.book.keep_states(desk.clock.now_of_step(), &states)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_before_are_those_of_the_tables_kind() {
        let folder = tempfile::tempdir().unwrap();
        let (_, open) = crate::session::fixture::desk_with_book(folder.path());
        let of = |kind| Table { period: kind, ..open.edition.tables[0].clone() };
        let before = |kind| before(&of(kind), "2026-2027-1", 3);
        assert_eq!(before(PeriodKind::Term), ["2025-2026-2", "2025-2026-1", "2024-2025-2"]);
        assert_eq!(before(PeriodKind::SchoolYear), ["2025-2026", "2024-2025", "2023-2024"]);
        assert_eq!(before(PeriodKind::CalendarYear), ["2025", "2024", "2023"]);
        assert_eq!(before(PeriodKind::All), ["2025-2026-2", "2025-2026-1", "2024-2025-2"]);
        assert_eq!(year_before(&of(PeriodKind::Term), "2026-2027-1"), Some(2));
        assert_eq!(year_before(&of(PeriodKind::SchoolYear), "2026-2027-1"), None);
    }
}
