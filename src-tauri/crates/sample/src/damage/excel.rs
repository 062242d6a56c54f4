//! What a spreadsheet makes of cells.

use super::fields::{each, is_confirmed, is_day, is_identifier};
use super::kind::{DamageKind, Site};

pub const KINDS: &[DamageKind] = &[
    DamageKind {
        id: "formula",
        zh: "公式或公式出错",
        en: "a formula or its error",
        what: "任意字段里是公式本身（=A2&B2、=VLOOKUP(…)）或出错的结果（#N/A、#REF!、#VALUE!）。",
        limit: "",
        further: false,
        places: |_, table| each(table, |_| true),
        make: |_, site| {
            let all = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "=A2&B2", "=VLOOKUP(A2,名单!A:C,3,0)"];
            let drawn = site.random.pick(&all);
            if site.text().is_empty() { None } else { site.with(drawn) }
        },
    },
    DamageKind {
        id: "number-ruined",
        zh: "编号被 Excel 改成数",
        en: "a number ruined by Excel",
        what: "全是数字、至少 8 位的编号变成 2.02403E+11 或 20240301.0 的样子。",
        limit: "",
        further: false,
        places: |_, table| each(table, is_identifier),
        make: |_, site| {
            let text = site.text();
            if text.len() < 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) || text.starts_with('0') {
                return None;
            }
            match text.len() > 11 {
                true => site.with(format!("{}.{}E+{}", &text[..1], &text[1..6], text.len() - 1)),
                false => site.with(format!("{text}.0")),
            }
        },
    },
    DamageKind {
        id: "leading-zero-lost",
        zh: "前面的 0 丢了",
        en: "leading zeros lost",
        what: "以 0 开头、全是数字的代码、编号和时间，前面的 0 全部丢掉。",
        limit: "丢掉 0 以后恰好是同一个代码表里的另一个代码（01 与 1 都有）时看不出来。",
        further: false,
        places: |_, table| {
            let coded = |field: &standard::Field| {
                matches!(field.kind, standard::Kind::Code | standard::Kind::Time) || is_confirmed(field)
            };
            each(table, coded)
        },
        make: |_, site| {
            let text = site.text();
            let short = text.trim_start_matches('0');
            let ruined = text.starts_with('0') && !short.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            if ruined { site.with(short) } else { None }
        },
    },
    DamageKind {
        id: "serial-date",
        zh: "日期变成序号",
        en: "a date as a serial number",
        what: "日期变成 Excel 的天数，如 20260901 变成 46266。",
        limit: "",
        further: false,
        places: |_, table| each(table, is_day),
        make: |_, site| {
            let day = super::dates::day(site.text())?;
            let first = jiff::civil::date(1899, 12, 30);
            site.with((day - first).get_days().to_string())
        },
    },
    DamageKind {
        id: "apostrophe",
        zh: "编号前带撇号",
        en: "an apostrophe before a number",
        what: "编号、代码和日期前带着 Excel 表示文本的撇号（'2024001）。",
        limit: "",
        further: false,
        places: |_, table| {
            each(table, |field| is_identifier(field) || is_day(field) || field.kind == standard::Kind::Code)
        },
        make: |_, site| if site.text().is_empty() { None } else { site.with(format!("'{}", site.text())) },
    },
    DamageKind {
        id: "merged-cells",
        zh: "合并单元格留下空白",
        en: "blanks left by merged cells",
        what: "必填字段与上一行相同，合并单元格以后只有第一行有值，这一行空着。",
        limit: "",
        further: false,
        places: |_, table| each(table, |field| field.required),
        make: |_, site| if is_repeated(site) { site.with("") } else { None },
    },
];

/// Whether the record before has the same text in this column.
fn is_repeated(site: &Site<'_>) -> bool {
    let before = site.row.checked_sub(1).map(|row| site.rows[row][site.place[0]].as_str());
    !site.text().is_empty() && before == Some(site.text())
}
