//! The command, the events and the window.

use std::sync::Arc;

use desk::CallError;
use desk::{Desk, Env, Event};
use serde_json::Value;
use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Emitter, State, Url, WebviewUrl, WebviewWindowBuilder};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use crate::arguments::Opening;
use crate::opening;

/// What the page's calls reach.
pub struct Counter {
    desk: Arc<Desk>,
    /// True once the book asked for at the start is open (or could not be opened).
    ready: watch::Receiver<bool>,
}

/// Runs the program until its window is closed.
pub fn run(opening: Opening) -> Result<(), String> {
    let env = Env::real();
    desk::log_panics(&env);
    let desk = Desk::new(env.clone()).map_err(|error| format!("{}: {:?}", error.code, error.params))?;
    let (opened, ready) = watch::channel(false);
    let counter = Counter { desk: desk.clone(), ready };
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(counter)
        .invoke_handler(tauri::generate_handler![call])
        .setup(move |app| {
            tauri::async_runtime::spawn(forward(desk.subscribe(), app.handle().clone()));
            open_window(app, &env)?;
            tauri::async_runtime::spawn(async move {
                if let Err(error) = opening::open(&desk, &env, opening).await {
                    crate::complain(&error.code);
                }
                // The receiver lives in the program's state, to its end.
                let _ = opened.send(true);
            });
            Ok(())
        })
        .run(tauri::generate_context!())
        .map_err(|error| error.to_string())
}

/// The page's one command: a call of the desk by name.
#[tauri::command]
pub async fn call(counter: State<'_, Counter>, name: String, request: Value) -> Result<Value, CallError> {
    let mut ready = counter.ready.clone();
    // Fails only when the sender is gone, and then there is nothing to wait for.
    let _ = ready.wait_for(|ready| *ready).await;
    counter.desk.call(&name, request).await
}

/// Passes the desk's events on to the page.
async fn forward(mut events: tokio::sync::broadcast::Receiver<Event>, app: AppHandle) {
    loop {
        // A window that is closing takes no event.
        let _ = match events.recv().await {
            Ok(Event::Progress(progress)) => app.emit("progress", progress),
            Ok(Event::Changed(changed)) => app.emit("changed", changed),
            Err(RecvError::Lagged(_)) => Ok(()),
            Err(RecvError::Closed) => return,
        };
    }
}

fn open_window(app: &App, env: &Env) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("填报")
        .inner_size(1366.0, 768.0)
        .min_inner_size(1024.0, 640.0)
        .prevent_overflow()
        .center()
        .data_directory(env.home.join("window"))
        .on_document_title_changed(|window, title| {
            // A window that is closing needs no title.
            let _ = window.set_title(&title);
        })
        .on_navigation(own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// Whether an address is the program's own page; the window goes nowhere else.
fn own(address: &Url) -> bool {
    match address.scheme() {
        "tauri" => address.host_str() == Some("localhost"),
        "http" | "https" => address.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::own;

    #[test]
    fn the_window_stays_at_its_own_page() {
        let goes = |address: &str| own(&address.parse().unwrap());
        assert!(goes("tauri://localhost/"));
        assert!(goes("http://tauri.localhost/index.html"));
        assert!(!goes("https://example.com/"));
        assert!(!goes("http://tauri.localhost.example.com/"));
        assert!(!goes("file:///etc/hostname"));
        assert!(!goes("data:text/html,x"));
    }
}
