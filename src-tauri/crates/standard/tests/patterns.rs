//! Lines of patterns in rule files: what they make, and what is wrong with a line that does not fit. And no rule stands
//! twice in standards/.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use standard::pattern::{Line, Pattern};
use standard::rule::RuleFault;
use standard::{Edition, Rule, RuleBody, Standards};

static EDITION: LazyLock<Arc<Edition>> =
    LazyLock::new(|| Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap());

/// The rules of a line in the edition in force.
fn all_made(pattern: Pattern, line: &str) -> Result<Vec<Rule>, RuleFault> {
    let line: Line = toml::from_str(line).unwrap();
    pattern.lines(&line).iter().map(|line| pattern.rule(line, &EDITION)?.read(&EDITION)).collect()
}

/// The rule of a line in the edition in force, the first one of several.
fn made(pattern: Pattern, line: &str) -> Result<Rule, RuleFault> {
    all_made(pattern, line).map(|rules| rules[0].clone())
}

fn head(table: &str, columns: &str) -> String {
    format!("rule = \"{table}.test\"\nlevel = \"confirm\"\ncolumns = {columns}\n")
}

/// SQL, message, and the number of passing and failing cases.
fn told(pattern: Pattern, table: &str, columns: &str, more: &str) -> (String, String, usize, usize) {
    let rule = made(pattern, &(head(table, columns) + more)).unwrap();
    let select = matches!(rule.body, RuleBody::Select { .. });
    assert_eq!(select, matches!(pattern, Pattern::NameAgrees | Pattern::OnePer));
    (rule.body.sql().into_owned(), rule.message.clone(), rule.pass.len(), rule.fail.len())
}

#[test]
fn a_line_becomes_a_rule() {
    let (sql, message, pass, fail) = told(Pattern::NotAfterToday, "ODS_KYJFZCSJ", "[\"ZCSJ\"]", "");
    assert_eq!((sql.as_str(), pass, fail), ("tb_date(ZCSJ) <= tb_today()", 1, 1));
    assert_eq!(message, "支出时间“{value}”晚于今天。");

    let (sql, message, ..) = told(Pattern::NotAfterToday, "ODS_CXHZSJ", "[\"HZKSNY\"]", "from = \"198001\"");
    assert_eq!(sql, "tb_month(HZKSNY) BETWEEN '198001' AND substr(tb_today(), 1, 6)");
    assert_eq!(message, "合作开始年月“{value}”晚于本月或早于1980-01。");

    let (sql, message, pass, fail) = told(Pattern::EndsByToday, "ODS_SZHDSJ", "[\"HDJSRQ\", \"HDKSRQ\"]", "to = 200");
    assert_eq!(
        sql,
        "tb_date(HDJSRQ) <= tb_today() OR (tb_date(HDKSRQ) <= tb_today() AND tb_days(HDKSRQ, HDJSRQ) <= 200)"
    );
    assert_eq!((message.as_str(), pass, fail), ("活动结束日期“{value}”晚于今天。", 2, 2));

    let (sql, message, pass, fail) = told(Pattern::NotBefore, "ODS_SXJCSJ", "[\"SXJSRQ\", \"SXKSRQ\"]", "");
    assert_eq!((sql.as_str(), pass, fail), ("tb_date(SXJSRQ) >= tb_date(SXKSRQ)", 2, 1));
    assert_eq!(message, "实习结束日期“{value}”早于实习开始日期“{SXKSRQ}”。");

    let (sql, message, ..) = told(Pattern::NameAgrees, "ODS_STXHJBSJ", "[\"ZDJSXM\", \"ZDJSH\"]", "named = \"JSXM\"");
    assert!(sql.contains("FROM all_ODS_JSHXSJ WHERE JSXM IS NOT NULL GROUP BY JGH"), "{sql}");
    assert!(sql.contains("o.number = t.ZDJSH"), "{sql}");
    assert_eq!(message, "指导教师姓名“{value}”与《教师画像》中同一教工号的教师姓名不一致。");

    let (_, message, ..) = told(Pattern::OnePer, "ODS_SXJDSJ", "[\"SXJDMC\", \"SXJDBH\"]", "one = \"SXJDBH\"");
    assert_eq!(message, "实训基地名称“{value}”有{n}个不同的实训基地编号。");

    let (sql, message, ..) = told(Pattern::Between, "ODS_KYXMJBSJ", "[\"XMLXJF\"]", "from = 0\nto = 100000000");
    assert_eq!(sql, "tb_number(XMLXJF) BETWEEN 0 AND 100000000");
    assert_eq!(message, "项目立项经费“{value}”不在0到1亿元之间。");
}

/// A finding stands on the cell that is wrong, and explanations of the first column's findings keep their rule.
#[test]
fn some_lines_make_a_rule_for_each_column() {
    for pattern in [Pattern::NotNegative, Pattern::NotAfterToday] {
        let (table, columns) = match pattern {
            Pattern::NotNegative => ("ODS_KCJBSJ", "[\"JXJHGDKSS\", \"SJJXKSS\"]"),
            _ => ("ODS_SXJCSJ", "[\"SXKSRQ\", \"SXJSRQ\"]"),
        };
        let rules = all_made(pattern, &head(table, columns)).unwrap();
        let second = columns.split('"').nth(3).unwrap();
        let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(ids, [format!("{table}.test"), format!("{table}.test-{}", second.to_lowercase())]);
        assert_eq!(rules[1].columns, [second]);
    }
    let nobody = made(Pattern::SomebodyTookPart, &head("ODS_DKSJ", "[\"CYXSS\", \"CYJSS\"]")).unwrap();
    assert_eq!(nobody.body.sql(), "NOT (tb_number(CYXSS) = 0 AND tb_number(CYJSS) = 0)");
    assert_eq!(nobody.message, "参与学生数“{value}”、参与教师数“{CYJSS}”：没有人参加。");
}

