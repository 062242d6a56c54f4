//! `finding`: what checks and receipts say about cells, addressed by (table, row, column, rule). Row 0 stands for the
//! table as a whole, an empty column for the record as a whole.

use rusqlite::{Connection, OptionalExtension};
use standard::{Edition, Finding};

use crate::StoreError;
use crate::findings::wording::columns_of;
use crate::records::table_sql::TableSql;
use crate::sql::column::LevelNumber;
use crate::sql::json_texts;
use crate::tables::waiting_rule;

pub(super) const MIGRATIONS: &[(i64, &str)] = &[
    (
        1,
        "CREATE TABLE finding (
         id INTEGER PRIMARY KEY, tbl TEXT NOT NULL, row INTEGER NOT NULL, col TEXT NOT NULL, rule TEXT NOT NULL,
         level INTEGER NOT NULL, value TEXT NOT NULL, message TEXT NOT NULL, suggestion TEXT,
         period TEXT NOT NULL, col_no INTEGER NOT NULL);
     CREATE UNIQUE INDEX finding_address ON finding (tbl, row, col, rule);
     CREATE INDEX finding_group ON finding (tbl, col, rule, value);",
    ),
    (
        // Findings whose words are made where they are shown: `words` has them as JSON, and `message` their code. It is
        // NULL where `message` is the text itself, as in all findings of earlier builds.
        3,
        "ALTER TABLE finding ADD COLUMN words TEXT;",
    ),
];

/// The rule of findings that come from rejected rows. They stay until the cell (or, where no column is named, the
/// record) changes or the next result of the record arrives; checks do not replace them.
pub const RECEIPT_RULE: &str = "receipt";

/// The rule of findings that come from a rehearsal: nothing was sent, so they do not speak for a receiver.
pub const REHEARSAL_RULE: &str = "rehearsal";

/// The rules of findings that come from receipts. No check of this program makes or replaces them.
pub(crate) const OF_RECEIPTS: [&str; 2] = [RECEIPT_RULE, REHEARSAL_RULE];

/// Adds one finding of this table, unless its record is gone; `false` where it is.
pub(crate) fn insert(connection: &Connection, table_sql: &TableSql, finding: &Finding) -> Result<bool, StoreError> {
    let period = match finding.row {
        None => Some(String::new()),
        Some(row) => {
            let sql = format!("SELECT _period FROM {} WHERE _row = ?1", table_sql.quoted_name);
            connection.prepare_cached(&sql)?.query_row([row], |r| r.get(0)).optional()?
        }
    };
    let Some(period) = period else {
        return Ok(false);
    };
    let column = finding.column.as_deref().unwrap_or("");
    let (message, words) = columns_of(&finding.message);
    let column_no = table_sql.table().field(column).map_or(0, |f| f.no);
    connection
        .prepare_cached(
            "INSERT INTO finding (tbl, row, col, rule, level, value, message, suggestion, period, col_no, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (tbl, row, col, rule) DO UPDATE SET level = excluded.level, value = excluded.value,
                 message = excluded.message, words = excluded.words, suggestion = excluded.suggestion
             WHERE excluded.level < level",
        )?
        .execute((
            table_sql.name(),
            finding.row.unwrap_or(0),
            column,
            &finding.rule,
            LevelNumber(finding.level),
            &finding.value,
            message,
            &finding.suggestion,
            period,
            column_no,
            words,
        ))?;
    Ok(true)
}

/// Takes all findings of a record away.
pub(crate) fn remove_of_record(connection: &Connection, table: &str, row: i64) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM finding WHERE tbl = ?1 AND row = ?2")?.execute((table, row))?;
    Ok(())
}

/// Takes away what a receipt said about a cell and about its record as a whole.
pub(crate) fn remove_receipt_of_cell(
    connection: &Connection,
    table: &str,
    row: i64,
    column: &str,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM finding WHERE tbl = ?1 AND row = ?2 AND col IN (?3, '') AND rule IN (?4, ?5)";
    connection.prepare_cached(sql)?.execute((table, row, column, RECEIPT_RULE, REHEARSAL_RULE))?;
    Ok(())
}

/// Takes away all that receipts said about a record, in findings of this rule.
pub(crate) fn remove_receipt_of_record(
    connection: &Connection,
    (table, row): (&str, i64),
    rule: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM finding WHERE tbl = ?1 AND row = ?2 AND rule = ?3")?
        .execute((table, row, rule))?;
    Ok(())
}

/// Writes the period of a record into its findings.
pub(crate) fn set_period(connection: &Connection, table: &str, row: i64, period: &str) -> Result<(), StoreError> {
    let sql = "UPDATE finding SET period = ?3 WHERE tbl = ?1 AND row = ?2";
    connection.prepare_cached(sql)?.execute((table, row, period))?;
    Ok(())
}

