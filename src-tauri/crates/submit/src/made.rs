//! The requests that a client made: when, how long, how many bytes, and what came back, without a value of a record
//! and without a secret.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use protocol::message::read_words;
use protocol::path;
use protocol::words::{clean, clean_code};
use serde_json::Value;
use standard::request_made::{RequestMade, RequestOutcome, RequestPurpose};

use crate::error::SubmitError;
use crate::transport::Answer;

/// A request and when it began, by the best known time.
pub type RequestAt = (Timestamp, RequestMade);

/// What a request speaks of.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// Path of the address.
    pub path: &'static str,
    /// Name of the table; empty: none, or all.
    pub table: &'a str,
    /// Rows that the request carries.
    pub rows: Option<usize>,
}

impl Subject<'_> {
    /// A request without a table.
    pub fn of(path: &'static str) -> Subject<'static> {
        Subject { path, table: "", rows: None }
    }

    fn purpose(&self) -> RequestPurpose {
        match self.path {
            path::PUBLIC_KEY => RequestPurpose::Key,
            path::REFRESH => RequestPurpose::Refresh,
            path::SUBMIT => RequestPurpose::Submit,
            path::RESULTS => RequestPurpose::Results,
            _ => RequestPurpose::Login,
        }
    }
}

/// The most requests that are kept until they are taken; the oldest go first.
const MOST: usize = 10_000;

/// Characters of a reply that are kept.
const SHOWN: usize = 400;

/// Entries of a list that are shown.
const ENTRIES: usize = 2;

/// The requests that nobody has taken yet.
#[derive(Default)]
pub(crate) struct Made(Mutex<Vec<RequestAt>>);

impl Made {
    /// Notes a request.
    pub fn note(
        &self,
        subject: Subject<'_>,
        at: Timestamp,
        took: SignedDuration,
        sent: usize,
        answer: Option<&Answer>,
        error: Option<&SubmitError>,
    ) {
        let request = RequestMade {
            purpose: subject.purpose(),
            table: subject.table.to_owned(),
            rows: subject.rows.map(|rows| rows as u64),
            took_ms: u64::try_from(took.as_millis()).unwrap_or_default(),
            sent: sent as u64,
            received: answer.map(|answer| answer.body.len() as u64),
            status: answer.map(|answer| answer.status),
            outcome: error.map_or(RequestOutcome::Done, outcome),
            answer: answer.map(|answer| shown(&answer.body)).unwrap_or_default(),
        };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == MOST {
            kept.remove(0);
        }
        kept.push((at, request));
    }

    /// The requests, which are then no longer kept here.
    pub fn take(&self) -> Vec<RequestAt> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Number of requests that are kept.
    pub fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

fn outcome(error: &SubmitError) -> RequestOutcome {
    match error {
        error if error.is_refused_login() => RequestOutcome::Refused,
        SubmitError::Redirected { .. } | SubmitError::NoSuchPath { .. } => RequestOutcome::Elsewhere,
        error if error.is_refusal() => RequestOutcome::Refused,
        SubmitError::TooLarge => RequestOutcome::TooLarge,
        SubmitError::Unreadable { .. } => RequestOutcome::Unreadable,
        SubmitError::TimedOut | SubmitError::Cut => RequestOutcome::NoReply,
        SubmitError::Unreachable { .. } => RequestOutcome::NotReached,
        _ => RequestOutcome::Setting,
    }
}

/// Fields of the protocol's replies whose texts are numbers, times, states and names of tables.
const SAID: [&str; 12] = [
    "code",
    "collectnum",
    "page",
    "returncode",
    "returncount",
    "size",
    "state",
    "storagenum",
    "tablename",
    "time",
    "timestamps",
    "type",
];

/// Fields of a reply that speak of the request as a whole.
const MESSAGES: [&str; 6] = ["error", "error_description", "message", "msg", "returnmessage", "stateinfo"];

/// What stands for a value.
const MASK: &str = "***";

/// A reply with its values left out: names of fields, numbers and states are kept; of messages long numbers are left
/// out; keys, remarks about rows and everything else become `***`.
fn shown(body: &[u8]) -> String {
    let text = match serde_json::from_slice::<Value>(body) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => masked(&value, "", true).to_string(),
        _ => without_numbers(&read_words(body)),
    };
    if text.chars().count() <= SHOWN {
        return text;
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}

/// `field`: the name under which the value stands. `whole`: whether it stands in the reply itself, not in an entry of
/// its data.
fn masked(value: &Value, field: &str, whole: bool) -> Value {
    match value {
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| {
                let inner = whole && !matches!(name.to_lowercase().as_str(), "returndata" | "data");
                (clean_code(name), masked(value, &name.to_lowercase(), inner))
            };
            Value::Object(fields.iter().map(field).collect())
        }
        Value::Array(entries) => {
            let mut shown: Vec<Value> = entries.iter().take(ENTRIES).map(|entry| masked(entry, field, false)).collect();
            if entries.len() > ENTRIES {
                shown.push(format!("+{}", entries.len() - ENTRIES).into());
            }
            Value::Array(shown)
        }
        Value::String(text) if SAID.contains(&field) => clean_code(text).into(),
        Value::String(text) if MESSAGES.contains(&field) && whole => without_numbers(&clean(text)).into(),
        Value::String(text) if text.is_empty() => text.as_str().into(),
        Value::String(_) => MASK.into(),
        other => other.clone(),
    }
}

