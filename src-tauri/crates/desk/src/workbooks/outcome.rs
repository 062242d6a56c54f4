//! What a row of a proposal does to the book, computed from its cells.

use standard::cell::Values;
use store::{CellKind, ProposedCell, ProposedRow, Record, RowKind};

use super::compare::compare;

/// What a row of a file would do to the cells of a record: positions of the fields, in their order.
pub(super) fn changes(base: Option<&Values>, record: &Record, cells: &[Option<String>]) -> Vec<(usize, ProposedCell)> {
    let cell = |(at, (ours, cell)): (usize, (&String, &Option<String>))| {
        let base = base.map(|base| base[at].clone());
        let kind = compare(base.as_deref(), ours, cell.as_deref())?;
        Some((at, ProposedCell { column: at, kind, base, ours: ours.clone(), choice: None }))
    };
    record.values.iter().zip(cells).enumerate().filter_map(cell).collect()
}

/// What a row does as a whole, by its cells.
pub(super) fn kind_of(row: &ProposedRow) -> RowKind {
    let has = |kind: CellKind| row.changes.iter().any(|cell| cell.kind == kind);
    match () {
        () if row.conflict.is_some() || has(CellKind::Conflict) => RowKind::Conflict,
        () if row.target.is_none() => RowKind::New,
        () if has(CellKind::Changed) => RowKind::Changed,
        () if has(CellKind::Cleared) => RowKind::Cleared,
        () => RowKind::Unchanged,
    }
}

/// Drops what a row of its kind does not need.
pub(super) fn keep_what_counts(row: &mut ProposedRow) {
    match row.kind {
        // A row that is left out changes nothing and waits for no decision.
        RowKind::Doubled | RowKind::Unreadable => {
            row.changes.clear();
            row.conflict = None;
        }
        // Its values are those of the book.
        RowKind::Unchanged => row.cells.clear(),
        _ if row.conflict.is_some() => row.changes.iter_mut().for_each(|cell| cell.kind = CellKind::Differs),
        _ => {}
    }
    if row.kind != RowKind::New {
        row.key = None;
    }
}

/// Looks at the values of a row, which are empty where the file has none, without a copy of them.
pub(super) fn with_said<T>(cells: &mut [Option<String>], look: impl FnOnce(&Values) -> T) -> T {
    let said: Values = cells.iter_mut().map(|cell| cell.as_mut().map(std::mem::take).unwrap_or_default()).collect();
    let seen = look(&said);
    for (cell, said) in cells.iter_mut().zip(said) {
        if let Some(cell) = cell {
            *cell = said;
        }
    }
    seen
}

/// The values of a row; empty where the file has none.
pub(super) fn said(cells: &[Option<String>]) -> Values {
    cells.iter().map(|cell| cell.clone().unwrap_or_default()).collect()
}
