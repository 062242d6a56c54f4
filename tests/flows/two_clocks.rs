//! Submitting where this PC's clock, the receiver's clock and the time in the receiver's replies differ: the time of
//! sending that is kept and shown is the true one, what waits is measured by the same time, and results are found by
//! the receiver's.

use std::sync::{Arc, Mutex};

use desk::Env;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::fixture::scripted::{LOGIN, RESULTS, Request, SUBMIT, Scripted, json as reply_json, reply};
use crate::fixture::{Clerk, Home, VISITS, env};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// The true time of a test, which only moves forward when the test moves it.
#[derive(Clone, Default)]
struct Truth(Arc<Mutex<SignedDuration>>);

impl Truth {
    fn now(&self) -> Timestamp {
        Timestamp::now() + *self.0.lock().unwrap()
    }

    fn goes_on(&self, by: SignedDuration) {
        *self.0.lock().unwrap() += by;
    }
}

/// A clerk with one record to send, at a PC whose clock is so far ahead of the true time.
struct Pc {
    clerk: Clerk,
    /// Dropping this value deletes its folder.
    _home: Home,
    truth: Truth,
}

impl Pc {
    fn new(ahead: SignedDuration, truth: &Truth, receiver: &Scripted) -> Pc {
        let home = Home::new();
        let read = truth.clone();
        let now = Arc::new(move || read.now() + ahead);
        let clerk = Clerk::new(Env { now, ..env(home.folder()) });
        clerk.create(false);
        let values = json!({ "FWRQ": "20260901", "DZQKFWCS": "5", "DZTSFWCS": "6" });
        clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "insert", "values": values }] }));
        std::fs::write(home.path("c.toml"), receiver.connection("first_query_after_s = 1800\n")).unwrap();
        clerk.call("connection.read", json!({ "name": "对方", "file": home.text("c.toml") }));
        Pc { clerk, _home: home, truth: truth.clone() }
    }

    /// Sends, and gives the batch and whatever stopped it.
    fn send(&self) -> (Value, Value) {
        let send = json!({ "target": { "connection": "对方" }, "tables": [VISITS] });
        let mut sent = self.clerk.call("submit.send", send);
        (sent["batches"][0].take(), sent["interrupted"].take())
    }

    fn batch(&self) -> Value {
        self.clerk.call("submit.batches", json!({ "limit": 1 }))["batches"][0].take()
    }

    fn is_overdue(&self) -> bool {
        let warned = self.clerk.call("home.get", json!({}))["warnings"].to_string().contains("result-overdue");
        let overdue = self.batch()["overdue"].as_bool().unwrap();
        assert_eq!(warned, overdue);
        overdue
    }

    /// The batch left a moment ago and is overdue in an hour, counted from that moment.
    #[track_caller]
    fn waits_from_now(&self, batch: &Value, about: &str) {
        let moment = |key: &str| batch[key].as_str().unwrap().parse::<Timestamp>().unwrap();
        let off = moment("sent_at").duration_since(self.truth.now()).abs();
        assert!(off < MINUTE, "{about}: sent at {batch}");
        let wait = moment("result_after").duration_since(moment("sent_at"));
        assert!(wait >= HOUR / 2 && wait < HOUR / 2 + MINUTE, "{about}: {batch}");
        assert_eq!(batch["overdue"], false, "{about}");
        assert!(!self.is_overdue(), "{about}");
        self.truth.goes_on(HOUR - 2 * MINUTE);
        assert!(!self.is_overdue(), "{about}: two minutes before");
        self.truth.goes_on(4 * MINUTE);
        assert!(self.is_overdue(), "{about}: two minutes after");
    }
}

