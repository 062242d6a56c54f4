//! Departments, people and reviews: from the command line to the page and back to the sender.

use conformance::http::{Answer, Request, exchange};
use protocol::QueryRequest;
use serde_json::json;

use super::sender::{TABLE, client, connection, key, submit};
use crate::fixture::{Home, Receiver};

/// A browser without scripts: it keeps the cookie of the centre.
struct Browser {
    host: String,
    cookie: String,
}

impl Browser {
    fn new(receiver: &Receiver) -> Browser {
        let host = receiver.started["address"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
        Browser { host, cookie: String::new() }
    }

    fn ask(&mut self, method: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = form.iter().fold(String::new(), |mut body, (name, value)| {
            let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
            body += &format!("{}={}&", escaped(name), escaped(value));
            body
        });
        let headers = vec![("Cookie".to_owned(), self.cookie.clone())];
        let request = Request { method: method.into(), path: path.into(), headers, body: body.into_bytes() };
        let answer = exchange(&self.host, &request).unwrap();
        if let Some((_, cookie)) = answer.headers.iter().find(|(name, _)| name == "set-cookie") {
            self.cookie = cookie.split(';').next().unwrap().to_owned();
        }
        answer
    }

    fn page(&mut self, path: &str) -> String {
        String::from_utf8(self.ask("GET", path, &[]).body).unwrap()
    }

    fn log_in(&mut self, name: &str, password: &str) -> u16 {
        self.ask("POST", "/login", &[("name", name), ("password", password)]).status
    }
}

/// The hidden token of the forms of a page.
fn token(page: &str) -> String {
    let (_, behind) = page.split_once("name=\"form\" value=\"").expect("a form");
    behind.split('"').next().unwrap().to_owned()
}

#[test]
fn a_delivery_waits_for_its_review_and_a_returned_cell_is_a_rejected_row() {
    let home = Home::new();
    let receiver = Receiver::with(&home.path("receiver"), &[]);
    let center = |words: &[&str]| home.json(0, &[&["center"], words, &["--data", "receiver"]].concat());
    center(&["department", "add", "图书馆"]);
    center(&["department", "add", "教务处"]);
    let person = |name: &str, department: &str, roles: &[&str]| {
        let mut words =
            vec!["center", "person", "add", name, "--data", "receiver", "--department", department, "--json"];
        words.extend(roles.iter().flat_map(|role| ["--role", *role]));
        let output = home.command(words).env("TIANBAO_CENTER_PASSWORD", "correct horse").output().unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    person("王审核", "图书馆", &["reviews"]);
    person("李别处", "教务处", &["reviews", "reads"]);
    person("赵查看", "图书馆", &["reads"]);
    let due = ["--due", "20260101", "--source", "门禁系统", "--meaning", "每天的<访问>"];
    center(&[&["duty", "set", TABLE, "--department", "图书馆"], due.as_slice()].concat());
    home.json(2, &["center", "department", "remove", "图书馆", "--data", "receiver"]);
    let account = center(&["account", "add", "library", "--department", "图书馆"])[0].clone();
    center(&["review", "table", TABLE, "on"]);

    let mut own = connection(&receiver);
    own.username = account["username"].as_str().unwrap().into();
    own.password = account["password"].as_str().unwrap().into();
    own.app_key = account["app_key"].as_str().unwrap().into();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let library = client(own);
    assert!(runtime.block_on(submit(&library, 1..4)));
    let query = QueryRequest {
        start: "2020-01-01 00:00:00".into(),
        end: "2100-01-01 00:00:00".into(),
        page: 1,
        limit: 10,
        table: String::new(),
    };
    assert!(runtime.block_on(library.results(&query)).unwrap().entries.is_empty(), "no result before the review");
    let waiting = center(&["review", "list"]);
    assert_eq!((&waiting["tables"], &waiting["waiting"][0]["rows"]), (&json!([TABLE]), &json!(3)));
    let id = waiting["waiting"][0]["delivery"].to_string();

    let mut browser = Browser::new(&receiver);
    assert!(browser.page("/").contains("name=\"password\""), "the login");
    assert_eq!(browser.log_in("王审核", "wrong horse"), 200);
    assert!(!browser.page("/").contains("图书馆"), "a wrong password shows nothing");
    assert_eq!(browser.log_in("王审核", "correct horse"), 303);
    let progress = browser.page("/");
    for words in ["图书馆", "待审核", "王审核", "等待审核"] {
        assert!(progress.contains(words), "{words}: {progress}");
    }
    let table = browser.page(&format!("/table?name={TABLE}"));
    assert!(table.contains("门禁系统") && table.contains("每天的&lt;访问&gt;"), "{table}");
    assert!(browser.page(&format!("/records?name={TABLE}")).contains("没有查看这些内容的权限"));
    let review = browser.page(&format!("/delivery?id={id}"));
    let (column, reason) = (format!("column {}", key(2)), format!("reason {}", key(2)));
    let path = format!("/delivery?id={id}");
    let form = [(column.as_str(), "DZQKFWCS"), (reason.as_str(), "和门禁记录不符")];
    browser.ask("POST", &path, &form);
    assert_eq!(
        center(&["review", "list"])["waiting"][0]["rows"],
        3,
        "a form without the token of the session does nothing"
    );
    let token = token(&review);
    let mut other = Browser::new(&receiver);
    assert_eq!(other.log_in("李别处", "correct horse"), 303);
    assert!(!other.page("/").contains("图书馆") && other.page(&path).contains("没有查看"), "another department's");
    assert_eq!(browser.ask("POST", &path, &[&form[..], &[("form", token.as_str())]].concat()).status, 303);

    let entry = runtime.block_on(library.results(&query)).unwrap().entries[0].clone();
    assert_eq!((entry.collect_num, entry.storage_num, entry.state.as_str()), (Some(3), Some(2), "0"));
    let remark = entry.remark.unwrap();
    assert!(
        remark.contains("\"num\":2") && remark.contains("DZQKFWCS") && remark.contains("和门禁记录不符"),
        "{remark}"
    );

    let mut reader = Browser::new(&receiver);
    assert_eq!(reader.log_in("赵查看", "correct horse"), 303);
    assert!(reader.page(&format!("/records?name={TABLE}")).contains(&key(1)));
    assert!(reader.page(&path).contains("没有查看这些内容的权限"), "reading is not reviewing");
    let download = reader.ask("GET", "/progress.xlsx", &[]);
    assert!(download.body.starts_with(b"PK"));
    center(&["person", "remove", "赵查看"]);
    assert!(reader.page("/").contains("name=\"password\""), "who was removed is out");

    let audit = center(&["audit"]).to_string();
    for what in ["looked", "reviewed", "downloaded", "person-removed", "duty", "王审核"] {
        assert!(audit.contains(what), "{what}");
    }
    assert!(!audit.contains("correct horse") && !audit.contains("和门禁记录不符"));
}
