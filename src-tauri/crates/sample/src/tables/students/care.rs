//! 心理: counselling and assessment. Both are counted without names.

use jiff::civil::date;

use super::super::{last_days, past_day};
use crate::dice::Dice;
use crate::sheet::Sheet;
use crate::world::World;

pub fn counselling(_: &World, sheet: &mut Sheet) {
    const WORDS: [&str; 8] =
        ["学业压力", "人际交往", "新生适应", "情绪调节", "就业焦虑", "睡眠问题", "家庭关系", "自我认识"];
    let days = last_days(75).filter(|day| !matches!(day.weekday().to_monday_one_offset(), 1 | 3 | 6 | 7));
    for (n, day) in days.filter(|day| !(date(2026, 10, 1)..=date(2026, 10, 7)).contains(day)).enumerate() {
        let mut dice = Dice::of("counselling", n);
        let guests = dice.between(1, 5);
        let first = dice.below(WORDS.len());
        sheet.row(&[
            ("ZXRQ", &day),
            ("ZXRC", &guests),
            ("GJC", &format!("{},{}", WORDS[first], WORDS[(first + 3) % WORDS.len()])),
            ("YYRC", &(guests + dice.between(0, 2))),
        ]);
    }
}

/// The survey of all newcomers in October, and self-tests whenever somebody likes.
pub fn assessment(world: &World, sheet: &mut Sheet) {
    const SCALES: [(&str, &str); 3] =
        [("LB01", "大学生心理健康普查量表"), ("LB02", "焦虑自评量表"), ("LB03", "抑郁自评量表")];
    for n in 0..world.kind.majors.len() * 8 {
        let (major, k) = (&world.kind.majors[n / 8], n % 8);
        let mut dice = Dice::of("assessment of mind", n);
        let survey = k == 0;
        let (number, scale) = if survey { SCALES[0] } else { SCALES[1 + k % 2] };
        let day = if survey { dice.school_day(date(2026, 10, 12), date(2026, 10, 23)) } else { past_day(&mut dice) };
        sheet.row(&[
            ("ZYH", &major.code),
            ("CPRQ", &day),
            ("LBBH", &number),
            ("LBMC", &scale),
            // Different for each row of a major, so that no two records are the same in everything.
            ("SYSJ", &if survey { 20 + n as i64 / 8 % 6 } else { 5 + k as i64 }),
            ("CPLX", &if survey { "1" } else { "2" }),
            ("ZDJY", &dice.chance(70).then_some("总体状况良好，建议保持规律作息，遇到困扰可预约心理咨询。")),
        ]);
    }
}
