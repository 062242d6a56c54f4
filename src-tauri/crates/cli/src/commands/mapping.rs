//! `mapping list`, `set`, `remove`, `export` and `import`.

use desk::workbooks::api::{HeadingFile, KnownHeadingView, KnownHeadings, KnownHeadingsRead, SetHeading};
use desk::{CallError, Nothing};

use super::{AppState, path_text};
use crate::arguments::Mapping;
use crate::outcome::Outcome;

pub async fn run(state: &AppState<'_>, command: &Mapping) -> Result<Outcome, CallError> {
    let known: KnownHeadings = match command {
        Mapping::List => state.ask("workbook.headings", &Nothing {}).await?,
        Mapping::Set { table, heading, column } => {
            let column = Some(if column == "-" { String::new() } else { column.clone() });
            let request = SetHeading { table: table.clone(), heading: heading.clone(), column };
            state.ask("workbook.set_heading", &request).await?
        }
        Mapping::Remove { table, heading } => {
            let request = SetHeading { table: table.clone(), heading: heading.clone(), column: None };
            state.ask("workbook.set_heading", &request).await?
        }
        Mapping::Export { output } => {
            state.ask("workbook.export_headings", &HeadingFile { path: path_text(output)? }).await?
        }
        Mapping::Import { file } => {
            let request = HeadingFile { path: path_text(file)? };
            let read: KnownHeadingsRead = state.ask("workbook.import_headings", &request).await?;
            state.printer.answer(&read, |read| {
                let count = ("taken", &read.taken as &dyn std::fmt::Display);
                let mut lines = vec![state.printer.line("cli.headings-read", &[count])];
                lines.extend(read.passed_over.iter().map(|entry| {
                    state.printer.line("cli.heading-passed-over", &[("entry", entry as &dyn std::fmt::Display)])
                }));
                lines
            });
            return Ok(Outcome::Done);
        }
    };
    state.printer.answer(&known, |known| known.headings.iter().map(line).collect());
    Ok(Outcome::Done)
}

fn line(known: &KnownHeadingView) -> String {
    let title = known.title.as_deref().unwrap_or("-");
    format!(
        "{}  {}  {}  {title}",
        known.table,
        known.heading,
        if known.column.is_empty() { "-" } else { &known.column }
    )
}
