//! 课程, 实训基地, 文化基础课成绩.

use std::collections::BTreeSet;

use jiff::civil::date;

use super::people::campus_of;
use crate::calendar::{AUTUMN, SCHOOL_YEAR as YEAR, TODAY};
use crate::dice::Dice;
use crate::sheet::{Sheet, tenths};
use crate::world::World;
use crate::world::courses::{Course, Nature};
use crate::world::places::VIRTUAL_BASE;

/// The school year as the tables of secondary schools write it in two places.
pub const SCHOOL_YEAR: &str = "2026-2027学年";

/// The code of a company as a base outside the school: two characters, which is what the table of internships has room for.
pub fn base_number(company: usize) -> String {
    format!("{:02}", company + 1)
}

pub fn courses(world: &World, sheet: &mut Sheet) {
    for course in &world.courses {
        let unit = course.major.map(|major| world.kind.majors[major].college);
        sheet.row(&[
            ("SSXQBH", &campus_of(unit)),
            ("KCMC", &course.name),
            ("KCDM", &course.number),
            ("KCLBM", &kind_of(course)),
            ("KCXZM", &course.nature.code()),
            ("KCSXM", &course.nature.choice()),
            ("KCFLM", &course.form()),
            ("XKLBM", &discipline_of(course, unit)),
            ("SFZYHXKC", &(course.nature == Nature::Core)),
            ("LVJXSS", &(course.hours - course.practice)),
            ("SJJXSY", &course.practice),
        ]);
    }
}

/// Code of KCLBDM.
fn kind_of(course: &Course) -> &'static str {
    match course.general {
        Some("4") => "2",
        Some("10") => "4",
        _ if ["艺术", "音乐", "美术", "素描", "色彩"].iter().any(|word| course.name.starts_with(word)) => "6",
        _ if course.practice * 10 >= course.hours * 7 => "5",
        _ if course.practice * 2 >= course.hours => "3",
        _ => "1",
    }
}

/// Code of XKLBDM: by the unit that teaches the major, for general courses by what they are about.
fn discipline_of(course: &Course, unit: Option<usize>) -> &'static str {
    match (unit, course.general) {
        (Some(3), _) => "12",
        (Some(4), _) => "13",
        (Some(6), _) => "10",
        (Some(_), _) => "08",
        (None, Some("1")) => "03",
        (None, Some("2" | "4")) => "05",
        (None, Some("3")) => "07",
        (None, Some("6")) => "08",
        (None, _) if course.name == "历史" => "06",
        (None, _) if kind_of(course) == "6" => "13",
        (None, _) => "04",
    }
}

/// Bases in the school; those outside have a table of their own.
pub fn bases(world: &World, sheet: &mut Sheet) {
    for (n, base) in world.bases.iter().enumerate().filter(|(_, base)| base.kind != "1") {
        let mut dice = Dice::of("base of school", n);
        let labs =
            |lab: &&crate::world::places::Lab| (lab.base == n) || (n == VIRTUAL_BASE && lab.base == base.college);
        let of_base: Vec<_> = world.labs.iter().filter(labs).collect();
        let devices = world.devices.iter().filter(|device| of_base.iter().any(|lab| lab.room == device.room)).count();
        let majors: Vec<&str> =
            world.kind.majors.iter().filter(|major| major.college == base.college).map(|major| major.name).collect();
        let places: i64 = of_base.iter().map(|lab| lab.places).sum();
        sheet.row(&[
            ("SXJDH", &base.number),
            ("SXJDMC", &base.name),
            ("CLND", &base.since),
            ("MXZY", &majors.join(",")),
            ("ZCBM", &dice.chance(60).then_some("2")),
            ("PZRQ", &base.since),
            ("SXSS", &of_base.len()),
            ("SXXMZS", &(majors.len() * 3)),
            // What is made for sale is the exception.
            ("JDLB", &if base.kind == "4" { "9" } else { base.kind }),
            ("JZMJ", &(places * 6)),
            ("YQSBZS", &devices),
            ("SJJXGWS", &places),
            ("GLRYZZ", &dice.between(1, 2)),
            ("GLRYJZ", &dice.between(1, 4)),
        ]);
    }
}

