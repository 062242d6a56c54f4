//! 社团: the clubs of the students, with their members and events.

use jiff::civil::{Date, DateTime, date};

use super::kind::SchoolKind;
use super::people::{Student, general_teachers, teachers_of};
use crate::calendar::{TERM_SO_FAR, after};
use crate::random::Random;

/// 社团.
#[derive(Debug, Clone)]
pub struct Club {
    /// 社团编号.
    pub number: String,
    /// 社团名称.
    pub name: &'static str,
    /// Code of STLXDM.
    pub kind: &'static str,
    /// Code of STHDLXDM for all events of the club.
    pub events: &'static str,
    /// Day of foundation.
    pub since: Date,
    /// Index in the staff of the teacher who instructs the club.
    pub instructor: usize,
    /// All who ever joined; the first one is the head.
    pub members: Vec<Member>,
}

/// A present or former member of a club.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// Index of the student.
    pub student: usize,
    /// Day of joining.
    pub joined: Date,
    /// Day of leaving, for former members.
    pub left: Option<Date>,
}

/// The clubs; their members are students of the first and second year.
pub fn clubs(kind: &SchoolKind, students: &[Student]) -> Vec<Club> {
    let young: Vec<usize> = (0..students.len()).filter(|&s| students[s].year >= 2025).collect();
    let club = |(n, (name, kind, events)): (usize, (&'static str, &'static str, &'static str))| {
        let mut random = Random::of("club", n);
        let since = date(2012 + random.below(11) as i16, 10, 1 + random.below(28) as i8);
        let first = random.below(young.len());
        let mut members: Vec<Member> = (0..24 + random.below(14))
            .map(|k| {
                let student = young[(first + k * 17) % young.len()];
                let year = students[student].year;
                let joined = random.day(date(year, 9, 20), date(year, 10, 30));
                let left = (year == 2025 && random.chance(12)).then(|| after(joined, 280 + k as i64));
                Member { student, joined, left }
            })
            .collect();
        members.sort_by_key(|member| (member.left.is_some(), students[member.student].year, member.joined));
        let instructor = if kind == "1" {
            teachers_of(n % 3).start + n
        } else {
            general_teachers(usize::from(kind == "2")).start + n % 10
        };
        Club { number: format!("ST{:03}", n + 1), name, kind, events, since, instructor, members }
    };
    kind.clubs.into_iter().enumerate().map(club).collect()
}

/// 社团活动.
#[derive(Debug, Clone)]
pub struct Event {
    /// 活动编号.
    pub number: String,
    /// 活动名称.
    pub name: String,
    /// Index of the club.
    pub club: usize,
    /// When it was announced.
    pub announced: DateTime,
    /// When it began.
    pub begin: DateTime,
    /// When it ended.
    pub end: DateTime,
    /// Code of STHDJBDM.
    pub level: &'static str,
    /// Largest number of students who may sign up, or `None` without a limit.
    pub limit: Option<usize>,
    /// Indices of the students who took part.
    pub participants: Vec<usize>,
    /// Number of students who signed up and did not take part.
    pub missing: usize,
}

/// Three events of each club in this term, with their names by [`Club::kind`].
pub fn events(kind: &SchoolKind, clubs: &[Club]) -> Vec<Event> {
    const THEMES: [[&str; 3]; 6] = [
        ["新生见面会", "技术分享沙龙", "作品展示日"],
        ["读书分享会", "微宣讲比赛", "红色场馆参观"],
        ["校园清洁行动", "敬老院慰问", "图书整理志愿服务"],
        ["创业故事分享", "项目路演", "校园集市"],
        ["新生杯友谊赛", "基础训练营", "院系对抗赛"],
        ["迎新展演", "技艺体验课", "主题作品展"],
    ];
    let mut events = Vec::new();
    for (c, club) in clubs.iter().enumerate() {
        let theme = club.kind.parse::<usize>().map_or(5, |kind| kind.min(6) - 1);
        for (k, name) in THEMES[theme].into_iter().enumerate() {
            let mut random = Random::of("event", c * 3 + k);
            let day =
                random.school_day(after(TERM_SO_FAR.0, 21 + k as i64 * 18), after(TERM_SO_FAR.0, 36 + k as i64 * 18));
            let hour = random.pick(&[15, 16, 18]);
            let begin = day.at(hour, 0, 0, 0);
            let here = club.members.iter().filter(|member| member.joined <= day && member.left.is_none());
            let take = club.members.len() / 2 + random.below(club.members.len() / 3);
            let participants: Vec<usize> = here.skip(k).map(|member| member.student).take(take).collect();
            let announced = after(day, -random.between(5, 9));
            events.push(Event {
                number: format!("HD2026{:04}", events.len() + 1),
                name: format!("{}{}", club.name, name.replace("院系", kind.unit)),
                club: c,
                announced: random.time(announced, 9, 17),
                begin,
                end: day.at(hour + 2, if k == 1 { 30 } else { 0 }, 0, 0),
                level: if k == 2 { "1" } else { "2" },
                limit: random.chance(70).then_some(participants.len() + 5 + random.below(10)),
                missing: random.below(4),
                participants,
            });
        }
    }
    events
}
