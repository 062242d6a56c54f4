//! What jumps between two states of a table: pure functions of numbers, so that they can be tried with planted drifts.

use standard::Words;
use store::{ColumnState, TableState};

use super::DriftLimits;

/// What jumped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The number of records.
    Rows,
    /// Records share their natural keys more than before.
    Keys,
    /// The share of empty cells of a column.
    Empty,
    /// The mean of numbers.
    Mean,
    /// The median of numbers.
    Median,
    /// The largest number.
    Largest,
    /// The share of a code.
    Code,
    /// A column that had several values has one.
    Single,
    /// Dates of events are those of the period before.
    Stale,
}

impl Kind {
    pub const EACH: [Kind; 9] = [
        Kind::Rows,
        Kind::Keys,
        Kind::Empty,
        Kind::Mean,
        Kind::Median,
        Kind::Largest,
        Kind::Code,
        Kind::Single,
        Kind::Stale,
    ];

    /// The name of the rule.
    pub fn rule(self) -> &'static str {
        match self {
            Kind::Rows => "drift-rows",
            Kind::Keys => "drift-keys",
            Kind::Empty => "drift-empty",
            Kind::Mean => "drift-mean",
            Kind::Median => "drift-median",
            Kind::Largest => "drift-largest",
            Kind::Code => "drift-code",
            Kind::Single => "drift-single",
            Kind::Stale => "drift-stale",
        }
    }

    /// Its words, without the numbers.
    pub fn words(self) -> Words {
        match self {
            Kind::Rows => Words::phrase("finding.drift-rows"),
            Kind::Keys => Words::phrase("finding.drift-keys"),
            Kind::Empty => Words::phrase("finding.drift-empty"),
            Kind::Mean => Words::phrase("finding.drift-mean"),
            Kind::Median => Words::phrase("finding.drift-median"),
            Kind::Largest => Words::phrase("finding.drift-largest"),
            Kind::Code => Words::phrase("finding.drift-code"),
            Kind::Single => Words::phrase("finding.drift-single"),
            Kind::Stale => Words::phrase("finding.drift-stale"),
        }
    }
}

/// One jump, its numbers as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Jump {
    pub kind: Kind,
    /// Absent where the table as a whole is meant.
    pub column: Option<String>,
    /// The code that is meant.
    pub code: Option<String>,
    pub now: String,
    /// In the period before.
    pub before: String,
    /// The lowest and the highest of the earlier periods.
    pub low: String,
    pub high: String,
    /// How many earlier periods there are.
    pub periods: usize,
}

/// How many times the largest value of the earlier periods a value is that was entered in another unit.
const OTHER_UNIT: f64 = 9.5;

/// How many different values a column must have had before one alone is asked about.
const SEVERAL: u64 = 3;

/// What jumped from the earlier periods (the newest first) to now. `event` is the column that says when a record
/// happened.
pub(crate) fn jumps(now: &TableState, before: &[&TableState], limits: DriftLimits, event: Option<&str>) -> Vec<Jump> {
    let mut found = Vec::new();
    let before: Vec<&TableState> = before.iter().copied().filter(|state| state.rows > 0).collect();
    let Some(last) = before.first() else { return found };
    let asking = Asking { limits, periods: before.len() };
    let rows: Vec<f64> = before.iter().map(|state| state.rows as f64).collect();
    if asking.size(now.rows as f64, &rows) && now.rows.abs_diff(last.rows) >= limits.least {
        found.push(asking.jump(Kind::Rows, None, now.rows as f64, &rows, count));
    }
    if now.rows < limits.least || last.rows < limits.least {
        return found;
    }
    let repeated = |state: &TableState| state.keys.map(|keys| share(state.rows - keys.min(state.rows), state.rows));
    if let (Some(now), Some(before)) =
        (repeated(now), before.iter().map(|one| repeated(one)).collect::<Option<Vec<_>>>())
        && asking.points(now, &before)
        && now > before[0]
    {
        found.push(asking.jump(Kind::Keys, None, now, &before, percent));
    }
    for column in &now.columns {
        let earlier: Vec<(&TableState, &ColumnState)> = before
            .iter()
            .filter_map(|state| Some((*state, state.columns.iter().find(|one| one.column == column.column)?)))
            .collect();
        if earlier.len() == before.len() {
            found.extend(of_column(&asking, (now, column), &earlier, event == Some(column.column.as_str())));
        }
    }
    found
}

