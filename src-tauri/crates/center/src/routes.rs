//! The requests of the protocol.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::DATE;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use protocol::login::{self, Grant};
use protocol::message::{LoginReply, SubmitRequest};
use protocol::{Authorise, Options, QueryRequest, Reply, ResultEntry, RsaPlaintext, SubmitData, path, sign, time};
use rsa::RsaPrivateKey;
use store::inbox::{InboxResult, ReceivedDelivery, ResultQuery};
use store::{Inbox, StoreError};

use crate::account::Account;
use crate::admit::admit;
use crate::config::Config;
use crate::judge::find_table;
use crate::refusal::Refusal;
use crate::tokens::{Session, Tokens};

/// Most entries in one page of results.
const MOST_RESULTS: u32 = 1000;

/// What all routes need.
pub(crate) struct Center {
    pub config: Config,
    pub accounts: Vec<Account>,
    pub inbox: Arc<Inbox>,
    pub key: RsaPrivateKey,
    pub public_key: String,
    pub tokens: Tokens,
    /// Time of the last submission in milliseconds: the next one is later, so that a time belongs to one submission.
    pub last_time: AtomicI64,
}

type Shared = State<Arc<Center>>;

/// The routes.
pub(crate) fn router(center: Arc<Center>) -> Router {
    let limit = center.config.body_limit;
    Router::new()
        .route(path::AUTHORISE, post(authorise))
        .route(path::REFRESH, post(authorise))
        .route(path::PUBLIC_KEY, get(public_key))
        .route(path::SUBMIT, post(submit))
        .route(path::RESULTS, post(results))
        .layer(DefaultBodyLimit::max(limit))
        .layer(middleware::map_response_with_state(center.clone(), dated))
        .with_state(center)
}

/// Puts the receiver's own clock into the reply, by which senders set theirs.
async fn dated(State(center): Shared, mut response: Response) -> Response {
    let date = (center.config.now)().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::from_str(&date) {
        response.headers_mut().insert(DATE, date);
    }
    response
}

async fn public_key(State(center): Shared) -> Response {
    success(center.public_key.clone(), None)
}

/// Authorise and refresh differ in `grant_type` only; each address takes both.
async fn authorise(State(center): Shared, body: Result<Bytes, BytesRejection>) -> Response {
    let Ok(body) = body else { return Refusal::TooLong.login() };
    let grant = match blocking({
        let center = center.clone();
        move || open_login(&center, &body)
    })
    .await
    {
        Some(Some(grant)) => grant,
        Some(None) => return Refusal::Body.login(),
        None => return Refusal::Failed.login(),
    };
    let data = match grant {
        Grant::Password { client_id, username, password } => {
            let known = center.accounts.iter().find(|account| account.username == username).filter(|account| {
                account.client_id == client_id && sign::same(account.password.expose(), password.expose())
            });
            match known {
                Some(account) => center.tokens.open(account, &center.config),
                None => return Refusal::Account.login(),
            }
        }
        Grant::Refresh { client_secret, refresh_token, .. } => {
            match center.tokens.renew(&client_secret, &refresh_token, &center.config) {
                Some(data) => data,
                None => return Refusal::RefreshToken.login(),
            }
        }
    };
    Json(LoginReply { code: 200, msg: "ok".into(), data: Some(data) }).into_response()
}

/// Parameters in the clear, or encrypted as JSON or as a form.
fn open_login(center: &Center, body: &[u8]) -> Option<Grant> {
    let ways = [
        (Authorise::Rsa, RsaPlaintext::Json),
        (Authorise::Rsa, RsaPlaintext::Form),
        (Authorise::Plain, RsaPlaintext::Json),
    ];
    ways.into_iter().find_map(|(authorise, rsa_plaintext)| {
        let options = Options { authorise, rsa_plaintext, ..center.config.options.clone() };
        login::open(body, &options, &center.key).ok()
    })
}

async fn submit(State(center): Shared, headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    let Ok(body) = body else { return Refusal::TooLong.into_response() };
    match blocking(move || receive(&center, &headers, &body)).await {
        Some(Ok(data)) => success(data, None),
        Some(Err(refusal)) => refusal.into_response(),
        None => Refusal::Failed.into_response(),
    }
}

