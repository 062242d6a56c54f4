//! Which rows of a submission are stored. Without I/O.
//!
//! Rows are judged one by one by the checks that the sender runs too; a row with a mandatory finding is dropped and the
//! remark says why, in the printed form. A submission whose columns are not the table's is dropped as a whole with one
//! sentence. Of two rows with one key the second is dropped, because it is unknown which one is meant. The protocol
//! prints only the first words of a remark; the sentence after them is this program's, with personal values masked.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use check::rules::{self, Context};
use check::words::{self as findings, Language};
use check::{Columns, TableChecker};
use jiff::civil::Date;
use protocol::Row;
use protocol::remark::RowError;
use protocol::row::cells;
use standard::field::KEY_COLUMN;
use standard::{Edition, Finding, Rule, Table, mask};
use store::inbox::ReceivedRow;
use store::{ReadLimits, Scope, ScratchRow, scratch};

use crate::checks::Checks;
use crate::words::words;

/// The remark on a submission whose columns are not those of the table.
fn other_columns() -> Judgement {
    Judgement::dropped(&words("receiver.other-columns", &[]))
}

/// Which rows of a submission are stored, and the remark about the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Rows to store, in order.
    pub stored: Vec<ReceivedRow>,
    /// The remark of the result; absent where everything is stored.
    pub remark: Option<String>,
}

impl Judgement {
    /// A submission that is dropped as a whole.
    pub(crate) fn dropped(sentence: &str) -> Judgement {
        Judgement { stored: Vec::new(), remark: Some(sentence.to_owned()) }
    }
}

/// The table of this name whose columns are the row's; if no edition has such a table, the newest table of this name. A
/// submission does not name its edition: of several that fit, the last (newest) one is taken.
pub(crate) fn find_table<'e>(
    editions: &'e [Arc<Edition>],
    name: &str,
    first: Option<&Row>,
) -> Option<(&'e Arc<Edition>, &'e Table)> {
    let named = || editions.iter().rev().filter_map(|edition| Some((edition, edition.table(name)?)));
    let columns: Vec<String> =
        first.and_then(|row| cells(row)).unwrap_or_default().into_iter().map(|(column, _)| column).collect();
    named().find(|(_, table)| has_columns(table, &columns)).or_else(|| named().next())
}

/// Judges the rows of a submission by the checks that the college chose. `today` is needed by rules only.
pub fn judge(edition: &Arc<Edition>, table: &Table, rows: &[Row], checks: &Checks, today: Date) -> Judgement {
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(cells) = cells(row) else { return other_columns() };
        let (columns, texts): (Vec<String>, Vec<String>) = cells.into_iter().unzip();
        if !has_columns(table, &columns) {
            return other_columns();
        }
        let mut values = vec![String::new(); table.fields.len()];
        for (column, text) in columns.iter().zip(texts) {
            if let Some(at) = table.position(column) {
                values[at] = text;
            }
        }
        records.push(values);
    }

    let broken = if checks.rules { broken_rules(edition, table, &records, checks, today) } else { BTreeMap::new() };
    let plan = TableChecker::new(edition, table, Columns::All);
    let key_at = table.position(KEY_COLUMN);
    let (mut seen, mut stored, mut errors) = (HashSet::new(), Vec::new(), Vec::new());
    for (at, (row, values)) in rows.iter().zip(&records).enumerate() {
        let key = key_at.map(|at| values[at].as_str()).unwrap_or_default();
        let mut words = reasons(&plan, table, values, key, (&mut seen, checks));
        words.extend(broken.get(&at).into_iter().flatten().cloned());
        if words.is_empty() {
            stored.push(ReceivedRow { num: at as u64 + 1, key: key.to_owned(), payload: row.get().to_owned() });
        }
        let num = Some(at as u64 + 1);
        errors.extend(words.into_iter().map(|error| RowError { num, pk_value: key.to_owned(), error }));
    }
    let remark = (!errors.is_empty()).then(|| serde_json::to_string(&errors).unwrap_or_default());
    Judgement { stored, remark }
}

