//! The requests of the protocol.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Extension, Request, State};
use axum::http::HeaderValue;
use axum::http::header::DATE;
use axum::middleware;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use protocol::login::{self, Grant};
use protocol::message::{LoginReply, SubmitRequest};
use protocol::{
    Authorise, LoginData, Options, QueryRequest, Reply, ResultEntry, Row, RsaPlaintext, SubmitData, path, sign, time,
};
use rsa::RsaPrivateKey;
use sha2::{Digest, Sha256};
use store::inbox::{InboxResult, ReceivedDelivery, ResultQuery};
use store::{Inbox, StoreError};

use crate::account::Account;
use crate::admit;
use crate::attempts::{Attempts, Turn};
use crate::checks::{self, Checks};
use crate::config::Config;
use crate::connections::Peer;
use crate::journal::Journal;
use crate::judge::find_table;
use crate::rates::Buckets;
use crate::refusal::Refusal;
use crate::replays::Replays;
use crate::tokens::{Session, Tokens};
use crate::words::words;

/// The largest number of entries in one page of results.
const MOST_RESULTS: u32 = 1000;

/// What all routes need.
pub(crate) struct Center {
    pub config: Config,
    pub accounts: Vec<Account>,
    pub inbox: Arc<Inbox>,
    pub key: RsaPrivateKey,
    pub public_key: String,
    pub tokens: Tokens,
    pub attempts: Attempts,
    pub replays: Replays,
    pub journal: Journal,
    pub buckets: Buckets,
    /// Time of the last submission in milliseconds: the next one is later, so that a time belongs to one submission.
    pub last_time: AtomicI64,
}

type Shared = State<Arc<Center>>;

/// The largest number of bytes of a login's body; the longest has a text of a few RSA blocks.
pub(crate) const LOGIN_BYTES: usize = 64 << 10;

/// The longest time in which a body has to arrive.
const BODY_TIME: Duration = Duration::from_secs(120);

/// How many bytes of a refused request are read and discarded, and for how long.
const PASSED_OVER: usize = 1 << 20;
const PASSING_TIME: Duration = Duration::from_secs(5);

/// The routes.
pub(crate) fn router(center: Arc<Center>) -> Router {
    Router::new()
        .route(path::AUTHORISE, post(authorise))
        .route(path::REFRESH, post(authorise))
        .route(path::PUBLIC_KEY, get(public_key))
        .route(path::SUBMIT, post(submit))
        .route(path::RESULTS, post(results))
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
async fn authorise(State(center): Shared, Extension(peer): Extension<Peer>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mut account = String::new();
    let login = log_in(&center, &peer, request.into_body(), &mut account).await;
    let code = login.as_ref().map_or_else(|refusal| refusal.code(), |_| 200);
    center.journal.note((center.config.now)(), peer.ip, &path, code, &account);
    match login {
        Ok(data) => Json(LoginReply { code: 200, msg: "ok".into(), data: Some(data) }).into_response(),
        Err(refusal) => refusal.login(),
    }
}

/// Judges a login; `account` gets the name that it gives.
async fn log_in(center: &Arc<Center>, peer: &Peer, body: Body, account: &mut String) -> Result<LoginData, Refusal> {
    if !center.buckets.address(peer.ip) {
        pass_over(body).await;
        return Err(Refusal::TooOften);
    }
    let body = read_body(body, LOGIN_BYTES).await?;
    let opened = blocking({
        let center = center.clone();
        move || open_login(&center, &body)
    });
    match opened.await.ok_or(Refusal::Failed)?.ok_or(Refusal::Body)? {
        Grant::Password { client_id, username, password } => {
            account.clone_from(&username);
            if center.attempts.turn(peer.ip, &username).await == Turn::TooMany {
                return Err(Refusal::TooMany);
            }
            let accounts = center.accounts()?;
            let known = accounts.iter().find(|known| {
                known.username == username
                    && known.client_id == client_id
                    && sign::same(known.password.expose(), password.expose())
            });
            let Some(known) = known else {
                center.attempts.failed(peer.ip, &username);
                return Err(Refusal::Account);
            };
            center.attempts.succeeded(peer.ip, &username);
            peer.prove();
            Ok(center.tokens.open(known, &center.config))
        }
        Grant::Refresh { client_secret, refresh_token, .. } => {
            center.tokens.renew(&client_secret, &refresh_token, &center.config).ok_or(Refusal::RefreshToken)
        }
    }
}

/// Reads a body within the limits of size and time.
pub(crate) async fn read_body(body: Body, limit: usize) -> Result<Bytes, Refusal> {
    match tokio::time::timeout(BODY_TIME, axum::body::to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Refusal::TooLong),
        Err(_) => Err(Refusal::Body),
    }
}

/// Reads and discards what a refused sender is still sending, because a sender that is still writing does not read the
/// reply. Ends after [`PASSED_OVER`] bytes or a short time.
async fn pass_over(mut body: Body) {
    let reading = async {
        let mut left = PASSED_OVER;
        while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
            if left == 0 {
                break;
            }
        }
    };
    drop(tokio::time::timeout(PASSING_TIME, reading).await);
}

/// Reads the parameters of a login: plain, or encrypted as JSON or as a form.
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

async fn submit(State(center): Shared, Extension(peer): Extension<Peer>, request: Request) -> Response {
    match admitted(&center, &peer, request, receive).await {
        Ok(data) => success(data, None),
        Err(refusal) => refusal.into_response(),
    }
}

