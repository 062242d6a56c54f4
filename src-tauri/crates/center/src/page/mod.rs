//! The page of the centre, for people with a name and a password: progress, deliveries, reviews. It is plain HTML that
//! works without scripts. Numbers need a login; values of records need a role, and each look at them is recorded.
//!
//! - `session`: who is logged in; `html`: escaping and the frame of every page; `progress`, `table`, `review`: one page
//!   each.

mod html;
mod progress;
mod review;
mod session;
mod table;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Query, Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;
use store::inbox::AuditEvent;

use crate::attempts::Turn;
use crate::connections::Peer;
use crate::people::is_right;
use crate::routes::{Center, LOGIN_BYTES, blocking, read_body};
use crate::words::words;
use session::{Sessions, Viewer};

/// What the handlers need.
struct Page {
    center: Arc<Center>,
    sessions: Sessions,
}

type Shared = State<Arc<Page>>;

/// The parts of an address behind its question mark.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    name: String,
    after: String,
    id: i64,
}

/// The largest body of a review: reasons for many cells.
const REVIEW_BYTES: usize = 4 << 20;

/// The routes of the page.
pub(crate) fn router(center: Arc<Center>) -> Router {
    let sessions = Sessions::new(center.config.now.clone(), center.config.random.clone());
    Router::new()
        .route("/", get(home))
        .route("/style.css", get(style))
        .route("/login", post(log_in))
        .route("/logout", post(log_out))
        .route("/table", get(one_table))
        .route("/records", get(records))
        .route("/delivery", get(delivery).post(settle))
        .route("/remind", post(remind))
        .route("/progress.xlsx", get(workbook))
        .with_state(Arc::new(Page { center, sessions }))
}

async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("style.css")).into_response()
}

impl Page {
    fn now(&self) -> Timestamp {
        (self.center.config.now)()
    }

    /// Who asks, by the cookie.
    fn viewer(&self, headers: &HeaderMap) -> Option<Viewer> {
        let cookies = headers.get(COOKIE)?.to_str().ok()?;
        let token = cookies.split(';').find_map(|pair| pair.trim().strip_prefix("center=").map(str::to_owned))?;
        // Rights are read anew for each request, so that a person who was removed is out at once.
        self.sessions.find(&token, |name| self.center.inbox.person(name).ok().flatten())
    }

    /// Enters what a person did into the audit log.
    fn record(&self, viewer: &Viewer, from: &Peer, what: &str, about: &str, count: u64) -> bool {
        let event = AuditEvent {
            who: viewer.person.name.clone(),
            from: from.ip.to_string(),
            about: about.to_owned(),
            count,
            ..AuditEvent::new(self.now(), what)
        };
        self.center.inbox.note(&[event]).is_ok()
    }
}

/// Answers with `work` for a person who is logged in, else with the login.
async fn shown(
    page: Arc<Page>,
    headers: HeaderMap,
    work: impl FnOnce(&Page, &Viewer) -> Option<Response> + Send + 'static,
) -> Response {
    let answer = blocking(move || {
        let Some(viewer) = page.viewer(&headers) else { return Some(html::login("")) };
        work(&page, &viewer)
    });
    answer.await.flatten().unwrap_or_else(|| html::failed(&words("page.failed", &[])))
}

async fn home(State(page): Shared, headers: HeaderMap) -> Response {
    shown(page, headers, |page, viewer| Some(progress::page(&page.center, viewer, page.now())?.into_response())).await
}

async fn one_table(State(page): Shared, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    shown(page, headers, move |page, viewer| table::page(&page.center, viewer, &asked.name)).await
}

async fn records(
    State(page): Shared,
    Extension(peer): Extension<Peer>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    shown(page, headers, move |page, viewer| {
        let (answer, count) = table::records(&page.center, viewer, &asked.name, &asked.after)?;
        // Values are shown only if the look stands in the log.
        (count == 0 || page.record(viewer, &peer, "looked", &asked.name, count)).then_some(answer)
    })
    .await
}

async fn delivery(
    State(page): Shared,
    Extension(peer): Extension<Peer>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    shown(page, headers, move |page, viewer| {
        let (answer, table, count) = review::page(&page.center, viewer, asked.id)?;
        (count == 0 || page.record(viewer, &peer, "looked", &table, count)).then_some(answer)
    })
    .await
}

