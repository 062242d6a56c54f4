//! What a table holds in a period as small exact numbers: counts, sums, quantiles, and codes by their frequency.

use std::collections::HashMap;

use rusqlite::Row;
use serde::{Deserialize, Serialize};
use standard::{Field, Kind};

use crate::records::table_sql::TableSql;
use crate::sql::quoted;
use crate::{Book, StoreError};

/// Codes of a column that are kept by their frequency; what is rarer is counted together.
const CODES: usize = 200;

/// Decimals that sums and quantiles are exact to.
const SCALE: u32 = 8;

/// What a table holds in a period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TableState {
    /// How many records it has.
    pub rows: u64,
    /// Different natural keys; absent for a table without one.
    pub keys: Option<u64>,
    /// The columns that a clerk fills, in printed order.
    pub columns: Vec<ColumnState>,
}

/// What a column holds in a period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnState {
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Cells that are not empty.
    pub filled: u64,
    /// Different values of codes, numbers and dates; 0 for other columns, which are not looked into.
    pub different: u64,
    /// The sum of a column of numbers, as a decimal; cells that are no number are left out.
    pub sum: Option<String>,
    /// Cells of a column of numbers that are one.
    pub numbers: u64,
    /// Smallest value, lower quartile, median, upper quartile and largest value of numbers and dates; else empty.
    pub quantiles: Vec<String>,
    /// Codes with the number of their cells, the most frequent first.
    pub codes: Vec<(String, u64)>,
    /// Cells of codes that are rarer than those.
    pub others: u64,
}

impl ColumnState {
    /// How many cells have a code.
    pub fn of_code(&self, code: &str) -> u64 {
        self.codes.iter().find(|(one, _)| one == code).map_or(0, |(_, count)| *count)
    }
}

/// How a column is looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Codes,
    Numbers,
    Dates,
    Filled,
}

fn look(field: &Field) -> Look {
    match field.kind {
        Kind::Code | Kind::Codes => Look::Codes,
        Kind::Integer | Kind::Decimal => Look::Numbers,
        Kind::Date | Kind::DateTime | Kind::YearMonth | Kind::Year | Kind::YearRange => Look::Dates,
        _ => Look::Filled,
    }
}

impl Book {
    /// What a table holds in a period, read in one pass over its records. The period counts in periodic tables only.
    pub fn table_state(&self, table: &str, period: &str) -> Result<TableState, StoreError> {
        let table_sql = self.table_sql(table)?;
        let fields: Vec<&Field> = table_sql.table().filled_fields().collect();
        let looks: Vec<Look> = fields.iter().map(|field| look(field)).collect();
        // Of columns that are not looked into only whether they are filled leaves the book.
        let columns: Vec<String> = fields
            .iter()
            .zip(&looks)
            .map(|(field, look)| match look {
                Look::Filled => format!("t.{} IS NOT NULL", quoted(&field.column)),
                _ => format!("t.{}", quoted(&field.column)),
            })
            .collect();
        let sql = format!("SELECT {} FROM {} t WHERE t._period = ?1", columns.join(", "), table_sql.quoted_name);
        let period = table_sql.period(period);
        self.read(|connection| {
            let mut state = TableState { keys: keys(connection, table_sql, period)?, ..TableState::default() };
            let mut found: Vec<Column> = looks.iter().map(|look| Column::new(*look)).collect();
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([period])?;
            while let Some(row) = rows.next()? {
                state.rows += 1;
                for (at, column) in found.iter_mut().enumerate() {
                    column.take(row, at)?;
                }
            }
            let named = found.into_iter().zip(&fields);
            state.columns = named.map(|(column, field)| column.state(&field.column)).collect();
            Ok(state)
        })
    }

