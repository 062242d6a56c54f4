//! Robots of group chats (企业微信, 钉钉, 飞书, or any program that takes JSON): a short text with numbers, never with records.
//!
//! [`message`] is pure. The address of a robot is a secret, because whoever knows it can write to the group.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use protocol::{Connection, Options, Secret};
use reqwest::Url;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::error::SubmitError;
use crate::transport::{Request, Transport};

/// Whose robot it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum RobotKind {
    /// 企业微信.
    Wecom,
    /// 钉钉.
    Dingtalk,
    /// 飞书.
    Feishu,
    /// Any program: `{"text": ...}`.
    Json,
}

/// What is needed to write to the group of a robot.
#[derive(Debug, Clone)]
pub struct Robot {
    /// Whose it is.
    pub kind: RobotKind,
    /// The address that the group's settings show.
    pub url: Secret,
    /// The secret for signatures; empty: the robot has none.
    pub secret: Secret,
    /// A word that every message has to have; empty: none.
    pub keyword: String,
}

/// Why a robot did not write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RobotFailure {
    /// The network, or the address.
    Line(SubmitError),
    /// It answered with an error of its own.
    Refused {
        /// Its code, or the HTTP status.
        code: String,
        /// Its words.
        message: String,
    },
}

/// Most bytes of a text: 企业微信 takes no more, and the others more than this.
const MOST_BYTES: usize = 2000;

/// Longest time for a message.
const SECONDS: u32 = 10;

/// The address and the body of a message at this moment.
pub fn message(robot: &Robot, text: &str, now: Timestamp) -> (Secret, String) {
    let text = shortened(&with_keyword(text, &robot.keyword));
    let signs = !robot.secret.is_empty();
    let mut url = robot.url.clone();
    let body = match robot.kind {
        RobotKind::Wecom => json!({ "msgtype": "text", "text": { "content": text } }),
        RobotKind::Dingtalk => {
            if signs {
                let at = now.as_millisecond();
                let sign = dingtalk_sign(&robot.secret, at);
                let encoded: String = form_urlencoded::byte_serialize(sign.as_bytes()).collect();
                let joint = if url.expose().contains('?') { '&' } else { '?' };
                url = Secret::new(format!("{}{joint}timestamp={at}&sign={encoded}", url.expose()));
            }
            json!({ "msgtype": "text", "text": { "content": text }, "at": { "isAtAll": false } })
        }
        RobotKind::Feishu => {
            let mut body = json!({ "msg_type": "text", "content": { "text": text } });
            if signs {
                let at = now.as_second();
                body["timestamp"] = at.to_string().into();
                body["sign"] = feishu_sign(&robot.secret, at).into();
            }
            body
        }
        RobotKind::Json => json!({ "text": text }),
    };
    (url, body.to_string())
}

/// The signature of 钉钉: the secret signs the time in milliseconds and itself.
fn dingtalk_sign(secret: &Secret, milliseconds: i64) -> String {
    let signed = format!("{milliseconds}\n{}", secret.expose());
    STANDARD.encode(hmac(secret.expose().as_bytes(), signed.as_bytes()))
}

/// The signature of 飞书: the time in seconds and the secret are the key, and nothing is signed.
fn feishu_sign(secret: &Secret, seconds: i64) -> String {
    let key = format!("{seconds}\n{}", secret.expose());
    STANDARD.encode(hmac(key.as_bytes(), b""))
}

/// HMAC-SHA256 (RFC 2104).
fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    // Cannot fail: HMAC takes keys of any length.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes any key");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

fn with_keyword(text: &str, keyword: &str) -> String {
    if keyword.is_empty() || text.contains(keyword) { text.to_owned() } else { format!("{keyword}\n{text}") }
}

fn shortened(text: &str) -> String {
    if text.len() <= MOST_BYTES {
        return text.to_owned();
    }
    let fits = |(at, _): &(usize, char)| *at <= MOST_BYTES - "…".len();
    let end = text.char_indices().take_while(fits).last().map_or(0, |(at, _)| at);
    format!("{}…", &text[..end])
}

/// Writes a message; where the line fails, once more after two seconds.
pub async fn say(robot: &Robot, text: &str, now: Timestamp) -> Result<(), RobotFailure> {
    let mut said = attempt(robot, text, now).await;
    if matches!(said, Err(RobotFailure::Line(_))) {
        tokio::time::sleep(Duration::from_secs(2)).await;
        said = attempt(robot, text, now).await;
    }
    said
}

