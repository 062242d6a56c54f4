//! Patterns: rules that recur in many tables, each declared in one line of a rule file.
//!
//! ```toml
//! not-after-today = [
//!   { rule = "ODS_KYJFZCSJ.spent-by-today", level = "mandatory", columns = ["ZCSJ"], reason = "支出是已经发生的事。" },
//! ]
//! ```
//!
//! A [`Line`] becomes a rule like any other: with SQL, with words made from the titles of its columns, and with records
//! that pass and records that fail. It is listed, tried and run as if it had been written out.
//!
//! - `dates`: not after today, order of two dates, within the range of dates of the table
//! - `terms`: within the term or the school year of the period
//! - `records`: a name agrees with the record that its number names; one value for each key
//! - `numbers`: ranges, not negative, a part within its whole
//! - `fields`: filled exactly when a flag says so; a city in its province
//! - `sample`: values for the records that pass and fail

mod dates;
mod fields;
mod numbers;
mod records;
mod sample;
mod terms;

use std::fmt;

use serde::Deserialize;

use crate::finding::Level;
use crate::rule::{CaseText, NAME, RuleFault, RuleText, fault};
use crate::{Edition, Field, Sensitivity, Table};

/// What a rule may declare instead of an expression of its own; each value gives its name in a file of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// `not-after-today`: dates of what has happened; `from` is the earliest plausible one. A rule for each column.
    /// With `slack = 1` tomorrow is asked to be confirmed by a rule of its own: the clock of a device may be fast.
    NotAfterToday,
    /// `ends-by-today`: the first date, the end of what began on the second, is not later than today, unless it has
    /// begun and lasts no longer than `to` days.
    EndsByToday,
    /// `not-before`: the first date is on the second or later.
    NotBefore,
    /// `not-after`: the first date is on the second or earlier.
    NotAfter,
    /// `since`: the date or year is not before `from`, where the printed scope of the table begins.
    Since,
    /// `this-term`: school year and term, or the term alone, are those of the period.
    ThisTerm,
    /// `in-term`: the date lies in the term of the period, or shortly before or after it.
    InTerm,
    /// `in-school-year`: the date lies in the school year of the period, or shortly before or after it.
    InSchoolYear,
    /// `name-agrees`: the first column has the name that the record named by the second column has. `named` is the
    /// name's column there, where it is not called the same; `number` is `TABLE.COLUMN` of that record's number, where
    /// the field has no reference. Both may be several with blanks between them: the number is one of those. With
    /// `part` one name may contain the other.
    NameAgrees,
    /// `one-per`: all records with the same key have the same value in the column `one`; the key is the other columns.
    OnePer,
    /// `between`: the number is not below `from` and not above `to`, or it is the one that `or` says. A rule for each
    /// column.
    Between,
    /// `not-negative`: the number is not negative. A rule for each column.
    NotNegative,
    /// `not-above`: the first number is not above the second, which it is a part of.
    NotAbove,
    /// `somebody-took-part`: the numbers of people are not all zero.
    SomebodyTookPart,
    /// `filled-when`: the first column is filled if the second is `1`, and empty if it is `0`.
    FilledWhen,
    /// `city-in-province`: the code of a city (or district) begins like the code of its province, where both are
    /// current.
    CityInProvince,
    /// `region-name`: the first column names the region whose code stands in the second.
    RegionName,
}

/// A pattern on the columns of one table, as it is declared.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Id of the rule, `TABLE.kebab-case`.
    rule: String,
    /// `mandatory`, `confirm` or `hint`.
    level: Level,
    /// Columns of the table, in the order that the pattern says. A finding stands on the first, or on the one at fault
    /// where the pattern makes a rule for each.
    columns: Vec<String>,
    /// A message that replaces the one of the pattern.
    message: Option<String>,
    /// A reason that replaces the one of the pattern.
    reason: Option<String>,
    /// Lower bound: a number, or a date as cells have it.
    from: Option<Bound>,
    /// Upper bound: a number.
    to: Option<Bound>,
    /// A number outside the range that is right, too.
    or: Option<i64>,
    /// Number of days after today that are only to be confirmed: 1.
    slack: Option<u8>,
    /// Column that has one value for each key.
    one: Option<String>,
    /// Column of the other record's name.
    named: Option<String>,
    /// `TABLE.COLUMN` of the other record's number.
    number: Option<String>,
    /// Whether a name that contains the other one agrees with it.
    #[serde(default)]
    part: bool,
    /// Place of the first column in the line as it is written: not 0 in a line that was made of its column alone.
    #[serde(skip)]
    first: usize,
}

