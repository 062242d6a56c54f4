//! Messages where there is no page to show them in: on Windows in a box of the system, elsewhere on standard error.

use std::sync::OnceLock;

use serde_json::Value;

/// The Chinese sentence of a code in ui/src/text/errors.json; the code where it has none.
pub fn sentence(code: &str) -> String {
    static ERRORS: OnceLock<Value> = OnceLock::new();
    let errors =
        ERRORS.get_or_init(|| serde_json::from_str(include_str!("../../ui/src/text/errors.json")).unwrap_or_default());
    errors[code]["zh"].as_str().unwrap_or(code).to_owned()
}

/// Says why there is no window. A program with a window has no terminal on Windows, so a box says it there.
#[cfg_attr(not(windows), expect(clippy::print_stderr, reason = "there is no window to show it in"))]
pub fn complain(message: &str) {
    #[cfg(windows)]
    rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error).set_title("填报").set_description(message).show();
    #[cfg(not(windows))]
    eprintln!("{message}");
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_start_without_a_window_says_what_to_do() {
        for code in ["window.no-webview", "window.no-answer", "window.failed"] {
            let words = sentence(code);
            assert!(words.contains('。') && words.contains('请'), "{code}: {words}");
        }
        assert_eq!(sentence("no.such-code"), "no.such-code");
    }
}
