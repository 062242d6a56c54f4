//! What goes into the audit log but waits for no answer: logins and refusals. They are written once a second, equal ones
//! as one line with their number, so that whoever floods the receiver with requests does not make it write for each.
//! A receiver that is killed loses at most the last second of them; a delivery's own line is written with its rows.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use protocol::words::clean_code;
use store::Inbox;
use store::inbox::AuditEvent;

/// The largest number of different lines that wait; further ones are counted in one line without their facts.
const MOST_WAITING: usize = 500;

/// The events of one receiver that are not written yet.
pub(crate) struct Journal {
    inbox: Arc<Inbox>,
    waiting: Mutex<Vec<AuditEvent>>,
}

impl Journal {
    /// Events for the log in this database.
    pub fn new(inbox: Arc<Inbox>) -> Journal {
        Journal { inbox, waiting: Mutex::default() }
    }

    /// Notes a login or a refusal, with the path that was asked for and the code of the reply.
    pub fn note(&self, at: Timestamp, peer: IpAddr, path: &str, code: u32, account: &str) {
        let about = path.rsplit('/').next().unwrap_or_default();
        let done = code == 200;
        let what = if about == "oauth" || about == "refresh" { "login" } else { "refused" };
        let who = clean_code(account).replace(char::is_whitespace, "_");
        let event =
            AuditEvent { who, from: peer.to_string(), about: about.to_owned(), done, ..AuditEvent::new(at, what) };
        self.add(AuditEvent { more: if done { String::new() } else { code.to_string() }, ..event });
    }

    /// Adds an event to those that wait.
    pub fn add(&self, event: AuditEvent) {
        let mut waiting = self.waiting();
        let same =
            |known: &&mut AuditEvent| AuditEvent { at: event.at, count: event.count, ..(**known).clone() } == event;
        if let Some(known) = waiting.iter_mut().find(same) {
            known.count += event.count;
        } else if waiting.len() < MOST_WAITING {
            waiting.push(event);
        } else {
            let others = AuditEvent { done: false, count: event.count, ..AuditEvent::new(event.at, "others") };
            match waiting.iter_mut().find(|known| known.what == others.what) {
                Some(known) => known.count += others.count,
                None => waiting.push(others),
            }
        }
    }

    /// Writes what waits. What cannot be written, because the disk is full, waits on.
    pub fn write(&self) {
        let events = std::mem::take(&mut *self.waiting());
        if !events.is_empty() && self.inbox.note(&events).is_err() {
            events.into_iter().for_each(|event| self.add(event));
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<AuditEvent>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::BookKey;

    #[test]
    fn equal_refusals_are_one_line_and_a_flood_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = Inbox::open(folder.path(), || (BookKey::new([7; 32]), [1; 16])).unwrap();
        let journal = Journal::new(Arc::new(inbox));
        let at = Timestamp::from_second(1_795_678_377).unwrap();
        let one = [10, 0, 0, 1].into();
        journal.note(at, one, "/a/oauth", 401, "u\n2026 forged");
        journal.note(at, one, "/a/oauth", 401, "u\n2026 forged");
        journal.note(at, one, "/a/saveInterfaceData", 403, "");
        for n in 0..1_000 {
            journal.note(at, one, "/a/oauth", 401, &format!("u{n}"));
        }
        journal.write();
        journal.write();
        let lines = journal.inbox.audit(0, 10_000).unwrap();
        assert_eq!(lines.len(), MOST_WAITING + 1);
        let first: serde_json::Value = serde_json::from_str(&lines[0].line).unwrap();
        assert_eq!((&first["count"], &first["who"]), (&2.into(), &"u_2026_forged".into()));
        let last: serde_json::Value = serde_json::from_str(&lines[MOST_WAITING].line).unwrap();
        assert_eq!((&last["what"], &last["count"]), (&"others".into(), &(1_002 - MOST_WAITING).into()));
    }
}
