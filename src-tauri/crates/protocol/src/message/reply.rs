//! Bodies of the replies, which the receiver writes and the college reads.
//!
//! A refusal is read before its data, because the protocol prints nothing about what its data look like.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::OK;
use crate::lenient;
use crate::secret::Secret;

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

/// What a login gives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginData {
    /// The value of the header `Authorization`, behind the prefix.
    pub access_token: Secret,
    /// What a refresh must show; each is valid once.
    #[serde(default)]
    pub refresh_token: Secret,
    /// Seconds for which the access token is valid.
    #[serde(default, deserialize_with = "lenient::optional_count")]
    pub expires_in: Option<u64>,
    /// Seconds for which the refresh token is valid.
    #[serde(default, deserialize_with = "lenient::optional_count")]
    pub refresh_expires_in: Option<u64>,
    /// The id that logged in.
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
    /// For the header of this name; only the 2023 guide prints it.
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
    /// Time of receipt, as the receiver wrote it; the result is found by it.
    pub time: String,
    /// Rows received; only the 2023 guide prints it.
    #[serde(default, deserialize_with = "lenient::optional_count", skip_serializing_if = "Option::is_none")]
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
    #[serde(default, deserialize_with = "lenient::optional_count")]
    pub collect_num: Option<u64>,
    /// Rows stored.
    #[serde(default, deserialize_with = "lenient::optional_count")]
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

/// Any reply before its data are read.
#[derive(Deserialize)]
struct AnyReply {
    #[serde(default, rename = "returnCode", deserialize_with = "lenient::optional_text")]
    return_code: Option<String>,
    #[serde(default, rename = "returnMessage", deserialize_with = "lenient::optional_text")]
    return_message: Option<String>,
    #[serde(default, rename = "returnData")]
    return_data: Option<Value>,
    #[serde(default, rename = "returnCount")]
    return_count: Option<Value>,
    #[serde(default, deserialize_with = "lenient::optional_text")]
    code: Option<String>,
    #[serde(default, deserialize_with = "lenient::optional_text")]
    msg: Option<String>,
    #[serde(default)]
    data: Option<Value>,
}

fn read(body: &[u8]) -> Result<AnyReply, ReplyError> {
    let mut reply: AnyReply = serde_json::from_slice(body).map_err(|_| ReplyError::Unreadable)?;
    let code = reply.return_code.take().or(reply.code.take()).ok_or(ReplyError::Unreadable)?;
    if code.trim() == OK {
        return Ok(reply);
    }
    let message = reply.return_message.or(reply.msg).unwrap_or_default();
    Err(ReplyError::Refused(Refusal { code, message }))
}

/// Reads a reply to authorise or refresh.
pub fn read_login(body: &[u8]) -> Result<LoginData, ReplyError> {
    let reply = read(body)?;
    let data = reply.data.or(reply.return_data).ok_or(ReplyError::Unreadable)?;
    let data: LoginData = serde_json::from_value(data).map_err(|_| ReplyError::Unreadable)?;
    if data.access_token.is_empty() { Err(ReplyError::Unreadable) } else { Ok(data) }
}

/// Reads a reply to submit.
pub fn read_submit(body: &[u8]) -> Result<SubmitData, ReplyError> {
    let data = read(body)?.return_data.ok_or(ReplyError::Unreadable)?;
    serde_json::from_value(data).map_err(|_| ReplyError::Unreadable)
}

/// Reads a reply to query: the entries of the page and, if the receiver gives it, the number of all.
pub fn read_results(body: &[u8]) -> Result<(Vec<ResultEntry>, Option<u64>), ReplyError> {
    let reply = read(body)?;
    let entries = match reply.return_data {
        None | Some(Value::Null) => Vec::new(),
        Some(data) => serde_json::from_value(data).map_err(|_| ReplyError::Unreadable)?,
    };
    let count = match reply.return_count {
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(other) => other.as_u64(),
        None => None,
    };
    Ok((entries, count))
}