/// A bound of a range.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
enum Bound {
    Number(i64),
    Date(String),
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bound::Number(number) => write!(f, "{number}"),
            Bound::Date(date) => f.write_str(date),
        }
    }
}

/// What a pattern makes of a line.
struct Made {
    sql: Sql,
    message: String,
    reason: String,
    /// Words of the standard that demand it.
    basis: Option<String>,
    pass: Vec<CaseText>,
    fail: Vec<CaseText>,
}

/// The SQL of a made rule.
enum Sql {
    Expect(String),
    Select(String),
}

/// A line with the table and the fields that it names.
struct Place<'e> {
    edition: &'e Edition,
    table: &'e Table,
    line: &'e Line,
    fields: Vec<&'e Field>,
}

impl Pattern {
    /// The line as a rule. Faults name a key of the line.
    pub fn rule(self, line: &Line, edition: &Edition) -> Result<RuleText, RuleFault> {
        let place = Place::find(line, edition)?;
        place.check_extras(self.extras())?;
        let made = match self {
            Pattern::NotAfterToday => dates::not_after_today(&place),
            Pattern::EndsByToday => dates::ends_by_today(&place),
            Pattern::NotBefore => dates::in_order(&place, true),
            Pattern::NotAfter => dates::in_order(&place, false),
            Pattern::Since => dates::since(&place),
            Pattern::ThisTerm => terms::this_term(&place),
            Pattern::InTerm => terms::in_term(&place),
            Pattern::InSchoolYear => terms::in_school_year(&place),
            Pattern::NameAgrees => records::name_agrees(&place),
            Pattern::OnePer => records::one_per(&place),
            Pattern::Between => numbers::between(&place),
            Pattern::NotNegative => numbers::not_negative(&place),
            Pattern::NotAbove => numbers::not_above(&place),
            Pattern::SomebodyTookPart => numbers::somebody_took_part(&place),
            Pattern::FilledWhen => fields::filled_when(&place),
            Pattern::CityInProvince => fields::city_in_province(&place),
            Pattern::RegionName => fields::region_name(&place),
        }?;
        let (expect, select) = match made.sql {
            Sql::Expect(expect) => (Some(expect), None),
            Sql::Select(select) => (None, Some(select)),
        };
        Ok(RuleText {
            id: line.rule.clone(),
            level: line.level,
            table: place.table.name.clone(),
            columns: line.columns.clone(),
            expect,
            select,
            parts: Vec::new(),
            message: line.message.clone().unwrap_or(made.message),
            reason: line.reason.clone().unwrap_or(made.reason),
            basis: made.basis,
            pass: made.pass,
            fail: made.fail,
        })
    }

    /// The line itself, or one line for each of its columns where each column has a rule of its own: then a finding
    /// stands on the cell that is wrong. The first keeps the id of the line, the others have their column behind it. A
    /// line with `slack` has a second rule for tomorrow.
    pub fn lines(self, line: &Line) -> Vec<Line> {
        if !matches!(self, Pattern::NotAfterToday | Pattern::NotNegative | Pattern::Between) {
            return vec![line.clone()];
        }
        let of_column = |(at, column): (usize, &String)| {
            let rule = if at == 0 { line.rule.clone() } else { format!("{}-{}", line.rule, column.to_lowercase()) };
            Line { rule, columns: vec![column.clone()], first: at, ..line.clone() }
        };
        let several = line.columns.len() > 1;
        let lines = if several { line.columns.iter().enumerate().map(of_column).collect() } else { vec![line.clone()] };
        let tomorrow = |line: &Line| Line {
            rule: format!("{}-tomorrow", line.rule),
            level: Level::Confirm,
            message: None,
            reason: None,
            slack: Some(0),
            ..line.clone()
        };
        let soft: Vec<Line> = lines.iter().filter(|line| line.slack == Some(1)).map(tomorrow).collect();
        lines.into_iter().chain(soft).collect()
    }

