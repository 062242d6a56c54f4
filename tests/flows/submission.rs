//! What the program makes of the replies of receivers: true results, true states, refusals that say why. Each receiver
//! here writes its replies in a way that receivers do, or answers as a gateway in front of one does.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use desk::Env;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::fixture::scripted::{LOGIN, RESULTS, Request, SUBMIT, Scripted, json as reply_json, moment, receipt, reply};
use crate::fixture::{Clerk, Home, Receiver, VISITS, env};

/// A PC with a book that has three correct records.
fn book() -> Home {
    let home = Home::new();
    home.new_book();
    for day in ["20260901", "20260902", "20260903"] {
        home.json(0, &["set", VISITS, "new", &format!("FWRQ={day}"), "DZQKFWCS=5", "DZTSFWCS=6"]);
    }
    home
}

/// As [`book`], with this connection.
fn pc(connection: &str) -> Home {
    let home = book();
    std::fs::write(home.path("c.toml"), connection).unwrap();
    home.json(0, &["connection", "add", "对方", "--file", "c.toml"]);
    home
}

const SEND: [&str; 3] = ["submit", "--connection", "对方"];

/// The only batch of an answer.
#[track_caller]
fn only(document: &Value) -> &Value {
    let [batch] = &document["batches"].as_array().unwrap()[..] else { panic!("not one batch: {document}") };
    batch
}

fn table(status: &Value) -> &Value {
    status["tables"].as_array().unwrap().iter().find(|table| table["table"] == VISITS).unwrap()
}

/// An entry of the results about this number of rows that were received now.
fn entry(id: usize, rows: u64, stored: u64, state: Value, more: &Value) -> Value {
    let mut entry = json!({
        "id": id.to_string(), "type": "RPC", "sysName": "school", "timestamps": receipt(), "tableName": VISITS,
        "collectNum": rows, "storageNum": stored, "remark": null, "state": state, "stateInfo": "",
    });
    entry.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    entry
}

fn results(entries: &[Value], count: Value) -> Option<Vec<u8>> {
    Some(reply_json(&json!({ "returnCode": "200", "returnCount": count, "returnData": entries })))
}

#[test]
fn an_entry_that_is_still_being_processed_is_no_result() {
    let receiver = Scripted::start(|request| match (request.path, request.before) {
        (RESULTS, 0) => results(&[entry(1, 3, 0, json!(2), &json!({ "stateInfo": "处理中" }))], json!(1)),
        (RESULTS, 1) => results(&[entry(1, 3, 0, Value::Null, &json!({ "stateInfo": "处理中" }))], json!(1)),
        (RESULTS, _) => results(&[entry(1, 3, 3, json!(1), &json!({}))], json!(1)),
        _ => None,
    });
    let home = pc(&receiver.connection("first_query_after_s = 0\n"));
    assert_eq!(only(&home.json(0, &SEND))["state"], "received");
    for _ in 0..2 {
        assert_eq!(only(&home.json(0, &["results"]))["state"], "received");
    }
    assert_eq!(only(&home.json(0, &["results"]))["state"], "stored");
    assert_eq!(home.json(0, &["check"])["findings"], json!([]));
}

#[test]
fn times_tables_and_pages_are_read_as_receivers_write_them() {
    // The handle in one form, the entries in another; one entry a page whatever is asked for, one of them unreadable.
    let receiver = Scripted::start(|request| match (request.path, request.before) {
        (SUBMIT, _) => {
            let time = moment().as_second();
            Some(reply_json(&json!({ "returnCode": 200, "returnData": { "time": time } })))
        }
        (RESULTS, page) => {
            let written = moment().to_string();
            let more = json!({ "timestamps": written, "tableName": VISITS.to_lowercase(), "sysName": "SCHOOL" });
            let other = json!({ "sysName": "college-02", "remark": "数据对象未配置" });
            match page % 4 {
                0 => results(&[entry(9, 3, 0, json!(0), &other)], json!("3")),
                1 => results(&[json!("damaged")], json!("3")),
                2 => results(&[entry(1, 3, 3, json!("1"), &more)], json!("3")),
                _ => results(&[], json!("3")),
            }
        }
        _ => None,
    });
    let home = pc(&receiver.connection("first_query_after_s = 0\n"));
    home.json(0, &SEND);
    assert_eq!(only(&home.json(0, &["results"]))["state"], "stored");
    assert_eq!(receiver.count(RESULTS), 3, "no more pages than the number that is told");
}