/// A form of a person who is logged in, with the token of the session in it.
async fn form(page: &Arc<Page>, request: Request, limit: usize) -> Option<(Viewer, Vec<(String, String)>)> {
    let viewer = {
        let (page, headers) = (page.clone(), request.headers().clone());
        blocking(move || page.viewer(&headers)).await.flatten()?
    };
    let bytes = read_body(request.into_body(), limit).await.ok()?;
    let fields: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().collect();
    let given = fields.iter().find(|(name, _)| name == "form").map(|(_, value)| value.as_str());
    given.is_some_and(|given| protocol::sign::same(&viewer.form, given)).then_some((viewer, fields))
}

async fn settle(State(page): Shared, Query(asked): Query<Asked>, request: Request) -> Response {
    let Some((viewer, fields)) = form(&page, request, REVIEW_BYTES).await else { return html::login("") };
    let settled = blocking(move || review::settle(&page.center, &viewer, asked.id, &fields, page.now()));
    match settled.await.flatten() {
        Some(true) => to("/"),
        _ => html::failed(&words("page.not-settled", &[])),
    }
}

async fn remind(State(page): Shared, Extension(peer): Extension<Peer>, request: Request) -> Response {
    let Some((viewer, fields)) = form(&page, request, LOGIN_BYTES).await else { return html::login("") };
    let noted = blocking(move || {
        let department = fields.iter().find(|(name, _)| name == "department").map(|(_, value)| value.clone())?;
        let now = page.now();
        let may = viewer.sees_department(&department) && progress::reminded(&page.center, &department, now);
        (may && page.record(&viewer, &peer, "reminded", &department, 1)).then_some(())
    });
    match noted.await.flatten() {
        Some(()) => to("/"),
        None => html::failed(&words("page.failed", &[])),
    }
}

async fn workbook(State(page): Shared, Extension(peer): Extension<Peer>, headers: HeaderMap) -> Response {
    shown(page, headers, move |page, viewer| {
        let bytes = progress::workbook(&page.center, viewer, page.now())?;
        page.record(viewer, &peer, "downloaded", "progress", 1).then(|| {
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            let name = "attachment; filename=\"progress.xlsx\"";
            ([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)], bytes).into_response()
        })
    })
    .await
}

async fn log_in(State(page): Shared, Extension(peer): Extension<Peer>, request: Request) -> Response {
    let center = page.center.clone();
    let Ok(bytes) = read_body(request.into_body(), LOGIN_BYTES).await else { return html::login("") };
    let field = |name: &str| {
        form_urlencoded::parse(&bytes).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    };
    let (name, password) = (field("name").unwrap_or_default(), field("password").unwrap_or_default());
    // Names of people and of accounts are counted apart.
    let counted = format!("page {name}");
    let may = center.buckets.address(peer.ip) && center.attempts.turn(peer.ip, &counted).await == Turn::Now;
    let known = match may {
        true => {
            let (inbox, name) = (center.inbox.clone(), name.clone());
            blocking(move || inbox.person(&name).ok().flatten().filter(|person| is_right(person, &password))).await
        }
        false => None,
    };
    let person = known.flatten();
    let code = if person.is_some() { 200 } else { 401 };
    center.journal.note((center.config.now)(), peer.ip, "/login", code, &name);
    let Some(person) = person else {
        center.attempts.failed(peer.ip, &counted);
        return html::login(&words("page.wrong-login", &[]));
    };
    center.attempts.succeeded(peer.ip, &counted);
    peer.prove();
    let secure = if center.config.tls.is_some() { "; Secure" } else { "" };
    let cookie = format!("center={}; Path=/; HttpOnly; SameSite=Strict{secure}", page.sessions.open(&person.name));
    with_cookie(to("/"), &cookie)
}

async fn log_out(State(page): Shared, request: Request) -> Response {
    if let Some((viewer, _)) = form(&page, request, LOGIN_BYTES).await {
        page.sessions.close(&viewer.form);
    }
    with_cookie(to("/"), "center=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
}

/// Sends the browser to another page, so that going back does not send a form again.
fn to(path: &'static str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path)], Body::empty()).into_response()
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(SET_COOKIE, value);
    }
    response
}
