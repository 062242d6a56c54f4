//! Which rules an edit may have changed the findings of.
//!
//! Rules over single records run again for the records that were edited. A select runs again as a whole if it names the
//! table and one of the columns that changed. Most edits change no such column, so typing stays fast.

use std::collections::BTreeSet;

use standard::rule::placeholders;
use standard::{Edition, Rule, RuleBody, Table};

use super::lexer::{may_name, reads_all, tokens};
use super::statement::points_at_a_column;
use super::views::{Span, used_tables, views, widest};
use crate::sets::Edited;

/// Names of the rules over single records of a table.
pub fn row_rules<'e>(edition: &'e Edition, table: &'e str) -> Vec<&'e str> {
    let rows = edition.rules_of(table).filter(|rule| rule.body.is_over_one_record());
    rows.map(|rule| rule.id.as_str()).collect()
}

/// The tables that a select names; that of the rule for one over single records.
pub fn reads<'e>(edition: &'e Edition, rule: &Rule) -> Vec<&'e Table> {
    match &rule.body {
        RuleBody::Row { .. } | RuleBody::Parts { .. } => edition.table(&rule.table).into_iter().collect(),
        RuleBody::Select { select } => used_tables(edition, select),
    }
}

/// The selects, of any table, that name one of these tables.
pub fn using<'e>(edition: &'e Edition, tables: &[String]) -> Vec<&'e Rule> {
    let names = |select: &str, table: &String| {
        may_name(select, table) && widest(&tokens(select).unwrap_or_default(), table).is_some()
    };
    let uses = |rule: &&Rule| match &rule.body {
        RuleBody::Row { .. } | RuleBody::Parts { .. } => false,
        RuleBody::Select { select } => tables.iter().any(|table| names(select, table)),
    };
    edition.rules.iter().filter(uses).collect()
}

/// The selects that read more than the current period of some table. An edit in one period may change their findings in
/// another.
pub fn wide(edition: &Edition) -> Vec<&Rule> {
    let is_wide = |rule: &&Rule| {
        let RuleBody::Select { select } = &rule.body else { return false };
        views(edition, select).iter().any(|view| view.span != Span::Current)
    };
    edition.rules.iter().filter(is_wide).collect()
}

/// The selects, of any table, whose findings these edits of `table` may have changed. `period` is the one that rules
/// look at; edits of other periods matter only to a select that names more than the current one.
pub fn touched<'e>(edition: &'e Edition, table: &Table, edits: &[Edited<'_>], period: &str) -> Vec<&'e Rule> {
    let changed = Span::EACH.map(|span| {
        let seen: Vec<&Edited<'_>> = edits.iter().filter(|edit| span.holds(table, period, edit.period)).collect();
        changed_columns(table, &seen)
    });
    if changed.iter().all(Option::is_none) {
        return Vec::new();
    }
    edition.rules.iter().filter(|rule| looks_at(rule, table, &changed)).collect()
}

/// [`touched()`] for many changes at once: `records` says whether records came or went, `columns` are those of changed cells.
/// Which periods they are of is not asked.
pub fn touched_by_many<'e>(
    edition: &'e Edition,
    table: &Table,
    records: bool,
    columns: &BTreeSet<String>,
) -> Vec<&'e Rule> {
    let changed = Span::EACH.map(|_| match records {
        true => Some(Changed::Records),
        false if columns.is_empty() => None,
        false => Some(Changed::Cells(columns.iter().map(String::as_str).collect())),
    });
    edition.rules.iter().filter(|rule| looks_at(rule, table, &changed)).collect()
}

/// What edits changed.
enum Changed<'t> {
    /// Records were added or deleted.
    Records,
    /// Cells of these columns.
    Cells(Vec<&'t str>),
}

