//! A small edition with one planted error at a time: loading must fail, and say where, what was found and what was
//! expected. The edition lies in tests/small.

use std::fs;
use std::path::Path;

use standard::{Coded, LoadError, Standards};

/// Copies the small edition into a new folder.
fn small() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.as_ref().unwrap().file_name()));
            if from.is_dir() {
                copy(&from, &to);
            } else {
                fs::copy(from, to).unwrap();
            }
        }
    }
    let home = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small"), home.path());
    home
}

/// Replaces the one occurrence of `from` in a file and loads.
fn after(file: &str, from: &str, to: &str) -> LoadError {
    let home = small();
    let path = home.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from} in {file}");
    fs::write(&path, text.replace(from, to)).unwrap();
    Standards::load_folder(home.path()).expect_err(to)
}

/// The error of a replaced text, as `place | found | expected`. The error must name the file that was broken.
fn said(file: &str, from: &str, to: &str) -> String {
    match after(file, from, to) {
        LoadError::Wrong { file: named, place, found, expected } if named == file => {
            format!("{place} | {found} | {expected}")
        }
        other => format!("elsewhere: {other}"),
    }
}

const PACKAGE: &str = "small-1/datapackage.json";
const COURSES: &str = "small-1/tables/ODS_KC.json";
const CHOICES: &str = "small-1/tables/ODS_XK.json";
const YES_NO: &str = "small-1/codes/SFBZDM.csv";
const REGIONS: &str = "national/codes/REGION.csv";

#[test]
fn the_small_edition_itself_loads() {
    let standards = Standards::load_folder(small().path()).unwrap();
    let edition = standards.edition("small-1").unwrap();
    assert_eq!((edition.tables.len(), edition.field_count(), edition.code_count()), (2, 14, 2));
    assert_eq!(standards.national("REGION").unwrap().source.as_ref().unwrap().to_string(), "GB/T 0（2026）");
    assert_eq!(edition.rules.len(), 1);
    assert!(standards.edition("national").is_none());
}

#[test]
fn errors_of_the_package() {
    let cases = [
        (
            PACKAGE,
            "\"tianbao:level\"",
            "\"tianbao:levle\"",
            "line 6 column 17 | unknown field `tianbao:levle` | one of",
        ),
        (PACKAGE, "\"name\": \"small-1\"", "\"name\": \"big-1\"", "/name | big-1 | small-1"),
        (PACKAGE, "\"version\": \"1.0.0\",", "", "line 77 column 1 | nothing | the key `version`"),
        (
            PACKAGE,
            "\"version\": \"1.0.0\"",
            "\"version\": 1",
            "line 5 column 14 | invalid type: integer `1` | a string",
        ),
        (PACKAGE, "\"version\": \"1.0.0\",", "\"version\": \"1.0.0\"", "line 6 column 3 | expected `,` or `}` | JSON"),
        (PACKAGE, "\"subset\": \"A\"", "\"subset\": \"B\"", "/tianbao:classes/0/subset | B | a subset of the edition"),
        (PACKAGE, "\"codes/SFBZDM.csv\"", "\"../SFBZDM.csv\"", "/resources/2/path | \"../SFBZDM.csv\" | codes/ID.csv"),
        (PACKAGE, "\"sfbzdm\"", "\"ods_kc\"", "/resources/2/name | ods_kc a second time | a name of its own"),
        (
            PACKAGE,
            "\"KCMC\"",
            "\"KCM\"",
            "/resources/0/data | ZJSJWYXBS,XXDM,KCH,KCM,SJCJSJ | ZJSJWYXBS,XXDM,KCH,KCMC,SJCJSJ",
        ),
    ];
    check(&cases);
}