    /// How many natural keys a period has that an earlier one had not, and how many it lacks. Columns of the key that
    /// tell the time do not count, because they differ from period to period. `None` where nothing else is left, and for
    /// tables without periods.
    pub fn key_changes(&self, table: &str, from: &str, to: &str) -> Result<Option<(u64, u64)>, StoreError> {
        let table_sql = self.table_sql(table)?;
        let (from, to) = (table_sql.period(from), table_sql.period(to));
        let timeless = |field: &&Field| look(field) != Look::Dates;
        let key: Vec<String> =
            table_sql.table().natural_fields().filter(timeless).map(|field| quoted(&field.column)).collect();
        if key.is_empty() || from == to {
            return Ok(None);
        }
        let of =
            |param: &str| format!("SELECT {} FROM {} WHERE _period = {param}", key.join(", "), table_sql.quoted_name);
        let sql = format!(
            "SELECT (SELECT count(*) FROM ({now} EXCEPT {before})), (SELECT count(*) FROM ({before} EXCEPT {now}))",
            now = of("?2"),
            before = of("?1")
        );
        self.read(|connection| {
            Ok(Some(connection.prepare_cached(&sql)?.query_row((from, to), |r| Ok((r.get(0)?, r.get(1)?)))?))
        })
    }
}

/// Different natural keys of a period; `None` for a table without one.
fn keys(connection: &rusqlite::Connection, table_sql: &TableSql, period: &str) -> Result<Option<u64>, StoreError> {
    let natural = &table_sql.table().natural_key;
    if natural.is_empty() {
        return Ok(None);
    }
    let columns: Vec<String> = natural.iter().map(|column| quoted(column)).collect();
    let sql = format!(
        "SELECT count(*) FROM (SELECT DISTINCT {} FROM {} WHERE _period = ?1)",
        columns.join(", "),
        table_sql.quoted_name
    );
    Ok(Some(connection.prepare_cached(&sql)?.query_row([period], |r| r.get(0))?))
}

/// The values of a column while its records are read.
struct Column {
    look: Look,
    filled: u64,
    numbers: u64,
    sum: i128,
    values: HashMap<String, u64>,
}

impl Column {
    fn new(look: Look) -> Column {
        Column { look, filled: 0, numbers: 0, sum: 0, values: HashMap::new() }
    }

    fn take(&mut self, row: &Row<'_>, at: usize) -> Result<(), StoreError> {
        if self.look == Look::Filled {
            self.filled += u64::from(row.get::<_, bool>(at)?);
            return Ok(());
        }
        let Some(text) = row.get_ref(at)?.as_str_or_null().map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(error))
        })?
        else {
            return Ok(());
        };
        self.filled += 1;
        if self.look == Look::Numbers {
            let Some(number) = scaled(text) else { return Ok(()) };
            self.numbers += 1;
            self.sum = self.sum.saturating_add(number);
        }
        match self.values.get_mut(text) {
            Some(count) => *count += 1,
            None => {
                self.values.insert(text.to_owned(), 1);
            }
        }
        Ok(())
    }

    fn state(self, column: &str) -> ColumnState {
        let mut state = ColumnState {
            column: column.to_owned(),
            filled: self.filled,
            different: self.values.len() as u64,
            numbers: self.numbers,
            ..ColumnState::default()
        };
        match self.look {
            Look::Filled => {}
            Look::Codes => {
                let mut codes: Vec<(String, u64)> = self.values.into_iter().collect();
                codes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
                state.others = codes.iter().skip(CODES).map(|(_, count)| count).sum();
                codes.truncate(CODES);
                state.codes = codes;
            }
            Look::Numbers => {
                state.sum = Some(decimal(self.sum));
                let mut values: Vec<(i128, u64)> =
                    self.values.into_iter().filter_map(|(text, count)| Some((scaled(&text)?, count))).collect();
                values.sort_unstable();
                state.quantiles = quantiles(&values).map(decimal).collect();
            }
            Look::Dates => {
                let mut values: Vec<(String, u64)> = self.values.into_iter().collect();
                values.sort_unstable();
                state.quantiles = quantiles(&values).collect();
            }
        }
        state
    }
}

