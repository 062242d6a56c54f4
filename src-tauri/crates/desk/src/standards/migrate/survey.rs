//! What a move does to this book, counted: for each table and column, with the first cells as examples.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use check::{Columns, TableChecker};
use standard::field::COLLECTED_COLUMN;
use standard::{Finding, Level, Sensitivity, Table, mask};
use store::{Book, Carried, Record, StoreError};

use super::carry::{Carrier, CellFate, CellKind, reason_code};
use super::route::{ColumnRoute, Crossing, Reason, TableRoute};
use crate::standards::api::migrate::{ColumnFate, MigrationCounts, MigrationExample};

/// The largest number of examples of one column.
const EXAMPLES: usize = 3;
/// The largest number of characters of an example.
const LONGEST: usize = 40;

/// Which column: one of the old table, or one of the new table where no column of the old one goes there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum At {
    /// Position in the old table.
    Old(usize),
    /// Position in the new table.
    New(usize),
}

/// What becomes of which column, and the code of the reason. One column may have several entries.
pub(crate) type ColumnKey = (ColumnFate, At, &'static str);

/// The cells of a column with one outcome and one reason.
#[derive(Debug, Clone, Default)]
pub(crate) struct ColumnTally {
    /// How many filled cells.
    pub cells: u64,
    /// The first different ones.
    pub examples: Vec<MigrationExample>,
}

/// What becomes of one table.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableTally {
    /// How many of each kind.
    pub counts: MigrationCounts,
    /// In the order in which they are shown.
    pub columns: BTreeMap<ColumnKey, ColumnTally>,
}

/// The numbers of a move, counted while its records are converted.
pub(crate) struct Survey<'e> {
    /// Both editions.
    pub crossing: Crossing<'e>,
    /// Turns the records.
    pub carrier: Carrier<'e>,
    /// By table of the old edition.
    pub tallies: HashMap<&'e str, TableTally>,
    /// By table that only the new edition has.
    pub made: HashMap<&'e str, TableTally>,
    old_plans: HashMap<&'e str, TableChecker>,
    new_plans: HashMap<&'e str, TableChecker>,
}

impl<'e> Survey<'e> {
    /// Prepares counting the records of this book.
    pub fn new(crossing: Crossing<'e>, book: &Book) -> Result<Survey<'e>, StoreError> {
        let plans = |edition: &'e standard::Edition| {
            edition.tables.iter().map(|t| (t.name.as_str(), TableChecker::new(edition, t, Columns::Filled))).collect()
        };
        let mut survey = Survey {
            crossing,
            carrier: Carrier::new(crossing, book)?,
            tallies: HashMap::new(),
            made: HashMap::new(),
            old_plans: plans(crossing.from),
            new_plans: plans(crossing.to),
        };
        for table in &crossing.from.tables {
            let columns = all_columns(&survey.carrier.routes[table.name.as_str()]);
            survey.tallies.insert(&table.name, TableTally { columns, ..TableTally::default() });
        }
        Ok(survey)
    }

    /// Numbers of the whole book.
    pub fn counts(&self) -> MigrationCounts {
        self.tallies.values().chain(self.made.values()).fold(MigrationCounts::default(), |sum, tally| {
            let c = tally.counts;
            MigrationCounts {
                records: sum.records + c.records,
                cells: sum.cells + c.cells,
                kept: sum.kept + c.kept,
                converted: sum.converted + c.converted,
                moved: sum.moved + c.moved,
                aside: sum.aside + c.aside,
                hand: sum.hand + c.hand,
                filled: sum.filled + c.filled,
            }
        })
    }

