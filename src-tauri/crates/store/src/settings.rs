//! Settings of the book: JSON by name. The school code is one of them that records depend on.

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use crate::book::{Outcome, head};
use crate::{Book, StoreError, write};

impl Book {
    /// The setting of this name.
    pub fn setting(&self, name: &str) -> Result<Option<Value>, StoreError> {
        self.read(|connection| get(connection, name))
    }

    /// Keeps a setting; `null` takes it away.
    pub fn set_setting(&self, name: &str, value: &Value) -> Result<(), StoreError> {
        self.write(|connection| keep(connection, name, value).map(Outcome::Commit))
    }

    /// Keeps settings, all or none; `null` takes one away. With `school` the school code changes in the same transaction,
    /// as [`Book::set_school`] says.
    pub fn set_settings(&self, settings: &[(&str, &Value)], school: Option<&str>) -> Result<(), StoreError> {
        self.write(|connection| {
            for (name, value) in settings {
                keep(connection, name, value)?;
            }
            if let Some(code) = school {
                self.write_school(connection, code)?;
            }
            Ok(Outcome::Commit(()))
        })
    }

    /// The school code, as it is put into the column XXDM.
    pub fn school(&self) -> Result<String, StoreError> {
        self.read(|connection| head(connection, "school"))
    }

    /// Changes the school code: in one transaction all records get it, and keys that are not fixed follow. Not a step
    /// of the log: it is a setting.
    pub fn set_school(&self, code: &str) -> Result<(), StoreError> {
        self.write(|connection| {
            let changed = self.write_school(connection, code)?;
            Ok(if changed { Outcome::Commit(()) } else { Outcome::Leave(()) })
        })
    }

    /// Writes the school code into the book and its records; `false` where it is that code already.
    fn write_school(&self, connection: &Connection, code: &str) -> Result<bool, StoreError> {
        if head(connection, "school")? == code {
            return Ok(false);
        }
        connection.execute("UPDATE head SET value = ?1 WHERE name = 'school'", [code])?;
        for table in &self.edition().tables {
            write::derive_anew(connection, self.shape(&table.name)?, code)?;
        }
        Ok(true)
    }
}

/// The setting of this name.
pub(crate) fn get(connection: &Connection, name: &str) -> Result<Option<Value>, StoreError> {
    let text: Option<String> = connection
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([name], |r| r.get(0))
        .optional()?;
    let broken = |_| StoreError::Failed { reason: format!("the setting {name} is not JSON") };
    text.map(|text| serde_json::from_str(&text).map_err(broken)).transpose()
}

/// Keeps a setting; `null` takes it away.
pub(crate) fn keep(connection: &Connection, name: &str, value: &Value) -> Result<(), StoreError> {
    if value.is_null() {
        connection.execute("DELETE FROM setting WHERE name = ?1", [name])?;
    } else {
        connection.execute(
            "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value",
            (name, value.to_string()),
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{Desk, SCHOOL, at, insert, update};
    use serde_json::json;

    #[test]
    fn settings_outlive_the_program() {
        let mut desk = Desk::new();
        assert_eq!(desk.setting("college").unwrap(), None);
        desk.set_setting("college", &json!({"name": "示例职业技术学院", "size": 14})).unwrap();
        desk.set_setting("theme", &json!("dark")).unwrap();
        desk.set_setting("theme", &json!("light")).unwrap();
        desk.reopen();
        assert_eq!(desk.setting("college").unwrap(), Some(json!({"name": "示例职业技术学院", "size": 14})));
        assert_eq!(desk.setting("theme").unwrap(), Some(json!("light")));
        desk.set_setting("theme", &Value::Null).unwrap();
        assert_eq!(desk.setting("theme").unwrap(), None);
    }

    #[test]
    fn a_new_school_code_reaches_every_record_and_its_key() {
        let mut desk = Desk::new();
        desk.apply(0, &[insert("ODS_COURSE", &[("KCH", "a")])]);
        desk.apply(1, &[update("ODS_COURSE", 1, &[("KCMC", "x")])]);
        let old = desk.get("ODS_COURSE", 1).unwrap().unwrap();
        desk.set_school("4144010002").unwrap();
        desk.reopen();
        let new = desk.get("ODS_COURSE", 1).unwrap().unwrap();
        assert_eq!(
            (desk.school().unwrap().as_str(), desk.value("ODS_COURSE", 1, "XXDM").as_str()),
            ("4144010002", "4144010002")
        );
        assert_ne!(new.key, old.key);
        desk.whole();
        desk.set_school(SCHOOL).unwrap();
        assert_eq!(desk.get("ODS_COURSE", 1).unwrap().unwrap(), old);
        let before = desk.effort().commits;
        desk.set_settings(&[("college", &json!({"code": "4144010002"}))], Some("4144010002")).unwrap();
        assert_eq!(desk.effort().commits - before, 1);
        assert_eq!(desk.get("ODS_COURSE", 1).unwrap().unwrap(), new);
        assert_eq!(desk.setting("college").unwrap(), Some(json!({"code": "4144010002"})));
        desk.undo(at(2), "").unwrap();
        assert_eq!(desk.value("ODS_COURSE", 1, "XXDM"), "4144010002", "undo does not bring an old school back");
        desk.whole();
    }
}