#[test]
fn errors_of_a_table() {
    let cases = [
        (COURSES, "\"课程名称\"", "\"课程号\"", "/fields/3 | \"课程号\" | a heading of its own"),
        (COURSES, "\"name\": \"KCMC\"", "\"name\": \"KCH\"", "/fields/3 | \"KCH\" | a heading of its own"),
        (
            COURSES,
            "\"name\": \"KCMC\"",
            "\"name\": \"kcmc\"",
            "/fields/3/name | kcmc | upper-case letters, digits, _, and no X_ at the beginning",
        ),
        (COURSES, "\"课程名\"", "\"学校代码\"", "/fields/3 | \"学校代码\" | a heading of its own"),
        (COURSES, "\"tianbao:no\": 1", "\"tianbao:no\": 3", "/tianbao:no | 3 | 1"),
        (COURSES, "\"A0101\"", "\"A0109\"", "/tianbao:subclass | A0109 | what datapackage.json lists"),
        (
            COURSES,
            "\"KCH\"\n  ]",
            "\"KCX\"\n  ]",
            "/tianbao:naturalKey/0 | KCX | a column that a clerk fills or the school, once",
        ),
        (
            COURSES,
            "\"KCH\"\n  ]",
            "\"SJCJSJ\"\n  ]",
            "/tianbao:naturalKey/0 | SJCJSJ | a column that a clerk fills or the school, once",
        ),
        (COURSES, "[\n    \"ZJSJWYXBS\"\n  ]", "[\"KCH\"]", "/primaryKey | KCH | ZJSJWYXBS"),
        (COURSES, "\"kind\": \"none\"", "\"kind\": \"listed\"", "/tianbao:association | no tables | the listed tables"),
        (
            CHOICES,
            "[\n      \"ODS_KC\"\n    ]",
            "[\"ODS_X\"]",
            "/tianbao:association/tables | ODS_X | a table of the edition",
        ),
        (
            CHOICES,
            "\"column\": \"KCH\"",
            "\"column\": \"KCX\"",
            "/fields/3/tianbao:references/0 | ODS_KC.KCX | a column of a table of the edition",
        ),
        (
            CHOICES,
            "\"SFBZDM\"",
            "\"SFBZ\"",
            "/fields/4/tianbao:codeList | SFBZ | a code list of the edition or a national one",
        ),
        (
            CHOICES,
            "\"REGION\"",
            "\"REGIONS\"",
            "/fields/6/tianbao:codeList | REGIONS | a code list of the edition or a national one",
        ),
        (
            CHOICES,
            "\"tianbao:codeList\": \"SFBZDM\"",
            "\"tianbao:unit\": \"个\"",
            "/fields/4/tianbao:codeList | nothing | a code list for codes only, not for Code",
        ),
        (
            CHOICES,
            "\"column\": \"SFCX\"",
            "\"column\": \"CXYY\"",
            "/fields/5/tianbao:requiredWhen | CXYY | another column of the table",
        ),
        (
            CHOICES,
            "\"equals\": [\n          \"1\"\n        ]",
            "\"equals\": [\"2\"]",
            "/fields/5/tianbao:requiredWhen/equals | 2 | a code of that column's list",
        ),
        (
            CHOICES,
            "\"resource\": \"sfbzdm\"",
            "\"resource\": \"region\"",
            "/foreignKeys/1 | SFCX to region.code | the code list or a reference of that field",
        ),
        (CHOICES, "\"type\": \"number\"", "\"type\": \"integer\"", "/fields/7/type | Integer | Number for Decimal"),
        (
            CHOICES,
            "\"%Y%m%d %H%M%S\"",
            "\"%Y-%m-%d\"",
            "/fields/8/format | Some(\"%Y-%m-%d\") | Some(\"%Y%m%d %H%M%S\") for DateTime",
        ),
        (CHOICES, "\"tianbao:kind\": \"decimal\"", "\"tianbao:kind\": \"money\"", "| unknown variant `money` | one of"),
        (CHOICES, "\"tianbao:precision\": 5", "\"tianbao:precision\": \"5\"", "| invalid type: string \"5\" | u32"),
        (
            CHOICES,
            "\"^[0-9]{6}$\"",
            "\"[0-9]{6}\"",
            "/fields/6/constraints/pattern | [0-9]{6} | a regular expression that begins with ^",
        ),
        (CHOICES, "\"^[0-9]{6}$\"", "\"^[0-9{6}$\"", "/fields/6/constraints/pattern | regex parse error"),
        (
            CHOICES,
            "\"tianbao:sensitivity\": \"personal\"",
            "\"tianbao:sensitivity\": \"secret\"",
            "| unknown variant `secret` | one of",
        ),
    ];
    check(&cases);
}

