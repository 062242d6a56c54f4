//! Days and years.

use jiff::ToSpan;
use jiff::civil::Date;
use standard::Field;

use super::fields::{each, is_date, is_day};
use super::ground::Ground;
use super::kind::{DamageKind, Place};
use crate::calendar::TODAY;

pub const KINDS: &[DamageKind] = &[
    DamageKind {
        id: "month-and-day-exchanged",
        zh: "月日颠倒",
        en: "month and day exchanged",
        what: "日期的月与日对调（20260907 变成 20260709）；月日相同的不算。",
        limit: "日不大于 12 时对调后仍是真实存在的日期；表里没有学期、先后或年度可以对照的，看不出来。",
        further: false,
        places: |_, table| each(table, is_day),
        make: |_, site| {
            let text = site.text();
            if text.len() < 8 || text[4..6] == text[6..8] {
                return None;
            }
            site.with(format!("{}{}{}{}", &text[..4], &text[6..8], &text[4..6], &text[8..]))
        },
    },
    DamageKind {
        id: "wrong-year",
        zh: "年份写错",
        en: "wrong year",
        what: "日期的年份差一年、差十年，或两位颠倒（2026 写成 2062）。",
        limit: "没有范围的日期（出版、购置、成立等）差一年、差十年仍然合理：看不出来。",
        further: false,
        places: |_, table| each(table, is_date),
        make: |_, site| {
            let text = site.text();
            let year: i32 = text.get(..4)?.parse().ok()?;
            let wrong = match site.random.below(5) {
                0 => year - 1,
                1 => year + 1,
                2 => year - 10,
                3 => year + 10,
                _ => year / 100 * 100 + year % 10 * 10 + year / 10 % 10,
            };
            site.with(format!("{wrong:04}{}", &text[4..]))
        },
    },
    DamageKind {
        id: "future-date",
        zh: "已经发生的事填了将来的日期",
        en: "a future date for what has happened",
        what: "只记已经发生的事的日期，改成今天以后 5 天到 3 年；标题里有预计、计划、应、截止、终止、结束、结项的字段，和示例数据本来就有将来日期的字段不算。",
        limit: "",
        further: false,
        places: past_days,
        make: |_, site| {
            day(site.text())?;
            let future = TODAY.saturating_add(site.random.between(5, 1000).days());
            site.with(with_day(site.text(), future))
        },
    },
    DamageKind {
        id: "no-such-day",
        zh: "不存在的日期",
        en: "a day that does not exist",
        what: "日期的日改成 31（小月）、2 月 30 日，或月改成 13。",
        limit: "",
        further: false,
        places: |_, table| each(table, is_day),
        make: |_, site| {
            let text = site.text();
            day(text)?;
            let wrong = site.random.pick(&["0931", "0431", "0230", "1305", "0632", "1100"]);
            site.with(format!("{}{wrong}{}", &text[..4], &text[8..]))
        },
    },
];

/// The day that a stored text of a date begins with.
pub(super) fn day(text: &str) -> Option<Date> {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<i16>().ok());
    Date::new(part(0, 4)?, part(4, 6)?.try_into().ok()?, part(6, 8)?.try_into().ok()?).ok()
}

/// A stored text of a date with another day in it; a time behind it stays.
pub(super) fn with_day(text: &str, day: Date) -> String {
    format!("{:04}{:02}{:02}{}", day.year(), day.month(), day.day(), &text[8..])
}

/// Days of what has happened.
fn past_days(ground: &Ground, table: &standard::Table) -> Vec<Place> {
    const PLANNED: [&str; 8] = ["预计", "计划", "应", "截止", "终止", "结束", "结项", "归还"];
    let today = format!("{:04}{:02}{:02}", TODAY.year(), TODAY.month(), TODAY.day());
    let past = |field: &Field| is_day(field) && !PLANNED.iter().any(|word| field.title.contains(word));
    let mut places = each(table, past);
    places.retain(|place| {
        ground.rows(&table.name).iter().all(|row| row[place[0]].get(..8).unwrap_or("") <= today.as_str())
    });
    places
}
