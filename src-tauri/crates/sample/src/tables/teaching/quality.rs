//! 教学质量: assessment of courses by students, and inspections of lessons.

use jiff::civil::date;

use super::super::weekday;
use super::timetable::{past, present_at};
use crate::calendar::{AUTUMN, SCHOOL_YEAR, SO_FAR};
use crate::dice::Dice;
use crate::sheet::{Sheet, tenths};
use crate::world::World;

/// The assessment in the middle of the term of everything taught in classes.
pub fn assessment(world: &World, sheet: &mut Sheet) {
    for (n, plan) in world.plans.iter().enumerate() {
        let Some(class) = plan.class.map(|class| &world.classes[class]) else { continue };
        let course = &world.courses[plan.course];
        if course.hours > 400 {
            continue;
        }
        let mut dice = Dice::of("assessment", n);
        let size = class.students.len() as i64;
        sheet.row(&[
            ("XN", &SCHOOL_YEAR),
            ("XQM", &AUTUMN),
            ("JHKCH", &plan.number),
            ("KCH", &course.number),
            ("KCMC", &course.name),
            ("ZYMC", &world.kind.majors[class.major].name),
            ("NJ", &class.grade()),
            ("BJ", &class.number()),
            ("KCFLM", &course.form()),
            ("RKJS", &world.staff[plan.teacher].name),
            ("GH", &world.staff[plan.teacher].number),
            ("KCZLPJ", &tenths(dice.around(840, 995))),
            ("CPXSS", &(size - dice.between(0, 3))),
            ("PJWCRQ", &dice.school_day(date(2026, 11, 2), SO_FAR.1)),
        ]);
    }
}

/// One lesson in five was visited.
pub fn inspections(world: &World, sheet: &mut Sheet) {
    for (n, lesson) in past(world).filter(|(n, _)| n % 5 == 2) {
        let plan = &world.plans[lesson.plan];
        let Some(class) = plan.class.map(|class| &world.classes[class]) else { continue };
        let mut dice = Dice::of("inspection", n);
        let broken = dice.chance(4);
        let visitor = crate::world::people::of_office("质量管理办公室", n % 2 == 1);
        let trouble =
            dice.pick(&["投影亮度不足，已报修", "空调不制冷，已通知后勤", "多媒体中控无法启动，改用板书授课"]);
        sheet.row(&[
            ("PKH", &lesson.number),
            ("ZC", &lesson.week),
            ("XQJ", &weekday(lesson.weekday)),
            ("SKJC", &lesson.periods),
            ("YDXSRS", &class.students.len()),
            ("SDXSRS", &present_at(n, class.students.len())),
            ("JSDKQKM", &"1"),
            ("KTHDQKM", &dice.pick(&["1", "2", "2"])),
            ("XKR", &world.staff[visitor].name),
            ("JXTJM", &if broken { "0" } else { "1" }),
            ("YCSM", &broken.then_some(trouble)),
            ("XKSJ", &lesson.start.saturating_add(jiff::Span::new().minutes(dice.between(10, 70)))),
        ]);
    }
}
