//! Tables of an edition in memory, with given rows, with the same limits as the readers of a book: for checking rules
//! before they run on real data, for their cases, and for rows that are in no book.

use std::collections::BTreeMap;

use rusqlite::params_from_iter;
use standard::Edition;
use standard::field::SCHOOL_COLUMN;
use standard::key::record_key;

use crate::file::connection;
use crate::reader::connection::{ReadConnection, ReadLimits};
use crate::reader::function::Function;
use crate::sql::quoted;
use crate::{StoreError, edition_tables};

/// A row to put into a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScratchRow {
    /// Table name.
    pub table: String,
    /// Its period, where the table is periodic.
    pub period: String,
    /// Its cells; what is not given is empty.
    pub cells: BTreeMap<String, String>,
}

/// A connection that can only read, over those `tables` of the edition that it has, filled with `rows` in their order.
///
/// Rows are numbered from 1 in each table. Cells of a column that the table does not have are ignored, and so are rows
/// of a table that is not among `tables`.
pub fn scratch(
    edition: &Edition,
    tables: &[&str],
    rows: &[ScratchRow],
    limits: ReadLimits,
    functions: &[Function],
) -> Result<ReadConnection, StoreError> {
    let connection = connection::in_memory()?;
    connection.pragma_update(None, "trusted_schema", false)?;
    let known: Vec<_> = edition.tables.iter().filter(|table| tables.contains(&table.name.as_str())).collect();
    for table in &known {
        connection.execute_batch(&edition_tables::create_table(table))?;
        connection.execute_batch(&edition_tables::create_indexes(table, None))?;
    }
    let transaction = connection.unchecked_transaction()?;
    for (place, row) in (0u32..).zip(rows) {
        let Some(table) = known.iter().find(|table| table.name == row.table) else { continue };
        let cell = |column: &str| row.cells.get(column).map(String::as_str).filter(|value| !value.is_empty());
        let values: Vec<String> = table.fields.iter().map(|f| cell(&f.column).unwrap_or_default().to_owned()).collect();
        let period = table.period.of(&row.period);
        let natural = record_key(table, cell(SCHOOL_COLUMN).unwrap_or_default(), period, &values);
        let filled: Vec<&str> =
            table.fields.iter().map(|f| f.column.as_str()).filter(|column| cell(column).is_some()).collect();
        let names: String = filled.iter().map(|column| format!(", {}", quoted(column))).collect();
        let marks = ", ?".repeat(filled.len());
        let sql = format!(
            "INSERT INTO {} (_period, _place, _changed, _hash, _natural{names}) VALUES (?, ?, 0, x'', ?{marks})",
            quoted(&table.name)
        );
        let own = [Some(period.to_owned()), Some(place.to_string()), natural];
        let cells = filled.iter().map(|column| cell(column).map(str::to_owned));
        transaction.prepare_cached(&sql)?.execute(params_from_iter(own.into_iter().chain(cells)))?;
    }
    transaction.commit()?;
    connection.pragma_update(None, "query_only", true)?;
    let tables = known.iter().map(|table| table.name.clone()).collect();
    ReadConnection::new(connection, tables, limits, functions)
}

#[cfg(test)]
mod tests {
    use standard::Coded;
    use std::ops::ControlFlow;

    use super::*;
    use crate::FunctionValue;
    use crate::fixture::{PERIOD, edition};

    fn row(table: &str, cells: &[(&str, &str)]) -> ScratchRow {
        let cells = cells.iter().map(|(column, value)| ((*column).to_owned(), (*value).to_owned())).collect();
        ScratchRow { table: table.into(), period: PERIOD.into(), cells }
    }

    #[test]
    fn given_rows_can_only_be_read() {
        let rows = [
            row("ODS_COURSE", &[("KCH", "k1"), ("XF", ""), ("NIX", "x")]),
            row("ODS_PRACTICE", &[("XH", "1")]),
            row("ODS_PRACTICE", &[("XH", "2")]),
            row("ODS_A_NOTE", &[("BT", "x")]),
        ];
        let twice = Function::new("tb_twice", 1, |given| match given[0].and_then(|text| text.parse::<i64>().ok()) {
            Some(number) => FunctionValue::Integer(2 * number),
            None => FunctionValue::Null,
        });
        let tables = ["ODS_COURSE", "ODS_PRACTICE", "ODS_NONE"];
        let reader = scratch(&edition(), &tables, &rows, ReadLimits::default(), &[twice]).unwrap();
        let check = |sql: &str, expect: &str| {
            let mut lines = Vec::new();
            let answer = reader.query(sql, &[], |row| {
                lines.push((0..row.width()).map(|at| row.text(at)).collect::<Vec<_>>().join("|"));
                ControlFlow::Continue(())
            });
            let got = answer.map_or_else(|error| error.code(), |()| lines.join(" "));
            assert_eq!(got, expect, "{sql}");
        };
        check("SELECT _row, _period, KCH, XF IS NULL, _natural IS NOT NULL FROM ODS_COURSE", "1||k1|1|1");
        check(
            "SELECT _row, _period, tb_twice(XH), tb_twice(21), tb_twice('x'), tb_twice(NULL) FROM ODS_PRACTICE",
            "1|2026-2027-1|2|42|| 2|2026-2027-1|4|42||",
        );
        check("SELECT 1 FROM ODS_A_NOTE", "reader.sql");
        check("SELECT \"NIX\" FROM ODS_COURSE", "reader.sql");
        for sql in ["DELETE FROM ODS_COURSE", "CREATE TABLE x (y)", "SELECT sql FROM sqlite_master", "ATTACH 'x' AS y"]
        {
            check(sql, "reader.refused");
        }
    }

    #[test]
    fn a_statement_is_described_without_being_run() {
        let reader = scratch(&edition(), &["ODS_COURSE"], &[], ReadLimits::default(), &[]).unwrap();
        let described = reader.describe("SELECT _row, upper(KCMC) AS n FROM ODS_COURSE c WHERE KCH = ?1").unwrap();
        assert_eq!(described.columns, ["_row", "n"]);
        assert_eq!(described.parameters, 1);
        let read: Vec<&str> = described.reads.iter().map(|(_, column)| column.as_str()).collect();
        assert_eq!(read, ["KCH", "KCMC", "_row"]);
        assert!(described.functions.contains("upper"));
        assert_eq!(reader.describe("DELETE FROM ODS_COURSE").unwrap_err().code(), "reader.refused");
        assert!(reader.describe("SELECT 1").unwrap().reads.is_empty());
    }
}