#[test]
fn a_list_that_does_not_end_is_left_and_what_was_read_is_filed() {
    let receiver = Scripted::start(|request| match (request.path, request.before) {
        (RESULTS, 0) => results(&[entry(0, 3, 3, json!(1), &json!({}))], Value::Null),
        (RESULTS, page) => results(&[entry(page, 7, 7, json!(1), &json!({ "tableName": "ODS_X" }))], Value::Null),
        _ => None,
    });
    let home = pc(&receiver.connection("first_query_after_s = 0\n"));
    home.json(0, &SEND);
    let answer = home.json(3, &["results"]);
    assert_eq!(
        (&only(&answer)["state"], &answer["interrupted"]["code"]),
        (&json!("stored"), &json!("submit.endless-results"))
    );
    assert!(receiver.count(RESULTS) < 100, "{}", receiver.count(RESULTS));
}

#[test]
fn results_of_another_account_are_not_taken_and_named() {
    let receiver = Scripted::start(|request| match request.path {
        RESULTS => results(&[entry(1, 3, 0, json!(0), &json!({ "sysName": "college-02", "remark": "错" }))], json!(1)),
        _ => None,
    });
    let home = pc(&receiver.connection("first_query_after_s = 0\n"));
    home.json(0, &SEND);
    let output = home.run(["results", "--json"]);
    assert_eq!((output.code, &only(&output.document())["state"]), (0, &json!("received")));
    assert!(output.err.contains("college-02"), "{output:?}");
}

#[test]
fn a_batch_that_was_rejected_as_a_whole_goes_again_unchanged() {
    let home = book();
    let receiver = Receiver::start(&home.path("receiver"), "sentence_every = 2\n");
    receiver.connection(&home.path("center.toml"), "rows_per_call = 3\n");
    home.json(0, &["connection", "add", "中心", "--file", "center.toml"]);
    let send = ["submit", "--connection", "中心"];
    home.json(0, &send);
    assert_eq!(only(&home.json(0, &["results", "--wait", "30"]))["state"], "stored");
    home.json(0, &["set", VISITS, "1", "DZQKFWCS=7"]);
    home.json(0, &send);
    let rejected = home.json(1, &["results", "--wait", "30"]);
    assert_eq!(only(&rejected)["state"], "rejected");
    assert_eq!(table(&home.json(0, &["status"]))["rejected"], 1);
    let held = home.json(1, &send);
    assert_eq!(held["batches"], json!([]), "nothing goes by itself");
    let again = home.json(0, &["submit", "--connection", "中心", "--again"]);
    assert_eq!((&only(&again)["rows"], &only(&again)["state"]), (&json!(1), &json!("received")));
    assert_eq!(only(&home.json(0, &["results", "--wait", "30"]))["state"], "stored");
    assert_eq!(home.json(0, &["check"])["counts"]["mandatory"], 0);
    assert_eq!(home.json(0, &["submit", "--connection", "中心", "--again"])["batches"], json!([]), "and only once");
    assert_eq!(receiver.end().row_count(VISITS).unwrap(), 3);
}

