//! A new edition is defined in a workbook: exported, changed, installed and used. Books of other editions stay the same
//! to the byte, and nothing is installed from a workbook with a mistake.

mod workbook;

use std::fs;

use desk::CallError;
use serde_json::{Value, json};

use crate::fixture::{Clerk, EDITION, Home, INTERNSHIPS, PASSPHRASE, PERIOD, SCHOOL, VISITS, env};
use workbook::DefinitionWorkbook;

const NEW: &str = "gaozhi-2024.09-shiyan";

/// A client and its home folder, with exported definitions in files.
struct Fixture {
    home: Home,
    clerk: Clerk,
}

impl Fixture {
    fn new() -> Fixture {
        let home = Home::new();
        let clerk = Clerk::new(env(home.folder()));
        Fixture { home, clerk }
    }

    /// Exports the definition of the edition of all flows and reads it with another library.
    fn exported(&self) -> DefinitionWorkbook {
        let path = self.home.text("定义.xlsx");
        let written = self.clerk.call("edition.export_definition", json!({ "edition": EDITION, "path": path }));
        assert_eq!(written, json!({ "file": path, "sheets": 8 }));
        DefinitionWorkbook::read(&self.home.path("定义.xlsx"))
    }

    /// The same with another edition id.
    fn renamed(&self) -> DefinitionWorkbook {
        let mut workbook = self.exported();
        workbook.put("版本", "版本标识", "内容", NEW);
        workbook
    }

    fn install(&self, workbook: &DefinitionWorkbook) -> Result<Value, CallError> {
        workbook.save(&self.home.path("改过.xlsx"));
        let request = json!({ "path": self.home.text("改过.xlsx") });
        let preview = self.clerk.try_call("edition.preview_definition", request.clone());
        let installed = self.clerk.try_call("edition.install_definition", request);
        match (&preview, &installed) {
            (Ok(preview), Ok(installed)) => {
                for what in ["id", "title", "revision", "tables", "fields", "code_lists", "codes", "rules"] {
                    assert_eq!(preview[what], installed[what], "{what}");
                }
            }
            _ => assert_eq!(
                preview.as_ref().err(),
                installed.as_ref().err(),
                "preview and installation give the same error"
            ),
        }
        installed
    }

    fn editions(&self) -> Vec<String> {
        let editions = self.clerk.call("standard.editions", json!({}));
        editions.as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect()
    }

