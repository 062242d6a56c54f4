//! `quality` and `mend`, and the groups that `check --by` prints.

use desk::CallError;
use desk::check::api::{
    CatchUp, FindingGroup, FindingGroups, Grouping, GroupsQuery, MendAll, Mended, Quality, QualityQuery, Remedy,
    Selection, WaitingRule, WriteQuality, WrittenQuality,
};
use serde::Serialize;

use super::path_text;
use super::state::AppState;
use crate::arguments;
use crate::outcome::Outcome;
use crate::words;

/// Groups that are read at once.
const PAGE: u64 = 1_000;

/// The JSON document that `quality` prints.
#[derive(Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(flatten)]
    quality: Quality,
}

pub async fn quality(state: &AppState<'_>, given: &arguments::Quality) -> Result<Outcome, CallError> {
    let arguments::Quality { period, department, output } = given;
    let query = QualityQuery { period: period.clone(), department: department.clone(), digest: true, job: 0 };
    let quality: Quality = state.ask("quality.get", &query).await?;
    let file = match output {
        Some(path) => {
            let request = WriteQuality { period: period.clone(), path: path_text(path)? };
            let written: WrittenQuality = state.ask("quality.write", &request).await?;
            Some(written.file)
        }
        None => None,
    };
    // Points are rounded down, so that 100.0 means that nothing is wrong.
    let points = |score: Option<f64>| match score {
        Some(score) => format!("{:.1}", (score * 10.0 + 1e-9).floor() / 10.0),
        None => state.printer.line("cli.unmeasured", &[]),
    };
    state.printer.answer(&Answer { file, quality }, |Answer { file, quality }| {
        let score = points(quality.score);
        let mut lines =
            vec![state.printer.line("cli.quality", &[("period", &quality.period_words), ("score", &score)])];
        for dimension in &quality.dimensions {
            lines.push(format!("{} {}  {}", dimension.no, dimension.name, points(dimension.score)));
            for one in quality.indicators.iter().filter(|one| one.no.starts_with(&dimension.no)) {
                let share = if one.of > 0 { format!("  {} / {}", one.met, one.of) } else { String::new() };
                lines.push(format!("  {} {}  {}{share}", one.no, one.name, points(one.score)));
            }
        }
        for loss in &quality.losses {
            let points = format!("{:.2}", loss.points);
            lines.push(state.printer.line(
                "cli.quality-loss",
                &[("points", &points), ("title", &loss.title), ("no", &loss.indicator), ("failed", &loss.failed)],
            ));
        }
        lines.extend(file.iter().map(|file| state.printer.line("cli.written", &[("file", file)])));
        lines
    });
    Ok(Outcome::Done)
}

pub async fn mend(state: &AppState<'_>, given: &arguments::Mend) -> Result<Outcome, CallError> {
    let arguments::Mend { table, rule, column, value, remedy } = given;
    let selection = Selection {
        tables: vec![table.clone()],
        rule: Some(rule.clone()),
        column: column.clone(),
        value: value.clone(),
        ..Selection::default()
    };
    let remedy = match remedy {
        arguments::Remedy { with: Some(with), .. } => Remedy::Value { with: with.clone() },
        arguments::Remedy { blank: true, .. } => Remedy::Blank,
        arguments::Remedy { trim: true, .. } => Remedy::Trim,
        arguments::Remedy { record: true, .. } => Remedy::Record,
        _ => Remedy::Suggestion,
    };
    let mended: Mended = state.ask("check.mend_all", &MendAll { selection, remedy, job: 0 }).await?;
    // Rules that are slow in a large school wait after a change; without a window nobody runs them later.
    let _: Vec<WaitingRule> = state.ask("check.catch_up", &CatchUp { job: 0 }).await?;
    state.printer.answer(&mended, |mended| {
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("cells", &mended.cells), ("rows", &mended.rows), ("left", &mended.left)];
        vec![state.printer.line("cli.mended", &values)]
    });
    Ok(Outcome::Done)
}

/// One group in the answer of `check --by`.
#[derive(Serialize)]
pub struct GroupAnswer {
    #[serde(flatten)]
    group: FindingGroup,
    words: String,
}

/// All groups of findings of these tables, read in pages; personal values are masked.
pub async fn groups(state: &AppState<'_>, by: Grouping, tables: &[String]) -> Result<Vec<GroupAnswer>, CallError> {
    let within = Selection { tables: tables.to_vec(), ..Selection::default() };
    let mut query = GroupsQuery { by, within, offset: 0, limit: Some(PAGE) };
    let mut all = Vec::new();
    loop {
        let page: FindingGroups = state.ask("check.groups", &query).await?;
        let read = page.groups.len() as u64;
        for mut group in page.groups {
            let words = words::of_group(&group, state.printer.language());
            // What leaves the program has no personal value that the screen masks.
            group.value.clone_from(&group.shown);
            if group.selection.value.is_some() {
                group.selection.value = Some(group.shown.clone());
            }
            all.push(GroupAnswer { group, words });
        }
        query.offset += read;
        if read == 0 || query.offset >= page.total {
            return Ok(all);
        }
    }
}

impl GroupAnswer {
    /// Number, table, field and words.
    pub fn line(&self) -> String {
        let FindingGroup { count, table, column_title, .. } = &self.group;
        format!("{count}  {table} {} {}", column_title.as_deref().unwrap_or_default(), self.words)
    }
}
