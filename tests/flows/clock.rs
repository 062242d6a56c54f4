//! The whole job on PCs whose clock is wrong: years behind, a day ahead, and at 2099 for a while. Nothing is blocked by
//! the clock, the program says what is wrong with it, and a wrong moment does not stay for ever.

use std::sync::{Arc, Mutex};

use desk::Env;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::fixture::{Clerk, Home, Receiver, VISITS, env};

/// A clerk at a PC whose clock is set by the test and goes on from there.
struct Pc {
    clerk: Clerk,
    ahead: Arc<Mutex<SignedDuration>>,
}

impl Pc {
    fn new(home: &Home, shows: Timestamp) -> Pc {
        let ahead = Arc::new(Mutex::new(shows.duration_since(Timestamp::now())));
        let read = ahead.clone();
        let now = Arc::new(move || Timestamp::now().saturating_add(*read.lock().unwrap()).unwrap());
        Pc { clerk: Clerk::new(Env { now, ..env(home.folder()) }), ahead }
    }

    fn set(&self, shows: Timestamp) {
        *self.ahead.lock().unwrap() = shows.duration_since(Timestamp::now());
    }

    #[track_caller]
    fn says(&self, verdict: &str, witness: Value) -> Value {
        let state = self.clerk.call("clock.state", json!({}));
        assert_eq!((&state["verdict"], &state["witness"]), (&json!(verdict), &witness), "{state}");
        state
    }

    /// Checks all tables, which finds nothing mandatory.
    #[track_caller]
    fn check(&self) {
        self.clerk.call("check.run", json!({}));
        let found = self.clerk.call("check.findings", json!({ "level": "mandatory", "limit": 3 }));
        assert_eq!(found["total"], 0, "{found}");
    }

    #[track_caller]
    fn send(&self, target: Value) {
        let sent = self.clerk.call("submit.send", json!({ "target": target, "tables": [VISITS] }));
        assert_eq!((&sent["interrupted"], &sent["skipped"]), (&Value::Null, &json!([])), "{sent}");
    }

    #[track_caller]
    fn results(&self) {
        let results = self.clerk.call("submit.results", json!({ "wait": 30 }));
        assert_eq!(results["batches"][0]["batch"]["state"], "stored", "{results}");
    }

    /// Adds a record without values, and gives the day of the step in the log.
    fn add(&self) -> String {
        self.clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "insert", "values": {} }] }));
        let history = self.clerk.call("fill.history", json!({ "table": VISITS, "offset": 0, "limit": 1 }));
        history["steps"][0]["at"].as_str().unwrap()[..10].to_owned()
    }

    /// The record without values is wrong, and today is not: no finding is about a future date.
    fn check_left_the_empty_record_alone(&self) {
        self.clerk.call("check.run", json!({}));
        let found = self.clerk.call("check.findings", json!({ "level": "mandatory", "limit": 1000 }));
        let rules = |finding: &Value| finding["rule"].as_str().unwrap() == "required";
        assert!(found["findings"].as_array().unwrap().iter().all(rules), "{found}");
    }

    /// Day and number of records sent, as the home page counts them today.
    fn sent_today(&self) -> (String, u64) {
        let home = self.clerk.call("home.get", json!({}));
        let day = home["days"].as_array().unwrap().last().unwrap()["day"].as_str().unwrap().to_owned();
        (day, home["today"]["sent"].as_u64().unwrap())
    }
}

fn day(at: Timestamp) -> String {
    at.saturating_add(SignedDuration::from_hours(8)).unwrap().strftime("%Y-%m-%d").to_string()
}

fn in_days(days: i64) -> Timestamp {
    Timestamp::now().saturating_add(SignedDuration::from_hours(24 * days)).unwrap()
}

fn in_2015() -> Timestamp {
    "2015-01-01T08:00:00+08:00".parse().unwrap()
}

#[test]
fn on_a_pc_that_shows_2015_the_whole_job_works() {
    let home = Home::new();
    let pc = Pc::new(&home, in_2015());
    pc.clerk.create(true);
    let built = day(Env::real().built);
    // The steps of the sample are stamped with the best known time, so they show whether this time is used.
    let state = pc.says("behind", json!("log"));
    assert!(state["pc"].as_str().unwrap().starts_with("2015-01-01") && state["known"].as_str().unwrap() >= &built[..]);
    assert_eq!(state["can_trust"], false, "a program is not used before it was made");
    pc.check();
    pc.send(json!({}));
    pc.results();
    let (today, sent) = pc.sent_today();
    assert!(today >= built && sent == 0, "a rehearsal is no submission: {today} {sent}");
    assert!(pc.add() >= built);
    pc.set(Timestamp::now());
    pc.says("right", Value::Null);
    pc.add();
    pc.set(in_2015());
    pc.says("behind", json!("log"));
}

