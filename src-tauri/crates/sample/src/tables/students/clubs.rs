//! 社团: clubs, their members, their events and who came.

use jiff::ToSpan;

use crate::sheet::Sheet;
use crate::world::World;
use crate::world::people::unit_number;

pub fn clubs(world: &World, sheet: &mut Sheet) {
    for club in &world.clubs {
        let head = &world.students[club.members[0].student];
        let guide = &world.staff[club.guide];
        sheet.row(&[
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
            ("GKDWMC", &guide.unit),
            ("GKDWH", &unit_number(world.kind, guide.unit)),
            ("STFZRH", &head.number),
            ("STFZRXM", &head.name),
            ("ZDJSH", &guide.number),
            ("ZDJSXM", &guide.name),
        ]);
    }
}

pub fn members(world: &World, sheet: &mut Sheet) {
    for club in &world.clubs {
        for (k, member) in club.members.iter().enumerate() {
            let student = &world.students[member.student];
            let duty = match k {
                0 => Some("社长"),
                1 => Some("副社长"),
                2..5 => Some("干事"),
                _ => Some("社员").filter(|_| k % 3 == 0),
            };
            sheet.row(&[
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

pub fn events(world: &World, sheet: &mut Sheet) {
    for (n, event) in world.events.iter().enumerate() {
        let club = &world.clubs[event.club];
        let guide = &world.staff[club.guide];
        sheet.row(&[
            ("STHDBH", &event.number),
            ("STHDMC", &event.name),
            ("STBH", &club.number),
            ("STMC", &club.name),
            ("HDFBSJ", &event.announced),
            ("HDKSSJ", &event.begin),
            ("HDJSSJ", &event.end),
            ("HDLQFSM", &["1", "1", "2"][n % 3]),
            ("HDZDJSGH", &guide.number),
            ("HDZDJSXM", &guide.name),
            ("HDLXM", &club.events),
            ("HDJBM", &event.level),
            ("ZDBMRS", &event.limit.unwrap_or(0)),
            ("HDBMRS", &(event.guests.len() + event.missing)),
            ("HDCYFSM", &if n % 3 == 2 { "1" } else { "2" }),
        ]);
    }
}

/// Guests; the best of an exhibition or a tournament take a prize of the college.
pub fn guests(world: &World, sheet: &mut Sheet) {
    for event in &world.events {
        let club = &world.clubs[event.club];
        for (k, &guest) in event.guests.iter().enumerate() {
            let student = &world.students[guest];
            let prize = event.level == "1" && k % 8 == 5;
            sheet.row(&[
                ("XH", &student.number),
                ("XSXM", &student.name),
                ("STHDBH", &event.number),
                ("STHDMC", &event.name),
                ("STHDLXM", &club.events),
                ("CJSTHDSJ", &event.begin.saturating_sub((k as i64 % 12).minutes())),
                ("HJJBM", &prize.then_some("60")),
                ("HJRQ", &prize.then(|| event.end.date())),
                ("BJDW", &prize.then_some("共青团示例职业技术学院委员会")),
                ("ZDJSXM", &world.staff[club.guide].name),
            ]);
        }
    }
}
