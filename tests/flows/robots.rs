//! Robots of group chats and the reconciliation: what leaves this PC has numbers and names of tables, and no value of a
//! record.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::fixture::{Clerk, Home, Receiver, VISITS, env};

/// A robot that keeps what it is sent: the path with its query, and the body.
struct Robot {
    address: String,
    said: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Robot {
    fn start(answer: &'static str) -> Robot {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let said: Arc<Mutex<Vec<(String, Value)>>> = Arc::default();
        let kept = said.clone();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut first = String::new();
                reader.read_line(&mut first).unwrap();
                let mut length = 0;
                loop {
                    let mut header = String::new();
                    reader.read_line(&mut header).unwrap();
                    if header.trim().is_empty() {
                        break;
                    }
                    if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().unwrap();
                    }
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
                kept.lock().unwrap().push((path, serde_json::from_slice(&body).unwrap()));
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
                let _ = stream.write_all(format!("{head}{answer}").as_bytes());
            }
        });
        Robot { address, said }
    }

    fn said(&self) -> Vec<(String, Value)> {
        std::mem::take(&mut self.said.lock().unwrap())
    }
}

fn pc() -> (Home, Clerk) {
    let home = Home::new();
    let clerk = Clerk::new(env(home.folder()));
    clerk.create(false);
    for day in ["20260901", "20260902"] {
        let values = json!({ "FWRQ": day, "DZQKFWCS": "7654", "DZTSFWCS": "6" });
        clerk.call("fill.edit", json!({ "table": VISITS, "changes": [{ "do": "insert", "values": values }] }));
    }
    (home, clerk)
}

#[test]
fn a_robot_says_numbers_and_its_address_stays_here() {
    let (_home, clerk) = pc();
    let robot = Robot::start(r#"{"errcode":0}"#);
    let save = |kind: &str, more: Value| {
        let mut view = json!({ "name": "教务群", "kind": kind });
        view.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let url = format!("{}/robot/send?access_token=GEHEIM", robot.address);
        clerk.call("robot.save", json!({ "robot": view, "url": url, "secret": "SECtest0001" }))
    };
    let listed = save("dingtalk", json!({ "keyword": "填报" }));
    assert!(!listed.to_string().contains("GEHEIM") && !listed.to_string().contains("SECtest"), "{listed}");
    assert_eq!(listed["robots"][0]["has_secret"], true);
    clerk.call("robot.test", json!({ "name": "教务群" }));
    let [(path, body)] = &robot.said()[..] else { panic!("one message") };
    assert!(path.contains("&timestamp=") && path.contains("&sign="), "{path}");
    let text = body["text"]["content"].as_str().unwrap();
    assert!(text.contains("填报") && text.contains("今天发送 0 条"), "{text}");
    assert!(!text.contains("7654"), "no value of a record: {text}");

    save("feishu", json!({}));
    assert_eq!(clerk.try_call("robot.test", json!({ "name": "教务群" })).unwrap_err().code, "robot.refused");
    save("json", json!({}));
    clerk.call("robot.test", json!({ "name": "教务群" }));
    assert!(robot.said().last().unwrap().1["text"].is_string());
    let none = clerk.try_call("robot.save", json!({ "robot": { "name": "x", "kind": "wecom" }, "url": "ftp://x" }));
    assert_eq!(none.unwrap_err().code, "robot.no-address");
}

#[test]
fn a_robot_says_a_summary_once_a_day_and_what_came_of_a_run() {
    let (home, clerk) = pc();
    let receiver = Receiver::start(&home.path("receiver"), "");
    receiver.connection(&home.path("c.toml"), "");
    clerk.call("connection.read", json!({ "name": "中心", "file": home.text("c.toml") }));
    let robot = Robot::start("{}");
    let view = json!({ "name": "教务群", "kind": "json", "at": "00:00", "on_runs": true });
    clerk.call("robot.save", json!({ "robot": view, "url": robot.address }));
    let entry = json!({ "name": "每天", "tables": [VISITS], "at": "07:30", "connection": "中心" });
    clerk.call("schedule.save", json!({ "entry": entry }));
    clerk.call("schedule.run", json!({ "name": "每天" }));
    let said: Vec<String> = robot.said().iter().map(|(_, body)| body["text"].as_str().unwrap().to_owned()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("每天：1 批 2 条") || said[0].contains("件事要看"), "{said:?}");
    assert!(said[1].contains("填报情况"), "{said:?}");
    clerk.call("schedule.run", json!({}));
    assert_eq!(robot.said(), [], "the summary is said once a day");
}

#[test]
fn a_reconciliation_names_what_is_not_explained() {
    let (home, clerk) = pc();
    let receiver = Receiver::start(&home.path("receiver"), "");
    receiver.connection(&home.path("c.toml"), "");
    clerk.call("connection.read", json!({ "name": "中心", "file": home.text("c.toml") }));
    let reconcile = |clerk: &Clerk| clerk.call("submit.reconcile", json!({ "connection": "中心" }));
    let send = json!({ "target": { "connection": "中心" }, "tables": [VISITS] });
    clerk.call("submit.send", send.clone());
    assert_eq!((&reconcile(&clerk)["open"], &reconcile(&clerk)["unexplained"]), (&json!(1), &json!([])));
    clerk.call("submit.results", json!({ "wait": 30 }));
    let done = reconcile(&clerk);
    assert_eq!((&done["agreed"], &done["unexplained"], &done["interrupted"]), (&json!(1), &json!([]), &Value::Null));

    // Another PC sends with the same account.
    let (other_home, other) = pc();
    receiver.connection(&other_home.path("c.toml"), "");
    other.call("connection.read", json!({ "name": "中心", "file": other_home.text("c.toml") }));
    other.call("submit.send", send);
    let done = reconcile(&clerk);
    let lines = done["unexplained"].as_array().unwrap();
    assert_eq!((lines.len(), &lines[0]["kind"], &lines[0]["collected"]), (1, &json!("foreign"), &json!(2)), "{done}");

    // By itself it is made once a day, and Home says what it found.
    let warned = || clerk.call("home.get", json!({}))["warnings"].to_string().contains("reconcile-unexplained");
    let mut settings = clerk.call("settings.get", json!({}));
    settings["connection"] = json!("中心");
    clerk.call("settings.set", settings);
    assert!(!warned());
    clerk.call("schedule.run", json!({}));
    assert!(warned());
}
