//! Signs, units and sums.

use standard::Kind;

use super::fields::{each, is_count, is_money, is_percentage};
use super::kind::DamageKind;

pub const KINDS: &[DamageKind] = &[
    DamageKind {
        id: "negative-count",
        zh: "人数、次数为负",
        en: "a negative count",
        what: "人数、个数、次数前面多了负号；原值是 0 的不算。",
        limit: "",
        further: false,
        places: |_, table| each(table, is_count),
        make: |_, site| negative(site),
    },
    DamageKind {
        id: "negative-number",
        zh: "金额、成绩、时长为负",
        en: "a negative amount",
        what: "带小数的数值和金额前面多了负号；原值是 0 的不算。",
        limit: "冲账、退款的金额可以为负，只请核实，不拦。",
        further: false,
        places: |_, table| each(table, |field| field.kind == Kind::Decimal || is_money(field)),
        make: |_, site| negative(site),
    },
    DamageKind {
        id: "wan-for-yuan",
        zh: "以万元填写以元计的金额",
        en: "ten thousands where yuan are wanted",
        what: "单位是元的金额除以一万（35000 变成 3.5）。",
        limit: "金额没有上下限的字段，除以一万后仍可能是合理的数。",
        further: false,
        places: |_, table| each(table, is_money),
        make: |_, site| {
            let value: f64 = site.text().parse().ok()?;
            if value == 0.0 { None } else { site.with(short(value / 10_000.0)) }
        },
    },
    DamageKind {
        id: "fraction-for-percent",
        zh: "百分数填成小数",
        en: "a fraction where percent are wanted",
        what: "单位是 % 的比率除以 100（95.5 变成 0.955）。",
        limit: "",
        further: false,
        places: |_, table| each(table, is_percentage),
        make: |_, site| {
            let value: f64 = site.text().parse().ok()?;
            if value == 0.0 { None } else { site.with(short(value / 100.0)) }
        },
    },
    DamageKind {
        id: "sum-off",
        zh: "合计差一",
        en: "a sum that is off by one",
        what: "由别的数据算得出来的数（各类教职工之和、各校区之和、请假天数）多一或少一。",
        limit: "请假天数可以扣除其中的周末和节假日，少一天有时恰好是扣除以后的天数，看不出来。",
        further: false,
        places: |_, table| sums(&table.name).iter().filter_map(|column| Some(vec![table.position(column)?])).collect(),
        make: |_, site| {
            let value: i64 = site.text().parse().ok()?;
            let step = if site.random.chance(50) || value == 0 { 1 } else { -1 };
            site.with((value + step).to_string())
        },
    },
];

/// Columns of a table whose values follow from others, in any edition.
fn sums(table: &str) -> &'static [&'static str] {
    match table {
        "ODS_XXJBSJ" => &["XYJZGZS"],
        "ODS_XSQJSJ" => &["QJTS"],
        "ODS_ZZXXGKJCSJ" => &["XYJSS", "XYXSS"],
        "ODS_ZZXQJCSJ" => &["XQJZGZS", "XQXSZS"],
        _ => &[],
    }
}

/// A number as a person would type it, without zeros at the end.
fn short(value: f64) -> String {
    let text = format!("{value:.8}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn negative(site: &super::kind::Site<'_>) -> Option<Vec<String>> {
    let value: f64 = site.text().parse().ok()?;
    if value > 0.0 { site.with(format!("-{}", site.text())) } else { None }
}