/// Every company is a base for internships.
pub fn bases_outside(world: &World, sheet: &mut Sheet) {
    for (c, company) in world.companies.iter().enumerate() {
        let mut dice = Dice::of("base outside", c);
        let partners = (0..world.kind.majors.len()).filter(|&major| world.partners_of(major).any(|(n, _)| n == c));
        let majors: Vec<&str> = partners.map(|major| world.kind.majors[major].name).collect();
        let workers = match company.size {
            "1" => dice.between(2000, 5000),
            "2" => dice.between(500, 1900),
            "3" => dice.between(120, 480),
            "4" => dice.between(25, 110),
            _ => dice.between(5, 18),
        };
        let (since, years) = (company.partner_since, dice.between(1, 4) as i16);
        sheet.row(&[
            ("SXSXJDH", &base_number(c)),
            ("SXSXJDMC", &format!("{}实习基地", company.name)),
            ("YTDWMC", &company.name),
            ("YTDWXZM", &company.kind),
            ("DWZZJGDM", &company.code),
            ("ZGZGZS", &workers),
            ("SZQY", &format!("{}{}示例区", company.town.province.1, company.town.town.1)),
            ("JDLXRXM", &company.contact),
            ("LXRDH", &company.mentors[0].1),
            ("JDCLNY", &since),
            ("SSHYM", &company.industry),
            ("SSCYM", &if matches!(company.industry, "C" | "E") { "2" } else { "3" }),
            ("MXZY", &majors.join(",")),
            ("HZKSSJ", &since),
            ("HZJSSJ", &date(TODAY.year() + years, 12, 31)),
            ("HZXYQSZTM", &if since.year() > 2022 { "1" } else { "2" }),
            ("HZZTM", &"1"),
        ]);
    }
}

/// 文化基础课: the mean of each class in the test at the middle of the term. The table has no column for a student.
pub fn general_marks(world: &World, sheet: &mut Sheet) {
    for (n, plan) in world.plans.iter().enumerate() {
        let course = &world.courses[plan.course];
        let Some(class) = plan.class.map(|class| &world.classes[class]).filter(|_| course.general.is_some()) else {
            continue;
        };
        let mut dice = Dice::of("mean of class", n);
        sheet.row(&[
            ("XN", &SCHOOL_YEAR),
            ("XQM", &AUTUMN),
            ("NJ", &class.grade()),
            ("BJ", &class.number()),
            ("ZYMC", &world.kind.majors[class.major].name),
            ("KCMC", &course.name),
            ("KCFLM", &course.form()),
            ("RKJS", &world.staff[plan.teacher].name),
            ("KCCJ", &tenths(dice.around(680, 880))),
        ]);
    }
}

/// Students of the first and second year choose what they do in the courses that leave them a choice: art, sports,
/// information technology. The standard wants planned courses of the timetable, which is made for classes.
pub fn choices(world: &World, sheet: &mut Sheet) {
    const OPEN: [&str; 4] = ["信息技术", "体育与健康", "体育与健康（拓展模块）", "艺术"];
    let planned: BTreeSet<usize> = world.lessons.iter().map(|lesson| lesson.plan).collect();
    let open = |plan: &&usize| OPEN.contains(&world.courses[world.plans[**plan].course].name.as_str());
    let open: Vec<usize> = planned.iter().filter(open).copied().collect();
    for (n, student) in world.present() {
        let mut dice = Dice::of("choice of module", n);
        let own: Vec<usize> = open.iter().copied().filter(|&p| world.plans[p].class == Some(student.class)).collect();
        if own.is_empty() || !dice.chance(94) {
            continue;
        }
        let plan = &world.plans[dice.pick(&own)];
        let course = &world.courses[plan.course];
        let day = dice.school_day(date(2026, 9, 7), date(2026, 9, 18));
        sheet.row(&[
            ("XH", &student.number),
            ("JHKCH", &plan.number),
            ("KCH", &course.number),
            ("KCMC", &course.name),
            ("KKXND", &YEAR),
            ("KKXQM", &AUTUMN),
            ("XKSJ", &dice.time(day, 12, 22)),
            ("XKXZM", &course.nature.code()),
        ]);
    }
}
