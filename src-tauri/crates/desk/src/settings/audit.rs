//! The audit log of the open book: reading it, seeing that it is as it was written, writing it to a file.

use std::path::Path;

use store::{AuditLine, NATIONAL_TIME};

use super::api::{AuditPage, AuditQuery, AuditView, AuditWritten, WriteAudit};
use crate::session::Desk;
use crate::session::api::CallError;
use crate::session::env::rfc3339;
use crate::session::places::write_whole;

/// Entries that are read at once.
const PAGE: u64 = 1_000;

/// `audit.list`.
pub(crate) fn list(desk: &Desk, request: AuditQuery) -> Result<AuditPage, CallError> {
    let open = desk.opened()?;
    let chain = open.book.audit_chain()?;
    let entries = open.book.audit(request.offset, request.limit)?.into_iter().map(view).collect();
    Ok(AuditPage { total: chain.entries, broken: chain.broken, entries })
}

fn view(line: AuditLine) -> AuditView {
    AuditView {
        no: line.no,
        at: rfc3339(line.entry.at),
        who: line.entry.who,
        what: line.entry.what,
        about: line.entry.about,
        rows: line.entry.rows,
        result: line.entry.result,
        hash: line.hash,
    }
}

/// `audit.write`: a CSV file with one line for each entry, the oldest first, which a spreadsheet can open.
pub(crate) fn write(desk: &Desk, request: WriteAudit) -> Result<AuditWritten, CallError> {
    let open = desk.opened()?;
    let path = Path::new(&request.path);
    if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("csv")) {
        return Err(CallError::new("audit.not-csv").with("file", &request.path));
    }
    let mut lines = Vec::new();
    loop {
        let page = open.book.audit(lines.len() as u64, PAGE)?;
        let end = (page.len() as u64) < PAGE;
        lines.extend(page);
        if end {
            break;
        }
    }
    let mut text = String::from("\u{feff}序号,时间,姓名,事件,对象,记录数,结果,摘要\r\n");
    for line in lines.iter().rev() {
        let entry = &line.entry;
        let what = serde_json::to_value(entry.what).map_err(|_| CallError::failed("an event is not JSON"))?;
        let fields = [
            line.no.to_string(),
            entry.at.to_zoned(NATIONAL_TIME).strftime("%Y-%m-%d %H:%M:%S").to_string(),
            entry.who.clone(),
            what.as_str().unwrap_or_default().to_owned(),
            entry.about.clone(),
            entry.rows.map(|rows| rows.to_string()).unwrap_or_default(),
            entry.result.clone(),
            line.hash.clone(),
        ];
        text.push_str(&fields.map(|field| quoted(&field)).join(","));
        text.push_str("\r\n");
    }
    write_whole(path, text.as_bytes())?;
    Ok(AuditWritten { file: request.path, entries: lines.len() as u64 })
}

/// A field of a CSV file. A text that a spreadsheet would calculate gets an apostrophe in front.
fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_field_is_text_for_a_spreadsheet() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("他说“\"好\"”"), "\"他说“\"\"好\"\"”\"");
    }
}
