//! `move`.

use std::fmt::Display;

use desk::standards::api::migrate::{
    ColumnFate, MigrationColumn, MigrationCounts, MigrationDone, MigrationPreview, MigrationTable, PreviewMigration,
    RunMigration, TableFate, TakenBack,
};
use desk::{CallError, Nothing};

use super::state::AppState;
use crate::arguments::Move;
use crate::outcome::Outcome;
use crate::printer::Printer;

pub async fn run(state: &AppState<'_>, options: &Move) -> Result<Outcome, CallError> {
    match &options.to {
        None => take_back(state).await,
        Some(to) if options.apply => apply(state, to).await,
        Some(to) => preview(state, to).await,
    }
}

/// Prints the preview of a move; the exit code is 1 when cells will need manual work or when the move is blocked.
async fn preview(state: &AppState<'_>, to: &str) -> Result<Outcome, CallError> {
    let request = PreviewMigration { to: to.to_owned(), job: 0 };
    let preview: MigrationPreview = state.ask("migration.preview", &request).await?;
    state.printer.answer(&preview, |preview| {
        let mut lines =
            vec![format!("{} → {}", preview.from_name, preview.to_name), counts_line(state.printer, &preview.counts)];
        for table in preview.tables.iter().filter(|table| has_news(table)) {
            lines.push(table_line(state.printer, table));
            lines.extend(table.columns.iter().filter(|c| c.cells > 0 && c.kind != ColumnFate::Same).map(|c| {
                let words = c.what.as_ref().map(|what| state.printer.words(what)).unwrap_or_default();
                column_line(state.printer, c, &words)
            }));
        }
        lines.extend(
            preview
                .blocked
                .iter()
                .map(|why| state.printer.line("cli.move-not-now", &[("problem", &state.printer.words(why))])),
        );
        lines.push(state.printer.line("cli.move-preview", &[]));
        lines
    });
    Ok(Outcome::findings_if(preview.counts.hand > 0 || preview.blocked.is_some()))
}

/// Whether the move changes anything in a table.
fn has_news(table: &MigrationTable) -> bool {
    let counts = table.counts;
    counts.converted + counts.moved + counts.aside + counts.hand + counts.filled > 0
        || (counts.records > 0 && table.kind != TableFate::Same)
}

async fn apply(state: &AppState<'_>, to: &str) -> Result<Outcome, CallError> {
    let request = RunMigration { to: to.to_owned(), job: 0 };
    let done: MigrationDone = state.ask("migration.run", &request).await?;
    state.printer.answer(&done, |done| {
        vec![
            state.printer.line("cli.move-done", &[("from", &done.from), ("to", &done.to)]),
            counts_line(state.printer, &done.counts),
            state.printer.line("cli.move-copy", &[("file", &done.kept_copy)]),
            state.printer.line(
                "cli.move-findings",
                &[
                    ("mandatory", &done.findings.mandatory),
                    ("confirm", &done.findings.confirm),
                    ("hint", &done.findings.hint),
                ],
            ),
        ]
    });
    Ok(Outcome::findings_if(done.findings.mandatory > 0))
}

async fn take_back(state: &AppState<'_>) -> Result<Outcome, CallError> {
    let taken: TakenBack = state.ask("migration.take_back", &Nothing {}).await?;
    state.printer.answer(&taken, |taken| {
        vec![
            state.printer.line("cli.taken-back", &[("edition", &taken.edition), ("file", &taken.path)]),
            state.printer.line("cli.moved-file", &[("file", &taken.moved_file)]),
        ]
    });
    Ok(Outcome::Done)
}

fn counts_line(printer: &Printer, counts: &MigrationCounts) -> String {
    let values: [(&str, &dyn Display); 7] = [
        ("records", &counts.records),
        ("cells", &counts.cells),
        ("kept", &counts.kept),
        ("converted", &counts.converted),
        ("moved", &counts.moved),
        ("aside", &counts.aside),
        ("hand", &counts.hand),
    ];
    printer.line("cli.move-counts", &values)
}

fn table_line(printer: &Printer, table: &MigrationTable) -> String {
    let to = match (table.kind, &table.to, &table.to_title) {
        (TableFate::Aside, ..) => printer.line("cli.table-aside", &[]),
        (TableFate::New, ..) => printer.line("cli.table-new", &[]),
        (TableFate::Moved, ..) => printer.line("cli.table-moved", &[]),
        (TableFate::Replaced | TableFate::Merged, Some(to), Some(title)) => format!("→ {to} {title}"),
        _ => String::new(),
    };
    let values: [(&str, &dyn Display); 4] =
        [("table", &table.table), ("title", &table.title), ("rows", &table.counts.records), ("to", &to)];
    printer.line("cli.move-table", &values).trim_end().to_owned()
}

fn column_line(printer: &Printer, column: &MigrationColumn, words: &str) -> String {
    let kind = match column.kind {
        ColumnFate::Hand => "cli.move-hand",
        ColumnFate::Aside => "cli.move-aside",
        ColumnFate::Convert => "cli.move-convert",
        ColumnFate::Moved => "cli.move-moved",
        ColumnFate::New | ColumnFate::Same => "cli.move-filled",
    };
    let to = column.to_title.as_ref().filter(|to| **to != column.title);
    let to = to.map(|to| format!(" → {to}")).unwrap_or_default();
    let example = column
        .examples
        .iter()
        .find(|e| e.before != e.after)
        .map(|e| printer.line("cli.move-example", &[("before", &e.before), ("after", &e.after)]))
        .unwrap_or_default();
    let values: [(&str, &dyn Display); 6] = [
        ("kind", &printer.line(kind, &[])),
        ("cells", &column.cells),
        ("title", &column.title),
        ("to", &to),
        ("words", &words),
        ("example", &example),
    ];
    printer.line("cli.move-column", &values)
}