/// What jumped in one column: at most one thing of each kind that says something of its own.
fn of_column(
    asking: &Asking,
    (table, now): (&TableState, &ColumnState),
    before: &[(&TableState, &ColumnState)],
    is_event: bool,
) -> Vec<Jump> {
    let mut found = Vec::new();
    let column = Some(now.column.clone());
    let empty = |state: &TableState, one: &ColumnState| share(state.rows - one.filled.min(state.rows), state.rows);
    let shares: Vec<f64> = before.iter().map(|(state, one)| empty(state, one)).collect();
    if asking.points(empty(table, now), &shares) {
        found.push(asking.jump(Kind::Empty, column.clone(), empty(table, now), &shares, percent));
    }
    let enough = |one: &ColumnState| one.filled >= asking.limits.least;
    if !enough(now) || !before.iter().all(|(_, one)| enough(one)) {
        return found;
    }
    if now.different == 1 && before.iter().all(|(_, one)| one.different >= SEVERAL) {
        let different: Vec<f64> = before.iter().map(|(_, one)| one.different as f64).collect();
        found.push(asking.jump(Kind::Single, column, 1.0, &different, count));
        return found;
    }
    if !now.codes.is_empty() {
        found.extend(of_codes(asking, now, before));
        return found;
    }
    if now.sum.is_some() {
        let numbers =
            |of: fn(&ColumnState) -> Option<f64>| before.iter().map(|(_, one)| of(one)).collect::<Option<Vec<_>>>();
        for (kind, of) in [(Kind::Mean, mean as fn(&ColumnState) -> Option<f64>), (Kind::Median, median)] {
            if let (Some(now), Some(before)) = (of(now), numbers(of))
                && asking.size(now, &before)
            {
                found.push(asking.jump(kind, column.clone(), now, &before, number));
                // One of the two says it.
                return found;
            }
        }
        if let (Some(now), Some(before)) = (largest(now), numbers(largest))
            && before.iter().all(|one| *one > 0.0 && now > one * OTHER_UNIT)
        {
            found.push(asking.jump(Kind::Largest, column, now, &before, number));
        }
        return found;
    }
    let (_, last) = before[0];
    if is_event && !now.quantiles.is_empty() && now.quantiles == last.quantiles && now.different == last.different {
        found.push(Jump {
            kind: Kind::Stale,
            column,
            code: None,
            now: now.quantiles[0].clone(),
            before: last.quantiles[0].clone(),
            low: last.quantiles[0].clone(),
            high: last.quantiles.last().cloned().unwrap_or_default(),
            periods: before.len(),
        });
    }
    found
}

/// The code whose share moved most, if that is too much: out of its range by the points that the limits allow, or gone,
/// or new, by half of them.
fn of_codes(asking: &Asking, now: &ColumnState, before: &[(&TableState, &ColumnState)]) -> Option<Jump> {
    let of = |one: &ColumnState, code: &str| share(one.of_code(code), one.filled);
    let mut codes: Vec<&str> = now.codes.iter().map(|(code, _)| code.as_str()).collect();
    codes.extend(before.iter().flat_map(|(_, one)| one.codes.iter().map(|(code, _)| code.as_str())));
    codes.sort_unstable();
    codes.dedup();
    let moved = |code: &str| {
        let shares: Vec<f64> = before.iter().map(|(_, one)| of(one, code)).collect();
        let is = of(now, code);
        let away = outside(is, &shares);
        let came_or_went = (is == 0.0 || shares.iter().all(|one| *one == 0.0)) && away * 2.0 >= asking.allowed();
        (away >= asking.allowed() || came_or_went).then_some((away, shares, is))
    };
    let most = codes
        .into_iter()
        .filter_map(|code| Some((code, moved(code)?)))
        .max_by(|(_, one), (_, other)| one.0.total_cmp(&other.0));
    let (code, (_, shares, is)) = most?;
    let jump = asking.jump(Kind::Code, Some(now.column.clone()), is, &shares, percent);
    Some(Jump { code: Some(code.to_owned()), ..jump })
}

