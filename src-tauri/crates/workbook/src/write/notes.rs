//! The comment on a heading: what to enter into the column.

use standard::{CodeList, Field, Kind};

/// Codes that are listed in the comment itself; longer lists are in the drop-down.
const LISTED: usize = 12;

/// The note on own fields and tables.
pub(crate) const NOT_SUBMITTED: &str = "本校自有，不上报";

/// The heading: `*` where it must be filled is added by the writer, the unit stands in brackets.
pub(crate) fn heading(field: &Field) -> String {
    match &field.unit {
        Some(unit) if !field.title.contains(unit.as_str()) => format!("{}（{unit}）", field.title),
        _ => field.title.clone(),
    }
}

/// The comment, line by line.
pub(crate) fn note(field: &Field, list: Option<&CodeList>) -> String {
    let mut lines = vec![need(field)];
    if field.own {
        lines.push(NOT_SUBMITTED.to_owned());
    }
    lines.extend(field.description.clone());
    lines.push(format!("填写：{}", form(field)));
    if let Some(list) = list {
        lines.push(codes(field, list));
    }
    if let Some(most) = field.max_items {
        lines.push(format!("最多 {most} 项"));
    }
    if let Some(unit) = &field.unit {
        lines.push(format!("单位：{unit}"));
    }
    if let Some(example) = &field.example {
        lines.push(format!("示例：{example}"));
    }
    lines.join("\n")
}

fn need(field: &Field) -> String {
    match (&field.required_when, field.required) {
        (_, true) => "必填".to_owned(),
        (Some(condition), false) => format!("有条件必填：{}", condition.note),
        (None, false) => "选填".to_owned(),
    }
}

pub(crate) fn form(field: &Field) -> String {
    let length = || field.length_limit().map_or(String::new(), |n| format!("，不超过 {n} 个字符"));
    match field.kind {
        Kind::Text | Kind::LongText => format!("文字{}", length()),
        Kind::Integer => match field.length_limit() {
            Some(n) => format!("整数，不超过 {n} 位"),
            None => "整数".to_owned(),
        },
        Kind::Decimal => match (field.precision, field.scale) {
            (Some(all), Some(behind)) => format!("数字，共不超过 {all} 位，小数不超过 {behind} 位"),
            (_, Some(behind)) => format!("数字，小数不超过 {behind} 位"),
            _ => "数字".to_owned(),
        },
        Kind::Date => "日期 YYYYMMDD，如 20260901".to_owned(),
        Kind::DateTime => "日期和时间 YYYYMMDD hhmmss，如 20260901 083000".to_owned(),
        Kind::Time => "时间 hhmmss，如 083000".to_owned(),
        Kind::YearMonth => "年月 YYYYMM，如 202609".to_owned(),
        Kind::Year => "年份 YYYY，如 2026".to_owned(),
        Kind::YearRange => match field.format.as_deref() {
            Some(format) if format.contains("学年") => "学年 YYYY-YYYY学年，如 2026-2027学年".to_owned(),
            _ => "学年 YYYY-YYYY，如 2026-2027".to_owned(),
        },
        Kind::Code => "从下拉列表中选，或填代码、名称".to_owned(),
        Kind::Codes => "可填多个代码或名称".to_owned(),
        Kind::Url => format!("网址{}", length()),
        Kind::Json => "JSON 文本".to_owned(),
    }
}

fn codes(field: &Field, list: &CodeList) -> String {
    let mut text = format!("代码集：{}，共 {} 项", list.title, list.codes.len());
    if field.kind == Kind::Codes {
        let separator = field.separator.as_deref().unwrap_or(",");
        text.push_str(&format!("；多个之间用 {separator} 隔开"));
    }
    if list.codes.len() <= LISTED {
        for code in &list.codes {
            text.push_str(&format!("\n  {} {}", code.code, code.name));
        }
    }
    text
}
