//! `source list`, `add`, `show`, `remove` and `try`.

use std::fmt::Display;

use desk::workbooks::api::{
    SaveSource, SourceFile, SourceOutcome, SourceRef, SourceView, Sources, TriedSource, TrySource,
};
use desk::{CallError, Nothing};

use super::{AppState, path_text};
use crate::arguments::Source;
use crate::outcome::Outcome;

pub async fn run(state: &AppState<'_>, command: &Source) -> Result<Outcome, CallError> {
    let sources: Sources = match command {
        Source::List => state.ask("source.list", &Nothing {}).await?,
        Source::Add { name, file } => {
            state.ask("source.read", &SourceFile { name: name.clone(), file: path_text(file)? }).await?
        }
        Source::Remove { name } => state.ask("source.remove", &SourceRef { name: name.clone() }).await?,
        Source::Show { name } => {
            let view = find(state, name).await?;
            state.printer.answer(&view, |view| shown(state, view));
            return Ok(Outcome::Done);
        }
        Source::Try { name, rows, codes } => return attempt(state, name, *rows, codes.clone()).await,
    };
    state.printer.answer(&sources, |sources| sources.sources.iter().map(|view| line(state, view)).collect());
    Ok(Outcome::Done)
}

async fn find(state: &AppState<'_>, name: &str) -> Result<SourceView, CallError> {
    let sources: Sources = state.ask("source.list", &Nothing {}).await?;
    let found = sources.sources.into_iter().find(|view| view.source.name == name);
    found.ok_or_else(|| CallError::new("source.unknown").with("name", name))
}

async fn attempt(state: &AppState<'_>, name: &str, rows: u32, codes_of: Option<String>) -> Result<Outcome, CallError> {
    let source = find(state, name).await?.source;
    let was = Some(source.name.clone());
    let request = TrySource { source: SaveSource { source, was, password: None }, rows, codes_of, job: 0 };
    let tried: TriedSource = state.ask("source.try", &request).await?;
    state.printer.answer(&tried, |tried| tried_lines(state, tried));
    Ok(Outcome::Done)
}

/// One line for each source.
fn line(state: &AppState<'_>, view: &SourceView) -> String {
    let source = &view.source;
    let last = view.last.as_ref().map_or_else(|| "-".to_owned(), |last| outcome(state, last));
    let title = view.table_title.as_deref().unwrap_or(&source.table);
    format!("{}  {}  {title}  {last}", source.name, kind(state, view))
}

fn kind(state: &AppState<'_>, view: &SourceView) -> String {
    let kind = serde_json::to_value(view.source.kind).ok();
    let kind = kind.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
    state.printer.line(&format!("sources.kind-{kind}"), &[])
}

fn outcome(state: &AppState<'_>, last: &SourceOutcome) -> String {
    if let Some(error) = &last.error {
        return format!("{}  {}", last.at, state.printer.words(error));
    }
    let values: [(&str, &dyn Display); 5] = [
        ("at", &last.at),
        ("rows", &last.rows),
        ("new", &last.new),
        ("changed", &last.changed),
        ("undecided", &last.undecided),
    ];
    let key = if last.applied { "cli.source-applied" } else { "cli.source-read" };
    state.printer.line(key, &values)
}

fn shown(state: &AppState<'_>, view: &SourceView) -> Vec<String> {
    let source = &view.source;
    let place =
        if source.host.is_empty() { source.path.clone() } else { format!("{} {}", source.host, source.database) };
    let mut lines = vec![line(state, view), place];
    lines.extend((!source.query.is_empty()).then(|| source.query.clone()));
    lines.extend(source.columns.iter().map(|(own, column)| format!("  {own} → {column}")));
    for (column, codes) in &source.codes {
        lines.extend(codes.iter().map(|(own, code)| format!("  {column}: {own} → {code}")));
    }
    lines
}

fn tried_lines(state: &AppState<'_>, tried: &TriedSource) -> Vec<String> {
    let mut lines = vec![tried.file.clone()];
    for column in &tried.columns {
        let meant = column.title.as_deref().or(column.column.as_deref()).unwrap_or("-");
        lines.push(format!("  {} → {meant}", column.heading));
    }
    lines.extend(tried.rows.iter().map(|row| format!("{}  {}", row.line, row.cells.join(" | "))));
    for code in &tried.codes {
        let title = code.title.as_deref().unwrap_or("-");
        let values: [(&str, &dyn Display); 4] =
            [("own", &code.own), ("code", &code.code), ("title", &title), ("rows", &code.rows)];
        lines.push(state.printer.line("cli.source-code", &values));
    }
    lines
}