/// Checks the headers, then reads the body, then answers with `work`. In this order the receiver reads no body without
/// a valid token.
async fn admitted<T: Send + 'static>(
    center: &Arc<Center>,
    peer: &Peer,
    request: Request,
    work: fn(&Center, Session, &str, &[u8]) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let (parts, body) = request.into_parts();
    let now = (center.config.now)();
    let mut account = String::new();
    let head = admit::head(&parts.headers, &center.tokens, &center.config.options, now);
    let may = match &head {
        Err(_) => center.buckets.address(peer.ip),
        Ok(head) => center.buckets.account(&head.session.account.username),
    };
    let result = match head.and_then(|head| if may { Ok(head) } else { Err(Refusal::TooOften) }) {
        Err(refusal) => {
            pass_over(body).await;
            Err(refusal)
        }
        Ok(head) => {
            peer.prove();
            account.clone_from(&head.session.account.username);
            let from = peer.ip.to_string();
            let center = center.clone();
            match read_body(body, center.config.body_limit).await {
                Err(refusal) => Err(refusal),
                Ok(bytes) => {
                    let opened = move || {
                        let plain = head.open(&bytes, &center.config.options)?;
                        if !center.replays.is_first(&head.sign, now) {
                            return Err(Refusal::Replayed);
                        }
                        work(&center, head.session, &from, &plain)
                    };
                    blocking(opened).await.unwrap_or(Err(Refusal::Failed))
                }
            }
        }
    };
    if let Err(refusal) = &result {
        center.journal.note(now, peer.ip, parts.uri.path(), refusal.code(), &account);
    }
    result
}

/// Judges and stores a submission.
fn receive(center: &Center, session: Session, from: &str, plain: &[u8]) -> Result<SubmitData, Refusal> {
    let config = &center.config;
    let request: SubmitRequest = serde_json::from_slice(plain).map_err(|_| Refusal::Body)?;
    let (edition, table) = find_table(&config.editions, &request.table, request.rows.first()).ok_or(Refusal::Table)?;
    if request.rows.is_empty() {
        return Err(Refusal::Empty);
    }
    let today = (config.now)().to_zoned(store::NATIONAL_TIME).date();
    let judgement = (config.judge)(edition, table, &request.rows, &center.checks()?, today);
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
        from: from.to_owned(),
        fingerprint: fingerprint(&request.rows),
    };
    center.inbox.receive(&delivery).map_err(|_| Refusal::Failed)?;
    Ok(SubmitData { time: time::seconds_text(at), size: Some(delivery.collected) })
}

async fn results(State(center): Shared, Extension(peer): Extension<Peer>, request: Request) -> Response {
    match admitted(&center, &peer, request, find_results).await {
        Ok((total, entries)) => success(entries, Some(total)),
        Err(refusal) => refusal.into_response(),
    }
}

fn find_results(center: &Center, session: Session, _: &str, plain: &[u8]) -> Result<(u64, Vec<ResultEntry>), Refusal> {
    let query = query(&session, plain, (center.config.now)()).ok_or(Refusal::Body)?;
    let (total, found) = center.inbox.results(&query).map_err(|_: StoreError| Refusal::Failed)?;
    Ok((total, found.into_iter().map(entry).collect()))
}

/// The window of a query. Its times have whole seconds, so all of the last second belongs to it.
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
        state_info: words(if all { "receiver.all-stored" } else { "receiver.not-stored" }, &[]),
    }
}

/// SHA-256 of the rows as they came, with a line end between two.
fn fingerprint(rows: &[Row]) -> String {
    let mut digest = Sha256::new();
    for (at, row) in rows.iter().enumerate() {
        digest.update(if at == 0 { "" } else { "\n" });
        digest.update(row.get());
    }
    hex::encode(digest.finalize())
}

impl Center {
    /// Who may submit: those of the account file, else those that the database has now.
    fn accounts(&self) -> Result<Vec<Account>, Refusal> {
        if self.config.accounts.is_some() {
            return Ok(self.accounts.clone());
        }
        let kept = self.inbox.accounts().map_err(|_| Refusal::Failed)?;
        Ok(kept.into_iter().map(Account::from).collect())
    }

    /// The checks that the college chose; a choice that this build cannot read is an error, so that no row is judged by
    /// fewer checks than it asked for.
    fn checks(&self) -> Result<Checks, Refusal> {
        match self.inbox.setting(checks::SETTING).map_err(|_| Refusal::Failed)? {
            Some(kept) => serde_json::from_value(kept).map_err(|_| Refusal::Failed),
            None => Ok(Checks::default()),
        }
    }

    /// The time of a submission: now, and later than the one before.
    fn next_time(&self) -> Timestamp {
        let now = (self.config.now)().as_millisecond();
        let later = |last: i64| Some(now.max(last.saturating_add(1)));
        let last = self.last_time.fetch_update(Ordering::SeqCst, Ordering::SeqCst, later).unwrap_or(now);
        Timestamp::from_millisecond(now.max(last.saturating_add(1))).unwrap_or(Timestamp::MAX)
    }
}

/// Runs `work` on a thread that may wait, because ciphers, checks and the database would block the threads that serve.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

fn success<T: serde::Serialize>(data: T, count: Option<u64>) -> Response {
    let reply = Reply { code: protocol::OK.into(), message: words("receiver.done", &[]), data: Some(data), count };
    Json(reply).into_response()
}
