//! Bodies of the replies, which the receiver writes and the college reads.
//!
//! Code and message are read before the data, because the protocol does not print the data of a refusal.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::OK;
use crate::lenient;
use crate::secret::Secret;
use crate::words;

/// Body of the replies to authorise and refresh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginReply {
    /// 200 for success; printed as a number.
    pub code: u32,
    /// A sentence for people, such as `ok`.
    pub msg: String,
    /// The tokens; null where the login is refused.
    pub data: Option<LoginData>,
}

/// The tokens and keys that a login gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginData {
    /// The value of the header `Authorization`, behind the prefix.
    pub access_token: Secret,
    /// The token that a refresh has to carry; each is valid once.
    #[serde(default)]
    pub refresh_token: Secret,
    /// Seconds for which the access token is valid.
    #[serde(default, deserialize_with = "lenient::any_count")]
    pub expires_in: Option<u64>,
    /// Seconds for which the refresh token is valid.
    #[serde(default, deserialize_with = "lenient::any_count")]
    pub refresh_expires_in: Option<u64>,
    /// The client id that logged in.
    #[serde(default, deserialize_with = "lenient::optional_text", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// `server` in the printed sample; not used.
    #[serde(default, deserialize_with = "lenient::optional_text", skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Printed in the sample; not used.
    #[serde(default, deserialize_with = "lenient::optional_text", skip_serializing_if = "Option::is_none")]
    pub openid: Option<String>,
    /// Secret for refresh; absent in the reply to refresh.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Secret>,
    /// Key for bodies; absent in the reply to refresh.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_secret: Option<Secret>,
    /// The value of the header `app_key`; only the 2023 guide prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_key: Option<Secret>,
}

/// Body of the replies to submit, query and getRSA.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reply<T> {
    /// `200` for success; printed as a string.
    #[serde(rename = "returnCode")]
    pub code: String,
    /// A sentence for people.
    #[serde(rename = "returnMessage")]
    pub message: String,
    /// Null where the request is refused.
    #[serde(rename = "returnData")]
    pub data: Option<T>,
    /// Number of rows of a query.
    #[serde(rename = "returnCount")]
    pub count: Option<u64>,
}

/// Data of a reply to submit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmitData {
    /// Time of receipt, as the receiver wrote it; the result is found by it. Printed as a text; a number is its digits.
    #[serde(default, deserialize_with = "lenient::text")]
    pub time: String,
    /// Rows received; only the 2023 guide prints it.
    #[serde(default, deserialize_with = "lenient::any_count", skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

/// One entry of a reply to query: the result of one submission.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultEntry {
    /// The receiver's number for the entry; empty where it has none.
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
    /// Batch id of the receiver; not in the 2023 guide.
    #[serde(default, deserialize_with = "lenient::optional_text", skip_serializing_if = "Option::is_none")]
    pub batch_id: Option<String>,
    /// `RPC`; in the 2023 guide `IncrSync`.
    #[serde(default, rename = "type", deserialize_with = "lenient::text")]
    pub kind: String,
    /// The account that submitted.
    #[serde(default, deserialize_with = "lenient::text")]
    pub sys_name: String,
    /// Time of receipt; agrees with `time` of submit as a time, not as text.
    #[serde(default, deserialize_with = "lenient::text")]
    pub timestamps: String,
    /// As `dataObjName` of the submission.
    #[serde(default, deserialize_with = "lenient::text")]
    pub table_name: String,
    /// Rows received.
    #[serde(default, deserialize_with = "lenient::any_count")]
    pub collect_num: Option<u64>,
    /// Rows stored.
    #[serde(default, deserialize_with = "lenient::any_count")]
    pub storage_num: Option<u64>,
    /// Null, a JSON text or a sentence, see [`crate::remark`].
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub remark: Option<String>,
    /// `0` failed, `1` all stored.
    #[serde(default, deserialize_with = "lenient::text")]
    pub state: String,
    /// The state in words.
    #[serde(default, deserialize_with = "lenient::text")]
    pub state_info: String,
}

/// Why a reply is not a success.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReplyError {
    /// The receiver refused the request.
    #[error("refused with code {}", .0.code)]
    Refused(Refusal),
    /// The reply is not what the protocol prints.
    #[error("reply is not the expected JSON")]
    Unreadable,
}

/// Code and message of a refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// `returnCode`, `code` or the HTTP status.
    #[serde(rename = "returned")]
    pub code: String,
    /// `returnMessage` or `msg`.
    pub message: String,
}

/// Any reply before its data are read. Gateways and web frameworks answer in other forms; their messages are read, too.
#[derive(Default, Deserialize)]
struct AnyReply {
    #[serde(default, rename = "returnCode", deserialize_with = "lenient::optional_text")]
    return_code: Option<String>,
    #[serde(default, rename = "returnMessage", deserialize_with = "lenient::optional_text")]
    return_message: Option<String>,
    #[serde(default, rename = "returnData")]
    return_data: Option<Value>,
    #[serde(default, rename = "returnCount", deserialize_with = "lenient::any_count")]
    return_count: Option<u64>,
    #[serde(default, deserialize_with = "lenient::optional_text")]
    code: Option<String>,
    #[serde(default, deserialize_with = "lenient::optional_text")]
    msg: Option<String>,
    #[serde(default, deserialize_with = "lenient::optional_text")]
    message: Option<String>,
    #[serde(default, deserialize_with = "lenient::optional_text")]
    error_description: Option<String>,
    #[serde(default, deserialize_with = "lenient::optional_text")]
    error: Option<String>,
    #[serde(default)]
    data: Option<Value>,
}