    /// Carries one record over and counts what becomes of it.
    pub fn record(&mut self, table: &Table, record: &Record) -> Carried {
        let (carried, fates) = self.carrier.carry(table, record);
        let (Some(route), Some(tally)) =
            (self.carrier.routes.get(table.name.as_str()), self.tallies.get_mut(table.name.as_str()))
        else {
            return carried;
        };
        tally.counts.records += 1;
        for cell in &fates {
            tally.cell(route, record, cell);
        }
        let own = usize::from(route.new.is_some() && !route.stays());
        let values = carried.stays.as_ref().or_else(|| carried.goes.first().filter(|_| own == 1).map(|(_, v)| v));
        if let (Some(new), Some(values)) = (route.new, values) {
            tally.filled(route, new, values, &self.carrier);
            let mut before = Vec::new();
            self.old_plans[table.name.as_str()].cells(None, &record.values, &mut before);
            let mut after = Vec::new();
            self.new_plans[new.name.as_str()].cells(None, values, &mut after);
            tally.hands(route, new, record, values, &fates, &before, &after);
        }
        for (name, values) in &carried.goes[own..] {
            let Some(new) = self.crossing.to.table(name) else { continue };
            let mut found = Vec::new();
            self.new_plans[name.as_str()].cells(None, values, &mut found);
            self.made.entry(&new.name).or_default().record(new, values, &found);
        }
        carried
    }
}

/// The entries of all columns, without any cell.
fn all_columns(route: &TableRoute<'_>) -> BTreeMap<ColumnKey, ColumnTally> {
    let mut columns = BTreeMap::new();
    for (at, column_route) in route.columns.iter().enumerate().filter(|(at, _)| !route.old.fields[*at].is_system()) {
        let (fate, code) = match column_route {
            ColumnRoute::Own => continue,
            ColumnRoute::Along(to, _) if in_place(route, at, *to) => (ColumnFate::Same, ""),
            ColumnRoute::Along(..) => (ColumnFate::Moved, ""),
            ColumnRoute::Elsewhere(_) => (ColumnFate::Moved, "elsewhere"),
            ColumnRoute::Nowhere(_) => (ColumnFate::Aside, reason_code(column_route, CellKind::Aside)),
        };
        columns.insert((fate, At::Old(at), code), ColumnTally::default());
    }
    let constant = |to| route.constants.iter().any(|(at, _)| *at == to);
    let new = route.new.into_iter().flat_map(|table| table.fields.iter().enumerate());
    for (to, field) in new {
        if !field.is_system() && route.source_of(to).is_none() {
            let code = if constant(to) { "moving.constant" } else { "moving.new" };
            columns.insert((ColumnFate::New, At::New(to), code), ColumnTally::default());
        }
    }
    columns
}

/// Whether a column keeps its table and name.
fn in_place(route: &TableRoute<'_>, at: usize, to: usize) -> bool {
    route.stays() && route.new.is_some_and(|new| new.fields[to].column == route.old.fields[at].column)
}

impl TableTally {
    fn count(&mut self, key: ColumnKey, example: Option<MigrationExample>) {
        let tally = self.columns.entry(key).or_default();
        tally.cells += 1;
        if let Some(example) = example
            && tally.examples.len() < EXAMPLES
            && !tally.examples.contains(&example)
        {
            tally.examples.push(example);
        }
    }

    fn cell(&mut self, route: &TableRoute<'_>, record: &Record, fate: &CellFate) {
        let CellFate { at, kind, after } = fate;
        let (before, column_route) = (&record.values[*at], &route.columns[*at]);
        let example = Some(example(route, *at, before, after));
        self.counts.cells += 1;
        match kind {
            CellKind::Kept => {
                self.counts.kept += 1;
                self.count((ColumnFate::Same, At::Old(*at), ""), None);
            }
            CellKind::Converted => {
                self.counts.converted += 1;
                self.count((ColumnFate::Convert, At::Old(*at), "moving.converted"), example);
            }
            CellKind::Moved => {
                self.counts.moved += 1;
                let code = match column_route {
                    ColumnRoute::Elsewhere(_) => "elsewhere",
                    _ if before != after => "moving.converted",
                    _ => "",
                };
                self.count((ColumnFate::Moved, At::Old(*at), code), example);
            }
            CellKind::Aside | CellKind::Unclear => {
                self.counts.aside += 1;
                self.count((ColumnFate::Aside, At::Old(*at), reason_code(column_route, *kind)), example);
            }
        }
    }

