//! The command, the events and the window of the desktop program.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use desk::CallError;
use desk::{Desk, Env, Event, Listener};
use serde_json::Value;
use tauri::utils::config::WebviewInstallMode;
use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Emitter, State, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};
use tokio::sync::watch;

use crate::arguments::{Opening, Start};
use crate::instance::{self, Claim, First, Message};
use crate::opening;
use crate::placement;
use crate::words::sentence;

/// Arguments of WebView2 (other systems ignore them), so that it sends nothing by itself: no updates of components, no
/// lists of dangerous sites, no experiments, and no name is looked up, because the page comes from the program. The
/// first line is what the library would set.
const BROWSER_ARGUMENTS: &str = concat!(
    "--disable-features=msWebOOUI,msPdfOOUI,msSmartScreenProtection",
    " --disable-background-networking --disable-component-update --disable-domain-reliability --disable-sync",
    " --no-first-run --no-pings --host-resolver-rules=\"MAP * ~NOTFOUND\"",
);

/// The state of the program that the command of the page uses.
pub struct AppState {
    desk: Arc<Desk>,
    /// True as soon as opening the book of the start has succeeded or failed. Calls of the page wait for it.
    ready: watch::Receiver<bool>,
}

/// Runs the program until its window is closed, or hands over to the program that has the window.
pub fn start(start: Start) -> Result<(), String> {
    let env = Env::real();
    let folder = std::path::absolute(env.home.join("window")).unwrap_or_else(|_| env.home.join("window"));
    let opening = match start {
        Start::Show(opening) => opening,
        Start::Close => {
            return match tauri::async_runtime::block_on(instance::close(&folder)) {
                true => Ok(()),
                false => Err(sentence("window.no-answer")),
            };
        }
    };
    let book = match &opening {
        // The other program has its own folder, so it gets the whole path.
        Opening::Book(path) => Some(std::path::absolute(path).unwrap_or_else(|_| path.clone())),
        Opening::Nothing | Opening::Sample => None,
    };
    match tauri::async_runtime::block_on(instance::claim(&folder, &Message::Show(book))) {
        Ok(Claim::Heard) => Ok(()),
        Ok(Claim::First(first)) => run(env, folder, opening, first),
        Err(_) => Err(sentence("window.no-answer")),
    }
}

/// Runs the program until its window is closed.
fn run(env: Env, folder: PathBuf, opening: Opening, first: First) -> Result<(), String> {
    let mut context = tauri::generate_context!();
    find_webview(context.config_mut())?;
    desk::log_panics(&env);
    let desk = Desk::new(env.clone()).map_err(|error| sentence(&error.code))?;
    let (opened, ready) = watch::channel(false);
    let state = AppState { desk: desk.clone(), ready };
    let placed = folder.clone();
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(state)
        .invoke_handler(tauri::generate_handler![call, crate::folder::show_in_folder])
        .on_window_event(move |window, event| {
            if let WindowEvent::CloseRequested { .. } | WindowEvent::Destroyed = event {
                placement::keep(window, &placed);
            }
        })
        .setup(move |app| {
            tauri::async_runtime::spawn(forward(desk.subscribe(), app.handle().clone()));
            tauri::async_runtime::spawn(desk::schedule::watch(Arc::downgrade(&desk)));
            tauri::async_runtime::spawn(desk::check::watch(Arc::downgrade(&desk), desk.subscribe()));
            let window = open_window(app, &folder)?;
            placement::restore(&window, &folder);
            let (for_others, of_others) = (desk.clone(), window.clone());
            tauri::async_runtime::spawn(async move {
                // Without the socket a later start says that the program does not answer.
                let _ = first.listen(|message| heed(&for_others, &of_others, message)).await;
                // The right to the window is kept until the program ends.
                std::future::pending::<()>().await;
            });
            tauri::async_runtime::spawn(async move {
                opening::open(&desk, &env, opening).await;
                // This cannot fail: the receiving end is kept in the state of the program until the program ends.
                let _ = opened.send(true);
            });
            Ok(())
        })
        .run(context)
        .map_err(|error| format!("{}{error}", sentence("window.failed")))
}

/// Does what a later start of the program asks for. A window that closes meanwhile needs none of it.
fn heed(desk: &Desk, window: &WebviewWindow, message: Message) {
    match message {
        Message::Close => {
            let _ = window.close();
        }
        Message::Show(book) => {
            let _ = window.unminimize();
            let _ = window.set_focus();
            if let Some(path) = book {
                desk.hand_over(&path);
            }
        }
    }
}

/// Makes sure that there is a WebView2 before the window is made, because Tauri ends the program where there is none. A
/// runtime in the folder of the program comes before that of the PC.
fn find_webview(config: &mut tauri::Config) -> Result<(), String> {
    const OWN: &str = "webview2";

    let program = std::env::current_exe().ok();
    if program.and_then(|file| Some(file.parent()?.join(OWN).is_dir())).unwrap_or(false) {
        config.bundle.windows.webview_install_mode = WebviewInstallMode::FixedRuntime { path: OWN.into() };
        return Ok(());
    }
    if cfg!(windows) && tauri::webview_version().is_err() {
        return Err(sentence("window.no-webview"));
    }
    Ok(())
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

fn open_window(app: &App, folder: &Path) -> tauri::Result<WebviewWindow> {
    let (width, height) = placement::SMALLEST;
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("填报")
        .inner_size(1366.0, 768.0)
        .min_inner_size(width, height)
        .prevent_overflow()
        .center()
        .data_directory(folder.to_owned())
        .additional_browser_args(BROWSER_ARGUMENTS)
        .on_document_title_changed(|window, title| {
            // Setting the title fails only while the window closes, and then the title is not needed.
            let _ = window.set_title(&title);
        })
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()
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
