//! A table of the edition with the SQL for its records, written once when the book is opened.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use standard::field::{COLLECTED_COLUMN, KEY_COLUMN, SCHOOL_COLUMN};
use standard::{Edition, Table};

use crate::StoreError;
use crate::sql::quoted;

/// The book's own columns of a record, before those of the standard; [`crate::records::stored::read`] reads them so.
const OWN: &str = "_row, _period, _place, _changed, _key_fixed";

/// One table with the SQL for its records.
#[derive(Debug)]
pub(crate) struct TableSql {
    edition: Arc<Edition>,
    index: usize,
    /// The table's name, quoted.
    pub quoted_name: String,
    /// `_row, _period, _place, _changed, _key_fixed` and all columns of the standard, with `t.` before each.
    pub columns: String,
    /// One record: `?1` row.
    pub select: String,
    /// A new record: row (or NULL), period, ordering key, changed, key_fixed, natural, hash, columns.
    pub insert: String,
    /// A record: row, period, ordering key, changed, key_fixed, natural, hash, columns; all but the row are set.
    pub update: String,
    /// Position of the record key.
    pub key_at: Option<usize>,
    /// Position of the school code.
    pub school_at: Option<usize>,
    /// Position of the collection time.
    pub collected_at: Option<usize>,
}

impl TableSql {
    /// The table that the SQL is for.
    pub fn table(&self) -> &Table {
        &self.edition.tables[self.index]
    }

    /// The table's name.
    pub fn name(&self) -> &str {
        &self.table().name
    }

    /// The period that a record of this table carries in a campaign for `period`.
    pub fn period<'a>(&self, period: &'a str) -> &'a str {
        self.table().period.of(period)
    }

    /// The column, quoted, if the table has it.
    pub fn column(&self, column: &str) -> Result<String, StoreError> {
        self.position(column).map(|_| quoted(column))
    }

    /// Position of the column.
    pub fn position(&self, column: &str) -> Result<usize, StoreError> {
        self.table()
            .position(column)
            .ok_or_else(|| StoreError::NoSuchColumn { table: self.name().to_owned(), column: column.to_owned() })
    }

    fn new(edition: &Arc<Edition>, index: usize) -> TableSql {
        let table = &edition.tables[index];
        let quoted_name = quoted(&table.name);
        let mut columns = OWN.split(", ").map(|c| format!("t.{c}")).collect::<Vec<_>>().join(", ");
        let mut names = format!("{OWN}, _natural, _hash");
        let mut marks = "?1, ?2, ?3, ?4, ?5, ?6, ?7".to_owned();
        let mut sets =
            "_period = ?2, _place = ?3, _changed = ?4, _key_fixed = ?5, _natural = ?6, _hash = ?7".to_owned();
        for (at, field) in table.fields.iter().enumerate() {
            let (column, mark) = (quoted(&field.column), at + 8);
            // Writing into a String cannot fail.
            let _ = write!(columns, ", t.{column}");
            let _ = write!(names, ", {column}");
            let _ = write!(marks, ", ?{mark}");
            let _ = write!(sets, ", {column} = ?{mark}");
        }
        TableSql {
            select: format!("SELECT {columns} FROM {quoted_name} t WHERE t._row = ?1"),
            insert: format!("INSERT INTO {quoted_name} ({names}) VALUES ({marks})"),
            update: format!("UPDATE {quoted_name} SET {sets} WHERE _row = ?1"),
            key_at: table.position(KEY_COLUMN),
            school_at: table.position(SCHOOL_COLUMN),
            collected_at: table.position(COLLECTED_COLUMN),
            quoted_name,
            columns,
            index,
            edition: Arc::clone(edition),
        }
    }
}

/// The SQL of all tables of an edition, by name of the table.
#[derive(Debug)]
pub(crate) struct EditionSql(HashMap<String, TableSql>);

impl EditionSql {
    /// All tables of the edition.
    pub fn new(edition: &Arc<Edition>) -> EditionSql {
        EditionSql(
            (0..edition.tables.len()).map(|i| (edition.tables[i].name.clone(), TableSql::new(edition, i))).collect(),
        )
    }

    /// The SQL of the table of this name.
    pub fn of(&self, table: &str) -> Result<&TableSql, StoreError> {
        self.0.get(table).ok_or_else(|| StoreError::NoSuchTable { table: table.to_owned() })
    }
}
