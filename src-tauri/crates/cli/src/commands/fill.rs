//! `rows`, `set`, `check`, `undo` and `history`.

use std::collections::BTreeMap;
use std::fmt::Display;

use desk::check::api::{
    CatchUp, CheckSummary, FailedRule, FindingsPage, FindingsQuery, RuleCounts, RuleStates, RunCheck, WaitingRule,
};
use desk::fill::api::{Change, Edit, History, HistoryQuery, Rows, RowsQuery, Steps};
use desk::{CallError, Edited, FindingView, LevelCounts, Nothing, StepView, Undone};
use serde::Serialize;
use standard::Level;

use super::quality::{self, GroupAnswer};
use super::state::AppState;
use crate::arguments::{GroupBy, LevelArgument};
use crate::outcome::Outcome;
use crate::printer::Printer;
use crate::words::{self, Language};

/// Number of findings in one page.
const PAGE: u64 = 1_000;

pub async fn rows(
    state: &AppState<'_>,
    table: &str,
    condition: Option<String>,
    limit: u64,
    offset: u64,
) -> Result<Outcome, CallError> {
    let rows: Rows = state.ask("fill.rows", &RowsQuery { table: table.to_owned(), condition, offset, limit }).await?;
    state.printer.answer(&rows, |rows| {
        let mut lines = vec![state.printer.line("cli.rows", &[("table", &rows.table), ("total", &rows.total)])];
        for row in &rows.rows {
            let cells = row.cells.iter().filter(|(_, text)| !text.is_empty());
            let cells: Vec<String> = cells.map(|(column, text)| format!("{column}={text}")).collect();
            lines.push(format!("{}  {}", row.row, cells.join("  ")));
        }
        lines
    });
    Ok(Outcome::Done)
}

/// The JSON document that `set` prints.
#[derive(Serialize)]
struct SetAnswer {
    row: i64,
    findings: Vec<FindingAnswer>,
}

pub async fn set(state: &AppState<'_>, table: &str, row: &str, cells: &[String]) -> Result<Outcome, CallError> {
    let cells: Vec<(String, String)> = cells
        .iter()
        .map(|cell| match cell.split_once('=') {
            Some((column, value)) => Ok((column.to_owned(), value.to_owned())),
            None => Err(CallError::new("set.no-equals").with("text", cell)),
        })
        .collect::<Result<_, _>>()?;
    let existing = match row {
        "new" => None,
        number => Some(
            number
                .parse::<i64>()
                .map_err(|_| CallError::new("row.unknown").with("table", table).with("row", number))?,
        ),
    };
    let changes = match existing {
        None => vec![Change::Insert { values: cells.into_iter().collect::<BTreeMap<_, _>>(), after: None }],
        Some(row) => cells.into_iter().map(|(column, value)| Change::Set { row, column, value }).collect(),
    };
    let edited: Edited = state.ask("fill.edit", &Edit { table: table.to_owned(), changes }).await?;
    let row = existing.or_else(|| edited.added.first().copied()).unwrap_or_default();
    // Rules that are slow in a large school wait after an edit; without a window nobody runs them later.
    let _: Vec<WaitingRule> = state.ask("check.catch_up", &CatchUp { job: 0 }).await?;
    let findings = findings(state, FindingsQuery { table: Some(table.to_owned()), row: Some(row), ..query() }).await?;
    let wrong = findings.iter().any(|f| f.level == Level::Mandatory);
    state.printer.answer(&SetAnswer { row, findings }, |answer| {
        let mut lines = vec![state.printer.line("cli.row-saved", &[("table", &table), ("row", &answer.row)])];
        lines.extend(answer.findings.iter().map(|finding| finding.line(state.printer)));
        lines
    });
    Ok(Outcome::findings_if(wrong))
}

/// The JSON document that `check` prints.
#[derive(Serialize)]
struct CheckAnswer {
    rows: u64,
    tables: usize,
    seconds: f64,
    counts: LevelCounts,
    failed_rules: Vec<FailedRule>,
    rules: RuleCounts,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupAnswer>>,
    findings: Vec<FindingAnswer>,
}

