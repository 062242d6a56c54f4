//! Which table a sheet holds and where its headings are.
//!
//! The clerk's choice comes first, then the caller's table, then the stamp of our own workbooks, then the headings: the
//! row among the first thirty that names most columns of one table, or two or three rows together where a group of
//! columns has a heading of its own. A heading means what the college confirmed once, then a title, column or alias of
//! the standard, then what everyday words mean ([`super::synonyms`]); what it is only like ([`super::likeness`]) is
//! proposed. Where several tables have the same columns, the name of the sheet decides, then that of the file.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use standard::{Edition, Table};

use super::heading::{Headings, Own, own};
use super::heading_rows::{HEAD_ROWS, HEADING_ROWS, Head, Name, joined, readings};
use super::likeness::most_like;
use super::normal::normal;
use super::{Correction, Heading, KnownHeading, Remark, SheetReading, Survey};
use crate::Stamp;
use crate::letters::column_letters;
use crate::write::sheet_name::legal;

/// Finds the table and the headings of one sheet; `None` where the sheet is empty.
pub(crate) fn survey_sheet(
    edition: &Edition,
    stamp: Option<&Stamp>,
    wishes: &Survey,
    (file, sheet): (&str, &str),
    head: &Head,
) -> Option<SheetReading> {
    if head.is_empty() {
        return None;
    }
    let correction = wishes.corrections.iter().find(|c| c.sheet == sheet);
    let mut remarks = Vec::new();
    let told = match correction {
        Some(Correction { table: None, .. }) => return Some(nothing(sheet, remarks)),
        Some(Correction { table: Some(table), .. }) => Some(table.as_str()),
        None => wishes.table.as_deref().or_else(|| stamp.and_then(|s| s.table_of(sheet))),
    };
    let told = told.and_then(|name| edition.tables.iter().position(|t| t.name == name));
    let headings = Headings::new(edition, |table| told.is_none_or(|t| edition.tables[t].name == table.name));
    let known = Known::new(edition, &wishes.known);
    let meanings = Meanings { edition, headings: &headings, known: &known, told };
    let best = best_row(&meanings, (file, sheet), head, told.is_some());
    if let Some(column) = turned(&meanings, head, best.as_ref().map_or(0, |found| found.named)) {
        remarks.push(Remark { code: "turned", params: vec![("column", column_letters(column))] });
        return Some(SheetReading { table: told.map(|t| edition.tables[t].name.clone()), ..nothing(sheet, remarks) });
    }
    let Some(found) = best else {
        if let Some(told) = told {
            let title = edition.tables[told].short_title().to_owned();
            remarks.push(Remark { code: "no-headings", params: vec![("table", title)] });
        } else {
            remarks.push(Remark { code: "no-table", params: vec![("rows", HEAD_ROWS.to_string())] });
        }
        return Some(SheetReading { table: told.map(|t| edition.tables[t].name.clone()), ..nothing(sheet, remarks) });
    };
    if let Some(other) = found.other {
        let title = |t: usize| edition.tables[t].short_title().to_owned();
        let params = vec![("table", title(found.table)), ("other", title(other))];
        remarks.push(Remark { code: "ambiguous-table", params });
    }
    let table = &edition.tables[found.table];
    let header_row = Some(head[found.row + found.rows - 1].0 + 1);
    let taken_in = correction.map(|c| c.taken_in.clone()).unwrap_or_default();
    let table_name = Some(table.name.clone());
    let mut reading = SheetReading { table: table_name, header_row, taken_in, ..nothing(sheet, remarks) };
    let names = joined(head, found.row, found.rows).unwrap_or_default();
    read_headings(&mut reading, table, found.table, &meanings, &names, correction);
    Some(reading)
}

/// Whether the headings name a column that has no list of choices. A hidden sheet that names no such column holds the
/// choices of drop-downs, as the workbooks that circulate have one, and is not worth a word.
pub(crate) fn names_more_than_choices(edition: &Edition, reading: &SheetReading) -> bool {
    let table = reading.table.as_deref().and_then(|name| edition.table(name));
    let columns = reading.headings.iter().filter_map(|heading| heading.column.as_deref());
    let fields = columns.filter_map(|column| table?.field(column));
    fields.into_iter().any(|field| field.code_list.is_none() && field.values.is_empty())
}

fn nothing(sheet: &str, remarks: Vec<Remark>) -> SheetReading {
    SheetReading {
        sheet: sheet.to_owned(),
        table: None,
        header_row: None,
        headings: Vec::new(),
        mark: None,
        ignored: Vec::new(),
        taken_in: BTreeSet::new(),
        separator: None,
        converted: BTreeMap::new(),
        only_records: false,
        unmapped: Vec::new(),
        missing_required: Vec::new(),
        remarks,
    }
}

struct Found {
    /// Position of the first heading row in the head.
    row: usize,
    /// Number of rows that form the headings together.
    rows: usize,
    /// Position in the edition.
    table: usize,
    /// Another table that fits as well.
    other: Option<usize>,
    /// How many of its columns the headings name.
    named: usize,
}

