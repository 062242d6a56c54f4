//! The quality of the college's data by GB/T 36344-2018: the program's own measure, with the college's weights.

mod indicators;
mod measure;
mod report;
mod score;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use standard::{PeriodKind, Table, period};

use crate::Desk;
use crate::check::api::{
    DepartmentQuality, DimensionScore, IndicatorScore, Loss, Quality, QualityQuery, QualitySettings, TableQuality,
    WriteQuality, WrittenQuality,
};
use crate::check::states::States;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::calendar::standing::DueBook;
use crate::session::editions::table_of;
use crate::verify::drift;
use indicators::{DIMENSIONS, INDICATORS, Measure};
use measure::Measuring;
use score::Shares;

/// The setting of the book that holds weights and expected numbers.
const SETTING: &str = drift::EXPECTED_SETTING;

/// Losses that one answer names; the tables themselves have all of them.
const LOSSES: usize = 50;

/// The largest weight.
const HEAVIEST: f64 = 100.0;

/// `quality.get`.
pub(crate) fn get(desk: &Desk, request: QualityQuery) -> Result<Quality, CallError> {
    measured(desk, &*desk.opened()?, &request)
}

/// `quality.settings`.
pub(crate) fn settings(desk: &Desk, _: Nothing) -> Result<QualitySettings, CallError> {
    kept(&*desk.opened()?)
}

/// `quality.set`.
pub(crate) fn set(desk: &Desk, request: QualitySettings) -> Result<QualitySettings, CallError> {
    let open = desk.opened()?;
    for weight in request.dimensions.values().chain(request.indicators.values()) {
        if !(0.0..=HEAVIEST).contains(weight) {
            return Err(CallError::new("quality.weight").with("weight", weight));
        }
    }
    if let Some(no) = request.dimensions.keys().find(|no| !DIMENSIONS.iter().any(|(known, _)| known == no)) {
        return Err(CallError::new("quality.unknown").with("no", no));
    }
    if let Some(no) = request.indicators.keys().find(|no| !INDICATORS.iter().any(|known| known.no == no.as_str())) {
        return Err(CallError::new("quality.unknown").with("no", no));
    }
    for table in request.expected.keys() {
        table_of(&open.edition, table)?;
    }
    let before = kept(&open)?.expected;
    let value = serde_json::to_value(&request).map_err(|_| CallError::failed("settings cannot be written"))?;
    open.book.set_setting(SETTING, &value)?;
    // A table with too few records is seen at once, not with the next check.
    let other = |table: &&Table| before.get(&table.name) != request.expected.get(&table.name);
    let changed: Vec<&Table> = open.edition.tables.iter().filter(other).collect();
    if !changed.is_empty() {
        drift::refresh(&open, changed.iter().copied())?;
        let tables = changed.iter().map(|table| table.name.clone()).collect();
        desk.tell(Changed::Tables { tables, step: None });
    }
    desk.tell(Changed::Book);
    Ok(request)
}

/// `quality.write`: a page to print, or a workbook.
pub(crate) fn write(desk: &Desk, request: WriteQuality) -> Result<WrittenQuality, CallError> {
    let open = desk.opened()?;
    let query = QualityQuery { period: request.period, digest: true, ..QualityQuery::default() };
    let quality = measured(desk, &open, &query)?;
    let digest = quality.digest.clone().unwrap_or_default();
    report::write(desk, &open, &quality, Path::new(&request.path))?;
    Ok(WrittenQuality { file: request.path, digest })
}

/// How many records tables should have, by name, as far as the college has said so.
pub(super) fn expected(open: &OpenBook) -> Result<BTreeMap<String, u64>, CallError> {
    Ok(kept(open)?.expected)
}

fn kept(open: &OpenBook) -> Result<QualitySettings, CallError> {
    let kept = open.book.setting(SETTING)?.unwrap_or(Value::Null);
    Ok(serde_json::from_value(kept).unwrap_or_default())
}

/// One table with what was measured of it.
struct Measured {
    view: TableQuality,
    shares: Shares,
}

fn measured(desk: &Desk, open: &OpenBook, request: &QualityQuery) -> Result<Quality, CallError> {
    let (present, college, settings) = (open.period(), open.settings(), kept(open)?);
    let of = request.period.clone().unwrap_or_else(|| present.clone());
    if PeriodKind::Term.window(&of).is_none() {
        return Err(CallError::new("quality.period").with("period", &of));
    }
    let states = States::read(open, &of)?;
    let connection = open.current_connection();
    let due = match connection.is_empty() || of != present {
        true => None,
        false => Some(DueBook::new(desk, open, &connection)?),
    };
    let measuring = Measuring { open, period: &of, settings: &settings, states: &states, due: due.as_ref() };
    let mut tables = Vec::new();
    let mut job = desk.job(request.job);
    let total = open.edition.tables.len() as u64;
    for (done, table) in (0..).zip(&open.edition.tables) {
        job.go_on()?;
        job.at("quality", done, total);
        let department = college.department_of(table).to_owned();
        if request.department.as_ref().is_some_and(|wanted| *wanted != department) {
            continue;
        }
        let (rows, shares) = measuring.table(table)?;
        let expected = settings.expected.get(&table.name).copied();
        if rows == 0 && expected.is_none() {
            continue;
        }
        let (title, score) = (table.short_title().to_owned(), score::total(&shares, &settings));
        let failed = shares.iter().map(score::Share::failed).sum();
        let view = TableQuality { table: table.name.clone(), title, department, rows, expected, score, failed };
        tables.push(Measured { view, shares });
    }
    let digest = match request.digest {
        true => Some(open.book.data_digest(tables.iter().map(|one| one.view.table.as_str()), &of)?),
        false => None,
    };
    Ok(summed(&settings, &states, tables, (of, digest)))
}

