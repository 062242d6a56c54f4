//! The loopback bridge: the page's calls and events over HTTP, so that a browser can stand in for the window.
//!
//! A test tool, never shipped: it listens on loopback only and serves one person's book to every program on this
//! machine.
//!
//! - `GET /`: the built interface, under the window's own content security policy
//! - `POST /call/NAME`: one call of the desk; 200 with the response, or 422 with the error
//! - `GET /events`: the events `progress` and `changed`
//! - `POST /upload?name=F`: takes a file, answers `{path}`; an empty upload makes a place to save to
//! - `GET /download?path=P`: gives back a file that lies at such a place
//!
//! `tianbao-bridge --home DIR --ui DIR --listen 127.0.0.1:0` prints one line `{"address"}` and serves until it is
//! ended.

mod files;
mod page;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::sse::{Event as Told, KeepAlive, Sse};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use desk::{Desk, Env, Event};
use futures_util::stream::{self, Stream};
use serde_json::{Value, json};

/// What every request reaches.
struct Bridge {
    desk: Arc<Desk>,
    files: files::Places,
    page: page::Page,
}

/// The arguments of the bridge.
struct Arguments {
    home: PathBuf,
    ui: PathBuf,
    listen: SocketAddr,
}

#[tokio::main]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            complain(&words);
            ExitCode::from(2)
        }
    }
}

async fn serve() -> Result<(), String> {
    let Arguments { home, ui, listen } = arguments(std::env::args().skip(1))?;
    let env = Env { books: home.join("books"), home, ..Env::real() };
    let desk = Desk::new(env).map_err(|error| error.code)?;
    tokio::spawn(desk::check::watch(Arc::downgrade(&desk), desk.subscribe()));
    let bridge = Bridge { desk, files: files::Places::new()?, page: page::Page::new(ui) };
    let router = Router::new()
        .route("/call/{name}", post(call))
        .route("/events", get(events))
        .route("/upload", post(files::upload))
        .route("/download", get(files::download))
        .fallback(page::serve)
        .layer(DefaultBodyLimit::disable())
        .with_state(Arc::new(bridge));
    let listener = tokio::net::TcpListener::bind(listen).await.map_err(|error| format!("{listen}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    announce(&json!({ "address": format!("http://{address}") }));
    axum::serve(listener, router).await.map_err(|error| error.to_string())
}

fn arguments(words: impl Iterator<Item = String>) -> Result<Arguments, String> {
    const USAGE: &str = "tianbao-bridge --home DIR --ui DIR --listen 127.0.0.1:0";
    let words: Vec<String> = words.collect();
    let (mut home, mut ui, mut listen) = (None, None, None);
    for pair in words.chunks(2) {
        match pair {
            [name, value] if name == "--home" => home = Some(PathBuf::from(value)),
            [name, value] if name == "--ui" => ui = Some(PathBuf::from(value)),
            [name, value] if name == "--listen" => listen = value.parse::<SocketAddr>().ok(),
            _ => return Err(USAGE.to_owned()),
        }
    }
    match (home, ui, listen) {
        (Some(home), Some(ui), Some(listen)) if listen.ip().is_loopback() => Ok(Arguments { home, ui, listen }),
        _ => Err(USAGE.to_owned()),
    }
}

async fn call(State(bridge): State<Arc<Bridge>>, Path(name): Path<String>, Json(request): Json<Value>) -> Response {
    match bridge.desk.call(&name, request).await {
        Ok(response) => Json(response).into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response(),
    }
}

async fn events(State(bridge): State<Arc<Bridge>>) -> Sse<impl Stream<Item = Result<Told, Infallible>>> {
    let told = stream::unfold(bridge.desk.subscribe(), |mut events| async move {
        loop {
            let told = match events.next().await? {
                Event::Progress(progress) => Told::default().event("progress").json_data(progress),
                Event::Changed(changed) => Told::default().event("changed").json_data(changed),
            };
            if let Ok(told) = told {
                return Some((Ok(told), events));
            }
        }
    });
    Sse::new(told).keep_alive(KeepAlive::default())
}

#[expect(clippy::print_stdout, reason = "the caller reads the address there")]
fn announce(hello: &Value) {
    println!("{hello}");
}

#[expect(clippy::print_stderr, reason = "a test tool says in the terminal why it ended")]
fn complain(words: &str) {
    eprintln!("{words}");
}

#[cfg(test)]
mod tests {
    use super::arguments;

    #[test]
    fn it_listens_on_loopback_only() {
        let read = |listen: &str| {
            let words = ["--home", "h", "--ui", "u", "--listen", listen].map(str::to_owned);
            arguments(words.into_iter()).is_ok()
        };
        assert!(read("127.0.0.1:0"));
        assert!(read("[::1]:8080"));
        assert!(!read("0.0.0.0:8080"));
        assert!(!read("192.168.1.2:0"));
        assert!(!read("somewhere"));
    }
}
