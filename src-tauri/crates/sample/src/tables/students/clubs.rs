//! 社团: clubs, their members, their events and the participants of the events.

use jiff::ToSpan;

use crate::school::School;
use crate::school::people::unit_number;
use crate::table_builder::TableBuilder;

pub fn clubs(school: &School, builder: &mut TableBuilder) {
    for club in &school.clubs {
        let head = &school.students[club.members[0].student];
        let instructor = &school.staff[club.instructor];
        builder.add_row(&[
            ("STBH", &club.number),
            ("STMC", &club.name),
            ("STLXM", &club.kind),
            (
                "STJJ",
                &format!(
                    "{}由校团委指导，面向全校学生招募，定期开展学习交流和实践活动，现有成员{}人。",
                    club.name,
                    club.members.len()
                ),
            ),
            ("CLRQ", &club.since),
            ("GKDWMC", &instructor.unit),
            ("GKDWH", &unit_number(school.kind, instructor.unit)),
            ("STFZRH", &head.number),
            ("STFZRXM", &head.name),
            ("ZDJSH", &instructor.number),
            ("ZDJSXM", &instructor.name),
        ]);
    }
}

pub fn members(school: &School, builder: &mut TableBuilder) {
    for club in &school.clubs {
        for (k, member) in club.members.iter().enumerate() {
            let student = &school.students[member.student];
            let duty = match k {
                0 => Some("社长"),
                1 => Some("副社长"),
                2..5 => Some("干事"),
                _ => Some("社员").filter(|_| k % 3 == 0),
            };
            builder.add_row(&[
                ("STBH", &club.number),
                ("STMC", &club.name),
                ("XH", &student.number),
                ("XSXM", &student.name),
                ("CJRQ", &member.joined),
                ("TCRQ", &member.left),
                ("STZW", &duty),
            ]);
        }
    }
}

pub fn events(school: &School, builder: &mut TableBuilder) {
    for (n, event) in school.events.iter().enumerate() {
        let club = &school.clubs[event.club];
        let instructor = &school.staff[club.instructor];
        builder.add_row(&[
            ("STHDBH", &event.number),
            ("STHDMC", &event.name),
            ("STBH", &club.number),
            ("STMC", &club.name),
            ("HDFBSJ", &event.announced),
            ("HDKSSJ", &event.begin),
            ("HDJSSJ", &event.end),
            ("HDLQFSM", &["1", "1", "2"][n % 3]),
            ("HDZDJSGH", &instructor.number),
            ("HDZDJSXM", &instructor.name),
            ("HDLXM", &club.events),
            ("HDJBM", &event.level),
            ("ZDBMRS", &event.limit.unwrap_or(0)),
            ("HDBMRS", &(event.participants.len() + event.missing)),
            ("HDCYFSM", &if n % 3 == 2 { "1" } else { "2" }),
        ]);
    }
}

/// Guests; the best of an exhibition or a tournament take a prize of the college.
pub fn participants(school: &School, builder: &mut TableBuilder) {
    for event in &school.events {
        let club = &school.clubs[event.club];
        for (k, &participant) in event.participants.iter().enumerate() {
            let student = &school.students[participant];
            let prize = event.level == "1" && k % 8 == 5;
            builder.add_row(&[
                ("XH", &student.number),
                ("XSXM", &student.name),
                ("STHDBH", &event.number),
                ("STHDMC", &event.name),
                ("STHDLXM", &club.events),
                ("CJSTHDSJ", &event.begin.saturating_sub((k as i64 % 12).minutes())),
                ("HJJBM", &prize.then_some("60")),
                ("HJRQ", &prize.then(|| event.end.date())),
                ("BJDW", &prize.then_some("共青团示例职业技术学院委员会")),
                ("ZDJSXM", &school.staff[club.instructor].name),
            ]);
        }
    }
}