impl AnyReply {
    /// The message of the reply, from whichever of the known fields holds it.
    fn words(&mut self) -> String {
        let fields =
            [&mut self.return_message, &mut self.msg, &mut self.error_description, &mut self.message, &mut self.error];
        let said = fields.into_iter().filter_map(Option::take).find(|text| !text.trim().is_empty());
        words::clean(&said.unwrap_or_default())
    }
}

fn read(body: &[u8]) -> Result<AnyReply, ReplyError> {
    let mut reply: AnyReply = serde_json::from_slice(body).map_err(|_| ReplyError::Unreadable)?;
    let code = reply.return_code.take().or(reply.code.take()).ok_or(ReplyError::Unreadable)?;
    if is_ok(&code) {
        return Ok(reply);
    }
    // A reply with a time of receipt but without the code of success does not tell whether the rows were taken.
    let took = |data: &Value| data.get("time").is_some_and(|time| !time.is_null() && time != "");
    if reply.return_data.as_ref().is_some_and(took) {
        return Err(ReplyError::Unreadable);
    }
    Err(ReplyError::Refused(Refusal { code: words::clean_code(&code), message: reply.words() }))
}

/// Whether a code is 200, however the number is written.
fn is_ok(code: &str) -> bool {
    let (whole, fraction) = code.trim().split_once('.').unwrap_or((code.trim(), ""));
    whole.trim_start_matches('0') == OK && fraction.bytes().all(|b| b == b'0')
}

/// The words of a reply that is not an answer of the protocol: a field of a JSON object, or the title of a page.
pub fn read_words(body: &[u8]) -> String {
    if let Ok(mut reply) = serde_json::from_slice::<AnyReply>(body) {
        return reply.words();
    }
    let text = String::from_utf8_lossy(&body[..body.len().min(64 << 10)]);
    let lower = text.to_ascii_lowercase();
    let between = |open: &str, close: &str| {
        let from = lower.find(open)? + open.len();
        let to = from + lower.get(from..)?.find(close)?;
        text.get(from..to).map(words::clean).filter(|words| !words.is_empty())
    };
    let plain = || if text.contains('<') { String::new() } else { words::clean(&text) };
    between("<title>", "</title>").or_else(|| between("<h1>", "</h1>")).unwrap_or_else(plain)
}

/// Reads a reply to authorise or refresh.
pub fn read_login(body: &[u8]) -> Result<LoginData, ReplyError> {
    let reply = read(body)?;
    let data = reply.data.or(reply.return_data).ok_or(ReplyError::Unreadable)?;
    let mut data: LoginData = serde_json::from_value(data).map_err(|_| ReplyError::Unreadable)?;
    // Some receivers print a line end behind a token; no header can hold it.
    for secret in [&mut data.access_token, &mut data.refresh_token] {
        *secret = secret.trimmed();
    }
    for secret in [&mut data.client_secret, &mut data.app_secret, &mut data.app_key].into_iter().flatten() {
        *secret = secret.trimmed();
    }
    if data.access_token.is_empty() { Err(ReplyError::Unreadable) } else { Ok(data) }
}

/// Reads a reply to submit.
pub fn read_submit(body: &[u8]) -> Result<SubmitData, ReplyError> {
    let data = read(body)?.return_data.ok_or(ReplyError::Unreadable)?;
    if !data.is_object() {
        return Err(ReplyError::Unreadable);
    }
    serde_json::from_value(data).map_err(|_| ReplyError::Unreadable)
}

/// One page of results.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResultPage {
    /// The entries that could be read.
    pub entries: Vec<ResultEntry>,
    /// How many entries the page has, those that cannot be read included.
    pub length: u64,
    /// The number of all entries, if the receiver gives it.
    pub count: Option<u64>,
}

/// Reads a reply to query. The list stands in `returnData`, or in a list of it as pages of some frameworks have.
pub fn read_results(body: &[u8]) -> Result<ResultPage, ReplyError> {
    let reply = read(body)?;
    let mut count = reply.return_count;
    let list = match reply.return_data.or(reply.data) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(Value::Object(mut page)) => {
            count = count.or_else(|| page.get("total").and_then(Value::as_u64));
            let lists = ["records", "list", "rows"].into_iter().find_map(|name| page.remove(name));
            let Some(Value::Array(list)) = lists else { return Err(ReplyError::Unreadable) };
            list
        }
        Some(_) => return Err(ReplyError::Unreadable),
    };
    let length = list.len() as u64;
    // An entry that cannot be read is left out; the others are still valid.
    let entries = list.into_iter().filter_map(|entry| serde_json::from_value(entry).ok()).collect();
    Ok(ResultPage { entries, length, count })
}

/// Reads a reply to getRSA: base64 of DER.
pub fn read_public_key(body: &[u8]) -> Result<String, ReplyError> {
    let reply = read(body)?;
    match reply.return_data.or(reply.data) {
        Some(Value::String(key)) => Ok(key),
        _ => Err(ReplyError::Unreadable),
    }
}

#[cfg(test)]
mod tests;
