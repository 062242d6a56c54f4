//! What a reply means for its request: success, a refusal with its reason, or nothing that can be relied on.

use protocol::message::read_words;
use protocol::words::clean;
use protocol::{Authorise, Options, Refusal, ReplyError};
use reqwest::Url;

use crate::error::SubmitError;
use crate::transport::Answer;

/// What a reply says. A refusal is any other `returnCode` than 200, and most HTTP statuses from 300 to 499. A status
/// from 500 without a readable refusal, and a time-out that a gateway reports, may stand for a request that arrived, so
/// the outcome is unknown.
pub(crate) fn judge<T>(answer: &Answer, read: fn(&[u8]) -> Result<T, ReplyError>) -> Result<T, SubmitError> {
    let status = answer.status;
    match (read(&answer.body), status) {
        (Ok(data), 200..=299) => Ok(data),
        (Err(ReplyError::Refused(refusal)), _) if refusal.code == "413" => Err(SubmitError::TooLarge),
        (Err(ReplyError::Refused(refusal)), _) => Err(SubmitError::Refused(refusal)),
        (_, 413) => Err(SubmitError::TooLarge),
        // 408 and 499: a gateway stopped waiting, so the request may have arrived.
        (_, 408 | 499) => Err(SubmitError::Unreadable { status }),
        (_, 300..=399) => Err(SubmitError::Redirected { status, target: target(answer.location.as_deref()) }),
        (_, 400..=499) => {
            let message = read_words(&answer.body);
            match status {
                404 | 405 if message.is_empty() || is_html(&answer.body) => Err(SubmitError::NoSuchPath { status }),
                _ => Err(SubmitError::Refused(Refusal { code: status.to_string(), message })),
            }
        }
        _ => Err(SubmitError::Unreadable { status }),
    }
}

/// Turns a refusal with an empty message into the error for that, so that no sentence shows empty quotes.
pub(crate) fn worded(error: SubmitError) -> SubmitError {
    match error {
        SubmitError::Refused(Refusal { code, message }) if message.is_empty() => {
            SubmitError::RefusedWithoutWords { returned: code }
        }
        other => other,
    }
}

/// The error of a login. It carries no rows, so after a failed login it is certain that none arrived.
pub(crate) fn of_login(error: SubmitError, options: &Options) -> SubmitError {
    match error {
        SubmitError::TimedOut | SubmitError::Cut => SubmitError::LoginBroken,
        SubmitError::Unreadable { status } => SubmitError::LoginUnreadable { status },
        SubmitError::TooLarge => SubmitError::LoginRefusedWithoutWords { returned: "413".to_owned() },
        SubmitError::Header { .. } => SubmitError::Address,
        SubmitError::Refused(Refusal { code, message }) if message.is_empty() => {
            SubmitError::LoginRefusedWithoutWords { returned: code }
        }
        SubmitError::Refused(Refusal { code, message }) if options.authorise == Authorise::Rsa => {
            SubmitError::LoginRefusedEncrypted { returned: code, message, padding: options.rsa_padding.word() }
        }
        SubmitError::Refused(refusal) => SubmitError::LoginRefused(refusal),
        other => other,
    }
}

/// The error of a question for results: no rows were on the way.
pub(crate) fn of_results(error: SubmitError) -> SubmitError {
    match error {
        SubmitError::TimedOut | SubmitError::Cut => SubmitError::NoResults,
        SubmitError::Unreadable { status } => SubmitError::ResultsUnreadable { status },
        other => worded(other),
    }
}

/// Whether the message of a refusal mentions the time.
pub(crate) fn speaks_of_time(message: &str) -> bool {
    let message = message.to_lowercase();
    ["timestamp", "time stamp", "时间", "时钟", "expire", "过期", "clock"].iter().any(|word| message.contains(word))
}

fn is_html(body: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&body[..body.len().min(512)]).trim_start().to_ascii_lowercase();
    start.starts_with('<')
}

/// Scheme and host of an address. A text without both, such as a path, is returned as it is.
fn target(location: Option<&str>) -> String {
    let location = location.unwrap_or_default();
    match Url::parse(location) {
        Ok(url) => clean(&url.origin().ascii_serialization()),
        Err(_) => clean(location.split(['?', '#']).next().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use protocol::message;

    use super::*;

    #[test]
    fn replies_and_statuses() {
        let check = |status, body: &str, expect: &str| {
            let answer = Answer { status, body: body.into(), location: None, date: None };
            let result = match judge(&answer, message::read_submit) {
                Ok(data) => data.time,
                Err(SubmitError::Refused(refusal)) => format!("refused {}", refusal.code),
                Err(SubmitError::Unreadable { .. }) => "open".to_owned(),
                Err(SubmitError::TooLarge) => "too large".to_owned(),
                Err(SubmitError::NoSuchPath { status } | SubmitError::Redirected { status, .. }) => {
                    format!("refused {status}")
                }
                Err(other) => panic!("{other}"),
            };
            assert_eq!(result, expect, "{status} {body}");
        };
        let ok = r#"{"returnCode":"200","returnData":{"time":"T"}}"#;
        let no = r#"{"returnCode":"401","returnMessage":"x"}"#;
        check(200, ok, "T");
        check(200, no, "refused 401");
        check(401, no, "refused 401");
        check(500, no, "refused 401");
        check(404, "<html>", "refused 404");
        check(302, "", "refused 302");
        check(403, ok, "refused 403");
        check(200, "<html>", "open");
        check(200, "", "open");
        check(502, "<html>", "open");
        check(504, ok, "open");
        check(408, "<html>", "open");
        check(413, "<html>", "too large");
        check(200, r#"{"returnCode":"413","returnMessage":"报文过长"}"#, "too large");
    }

    #[test]
    fn a_refusal_says_what_the_other_side_said() {
        let check = |status, body: &str, location: Option<&str>, expect: SubmitError| {
            let answer = Answer { status, body: body.into(), location: location.map(str::to_owned), date: None };
            assert_eq!(judge(&answer, message::read_submit).map_err(worded), Err(expect), "{status} {body}");
        };
        let refused =
            |code: &str, message: &str| SubmitError::Refused(Refusal { code: code.into(), message: message.into() });
        check(
            401,
            r#"{"error":"invalid_token","error_description":"Token expired"}"#,
            None,
            refused("401", "Token expired"),
        );
        check(403, "<html><title>403 Forbidden</title></html>", None, refused("403", "403 Forbidden"));
        check(429, "slow\u{1b}[2J down", None, refused("429", "slow[2J down"));
        check(400, "", None, SubmitError::RefusedWithoutWords { returned: "400".into() });
        check(404, "<html><title>Not Found</title></html>", None, SubmitError::NoSuchPath { status: 404 });
        let redirected = |target: &str| SubmitError::Redirected { status: 302, target: target.into() };
        check(302, "", Some("https://u:p@other.example/login?token=1"), redirected("https://other.example"));
        check(302, "", Some("/login?from=x"), redirected("/login"));
        check(302, "", None, redirected(""));
    }

    #[test]
    fn words_about_the_time() {
        for words in ["timestamps 无效", "时间戳与标准时间相差超过30秒", "Request expired"] {
            assert!(speaks_of_time(words), "{words}");
        }
        assert!(!speaks_of_time("账号或密码不正确"));
    }
}
