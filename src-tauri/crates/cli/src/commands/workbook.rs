//! `template`, `import` and `export`.

use std::fmt::Display;

use desk::CallError;
use desk::workbooks::api::{
    Applied, ApplyProposal, Export, Exported, Preview, Proposal, ProposalFile, WriteTemplate, WrittenTemplate,
};
use serde::Serialize;

use super::{AppState, path_text};
use crate::arguments;
use crate::outcome::Outcome;

pub async fn template(state: &AppState<'_>, options: &arguments::Template) -> Result<Outcome, CallError> {
    let request = WriteTemplate {
        tables: options.tables.clone(),
        department: options.department.clone(),
        all: options.all,
        with_rows: options.with_rows,
        path: path_text(&options.output)?,
        job: 0,
    };
    let written: WrittenTemplate = state.ask("workbook.template", &request).await?;
    state.printer.answer(&written, |w| {
        vec![state.printer.line("cli.written-sheets", &[("file", &w.file), ("sheets", &w.sheets.len())])]
    });
    Ok(Outcome::Done)
}

/// The JSON document that `import` prints.
#[derive(Serialize)]
struct ImportAnswer {
    files: Vec<ProposalFile>,
    applied: bool,
    undo: Option<i64>,
}

pub async fn import(state: &AppState<'_>, options: &arguments::Import) -> Result<Outcome, CallError> {
    let files = options.files.iter().map(|f| path_text(f)).collect::<Result<_, _>>()?;
    let preview = Preview { files, table: options.table.clone(), corrections: Vec::new(), job: 0 };
    let proposal: Proposal = state.ask("workbook.preview", &preview).await?;
    let mut undo = None;
    if options.apply {
        let request = ApplyProposal { proposal: proposal.id, conflicts: options.conflicts.word().to_owned(), job: 0 };
        let applied: Applied = state.ask("workbook.apply", &request).await?;
        undo = applied.step;
    }
    let wrong = proposal.files.iter().flat_map(|f| &f.sheets).any(|s| s.findings > 0 || s.unreadable > 0);
    let answer = ImportAnswer { files: proposal.files, applied: options.apply, undo };
    state.printer.answer(&answer, |answer| {
        let mut lines = Vec::new();
        for sheet in answer.files.iter().flat_map(|f| &f.sheets) {
            let unknown = state.printer.line("cli.unknown-table", &[]);
            let values: [(&str, &dyn Display); 8] = [
                ("sheet", &sheet.sheet),
                ("table", &sheet.table.as_deref().unwrap_or(&unknown)),
                ("new", &sheet.new),
                ("changed", &sheet.changed),
                ("unchanged", &sheet.unchanged),
                ("conflicts", &sheet.conflicts),
                ("unreadable", &sheet.unreadable),
                ("findings", &sheet.findings),
            ];
            lines.push(state.printer.line("cli.import-sheet", &values));
        }
        lines.push(state.printer.line(if answer.applied { "cli.applied" } else { "cli.import-preview" }, &[]));
        lines
    });
    Ok(Outcome::findings_if(wrong))
}

pub async fn export(state: &AppState<'_>, options: &arguments::Export) -> Result<Outcome, CallError> {
    let request = Export {
        tables: options.tables.clone(),
        path: path_text(&options.output)?,
        findings: options.findings,
        names: options.names,
        job: 0,
    };
    let exported: Exported = state.ask("workbook.export", &request).await?;
    state
        .printer
        .answer(&exported, |e| vec![state.printer.line("cli.written-rows", &[("file", &e.file), ("rows", &e.rows)])]);
    Ok(Outcome::Done)
}
