//! 课程, 培养方案: courses, their development, the programmes, and the planned courses of this term.

use jiff::civil::date;

use crate::calendar::{AUTUMN, SCHOOL_YEAR, after};
use crate::random::Random;
use crate::school::School;
use crate::school::courses::{CourseNature, unit_of};
use crate::school::kind::SchoolKind;
use crate::school::people::unit_number;
use crate::school::systems::DOMAIN;
use crate::table_builder::{TableBuilder, tenths, yuan};

pub fn courses(school: &School, builder: &mut TableBuilder) {
    for (n, course) in school.courses.iter().enumerate() {
        let mut random = Random::of("course record", n);
        let major = course.major.map(|major| &school.kind.majors[major]);
        let core = course.nature == CourseNature::Core;
        let kind = match course.practice {
            0 => "1",
            practice if practice == course.hours => "3",
            _ => "2",
        };
        builder.add_row(&[
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
            ("SFKCSZSFKC", &(random.chance(12) || course.number == "GG001")),
            ("KTJXSJZYXYKCZYM", &random.pick(&["1", "4", "4", "5", "7", "8"])),
        ]);
    }
}

/// 课程建设: the courses of a national or provincial level and some others that are being developed.
pub fn construction(school: &School, builder: &mut TableBuilder) {
    for (n, course) in school.courses.iter().enumerate() {
        let mut random = Random::of("course construction", n);
        if course.hours > 400 || (course.excellent == "9" && !random.chance(18)) {
            continue;
        }
        let applied = random.school_day(date(2023, 3, 1), date(2025, 4, 30));
        let Some(lead) = course.teachers.iter().map(|&who| &school.staff[who]).find(|who| who.joined < applied) else {
            continue;
        };
        let due = after(applied, 730);
        builder.add_row(&[
            ("KCH", &course.number),
            ("KCMC", &course.name),
            ("FZRH", &lead.number),
            ("SQRQ", &applied),
            ("LXND", &applied),
            ("YSRQ", &(due < date(2026, 11, 20)).then(|| random.school_day(after(due, -30), due))),
            ("JFLYM", &random.pick(&["1", "3", "3"])),
            ("LXJF", &yuan(if course.excellent == "2" { 80_000 } else { random.between(1, 4) * 10_000 })),
            ("SSDWMC", &unit_of(school.kind, course)),
            ("SSDWH", &unit_number(school.kind, unit_of(school.kind, course))),
            ("KCJSLBM", &if course.online { "5" } else { random.pick(&["1", "2", "6"]) }),
        ]);
    }
}

/// 课证融通: each course that leads to a certificate, with the certificate.
pub fn certificates(school: &School, builder: &mut TableBuilder) {
    for course in school.courses.iter().filter(|course| course.certified()) {
        let Some(major) = course.major else { continue };
        let (number, name) = certificate(school.kind, major);
        builder.add_row(&[("KCMC", &course.name), ("KCH", &course.number), ("ZSH", &number), ("ZSMC", &name)]);
    }
}

/// Number and name of the 1+X certificate of a major.
pub fn certificate(kind: &SchoolKind, major: usize) -> (String, String) {
    (format!("X{}02", kind.majors[major].code), format!("{}职业技能等级证书", kind.majors[major].certificate))
}

/// One programme for each major and year of entry.
pub fn programmes(school: &School, builder: &mut TableBuilder) {
    for class in school.classes.iter().filter(|class| class.year > 2023) {
        let major = &school.kind.majors[class.major];
        let mut random = Random::of("programme", class.major * 10 + (class.year % 10) as usize);
        let (credits, hours) = (random.between(136, 146), random.between(160, 172) * 16);
        let (free_credits, free_hours) = (random.between(14, 20), random.between(14, 20) * 16);
        builder.add_row(&[
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
            ("YQDZSMC", &certificate(school.kind, class.major).1),
            ("BXXF", &tenths((credits - free_credits) * 10)),
            ("BXXS", &(hours - free_hours)),
            ("XXXF", &tenths(free_credits * 10)),
            ("XXXS", &free_hours),
        ]);
    }
}

/// The planned courses of this term.
pub fn planned(school: &School, builder: &mut TableBuilder) {
    for planned in &school.planned_courses {
        let course = &school.courses[planned.course];
        let exam = course.nature == CourseNature::Core || course.nature == CourseNature::Basic || course.hours >= 64;
        builder.add_row(&[
            ("KCH", &course.number),
            ("JHKCH", &planned.number),
            ("KKXND", &SCHOOL_YEAR),
            ("KKXQM", &AUTUMN),
            ("KSXSM", &if exam && course.practice < course.hours { "1" } else { "2" }),
            ("SFZYHXKC", &(course.nature == CourseNature::Core)),
            ("SFKZRTKC", &course.certified()),
            ("ZSH", &course.major.filter(|_| course.certified()).map(|major| certificate(school.kind, major).0)),
            ("XYJCCBH", &school.textbook_of(planned.course).map(|book| book.isbn.as_str())),
            (
                "KTJXSJZYSKFSM",
                &match course.practice * 2 {
                    0 => "1",
                    practice if practice > course.hours => "3",
                    _ => "2",
                },
            ),
            ("ZJJSGH", &school.staff[planned.teacher].number),
        ]);
    }
}
