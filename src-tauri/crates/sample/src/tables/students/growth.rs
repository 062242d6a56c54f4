//! 学生发展: portraits, certificates, marks and fitness.

use jiff::civil::date;

use super::super::staff::two_levels;
use super::super::teaching::certificate;
use crate::calendar::{AUTUMN, SCHOOL_YEAR, SO_FAR, after};
use crate::dice::Dice;
use crate::numbers;
use crate::sheet::{Sheet, tenths};
use crate::world::World;
use crate::world::people::Student;

type Indicator = (&'static str, &'static str, &'static str, &'static str, String);

fn indicators(world: &World, n: usize, student: &Student) -> Vec<Indicator> {
    let mut dice = Dice::of("student portrait", n);
    let clubs = world
        .clubs
        .iter()
        .filter(|club| club.members.iter().any(|member| member.student == n && member.left.is_none()))
        .count();
    let mark = |dice: &mut Dice| format!("{}.{}", (student.ability + dice.between(-4, 4)).min(99), dice.below(10));
    vec![
        ("jbxx", "基本信息", "xh", "学号", student.number.clone()),
        ("jbxx", "基本信息", "ssxy", "所属院系", world.college_of(student).to_owned()),
        ("jbxx", "基本信息", "bj", "班级", world.class_of(student).name.clone()),
        ("xyfz", "学业发展", "pjcj", "课程平均成绩", mark(&mut dice)),
        ("xyfz", "学业发展", "xxztb", "学习状态", dice.pick(&["良好", "良好", "稳定", "需关注"]).to_owned()),
        ("zhsz", "综合素质", "cjst", "参加社团数", clubs.to_string()),
        ("zhsz", "综合素质", "zyfw", "志愿服务时长", format!("{}小时", dice.between(0, 40))),
    ]
}

/// Everybody, the graduates of the summer included: their last picture was made when they left.
pub fn portraits(world: &World, sheet: &mut Sheet) {
    for (n, student) in world.students.iter().enumerate() {
        let mut dice = Dice::of("student dashboard", n);
        let all = indicators(world, n, student);
        let json = two_levels(all.iter().map(|(group, _, name, _, value)| (*group, *name, value.as_str())));
        let made = if student.graduated() { SO_FAR.0 } else { SO_FAR.1 };
        sheet.row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("SJKBFWCS", &dice.between(1, 90)),
            ("PJWDJJG", &json),
            ("SJSCRQ", &made),
            ("SJKBZXFWRQ", &dice.day(after(made, -60), made)),
        ]);
    }
}

