//! 排课, 选课, 课堂: lessons, electives, what happens in them, and the rooms.

use super::super::weekday;
use crate::calendar::{AUTUMN, LAST_WEEK, SCHOOL_YEAR, week_of};
use crate::dice::Dice;
use crate::sheet::{Sheet, hundredths};
use crate::world::World;
use crate::world::courses::{Lesson, Nature};
use crate::world::systems::DOMAIN;
use jiff::civil::date;

pub fn lessons(world: &World, sheet: &mut Sheet) {
    for lesson in &world.lessons {
        let plan = &world.plans[lesson.plan];
        let Some(class) = plan.class.map(|class| &world.classes[class]) else { continue };
        let (course, major, room) =
            (&world.courses[plan.course], &world.kind.majors[class.major], &world.rooms[lesson.room]);
        sheet.row(&[
            ("JHKCH", &plan.number),
            ("PKH", &lesson.number),
            ("KCH", &course.number),
            ("KCMC", &course.name),
            ("ZYSSYXBMC", &world.kind.units[major.college]),
            ("ZYMC", &major.name),
            ("ZYH", &major.code),
            ("NJ", &date(class.year, 9, 1)),
            ("BH", &class.number()),
            ("BJMC", &class.name),
            ("KKXND", &SCHOOL_YEAR),
            ("KKXQM", &AUTUMN),
            ("ZC", &lesson.week),
            ("XQJ", &weekday(lesson.weekday)),
            ("SKJC", &lesson.periods),
            ("SKRQ", &lesson.start.date()),
            ("SKSJ", &lesson.start),
            ("JGH", &world.staff[plan.teacher].number),
            ("JXBRS", &class.students.len()),
            ("SKDD", &room.name),
            ("JSH", &room.number),
            ("SKDDLBM", &room.kind),
            ("XYJCCBH", &world.textbook_of(plan.course).map(|book| book.isbn.as_str())),
        ]);
    }
}

/// Electives: each student of the first and second year chooses one; the extension courses of the third year are
/// chosen by everybody of the class.
pub fn choices(world: &World, sheet: &mut Sheet) {
    let electives: Vec<usize> = (0..world.plans.len()).filter(|&p| world.plans[p].class.is_none()).collect();
    for (n, student) in world.present() {
        let mut dice = Dice::of("choice", n);
        let own = |p: &usize| {
            let plan = &world.plans[*p];
            plan.class == Some(student.class) && world.courses[plan.course].nature == Nature::Extension
        };
        let chosen: Vec<usize> = match student.year {
            2024 => (0..world.plans.len()).filter(own).take(1 + dice.below(2)).collect(),
            _ if dice.chance(94) => vec![dice.pick(&electives)],
            _ => Vec::new(),
        };
        for plan in chosen.into_iter().map(|p| &world.plans[p]) {
            let course = &world.courses[plan.course];
            let day = dice.school_day(date(2026, 9, 7), date(2026, 9, 18));
            sheet.row(&[
                ("XH", &student.number),
                ("JHKCH", &plan.number),
                ("KCH", &course.number),
                ("KCMC", &course.name),
                ("KKXND", &SCHOOL_YEAR),
                ("KKXQM", &AUTUMN),
                ("XKSJ", &dice.time(day, 12, 22)),
                ("XKXZM", &course.nature.code()),
            ]);
        }
    }
}

/// Lessons that are over.
pub fn past(world: &World) -> impl Iterator<Item = (usize, &Lesson)> {
    world.lessons.iter().enumerate().filter(|(_, lesson)| week_of(lesson.start.date()) <= LAST_WEEK)
}

/// Interaction in the lessons of multimedia rooms and computer rooms.
pub fn interaction(world: &World, sheet: &mut Sheet) {
    let equipped = past(world).filter(|(_, lesson)| matches!(world.rooms[lesson.room].kind, "1" | "4"));
    for (n, lesson) in equipped {
        let plan = &world.plans[lesson.plan];
        let Some(class) = plan.class.map(|class| &world.classes[class]) else { continue };
        let mut dice = Dice::of("interaction", n);
        let course = &world.courses[plan.course];
        let (size, present) = (class.students.len() as i64, present_at(n, class.students.len()));
        let (asked, active) = (dice.between(2, 12), dice.between(present * 6 / 10, present));
        sheet.row(&[
            ("PKH", &lesson.number),
            ("KCH", &course.number),
            ("KCMC", &course.name),
            ("ZC", &lesson.week),
            ("XQJ", &weekday(lesson.weekday)),
            ("SKJC", &lesson.periods),
            ("SKRQ", &lesson.start.date()),
            ("SKSJ", &lesson.start),
            ("KTHDFQZCS", &asked),
            ("XSCYZCS", &(active * asked * 8 / 10)),
            ("XSCYL", &hundredths(active * 10_000 / size)),
            ("CQL", &hundredths(present * 10_000 / size)),
        ]);
    }
}

/// How many of a class came to the `n`th lesson.
pub fn present_at(n: usize, size: usize) -> i64 {
    let mut dice = Dice::of("presence", n);
    size as i64 - dice.pick(&[0, 0, 0, 1, 1, 2, 3])
}

pub fn rooms(world: &World, sheet: &mut Sheet) {
    for room in &world.rooms {
        sheet.row(&[
            ("JSH", &room.number),
            ("JSMC", &room.name),
            ("ZWS", &room.seats),
            ("JSLXM", &room.kind),
            ("JSMS", &room.purpose),
        ]);
    }
}

/// Two cameras in each multimedia room.
pub fn streams(world: &World, sheet: &mut Sheet) {
    for room in world.rooms.iter().filter(|room| room.kind == "1") {
        for (k, place) in ["前方讲台", "后方全景"].into_iter().enumerate() {
            let camera = format!("CAM-{}-{}", room.number, k + 1);
            sheet.row(&[
                ("JSH", &room.number),
                ("SPSBID", &camera),
                ("SPSBDWMC", &format!("{}{place}", room.number)),
                ("SPLDZ", &format!("https://live.{DOMAIN}/hls/{}.m3u8", camera.to_lowercase())),
            ]);
        }
    }
}
