//! The review of one delivery: its rows, and for each of them whether a cell goes back and why.

use std::collections::HashMap;

use axum::response::Response;
use jiff::Timestamp;
use store::inbox::{ReturnedCell, Role, WaitingDelivery};

use super::html::{escaped, failed, hidden, page as framed, say, table};
use super::progress::title;
use super::session::Viewer;
use super::table::{cells, find};
use crate::routes::Center;
use crate::words::{returned_words, words};

/// Rows that are shown; what stands behind them can be returned by key.
const SHOWN: u32 = 200;

/// The waiting delivery of this number, if the person may review it.
fn waiting(center: &Center, viewer: &Viewer, id: i64) -> Option<WaitingDelivery> {
    let accounts: HashMap<String, String> = center.inbox.account_departments().ok()?.into_iter().collect();
    let found = center.inbox.waiting(u32::MAX).ok()?.into_iter().find(|one| one.id == id)?;
    let department = accounts.get(&found.account).map_or("", String::as_str);
    (viewer.has(Role::Reviews) && viewer.sees_department(department)).then_some(found)
}

/// The page, its table, and how many rows with personal values it shows in full.
pub(super) fn page(center: &Center, viewer: &Viewer, id: i64) -> Option<(Response, String, u64)> {
    let Some(delivery) = waiting(center, viewer, id) else {
        return Some((failed(&words("page.no-right", &[])), String::new(), 0));
    };
    let known = find(center, &delivery.table)?;
    let may_read = viewer.has(Role::Reads);
    let rows = center.inbox.waiting_rows(id, 0, SHOWN).ok()?;
    let own: Vec<_> = known.fields.iter().filter(|field| !field.is_system()).collect();
    let options: String = own
        .iter()
        .map(|field| format!("<option value=\"{}\">{}</option>", escaped(&field.column), escaped(&field.title)))
        .collect();
    let mut heads = vec![say("page.number", &[]), say("page.decision", &[])];
    heads.extend(own.iter().map(|field| escaped(&field.title)));
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let values = cells(known, &row.payload, may_read);
            let all = known.fields.iter().zip(values).filter(|(field, _)| !field.is_system());
            let mut line = vec![row.num.to_string()];
            line.push(format!(
                "<span><select name=\"column {0}\" aria-label=\"{1}\"><option value=\"\">{2}</option>{options}</select>\
                 <input name=\"reason {0}\" aria-label=\"{3}\" placeholder=\"{3}\" maxlength=\"200\"></span>",
                escaped(&row.key),
                say("page.returned-item", &[]),
                say("page.approve", &[]),
                say("page.reason", &[])
            ));
            line.extend(all.map(|(_, value)| value));
            line
        })
        .collect();
    let more = delivery.rows.saturating_sub(rows.len() as u64);
    let behind = match more {
        0 => String::new(),
        more => format!("<p>{}</p>", say("page.more-rows", &[("count", &more.to_string())])),
    };
    let body = format!(
        "<p>{}</p><form method=\"post\" action=\"/delivery?id={id}\">{}<div class=\"wide\">{}</div>{behind}\
         <p class=\"acts\"><button>{}</button></p></form>",
        say("page.review-help", &[]),
        hidden(viewer),
        table(&say("page.review-caption", &[]), &heads, &lines),
        say("page.settle", &[])
    );
    let seen = if may_read { rows.len() as u64 } else { 0 };
    Some((framed(&title(center, &delivery.table), viewer, &body), delivery.table, seen))
}

/// Settles a delivery as the form says; a chosen item without a reason settles nothing.
pub(super) fn settle(
    center: &Center,
    viewer: &Viewer,
    id: i64,
    fields: &[(String, String)],
    now: Timestamp,
) -> Option<bool> {
    waiting(center, viewer, id)?;
    let reasons: HashMap<&str, &str> =
        fields.iter().filter_map(|(name, value)| Some((name.strip_prefix("reason ")?, value.trim()))).collect();
    let mut returned = Vec::new();
    for (name, column) in fields.iter().filter(|(_, column)| !column.is_empty()) {
        let Some(key) = name.strip_prefix("column ") else { continue };
        let reason = reasons.get(key).filter(|reason| !reason.is_empty())?;
        returned.push(ReturnedCell { key: key.to_owned(), column: column.clone(), reason: (*reason).to_owned() });
    }
    center.inbox.settle(id, (&viewer.person.name, now), &returned, returned_words).ok()
}