/// A text in which each run of letters and digits with four or more digits is left out.
fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    let close = |run: &mut String, out: &mut String| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        out.push_str(if digits >= 4 { MASK } else { run });
        run.clear();
    };
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            run.push(c);
        } else {
            close(&mut run, &mut out);
            out.push(c);
        }
    }
    close(&mut run, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_kept_without_values() {
        let check = |body: &str, expect: &str| assert_eq!(shown(body.as_bytes()), expect, "{body}");
        check(
            r#"{"returnCode":"200","returnData":{"time":"2026-11-27 08:00:00","size":100},"returnMessage":"成功"}"#,
            r#"{"returnCode":"200","returnData":{"time":"2026-11-27 08:00:00","size":100},"returnMessage":"成功"}"#,
        );
        check(
            r#"{"code":200,"msg":"ok","data":{"access_token":"eyJhbGci","expires_in":7199,"app_secret":"0123"}}"#,
            r#"{"code":200,"msg":"ok","data":{"access_token":"***","expires_in":7199,"app_secret":"***"}}"#,
        );
        check(
            r#"{"returnCode":"200","returnData":[{"tableName":"ODS_XSJBSJ","state":"0","collectNum":2,
                "remark":"[{\"num\":1,\"error\":\"XM 张三 不合法\"}]","stateInfo":"张三"},{},{},{}]}"#,
            r#"{"returnCode":"200","returnData":[{"tableName":"ODS_XSJBSJ","state":"0","collectNum":2,"remark":"***","stateInfo":"***"},{},"+2"]}"#,
        );
        check(
            r#"{"returnCode":"500","returnMessage":"主键 1A2B3C4D5E 重复，身份证 32010119990101123X"}"#,
            r#"{"returnCode":"500","returnMessage":"主键 *** 重复，身份证 ***"}"#,
        );
        check("<html><title>502 Bad Gateway</title></html>", "502 Bad Gateway");
        check("", "");
        let many: Vec<String> = (0..200).map(|n| format!("\"field{n}\":{n}")).collect();
        let long = shown(format!("{{{}}}", many.join(",")).as_bytes());
        assert_eq!((long.chars().count(), long.ends_with('…')), (SHOWN + 1, true));
    }

    #[test]
    fn requests_are_given_once() {
        let made = Made::default();
        let subject = Subject { path: path::SUBMIT, table: "ODS_A", rows: Some(3) };
        made.note(subject, Timestamp::UNIX_EPOCH, SignedDuration::from_millis(12), 5, None, Some(&SubmitError::Cut));
        assert_eq!(made.len(), 1);
        let [(at, request)] = <[RequestAt; 1]>::try_from(made.take()).unwrap();
        assert_eq!(at, Timestamp::UNIX_EPOCH);
        assert_eq!(
            (request.purpose, request.rows, request.took_ms, request.sent),
            (RequestPurpose::Submit, Some(3), 12, 5)
        );
        assert_eq!((request.status, request.received, request.outcome), (None, None, RequestOutcome::NoReply));
        assert!(made.take().is_empty());
    }
}