/// Why a row is dropped; nothing if it is stored.
fn reasons<'v>(
    plan: &TableChecker,
    table: &Table,
    values: &'v [String],
    key: &'v str,
    (seen, checks): (&mut HashSet<&'v str>, &Checks),
) -> Vec<String> {
    let mut found = Vec::new();
    plan.cells(None, values, &mut found);
    found.retain(|finding| checks.rejects(&finding.rule, finding.level));
    let mut said: Vec<String> =
        found.iter().map(|finding| because("receiver.wrong-format-because", table, finding)).collect();
    if key.is_empty() {
        if said.is_empty() {
            said.push(words("receiver.no-key", &[("column", KEY_COLUMN)]));
        }
    } else if !seen.insert(key) {
        said.push(words("receiver.key-twice", &[("column", KEY_COLUMN)]));
    }
    said
}

/// The words of a finding behind the printed ones, with personal values masked.
fn because(key: &str, table: &Table, finding: &Finding) -> String {
    let masked = mask::masked(table, finding);
    let column = finding.column.as_deref().unwrap_or_default();
    words(key, &[("column", column), ("reason", &findings::of(&masked, Language::Zh))])
}

/// Functions and names by which a rule asks for the period of its record, which a submission does not tell.
const PERIOD: [&str; 4] = ["tb_period", "tb_school_year", "tb_term", "_period"];

/// What the chosen rules over single records find, by the position of the row. A rule that fails, or that needs the
/// period of its record, says nothing: a row is rejected only for what is certain.
fn broken_rules(
    edition: &Arc<Edition>,
    table: &Table,
    records: &[Vec<String>],
    checks: &Checks,
    today: Date,
) -> BTreeMap<usize, Vec<String>> {
    let runs = |rule: &&Rule| {
        let sql = rule.body.sql();
        rule.body.is_over_one_record()
            && checks.rejects(&rule.id, rule.level)
            && !PERIOD.iter().any(|name| sql.contains(name))
    };
    let chosen: Vec<&Rule> = edition.rules_of(&table.name).filter(runs).collect();
    let columns = || table.fields.iter().map(|field| field.column.clone());
    let row = |values: &Vec<String>| ScratchRow {
        table: table.name.clone(),
        period: String::new(),
        cells: columns().zip(values.iter().cloned()).collect(),
    };
    let mut broken: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    if chosen.is_empty() {
        return broken;
    }
    let rows: Vec<ScratchRow> = records.iter().map(row).collect();
    let context = Context::new(today, "");
    let functions = rules::functions(edition, &context);
    let Ok(reader) = scratch(edition, &[&table.name], &rows, ReadLimits::default(), &functions) else { return broken };
    for rule in chosen {
        let mut found = Vec::new();
        let ran = rules::rule(&reader, edition, rule, Scope::Table, &context, &mut |finding| {
            found.push(finding);
            ControlFlow::Continue(())
        });
        if !matches!(ran, Ok(None)) {
            continue;
        }
        for finding in found {
            let at = finding.row.and_then(|row| usize::try_from(row - 1).ok());
            if let Some(at) = at.filter(|at| *at < records.len()) {
                broken.entry(at).or_default().push(because("receiver.rule", table, &finding));
            }
        }
    }
    broken
}

/// The words that the protocol prints for a wrong value, with the column twice as there.
pub(crate) fn wrong_format(column: &str) -> String {
    words("receiver.wrong-format", &[("column", column)])
}

/// Whether these are the table's columns, each once, in any order.
fn has_columns(table: &Table, columns: &[String]) -> bool {
    let own: BTreeSet<&str> = table.fields.iter().map(|field| field.column.as_str()).collect();
    let given: BTreeSet<&str> = columns.iter().map(String::as_str).collect();
    columns.len() == table.fields.len() && own == given
}

#[cfg(test)]
mod tests {
    use protocol::remark::{self, Remark};
    use protocol::row::{Cell, write};
    use protocol::{Options, Row};
    use serde_json::value::RawValue;
    use standard::Standards;

    use super::*;

    const TABLE: &str = "ODS_FWSZTSGZYSJ";

    const TODAY: Date = jiff::civil::date(2026, 11, 27);

    /// A right row of the table.
    const RIGHT: [(&str, &str); 6] = [
        ("ZJSJWYXBS", ""),
        ("XXDM", "4144012345"),
        ("DZQKFWCS", "10"),
        ("DZTSFWCS", "20"),
        ("FWRQ", "20260901"),
        ("SJCJSJ", "20260901 120000"),
    ];

    fn edition() -> Arc<Edition> {
        Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap()
    }

