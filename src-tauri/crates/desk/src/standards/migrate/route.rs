//! Where the records and cells of each table go: looked up once per move.

use standard::crosswalk::{Carry, MovedWay, Succession, SuccessionKind};
use standard::field::{COLLECTED_COLUMN, KEY_COLUMN, SCHOOL_COLUMN};
use standard::{Crosswalk, Edition, Table};

use super::convert::Convert;
use crate::standards::api::migrate::TableFate;

/// Both editions and what leads from one to the other.
#[derive(Clone, Copy)]
pub(crate) struct Crossing<'e> {
    /// Edition of the book.
    pub from: &'e Edition,
    /// Edition to move to.
    pub to: &'e Edition,
    /// What a comparison of the two cannot tell.
    pub crosswalk: &'e Crosswalk,
}

/// Where the cells of one column go.
pub(crate) enum ColumnRoute<'e> {
    /// With the record, to this position.
    Along(usize, Convert<'e>),
    /// Into a record of another table.
    Elsewhere(Elsewhere<'e>),
    /// The column has no place in the new edition; the reason says why.
    Nowhere(Reason<'e>),
    /// The program fills this column itself.
    Own,
}

/// A column of another table.
pub(crate) struct Elsewhere<'e> {
    /// Whether each value is a record of its own there; else it goes into the record with the same `by`.
    pub new_record: bool,
    /// The other table, in the newer edition.
    pub table: &'e Table,
    /// Position of the column there.
    pub to: usize,
    /// Positions of the columns that tell the record: here, and there in the newer edition.
    pub by: Vec<(usize, usize)>,
    /// Between several values of one cell, each of which is a record of its own.
    pub separator: Option<&'e str>,
    /// How values are turned.
    pub convert: Convert<'e>,
}

/// Why cells have no place.
#[derive(Clone, Copy)]
pub(crate) enum Reason<'e> {
    /// The new edition does not ask for it.
    NotAsked,
    /// Another column took its place, and says something else: table of the new edition's column, its position, the
    /// note.
    ByHand(usize, &'e str),
    /// With what a clerk can do about it.
    Lost(&'e str),
    /// Another table already has the value: its title.
    Already(&'e str),
}

/// Where one table goes.
pub(crate) struct TableRoute<'e> {
    /// The table of the older edition.
    pub old: &'e Table,
    /// The table of the newer edition that gets its records.
    pub new: Option<&'e Table>,
    /// What becomes of it.
    pub fate: TableFate,
    /// Why, if it is a judgement.
    pub note: Option<&'e str>,
    /// For each column, in printed order.
    pub columns: Vec<ColumnRoute<'e>>,
    /// Values that all its records have in the new table, by position.
    pub constants: Vec<(usize, &'e str)>,
}

impl<'e> TableRoute<'e> {
    /// Looks up where this table goes.
    pub fn new(crossing: Crossing<'e>, old: &'e Table) -> TableRoute<'e> {
        let Crossing { to, crosswalk, .. } = crossing;
        let same = to.table(&old.name);
        let succession = if same.is_some() { None } else { crosswalk.succession(&old.name) };
        let new = same.or_else(|| succession.and_then(|s| to.table(s.to.as_deref()?)));
        let fate = match (same, new, succession.map(|s| s.kind)) {
            (Some(table), ..) if table.subset == old.subset => TableFate::Same,
            (Some(_), ..) => TableFate::Moved,
            (None, Some(_), Some(SuccessionKind::Merged)) => TableFate::Merged,
            (None, Some(_), _) => TableFate::Replaced,
            (None, None, _) => TableFate::Aside,
        };
        let constants = succession.into_iter().flat_map(|s| &s.constants);
        let constants = constants.filter_map(|c| Some((new?.position(&c.column)?, c.value.as_str()))).collect();
        let split = crosswalk.tables.iter().find(|s| s.from == old.name && s.kind == SuccessionKind::SplitOff);
        let columns = (0..old.fields.len()).map(|at| column_route(crossing, old, new, succession, at)).collect();
        TableRoute { old, new, fate, note: succession.or(split).map(|s| s.note.as_str()), columns, constants }
    }

    /// Whether the records stay in the table of the same name.
    pub fn stays(&self) -> bool {
        matches!(self.fate, TableFate::Same | TableFate::Moved)
    }

    /// The column of the old table whose cells go to this position of the new one.
    pub fn source_of(&self, to: usize) -> Option<usize> {
        self.columns.iter().position(|column| matches!(column, ColumnRoute::Along(at, _) if *at == to))
    }
}

fn column_route<'e>(
    crossing: Crossing<'e>,
    old: &'e Table,
    new: Option<&'e Table>,
    succession: Option<&'e Succession>,
    at: usize,
) -> ColumnRoute<'e> {
    let Crossing { from, to, crosswalk } = crossing;
    let field = &old.fields[at];
    let column = field.column.as_str();
    if matches!(column, KEY_COLUMN | SCHOOL_COLUMN) {
        return ColumnRoute::Own;
    }
    let along = |table: &'e Table, to_column: &str| {
        let position = table.position(to_column)?;
        Some(ColumnRoute::Along(position, Convert::new((from, field), (to, &table.fields[position]), crosswalk)))
    };
    if let Some(route) = new.and_then(|table| along(table, column)) {
        return route;
    }
    if column == COLLECTED_COLUMN {
        return ColumnRoute::Own;
    }
    if let Some(route) = succession.and_then(|s| elsewhere(crossing, old, s, at)) {
        return route;
    }
    if let (Some(replacement), Some(table)) = (crosswalk.replacement(&old.name, column), new) {
        let route = match replacement.values {
            Carry::Keep => along(table, &replacement.to),
            Carry::ByHand => {
                table.position(&replacement.to).map(|to| ColumnRoute::Nowhere(Reason::ByHand(to, &replacement.note)))
            }
        };
        if let Some(route) = route {
            return route;
        }
    }
    let lost = succession.into_iter().flat_map(|s| &s.lost).find(|lost| lost.column == column);
    ColumnRoute::Nowhere(lost.map_or(Reason::NotAsked, |lost| Reason::Lost(&lost.note)))
}

/// A column whose values belong to a third table.
fn elsewhere<'e>(
    crossing: Crossing<'e>,
    old: &'e Table,
    succession: &'e Succession,
    at: usize,
) -> Option<ColumnRoute<'e>> {
    let Crossing { from, to, crosswalk } = crossing;
    let moved = succession.moved.iter().find(|moved| moved.column == old.fields[at].column)?;
    let table = to.table(&moved.table)?;
    if moved.way == MovedWay::Already {
        return Some(ColumnRoute::Nowhere(Reason::Already(table.short_title())));
    }
    let position = table.position(&moved.to)?;
    let by = moved.by.iter().map(|column| Some((old.position(column)?, table.position(column)?)));
    Some(ColumnRoute::Elsewhere(Elsewhere {
        new_record: moved.way == MovedWay::NewRecord,
        table,
        to: position,
        by: by.collect::<Option<Vec<_>>>().filter(|by| !by.is_empty())?,
        separator: old.fields[at].separator.as_deref(),
        convert: Convert::new((from, &old.fields[at]), (to, &table.fields[position]), crosswalk),
    }))
}