/// Judges and stores a submission.
fn receive(center: &Center, headers: &HeaderMap, body: &[u8]) -> Result<SubmitData, Refusal> {
    let config = &center.config;
    let (session, plain) = admit(headers, body, &center.tokens, &config.options, (config.now)())?;
    let request: SubmitRequest = serde_json::from_slice(&plain).map_err(|_| Refusal::Body)?;
    let (edition, table) = find_table(&config.editions, &request.table, request.rows.first()).ok_or(Refusal::Table)?;
    if request.rows.is_empty() {
        return Err(Refusal::Empty);
    }
    let judgement = (config.judge)(edition, table, &request.rows);
    let at = center.next_time();
    let delay = SignedDuration::from_secs(config.delay_s.into());
    let delivery = ReceivedDelivery {
        account: session.account.username.clone(),
        table: table.name.clone(),
        at,
        result_at: at.checked_add(delay).unwrap_or(at),
        collected: request.rows.len() as u64,
        remark: judgement.remark,
        rows: judgement.stored,
    };
    center.inbox.receive(&delivery).map_err(|_| Refusal::Failed)?;
    Ok(SubmitData { time: time::seconds_text(at), size: Some(delivery.collected) })
}

async fn results(State(center): Shared, headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    let Ok(body) = body else { return Refusal::TooLong.into_response() };
    let found = blocking(move || find_results(&center, &headers, &body));
    match found.await {
        Some(Ok((total, entries))) => success(entries, Some(total)),
        Some(Err(refusal)) => refusal.into_response(),
        None => Refusal::Failed.into_response(),
    }
}

fn find_results(center: &Center, headers: &HeaderMap, body: &[u8]) -> Result<(u64, Vec<ResultEntry>), Refusal> {
    let config = &center.config;
    let now = (config.now)();
    let (session, plain) = admit(headers, body, &center.tokens, &config.options, now)?;
    let query = query(&session, &plain, now).ok_or(Refusal::Body)?;
    let (total, found) = center.inbox.results(&query).map_err(|_: StoreError| Refusal::Failed)?;
    Ok((total, found.into_iter().map(entry).collect()))
}

/// The times have whole seconds, so the last second belongs to the window as a whole.
fn query(session: &Session, plain: &[u8], now: Timestamp) -> Option<ResultQuery> {
    let query = QueryRequest::from_json(plain)?;
    let limit = query.limit.min(MOST_RESULTS);
    let to = time::moment(time::parse(&query.end)?)?;
    Some(ResultQuery {
        account: session.account.username.clone(),
        from: time::moment(time::parse(&query.start)?)?,
        to: to.checked_add(SignedDuration::from_millis(999)).ok()?,
        table: query.table,
        now,
        offset: u64::from(query.page.checked_sub(1)?) * u64::from(limit),
        limit: limit.into(),
    })
}

fn entry(result: InboxResult) -> ResultEntry {
    let all = result.stored >= result.collected;
    ResultEntry {
        id: result.id.to_string(),
        batch_id: Some(result.id.to_string()),
        kind: "RPC".into(),
        sys_name: result.account,
        timestamps: time::millis_text(result.at),
        table_name: result.table,
        collect_num: Some(result.collected),
        storage_num: Some(result.stored),
        remark: result.remark,
        state: if all { "1" } else { "0" }.into(),
        state_info: if all { "全部成功" } else { "失败" }.into(),
    }
}

impl Center {
    /// The time of a submission: now, and later than the one before.
    fn next_time(&self) -> Timestamp {
        let now = (self.config.now)().as_millisecond();
        let later = |last: i64| Some(now.max(last.saturating_add(1)));
        let last = self.last_time.fetch_update(Ordering::SeqCst, Ordering::SeqCst, later).unwrap_or(now);
        Timestamp::from_millisecond(now.max(last.saturating_add(1))).unwrap_or(Timestamp::MAX)
    }
}

/// Runs `f` on a thread that may wait: ciphers, checks and the database would block those that serve.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

fn success<T: serde::Serialize>(data: T, count: Option<u64>) -> Response {
    let reply = Reply { code: protocol::OK.into(), message: "操作成功".into(), data: Some(data), count };
    Json(reply).into_response()
}
