//! Replies as a receiver of the published protocol makes them: enough of one to test clients with, and, with checks left
//! out or replies changed, to test that the scenarios for receivers find it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use protocol::login::{self, Grant};
use protocol::{Authorise, CLOCK_WINDOW_MS, Connection, Options, RsaPlaintext, header, path, sign, time};
use rand::rngs::OsRng;
use rsa::RsaPrivateKey;
use rsa::pkcs8::EncodePublicKey;
use serde_json::{Map, Value, json};

use crate::http::{Answer, Request};
use crate::sample::Sample;

/// Bits of the key for logins.
const KEY_BITS: usize = 2048;

/// Changes a reply, given the path that was asked for.
pub type Change = fn(&str, &mut Value);

/// How a receiver differs from the published protocol.
#[derive(Default)]
pub struct Deviation {
    /// Checks that are left out, by the names that [`Answering::leaves_out`] is asked for.
    pub leaves_out: Vec<&'static str>,
    /// What is changed in each reply.
    pub change: Option<Change>,
}

/// A receiver with one account.
pub struct Answering {
    /// What a client needs to reach it; the address is that of whoever listens.
    pub connection: Connection,
    sample: Sample,
    deviation: Deviation,
    key: RsaPrivateKey,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    sessions: BTreeMap<String, Session>,
    entries: Vec<Entry>,
    last: i64,
    longest_page: Option<usize>,
}

#[derive(Clone)]
struct Session {
    refresh_token: String,
    client_secret: String,
    app_secret: String,
}

/// A submission that was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Time of receipt.
    pub at: Timestamp,
    /// Name of the table.
    pub table: String,
    /// As they came.
    pub rows: Vec<Value>,
    /// How many of them were stored.
    pub stored: usize,
    /// Why the others were not.
    pub remark: Option<String>,
}