    /// Counts cells that are filled with other values than those of the record.
    fn filled(&mut self, route: &TableRoute<'_>, new: &Table, values: &[String], carrier: &Carrier<'_>) {
        for (to, value) in values.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
            if new.fields[to].is_system() || route.source_of(to).is_some() {
                continue;
            }
            self.counts.filled += 1;
            let code = if carrier.is_given(&new.name, to) { "moving.given" } else { "moving.constant" };
            let sensitivity = new.fields[to].sensitivity;
            let example = MigrationExample { before: String::new(), after: shown(sensitivity, value) };
            self.count((ColumnFate::New, At::New(to), code), Some(example));
        }
    }

    /// Counts cells with findings that they did not have in the old edition, each once.
    #[expect(clippy::too_many_arguments, reason = "one record before and after, with what was found in it")]
    fn hands(
        &mut self,
        route: &TableRoute<'_>,
        new: &Table,
        record: &Record,
        values: &[String],
        fates: &[CellFate],
        before: &[Finding],
        after: &[Finding],
    ) {
        let mut seen = BTreeSet::new();
        for cell in fates {
            if let ColumnRoute::Nowhere(Reason::ByHand(to, _)) = route.columns[cell.at]
                && values[to].is_empty()
                && seen.insert(to)
            {
                self.counts.hand += 1;
                let example = example(route, cell.at, &record.values[cell.at], "");
                self.count((ColumnFate::Hand, At::Old(cell.at), "moving.fill-by-hand"), Some(example));
            }
        }
        for finding in after.iter().filter(|finding| finding.level != Level::Hint) {
            let Some(to) = finding.column.as_deref().and_then(|column| new.position(column)) else { continue };
            let source = route.source_of(to);
            let known = source.is_some_and(|at| {
                let column = Some(route.old.fields[at].column.as_str());
                before.iter().any(|b| b.column.as_deref() == column && b.rule == finding.rule && b.level != Level::Hint)
            });
            if known || !seen.insert(to) {
                continue;
            }
            self.counts.hand += 1;
            let code = hand_code(&finding.rule);
            match source {
                Some(at) => {
                    let filled = !record.values[at].is_empty();
                    let example = filled.then(|| example(route, at, &record.values[at], &values[to]));
                    self.count((ColumnFate::Hand, At::Old(at), code), example);
                }
                None => self.count((ColumnFate::Hand, At::New(to), code), None),
            }
        }
    }

    /// A record that was made of cells of another table.
    fn record(&mut self, new: &Table, values: &[String], found: &[Finding]) {
        for (to, value) in values.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
            if new.fields[to].column != COLLECTED_COLUMN {
                self.counts.filled += 1;
                let example =
                    MigrationExample { before: String::new(), after: shown(new.fields[to].sensitivity, value) };
                self.count((ColumnFate::New, At::New(to), "moving.given"), Some(example));
            }
        }
        let mut seen = BTreeSet::new();
        for finding in found.iter().filter(|finding| finding.level != Level::Hint) {
            if let Some(to) = finding.column.as_deref().and_then(|column| new.position(column))
                && seen.insert(to)
            {
                self.counts.hand += 1;
                self.count((ColumnFate::Hand, At::New(to), hand_code(&finding.rule)), None);
            }
        }
    }
}

/// The code of the words for a fault that a clerk has to correct.
fn hand_code(rule: &str) -> &'static str {
    match rule {
        "required" | "required-when" => "moving.required",
        "length" | "precision" => "moving.too-long",
        "code" => "moving.code-gone",
        _ => "moving.not-valid",
    }
}

/// A cell before and after, as it may be shown.
fn example(route: &TableRoute<'_>, at: usize, before: &str, after: &str) -> MigrationExample {
    let to = match &route.columns[at] {
        ColumnRoute::Along(to, _) => route.new.map(|new| new.fields[*to].sensitivity),
        ColumnRoute::Elsewhere(elsewhere) => Some(elsewhere.table.fields[elsewhere.to].sensitivity),
        _ => None,
    };
    let sensitivity = route.old.fields[at].sensitivity.max(to.unwrap_or(Sensitivity::None));
    MigrationExample { before: shown(sensitivity, before), after: shown(sensitivity, after) }
}

/// A value as an example shows it: masked, and a long text cut.
fn shown(sensitivity: Sensitivity, value: &str) -> String {
    let masked = mask::mask(sensitivity, value);
    match masked.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &masked[..end]),
        None => masked,
    }
}
