//! Converts one record after the other to the newer edition. Both the preview and the move itself use it, so that the
//! move does what was shown.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use standard::Table;
use standard::field::COLLECTED_COLUMN;
use store::{Book, Carried, Record, StoreError};

use super::route::{ColumnRoute, Crossing, Elsewhere, Reason, TableRoute};

/// What became of one filled cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellFate {
    /// Position in the old table.
    pub at: usize,
    /// What became of the cell.
    pub kind: CellKind,
    /// The value in its new place; empty where it has none.
    pub after: String,
}

/// What can become of a filled cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum CellKind {
    /// It stays as it is.
    Kept,
    /// It stays where it is with another value.
    Converted,
    /// It goes to another column or table.
    Moved,
    /// It has no place.
    Aside,
    /// It has a column, but its meaning there is uncertain.
    Unclear,
}

/// Carries records over.
pub(crate) struct Carrier<'e> {
    /// By table of the older edition.
    pub routes: HashMap<&'e str, TableRoute<'e>>,
    gifts: Vec<Gifts<'e>>,
    /// Records of a third table that were made: table, period, values.
    made: HashSet<(&'e str, String, Vec<String>)>,
}

/// Values of records of one table that are filled into records of another.
struct Gifts<'e> {
    from: &'e str,
    at: usize,
    table: &'e Table,
    to: usize,
    /// Whether both tables have periods: then only records of the same period give values.
    periodic: bool,
    /// Positions in the old table of the receiver's name.
    by: Vec<usize>,
    by_key: HashMap<(String, Vec<String>), Gift>,
}

/// The value of the records with one key.
struct Gift {
    /// `None` where they do not agree.
    value: Option<String>,
    /// Whether there is a record that takes it.
    taken: bool,
}

impl<'e> Carrier<'e> {
    /// Looks up the routes, and the values that are filled into records of other tables.
    pub fn new(crossing: Crossing<'e>, book: &Book) -> Result<Carrier<'e>, StoreError> {
        let routes: HashMap<&str, TableRoute<'e>> =
            crossing.from.tables.iter().map(|table| (table.name.as_str(), TableRoute::new(crossing, table))).collect();
        let mut gifts = Vec::new();
        for table in &crossing.from.tables {
            let route = &routes[table.name.as_str()];
            for (at, column_route) in route.columns.iter().enumerate() {
                if let ColumnRoute::Elsewhere(elsewhere) = column_route
                    && !elsewhere.new_record
                    && let Some(receiver) = crossing.from.table(&elsewhere.table.name)
                {
                    gifts.extend(Gifts::collect(book, table, at, elsewhere, receiver)?);
                }
            }
        }
        Ok(Carrier { routes, gifts, made: HashSet::new() })
    }

    /// Converts one record; returns what became of each filled cell.
    pub fn carry(&mut self, old: &Table, record: &Record) -> (Carried, Vec<CellFate>) {
        let Some(route) = self.routes.get(old.name.as_str()) else { return (Carried::default(), Vec::new()) };
        let mut values = route.new.map(|new| vec![String::new(); new.fields.len()]);
        let mut fates = Vec::new();
        let mut more = Vec::new();
        for (at, value) in record.values.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
            let (kind, after) = match &route.columns[at] {
                ColumnRoute::Own => continue,
                ColumnRoute::Nowhere(_) => (CellKind::Aside, String::new()),
                ColumnRoute::Along(to, convert) => match (convert.value(value), &mut values) {
                    (Some(new), Some(values)) => {
                        new.clone_into(&mut values[*to]);
                        let same_place = route.stays()
                            && route.new.is_some_and(|table| table.fields[*to].column == old.fields[at].column);
                        let kind = match (same_place, new == *value) {
                            (false, _) => CellKind::Moved,
                            (true, true) => CellKind::Kept,
                            (true, false) => CellKind::Converted,
                        };
                        (kind, new)
                    }
                    _ => (CellKind::Unclear, String::new()),
                },
                ColumnRoute::Elsewhere(elsewhere) => {
                    let new = elsewhere.convert.value(value).filter(|_| has_key(record, elsewhere));
                    let placed = match new {
                        Some(new) if elsewhere.new_record => new_records(&mut self.made, old, record, elsewhere, &new)
                            .map(|records| {
                                more.extend(records);
                                new
                            }),
                        Some(new)
                            if self.gifts.iter().any(|g| g.is_from(old, at) && g.gives(record, elsewhere, &new)) =>
                        {
                            Some(new)
                        }
                        _ => None,
                    };
                    placed.map_or((CellKind::Aside, String::new()), |new| (CellKind::Moved, new))
                }
            };
            if !old.fields[at].is_system() {
                fates.push(CellFate { at, kind, after });
            }
        }
        let mut carried = Carried {
            set_aside: fates
                .iter()
                .filter(|fate| matches!(fate.kind, CellKind::Aside | CellKind::Unclear))
                .map(|fate| old.fields[fate.at].column.clone())
                .collect(),
            ..Carried::default()
        };
        if let (Some(new), Some(mut values)) = (route.new, values) {
            for (to, constant) in &route.constants {
                if values[*to].is_empty() {
                    (*constant).clone_into(&mut values[*to]);
                }
            }
            for gifts in self.gifts.iter().filter(|gifts| gifts.table.name == new.name && route.stays()) {
                if let Some(value) = gifts.for_receiver(record).filter(|_| values[gifts.to].is_empty()) {
                    value.clone_into(&mut values[gifts.to]);
                }
            }
            match route.stays() {
                true => carried.stays = Some(values),
                false => carried.goes.push((new.name.clone(), values)),
            }
        }
        carried.goes.extend(more);
        (carried, fates)
    }

