//! A new edition is written in a workbook: exported, changed as a person does it, installed, used; books of other
//! editions stay as they are, byte for byte, and a workbook with a mistake leaves no trace.

mod paper;

use std::fs;

use desk::CallError;
use serde_json::{Value, json};

use crate::stage::{Clerk, EDITION, Home, INTERNSHIPS, PASSPHRASE, PERIOD, SCHOOL, VISITS, env};
use paper::Paper;

const NEW: &str = "gaozhi-2024.09-shiyan";

/// A clerk, and the definition of the edition of all flows in a file.
struct Stage {
    home: Home,
    clerk: Clerk,
}

impl Stage {
    fn new() -> Stage {
        let home = Home::new();
        let clerk = Clerk::new(env(home.folder()));
        Stage { home, clerk }
    }

    /// Exports the definition and opens it as another program does.
    fn exported(&self) -> Paper {
        let path = self.home.text("定义.xlsx");
        let written = self.clerk.call("edition.export_definition", json!({ "edition": EDITION, "path": path }));
        assert_eq!(written, json!({ "file": path, "sheets": 8 }));
        Paper::read(&self.home.path("定义.xlsx"))
    }

    /// The same under an id of its own.
    fn renamed(&self) -> Paper {
        let mut paper = self.exported();
        paper.put("版本", "版本标识", "内容", NEW);
        paper
    }

    fn install(&self, paper: &Paper) -> Result<Value, CallError> {
        paper.save(&self.home.path("改过.xlsx"));
        let request = json!({ "path": self.home.text("改过.xlsx") });
        let preview = self.clerk.try_call("edition.preview_definition", request.clone());
        let installed = self.clerk.try_call("edition.install_definition", request);
        match (&preview, &installed) {
            (Ok(preview), Ok(installed)) => {
                for what in ["id", "title", "revision", "tables", "fields", "code_lists", "codes", "rules"] {
                    assert_eq!(preview[what], installed[what], "{what}");
                }
            }
            _ => assert_eq!(preview.as_ref().err(), installed.as_ref().err(), "a preview says what installing says"),
        }
        installed
    }

    fn editions(&self) -> Vec<String> {
        let editions = self.clerk.call("standard.editions", json!({}));
        editions.as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect()
    }

    /// Installing must fail with this code and name these things, and leave no trace.
    #[track_caller]
    fn refuses(&self, paper: &Paper, code: &str, named: &[(&str, &str)]) {
        let error = self.install(paper).expect_err(code);
        assert_eq!(error.code, code, "{error:?}");
        for (name, value) in named {
            assert_eq!(error.params.get(*name).map(String::as_str), Some(*value), "{name} in {error:?}");
        }
        assert!(!self.editions().contains(&NEW.to_owned()));
        assert!(!self.home.path("editions").exists(), "nothing was written");
    }
}

fn create(clerk: &Clerk, edition: &str) -> String {
    let college = json!({ "code": SCHOOL, "name": format!("示例 {edition}") });
    let book = json!({ "edition": edition, "college": college, "period": PERIOD, "passphrase": PASSPHRASE });
    clerk.call("book.create", book)["path"].as_str().unwrap().to_owned()
}

fn visit(clerk: &Clerk, values: &Value) -> Value {
    clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "insert", "values": values }] }))
}

#[test]
fn an_edition_is_exported_changed_installed_and_used() {
    let stage = Stage::new();
    let clerk = &stage.clerk;
    let old = create(clerk, EDITION);
    visit(clerk, &json!({ "FWRQ": "20260901", "DZQKFWCS": "12", "DZTSFWCS": "7" }));
    clerk.call("book.close", json!({}));
    let before = fs::read(&old).unwrap();

    let mut paper = stage.renamed();
    paper.put("版本", "标准名称", "内容", "高职数据标准（试验版）");
    paper.put("版本", "修订号", "内容", "1.0.1");
    let field = [
        ("表名", VISITS),
        ("列名", "FWFSM"),
        ("标题", "访问方式"),
        ("印刷类型", "C"),
        ("类型", "代码"),
        ("长度", "1"),
        ("必填", "是"),
        ("代码集", "SYFWFSDM"),
        ("敏感程度", "无"),
        ("说明", "主要的访问方式"),
    ];
    paper.insert_after("数据项", VISITS, &field);
    paper.add("代码集", &[("代码集", "SYFWFSDM"), ("标题", "访问方式代码")]);
    for (code, name) in [("1", "校内"), ("2", "校外")] {
        paper.add("代码", &[("代码集", "SYFWFSDM"), ("代码", code), ("名称", name)]);
    }
    let installed = stage.install(&paper).unwrap();
    let counts = ["tables", "fields", "code_lists", "codes"].map(|what| installed[what].as_u64().unwrap());
    assert_eq!(counts, [98, 1_275, 131, 1_273]);
    assert_eq!((&installed["id"], &installed["origin"]), (&json!(NEW), &json!("definition")));
    assert!(stage.editions().contains(&NEW.to_owned()));

    create(clerk, NEW);
    let good = visit(clerk, &json!({ "FWRQ": "20260901", "DZQKFWCS": "12", "DZTSFWCS": "7", "FWFSM": "校外" }));
    assert_eq!(good["rows"][0]["cells"]["FWFSM"], "2", "the new list is known: {good}");
    visit(clerk, &json!({ "FWRQ": "20260902", "DZQKFWCS": "1", "DZTSFWCS": "1", "FWFSM": "9" }));
    visit(clerk, &json!({ "FWRQ": "20260903", "DZQKFWCS": "1", "DZTSFWCS": "1" }));
    clerk.call("check.run", json!({ "tables": [VISITS] }));
    let found = clerk.call("check.findings", json!({ "table": VISITS, "limit": 10 }));
    let found: Vec<_> = found["findings"].as_array().unwrap().iter().map(|f| (&f["column"], &f["rule"])).collect();
    let expected = [(json!("FWFSM"), json!("code")), (json!("FWFSM"), json!("required"))];
    assert!(expected.iter().all(|(column, rule)| found.contains(&(column, rule))) && found.len() == 2, "{found:?}");
    clerk.call("book.close", json!({}));

    assert!(fs::read(&old).unwrap() == before, "a book of another edition is not touched");
    let head = clerk.call("book.open", json!({ "path": old, "passphrase": PASSPHRASE }));
    assert_eq!(head["edition"], EDITION);
    let table = clerk.call("standard.table", json!({ "table": VISITS }));
    assert!(table["fields"].as_array().unwrap().iter().all(|field| field["column"] != "FWFSM"));
    clerk.call("book.close", json!({}));
    // What was installed can be exported again, and is there after a restart.
    let again = Clerk::new(env(stage.home.folder()));
    let path = stage.home.text("再导出.xlsx");
    again.call("edition.export_definition", json!({ "edition": NEW, "path": path }));
    let read = Paper::read(&stage.home.path("再导出.xlsx"));
    assert!(read.sheet("数据项") == paper.sheet("数据项"), "the same fields come out");
}