/// The limits, and how many periods there are to compare with.
struct Asking {
    limits: DriftLimits,
    periods: usize,
}

impl Asking {
    /// Points that a share may move, as a share.
    fn allowed(&self) -> f64 {
        f64::from(self.limits.points) / 100.0
    }

    /// Whether a share lies too far outside of the earlier ones.
    fn points(&self, now: f64, before: &[f64]) -> bool {
        outside(now, before) >= self.allowed()
    }

    /// Whether a size lies too far outside of the earlier ones.
    fn size(&self, now: f64, before: &[f64]) -> bool {
        let (low, high) = range(before);
        let of = f64::from(self.limits.percent) / 100.0;
        now < low - low.abs() * of || now > high + high.abs() * of
    }

    fn jump(&self, kind: Kind, column: Option<String>, now: f64, before: &[f64], say: fn(f64) -> String) -> Jump {
        let (low, high) = range(before);
        Jump {
            kind,
            column,
            code: None,
            now: say(now),
            before: say(before[0]),
            low: say(low),
            high: say(high),
            periods: self.periods,
        }
    }
}

/// The lowest and the highest; there is at least one.
fn range(of: &[f64]) -> (f64, f64) {
    of.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| (low.min(*one), high.max(*one)))
}

/// How far a number lies outside of a range; 0 inside.
fn outside(now: f64, before: &[f64]) -> f64 {
    let (low, high) = range(before);
    (low - now).max(now - high).max(0.0)
}

fn share(part: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}

fn mean(one: &ColumnState) -> Option<f64> {
    let sum: f64 = one.sum.as_deref()?.parse().ok()?;
    (one.numbers > 0).then(|| sum / one.numbers as f64)
}

fn median(one: &ColumnState) -> Option<f64> {
    one.quantiles.get(2)?.parse().ok()
}

fn largest(one: &ColumnState) -> Option<f64> {
    one.quantiles.last()?.parse().ok()
}

/// A number of records, with separators of thousands.
fn count(number: f64) -> String {
    grouped(&format!("{number:.0}"))
}