async fn attempt(robot: &Robot, text: &str, now: Timestamp) -> Result<(), RobotFailure> {
    let parsed = Url::parse(robot.url.expose()).map_err(|_| RobotFailure::Line(SubmitError::Address))?;
    let options = Options { connect_timeout_s: SECONDS, call_timeout_s: SECONDS, ..Options::default() };
    let connection = Connection {
        // An error names the host alone: the rest of the address is a secret.
        address: parsed.origin().ascii_serialization(),
        client_id: String::new(),
        username: String::new(),
        password: Secret::default(),
        app_key: Secret::default(),
        app_secret: Secret::default(),
        options,
    };
    let (url, body) = message(robot, text, now);
    let transport = Transport::new(&connection).map_err(RobotFailure::Line)?;
    let request = Request {
        url: url.expose().to_owned(),
        content_type: Some("application/json"),
        headers: Vec::new(),
        body: body.into(),
    };
    let answer = transport.send(request).await.map_err(RobotFailure::Line)?;
    read(robot.kind, answer.status, &answer.body)
}

/// What an answer says: 企业微信 and 钉钉 have `errcode`, 飞书 has `code`; 0 is success.
fn read(kind: RobotKind, status: u16, body: &[u8]) -> Result<(), RobotFailure> {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    let (code, words) = match kind {
        RobotKind::Wecom | RobotKind::Dingtalk => (&answer["errcode"], &answer["errmsg"]),
        RobotKind::Feishu => (&answer["code"], &answer["msg"]),
        RobotKind::Json => (&Value::Null, &Value::Null),
    };
    let good = (200..300).contains(&status);
    if good && (kind == RobotKind::Json || code.as_i64() == Some(0)) {
        return Ok(());
    }
    let code = code.as_i64().filter(|_| good).map_or_else(|| format!("HTTP {status}"), |code| code.to_string());
    let message = words.as_str().unwrap_or_default().chars().take(200).collect();
    Err(RobotFailure::Refused { code, message })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn robot(kind: RobotKind, secret: &str) -> Robot {
        let url = "https://h.example/robot/send?access_token=T".into();
        Robot { kind, url, secret: secret.into(), keyword: String::new() }
    }

    /// Vectors computed beside the documents of both.
    #[test]
    fn signatures() {
        let secret = Secret::new("SECtest0001");
        assert_eq!(dingtalk_sign(&secret, 1_764_115_200_000), "xaSW0oVPYFSZ3+YlAmcWJBXk9VLUlemC135f/dEbpTg=");
        let now = Timestamp::from_second(1_764_115_200).unwrap();
        let (url, _) = message(&robot(RobotKind::Dingtalk, "SECtest0001"), "x", now);
        let sign = "timestamp=1764115200000&sign=xaSW0oVPYFSZ3%2BYlAmcWJBXk9VLUlemC135f%2FdEbpTg%3D";
        assert_eq!(url.expose(), format!("https://h.example/robot/send?access_token=T&{sign}"));
        let (_, body) = message(&robot(RobotKind::Feishu, "test0001"), "x", now);
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body["sign"], "VZwqLLZH/3v3I5MEChmzg4nbgIL8g/owYVXpZvuXTEI=");
        assert_eq!((&body["timestamp"], &body["msg_type"]), (&json!("1764115200"), &json!("text")));
    }

    /// Test cases 1 and 6 of RFC 4231: a short key, and one that is longer than a block.
    #[test]
    fn hmac_of_the_standard() {
        let hex = |bytes: [u8; 32]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(
            hex(hmac(&[0x0b; 20], b"Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
        assert_eq!(
            hex(hmac(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn texts_are_short_and_have_the_keyword() {
        let long = "数".repeat(1000);
        let robot = Robot { keyword: "填报".into(), ..robot(RobotKind::Wecom, "") };
        let (_, body) = message(&robot, &long, Timestamp::UNIX_EPOCH);
        let body: Value = serde_json::from_str(&body).unwrap();
        let text = body["text"]["content"].as_str().unwrap();
        assert!(text.len() <= 2048 && text.starts_with("填报\n") && text.ends_with('…'), "{}", text.len());
    }

    #[test]
    fn answers() {
        let refused = |code: &str, message: &str| {
            Err(RobotFailure::Refused { code: code.to_owned(), message: message.to_owned() })
        };
        for (kind, status, body, expect) in [
            (RobotKind::Wecom, 200, r#"{"errcode":0,"errmsg":"ok"}"#, Ok(())),
            (RobotKind::Wecom, 200, r#"{"errcode":93000,"errmsg":"invalid"}"#, refused("93000", "invalid")),
            (RobotKind::Feishu, 200, r#"{"code":0}"#, Ok(())),
            (RobotKind::Feishu, 200, r#"{"code":19021,"msg":"sign"}"#, refused("19021", "sign")),
            (RobotKind::Dingtalk, 502, "gateway", refused("HTTP 502", "")),
            (RobotKind::Dingtalk, 200, "{}", refused("HTTP 200", "")),
            (RobotKind::Json, 204, "", Ok(())),
        ] {
            assert_eq!(read(kind, status, body.as_bytes()), expect, "{kind:?} {status} {body}");
        }
    }
}