#[test]
fn workbooks_with_mistakes_are_refused_with_their_place() {
    let stage = Stage::new();
    stage.refuses(&stage.exported(), "edition.builtin-id", &[("edition", EDITION)]);

    let mut paper = stage.renamed();
    paper.drop("代码");
    stage.refuses(&paper, "definition.sheet-missing", &[("sheet", "代码")]);

    let mut paper = stage.renamed();
    let row = paper.put("数据项", "FWRQ", "类型", "日子");
    stage.refuses(
        &paper,
        "definition.not-a-word",
        &[("sheet", "数据项"), ("row", &row.to_string()), ("column", "类型"), ("value", "日子")],
    );

    let mut paper = stage.renamed();
    let row = paper.put("数据项", "ZYCCM", "代码集", "NONEDM");
    let named = [("sheet", "数据项"), ("row", &*row.to_string()), ("column", "代码集"), ("value", "NONEDM")];
    stage.refuses(&paper, "definition.unknown-name", &named);

    let mut paper = stage.renamed();
    let heading = paper.column("数据表", "来源系统");
    paper.rows("数据表")[0][heading] = "标题".to_owned();
    stage.refuses(&paper, "definition.column-twice", &[("sheet", "数据表"), ("column", "标题")]);

    let mut paper = stage.renamed();
    let rule = paper.rows("规则")[1][0].clone();
    let passing = paper.column("规则", "通过示例");
    let failing = paper.column("规则", "不通过示例");
    paper.rows("规则")[1].swap(passing, failing);
    let error = stage.install(&paper).unwrap_err();
    assert!(error.code.starts_with("rule.case-") && error.params["rule"] == rule, "{error:?}");

    let mut paper = stage.renamed();
    paper.put("规则", &rule, "判断式", "NICHT_DA = 1");
    let error = stage.install(&paper).unwrap_err();
    assert!(error.params.values().any(|value| *value == rule), "the rule is named: {error:?}");

    for (name, bytes, code) in [
        ("照片.xlsx", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"[..], "workbook.is-picture"),
        ("空.xlsx", b"", "workbook.empty"),
        ("名单.csv", "姓名,学号\n张三,1\n".as_bytes(), "definition.sheet-unknown"),
    ] {
        fs::write(stage.home.path(name), bytes).unwrap();
        for call in ["edition.preview_definition", "edition.install_definition"] {
            let error = stage.clerk.try_call(call, json!({ "path": stage.home.text(name) })).unwrap_err();
            assert_eq!(error.code, code, "{name}");
        }
    }
    assert!(!stage.home.path("editions").exists(), "nothing was written");
}

#[test]
fn the_command_line_exports_installs_and_prints() {
    let home = Home::new();
    let written = home.json(0, &["edition", "export", "--definition", "定义.xlsx", "--edition", "zhongzhi-2023.06"]);
    assert_eq!((&written["file"], &written["sheets"]), (&json!("定义.xlsx"), &json!(8)));
    let refused = home.run(["edition", "install", "定义.xlsx"]);
    assert!(refused.code != 0 && refused.err.contains("zhongzhi-2023.06"), "{refused:?}");
    let mut paper = Paper::read(&home.path("定义.xlsx"));
    paper.put("版本", "版本标识", "内容", "zhongzhi-2026.11");
    paper.save(&home.path("定义.xlsx"));
    let installed = home.json(0, &["edition", "install", "定义.xlsx"]);
    assert_eq!((&installed["id"], &installed["tables"]), (&json!("zhongzhi-2026.11"), &json!(47)));
    paper.put("版本", "发布年月", "内容", "去年");
    paper.save(&home.path("定义.xlsx"));
    let refused = home.run(["edition", "install", "定义.xlsx"]);
    assert!(refused.code != 0 && refused.err.contains("发布年月") && refused.err.contains("去年"), "{refused:?}");

    let printed = home.json(0, &["show", INTERNSHIPS, "--edition", EDITION, "-o", "实习.xlsx"]);
    assert_eq!((&printed["file"], &printed["sheets"]), (&json!("实习.xlsx"), &json!(1)));
    let page = Paper::read(&home.path("实习.xlsx"));
    assert!(page.sheet("实习基础").iter().flatten().any(|cell| cell == "SXKSRQ"));
    assert!(home.run(["show", INTERNSHIPS, "--edition", EDITION, "-o", "实习.pdf"]).err.contains(".xlsx"));
}
