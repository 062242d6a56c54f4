//! The audit log in the database: adding lines, reading them, and finding the first one that was changed.

use rusqlite::TransactionBehavior;

use super::Inbox;
use super::audit_line::{AuditEvent, AuditLine, append, first_hash, last, next_hash, read};
use crate::StoreError;

impl Inbox {
    /// Adds lines for these events to the audit log, all or none.
    pub fn note(&self, events: &[AuditEvent]) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for event in events {
            append(&transaction, event)?;
        }
        Ok(transaction.commit()?)
    }

    /// Lines of the audit log behind this number, in their order.
    pub fn audit(&self, after: i64, limit: u32) -> Result<Vec<AuditLine>, StoreError> {
        let connection = self.connection();
        let sql = "SELECT no, line, hash FROM audit WHERE no > ?1 ORDER BY no LIMIT ?2";
        let mut statement = connection.prepare_cached(sql)?;
        let lines = statement.query_map((after, limit), read)?;
        Ok(lines.collect::<Result<_, _>>()?)
    }

    /// The last line of the audit log.
    pub fn audit_end(&self) -> Result<Option<AuditLine>, StoreError> {
        last(&self.connection())
    }

    /// The number of the first line that does not continue the line before it; absent where the whole log is as it was
    /// written.
    pub fn audit_flaw(&self) -> Result<Option<i64>, StoreError> {
        let (mut no, mut before) = (0, first_hash());
        loop {
            let lines = self.audit(no, 1_000)?;
            if lines.is_empty() {
                return Ok(None);
            }
            for line in lines {
                if line.no != no + 1 || line.hash != next_hash(&before, &line.line) {
                    return Ok(Some(line.no));
                }
                (no, before) = (line.no, line.hash);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{SALT, at, key};

    fn event(seconds: i64, who: &str) -> AuditEvent {
        AuditEvent { who: who.into(), from: "10.0.0.1".into(), ..AuditEvent::new(at(seconds), "login") }
    }

    #[test]
    fn lines_continue_each_other_and_cannot_be_changed() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = Inbox::open(folder.path(), || (key(), SALT)).unwrap();
        inbox.note(&[event(1, "a\n\"b"), event(2, "c")]).unwrap();
        inbox.note(&[event(3, "d")]).unwrap();
        let lines = inbox.audit(0, 10).unwrap();
        assert_eq!(lines.iter().map(|line| line.no).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(lines[0].line.starts_with(r#"{"no":1,"at":""#) && lines[0].line.contains(r#""who":"a\n\"b""#));
        assert_eq!(lines[0].hash, next_hash(&first_hash(), &lines[0].line));
        assert_eq!(inbox.audit_end().unwrap().as_ref(), lines.last());
        assert_eq!(inbox.audit_flaw().unwrap(), None);
        let try_sql = |sql: &str| inbox.connection().execute_batch(sql);
        assert!(try_sql("UPDATE audit SET line = '{}' WHERE no = 2").is_err());
        assert!(try_sql("DELETE FROM audit WHERE no = 2").is_err());
        try_sql("DROP TRIGGER audit_is_not_changed; UPDATE audit SET line = '{}' WHERE no = 2").unwrap();
        assert_eq!(inbox.audit_flaw().unwrap(), Some(2));
        try_sql("DROP TRIGGER audit_is_not_shortened; DELETE FROM audit WHERE no = 2").unwrap();
        assert_eq!(inbox.audit_flaw().unwrap(), Some(3));
    }
}
