//! Progress by department and table: what came in, what waits for review, what is due, whom to remind.

use std::collections::{BTreeMap, HashMap};

use axum::response::Response;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use store::inbox::AccountProgress;
use workbook::{GridSheet, write_grid};

use super::html::{escaped, hidden, page as framed, say, table};
use super::session::Viewer;
use crate::routes::Center;
use crate::words::words;

/// Days of which the numbers are shown.
const DAYS: u32 = 14;

/// The setting with the last reminder of each department.
const REMINDED: &str = "reminded";

/// One table of a department.
struct Line {
    department: String,
    table: String,
    title: String,
    deliveries: u64,
    waiting: u64,
    collected: u64,
    stored: u64,
    last: Option<Timestamp>,
    due: Option<Date>,
}

impl Line {
    /// The state as a key of words and as a class of the style.
    fn state(&self, today: Date) -> (&'static str, &'static str) {
        match self.due {
            _ if self.waiting > 0 => ("page.state-waiting", "wait"),
            Some(due) if self.stored == 0 && due < today => ("page.state-overdue", "late"),
            _ if self.deliveries == 0 => ("page.state-nothing", "faint"),
            _ if self.stored == 0 => ("page.state-returned", "late"),
            _ => ("page.state-stored", "good"),
        }
    }

    /// Whether its department is to be reminded.
    fn is_missing(&self) -> bool {
        self.stored == 0 && self.waiting == 0
    }
}

fn today(now: Timestamp) -> Date {
    now.to_zoned(store::NATIONAL_TIME).date()
}

