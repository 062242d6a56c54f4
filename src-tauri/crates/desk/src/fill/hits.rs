//! Cells that hold a text: the next one, replacing it; and the values of a column.

use std::collections::BTreeMap;

use standard::{Field, Table, mask};
use store::{Record, RowChange, StepKind, TextQuery};

use super::api::{ColumnValue, ColumnValues, NextHit, NextHitQuery, Replace, Replaced, ReplacedCell, ValuesQuery};
use super::edit::position;
use super::find::ColumnOrder;
use super::view::query_of;
use super::watch::watched;
use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::verify::checks::Checks;
use crate::verify::commit;

/// The largest number of codes whose names contain the text; with more, the text is too short to mean one of them.
const MOST_CODES: usize = 2_000;

/// Records that are read at a time.
const CHUNK: usize = 1_000;

/// Cells that a preview names.
const SAMPLES: usize = 50;

/// The largest number of values of one answer.
const VALUES: u64 = 1_000;

/// `fill.next_hit`.
pub(crate) fn next_hit(desk: &Desk, request: NextHitQuery) -> Result<Option<NextHit>, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.view.table)?;
    if request.text.is_empty() || request.columns.is_empty() {
        return Ok(None);
    }
    let query = query_of(&open, &request.view);
    let text = Text::new(&open, table, &request.text, &request.columns)?;
    let order = ColumnOrder { table, shown: &request.columns };
    let find = |from: u64, back: bool, anew: bool| {
        let work = || open.book.next_hit(&query, &text.query, from, back, anew);
        watched(desk, &open, &table.name, (request.job, "find"), work)
    };
    // The records that hold the text are counted by the same search.
    let near = find(request.position, request.back, request.here)?;
    let records = near.records;
    let hit = |row, position, column| Some(NextHit { row, position, column, records });
    let mut here = request.position;
    if let Some(row) = request.row
        && let Some(position) = open.book.position(&query, row)?
    {
        here = position;
        let cell = request.column.as_deref().map(|column| order.place(Some(column)));
        let beyond = |at: usize| match cell {
            None => !request.back,
            Some(cell) if at == cell => request.here,
            Some(cell) => (at < cell) == request.back,
        };
        if let Some(record) = open.book.get(&table.name, row)?
            && let Some(column) = text.column_of(&record, request.back, beyond)
        {
            return Ok(hit(row, position, column));
        }
    }
    let next = if here == request.position { near.next } else { find(here, request.back, false)?.next };
    let Some((row, position)) = next else { return Ok(None) };
    let record = open.book.get(&table.name, row)?;
    let column = record.and_then(|record| text.column_of(&record, request.back, |_| true));
    Ok(column.and_then(|column| hit(row, position, column)))
}

/// A text, the columns it is looked for in, and the codes that it names.
struct Text<'a> {
    /// The text, in lower-case ASCII.
    folded: String,
    columns: Vec<Column<'a>>,
    query: TextQuery,
}

/// A column that is looked into.
struct Column<'a> {
    at: usize,
    field: &'a Field,
    /// Codes whose names hold the text.
    named: Vec<String>,
}

impl<'a> Text<'a> {
    fn new(open: &OpenBook, table: &'a Table, text: &str, columns: &[String]) -> Result<Self, CallError> {
        let folded = text.to_ascii_lowercase();
        let column = |name: &String| -> Result<Column<'a>, CallError> {
            let at = position(table, name)?;
            let field = &table.fields[at];
            let list = field.code_list.as_deref().and_then(|list| open.edition.code_list(list));
            let mut named: Vec<String> = list
                .iter()
                .flat_map(|list| &list.codes)
                .filter(|code| code.name.to_ascii_lowercase().contains(&folded))
                .map(|code| code.code.clone())
                .collect();
            if named.len() > MOST_CODES {
                named.clear();
            }
            Ok(Column { at, field, named })
        };
        let columns = columns.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        let coded = columns.iter().filter(|column| !column.named.is_empty());
        let query = TextQuery {
            text: text.to_owned(),
            columns: columns.iter().map(|column| column.field.column.clone()).collect(),
            coded: coded.map(|column| (column.field.column.clone(), column.named.clone())).collect(),
        };
        Ok(Text { folded, columns, query })
    }

    /// The first column of a record (or the last one, with `back`) that holds the text and is `wanted`, by its place
    /// among the columns.
    fn column_of(&self, record: &Record, back: bool, wanted: impl Fn(usize) -> bool) -> Option<String> {
        let mut hits = self.columns.iter().enumerate().filter(|(place, column)| {
            let cell = &record.values[column.at];
            wanted(*place) && (cell.to_ascii_lowercase().contains(&self.folded) || column.named.contains(cell))
        });
        let found = if back { hits.next_back() } else { hits.next() };
        found.map(|(_, column)| column.field.column.clone())
    }
}

/// `fill.replace`.
pub(crate) fn replace(desk: &Desk, request: Replace) -> Result<Replaced, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.view.table)?;
    let mut done = Replaced { cells: 0, records: 0, samples: Vec::new(), edited: None };
    if request.text.is_empty() {
        return Ok(done);
    }
    let text = Text::new(&open, table, &request.text, &request.columns)?;
    let checker = open.extensions.get::<Checks>().checker(&open, table);
    let show = open.settings().show_personal;
    let mut changes = Vec::new();
    each_record(&open, &request, &text.query, |record| {
        let mut values = BTreeMap::new();
        for column in &text.columns {
            let before = &record.values[column.at];
            let Some(after) = replaced(column, before, &request, &text.folded, &open) else { continue };
            let name = column.field.column.clone();
            if done.samples.len() < SAMPLES {
                let shown = |value: &str| match show {
                    true => value.to_owned(),
                    false => mask::mask(column.field.sensitivity, value),
                };
                let sample = (shown(before), shown(&after));
                done.samples.push(ReplacedCell {
                    row: record.row,
                    column: name.clone(),
                    before: sample.0,
                    after: sample.1,
                });
            }
            values.insert(name.clone(), checker.normalise(&name, &after));
        }
        if !values.is_empty() {
            done.cells += values.len() as u64;
            done.records += 1;
            changes.push(RowChange::Update { table: table.name.clone(), row: record.row, values });
        }
    })?;
    if !request.preview && !changes.is_empty() {
        done.edited = Some(commit::edit(desk, &open, table, StepKind::Edit, changes)?);
    }
    Ok(done)
}

