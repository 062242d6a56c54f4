//! What the columns of a source mean, and what its codes become.

use std::collections::{BTreeMap, BTreeSet};

use standard::{Edition, Table};
use workbook::{CellIn, KnownHeading, Remark, RowIn, SheetReading, is_same_heading};

use crate::workbooks::api::Source;

/// The largest number of codes without an entry that a remark names.
const NAMED: usize = 20;

/// The mapping of a source for the reader of headings; it comes before what the college confirmed.
pub(in crate::workbooks) fn known(source: &Source, college: Vec<KnownHeading>) -> Vec<KnownHeading> {
    let of_source = source.columns.iter().map(|(heading, column)| KnownHeading {
        table: source.table.clone(),
        heading: heading.clone(),
        column: column.clone(),
    });
    let mut all: Vec<KnownHeading> = of_source.collect();
    let is_said = |one: &KnownHeading, all: &[KnownHeading]| {
        one.table == source.table && all.iter().any(|said| is_same_heading(&said.heading, &one.heading))
    };
    let others: Vec<KnownHeading> = college.into_iter().filter(|one| !is_said(one, &all)).collect();
    all.extend(others);
    all
}

/// Reads a sheet as the source says: a column of the mapping is read as it says, even if its title is like another
/// column.
pub(in crate::workbooks) fn follow(source: &Source, table: &Table, reading: &mut SheetReading) {
    let said =
        |heading: &str| source.columns.iter().find(|(own, _)| is_same_heading(own, heading)).map(|(_, column)| column);
    let claimed: BTreeSet<&String> = source.columns.values().filter(|column| !column.is_empty()).collect();
    let mut given = BTreeSet::new();
    for heading in &mut reading.headings {
        match said(&heading.text) {
            Some(column) => {
                heading.column =
                    Some(column.clone()).filter(|column| !column.is_empty() && given.insert(column.clone()));
                heading.proposed = None;
            }
            None => heading.column = heading.column.take().filter(|column| !claimed.contains(column)),
        }
    }
    let has = |column: &str| reading.headings.iter().any(|heading| heading.column.as_deref() == Some(column));
    let missing = table.filled_fields().filter(|field| field.required && !has(&field.column));
    let missing = missing.map(|field| field.column.clone()).collect();
    let unmapped = reading.headings.iter().filter(|heading| heading.column.is_none());
    (reading.missing_required, reading.unmapped) = (missing, unmapped.map(|heading| heading.text.clone()).collect());
    reading.converted = source.codes.clone();
}

/// Codes of columns with a conversion table that are neither in it nor in the standard.
pub(in crate::workbooks) struct Unconverted<'a> {
    table: &'a Table,
    edition: &'a Edition,
    columns: Vec<usize>,
    found: BTreeMap<usize, BTreeMap<String, u64>>,
}

impl<'a> Unconverted<'a> {
    pub fn new(edition: &'a Edition, table: &'a Table, source: &Source) -> Unconverted<'a> {
        let columns = source.codes.keys().filter_map(|column| table.position(column)).collect();
        Unconverted { table, edition, columns, found: BTreeMap::new() }
    }

    /// Adds the codes of a row.
    pub fn look(&mut self, row: &RowIn) {
        for at in &self.columns {
            let field = &self.table.fields[*at];
            let list = field.code_list.as_deref().and_then(|id| self.edition.code_list(id));
            let (Some(list), CellIn::Value(text)) = (list, &row.cells[*at]) else { continue };
            let codes: Vec<&str> = match field.separator.as_deref() {
                Some(separator) => text.split(separator).collect(),
                None => vec![text.as_str()],
            };
            for code in codes.into_iter().filter(|code| !code.is_empty() && list.get(code).is_none()) {
                *self.found.entry(*at).or_default().entry(code.to_owned()).or_default() += 1;
            }
        }
    }

    /// One remark for each column.
    pub fn remarks(self) -> Vec<Remark> {
        let remark = |(at, codes): (usize, BTreeMap<String, u64>)| {
            let named: Vec<&str> = codes.keys().take(NAMED).map(String::as_str).collect();
            let more = if codes.len() > NAMED { "…" } else { "" };
            Remark {
                code: "codes-unconverted",
                params: vec![
                    ("title", self.table.fields[at].title.clone()),
                    ("codes", format!("{}{more}", named.join("、"))),
                    ("kinds", codes.len().to_string()),
                    ("rows", codes.values().sum::<u64>().to_string()),
                ],
            }
        };
        self.found.into_iter().map(remark).collect()
    }
}
