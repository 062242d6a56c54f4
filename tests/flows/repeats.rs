//! Two true records that look alike: they can be typed, explained where no printed column distinguishes them, and
//! submitted, and the receiver has both. Equal rows of which nothing is said are not sent twice.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use standard::field::KEY_COLUMN;
use standard::{Edition, Standards};

use crate::fixture::{Clerk, Home, PASSPHRASE, env};

/// A book of the sample school of one edition.
struct School {
    edition: Arc<Edition>,
    home: Home,
    clerk: Clerk,
}

/// What a further record has instead of what the first record of the sample has.
enum Other {
    /// This text.
    Text(&'static str, &'static str),
    /// What another record of the sample has in the column.
    OfAnother(&'static str),
}

use Other::{OfAnother, Text};

impl School {
    fn new(id: &str) -> School {
        let edition = Standards::builtin().unwrap().edition(id).unwrap();
        let home = Home::new();
        let clerk = Clerk::new(env(home.folder()));
        let book = json!({ "edition": id, "college": { "code": "", "name": "" }, "period": "",
            "passphrase": PASSPHRASE, "sample": true });
        clerk.call("book.create", book);
        School { edition, home, clerk }
    }

    /// Cells of the records of a table, with `_row` and the record key.
    fn records(&self, table: &str) -> Vec<Map<String, Value>> {
        let page = self.clerk.call("fill.rows", json!({ "table": table, "offset": 0, "limit": 5_000 }));
        let rows = page["rows"].as_array().unwrap();
        rows.iter().map(|row| row.as_object().unwrap().clone()).collect()
    }

    /// Types records that are the first one of the sample but for these cells. Returns their numbers, the first one's
    /// before them.
    fn add(&self, table: &str, others: &[&[Other]]) -> Vec<i64> {
        let sample = self.records(table);
        let first = &sample[0];
        let changes: Vec<Value> = others
            .iter()
            .map(|others| {
                let mut cells = first.clone();
                cells.retain(|column, _| !["_row", KEY_COLUMN, "XXDM", "SJCJSJ"].contains(&column.as_str()));
                for other in *others {
                    let (column, value) = match other {
                        Text(column, value) => (*column, json!(value)),
                        OfAnother(column) => {
                            let differs = |record: &&Map<String, Value>| {
                                record[*column] != first[*column] && record[*column] != json!("")
                            };
                            (*column, sample.iter().find(differs).unwrap_or_else(|| panic!("{table}"))[*column].clone())
                        }
                    };
                    assert!(self.edition.table(table).unwrap().field(column).is_some(), "{table} {column}");
                    cells.insert(column.to_owned(), value);
                }
                json!({ "do": "insert", "values": cells, "after": null })
            })
            .collect();
        let edited = self.clerk.call("fill.edit", json!({ "table": table, "changes": changes }));
        let added = edited["added"].as_array().unwrap().iter().map(|row| row.as_i64().unwrap());
        std::iter::once(first["_row"].as_i64().unwrap()).chain(added).collect()
    }

    fn findings(&self, table: &str, level: &str) -> Vec<Value> {
        let query = json!({ "table": table, "level": level, "limit": 1_000 });
        self.clerk.call("check.findings", query)["findings"].as_array().unwrap().clone()
    }

    fn twins(&self, table: &str) -> Vec<Value> {
        let query = json!({ "table": table, "rule": "unique-key", "limit": 1_000 });
        self.clerk.call("check.findings", query)["findings"].as_array().unwrap().clone()
    }

    /// Gives a reason for all that is to be confirmed in a table, as the clerk does card by card.
    fn explain(&self, table: &str) {
        for finding in self.findings(table, "confirm").iter().filter(|finding| finding["explanation"].is_null()) {
            let group = json!({ "table": table, "column": finding["column"], "rule": finding["rule"],
                "value": finding["value"] });
            self.clerk.call("check.explain", json!({ "group": group, "row": finding["row"], "text": "属实" }));
        }
    }

    /// Sends tables to the rehearsal and returns how many records it has stored.
    fn submit(&self, tables: &[&str]) -> u64 {
        self.clerk.call("submit.send", json!({ "target": {}, "tables": tables }));
        let results = self.clerk.call("submit.results", json!({ "wait": 60 }));
        let filed = results["batches"].as_array().unwrap();
        filed.iter().for_each(|filed| assert_eq!(filed["rejected"], json!([]), "{filed}"));
        filed.iter().map(|filed| filed["batch"]["stored"].as_u64().unwrap()).sum()
    }

