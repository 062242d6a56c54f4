//! Another shape of the same edition: a college's own additions laid over it, or taken off.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use serde_json::Value;
use standard::Edition;

use super::{Book, Outcome, head};
use crate::record::json_texts;
use crate::shape::Shapes;
use crate::{StoreError, schema, settings, write};

impl Book {
    /// Gives the book this shape of its edition, and keeps a setting with it, all or nothing. Tables and columns are
    /// added where the file lacks them; what the shape no longer has stays in the file, out of sight, without its
    /// findings.
    pub fn lay(&mut self, edition: Arc<Edition>, setting: Option<(&str, &Value)>) -> Result<(), StoreError> {
        if edition.id != self.edition.id {
            return Err(StoreError::UnknownEdition {
                file: self.path.display().to_string(),
                edition: edition.id.clone(),
            });
        }
        let shapes = Shapes::new(&edition);
        self.write(|connection| {
            if let Some((name, value)) = setting {
                settings::keep(connection, name, value)?;
            }
            let school = head(connection, "school")?;
            for table in schema::adapt(connection, &edition)? {
                write::derive_anew(connection, shapes.of(&table)?, &school)?;
            }
            forget_out_of_sight(connection, &edition)?;
            Ok(Outcome::Commit(()))
        })?;
        self.now_has(edition, shapes);
        Ok(())
    }
}

/// Findings about tables and columns that the edition does not have, and of own rules that it does not have.
fn forget_out_of_sight(connection: &Connection, edition: &Edition) -> Result<(), StoreError> {
    let tables: BTreeMap<&str, Vec<&str>> = edition
        .tables
        .iter()
        .map(|table| (table.name.as_str(), table.fields.iter().map(|f| f.column.as_str()).collect()))
        .collect();
    let known = serde_json::to_string(&tables).map_err(|e| StoreError::Failed { reason: e.to_string() })?;
    connection.execute(
        "DELETE FROM finding WHERE (tbl, col) IN (
             SELECT tbl, col FROM (SELECT DISTINCT tbl, col FROM finding) f
             WHERE NOT EXISTS (SELECT 1 FROM json_each(?1) t WHERE t.key = f.tbl)
                OR f.col <> '' AND NOT EXISTS (
                    SELECT 1 FROM json_each(?1) t, json_each(t.value) c WHERE t.key = f.tbl AND c.value = f.col))",
        [known],
    )?;
    let rules: Vec<&str> = edition.rules.iter().filter(|rule| rule.own).map(|rule| rule.id.as_str()).collect();
    connection.execute(
        "DELETE FROM finding WHERE rule LIKE '%.own-%' AND rule NOT IN (SELECT value FROM json_each(?1))",
        [json_texts(&rules)],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{Desk, PERIOD, at, delete, edition, field, finding, freeze, insert, update};
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

    fn filled() -> Desk {
        let mut desk = Desk::new();
        desk.apply(0, &[insert(COURSE, &[("KCH", "a")])]);
        lay(&mut desk, laid());
        desk.apply(1, &[update(COURSE, 1, &[("X_BZ", "备注")])]);
        let values = ["", "", "", "自有"].map(str::to_owned).to_vec();
        desk.apply(2, &[crate::RowChange::Insert { table: OWN.into(), values, after: None }]);
        desk
    }

    fn lay(desk: &mut Desk, edition: Arc<Edition>) {
        desk.book.as_mut().unwrap().lay(edition, None).unwrap();
    }

    #[test]
    fn own_parts_are_filled_and_never_to_be_sent() {
        let mut desk = filled();
        desk.whole();
        assert_eq!((desk.column(COURSE, "X_BZ"), desk.column(OWN, "X_BZ")), (vec!["备注".into()], vec!["自有".into()]));
        assert_ne!(desk.get(OWN, 1).unwrap().unwrap().key, "");
        let batch = desk.freeze(&freeze(COURSE, 3)).unwrap().batch.unwrap();
        let payload = &desk.call_rows(batch.id, 1).unwrap()[0].payload;
        assert!(!payload.contains("X_BZ") && !payload.contains("备注"), "{payload}");
        desk.apply(4, &[update(COURSE, 1, &[("X_BZ", "另一个")])]);
        assert_eq!(desk.to_send("ministry", COURSE, PERIOD).unwrap(), Vec::<i64>::new(), "nothing to send again");
        let own = desk.readiness("ministry", OWN, PERIOD).unwrap();
        assert_eq!(own, Readiness { rows: 1, ..Default::default() });
        assert_eq!(desk.freeze(&freeze(OWN, 5)).unwrap().batch, None);
        // The key of a record does not follow what is not sent.
        lay(&mut desk, edition());
        desk.whole();
    }

    #[test]
    fn what_is_taken_off_comes_back_as_it_was() {
        let mut desk = filled();
        let row = desk.get(COURSE, 1).unwrap().unwrap();
        let findings = [
            finding(COURSE, Some(1), Some("X_BZ"), "length", Level::Hint, "备注"),
            finding(COURSE, Some(1), Some("KCMC"), "required", Level::Mandatory, ""),
        ];
        desk.replace_findings(COURSE, Scope::Table, None, findings).unwrap();
        lay(&mut desk, edition());
        let counts = desk.finding_counts(None, None).unwrap();
        assert_eq!((counts.mandatory, counts.hint), (1, 0));
        desk.reopen();
        desk.whole();
        assert!(desk.get(OWN, 1).is_err());
        assert!(desk.get(COURSE, 1).unwrap().unwrap().values.iter().all(|v| v != "备注"));
        desk.apply(3, &[update(COURSE, 1, &[("KCMC", "改")])]);
        desk.undo(at(4), "").unwrap();
        lay(&mut desk, laid());
        assert_eq!(desk.get(COURSE, 1).unwrap().unwrap().values, row.values);
        assert_eq!(desk.column(OWN, "X_BZ"), ["自有"]);
        desk.whole();
    }

    #[test]
    fn undo_walks_over_what_is_out_of_sight() {
        let mut desk = filled();
        lay(&mut desk, edition());
        desk.apply(3, &[delete(COURSE, 1)]);
        let rows = |desk: &Desk| desk.undo(at(9), "").unwrap().map(|undone| undone.rows.len());
        assert_eq!(rows(&desk), Some(1), "the record is there again, with what is out of sight");
        lay(&mut desk, laid());
        assert_eq!(desk.column(COURSE, "X_BZ"), ["备注"]);
        lay(&mut desk, edition());
        assert_eq!(rows(&desk), Some(0), "the own table's record");
        assert_eq!(rows(&desk), Some(1), "the own column");
        lay(&mut desk, laid());
        assert_eq!((desk.column(OWN, "X_BZ"), desk.column(COURSE, "X_BZ")), (vec![], vec![String::new()]));
        desk.whole();
        lay(&mut desk, edition());
        desk.redo(at(10), "").unwrap();
        desk.redo(at(11), "").unwrap();
        lay(&mut desk, laid());
        assert_eq!((desk.column(OWN, "X_BZ"), desk.column(COURSE, "X_BZ")), (vec!["自有".into()], vec!["备注".into()]));
        desk.whole();
    }
}
