//! The tables of a book: those of the edition, those of the book itself, and how an older file is brought up to date.
//!
//! A migration only adds: a table, a column, an index. So a book that went through it is whole for the program that
//! reads it, and nothing that a clerk typed can be lost by an update of the program or of the edition's data.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write;

use rusqlite::Connection;
use standard::model::KEY_COLUMN;
use standard::{Edition, Table};

use crate::StoreError;

/// The newest book format that this program knows.
pub const FORMAT: i64 = 3;

/// Marks the file as a draft book, in SQLite's `application_id`: `TBAO`.
pub(crate) const APPLICATION_ID: i64 = 0x5442_414F;

/// What leads from one format to the next: the format reached, and the SQL that adds to the one before.
const MIGRATIONS: &[(i64, &str)] = &[(1, FIRST_FORMAT), (2, MOVES), (3, PHRASES)];

/// The book's own tables. `step` and `change` are the log; `finding` and `explanation` are the checks'; `batch`,
/// `call`, `batch_row`, `acceptance` and `fixed_key` are the journey of frozen rows.
const FIRST_FORMAT: &str = "
CREATE TABLE head (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE catalog (tbl TEXT PRIMARY KEY, no INTEGER NOT NULL, fingerprint TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE step (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL,
    note TEXT NOT NULL,
    undoes INTEGER REFERENCES step (id),   -- the step that this undo or redo takes back
    root INTEGER,                          -- the step whose changes it reads; itself for a first step
    forward INTEGER NOT NULL,              -- 0: reads them backwards
    standing INTEGER,                      -- of a first step: 0 stands, 1 undone, 2 undone for good, 3 see MOVES
    tables TEXT NOT NULL DEFAULT '[]', rows INTEGER NOT NULL DEFAULT 0);
CREATE INDEX step_standing ON step (standing);
CREATE INDEX step_root ON step (root);
CREATE TABLE change (
    id INTEGER PRIMARY KEY, step INTEGER NOT NULL REFERENCES step (id), tbl TEXT NOT NULL, row INTEGER NOT NULL,
    op TEXT NOT NULL,                      -- insert, update, delete; place: only moved to make room
    period TEXT, place_before REAL, place_after REAL,
    before TEXT, after TEXT);              -- changed cells as JSON
CREATE INDEX change_step ON change (step);
CREATE INDEX change_row ON change (tbl, row);

CREATE TABLE finding (
    id INTEGER PRIMARY KEY, tbl TEXT NOT NULL, row INTEGER NOT NULL, col TEXT NOT NULL, rule TEXT NOT NULL,
    level INTEGER NOT NULL, value TEXT NOT NULL, message TEXT NOT NULL, suggestion TEXT,
    period TEXT NOT NULL, col_no INTEGER NOT NULL);
CREATE UNIQUE INDEX finding_address ON finding (tbl, row, col, rule);
CREATE INDEX finding_group ON finding (tbl, col, rule, value);
CREATE TABLE explanation (
    tbl TEXT NOT NULL, row INTEGER NOT NULL, col TEXT NOT NULL, rule TEXT NOT NULL, value TEXT NOT NULL,
    text TEXT NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL,
    PRIMARY KEY (tbl, row, col, rule, value)) WITHOUT ROWID;

CREATE TABLE batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT, tbl TEXT NOT NULL, period TEXT NOT NULL, connection TEXT NOT NULL,
    edition TEXT NOT NULL, state TEXT NOT NULL, frozen_at INTEGER NOT NULL, sent_at INTEGER, hash TEXT NOT NULL,
    rows INTEGER NOT NULL);
CREATE INDEX batch_state ON batch (state);
CREATE INDEX batch_table ON batch (tbl, connection);
CREATE TABLE call (
    batch INTEGER NOT NULL REFERENCES batch (id), no INTEGER NOT NULL, state TEXT NOT NULL, rows INTEGER NOT NULL,
    sent_at INTEGER, reply_time TEXT, reply TEXT, result_after INTEGER, result_at INTEGER,
    collected INTEGER, stored INTEGER, rejected INTEGER, receipt TEXT,
    PRIMARY KEY (batch, no)) WITHOUT ROWID;
CREATE INDEX call_sent_at ON call (sent_at);
CREATE TABLE batch_row (
    batch INTEGER NOT NULL, call INTEGER NOT NULL, num INTEGER NOT NULL, tbl TEXT NOT NULL, row INTEGER NOT NULL,
    key TEXT NOT NULL, hash BLOB NOT NULL, outcome TEXT NOT NULL, col TEXT, error TEXT, payload TEXT NOT NULL,
    FOREIGN KEY (batch, call) REFERENCES call (batch, no));
CREATE UNIQUE INDEX batch_row_number ON batch_row (batch, call, num);
CREATE INDEX batch_row_row ON batch_row (tbl, row, hash);
CREATE TABLE acceptance (
    connection TEXT NOT NULL, tbl TEXT NOT NULL, row INTEGER NOT NULL, hash BLOB NOT NULL, batch INTEGER NOT NULL,
    PRIMARY KEY (connection, tbl, row)) WITHOUT ROWID;
CREATE TABLE fixed_key (
    tbl TEXT NOT NULL, row INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (tbl, row)) WITHOUT ROWID;
";

/// Moves to other editions, and what they kept aside. A step behind a move has `standing` 3: it stands, and cannot be
/// undone by itself.
const MOVES: &str = "
CREATE TABLE moved (
    no INTEGER PRIMARY KEY, from_edition TEXT NOT NULL, to_edition TEXT NOT NULL, at INTEGER NOT NULL,
    who TEXT NOT NULL, step INTEGER NOT NULL REFERENCES step (id), copy TEXT NOT NULL);
CREATE TABLE aside (
    id INTEGER PRIMARY KEY, moved INTEGER NOT NULL REFERENCES moved (no),
    tbl TEXT NOT NULL, tbl_no INTEGER NOT NULL, row INTEGER NOT NULL, period TEXT NOT NULL,
    cells TEXT NOT NULL,                   -- filled cells of the record as JSON
    columns TEXT NOT NULL,                 -- those of them without a place, as JSON
    count INTEGER NOT NULL,                -- how many these are
    to_tbl TEXT, to_row INTEGER);          -- where the rest went
CREATE INDEX aside_table ON aside (moved, tbl_no, id);
";

/// Findings whose words are made where they are shown: `words` has them as JSON, and `message` their code. It is NULL
/// where `message` is the text itself, as in all findings of earlier builds.
const PHRASES: &str = "
ALTER TABLE finding ADD COLUMN words TEXT;
";

/// Brings the book's own tables from `format` to [`FORMAT`], inside the caller's transaction.
pub(crate) fn migrate(connection: &Connection, format: i64) -> Result<(), StoreError> {
    run_migrations(connection, format, MIGRATIONS)
}

fn run_migrations(connection: &Connection, format: i64, migrations: &[(i64, &str)]) -> Result<(), StoreError> {
    for (reached, sql) in migrations.iter().filter(|(reached, _)| *reached > format) {
        connection.execute_batch(sql)?;
        connection.pragma_update(None, "user_version", reached)?;
    }
    Ok(())
}

/// A name as SQL has it.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Makes the edition's tables, or adds what the file lacks of them. Returns the tables whose derived columns must be
/// made anew, because what they follow from is not what it was when the file was last opened.
pub(crate) fn adapt(connection: &Connection, edition: &Edition) -> Result<Vec<String>, StoreError> {
    let referenced = referenced_columns(edition);
    let mut stale = Vec::new();
    for table in &edition.tables {
        let known = fingerprint_in(connection, &table.name)?;
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
        connection.execute(
            "INSERT INTO catalog (tbl, no, fingerprint) VALUES (?1, ?2, ?3)
             ON CONFLICT (tbl) DO UPDATE SET no = excluded.no, fingerprint = excluded.fingerprint",
            (&table.name, table.no, now.to_string()),
        )?;
    }
    Ok(stale)
}

fn fingerprint_in(connection: &Connection, table: &str) -> Result<Option<String>, StoreError> {
    use rusqlite::OptionalExtension;
    Ok(connection.query_row("SELECT fingerprint FROM catalog WHERE tbl = ?1", [table], |r| r.get(0)).optional()?)
}

/// What the derived columns of a table follow from, and the college's own columns that the file has for it. Own columns
/// that are not in use at present stay: their values come back with them.
struct Fingerprint {
    derived: String,
    own: BTreeSet<String>,
}

impl Fingerprint {
    fn of(table: &Table) -> Fingerprint {
        let (own, columns): (Vec<_>, Vec<_>) = table.fields.iter().partition(|field| field.own && !table.own);
        let columns: Vec<&str> = columns.iter().map(|f| f.column.as_str()).collect();
        let period = if table.periodic { "period" } else { "" };
        Fingerprint {
            derived: format!("{}|{}|{period}", columns.join(","), table.natural_key.join(",")),
            own: own.into_iter().map(|field| field.column.clone()).collect(),
        }
    }

    /// Reads what [`Fingerprint`]'s words say; before own columns there were three parts.
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

pub(crate) fn create_table(table: &Table) -> String {
    let mut sql = format!(
        "CREATE TABLE {} (_row INTEGER PRIMARY KEY AUTOINCREMENT, _period TEXT NOT NULL, _place REAL NOT NULL, \
         _changed INTEGER NOT NULL, _key_fixed INTEGER NOT NULL DEFAULT 0, _natural TEXT, _hash BLOB NOT NULL",
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
    for field in table.fields.iter().filter(|f| !present.contains(&f.column)) {
        connection.execute_batch(&format!(
            "ALTER TABLE {} ADD COLUMN {} TEXT",
            quoted(&table.name),
            quoted(&field.column)
        ))?;
    }
    Ok(())
}

/// Indexes: place (pages), natural key (imports, uniqueness), record key, the natural key's first column, and columns
/// that other tables refer to.
pub(crate) fn create_indexes(table: &Table, referenced: Option<&Vec<&str>>) -> String {
    let name = &table.name;
    let mut columns = vec![KEY_COLUMN];
    columns.extend(table.natural_key.first().map(String::as_str));
    columns.extend(referenced.into_iter().flatten());
    columns.retain(|column| table.field(column).is_some());
    let mut seen = HashSet::new();
    columns.retain(|column| seen.insert(*column));
    let mut sql = String::new();
    for (what, on) in [("place", "_period, _place"), ("natural", "_natural")] {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_run_from_where_the_file_stands() {
        let migrations: &[(i64, &str)] =
            &[(1, "CREATE TABLE a (x);"), (2, "CREATE TABLE b (x);"), (3, "CREATE TABLE c (x);")];
        let check = |format: i64, expect: &[&str]| {
            let connection = Connection::open_in_memory().unwrap();
            run_migrations(&connection, format, migrations).unwrap();
            let tables: Vec<String> = connection
                .prepare("SELECT name FROM sqlite_master ORDER BY name")
                .unwrap()
                .query_map([], |r| r.get(0))
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            assert_eq!(tables, expect);
            let version: i64 = connection.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
            assert_eq!(version, if expect.is_empty() { 0 } else { 3 });
        };
        check(0, &["a", "b", "c"]);
        check(2, &["c"]);
        check(3, &[]);
    }

    #[test]
    fn the_newest_migration_reaches_the_format() {
        assert_eq!(MIGRATIONS.last().map(|(reached, _)| *reached), Some(FORMAT));
        assert!(MIGRATIONS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn names_are_quoted() {
        assert_eq!(quoted("ODS_X"), "\"ODS_X\"");
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }
}
