//! Escaping, the frame of every page, and the headers that keep other sites out of it.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

use super::session::Viewer;
use crate::words::words;

/// Nothing is loaded but the style sheet, no script runs, and forms go nowhere else.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_TYPE, "text/html; charset=utf-8"),
    (CONTENT_SECURITY_POLICY, POLICY),
    (CACHE_CONTROL, "no-store"),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
];

/// A text as it may stand in an element or in a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// The words under a key, escaped.
pub(super) fn say(key: &str, values: &[(&str, &str)]) -> String {
    escaped(&words(key, values))
}

/// A text of more characters gets a wider cell.
const LONG: usize = 24;

/// A table with a caption for readers of screens, headings, and rows of cells that are HTML already.
pub(super) fn table(caption: &str, headings: &[String], rows: &[Vec<String>]) -> String {
    let heads: String = headings.iter().map(|text| format!("<th scope=\"col\">{text}</th>")).collect();
    let line = |row: &Vec<String>| {
        let cell = |(text, head): (&String, &String)| {
            let class = if text.chars().count() > LONG && !text.starts_with('<') { " class=\"long\"" } else { "" };
            format!("<td{class} data-head=\"{head}\">{text}</td>")
        };
        format!("<tr>{}</tr>", row.iter().zip(headings).map(cell).collect::<String>())
    };
    let lines: String = rows.iter().map(line).collect();
    format!("<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>")
}

/// The hidden field that a form carries.
pub(super) fn hidden(viewer: &Viewer) -> String {
    format!("<input type=\"hidden\" name=\"form\" value=\"{}\">", escaped(&viewer.form))
}

/// A whole page for a person.
pub(super) fn page(title: &str, viewer: &Viewer, body: &str) -> Response {
    let out = format!(
        "<form method=\"post\" action=\"/logout\" class=\"who\"><span>{}</span>{}<button>{}</button></form>",
        escaped(&viewer.person.name),
        hidden(viewer),
        say("page.log-out", &[])
    );
    framed(StatusCode::OK, title, &out, body)
}

/// The login, with what was wrong with the last one.
pub(super) fn login(wrong: &str) -> Response {
    let alert = if wrong.is_empty() { String::new() } else { format!("<p role=\"alert\">{}</p>", escaped(wrong)) };
    let body = format!(
        "<form method=\"post\" action=\"/login\" class=\"login\">{alert}\
         <label for=\"name\">{}</label><input id=\"name\" name=\"name\" autocomplete=\"username\" required autofocus>\
         <label for=\"password\">{}</label>\
         <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" required>\
         <button>{}</button></form>",
        say("page.name", &[]),
        say("page.password", &[]),
        say("page.log-in", &[])
    );
    framed(StatusCode::OK, &words("page.log-in", &[]), "", &body)
}

/// A page that says that something did not work.
pub(super) fn failed(sentence: &str) -> Response {
    let body = format!("<p role=\"alert\">{}</p><p><a href=\"/\">{}</a></p>", escaped(sentence), say("page.back", &[]));
    framed(StatusCode::OK, &words("page.title", &[]), "", &body)
}

fn framed(status: StatusCode, title: &str, who: &str, body: &str) -> Response {
    let text = format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} · {name}</title>\
         <link rel=\"stylesheet\" href=\"/style.css\"></head><body>\
         <header><a href=\"/\">{name}</a>{who}</header><main><h1>{title}</h1>{body}</main></body></html>",
        title = escaped(title),
        name = say("page.title", &[]),
    );
    (status, HEADERS, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_markup() {
        assert_eq!(escaped("<b a=\"x\" b='y'>&"), "&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
        let shown = table("x", &["a".into()], &[vec![escaped("<script>")]]);
        assert!(!shown.contains("<script>"));
    }
}