/// Passes every record that may contain the text to `each`: the named ones, else those of the view.
fn each_record(
    open: &OpenBook,
    request: &Replace,
    text: &TextQuery,
    mut look: impl FnMut(&Record),
) -> Result<(), CallError> {
    let named = &request.rows;
    let rows = if named.is_empty() { open.book.hit_rows(&query_of(open, &request.view), text)? } else { named.clone() };
    for chunk in rows.chunks(CHUNK) {
        open.book.get_many(&request.view.table, chunk)?.iter().flatten().for_each(&mut look);
    }
    Ok(())
}

/// A cell with the text replaced; `None` where it does not hold it or nothing would change.
fn replaced(column: &Column<'_>, before: &str, request: &Replace, folded: &str, open: &OpenBook) -> Option<String> {
    let after = match column.field.code_list.as_deref() {
        Some(list) => {
            let name = open.edition.code_list(list).and_then(|list| list.get(before)).map(|code| code.name.as_str());
            (before == request.text || name == Some(request.text.as_str())).then(|| request.with.clone())?
        }
        None => replace_all(before, folded, &request.with)?,
    };
    (after != before).then_some(after)
}

/// Every occurrence replaced, whatever the case of ASCII letters; `None` where there is none.
fn replace_all(cell: &str, folded: &str, with: &str) -> Option<String> {
    // Lower-casing ASCII letters does not move any position.
    let lower = cell.to_ascii_lowercase();
    let mut after = String::new();
    let mut from = 0;
    for (at, found) in lower.match_indices(folded) {
        after.push_str(&cell[from..at]);
        after.push_str(with);
        from = at + found.len();
    }
    (from > 0).then(|| after + &cell[from..])
}

/// `fill.values`.
pub(crate) fn values(desk: &Desk, request: ValuesQuery) -> Result<ColumnValues, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.view.table)?;
    let field = &table.fields[position(table, &request.column)?];
    let list = field.code_list.as_deref().and_then(|list| open.edition.code_list(list));
    let query = query_of(&open, &request.view);
    let work = || open.book.values(&query, &request.column, &request.find, request.limit.min(VALUES));
    let found = watched(desk, &open, &table.name, (request.job, "filter"), work)?;
    let value = |(value, count): (String, u64)| {
        let name = list.and_then(|list| list.get(&value)).map(|code| code.name.clone());
        ColumnValue { value, name, count }
    };
    Ok(ColumnValues { values: found.into_iter().map(value).collect() })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::replace_all;
    use crate::testing::{call, sample_book};

    #[test]
    fn every_occurrence_is_replaced() {
        for (cell, text, with, after) in [
            ("甲公司，乙公司", "公司", "厂", Some("甲厂，乙厂")),
            ("ABab", "ab", "x", Some("xx")),
            ("无", "公司", "厂", None),
            ("aaa", "aa", "b", Some("ba")),
        ] {
            assert_eq!(replace_all(cell, text, with).as_deref(), after, "{cell}");
        }
    }

    #[tokio::test]
    async fn a_text_is_walked_over_and_replaced_as_one_step() {
        let folder = tempfile::tempdir().unwrap();
        let desk = sample_book(folder.path()).await;
        let view = json!({ "table": "ODS_SXJCSJ", "filters": [], "sort": [], "only_findings": false, "find": "" });
        let page = call(&desk, "fill.page", json!({ "view": view, "offset": 0, "limit": 3 })).await;
        let first = page["rows"][0]["cells"]["SXQYMC"].as_str().unwrap().to_owned();
        let ask = |position: u64| {
            json!({ "view": view, "text": first, "columns": ["SXQYMC"], "row": null, "position": position,
                    "column": null, "here": false, "back": false })
        };
        // Behind the last record the first comes again.
        let hit = call(&desk, "fill.next_hit", ask(1_000_000)).await;
        assert_eq!((&hit["position"], &hit["column"]), (&json!(0), &json!("SXQYMC")));
        let replace = |preview: bool| json!({ "view": view, "text": first, "with": "新名公司", "columns": ["SXQYMC"], "rows": [], "preview": preview });
        let planned = call(&desk, "fill.replace", replace(true)).await;
        assert_eq!(planned["records"], hit["records"]);
        assert!(planned["edited"].is_null());
        let done = call(&desk, "fill.replace", replace(false)).await;
        assert_eq!(done["cells"], planned["cells"]);
        let step = done["edited"]["step"].as_i64().unwrap();
        let values = json!({ "view": view, "column": "SXQYMC", "find": "新名", "limit": 9 });
        let found = call(&desk, "fill.values", values.clone()).await;
        assert_eq!(found["values"][0], json!({ "value": "新名公司", "name": null, "count": done["cells"] }));
        // The one step is taken back by its number.
        call(&desk, "fill.undo", json!({ "count": 1, "step": step })).await;
        assert_eq!(call(&desk, "fill.values", values).await["values"], json!([]));
    }
}
