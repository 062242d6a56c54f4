//! 社团: clubs with their members and events.

use jiff::civil::{Date, DateTime, date};

use super::kind::Kind;
use super::people::{Student, general_teachers, teachers_of};
use crate::calendar::{SO_FAR, after};
use crate::dice::Dice;

/// 社团.
#[derive(Debug, Clone)]
pub struct Club {
    /// 社团编号.
    pub number: String,
    /// Name.
    pub name: &'static str,
    /// Code of STLXDM.
    pub kind: &'static str,
    /// Code of STHDLXDM of its events.
    pub events: &'static str,
    /// Foundation.
    pub since: Date,
    /// Teacher who guides it: index of staff.
    pub guide: usize,
    /// Members, the head first.
    pub members: Vec<Member>,
}

/// A member of a club.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// Student.
    pub student: usize,
    /// Day of joining.
    pub joined: Date,
    /// Day of leaving.
    pub left: Option<Date>,
}

pub const CLUBS: [(&str, &str, &str); 16] = [
    ("软件创新社", "1", "2"),
    ("机器人爱好者协会", "1", "2"),
    ("新能源汽车研习社", "1", "2"),
    ("青年马克思主义研习社", "2", "3"),
    ("红色讲解员社团", "2", "3"),
    ("青年志愿者协会", "3", "1"),
    ("爱心助老社", "3", "1"),
    ("创业实践社", "4", "9"),
    ("电商创客社", "4", "9"),
    ("篮球社", "5", "4"),
    ("羽毛球社", "5", "4"),
    ("长跑协会", "5", "4"),
    ("汉服文化社", "6", "4"),
    ("书法社", "6", "4"),
    ("吉他社", "6", "4"),
    ("摄影社", "9", "4"),
];

/// Clubs with members from the first and second year.
pub fn clubs(kind: &Kind, students: &[Student]) -> Vec<Club> {
    let young: Vec<usize> = (0..students.len()).filter(|&s| students[s].year >= 2025).collect();
    let club = |(n, (name, kind, events)): (usize, (&'static str, &'static str, &'static str))| {
        let mut dice = Dice::of("club", n);
        let since = date(2012 + dice.below(11) as i16, 10, 1 + dice.below(28) as i8);
        let first = dice.below(young.len());
        let mut members: Vec<Member> = (0..24 + dice.below(14))
            .map(|k| {
                let student = young[(first + k * 17) % young.len()];
                let year = students[student].year;
                let joined = dice.day(date(year, 9, 20), date(year, 10, 30));
                let left = (year == 2025 && dice.chance(12)).then(|| after(joined, 280 + k as i64));
                Member { student, joined, left }
            })
            .collect();
        members.sort_by_key(|member| (member.left.is_some(), students[member.student].year, member.joined));
        let guide = if kind == "1" {
            teachers_of(n % 3).start + n
        } else {
            general_teachers(usize::from(kind == "2")).start + n % 10
        };
        Club { number: format!("ST{:03}", n + 1), name, kind, events, since, guide, members }
    };
    kind.clubs.into_iter().enumerate().map(club).collect()
}

/// 社团活动.
#[derive(Debug, Clone)]
pub struct Event {
    /// 活动编号.
    pub number: String,
    /// Name.
    pub name: String,
    /// Club.
    pub club: usize,
    /// Announced.
    pub announced: DateTime,
    /// Begin and end.
    pub begin: DateTime,
    /// End.
    pub end: DateTime,
    /// Code of STHDJBDM.
    pub level: &'static str,
    /// Most people who may sign up; none: no limit.
    pub limit: Option<usize>,
    /// Students who came.
    pub guests: Vec<usize>,
    /// Signed up and did not come.
    pub missing: usize,
}

/// Three events of each club in this term.
pub fn events(school: &Kind, clubs: &[Club]) -> Vec<Event> {
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
            let mut dice = Dice::of("event", c * 3 + k);
            let day = dice.school_day(after(SO_FAR.0, 21 + k as i64 * 18), after(SO_FAR.0, 36 + k as i64 * 18));
            let hour = dice.pick(&[15, 16, 18]);
            let begin = day.at(hour, 0, 0, 0);
            let here = club.members.iter().filter(|member| member.joined <= day && member.left.is_none());
            let take = club.members.len() / 2 + dice.below(club.members.len() / 3);
            let guests: Vec<usize> = here.skip(k).map(|member| member.student).take(take).collect();
            let announced = after(day, -dice.between(5, 9));
            events.push(Event {
                number: format!("HD2026{:04}", events.len() + 1),
                name: format!("{}{}", club.name, name.replace("院系", school.unit)),
                club: c,
                announced: dice.time(announced, 9, 17),
                begin,
                end: day.at(hour + 2, if k == 1 { 30 } else { 0 }, 0, 0),
                level: if k == 2 { "1" } else { "2" },
                limit: dice.chance(70).then_some(guests.len() + 5 + dice.below(10)),
                missing: dice.below(4),
                guests,
            });
        }
    }
    events
}