#[test]
fn a_request_that_is_too_large_is_cut_by_itself() {
    let limit = Arc::new(Mutex::new(usize::MAX));
    let read = limit.clone();
    let receiver = Scripted::start(move |request: &Request| match request.path {
        SUBMIT if request.before == 0 => {
            // Two of the three rows are too long.
            *read.lock().unwrap() = request.length / 2;
            Some(reply("413 Request Entity Too Large", "", b"<html><title>413</title></html>"))
        }
        SUBMIT if request.length > *read.lock().unwrap() => Some(reply("413 Request Entity Too Large", "", b"")),
        _ => None,
    });
    let home = pc(&receiver.connection(""));
    let batch = home.json(0, &SEND);
    assert_eq!((&only(&batch)["state"], &only(&batch)["rows"]), (&json!("received"), &json!(3)));
    assert_eq!(receiver.count(SUBMIT), 5, "3 rows and 2 rows are refused, then one at a time");
    assert_ne!(*limit.lock().unwrap(), usize::MAX);
}

#[test]
fn refusals_say_what_the_other_side_said_on_one_line() {
    let gbk = in_gbk("{\"code\":401,\"msg\":\"账号已停用\"}");
    let login = |reply: Vec<u8>| Scripted::start(move |request| (request.path == LOGIN).then(|| reply.clone()));
    let submit = |reply: Vec<u8>| Scripted::start(move |request| (request.path == SUBMIT).then(|| reply.clone()));
    let long = format!("{{\"returnCode\":\"500\",\"returnMessage\":\"坏{}\"}}", "很".repeat(100_000));
    let cases = [
        (login(reply("200 OK", "content-type: application/json;charset=GBK\r\n", &gbk)), "账号已停用"),
        (login(reply("200 OK", "content-type: application/json\r\n", &gbk)), "账号已停用"),
        (login(reply("302 Found", "location: https://u:p@login.example/?t=1\r\n", b"")), "https://login.example"),
        (login(reply("404 Not Found", "", b"<html><title>Not Found</title></html>")), "接口地址"),
        (login(reply("401 Unauthorized", "", b"{\"error_description\":\"Bad credentials\"}")), "Bad credentials"),
        (submit(reply("403 Forbidden", "", b"<html><title>403 Forbidden</title></html>")), "403 Forbidden"),
        (submit(reply("400 Bad Request", "", b"")), "没有说明原因"),
        (
            submit(reply(
                "200 OK",
                "",
                "{\"returnCode\":\"9\",\"returnMessage\":\"\\u001b[2J\\r\\n表未配置\\u202e\"}".as_bytes(),
            )),
            "“[2J 表未配置”",
        ),
        (submit(reply("200 OK", "", long.as_bytes())), "坏很"),
    ];
    let home = book();
    for (receiver, says) in cases {
        std::fs::write(home.path("c.toml"), receiver.connection("")).unwrap();
        home.json(0, &["connection", "add", "对方", "--file", "c.toml"]);
        let output = home.run(SEND.iter().chain(&["--json"]));
        assert_eq!(output.code, 3, "{says}: {output:?}");
        assert!(output.err.contains(says), "{says}: {}", output.err);
        assert!(output.err.len() < 3_000 && !output.err.contains("很".repeat(400).as_str()), "{says}");
        assert!(
            !output.err.contains(['\u{1b}', '\r', '\u{202e}']) && !output.err.contains("u:p"),
            "{says}: {output:?}"
        );
        let answer = output.document();
        let batch = only(&answer);
        assert_eq!(
            (&batch["state"], &batch["sent_at"]),
            (&json!("waiting"), &Value::Null),
            "{says}: nothing was taken"
        );
        assert!(answer["interrupted"]["code"].is_string() && batch["problem"]["code"].is_string(), "{says}: {answer}");
        let status = home.json(0, &["status"]);
        assert_eq!((&table(&status)["waiting"], &table(&status)["last_submitted"]), (&json!(3), &Value::Null));
        assert!(status["warnings"].to_string().contains("not-sent"), "{status}");
    }
}

