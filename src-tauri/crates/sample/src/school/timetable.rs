//! 排课: the timetable of three weeks.

use std::collections::HashSet;

use jiff::civil::{DateTime, time};

use super::courses::{Course, CourseNature, PlannedCourse};
use super::people::Class;
use super::places::{FIRST_LAB_ROOM, Room};
use crate::calendar::{LAST_WEEK, teaching_day};
use crate::random::Random;

/// 排课: one lesson in the timetable.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// 排课号.
    pub number: String,
    /// Index of the planned course, which has the course, the class and the teacher.
    pub planned: usize,
    /// Week of teaching, from 1.
    pub week: i64,
    /// Day of the week, from 1 for Monday.
    pub weekday: i64,
    /// Periods, such as `1-2`.
    pub periods: &'static str,
    /// When it begins.
    pub start: DateTime,
    /// Index of the room.
    pub room: usize,
}

/// The four double periods of a day: their numbers, and when they begin.
const SLOTS: [(&str, jiff::civil::Time); 4] =
    [("1-2", time(8, 10, 0, 0)), ("3-4", time(10, 5, 0, 0)), ("5-6", time(13, 40, 0, 0)), ("7-8", time(15, 30, 0, 0))];

/// The timetable of the last two weeks and of next Monday. No teacher, no class and no room has two lessons at one
/// time, except that a hall for sport may hold several classes.
pub fn lessons(
    planned_courses: &[PlannedCourse],
    courses: &[Course],
    classes: &[Class],
    rooms: &[Room],
) -> Vec<Lesson> {
    let mut taken: HashSet<(char, usize, usize)> = HashSet::new();
    let mut week = Vec::new();
    for (p, planned) in planned_courses.iter().enumerate() {
        let course = &courses[planned.course];
        let Some(class) = planned.class.filter(|&class| classes[class].year > 2024) else { continue };
        for part in 0..if course.hours >= 64 { 2 } else { 1 } {
            let begin = Random::of("slot", p * 2 + part).below(20);
            let free = (0..20).map(|n| (begin + n * 7) % 20).find_map(|slot| {
                if taken.contains(&('k', class, slot)) || taken.contains(&('t', planned.teacher, slot)) {
                    return None;
                }
                let room = rooms_for(course, part).into_iter().find(|&room| !taken.contains(&('r', room, slot)))?;
                Some((slot, room))
            });
            let Some((slot, room)) = free else { continue };
            taken.extend([('k', class, slot), ('t', planned.teacher, slot)]);
            if rooms[room].kind != "10" {
                taken.insert(('r', room, slot));
            }
            week.push((slot, p, room));
        }
    }
    week.sort_unstable();
    let mut lessons = Vec::new();
    for (number, weekdays) in [(LAST_WEEK - 1, 5), (LAST_WEEK, 5), (LAST_WEEK + 1, 1)] {
        for &(slot, planned, room) in week.iter().filter(|(slot, ..)| slot / 4 < weekdays) {
            let (periods, begin) = SLOTS[slot % 4];
            let weekday = (slot / 4 + 1) as i64;
            lessons.push(Lesson {
                number: format!("PK2026Q{number:02}{:04}", lessons.len() + 1),
                planned,
                week: number,
                weekday,
                periods,
                start: teaching_day(number, weekday).to_datetime(begin),
                room,
            });
        }
    }
    lessons
}

/// Indices of the rooms for a course, the most suitable first. `part` is the number of the lesson within the week, from
/// 0.
fn rooms_for(course: &Course, part: usize) -> Vec<usize> {
    if course.general == Some("10") {
        return (44..FIRST_LAB_ROOM).collect();
    }
    let mut rooms: Vec<usize> = (0..44).map(|n| (n + course.lead) % 44).collect();
    if let Some(major) = course.major.filter(|_| course.nature == CourseNature::Core || part == 1) {
        rooms.splice(0..0, [FIRST_LAB_ROOM + major * 2, FIRST_LAB_ROOM + major * 2 + 1]);
    }
    rooms
}
