//! The page as a whole: what it is, what is checked everywhere, and the rules by level and table.

use standard::{Edition, Level, Rule, Table};

use super::sentence::sentence;
use super::{cases, engine};
use crate::session::html::{close, element, escaped, open};

/// Black on white, A4, headings of tables repeated on every page, a rule never on two pages where it fits on one.
const STYLE: &str = "
@page { size: A4; margin: 16mm 14mm; }
body { font: 9.5pt/1.4 \"Noto Sans CJK SC\", \"Source Han Sans SC\", \"Microsoft YaHei\", \"PingFang SC\", sans-serif; color: #000;
  background: #fff; max-width: 190mm; margin: 0 auto; }
h1 { font-size: 17pt; margin: 0 0 4pt; }
h2 { font-size: 13pt; margin: 16pt 0 6pt; border-bottom: 1pt solid #000; break-after: avoid; }
p { margin: 1.5pt 0; }
table { border-collapse: collapse; width: 100%; }
thead th { background: #eee; font-weight: bold; }
th, td { border: 0.5pt solid #000; padding: 3pt 5pt; text-align: left; vertical-align: top; font-weight: normal; }
thead { display: table-header-group; }
table.rules { margin: 10pt 0; }
table.rules > thead th { background: #eee; font-weight: bold; }
table.rules > tbody > tr, table.checks tr { break-inside: avoid; }
table.rules > tbody > tr > td:first-child { width: 7mm; text-align: right; }
th small, td small, p small { font-size: 8.5pt; font-weight: normal; }
td.title, .fault { font-weight: bold; }
.label { display: inline-block; min-width: 15mm; text-indent: 0; }
.rule > p:not(.fault) { padding-left: 15mm; text-indent: -15mm; }
.rule { display: grid; grid-template-columns: 1fr auto; column-gap: 6mm; }
.rule > p { grid-column: 1; }
.rule > .examples { grid-column: 2; grid-row: 1 / span 5; max-width: 88mm; }
.rule.wide > .examples { grid-column: 1 / -1; grid-row: auto; max-width: none; }
table.case { width: auto; margin: 1pt 0 4pt; font-size: 8.5pt; }
table.case caption { text-align: left; }
table.case th, table.case td { padding: 1pt 4pt; border-color: #666; }
table.case td.empty { color: #444; }
p.when { font-size: 8.5pt; }
@media screen { body { padding: 10mm; } }
";

/// Columns of an example that stands beside the words of its rule.
const BESIDE: usize = 3;

/// The page. `rules` stand in the order in which they are printed; `today` is the day that is printed on it.
pub fn page(edition: &Edition, level: Level, rules: &[&Rule], today: &str) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    let title = format!("{}：{}", edition.title, if level == Level::Mandatory { "强制规则" } else { "规则" });
    element(&mut out, "title", "", &title);
    out.push_str("<style>");
    out.push_str(STYLE);
    out.push_str("</style>\n</head>\n<body>\n");
    element(&mut out, "h1", "", &title);
    opening(&mut out, edition, rules, today);
    engine::write(&mut out, edition);
    for one in [Level::Mandatory, Level::Confirm, Level::Hint] {
        let of_level: Vec<&Rule> = rules.iter().filter(|rule| rule.level == one).copied().collect();
        if !of_level.is_empty() {
            write_level(&mut out, edition, one, &of_level);
        }
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// What the page is, and how it is read.
fn opening(out: &mut String, edition: &Edition, rules: &[&Rule], today: &str) {
    let version = edition.version.as_ref().map(|version| format!("，{version}")).unwrap_or_default();
    element(
        out,
        "p",
        "",
        &format!(
            "标准版本 {}（{} 发布{version}）。{today} 由填报程序写出，共 {} 条规则。",
            edition.id,
            edition.issued,
            rules.len()
        ),
    );
    element(
        out,
        "p",
        "",
        "强制：改正以前不能上报，所以只用于真实数据不可能出现的情况。核实：要求改正，或者说明情况以后照常上报。提示：只供参考。",
    );
    element(
        out,
        "p",
        "",
        "每条规则写出不合格的情况、原因、依据和例子。例子都是编造的，没有真实的人和学校；例子里没有列出的数据项与这条规则无关。\
         “依据”写着标准原文的，是标准的要求；其余是根据数据之间的关系定的，标准没有这样写。",
    );
}

fn words_of(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Mandatory => ("强制", "改正以前不能上报"),
        Level::Confirm => ("核实", "改正，或者说明情况"),
        Level::Hint => ("提示", "只供参考"),
    }
}

fn write_level(out: &mut String, edition: &Edition, level: Level, rules: &[&Rule]) {
    let (name, means) = words_of(level);
    open(out, "section", "");
    element(out, "h2", "", &format!("{name}规则 {} 条：{means}", rules.len()));
    let mut no = 0;
    for of_table in rules.chunk_by(|a, b| a.table == b.table) {
        let table = edition.table(&of_table[0].table);
        open(out, "table", "rules");
        out.push_str("<thead>\n<tr><th colspan=\"2\">");
        match table {
            Some(table) => out.push_str(&escaped(&format!("{}　{}", table.no, table.title))),
            None => out.push_str(&escaped(&of_table[0].table)),
        }
        out.push_str(&format!(" <small>{}</small></th></tr>\n</thead>\n<tbody>\n", escaped(&of_table[0].table)));
        for rule in of_table {
            no += 1;
            write_rule(out, edition, table, rule, no);
        }
        close(out, "tbody");
        close(out, "table");
    }
    close(out, "section");
}

fn write_rule(out: &mut String, edition: &Edition, table: Option<&Table>, rule: &Rule, no: usize) {
    out.push_str("<tr>");
    element(out, "td", "", &no.to_string());
    open(out, "td", "");
    // Short examples stand beside the words, others below them.
    let wide = !rule.body.is_over_one_record() || rule.columns.len() > BESIDE;
    open(out, "div", if wide { "rule wide" } else { "rule" });
    element(out, "p", "fault", &format!("不合格：{}", sentence(rule, table)));
    labelled(out, "原因", &rule.reason);
    labelled(out, "依据", rule.basis.as_deref().unwrap_or("数据之间的关系，标准没有这样写。"));
    labelled(out, "数据项", &columns(table, rule));
    let own = if rule.own { "，本校" } else { "" };
    labelled(out, "编号", &format!("{}（{}{own}）", rule.id, words_of(rule.level).0));
    open(out, "div", "examples");
    cases::write(out, edition, rule);
    close(out, "div");
    close(out, "div");
    close(out, "td");
    close(out, "tr");
}

fn labelled(out: &mut String, label: &str, text: &str) {
    open(out, "p", "");
    element(out, "span", "label", label);
    out.push_str(&escaped(text));
    close(out, "p");
}

/// Title, item number and column of each.
fn columns(table: Option<&Table>, rule: &Rule) -> String {
    let one = |column: &String| match table.and_then(|table| table.field(column)) {
        Some(field) => format!("{}（{} {column}）", field.title, field.item_id),
        None => column.clone(),
    };
    rule.columns.iter().map(one).collect::<Vec<_>>().join("，")
}
