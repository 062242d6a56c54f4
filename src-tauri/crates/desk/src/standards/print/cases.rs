//! The records on which a rule was tried, as small tables under the titles of their columns.

use std::collections::BTreeMap;

use standard::rule::DEFAULT_TODAY;
use standard::{Case, Edition, Field, Kind, Rule, Table};

use crate::session::html::{close, element, open};

const FAILS: &str = "不合格";
const PASSES: &str = "合格";

/// Records of one table that stand together.
struct Block<'e> {
    table: &'e str,
    columns: Vec<&'e str>,
    /// Whether the case passes or fails, and the cells.
    rows: Vec<(&'static str, &'e BTreeMap<String, String>)>,
}

/// Writes the cases of a rule, those that fail first. Cases of one day and period in which each is one record share a
/// table.
pub fn write(out: &mut String, edition: &Edition, rule: &Rule) {
    let of_today = rule.body.sql().contains("tb_today");
    let fail = rule.fail.iter().map(|case| (FAILS, case));
    let cases: Vec<(&'static str, &Case)> = fail.chain(rule.pass.iter().map(|case| (PASSES, case))).collect();
    let mut rest = cases.as_slice();
    while let Some((&(verdict, first), _)) = rest.split_first() {
        let alike = |case: &Case| (&case.today, &case.period) == (&first.today, &first.period);
        let by_record = rule.body.is_over_one_record();
        let together = if by_record { rest.iter().take_while(|(_, case)| alike(case)).count() } else { 1 };
        let (now, later) = rest.split_at(together);
        rest = later;
        let today = first.today.as_deref().or(of_today.then_some(DEFAULT_TODAY));
        let when = [
            today.map(|day| format!("今天是 {}", readable(day))),
            first.period.as_ref().map(|period| format!("采集期是 {period}")),
        ];
        let when: Vec<String> = when.into_iter().flatten().collect();
        let what = if by_record { "例子" } else { verdict };
        let when = if when.is_empty() { String::new() } else { format!("（{}）", when.join("，")) };
        element(out, "p", "when", &format!("{what}{when}"));
        for block in blocks(edition, now) {
            write_block(out, edition, rule, &block, by_record);
        }
    }
}

fn blocks<'e>(edition: &Edition, cases: &[(&'static str, &'e Case)]) -> Vec<Block<'e>> {
    let mut blocks: Vec<Block<'e>> = Vec::new();
    for (verdict, table, cells) in cases
        .iter()
        .flat_map(|(verdict, case)| case.rows.iter().map(move |(table, cells)| (*verdict, table.as_str(), cells)))
    {
        let at = blocks.iter().position(|block| block.table == table).unwrap_or_else(|| {
            blocks.push(Block { table, columns: Vec::new(), rows: Vec::new() });
            blocks.len() - 1
        });
        let block = &mut blocks[at];
        block.rows.push((verdict, cells));
        for column in cells.keys() {
            if !block.columns.contains(&column.as_str()) {
                block.columns.push(column);
            }
        }
    }
    for block in &mut blocks {
        let table = edition.table(block.table);
        block.columns.sort_by_key(|column| table.and_then(|table| table.position(column)));
    }
    blocks
}

fn write_block(out: &mut String, edition: &Edition, rule: &Rule, block: &Block<'_>, by_record: bool) {
    let table = edition.table(block.table);
    open(out, "table", "case");
    if block.table != rule.table {
        element(out, "caption", "", &format!("《{}》", table.map_or(block.table, Table::short_title)));
    }
    open(out, "tr", "");
    if by_record {
        element(out, "th", "", "");
    }
    let field = |column: &str| table.and_then(|table| table.field(column));
    for column in &block.columns {
        let title = match *column {
            "_period" => "采集期",
            column => field(column).map_or(column, |field| &field.title),
        };
        element(out, "th", "", title);
    }
    close(out, "tr");
    for (verdict, cells) in &block.rows {
        open(out, "tr", "");
        if by_record {
            element(out, "td", "", verdict);
        }
        for column in &block.columns {
            match cells.get(*column) {
                Some(value) => element(out, "td", "", &shown(edition, field(column), value)),
                None => element(out, "td", "empty", "（空）"),
            }
        }
        close(out, "tr");
    }
    close(out, "table");
}

/// A value as a person reads it: a code with its name.
fn shown(edition: &Edition, field: Option<&Field>, value: &str) -> String {
    let Some(list) = field.and_then(|field| edition.code_list(field.code_list.as_deref()?)) else {
        return value.to_owned();
    };
    let named = |code: &str| list.get(code).map_or_else(|| code.to_owned(), |known| format!("{code} {}", known.name));
    match field.and_then(|field| field.separator.as_deref().filter(|_| field.kind == Kind::Codes)) {
        Some(separator) => value.split(separator).map(named).collect::<Vec<_>>().join("，"),
        None => named(value),
    }
}

/// `20260301` as 2026-03-01.
fn readable(day: &str) -> String {
    match (day.get(..4), day.get(4..6), day.get(6..)) {
        (Some(year), Some(month), Some(date)) => format!("{year}-{month}-{date}"),
        _ => day.to_owned(),
    }
}
