//! The week, the periods or the weekday of a lesson is not written as the standard's notes and samples write it.
//!
//! **Why**: timetable, calls of attendance and lessons are compared by these three. **Source**: the notes
//! (只填周次数字；填起止节次，中间用短横线) and their examples; to be confirmed, because the columns are texts. For the weekday nothing is
//! printed: a hint.

use standard::{Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::reading::fold::{fold, is_digits};
use crate::rules::texts;

pub(super) const CHECK: Check = Check {
    rule: "lesson",
    level: Level::Confirm,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| {
        prepared.field.kind == Kind::Text && [WEEK, PERIODS, WEEKDAY].contains(&prepared.field.title.as_str())
    },
    find,
};

const WEEK: &str = "周次";
const PERIODS: &str = "上课节次";
const WEEKDAY: &str = "星期几";

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let problem = match cell.field().title.as_str() {
        WEEK => week(cell.value),
        PERIODS => periods(cell.value),
        _ => weekday(cell.value),
    };
    // A text that is too long and means nothing is reported by `length`.
    let too_long = cell.field().length_limit().is_some_and(|limit| cell.value.chars().count() > limit as usize);
    problem.filter(|problem| problem.suggestion.is_some() || !too_long)
}

fn week(text: &str) -> Option<Problem> {
    let meant = texts::week(text).map(|week| week.to_string());
    (!is_digits(text)).then(|| Problem::new(Words::phrase("finding.lesson.week")).suggest(meant))
}

/// One number is a lesson of one period; zeros in front come from other systems.
fn periods(text: &str) -> Option<Problem> {
    let is_number = |part: &str| is_digits(part) && part.len() <= 2;
    if is_number(text) || text.split_once('-').is_some_and(|(first, last)| is_number(first) && is_number(last)) {
        return None;
    }
    let meant = texts::periods(text);
    let level = if meant.is_some() { None } else { Some(Level::Hint) };
    Some(Problem { level, ..Problem::new(Words::phrase("finding.lesson.periods")).suggest(meant) })
}

fn weekday(text: &str) -> Option<Problem> {
    const DAYS: &str = "一二三四五六日";
    let folded = fold(text);
    let day = folded.trim_start_matches("星期").trim_start_matches("礼拜").trim_start_matches('周');
    let mut letters = day.chars();
    let (letter, rest) = (letters.next()?, letters.next());
    let number = letter.to_digit(10).filter(|number| (1..=7).contains(number)).map(|number| number as usize - 1);
    let at = number.or_else(|| DAYS.chars().position(|d| d == letter || (letter == '天' && d == '日')));
    let meant = at.filter(|_| rest.is_none()).and_then(|at| DAYS.chars().nth(at)).map(|d| format!("星期{d}"));
    let is_usual = meant.as_deref() == Some(text) || text == "星期天" || (is_digits(text) && number.is_some());
    let problem = || Problem::new(Words::phrase("finding.lesson.weekday")).suggest(meant);
    (!is_usual).then(|| Problem { level: Some(Level::Hint), ..problem() })
}

#[cfg(test)]
mod tests {
    use standard::{Field, Kind};

    use crate::testing::{check, field};

    #[test]
    fn lessons() {
        let titled = |title: &str| Field { title: title.into(), ..field("X", Kind::Text) };
        let week = "confirm lesson “{value}”不是周次。只填数字，如第十周填 10。";
        let periods =
            |level: &str| format!("{level} lesson “{{value}}”不是起止节次。填起止节次，中间用短横线，如 1-2。");
        let day = "hint lesson “{value}”与多数学校的写法不同，建议写成“星期一”这样。";
        for (title, value, expect) in [
            ("周次", "10", String::new()),
            ("周次", "第10周", format!("{week} → 10")),
            ("周次", "十", format!("{week} → 10")),
            ("周次", "１０", format!("{week} → 10")),
            ("周次", "10周", format!("{week} → 10")),
            ("周次", "1-16", week.to_owned()),
            ("上课节次", "1-2", String::new()),
            ("上课节次", "01-02", String::new()),
            ("上课节次", "3", String::new()),
            ("上课节次", "第1-2节", format!("{} → 1-2", periods("confirm"))),
            ("上课节次", "1,2", format!("{} → 1-2", periods("confirm"))),
            ("上课节次", "１-２", format!("{} → 1-2", periods("confirm"))),
            ("上课节次", "0102", format!("{} → 1-2", periods("confirm"))),
            ("上课节次", "晚自习", periods("hint")),
            ("星期几", "星期一", String::new()),
            ("星期几", "1", String::new()),
            ("星期几", "周一", format!("{day} → 星期一")),
            ("星期几", "礼拜天", format!("{day} → 星期日")),
            ("星期几", "一", format!("{day} → 星期一")),
            ("星期几", "８", day.to_owned()),
        ] {
            check(&titled(title), value, &expect);
        }
    }
}
