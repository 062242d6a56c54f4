//! A plain .json: `{"edition", "tables": [{"table", "title", "rows": [{COLUMN: "text"}]}]}`, and a .jsonl:
//! `{COLUMN: "text"}` on each line. All values are text, as the book has them; empty cells are empty texts.

use std::borrow::Cow;
use std::io::Write;

use standard::{CodeList, Table};

use super::super::source::stream;
use super::super::{RecordOut, RowSource, Written, WrittenSheet};
use super::exported::{Plain, cells};
use crate::WriteError;

pub(super) fn write(plain: &Plain<'_>, mut rows: RowSource<'_>) -> Result<Written, WriteError> {
    let target = plain.target;
    let text = |text: &str| serde_json::Value::from(text).to_string();
    target.write(|out| {
        let mut put = |part: &str| out.write_all(part.as_bytes()).map_err(|e| target.io(&e));
        put(&format!("{{\"edition\":{},\"tables\":[", text(&plain.edition.id)))?;
        let mut sheets: Vec<WrittenSheet> = Vec::new();
        for (table, sheet) in plain.sheets() {
            let comma = if sheets.is_empty() { "" } else { "," };
            let (name, title) = (text(&table.name), text(&table.title));
            put(&format!("{comma}\n{{\"table\":{name},\"title\":{title},\"rows\":["))?;
            let lists = plain.lists(table);
            let mut comma = "";
            let count = stream(table, &mut rows, |record| {
                put(&format!("{comma}\n{}", object(table, &lists, record)))?;
                comma = ",";
                Ok(())
            })?;
            put("]}")?;
            sheets.push(WrittenSheet { table: table.name.clone(), sheet, rows: count });
        }
        put("\n]}\n")?;
        Ok(Written { sheets })
    })
}

/// The record as an object on one line.
fn object(table: &Table, lists: &[Option<&CodeList>], record: RecordOut<'_>) -> String {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let member = |(at, value): (usize, Cow<'_, str>)| format!("{}:{}", text(&table.fields[at].column), text(&value));
    let members: Vec<String> = cells(table, lists, record).map(member).collect();
    format!("{{{}}}", members.join(","))
}

pub(super) fn write_lines(plain: &Plain<'_>, mut rows: RowSource<'_>) -> Result<Written, WriteError> {
    let target = plain.target;
    target.write(|out| {
        let mut sheets = Vec::new();
        for (table, sheet) in plain.sheets() {
            let lists = plain.lists(table);
            let rows = stream(table, &mut rows, |record| {
                writeln!(out, "{}", object(table, &lists, record)).map_err(|e| target.io(&e))
            })?;
            sheets.push(WrittenSheet { table: table.name.clone(), sheet, rows });
        }
        Ok(Written { sheets })
    })
}
