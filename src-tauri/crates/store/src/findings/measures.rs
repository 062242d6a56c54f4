//! Exact numbers that measures of quality are made of: what is filled, and how many cells, records and checks have findings.

use rusqlite::params_from_iter;
use rusqlite::types::Value;
use sm3::{Digest, Sm3};
use standard::field::KEY_COLUMN;

use crate::findings::selection::open;
use crate::sql::conditions::Conditions;
use crate::sql::{json_texts, quoted};
use crate::{Book, StoreError};

/// What a table has in a period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableFacts {
    /// Records of the period.
    pub rows: u64,
    /// Filled cells of each field, in the order of [`standard::Table::fields`].
    pub filled: Vec<u64>,
    /// Records that have a record key.
    pub keyed: u64,
    /// Different record keys.
    pub keys: u64,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Cells that have findings; several findings of one cell count once.
    Cells,
    /// Records that have findings.
    Records,
    /// Pairs of a record and a rule that found something in it.
    Checks,
}

/// Which findings are counted. Hints never are, and findings about a table as a whole neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Faults<'a> {
    /// Only those of these rules; absent: of all.
    pub rules: Option<&'a [&'a str]>,
    /// Only mandatory ones.
    pub mandatory: bool,
    /// What is counted.
    pub of: Counted,
}

/// Numbers of one question about findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FaultCount {
    /// With a finding that is open.
    pub open: u64,
    /// With findings that are all explained.
    pub explained: u64,
}

impl Book {
    /// What a table has in a period, counted in one pass over its records.
    pub fn table_facts(&self, table: &str, period: &str) -> Result<TableFacts, StoreError> {
        let table_sql = self.table_sql(table)?;
        let fields = &table_sql.table().fields;
        let counts: Vec<String> = fields.iter().map(|field| format!("count(t.{})", quoted(&field.column))).collect();
        let keys = match table_sql.key_at {
            Some(_) => format!("count(t.{0}), count(DISTINCT t.{0})", quoted(KEY_COLUMN)),
            None => "0, 0".to_owned(),
        };
        let sql = format!(
            "SELECT count(*), {keys}, {} FROM {} t WHERE t._period = ?1",
            counts.join(", "),
            table_sql.quoted_name
        );
        self.read(|connection| {
            let read = |row: &rusqlite::Row<'_>| {
                let filled = (0..fields.len()).map(|at| row.get(at + 3)).collect::<Result<_, _>>()?;
                Ok(TableFacts { rows: row.get(0)?, keyed: row.get(1)?, keys: row.get(2)?, filled })
            };
            Ok(connection.prepare_cached(&sql)?.query_row([table_sql.period(period)], read)?)
        })
    }

    /// How many cells, records or checks of a table have findings in a period.
    pub fn faults(&self, table: &str, period: &str, faults: Faults<'_>) -> Result<FaultCount, StoreError> {
        let table_sql = self.table_sql(table)?;
        let mut conditions = Conditions::default();
        conditions.and("f.tbl = ?", [table.to_owned().into()]);
        conditions.and("f.row <> 0 AND f.period = ?", [Value::from(table_sql.period(period).to_owned())]);
        conditions.and(if faults.mandatory { "f.level = 0" } else { "f.level < 2" }, []);
        conditions.and_if("f.rule IN (SELECT value FROM json_each(?))", faults.rules.map(json_texts));
        let what = match faults.of {
            Counted::Cells => "f.row, f.col",
            Counted::Records => "f.row",
            Counted::Checks => "f.row, f.rule",
        };
        let open = open();
        let sql = format!(
            "SELECT coalesce(sum(is_open), 0) AS open, coalesce(sum(NOT is_open), 0) AS explained
             FROM (SELECT max({open}) AS is_open FROM finding f {} GROUP BY {what})",
            conditions.sql()
        );
        self.read(|connection| {
            let read =
                |row: &rusqlite::Row<'_>| Ok(FaultCount { open: row.get("open")?, explained: row.get("explained")? });
            Ok(connection.prepare_cached(&sql)?.query_row(params_from_iter(conditions.params([])), read)?)
        })
    }

    /// A digest (SM3, 64 hexadecimal digits) of all records of these tables in a period: it changes when any value, record
    /// or name of a table does.
    pub fn data_digest<'a>(
        &self,
        tables: impl IntoIterator<Item = &'a str>,
        period: &str,
    ) -> Result<String, StoreError> {
        self.read(|connection| {
            let mut digest = Sm3::new();
            for table in tables {
                let table_sql = self.table_sql(table)?;
                digest.update(table.as_bytes());
                digest.update([0]);
                let sql = format!("SELECT _row, _hash FROM {} WHERE _period = ?1 ORDER BY _row", table_sql.quoted_name);
                let mut statement = connection.prepare_cached(&sql)?;
                let mut rows = statement.query([table_sql.period(period)])?;
                while let Some(row) = rows.next()? {
                    digest.update(row.get::<_, i64>("_row")?.to_be_bytes());
                    digest.update(row.get_ref("_hash")?.as_blob().unwrap_or_default());
                }
            }
            Ok(hex::encode(digest.finalize()))
        })
    }

    /// Rules that could not be run to their end in the last check of a table.
    pub fn rules_not_run(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT rule FROM finding WHERE row = 0 AND message LIKE 'finding.rule.%' ORDER BY rule";
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            Ok(statement.query_map([], |row| row.get("rule"))?.collect::<Result<_, _>>()?)
        })
    }

    /// How many findings about records each rule has in a period, open and explained ones.
    pub fn rule_counts(&self, period: &str) -> Result<Vec<(String, u64)>, StoreError> {
        let sql = format!(
            "SELECT f.rule, count(*) AS found FROM finding f WHERE {} AND f.message NOT LIKE 'finding.rule.%'
             GROUP BY f.rule",
            crate::findings::periods::IN_PERIOD
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let periods = crate::findings::periods::periods(period);
            let counts = statement.query_map([periods], |row| Ok((row.get("rule")?, row.get("found")?)))?;
            Ok(counts.collect::<Result<_, _>>()?)
        })
    }
}

