//! `template`, `import` and `export`.

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
    state.printer.answer(&written, |w| vec![format!("已写出 {}：{} 张工作表", w.file, w.sheets.len())]);
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
        undo = Some(applied.step).filter(|step| *step > 0);
    }
    let wrong = proposal.files.iter().flat_map(|f| &f.sheets).any(|s| s.findings > 0 || s.unreadable > 0);
    let answer = ImportAnswer { files: proposal.files, applied: options.apply, undo };
    state.printer.answer(&answer, |answer| {
        let mut lines = Vec::new();
        for sheet in answer.files.iter().flat_map(|f| &f.sheets) {
            lines.push(format!(
                "{}  {}  新增 {} 修改 {} 不变 {} 冲突 {} 读不出 {}  强制问题 {}",
                sheet.sheet,
                sheet.table.as_deref().unwrap_or("（认不出是哪张表）"),
                sheet.new,
                sheet.changed,
                sheet.unchanged,
                sheet.conflicts,
                sheet.unreadable,
                sheet.findings
            ));
        }
        lines.push(if answer.applied {
            "已导入".to_owned()
        } else {
            "只是预览，填报册没有改动；加 --apply 导入".to_owned()
        });
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
    state.printer.answer(&exported, |e| vec![format!("已写出 {}：{} 条记录", e.file, e.rows)]);
    Ok(Outcome::Done)
}