/// A receiver whose clock is right and whose replies have a time that differs from it by this much. `script` comes
/// first.
fn receiver(
    truth: &Truth,
    says: SignedDuration,
    mut script: impl FnMut(&Request) -> Option<Vec<u8>> + Send + 'static,
) -> Scripted {
    let truth = truth.clone();
    Scripted::start(move |request| {
        let now = truth.now();
        let off = |at: i64| now.as_millisecond().abs_diff(at) > 30_000;
        let date = (now + says).strftime("date: %a, %d %b %Y %H:%M:%S GMT\r\n").to_string();
        let refusal = json!({ "returnCode": "403", "returnMessage": "timestamps与标准时间相差超过30秒" });
        let body = match request.path {
            LOGIN => json!({ "code": 200, "data": { "access_token": "t", "app_secret": "abcd0123456789ABCDEF" } }),
            _ if request.timestamps.is_none_or(off) => refusal,
            _ => match script(request) {
                Some(reply) => return Some(reply),
                None if request.path == RESULTS => json!({ "returnCode": "200", "returnData": [] }),
                None => json!({ "returnCode": "200", "returnData": { "time": protocol::time::seconds_text(now) } }),
            },
        };
        Some(reply("200 OK", &date, body.to_string().as_bytes()))
    })
}

#[test]
fn a_batch_waits_by_the_true_time_whatever_the_pc_shows() {
    for hours in [-24, -3, 0, 3, 24] {
        let about = format!("this PC is {hours} hours ahead");
        let truth = Truth::default();
        let receiver = receiver(&truth, SignedDuration::ZERO, |_| None);
        let pc = Pc::new(HOUR * hours, &truth, &receiver);
        let (batch, interrupted) = pc.send();
        assert_eq!((&batch["state"], interrupted), (&json!("received"), Value::Null), "{about}");
        pc.waits_from_now(&batch, &about);
        // Asking for results says the same, and the clock that it learns changes nothing.
        pc.clerk.call("submit.results", json!({}));
        assert!(pc.is_overdue() && pc.batch()["sent_at"] == batch["sent_at"], "{about}");
    }
}

#[test]
fn replies_that_tell_a_wrong_time_change_neither_the_time_of_sending_nor_the_wait() {
    for hours in [-24, -1, 1, 24] {
        let about = format!("the replies are {hours} hours ahead");
        let truth = Truth::default();
        let receiver = receiver(&truth, HOUR * hours, |_| None);
        let pc = Pc::new(SignedDuration::ZERO, &truth, &receiver);
        // A login is not refused for its time, so until the first request the replies are believed.
        pc.clerk.call("connection.test", json!({ "name": "对方" }));
        let (batch, interrupted) = pc.send();
        assert_eq!((&batch["state"], interrupted), (&json!("received"), Value::Null), "{about}");
        assert_eq!(pc.clerk.call("clock.state", json!({}))["verdict"], "right", "{about}: it took this PC's time");
        pc.waits_from_now(&batch, &about);
    }
}

#[test]
fn a_batch_that_two_wrong_clocks_keep_here_is_not_called_sent() {
    let truth = Truth::default();
    let receiver = receiver(&truth, HOUR, |_| None);
    let pc = Pc::new(HOUR * 3, &truth, &receiver);
    let (batch, interrupted) = pc.send();
    assert_eq!((&batch["state"], &batch["sent_at"]), (&json!("waiting"), &Value::Null));
    assert_eq!(interrupted["code"], "submit.refused-clock", "{interrupted}");
    assert!(!pc.is_overdue());
}

/// The replies have a wrong time, and the reply to the request that was taken is lost: the result lies at the true
/// time.
#[test]
fn what_was_lost_while_the_time_was_doubted_is_found_and_not_sent_twice() {
    let taken: Arc<Mutex<Vec<Timestamp>>> = Arc::default();
    let kept = taken.clone();
    let truth = Truth::default();
    let receiver = receiver(&truth, -HOUR, move |request| {
        let first = kept.lock().unwrap().first().copied();
        match (request.path, first) {
            (SUBMIT, _) => {
                kept.lock().unwrap().push(Timestamp::now());
                Some(b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{".to_vec())
            }
            (RESULTS, Some(at)) => Some(reply_json(&json!({ "returnCode": "200", "returnCount": 1, "returnData": [{
            "id": "1", "sysName": "school", "timestamps": protocol::time::millis_text(at), "tableName": VISITS,
            "collectNum": 1, "storageNum": 1, "state": "1",
        }] }))),
            _ => None,
        }
    });
    let pc = Pc::new(SignedDuration::ZERO, &truth, &receiver);
    let (batch, _) = pc.send();
    assert_eq!((taken.lock().unwrap().len(), &batch["state"]), (1, &json!("stored")), "{batch}");
}