    /// The keys besides the common ones that a line of this pattern may have.
    fn extras(self) -> &'static [&'static str] {
        match self {
            Pattern::NotAfterToday => &["from", "slack"],
            Pattern::EndsByToday => &["to"],
            Pattern::Since => &["from"],
            Pattern::Between => &["from", "to", "or"],
            Pattern::NameAgrees => &["named", "number", "part"],
            Pattern::OnePer => &["one"],
            _ => &[],
        }
    }
}

impl Line {
    /// Id of the rule that it declares.
    pub fn id(&self) -> &str {
        &self.rule
    }
}

impl<'e> Place<'e> {
    fn find(line: &'e Line, edition: &'e Edition) -> Result<Place<'e>, RuleFault> {
        let table = line.rule.split_once('.').and_then(|(table, _)| edition.table(table));
        let table = table.ok_or_else(|| fault("rule", &line.rule, "TABLE.name with a table of the edition"))?;
        let field = |(at, column): (usize, &String)| {
            let place = || format!("columns/{}", line.first + at);
            table.field(column).ok_or_else(|| fault(&place(), column, "a column of the table"))
        };
        let fields: Vec<&Field> = line.columns.iter().enumerate().map(field).collect::<Result<_, _>>()?;
        Ok(Place { edition, table, line, fields })
    }

    fn check_extras(&self, allowed: &[&str]) -> Result<(), RuleFault> {
        let line = self.line;
        let given = [
            ("from", line.from.is_some()),
            ("to", line.to.is_some()),
            ("or", line.or.is_some()),
            ("slack", line.slack.is_some()),
            ("one", line.one.is_some()),
            ("named", line.named.is_some()),
            ("number", line.number.is_some()),
            ("part", line.part),
        ];
        match given.iter().find(|(key, given)| *given && !allowed.contains(key)) {
            None => Ok(()),
            Some((key, _)) => Err(fault(key, "a value", "no such key in this pattern")),
        }
    }

    /// The fields, as many as the pattern takes.
    fn exactly<const N: usize>(&self) -> Result<[&'e Field; N], RuleFault> {
        let found = format!("{} columns", self.fields.len());
        <[&Field; N]>::try_from(self.fields.as_slice()).map_err(|_| fault("columns", &found, EXPECTED[N.min(2)]))
    }

    /// The fields; at least one.
    fn some(&self) -> Result<&[&'e Field], RuleFault> {
        if self.fields.is_empty() { Err(fault("columns", "none", "at least one column")) } else { Ok(&self.fields) }
    }

    /// A fault with one of the columns.
    fn misfit(&self, at: usize, expected: &'static str) -> RuleFault {
        fault(&format!("columns/{}", self.line.first + at), &self.line.columns[at], expected)
    }
}

const EXPECTED: [&str; 3] = ["no column", "one column", "two columns"];

/// `标题“{COLUMN}”`, where the words may show the value of this column, else the title alone; a code comes with its name.
/// `at` is its place in the line: the first column has a placeholder of its own, which is masked where it must be.
fn spoken(at: usize, field: &Field) -> String {
    let is_open = field.sensitivity == Sensitivity::None;
    let name = if is_open && field.code_list.is_some() { NAME } else { "" };
    match at {
        0 => format!("{}“{{value{name}}}”", field.title),
        _ if is_open => format!("{}“{{{}{name}}}”", field.title, field.column),
        _ => field.title.clone(),
    }
}

/// Several words with `、` between them and `last` before the last one.
fn listed(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{}{last}{end}", first.join("、")),
    }
}
