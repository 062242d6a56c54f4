//! Derives a small folder of facts.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{TARGETS, command, derive, folder};

/// A field of the facts; `more` has the keys that differ from the simplest field.
fn field(no: u32, column: &str, more: Value) -> Value {
    let mut field = json!({
        "no": no, "item_id": "X01", "column": column, "title": column, "type": "C", "kind": "text", "max_length": 9,
        "precision": null, "scale": null, "required": false, "code_list": null, "separator": null, "format": null,
        "unit": null, "example": null, "required_when": null, "sensitive": null, "references": null,
        "reference_basis": null, "description": null,
    });
    for (key, value) in more.as_object().unwrap() {
        field[key] = value.clone();
    }
    field
}

/// A folder of facts with one table, whose third field is the given one.
fn facts(third: Value) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let edition = json!({
        "edition": "gz-2023.06", "level": "高职", "title": "标准", "version": null, "issued": "2023-06", "issuers": ["某司"],
        "counts": { "subsets": 1, "classes": 1, "tables": 1, "fields": 3, "code_lists": 1, "codes": 2 },
        "subsets": [{ "code": "A", "name": "子集" }],
        "classes": [{ "code": "A01", "name": "类", "subset": "A", "subclasses": [{ "code": "A0101", "name": "子类" }] }],
        "tables": [{
            "no": 1, "name": "ODS_JSJBSJ", "title": "学校", "subset": "A", "data_class": "A01", "data_subclass": "A0101",
            "source_system": null, "frequency": { "value": "term", "text": "学期" }, "scope": "全量数据",
            "association": { "kind": "none", "tables": [] }, "primary_key": "ZJSJWYXBS",
            "fields": [field(1, "ZJSJWYXBS", json!({})), field(2, "JSH", json!({})), third],
        }],
        "code_lists": [{
            "id": "SFBZDM", "title": "是否", "source": null,
            "codes": [{ "code": "0", "name": "否" }, { "code": "1", "name": "是", "note": "a, \"b\"" }],
        }],
    });
    write(home.path(), "editions/gz-2023.06.json", &edition.to_string());
    let list = json!([{
        "id": "GBT0", "file": "GBT0.csv", "title": "国标", "standard": "GB/T 0", "edition": "2003", "rows": 1,
        "completeness": "complete", "basis": "none", "doubts": [],
    }]);
    write(home.path(), "codes/index.json", &list.to_string());
    write(home.path(), "codes/GBT0.csv", "code,name,parent,note\n01,一,,\n");
    home
}

fn write(home: &Path, path: &str, text: &str) {
    fs::create_dir_all(home.join(path).parent().unwrap()).unwrap();
    fs::write(home.join(path), text).unwrap();
}

