//! Another form of the same edition: with a college's own additions, or without them.

use std::sync::Arc;

use serde_json::Value;
use standard::Edition;

use crate::book::handle::{Book, TransactionEnd};
use crate::records::table_sql::EditionSql;
use crate::records::write;
use crate::tables::{finding, metadata, setting};
use crate::{StoreError, edition_tables};

impl Book {
    /// Gives the book this form of its edition, and keeps a setting with it, all or nothing. Tables and columns are
    /// added where the file lacks them; what the form no longer has stays in the file, unused, and its findings are
    /// removed. A book that can only be read accepts a form only if the file lacks nothing for it.
    pub fn lay(&mut self, edition: Arc<Edition>, setting: Option<(&str, &Value)>) -> Result<(), StoreError> {
        if edition.id != self.edition().id {
            return Err(StoreError::UnknownEdition {
                file: self.path().display().to_string(),
                edition: edition.id.clone(),
            });
        }
        if self.is_read_only() && setting.is_none() {
            // Only reads if the file has all that the form needs; otherwise it is an error.
            self.read(|connection| edition_tables::adapt(connection, &edition))?;
            self.set_edition(edition);
            return Ok(());
        }
        let edition_sql = EditionSql::new(&edition);
        self.write(|connection| {
            if let Some((name, value)) = setting {
                setting::set(connection, name, value)?;
            }
            let school = metadata::get(connection, metadata::SCHOOL)?;
            for table in edition_tables::adapt(connection, &edition)? {
                write::derive_anew(connection, edition_sql.of(&table)?, &school)?;
            }
            finding::remove_outside(connection, &edition)?;
            Ok(TransactionEnd::Commit(()))
        })?;
        self.set_edition(edition);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{BookFixture, PERIOD, at, delete, edition, field, finding, freeze, insert, update};
    use crate::{Readiness, Scope};
    use standard::{Field, Kind, Level, Table};

    const COURSE: &str = "ODS_COURSE";
    const OWN: &str = "X_OWN";

    /// The tests' edition with an own column and an own table.
    fn laid() -> Arc<Edition> {
        let mut laid = (*edition()).clone();
        laid.tables[0].fields.push(Field { own: true, ..field(9, "X_BZ", Kind::Text, false) });
        let own = |f: &Field| if f.is_system() { f.clone() } else { Field { own: true, ..f.clone() } };
        let fields = laid.tables[0].fields.iter().filter(|f| f.is_system() || f.column == "X_BZ").map(own).collect();
        laid.tables.push(Table { name: OWN.into(), own: true, natural_key: vec![], fields, ..laid.tables[0].clone() });
        Arc::new(laid)
    }

    fn filled() -> BookFixture {
        let mut fixture = BookFixture::new();
        fixture.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        lay(&mut fixture, laid());
        fixture.apply(1, &[update(COURSE, 1, &[("X_BZ", "备注")])]);
        let values = ["", "", "", "自有"].map(str::to_owned).to_vec();
        fixture.apply(2, &[crate::RowChange::Insert { table: OWN.into(), values, after: None }]);
        fixture
    }

    fn lay(fixture: &mut BookFixture, edition: Arc<Edition>) {
        fixture.book.as_mut().unwrap().lay(edition, None).unwrap();
    }

    #[test]
    fn own_parts_are_filled_and_never_to_be_sent() {
        let mut fixture = filled();
        fixture.whole();
        assert_eq!(
            (fixture.column(COURSE, "X_BZ"), fixture.column(OWN, "X_BZ")),
            (vec!["备注".into()], vec!["自有".into()])
        );
        assert_ne!(fixture.get(OWN, 1).unwrap().unwrap().key, "");
        let batch = fixture.freeze(&freeze(COURSE, 3)).unwrap().batch.unwrap();
        let payload = &fixture.delivery_rows(batch.id, 1).unwrap()[0].payload;
        assert!(!payload.contains("X_BZ") && !payload.contains("备注"), "{payload}");
        fixture.apply(4, &[update(COURSE, 1, &[("X_BZ", "另一个")])]);
        assert_eq!(fixture.to_send("ministry", COURSE, PERIOD).unwrap(), Vec::<i64>::new(), "nothing to send again");
        let own = fixture.readiness("ministry", OWN, PERIOD).unwrap();
        assert_eq!(own, Readiness { rows: 1, ..Default::default() });
        assert_eq!(fixture.freeze(&freeze(OWN, 5)).unwrap().batch, None);
        // The record key does not depend on own fields, because they are not sent.
        lay(&mut fixture, edition());
        fixture.whole();
    }

    #[test]
    fn what_is_taken_off_comes_back_as_it_was() {
        let mut fixture = filled();
        let row = fixture.get(COURSE, 1).unwrap().unwrap();
        let findings = [
            finding(COURSE, Some(1), Some("X_BZ"), "length", Level::Hint, "备注"),
            finding(COURSE, Some(1), Some("KCMC"), "required", Level::Mandatory, ""),
        ];
        fixture.replace_findings(COURSE, Scope::Table, None, findings).unwrap();
        lay(&mut fixture, edition());
        let counts = fixture.finding_counts(None, None).unwrap();
        assert_eq!((counts.mandatory, counts.hint), (1, 0));
        fixture.reopen();
        fixture.whole();
        assert!(fixture.get(OWN, 1).is_err());
        assert!(fixture.get(COURSE, 1).unwrap().unwrap().values.iter().all(|v| v != "备注"));
        fixture.apply(3, &[update(COURSE, 1, &[("KCMC", "改")])]);
        fixture.undo(at(4), "").unwrap();
        lay(&mut fixture, laid());
        assert_eq!(fixture.get(COURSE, 1).unwrap().unwrap().values, row.values);
        assert_eq!(fixture.column(OWN, "X_BZ"), ["自有"]);
        fixture.whole();
    }

    #[test]
    fn undo_walks_over_what_is_dormant() {
        let mut fixture = filled();
        lay(&mut fixture, edition());
        fixture.apply(3, &[delete(COURSE, 1)]);
        let rows = |fixture: &BookFixture| fixture.undo(at(9), "").unwrap().map(|undone| undone.rows.len());
        assert_eq!(rows(&fixture), Some(1), "the record is there again, with what is out of sight");
        lay(&mut fixture, laid());
        assert_eq!(fixture.column(COURSE, "X_BZ"), ["备注"]);
        lay(&mut fixture, edition());
        assert_eq!(rows(&fixture), Some(0), "the own table's record");
        assert_eq!(rows(&fixture), Some(1), "the own column");
        lay(&mut fixture, laid());
        assert_eq!((fixture.column(OWN, "X_BZ"), fixture.column(COURSE, "X_BZ")), (vec![], vec![String::new()]));
        fixture.whole();
        lay(&mut fixture, edition());
        fixture.redo(at(10), "").unwrap();
        fixture.redo(at(11), "").unwrap();
        lay(&mut fixture, laid());
        assert_eq!(
            (fixture.column(OWN, "X_BZ"), fixture.column(COURSE, "X_BZ")),
            (vec!["自有".into()], vec!["备注".into()])
        );
        fixture.whole();
    }
}