/// A moment as people read it, in national time.
pub(super) fn moment(at: Timestamp) -> String {
    at.to_zoned(store::NATIONAL_TIME).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The title of a table in the newest edition that has it.
pub(super) fn title(center: &Center, name: &str) -> String {
    let found = center.config.editions.iter().rev().find_map(|edition| edition.table(name));
    found.map(|table| table.title.clone()).unwrap_or_default()
}

/// The lines that a person sees.
fn lines(center: &Center, viewer: &Viewer) -> Option<Vec<Line>> {
    let accounts: HashMap<String, String> = center.inbox.account_departments().ok()?.into_iter().collect();
    let mut sums: BTreeMap<(String, String), AccountProgress> = BTreeMap::new();
    for one in center.inbox.progress().ok()? {
        let department = accounts.get(&one.account).cloned().unwrap_or_default();
        let sum = sums.entry((department, one.table.clone())).or_insert_with(|| AccountProgress {
            deliveries: 0,
            waiting: 0,
            collected: 0,
            stored: 0,
            ..one.clone()
        });
        sum.deliveries += one.deliveries;
        sum.waiting += one.waiting;
        sum.collected += one.collected;
        sum.stored += one.stored;
        sum.last = sum.last.max(one.last);
    }
    let mut lines = Vec::new();
    for duty in center.inbox.duties().ok()?.into_iter().filter(|duty| duty.column.is_empty()) {
        let sum = sums.remove(&(duty.department.clone(), duty.table.clone()));
        lines.push(line(center, duty.department, duty.table, sum, &duty.due));
    }
    for ((department, table), sum) in sums {
        lines.push(line(center, department, table, Some(sum), ""));
    }
    lines.sort_by(|a, b| (&a.department, &a.table).cmp(&(&b.department, &b.table)));
    lines.retain(|line| viewer.sees_department(&line.department));
    Some(lines)
}

fn line(center: &Center, department: String, table: String, sum: Option<AccountProgress>, due: &str) -> Line {
    let of = |number: fn(&AccountProgress) -> u64| sum.as_ref().map_or(0, number);
    Line {
        department,
        title: title(center, &table),
        deliveries: of(|sum| sum.deliveries),
        waiting: of(|sum| sum.waiting),
        collected: of(|sum| sum.collected),
        stored: of(|sum| sum.stored),
        last: sum.as_ref().map(|sum| sum.last),
        due: Date::strptime("%Y%m%d", due).ok(),
        table,
    }
}

const HEADINGS: [&str; 8] = [
    "page.department",
    "page.table",
    "page.state",
    "page.collected",
    "page.stored",
    "page.waiting",
    "page.last",
    "page.due",
];

/// The cells of a line as texts, in the order of the headings.
fn texts(line: &Line, today: Date) -> [String; 8] {
    let department =
        if line.department.is_empty() { words("page.no-department", &[]) } else { line.department.clone() };
    [
        department,
        format!("{} {}", line.title, line.table),
        words(line.state(today).0, &[]),
        line.collected.to_string(),
        line.stored.to_string(),
        line.waiting.to_string(),
        line.last.map(moment).unwrap_or_default(),
        line.due.map(|due| due.to_string()).unwrap_or_default(),
    ]
}

/// Progress, reviews, reminders and numbers of the days, as far as this person sees them.
pub(super) fn page(center: &Center, viewer: &Viewer, now: Timestamp) -> Option<Response> {
    let (lines, today) = (lines(center, viewer)?, today(now));
    let row = |line: &Line| {
        let mut cells: Vec<String> = texts(line, today).iter().map(|text| escaped(text)).collect();
        let address = format!("/table?name={}", escaped(&line.table));
        cells[1] = format!(
            "<span><a href=\"{address}\">{}</a> <span class=\"faint\">{}</span></span>",
            escaped(if line.title.is_empty() { &line.table } else { &line.title }),
            escaped(&line.table)
        );
        cells[2] = format!("<span class=\"{}\">{}</span>", line.state(today).1, cells[2]);
        cells
    };
    let heads: Vec<String> = HEADINGS.iter().map(|key| say(key, &[])).collect();
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    let mut body = match rows.is_empty() {
        true => format!("<p>{}</p>", say("page.nothing", &[])),
        false => table(&say("page.progress-caption", &[]), &heads, &rows),
    };
    body += &format!("<p class=\"acts\"><a href=\"/progress.xlsx\">{}</a></p>", say("page.download", &[]));
    body += &waiting(center, viewer)?;
    body += &reminders(center, viewer, &lines, today)?;
    body += &days(center, viewer)?;
    Some(framed(&words("page.progress", &[]), viewer, &body))
}

/// Deliveries that wait for a review, for those who may review.
fn waiting(center: &Center, viewer: &Viewer) -> Option<String> {
    if !viewer.has(store::inbox::Role::Reviews) {
        return Some(String::new());
    }
    let accounts: HashMap<String, String> = center.inbox.account_departments().ok()?.into_iter().collect();
    let item = |one: &store::inbox::WaitingDelivery| {
        let rows = one.rows.to_string();
        let values = [("table", title(center, &one.table)), ("rows", rows), ("at", moment(one.at))];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        format!("<li><a href=\"/delivery?id={}\">{}</a></li>", one.id, say("page.waiting-line", &values))
    };
    let found = center.inbox.waiting(200).ok()?;
    let sees = |account: &str| viewer.sees_department(accounts.get(account).map_or("", String::as_str));
    let items: String = found.iter().filter(|one| sees(&one.account)).map(item).collect();
    let none = || format!("<p>{}</p>", say("page.nothing-waits", &[]));
    let list = if items.is_empty() { none() } else { format!("<ul>{items}</ul>") };
    Some(format!("<h2>{}</h2>{list}", say("page.to-review", &[])))
}

/// The text of a reminder for each department that lacks something, to be copied into a robot or a mail: names of tables
/// and days only.
fn reminders(center: &Center, viewer: &Viewer, lines: &[Line], today: Date) -> Option<String> {
    let last = center.inbox.setting(REMINDED).ok()?.unwrap_or_default();
    let mut missing: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.is_missing() && !line.department.is_empty()) {
        missing.entry(&line.department).or_default().push(line);
    }
    let mut text = String::new();
    for (department, lines) in missing {
        let mut words_of = words("page.reminder", &[("department", department)]);
        for line in lines {
            let due = line.due.map(|due| due.to_string()).unwrap_or_default();
            let key = match line.due {
                Some(due) if due < today => "page.reminder-overdue",
                Some(_) => "page.reminder-due",
                None => "page.reminder-line",
            };
            words_of += &format!("\n{}", words(key, &[("table", &line.title), ("due", &due)]));
        }
        let before = last[department].as_str().map_or_else(String::new, |at| say("page.reminded", &[("at", at)]));
        text += &format!(
            "<label for=\"r-{0}\">{0}</label><textarea id=\"r-{0}\" readonly>{1}</textarea>\
             <form method=\"post\" action=\"/remind\" class=\"quiet\">{2}\
             <input type=\"hidden\" name=\"department\" value=\"{0}\"><button>{3}</button></form>\
             <span class=\"faint\">{before}</span>",
            escaped(department),
            escaped(&words_of),
            hidden(viewer),
            say("page.note-reminder", &[])
        );
    }
    let text = if text.is_empty() { format!("<p>{}</p>", say("page.nobody-to-remind", &[])) } else { text };
    Some(format!("<h2>{}</h2>{text}", say("page.reminders", &[])))
}