pub async fn check(
    state: &AppState<'_>,
    tables: &[String],
    level: Option<LevelArgument>,
    by: Option<GroupBy>,
) -> Result<Outcome, CallError> {
    let summary: CheckSummary = state.ask("check.run", &RunCheck { tables: tables.to_vec(), job: 0 }).await?;
    let level = level.map(LevelArgument::level);
    let mut list = Vec::new();
    if tables.is_empty() {
        list = findings(state, FindingsQuery { level, ..query() }).await?;
    } else {
        for table in tables {
            let query = FindingsQuery { table: Some(table.clone()), level, ..query() };
            list.extend(findings(state, query).await?);
        }
    }
    let groups = match by {
        Some(by) => Some(quality::groups(state, by.grouping(), tables).await?),
        None => None,
    };
    let states: RuleStates = state.ask("check.rules", &Nothing {}).await?;
    let CheckSummary { rows, tables, seconds, counts, failed_rules } = summary;
    let (rules, findings) = (states.counts, list);
    state.printer.answer(
        &CheckAnswer { rows, tables, seconds, counts, failed_rules, rules, groups, findings },
        |answer| {
            let mut lines: Vec<String> = match &answer.groups {
                Some(groups) => groups.iter().map(GroupAnswer::line).collect(),
                None => answer.findings.iter().map(|finding| finding.line(state.printer)).collect(),
            };
            lines.extend(answer.failed_rules.iter().map(|failed| {
                let timed_out = failed.reason == "reader.time-out";
                let words = if timed_out { "cli.rule-timed-out" } else { "cli.rule-failed" };
                state.printer.line(words, &[("rule", &failed.rule)])
            }));
            let RuleCounts { holds, found, not_applicable, not_run, not_measurable } = answer.rules;
            lines.push(state.printer.line(
                "cli.rule-states",
                &[
                    ("holds", &holds),
                    ("found", &found),
                    ("not_applicable", &not_applicable),
                    ("not_run", &not_run),
                    ("not_measurable", &not_measurable),
                ],
            ));
            let LevelCounts { mandatory, confirm, hint } = answer.counts;
            lines.push(state.printer.line(
                "cli.checked",
                &[
                    ("tables", &answer.tables),
                    ("rows", &answer.rows),
                    ("mandatory", &mandatory),
                    ("confirm", &confirm),
                    ("hint", &hint),
                ],
            ));
            lines
        },
    );
    Ok(Outcome::findings_if(counts.mandatory > 0))
}

fn query() -> FindingsQuery {
    FindingsQuery { always_masked: true, limit: PAGE, ..Default::default() }
}

/// All findings of a query, read in pages.
async fn findings(state: &AppState<'_>, mut query: FindingsQuery) -> Result<Vec<FindingAnswer>, CallError> {
    let mut all = Vec::new();
    loop {
        let page: FindingsPage = state.ask("check.findings", &query).await?;
        let read = page.findings.len() as u64;
        all.extend(page.findings.into_iter().map(|finding| FindingAnswer::new(finding, state.printer.language())));
        query.offset += read;
        if read == 0 || query.offset >= page.total {
            return Ok(all);
        }
    }
}

/// One finding in an answer.
#[derive(Serialize)]
struct FindingAnswer {
    table: String,
    row: Option<i64>,
    key: String,
    column: Option<String>,
    rule: String,
    level: Level,
    value: String,
    message: String,
    suggestion: Option<String>,
    #[serde(skip)]
    title: String,
}

impl FindingAnswer {
    fn new(f: FindingView, language: Language) -> Self {
        FindingAnswer {
            message: words::of_finding(&f, language),
            title: f.column_title.unwrap_or_default(),
            table: f.table,
            row: f.row,
            key: f.key,
            column: f.column,
            rule: f.rule,
            level: f.level,
            value: f.value,
            suggestion: f.suggestion,
        }
    }
}

impl FindingAnswer {
    fn line(&self, printer: &Printer) -> String {
        let level = match self.level {
            Level::Mandatory => "level.mandatory",
            Level::Confirm => "level.confirm",
            Level::Hint => "level.hint",
        };
        let level = printer.line(level, &[]);
        let row = self.row.map(|row| printer.line("cli.finding-row", &[("row", &row)])).unwrap_or_default();
        let values: [(&str, &dyn Display); 5] = [
            ("level", &level),
            ("table", &self.table),
            ("row", &row),
            ("title", &self.title),
            ("message", &self.message),
        ];
        printer.line("cli.finding", &values)
    }
}

/// The JSON document that `undo` and `history` print.
#[derive(Serialize)]
struct StepsAnswer {
    steps: Vec<StepView>,
}

impl StepsAnswer {
    fn lines(&self, printer: &Printer) -> Vec<String> {
        let line = |s: &StepView| {
            let undone = if s.undone { printer.line("cli.not-applied", &[]) } else { String::new() };
            let values: [(&str, &dyn Display); 7] = [
                ("step", &s.step),
                ("at", &s.at),
                ("who", &s.who),
                ("kind", &s.kind),
                ("rows", &s.rows),
                ("note", &s.note),
                ("undone", &undone),
            ];
            printer.line("cli.step", &values)
        };
        self.steps.iter().map(line).collect()
    }
}

pub async fn undo(state: &AppState<'_>, count: u32) -> Result<Outcome, CallError> {
    let undone: Undone = state.ask("fill.undo", &Steps { count, step: None }).await?;
    state.printer.answer(&StepsAnswer { steps: undone.steps }, |answer| answer.lines(state.printer));
    Ok(Outcome::Done)
}

pub async fn history(
    state: &AppState<'_>,
    table: Option<String>,
    limit: u64,
    offset: u64,
) -> Result<Outcome, CallError> {
    let query = HistoryQuery { table, row: None, kind: None, offset, limit };
    let history: History = state.ask("fill.history", &query).await?;
    state.printer.answer(&StepsAnswer { steps: history.steps }, |answer| answer.lines(state.printer));
    Ok(Outcome::Done)
}