    fn keys(&self, table: &str, rows: &[i64]) -> Vec<String> {
        let records = self.records(table);
        let key = |row: &i64| {
            let record = records.iter().find(|record| record["_row"] == json!(row)).unwrap();
            record[KEY_COLUMN].as_str().unwrap().to_owned()
        };
        rows.iter().map(key).collect()
    }

    /// Records that only the clerk's statement distinguishes: a finding of this level, a reason, submission, each under
    /// its own key.
    fn looks_alike(&self, table: &str, level: &str, others: &[&[Other]]) {
        let rows = self.add(table, others);
        let twins = self.twins(table);
        assert_eq!(twins.len(), rows.len(), "{table}: {twins:?}");
        assert!(twins.iter().all(|twin| twin["level"] == json!(level)), "{table}: {twins:?}");
        let plain = self.keys(table, &rows);
        assert!(plain.iter().all(|key| *key == plain[0]), "{table}");
        let said = json!({ "table": table, "rows": [rows[1]], "text": "这是两条不同的记录" });
        self.clerk.call("check.tell_apart", said);
        let keys = self.keys(table, &rows);
        assert_eq!(keys[0], plain[0], "{table}: the first keeps its key");
        assert_eq!(BTreeSet::from_iter(&keys).len(), rows.len(), "{table}");
        let twins = self.twins(table);
        assert!(twins.iter().all(|twin| twin["level"] == "confirm" && twin["explanation"] == "这是两条不同的记录"));
        self.arrives(table);
    }

    /// Records that differ in a printed column: no finding about their keys, and each has its own.
    fn is_told_apart(&self, table: &str, others: &[&[Other]]) {
        let rows = self.add(table, others);
        assert_eq!(self.twins(table), Vec::<Value>::new(), "{table}");
        assert_eq!(BTreeSet::from_iter(self.keys(table, &rows)).len(), rows.len(), "{table}");
        self.arrives(table);
    }