#[test]
fn errors_of_a_code_list() {
    let cases = [
        (YES_NO, "code,name", "code,title", "line 1 | code,title,parent,note | code,name,parent,note"),
        (YES_NO, "1,是,,", "0,是,,", "line 3 | the code 0 twice | each code once"),
        (YES_NO, "1,是,,", "1,是,", "line 3 | 3 cells | 4 cells"),
        (YES_NO, "1,是,,", ",是,,", "line 3 | \"\" | a code without blanks around"),
        (YES_NO, "1,是,,", "1,是 ,,", "line 3 | \"是 \" | a name without blanks around"),
        (YES_NO, "1,是,,", "1,是,2,", "line 3 | the parent 2 of 1 | a code of the list"),
        (YES_NO, "code,name,parent,note\n0,否,,\n1,是,,\n", "", "line 1 | nothing | code,name,parent,note"),
        (REGIONS, "320000,江苏省", "320001,江苏省", "line 3 | the parent 320000 of 320100 | a code of the list"),
    ];
    check(&cases);
}

fn check(cases: &[(&str, &str, &str, &str)]) {
    for (file, from, to, expected) in cases {
        let said = said(file, from, to);
        let held = if expected.starts_with('|') { said.contains(expected) } else { said.starts_with(expected) };
        assert!(held, "{from} -> {to}\n  said     {said}\n  expected {expected}");
    }
}

#[test]
fn bytes_that_are_no_text() {
    let home = small();
    fs::write(home.path().join(YES_NO), b"code,name,parent,note\n0,\xb7\xf1,,\n").unwrap();
    let error = Standards::load_folder(home.path()).unwrap_err();
    assert_eq!(error, wrong(YES_NO, "line 2", "bytes that are no UTF-8", "CSV in UTF-8"));
}

#[test]
fn files_that_are_missing_or_too_many() {
    for (file, expected) in [
        (PACKAGE, "the package's own file"),
        (COURSES, "the file that datapackage.json lists at /resources/0/schema"),
        (YES_NO, "the file that datapackage.json lists at /resources/2"),
        ("national/codes/schema.json", "the file that datapackage.json lists at /resources"),
    ] {
        let home = small();
        fs::remove_file(home.path().join(file)).unwrap();
        let error = Standards::load_folder(home.path()).unwrap_err();
        assert_eq!(error, wrong(file, "", "no file", expected));
    }
    let home = small();
    fs::write(home.path().join("small-1/tables/ODS_NEW.json"), "{}").unwrap();
    let error = Standards::load_folder(home.path()).unwrap_err();
    let expected = "an entry in datapackage.json";
    assert_eq!(error, wrong("small-1/tables/ODS_NEW.json", "", "a file that nothing lists", expected));

    let nowhere = home.path().join("nowhere");
    let error = Standards::load_folder(&nowhere).unwrap_err();
    assert_eq!(error.code(), "standard.unreadable");
    assert_eq!(error.params()["file"], nowhere.display().to_string());
}

fn wrong(file: &str, place: &str, found: &str, expected: &str) -> LoadError {
    LoadError::Wrong { file: file.into(), place: place.into(), found: found.into(), expected: expected.into() }
}

