//! The few WebDriver commands that the test needs, over plain HTTP on the loopback interface. A library for WebDriver
//! is not used, because its features would make cargo build many shared dependencies a second time.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The test fails when a condition does not hold within this time.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The Enter key in the encoding of WebDriver.
pub const ENTER: &str = "\u{e007}";
/// The right arrow key in the encoding of WebDriver.
pub const RIGHT: &str = "\u{e014}";

/// Key of the element reference in answers of WebDriver.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A window that the driver opened, with its session.
pub struct Window {
    port: u16,
    session: String,
}

/// An element of the page.
pub struct Element<'a> {
    window: &'a Window,
    name: String,
}

impl Window {
    /// Starts a program with these arguments and waits for its window.
    pub fn open(port: u16, program: &str, arguments: &[&str]) -> Window {
        let wanted = json!({ "alwaysMatch": { "tauri:options": { "application": program, "args": arguments } } });
        let answer = ask(port, "POST", "/session", &json!({ "capabilities": wanted })).expect("the window opens");
        Window { port, session: answer["sessionId"].as_str().expect("a session").to_owned() }
    }

    /// Closes the window, which ends the program.
    pub fn close(self) {
        self.ask("DELETE", "", &Value::Null).expect("the window closes");
    }

    /// Title of the page.
    pub fn title(&self) -> String {
        text(self.ask("GET", "/title", &Value::Null))
    }

    /// Runs a script on the page and gives its result.
    pub fn run(&self, script: &str) -> Value {
        self.ask("POST", "/execute/sync", &json!({ "script": script, "args": [] })).expect("the script runs")
    }

    /// Waits until the page has an element for this CSS selector.
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
                // Each request takes some time, so the loop does not use much of the processor.
                Err(_) => {}
            }
        }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        ask(self.port, method, &format!("/session/{}{path}", self.session), body)
    }
}

impl Element<'_> {
    /// Clicks the element.
    pub fn click(&self) {
        self.ask("POST", "/click", &json!({})).expect("a click");
    }

    /// Types text into the element.
    pub fn types(&self, text: &str) {
        self.ask("POST", "/value", &json!({ "text": text })).expect("typing");
    }

    /// The `textContent` of the element. The text command of WebDriver leaves out text in scrolled boxes.
    pub fn text(&self) -> String {
        text(self.ask("GET", "/property/textContent", &Value::Null))
    }

    /// Value of an attribute; empty when the element lacks it.
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

/// Sends one request and gives the value of the answer, or the error message of the driver.
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
