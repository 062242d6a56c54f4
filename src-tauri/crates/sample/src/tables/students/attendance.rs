//! 缺勤, 请假, 查寝: absence from lessons, leave, and the evening checks of the dormitories.

use jiff::civil::Date;

use crate::calendar::{AUTUMN, SCHOOL_YEAR, TERM_SO_FAR, TODAY, after};
use crate::random::Random;
use crate::school::School;
use crate::school::people::Student;
use crate::table_builder::TableBuilder;

/// 请假: the leave of a student; each student has at most one this term.
struct Leave {
    kind: &'static str,
    reason: &'static str,
    from: Date,
    to: Date,
    out: bool,
}

impl Leave {
    /// The leave of a student, if there is one. Students of the third year have none, because they are on their
    /// internship.
    fn of(n: usize, student: &Student) -> Option<Leave> {
        let mut random = Random::of("leave", n);
        if student.year < 2025 || !random.chance(26) {
            return None;
        }
        let kind = random.pick(&["1", "1", "2", "2", "3"]);
        let reason = match kind {
            "1" => random.pick(&["感冒发热，需要就医", "肠胃不适，到医院检查", "运动扭伤，需要休养"]),
            "2" => random.pick(&["家中有事，需要回家处理", "办理身份证件", "参加亲属婚礼"]),
            _ => random.pick(&["代表学校参加技能竞赛", "参加团委组织的志愿服务", "参加省级比赛集训"]),
        };
        let from = if random.chance(6) { TERM_SO_FAR.1 } else { random.past_school_day() };
        Some(Leave { kind, reason, from, to: after(from, random.between(0, 2)), out: kind != "3" || random.chance(70) })
    }
}

pub fn leaves(school: &School, builder: &mut TableBuilder) {
    for (n, student) in school.present() {
        let Some(leave) = Leave::of(n, student) else { continue };
        let mut random = Random::of("leave record", n);
        let back = leave.to < TODAY;
        builder.add_row(&[
            ("XH", &student.number),
            ("KKXND", &SCHOOL_YEAR),
            ("KKXQM", &AUTUMN),
            ("QJLX", &leave.kind),
            ("QJKSSJ", &leave.from),
            ("QJJSSJ", &leave.to),
            ("QJTJLX", &if random.chance(85) { "1" } else { "2" }),
            ("QJYY", &leave.reason),
            ("QJTS", &i64::from((leave.to - leave.from).get_days() + 1)),
            ("SPSJ", &after(leave.from, -random.between(0, 1))),
            ("SPR", &school.staff[school.class_of(student).counsellor].number),
            ("SFCX", &leave.out),
            ("SFXJ", &back),
            ("XJSJ", &back.then(|| after(leave.to, random.between(0, 1)).min(TODAY))),
        ]);
    }
}

/// Absence from lessons: on the first day of a leave, by being late, or without an excuse.
pub fn absences(school: &School, builder: &mut TableBuilder) {
    for (n, student) in school.present().filter(|(_, student)| student.year >= 2025) {
        let mut random = Random::of("absence", n);
        let leave = Leave::of(n, student).filter(|leave| leave.kind != "3");
        let (kind, day, reason) = match leave {
            Some(leave) => (leave.kind, leave.from, Some(leave.reason)),
            None if random.chance(14) => {
                let kind = random.pick(&["3", "3", "3", "4"]);
                (kind, random.past_school_day(), (kind == "3").then_some("第一节课迟到"))
            }
            None => continue,
        };
        builder.add_row(&[
            ("XH", &student.number),
            ("KKXND", &SCHOOL_YEAR),
            ("KKXQM", &AUTUMN),
            ("QQRQ", &day),
            ("QQLX", &kind),
            ("KQLX", &random.pick(&["1", "1", "2", "3", "4"])),
            ("QQYY", &reason),
            ("SPSJ", &after(day, if kind < "3" { 0 } else { 1 })),
            ("SPR", &school.staff[school.class_of(student).counsellor].number),
        ]);
    }
}

/// The checks of the last two evenings: all students of the first and second year, half of the buildings on each
/// evening.
pub fn dormitories(school: &School, builder: &mut TableBuilder) {
    for (evening, day) in [after(TERM_SO_FAR.1, -1), TERM_SO_FAR.1].into_iter().enumerate() {
        for (n, student) in school.present().filter(|(_, student)| student.year >= 2025) {
            let building = student.dormitory.as_bytes()[0] - b'0';
            if usize::from(building) % 2 != evening {
                continue;
            }
            let mut random = Random::of("dormitory", n);
            let away = Leave::of(n, student).is_some_and(|leave| leave.out && leave.from <= day && day <= leave.to);
            let (state, words) = match (away, random.chance(1)) {
                (true, _) => ("3", Some("已请假，辅导员核实")),
                (false, true) => ("2", Some("查寝时未归，22时40分返回，已谈话提醒")),
                _ => ("1", None),
            };
            builder.add_row(&[
                ("XH", &student.number),
                ("BJMC", &school.class_of(student).name),
                ("SSBH", &student.dormitory),
                ("CQSJ", &random.time(day, 21, 22)),
                ("CQR", &school.staff[school.class_of(student).counsellor].name),
                ("ZQZT", &state),
                ("QKSM", &words),
            ]);
        }
    }
}