/// Notes that a department was reminded; whether it is one.
pub(super) fn reminded(center: &Center, department: &str, now: Timestamp) -> bool {
    let is_known = center.inbox.departments().is_ok_and(|known| known.iter().any(|name| name == department));
    let Ok(last) = center.inbox.setting(REMINDED) else { return false };
    let mut last = last.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
    last[department] = moment(now).into();
    is_known && center.inbox.set_setting(REMINDED, &last).is_ok()
}

/// Numbers of the last days, for those who see all departments.
fn days(center: &Center, viewer: &Viewer) -> Option<String> {
    if viewer.person.department.is_some() && !viewer.has(store::inbox::Role::Administers) {
        return Some(String::new());
    }
    let heads = ["page.day", "page.deliveries", "page.collected", "page.stored"].map(|key| say(key, &[]));
    let row = |one: &store::inbox::DayNumbers| {
        let day = Date::new(1970, 1, 1)
            .ok()
            .and_then(|first| first.checked_add(SignedDuration::from_hours(24 * one.day)).ok());
        let day = day.map(|day| day.to_string()).unwrap_or_default();
        vec![day, one.deliveries.to_string(), one.collected.to_string(), one.stored.to_string()]
    };
    let rows: Vec<Vec<String>> = center.inbox.days(DAYS).ok()?.iter().map(row).collect();
    let heading = say("page.days", &[]);
    let shown = match rows.is_empty() {
        true => format!("<p>{}</p>", say("page.nothing", &[])),
        false => table(&say("page.days-caption", &[]), &heads, &rows),
    };
    Some(format!("<h2>{heading}</h2>{shown}"))
}

/// The progress as a workbook. It is written to a file of the receiver's folder first; it has numbers only.
pub(super) fn workbook(center: &Center, viewer: &Viewer, now: Timestamp) -> Option<Vec<u8>> {
    let today = today(now);
    let rows = lines(center, viewer)?.iter().map(|line| texts(line, today).to_vec()).collect();
    let widths = [16, 40, 14, 12, 12, 12, 18, 14];
    let headings = HEADINGS.iter().zip(widths).map(|(key, width)| (words(key, &[]), width)).collect();
    let name = words("page.progress", &[]);
    let sheet = GridSheet { name: name.clone(), about: vec![name.clone(), moment(now)], headings, rows };
    let file = center.config.data.join(format!("progress-{}.xlsx", center.config.random_text(12)));
    let written = write_grid(&file, &name, &moment(now), &[sheet]);
    let bytes = written.ok().and_then(|_| std::fs::read(&file).ok());
    let _ = std::fs::remove_file(&file);
    bytes
}