/// The table's schema after deriving into a folder.
fn schema(third: Value) -> Value {
    let (facts, standards) = (facts(third), tempfile::tempdir().unwrap());
    folder::write(&derive(facts.path(), &[&TARGETS[1]]).unwrap(), standards.path()).unwrap();
    let text = fs::read_to_string(standards.path().join("gaozhi-2023.06/tables/ODS_JSJBSJ.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What deriving says about a third field that is wrong.
fn refused(third: Value) -> String {
    derive(facts(third).path(), &[&TARGETS[1]]).err().unwrap().0
}

#[test]
fn a_field_says_what_is_printed_and_nothing_else() {
    let date =
        json!({ "kind": "date", "format": "YYYYMMDD", "max_length": 8, "required": true, "example": "20060412" });
    let code = json!({ "kind": "code", "code_list": "SFBZDM", "max_length": 1, "sensitive": "special" });
    let month = json!({ "kind": "yearmonth", "format": "YYYYMM", "max_length": 6 });
    let number =
        json!({ "type": "N", "kind": "decimal", "max_length": null, "precision": 20, "scale": 1, "unit": "元" });
    let cases = [
        (
            date,
            json!({ "name": "C", "title": "C", "type": "date", "format": "%Y%m%d", "example": "20060412",
                "constraints": { "required": true }, "tianbao:item": "X01", "tianbao:letter": "C",
                "tianbao:kind": "date", "tianbao:format": "YYYYMMDD", "tianbao:maxLength": 8 }),
        ),
        (
            code,
            json!({ "name": "C", "title": "C", "type": "string", "constraints": { "maxLength": 1 },
                "tianbao:item": "X01", "tianbao:letter": "C", "tianbao:kind": "code",
                "tianbao:codeList": "SFBZDM", "tianbao:sensitivity": "special" }),
        ),
        (
            month,
            json!({ "name": "C", "title": "C", "type": "string",
                "constraints": { "maxLength": 6, "pattern": "^[0-9]{4}(0[1-9]|1[0-2])$" }, "tianbao:item": "X01",
                "tianbao:letter": "C", "tianbao:kind": "yearmonth", "tianbao:format": "YYYYMM" }),
        ),
        (
            number,
            json!({ "name": "C", "title": "C", "type": "number", "tianbao:item": "X01", "tianbao:letter": "N",
                "tianbao:kind": "decimal", "tianbao:precision": 20, "tianbao:scale": 1, "tianbao:unit": "元" }),
        ),
    ];
    for (printed, expected) in cases {
        assert_eq!(schema(field(3, "C", printed))["fields"][2], expected);
    }
}

#[test]
fn foreign_keys_only_where_nothing_is_doubtful() {
    let to = |list: &str| json!([{ "fields": ["C"], "reference": { "resource": list, "fields": ["code"] } }]);
    let code = |list: &str| json!({ "kind": "code", "code_list": list });
    let cases = [
        (code("SFBZDM"), to("sfbzdm")),
        (code("GBT0"), Value::Null),
        (json!({ "kind": "code", "code_list": "SFBZDM", "doubt": "no length printed" }), to("sfbzdm")),
        (
            json!({ "kind": "code", "code_list": "SFBZDM",
                "doubt": "field is longer than its codes: several values may be meant, but no separator is printed" }),
            Value::Null,
        ),
        (json!({ "kind": "codes", "code_list": "SFBZDM", "separator": "," }), Value::Null),
    ];
    for (printed, expected) in cases {
        assert_eq!(schema(field(3, "C", printed.clone()))["foreignKeys"], expected, "{printed}");
    }
}

#[test]
fn a_table_of_all_data_has_no_period_and_has_its_natural_key() {
    let schema = schema(field(3, "C", json!({})));
    assert_eq!(schema["tianbao:period"], json!("all"));
    assert_eq!(schema["tianbao:naturalKey"], json!(["JSH"]));
    assert_eq!(schema["primaryKey"], json!(["ZJSJWYXBS"]));
}

#[test]
fn facts_that_make_no_sense_are_refused() {
    let cases = [
        (field(4, "C", json!({})), "ODS_JSJBSJ: field 4 stands at place 3"),
        (field(3, "C", json!({ "kind": "date" })), "ODS_JSJBSJ: C: kind date with format None"),
        (field(3, "C", json!({ "kind": "code", "code_list": "NONE" })), "ODS_JSJBSJ: no code list NONE"),
    ];
    for (third, expected) in cases {
        assert_eq!(refused(third), expected);
    }
    let unknown = refused(field(3, "C", json!({ "colour": "red" })));
    assert!(unknown.starts_with("editions/gz-2023.06.json: unknown field `colour`"), "{unknown}");
    let unkeyed = derive(facts(field(3, "C", json!({}))).path(), &[&TARGETS[2]]).err().unwrap().0;
    assert!(unkeyed.starts_with("editions/zz-2023.06.json"), "{unkeyed}");
}

#[test]
fn the_command_writes_once_and_then_agrees() {
    let (facts, standards) = (facts(field(3, "C", json!({}))), tempfile::tempdir().unwrap());
    let folder = facts.path().display().to_string();
    let run = |words: &[&str]| command(words, standards.path()).map_err(|failure| failure.0);
    assert!(run(&["--check", &folder, "gz-2023.06"]).is_err());
    assert_eq!(run(&[&folder, "gz-2023.06"]).unwrap(), "7 files derived, 7 of them changed");
    assert_eq!(run(&["--check", &folder]).unwrap(), "7 files agree with the facts");
    let codes = fs::read_to_string(standards.path().join("gaozhi-2023.06/codes/SFBZDM.csv")).unwrap();
    assert_eq!(codes, "code,name,parent,note\n0,否,,\n1,是,,\"a, \"\"b\"\"\"\n");
    assert_eq!(run(&[]).unwrap_err(), "derive needs the folder of the facts");
    assert!(run(&[&folder, "gz-1999"]).unwrap_err().starts_with("no edition gz-1999; there are gaozhi-2024.09"));
    assert!(run(&["--force", &folder]).is_err());
}