    fn arrives(&self, table: &str) {
        let mandatory = self.findings(table, "mandatory");
        assert_eq!(mandatory, Vec::<Value>::new(), "{table}");
        self.explain(table);
        let all = self.records(table).len() as u64;
        assert_eq!(self.submit(&[table]), all, "{table}");
    }
}

#[test]
fn records_of_colleges_that_only_a_statement_tells_apart() {
    let school = School::new("gaozhi-2024.09");
    for (table, others) in [
        ("ODS_KYJFZCSJ", &[&[][..], &[]][..]),
        ("ODS_TSJYSJ", &[&[], &[]]),
        ("ODS_XSQQSJ", &[&[]]),
        ("ODS_XLCPSJ", &[&[]]),
        ("ODS_SXBGJLSJ", &[&[Text("SXBGNRZY", "第二份周报")]]),
        ("ODS_KTHDSJ", &[&[]]),
    ] {
        school.looks_alike(table, "confirm", others);
    }
    // The clerk can also make the statement where the standard prints a column that distinguishes the records.
    school.looks_alike("ODS_FWSZTSGZYSJ", "mandatory", &[&[]]);
}

#[test]
fn records_of_colleges_that_more_columns_tell_apart() {
    let school = School::new("gaozhi-2024.09");
    school.is_told_apart("ODS_WLKCZXXXJLSJ", &[&[OfAnother("ZJJSGH"), OfAnother("ZJJSXM")]]);
    school.is_told_apart("ODS_PKSJ", &[&[OfAnother("JSH"), OfAnother("JGH")]]);
    school.is_told_apart("ODS_DYHDSJ", &[&[Text("HDNR", "党员大会：讨论接收预备党员")]]);
    school.is_told_apart("ODS_TYYHRZDLSJ", &[&[Text("DLIP", "10.0.0.9")]]);
}

#[test]
fn records_of_secondary_schools() {
    let school = School::new("zhongzhi-2023.06");
    school.looks_alike("ODS_ZZWFJCKCJSJ", "confirm", &[&[]]);
    school.is_told_apart("ODS_ZZPKSJ", &[&[OfAnother("JSH"), OfAnother("JGH")]]);
}

#[test]
fn equal_rows_of_which_nothing_is_said_stay_behind() {
    let school = School::new("gaozhi-2024.09");
    let table = "ODS_KYJFZCSJ";
    let rows = school.add(table, &[&[], &[]]);
    let all = school.records(table).len() as u64;
    assert_eq!(school.submit(&[table]), all - rows.len() as u64);
    // When the statement is taken back, the records are left out again; undo of that step makes it valid again.
    let say = |text: &str| {
        school.clerk.call("check.tell_apart", json!({ "table": table, "rows": rows, "text": text }));
    };
    let keys = || school.keys(table, &rows);
    let plain = keys();
    say("三名专家");
    let told = keys();
    assert_ne!(told, plain);
    let history = school.clerk.call("fill.history", json!({ "table": table, "offset": 0, "limit": 1 }));
    assert_eq!((&history["steps"][0]["kind"], &history["steps"][0]["rows"]), (&json!("tell-apart"), &json!(3)));
    say("");
    assert_eq!((keys(), school.submit(&[table])), (plain.clone(), 0));
    school.clerk.call("fill.undo", json!({ "count": 1 }));
    assert_eq!(keys(), told);
    school.clerk.call("fill.undo", json!({ "count": 1 }));
    assert_eq!(keys(), plain);
    school.clerk.call("fill.redo", json!({ "count": 1 }));
    school.explain(table);
    assert_eq!(school.submit(&[table]), rows.len() as u64);
}

#[test]
fn an_import_changes_records_with_ordinals_and_adds_none() {
    let school = School::new("gaozhi-2024.09");
    let table = "ODS_KYJFZCSJ";
    let rows = school.add(table, &[&[], &[]]);
    school.clerk.call("check.tell_apart", json!({ "table": table, "rows": rows, "text": "三名专家" }));
    let before = school.keys(table, &rows);
    let path = school.home.text("支出.csv");
    school.clerk.call("workbook.export", json!({ "tables": [table], "path": path }));
    let proposal = school.clerk.call("workbook.preview", json!({ "files": [path] }));
    let sheet = &proposal["files"][0]["sheets"][0];
    assert_eq!((&sheet["new"], &sheet["changed"], &sheet["conflicts"]), (&json!(0), &json!(0), &json!(0)), "{sheet}");
    // Without the made-up keys, as another system exports it.
    let text = std::fs::read_to_string(&path).unwrap();
    let mut reader = text.trim_start_matches('\u{feff}').lines().map(|line| line.to_owned());
    let head = reader.next().unwrap();
    let (_, rest) = head.split_once(',').unwrap();
    let lines = reader.map(|line| line.split_once(',').unwrap().1.to_owned());
    let bare = std::iter::once(rest.to_owned()).chain(lines).collect::<Vec<_>>().join("\n");
    std::fs::write(&path, bare).unwrap();
    let proposal = school.clerk.call("workbook.preview", json!({ "files": [path], "table": table }));
    let sheet = &proposal["files"][0]["sheets"][0];
    assert_eq!((&sheet["new"], &sheet["conflicts"]), (&json!(0), &json!(0)), "{sheet}");
    school.clerk.call("workbook.apply", json!({ "proposal": proposal["id"], "conflicts": "theirs" }));
    assert_eq!(school.keys(table, &rows), before);
}

/// The same files, imported in two orders into two books, and two true records in the same order.
#[test]
fn two_books_give_the_same_keys() {
    let (one, two) = (School::new("gaozhi-2024.09"), School::new("gaozhi-2024.09"));
    let table = "ODS_TSJYSJ";
    let rows = one.add(table, &[&[], &[]]);
    let others = two.add(table, &[&[]]);
    two.clerk.call("check.tell_apart", json!({ "table": table, "rows": others, "text": "两册" }));
    let third = two.add(table, &[&[]]);
    two.clerk.call("check.tell_apart", json!({ "table": table, "rows": third, "text": "又一册" }));
    one.clerk.call("check.tell_apart", json!({ "table": table, "rows": [rows[2]], "text": "三册" }));
    let all = [others[0], others[1], third[1]];
    assert_eq!(one.keys(table, &rows), two.keys(table, &all));
}
