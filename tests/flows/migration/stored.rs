//! The content of a book file, read without the desk.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use standard::{Edition, Field, Standards};
use store::{Book, BookKey, Record};

use super::{NEW, OLD};

/// Columns that get another name within their table: table, old name, new name. They are listed here independently of
/// the crosswalk.
const RENAMED: &[(&str, &str, &str)] = &[("ODS_GZXZSSJ", "ZSBFDWMC", "FZJGMC")];
/// Tables whose records move to another table: old table, new table.
const MOVED: &[(&str, &str)] = &[
    ("ODS_ZTJHSJ", "ODS_PYFASJ"),
    ("ODS_JHKCSJ", "ODS_PYFAKCSJ"),
    ("ODS_SHSJ", "ODS_DYHDSJ"),
    ("ODS_DYRCHDSJ", "ODS_DYHDSJ"),
    ("ODS_DYZTDRSJ", "ODS_DYHDSJ"),
];

/// All rows of all tables in a file as text, sorted.
pub fn content(path: &Path, key: &[u8]) -> Vec<String> {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let salt = store::read_salt(path).unwrap();
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    connection.pragma_update(None, "key", format!("x'{}{}'", hex(key), hex(&salt))).unwrap();
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut tables = connection.prepare(sql).unwrap();
    let tables: Vec<String> = tables.query_map([], |r| r.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(tables.len() > 80, "{}", tables.len());
    let mut all = Vec::new();
    for table in tables {
        let mut statement = connection.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<Value> = (0..width).map(|at| row.get(at).unwrap()).collect();
            // The mark of the log is each file's own. The audit log is only added to: it tells that a book was taken back.
            let is_own = table == "audit" || cells.first() == Some(&Value::Text("log-owner".to_owned()));
            if !is_own {
                all.push(format!("{table} {cells:?}"));
            }
        }
    }
    all.sort();
    all
}

