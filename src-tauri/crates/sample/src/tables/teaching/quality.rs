//! 教学质量评价, 巡课: assessment of courses by students, and inspections of lessons.

use jiff::civil::date;

use super::timetable::{past, present_at};
use crate::calendar::{AUTUMN, SCHOOL_YEAR, TERM_SO_FAR, weekday};
use crate::random::Random;
use crate::school::School;
use crate::table_builder::{TableBuilder, tenths};

/// The assessment in the middle of the term of every planned course of a class.
pub fn assessment(school: &School, builder: &mut TableBuilder) {
    for (n, planned) in school.planned_courses.iter().enumerate() {
        let Some(class) = planned.class.map(|class| &school.classes[class]) else { continue };
        let course = &school.courses[planned.course];
        if course.hours > 400 {
            continue;
        }
        let mut random = Random::of("assessment", n);
        let size = class.students.len() as i64;
        builder.add_row(&[
            ("XN", &SCHOOL_YEAR),
            ("XQM", &AUTUMN),
            ("JHKCH", &planned.number),
            ("KCH", &course.number),
            ("KCMC", &course.name),
            ("ZYMC", &school.kind.majors[class.major].name),
            ("NJ", &class.grade()),
            ("BJ", &class.number()),
            ("KCFLM", &course.form()),
            ("RKJS", &school.staff[planned.teacher].name),
            ("GH", &school.staff[planned.teacher].number),
            ("KCZLPJ", &tenths(random.around(840, 995))),
            ("CPXSS", &(size - random.between(0, 3))),
            ("PJWCRQ", &random.school_day(date(2026, 11, 2), TERM_SO_FAR.1)),
        ]);
    }
}

/// One of five past lessons was inspected.
pub fn inspections(school: &School, builder: &mut TableBuilder) {
    for (n, lesson) in past(school).filter(|(n, _)| n % 5 == 2) {
        let planned = &school.planned_courses[lesson.planned];
        let Some(class) = planned.class.map(|class| &school.classes[class]) else { continue };
        let mut random = Random::of("inspection", n);
        let broken = random.chance(4);
        let visitor = crate::school::people::office_member("质量管理办公室", n % 2 == 1);
        let trouble =
            random.pick(&["投影亮度不足，已报修", "空调不制冷，已通知后勤", "多媒体中控无法启动，改用板书授课"]);
        builder.add_row(&[
            ("PKH", &lesson.number),
            ("ZC", &lesson.week),
            ("XQJ", &weekday(lesson.weekday)),
            ("SKJC", &lesson.periods),
            ("YDXSRS", &class.students.len()),
            ("SDXSRS", &present_at(n, class.students.len())),
            ("JSDKQKM", &"1"),
            ("KTHDQKM", &random.pick(&["1", "2", "2"])),
            ("XKR", &school.staff[visitor].name),
            ("JXTJM", &if broken { "0" } else { "1" }),
            ("YCSM", &broken.then_some(trouble)),
            ("XKSJ", &lesson.start.saturating_add(jiff::Span::new().minutes(random.between(10, 70)))),
        ]);
    }
}
