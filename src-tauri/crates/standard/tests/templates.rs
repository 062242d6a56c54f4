//! The known workbooks of zhongzhi-2023.06: what they say, and that a mistake in them is refused.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use standard::load::Package;
use standard::{Edition, LoadError, Standards};

const ID: &str = "zhongzhi-2023.06";
const FILE: &str = "templates.json";

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::builtin().expect("the built-in standards load"));

fn edition() -> Arc<Edition> {
    STANDARDS.edition(ID).unwrap()
}

#[test]
fn only_zhongzhi_has_them() {
    let having: Vec<&str> =
        STANDARDS.editions().iter().filter(|e| !e.templates.is_empty()).map(|e| e.id.as_str()).collect();
    assert_eq!(having, [ID]);
    assert!(edition().templates.origin.contains("推断"), "that they are the platform's is inferred");
}

/// One for each table, in the order of the standard, with a heading for every column but those of the program.
#[test]
fn each_table_has_its_workbook() {
    let edition = edition();
    let tables: Vec<&str> = edition.tables.iter().map(|t| t.name.as_str()).collect();
    let told: Vec<&str> = edition.templates.templates.iter().map(|t| t.table.as_str()).collect();
    assert_eq!(told, tables);
    for (template, table) in edition.templates.templates.iter().zip(&edition.tables) {
        assert_eq!((&template.sheet, &template.file), (&table.title, &file_name(table.no, &table.title)));
        let has = |column: &str| template.columns.iter().any(|c| c.column == column);
        assert!(table.filled_fields().all(|field| has(&field.column)), "{}", table.name);
    }
}

fn file_name(no: u32, title: &str) -> String {
    format!("表{no}：{title}_导入模板.xlsx")
}

#[test]
fn headings_and_names_that_only_they_have() {
    let templates = &edition().templates;
    assert_eq!(templates.headings("ODS_ZZJXZLYPJSJ", "KCFLM").collect::<Vec<_>>(), ["*课程分类"]);
    assert_eq!(templates.names("ODS_ZZXXHXTJCQKSJ", "JCFSM").collect::<Vec<_>>(), [("API 接口集", "1")]);
    assert_eq!(templates.names("ODS_ZZSXJCSJ", "SXCSLXM").count(), 0, "no code means 一体化教室");
    let strict = templates.templates.iter().flat_map(|t| t.columns.iter().map(move |c| (&t.table, c)));
    let differs =
        strict.filter(|(table, c)| c.required() != edition().table(table).unwrap().field(&c.column).unwrap().required);
    assert_eq!(differs.count(), 8, "headings that are mandatory here or there only");
}

/// All files of the edition, one text in the workbooks' file exchanged, read beside the built-in editions.
fn with(from: &str, to: &str) -> Result<Edition, LoadError> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../standards").join(ID);
    let mut package = Package::new();
    for folder in ["", "tables", "codes"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                package.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    let text = String::from_utf8(package[FILE].clone()).unwrap();
    assert!(text.contains(from), "{from}");
    package.insert(FILE.into(), text.replacen(from, to, 1).into_bytes());
    STANDARDS.read(ID, package)
}

#[test]
fn mistakes_are_refused_and_named() {
    assert_eq!(with("", "").unwrap().templates, edition().templates);
    let cases = [
        ("\"origin\"", "\"source\"", "line 2 column 10: found unknown field `source`"),
        ("\"ODS_ZZXXGKJCSJ\"", "\"ODS_NONE\"", "/templates/0/table: found ODS_NONE, expected a table of the edition"),
        ("表2：校区基本", "表1：学校基本", "/templates/1/file: found 表1：学校基本数据子类表_导入模板.xlsx"),
        ("\"XXJGMC\"", "\"XXJG\"", "/templates/0/columns/1/column: found XXJG, expected a column of the table, once"),
        ("\"XXJGMC\"", "\"XXDM\"", "/templates/0/columns/1/column: found XXDM, expected a column of the table, once"),
        ("*学校名称", "学校代码", "/templates/0/columns/1/heading: found 学校代码, expected a heading of its own"),
        ("\"其他\"", "\"其它\"", "/lacks: found 其它, expected a name of the column's list"),
        ("\"一体化教室\"", "\"国有企业\"", "/names: found 国有企业, expected a name that no code of the list has"),
        ("\"code\": \"1\"", "\"code\": \"77\"", "/names: found 77, expected a code of the column's list"),
    ];
    for (from, to, expected) in cases {
        let said = with(from, to).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(said.contains(expected), "{from} to {to}: {said}");
    }
}
