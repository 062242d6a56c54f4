//! The built interface, served as the window serves it.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::Bridge;

/// The interface's folder, and the policy of the window.
pub struct Page {
    folder: PathBuf,
    policy: String,
}

impl Page {
    pub fn new(folder: PathBuf) -> Page {
        Page { folder, policy: policy(include_str!("../../../src-tauri/tauri.conf.json")) }
    }
}

/// The window's content security policy as a header; only the way to the program differs.
fn policy(configuration: &str) -> String {
    let configuration: Value = serde_json::from_str(configuration).unwrap_or_default();
    let directives = configuration["app"]["security"]["csp"].as_object().into_iter().flatten();
    directives
        .map(|(name, sources)| match name.as_str() {
            "connect-src" => "connect-src 'self'".to_owned(),
            name => format!("{name} {}", sources.as_str().unwrap_or("'none'")),
        })
        .collect::<Vec<_>>()
        .join("; ")
}

pub async fn serve(State(bridge): State<Arc<Bridge>>, address: Uri) -> Response {
    let page = &bridge.page;
    let wanted = Path::new(address.path().trim_start_matches('/'));
    let inside = wanted.components().all(|part| matches!(part, Component::Normal(_)));
    let file = if wanted.as_os_str().is_empty() { page.folder.join("index.html") } else { page.folder.join(wanted) };
    match std::fs::read(&file) {
        Ok(content) if inside => {
            let headers = [
                (header::CONTENT_TYPE, kind(&file)),
                (header::CONTENT_SECURITY_POLICY, page.policy.as_str()),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, content).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, policy};

    #[test]
    fn the_policy_is_the_windows_own() {
        let given =
            r#"{"app":{"security":{"csp":{"default-src":"'none'","connect-src":"ipc: http://ipc.localhost"}}}}"#;
        assert_eq!(policy(given), "default-src 'none'; connect-src 'self'");
        let real = Page::new("ui".into()).policy;
        assert!(real.starts_with("default-src 'none'; script-src 'self';"), "{real}");
    }
}