/// A mean, with two decimals where it needs them.
fn number(number: f64) -> String {
    let text = format!("{number:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    let (whole, part) = short.split_once('.').unwrap_or((short, ""));
    format!("{}{}{part}", grouped(whole), if part.is_empty() { "" } else { "." })
}

/// A share in per cent.
fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

fn grouped(whole: &str) -> String {
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
    let mut text = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str) -> ColumnState {
        ColumnState { column: name.into(), filled: 100, different: 4, ..ColumnState::default() }
    }

    /// A table as it was in three periods: codes, numbers, dates and texts.
    fn usual() -> TableState {
        let codes = ColumnState { codes: vec![("1".into(), 60), ("2".into(), 30), ("3".into(), 10)], ..column("CODE") };
        let quantiles = ["100", "150", "200", "250", "300"].map(str::to_owned).to_vec();
        let numbers = ColumnState { sum: Some("20000".into()), numbers: 100, quantiles, ..column("NUMBER") };
        let days = ["20260901", "20260915", "20261001", "20261101", "20261201"].map(str::to_owned).to_vec();
        let dates = ColumnState { quantiles: days, ..column("DATE") };
        let text = ColumnState { different: 0, ..column("TEXT") };
        TableState { rows: 100, keys: Some(100), columns: vec![codes, numbers, dates, text] }
    }

    /// The jumps from [`usual`] with other dates to a state that `damage` changes.
    fn found(damage: impl Fn(&mut TableState)) -> Vec<(Kind, Option<String>)> {
        let mut earlier = usual();
        earlier.columns[2].quantiles =
            ["20260301", "20260315", "20260401", "20260501", "20260601"].map(str::to_owned).to_vec();
        let mut now = usual();
        damage(&mut now);
        let jumps = jumps(&now, &[&earlier, &earlier, &earlier], DriftLimits::default(), Some("DATE"));
        jumps.into_iter().map(|jump| (jump.kind, jump.column)).collect()
    }

    #[test]
    fn ten_kinds_of_drift_are_found_each_at_its_place_and_nothing_else() {
        assert_eq!(found(|_| {}), []);
        let of = |kind, column: &str| vec![(kind, Some(column.to_owned()))];
        assert_eq!(found(|now| now.rows = 60).first(), Some(&(Kind::Rows, None)), "fewer records");
        let more = |now: &mut TableState| {
            now.rows = 200;
            now.keys = Some(200);
            now.columns.iter_mut().for_each(|one| one.filled = 200);
            now.columns[0].codes = vec![("1".into(), 120), ("2".into(), 60), ("3".into(), 20)];
            now.columns[1].sum = Some("40000".into());
            now.columns[1].numbers = 200;
        };
        assert_eq!(found(more), [(Kind::Rows, None)], "every record twice");
        assert_eq!(found(|now| now.keys = Some(70)), [(Kind::Keys, None)], "records under one key");
        assert_eq!(found(|now| now.columns[3].filled = 40), of(Kind::Empty, "TEXT"), "a column emptied");
        assert_eq!(found(|now| now.columns[1].sum = Some("200000".into())), of(Kind::Mean, "NUMBER"), "another unit");
        let median = |now: &mut TableState| now.columns[1].quantiles[2] = "100".into();
        assert_eq!(found(median), of(Kind::Median, "NUMBER"), "half of the records in another unit");
        let largest = |now: &mut TableState| now.columns[1].quantiles[4] = "30000".into();
        assert_eq!(found(largest), of(Kind::Largest, "NUMBER"), "one record in another unit");
        let moved = |now: &mut TableState| {
            now.columns[0].codes = vec![("2".into(), 70), ("1".into(), 20), ("3".into(), 10)];
        };
        assert_eq!(found(moved), of(Kind::Code, "CODE"), "another distribution");
        let gone = |now: &mut TableState| now.columns[0].codes = vec![("1".into(), 65), ("2".into(), 35)];
        assert_eq!(found(gone), of(Kind::Code, "CODE"), "a code is gone");
        let single = |now: &mut TableState| {
            now.columns[0].codes = vec![("1".into(), 100)];
            now.columns[0].different = 1;
        };
        assert_eq!(found(single), of(Kind::Single, "CODE"), "one value everywhere");
        let stale = |now: &mut TableState| {
            now.columns[2].quantiles =
                ["20260301", "20260315", "20260401", "20260501", "20260601"].map(str::to_owned).to_vec();
        };
        assert_eq!(found(stale), of(Kind::Stale, "DATE"), "dates of the period before");
    }

    #[test]
    fn numbers_are_said_as_people_write_them() {
        assert_eq!(
            [count(1234567.0), number(1234.5), number(-20.0), percent(0.056)],
            ["1,234,567", "1,234.5", "-20", "6%"]
        );
    }

    #[test]
    fn small_tables_and_first_periods_are_not_asked_about() {
        let small = TableState { rows: 4, ..TableState::default() };
        let smaller = TableState { rows: 1, ..TableState::default() };
        assert_eq!(jumps(&smaller, &[&small], DriftLimits::default(), None), []);
        assert_eq!(jumps(&usual(), &[], DriftLimits::default(), None), []);
    }
}