    /// Requires that installing fails with this code and these params, and that nothing is written.
    #[track_caller]
    fn refuses(&self, workbook: &DefinitionWorkbook, code: &str, named: &[(&str, &str)]) {
        let error = self.install(workbook).expect_err(code);
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
    let fixture = Fixture::new();
    let clerk = &fixture.clerk;
    let old = create(clerk, EDITION);
    visit(clerk, &json!({ "FWRQ": "20260901", "DZQKFWCS": "12", "DZTSFWCS": "7" }));
    clerk.call("book.close", json!({}));
    let before = fs::read(&old).unwrap();

    let mut workbook = fixture.renamed();
    workbook.put("版本", "标准名称", "内容", "高职数据标准（试验版）");
    workbook.put("版本", "修订号", "内容", "1.0.1");
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
    workbook.insert_after("数据项", VISITS, &field);
    workbook.add("代码集", &[("代码集", "SYFWFSDM"), ("标题", "访问方式代码")]);
    for (code, name) in [("1", "校内"), ("2", "校外")] {
        workbook.add("代码", &[("代码集", "SYFWFSDM"), ("代码", code), ("名称", name)]);
    }
    let installed = fixture.install(&workbook).unwrap();
    let counts = ["tables", "fields", "code_lists", "codes"].map(|what| installed[what].as_u64().unwrap());
    assert_eq!(counts, [98, 1_275, 131, 1_273]);
    assert_eq!((&installed["id"], &installed["origin"]), (&json!(NEW), &json!("definition")));
    assert!(fixture.editions().contains(&NEW.to_owned()));

    create(clerk, NEW);
    let good = visit(clerk, &json!({ "FWRQ": "20260901", "DZQKFWCS": "12", "DZTSFWCS": "7", "FWFSM": "校外" }));
    assert_eq!(good["rows"][0]["cells"]["FWFSM"], "2", "the name of a code of the new list becomes the code: {good}");
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
    // After a restart, the installed edition can be exported again.
    let again = Clerk::new(env(fixture.home.folder()));
    let path = fixture.home.text("再导出.xlsx");
    again.call("edition.export_definition", json!({ "edition": NEW, "path": path }));
    let read = DefinitionWorkbook::read(&fixture.home.path("再导出.xlsx"));
    assert!(read.sheet("数据项") == workbook.sheet("数据项"), "the same fields are exported");
}

#[test]
fn workbooks_with_mistakes_are_refused_with_their_position() {
    let fixture = Fixture::new();
    fixture.refuses(&fixture.exported(), "edition.builtin-id", &[("edition", EDITION)]);

    let mut workbook = fixture.renamed();
    workbook.drop("代码");
    fixture.refuses(&workbook, "definition.sheet-missing", &[("sheet", "代码")]);

    let mut workbook = fixture.renamed();
    let row = workbook.put("数据项", "FWRQ", "类型", "日子");
    fixture.refuses(
        &workbook,
        "definition.not-a-word",
        &[("sheet", "数据项"), ("row", &row.to_string()), ("column", "类型"), ("value", "日子")],
    );

    let mut workbook = fixture.renamed();
    let row = workbook.put("数据项", "ZYCCM", "代码集", "NONEDM");
    let named = [("sheet", "数据项"), ("row", &*row.to_string()), ("column", "代码集"), ("value", "NONEDM")];
    fixture.refuses(&workbook, "definition.unknown-name", &named);

    let mut workbook = fixture.renamed();
    let heading = workbook.column("数据表", "来源系统");
    workbook.rows("数据表")[0][heading] = "标题".to_owned();
    fixture.refuses(&workbook, "definition.column-twice", &[("sheet", "数据表"), ("column", "标题")]);

    let mut workbook = fixture.renamed();
    let rule = workbook.rows("规则")[1][0].clone();
    let passing = workbook.column("规则", "通过示例");
    let failing = workbook.column("规则", "不通过示例");
    workbook.rows("规则")[1].swap(passing, failing);
    let error = fixture.install(&workbook).unwrap_err();
    assert!(error.code.starts_with("rule.case-") && error.params["rule"] == rule, "{error:?}");

    let mut workbook = fixture.renamed();
    workbook.put("规则", &rule, "判断式", "NICHT_DA = 1");
    let error = fixture.install(&workbook).unwrap_err();
    assert!(error.params.values().any(|value| *value == rule), "the rule is named: {error:?}");

    for (name, bytes, code) in [
        ("照片.xlsx", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"[..], "workbook.is-picture"),
        ("空.xlsx", b"", "workbook.empty"),
        ("名单.csv", "姓名,学号\n张三,1\n".as_bytes(), "definition.sheet-unknown"),
    ] {
        fs::write(fixture.home.path(name), bytes).unwrap();
        for call in ["edition.preview_definition", "edition.install_definition"] {
            let error = fixture.clerk.try_call(call, json!({ "path": fixture.home.text(name) })).unwrap_err();
            assert_eq!(error.code, code, "{name}");
        }
    }
    assert!(!fixture.home.path("editions").exists(), "nothing was written");
}

#[test]
fn the_command_line_exports_installs_and_prints() {
    let home = Home::new();
    let written = home.json(0, &["edition", "export", "--definition", "定义.xlsx", "--edition", "zhongzhi-2023.06"]);
    assert_eq!((&written["file"], &written["sheets"]), (&json!("定义.xlsx"), &json!(8)));
    let refused = home.run(["edition", "install", "定义.xlsx"]);
    assert!(refused.code != 0 && refused.err.contains("zhongzhi-2023.06"), "{refused:?}");
    let mut workbook = DefinitionWorkbook::read(&home.path("定义.xlsx"));
    workbook.put("版本", "版本标识", "内容", "zhongzhi-2026.11");
    workbook.save(&home.path("定义.xlsx"));
    let installed = home.json(0, &["edition", "install", "定义.xlsx"]);
    assert_eq!((&installed["id"], &installed["tables"]), (&json!("zhongzhi-2026.11"), &json!(47)));
    workbook.put("版本", "发布年月", "内容", "去年");
    workbook.save(&home.path("定义.xlsx"));
    let refused = home.run(["edition", "install", "定义.xlsx"]);
    assert!(refused.code != 0 && refused.err.contains("发布年月") && refused.err.contains("去年"), "{refused:?}");

    let printed = home.json(0, &["show", INTERNSHIPS, "--edition", EDITION, "-o", "实习.xlsx"]);
    assert_eq!((&printed["file"], &printed["sheets"]), (&json!("实习.xlsx"), &json!(1)));
    let page = DefinitionWorkbook::read(&home.path("实习.xlsx"));
    assert!(page.sheet("实习基础").iter().flatten().any(|cell| cell == "SXKSRQ"));
    assert!(home.run(["show", INTERNSHIPS, "--edition", EDITION, "-o", "实习.pdf"]).err.contains(".xlsx"));
}
