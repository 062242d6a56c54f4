//! Replies as receivers write them.

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
    check(r#"{"returnCode":"00200","returnData":{"time":1795678377}}"#, "1795678377", None);
    check(r#"{"returnCode":200.0,"returnData":{"time":null,"size":-1}}"#, "", None);
    let refusal =
        |code: &str, message: &str| ReplyError::Refused(Refusal { code: code.into(), message: message.into() });
    let check = |reply: &str, expect| assert_eq!(read_submit(reply.as_bytes()), Err(expect), "{reply}");
    check(r#"{"returnCode":"500","returnMessage":"x","returnData":""}"#, refusal("500", "x"));
    check(r#"{"code":401,"msg":"token"}"#, refusal("401", "token"));
    check(r#"{"returnCode":"200"}"#, ReplyError::Unreadable);
    // Without the code of success, but with a time of receipt: it may have been taken.
    check(r#"{"returnCode":"0","returnData":{"time":"2023-06-05 14:22:01"}}"#, ReplyError::Unreadable);
    check(r#"{"returnCode":"500","returnMessage":"\u001b[2J\r\n坏了","returnData":{}}"#, refusal("500", "[2J 坏了"));
    check("<html>", ReplyError::Unreadable);
    check("", ReplyError::Unreadable);
}

#[test]
fn words_of_replies_that_are_no_answers() {
    let check = |body: &str, expect: &str| assert_eq!(read_words(body.as_bytes()), expect, "{body}");
    check("<html><head><title>413 Request Entity Too Large</title></head></html>", "413 Request Entity Too Large");
    check("<HTML><BODY><H1>Moved</H1></BODY></HTML>", "Moved");
    check("<html><body>x</body></html>", "");
    check(r#"{"error":"invalid_grant","error_description":"Bad credentials"}"#, "Bad credentials");
    check(r#"{"status":404,"error":"Not Found","message":""}"#, "Not Found");
    check("too\u{202e} many\r\nrequests", "too many requests");
    check("", "");
}

#[test]
fn a_login_is_read_whatever_its_optional_fields_hold() {
    for (life, expect) in [(json!(-1), None), (json!(9e18), None), (json!("7199"), Some(7199)), (json!([]), None)] {
        let data = json!({ "access_token": "t\r\n", "expires_in": life, "app_secret": " s " });
        let login = read_login(json!({ "code": 200, "data": data }).to_string().as_bytes()).unwrap();
        assert_eq!((login.expires_in, login.access_token.expose()), (expect, "t"), "{life}");
        assert_eq!(login.app_secret.unwrap().expose(), "s");
    }
}

#[test]
fn result_replies() {
    let entry = json!({
        "id": 7, "batchId": "b", "type": "RPC", "sysName": "u", "timestamps": "2023-06-01T00:00:00.000",
        "tableName": "ODS_X", "collectNum": "2", "storageNum": 1, "remark": null, "state": 1, "stateInfo": "全部成功",
    });
    let read = |reply: Value| read_results(reply.to_string().as_bytes());
    let page = read(json!({ "returnCode": "200", "returnCount": 1, "returnData": [entry, 7] })).unwrap();
    let ResultPage { entries, length, count } = page;
    assert_eq!((count, length), (Some(1), 2), "an entry that cannot be read counts");
    let [entry] = &entries[..] else { panic!("one entry") };
    assert_eq!((entry.id.as_str(), entry.state.as_str(), &entry.remark), ("7", "1", &None));
    assert_eq!((entry.collect_num, entry.storage_num), (Some(2), Some(1)));
    assert_eq!(read(json!({ "returnCode": "200", "returnData": null })), Ok(ResultPage::default()));
    assert_eq!(read(json!({ "returnCode": "200", "returnData": 3 })), Err(ReplyError::Unreadable));
    // A remark that is JSON itself and not a JSON text.
    let remark = json!([{ "num": 1, "pkValue": "K", "error": "E" }]);
    let paged = json!({ "total": 7, "records": [{ "remark": remark }] });
    let page = read(json!({ "returnCode": "200", "returnCount": null, "returnData": paged })).unwrap();
    assert_eq!((page.length, page.count), (1, Some(7)));
    let entries = page.entries;
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
