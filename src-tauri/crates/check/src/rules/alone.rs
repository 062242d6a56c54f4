//! Whether what a select finds of a record depends on no other record of the same table: after an import, such a select is asked
//! for the new records only.

use standard::{Edition, Rule, RuleBody};

use super::lexer::{Token, tokens};
use super::views::Span;

/// Functions that look at many records at once.
const AGGREGATES: [&str; 9] =
    ["count", "sum", "total", "avg", "min", "max", "group_concat", "string_agg", "json_group_array"];

/// Keywords behind which a select may compare, count or leave out whole answers.
const OVER_ANSWERS: [&str; 7] = ["UNION", "EXCEPT", "INTERSECT", "LIMIT", "OFFSET", "OVER", "WINDOW"];

/// Whether a rule answers for each record of its table from that record and from other tables: rules over single records, and
/// selects that name their table once, as what they begin with or join, and that group by nothing but the record. `false` where
/// the text leaves a doubt.
pub fn sees_each_alone(edition: &Edition, rule: &Rule) -> bool {
    let RuleBody::Select { select } = &rule.body else { return true };
    let Some(tokens) = tokens(select).filter(|_| edition.table(&rule.table).is_some()) else { return false };
    let names = Span::EACH.map(|span| span.name(&rule.table));
    let is_table = |token: &Token<'_>| names.iter().any(|name| token.names(name));
    if tokens.iter().filter(|token| is_table(token)).count() != 1 {
        return false;
    }
    let outer = outer(&tokens);
    // Behind the comma of a WITH a name may be one that the statement makes itself.
    let has_with = outer.first().is_some_and(|token| token.is("WITH"));
    let is_source = outer.windows(2).any(|pair| {
        let in_list = *pair[0] == Token::Sign(',') && !has_with;
        is_table(pair[1]) && (pair[0].is("FROM") || pair[0].is("JOIN") || in_list)
    });
    let looks_over = outer.iter().any(|token| OVER_ANSWERS.iter().any(|keyword| token.is(keyword)));
    is_source && !looks_over && groups_alone(&outer)
}

/// The tokens of the select itself, without those of selects in brackets.
fn outer<'t, 's>(tokens: &'t [Token<'s>]) -> Vec<&'t Token<'s>> {
    // For each open bracket whether a select stands in it.
    let mut open: Vec<bool> = Vec::new();
    let mut outer = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if *token == Token::Sign(')') {
            open.pop();
        }
        if !open.contains(&true) {
            outer.push(token);
        }
        if *token == Token::Sign('(') {
            open.push(tokens.get(at + 1).is_some_and(|next| next.is("SELECT") || next.is("WITH") || next.is("VALUES")));
        }
    }
    outer
}

/// Whether records are grouped by their number alone, or not at all.
fn groups_alone(outer: &[&Token<'_>]) -> bool {
    let groups = outer.windows(2).position(|pair| pair[0].is("GROUP") && pair[1].is("BY"));
    let Some(at) = groups else {
        let is_called = |pair: &[&Token<'_>]| {
            *pair[1] == Token::Sign('(') && AGGREGATES.iter().any(|function| pair[0].is(function))
        };
        return !outer.iter().any(|token| token.is("HAVING")) && !outer.windows(2).any(is_called);
    };
    let by = &outer[at + 2..];
    let end = by.iter().position(|token| token.is("HAVING") || token.is("ORDER")).unwrap_or(by.len());
    match &by[..end] {
        [row] => row.is("_row"),
        [Token::Word(_), Token::Sign('.'), row] => row.is("_row"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use standard::{Kind, Level};

    use super::*;
    use crate::testing::{edition_of, field, table};

    #[test]
    fn selects_over_one_record_are_told_from_others() {
        let fields = || vec![field("XH", Kind::Text), field("XM", Kind::Text)];
        let edition = edition_of(&[table("ODS_S", &["XH"], fields()), table("ODS_C", &["XH"], fields())], &[]);
        let check = |select: &str, expect: bool| {
            let rule = Rule {
                id: "ODS_S.x".into(),
                level: Level::Confirm,
                table: "ODS_S".into(),
                columns: vec!["XH".into()],
                body: RuleBody::Select { select: select.into() },
                message: String::new(),
                reason: String::new(),
                basis: None,
                pass: Vec::new(),
                fail: Vec::new(),
                own: false,
            };
            assert_eq!(sees_each_alone(&edition, &rule), expect, "{select}");
        };
        for select in [
            "SELECT _row FROM ODS_S WHERE XH = '1'",
            "SELECT DISTINCT t._row, o.XM FROM ODS_S t JOIN all_ODS_C o ON o.XH = t.XH WHERE o.XM <> t.XM",
            "SELECT t._row, min(o.XM) AS m FROM ODS_S t JOIN ODS_C o ON o.XH = t.XH GROUP BY t._row HAVING max(o.XM = t.XM) = 0",
            "SELECT t._row FROM ODS_C o, ODS_S t WHERE t.XH NOT IN (SELECT XH FROM ODS_C UNION SELECT XM FROM ODS_C LIMIT 3)",
            "SELECT t._row, (SELECT count(*) FROM ODS_C) AS n FROM ODS_S t",
            "WITH home AS (SELECT min(XM) AS m FROM ODS_C LIMIT 1) SELECT t._row FROM ODS_S t CROSS JOIN home",
        ] {
            check(select, true);
        }
        for select in [
            "SELECT a._row FROM ODS_S a JOIN ODS_S b ON b.XH = a.XH WHERE a._row <> b._row",
            "SELECT a._row FROM ODS_S a JOIN all_ODS_S b ON b.XH = a.XH",
            "SELECT t._row FROM ODS_C t WHERE t.XH IN (SELECT XH FROM ODS_S)",
            "SELECT _row, max(XM) AS m FROM ODS_S",
            "SELECT _row, ifnull(max(XM), '') AS m FROM ODS_S",
            "SELECT _row FROM ODS_S GROUP BY XH HAVING count(*) > 1",
            "SELECT _row FROM ODS_S GROUP BY _row, XH",
            "SELECT _row, lag(XM) OVER (ORDER BY XH) AS m FROM ODS_S",
            "SELECT _row FROM (SELECT _row FROM ODS_S)",
            "SELECT _row FROM ODS_S ORDER BY XH LIMIT 1",
            "WITH x AS (SELECT 1), ODS_S AS (SELECT 1 AS _row) SELECT _row FROM x",
            "SELECT _row FROM (SELECT 1 AS _row), (SELECT * FROM ODS_S)",
            "SELECT _row FROM \"ODS_S\" WHERE XM = 'ODS_S'",
            "SELECT _row FROM ODS_S WHERE XM = 'open",
        ] {
            check(select, false);
        }
    }
}