#[test]
fn on_a_pc_that_is_a_day_ahead_the_whole_job_works_and_its_steps_do_not_stay() {
    let home = Home::new();
    let receiver = Receiver::start(&home.path("receiver"), "");
    let pc = Pc::new(&home, in_days(1));
    pc.clerk.create(true);
    pc.check();
    receiver.connection(&home.path("center.toml"), "");
    pc.clerk.call("connection.read", json!({ "name": "中心", "file": home.text("center.toml") }));
    pc.send(json!({ "connection": "中心" }));
    pc.results();
    let state = pc.says("ahead", json!("receiver"));
    let (pc_says, known) = (state["pc"].as_str().unwrap(), state["known"].as_str().unwrap());
    assert_eq!((&pc_says[..10], &known[..10]), (&day(in_days(1))[..], &day(Timestamp::now())[..]));
    assert_eq!(pc.add(), day(Timestamp::now()));
    // Set right, with steps of tomorrow in the log, which the receiver has overruled; also after a restart.
    pc.set(Timestamp::now());
    pc.says("right", Value::Null);
    let path = pc.clerk.call("book.head", json!({}))["path"].clone();
    pc.clerk.call("book.close", json!({}));
    let again = Pc::new(&home, Timestamp::now());
    again.clerk.call("book.open", json!({ "path": path, "passphrase": crate::fixture::PASSPHRASE }));
    again.says("right", Value::Null);
    again.set(in_2015());
    again.says("behind", json!("log"));
    again.check_left_the_empty_record_alone();
}

#[test]
fn results_come_although_the_clock_was_set_back_after_sending() {
    let home = Home::new();
    let pc = Pc::new(&home, Timestamp::now());
    pc.clerk.create(true);
    pc.send(json!({}));
    pc.set(in_2015());
    pc.results();
    assert_eq!(pc.sent_today().0, day(Timestamp::now()));
}

#[test]
fn a_pc_that_stood_at_2099_leaves_no_trace_of_it() {
    let home = Home::new();
    let pc = Pc::new(&home, "2099-06-01T08:00:00+08:00".parse().unwrap());
    pc.clerk.create(true);
    assert_eq!(pc.says("ahead", json!("log"))["can_trust"], false, "no program is used for so long");
    pc.check();
    pc.send(json!({}));
    pc.results();
    assert!(!pc.add().starts_with("2099"));
    pc.set(Timestamp::now());
    pc.says("right", Value::Null);
    assert_eq!(pc.sent_today().0, day(Timestamp::now()));
}

#[test]
fn the_clerk_ends_a_doubt_that_no_receiver_ends() {
    let home = Home::new();
    let pc = Pc::new(&home, in_days(30));
    pc.clerk.create(true);
    pc.add();
    pc.set(Timestamp::now());
    assert_eq!(pc.says("behind", json!("log"))["can_trust"], true);
    assert_eq!(pc.sent_today().0, day(in_days(30)));
    pc.clerk.call("clock.trust", json!({}));
    pc.says("right", Value::Null);
    assert_eq!(pc.sent_today().0, day(Timestamp::now()));
    let path = pc.clerk.call("book.head", json!({}))["path"].clone();
    pc.clerk.call("book.close", json!({}));
    pc.clerk.call("book.open", json!({ "path": path, "passphrase": crate::fixture::PASSPHRASE }));
    pc.says("right", Value::Null);
}

#[test]
fn the_command_line_says_what_is_wrong_with_the_clock_beside_its_answer() {
    let home = Home::new();
    home.new_book();
    let right = home.run(["status", "--json"]);
    assert_eq!((right.code, right.err.contains("电脑的时间")), (0, false), "{right:?}");
    // A receiver answered a moment ago, and this PC was a day behind it.
    let file = home.path("this-pc.json");
    let mut this_pc: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    this_pc["contact"] = json!([in_days(1).as_millisecond(), Timestamp::now().as_millisecond()]);
    std::fs::write(&file, this_pc.to_string()).unwrap();
    let behind = home.run(["status", "--json"]);
    let words = ["这台电脑的时间慢了", "接收端最近一次答复的时间", &day(in_days(1)), &day(Timestamp::now()), "调对"];
    assert!(words.iter().all(|words| behind.err.contains(words)), "{}", behind.err);
    assert_eq!((behind.code, behind.document()["tables"].is_array()), (0, true));
}
