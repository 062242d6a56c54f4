//! What records of one table say about keys that another table names.

use std::collections::HashMap;

use crate::StoreError;
use crate::book::handle::Book;
use crate::sql::{json_texts, quoted};

impl Book {
    /// For each of these values of the column `key`, what the records that have it say in the column `of`: the one text
    /// that all of them agree in. Values without a record, or with records that differ, are left out. Records of all
    /// periods count.
    pub fn looked_up<'a>(
        &self,
        table: &str,
        (key, of): (&str, &str),
        values: impl IntoIterator<Item = &'a String>,
    ) -> Result<HashMap<String, String>, StoreError> {
        let table_sql = self.table_sql(table)?;
        let no_column = |column: &&str| table_sql.table().field(column).is_none();
        if let Some(column) = [key, of].iter().find(|column| no_column(column)) {
            return Err(StoreError::NoSuchColumn { table: table.to_owned(), column: (*column).to_owned() });
        }
        let (key, of) = (quoted(key), quoted(of));
        let sql = format!(
            "SELECT t.{key} AS named, min(t.{of}) AS said FROM {} t
             WHERE t.{key} IN (SELECT value FROM json_each(?1)) AND t.{of} IS NOT NULL
             GROUP BY t.{key} HAVING min(t.{of}) = max(t.{of})",
            table_sql.quoted_name
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let found = statement.query_map([json_texts(values)], |r| Ok((r.get("named")?, r.get("said")?)))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::{BookFixture, insert};

    #[test]
    fn only_what_all_records_agree_in_is_taken() {
        let fixture = BookFixture::new();
        let course = |number, name| insert("ODS_COURSE", &[("KCH", number), ("KCMC", name)]);
        fixture
            .apply(0, &[course("a", "甲"), course("b", "乙"), course("b", "丙"), course("c", ""), course("d", "丁")]);
        let asked: Vec<String> = ["a", "b", "c", "x"].map(String::from).into();
        let found = fixture.looked_up("ODS_COURSE", ("KCH", "KCMC"), &asked).unwrap();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [("a".to_owned(), "甲".to_owned())]);
        assert!(fixture.looked_up("ODS_COURSE", ("KCH", "NO"), &asked).is_err());
    }
}
