//! Mistakes of clerks in one cell.

use standard::{CodeList, Field, Kind};

/// A mistake: its name, and a function that gives the wrong value for a field, its code list and its right value, or
/// `None` when the field cannot have the mistake.
pub type Mistake = (&'static str, fn(&Field, Option<&CodeList>, &str) -> Option<String>);

/// All mistakes.
pub const MISTAKES: &[Mistake] = &[
    ("empty", |_, _, _| Some(String::new())),
    ("blanks only", |_, _, _| Some("  ".into())),
    ("blanks around", |_, _, right| Some(format!(" {right} "))),
    ("too long", |field, list, right| {
        let limit = field.length_limit()? as usize;
        let grown = |with: &str| Some(format!("{right}{}", with.repeat(limit.checked_sub(right.len())? + 1)));
        match field.kind {
            Kind::Text | Kind::LongText if field.pattern.is_none() && field.values.is_empty() => {
                Some("填".repeat(limit + 1))
            }
            Kind::Url => grown("x"),
            Kind::Integer => Some("9".repeat(limit + 1)),
            Kind::Codes if list.is_some() => Some(vec![right; limit].join(field.separator.as_deref()?)),
            _ => None,
        }
    }),
    ("no such day", |field, _, right| match field.kind {
        Kind::Date | Kind::DateTime => Some(right.replace("20260901", "20260230")),
        _ => None,
    }),
    ("date with hyphens", |field, _, right| match field.kind {
        Kind::Date | Kind::DateTime => Some(right.replace("20260901", "2026-09-01")),
        Kind::YearMonth => Some("2026-09".into()),
        _ => None,
    }),
    ("date and time in one", |field, _, right| (field.kind == Kind::DateTime).then(|| right.replace(' ', ""))),
    ("date without time", |field, _, _| (field.kind == Kind::DateTime).then(|| "20260901".into())),
    ("no such time", |field, _, right| match field.kind {
        Kind::DateTime => Some(right.replace("141503", "256000")),
        Kind::Time => Some("256000".into()),
        _ => None,
    }),
    ("time with a colon", |field, _, _| (field.kind == Kind::Time).then(|| "8:15".into())),
    ("two-digit year", |field, _, _| (field.kind == Kind::Year).then(|| "26".into())),
    ("year zero", |field, _, _| (field.kind == Kind::Year).then(|| "0000".into())),
    ("no such month", |field, _, _| (field.kind == Kind::YearMonth).then(|| "202613".into())),
    ("one year of two", |field, _, right| (field.kind == Kind::YearRange).then(|| right.replace("2026-", ""))),
    ("years apart", |field, _, right| (field.kind == Kind::YearRange).then(|| right.replace("2027", "2029"))),
    ("words for a number", |field, _, _| number(field).then(|| "十二".into())),
    ("groups of digits", |field, _, _| number(field).then(|| "1,234".into())),
    ("a unit", |field, _, right| number(field).then(|| format!("{right}元"))),
    ("below zero", |field, _, _| number(field).then(|| "-3".into())),
    ("plus sign", |field, _, _| number(field).then(|| "+3".into())),
    ("leading zero", |field, _, _| number(field).then(|| "03".into())),
    ("exponent", |field, _, _| number(field).then(|| "1e1".into())),
    ("not a number", |field, _, _| number(field).then(|| "NaN".into())),
    ("wide digits", |field, _, _| number(field).then(|| "１２".into())),
    ("decimals of a whole number", |field, _, _| (field.kind == Kind::Integer).then(|| "1.5".into())),
    ("nothing but zero after the point", |field, _, _| (field.kind == Kind::Integer).then(|| "1.0".into())),
    ("too many decimals", |field, _, _| (field.kind == Kind::Decimal).then(|| "1.123456".into())),
    ("too many digits", |field, _, _| {
        (field.kind == Kind::Decimal && field.precision.is_some())
            .then(|| "1".repeat(field.precision.unwrap() as usize + 1))
    }),
    ("unknown code", |_, list, right| {
        let list = list?;
        let unknown = ["7", "97", "Z9"].into_iter().find(|code| list.get(code).is_none() && code.len() <= right.len());
        unknown.or(["7", "Z", "*"].into_iter().find(|code| list.get(code).is_none())).map(str::to_owned)
    }),
    ("a region of the past", |field, _, _| (field.code_list.as_deref() == Some("GBT2260")).then(|| "110103".into())),
    ("no such region", |field, _, _| (field.code_list.as_deref() == Some("GBT2260")).then(|| "999999".into())),
    ("the name of a code", |_, list, _| Some(list?.codes[0].name.clone())),
    ("several codes in one", |field, list, right| {
        (field.kind == Kind::Code).then(|| format!("{right},{}", list.unwrap().codes[1].code))
    }),
    ("one unknown code of two", |field, _, right| {
        (field.kind == Kind::Codes).then(|| format!("{right}{}*", field.separator.as_deref().unwrap()))
    }),
    ("other separator", |field, list, right| {
        (field.kind == Kind::Codes).then(|| format!("{right};{}", list.unwrap().codes[1].code))
    }),
    ("other characters", |field, _, right| {
        field
            .pattern
            .as_ref()
            .filter(|_| matches!(field.kind, Kind::Text | Kind::Code))
            .map(|_| "?".repeat(right.len()))
    }),
    ("other value", |field, _, _| (!field.values.is_empty()).then(|| "别的".into())),
    ("no address", |field, _, _| (field.kind == Kind::Url).then(|| "示例".into())),
    ("address of another kind", |field, _, _| (field.kind == Kind::Url).then(|| "ftp://news.example/1".into())),
    ("broken JSON", |field, _, _| (field.kind == Kind::Json).then(|| "{\"师德\":".into())),
    ("words for JSON", |field, _, _| (field.kind == Kind::Json).then(|| "优".into())),
    ("too many items", |field, _, _| {
        let items = field.max_items? as usize + 1;
        Some(vec!["示"; items].join(field.separator.as_deref()?))
    }),
    ("too many characters", |field, _, _| field.max_chars.map(|most| "填".repeat(most as usize + 1))),
];

fn number(field: &Field) -> bool {
    matches!(field.kind, Kind::Integer | Kind::Decimal)
}