/// Puts tables together: elements are added up, and points follow from the sums.
fn summed(
    settings: &QualitySettings,
    states: &States,
    mut tables: Vec<Measured>,
    (of, digest): (String, Option<String>),
) -> Quality {
    let mut all = Shares::default();
    let mut departments: BTreeMap<String, (u64, u64, Shares)> = BTreeMap::new();
    for Measured { view, shares } in &tables {
        let (number, rows, sum) = departments.entry(view.department.clone()).or_default();
        *number += 1;
        *rows += view.rows;
        for (one, more) in all.iter_mut().chain(sum.iter_mut()).zip(shares.iter().chain(shares)) {
            one.add(more);
        }
    }
    let departments = departments.into_iter().map(|(department, (tables, rows, shares))| DepartmentQuality {
        department,
        tables,
        rows,
        score: score::total(&shares, settings),
    });
    let mut departments: Vec<DepartmentQuality> = departments.collect();
    departments.sort_by(|a, b| worst_first(a.score, b.score));
    let losses = losses(settings, &all, &tables);
    tables.sort_by(|a, b| worst_first(a.view.score, b.view.score));
    Quality {
        period_words: period::words(&of),
        period: of,
        score: score::total(&all, settings),
        rows: tables.iter().map(|one| one.view.rows).sum(),
        dimensions: DIMENSIONS.iter().map(|(no, name)| dimension(settings, &all, no, name)).collect(),
        indicators: indicator_scores(settings, &all),
        tables: tables.into_iter().map(|one| one.view).collect(),
        departments,
        losses,
        rules: states.counts(),
        digest,
    }
}

fn dimension(settings: &QualitySettings, all: &Shares, no: &str, name: &str) -> DimensionScore {
    let of = || INDICATORS.iter().zip(all).filter(|(one, _)| one.no.starts_with(no)).map(|(_, share)| share);
    DimensionScore {
        no: no.to_owned(),
        name: name.to_owned(),
        weight: score::dimension_weight(settings, no),
        score: score::dimension(all, settings, no),
        measured: of().map(|share| share.of).sum(),
        failed: of().map(score::Share::failed).sum(),
    }
}

fn indicator_scores(settings: &QualitySettings, all: &Shares) -> Vec<IndicatorScore> {
    let view = |(one, share): (&indicators::Indicator, &score::Share)| IndicatorScore {
        no: one.no.to_owned(),
        name: one.name.to_owned(),
        weight: score::weight(settings, one.no),
        met: share.met,
        of: share.of,
        explained: share.explained,
        score: share.points(),
        unmeasured: match (share.of, one.measure) {
            (1.., _) => None,
            (_, Measure::Never(why)) => Some(why.to_owned()),
            _ => Some(one.without.to_owned()),
        },
    };
    INDICATORS.iter().zip(all).map(view).collect()
}

/// What each table loses in each indicator, the most first.
fn losses(settings: &QualitySettings, all: &Shares, tables: &[Measured]) -> Vec<Loss> {
    let parts = score::parts(all, settings);
    let mut losses = Vec::new();
    for Measured { view, shares } in tables {
        for (at, share) in shares.iter().enumerate().filter(|(_, share)| share.failed() > 0) {
            losses.push(Loss {
                table: view.table.clone(),
                title: view.title.clone(),
                department: view.department.clone(),
                indicator: INDICATORS[at].no.to_owned(),
                failed: share.failed(),
                // Numbers of cells stay below 2^53, so both are exact.
                points: parts[at] * 100.0 * share.failed() as f64 / all[at].of as f64,
            });
        }
    }
    losses.retain(|loss| loss.points > 0.0);
    losses.sort_by(|a, b| b.points.total_cmp(&a.points));
    losses.truncate(LOSSES);
    losses
}

/// Those without points come last.
fn worst_first(a: Option<f64>, b: Option<f64>) -> std::cmp::Ordering {
    a.unwrap_or(f64::INFINITY).total_cmp(&b.unwrap_or(f64::INFINITY))
}

#[cfg(test)]
mod tests;
