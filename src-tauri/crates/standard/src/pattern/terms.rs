//! Terms: what is reported belongs to the period.

use super::sample::{day, record};
use super::{Made, Place, Sql, spoken};
use crate::rule::{CaseText, CaseValue, RuleFault, fault};
use crate::{Field, Kind};

/// School year and term, or the term alone, of the period.
pub fn this_term(place: &Place<'_>) -> Result<Made, RuleFault> {
    let (year, term) = match place.fields.as_slice() {
        [term] => (None, *term),
        [year, term] => (Some(*year), *term),
        _ => return Err(fault("columns", "other columns", "school year and term, or the term alone")),
    };
    let is_term = term.code_list.as_deref() == Some("XQDM");
    if year.is_some_and(|field| field.kind != Kind::YearRange) || !is_term {
        return Err(fault("columns", "other columns", "school year and term, or the term alone"));
    }
    // The summer term and others (3, 9) lie in one of the two terms that a book is filled for.
    let is_term = format!("({0} NOT IN ('1', '2') OR {0} = tb_term())", term.column);
    let (expect, message) = match year {
        None => (is_term, format!("{}不是本期的学期。", spoken(0, term))),
        Some(year) => (
            format!("{} = tb_school_year() AND {is_term}", year.column),
            format!("{}、{}不是本期的学年和学期。", spoken(0, year), spoken(1, term)),
        ),
    };
    let case = |years: &str, term_code: &str| {
        let mut cells = vec![(term.column.as_str(), term_code.to_owned())];
        cells.extend(year.map(|year| (year.column.as_str(), years.to_owned())));
        record(&cells)
    };
    let mut fail = vec![case("2026-2027", "2")];
    fail.extend(year.map(|_| case("2025-2026", "1")));
    Ok(Made {
        sql: Sql::Expect(expect),
        message,
        reason: "本表只报本学期的数据，其他学期的记录可能混进来了。".to_owned(),
        basis: None,
        pass: vec![case("2026-2027", "1"), case("2026-2027", "3"), spring(case("2026-2027", "2"))],
        fail,
    })
}

/// A date in the term of the period, or up to two months before or after it.
pub fn in_term(place: &Place<'_>) -> Result<Made, RuleFault> {
    let field = date(place)?;
    let column = &field.column;
    let expect = format!(
        "CASE tb_term()
  WHEN '1' THEN tb_date({column}) BETWEEN substr(tb_school_year(), 1, 4) || '0701' AND substr(tb_school_year(), 6, 4) || '0331'
  WHEN '2' THEN tb_date({column}) BETWEEN substr(tb_school_year(), 6, 4) || '0101' AND substr(tb_school_year(), 6, 4) || '0930' END"
    );
    let case = |at: &str| record(&[(column, day(field.kind, at))]);
    Ok(Made {
        sql: Sql::Expect(expect),
        message: format!("{}不在本采集期所指的学期前后。", spoken(0, field)),
        reason: "本表只报本学期的数据，请核对年份。".to_owned(),
        basis: None,
        pass: vec![case("20261020"), spring(case("20270420"))],
        fail: vec![case("20251020"), spring(case("20261020"))],
    })
}

/// A date in the school year of the period, from two months before it to one month after it.
pub fn in_school_year(place: &Place<'_>) -> Result<Made, RuleFault> {
    let field = date(place)?;
    let column = &field.column;
    let expect = format!(
        "tb_date({column}) BETWEEN substr(tb_school_year(), 1, 4) || '0701' AND substr(tb_school_year(), 6, 4) || '0930'"
    );
    let case = |at: &str| record(&[(column, day(field.kind, at))]);
    Ok(Made {
        sql: Sql::Expect(expect),
        message: format!("{}不在本采集期所属的学年。", spoken(0, field)),
        reason: "本表只报本学年的数据，请核对年份。".to_owned(),
        basis: None,
        pass: vec![case("20261020"), case("20270420")],
        fail: vec![case("20251020"), case("20281020")],
    })
}

fn date<'e>(place: &Place<'e>) -> Result<&'e Field, RuleFault> {
    let [field] = place.exactly()?;
    if matches!(field.kind, Kind::Date | Kind::DateTime) { Ok(field) } else { Err(place.misfit(0, "a date")) }
}

/// A case of the second term.
fn spring(mut case: CaseText) -> CaseText {
    case.insert("_period".to_owned(), CaseValue::Text("2026-2027-2".to_owned()));
    case
}
