//! `new` and `status`.

use desk::home::api::Home;
use desk::start::api::{BookHead, CreateBook};
use desk::{CallError, College, Nothing};
use serde::Serialize;

use super::{AppState, path_text};
use crate::arguments::New;
use crate::outcome::Outcome;

/// The JSON document that `new` prints.
#[derive(Serialize)]
struct NewAnswer {
    book: String,
    edition: String,
    tables: usize,
    rows: u64,
}

pub async fn new(state: &AppState<'_>, new: &New) -> Result<Outcome, CallError> {
    let request = CreateBook {
        edition: new.edition.clone(),
        college: College {
            code: new.school.clone().unwrap_or_default(),
            name: new.name.clone().unwrap_or_default(),
            region: String::new(),
        },
        period: new.period.clone().unwrap_or_default(),
        department: String::new(),
        path: state.book.map(path_text).transpose()?,
        passphrase: None,
        sample: new.sample,
        job: 0,
    };
    let head: BookHead = state.ask("book.create", &request).await?;
    let home: Home = state.ask("home.get", &Nothing {}).await?;
    let made = NewAnswer {
        book: head.path,
        edition: head.edition,
        tables: home.tables.len(),
        rows: home.tables.iter().map(|t| t.rows).sum(),
    };
    state.close().await?;
    state.printer.answer(&made, |made| {
        vec![format!("已建立填报册 {}：{} 张数据表，{} 条记录", made.book, made.tables, made.rows)]
    });
    Ok(Outcome::Done)
}

pub async fn status(state: &AppState<'_>) -> Result<Outcome, CallError> {
    let home: Home = state.ask("home.get", &Nothing {}).await?;
    state.printer.answer(&home, |home| {
        let mut lines: Vec<String> = home
            .tables
            .iter()
            .filter(|t| t.rows > 0)
            .map(|t| {
                format!(
                    "{:<22} {} 条  完成 {:.0}%  强制 {} 核实 {}  已入库 {}  待上报 {}  {} {}",
                    t.table,
                    t.rows,
                    t.complete * 100.0,
                    t.findings.mandatory,
                    t.findings.confirm,
                    t.accepted,
                    t.to_send,
                    t.due.as_deref().unwrap_or("-"),
                    t.title
                )
            })
            .collect();
        lines.push(format!("今天：上报 {}，入库 {}，退回 {}", home.today.sent, home.today.stored, home.today.rejected));
        lines
    });
    Ok(Outcome::Done)
}
