//! Settings of the book: JSON by name. The school code is one of them that records depend on.

use rusqlite::Connection;
use serde_json::Value;

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd};
use crate::records::write;
use crate::tables::{metadata, setting};

impl Book {
    /// The setting of this name.
    pub fn setting(&self, name: &str) -> Result<Option<Value>, StoreError> {
        self.read(|connection| setting::get(connection, name))
    }

    /// Keeps a setting; `null` takes it away.
    pub fn set_setting(&self, name: &str, value: &Value) -> Result<(), StoreError> {
        self.write_aside(|connection| setting::set(connection, name, value).map(TransactionEnd::Commit))
    }

    /// Keeps settings, all or none; `null` takes one away. With `school` the school code changes in the same
    /// transaction, as [`Book::set_school`] says.
    pub fn set_settings(&self, settings: &[(&str, &Value)], school: Option<&str>) -> Result<(), StoreError> {
        let keep = |connection: &Connection| {
            for (name, value) in settings {
                setting::set(connection, name, value)?;
            }
            if let Some(code) = school {
                self.write_school(connection, code)?;
            }
            Ok(TransactionEnd::Commit(()))
        };
        match school {
            Some(_) => self.write(|transaction| keep(transaction)),
            None => self.write_aside(|transaction| keep(transaction)),
        }
    }

    /// The school code, as it is put into the column XXDM.
    pub fn school(&self) -> Result<String, StoreError> {
        self.read(|connection| metadata::get(connection, metadata::SCHOOL))
    }

    /// Changes the school code: in one transaction all records get it, and keys that are not fixed follow. Not a step
    /// of the log: it is a setting.
    pub fn set_school(&self, code: &str) -> Result<(), StoreError> {
        self.write(|connection| {
            let changed = self.write_school(connection, code)?;
            Ok(if changed { TransactionEnd::Commit(()) } else { TransactionEnd::Leave(()) })
        })
    }

    /// Writes the school code into the book and its records; `false` where it is that code already.
    fn write_school(&self, connection: &Connection, code: &str) -> Result<bool, StoreError> {
        if metadata::get(connection, metadata::SCHOOL)? == code {
            return Ok(false);
        }
        metadata::set(connection, metadata::SCHOOL, code)?;
        for table in &self.edition().tables {
            write::derive_anew(connection, self.table_sql(&table.name)?, code)?;
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, SCHOOL, at, insert, update};
    use serde_json::json;

    #[test]
    fn settings_outlive_the_program() {
        let mut fixture = BookFixture::new();
        assert_eq!(fixture.setting("college").unwrap(), None);
        fixture.set_setting("college", &json!({"name": "示例职业技术学院", "size": 14})).unwrap();
        fixture.set_setting("theme", &json!("dark")).unwrap();
        fixture.set_setting("theme", &json!("light")).unwrap();
        fixture.reopen();
        assert_eq!(fixture.setting("college").unwrap(), Some(json!({"name": "示例职业技术学院", "size": 14})));
        assert_eq!(fixture.setting("theme").unwrap(), Some(json!("light")));
        fixture.set_setting("theme", &Value::Null).unwrap();
        assert_eq!(fixture.setting("theme").unwrap(), None);
    }

    #[test]
    fn a_new_school_code_reaches_every_record_and_its_key() {
        let mut fixture = BookFixture::new();
        fixture.apply(0, &[insert("ODS_COURSE", &[("KCH", "a")])]);
        fixture.apply(1, &[update("ODS_COURSE", 1, &[("KCMC", "x")])]);
        let old = fixture.get("ODS_COURSE", 1).unwrap().unwrap();
        fixture.set_school("4144010002").unwrap();
        fixture.reopen();
        let new = fixture.get("ODS_COURSE", 1).unwrap().unwrap();
        assert_eq!(
            (fixture.school().unwrap().as_str(), fixture.value("ODS_COURSE", 1, "XXDM").as_str()),
            ("4144010002", "4144010002")
        );
        assert_ne!(new.key, old.key);
        fixture.whole();
        fixture.set_school(SCHOOL).unwrap();
        assert_eq!(fixture.get("ODS_COURSE", 1).unwrap().unwrap(), old);
        let before = fixture.effort().commits;
        fixture.set_settings(&[("college", &json!({"code": "4144010002"}))], Some("4144010002")).unwrap();
        assert_eq!(fixture.effort().commits - before, 1);
        assert_eq!(fixture.get("ODS_COURSE", 1).unwrap().unwrap(), new);
        assert_eq!(fixture.setting("college").unwrap(), Some(json!({"code": "4144010002"})));
        fixture.undo(at(2), "").unwrap();
        assert_eq!(fixture.value("ODS_COURSE", 1, "XXDM"), "4144010002", "undo does not bring an old school back");
        fixture.whole();
    }
}
