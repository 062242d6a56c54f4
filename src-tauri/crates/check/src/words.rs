//! Words that several checks share: what would be right for a field.

use standard::{CodeList, Field, Kind};

/// Lists up to this size are spelled out.
const SPELLED: usize = 8;

/// What a field takes, as one sentence with its full stop; empty where there is nothing to say.
pub(crate) fn expected(field: &Field, list: Option<&CodeList>) -> String {
    let printed = |default: &str| match field.example.as_deref() {
        Some(example) if crate::reading::date::is_valid(field.kind, false, example) => example.to_owned(),
        _ => default.to_owned(),
    };
    match field.kind {
        Kind::Date => format!("填 8 位年月日，如 {}。", printed("20260901")),
        Kind::DateTime => format!("填年月日、一个空格、时分秒，如 {}。", printed("20260901 141503")),
        Kind::Time => format!("填 6 位时分秒，如 {}。", printed("141503")),
        Kind::YearMonth => format!("填 6 位年月，如 {}。", printed("202609")),
        Kind::Year => format!("填 4 位年份，如 {}。", printed("2026")),
        Kind::YearRange if is_school_year(field) => "填前后相连的两年，如 2026-2027学年。".to_owned(),
        Kind::YearRange => format!("填起止两年，中间一个减号，如 {}。", printed("2026-2027")),
        Kind::Integer => format!("填整数{}。", unit(field)),
        Kind::Decimal => match field.scale {
            Some(0) => format!("填整数{}。", unit(field)),
            Some(scale) => format!("填数字，小数最多 {scale} 位{}。", unit(field)),
            None => format!("填数字{}。", unit(field)),
        },
        Kind::Code => list.map_or_else(String::new, |list| format!("{}。", choices(list))),
        Kind::Codes => list.map_or_else(String::new, |list| {
            format!("{}，多项之间用{}分开。", choices(list), separator(field.separator.as_deref().unwrap_or(",")))
        }),
        Kind::Url => "填网址，如 https://www.example.edu.cn。".to_owned(),
        Kind::Json => "填“名称:{名称:值}”两层的 JSON 文本。".to_owned(),
        Kind::Text | Kind::LongText => match (&field.pattern, &field.example) {
            (Some(pattern), _) => pattern_words(pattern).map_or_else(String::new, |words| format!("填 {words}。")),
            (None, Some(example)) => format!("例如 {example}。"),
            (None, None) => String::new(),
        },
    }
}

/// Whether a range of years ends in 学年, as an older edition prints it.
pub(crate) fn is_school_year(field: &Field) -> bool {
    field.format.as_deref().is_some_and(|format| format.ends_with("学年"))
}

/// A unit and the request to leave it out.
fn unit(field: &Field) -> String {
    field.unit.as_deref().map_or_else(String::new, |unit| format!("，单位“{unit}”不用写"))
}

/// Whether a list is short enough to be spelled out.
pub(crate) fn is_spelled(list: &CodeList) -> bool {
    list.codes.len() <= SPELLED
}

/// What can be chosen from a list.
fn choices(list: &CodeList) -> String {
    if !is_spelled(list) {
        return format!("从“{}”里选", list.title);
    }
    let names: Vec<String> = list.codes.iter().map(named).collect();
    format!("可选：{}", names.join("、"))
}

/// A code with its name: `制造业 (C)`.
pub(crate) fn named(code: &standard::Code) -> String {
    format!("{} ({})", code.name, code.code)
}

/// A separator by its name.
pub(crate) fn separator(separator: &str) -> String {
    match separator {
        "," => "英文逗号“,”".to_owned(),
        "||" => "两条竖线“||”".to_owned(),
        other => format!("“{other}”"),
    }
}

/// The printed expressions in words.
pub(crate) fn pattern_words(pattern: &str) -> Option<&'static str> {
    Some(match pattern {
        "^[0-9A-Z]{32}$" => "32 位大写字母和数字",
        "^[0-9]{10}$" => "10 位数字",
        "^[0-9]{6}$" => "6 位数字",
        "^[0-9]{3}$" => "3 位数字",
        "^[0-9A-HJ-NPQRTUWXY]{18}$" => "18 位数字和大写字母，其中没有 I、O、S、V、Z",
        "^https?://.+" => "完整网址，以 http:// 或 https:// 开头",
        _ => return None,
    })
}