/// What the college confirmed: normal heading to table and field; no field for a heading that is left out.
struct Known(HashMap<String, Vec<(usize, Option<usize>)>>);

impl Known {
    fn new(edition: &Edition, known: &[KnownHeading]) -> Known {
        let mut places: HashMap<String, Vec<(usize, Option<usize>)>> = HashMap::new();
        for one in known {
            let Some(table) = edition.tables.iter().position(|table| table.name == one.table) else { continue };
            let field = edition.tables[table].position(&one.column);
            // A column that the newer edition no longer has is ignored.
            if one.column.is_empty() || field.is_some() {
                places.entry(normal(&one.heading)).or_default().push((table, field));
            }
        }
        Known(places)
    }
}

/// What headings mean, by all that is known about them.
struct Meanings<'a> {
    edition: &'a Edition,
    headings: &'a Headings,
    known: &'a Known,
    /// The table that the caller named.
    told: Option<usize>,
}

/// What a heading means in one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Means {
    /// The college or the standard says so; absent where the college leaves it out.
    Said(Option<usize>),
    /// An everyday word for it.
    Word(usize),
    /// Perhaps this field.
    Perhaps(usize),
}

impl Meanings<'_> {
    /// What a heading means, in each table that knows it.
    fn of(&self, name: &Name) -> BTreeMap<usize, Means> {
        let mut means: BTreeMap<usize, Means> = BTreeMap::new();
        let readings = readings(name);
        for text in readings.iter().map(|text| normal(text)).chain([normal(&name.join(" "))]) {
            for (table, field) in self.known.0.get(&text).into_iter().flatten() {
                means.entry(*table).or_insert(Means::Said(*field));
            }
        }
        for (table, field) in readings.iter().flat_map(|text| self.headings.find(text)) {
            means.entry(*table).or_insert(Means::Said(Some(*field)));
        }
        for (table, (field, perhaps)) in readings.iter().flat_map(|text| self.headings.words(text)) {
            means.entry(table).or_insert(if perhaps { Means::Perhaps(field) } else { Means::Word(field) });
        }
        means.retain(|table, _| self.told.is_none_or(|told| told == *table));
        means
    }
}

/// How well a row of headings fits a table: columns named, those of them that are not named by everyday words, and how
/// file and sheet are named.
type Fit = (usize, usize, u8);

/// The rows that name most columns of one table; more rows only where they name more. Without a word from anyone at
/// least two columns must be named, and half of the row, so that a sheet of notes is not taken for a table.
fn best_row(meanings: &Meanings<'_>, names: (&str, &str), head: &Head, told: bool) -> Option<Found> {
    let mut best: Option<(Fit, Found)> = None;
    let candidates = (1..=HEADING_ROWS).flat_map(|rows| (0..head.len()).map(move |row| (row, rows)));
    for (row, rows) in candidates {
        let Some(cells) = joined(head, row, rows) else { continue };
        let mut named: BTreeMap<usize, (HashSet<usize>, HashSet<usize>)> = BTreeMap::new();
        let mut filled = 0;
        for name in cells.iter().filter(|name| !name.is_empty() && !name.iter().any(|text| own(text).is_some())) {
            filled += 1;
            for (table, means) in meanings.of(name) {
                let (said, all) = named.entry(table).or_default();
                if let Means::Said(Some(field)) = means {
                    said.insert(field);
                }
                if let Means::Said(Some(field)) | Means::Word(field) = means {
                    all.insert(field);
                }
            }
        }
        for (table, (said, all)) in named {
            let count = all.len();
            if count == 0 || (!told && (count < 2 || count * 2 < filled)) {
                continue;
            }
            let fit = (count, said.len(), named_so(names, &meanings.edition.tables[table]));
            match &mut best {
                Some((most, found)) if fit <= *most => {
                    let same = fit == *most && (found.row, found.rows) == (row, rows);
                    if same && found.table != table {
                        found.other = Some(table);
                    }
                }
                // The name of a sheet does not show how many rows its headings have.
                Some((most, found)) if rows > found.rows && (fit.0, fit.1) <= (most.0, most.1) => {}
                _ => best = Some((fit, Found { row, rows, table, other: None, named: count })),
            }
        }
    }
    best.map(|(_, found)| found)
}

/// Columns in which the headings of a turned sheet are looked for.
const TURNED_COLUMNS: usize = 3;

/// Columns of a table that a column of cells must name before the sheet counts as turned.
const TURNED_NAMES: usize = 4;

/// The column (from 0) in which headings stand one below the other, where it names clearly more columns of one table
/// than the best row of headings does: each record is a column there, and no row is one.
fn turned(meanings: &Meanings<'_>, head: &Head, named_by_row: usize) -> Option<usize> {
    (0..TURNED_COLUMNS).find(|at| {
        let mut named: BTreeMap<usize, HashSet<usize>> = BTreeMap::new();
        for text in head.iter().filter_map(|(_, cells)| cells.get(*at)).filter(|text| !text.is_empty()) {
            for (table, means) in meanings.of(&vec![text.clone()]) {
                if let Means::Said(Some(field)) | Means::Word(field) = means {
                    named.entry(table).or_default().insert(field);
                }
            }
        }
        let most = named.values().map(HashSet::len).max().unwrap_or(0);
        most >= TURNED_NAMES && most > named_by_row * 2
    })
}

