//! What an administrator does with the folder of a receiver, which may be serving from it meanwhile: choosing checks,
//! reading the audit log, backups. Each change stands in the audit log.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rand::RngCore;
use store::Inbox;
use store::inbox::{AuditEvent, AuditLine, Duty, Person, ReturnedCell, Role, WaitingDelivery, restore};

use crate::account::Account;
use crate::checks::{Checks, SETTING};
use crate::error::CenterError;
use crate::people::person;
use crate::words::returned_words;

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

    /// The departments, by name.
    pub fn departments(&self) -> Result<Vec<String>, CenterError> {
        Ok(self.inbox.departments()?)
    }

    /// Adds a department; one of this name stays as it is.
    pub fn add_department(&self, name: &str) -> Result<(), CenterError> {
        self.inbox.add_department(name)?;
        self.note("department", name)
    }

    /// Removes a department that nobody and nothing belongs to.
    pub fn remove_department(&self, name: &str) -> Result<(), CenterError> {
        self.was(self.inbox.remove_department(name)?, name)?;
        self.note("department-removed", name)
    }

    /// The people, by name.
    pub fn people(&self) -> Result<Vec<Person>, CenterError> {
        Ok(self.inbox.people()?)
    }

    /// Adds a person, or gives one another department, roles and password.
    pub fn set_person(
        &self,
        name: &str,
        department: Option<String>,
        roles: Vec<Role>,
        password: &str,
    ) -> Result<(), CenterError> {
        if let Some(department) = &department {
            self.was(self.inbox.departments()?.contains(department), department)?;
        }
        let mut salt = [0; 16];
        rand::rngs::OsRng.fill_bytes(&mut salt);
        let words = format!("{name} {roles:?}");
        self.inbox.set_person(&person(name, department, roles, password, salt)?)?;
        self.note("person", &words)
    }

    /// Takes the person's rights away at once.
    pub fn remove_person(&self, name: &str) -> Result<(), CenterError> {
        self.was(self.inbox.remove_person(name)?, name)?;
        self.note("person-removed", name)
    }

    /// What departments answer for.
    pub fn duties(&self) -> Result<Vec<Duty>, CenterError> {
        Ok(self.inbox.duties()?)
    }

    /// Says who answers for a table or a column.
    pub fn set_duty(&self, duty: &Duty) -> Result<(), CenterError> {
        self.was(self.inbox.departments()?.contains(&duty.department), &duty.department)?;
        self.inbox.set_duty(duty)?;
        self.note("duty", &format!("{} {} {}", duty.table, duty.column, duty.department))
    }

    /// Nobody answers for this table or column any more.
    pub fn remove_duty(&self, table: &str, column: &str) -> Result<(), CenterError> {
        self.was(self.inbox.remove_duty(table, column)?, table)?;
        self.note("duty-removed", &format!("{table} {column}"))
    }

    /// Accounts that may send, with their departments.
    pub fn accounts(&self) -> Result<Vec<(Account, Option<String>)>, CenterError> {
        let departments = self.inbox.account_departments()?;
        let of = |name: &str| departments.iter().find(|(user, _)| user == name).map(|(_, of)| of.clone());
        let accounts = self.inbox.accounts()?.into_iter();
        Ok(accounts.map(|account| (Account::from(account.clone()), of(&account.username))).collect())
    }

    /// Makes an account of a department, with a password and an `app_key` that are made here; one of this name gets new
    /// ones.
    pub fn set_account(&self, username: &str, department: &str) -> Result<Account, CenterError> {
        self.was(self.inbox.departments()?.iter().any(|known| known == department), department)?;
        let text = |length| protocol::sign::random_text(&mut rand::rngs::OsRng, length);
        let (password, app_key) = (text(16), text(8));
        let made = store::inbox::Account { client_id: "1".into(), username: username.to_owned(), password, app_key };
        self.inbox.set_account(&made)?;
        self.inbox.set_account_department(username, department)?;
        self.note("account", &format!("{username} {department}"))?;
        Ok(made.into())
    }

    /// The tables whose deliveries are reviewed.
    pub fn reviewed_tables(&self) -> Result<Vec<String>, CenterError> {
        Ok(self.inbox.reviewed_tables()?)
    }

    /// Says whether deliveries to a table are reviewed from now on.
    pub fn set_reviewed(&self, table: &str, reviewed: bool) -> Result<(), CenterError> {
        self.inbox.set_reviewed(table, reviewed)?;
        self.note(if reviewed { "review-on" } else { "review-off" }, table)
    }

    /// Deliveries that wait for a review.
    pub fn waiting(&self) -> Result<Vec<WaitingDelivery>, CenterError> {
        Ok(self.inbox.waiting(1_000)?)
    }

    /// Ends the review of a delivery: what is not returned is stored.
    pub fn settle(&self, delivery: i64, who: &str, returned: &[ReturnedCell]) -> Result<(), CenterError> {
        let settled = self.inbox.settle(delivery, (who, Timestamp::now()), returned, returned_words)?;
        self.was(settled, &delivery.to_string())
    }

    /// An error with this name unless it was there.
    fn was(&self, there: bool, name: &str) -> Result<(), CenterError> {
        if there { Ok(()) } else { Err(CenterError::Unknown { name: name.to_owned() }) }
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
