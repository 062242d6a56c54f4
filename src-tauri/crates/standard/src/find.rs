//! Finding anything in an edition by what a clerk types: tables, fields, code lists, codes and rules, by name, pinyin,
//! initials, physical name, column, id or code.

use crate::search::{code_rank, letters, rank};
use crate::{Code, CodeList, Edition, Field, Rule, Table};

/// One thing that was found, with what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit<'e> {
    /// A table whose name, title or initials fit.
    Table(&'e Table),
    /// A field of a table.
    Field(&'e Table, &'e Field),
    /// A code list, the edition's own or a national one.
    List(&'e CodeList),
    /// A code of a list.
    Code(&'e CodeList, &'e Code),
    /// A rule whose id or message fits.
    Rule(&'e Rule),
}

/// Kind of thing that can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum HitKind {
    /// 数据表.
    Table,
    /// 数据项.
    Field,
    /// 代码集.
    List,
    /// 代码.
    Code,
    /// 校验规则.
    Rule,
}

/// All matches of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'e> {
    /// Which kind.
    pub kind: HitKind,
    /// How many match.
    pub total: usize,
    /// The best ones, best first; within one rank in printed order.
    pub hits: Vec<Hit<'e>>,
}

/// What matches `query`, kind by kind, the kind with the best match first, at most `limit` of each; kinds without a
/// match are left out. An empty query finds nothing; the ending that all printed titles of tables have does not count.
pub fn find<'e>(edition: &'e Edition, query: &str, limit: usize) -> Vec<Found<'e>> {
    let query = letters(query.trim().trim_end_matches("数据子类表"));
    if query.is_empty() {
        return Vec::new();
    }
    let mut kinds = [
        ranked(HitKind::Table, tables(edition, &query)),
        ranked(HitKind::Field, fields(edition, &query)),
        ranked(HitKind::List, lists(edition, &query)),
        ranked(HitKind::Code, codes(edition, &query)),
        ranked(HitKind::Rule, rules(edition, &query)),
    ];
    kinds.sort_by_key(|(best, _)| *best);
    let there = kinds.into_iter().filter(|(best, _)| best.is_some());
    there
        .map(|(_, mut found)| {
            found.hits.truncate(limit);
            found
        })
        .collect()
}

/// Best first, with the best rank.
fn ranked(kind: HitKind, mut hits: Vec<(u8, Hit<'_>)>) -> (Option<u8>, Found<'_>) {
    hits.sort_by_key(|&(rank, _)| rank);
    // `None` would be sorted before every rank, but kinds without a match are removed.
    let best = hits.first().map(|&(rank, _)| rank);
    (best, Found { kind, total: hits.len(), hits: hits.into_iter().map(|(_, hit)| hit).collect() })
}

fn tables<'e>(edition: &'e Edition, query: &[char]) -> Vec<(u8, Hit<'e>)> {
    let rank = |table: &Table| best(name_rank(&table.name, query), rank(table.short_title(), query));
    edition.tables.iter().filter_map(|table| Some((rank(table)?, Hit::Table(table)))).collect()
}

fn fields<'e>(edition: &'e Edition, query: &[char]) -> Vec<(u8, Hit<'e>)> {
    let rank = |field: &Field| best(name_rank(&field.column, query), rank(&field.title, query));
    let all = edition.tables.iter().flat_map(|table| table.fields.iter().map(move |field| (table, field)));
    all.filter_map(|(table, field)| Some((rank(field)?, Hit::Field(table, field)))).collect()
}

fn lists<'e>(edition: &'e Edition, query: &[char]) -> Vec<(u8, Hit<'e>)> {
    let rank = |list: &CodeList| best(name_rank(&list.id, query), rank(&list.title, query));
    all_lists(edition).filter_map(|list| Some((rank(list)?, Hit::List(list)))).collect()
}

/// The edition's own codes come before the national ones, and these before codes that are no longer valid.
fn codes<'e>(edition: &'e Edition, query: &[char]) -> Vec<(u8, Hit<'e>)> {
    let later = |list: &CodeList| match edition.code_lists.contains_key(&list.id) {
        true => 0,
        false if list.id.ends_with("_historical") => 2,
        false => 1,
    };
    let all = all_lists(edition).flat_map(|list| list.codes.iter().map(move |code| (list, code)));
    all.filter_map(|(list, code)| Some((code_rank(code, query)? + later(list), Hit::Code(list, code)))).collect()
}

