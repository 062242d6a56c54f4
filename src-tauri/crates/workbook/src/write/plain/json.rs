//! A plain .json: `{"edition", "tables": [{"table", "title", "rows": [{COLUMN: "text"}]}]}`. All values are text, as the
//! book has them; empty cells are empty texts.

use std::io::Write;

use super::super::source::stream;
use super::super::{RowSource, Written, WrittenSheet};
use super::{Plain, cells};
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
                let member = |(at, value): (usize, std::borrow::Cow<'_, str>)| {
                    format!("{}:{}", text(&table.fields[at].column), text(&value))
                };
                let members: Vec<String> = cells(table, &lists, record).map(member).collect();
                put(&format!("{comma}\n{{{}}}", members.join(",")))?;
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