    /// Positions of a new table that records of other tables may fill.
    pub fn is_given(&self, table: &str, to: usize) -> bool {
        self.gifts.iter().any(|gifts| gifts.table.name == table && gifts.to == to)
    }
}

/// Whether the columns that tell the record elsewhere are all filled.
fn has_key(record: &Record, elsewhere: &Elsewhere<'_>) -> bool {
    elsewhere.by.iter().all(|(at, _)| !record.values[*at].trim().is_empty())
}

/// A record of its own for each value of a cell, unless the same one was made before; none where the cell has no value.
fn new_records<'e>(
    made: &mut HashSet<(&'e str, String, Vec<String>)>,
    old: &Table,
    record: &Record,
    elsewhere: &Elsewhere<'e>,
    cell: &str,
) -> Option<Vec<(String, Vec<String>)>> {
    let table = elsewhere.table;
    let items: Vec<&str> = match elsewhere.separator {
        Some(separator) => cell.split(separator).map(str::trim).filter(|item| !item.is_empty()).collect(),
        None => vec![cell],
    };
    if items.is_empty() {
        return None;
    }
    let mut new = Vec::new();
    for item in items {
        let mut values = vec![String::new(); table.fields.len()];
        item.clone_into(&mut values[elsewhere.to]);
        for (at, to) in &elsewhere.by {
            record.values[*at].clone_into(&mut values[*to]);
        }
        if made.insert((&table.name, record.period.clone(), values.clone())) {
            if let (Some(at), Some(to)) = (old.position(COLLECTED_COLUMN), table.position(COLLECTED_COLUMN)) {
                record.values[at].clone_into(&mut values[to]);
            }
            new.push((table.name.clone(), values));
        }
    }
    Some(new)
}

impl<'e> Gifts<'e> {
    /// Reads what the records of a table give, and whether there are records that take it.
    fn collect(
        book: &Book,
        from: &'e Table,
        at: usize,
        elsewhere: &Elsewhere<'e>,
        receiver: &'e Table,
    ) -> Result<Option<Gifts<'e>>, StoreError> {
        let by = elsewhere.by.iter().map(|(_, to)| receiver.position(&elsewhere.table.fields[*to].column));
        let Some(by) = by.collect::<Option<Vec<_>>>() else { return Ok(None) };
        let mut gifts = Gifts {
            from: &from.name,
            at,
            table: elsewhere.table,
            to: elsewhere.to,
            periodic: from.period == receiver.period && from.period.is_periodic(),
            by,
            by_key: HashMap::new(),
        };
        book.stream_all(&from.name, |record| {
            let value = &record.values[at];
            if !value.is_empty() && has_key(record, elsewhere) {
                let new = elsewhere.convert.value(value);
                let gift = gifts
                    .by_key
                    .entry(gifts.key(record, elsewhere.by.iter().map(|(at, _)| *at)))
                    .or_insert_with(|| Gift { value: new.clone(), taken: false });
                if gift.value != new {
                    gift.value = None;
                }
            }
            ControlFlow::Continue(())
        })?;
        let own = receiver.position(&elsewhere.table.fields[elsewhere.to].column);
        book.stream_all(&receiver.name, |record| {
            let key = gifts.key(record, gifts.by.iter().copied());
            if let Some(gift) = gifts.by_key.get_mut(&key) {
                gift.taken |= own.is_none_or(|own| record.values[own].is_empty());
            }
            ControlFlow::Continue(())
        })?;
        Ok(Some(gifts))
    }

    fn key(&self, record: &Record, by: impl Iterator<Item = usize>) -> (String, Vec<String>) {
        let period = if self.periodic { record.period.clone() } else { String::new() };
        (period, by.map(|at| record.values[at].trim().to_owned()).collect())
    }

    fn is_from(&self, table: &Table, at: usize) -> bool {
        self.from == table.name && self.at == at
    }

    /// Whether a record of the other table takes this value.
    fn gives(&self, record: &Record, elsewhere: &Elsewhere<'_>, value: &str) -> bool {
        let gift = self.by_key.get(&self.key(record, elsewhere.by.iter().map(|(at, _)| *at)));
        gift.is_some_and(|gift| gift.taken && gift.value.as_deref() == Some(value))
    }

    /// The value that is filled into this record.
    fn for_receiver(&self, record: &Record) -> Option<&str> {
        self.by_key.get(&self.key(record, self.by.iter().copied()))?.value.as_deref()
    }
}

/// The code of the words for cells that have no place.
pub(crate) fn reason_code(column_route: &ColumnRoute<'_>, kind: CellKind) -> &'static str {
    match (column_route, kind) {
        (_, CellKind::Unclear) => "moving.unclear",
        (ColumnRoute::Elsewhere(_), _) => "moving.nobody-takes-it",
        (ColumnRoute::Nowhere(Reason::ByHand(..)), _) => "moving.by-hand",
        (ColumnRoute::Nowhere(Reason::Lost(_)), _) => "moving.lost",
        (ColumnRoute::Nowhere(Reason::Already(_)), _) => "moving.already",
        _ => "moving.no-place",
    }
}
