//! The command, the events and the window of the desktop program.

use std::sync::Arc;

use desk::CallError;
use desk::{Desk, Env, Event, Listener};
use serde_json::Value;
use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Emitter, State, Url, WebviewUrl, WebviewWindowBuilder};
use tokio::sync::watch;

use crate::arguments::Opening;
use crate::opening;

/// The state of the program that the command of the page uses.
pub struct AppState {
    desk: Arc<Desk>,
    /// True as soon as opening the book of the start has succeeded or failed. Calls of the page wait for it.
    ready: watch::Receiver<bool>,
}

/// Runs the program until its window is closed.
pub fn run(opening: Opening) -> Result<(), String> {
    let env = Env::real();
    desk::log_panics(&env);
    let desk = Desk::new(env.clone()).map_err(|error| format!("{}: {:?}", error.code, error.params))?;
    let (opened, ready) = watch::channel(false);
    let state = AppState { desk: desk.clone(), ready };
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(state)
        .invoke_handler(tauri::generate_handler![call, crate::folder::show_in_folder])
        .setup(move |app| {
            tauri::async_runtime::spawn(forward(desk.subscribe(), app.handle().clone()));
            tauri::async_runtime::spawn(desk::schedule::watch(Arc::downgrade(&desk)));
            tauri::async_runtime::spawn(desk::check::watch(Arc::downgrade(&desk), desk.subscribe()));
            open_window(app, &env)?;
            tauri::async_runtime::spawn(async move {
                opening::open(&desk, &env, opening).await;
                // This cannot fail: the receiving end is kept in the state of the program until the program ends.
                let _ = opened.send(true);
            });
            Ok(())
        })
        .run(tauri::generate_context!())
        .map_err(|error| error.to_string())
}

/// The command for all use cases: makes the call of the desk with this name.
#[tauri::command]
pub async fn call(state: State<'_, AppState>, name: String, request: Value) -> Result<Value, CallError> {
    let mut ready = state.ready.clone();
    // The wait fails only when the sender was dropped, and then there is nothing to wait for.
    let _ = ready.wait_for(|ready| *ready).await;
    state.desk.call(&name, request).await
}

/// Sends the events of the desk to the page until the desk ends.
async fn forward(mut events: Listener, app: AppHandle) {
    while let Some(event) = events.next().await {
        // Sending fails only while the window closes, and then the event is not needed.
        let _ = match event {
            Event::Progress(progress) => app.emit("progress", progress),
            Event::Changed(changed) => app.emit("changed", changed),
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
            // Setting the title fails only while the window closes, and then the title is not needed.
            let _ = window.set_title(&title);
        })
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// Whether an address is the page of the program. The window opens no other address.
fn is_own_page(address: &Url) -> bool {
    match address.scheme() {
        "tauri" => address.host_str() == Some("localhost"),
        "http" | "https" => address.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_own_page;

    #[test]
    fn the_window_opens_only_the_page_of_the_program() {
        let opens = |address: &str| is_own_page(&address.parse().unwrap());
        assert!(opens("tauri://localhost/"));
        assert!(opens("http://tauri.localhost/index.html"));
        assert!(!opens("https://example.com/"));
        assert!(!opens("http://tauri.localhost.example.com/"));
        assert!(!opens("file:///etc/hostname"));
        assert!(!opens("data:text/html,x"));
    }
}
