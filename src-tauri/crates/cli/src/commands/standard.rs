//! `show`.

use std::path::Path;

use desk::CallError;
use desk::standards::api::browse::{EditionRef, TableRef, TableSpec, Tree};
use desk::standards::api::definitions::{WriteSpecification, WrittenEdition};

use super::{AppState, path_text};
use crate::outcome::Outcome;

/// The edition for commands without `--edition`: that of the book, or the newest when no book opens.
pub async fn chosen(state: &AppState<'_>) -> Result<String, CallError> {
    if state.book.is_some() {
        state.open().await?;
    }
    let tree: Tree = state.ask("standard.tree", &EditionRef::default()).await?;
    Ok(tree.edition)
}

pub async fn show(
    state: &AppState<'_>,
    table: &str,
    edition: Option<&str>,
    output: Option<&Path>,
) -> Result<Outcome, CallError> {
    // Without --edition the book decides. When the book cannot be opened, the newest edition is shown.
    if edition.is_none() && state.book.is_some() {
        state.open().await?;
    }
    if let Some(output) = output {
        let (edition, tables) = (edition.map(str::to_owned), vec![table.to_owned()]);
        let request = WriteSpecification { edition, tables, path: path_text(output)? };
        let written: WrittenEdition = state.ask("standard.specification", &request).await?;
        state.printer.answer(&written, |w| vec![state.printer.line("cli.written", &[("file", &w.file)])]);
        return Ok(Outcome::Done);
    }
    let request = TableRef { edition: edition.map(str::to_owned), table: table.to_owned() };
    let spec: TableSpec = state.ask("standard.table", &request).await?;
    state.printer.answer(&spec, |spec| {
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
