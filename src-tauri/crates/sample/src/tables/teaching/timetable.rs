//! 排课, 选课, 课堂互动, 教室: lessons, choices of courses, interaction in lessons, rooms and their cameras.

use crate::calendar::{AUTUMN, LAST_WEEK, SCHOOL_YEAR, week_of, weekday};
use crate::random::Random;
use crate::school::School;
use crate::school::courses::CourseNature;
use crate::school::systems::DOMAIN;
use crate::school::timetable::Lesson;
use crate::table_builder::{TableBuilder, hundredths};
use jiff::civil::date;

pub fn lessons(school: &School, builder: &mut TableBuilder) {
    for lesson in &school.lessons {
        let planned = &school.planned_courses[lesson.planned];
        let Some(class) = planned.class.map(|class| &school.classes[class]) else { continue };
        let (course, major, room) =
            (&school.courses[planned.course], &school.kind.majors[class.major], &school.rooms[lesson.room]);
        builder.add_row(&[
            ("JHKCH", &planned.number),
            ("PKH", &lesson.number),
            ("KCH", &course.number),
            ("KCMC", &course.name),
            ("ZYSSYXBMC", &school.kind.units[major.unit]),
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
            ("JGH", &school.staff[planned.teacher].number),
            ("JXBRS", &class.students.len()),
            ("SKDD", &room.name),
            ("JSH", &room.number),
            ("SKDDLBM", &room.kind),
            ("XYJCCBH", &school.textbook_of(planned.course).map(|book| book.isbn.as_str())),
        ]);
    }
}

/// Choices of courses: students of the first and second year choose one elective course, those of the third year one or
/// two extension courses of their major.
pub fn choices(school: &School, builder: &mut TableBuilder) {
    let electives: Vec<usize> =
        (0..school.planned_courses.len()).filter(|&p| school.planned_courses[p].class.is_none()).collect();
    for (n, student) in school.present() {
        let mut random = Random::of("choice", n);
        let own = |p: &usize| {
            let planned = &school.planned_courses[*p];
            planned.class == Some(student.class) && school.courses[planned.course].nature == CourseNature::Extension
        };
        let chosen: Vec<usize> = match student.year {
            2024 => (0..school.planned_courses.len()).filter(own).take(1 + random.below(2)).collect(),
            _ if random.chance(94) => vec![random.pick(&electives)],
            _ => Vec::new(),
        };
        for planned in chosen.into_iter().map(|p| &school.planned_courses[p]) {
            let course = &school.courses[planned.course];
            let day = random.school_day(date(2026, 9, 7), date(2026, 9, 18));
            builder.add_row(&[
                ("XH", &student.number),
                ("JHKCH", &planned.number),
                ("KCH", &course.number),
                ("KCMC", &course.name),
                ("KKXND", &SCHOOL_YEAR),
                ("KKXQM", &AUTUMN),
                ("XKSJ", &random.time(day, 12, 22)),
                ("XKXZM", &course.nature.code()),
            ]);
        }
    }
}

/// The lessons up to the last past week of teaching, each with its index.
pub fn past(school: &School) -> impl Iterator<Item = (usize, &Lesson)> {
    school.lessons.iter().enumerate().filter(|(_, lesson)| week_of(lesson.start.date()) <= LAST_WEEK)
}

/// Interaction in the past lessons in multimedia rooms and computer rooms.
pub fn interaction(school: &School, builder: &mut TableBuilder) {
    let equipped = past(school).filter(|(_, lesson)| matches!(school.rooms[lesson.room].kind, "1" | "4"));
    for (n, lesson) in equipped {
        let planned = &school.planned_courses[lesson.planned];
        let Some(class) = planned.class.map(|class| &school.classes[class]) else { continue };
        let mut random = Random::of("interaction", n);
        let course = &school.courses[planned.course];
        let (size, present) = (class.students.len() as i64, present_at(n, class.students.len()));
        let (asked, active) = (random.between(2, 12), random.between(present * 6 / 10, present));
        builder.add_row(&[
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

/// How many students of a class of this size were present in the lesson with this index.
pub fn present_at(n: usize, size: usize) -> i64 {
    let mut random = Random::of("presence", n);
    size as i64 - random.pick(&[0, 0, 0, 1, 1, 2, 3])
}

pub fn rooms(school: &School, builder: &mut TableBuilder) {
    for room in &school.rooms {
        builder.add_row(&[
            ("JSH", &room.number),
            ("JSMC", &room.name),
            ("ZWS", &room.seats),
            ("JSLXM", &room.kind),
            ("JSMS", &room.purpose),
        ]);
    }
}

/// The streams of the two cameras in each multimedia room.
pub fn streams(school: &School, builder: &mut TableBuilder) {
    for room in school.rooms.iter().filter(|room| room.kind == "1") {
        for (k, place) in ["前方讲台", "后方全景"].into_iter().enumerate() {
            let camera = format!("CAM-{}-{}", room.number, k + 1);
            builder.add_row(&[
                ("JSH", &room.number),
                ("SPSBID", &camera),
                ("SPSBDWMC", &format!("{}{place}", room.number)),
                ("SPLDZ", &format!("https://live.{DOMAIN}/hls/{}.m3u8", camera.to_lowercase())),
            ]);
        }
    }
}
