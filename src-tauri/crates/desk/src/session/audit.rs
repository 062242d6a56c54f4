//! Which calls are entered into the audit log of the open book, and what is entered: tables, a file or a connection,
//! and a number of records, never a value.

use std::sync::atomic::Ordering;

use jiff::SignedDuration;
use serde_json::Value;
use store::{AuditEntry, AuditEvent};

use super::api::CallError;
use super::desk::Desk;

/// An opening is not entered again within this time after one of the same person, because the command line opens the
/// book for each command.
const AGAIN: SignedDuration = SignedDuration::from_mins(10);

/// Entries in which an earlier opening is looked for.
const BACK: u64 = 20;

/// The longest text about an entry, in characters.
const LONGEST: usize = 200;

/// What a call enters.
pub(crate) struct Noted {
    what: AuditEvent,
    about: String,
}

/// What this call enters, if it is one that is entered.
pub(crate) fn noted(call: &str, request: &Value) -> Option<Noted> {
    let what = match call {
        "book.create" => AuditEvent::Made,
        "book.open" => AuditEvent::Opened,
        "book.lock" => AuditEvent::Locked,
        "book.unlock" => AuditEvent::Unlocked,
        "settings.set" if request["show_personal"] == true => AuditEvent::Unmasked,
        "fill.rows" => AuditEvent::Unmasked,
        "workbook.export" | "migration.export_aside" => AuditEvent::Exported,
        "workbook.template" if request["with_rows"] == true => AuditEvent::Exported,
        "settings.back_up" | "backup.make" => AuditEvent::Copied,
        "submit.send" | "schedule.run" => AuditEvent::Sent,
        "backup.restore" => AuditEvent::Restored,
        "settings.passphrase" => AuditEvent::PasswordChanged,
        "migration.run" | "migration.take_back" => AuditEvent::Moved,
        "settings.set" | "connection.save" | "connection.read" | "connection.remove" | "due.set" | "quality.set"
        | "submit.set_rules" | "schedule.save" | "schedule.remove" | "robot.save" | "robot.remove" | "overlay.save"
        | "check.set_reasons" => AuditEvent::SettingsChanged,
        _ => return None,
    };
    Some(Noted { what, about: about(call, what, request) })
}

/// Tables, file, connection and names of the request. Settings are named by their call.
fn about(call: &str, what: AuditEvent, request: &Value) -> String {
    let mut parts: Vec<&str> = Vec::new();
    if what == AuditEvent::SettingsChanged {
        parts.push(call);
    }
    parts.extend(request["tables"].as_array().into_iter().flatten().filter_map(Value::as_str));
    let places = ["/table", "/to", "/name", "/connection/name", "/target/connection", "/path"];
    parts.extend(places.iter().filter_map(|place| request.pointer(place)?.as_str()));
    parts.join(" ").chars().take(LONGEST).collect()
}

/// The number of records that an answer names.
fn rows(answer: &Value) -> Option<u64> {
    let sum = |list: &Value| {
        let rows = list.as_array()?.iter().filter_map(|one| one["rows"].as_u64());
        Some(rows.sum())
    };
    match &answer["rows"] {
        Value::Array(rows) => Some(rows.len() as u64),
        rows => rows.as_u64().or_else(|| sum(&answer["batches"])).or_else(|| sum(&answer["sheets"])),
    }
}

impl Desk {
    /// Enters what came of a call. Of calls that were refused only attempts to replace the book or its password are
    /// entered, because a command that is refused leaves the book unchanged. An opening is entered with
    /// what is entered next, or when records are shown.
    pub(crate) fn enter(&self, noted: Noted, answer: &Result<Value, CallError>) {
        let told = matches!(noted.what, AuditEvent::Restored | AuditEvent::PasswordChanged);
        if answer.is_err() && !told {
            return;
        }
        if noted.what == AuditEvent::Opened {
            self.opening_to_enter.store(true, Ordering::Relaxed);
            return;
        }
        self.enter_opening();
        let result = answer.as_ref().map_or_else(|error| error.code.as_str(), |_| "done");
        self.enter_event(noted.what, noted.about, answer.as_ref().ok().and_then(rows), result);
    }

    /// Enters that the book was opened, if that was not entered yet.
    pub(crate) fn enter_opening(&self) {
        if self.opening_to_enter.swap(false, Ordering::Relaxed) {
            self.enter_event(AuditEvent::Opened, String::new(), None, "done");
        }
    }

    /// Enters an event of the person at the PC at the best known time; `result` is `done` or the code of an error.
    /// Nothing is entered without an open book, or into one that is only read. A failure is ignored: what the call did
    /// is done.
    pub(crate) fn enter_event(&self, what: AuditEvent, about: String, rows: Option<u64>, result: &str) {
        let Ok(open) = self.opened() else { return };
        if open.book.is_read_only() {
            return;
        }
        let at = self.clock.now();
        let who = open.settings().person;
        if what == AuditEvent::Opened {
            let newest = open.book.audit(0, BACK).unwrap_or_default();
            let again = newest
                .iter()
                .map(|line| &line.entry)
                .any(|entry| entry.what == what && entry.who == who && at.duration_since(entry.at).abs() < AGAIN);
            if again {
                return;
            }
        }
        // The function's comment says why a failure is ignored.
        let _ = open.book.note_audit(&[AuditEntry { at, who, what, about, rows, result: result.to_owned() }]);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_entry_names_tables_and_places_and_no_value() {
        let about = |call: &str, request: Value| noted(call, &request).map(|noted| noted.about);
        let export = json!({ "tables": ["ODS_A", "ODS_B"], "path": "/导出/a.csv", "names": true });
        assert_eq!(about("workbook.export", export).unwrap(), "ODS_A ODS_B /导出/a.csv");
        assert_eq!(about("book.unlock", json!({ "passphrase": "一个 密码" })).unwrap(), "");
        let connection = json!({ "connection": { "name": "省厅", "address": "https://x" }, "password": "密码" });
        assert_eq!(about("connection.save", connection).unwrap(), "connection.save 省厅");
        assert_eq!(about("fill.edit", json!({})), None);
        assert_eq!(about("workbook.template", json!({ "with_rows": false })), None);
    }

    #[test]
    fn an_answer_tells_the_number_of_records() {
        assert_eq!(rows(&json!({ "rows": 225, "files": [] })), Some(225));
        assert_eq!(rows(&json!({ "batches": [{ "rows": 3 }, { "rows": 4 }] })), Some(7));
        assert_eq!(rows(&json!({ "rows": [{}, {}] })), Some(2));
        assert_eq!(rows(&json!({})), None);
    }
}
