//! 学生发展: portraits, certificates, marks and fitness.

use jiff::civil::date;

use super::super::portraits::{Indicator, json};
use super::super::teaching::certificate;
use crate::calendar::{AUTUMN, SCHOOL_YEAR, TERM_SO_FAR, after};
use crate::numbers;
use crate::random::Random;
use crate::school::School;
use crate::school::people::Student;
use crate::table_builder::{TableBuilder, tenths};

fn indicators(school: &School, n: usize, student: &Student) -> Vec<Indicator> {
    let mut random = Random::of("student portrait", n);
    let clubs = school
        .clubs
        .iter()
        .filter(|club| club.members.iter().any(|member| member.student == n && member.left.is_none()))
        .count();
    let mark =
        |random: &mut Random| format!("{}.{}", (student.ability + random.between(-4, 4)).min(99), random.below(10));
    vec![
        ("jbxx", "基本信息", "xh", "学号", student.number.clone()),
        ("jbxx", "基本信息", "ssxy", "所属院系", school.unit_of_student(student).to_owned()),
        ("jbxx", "基本信息", "bj", "班级", school.class_of(student).name.clone()),
        ("xyfz", "学业发展", "pjcj", "课程平均成绩", mark(&mut random)),
        ("xyfz", "学业发展", "xxztb", "学习状态", random.pick(&["良好", "良好", "稳定", "需关注"]).to_owned()),
        ("zhsz", "综合素质", "cjst", "参加社团数", clubs.to_string()),
        ("zhsz", "综合素质", "zyfw", "志愿服务时长", format!("{}小时", random.between(0, 40))),
    ]
}

/// Portraits of all students. Those of this summer's graduates were last updated when the term began.
pub fn portraits(school: &School, builder: &mut TableBuilder) {
    for (n, student) in school.students.iter().enumerate() {
        let mut random = Random::of("student dashboard", n);
        let json = json(&indicators(school, n, student));
        let made = if student.graduated() { TERM_SO_FAR.0 } else { TERM_SO_FAR.1 };
        builder.add_row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("SJKBFWCS", &random.between(1, 90)),
            ("PJWDJJG", &json),
            ("SJSCRQ", &made),
            ("SJKBZXFWRQ", &random.day(after(made, -60), made)),
        ]);
    }
}

/// The indicators of the portraits that changed yesterday: those of second-year students of the first six majors.
pub fn portrait_indicators(school: &School, builder: &mut TableBuilder) {
    for (n, student) in school.present().filter(|(_, student)| student.year == 2025 && student.major < 6) {
        for (group, group_name, name, words, value) in indicators(school, n, student) {
            builder.add_row(&[
                ("XH", &student.number),
                ("PJWDYJZBYWMC", &group),
                ("PJWDYJZBZWMC", &group_name),
                ("PJWDYWMC", &name),
                ("PJWDZWMS", &words),
                ("PJWDJGMS", &value),
            ]);
        }
    }
}

/// Credit code and name of the organisation that issues the certificates of a major.
fn issuer(major: usize) -> (String, &'static str) {
    let name = ["示例职业技能评价中心", "示例产教融合培训评价有限公司", "示例行业技能鉴定指导中心"][major % 3];
    (numbers::credit_code("91", "320200", 900 + major % 3), name)
}

/// 1+X certificates: three grades of the certificate of each major.
pub fn certificate_kinds(school: &School, builder: &mut TableBuilder) {
    for (m, major) in school.kind.majors.iter().enumerate() {
        let (code, name) = issuer(m);
        let sat = school.present().filter(|(_, student)| student.major == m && student.year == 2024).count();
        for (k, grade) in ["6", "7", "8"].into_iter().enumerate() {
            builder.add_row(&[
                ("ZSH", &format!("X{}{:02}", major.code, k + 1)),
                ("ZYH", &major.code),
                ("FZJGBM", &code),
                ("FZJGMC", &name),
                ("ZSBFDWMC", &name),
                ("KZRQ", &date(2026, 5, 16 + k as i8)),
                ("CYRS", &sat),
                ("QZRS", &(sat * 8 / 10)),
                ("ZSMC", &certificate(school.kind, m).1),
                ("ZSLX", &"2"),
                ("ZSDJ", &grade),
                ("JDDD", &if k == 2 { "2" } else { "1" }),
            ]);
        }
    }
}

