//! Scenarios for receivers. Each is a name and a function that says in one sentence what is wrong. A refusal is any reply
//! but a success, because no text prints what a refusal looks like.

use std::cell::Cell;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use protocol::login::Grant;
use protocol::{header, path, sign, time};
use serde_json::{Map, Value, json};

use crate::caller::{Caller, Session, form, submission};
use crate::http::{Answer, Request};
use crate::sample::Sample;
use crate::{Line, ensure};

/// A receiver under test.
pub struct Probe {
    /// The client that asks it.
    pub caller: Caller,
    /// The row that is sent.
    pub sample: Sample,
    /// How long a result may take.
    pub patience: Duration,
    keys: Cell<u64>,
}

impl Probe {
    /// Scenarios for the receiver that this client reaches.
    pub fn new(caller: Caller, sample: Sample, patience: Duration) -> Probe {
        // Keys differ from run to run, so that a receiver that stores by key stores each anew.
        let first = u64::try_from(Timestamp::now().as_millisecond()).unwrap_or(0) << 16;
        Probe { caller, sample, patience, keys: Cell::new(first) }
    }

    fn key(&self) -> String {
        self.keys.set(self.keys.get() + 1);
        format!("{:032X}", self.keys.get())
    }

    fn right(&self) -> Map<String, Value> {
        self.sample.row(&self.key())
    }

    /// A right submission as a request.
    fn request(&self) -> Result<Request, String> {
        self.caller.signed(path::SUBMIT, &submission(&self.sample.table, &[self.right()]))
    }

    /// Sends a request that was spoilt, and demands a refusal.
    fn refuses(&self, request: &Request, what: &str) -> Result<(), String> {
        let answer = self.caller.send(request)?;
        ensure(!is_success(&answer), || format!("a request {what} was taken"))
    }

    fn refuses_login(&self, grant: &Grant, what: &str) -> Result<(), String> {
        let answer = self.caller.send(&self.caller.login(grant)?)?;
        ensure(!is_success(&answer), || format!("a login {what} was taken"))
    }

    fn submit(&self, rows: &[Map<String, Value>]) -> Result<Value, String> {
        let reply = self.caller.submit(&self.sample.table, rows)?;
        ensure(code(&reply) == "200", || format!("a right submission was refused: {}", reply["returnCode"]))?;
        Ok(reply)
    }

    /// Submits rows and waits for their result.
    fn result_of(&self, rows: &[Map<String, Value>]) -> Result<Value, String> {
        let reply = self.submit(rows)?;
        let handle = reply["returnData"]["time"].as_str().unwrap_or_default().to_owned();
        let sent = time::read(&handle).ok_or_else(|| format!("time {handle:?} is no time"))?;
        let begun = Instant::now();
        loop {
            let reply = self.caller.results(&query(1, 100, &self.sample.table))?;
            ensure(code(&reply) == "200", || format!("a query was refused: {}", reply["returnCode"]))?;
            let list = reply["returnData"].as_array().cloned().unwrap_or_default();
            let is_it = |entry: &&Value| {
                entry["timestamps"].as_str().and_then(time::read).is_some_and(|at| at.agrees(&sent))
                    && entry["collectNum"] == rows.len()
            };
            if let Some(entry) = list.iter().rev().find(is_it) {
                return Ok(entry.clone());
            }
            ensure(begun.elapsed() < self.patience, || {
                format!("no result agrees with time {handle:?} within {} s", self.patience.as_secs())
            })?;
            // Nothing is ever sent on this channel: the time passes.
            let (_never, moment) = mpsc::channel::<()>();
            let _ = moment.recv_timeout(Duration::from_millis(200));
        }
    }
}

fn code(reply: &Value) -> String {
    let code = if reply["returnCode"].is_null() { &reply["code"] } else { &reply["returnCode"] };
    code.as_str().map_or_else(|| code.to_string(), str::to_owned)
}

fn is_success(answer: &Answer) -> bool {
    answer.status == 200 && code(&answer.json()) == "200"
}

fn query(page: u32, limit: u32, table: &str) -> Value {
    let hours = |hours| time::seconds_text(Timestamp::now() + SignedDuration::from_hours(hours));
    let (page, limit) = (page.to_string(), limit.to_string());
    json!({ "startTime": hours(-1), "endTime": hours(1), "page": page, "limit": limit, "tableName": table })
}

