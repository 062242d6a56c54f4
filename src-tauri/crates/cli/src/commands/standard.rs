//! `editions` and `show`.

use desk::api::book::EditionSummary;
use desk::api::standard::{TableRef, TableSpec};
use desk::api::{CallError, Nothing};

use super::Counter;
use crate::outcome::Outcome;

pub async fn editions(counter: &Counter<'_>) -> Result<Outcome, CallError> {
    let editions: Vec<EditionSummary> = counter.ask("standard.editions", &Nothing {}).await?;
    counter.speak.answer(&editions, |editions| {
        editions
            .iter()
            .map(|e| {
                format!(
                    "{}  {}（{}）  {} 表  {} 数据项  {} 代码集  {} 代码",
                    e.id, e.title, e.issued, e.tables, e.fields, e.code_lists, e.codes
                )
            })
            .collect()
    });
    Ok(Outcome::Done)
}

pub async fn show(counter: &Counter<'_>, table: &str, edition: Option<&str>) -> Result<Outcome, CallError> {
    // Without --edition the open book decides; a book that cannot be opened must not hide the standard.
    if edition.is_none() && counter.book.is_some() {
        counter.open().await?;
    }
    let request = TableRef { edition: edition.map(str::to_owned), table: table.to_owned() };
    let spec: TableSpec = counter.ask("standard.table", &request).await?;
    counter.speak.answer(&spec, |spec| {
        let mut lines =
            vec![format!("{} {}  {} · {} · {}", spec.table, spec.title, spec.subset, spec.frequency_text, spec.scope)];
        for f in &spec.fields {
            let mark = if f.required { "*" } else { " " };
            let length = f.max_length.map(|n| n.to_string()).unwrap_or_default();
            let detail = f.code_list_title.as_ref().or(f.format.as_ref()).cloned().unwrap_or_default();
            lines.push(format!("{mark} {:<14} {}{length:<5} {}  {detail}", f.column, f.printed_type, f.title));
        }
        lines
    });
    Ok(Outcome::Done)
}