/// Portraits that changed on the last day: those of the first six classes of the second year.
pub fn portrait_words(world: &World, sheet: &mut Sheet) {
    for (n, student) in world.present().filter(|(_, student)| student.year == 2025 && student.major < 6) {
        for (group, group_name, name, words, value) in indicators(world, n, student) {
            sheet.row(&[
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

/// Who gives certificates: code and name.
fn issuer(major: usize) -> (String, &'static str) {
    let name = ["示例职业技能评价中心", "示例产教融合培训评价有限公司", "示例行业技能鉴定指导中心"][major % 3];
    (numbers::credit_code("91", "320200", 900 + major % 3), name)
}

/// 1+X certificates: three grades of each major's certificate.
pub fn certificate_kinds(world: &World, sheet: &mut Sheet) {
    for (m, major) in world.kind.majors.iter().enumerate() {
        let (code, name) = issuer(m);
        let sat = world.present().filter(|(_, student)| student.major == m && student.year == 2024).count();
        for (k, grade) in ["6", "7", "8"].into_iter().enumerate() {
            sheet.row(&[
                ("ZSH", &format!("X{}{:02}", major.code, k + 1)),
                ("ZYH", &major.code),
                ("FZJGBM", &code),
                ("FZJGMC", &name),
                ("ZSBFDWMC", &name),
                ("KZRQ", &date(2026, 5, 16 + k as i8)),
                ("CYRS", &sat),
                ("QZRS", &(sat * 8 / 10)),
                ("ZSMC", &certificate(world.kind, m).1),
                ("ZSLX", &"2"),
                ("ZSDJ", &grade),
                ("JDDD", &if k == 2 { "2" } else { "1" }),
            ]);
        }
    }
}

/// Certificates of the second and third year.
pub fn certificates(world: &World, sheet: &mut Sheet) {
    for (n, student) in world.present() {
        let mut dice = Dice::of("certificate", n);
        let likely = match student.year {
            2024 => 62,
            2025 => 18,
            _ => 0,
        };
        if !dice.chance(likely) {
            continue;
        }
        let (code, issuer) = issuer(student.major);
        let issued = dice.school_day(date(2026, 1, 12), date(2026, 10, 30));
        let electronic = dice.chance(85);
        sheet.row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("FZJGBM", &code),
            ("FZJG", &issuer),
            ("ZSDJM", &"20"),
            ("ZSDJ", &if student.year == 2024 { "7" } else { "6" }),
            ("ZSH", &format!("ZS2026{:06}", sheet.rows.len() + 1)),
            ("ZSMC", &certificate(world.kind, student.major).1),
            ("FZRQ", &issued),
            ("SFZCDZZS", &electronic),
            ("XZDYCS", &if electronic { dice.between(0, 4) } else { 0 }),
        ]);
    }
}

/// Credits so far and average marks. The first year has marks of the middle of the term and no credits yet.
pub fn marks(world: &World, sheet: &mut Sheet) {
    for (n, student) in world.present() {
        let (major, class) = (world.major_of(student), world.class_of(student));
        let mut dice = Dice::of("marks", n);
        let terms = i64::from(2026 - student.year) * 2;
        let credits = [[0, 0, 0, 0], [260, 120, 100, 20], [360, 200, 320, 80]][(terms / 2) as usize];
        let lost = if student.ability < 66 { 20 } else { 0 };
        let mark = |dice: &mut Dice| tenths((student.ability * 10 + dice.between(-60, 60)).clamp(520, 985));
        let stay = world.internships.iter().find(|stay| stay.student == n).and_then(|stay| stay.mark);
        let conduct = |part: usize| tenths(Dice::of("conduct", n * 3 + part).around(720, 980));
        let of = |group: usize| tenths((credits[group] - lost).max(0));
        sheet.row(&[
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
            ("GGJCKCJ", &mark(&mut dice)),
            ("ZYJCKCJ", &mark(&mut dice)),
            ("ZYHXKCJ", &mark(&mut dice)),
            ("ZYTZKCJ", &mark(&mut dice)),
            ("GWSXCJ", &stay.or(sheet.requires("GWSXCJ").then_some(0)).map(tenths)),
            ("LRRQ", &SO_FAR.1),
            ("SXZZCJ", &conduct(0)),
            ("XSTZJKCJ", &conduct(1)),
            ("ZHPJ", &conduct(2)),
        ]);
    }
}

/// Two items of the test in October for the newcomers.
pub fn fitness(world: &World, sheet: &mut Sheet) {
    for (n, student) in world.present().filter(|(_, student)| student.year == 2026) {
        let day = Dice::of("fitness day", student.class).school_day(date(2026, 10, 12), date(2026, 10, 30));
        for (k, item) in ["肺活量", "50米跑"].into_iter().enumerate() {
            let points = Dice::of("fitness", n * 2 + k).around(520, 1000);
            let grade = match points {
                900.. => "1",
                800.. => "2",
                600.. => "3",
                _ => "9",
            };
            sheet.row(&[
                ("XH", &student.number),
                ("CSXMMC", &item),
                ("CSRQ", &day),
                ("CSCJ", &tenths(points)),
                ("CSDJ", &grade),
            ]);
        }
    }
}