/// Opens a book of the old or the new edition.
pub fn open(path: &Path, key: &[u8]) -> Book {
    let standards = Standards::builtin().unwrap();
    let key = BookKey::new(key.try_into().unwrap());
    Book::open(path, &key, |id| standards.edition(id)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All records of a table.
pub fn records(book: &Book, table: &str) -> Vec<Record> {
    let mut records = Vec::new();
    book.stream_all(table, |record| {
        records.push(record.clone());
        ControlFlow::Continue(())
    })
    .unwrap();
    records
}

/// Requires that each filled cell of the copy is in the moved book or set aside there.
pub fn nothing_is_lost(copy: &Path, moved: &Path, key: &[u8]) {
    let (old, new) = (open(copy, key), open(moved, key));
    assert_eq!((old.edition().id.as_str(), new.edition().id.as_str()), (OLD, NEW));
    assert_eq!(new.integrity().unwrap(), []);
    let search = Search::new(&old, &new);
    let mut lost = Vec::new();
    let mut cells = 0;
    for table in &old.edition().tables {
        for record in records(&old, &table.name) {
            let filled = table.fields.iter().zip(&record.values).filter(|(f, v)| !f.is_system() && !v.is_empty());
            for (field, value) in filled {
                cells += 1;
                if !search.finds(&table.name, &record, field, value) {
                    lost.push(format!("{} {} {} {value}", table.name, record.row, field.column));
                }
            }
        }
    }
    assert!(cells > 1_000, "{cells}");
    assert!(lost.is_empty(), "lost: {lost:#?}");
}

struct Search<'a> {
    edition: Arc<Edition>,
    old: &'a Book,
    new: &'a Book,
    /// The cells that were set aside: table, number of the record and column, with the value.
    aside: BTreeMap<(String, i64, String), String>,
    /// Records of the tables that the records of other tables moved to.
    others: BTreeMap<&'static str, Vec<Record>>,
}

impl<'a> Search<'a> {
    fn new(old: &'a Book, new: &'a Book) -> Search<'a> {
        let (total, found) = new.set_aside(None, 0, 1_000_000).unwrap();
        assert_eq!(total, found.len() as u64);
        let mut aside = BTreeMap::new();
        for record in found {
            let columns: BTreeSet<&String> = record.columns.iter().collect();
            for (column, value) in record.cells.iter().filter(|(column, _)| columns.contains(column)) {
                aside.insert((record.table.clone(), record.row, column.clone()), value.clone());
            }
        }
        let tables = MOVED.iter().map(|(_, to)| *to).chain(["ODS_KCJBSJ", "ODS_KZRTGLGXSJ"]);
        let others = tables.map(|table| (table, records(new, table))).collect();
        Search { edition: new.edition().clone(), old, new, aside, others }
    }

    fn finds(&self, table: &str, record: &Record, field: &Field, value: &str) -> bool {
        let address = (table.to_owned(), record.row, field.column.clone());
        if let Some(aside) = self.aside.get(&address) {
            return aside == value;
        }
        let renamed = RENAMED.iter().find(|(t, from, _)| (*t, *from) == (table, field.column.as_str()));
        let column = renamed.map_or(field.column.as_str(), |(.., to)| to);
        if self.edition.table(table).is_some() {
            let now = self.new.get(table, record.row).unwrap().expect("a record of a table that both editions have");
            return self.value(table, &now, column) == self.as_new(table, column, field, value);
        }
        let Some((_, to)) = MOVED.iter().find(|(from, _)| *from == table) else { return false };
        if self.edition.table(to).unwrap().position(column).is_some() {
            return self.others[to].iter().any(|other| self.is_it(table, record, to, other));
        }
        match column {
            "SFKZRTKC" | "XGJSMC" => self.others["ODS_KCJBSJ"].iter().any(|course| {
                self.value("ODS_KCJBSJ", course, "KCH") == self.old_value(table, record, "KCH")
                    && self.value("ODS_KCJBSJ", course, column) == value
            }),
            "ZSH" => value.split(',').all(|number| {
                self.others["ODS_KZRTGLGXSJ"].iter().any(|link| {
                    self.value("ODS_KZRTGLGXSJ", link, "KCH") == self.old_value(table, record, "KCH")
                        && self.value("ODS_KZRTGLGXSJ", link, "ZSH") == number
                })
            }),
            _ => false,
        }
    }

    /// Whether a record of table `to` has every value of `record` for which that table has a column.
    fn is_it(&self, table: &str, record: &Record, to: &str, other: &Record) -> bool {
        let fields = &self.old.edition().table(table).unwrap().fields;
        let mut shared = fields
            .iter()
            .zip(&record.values)
            .filter(|(f, _)| !f.is_system() && self.edition.table(to).unwrap().position(&f.column).is_some());
        shared
            .all(|(field, value)| self.value(to, other, &field.column) == self.as_new(to, &field.column, field, value))
    }

    fn value<'r>(&self, table: &str, record: &'r Record, column: &str) -> &'r str {
        let at = self.edition.table(table).unwrap().position(column);
        at.map_or("", |at| record.values[at].as_str())
    }

    fn old_value<'r>(&self, table: &str, record: &'r Record, column: &str) -> &'r str {
        let at = self.old.edition().table(table).unwrap().position(column);
        at.map_or("", |at| record.values[at].as_str())
    }

    /// The value in the form of the new edition, computed without the code of the program.
    fn as_new(&self, table: &str, column: &str, field: &Field, value: &str) -> String {
        let new = self.edition.table(table).unwrap().field(column);
        if field.code_list.as_deref() == Some("GZXSLXDM") {
            return match value {
                "1" => "2".to_owned(),
                "2" => "1".to_owned(),
                other => other.to_owned(),
            };
        }
        match (field.separator.as_deref(), new.and_then(|f| f.separator.as_deref())) {
            (Some("||"), Some(",")) => value.replace("||", ","),
            _ => value.to_owned(),
        }
    }
}