#[cfg(test)]
mod tests {
    use standard::Level;

    use super::*;
    use crate::Scope;
    use crate::fixture::{BookFixture, PERIOD, finding, insert, update};

    const COURSE: &str = "ODS_COURSE";

    #[test]
    fn cells_records_and_checks_are_counted_once() {
        let fixture = BookFixture::new();
        let course = |number, credits| insert(COURSE, &[("KCH", number), ("KCMC", "甲"), ("XF", credits)]);
        fixture.apply(0, &[course("a", "1"), course("b", ""), course("b", "x")]);
        let of = |row, column, rule, level| finding(COURSE, Some(row), Some(column), rule, level, "");
        let new = [
            of(3, "XF", "type", Level::Mandatory),
            of(3, "XF", "length", Level::Confirm),
            of(3, "KCMC", "type", Level::Confirm),
            of(2, "XF", "code", Level::Confirm),
            of(1, "XF", "code", Level::Hint),
            finding(COURSE, None, None, "code", Level::Confirm, ""),
        ];
        fixture.replace_findings(COURSE, Scope::Table, None, new).unwrap();
        let facts = fixture.table_facts(COURSE, PERIOD).unwrap();
        let at = |column| fixture.edition().table(COURSE).unwrap().position(column).unwrap();
        assert_eq!((facts.rows, facts.filled[at("KCMC")], facts.filled[at("XF")]), (3, 3, 2));
        let count = |rules, mandatory, of| {
            let FaultCount { open, explained } =
                fixture.faults(COURSE, PERIOD, Faults { rules, mandatory, of }).unwrap();
            (open, explained)
        };
        assert_eq!(count(None, false, Counted::Cells), (3, 0));
        assert_eq!(count(None, false, Counted::Records), (2, 0));
        assert_eq!(count(None, false, Counted::Checks), (3, 0), "type and length of one record, code of another");
        assert_eq!(count(None, true, Counted::Cells), (1, 0));
        assert_eq!(count(Some(&["code"]), false, Counted::Cells), (1, 0));
        let code = crate::Selection { rule: Some("code".into()), ..Default::default() };
        fixture.explain_selected(crate::fixture::at(1), "", (&code, PERIOD), "属实").unwrap();
        assert_eq!(count(None, false, Counted::Records), (1, 1));

        let before = fixture.data_digest([COURSE], PERIOD).unwrap();
        assert_eq!((before.len(), fixture.data_digest([COURSE], PERIOD).unwrap() == before), (64, true));
        fixture.apply(2, &[update(COURSE, 1, &[("XF", "2")])]);
        assert_ne!(fixture.data_digest([COURSE], PERIOD).unwrap(), before);
    }
}