/// Certificates of students of the second and third year.
pub fn certificates(school: &School, builder: &mut TableBuilder) {
    for (n, student) in school.present() {
        let mut random = Random::of("certificate", n);
        let likely = match student.year {
            2024 => 62,
            2025 => 18,
            _ => 0,
        };
        if !random.chance(likely) {
            continue;
        }
        let (code, issuer) = issuer(student.major);
        let issued = random.school_day(date(2026, 1, 12), date(2026, 10, 30));
        let electronic = random.chance(85);
        builder.add_row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("FZJGBM", &code),
            ("FZJG", &issuer),
            ("ZSDJM", &"20"),
            ("ZSDJ", &if student.year == 2024 { "7" } else { "6" }),
            ("ZSH", &format!("ZS2026{:06}", builder.rows.len() + 1)),
            ("ZSMC", &certificate(school.kind, student.major).1),
            ("FZRQ", &issued),
            ("SFZCDZZS", &electronic),
            ("XZDYCS", &if electronic { random.between(0, 4) } else { 0 }),
        ]);
    }
}

/// Credits so far and average marks. First-year students have marks from the middle of the term and no credits yet.
pub fn marks(school: &School, builder: &mut TableBuilder) {
    for (n, student) in school.present() {
        let (major, class) = (school.major_of(student), school.class_of(student));
        let mut random = Random::of("marks", n);
        let terms = i64::from(2026 - student.year) * 2;
        let credits = [[0, 0, 0, 0], [260, 120, 100, 20], [360, 200, 320, 80]][(terms / 2) as usize];
        let lost = if student.ability < 66 { 20 } else { 0 };
        let mark = |random: &mut Random| tenths((student.ability * 10 + random.between(-60, 60)).clamp(520, 985));
        let internship =
            school.internships.iter().find(|internship| internship.student == n).and_then(|internship| internship.mark);
        let conduct = |part: usize| tenths(Random::of("conduct", n * 3 + part).around(720, 980));
        let of = |group: usize| tenths((credits[group] - lost).max(0));
        builder.add_row(&[
            ("XN", &SCHOOL_YEAR),
            ("XQM", &AUTUMN),
            ("ZYH", &major.code),
            ("ZYMC", &major.name),
            ("NJ", &date(student.year, 9, 1)),
            ("BH", &class.number()),
            ("BJMC", &class.name),
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("GGJCKYHXF", &of(0)),
            ("ZYJCKYHXF", &of(1)),
            ("ZYHXKYHXF", &of(2)),
            ("ZYTZKYHXF", &of(3)),
            ("GGJCKCJ", &mark(&mut random)),
            ("ZYJCKCJ", &mark(&mut random)),
            ("ZYHXKCJ", &mark(&mut random)),
            ("ZYTZKCJ", &mark(&mut random)),
            ("GWSXCJ", &internship.or(builder.requires("GWSXCJ").then_some(0)).map(tenths)),
            ("LRRQ", &TERM_SO_FAR.1),
            ("SXZZCJ", &conduct(0)),
            ("XSTZJKCJ", &conduct(1)),
            ("ZHPJ", &conduct(2)),
        ]);
    }
}

/// Two items of the fitness test that all first-year students take in October.
pub fn fitness(school: &School, builder: &mut TableBuilder) {
    for (n, student) in school.present().filter(|(_, student)| student.year == 2026) {
        let day = Random::of("fitness day", student.class).school_day(date(2026, 10, 12), date(2026, 10, 30));
        for (k, item) in ["肺活量", "50米跑"].into_iter().enumerate() {
            let points = Random::of("fitness", n * 2 + k).around(520, 1000);
            let grade = match points {
                900.. => "1",
                800.. => "2",
                600.. => "3",
                _ => "9",
            };
            builder.add_row(&[
                ("XH", &student.number),
                ("CSXMMC", &item),
                ("CSRQ", &day),
                ("CSCJ", &tenths(points)),
                ("CSDJ", &grade),
            ]);
        }
    }
}
