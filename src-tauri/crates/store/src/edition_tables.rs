//! The tables of the edition in the file: one for each of its tables, with all cells as text, NULL where empty.
//!
//! They follow the edition by adding: a column that the edition no longer has stays, and so do its values.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write;

use rusqlite::Connection;
use standard::field::KEY_COLUMN;
use standard::{Edition, KeyPeriod, PeriodKind, Table};

use crate::StoreError;
use crate::sql::quoted;
use crate::tables::catalog;

/// Makes the edition's tables, or adds what the file lacks of them. Returns the tables whose derived columns must be
/// made anew, because what they are computed from has changed since the file was last opened.
pub(crate) fn adapt(connection: &Connection, edition: &Edition) -> Result<Vec<String>, StoreError> {
    let referenced = referenced_columns(edition);
    let mut stale = Vec::new();
    for table in &edition.tables {
        let known = catalog::fingerprint(connection, &table.name)?;
        let mut now = Fingerprint::of(table);
        match known.as_deref().map(Fingerprint::read) {
            Some(known) if known.derived == now.derived && known.own.is_superset(&now.own) => continue,
            None => connection.execute_batch(&create_table(table))?,
            Some(known) => {
                add_columns(connection, table)?;
                if known.derived != now.derived {
                    stale.push(table.name.clone());
                }
                now.own.extend(known.own);
            }
        }
        connection.execute_batch(&create_indexes(table, referenced.get(table.name.as_str())))?;
        catalog::set(connection, table, &now.to_string())?;
    }
    Ok(stale)
}

/// What the derived columns of a table are computed from, and the college's own columns that the file has for it. Own
/// columns that are not in use at present stay: their values come back with them.
struct Fingerprint {
    derived: String,
    own: BTreeSet<String>,
}

impl Fingerprint {
    fn of(table: &Table) -> Fingerprint {
        let (own, columns): (Vec<_>, Vec<_>) = table.fields.iter().partition(|field| field.own && !table.own);
        let columns: Vec<&str> = columns.iter().map(|f| f.column.as_str()).collect();
        let period = match table.period {
            PeriodKind::All => "",
            // The word in files that were made before there were kinds of periods; records of these kinds are stored in
            // the same way.
            PeriodKind::Term | PeriodKind::Month | PeriodKind::Day => "period",
            PeriodKind::SchoolYear => "school-year",
            PeriodKind::CalendarYear => "calendar-year",
        };
        let key = match table.key_rule.period {
            KeyPeriod::Never => "never",
            KeyPeriod::Undated => "undated",
            KeyPeriod::Always => "always",
        };
        Fingerprint {
            derived: format!("{}|{}|{period}.{key}", columns.join(","), table.natural_key.join(",")),
            own: own.into_iter().map(|field| field.column.clone()).collect(),
        }
    }

    /// Reads a fingerprint from its text. Earlier builds, which had no own columns, wrote three parts.
    fn read(text: &str) -> Fingerprint {
        let (derived, own) = match text.match_indices('|').nth(2) {
            Some((at, _)) => (&text[..at], &text[at + 1..]),
            None => (text, ""),
        };
        let own = own.split(',').filter(|column| !column.is_empty()).map(str::to_owned).collect();
        Fingerprint { derived: derived.to_owned(), own }
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.derived)?;
        if self.own.is_empty() {
            return Ok(());
        }
        write!(f, "|{}", Vec::from_iter(self.own.iter().map(String::as_str)).join(","))
    }
}

/// The number of a record among those that the clerk said are different records with one natural key, from 1; otherwise
/// 0.
const ORDINAL: &str = "_ordinal INTEGER NOT NULL DEFAULT 0";

pub(crate) fn create_table(table: &Table) -> String {
    let mut sql = format!(
        "CREATE TABLE {} (_row INTEGER PRIMARY KEY AUTOINCREMENT, _period TEXT NOT NULL, _place REAL NOT NULL, \
         _changed INTEGER NOT NULL, _key_fixed INTEGER NOT NULL DEFAULT 0, _natural TEXT, _hash BLOB NOT NULL, \
         {ORDINAL}",
        quoted(&table.name)
    );
    for field in &table.fields {
        let _ = write!(sql, ", {} TEXT", quoted(&field.column));
    }
    sql.push_str(");");
    sql
}

fn add_columns(connection: &Connection, table: &Table) -> Result<(), StoreError> {
    let present: HashSet<String> = connection
        .prepare("SELECT name FROM pragma_table_info(?1)")?
        .query_map([&table.name], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    // Tables of earlier builds do not have this column.
    if !present.contains("_ordinal") {
        connection.execute_batch(&format!("ALTER TABLE {} ADD COLUMN {ORDINAL}", quoted(&table.name)))?;
    }
    for field in table.fields.iter().filter(|f| !present.contains(&f.column)) {
        connection.execute_batch(&format!(
            "ALTER TABLE {} ADD COLUMN {} TEXT",
            quoted(&table.name),
            quoted(&field.column)
        ))?;
    }
    Ok(())
}

/// Indexes: ordering key (for pages), natural key (for imports and uniqueness), record key, the natural key's first
/// column, and columns that other tables refer to.
pub(crate) fn create_indexes(table: &Table, referenced: Option<&Vec<&str>>) -> String {
    let name = &table.name;
    let mut columns = vec![KEY_COLUMN];
    columns.extend(table.natural_key.first().map(String::as_str));
    columns.extend(referenced.into_iter().flatten());
    columns.retain(|column| table.field(column).is_some());
    let mut seen = HashSet::new();
    columns.retain(|column| seen.insert(*column));
    let mut sql = String::new();
    // Files of earlier builds have an index of natural keys without the period.
    let _ = writeln!(sql, "DROP INDEX IF EXISTS {};", quoted(&format!("{name}_natural")));
    for (what, on) in [("place", "_period, _place"), ("natural_period", "_natural, _period")] {
        let index = quoted(&format!("{name}_{what}"));
        let _ = writeln!(sql, "CREATE INDEX IF NOT EXISTS {index} ON {} ({on});", quoted(name));
    }
    for column in columns {
        let index = quoted(&format!("{name}_{column}"));
        let _ = writeln!(sql, "CREATE INDEX IF NOT EXISTS {index} ON {} ({});", quoted(name), quoted(column));
    }
    sql
}

/// Columns that fields of any table refer to, by table.
fn referenced_columns(edition: &Edition) -> HashMap<&str, Vec<&str>> {
    let mut columns: HashMap<&str, Vec<&str>> = HashMap::new();
    for reference in edition.tables.iter().flat_map(|t| &t.fields).flat_map(|f| &f.references) {
        columns.entry(&reference.table).or_default().push(&reference.column);
    }
    columns
}

/// Puts a table that the edition no longer has under another name, with the number of the move, so that its records are
/// not taken for those of a later edition that has a table of the same name.
pub(crate) fn put_away(connection: &Connection, no: i64, table: &str) -> Result<(), StoreError> {
    let indexes: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL")?
        .query_map([table], |r| r.get("name"))?
        .collect::<Result<_, _>>()?;
    for index in indexes {
        connection.execute_batch(&format!("DROP INDEX {}", quoted(&index)))?;
    }
    connection.execute_batch(&format!("ALTER TABLE {} RENAME TO {}", quoted(table), put_away_as(no, table)))?;
    catalog::remove(connection, table)
}

/// The quoted name under which the records of such a table stay in the file.
pub(crate) fn put_away_as(no: i64, table: &str) -> String {
    quoted(&format!("_aside_{no}_{table}"))
}
