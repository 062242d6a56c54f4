//! 考勤, 请假, 查寝: absence, leave, and who was in bed.

use jiff::civil::Date;

use super::super::past_day;
use crate::calendar::{AUTUMN, SCHOOL_YEAR, SO_FAR, TODAY, after};
use crate::dice::Dice;
use crate::sheet::Sheet;
use crate::world::World;
use crate::world::people::Student;

/// Leave of one student, at most once this term.
struct Leave {
    kind: &'static str,
    reason: &'static str,
    from: Date,
    to: Date,
    out: bool,
}

impl Leave {
    /// For students who are on the campus.
    fn of(n: usize, student: &Student) -> Option<Leave> {
        let mut dice = Dice::of("leave", n);
        if student.year < 2025 || !dice.chance(26) {
            return None;
        }
        let kind = dice.pick(&["1", "1", "2", "2", "3"]);
        let reason = match kind {
            "1" => dice.pick(&["感冒发热，需要就医", "肠胃不适，到医院检查", "运动扭伤，需要休养"]),
            "2" => dice.pick(&["家中有事，需要回家处理", "办理身份证件", "参加亲属婚礼"]),
            _ => dice.pick(&["代表学校参加技能竞赛", "参加团委组织的志愿服务", "参加省级比赛集训"]),
        };
        let from = if dice.chance(6) { SO_FAR.1 } else { past_day(&mut dice) };
        Some(Leave { kind, reason, from, to: after(from, dice.between(0, 2)), out: kind != "3" || dice.chance(70) })
    }
}

pub fn leaves(world: &World, sheet: &mut Sheet) {
    for (n, student) in world.present() {
        let Some(leave) = Leave::of(n, student) else { continue };
        let mut dice = Dice::of("leave record", n);
        let back = leave.to < TODAY;
        sheet.row(&[
            ("XH", &student.number),
            ("KKXND", &SCHOOL_YEAR),
            ("KKXQM", &AUTUMN),
            ("QJLX", &leave.kind),
            ("QJKSSJ", &leave.from),
            ("QJJSSJ", &leave.to),
            ("QJTJLX", &if dice.chance(85) { "1" } else { "2" }),
            ("QJYY", &leave.reason),
            ("QJTS", &i64::from((leave.to - leave.from).get_days() + 1)),
            ("SPSJ", &after(leave.from, -dice.between(0, 1))),
            ("SPR", &world.staff[world.class_of(student).counsellor].number),
            ("SFCX", &leave.out),
            ("SFXJ", &back),
            ("XJSJ", &back.then(|| after(leave.to, dice.between(0, 1)).min(TODAY))),
        ]);
    }
}

/// Absence from lessons: during leave, or late, or without a word.
pub fn absences(world: &World, sheet: &mut Sheet) {
    for (n, student) in world.present().filter(|(_, student)| student.year >= 2025) {
        let mut dice = Dice::of("absence", n);
        let leave = Leave::of(n, student).filter(|leave| leave.kind != "3");
        let (kind, day, reason) = match leave {
            Some(leave) => (leave.kind, leave.from, Some(leave.reason)),
            None if dice.chance(14) => {
                let kind = dice.pick(&["3", "3", "3", "4"]);
                (kind, past_day(&mut dice), (kind == "3").then_some("第一节课迟到"))
            }
            None => continue,
        };
        sheet.row(&[
            ("XH", &student.number),
            ("KKXND", &SCHOOL_YEAR),
            ("KKXQM", &AUTUMN),
            ("QQRQ", &day),
            ("QQLX", &kind),
            ("KQLX", &dice.pick(&["1", "1", "2", "3", "4"])),
            ("QQYY", &reason),
            ("SPSJ", &after(day, if kind < "3" { 0 } else { 1 })),
            ("SPR", &world.staff[world.class_of(student).counsellor].number),
        ]);
    }
}

/// The rounds of the last two evenings: everybody who lives on the campus, half of the houses each evening.
pub fn dormitories(world: &World, sheet: &mut Sheet) {
    for (evening, day) in [after(SO_FAR.1, -1), SO_FAR.1].into_iter().enumerate() {
        for (n, student) in world.present().filter(|(_, student)| student.year >= 2025) {
            let house = student.dormitory.as_bytes()[0] - b'0';
            if usize::from(house) % 2 != evening {
                continue;
            }
            let mut dice = Dice::of("dormitory", n);
            let away = Leave::of(n, student).is_some_and(|leave| leave.out && leave.from <= day && day <= leave.to);
            let (state, words) = match (away, dice.chance(1)) {
                (true, _) => ("3", Some("已请假，辅导员核实")),
                (false, true) => ("2", Some("查寝时未归，22时40分返回，已谈话提醒")),
                _ => ("1", None),
            };
            sheet.row(&[
                ("XH", &student.number),
                ("BJMC", &world.class_of(student).name),
                ("SSBH", &student.dormitory),
                ("CQSJ", &dice.time(day, 21, 22)),
                ("CQR", &world.staff[world.class_of(student).counsellor].name),
                ("ZQZT", &state),
                ("QKSM", &words),
            ]);
        }
    }
}