#[test]
fn a_rule_that_cannot_be_read_says_where() {
    const RULES: &str = "small-1/rules/courses.toml";
    let wrong = |from: &str, to: &str| said(RULES, from, to);
    assert_eq!(wrong("[[rule]]", "[[rule]"), "line 1 | unclosed array table, expected `]` | a rule file");
    let unknown = wrong("expect = ", "expects = ");
    assert!(unknown.starts_with("line 6 | unknown field `expects`"), "{unknown}");
    assert_eq!(
        wrong("\"KCH\"]", "\"NONE\"]"),
        "/rule/0/columns/1 | NONE in ODS_KC.name-is-not-the-number | a column of the table"
    );
    let line = "not-negative = [{ rule = \"ODS_KC.credits\", level = \"hint\", columns = [\"KCMC\"] }]\n[[rule]]";
    assert_eq!(wrong("[[rule]]", line), "/not-negative/0/columns/0 | KCMC in ODS_KC.credits | a number");
    let unknown = wrong("[[rule]]", "not-positive = []\n[[rule]]");
    assert!(unknown.starts_with("line 1 | unknown field `not-positive`"), "{unknown}");
    let text = fs::read_to_string(small().path().join(RULES)).unwrap();
    assert_eq!(
        wrong(&text, &format!("{text}\n{text}")),
        "/rule/1/id | ODS_KC.name-is-not-the-number a second time, after small-1/rules/courses.toml | a name of its own"
    );
}

/// The small edition with a folder of shared rules, which it takes, and its one rule moved there.
fn sharing() -> tempfile::TempDir {
    let home = small();
    let shared = home.path().join("rules/small");
    fs::create_dir_all(&shared).unwrap();
    fs::rename(home.path().join("small-1/rules/courses.toml"), shared.join("courses.toml")).unwrap();
    edit(&home, PACKAGE, "\"resources\": [", "\"tianbao:rules\": [\"small\"],\n  \"resources\": [");
    home
}

/// Replaces a text in a file.
fn edit(home: &tempfile::TempDir, file: &str, from: &str, to: &str) {
    let path = home.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from} in {file}");
    fs::write(&path, text.replace(from, to)).unwrap();
}

#[test]
fn an_edition_takes_shared_rules() {
    let (alone, sharing) = (small(), sharing());
    let [alone, sharing] = [&alone, &sharing].map(|home| Standards::load_folder(home.path()).unwrap());
    assert_eq!(alone.edition("small-1"), sharing.edition("small-1"));
}

#[test]
fn shared_rules_that_do_not_fit() {
    const SHARED: &str = "rules/small/courses.toml";
    let error = |change: &dyn Fn(&tempfile::TempDir)| {
        let home = sharing();
        change(&home);
        Standards::load_folder(home.path()).unwrap_err()
    };
    let again = error(&|home| {
        fs::create_dir_all(home.path().join("small-1/rules")).unwrap();
        fs::copy(home.path().join(SHARED), home.path().join("small-1/rules/own.toml")).unwrap();
    });
    let found = format!("ODS_KC.name-is-not-the-number a second time, after {SHARED}");
    assert_eq!(again, wrong("small-1/rules/own.toml", "/rule/0/id", &found, "a name of its own"));

    let misfit = error(&|home| edit(home, SHARED, "\"KCH\"]", "\"NONE\"]"));
    let found = "NONE in ODS_KC.name-is-not-the-number";
    assert_eq!(misfit, wrong(SHARED, "/rule/0/columns/1", found, "a column of the table"));

    let unknown = error(&|home| edit(home, PACKAGE, "[\"small\"]", "[\"small\", \"large\"]"));
    assert_eq!(unknown, wrong(PACKAGE, "/tianbao:rules/1", "large", "a folder of the shared rules"));
    let twice = error(&|home| edit(home, PACKAGE, "[\"small\"]", "[\"small\", \"small\"]"));
    assert_eq!(twice, wrong(PACKAGE, "/tianbao:rules/1", "small", "each folder once"));
    let unused = error(&|home| edit(home, PACKAGE, "\"tianbao:rules\": [\"small\"],", ""));
    assert_eq!(unused, wrong("rules/small", "", "a folder that no edition takes", "an entry in tianbao:rules"));
    let astray = error(&|home| fs::write(home.path().join("rules/README"), "").unwrap());
    assert_eq!(astray, wrong("rules/README", "", "a file that no edition can take", "NAME/*.toml"));
}
