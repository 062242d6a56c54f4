//! `template`, `import` and `export`.

use std::collections::BTreeMap;
use std::fmt::Display;

use desk::workbooks::api::{
    Applied, ApplyProposal, Export, Exported, PassedOver, Preview, Proposal, ProposalFile, ProposalRef, RunSource,
    SourceRun, WriteTemplate, WrittenTemplate,
};
use desk::{CallError, Nothing};
use serde::Serialize;

use super::waiting::{WaitingRow, waiting, waiting_lines};
use super::{AppState, path_text};
use crate::arguments;
use crate::outcome::Outcome;

pub async fn template(state: &AppState<'_>, options: &arguments::Template) -> Result<Outcome, CallError> {
    let request = WriteTemplate {
        tables: options.tables.clone(),
        department: single(&options.department),
        departments: if options.department.len() > 1 { options.department.clone() } else { Vec::new() },
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

/// The department, where exactly one was given.
fn single(departments: &[String]) -> Option<String> {
    departments.first().filter(|_| departments.len() == 1).cloned()
}

/// The JSON document that `import` prints.
#[derive(Serialize)]
struct ImportAnswer {
    files: Vec<ProposalFile>,
    applied: bool,
    undo: Option<i64>,
    /// Rows that wait for a decision, where none was given.
    waiting: Vec<WaitingRow>,
    /// Files of a watched folder that could not be read.
    passed_over: Vec<PassedOver>,
}

async fn read_files(state: &AppState<'_>, options: &arguments::Import) -> Result<Proposal, CallError> {
    let files = options.files.iter().map(|f| path_text(f)).collect::<Result<_, _>>()?;
    let (table, corrections) = (options.table.clone(), Vec::new());
    let preview = Preview { files, table, source: None, corrections, once: true, replaces: None, job: 0 };
    state.ask("workbook.preview", &preview).await
}

async fn run_source(state: &AppState<'_>, name: &str) -> Result<(Option<Proposal>, Vec<PassedOver>), CallError> {
    let request = RunSource { name: name.to_owned(), once: true, job: 0 };
    let run: SourceRun = state.ask("source.run", &request).await?;
    Ok((run.proposal, run.passed_over))
}

pub async fn import(state: &AppState<'_>, options: &arguments::Import) -> Result<Outcome, CallError> {
    let (proposal, passed_over) = match &options.source {
        Some(name) => run_source(state, name).await?,
        None => (Some(read_files(state, options).await?), Vec::new()),
    };
    for PassedOver { file, error } in &passed_over {
        state.printer.aside(&format!("{file}: {}", state.printer.words(error)));
    }
    let Some(proposal) = proposal else {
        let nothing = ImportAnswer { files: Vec::new(), applied: false, undo: None, waiting: Vec::new(), passed_over };
        state.printer.answer(&nothing, |_| vec![state.printer.line("cli.source-no-files", &[])]);
        return Ok(Outcome::findings_if(!nothing.passed_over.is_empty()));
    };
    let waiting = waiting(state, &proposal, options.conflicts.is_none()).await?;
    let is_unknown = |file: &&ProposalFile| file.sheets.iter().all(|sheet| sheet.header_row.is_none());
    let unknown: Vec<String> = proposal.files.iter().filter(is_unknown).map(|file| file.file.clone()).collect();
    let mut applied = None;
    if options.apply && unknown.is_empty() {
        let conflicts = options.conflicts.map(arguments::Conflicts::choice);
        let request = ApplyProposal { proposal: proposal.id, conflicts, clear: options.clear, job: 0 };
        applied = Some(state.ask::<_, Applied>("workbook.apply", &request).await?);
    }
    let drop = ProposalRef { proposal: proposal.id };
    state.ask::<_, Nothing>("workbook.drop", &drop).await?;
    let sheets = || proposal.files.iter().flat_map(|f| &f.sheets);
    let open = applied.as_ref().is_some_and(|applied| applied.undecided > 0);
    let wrong = open || !passed_over.is_empty() || sheets().any(|s| s.findings > 0 || s.unreadable > 0);
    let undo = applied.as_ref().and_then(|applied| applied.step);
    let answer = ImportAnswer { applied: applied.is_some(), undo, files: proposal.files, waiting, passed_over };
    state.printer.answer(&json(state, &answer)?, |_| lines(state, options, &answer, applied.as_ref()));
    for file in &unknown {
        let error = CallError::new("import.nothing-recognised").with("file", file);
        let words = state.printer.words(&error);
        state.printer.note(&words, &words);
    }
    Ok(if unknown.is_empty() { Outcome::findings_if(wrong) } else { Outcome::Unusable })
}

/// The answer as JSON, where each remark also has its sentence, its row and its column.
fn json(state: &AppState<'_>, answer: &ImportAnswer) -> Result<serde_json::Value, CallError> {
    let mut answer =
        serde_json::to_value(answer).map_err(|error| CallError::new("program.failed").with("reason", error))?;
    let files = answer["files"].as_array_mut().into_iter().flatten();
    let sheets = files.flat_map(|file| file["sheets"].as_array_mut().into_iter().flatten());
    for remark in sheets.flat_map(|sheet| sheet["remarks"].as_array_mut().into_iter().flatten()) {
        let params: BTreeMap<String, String> = serde_json::from_value(remark["params"].clone()).unwrap_or_default();
        let code = remark["code"].as_str().unwrap_or_default().to_owned();
        remark["words"] = said(state, &code, &params).into();
        remark["row"] = params.get("line").and_then(|line| line.parse::<u32>().ok()).into();
        remark["column"] = params.get("heading").cloned().into();
    }
    Ok(answer)
}

/// The sentence of a remark.
fn said(state: &AppState<'_>, code: &str, params: &BTreeMap<String, String>) -> String {
    let mut params = params.clone();
    if let Some(reason) = params.get_mut("reason") {
        *reason = state.printer.line(&format!("import.left-out.{reason}"), &[]);
    }
    let values: Vec<(&str, &dyn Display)> =
        params.iter().map(|(name, value)| (name.as_str(), value as &dyn Display)).collect();
    state.printer.line(&format!("import.{code}"), &values)
}

/// The lines that `import` prints as text.
fn lines(
    state: &AppState<'_>,
    options: &arguments::Import,
    answer: &ImportAnswer,
    applied: Option<&Applied>,
) -> Vec<String> {
    let mut lines = Vec::new();
    for sheet in answer.files.iter().flat_map(|f| &f.sheets) {
        let unknown = state.printer.line("cli.unknown-table", &[]);
        let values: [(&str, &dyn Display); 12] = [
            ("sheet", &sheet.sheet),
            ("table", &sheet.table.as_deref().unwrap_or(&unknown)),
            ("new", &sheet.new),
            ("changed", &sheet.changed),
            ("cleared", &sheet.cleared),
            ("unchanged", &sheet.unchanged),
            ("conflicts", &sheet.conflicts),
            ("doubled", &sheet.doubled),
            ("left_out", &sheet.left_out),
            ("missing", &sheet.missing),
            ("unreadable", &sheet.unreadable),
            ("findings", &sheet.findings),
        ];
        lines.push(state.printer.line("cli.import-sheet", &values));
        lines.extend(sheet.remarks.iter().map(|remark| format!("  {}", said(state, &remark.code, &remark.params))));
    }
    match applied {
        Some(applied) => {
            lines.push(state.printer.line("cli.applied", &[]));
            if applied.undecided > 0 {
                lines.extend(waiting_lines(state, &answer.waiting));
                lines.push(state.printer.line("cli.import-undecided", &[("n", &applied.undecided)]));
            }
            if applied.not_cleared > 0 {
                lines.push(state.printer.line("cli.import-not-cleared", &[("n", &applied.not_cleared)]));
            }
        }
        None if options.apply => lines.push(state.printer.line("cli.nothing-imported", &[])),
        None => lines.push(state.printer.line("cli.import-preview", &[])),
    }
    lines
}

pub async fn export(state: &AppState<'_>, options: &arguments::Export) -> Result<Outcome, CallError> {
    let request = Export {
        selection: None,
        tables: options.tables.clone(),
        path: path_text(&options.output)?,
        findings: options.findings,
        names: options.names,
        each: false,
        form: options.form.clone(),
        job: 0,
    };
    let exported: Exported = state.ask("workbook.export", &request).await?;
    state
        .printer
        .answer(&exported, |e| vec![state.printer.line("cli.written-rows", &[("file", &e.file), ("rows", &e.rows)])]);
    Ok(Outcome::Done)
}