/// The text with its Chinese words in GBK.
fn in_gbk(text: &str) -> Vec<u8> {
    let words: &[u8] = &[0xd5, 0xcb, 0xba, 0xc5, 0xd2, 0xd1, 0xcd, 0xa3, 0xd3, 0xc3];
    let (before, after) = text.split_once("账号已停用").unwrap();
    [before.as_bytes(), words, after.as_bytes()].concat()
}

#[test]
fn logins_that_lack_something_take_it_from_the_connection() {
    let receiver = Scripted::start(|request| match request.path {
        LOGIN => {
            let data = json!({ "access_token": "t\r\n", "expires_in": -1 });
            let body = format!("\u{feff}{}", json!({ "code": 200, "data": data }));
            Some(reply("200 OK", "content-type: application/json\r\n", body.as_bytes()))
        }
        _ => None,
    });
    let home = pc(&receiver.connection(""));
    let output = home.run(SEND);
    assert!(output.code == 3 && output.err.contains("app_secret"), "{output:?}");
    std::fs::write(home.path("c.toml"), receiver.connection("app_secret = \"abcd0123456789ABCDEF\"\n")).unwrap();
    home.json(0, &["connection", "add", "对方", "--file", "c.toml"]);
    assert_eq!(only(&home.json(0, &SEND))["state"], "received");
    let listed = home.run(["connection", "list", "--json"]).out;
    assert!(!listed.contains("0123456789ABCDEF") && listed.contains("has_app_secret"), "{listed}");
}

#[test]
fn a_wrong_date_in_the_replies_does_not_lock_the_college_out() {
    // The receiver says the time of an hour ago and takes requests only by the true one.
    let off = |at: i64| Timestamp::now().as_millisecond().abs_diff(at) > 30_000;
    let receiver = Scripted::start(move |request| {
        let date = Timestamp::now() - SignedDuration::from_hours(1);
        let date = date.strftime("date: %a, %d %b %Y %H:%M:%S GMT\r\n").to_string();
        let refusal = json!({ "returnCode": "403", "returnMessage": "timestamps与标准时间相差超过30秒" });
        let body = match (request.path, request.before) {
            (LOGIN, _) => json!({ "code": 200, "data": { "access_token": "t", "app_secret": "abcd0123456789ABCDEF" } }),
            (SUBMIT, _) if request.timestamps.is_none_or(&off) => refusal,
            _ => json!({ "returnCode": "200", "returnData": { "time": receipt() } }),
        };
        Some(reply("200 OK", &date, body.to_string().as_bytes()))
    });
    let home = pc(&receiver.connection(""));
    assert_eq!(only(&home.json(0, &SEND))["state"], "received");
    assert_eq!(receiver.count(SUBMIT), 3, "by the time of the replies, with a new login, and by this PC's clock");
}

#[test]
fn what_waits_too_long_is_said_and_can_be_given_up() {
    let home = Home::new();
    let ahead = Arc::new(AtomicI64::new(0));
    let read = ahead.clone();
    let now = Arc::new(move || Timestamp::now() + SignedDuration::from_secs(read.load(Ordering::SeqCst)));
    let clerk = Clerk::new(Env { now, ..env(home.folder()) });
    clerk.create(false);
    let values = json!({ "FWRQ": "20260901", "DZQKFWCS": "5", "DZTSFWCS": "6" });
    clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "insert", "values": values }] }));
    let receiver = Scripted::start(|_| None);
    std::fs::write(home.path("c.toml"), receiver.connection("")).unwrap();
    clerk.call("connection.read", json!({ "name": "对方", "file": home.text("c.toml") }));
    let send = json!({ "target": { "connection": "对方" }, "tables": [VISITS] });
    let sent = clerk.call("submit.send", send.clone());
    assert_eq!((&sent["batches"][0]["state"], &sent["batches"][0]["overdue"]), (&json!("received"), &json!(false)));

    ahead.store(2 * 3600, Ordering::SeqCst);
    let results = clerk.call("submit.results", json!({}));
    assert_eq!(results["batches"][0]["batch"]["overdue"], true, "{results}");
    let home_page = clerk.call("home.get", json!({}));
    assert!(home_page["warnings"].to_string().contains("result-overdue"), "{home_page}");
    let id = &sent["batches"][0]["id"];
    let given_up = clerk.call("submit.give-up", json!({ "id": id }));
    assert_eq!((&given_up["batch"]["state"], &given_up["batch"]["sent_at"]), (&json!("waiting"), &Value::Null));
    let again = clerk.call("submit.send", send);
    assert_eq!((&again["batches"][0]["id"], &again["batches"][0]["state"]), (id, &json!("received")));
    assert_eq!(receiver.count(SUBMIT), 2);
}

