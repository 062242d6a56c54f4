//! A receiver with one bug for each scenario.

use std::io::BufReader;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use conformance::answering::{Answering, Change, Deviation};
use conformance::caller::Caller;
use conformance::http::{read_request, write_answer};
use conformance::receiver::{Probe, SCENARIOS};
use conformance::sample::Sample;
use conformance::{Line, Verdict};
use protocol::path;
use serde_json::{Value, json};

use super::{connection, failed};

/// What a receiver with a bug does differently.
enum Bug {
    /// It leaves a check out.
    LeavesOut(&'static str),
    /// It changes its replies.
    Changes(Change),
}

use Bug::{Changes, LeavesOut};

/// A change of one member of the data of a login.
fn at_login(path: &str, reply: &mut Value, change: impl FnOnce(&mut Value)) {
    if path == path::AUTHORISE && reply["code"] == 200 {
        change(&mut reply["data"]);
    }
}

/// A change of the entries of results.
fn entries(path: &str, reply: &mut Value, change: impl FnMut(&mut Value)) {
    if path == path::RESULTS {
        reply["returnData"].as_array_mut().into_iter().flatten().for_each(change);
    }
}

/// A bug for each scenario.
const BUGS: &[(&str, Bug)] = &[
    (
        "receiver.login",
        Changes(|path, reply| {
            if path == path::AUTHORISE {
                reply["code"] = json!("0")
            }
        }),
    ),
    ("receiver.login-tokens", Changes(|p, r| at_login(p, r, |data| data["client_secret"] = Value::Null))),
    ("receiver.login-lifetimes", Changes(|p, r| at_login(p, r, |data| data["expires_in"] = json!("soon")))),
    ("receiver.login-new-token", Changes(|p, r| at_login(p, r, |data| data["access_token"] = json!("same")))),
    ("receiver.login-wrong-password", LeavesOut("password")),
    ("receiver.login-unknown-account", LeavesOut("account")),
    ("receiver.login-unreadable", LeavesOut("login-body")),
    ("receiver.login-missing-parameter", LeavesOut("login-body")),
    (
        "receiver.refresh",
        Changes(|path, reply| {
            if path == path::REFRESH {
                reply["data"]["access_token"] = json!("unknown")
            }
        }),
    ),
    (
        "receiver.refresh-without-secrets",
        Changes(|path, reply| {
            if path == path::REFRESH {
                reply["data"]["client_secret"] = json!("s")
            }
        }),
    ),
    ("receiver.refresh-wrong-secret", LeavesOut("refresh-secret")),
    ("receiver.refresh-unknown-token", LeavesOut("refresh-token")),
    (
        "receiver.submit",
        Changes(|path, reply| {
            if path == path::SUBMIT {
                reply["returnCode"] = json!("201")
            }
        }),
    ),
    (
        "receiver.submit-code-is-text",
        Changes(|path, reply| {
            if path == path::SUBMIT && reply["returnCode"] == "200" {
                reply["returnCode"] = json!(200)
            }
        }),
    ),
    (
        "receiver.submit-message",
        Changes(|path, reply| {
            if path == path::SUBMIT {
                reply["returnMessage"] = Value::Null
            }
        }),
    ),
    (
        "receiver.submit-time",
        Changes(|path, reply| {
            if path == path::SUBMIT {
                reply["returnData"]["time"] = json!("2001-01-01 00:00:00")
            }
        }),
    ),
    ("receiver.submit-hundred-rows", LeavesOut("hundred")),
    ("receiver.submit-utf-8", LeavesOut("utf-8")),
    ("receiver.token-missing", LeavesOut("token")),
    ("receiver.token-unknown", LeavesOut("token")),
    ("receiver.app-key-missing", LeavesOut("app-key-missing")),
    ("receiver.app-key-wrong", LeavesOut("app-key")),
    ("receiver.sign-missing", LeavesOut("sign-missing")),
    ("receiver.sign-wrong", LeavesOut("sign")),
    ("receiver.sign-covers-random", LeavesOut("sign-random")),
    ("receiver.timestamps-missing", LeavesOut("timestamps-missing")),
    ("receiver.timestamps-old", LeavesOut("timestamps-old")),
    ("receiver.timestamps-early", LeavesOut("timestamps-early")),
    ("receiver.timestamps-within", LeavesOut("timestamps-within")),
    ("receiver.body-not-encrypted", LeavesOut("cipher")),
    ("receiver.body-other-key", LeavesOut("other-key")),
    ("receiver.unknown-table", LeavesOut("table")),
    ("receiver.fileds", LeavesOut("fileds")),
    ("receiver.result", Changes(|p, r| entries(p, r, |entry| entry["storageNum"] = json!(1)))),
    ("receiver.result-all-stored", Changes(|p, r| entries(p, r, |entry| entry["state"] = json!("0")))),
    ("receiver.result-wrong-format", LeavesOut("format")),
    (
        "receiver.result-remark-rows",
        Changes(|p, r| {
            entries(p, r, |entry| {
                if !entry["remark"].is_null() {
                    entry["remark"] = json!("第二行的FWRQ不正确")
                }
            })
        }),
    ),
    ("receiver.result-others-are-stored", LeavesOut("others")),
    ("receiver.result-missing-column", LeavesOut("columns")),
    ("receiver.result-missing-key", LeavesOut("key")),
    ("receiver.query-window", LeavesOut("window")),
    ("receiver.query-part-of-a-name", LeavesOut("table-name")),
    ("receiver.query-pages", LeavesOut("page")),
    (
        "receiver.query-count",
        Changes(|path, reply| {
            if path == path::RESULTS {
                reply["returnCount"] = json!("many")
            }
        }),
    ),
    ("receiver.query-token", LeavesOut("token")),
];

/// A receiver that listens for one test.
struct Listening {
    address: String,
    answering: Arc<Answering>,
}

impl Listening {
    fn start(deviation: Deviation) -> Listening {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let answering = Arc::new(Answering::new(connection("plain"), Sample::built_in(), deviation).unwrap());
        let serving = answering.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answering = serving.clone();
                std::thread::spawn(move || serve(&answering, stream));
            }
        });
        Listening { address, answering }
    }

    fn probe(&self) -> Probe {
        let mut connection = self.answering.connection.clone();
        connection.address.clone_from(&self.address);
        Probe::new(Caller::new(connection), Sample::built_in(), Duration::from_secs(1))
    }
}

fn serve(answering: &Answering, mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Ok(Some(request)) = read_request(&mut reader) {
        if write_answer(&mut stream, &answering.answer(&request)).is_err() {
            break;
        }
    }
}

#[test]
fn every_scenario_finds_its_bug() {
    let sound = Listening::start(Deviation::default());
    let found = failed(&conformance::receiver::run(&sound.probe()));
    assert!(found.is_empty(), "without a bug: {found:#?}");
    let names: Vec<&str> = SCENARIOS.iter().map(|(name, _)| *name).collect();
    assert_eq!(BUGS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names, "a bug for each scenario");
    // One after the other would take its time: each receiver makes a key, and some scenarios wait.
    std::thread::scope(|scope| {
        for ((name, bug), (_, scenario)) in BUGS.iter().zip(SCENARIOS) {
            scope.spawn(move || {
                let deviation = match bug {
                    LeavesOut(check) => Deviation { leaves_out: vec![*check], change: None },
                    Changes(change) => Deviation { leaves_out: Vec::new(), change: Some(*change) },
                };
                let line = Line::of(name, scenario(&Listening::start(deviation).probe()));
                assert!(matches!(line.verdict, Verdict::Failed(_)), "{line}");
            });
        }
    });
}