/// A rule matches by its message; rules come after things that match by their name.
fn rules<'e>(edition: &'e Edition, query: &[char]) -> Vec<(u8, Hit<'e>)> {
    let rank = |rule: &Rule| best(name_rank(&rule.id, query), rank(&rule.message, query)).map(|rank| rank + 1);
    edition.rules.iter().filter_map(|rule| Some((rank(rule)?, Hit::Rule(rule)))).collect()
}

fn all_lists(edition: &Edition) -> impl Iterator<Item = &CodeList> {
    edition.code_lists.values().chain(edition.national.values()).map(|list| &**list)
}

/// How well a name of letters and digits matches: 0 equal, 1 at its beginning (with or without `ODS_`), 2 anywhere.
fn name_rank(name: &str, query: &[char]) -> Option<u8> {
    let name = letters(name);
    let bare = name.strip_prefix(&['o', 'd', 's', '_']).unwrap_or(&name);
    if name == query || bare == query {
        Some(0)
    } else if name.starts_with(query) || bare.starts_with(query) {
        Some(1)
    } else {
        name.windows(query.len()).any(|part| part == query).then_some(2)
    }
}

fn best(a: Option<u8>, b: Option<u8>) -> Option<u8> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, LazyLock};

    use super::*;
    use crate::Standards;

    static EDITION: LazyLock<Arc<Edition>> =
        LazyLock::new(|| Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap());

    fn found(query: &str, kind: HitKind) -> Vec<String> {
        let kinds = find(&EDITION, query, 20);
        let hits = kinds.iter().filter(|found| found.kind == kind).flat_map(|found| &found.hits);
        let name = |hit: &Hit<'_>| match hit {
            Hit::Table(table) => table.name.clone(),
            Hit::Field(table, field) => format!("{}.{}", table.name, field.column),
            Hit::List(list) => list.id.clone(),
            Hit::Code(list, code) => format!("{}/{}", list.id, code.code),
            Hit::Rule(rule) => rule.id.clone(),
        };
        hits.map(name).collect()
    }

    #[test]
    fn things_are_found_by_whatever_a_clerk_knows_of_them() {
        for query in ["实习基础", "实习基础数据子类表", "sxjc", "shixijichu", "ODS_SXJCSJ", "sxjcsj", "ods_sxjc"]
        {
            assert_eq!(found(query, HitKind::Table).first().map(String::as_str), Some("ODS_SXJCSJ"), "{query}");
        }
        assert!(found("SXKSRQ", HitKind::Field).contains(&"ODS_SXJCSJ.SXKSRQ".to_owned()));
        assert!(found("sxksrq", HitKind::Field).contains(&"ODS_SXJCSJ.SXKSRQ".to_owned()));
        assert_eq!(found("XZDM", HitKind::List)[0], "XZDM");
        assert_eq!(found("xuezhi", HitKind::List)[0], "XZDM");
        assert_eq!(found("五年制以上", HitKind::Code)[0], "XZDM/6");
        assert!(found("北京市", HitKind::Code)[0].starts_with("GBT2260/"));
        assert_eq!(found("110105", HitKind::Code)[0], "GBT2260/110105");
        assert_eq!(find(&EDITION, " ", 9), []);
        assert_eq!(find(&EDITION, "没有这样的东西", 9), []);
    }

    #[test]
    fn the_kind_that_bears_the_name_comes_first_and_all_are_counted() {
        let kinds = find(&EDITION, "学制", 3);
        assert!(kinds.windows(2).all(|two| two[0].kind != two[1].kind));
        assert_eq!(kinds[0].kind, HitKind::Field);
        assert!(kinds.iter().all(|found| found.hits.len() == found.total.min(3)));
        assert_eq!(find(&EDITION, "XXDM", 3).iter().find(|f| f.kind == HitKind::Field).unwrap().total, 98);
    }
}