#[test]
fn the_exit_code_says_that_something_is_unknown_or_that_the_disk_failed() {
    let receiver = Scripted::start(|request| (request.path == SUBMIT).then(|| reply("502 Bad Gateway", "", b"")));
    let home = pc(&receiver.connection("first_query_after_s = 3600\n"));
    for _ in 0..3 {
        assert_eq!(only(&home.json(3, &SEND))["state"], "unknown");
        assert_eq!(only(&home.json(3, &["results"]))["state"], "unknown");
    }
    assert_eq!(receiver.count(SUBMIT), 1, "it is asked for, not sent again");
    assert_eq!(table(&home.json(0, &["status"]))["unknown"], 3);
    #[cfg(target_os = "linux")]
    {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let status = home.command(["rows", VISITS]).stdout(full).stderr(std::process::Stdio::null()).status().unwrap();
        assert_eq!(status.code(), Some(4));
    }
}

#[test]
fn from_a_table_only_that_table_leaves() {
    let receiver = Scripted::start(|request| {
        (request.path == SUBMIT && request.before < 2).then(|| reply("400 Bad Request", "", b""))
    });
    let home = pc(&receiver.connection(""));
    let major = ["ZYMC=软件技术", "ZYH=510203", "PZSZNY=200803", "SCZSNY=200809", "ZYCCM=2", "XZM=3", "SFZDZY=1"];
    home.json(0, &[&["set", "ODS_ZYSZSJ", "new"], &major[..]].concat());
    home.json(3, &[&SEND[..], &[VISITS]].concat());
    // The major has a finding to explain, so nothing of its table is sent, and nothing of the other one either.
    assert_eq!(home.json(0, &[&SEND[..], &["ODS_ZYSZSJ"]].concat())["batches"], json!([]));
    assert_eq!(receiver.count(SUBMIT), 2);
    assert_eq!(table(&home.json(0, &["status"]))["waiting"], 3, "what was not asked for stays");
    let all = home.json(0, &SEND);
    assert_eq!((&only(&all)["table"], &only(&all)["state"]), (&json!(VISITS), &json!("received")));
}

#[test]
fn a_rehearsal_leaves_nothing_readable_and_is_no_submission() {
    let home = Home::new();
    home.new_book();
    home.json(0, &["set", VISITS, "new", "FWRQ=20260901", "DZQKFWCS=4711", "DZTSFWCS=6"]);
    home.json(0, &["submit", "--rehearse"]);
    assert_eq!(only(&home.json(0, &["results", "--wait", "30"]))["state"], "stored");
    let status = home.json(0, &["status"]);
    let row = table(&status);
    assert_eq!((&row["accepted"], &row["last_submitted"]), (&json!(0), &Value::Null), "{row}");
    assert_eq!(status["today"], json!({ "sent": 0, "stored": 0, "rejected": 0 }));
    let folders = std::fs::read_dir(home.path("rehearsal")).unwrap();
    let files: Vec<_> = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap()).collect();
    assert!(!files.is_empty());
    for file in files {
        let path = file.unwrap().path();
        assert_ne!(path.extension().and_then(|ending| ending.to_str()), Some("key"), "{path:?}");
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(4).any(|window| window == b"4711"), "{path:?}");
        assert!(!bytes.starts_with(b"SQLite format 3"), "{path:?}");
    }
}
