//! The few words of WebDriver that the test speaks, over plain HTTP on loopback. A library for it would bring along a
//! browser's whole vocabulary, and would have everything that shares its dependencies built twice.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take before the test gives up. Conditions are waited for, never times.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The Enter key, as WebDriver names it.
pub const ENTER: &str = "\u{e007}";
/// The right arrow key.
pub const RIGHT: &str = "\u{e014}";

/// The key under which WebDriver gives an element's name.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A window that the driver opened.
pub struct Window {
    port: u16,
    session: String,
}

/// Something on its page.
pub struct Element<'a> {
    window: &'a Window,
    name: String,
}

impl Window {
    /// Opens a program with these arguments.
    pub fn open(port: u16, program: &str, arguments: &[&str]) -> Window {
        let wanted = json!({ "alwaysMatch": { "tauri:options": { "application": program, "args": arguments } } });
        let answer = ask(port, "POST", "/session", &json!({ "capabilities": wanted })).expect("the window opens");
        Window { port, session: answer["sessionId"].as_str().expect("a session").to_owned() }
    }

    /// Closes it, and with it the program.
    pub fn close(self) {
        self.ask("DELETE", "", &Value::Null).expect("the window closes");
    }

    /// The page's title.
    pub fn title(&self) -> String {
        text(self.ask("GET", "/title", &Value::Null))
    }

    /// Runs a script on the page.
    pub fn run(&self, script: &str) -> Value {
        self.ask("POST", "/execute/sync", &json!({ "script": script, "args": [] })).expect("the script runs")
    }

    /// Waits until the page has this element.
    pub fn shows(&self, css: &str) -> Element<'_> {
        let begun = Instant::now();
        loop {
            match self.ask("POST", "/element", &json!({ "using": "css selector", "value": css })) {
                Ok(found) => {
                    let name = found[ELEMENT].as_str().expect("an element has a name").to_owned();
                    return Element { window: self, name };
                }
                Err(error) if begun.elapsed() > PATIENCE => {
                    panic!("{css}: {error}\n{}", text(self.ask("GET", "/source", &Value::Null)))
                }
                // The answer itself takes its time; nothing spins.
                Err(_) => {}
            }
        }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        ask(self.port, method, &format!("/session/{}{path}", self.session), body)
    }
}

impl Element<'_> {
    /// Clicks it.
    pub fn click(&self) {
        self.ask("POST", "/click", &json!({})).expect("a click");
    }

    /// Types into it.
    pub fn types(&self, text: &str) {
        self.ask("POST", "/value", &json!({ "text": text })).expect("typing");
    }

    /// The text in it. WebDriver's own idea of visible text leaves out what stands in a scrolled box.
    pub fn text(&self) -> String {
        text(self.ask("GET", "/property/textContent", &Value::Null))
    }

    /// One of its attributes; empty where it has none.
    pub fn attribute(&self, name: &str) -> String {
        text(self.ask("GET", &format!("/attribute/{name}"), &Value::Null))
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        self.window.ask(method, &format!("/element/{}{path}", self.name), body)
    }
}

/// Waits until the driver, and the browser's own driver behind it, answer.
pub fn wait_until_ready(port: u16) {
    let begun = Instant::now();
    while let Err(error) = ask(port, "GET", "/status", &Value::Null) {
        assert!(begun.elapsed() < PATIENCE, "the driver does not answer: {error}");
        std::thread::yield_now();
    }
}

fn text(answer: Result<Value, String>) -> String {
    answer.expect("an answer").as_str().unwrap_or_default().to_owned()
}

/// One request and its answer; an error is what the driver says went wrong.
fn ask(port: u16, method: &str, path: &str, body: &Value) -> Result<Value, String> {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).map_err(|error| error.to_string())?;
    let head = format!(
        "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json; charset=utf-8\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).map_err(|error| error.to_string())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).map_err(|error| error.to_string())?;
    let (_, body) = answer.split_once("\r\n\r\n").ok_or_else(|| format!("no answer: {answer}"))?;
    let answer: Value = serde_json::from_str(body).map_err(|error| format!("{error}: {body}"))?;
    match &answer["value"]["error"] {
        Value::String(error) => Err(format!("{error}: {}", answer["value"]["message"].as_str().unwrap_or_default())),
        _ => Ok(answer["value"].clone()),
    }
}