/// Removes the findings that must be made anew for a new edition. What a receipt said about a cell that is still there
/// stays, with the number that its column has in the new edition.
pub(crate) fn keep_receipts_only(connection: &Connection, edition: &Edition) -> Result<(), StoreError> {
    connection.execute("DELETE FROM finding WHERE rule NOT IN (?1, ?2)", OF_RECEIPTS)?;
    waiting_rule::remove_all(connection)?;
    let names = json_texts(edition.tables.iter().map(|t| &t.name));
    connection.execute("DELETE FROM finding WHERE tbl NOT IN (SELECT value FROM json_each(?1))", [names])?;
    for table in &edition.tables {
        let columns = json_texts(table.fields.iter().map(|f| &f.column));
        let gone = "DELETE FROM finding WHERE tbl = ?1 AND col NOT IN (SELECT value FROM json_each(?2)) AND col <> ''";
        connection.prepare_cached(gone)?.execute((&table.name, columns))?;
        let left: Vec<String> = connection
            .prepare_cached("SELECT DISTINCT col FROM finding WHERE tbl = ?1 AND col <> ''")?
            .query_map([&table.name], |r| r.get("col"))?
            .collect::<Result<_, _>>()?;
        for field in left.iter().filter_map(|column| table.field(column)) {
            let sql = "UPDATE finding SET col_no = ?3 WHERE tbl = ?1 AND col = ?2";
            connection.prepare_cached(sql)?.execute((&table.name, &field.column, field.no))?;
        }
    }
    Ok(())
}

