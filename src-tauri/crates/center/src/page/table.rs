//! One table: who answers for it, its newest deliveries with what was found, and its records.

use std::collections::{BTreeMap, HashMap};

use axum::response::Response;
use jiff::civil::Date;
use protocol::remark::{self, Remark};
use standard::{Table, mask};
use store::inbox::{InboxResult, Role};

use super::html::{escaped, failed, page as framed, say, table};
use super::progress::{moment, title};
use super::session::Viewer;
use crate::routes::Center;
use crate::words::words;

/// Deliveries that are shown.
const NEWEST: u32 = 20;

/// Records on a page.
const RECORDS: u32 = 50;

/// Whether a person sees a table: all who see all departments, and those whose department answers for it or sent it.
fn may_see(center: &Center, viewer: &Viewer, name: &str) -> Option<bool> {
    let Some(own) = viewer.person.department.as_deref().filter(|_| !viewer.has(Role::Administers)) else {
        return Some(true);
    };
    let duties = center.inbox.duties().ok()?;
    Some(duties.iter().any(|duty| duty.table == name && duty.department == own))
}

/// The table of this name in the newest edition that has it.
pub(super) fn find<'c>(center: &'c Center, name: &str) -> Option<&'c Table> {
    center.config.editions.iter().rev().find_map(|edition| edition.table(name))
}

/// The page of a table.
pub(super) fn page(center: &Center, viewer: &Viewer, name: &str) -> Option<Response> {
    let known = find(center, name);
    if known.is_none() || !may_see(center, viewer, name)? {
        return Some(failed(&words("page.no-table", &[])));
    }
    let accounts: HashMap<String, String> = center.inbox.account_departments().ok()?.into_iter().collect();
    let field = |column: &str| known.and_then(|table| table.field(column)).map(|field| field.title.clone());
    let mut body = format!("<p class=\"faint\">{}</p>", escaped(name));

    let heads = ["page.item", "page.department", "page.source", "page.period", "page.meaning", "page.due"];
    let duties: Vec<Vec<String>> = center
        .inbox
        .duties()
        .ok()?
        .into_iter()
        .filter(|duty| duty.table == name)
        .map(|duty| {
            let item = match duty.column.as_str() {
                "" => words("page.whole-table", &[]),
                column => format!("{} {column}", field(column).unwrap_or_default()),
            };
            let due = Date::strptime("%Y%m%d", &duty.due).map(|due| due.to_string()).unwrap_or_default();
            [item, duty.department, duty.source, duty.period, duty.meaning, due].map(|text| escaped(&text)).to_vec()
        })
        .collect();
    body += &format!("<h2>{}</h2>", say("page.duties", &[]));
    body += &match duties.is_empty() {
        true => format!("<p>{}</p>", say("page.no-duty", &[])),
        false => table(&say("page.duties-caption", &[]), &heads.map(|key| say(key, &[])), &duties),
    };

    let sees = |one: &InboxResult| viewer.sees_department(accounts.get(&one.account).map_or("", String::as_str));
    let newest: Vec<Vec<String>> = center
        .inbox
        .newest(name, NEWEST)
        .ok()?
        .iter()
        .filter(|one| sees(one))
        .map(|one| {
            let department = accounts.get(&one.account).unwrap_or(&one.account);
            let counts = found(one, known);
            let found = counts.iter().map(|(column, count)| {
                let title = field(column).unwrap_or_default();
                words("page.found", &[("column", &format!("{title} {column}")), ("count", &count.to_string())])
            });
            let found = found.collect::<Vec<_>>().join("；");
            [moment(one.at), department.clone(), one.collected.to_string(), one.stored.to_string(), found]
                .map(|text| escaped(&text))
                .to_vec()
        })
        .collect();
    let heads = ["page.at", "page.department", "page.collected", "page.stored", "page.findings"];
    body += &format!("<h2>{}</h2>", say("page.newest", &[]));
    body += &match newest.is_empty() {
        true => format!("<p>{}</p>", say("page.nothing", &[])),
        false => table(&say("page.newest-caption", &[]), &heads.map(|key| say(key, &[])), &newest),
    };
    if viewer.has(Role::Reads) {
        body += &format!(
            "<p class=\"acts\"><a href=\"/records?name={}\">{}</a></p>",
            escaped(name),
            say("page.records", &[])
        );
    }
    Some(framed(&title(center, name), viewer, &body))
}

/// How many rows of a delivery were rejected for each column.
fn found(one: &InboxResult, table: Option<&Table>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    let columns = || table.into_iter().flat_map(|table| table.fields.iter().map(|field| field.column.as_str()));
    match remark::parse(one.remark.as_deref()) {
        Remark::Rows(rows) => {
            for row in rows {
                let column = remark::column_in(&row.error, columns()).unwrap_or_default();
                *counts.entry(column.to_owned()).or_insert(0) += 1;
            }
        }
        Remark::Sentence(_) => drop(counts.insert(String::new(), one.collected)),
        Remark::Nothing => {}
    }
    counts
}

/// A page of stored records, and how many it has. Values are shown in full, because only who may read them gets here.
pub(super) fn records(center: &Center, viewer: &Viewer, name: &str, after: &str) -> Option<(Response, u64)> {
    let known = find(center, name).filter(|_| viewer.has(Role::Reads));
    let Some(known) = known.filter(|_| may_see(center, viewer, name) == Some(true)) else {
        return Some((failed(&words("page.no-right", &[])), 0));
    };
    let accounts: HashMap<String, String> = center.inbox.account_departments().ok()?.into_iter().collect();
    let all = center.inbox.rows_after(name, after, RECORDS).ok()?;
    let sees = |account: &str| viewer.sees_department(accounts.get(account).map_or("", String::as_str));
    let shown: Vec<&(String, String, String)> = all.iter().filter(|(account, _, _)| sees(account)).collect();
    let heads: Vec<String> = known.fields.iter().map(|field| escaped(&field.title)).collect();
    let rows: Vec<Vec<String>> = shown.iter().map(|(_, _, payload)| cells(known, payload, true)).collect();
    let mut body = match rows.is_empty() {
        true => format!("<p>{}</p>", say("page.nothing", &[])),
        false => format!("<div class=\"wide\">{}</div>", table(&say("page.records-caption", &[]), &heads, &rows)),
    };
    if let (true, Some((_, key, _))) = (all.len() == RECORDS as usize, all.last()) {
        let address = format!("/records?name={}&amp;after={}", escaped(name), escaped(key));
        body += &format!("<p class=\"acts\"><a href=\"{address}\">{}</a></p>", say("page.next", &[]));
    }
    let count = shown.len() as u64;
    Some((framed(&title(center, name), viewer, &body), count))
}

/// The values of a row as HTML in the order of the table's fields, masked unless they may be read.
pub(super) fn cells(known: &Table, payload: &str, may_read: bool) -> Vec<String> {
    let row: serde_json::Value = serde_json::from_str(payload).unwrap_or_default();
    let text = |column: &str| match &row[column] {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let shown = known.fields.iter().map(|field| match may_read {
        true => text(&field.column),
        false => mask::mask(field.sensitivity, &text(&field.column)),
    });
    shown.map(|text| escaped(&text)).collect()
}
