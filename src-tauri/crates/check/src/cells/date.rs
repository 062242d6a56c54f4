//! A date or time is not a real one, or not written as the standard writes it.
//!
//! **Why**: the receiver expects exactly this form and drops rows with another. **Source**: the formats `YYYYMMDD`,
//! `YYYYMMDD hhmmss`, `hhmmss`, `YYYYMM`, `YYYY`, `YYYY-YYYY` and `YYYY-YYYY学年` in the notes.
//!
//! Days are days of the calendar, years have four digits from 1000 on. That a range of years is of two years in turn is
//! required only where 学年 is part of the printed format; where only the title says 学年, other years are to be confirmed.
//! Confirm as well for a date and time without the blank between them in fields whose printed example has none (see
//! [`crate::doubt::blank_is_open`]).

use standard::{Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::doubt;
use crate::expected::is_school_year;
use crate::reading::fold::{fold, is_digits};
use crate::reading::{Reading, date};

pub(super) const CHECK: Check = Check {
    rule: "date",
    level: Level::Mandatory,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| {
        use Kind::{Date, DateTime, Time, Year, YearMonth, YearRange};
        matches!(prepared.field.kind, Date | DateTime | Time | YearMonth | Year | YearRange)
    },
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let field = cell.field();
    let school_year = is_school_year(field);
    if date::is_valid(field.kind, school_year, cell.value) {
        return unlikely_school_year(cell).or_else(|| unlikely_year(cell));
    }
    let suggestion = date::read(field.kind, school_year, cell.value).value();
    let folded = fold(cell.value);
    let without_blank =
        field.kind == Kind::DateTime && is_digits(&folded) && folded.len() == 14 && suggestion.is_some();
    if without_blank && doubt::blank_is_open(field) {
        return Some(Problem::new(Words::phrase("finding.date.without-blank")).suggest(suggestion).confirm_if(true));
    }
    let words = if suggestion.is_some() {
        Words::phrase("finding.date.writing")
    } else if has_right_form(field.kind, &folded) {
        match day_of(field.kind, &folded).filter(|_| !cell.prepared.is_discreet()) {
            Some((year, month, day)) => {
                Words::phrase("finding.date.no-such-day").with("year", year).with("month", month).with("day", day)
            }
            None => Words::phrase("finding.date.unreal"),
        }
    } else if field.kind == Kind::DateTime && date::is_valid(Kind::Date, false, &folded) {
        Words::phrase("finding.date.without-time")
    } else if field.kind == Kind::Date && date::read(Kind::YearMonth, false, &folded) != Reading::Unknown {
        Words::phrase("finding.date.without-day")
    } else {
        match field.kind {
            Kind::Time => Words::phrase("finding.date.not-a-time"),
            Kind::Year => Words::phrase("finding.date.not-a-year"),
            Kind::YearMonth => Words::phrase("finding.date.not-a-month"),
            Kind::YearRange => Words::phrase("finding.date.not-a-range"),
            _ => Words::phrase("finding.date.not-a-date"),
        }
    };
    Some(Problem::new(words.with("expected", cell.expected())).suggest(suggestion))
}

/// A field titled 学年 with years that do not follow each other. Where 学年 is part of the format, the format says so.
fn unlikely_school_year(cell: &Cell<'_>) -> Option<Problem> {
    let field = cell.field();
    if field.kind != Kind::YearRange || is_school_year(field) || !field.title.contains("学年") {
        return None;
    }
    let (from, to) = cell.value.split_once('-')?;
    let next = from.parse::<u32>().ok()? + 1;
    (to.parse() != Ok(next)).then(|| Problem::new(Words::phrase("finding.date.school-year")).confirm_if(true))
}

/// A year that is hardly possible for what the field names. People are younger than 116, and colleges, buildings and
/// books may be old; all else that is recorded is younger than the country's own colleges, whose oldest systems begin
/// in 1949. A day of 1900 to 1905 is what a sheet shows of a small number (1, or the year 2027) in a cell for dates.
fn unlikely_year(cell: &Cell<'_>) -> Option<Problem> {
    const OLD: [&str; 9] = ["成立", "建立", "建校", "创办", "创建", "建成", "竣工", "出版", "发表"];
    const OPEN: [&str; 6] = ["截止", "终止", "到期", "结束", "有效", "归还"];
    const BORN: u32 = 1910;
    const OTHERS: u32 = 1949;
    const LAST: u32 = 2099;
    let field = cell.field();
    if field.kind == Kind::Time {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| field.title.contains(word));
    let year: u32 = cell.value.get(..4)?.parse().ok()?;
    if (1900..=1905).contains(&year)
        && matches!(field.kind, Kind::Date | Kind::DateTime)
        && !field.title.contains("出版")
    {
        return Some(Problem::new(Words::phrase("finding.date.small-number")).confirm_if(true));
    }
    let first = match field.title.contains("出生") {
        true => BORN,
        false if has(&OLD) => 0,
        false => OTHERS,
    };
    let late = year > LAST && !has(&OPEN);
    (year < first || late).then(|| Problem::new(Words::phrase("finding.date.year")).confirm_if(true))
}

/// Year, month and day of a text in the form of a day or of a day with a time, where it is the day that does not exist.
fn day_of(kind: Kind, text: &str) -> Option<(u32, u32, u32)> {
    let day = text.split(' ').next().filter(|day| is_digits(day) && day.len() == 8)?;
    if !matches!(kind, Kind::Date | Kind::DateTime) || date::is_valid(Kind::Date, false, day) {
        return None;
    }
    Some((day[..4].parse().ok()?, day[4..6].parse().ok()?, day[6..].parse().ok()?))
}

/// Whether the text has the form and only its numbers are wrong.
fn has_right_form(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Date => is_digits(text) && text.len() == 8,
        Kind::Time | Kind::YearMonth => is_digits(text) && text.len() == 6,
        Kind::DateTime => text
            .split_once(' ')
            .is_some_and(|(day, time)| is_digits(day) && day.len() == 8 && is_digits(time) && time.len() == 6),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use standard::{DoubtKind, Field, Kind, Sensitivity};

    use crate::testing::{check, doubts, field};

    #[test]
    fn dates() {
        let day = field("RQ", Kind::Date);
        let expect = |wrong: &str, suggestion: &str| {
            format!("mandatory date “{{value}}”{wrong}。填 8 位年月日，如 20260901。{suggestion}")
        };
        for (value, expect) in [
            ("20260901", String::new()),
            ("20240229", String::new()),
            ("2026-09-01", expect("写法不对", " → 20260901")),
            ("2026年9月1日", expect("写法不对", " → 20260901")),
            ("46266", expect("写法不对", " → 20260901")),
            (" 20260901", expect("写法不对", " → 20260901")),
            ("20260231", "mandatory date 没有 2026 年 2 月 31 日这一天。填 8 位年月日，如 20260901。".into()),
            ("2026-09", expect("少了日", "")),
            ("明年秋天", expect("不是日期", "")),
        ] {
            check(&day, value, &expect);
        }
    }

    #[test]
    fn years_that_cannot_be_meant() {
        let year = "confirm date “{value}”的年份不太可能，请按原件核对。";
        let small = "confirm date “{value}”像是日期格里填了小数字（如 1、2027），表格软件显示成了 1900 年前后的日期，请按原件核对。";
        let titled = |title: &str| Field { title: title.into(), ..field("RQ", Kind::Date) };
        for (title, value, expect) in [
            ("实习开始日期", "19000101", small),
            ("实习开始日期", "19050719", small),
            ("成立日期", "19000101", small),
            ("出版日期", "19020305", ""),
            ("成立日期", "19120305", ""),
            ("出生日期", "19570305", ""),
            ("出生日期", "19090305", year),
            ("实习开始日期", "19480101", year),
            ("实习开始日期", "20990101", ""),
            ("实习开始日期", "22060901", year),
            ("实习结束日期", "99991231", ""),
        ] {
            check(&titled(title), value, expect);
        }
        check(
            &Field { title: "入学年份".into(), ..field("NF", Kind::Year) },
            "0206",
            "mandatory date “{value}”不是年份。填 4 位年份，如 2026。",
        );
        check(&Field { title: "入学年份".into(), ..field("NF", Kind::Year) }, "1026", year);
    }

    #[test]
    fn words_about_a_personal_day_do_not_repeat_it() {
        let born = Field { sensitivity: Sensitivity::Personal, ..field("CSRQ", Kind::Date) };
        let words = "mandatory date “{value}”不是真实存在的日期或时间。填 8 位年月日，如 20260901。";
        check(&born, "20260231", words);
        let at = field("SJ", Kind::DateTime);
        let form = "填年月日、一个空格、时分秒，如 20260901 141503。";
        check(&at, "20260231 080000", &format!("mandatory date 没有 2026 年 2 月 31 日这一天。{form}"));
        check(&at, "20260228 250000", &format!("mandatory date “{{value}}”不是真实存在的日期或时间。{form}"));
    }

    #[test]
    fn other_kinds() {
        let at = field("SJ", Kind::DateTime);
        let open = Field { doubts: doubts(DoubtKind::Blank), ..at.clone() };
        let years = Field { format: Some("YYYY-YYYY".into()), ..field("XN", Kind::YearRange) };
        let school_year = Field { format: Some("YYYY-YYYY学年".into()), ..years.clone() };
        for (field, value, expect) in [
            (&at, "20260901 141503", ""),
            (
                &at,
                "20260901141503",
                "mandatory date “{value}”写法不对。填年月日、一个空格、时分秒，如 20260901 141503。 → 20260901 141503",
            ),
            (
                &open,
                "20260901141503",
                "confirm date “{value}”的日期和时间之间没有空格。标准的例子没有空格，长度却按有空格的算，建议写空格。 → 20260901 141503",
            ),
            (&at, "20260901", "mandatory date “{value}”少了时分秒。填年月日、一个空格、时分秒，如 20260901 141503。"),
            (&field("SK", Kind::Time), "8:00", "mandatory date “{value}”写法不对。填 6 位时分秒，如 141503。 → 080000"),
            (&field("SK", Kind::Time), "1-2节", "mandatory date “{value}”不是时间。填 6 位时分秒，如 141503。"),
            (
                &field("NY", Kind::YearMonth),
                "2026-9",
                "mandatory date “{value}”写法不对。填 6 位年月，如 202609。 → 202609",
            ),
            (&field("ND", Kind::Year), "2026年", "mandatory date “{value}”写法不对。填 4 位年份，如 2026。 → 2026"),
            (&field("ND", Kind::Year), "26", "mandatory date “{value}”不是年份。填 4 位年份，如 2026。"),
            (&years, "2026-2028", ""),
            (
                &Field { title: "开课学年度".into(), ..years.clone() },
                "2026-2028",
                "confirm date “{value}”不是前后相连的两年。学年一般是相邻的两年，如 2026-2027，请核实。",
            ),
            (
                &years,
                "2026—2027学年",
                "mandatory date “{value}”写法不对。填起止两年，中间一个减号，如 2026-2027。 → 2026-2027",
            ),
            (&school_year, "2026-2027学年", ""),
            (&Field { title: "学年".into(), ..school_year.clone() }, "2026-2027学年", ""),
            (
                &school_year,
                "2026-2028学年",
                "mandatory date “{value}”不是起止年份。填前后相连的两年，如 2026-2027学年。",
            ),
        ] {
            check(field, value, expect);
        }
    }
}