/// Reads a reply to getRSA: base64 of DER.
pub fn read_public_key(body: &[u8]) -> Result<String, ReplyError> {
    match read(body)?.return_data {
        Some(Value::String(key)) => Ok(key),
        _ => Err(ReplyError::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn login_replies() {
        let data = json!({
            "access_token": "a", "refresh_token": "r", "expires_in": 7199, "refresh_expires_in": "2591999",
            "client_id": 1, "scope": null, "openid": "o", "client_secret": "c", "app_secret": "s",
        });
        let read = |reply: Value| read_login(reply.to_string().as_bytes());
        let login = read(json!({ "code": 200, "msg": "ok", "data": data })).unwrap();
        assert_eq!((login.expires_in, login.refresh_expires_in), (Some(7199), Some(2591999)));
        assert_eq!((login.client_id.as_deref(), login.app_key), (Some("1"), None));
        assert_eq!(login.app_secret.unwrap().expose(), "s");
        assert!(read(json!({ "code": "200", "msg": "ok", "data": { "access_token": "a" } })).is_ok());
        let refused = read(json!({ "code": 401, "msg": "账号或密码错误", "data": null })).unwrap_err();
        let refusal = Refusal { code: "401".into(), message: "账号或密码错误".into() };
        assert_eq!(refused, ReplyError::Refused(refusal));
        for reply in [json!({ "code": 200, "data": null }), json!({ "code": 200, "data": {} }), json!([]), json!({})] {
            assert_eq!(read(reply), Err(ReplyError::Unreadable));
        }
    }

    #[test]
    fn submit_replies() {
        let check = |reply: &str, time: &str, size: Option<u64>| {
            let data = read_submit(reply.as_bytes()).unwrap();
            assert_eq!((data.time.as_str(), data.size), (time, size), "{reply}");
        };
        check(
            r#"{"returnCode":"200","returnMessage":"ok","returnData":{"time":"2023-06-05 14:22:01"},"returnCount":null}"#,
            "2023-06-05 14:22:01",
            None,
        );
        check(
            r#"{"returnCode":200,"returnData":{"time":"2022-04-15T09:48:55.938","size":"3"}}"#,
            "2022-04-15T09:48:55.938",
            Some(3),
        );
        let refusal =
            |code: &str, message: &str| ReplyError::Refused(Refusal { code: code.into(), message: message.into() });
        let check = |reply: &str, expect| assert_eq!(read_submit(reply.as_bytes()), Err(expect), "{reply}");
        check(r#"{"returnCode":"500","returnMessage":"x","returnData":""}"#, refusal("500", "x"));
        check(r#"{"code":401,"msg":"token"}"#, refusal("401", "token"));
        check(r#"{"returnCode":"200"}"#, ReplyError::Unreadable);
        check("<html>", ReplyError::Unreadable);
        check("", ReplyError::Unreadable);
    }

    #[test]
    fn result_replies() {
        let entry = json!({
            "id": 7, "batchId": "b", "type": "RPC", "sysName": "u", "timestamps": "2023-06-01T00:00:00.000",
            "tableName": "ODS_X", "collectNum": "2", "storageNum": 1, "remark": null, "state": 1, "stateInfo": "全部成功",
        });
        let read = |reply: Value| read_results(reply.to_string().as_bytes());
        let (entries, count) = read(json!({ "returnCode": "200", "returnCount": 1, "returnData": [entry] })).unwrap();
        assert_eq!(count, Some(1));
        let [entry] = &entries[..] else { panic!("one entry") };
        assert_eq!((entry.id.as_str(), entry.state.as_str(), &entry.remark), ("7", "1", &None));
        assert_eq!((entry.collect_num, entry.storage_num), (Some(2), Some(1)));
        assert_eq!(read(json!({ "returnCode": "200", "returnData": null })), Ok((vec![], None)));
        assert_eq!(read(json!({ "returnCode": "200", "returnData": 3 })), Err(ReplyError::Unreadable));
        // A remark that is JSON itself and not a JSON text.
        let remark = json!([{ "num": 1, "pkValue": "K", "error": "E" }]);
        let (entries, _) =
            read(json!({ "returnCode": "200", "returnCount": null, "returnData": [{ "remark": remark }] })).unwrap();
        assert_eq!(entries[0].remark.as_deref(), Some(r#"[{"num":1,"pkValue":"K","error":"E"}]"#));
    }

    proptest! {
        #[test]
        fn never_panics(text: String, code in 0u32..1000) {
            for body in [text.clone(), json!({ "returnCode": code, "returnData": text }).to_string()] {
                let _ = read_login(body.as_bytes());
                let _ = read_submit(body.as_bytes());
                let _ = read_results(body.as_bytes());
                let _ = read_public_key(body.as_bytes());
            }
        }
    }
}
