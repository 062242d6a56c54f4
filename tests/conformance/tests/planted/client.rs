//! A small client, with one bug for each scenario.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use conformance::caller::{Caller, Session, submission};
use conformance::client::{ClientKit, NAMES, Phase};
use conformance::http::Answer;
use conformance::sample::Sample;
use jiff::{SignedDuration, Timestamp};
use protocol::login::Grant;
use protocol::{header, path, sign, time};
use serde_json::{Map, Value, json};

use super::{connection, failed};

/// A client that does what the protocol asks for, but for its bug.
struct SmallClient {
    caller: Caller,
    bug: &'static str,
    session: RefCell<Option<Session>>,
    keys: Cell<u64>,
    /// Seconds of receipt that a reply or a result has named.
    known: RefCell<BTreeSet<i64>>,
}

/// A time of receipt in whole seconds.
fn moment(text: &str) -> Option<i64> {
    time::parse(text).and_then(time::moment).map(|at| at.as_second())
}

/// What a submission came to.
enum Outcome {
    Taken(String),
    Refused,
    NoReply,
}

impl SmallClient {
    fn has(&self, bug: &str) -> bool {
        self.bug == format!("client.{bug}")
    }

    fn log_in(&self) -> Session {
        let mut grant = self.caller.grant();
        if let (true, Grant::Password { username, .. }) = (self.has("authorise-account"), &mut grant) {
            // Another account first.
            let right = std::mem::replace(username, "somebody".into());
            self.caller.send(&self.caller.login(&grant).unwrap()).unwrap();
            if let Grant::Password { username, .. } = &mut grant {
                *username = right;
            }
        }
        let mut request = self.caller.login(&grant).unwrap();
        if self.has("authorise-form") {
            request.set("Content-Type", Some("text/plain"));
        }
        if self.has("authorise-as-agreed") {
            request.body.extend(b"&grant_type=password");
            request.body = [b"x=1&".as_slice(), &request.body].concat();
        }
        let reply = self.caller.send(&request).unwrap().json();
        let session = Session::of(&reply, &self.caller.connection, None).unwrap();
        *self.session.borrow_mut() = Some(session.clone());
        session
    }

    fn session(&self) -> Session {
        let kept = self.session.borrow().clone();
        kept.unwrap_or_else(|| self.log_in())
    }

    /// Sends a signed request.
    fn signed(&self, path: &str, plain: &str) -> Result<Answer, String> {
        let session = self.session();
        let off = if self.has("timestamps") { 40 } else { 0 };
        let at = Timestamp::now() + SignedDuration::from_secs(off);
        let mut request = self.caller.signed_by(&session, path, plain, at)?;
        if self.has("content-type") {
            request.set("Content-Type", Some("text/plain"));
        }
        if self.has("token") {
            request.set("Authorization", Some(&format!("Bearer {}", session.access_token)));
        }
        if self.has("app-key") {
            request.set(header::APP_KEY, Some("87654321"));
        }
        if self.has("random") {
            let timestamps = request.header(header::TIMESTAMPS).unwrap().to_owned();
            request.set(header::SIGN, Some(&sign::sign(plain.as_bytes(), &timestamps, "always")));
            request.set(header::RANDOM, Some("always"));
        }
        if self.has("sign") {
            let upper = request.header(header::SIGN).unwrap().to_uppercase();
            request.set(header::SIGN, Some(&upper));
        }
        if self.has("cipher") {
            let mut body: Value = serde_json::from_slice(&request.body).unwrap();
            body["app_secret"] = json!("x");
            request.body = body.to_string().into_bytes();
        }
        self.caller.send(&request)
    }

    fn row(&self) -> Map<String, Value> {
        self.keys.set(self.keys.get() + 1);
        Sample::built_in().row(&format!("{:032X}", self.keys.get()))
    }

    fn submit(&self, rows: &[Map<String, Value>]) -> Outcome {
        let mut plain = submission("ODS_FWSZTSGZYSJ", rows);
        if self.has("submission") {
            plain = plain.replace("dataObjName", "tableName");
        }
        let Ok(answer) = self.signed(path::SUBMIT, &plain) else { return Outcome::NoReply };
        let to = answer.headers.iter().find(|(name, _)| name == "location").map(|(_, to)| to.clone());
        if let (true, Some(to)) = (self.has("no-redirect"), to) {
            let path = format!("/{}", to.split('/').skip(3).collect::<Vec<_>>().join("/"));
            drop(self.signed(&path, &plain));
        }
        let reply = answer.json();
        if reply["returnCode"] == "200" {
            let time = reply["returnData"]["time"].as_str().unwrap_or_default().to_owned();
            self.known.borrow_mut().extend(moment(&time));
            Outcome::Taken(time)
        } else {
            Outcome::Refused
        }
    }