    /// The right row with this key and these columns changed; `-` takes a column out.
    fn row(key: &str, changes: &[(&str, &str)]) -> Row {
        let cells = RIGHT.iter().filter_map(|&(column, right)| {
            let right = if column == KEY_COLUMN { key } else { right };
            let text = changes.iter().find(|change| change.0 == column).map_or(right, |change| change.1);
            (text != "-").then_some(Cell { column, text, number: false })
        });
        write(cells, &Options::default())
    }

    fn key(n: u32) -> String {
        format!("{n:032X}")
    }

    /// Compares the keys that are stored, and the numbers and words of the dropped rows, or the sentence.
    fn check(rows: &[Row], stored: &[u32], dropped: &[(u64, &str)]) {
        let edition = edition();
        let judgement = judge(&edition, edition.table(TABLE).unwrap(), rows, &Checks::default(), TODAY);
        let keys: Vec<String> = judgement.stored.iter().map(|row| row.key.clone()).collect();
        assert_eq!(keys, stored.iter().map(|n| key(*n)).collect::<Vec<_>>(), "{:?}", judgement.remark);
        match remark::parse(judgement.remark.as_deref()) {
            Remark::Nothing => assert_eq!(dropped, []),
            Remark::Rows(rows) => {
                let numbers: Vec<u64> = rows.iter().filter_map(|row| row.num).collect();
                assert_eq!(numbers, dropped.iter().map(|(num, _)| *num).collect::<Vec<_>>());
                for (row, (_, words)) in rows.iter().zip(dropped) {
                    assert!(row.error.contains(words), "{} {words}", row.error);
                }
            }
            Remark::Sentence(sentence) => assert_eq!(dropped, [(0, sentence.as_str())]),
        }
    }

    #[test]
    fn rows_one_by_one() {
        let good = |n| row(&key(n), &[]);
        check(&[good(1), good(2)], &[1, 2], &[]);
        check(
            &[good(1), row(&key(2), &[("FWRQ", "20260230")]), good(3)],
            &[1, 3],
            &[(2, "FWRQ 字段FWRQ 此字段内容格式不正确：")],
        );
        check(&[row(&key(1), &[("XXDM", ""), ("FWRQ", "x")])], &[], &[(1, "XXDM"), (1, "FWRQ")]);
        check(&[good(1), good(1)], &[1], &[(2, "重复")]);
        check(&[row("", &[]), good(2)], &[2], &[(1, "ZJSJWYXBS")]);
    }

    #[test]
    fn other_columns_drop_the_call() {
        let raw = |text: &str| RawValue::from_string(text.into()).unwrap();
        let short = row(&key(1), &[("XXDM", "-")]);
        // A column that stands twice instead of another.
        let double = raw(&short.get().replacen('{', "{\"FWRQ\":\"\",", 1));
        for wrong in [short, double, raw("{}"), raw("[]"), raw("null"), raw("1"), raw(r#"{"A":{"B":[1]}}"#)] {
            check(&[row(&key(1), &[]), wrong], &[], &[(0, &words("receiver.other-columns", &[]))]);
        }
    }

    #[test]
    fn tables_are_found_by_name() {
        let editions = [edition()];
        assert!(find_table(&editions, TABLE, None).is_some());
        assert!(find_table(&editions, TABLE, Some(&row("", &[]))).is_some());
        assert!(find_table(&editions, "ODS_NONE", None).is_none());
    }

    #[test]
    fn remarks_mask_personal_values() {
        let edition = edition();
        let table = edition.table("ODS_DYZZGXZYSJ").unwrap();
        let cells =
            table.fields.iter().map(|field| Cell { column: &field.column, text: "张三丰张三丰", number: false });
        let remark =
            judge(&edition, table, &[write(cells, &Options::default())], &Checks::default(), TODAY).remark.unwrap();
        let errors: Vec<RowError> = serde_json::from_str(&remark).unwrap();
        let personal: Vec<&str> =
            table.fields.iter().filter(|f| f.sensitivity != standard::Sensitivity::None).map(|f| &*f.column).collect();
        let speaks_of_personal =
            |error: &&RowError| personal.iter().any(|column| error.error.starts_with(&format!("{column} ")));
        assert!(errors.iter().any(|error| speaks_of_personal(&error)), "the row has wrong personal values");
        for error in errors.iter().filter(speaks_of_personal) {
            assert!(!error.error.contains("张三丰"), "{}", error.error);
        }
    }
}
