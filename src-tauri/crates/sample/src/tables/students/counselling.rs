//! 心理咨询, 心理测评: counselling and assessment. Both tables have numbers only and no names.

use jiff::civil::date;

use crate::calendar::days_until_yesterday;
use crate::random::Random;
use crate::school::School;
use crate::table_builder::TableBuilder;

pub fn counselling(_: &School, builder: &mut TableBuilder) {
    const WORDS: [&str; 8] =
        ["学业压力", "人际交往", "新生适应", "情绪调节", "就业焦虑", "睡眠问题", "家庭关系", "自我认识"];
    let days = days_until_yesterday(75).filter(|day| !matches!(day.weekday().to_monday_one_offset(), 1 | 3 | 6 | 7));
    for (n, day) in days.filter(|day| !(date(2026, 10, 1)..=date(2026, 10, 7)).contains(day)).enumerate() {
        let mut random = Random::of("counselling", n);
        let visitors = random.between(1, 5);
        let first = random.below(WORDS.len());
        builder.add_row(&[
            ("ZXRQ", &day),
            ("ZXRC", &visitors),
            ("GJC", &format!("{},{}", WORDS[first], WORDS[(first + 3) % WORDS.len()])),
            ("YYRC", &(visitors + random.between(0, 2))),
        ]);
    }
}

/// For each major, the survey of the first-year students in October and seven self-tests.
pub fn assessment(school: &School, builder: &mut TableBuilder) {
    const SCALES: [(&str, &str); 3] =
        [("LB01", "大学生心理健康普查量表"), ("LB02", "焦虑自评量表"), ("LB03", "抑郁自评量表")];
    for n in 0..school.kind.majors.len() * 8 {
        let (major, k) = (&school.kind.majors[n / 8], n % 8);
        let mut random = Random::of("assessment of mind", n);
        let survey = k == 0;
        let (number, scale) = if survey { SCALES[0] } else { SCALES[1 + k % 2] };
        let day =
            if survey { random.school_day(date(2026, 10, 12), date(2026, 10, 23)) } else { random.past_school_day() };
        builder.add_row(&[
            ("ZYH", &major.code),
            ("CPRQ", &day),
            ("LBBH", &number),
            ("LBMC", &scale),
            // The number differs between the rows of a major, so that no two records are equal in every column.
            ("SYSJ", &if survey { 20 + n as i64 / 8 % 6 } else { 5 + k as i64 }),
            ("CPLX", &if survey { "1" } else { "2" }),
            ("ZDJY", &random.chance(70).then_some("总体状况良好，建议保持规律作息，遇到困扰可预约心理咨询。")),
        ]);
    }
}