type Scenario = (&'static str, fn(&Probe) -> Result<(), String>);

/// Runs all scenarios.
pub fn run(probe: &Probe) -> Vec<Line> {
    SCENARIOS.iter().map(|(name, scenario)| Line::of(name, scenario(probe))).collect()
}

/// The scenarios, in the order in which they run.
pub const SCENARIOS: &[Scenario] = &[
    ("receiver.login", |p| {
        let reply = p.caller.authorise()?;
        ensure(reply["code"] == 200, || format!("code is {}, not the number 200", reply["code"]))?;
        ensure(reply["msg"].is_string(), || "msg is missing".into())
    }),
    ("receiver.login-tokens", |p| {
        let data = &p.caller.authorise()?["data"];
        let missing = ["access_token", "refresh_token", "client_secret", "app_secret"]
            .into_iter()
            .find(|name| data[name].as_str().is_none_or(str::is_empty));
        ensure(missing.is_none(), || format!("{} is missing", missing.unwrap_or_default()))
    }),
    ("receiver.login-lifetimes", |p| {
        let data = &p.caller.authorise()?["data"];
        let wrong = ["expires_in", "refresh_expires_in"].into_iter().find(|name| data[name].as_u64().is_none());
        ensure(wrong.is_none(), || format!("{} is not a number of seconds", wrong.unwrap_or_default()))
    }),
    ("receiver.login-new-token", |p| {
        let token = || Ok::<_, String>(p.caller.authorise()?["data"]["access_token"].clone());
        let (first, second) = (token()?, token()?);
        ensure(first != second, || "two logins got one token".into())
    }),
    ("receiver.login-wrong-password", |p| {
        let Grant::Password { client_id, username, .. } = p.caller.grant() else { return Ok(()) };
        p.refuses_login(&Grant::Password { client_id, username, password: "wrong".into() }, "with a wrong password")
    }),
    ("receiver.login-unknown-account", |p| {
        let Grant::Password { client_id, password, .. } = p.caller.grant() else { return Ok(()) };
        p.refuses_login(&Grant::Password { client_id, username: "nobody".into(), password }, "of an unknown account")
    }),
    ("receiver.login-unreadable", |p| {
        p.refuses(&form(path::AUTHORISE, b"cipherText=AAAA"), "to authorise with a cipher text that does not open")
    }),
    ("receiver.login-missing-parameter", |p| {
        let body = b"grant_type=password&client_id=1";
        p.refuses(&form(path::AUTHORISE, body), "to authorise without user name and password")
    }),
    ("receiver.refresh", |p| {
        let first = session(p)?;
        let refreshed = refreshed(p, &first)?;
        let request = p.caller.signed_by(&refreshed, path::SUBMIT, &plain(p), Timestamp::now())?;
        ensure(is_success(&p.caller.send(&request)?), || "the new token is refused".into())
    }),
    ("receiver.refresh-without-secrets", |p| {
        let reply = refresh(p, &session(p)?)?;
        let shown = ["client_secret", "app_secret", "app_key"].into_iter().find(|name| !reply["data"][name].is_null());
        ensure(shown.is_none(), || format!("the reply to refresh has {}", shown.unwrap_or_default()))
    }),
    ("receiver.refresh-wrong-secret", |p| {
        let session = Session { client_secret: "wrong".into(), ..session(p)? };
        ensure(code(&refresh(p, &session)?) != "200", || "a wrong client_secret was taken".into())
    }),
    ("receiver.refresh-unknown-token", |p| {
        let session = Session { refresh_token: "wrong".into(), ..session(p)? };
        ensure(code(&refresh(p, &session)?) != "200", || "an unknown refresh_token was taken".into())
    }),
    ("receiver.submit", |p| p.submit(&[p.right()]).map(drop)),
    ("receiver.submit-code-is-text", |p| {
        let reply = p.submit(&[p.right()])?;
        ensure(reply["returnCode"] == "200", || "returnCode is not the text \"200\"".into())
    }),
    ("receiver.submit-message", |p| {
        let reply = p.submit(&[p.right()])?;
        ensure(reply["returnMessage"].is_string(), || "returnMessage is missing".into())
    }),
    ("receiver.submit-time", |p| {
        let reply = p.submit(&[p.right()])?;
        let text = reply["returnData"]["time"].as_str().unwrap_or_default().to_owned();
        let at = time::parse(&text).and_then(time::moment).ok_or_else(|| format!("time {text:?} is no time"))?;
        let off = at.duration_since(Timestamp::now()).abs();
        ensure(off < SignedDuration::from_mins(5), || format!("time {text:?} is not national standard time"))
    }),
    ("receiver.submit-hundred-rows", |p| {
        let rows: Vec<_> = (0..100).map(|_| p.right()).collect();
        p.submit(&rows).map(drop)
    }),
    ("receiver.submit-utf-8", |p| {
        let mut row = p.right();
        row.insert(p.sample.wrong_column.clone(), json!("二〇二六年九月一日"));
        p.submit(&[row]).map(drop)
    }),
    ("receiver.token-missing", |p| spoilt(p, "Authorization", None, "without Authorization")),
    ("receiver.token-unknown", |p| spoilt(p, "Authorization", Some("unknown"), "with an unknown token")),
    ("receiver.app-key-missing", |p| spoilt(p, header::APP_KEY, None, "without app_key")),
    ("receiver.app-key-wrong", |p| spoilt(p, header::APP_KEY, Some("wrong"), "with a wrong app_key")),
    ("receiver.sign-missing", |p| spoilt(p, header::SIGN, None, "without sign")),
    ("receiver.sign-wrong", |p| spoilt(p, header::SIGN, Some(&"0".repeat(64)), "with a wrong sign")),
    ("receiver.sign-covers-random", |p| {
        spoilt(p, header::RANDOM, Some("zzzzzz"), "with another random than it signed")
    }),
    ("receiver.timestamps-missing", |p| {
        // The digest fits the request as it is, so that the missing time is the only fault.
        let text = plain(p);
        let mut request = p.caller.signed(path::SUBMIT, &text)?;
        let random = request.header(header::RANDOM).unwrap_or_default().to_owned();
        request.set(header::SIGN, Some(&sign::sign(text.as_bytes(), "", &random)));
        request.set(header::TIMESTAMPS, None);
        p.refuses(&request, "without timestamps")
    }),
    ("receiver.timestamps-old", |p| p.refuses(&at(p, -45)?, "of 45 seconds ago")),
    ("receiver.timestamps-early", |p| p.refuses(&at(p, 45)?, "of 45 seconds from now")),
    ("receiver.timestamps-within", |p| {
        ensure(is_success(&p.caller.send(&at(p, -20)?)?), || "a request of 20 seconds ago was refused".into())
    }),
    ("receiver.body-not-encrypted", |p| {
        let mut request = p.request()?;
        request.body = plain(p).into_bytes();
        p.refuses(&request, "with a plain body")
    }),
    ("receiver.body-other-key", |p| {
        let own = session(p)?;
        let other = Session { app_secret: "0123456789abcdef0123456789abcdef".into(), ..own };
        p.refuses(&p.caller.signed_by(&other, path::SUBMIT, &plain(p), Timestamp::now())?, "encrypted with another key")
    }),
    ("receiver.unknown-table", |p| {
        let reply = p.caller.submit("ODS_NONE", &[p.right()])?;
        ensure(code(&reply) != "200", || "a table that does not exist was taken".into())
    }),
    ("receiver.fileds", |p| {
        let text = plain(p).replace("\"fileds\"", "\"fields\"");
        p.refuses(&p.caller.signed(path::SUBMIT, &text)?, "whose rows stand under \"fields\"")
    }),
    ("receiver.result", |p| {
        let entry = p.result_of(&[p.right(), p.right()])?;
        ensure(entry["storageNum"] == 2, || format!("storageNum is {}, not 2", entry["storageNum"]))?;
        ensure(entry["tableName"] == *p.sample.table, || format!("tableName is {}", entry["tableName"]))
    }),
    ("receiver.result-all-stored", |p| {
        let entry = p.result_of(&[p.right()])?;
        let state = entry["state"].as_str().map_or_else(|| entry["state"].to_string(), str::to_owned);
        ensure(state == "1", || format!("state is {state}, not 1"))?;
        let silent = entry["remark"].is_null() || entry["remark"] == "" || entry["remark"] == "[]";
        ensure(silent, || "there is a remark although all is stored".into())
    }),
    ("receiver.result-wrong-format", |p| {
        let key = p.key();
        let entry = p.result_of(&[p.sample.wrong(&key)])?;
        ensure(entry["storageNum"] == 0, || "a row with a wrong format was stored".into())?;
        let remark = entry["remark"].as_str().unwrap_or_default();
        ensure(remark.contains(&p.sample.wrong_column), || format!("the remark {remark:?} does not name the column"))
    }),
    ("receiver.result-remark-rows", |p| {
        let key = p.key();
        let entry = p.result_of(&[p.right(), p.sample.wrong(&key)])?;
        let rows: Value = serde_json::from_str(entry["remark"].as_str().unwrap_or_default()).unwrap_or_default();
        let first = &rows[0];
        ensure(first["num"] == 2, || format!("num is {}, not 2", first["num"]))?;
        ensure(first["pkValue"] == *key, || format!("pkValue is {}", first["pkValue"]))
    }),
    ("receiver.result-others-are-stored", |p| {
        let key = p.key();
        let entry = p.result_of(&[p.right(), p.sample.wrong(&key), p.right()])?;
        ensure(entry["storageNum"] == 2, || format!("storageNum is {}, not 2", entry["storageNum"]))?;
        let state = entry["state"].as_str().map_or_else(|| entry["state"].to_string(), str::to_owned);
        ensure(state != "1", || "state says that all is stored".into())
    }),
    ("receiver.result-missing-column", |p| {
        let mut row = p.right();
        row.retain(|column, _| *column != p.sample.wrong_column);
        let reply = p.caller.submit(&p.sample.table, std::slice::from_ref(&row))?;
        if code(&reply) != "200" {
            return Ok(());
        }
        let entry = p.result_of(&[row])?;
        ensure(entry["storageNum"] == 0, || "a row with a column too few was stored".into())
    }),
    ("receiver.result-missing-key", |p| {
        let entry = p.result_of(&[p.sample.row("")])?;
        ensure(entry["storageNum"] == 0, || "a row without primary key was stored".into())
    }),
    ("receiver.query-window", |p| {
        p.result_of(&[p.right()])?;
        let mut query = query(1, 10, &p.sample.table);
        (query["startTime"], query["endTime"]) = (json!("2001-01-01 00:00:00"), json!("2001-01-02 00:00:00"));
        let list = p.caller.results(&query)?["returnData"].as_array().map_or(0, Vec::len);
        ensure(list == 0, || format!("{list} results outside of the window that was asked for"))
    }),
    ("receiver.query-part-of-a-name", |p| {
        p.result_of(&[p.right()])?;
        let count = |name: &str| {
            Ok::<_, String>(p.caller.results(&query(1, 10, name))?["returnData"].as_array().map_or(0, Vec::len))
        };
        let part = p.sample.table.get(4..8).unwrap_or_default();
        ensure(count(part)? > 0, || format!("{part:?} finds nothing"))?;
        ensure(count("")? > 0, || "the empty name finds nothing".into())?;
        ensure(count("ODS_NONE_SUCH")? == 0, || "a name that no table has finds results".into())
    }),
    ("receiver.query-pages", |p| {
        p.result_of(&[p.right()])?;
        p.result_of(&[p.right()])?;
        let page = |page| Ok::<_, String>(p.caller.results(&query(page, 1, &p.sample.table))?["returnData"].clone());
        let (first, second) = (page(1)?, page(2)?);
        ensure(first.as_array().map_or(0, Vec::len) == 1, || "limit 1 is not kept".into())?;
        ensure(first != second, || "page 2 is page 1".into())
    }),
    ("receiver.query-count", |p| {
        p.result_of(&[p.right()])?;
        let reply = p.caller.results(&query(1, 1, &p.sample.table))?;
        // The 2023 guide prints null.
        let count = &reply["returnCount"];
        ensure(count.is_null() || count.as_u64().is_some_and(|count| count > 0), || format!("returnCount is {count}"))
    }),
    ("receiver.query-token", |p| {
        let mut request = p.caller.signed(path::RESULTS, &query(1, 10, "").to_string())?;
        request.set("Authorization", Some("unknown"));
        p.refuses(&request, "for results with an unknown token")
    }),
];

fn plain(p: &Probe) -> String {
    submission(&p.sample.table, &[p.right()])
}

fn spoilt(p: &Probe, name: &str, value: Option<&str>, what: &str) -> Result<(), String> {
    let mut request = p.request()?;
    request.set(name, value);
    p.refuses(&request, what)
}

/// A right request of so many seconds from now.
fn at(p: &Probe, seconds: i64) -> Result<Request, String> {
    let at = Timestamp::now() + SignedDuration::from_secs(seconds);
    p.caller.signed_by(&p.caller.session()?, path::SUBMIT, &plain(p), at)
}

/// A session of its own.
fn session(p: &Probe) -> Result<Session, String> {
    Session::of(&p.caller.authorise()?, &p.caller.connection, None).ok_or_else(|| "the login gave no session".into())
}

fn refresh(p: &Probe, session: &Session) -> Result<Value, String> {
    let grant = Grant::Refresh {
        client_id: p.caller.connection.client_id.clone(),
        client_secret: session.client_secret.clone().into(),
        refresh_token: session.refresh_token.clone().into(),
    };
    Ok(p.caller.send(&p.caller.login(&grant)?)?.json())
}

fn refreshed(p: &Probe, session: &Session) -> Result<Session, String> {
    let reply = refresh(p, session)?;
    Session::of(&reply, &p.caller.connection, Some(session)).ok_or_else(|| format!("refresh: code {}", code(&reply)))
}
