//! What an administrator does with the folder of a receiver, which may be serving from it meanwhile: choosing checks,
//! reading the audit log, backups. Each change stands in the audit log.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use store::Inbox;
use store::inbox::{AuditEvent, AuditLine, restore};

use crate::checks::{Checks, SETTING};
use crate::error::CenterError;

/// The folder of a receiver, for an administrator.
pub struct Administration {
    folder: PathBuf,
    inbox: Inbox,
}

impl Administration {
    /// Opens a folder that a receiver has made.
    pub fn of(folder: &Path) -> Result<Administration, CenterError> {
        Ok(Administration { folder: folder.to_owned(), inbox: Inbox::beside(folder)? })
    }

    /// Makes a folder of a backup and the file of its key.
    pub fn restored(folder: &Path, backup: &Path, key: &Path) -> Result<Administration, CenterError> {
        restore(folder, backup, key)?;
        let administration = Administration::of(folder)?;
        administration.note("restored", "")?;
        Ok(administration)
    }

    /// Writes a copy of the database.
    pub fn back_up(&self, file: &Path) -> Result<(), CenterError> {
        self.inbox.back_up(file)?;
        self.note("backup", "")
    }

    /// The checks that decide whether a row is taken.
    pub fn checks(&self) -> Result<Checks, CenterError> {
        let Some(kept) = self.inbox.setting(SETTING)? else { return Ok(Checks::default()) };
        serde_json::from_value(kept).map_err(|error| self.failed(&error.to_string()))
    }

    /// Chooses the checks; the next delivery is judged by them.
    pub fn set_checks(&self, checks: &Checks) -> Result<(), CenterError> {
        let value = serde_json::to_value(checks).map_err(|error| self.failed(&error.to_string()))?;
        self.inbox.set_setting(SETTING, &value)?;
        self.note("checks", &value.to_string())
    }

    /// Lines of the audit log behind this number.
    pub fn audit(&self, after: i64, limit: u32) -> Result<Vec<AuditLine>, CenterError> {
        Ok(self.inbox.audit(after, limit)?)
    }

    /// The number of the first line of the audit log that does not continue the one before it.
    pub fn audit_flaw(&self) -> Result<Option<i64>, CenterError> {
        Ok(self.inbox.audit_flaw()?)
    }

    fn note(&self, what: &str, more: &str) -> Result<(), CenterError> {
        Ok(self.inbox.note(&[AuditEvent { more: more.to_owned(), ..AuditEvent::new(Timestamp::now(), what) }])?)
    }

    fn failed(&self, reason: &str) -> CenterError {
        CenterError::Folder { folder: self.folder.display().to_string(), reason: reason.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Refuse;
    use serde_json::Value;
    use store::BookKey;

    #[test]
    fn changes_are_kept_and_recorded() {
        let folder = tempfile::tempdir().unwrap();
        let serving = Inbox::open(folder.path(), || (BookKey::new([7; 32]), [1; 16])).unwrap();
        let office = Administration::of(folder.path()).unwrap();
        assert_eq!(office.checks().unwrap(), Checks::default());
        let checks = Checks { rules: true, refuse: Refuse::Confirm, without: vec!["a.b".into()] };
        office.set_checks(&checks).unwrap();
        assert_eq!(office.checks().unwrap(), checks);
        assert_eq!(serving.setting(SETTING).unwrap(), Some(serde_json::to_value(&checks).unwrap()));
        assert!(office.audit(0, 10).unwrap()[0].line.contains("checks"));
        assert_eq!(office.audit_flaw().unwrap(), None);
        serving.set_setting(SETTING, &Value::from("odd")).unwrap();
        assert!(office.checks().is_err(), "what cannot be read is not taken for the default");
    }
}
