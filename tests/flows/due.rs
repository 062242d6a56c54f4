//! What is due: by the calendar, by what was accepted, and by what can go; in the window's calls and on the command
//! line.

use std::sync::{Arc, Mutex};

use desk::Env;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::fixture::scripted::{RESULTS, SUBMIT, Scripted, json as reply_json};
use crate::fixture::{Clerk, Home, PERIOD, VISITS, env};

/// A clerk at a PC whose clock the test sets.
struct Pc {
    clerk: Clerk,
    home: Home,
    now: Arc<Mutex<Timestamp>>,
}

impl Pc {
    /// On Wednesday, 2026-12-09.
    fn new() -> Pc {
        let home = Home::new();
        let now = Arc::new(Mutex::new("2026-12-09T10:00:00+08:00".parse().unwrap()));
        let read = now.clone();
        let clerk = Clerk::new(Env {
            now: Arc::new(move || *read.lock().unwrap()),
            built: Timestamp::UNIX_EPOCH,
            ..env(home.folder())
        });
        clerk.create(false);
        let mut settings = clerk.call("settings.get", json!({}));
        settings["term_end"] = json!("2027-01-22");
        clerk.call("settings.set", settings);
        Pc { clerk, home, now }
    }

    fn days_later(&self, days: i64) {
        *self.now.lock().unwrap() += SignedDuration::from_hours(24 * days);
    }

    fn connect(&self, receiver: &Scripted) {
        std::fs::write(self.home.path("c.toml"), receiver.connection("first_query_after_s = 0\n")).unwrap();
        self.clerk.call("connection.read", json!({ "name": "对方", "file": self.home.text("c.toml") }));
    }

    fn add(&self, day: &str) {
        let values = json!({ "FWRQ": day, "DZQKFWCS": "5", "DZTSFWCS": "6" });
        self.clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "insert", "values": values }] }));
    }

    fn due(&self) -> Value {
        self.clerk.call("due.list", json!({ "tables": [VISITS] }))["tables"][0].take()
    }

    #[track_caller]
    fn says(&self, state: &str, due: &str, overdue: u64, reasons: Value) {
        let table = self.due();
        let found = (&table["state"], &table["due"], &table["overdue_days"], &table["reasons"]);
        assert_eq!(found, (&json!(state), &json!(due), &json!(overdue), &reasons), "{table}");
        // The home page shows the same.
        let home = self.clerk.call("home.get", json!({}));
        let of_home = home["tables"].as_array().unwrap().iter().find(|one| one["table"] == VISITS).unwrap();
        assert_eq!((&of_home["due"], &of_home["overdue_days"]), (&table["due"], &table["overdue_days"]));
    }
}

/// A receiver by the clock of the PC that takes everything and stores it.
fn receiver(now: Arc<Mutex<Timestamp>>) -> Scripted {
    let sent: Arc<Mutex<Option<Timestamp>>> = Arc::default();
    Scripted::start(move |request| match request.path {
        SUBMIT => {
            let at = *now.lock().unwrap();
            *sent.lock().unwrap() = Some(at);
            Some(reply_json(
                &json!({ "returnCode": "200", "returnData": { "time": protocol::time::seconds_text(at) } }),
            ))
        }
        RESULTS => {
            let at = (*sent.lock().unwrap())?;
            Some(reply_json(&json!({ "returnCode": "200", "returnCount": 1, "returnData": [{
                "id": at.to_string(), "sysName": "school", "timestamps": protocol::time::seconds_text(at),
                "tableName": VISITS, "state": "1",
            }] })))
        }
        _ => None,
    })
}

#[test]
fn a_daily_table_is_due_overdue_ready_blocked_and_done() {
    let pc = Pc::new();
    pc.says("empty", "2026-12-09", 0, json!([]));
    pc.add("20261209");
    pc.says("blocked", "2026-12-09", 0, json!([{ "code": "no-connection", "rows": 1 }]));
    let receiver = receiver(pc.now.clone());
    pc.connect(&receiver);
    pc.says("ready", "2026-12-09", 0, json!([]));
    pc.days_later(2);
    pc.says("ready", "2026-12-09", 2, json!([]));
    // What cannot be sent says why.
    pc.add("20261399");
    pc.clerk.call("check.run", json!({}));
    pc.says("ready", "2026-12-09", 2, json!([{ "code": "mandatory", "rows": 1 }]));
    pc.clerk.call("submit.send", json!({ "target": { "connection": "对方" }, "tables": [VISITS] }));
    pc.clerk.call("submit.results", json!({}));
    // The wrong record was written on Friday and is what is left.
    pc.says("blocked", "2026-12-11", 0, json!([{ "code": "mandatory", "rows": 1 }]));
    pc.clerk.call("fill.undo", json!({ "count": 1 }));
    pc.says("done", "2026-12-11", 0, json!([]));
    // Saturday is not a working day: the next due day is Monday, and nothing new has been accepted.
    pc.days_later(1);
    pc.says("quiet", "2026-12-14", 0, json!([]));
}

#[test]
fn only_what_is_due_goes_with_due() {
    let pc = Pc::new();
    let receiver = receiver(pc.now.clone());
    pc.connect(&receiver);
    pc.add("20261209");
    let settings = json!({ "fixed": { VISITS: "12-20" } });
    pc.clerk.call("due.set", settings);
    let send = json!({ "target": { "connection": "对方" }, "due": true });
    assert_eq!(pc.clerk.call("submit.send", send.clone())["batches"], json!([]), "due on the 20th");
    pc.clerk.call("due.set", json!({}));
    assert_eq!(pc.clerk.call("submit.send", send)["batches"][0]["table"], VISITS);
}

