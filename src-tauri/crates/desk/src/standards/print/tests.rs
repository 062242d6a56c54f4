//! The page is complete and well-formed, and needs no other file.

use standard::Standards;

use super::*;

/// The elements of a page in order, where each is closed in its turn; a fault where one is not, or where a sign stands
/// bare.
fn elements(page: &str) -> Result<Vec<String>, String> {
    let body = page.strip_prefix("<!DOCTYPE html>").ok_or("no document type")?;
    let (mut names, mut open) = (Vec::new(), Vec::new());
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').ok_or_else(|| format!("an open tag: {piece}"))?;
        if text.contains('>') && open.last().is_none_or(|name| name != "style") && !tag.starts_with("style") {
            return Err(format!("a bare sign: {text}"));
        }
        let entity = |rest: &str| ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|name| rest.starts_with(name));
        if text.split('&').skip(1).any(|rest| !entity(rest)) {
            return Err(format!("a bare ampersand: {text}"));
        }
        let name = tag.trim_start_matches('/').trim_end_matches('/').split(' ').next().unwrap_or_default().to_owned();
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) if open.pop().as_ref() != Some(&name) => return Err(format!("{name} is closed before its time")),
            (true, _) | (_, true) => {}
            _ => open.push(name.clone()),
        }
        names.push(name);
    }
    if open.is_empty() { Ok(names) } else { Err(format!("left open: {open:?}")) }
}

fn text(words: &str) -> String {
    crate::session::html::escaped(words)
}

#[test]
fn every_mandatory_rule_stands_on_the_page_with_reason_source_and_examples() {
    for edition in Standards::builtin().unwrap().editions() {
        let rules = printed(edition, Level::Mandatory);
        assert_eq!(rules.len(), edition.rules.iter().filter(|rule| rule.level == Level::Mandatory).count());
        let page = page::page(edition, Level::Mandatory, &rules, "2026-11-26");
        let names = elements(&page).unwrap();
        assert!(names.iter().all(|name| !["script", "link", "img", "a", "iframe"].contains(&name.as_str())));
        assert!(!page.contains("http") && !page.contains("url("));
        let row_of = |rule: &Rule| {
            let at =
                page.find(&format!(">编号</span>\n{}（强制", text(&rule.id))).unwrap_or_else(|| panic!("{}", rule.id));
            let begin = page[..at].rfind("<tr><td>").unwrap();
            &page[begin..at + page[at..].find("</div>").unwrap()]
        };
        for rule in rules {
            let row = row_of(rule);
            let table = edition.table(&rule.table).unwrap();
            for words in [&sentence(rule, Some(table)), &rule.reason, rule.basis.as_ref().unwrap_or(&rule.reason)] {
                assert!(row.contains(&text(words)), "{} {words}\n{row}", rule.id);
            }
            for column in &rule.columns {
                let field = table.field(column).unwrap();
                assert!(row.contains(&text(&format!("{}（{}", field.title, field.item_id))), "{} {column}", rule.id);
            }
            assert!(row.contains(">不合格") && row.contains(">合格"), "{}", rule.id);
            let values =
                rule.pass.iter().chain(&rule.fail).flat_map(|case| &case.rows).flat_map(|(_, cells)| cells.values());
            for value in values {
                assert!(row.contains(&text(value)), "{} {value}", rule.id);
            }
        }
    }
}

#[test]
fn other_levels_follow_in_their_order() {
    let edition = Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap();
    let all = printed(&edition, Level::Hint);
    assert_eq!(all.len(), edition.rules.len());
    assert!(all.is_sorted_by_key(|rule| (rule.level, edition.table(&rule.table).unwrap().no)));
    let page = page::page(&edition, Level::Hint, &all, "2026-11-26");
    elements(&page).unwrap();
    let at = |heading: &str| page.find(heading).unwrap();
    assert!(at(">强制规则 ") < at(">核实规则 ") && at(">核实规则 ") < at(">提示规则 "));
}

#[test]
fn codes_are_named_and_signs_are_escaped() {
    let edition = Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap();
    let table = edition.table("ODS_XSXFSJ").unwrap();
    let model = edition.rules_of(&table.name).next().unwrap();
    let case = |code: &str| standard::Case {
        rows: vec![(table.name.clone(), [("XFLBM".to_owned(), code.to_owned())].into())],
        ..standard::Case::default()
    };
    let rule = Rule { reason: "甲<b>&\"乙'".into(), pass: vec![case("2")], fail: vec![case("<x>")], ..model.clone() };
    let page = page::page(&edition, Level::Mandatory, &[&rule], "2026-11-26");
    elements(&page).unwrap();
    let list = edition.code_list(table.field("XFLBM").unwrap().code_list.as_ref().unwrap()).unwrap();
    assert!(page.contains(&format!("<td>2 {}</td>", list.get("2").unwrap().name)));
    assert!(page.contains("甲&lt;b&gt;&amp;&quot;乙&#39;") && page.contains("<td>&lt;x&gt;</td>"));
}