/// `None` where nothing changed.
fn changed_columns<'t>(table: &'t Table, edits: &[&Edited<'_>]) -> Option<Changed<'t>> {
    let mut columns: Vec<&str> = Vec::new();
    for edit in edits {
        let (before, after) = match (edit.before, edit.after) {
            (Some(before), Some(after)) => (before, after),
            (None, None) => continue,
            _ => return Some(Changed::Records),
        };
        let differs = |at: &usize| before.get(*at) != after.get(*at);
        columns.extend((0..table.fields.len()).filter(differs).map(|at| table.fields[at].column.as_str()));
    }
    columns.sort_unstable();
    columns.dedup();
    (!columns.is_empty()).then_some(Changed::Cells(columns))
}

/// `changed` has what the edits changed within each [`Span`].
fn looks_at(rule: &Rule, table: &Table, changed: &[Option<Changed<'_>>; 3]) -> bool {
    let RuleBody::Select { select } = &rule.body else { return false };
    if !may_name(select, &table.name) {
        return false;
    }
    // A statement that cannot be split cannot run, either; running it reports the error.
    let Some(tokens) = tokens(select) else { return true };
    let Some(span) = widest(&tokens, &table.name) else { return false };
    let columns = match &changed[span as usize] {
        None => return false,
        Some(Changed::Records) => return true,
        Some(Changed::Cells(columns)) => columns,
    };
    let natural = || tokens.iter().any(|token| token.names("_natural"));
    let keys = |column: &&&str| table.natural_key.iter().any(|key| key == **column);
    reads_all(&tokens)
        || columns.iter().any(|column| tokens.iter().any(|token| token.names(column)))
        || (natural() && (table.natural_key.is_empty() || columns.iter().any(|column| keys(&column))))
        || (rule.table == table.name && rule.columns.first().is_some_and(|first| columns.contains(&first.as_str())))
        || (rule.table == table.name
            && points_at_a_column(select)
            && rule.columns.iter().any(|column| columns.contains(&column.as_str())))
        || (rule.table == table.name && placeholders(&rule.message).any(|name| columns.contains(&name)))
}

#[cfg(test)]
mod tests {
    use standard::{Kind, Level};

    use super::*;
    use crate::testing::{edition_of, field, table};

    #[test]
    fn selects_are_touched_by_what_they_name() {
        let texts = |columns: &[&str]| columns.iter().map(|c| field(c, Kind::Text)).collect::<Vec<_>>();
        let mut students = table("ODS_S", &["XH"], texts(&["XH", "XB", "BJ"]));
        students.period = standard::PeriodKind::Term;
        let classes = table("ODS_C", &["BH"], texts(&["BH", "RS"]));
        let mut edition = edition_of(&[students, classes], &[]);
        let mut touches =
            |select: &str, message: &str, before: Option<&[&str]>, after: Option<&[&str]>, period: &str| {
                let rule = Rule {
                    id: "ODS_C.x".into(),
                    level: Level::Confirm,
                    table: "ODS_C".into(),
                    columns: vec!["RS".into()],
                    body: RuleBody::Select { select: select.into() },
                    message: message.into(),
                    reason: String::new(),
                    basis: None,
                    pass: Vec::new(),
                    fail: Vec::new(),
                    own: false,
                };
                edition.rules = vec![rule];
                let owned =
                    |values: Option<&[&str]>| values.map(|v| v.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
                let (before, after) = (owned(before), owned(after));
                let edit = Edited { row: 1, period, before: before.as_deref(), after: after.as_deref() };
                let students = edition.table("ODS_S").unwrap();
                !touched(&edition, students, &[edit], "now").is_empty()
            };
        let named = "SELECT c._row FROM ODS_C c WHERE c.RS <> (SELECT count(*) FROM ods_s s WHERE s.BJ = c.BH)";
        let (old, moved, other) = (Some(&["1", "1", "b"][..]), Some(&["1", "1", "c"][..]), Some(&["1", "2", "b"][..]));
        assert!(touches(named, "", old, moved, "now"));
        assert!(!touches(named, "", old, other, "now"), "a column that it does not name");
        assert!(!touches(named, "", old, old, "now"));
        assert!(touches(named, "", None, old, "now") && touches(named, "", old, None, "now"));
        assert!(!touches(named, "", old, moved, "then"), "another period");
        let year = "SELECT c._row FROM ODS_C c WHERE c.RS <> (SELECT count(*) FROM Year_ods_s s WHERE s.BJ = c.BH)";
        let all = "SELECT c._row FROM ODS_C c WHERE c.RS <> (SELECT count(*) FROM \"all_ODS_S\" s WHERE s.BJ = c.BH)";
        for (period, of_year, of_all) in [("now", true, true), ("then", false, true)] {
            assert_eq!(touches(year, "", old, moved, period), of_year, "{period}");
            assert_eq!(touches(all, "", old, moved, period), of_all, "{period}");
            assert!(!touches(all, "", old, other, period), "a column that it does not name");
        }
        assert!(!touches("SELECT _row FROM ODS_C WHERE BJ", "", old, moved, "now"), "another table");
        assert!(touches("SELECT c._row FROM (SELECT * FROM ODS_S) s, ODS_C c", "", old, other, "now"));
        assert!(touches("SELECT c._row FROM ODS_C c NATURAL JOIN ODS_S", "", old, other, "now"));
        assert!(!touches("SELECT c._row FROM ODS_C c, ODS_S WHERE RS * 2 > count(*)", "", old, other, "now"));
        let natural = "SELECT c._row FROM ODS_C c, \"ODS_S\" s GROUP BY s._natural";
        assert!(!touches(natural, "", old, other, "now"));
        assert!(touches(natural, "", old, Some(&["2", "1", "b"][..]), "now"));
    }
}
