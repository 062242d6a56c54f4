//! Each table has its own period: the two terms of a school year are one period of a table of the year. A record whose
//! dates lie elsewhere is asked about and can be moved to where it belongs; what lasts or is planned is not asked
//! about.

use serde_json::{Value, json};

use crate::fixture::{Clerk, Home, PASSPHRASE, PERIOD, SCHOOL, env};

const LOANS: &str = "ODS_TSJYSJ";
const HARDSHIP: &str = "ODS_PKSRDSJ";

/// Adds a record and gives its number.
fn insert(clerk: &Clerk, table: &str, values: Value) -> i64 {
    let edited = clerk.call("fill.edit", json!({ "table": table, "changes": [{ "do": "insert", "values": values }] }));
    edited["added"][0].as_i64().unwrap()
}

/// The records of the current period.
fn records(clerk: &Clerk, table: &str) -> Vec<Value> {
    let page = clerk.call("fill.page", json!({ "view": { "table": table }, "offset": 0, "limit": 100 }));
    page["rows"].as_array().unwrap().clone()
}

/// The codes of what is said about the dates of records of the current period, with the period that would be right.
fn asked(clerk: &Clerk, table: &str) -> Vec<(i64, String)> {
    let query = json!({ "table": table, "rule": "event-date", "limit": 100 });
    let page = clerk.call("check.findings", query);
    let said = |finding: &Value| {
        let words = &finding["message"];
        let right = words["params"]["right-code"].as_str().or(words["code"].as_str()).unwrap();
        assert_eq!(finding["level"], "confirm");
        (finding["row"].as_i64().unwrap(), right.to_owned())
    };
    page["findings"].as_array().unwrap().iter().map(said).collect()
}

fn go_to(clerk: &Clerk, period: &str) {
    let mut settings = clerk.call("settings.get", json!({}));
    settings["period"] = json!(period);
    clerk.call("settings.set", settings);
}

#[test]
fn a_record_of_another_term_is_moved_there_and_back() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    let loan = |from: &str, back: &str| {
        insert(&clerk, LOANS, json!({ "JYZBH": "2024001", "TSBH": format!("T{from}"), "JYRQ": from, "SJGHRQ": back }))
    };
    let old = loan("20251020", "20251120");
    // Lent last term and brought back in this one, lent at the border of the term, and in the next one.
    loan("20260520", "20260910");
    loan("20260705", "");
    loan("20270301", "");
    assert_eq!(asked(&clerk, LOANS), [(old, "2025-2026-1".to_owned())]);
    clerk.call("check.run", json!({ "tables": [LOANS] }));
    assert_eq!(asked(&clerk, LOANS), [(old, "2025-2026-1".to_owned())], "the check of the table says the same");

    let moved = clerk.call("fill.to_period", json!({ "table": LOANS, "rows": [old] }));
    assert_eq!(moved["moved"], 1);
    assert_eq!((asked(&clerk, LOANS).len(), records(&clerk, LOANS).len()), (0, 3));
    go_to(&clerk, "2025-2026-1");
    assert_eq!((asked(&clerk, LOANS).len(), records(&clerk, LOANS).len()), (0, 1));
    go_to(&clerk, PERIOD);
    clerk.call("fill.undo", json!({ "count": 1 }));
    assert_eq!(asked(&clerk, LOANS), [(old, "2025-2026-1".to_owned())], "one step takes the move back");
    assert_eq!(records(&clerk, LOANS).len(), 4);
    let all = clerk.call("fill.to_period", json!({ "table": LOANS }));
    assert_eq!((&all["moved"], records(&clerk, LOANS).len()), (&json!(1), 3), "all that are asked about at once");
    clerk.call("book.close", json!({}));
}

#[test]
fn both_terms_are_one_period_of_a_table_of_the_year() {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    insert(&clerk, HARDSHIP, json!({ "XH": "2024001", "RDRQ": "20261020" }));
    let autumn = records(&clerk, HARDSHIP);
    go_to(&clerk, "2026-2027-2");
    let spring = records(&clerk, HARDSHIP);
    assert_eq!((spring.len(), &spring[0]["key"]), (1, &autumn[0]["key"]), "the same record with the same key");
    assert_eq!(asked(&clerk, HARDSHIP), []);
    let home_page = clerk.call("home.get", json!({}));
    let of =
        |table: &str| home_page["tables"].as_array().unwrap().iter().find(|t| t["table"] == table).unwrap().clone();
    assert_eq!(of(HARDSHIP)["period_name"], "2026-2027学年");
    // 2027-07-31 is a Saturday, and due days lie on work days.
    assert_eq!(of(HARDSHIP)["due"], "2027-07-30");
    assert_eq!(of(LOANS)["period_name"], "2026-2027学年第二学期");
    assert_eq!(of("ODS_ZYSZSJ")["period_name"], "全部数据");
    go_to(&clerk, "2027-2028-1");
    assert_eq!(records(&clerk, HARDSHIP).len(), 0, "the next year is another period");
}

/// Records of the findings that were wrongly judged, in the editions that have them.
#[test]
fn dates_are_asked_about_in_every_edition() {
    for (edition, table, values, expect) in [
        ("gaozhi-2024.09", LOANS, json!({ "JYRQ": "20261020" }), "2026-2027-1"),
        ("gaozhi-2024.09", "ODS_YKTRZSJ", json!({ "RZRQ": "20261020" }), "2026-2027-1"),
        ("gaozhi-2024.09", "ODS_SXJCSJ", json!({ "XH": "1", "SXKSRQ": "20261107", "SXJSRQ": "20270430" }), ""),
        ("gaozhi-2024.09", "ODS_XSXKSJ", json!({ "XH": "1", "KKXND": "2026-2027", "KKXQM": "3" }), ""),
        ("gaozhi-2024.09", "ODS_JZDSQSJ", json!({ "XH": "1", "SQRQ": "20261020" }), ""),
        ("gaozhi-2023.06", LOANS, json!({ "JYRQ": "20230115" }), "finding.event-date.before-scope"),
        ("gaozhi-2023.06", LOANS, json!({ "JYRQ": "20270420" }), ""),
        ("zhongzhi-2023.06", "ODS_ZZPKSJ", json!({ "SKRQ": "20221020" }), "finding.event-date.before-scope"),
        ("zhongzhi-2023.06", "ODS_ZZPKSJ", json!({ "SKRQ": "20261020" }), "2026-2027-1"),
        (
            "zhongzhi-2023.06",
            "ODS_ZZSXJCSJ",
            json!({ "XN": "2026-2027学年", "SXKSRQ": "20260315", "SXJSRQ": "20270131" }),
            "",
        ),
    ] {
        let home = Home::new();
        let clerk = Clerk::new(env(home.folder()));
        let college = json!({ "code": SCHOOL, "name": "示例职业学校" });
        let book = json!({ "edition": edition, "college": college, "period": "2026-2027-2", "passphrase": PASSPHRASE, "sample": false });
        clerk.call("book.create", book);
        insert(&clerk, table, values.clone());
        let expect: Vec<(i64, String)> =
            [expect].into_iter().filter(|e| !e.is_empty()).map(|e| (1, e.to_owned())).collect();
        assert_eq!(asked(&clerk, table), expect, "{edition} {table} {values}");
    }
}