#[test]
fn a_table_with_nothing_to_report_owes_nothing() {
    let pc = Pc::new();
    pc.clerk.call("due.set", json!({ "nothing": { PERIOD: [VISITS] } }));
    let table = pc.due();
    assert_eq!((&table["state"], &table["due"]), (&json!("nothing"), &Value::Null));
    pc.add("20261209");
    assert_eq!(pc.due()["state"], "blocked", "what is there is owed all the same");
    for wrong in [
        json!({ "from": "soon" }),
        json!({ "nothing": { PERIOD: ["ODS_NO"] } }),
        json!({ "fixed": { VISITS: "13-01" } }),
        json!({ "days_off": [{ "first": "2026-12-10", "last": "2026-12-09" }] }),
    ] {
        assert!(pc.clerk.try_call("due.set", wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn the_calendar_shows_due_days_and_days_off() {
    let pc = Pc::new();
    pc.add("20261209");
    pc.days_later(1);
    let off = json!([{ "first": "2026-12-17", "last": "2026-12-17", "name": "运动会" }]);
    pc.clerk.call("due.set", json!({ "days_off": off }));
    let due = pc.clerk.call("due.list", json!({ "tables": [VISITS] }));
    let day = |due: &Value, at: usize| due["calendar"][at - 1].clone();
    assert_eq!((due["today"].as_str(), due["calendar"].as_array().unwrap().len()), (Some("2026-12-10"), 31));
    let late = day(&due, 9);
    assert_eq!((&late["due"], &late["overdue"], &late["work"]), (&json!([VISITS]), &json!(1), &json!(true)));
    assert_eq!((&day(&due, 10)["due"], &day(&due, 12)["due"]), (&json!([VISITS]), &json!([])));
    let sports = day(&due, 17);
    assert_eq!((&sports["work"], &sports["name"], &sports["due"]), (&json!(false), &json!("运动会"), &json!([])));
    assert_eq!(due["holidays"][0]["known"], "official");
    let next = pc.clerk.call("due.list", json!({ "month": "2027-01" }));
    assert_eq!((&day(&next, 1)["work"], &day(&next, 1)["name"]), (&json!(false), &json!("元旦")));
    assert_eq!(next["holidays"].as_array().unwrap().last().unwrap()["known"], "statutory");
    let on_last_day = day(&next, 22)["due"].as_array().unwrap().len();
    assert!(on_last_day > 50, "the tables of the term are due on its last day: {on_last_day}");
    assert_eq!(day(&next, 25)["due"], json!([]), "nothing is due after the term");
    assert_eq!(
        next["term"],
        json!({
            "period": PERIOD, "start": "2026-09-01", "start_is_guess": true, "end": "2027-01-22",
        })
    );
}

#[test]
fn the_command_line_tells_what_is_due() {
    let home = Home::new();
    home.new_book();
    home.json(0, &["set", VISITS, "new", "FWRQ=20260901", "DZQKFWCS=5", "DZTSFWCS=6"]);
    let due = home.json(0, &["due"]);
    let tables = due["tables"].as_array().unwrap();
    assert!(tables.len() > 90, "{}", tables.len());
    let table = tables.iter().find(|table| table["table"] == VISITS).unwrap();
    for key in ["title", "department", "frequency", "scope", "due", "overdue_days", "days_left", "state", "reasons"] {
        assert!(table.get(key).is_some(), "{key}: {table}");
    }
    assert_eq!((&table["state"], &table["to_send"]), (&json!("blocked"), &json!(1)));
    assert!(due["calendar"].as_array().unwrap().len() >= 28);
    let other = home.json(0, &["due", "ODS_ZYSZSJ", "--nothing", "ODS_ZYSZSJ"]);
    assert_eq!((&other["tables"][0]["state"], &other["tables"][0]["due"]), (&json!("nothing"), &Value::Null));
    assert_eq!(home.json(0, &["due", "ODS_ZYSZSJ", "--something", "ODS_ZYSZSJ"])["tables"][0]["state"], "empty");
    assert_eq!(home.json(0, &["due", "--overdue"])["tables"], json!([]));
    std::fs::write(home.path("due.toml"), "every_day = true\n[fixed]\nODS_ZYSZSJ = \"12-15\"\n").unwrap();
    let fixed = home.json(0, &["due", "ODS_ZYSZSJ", "--settings", "due.toml"]);
    assert_eq!(fixed["tables"][0]["due"], "2026-12-15");
    for wrong in ["every_day = \"yes\"\n", "holidays = 1\n", "from = \"soon\"\n"] {
        std::fs::write(home.path("wrong.toml"), wrong).unwrap();
        assert_eq!(home.run(["due", "--settings", "wrong.toml"]).code, 2, "{wrong}");
    }
    assert_eq!(home.json(0, &["due", "ODS_ZYSZSJ"])["tables"][0]["due"], "2026-12-15", "nothing changed");
    let words = home.run(["due", VISITS]);
    assert!(words.out.contains("不能上报") && words.out.contains("没有选择上报连接"), "{words:?}");
}
