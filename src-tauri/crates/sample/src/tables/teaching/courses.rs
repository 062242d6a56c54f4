//! 课程, 培养方案: courses, how they are built, the programmes and what they provide this term.

use jiff::civil::date;

use crate::calendar::{AUTUMN, SCHOOL_YEAR, after};
use crate::dice::Dice;
use crate::sheet::{Sheet, tenths, yuan};
use crate::world::World;
use crate::world::courses::{Nature, unit_of};
use crate::world::kind::Kind;
use crate::world::people::unit_number;
use crate::world::systems::DOMAIN;

pub fn courses(world: &World, sheet: &mut Sheet) {
    for (n, course) in world.courses.iter().enumerate() {
        let mut dice = Dice::of("course record", n);
        let major = course.major.map(|major| &world.kind.majors[major]);
        let core = course.nature == Nature::Core;
        let kind = match course.practice {
            0 => "1",
            practice if practice == course.hours => "3",
            _ => "2",
        };
        sheet.row(&[
            ("KCMC", &course.name),
            ("KCH", &course.number),
            ("KCLXM", &kind),
            ("KCSXM", &course.nature.choice()),
            ("KCXZM", &course.nature.code()),
            ("GGKLBM", &course.general),
            ("JPKCJBM", &course.excellent),
            ("JXJHGDKSS", &course.hours),
            ("SJJXKSS", &course.practice),
            ("XNFZSXKSS", &course.simulated),
            ("SFKZRTKC", &course.certified()),
            (
                "XGJSMC",
                &major
                    .filter(|_| core && course.hours < 400)
                    .map(|major| format!("示例省职业院校技能大赛{}赛项", major.contest)),
            ),
            ("SFXQHZKFKC", &course.with_company),
            ("SFYXSKC", &course.online),
            ("XSKCWZ", &course.online.then(|| format!("https://mooc.{DOMAIN}/course/{}", course.number))),
            ("SFKCSZSFKC", &(dice.chance(12) || course.number == "GG001")),
            ("KTJXSJZYXYKCZYM", &dice.pick(&["1", "4", "4", "5", "7", "8"])),
        ]);
    }
}

/// Courses under construction: those with a level, and a few more.
pub fn construction(world: &World, sheet: &mut Sheet) {
    for (n, course) in world.courses.iter().enumerate() {
        let mut dice = Dice::of("course construction", n);
        if course.hours > 400 || (course.excellent == "9" && !dice.chance(18)) {
            continue;
        }
        let applied = dice.school_day(date(2023, 3, 1), date(2025, 4, 30));
        let Some(lead) = course.teachers.iter().map(|&who| &world.staff[who]).find(|who| who.joined < applied) else {
            continue;
        };
        let due = after(applied, 730);
        sheet.row(&[
            ("KCH", &course.number),
            ("KCMC", &course.name),
            ("FZRH", &lead.number),
            ("SQRQ", &applied),
            ("LXND", &applied),
            ("YSRQ", &(due < date(2026, 11, 20)).then(|| dice.school_day(after(due, -30), due))),
            ("JFLYM", &dice.pick(&["1", "3", "3"])),
            ("LXJF", &yuan(if course.excellent == "2" { 80_000 } else { dice.between(1, 4) * 10_000 })),
            ("SSDWMC", &unit_of(world.kind, course)),
            ("SSDWH", &unit_number(world.kind, unit_of(world.kind, course))),
            ("KCJSLBM", &if course.online { "5" } else { dice.pick(&["1", "2", "6"]) }),
        ]);
    }
}

/// Which course leads to which certificate.
pub fn certificates(world: &World, sheet: &mut Sheet) {
    for course in world.courses.iter().filter(|course| course.certified()) {
        let Some(major) = course.major else { continue };
        let (number, name) = certificate(world.kind, major);
        sheet.row(&[("KCMC", &course.name), ("KCH", &course.number), ("ZSH", &number), ("ZSMC", &name)]);
    }
}

/// Number and name of the 1+X certificate of a major.
pub fn certificate(kind: &Kind, major: usize) -> (String, String) {
    (format!("X{}02", kind.majors[major].code), format!("{}职业技能等级证书", kind.majors[major].certificate))
}

/// One programme for each major and year of entry.
pub fn programmes(world: &World, sheet: &mut Sheet) {
    for class in world.classes.iter().filter(|class| class.year > 2023) {
        let major = &world.kind.majors[class.major];
        let mut dice = Dice::of("programme", class.major * 10 + (class.year % 10) as usize);
        let (credits, hours) = (dice.between(136, 146), dice.between(160, 172) * 16);
        let (free_credits, free_hours) = (dice.between(14, 20), dice.between(14, 20) * 16);
        sheet.row(&[
            ("JHNJ", &date(class.year, 9, 1)),
            ("ZYH", &major.code),
            ("ZXFYQ", &tenths(credits * 10)),
            ("ZXSYQ", &hours),
            ("JLNY", &date(class.year, 5, 1)),
            (
                "PYMB",
                &format!(
                    "培养德智体美劳全面发展，掌握{}专业知识和技术技能，面向{}等岗位，能够从事相关生产、服务和管理工作的高素质技术技能人才。",
                    major.name,
                    major.posts.join("、"),
                ),
            ),
            ("YQDZSMC", &certificate(world.kind, class.major).1),
            ("BXXF", &tenths((credits - free_credits) * 10)),
            ("BXXS", &(hours - free_hours)),
            ("XXXF", &tenths(free_credits * 10)),
            ("XXXS", &free_hours),
        ]);
    }
}

/// Courses that the programmes provide for this term.
pub fn planned(world: &World, sheet: &mut Sheet) {
    for plan in &world.plans {
        let course = &world.courses[plan.course];
        let exam = course.nature == Nature::Core || course.nature == Nature::Basic || course.hours >= 64;
        sheet.row(&[
            ("KCH", &course.number),
            ("JHKCH", &plan.number),
            ("KKXND", &SCHOOL_YEAR),
            ("KKXQM", &AUTUMN),
            ("KSXSM", &if exam && course.practice < course.hours { "1" } else { "2" }),
            ("SFZYHXKC", &(course.nature == Nature::Core)),
            ("SFKZRTKC", &course.certified()),
            ("ZSH", &course.major.filter(|_| course.certified()).map(|major| certificate(world.kind, major).0)),
            ("XYJCCBH", &world.textbook_of(plan.course).map(|book| book.isbn.as_str())),
            (
                "KTJXSJZYSKFSM",
                &match course.practice * 2 {
                    0 => "1",
                    practice if practice > course.hours => "3",
                    _ => "2",
                },
            ),
            ("ZJJSGH", &world.staff[plan.teacher].number),
        ]);
    }
}