#[test]
fn words_of_a_line_come_first() {
    let line = head("ODS_SXJCSJ", "[\"SXJSRQ\", \"SXKSRQ\"]") + "message = \"填反了。\"\nreason = \"先后。\"";
    let rule = made(Pattern::NotBefore, &line).unwrap();
    assert_eq!((rule.message.as_str(), rule.reason.as_str()), ("填反了。", "先后。"));
}

#[test]
fn a_line_that_does_not_fit_says_where() {
    let check = |pattern, table: &str, columns: &str, more: &str, place: &str| {
        let fault = made(pattern, &(head(table, columns) + more)).expect_err(place);
        assert_eq!(fault.place, place, "{pattern:?} {columns} {more}: {fault:?}");
    };
    use Pattern::*;
    check(NotAfterToday, "ODS_NONE", "[\"SXKSRQ\"]", "", "rule");
    check(NotAfterToday, "ODS_SXJCSJ", "[\"NONE\"]", "", "columns/0");
    check(NotAfterToday, "ODS_SXJCSJ", "[\"SXKSRQ\", \"XSXM\"]", "", "columns/1");
    check(NotAfterToday, "ODS_SXJCSJ", "[\"SXKSRQ\"]", "from = 3", "from");
    check(NotAfterToday, "ODS_SXJCSJ", "[\"SXKSRQ\"]", "to = 3", "to");
    check(NotAfterToday, "ODS_SXJCSJ", "[]", "", "columns");
    check(NotBefore, "ODS_SXJCSJ", "[\"SXKSRQ\"]", "", "columns");
    check(NotAfter, "ODS_SXJCSJ", "[\"SXKSRQ\", \"XSXM\"]", "", "columns/1");
    check(Since, "ODS_SXJCSJ", "[\"SXKSRQ\"]", "from = \"2023\"", "from");
    check(Since, "ODS_SXJCSJ", "[\"XSXM\"]", "from = \"2023\"", "columns/0");
    check(ThisTerm, "ODS_SXJCSJ", "[\"XSXM\"]", "", "columns");
    check(InTerm, "ODS_SXJCSJ", "[\"XSXM\"]", "", "columns/0");
    check(InSchoolYear, "ODS_SXJCSJ", "[\"XSXM\"]", "", "columns/0");
    check(NameAgrees, "ODS_SXJCSJ", "[\"XSXM\", \"SXKSRQ\"]", "", "columns/1");
    check(NameAgrees, "ODS_SXJCSJ", "[\"XSXM\", \"XH\"]", "named = \"NONE\"", "named");
    check(NameAgrees, "ODS_SXJCSJ", "[\"XSXM\", \"XH\"]", "number = \"ODS_XSHXSJ\"", "number");
    check(OnePer, "ODS_SXJCSJ", "[\"XSXM\", \"XH\"]", "", "one");
    check(OnePer, "ODS_SXJCSJ", "[\"XSXM\"]", "one = \"XSXM\"", "columns");
    check(Between, "ODS_SXJCSJ", "[\"SXCJ\"]", "", "from");
    check(Between, "ODS_SXJCSJ", "[\"SXCJ\"]", "from = 9\nto = 3", "from");
    check(NotNegative, "ODS_SXJCSJ", "[\"XSXM\"]", "", "columns/0");
    check(NotAbove, "ODS_SXJCSJ", "[\"SXCJ\"]", "", "columns");
    check(SomebodyTookPart, "ODS_SXJCSJ", "[\"XSXM\"]", "", "columns/0");
    check(FilledWhen, "ODS_SXJCSJ", "[\"XSXM\", \"XH\"]", "", "columns/1");
    check(CityInProvince, "ODS_SXJCSJ", "[\"XSXM\", \"XH\"]", "", "columns/0");
    assert!(toml::from_str::<Line>(&(head("ODS_SXJCSJ", "[]") + "colour = \"red\"")).is_err());
}

/// The rule files of standards/, with what is written in them by id.
fn written() -> BTreeMap<PathBuf, BTreeMap<String, toml::Value>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../standards");
    let folders = |folder: PathBuf| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let own = folders(root.clone()).map(|edition| edition.join("rules"));
    let all = own.chain(folders(root.join("rules"))).filter(|folder| folder.is_dir());
    let files = all.flat_map(folders).filter(|file| file.extension().is_some_and(|ending| ending == "toml"));
    let rules = |file: &Path| {
        let table: toml::Table = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let entries = table.values().flat_map(|list| list.as_array().unwrap().clone());
        let id = |entry: &toml::Value| entry.get("id").or(entry.get("rule")).unwrap().as_str().unwrap().to_owned();
        entries.map(|entry| (id(&entry), entry)).collect()
    };
    files.map(|file| (file.clone(), rules(&file))).collect()
}

/// Copies drift apart: what two editions take stands once, in standards/rules.
#[test]
fn no_rule_is_written_twice() {
    let files = written();
    let mut seen: BTreeMap<&str, (&Path, &toml::Value)> = BTreeMap::new();
    for (file, rules) in &files {
        for (id, entry) in rules {
            if let Some((other, same)) = seen.insert(id, (file, entry)) {
                assert!(same != entry, "{id} stands in {} and in {}", other.display(), file.display());
            }
        }
    }
    let all: Vec<&toml::Value> = files.values().flat_map(BTreeMap::values).collect();
    let long = all.iter().filter(|entry| entry.get("pass").is_some()).count();
    assert!(long < 450, "{long} rules are written out, {} are lines of patterns", all.len() - long);
}
