//! Submitting by itself: what is due goes through the check list to a receiver in another process, what was missed is
//! made up for, and the rest is told.

use std::sync::Arc;

use desk::Env;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, Zoned};
use serde_json::{Value, json};

use crate::fixture::{Clerk, Home, Receiver, VISITS, env};

/// Now, on the clocks of the country.
fn now() -> Zoned {
    Timestamp::now().to_zoned(TimeZone::fixed(Offset::constant(8)))
}

/// The period that runs today.
fn period() -> String {
    let now = now();
    let first = if now.month() >= 9 { now.year() } else { now.year() - 1 };
    format!("{first}-{}-{}", first + 1, if (3..=8).contains(&now.month()) { 2 } else { 1 })
}

/// A PC with two good records, a connection to a receiver and the clock put back by so much.
struct Pc {
    clerk: Clerk,
    home: Home,
    receiver: Receiver,
}

impl Pc {
    fn new(back: SignedDuration) -> Pc {
        let home = Home::new();
        let env =
            Env { now: Arc::new(move || Timestamp::now() - back), built: Timestamp::UNIX_EPOCH, ..env(home.folder()) };
        let clerk = Clerk::new(env);
        clerk.create(false);
        let receiver = Receiver::start(&home.path("receiver"), "");
        receiver.connection(&home.path("c.toml"), "");
        clerk.call("connection.read", json!({ "name": "中心", "file": home.text("c.toml") }));
        let pc = Pc { clerk, home, receiver };
        pc.settings(json!({ "period": period(), "connection": "中心", "person": "王填报" }));
        pc.insert("20260901", "5");
        pc.insert("20260902", "5");
        pc
    }

    fn settings(&self, more: Value) {
        let mut settings = self.clerk.call("settings.get", json!({}));
        settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.clerk.call("settings.set", settings);
    }

    fn insert(&self, day: &str, visits: &str) {
        let values = json!({ "FWRQ": day, "DZQKFWCS": visits, "DZTSFWCS": "6" });
        self.clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "insert", "values": values }] }));
    }

    fn schedule(&self, more: Value) -> Value {
        let mut entry = json!({ "name": "每天", "tables": [VISITS], "at": "07:30" });
        entry.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.clerk.call("schedule.save", json!({ "entry": entry }))
    }

    /// Runs the entry now; what came of it.
    fn run(&self) -> Value {
        let mut ran = self.clerk.call("schedule.run", json!({ "name": "每天" }));
        ran["entries"][0]["outcome"].take()
    }

    fn stored(self) -> u64 {
        self.receiver.end().row_count(VISITS).unwrap()
    }
}

