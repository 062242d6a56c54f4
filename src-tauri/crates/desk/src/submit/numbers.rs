//! What was sent, stored and rejected by day and table, and the summary of a day as a file.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use store::BatchQuery;
use workbook::GridSheet;

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::calendar::standing::DueBook;
use crate::session::env::{national_day, rfc3339};
use crate::session::error::write_error;
use crate::session::half_files::Writing;
use crate::session::html::{begin_page, element, end_page, table};
use crate::session::open_book::REHEARSAL;
use crate::session::places::write_whole;
use crate::submit::api::{NumbersQuery, RowsOfDay, RowsOfTable, SubmissionSums, WriteSummary, WrittenSummary};
use crate::submit::fingerprint::fingerprint;

/// Days that are answered, unless the request says otherwise.
const DAYS: u32 = 28;

/// The most days of an answer.
const MOST_DAYS: u32 = 366;

const STYLE: &str = "
@page { size: A4; margin: 16mm 14mm; }
body { font: 10.5pt/1.5 \"Noto Sans CJK SC\", \"Source Han Sans SC\", \"Microsoft YaHei\", \"PingFang SC\", sans-serif;
  color: #000; background: #fff; max-width: 182mm; margin: 0 auto; }
h1 { font-size: 17pt; text-align: center; margin: 0 0 8pt; }
h2 { font-size: 12pt; margin: 14pt 0 4pt; break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 0.5pt solid #000; padding: 3pt 6pt; text-align: left; vertical-align: top; font-weight: normal; }
thead th { background: #eee; } thead { display: table-header-group; } tr { break-inside: avoid; }
td.number { text-align: right; white-space: nowrap; }
@media screen { body { padding: 10mm; } }
";

/// `submit.numbers`.
pub(crate) fn numbers(desk: &Desk, request: NumbersQuery) -> Result<SubmissionSums, CallError> {
    let open = desk.opened()?;
    let connection = request.connection.unwrap_or_else(|| open.current_connection());
    let days = if request.days == 0 { DAYS } else { request.days.min(MOST_DAYS) };
    let last = desk.clock.today();
    let first = last.saturating_sub(jiff::Span::new().days(i64::from(days) - 1));
    sums(&open, connection, first, last)
}

fn sums(open: &OpenBook, connection: String, first: Date, last: Date) -> Result<SubmissionSums, CallError> {
    let counts = open.book.table_day_counts(&connection, first, last)?;
    let mut by_day: BTreeMap<Date, RowsOfDay> = BTreeMap::new();
    for day in first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last) {
        by_day.insert(day, RowsOfDay { day: day.to_string(), sent: 0, stored: 0, rejected: 0 });
    }
    let mut by_table: BTreeMap<usize, RowsOfTable> = BTreeMap::new();
    for (name, count) in counts {
        if let Some(day) = by_day.get_mut(&count.day) {
            day.sent += count.sent;
            day.stored += count.stored;
            day.rejected += count.rejected;
        }
        // A table that the edition does not have any more comes last.
        let place = open.edition.tables.iter().position(|table| table.name == name).unwrap_or(usize::MAX);
        let title = open.edition.table(&name).map_or_else(|| name.clone(), |table| table.short_title().to_owned());
        let table = by_table.entry(place).or_insert_with(|| RowsOfTable {
            table: name,
            title,
            sent: 0,
            stored: 0,
            rejected: 0,
        });
        table.sent += count.sent;
        table.stored += count.stored;
        table.rejected += count.rejected;
    }
    Ok(SubmissionSums { connection, days: by_day.into_values().collect(), tables: by_table.into_values().collect() })
}

/// `submit.summary`: a page to print, or a workbook, as the ending of the file says.
pub(crate) fn summary(desk: &Desk, request: WriteSummary) -> Result<WrittenSummary, CallError> {
    let open = desk.opened()?;
    let path = Path::new(&request.path);
    let wrong = |text: &str| CallError::new("settings.bad-value").with("name", "day").with("value", text);
    let day = match request.day.as_deref() {
        Some(text) => text.parse::<Date>().map_err(|_| wrong(text))?,
        None => desk.clock.today(),
    };
    let connection = request.connection.unwrap_or_else(|| open.current_connection());
    let parts = parts(desk, &open, &connection, day)?;
    let name = match connection.as_str() {
        "" => "没有上报连接",
        REHEARSAL => "演练（没有上报）",
        name => name,
    };
    let head =
        [open.settings().college.name, format!("{day}　上报到：{name}"), format!("生成时间 {}", desk.clock.now_text())];
    match path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" | "htm" => write_whole(path, page(&head, &parts).as_bytes())?,
        "xlsx" => {
            let _writing = Writing::into_folder_of(&desk.env.home, path);
            let sheet = |part: &Part| GridSheet {
                name: part.name.to_owned(),
                about: [vec![format!("{TITLE}：{}", part.name)], head.to_vec()].concat(),
                headings: part.headings.iter().map(|(heading, width)| ((*heading).to_owned(), *width)).collect(),
                rows: part.rows.clone(),
            };
            let sheets: Vec<GridSheet> = parts.iter().map(sheet).collect();
            workbook::write_grid(path, TITLE, &desk.clock.now_text(), &sheets).map_err(write_error)?;
        }
        _ => return Err(CallError::new("summary.not-a-file").with("file", path.display())),
    }
    Ok(WrittenSummary { file: request.path })
}

const TITLE: &str = "上报日报";

/// One table of the summary: the same on the page and in the workbook.
struct Part {
    name: &'static str,
    headings: &'static [(&'static str, u16)],
    rows: Vec<Vec<String>>,
}