    /// Looks for the result of a call among all pages; `None` where it is not there.
    fn result(&self, time: Option<&str>, rows: usize) -> Option<Value> {
        let hours = |hours| time::seconds_text(Timestamp::now() + SignedDuration::from_hours(hours));
        for page in 1..20 {
            let (start, end) = if self.has("query-window") { (-3, -2) } else { (-1, 1) };
            let mut query = json!({
                "startTime": hours(start), "endTime": hours(end), "page": page.to_string(), "limit": "50", "tableName": "",
            });
            if self.has("query") {
                query["startTime"] = json!("2026/01/01");
            }
            let reply = self.signed(path::RESULTS, &query.to_string()).ok()?.json();
            let list = reply["returnData"].as_array().cloned().unwrap_or_default();
            let mine = |entry: &&Value| {
                let at = entry["timestamps"].as_str().unwrap_or_default();
                let same = match (time, self.has("times-are-times")) {
                    (Some(time), true) => time == at,
                    (Some(text), false) => time::read(text).zip(time::read(at)).is_some_and(|(a, b)| a.agrees(&b)),
                    // Without a reply: one that no reply has named.
                    (None, _) => moment(at).is_some_and(|at| !self.known.borrow().contains(&at)),
                };
                same && entry["collectNum"] == rows
            };
            if let Some(entry) = list.iter().rev().find(mine) {
                self.known.borrow_mut().extend(entry["timestamps"].as_str().and_then(moment));
                return Some(entry.clone());
            }
            if list.is_empty() || self.has("all-pages") {
                return None;
            }
        }
        None
    }

    /// Submits one call until it is taken or known to have been taken, and gives its result.
    fn deliver(&self, rows: &[Map<String, Value>]) -> (Option<String>, usize) {
        for _ in 0..4 {
            match self.submit(rows) {
                Outcome::Taken(time) => return (Some(time), rows.len()),
                Outcome::Refused if self.has("refused-is-sent-again") || self.has("token-renewed") => break,
                Outcome::Refused if self.has("old-token-not-used") => {
                    drop(self.signed(path::RESULTS, "{}"));
                    self.log_in();
                }
                Outcome::Refused => drop(self.log_in()),
                Outcome::NoReply => {
                    let at_once = self.has("lost-reply-is-asked-for") || self.has("unknown-is-asked-for");
                    let found = !at_once && self.result(None, rows.len()).is_some();
                    if (found && !self.has("lost-reply-is-not-repeated")) || self.has("never-arrived-is-sent-again") {
                        return (None, rows.len());
                    }
                }
            }
        }
        (None, rows.len())
    }

    /// Everything of a phase: two calls of two rows, and their results.
    fn act(&self, phase: Phase) {
        if phase == Phase::Plain {
            self.log_in();
        }
        let mut calls = Vec::new();
        for call in 0..2 {
            let mut rows = vec![self.row(), self.row()];
            if self.has("columns") {
                rows[1].remove("XXDM");
            }
            if self.has("keys") {
                rows[1].insert("ZJSJWYXBS".into(), json!(""));
            }
            if self.has("rows-per-call") {
                rows.extend((0..100).map(|_| self.row()));
            }
            calls.push((self.deliver(&rows), rows));
            if call == 0 && self.has("authorise-once") {
                self.log_in();
            }
        }
        if self.has("query-after-submission") {
            self.submit(&[self.row()]);
            return;
        }
        for ((time, count), rows) in &calls {
            let find = || self.result(time.as_deref(), *count);
            let once = self.has("asks-again") || self.has("all-pages");
            let entry = find().or_else(|| if once { None } else { find() });
            let (stored, again) = match &entry {
                Some(entry) => (entry["storageNum"].as_u64().unwrap_or(0), false),
                None => (0, self.has("times-are-times") || self.has("not-yet-is-not-repeated")),
            };
            if self.has("asks-again") && phase == Phase::NotYet {
                return;
            }
            let partly = entry.is_some() && stored < *count as u64;
            let eager = match phase {
                Phase::OneWrong => self.has("stored-is-not-repeated") || self.has("rejected-is-not-repeated"),
                _ => self.has("sentence-is-a-rejection"),
            };
            if again || (partly && eager) {
                self.submit(rows);
            }
        }
        // A hasty client takes what is not there at the first look for lost.
        if self.has("not-yet-is-not-repeated") && phase == Phase::NotYet {
            self.submit(&calls[0].1);
        }
        if self.has("query-after-submission") {
            self.submit(&[self.row()]);
        }
    }
}

fn run(bug: &'static str) -> std::collections::BTreeMap<&'static str, String> {
    let authorise = if bug == "client.authorise-as-agreed" { "rsa" } else { "plain" };
    let kit = ClientKit::listen("127.0.0.1:0", connection(authorise)).unwrap();
    let small = SmallClient {
        caller: Caller::new(kit.connection.clone()),
        bug,
        session: RefCell::new(None),
        keys: Cell::new(0),
        known: RefCell::default(),
    };
    failed(&kit.run(|phase| small.act(phase)))
}

#[test]
fn every_scenario_finds_its_bug() {
    let found = run("");
    assert!(found.is_empty(), "without a bug: {found:#?}");
    std::thread::scope(|scope| {
        for name in NAMES {
            scope.spawn(move || {
                let found = run(name);
                assert!(found.contains_key(name), "{name} was not found, but {found:#?}");
            });
        }
    });
}
