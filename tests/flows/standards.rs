//! Reading the standards without a book: each edition from its tree down to its codes and rules, searching by any name
//! that a clerk may know, and comparing two editions.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::fixture::{Clerk, Home, env};

/// Each edition with its numbers of tables, fields and code lists.
const EDITIONS: [(&str, usize, usize, usize); 3] =
    [("gaozhi-2023.06", 85, 1122, 111), ("gaozhi-2024.09", 98, 1274, 130), ("zhongzhi-2023.06", 47, 626, 69)];

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("{key} in {value}"))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} in {value}"))
}

/// The tables of an edition, as the tree lists them.
fn tables(clerk: &Clerk, edition: &str) -> Vec<Value> {
    let tree = clerk.call("standard.tree", json!({ "edition": edition }));
    list(&tree, "subsets").iter().flat_map(|subset| list(subset, "tables").clone()).collect()
}

#[test]
fn every_edition_can_be_read_down_to_its_codes_and_rules() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let summaries = clerk.call("standard.editions", json!({}));
    for (edition, table_count, field_count, list_count) in EDITIONS {
        let summary = summaries.as_array().unwrap().iter().find(|one| one["id"] == edition).unwrap();
        let lists = clerk.call("standard.code_lists", json!({ "edition": edition }));
        let own = lists.as_array().unwrap().iter().filter(|one| one["national"] == false).count();
        let mut uses: BTreeSet<(String, String, String)> = BTreeSet::new();
        let (mut fields, mut rules) = (0, 0);
        let tables = tables(&clerk, edition);
        for table in &tables {
            let name = text(table, "table");
            let spec = clerk.call("standard.table", json!({ "edition": edition, "table": name }));
            fields += list(&spec, "fields").len();
            for field in list(&spec, "fields").iter().filter(|field| !field["code_list"].is_null()) {
                uses.insert((text(field, "code_list").into(), name.into(), text(field, "column").into()));
            }
            let page = clerk.call("standard.rules", json!({ "edition": edition, "table": name }));
            assert_eq!(page["total"], spec["rules"], "{name}");
            rules += list(&page, "rules").len();
            list(&page, "rules").iter().for_each(rule_is_complete);
        }
        assert_eq!((tables.len(), fields, own), (table_count, field_count, list_count), "{edition}");
        assert_eq!(summary["rules"], rules, "{edition}");
        let listed: BTreeSet<(String, String, String)> = lists
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|one| list(one, "used_by").iter().map(|place| (text(one, "id"), place)))
            .map(|(id, place)| (id.into(), text(place, "table").into(), text(place, "column").into()))
            .collect();
        assert_eq!(listed, uses, "{edition}: where lists are used");
    }
}

/// A rule has a message, a reason, SQL, and cases of both kinds whose cells have titles.
fn rule_is_complete(rule: &Value) {
    let id = text(rule, "id");
    assert!(!text(rule, "message").is_empty() && !text(rule, "reason").is_empty(), "{id}");
    assert!(!text(rule, "sql").is_empty(), "{id}");
    for kind in ["pass", "fail"] {
        assert!(!list(rule, kind).is_empty(), "{id}: {kind}");
        for row in list(rule, kind).iter().flat_map(|case| list(case, "rows")) {
            let cells = list(row, "cells").iter();
            assert!(cells.into_iter().all(|cell| !text(cell, "title").is_empty()), "{id}");
        }
    }
}

#[test]
fn a_list_is_walked_level_by_level_and_nothing_is_lost() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let level =
        |of: &str, parent: &str| clerk.call("standard.codes", json!({ "list": of, "parent": parent, "limit": 5000 }));
    for (of, codes) in [("GBT2260", 3223), ("GBT2260_historical", 3977), ("GBT4754", 1971)] {
        let mut walked = 0;
        let mut next = vec![String::new()];
        while let Some(parent) = next.pop() {
            let page = level(of, &parent);
            walked += list(&page, "codes").len();
            let parents = list(&page, "codes").iter().filter(|code| code["children"] != 0);
            next.extend(parents.map(|code| text(code, "code").to_owned()));
        }
        assert_eq!(walked, codes, "{of}");
    }
    let wuxi = level("GBT2260", "320200");
    let above: Vec<&str> = list(&wuxi, "above").iter().map(|level| text(level, "name")).collect();
    assert_eq!(above, ["江苏省", "无锡市"]);
    let page = clerk.call("standard.codes", json!({ "list": "GBT2260", "offset": 10, "limit": 7 }));
    assert_eq!((list(&page, "codes").len(), &page["total"]), (7, &json!(3223)));
}

