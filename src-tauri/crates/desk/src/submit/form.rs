//! 上报单 and 上报回执单: batches as a page to print and file. It holds what the book knows of them and no moment of printing,
//! so that the same batch makes the same page, and a page can be compared with the book later.

use std::fmt::Write;
use std::path::Path;

use protocol::connection::shown_address;
use protocol::sign::digest;
use store::{Batch, Delivery};

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::env::rfc3339;
use crate::session::html::{close, element, escaped, open as begin};
use crate::session::open_book::REHEARSAL;
use crate::session::places::write_whole;
use crate::session::shown_state::ShownState;
use crate::submit::api::{PrintBatches, PrintedBatches, RejectedQuery};
use crate::submit::batches::{PAGE, rejected_rows};
use crate::submit::fingerprint::fingerprint;

/// Black on white, A4; a batch begins on a page of its own.
const STYLE: &str = "
@page { size: A4; margin: 16mm 14mm; }
body { font: 10.5pt/1.5 \"Noto Sans CJK SC\", \"Source Han Sans SC\", \"Microsoft YaHei\", \"PingFang SC\", sans-serif;
  color: #000; background: #fff; max-width: 182mm; margin: 0 auto; }
section + section { break-before: page; }
h1 { font-size: 17pt; text-align: center; margin: 0 0 8pt; }
h2 { font-size: 12pt; margin: 14pt 0 4pt; break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 0.5pt solid #000; padding: 3pt 6pt; text-align: left; vertical-align: top; font-weight: normal; }
thead th { background: #eee; } thead { display: table-header-group; } tr { break-inside: avoid; }
table.facts th { width: 26mm; background: #f4f4f4; }
td.number { text-align: right; }
.fingerprint { font: 14pt/1.4 ui-monospace, Consolas, monospace; letter-spacing: 1pt; }
.hash, pre { font: 8pt/1.4 ui-monospace, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
.names { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 6mm; margin-top: 14mm; }
.names p { border-top: 0.5pt solid #000; padding-top: 2pt; margin: 0; }
.rehearsal { text-align: center; font-weight: bold; }
@media screen { body { padding: 10mm; } }
";

/// `submit.print`.
pub(crate) fn print(desk: &Desk, request: PrintBatches) -> Result<PrintedBatches, CallError> {
    let open = desk.opened()?;
    let path = Path::new(&request.path);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !["html", "htm"].iter().any(|known| ending.eq_ignore_ascii_case(known)) {
        return Err(CallError::new("rules.not-html").with("file", path.display()));
    }
    write_whole(path, page(desk, &open, &request.batches)?.as_bytes())?;
    Ok(PrintedBatches { file: request.path, batches: request.batches.len() as u64 })
}

/// The page of these batches.
pub(super) fn page(desk: &Desk, open: &OpenBook, batches: &[i64]) -> Result<String, CallError> {
    let mut sections = String::new();
    let mut title = "数据上报单";
    for id in batches {
        let batch = open.book.batch(*id)?;
        let deliveries = open.book.deliveries(*id)?;
        let of = title_of(&batch, &deliveries);
        title = if title == "上报回执单" { title } else { of };
        section(&mut sections, (desk, open), &batch, &deliveries, of)?;
    }
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    element(&mut out, "title", "", &format!("{} {title}", open.settings().college.name));
    out.push_str("<style>");
    out.push_str(STYLE);
    out.push_str("</style>\n</head>\n<body>\n");
    out.push_str(&sections);
    out.push_str("</body>\n</html>\n");
    Ok(out)
}

/// A rehearsal has a title of its own, so that its page is never filed as one of a submission.
fn title_of(batch: &Batch, deliveries: &[Delivery]) -> &'static str {
    match deliveries.iter().any(|delivery| delivery.receipt.is_some()) {
        _ if is_rehearsal(batch) => "演练记录（没有上报）",
        true => "上报回执单",
        false => "数据上报单",
    }
}

fn is_rehearsal(batch: &Batch) -> bool {
    batch.connection == REHEARSAL
}

fn section(
    out: &mut String,
    (desk, open): (&Desk, &OpenBook),
    batch: &Batch,
    deliveries: &[Delivery],
    title: &str,
) -> Result<(), CallError> {
    let rehearsal = is_rehearsal(batch);
    let or = |submitted: &'static str, rehearsed: &'static str| if rehearsal { rehearsed } else { submitted };
    let settings = open.settings();
    // Writing into a text cannot fail.
    let _ = writeln!(out, "<section data-batch=\"{}\" data-hash=\"{}\">", batch.id, escaped(&batch.hash));
    element(out, "h1", "", title);
    if rehearsal {
        element(out, "p", "rehearsal", "这是演练，数据没有发出，对方什么也没有收到。");
    }
    begin(out, "table", "facts");
    begin(out, "tbody", "");
    let signed = open.book.sign_off_of(batch.id)?;
    let table = open.edition.table(&batch.table);
    let title = table.map_or(batch.table.as_str(), |table| table.short_title());
    fact(out, "学校", &format!("{}（{}）", settings.college.name, settings.college.code));
    fact(out, or("上报到", "接收端"), &receiver(open, batch));
    fact(out, "数据表", &format!("{title}　{}", batch.table));
    let period = if batch.period.is_empty() { &settings.period } else { &batch.period };
    fact(out, "采集期", period);
    fact(out, "批次", &batch.id.to_string());
    fact(out, "记录数", &format!("{} 条，分 {} 次{}", batch.rows, batch.deliveries, or("发送", "演练")));
    fact(out, "状态", open.shown_state(batch, &desk.driven, desk.clock.now()).words());
    if let (Some(collected), Some(stored)) = (batch.collected, batch.stored) {
        let stored = format!("收到 {collected} 条，{} {stored} 条", or("入库", "通过"));
        fact(out, or("对方的结果", "演练的结果"), &stored);
    }
    fact(out, "定稿时间", &rfc3339(batch.frozen_at));
    if let Some(sent) = batch.sent_at {
        fact(out, or("发送时间", "演练时间"), &rfc3339(sent));
    }
    match &signed {
        Some(signed) => {
            fact(out, "填报人", &signed.prepared);
            fact(out, "复核人", &format!("{}，{}", signed.who, rfc3339(signed.at)));
        }
        None if !settings.person.is_empty() => fact(out, "填报人", &settings.person),
        None => {}
    }
    begin(out, "tr", "");
    element(out, "th", "", "数据指纹");
    begin(out, "td", "");
    element(out, "div", "fingerprint", &fingerprint(&batch.hash));
    element(out, "div", "hash", &format!("SM3 {}", batch.hash));
    close(out, "td");
    close(out, "tr");
    close(out, "tbody");
    close(out, "table");
    sent(out, batch, deliveries);
    rejected(out, open, batch)?;
    receipts(out, batch, deliveries);
    out.push_str("<div class=\"names\"><p>填报人</p><p>复核人</p><p>日期（盖章）</p></div>\n");
    close(out, "section");
    Ok(())
}

fn fact(out: &mut String, name: &str, text: &str) {
    begin(out, "tr", "");
    element(out, "th", "", name);
    element(out, "td", "", text);
    close(out, "tr");
}

fn receiver(open: &OpenBook, batch: &Batch) -> String {
    match batch.connection.as_str() {
        REHEARSAL => "程序内的演练".to_owned(),
        name => match open.connection(name) {
            Ok(connection) => format!("{name}　{}", shown_address(&connection.address)),
            // It was removed since.
            Err(_) => name.to_owned(),
        },
    }
}

/// Each delivery with its moments, its state and the fingerprint of its receipt.
fn sent(out: &mut String, batch: &Batch, deliveries: &[Delivery]) {
    let rehearsal = is_rehearsal(batch);
    element(out, "h2", "", if rehearsal { "演练经过" } else { "发送经过" });
    begin(out, "table", "");
    begin(out, "thead", "");
    row(
        out,
        "th",
        &match rehearsal {
            true => ["次", "记录数", "演练时间", "接收端的时间", "状态", "收到", "通过", "结果的 SM3"],
            false => ["次", "记录数", "发送时间", "对方的时间", "状态", "收到", "入库", "回执的 SM3"],
        },
    );
    close(out, "thead");
    begin(out, "tbody", "");
    let number = |n: Option<u64>| n.map_or_else(|| "—".to_owned(), |n| n.to_string());
    for delivery in deliveries {
        let cells = [
            delivery.no.to_string(),
            delivery.rows.to_string(),
            delivery.sent_at.map_or_else(|| "—".to_owned(), rfc3339),
            delivery.reply_time.clone().unwrap_or_else(|| "—".to_owned()),
            ShownState::of_delivery(&batch.connection, delivery.state).words().to_owned(),
            number(delivery.collected),
            number(delivery.stored),
            delivery.receipt.as_ref().map_or_else(|| "—".to_owned(), |text| fingerprint(&digest(text.as_bytes()))),
        ];
        row(out, "td", &cells.each_ref().map(String::as_str));
    }
    close(out, "tbody");
    close(out, "table");
}

/// Rejected rows by record key, with the receiver's words. Values of records are left out: the page leaves this PC.
fn rejected(out: &mut String, open: &OpenBook, batch: &Batch) -> Result<(), CallError> {
    let total = open.book.rejected_count(batch.id)?;
    if total == 0 {
        return Ok(());
    }
    let rehearsal = is_rehearsal(batch);
    element(out, "h2", "", &format!("{} {total} 条", if rehearsal { "演练未通过" } else { "退回" }));
    begin(out, "table", "");
    begin(out, "thead", "");
    row(out, "th", &["记录标识", "数据项", if rehearsal { "说明" } else { "对方的说明" }]);
    close(out, "thead");
    begin(out, "tbody", "");
    let mut offset = 0;
    while offset < total {
        let page = rejected_rows(open, &batch.table, &RejectedQuery { id: batch.id, offset, limit: PAGE })?;
        if page.is_empty() {
            break;
        }
        offset += page.len() as u64;
        for one in page {
            row(out, "td", &[&one.key, one.column_title.as_deref().unwrap_or("—"), &one.error]);
        }
    }
    close(out, "tbody");
    close(out, "table");
    Ok(())
}

/// Receipts word for word.
fn receipts(out: &mut String, batch: &Batch, deliveries: &[Delivery]) {
    if deliveries.iter().all(|delivery| delivery.receipt.is_none()) {
        return;
    }
    element(out, "h2", "", if is_rehearsal(batch) { "演练结果原文" } else { "回执原文" });
    begin(out, "table", "");
    begin(out, "tbody", "");
    for delivery in deliveries {
        let Some(receipt) = &delivery.receipt else { continue };
        begin(out, "tr", "");
        element(out, "th", "", &format!("第 {} 次", delivery.no));
        begin(out, "td", "");
        element(out, "pre", "receipt", receipt);
        element(out, "div", "hash", &format!("SM3 {}", digest(receipt.as_bytes())));
        close(out, "td");
        close(out, "tr");
    }
    close(out, "tbody");
    close(out, "table");
}

fn row(out: &mut String, cell: &str, cells: &[&str]) {
    begin(out, "tr", "");
    cells.iter().for_each(|text| element(out, cell, "", text));
    close(out, "tr");
}