/// The quantiles of values in order with how often each stands there: of an even number of cells the lower one in the
/// middle, so that each is a value of the column. None where there are no values.
fn quantiles<T: Clone>(values: &[(T, u64)]) -> impl Iterator<Item = T> {
    let total: u64 = values.iter().map(|(_, count)| count).sum();
    let at = move |quarter: u64| {
        let wanted = total.saturating_sub(1) * quarter / 4;
        let mut seen = 0;
        values.iter().find(|(_, count)| {
            seen += count;
            seen > wanted
        })
    };
    (0..5).filter_map(at).map(|(value, _)| value.clone()).collect::<Vec<_>>().into_iter()
}

/// A decimal in units of 10 to the power of minus [`SCALE`]; `None` for what is no plain decimal, or has more decimals.
fn scaled(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 24 || part.len() > SCALE as usize || !plain(whole) || !plain(part) {
        return None;
    }
    let part = format!("{part:0<width$}", width = SCALE as usize);
    let number = whole.parse::<i128>().ok()? * 10_i128.pow(SCALE) + part.parse::<i128>().ok()?;
    Some(if negative { -number } else { number })
}

/// The decimal that [`scaled`] read, without zeros behind.
fn decimal(number: i128) -> String {
    let unit = 10_u128.pow(SCALE);
    let size = number.unsigned_abs();
    let sign = if number < 0 { "-" } else { "" };
    let part = format!("{:0width$}", size % unit, width = SCALE as usize);
    let part = part.trim_end_matches('0');
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{part}", size / unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Step;
    use crate::fixture::{BookFixture, PERIOD, insert, step};

    #[test]
    fn decimals_are_added_exactly() {
        for (text, read) in [("12", Some("12")), ("-0.50", Some("-0.5")), ("1.00000001", Some("1.00000001"))] {
            assert_eq!(scaled(text).map(decimal).as_deref(), read);
        }
        for text in ["", "十二", "1e3", "1.000000001", "-", ".5"] {
            assert_eq!(scaled(text), None, "{text}");
        }
    }

    #[test]
    fn a_table_is_summed_up_in_one_pass() {
        let fixture = BookFixture::new();
        let course = |key: &str, credit: &str| insert("ODS_COURSE", &[("KCH", key), ("KCMC", "语文"), ("XF", credit)]);
        fixture.apply(0, &[course("1", "2.5"), course("2", "0.1"), course("2", ""), course("4", "很多")]);
        let state = fixture.table_state("ODS_COURSE", PERIOD).unwrap();
        assert_eq!((state.rows, state.keys), (4, Some(3)));
        let credit = state.columns.iter().find(|one| one.column == "XF").unwrap();
        assert_eq!((credit.filled, credit.numbers, credit.sum.as_deref()), (3, 2, Some("2.6")));
        assert_eq!(credit.quantiles, ["0.1", "0.1", "0.1", "0.1", "2.5"]);
        let title = state.columns.iter().find(|one| one.column == "KCMC").unwrap();
        assert_eq!((title.filled, title.different), (4, 0), "texts are not looked into");
    }

    #[test]
    fn keys_come_and_go_from_period_to_period() {
        let fixture = BookFixture::new();
        let practice = |student: &str| insert("ODS_PRACTICE", &[("XH", student), ("KCH", "1")]);
        let earlier = Step { period: "2025-2026-2".into(), ..step(0) };
        fixture.apply_step(&earlier, &[practice("1"), practice("2")]);
        fixture.apply(1, &[practice("2"), practice("3"), practice("4")]);
        assert_eq!(fixture.key_changes("ODS_PRACTICE", "2025-2026-2", PERIOD).unwrap(), Some((2, 1)));
        assert_eq!(fixture.key_changes("ODS_COURSE", "2025-2026-2", PERIOD).unwrap(), None, "it has no periods");
    }
}