/// How well file and sheet are named after a table: the sheet 2, the file 1, neither 0. A file of our own is named by
/// the short title, with the day behind it.
fn named_so((file, sheet): (&str, &str), table: &Table) -> u8 {
    let sheet = sheet.trim();
    match sheet == legal(table.short_title()) || sheet == legal(&table.title) || sheet == table.name {
        true => 2,
        false => {
            let short = legal(table.short_title());
            let behind = file.strip_prefix(short.as_str());
            let is_ours = behind.is_some_and(|behind| behind.starts_with(['-', '.', ' ']));
            u8::from(is_ours || file.contains(&table.title) || file.contains(&table.name))
        }
    }
}

/// Maps the headings of the row, from left to right; the first heading of a column is used.
fn read_headings(
    reading: &mut SheetReading,
    table: &Table,
    position: usize,
    meanings: &Meanings<'_>,
    names: &[Name],
    correction: Option<&Correction>,
) {
    let mut taken = HashSet::new();
    let mut words = Vec::new();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        let at = at as u32;
        let text = name.join(" ");
        let said = correction.and_then(|c| c.columns.get(&text));
        let means = meanings.of(name).remove(&position);
        let column = match (said, means) {
            (Some(column), _) => table.field(column).filter(|f| !f.is_system()),
            (None, Some(Means::Said(field))) => field.map(|f| &table.fields[f]),
            (None, Some(Means::Word(field))) => Some(&table.fields[field]),
            (None, Some(Means::Perhaps(_)) | None) => None,
        };
        let left = matches!(means, Some(Means::Said(None)));
        if let (None, None, false, Some(own)) = (said, column, left, name.iter().find_map(|text| own(text))) {
            match own {
                Own::Mark => _ = reading.mark.get_or_insert(at),
                Own::Ignored => reading.ignored.push(at),
            }
            continue;
        }
        if let (None, Some(Means::Word(_)), Some(field)) = (said, means, column) {
            words.push((text.clone(), field.title.clone()));
        }
        let column = column.map(|field| field.column.clone());
        let repeated = column.as_ref().is_some_and(|c| !taken.insert(c.clone()));
        if repeated {
            reading.remarks.push(Remark { code: "heading-twice", params: vec![("heading", text.clone())] });
        }
        let column = column.filter(|_| !repeated);
        if column.is_none() {
            reading.unmapped.push(text.clone());
        }
        let proposed = match (said, means, &column) {
            (None, Some(Means::Perhaps(field)), None) => Some(table.fields[field].column.clone()),
            _ => None,
        };
        reading.headings.push(Heading { position: at, text, column, proposed });
    }
    propose_like(reading, table, names, correction, meanings, position);
    for (heading, title) in words {
        reading.remarks.push(Remark { code: "heading-word", params: vec![("heading", heading), ("title", title)] });
    }
    for heading in &reading.headings {
        if let Some(field) = heading.proposed.as_deref().and_then(|column| table.field(column)) {
            let params = vec![("heading", heading.text.clone()), ("title", field.title.clone())];
            reading.remarks.push(Remark { code: "heading-like", params });
        }
    }
    let missing = table.filled_fields().filter(|f| f.required && !taken.contains(&f.column));
    reading.missing_required = missing.map(|f| f.column.clone()).collect();
}

/// Proposes for headings without a column the free column that they are most like; two headings that are like one
/// column say nothing.
fn propose_like(
    reading: &mut SheetReading,
    table: &Table,
    names: &[Name],
    correction: Option<&Correction>,
    meanings: &Meanings<'_>,
    position: usize,
) {
    let taken: HashSet<String> = reading.headings.iter().filter_map(|h| h.column.clone()).collect();
    let is_free = |at: usize| !taken.contains(&table.fields[at].column);
    for heading in reading.headings.iter_mut().filter(|h| h.column.is_none()) {
        if correction.is_some_and(|c| c.columns.contains_key(&heading.text)) {
            continue;
        }
        let Some(name) = names.get(heading.position as usize) else { continue };
        if meanings.of(name).remove(&position).is_none() && heading.proposed.is_none() {
            let like = readings(name).iter().find_map(|text| most_like(table, &normal(text), is_free));
            heading.proposed = like.map(|at| table.fields[at].column.clone());
        }
    }
    let mut times: HashMap<String, u32> = HashMap::new();
    for heading in &reading.headings {
        if let Some(column) = &heading.proposed {
            *times.entry(column.clone()).or_default() += 1;
        }
    }
    for heading in &mut reading.headings {
        let alone = |column: &String| times.get(column) == Some(&1) && !taken.contains(column);
        heading.proposed = heading.proposed.take().filter(alone);
    }
}
