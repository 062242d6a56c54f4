//! What a check changes among the findings that the book has.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Row, params_from_iter};
use standard::Finding;

use super::wording::columns_of;
use crate::StoreError;
use crate::sql::column::LevelNumber;
use crate::sql::conditions::Conditions;

/// What a replacement changes. A rule that finds the same in ten thousand records as before writes nothing.
pub(crate) struct Difference<'f> {
    /// How many findings of the scope stay as they are.
    pub same: u64,
    /// The findings that go: id, and the record (0 for the table as a whole).
    pub gone: Vec<(i64, i64)>,
    /// Those that are added, in their order.
    pub new: Vec<&'f Finding>,
}

/// Record, column, rule.
type Address<'f> = (i64, &'f str, &'f str);

fn address(finding: &Finding) -> Address<'_> {
    (finding.row.unwrap_or(0), finding.column.as_deref().unwrap_or(""), &finding.rule)
}

/// Holds the new findings of a scope against those that the book has.
pub(crate) fn difference<'f>(
    connection: &Connection,
    conditions: &Conditions,
    findings: &'f [Finding],
) -> Result<Difference<'f>, StoreError> {
    let sql = format!(
        "SELECT id, row, col, rule, level, value, message, words, suggestion FROM finding {}",
        conditions.sql()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut there = statement.query(params_from_iter(conditions.params([])))?;
    let mut changes = Difference { same: 0, gone: Vec::new(), new: Vec::new() };
    // The most serious of each address; filled at the first finding that the book has.
    let mut by_address: HashMap<Address<'_>, &'f Finding> = HashMap::new();
    let mut stays: HashSet<Address<'_>> = HashSet::new();
    let mut is_first = true;
    while let Some(row) = there.next()? {
        if std::mem::take(&mut is_first) {
            for finding in findings {
                let known = by_address.entry(address(finding)).or_insert(finding);
                if finding.level < known.level {
                    *known = finding;
                }
            }
        }
        let (number, column, rule): (i64, String, String) = (row.get("row")?, row.get("col")?, row.get("rule")?);
        let new = by_address.get(&(number, column.as_str(), rule.as_str()));
        match new {
            Some(new) if is_same(row, new)? => {
                changes.same += 1;
                stays.insert(address(new));
            }
            _ => changes.gone.push((row.get("id")?, number)),
        }
    }
    changes.new = findings.iter().filter(|finding| !stays.contains(&address(finding))).collect();
    Ok(changes)
}

/// Whether the book has a finding at its address just like this.
fn is_same(row: &Row<'_>, finding: &Finding) -> rusqlite::Result<bool> {
    let LevelNumber(level) = row.get("level")?;
    let (message, words) = columns_of(&finding.message);
    Ok(level == finding.level
        && row.get_ref("value")?.as_str()? == finding.value
        && row.get_ref("message")?.as_str()? == message
        && row.get_ref("words")?.as_str_or_null()? == words.as_deref()
        && row.get_ref("suggestion")?.as_str_or_null()? == finding.suggestion.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{filled, finding};
    use crate::{FindingQuery, Scope};
    use standard::Level;

    const PRACTICE: &str = "ODS_PRACTICE";

    #[test]
    fn what_was_found_before_is_not_written_again() {
        let fixture = filled();
        let of = |value: &str| finding(PRACTICE, Some(1), Some("XH"), "code", Level::Hint, value);
        let other = finding(PRACTICE, Some(1), Some("KCH"), "code", Level::Confirm, "k");
        let replace = |new: Vec<Finding>| fixture.replace_findings(PRACTICE, Scope::Table, None, new).unwrap();
        let there = || -> Vec<(i64, Finding)> {
            let all = FindingQuery { limit: 9, ..FindingQuery::default() };
            let mut there: Vec<_> =
                fixture.findings(&all).unwrap().findings.into_iter().map(|one| (one.id, one.finding)).collect();
            there.sort_unstable_by_key(|(id, _)| *id);
            there
        };
        assert_eq!(replace(vec![of("1"), other.clone()]), 2);
        let before = there();
        // Written again in this order, they would have each other's number.
        assert_eq!(replace(vec![other.clone(), of("1")]), 2);
        assert_eq!(there(), before);
        // Another value, other words, another suggestion, another level: each of them is written.
        let mut other_words = of("2");
        other_words.message = standard::Words::Text("另一句话".to_owned());
        let suggests = Finding { suggestion: Some("3".to_owned()), ..of("2") };
        let serious = Finding { level: Level::Mandatory, ..of("2") };
        for changed in [of("2"), other_words, suggests, serious] {
            assert_eq!(replace(vec![changed.clone(), other.clone()]), 2);
            assert!(there().iter().any(|(_, one)| *one == changed), "{changed:?}");
        }
        assert_eq!(replace(Vec::new()), 0);
        assert_eq!(there(), []);
    }
}