/// Why a request is refused: the code and a sentence.
type Refused = (u32, &'static str);

impl Answering {
    /// A receiver that takes rows of the sample's table by its columns, and rows of other tables as they are.
    pub fn new(mut connection: Connection, sample: Sample, deviation: Deviation) -> Result<Answering, String> {
        let key = RsaPrivateKey::new(&mut OsRng, KEY_BITS).map_err(|error| error.to_string())?;
        let public = key.to_public_key().to_public_key_der().map_err(|error| error.to_string())?;
        connection.options.rsa_public_key = STANDARD.encode(public.as_bytes());
        Ok(Answering { connection, sample, deviation, key, state: Mutex::default() })
    }

    fn leaves_out(&self, check: &str) -> bool {
        self.deviation.leaves_out.contains(&check)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn options(&self) -> &Options {
        &self.connection.options
    }

    /// The submissions that were taken.
    pub fn entries(&self) -> Vec<Entry> {
        self.state().entries.clone()
    }

    /// Changes the last submission that was taken.
    pub fn change_last(&self, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.state().entries.last_mut() {
            change(entry);
        }
    }

    /// Puts the result of another submission to the same table before the last one, as an account of several programs has.
    pub fn put_before_last(&self) {
        let mut state = self.state();
        if let Some(mut other) = state.entries.last().cloned() {
            other.rows.push(Value::Null);
            other.stored = other.rows.len();
            let before = state.entries.len() - 1;
            state.entries.insert(before, other);
        }
    }

    /// The largest number of entries of a page, whatever is asked for.
    pub fn set_longest_page(&self, entries: usize) {
        self.state().longest_page = Some(entries);
    }

    /// Forgets who is logged in.
    pub fn forget_sessions(&self) {
        self.state().sessions.clear();
    }

    /// Judges a request and replies to it.
    pub fn answer(&self, request: &Request) -> Answer {
        let mut reply = match request.path.as_str() {
            path::AUTHORISE | path::REFRESH => match self.log_in(request) {
                Ok(data) => json!({ "code": 200, "msg": "ok", "data": data }),
                Err((code, words)) => json!({ "code": code, "msg": words, "data": null }),
            },
            path::PUBLIC_KEY => done(json!(self.options().rsa_public_key), Value::Null),
            path::SUBMIT => self.judged(request, |plain| self.take(plain)),
            path::RESULTS => self.judged(request, |plain| self.find(plain)),
            _ => return Answer { status: 404, ..Answer::default() },
        };
        if let Some(change) = self.deviation.change {
            change(&request.path, &mut reply);
        }
        let date = Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let headers = vec![("Content-Type".to_owned(), "application/json".to_owned()), ("Date".to_owned(), date)];
        Answer { status: 200, headers, body: reply.to_string().into_bytes() }
    }

    fn log_in(&self, request: &Request) -> Result<Value, Refused> {
        let ways = [(Authorise::Rsa, RsaPlaintext::Json), (Authorise::Rsa, RsaPlaintext::Form)];
        let ways = ways.into_iter().chain([(Authorise::Plain, RsaPlaintext::Json)]);
        let grant = ways.into_iter().find_map(|(authorise, rsa_plaintext)| {
            let options = Options { authorise, rsa_plaintext, ..self.options().clone() };
            login::open(&request.body, &options, &self.key).ok()
        });
        let grant = match grant {
            None if self.leaves_out("login-body") => self.own_grant(),
            grant => grant.ok_or((400, "报文格式不正确"))?,
        };
        let own = &self.connection;
        let session = match grant {
            Grant::Password { client_id, username, password } => {
                let known = username == own.username || self.leaves_out("account");
                let right = password == own.password || self.leaves_out("password");
                let client = client_id == own.client_id || self.leaves_out("client-id");
                if !(known && right && client) {
                    return Err((401, "账号或密码不正确"));
                }
                Session { refresh_token: text(32), client_secret: text(32), app_secret: text(32) }
            }
            Grant::Refresh { client_secret, refresh_token, .. } => {
                let mut state = self.state();
                let same = |session: &Session| {
                    (session.refresh_token == refresh_token.expose() || self.leaves_out("refresh-token"))
                        && (session.client_secret == client_secret.expose() || self.leaves_out("refresh-secret"))
                };
                let old = state.sessions.iter().find(|(_, session)| same(session)).map(|(token, _)| token.clone());
                let old = old.and_then(|token| state.sessions.remove(&token)).ok_or((401, "刷新令牌无效"))?;
                return Ok(kept(&mut state, Session { refresh_token: text(32), ..old }, own, false));
            }
        };
        Ok(kept(&mut self.state(), session, own, true))
    }

    fn own_grant(&self) -> Grant {
        let Connection { client_id, username, password, .. } = &self.connection;
        Grant::Password { client_id: client_id.clone(), username: username.clone(), password: password.clone() }
    }

    fn judged(&self, request: &Request, work: impl FnOnce(&Value) -> Result<(Value, Value), Refused>) -> Value {
        match self.open(request).and_then(|plain| work(&plain)) {
            Ok((data, count)) => done(data, count),
            Err((code, words)) => {
                json!({ "returnCode": code.to_string(), "returnMessage": words, "returnData": null, "returnCount": null })
            }
        }
    }

    /// The plain text of a request whose headers are right.
    fn open(&self, request: &Request) -> Result<Value, Refused> {
        let token = request.header("authorization").unwrap_or_default();
        let token = token.strip_prefix(&self.options().authorization_prefix).unwrap_or_default();
        let session = {
            let state = self.state();
            let any = state.sessions.values().next_back().filter(|_| self.leaves_out("token"));
            state.sessions.get(token).or(any).cloned().ok_or((401, "令牌无效"))?
        };
        let app_key = request.header(header::APP_KEY).unwrap_or_default();
        if app_key.is_empty() && !self.leaves_out("app-key-missing") {
            return Err((403, "app_key缺失"));
        }
        if !app_key.is_empty() && app_key != self.connection.app_key.expose() && !self.leaves_out("app-key") {
            return Err((403, "app_key未授权"));
        }
        let timestamps = request.header(header::TIMESTAMPS).unwrap_or_default();
        match timestamps.parse::<i64>() {
            Err(_) if self.leaves_out("timestamps-missing") => {}
            Err(_) => return Err((403, "timestamps缺失")),
            Ok(sent) => {
                let off = Timestamp::now().as_millisecond() - sent;
                let old = off > CLOCK_WINDOW_MS && !self.leaves_out("timestamps-old");
                let early = off < -CLOCK_WINDOW_MS && !self.leaves_out("timestamps-early");
                let strict = self.leaves_out("timestamps-within") && off.abs() > 5_000;
                if old || early || strict {
                    return Err((403, "timestamps相差超过30秒"));
                }
            }
        }
        let body: Value = serde_json::from_slice(&request.body).map_err(|_| (400, "报文格式不正确"))?;
        let Some(sealed) = body["cipherText"].as_str() else {
            return if self.leaves_out("cipher") { Ok(body) } else { Err((400, "没有cipherText")) };
        };
        let plain = protocol::envelope::open(sealed, &session.app_secret.into(), self.options());
        let plain = match plain {
            Err(_) if self.leaves_out("other-key") => return Ok(json!({ "dataObjName": "ODS_X", "fileds": [] })),
            plain => plain.map_err(|_| (400, "密文无法解密"))?,
        };
        let given = request.header(header::SIGN).unwrap_or_default();
        if given.is_empty() {
            return if self.leaves_out("sign-missing") { read(&plain) } else { Err((403, "sign缺失")) };
        }
        let random = request.header(header::RANDOM).unwrap_or_default();
        let covers_random = !self.leaves_out("sign-random");
        let random = if covers_random { random } else { "" };
        let wanted = sign::sign(&plain, timestamps, random);
        // A receiver that ignores `random` takes the digest with and without it.
        let loose = !covers_random && given.len() == 64;
        if given != wanted && !loose && !self.leaves_out("sign") {
            return Err((403, "sign不一致"));
        }
        if self.leaves_out("utf-8") && !plain.is_ascii() {
            return Err((400, "报文格式不正确"));
        }
        read(&plain)
    }

    /// Takes a submission.
    fn take(&self, plain: &Value) -> Result<(Value, Value), Refused> {
        let table = plain["dataObjName"].as_str().unwrap_or_default();
        let spelled = plain["fileds"].as_array();
        let rows = spelled.or(plain["fields"].as_array().filter(|_| self.leaves_out("fileds")));
        let rows = rows.ok_or((400, "没有fileds"))?;
        if !table.starts_with("ODS_") || table.contains("NONE") {
            return if self.leaves_out("table") {
                Ok((json!({ "time": "2026-01-01 00:00:00" }), Value::Null))
            } else {
                Err((404, "数据对象不存在"))
            };
        }
        if self.leaves_out("hundred") && rows.len() > 50 {
            return Err((413, "数据过多"));
        }
        let (stored, remark) = self.judge(table, rows);
        let mut state = self.state();
        let at = Timestamp::now().as_millisecond().max(state.last + 1_000);
        state.last = at;
        let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX);
        state.entries.push(Entry { at, table: table.to_owned(), rows: rows.clone(), stored, remark });
        Ok((json!({ "time": time::seconds_text(at) }), Value::Null))
    }

    /// How many rows are stored, and the remark about the others.
    fn judge(&self, table: &str, rows: &[Value]) -> (usize, Option<String>) {
        let Sample { table: known, key, row, wrong_column, wrong_value } = &self.sample;
        if table != known {
            return (rows.len(), None);
        }
        let columns = |row: &Map<String, Value>| row.keys().cloned().collect::<Vec<_>>();
        let mut own = columns(row);
        own.sort();
        let has_own = |row: &Value| {
            let mut given = row.as_object().map(columns).unwrap_or_default();
            given.sort();
            given == own
        };
        if !self.leaves_out("columns") && !rows.iter().all(has_own) {
            return (0, Some("字段数量与数据对象不符".to_owned()));
        }
        let mut errors = Vec::new();
        for (num, row) in (1..).zip(rows) {
            let error = |text: String| json!({ "num": num, "pkValue": row[key], "error": text });
            if row[key].as_str().unwrap_or_default().is_empty() && !self.leaves_out("key") {
                errors.push(error(format!("{key} 字段{key} 主键为空")));
            } else if row[wrong_column] == *wrong_value && !self.leaves_out("format") {
                errors.push(error(format!("{wrong_column} 字段{wrong_column} 此字段内容格式不正确")));
            }
        }
        let stored = if self.leaves_out("others") && !errors.is_empty() { 0 } else { rows.len() - errors.len() };
        (stored, (!errors.is_empty()).then(|| Value::from(errors).to_string()))
    }

    /// Finds results.
    fn find(&self, plain: &Value) -> Result<(Value, Value), Refused> {
        let moment = |name: &str| plain[name].as_str().and_then(time::parse).and_then(time::moment);
        let number = |name: &str| match &plain[name] {
            Value::String(text) if self.leaves_out("page-text") => text.parse::<f64>().ok().map(|_| 0),
            Value::String(text) => text.parse::<usize>().ok(),
            other => other.as_u64().and_then(|number| usize::try_from(number).ok()),
        };
        let (from, to) = moment("startTime").zip(moment("endTime")).ok_or((400, "时间格式不正确"))?;
        let (page, limit) =
            number("page").zip(number("limit")).filter(|(page, _)| *page > 0).ok_or((400, "页码不正确"))?;
        let name = plain["tableName"].as_str().unwrap_or_default();
        let to = to.checked_add(SignedDuration::from_millis(999)).unwrap_or(to);
        let state = self.state();
        let limit = limit.min(state.longest_page.unwrap_or(usize::MAX));
        let found: Vec<Value> = (1..)
            .zip(&state.entries)
            .filter(|(_, entry)| self.leaves_out("window") || (entry.at >= from && entry.at <= to))
            .filter(|(_, entry)| self.leaves_out("table-name") || entry.table.contains(name))
            .map(|(id, entry)| self.entry(id, entry))
            .collect();
        let (count, skipped) = (found.len(), if self.leaves_out("page") { 0 } else { (page - 1) * limit });
        let data: Vec<Value> = found.into_iter().skip(skipped).take(limit).collect();
        Ok((data.into(), count.into()))
    }

    fn entry(&self, id: usize, entry: &Entry) -> Value {
        let (collected, all) = (entry.rows.len(), entry.stored == entry.rows.len());
        json!({
            "id": id.to_string(), "batchId": id.to_string(), "type": "RPC", "sysName": self.connection.username,
            "timestamps": time::millis_text(entry.at), "tableName": entry.table, "collectNum": collected,
            "storageNum": entry.stored, "remark": entry.remark, "state": if all { "1" } else { "0" },
            "stateInfo": if all { "全部成功" } else { "失败" },
        })
    }
}

/// Keeps a session under a new access token; the data of the reply, with the two secrets for a login.
fn kept(state: &mut State, session: Session, own: &Connection, with_secrets: bool) -> Value {
    let access = text(32);
    let mut data = json!({
        "access_token": access, "refresh_token": session.refresh_token, "expires_in": 7199,
        "refresh_expires_in": 2_591_999, "client_id": own.client_id, "scope": "server", "openid": text(16),
    });
    if with_secrets {
        data["client_secret"] = json!(session.client_secret);
        data["app_secret"] = json!(session.app_secret);
        data["app_key"] = json!(own.app_key.expose());
    }
    state.sessions.insert(access, session);
    data
}

fn done(data: Value, count: Value) -> Value {
    json!({ "returnCode": "200", "returnMessage": "操作成功", "returnData": data, "returnCount": count })
}

fn read(plain: &[u8]) -> Result<Value, Refused> {
    serde_json::from_slice(plain).map_err(|_| (400, "报文格式不正确"))
}

fn text(length: u32) -> String {
    sign::random_text(&mut OsRng, length)
}