/// Takes the findings away that are about tables and columns that the edition does not have, or that come from own
/// rules that it does not have.
pub(crate) fn remove_outside(connection: &Connection, edition: &Edition) -> Result<(), StoreError> {
    let columns = |table: &standard::Table| table.fields.iter().map(|f| f.column.clone()).collect();
    let tables: serde_json::Map<String, serde_json::Value> =
        edition.tables.iter().map(|table| (table.name.clone(), columns(table))).collect();
    connection.execute(
        "DELETE FROM finding WHERE (tbl, col) IN (
             SELECT tbl, col FROM (SELECT DISTINCT tbl, col FROM finding) f
             WHERE NOT EXISTS (SELECT 1 FROM json_each(?1) t WHERE t.key = f.tbl)
                OR f.col <> '' AND NOT EXISTS (
                    SELECT 1 FROM json_each(?1) t, json_each(t.value) c WHERE t.key = f.tbl AND c.value = f.col))",
        [serde_json::Value::from(tables).to_string()],
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
    use crate::Step;
    use crate::book::handle::TransactionEnd;
    use crate::fixture::{PERIOD, delete, filled, finding, insert, shown, step, update};
    use crate::{FindingQuery, Replacement, Scope};
    use standard::Coded;
    use standard::{Level, Words};

    const COURSE: &str = "ODS_COURSE";
    const PRACTICE: &str = "ODS_PRACTICE";

    #[test]
    fn a_check_replaces_what_it_looked_at() {
        let fixture = filled();
        let other = Step { period: "2025-2026-2".into(), ..step(2) };
        fixture.apply_step(&other, &[insert(PRACTICE, &[("XH", "1")])]);
        let all = || {
            (1..=2).flat_map(|row| {
                ["code", "length", RECEIPT_RULE].map(|r| finding(PRACTICE, Some(row), Some("XH"), r, Level::Hint, "1"))
            })
        };
        let check = |scope: Scope<'_>, rules: Option<&[&str]>, expect: &[&str]| {
            fixture.replace_findings(PRACTICE, Scope::Table, Some(&["code", "length", RECEIPT_RULE]), all()).unwrap();
            fixture.replace_findings(PRACTICE, scope, rules, []).unwrap();
            let left = shown(&fixture, FindingQuery::default());
            let left: Vec<_> =
                left.iter().map(|s| s.trim_start_matches("ODS_PRACTICE ").replace(" XH ", " ")).collect();
            assert_eq!(left, expect, "{scope:?} {rules:?}");
        };
        check(Scope::Table, None, &["2 receipt", "1 receipt"]);
        check(Scope::Period(PERIOD), None, &["2 code", "2 length", "2 receipt", "1 receipt"]);
        check(Scope::Rows(&[2]), None, &["2 receipt", "1 code", "1 length", "1 receipt"]);
        check(Scope::Table, Some(&["length"]), &["2 code", "2 receipt", "1 code", "1 receipt"]);
        check(Scope::Rows(&[1, 2]), Some(&["receipt", "code"]), &["2 length", "1 length"]);
    }

    #[test]
    fn several_tables_are_replaced_in_one_transaction_or_not_at_all() {
        let fixture = filled();
        let of = |table: &'static str, rule: &str| Replacement {
            table,
            scope: Scope::Table,
            rules: None,
            findings: vec![finding(table, Some(1), None, rule, Level::Hint, "")],
        };
        let rules =
            || shown(&fixture, FindingQuery::default()).iter().map(|s| s.replace(" 1 - ", " ")).collect::<Vec<_>>();
        let before = fixture.effort().commits;
        assert_eq!(fixture.replace_findings_of(&[of(COURSE, "old"), of(PRACTICE, "old")]).unwrap(), 2);
        assert_eq!(fixture.replace_findings_of(&[]).unwrap(), 0);
        assert_eq!(
            (fixture.effort().commits - before, rules()),
            (1, vec!["ODS_COURSE old".into(), "ODS_PRACTICE old".into()])
        );
        let error = fixture.replace_findings_of(&[of(COURSE, "new"), of("ODS_NIX", "new")]).unwrap_err();
        assert_eq!(
            (error.code().as_str(), rules()),
            ("book.no-such-table", vec!["ODS_COURSE old".into(), "ODS_PRACTICE old".into()])
        );
    }

    #[test]
    fn of_two_at_one_address_the_more_serious_stays() {
        let fixture = filled();
        let at = |level, value| finding(COURSE, Some(1), Some("KCH"), "code", level, value);
        let new = [at(Level::Confirm, "1"), at(Level::Mandatory, "2"), at(Level::Hint, "3"), at(Level::Mandatory, "4")];
        fixture.replace_findings(COURSE, Scope::Table, None, new).unwrap();
        let page = fixture.findings(&FindingQuery { limit: 9, ..Default::default() }).unwrap();
        assert_eq!(page.findings.iter().map(|f| f.finding.value.as_str()).collect::<Vec<_>>(), ["2"]);
    }

    #[test]
    fn words_come_back_as_they_were_kept() {
        let fixture = filled();
        let text = Words::from("“{value}”不对。");
        let phrase = Words::phrase("finding.required").with("expected", vec![text.clone()]);
        let shown = || {
            let page = fixture.findings(&FindingQuery { limit: 9, ..Default::default() }).unwrap();
            page.findings[0].finding.message.clone()
        };
        for words in [text.clone(), phrase] {
            let new = Finding { message: words.clone(), ..finding(COURSE, Some(1), None, "x", Level::Hint, "1") };
            fixture.replace_findings(COURSE, Scope::Table, None, [new]).unwrap();
            assert_eq!(shown(), words);
            let query = crate::GroupQuery { limit: 9, ..Default::default() };
            assert_eq!(fixture.finding_groups(&query).unwrap().groups[0].message, words);
        }
        // A finding of an earlier build has a text alone.
        let earlier = "UPDATE finding SET message = '“{value}”不对。', words = NULL";
        fixture.write(|connection| Ok(TransactionEnd::Commit(connection.execute(earlier, [])?))).unwrap();
        assert_eq!(shown(), text);
    }

    #[test]
    fn a_deleted_record_takes_its_findings_along() {
        let fixture = filled();
        fixture
            .replace_findings(COURSE, Scope::Table, None, [finding(COURSE, Some(1), None, "x", Level::Hint, "")])
            .unwrap();
        fixture.apply(5, &[delete(COURSE, 1)]);
        assert_eq!(shown(&fixture, FindingQuery::default()), [""; 0]);
    }

    #[test]
    fn a_receipt_stays_until_its_cell_changes() {
        let fixture = filled();
        let receipt = |column| finding(COURSE, Some(1), column, RECEIPT_RULE, Level::Mandatory, "");
        let left = || {
            shown(&fixture, FindingQuery::default())
                .iter()
                .map(|s| s.split(' ').nth(2).unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let all = [receipt(None), receipt(Some("KCMC")), receipt(Some("XF"))];
        fixture.replace_findings(COURSE, Scope::Table, Some(&[RECEIPT_RULE]), all).unwrap();
        fixture.apply(5, &[update(COURSE, 1, &[("XF", "")])]);
        assert_eq!(left(), ["-", "KCMC", "XF"], "nothing was changed");
        fixture.apply(6, &[update(COURSE, 1, &[("XF", "2")])]);
        assert_eq!(left(), ["KCMC"]);
        fixture.undo(crate::fixture::at(7), "").unwrap();
        fixture.apply(8, &[update(COURSE, 1, &[("KCMC", "语文")])]);
        assert_eq!(left(), [""; 0]);
    }
}
