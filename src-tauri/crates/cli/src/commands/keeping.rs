//! `copy` and `audit`.

use std::fmt::Display;

use desk::CallError;
use desk::settings::api::{AuditPage, AuditQuery, AuditWritten, BackUp, CopiedBook, WriteAudit};

use super::{AppState, path_text};
use crate::arguments::{Audit, Copy};
use crate::outcome::Outcome;

pub async fn copy(state: &AppState<'_>, options: &Copy) -> Result<Outcome, CallError> {
    let request = BackUp { path: path_text(&options.file)?, elsewhere: options.elsewhere };
    let copied: CopiedBook = state.ask("settings.back_up", &request).await?;
    state.printer.answer(&copied, |copied| {
        let values: [(&str, &dyn Display); 2] = [("file", &copied.file), ("kb", &copied.bytes.div_ceil(1024))];
        vec![state.printer.line("cli.copied", &values)]
    });
    Ok(Outcome::Done)
}

/// Prints or writes the audit log; the exit code is 1 where it was changed from outside.
pub async fn audit(state: &AppState<'_>, options: &Audit) -> Result<Outcome, CallError> {
    if let Some(file) = &options.output {
        let written: AuditWritten = state.ask("audit.write", &WriteAudit { path: path_text(file)? }).await?;
        state.printer.answer(&written, |written| {
            let values: [(&str, &dyn Display); 2] = [("file", &written.file), ("n", &written.entries)];
            vec![state.printer.line("cli.audit-written", &values)]
        });
        return Ok(Outcome::Done);
    }
    let query = AuditQuery { offset: options.offset, limit: options.limit };
    let page: AuditPage = state.ask("audit.list", &query).await?;
    state.printer.answer(&page, |page| {
        let line = |entry: &desk::settings::api::AuditView| {
            let values: [(&str, &dyn Display); 7] = [
                ("no", &entry.no),
                ("at", &entry.at),
                ("who", &entry.who),
                ("what", &state.printer.word("audit", entry.what)),
                ("about", &entry.about),
                ("rows", &entry.rows.map(|rows| rows.to_string()).unwrap_or_default()),
                ("result", &entry.result),
            ];
            state.printer.line("cli.audit-entry", &values)
        };
        let mut lines: Vec<String> = page.entries.iter().map(line).collect();
        lines.push(match page.broken {
            None => state.printer.line("audit.whole", &[("n", &page.total)]),
            Some(no) => state.printer.line("audit.broken", &[("no", &no)]),
        });
        lines
    });
    Ok(Outcome::findings_if(page.broken.is_some()))
}