fn codes(told: &Value) -> Vec<&str> {
    told.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[test]
fn what_was_missed_while_the_pc_was_off_goes_once_without_a_window() {
    let pc = Pc::new(SignedDuration::from_hours(24 * 3));
    pc.insert("20260903", "五");
    // Daily, an hour ago: since the entry was made three of its moments have passed.
    let at = now().checked_sub(SignedDuration::from_hours(1)).unwrap().strftime("%H:%M").to_string();
    let view = pc.schedule(json!({ "at": at }));
    assert_eq!(view["entries"][0]["missed"], false, "nothing before it was made is made up for: {view}");
    pc.clerk.call("book.close", json!({}));

    let listed = pc.home.json(0, &["schedule", "list"]);
    assert_eq!(listed["entries"][0]["missed"], true, "{listed}");
    let ran = pc.home.json(1, &["submit", "--due"]);
    assert_eq!((&ran["batches"][0]["state"], &ran["batches"][0]["rows"]), (&json!("received"), &json!(2)), "{ran}");
    assert!(ran["entries"][0]["told"][0].as_str().unwrap().contains("强制"), "{ran}");
    let again = pc.home.json(0, &["submit", "--due"]);
    assert_eq!((&again["batches"], &again["entries"]), (&json!([]), &json!([])), "once for all that was missed");
    let last = &pc.home.json(0, &["schedule", "list"])["entries"][0]["last"];
    assert_eq!((&last["rows"], codes(&last["told"])), (&json!(2), vec!["checklist.mandatory-held"]));
    assert_eq!(pc.stored(), 2);
}

#[test]
fn a_book_without_a_schedule_says_so() {
    let home = Home::new();
    home.new_book();
    assert_eq!(home.json(2, &["submit", "--due"])["error"]["code"], "schedule.empty");
    assert_eq!(home.json(2, &["submit", "--due", VISITS])["error"]["code"], "usage.missing-argument");
}

#[test]
fn a_table_that_is_to_go_as_a_whole_waits_for_its_last_record() {
    let pc = Pc::new(SignedDuration::ZERO);
    pc.insert("20260903", "五");
    pc.schedule(json!({ "whole": true }));
    let outcome = pc.run();
    assert_eq!((&outcome["batches"], codes(&outcome["told"])), (&json!([]), vec!["checklist.mandatory-held"]));
    assert_eq!(outcome["told"][0]["params"]["tables"].as_str().map(str::is_empty), Some(false));
    let change = json!({ "do": "set", "row": 3, "column": "DZQKFWCS", "value": "5" });
    pc.clerk.call("fill.edit", json!({ "table": VISITS, "changes": [change] }));
    let outcome = pc.run();
    assert_eq!((&outcome["rows"], &outcome["told"]), (&json!(3), &json!([])));
    assert_eq!(pc.stored(), 3);
}

#[test]
fn what_asks_for_a_person_does_not_go_by_itself() {
    let pc = Pc::new(SignedDuration::ZERO);
    pc.schedule(json!({}));
    // Another period than that of today.
    pc.settings(json!({ "period": "2020-2021-1" }));
    pc.insert("20200901", "5");
    assert_eq!(codes(&pc.run()["told"]), ["checklist.period-other"]);
    pc.settings(json!({ "period": period() }));
    // An account that has ended.
    pc.clerk.call("submit.set_rules", json!({ "expiries": { "中心": { "account": "2020-01-01", "key": "" } } }));
    assert_eq!(codes(&pc.run()["told"]), ["checklist.account-over"]);
    // The consent of a second person.
    let signer = json!({ "name": "李复核", "password": "复核密码" });
    pc.clerk.call("submit.set_rules", json!({ "expiries": {}, "add": signer, "sign_off": true }));
    assert_eq!(codes(&pc.run()["told"]), ["checklist.sign-off-asked"]);
    assert_eq!(pc.clerk.call("submit.batches", json!({ "limit": 9 }))["total"], 0);
    assert_eq!(pc.stored(), 0);
}

#[test]
fn a_line_that_is_down_is_tried_again() {
    let pc = Pc::new(SignedDuration::ZERO);
    pc.schedule(json!({ "at": "", "after_import": true }));
    let file = std::fs::read_to_string(pc.home.path("c.toml")).unwrap();
    let address = pc.receiver.started["address"].as_str().unwrap().to_owned();
    std::fs::write(pc.home.path("dead.toml"), file.replace(&address, "http://127.0.0.1:9")).unwrap();
    pc.clerk.call("connection.read", json!({ "name": "中心", "file": pc.home.text("dead.toml") }));
    let outcome = pc.run();
    assert_eq!((&outcome["error"]["code"], &outcome["batches"]), (&json!("network.refused"), &json!([])), "{outcome}");
    pc.clerk.call("connection.read", json!({ "name": "中心", "file": pc.home.text("c.toml") }));
    assert_eq!(pc.run()["rows"], 2);
    assert_eq!(pc.stored(), 2);
}

#[test]
fn a_source_is_imported_and_then_submitted() {
    let pc = Pc::new(SignedDuration::ZERO);
    std::fs::write(pc.home.path("visits.csv"), "FWRQ,DZQKFWCS,DZTSFWCS\n20260904,5,6\n20260905,7,8\n").unwrap();
    let source = format!("kind = \"file\"\ntable = \"{VISITS}\"\npath = {:?}\n", pc.home.text("visits.csv"));
    std::fs::write(pc.home.path("s.toml"), source).unwrap();
    pc.clerk.call("source.read", json!({ "name": "图书系统", "file": pc.home.text("s.toml") }));
    pc.schedule(json!({ "source": "图书系统", "at": "", "after_import": true }));
    let outcome = pc.run();
    assert_eq!((&outcome["imported"], &outcome["rows"], &outcome["error"]), (&json!(2), &json!(4), &Value::Null));
    assert_eq!(pc.stored(), 4);
}

#[test]
fn an_import_makes_an_entry_due() {
    let pc = Pc::new(SignedDuration::ZERO);
    let due = |view: &Value| view["entries"][0]["missed"].as_bool().unwrap();
    assert!(!due(&pc.schedule(json!({ "at": "", "after_import": true }))));
    std::fs::write(pc.home.path("visits.csv"), "FWRQ,DZQKFWCS,DZTSFWCS\n20260904,5,6\n").unwrap();
    let preview = json!({ "files": [pc.home.text("visits.csv")], "table": VISITS });
    let proposal = pc.clerk.call("workbook.preview", preview);
    pc.clerk.call("workbook.apply", json!({ "proposal": proposal["id"] }));
    assert!(due(&pc.clerk.call("schedule.list", json!({}))));
    let ran = pc.clerk.call("schedule.run", json!({}));
    assert_eq!(ran["entries"][0]["outcome"]["rows"], 3, "{ran}");
    assert!(!due(&pc.clerk.call("schedule.list", json!({}))));
    assert_eq!(pc.stored(), 3);
}

#[test]
fn an_entry_that_cannot_be_is_refused() {
    let pc = Pc::new(SignedDuration::ZERO);
    let refused = |more: Value| {
        let mut entry = json!({ "name": "每天", "tables": [VISITS], "at": "07:30" });
        entry.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        pc.clerk.try_call("schedule.save", json!({ "entry": entry })).unwrap_err().code
    };
    for (more, code) in [
        (json!({ "at": "7:30" }), "settings.bad-value"),
        (json!({ "at": "25:00" }), "settings.bad-value"),
        (json!({ "at": "" }), "schedule.never"),
        (json!({ "term_days": [0] }), "settings.bad-value"),
        (json!({ "term_days": [-1] }), "schedule.term-unset"),
        (json!({ "weekdays": [8] }), "settings.bad-value"),
        (json!({ "days": [0] }), "settings.bad-value"),
        (json!({ "tables": ["ODS_NICHTS"] }), "table.unknown"),
        (json!({ "connection": "没有" }), "connection.unknown"),
    ] {
        assert_eq!(refused(more.clone()), code, "{more}");
    }
}

/// A program of the system that notes how it was called and answers as the real one does.
#[cfg(unix)]
fn fake(home: &Home, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = home.path("bin").join(name);
    std::fs::create_dir_all(home.path("bin")).unwrap();
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
fn with_fakes(home: &Home, words: &[&str]) -> Value {
    let output = run_with_fakes(home, words);
    assert_eq!(output.code, 0, "{words:?}: {output:?}");
    output.document()
}

#[cfg(unix)]
fn run_with_fakes(home: &Home, words: &[&str]) -> crate::fixture::RunOutput {
    let mut command = home.command(words.iter().chain([&"--json"]));
    command.env("PATH", format!("{}:/usr/bin:/bin", home.text("bin")));
    command.env("HOME", home.folder()).env_remove("XDG_CONFIG_HOME");
    command.output().unwrap().into()
}

#[cfg(unix)]
#[test]
fn the_entry_of_the_system_is_installed_and_removed() {
    let home = Home::new();
    home.new_book();
    fake(&home, "systemctl", &format!("echo \"$@\" >> {}", home.text("systemctl.log")));
    fake(&home, "crontab", &format!("if [ \"$1\" = -l ]; then cat {0}; else cat > {0}; fi", home.text("crontab.txt")));
    std::fs::write(home.path("crontab.txt"), "0 1 * * * backup\n").unwrap();
    with_fakes(&home, &["schedule", "add", "每天", VISITS, "--at", "07:30"]);
    let view = with_fakes(&home, &["schedule", "install"]);
    let system = &view["system"];
    assert_eq!(
        (&system["kind"], &system["installed"], &system["times"]),
        (&json!("systemd"), &json!(true), &json!(["07:30"]))
    );
    let name = system["name"].as_str().unwrap();
    let unit = |ending: &str| home.path(".config/systemd/user").join(format!("{name}.{ending}"));
    let read = |ending: &str| std::fs::read_to_string(unit(ending)).unwrap();
    assert!(read("timer").contains("OnCalendar=*-*-* 07:30:00") && read("timer").contains("Persistent=true"));
    assert!(read("service").contains("\"submit\" \"--due\""), "{}", read("service"));

    // A new entry has its time in the timer at once.
    with_fakes(&home, &["schedule", "add", "晚上", VISITS, "--at", "22:00", "--weekday", "5"]);
    assert!(read("timer").contains("OnCalendar=*-*-* 22:00:00"));
    with_fakes(&home, &["schedule", "uninstall"]);
    assert!(!unit("timer").exists() && !unit("service").exists());
    let log = std::fs::read_to_string(home.path("systemctl.log")).unwrap();
    assert!(log.contains(&format!("--user enable --now {name}.timer")), "{log}");
    assert!(log.contains(&format!("--user disable --now {name}.timer")), "{log}");

    let table = || std::fs::read_to_string(home.path("crontab.txt")).unwrap();
    with_fakes(&home, &["schedule", "install", "--kind", "cron"]);
    assert!(table().contains("30 7 * * * ") && table().contains("0 22 * * * "), "{}", table());
    with_fakes(&home, &["schedule", "uninstall", "--kind", "cron"]);
    assert_eq!(table(), "0 1 * * * backup\n", "the lines of others stay as they are");
}

#[cfg(unix)]
#[test]
fn a_crontab_that_cannot_be_read_is_not_written_over() {
    let home = Home::new();
    home.new_book();
    with_fakes(&home, &["schedule", "add", "每天", VISITS, "--at", "07:30"]);
    let table = || std::fs::read_to_string(home.path("crontab.txt")).unwrap();
    let listed_as = |answer: &str| {
        fake(
            &home,
            "crontab",
            &format!("if [ \"$1\" = -l ]; then {answer}; else cat > {}; fi", home.text("crontab.txt")),
        );
    };
    std::fs::write(home.path("crontab.txt"), "0 1 * * * backup\n").unwrap();
    listed_as("echo 'crontab: Permission denied' >&2; exit 1");
    for command in ["install", "uninstall"] {
        let refused = run_with_fakes(&home, &["schedule", command, "--kind", "cron"]);
        assert_ne!(refused.code, 0, "{refused:?}");
        assert_eq!(table(), "0 1 * * * backup\n", "{command}");
    }
    // Somebody who has none yet is told so by the program in the same way.
    listed_as("echo 'no crontab for clerk' >&2; exit 1");
    with_fakes(&home, &["schedule", "install", "--kind", "cron"]);
    assert!(table().starts_with("30 7 * * * "), "{}", table());
}