#[test]
fn everything_is_found_by_its_name_and_by_its_initials() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    for (edition, ..) in EDITIONS {
        let find = |find: &str| clerk.call("standard.search", json!({ "edition": edition, "find": find, "limit": 30 }));
        for table in tables(&clerk, edition) {
            let (name, title) = (text(&table, "table"), text(&table, "title"));
            let initials = text(&table, "search").split(' ').nth(2).unwrap();
            for query in [title, initials] {
                let found = find(query);
                let hits = list(&found, "hits");
                assert!(hits.iter().any(|hit| hit["kind"] == "table" && hit["table"] == name), "{query} for {name}");
                let of_kind = list(&found, "kinds").iter().map(|kind| kind["total"].as_u64().unwrap()).sum::<u64>();
                assert_eq!(found["total"], of_kind, "{query}");
            }
        }
    }
    let hit = |find: &str, kind: &str| {
        let found = clerk.call("standard.search", json!({ "edition": "gaozhi-2024.09", "find": find, "limit": 9 }));
        list(&found, "hits").iter().find(|hit| hit["kind"] == kind).cloned().unwrap_or_default()
    };
    assert_eq!(hit("SXKSRQ", "field")["column"], "SXKSRQ");
    assert_eq!(hit("xzdm", "list")["list"], "XZDM");
    assert_eq!((&hit("wnzys", "code")["list"], &hit("wnzys", "code")["code"]), (&json!("XZDM"), &json!("6")));
    assert_eq!(hit("实习结束日期", "rule")["table"], "ODS_SXJCSJ");
}

#[test]
fn a_comparison_of_two_editions_names_the_successors() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let compare = |from: &str, to: &str| clerk.call("standard.compare", json!({ "from": from, "to": to }));
    let found = compare("gaozhi-2023.06", "gaozhi-2024.09");
    let counts = |of: &str| ["added", "removed", "changed"].map(|change| found["counts"][of][change].as_u64().unwrap());
    assert_eq!(counts("tables"), [19, 6, 79]);
    assert_eq!((&found["counts"]["tables"]["moved"], &found["counts"]["tables"]["kept"]), (&json!(7), &json!(79)));
    assert_eq!(counts("fields"), [21, 29, 243]);
    assert_eq!(counts("lists"), [21, 2, 13]);
    let table = |name: &str| list(&found, "tables").iter().find(|table| table["table"] == name).unwrap();
    let plan = &table("ODS_JHKCSJ")["successions"][0];
    assert_eq!((&plan["kind"], &plan["table"]), (&json!("replaced"), &json!("ODS_PYFAKCSJ")));
    assert_eq!(table("ODS_PYFAKCSJ")["successions"][0]["table"], "ODS_JHKCSJ");
    let kinds = list(&found, "lists").iter().find(|one| one["id"] == "GZXSLXDM").unwrap();
    assert!(text(kinds, "note").contains("互换"));
    assert_eq!(
        kinds["codes"][0],
        json!({ "change": "renamed", "code": "1", "before": "高职学生", "after": "职业本科" })
    );
    let same = compare("gaozhi-2024.09", "gaozhi-2024.09");
    assert!(["subsets", "everywhere", "tables", "lists", "rules"].iter().all(|part| list(&same, part).is_empty()));
}

#[test]
fn unknown_names_are_refused() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    let refused = [
        ("standard.rules", json!({ "edition": "gaozhi-1999.01" }), "edition.unknown"),
        ("standard.rules", json!({ "table": "ODS_NONE" }), "table.unknown"),
        ("standard.search", json!({ "edition": "none", "find": "x", "limit": 1 }), "edition.unknown"),
        ("standard.compare", json!({ "from": "gaozhi-2024.09", "to": "none" }), "edition.unknown"),
        ("standard.codes", json!({ "list": "NONE", "limit": 1 }), "code-list.unknown"),
    ];
    for (call, request, code) in refused {
        assert_eq!(clerk.try_call(call, request).expect_err(call).code, code, "{call}");
    }
}