fn parts(desk: &Desk, open: &OpenBook, connection: &str, day: Date) -> Result<Vec<Part>, CallError> {
    let of_day = sums(open, connection.to_owned(), day, day)?;
    let numbers = |sent: u64, stored: u64, rejected: u64| {
        let known = stored + rejected;
        let rate =
            (stored * 1000).checked_div(known).map_or("—".to_owned(), |rate| format!("{:.1}%", rate as f64 / 10.0));
        vec![sent.to_string(), stored.to_string(), rejected.to_string(), rate]
    };
    let total =
        of_day.days.iter().map(|one| [vec!["合计".to_owned()], numbers(one.sent, one.stored, one.rejected)].concat());
    let tables =
        of_day.tables.iter().map(|one| [vec![one.title.clone()], numbers(one.sent, one.stored, one.rejected)].concat());
    let book = DueBook::new(desk, open, connection)?;
    let mut due = Vec::new();
    for table in open.edition.tables.iter().filter(|table| !table.own) {
        let standing = book.of(table)?;
        let Some(of) =
            standing.due.filter(|due| due.day <= day && standing.readiness.accepted < standing.readiness.rows.max(1))
        else {
            continue;
        };
        let late = if of.day < day {
            format!("已逾期 {} 天", of.day.until(day).map_or(0, |span| span.get_days()))
        } else {
            "当天截止".to_owned()
        };
        due.push(vec![
            table.short_title().to_owned(),
            of.day.to_string(),
            late,
            standing.readiness.to_send.to_string(),
            standing.readiness.waiting.to_string(),
        ]);
    }
    let query = BatchQuery { connection: Some(connection.to_owned()), ..BatchQuery::default() };
    let mut batches = Vec::new();
    for batch in open.book.all_batches(&query) {
        let batch = batch?;
        let at = batch.sent_at.unwrap_or(batch.frozen_at);
        if national_day(at) < day {
            // Later batches have higher numbers, so all that follow were frozen before; one that waits may be sent later.
            if national_day(batch.frozen_at) < day && batch.sent_at.is_some() {
                break;
            }
            continue;
        }
        if national_day(at) > day {
            continue;
        }
        let title = open.edition.table(&batch.table).map_or(batch.table.as_str(), |table| table.short_title());
        batches.push(vec![
            batch.id.to_string(),
            title.to_owned(),
            batch.rows.to_string(),
            batch.stored.map_or("—".to_owned(), |stored| stored.to_string()),
            open.shown_state(&batch, &desk.driven, desk.clock.now()).words().to_owned(),
            rfc3339(at),
            fingerprint(&batch.hash),
        ]);
    }
    const NUMBERS: &[(&str, u16)] = &[("数据表", 30), ("发送", 10), ("入库", 10), ("退回", 10), ("入库率", 10)];
    Ok(vec![
        Part { name: "当天的数", headings: NUMBERS, rows: total.chain(tables).collect() },
        Part {
            name: "到期和逾期",
            headings: &[("数据表", 30), ("截止日", 12), ("情况", 16), ("待上报", 10), ("待发送", 10)],
            rows: due,
        },
        Part {
            name: "批次",
            headings: &[
                ("批次", 8),
                ("数据表", 30),
                ("记录", 8),
                ("入库", 8),
                ("状态", 18),
                ("时间", 30),
                ("数据指纹", 18),
            ],
            rows: batches,
        },
    ])
}

fn page(head: &[String; 3], parts: &[Part]) -> String {
    let mut out = begin_page(&format!("{} {TITLE}", head[0]), STYLE);
    element(&mut out, "h1", "", TITLE);
    head.iter().for_each(|line| element(&mut out, "p", "", line));
    for Part { name, headings, rows } in parts {
        element(&mut out, "h2", "", name);
        if rows.is_empty() {
            element(&mut out, "p", "", "无");
            continue;
        }
        table(&mut out, headings.iter().map(|(heading, _)| *heading), rows);
    }
    end_page(&mut out);
    out
}
