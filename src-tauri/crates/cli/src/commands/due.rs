//! `due`.

use std::fmt::Display;

use desk::home::api::{Due, DueFile, DueQuery, DueSettings, DueState, DueTable};
use desk::{CallError, Nothing};

use super::{AppState, path_text};
use crate::arguments::DueOptions;
use crate::outcome::Outcome;

pub async fn due(state: &AppState<'_>, options: &DueOptions) -> Result<Outcome, CallError> {
    if let Some(file) = &options.settings {
        let file = DueFile { file: path_text(file)? };
        let _: DueSettings = state.ask("due.read", &file).await?;
    }
    if !options.nothing.is_empty() || !options.something.is_empty() {
        let mut settings: DueSettings = state.ask("due.settings", &Nothing {}).await?;
        let due: Due = state.ask("due.list", &DueQuery::default()).await?;
        let of_period = settings.nothing.entry(due.term.period).or_default();
        of_period.retain(|table| !options.nothing.contains(table) && !options.something.contains(table));
        of_period.extend(options.nothing.iter().cloned());
        let _: DueSettings = state.ask("due.set", &settings).await?;
    }
    let query = DueQuery { tables: options.tables.clone(), month: options.month.clone() };
    let mut due: Due = state.ask("due.list", &query).await?;
    if options.overdue {
        due.tables.retain(|table| table.overdue_days > 0);
    }
    state.printer.answer(&due, |due| due.tables.iter().map(|table| line(state, table)).collect());
    Ok(Outcome::Done)
}

fn line(state: &AppState<'_>, table: &DueTable) -> String {
    let printer = state.printer;
    let when = match (&table.due, table.overdue_days) {
        (None, _) => "-".to_owned(),
        (Some(day), 0) => day.clone(),
        (Some(day), days) => format!("{day} {}", printer.line("cli.due-overdue", &[("n", &days)])),
    };
    let reasons: Vec<String> = table
        .reasons
        .iter()
        .map(|reason| printer.line(&format!("due.{}", reason.code), &[("n", &reason.rows)]))
        .collect();
    let values: [(&str, &dyn Display); 5] = [
        ("table", &format!("{:<22}", table.table)),
        ("due", &when),
        ("state", &printer.line(state_words(table.state), &[("n", &table.ready)])),
        ("reasons", &reasons.join(" ")),
        ("title", &table.title),
    ];
    printer.line("cli.due", &values)
}

fn state_words(state: DueState) -> &'static str {
    match state {
        DueState::Empty => "due.empty",
        DueState::Nothing => "due.nothing",
        DueState::Ready => "due.ready",
        DueState::Blocked => "due.blocked",
        DueState::UnderWay => "due.under-way",
        DueState::Quiet => "due.quiet",
        DueState::Done => "due.done",
    }
}
