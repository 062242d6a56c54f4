//! 课程, 实训基地, 文化基础课成绩.

use std::collections::BTreeSet;

use jiff::civil::date;

use super::people::campus_of;
use crate::calendar::{AUTUMN, SCHOOL_YEAR as YEAR, TODAY};
use crate::random::Random;
use crate::school::School;
use crate::school::courses::{Course, CourseNature};
use crate::school::places::VIRTUAL_BASE;
use crate::table_builder::{TableBuilder, tenths};

/// The school year as two tables of secondary schools write it.
pub const SCHOOL_YEAR: &str = "2026-2027学年";

/// The number of a company as 校外实习基地. It has two characters, which is the length of the column in the table of
/// internships.
pub fn base_number(company: usize) -> String {
    format!("{:02}", company + 1)
}

pub fn courses(school: &School, builder: &mut TableBuilder) {
    for course in &school.courses {
        let unit = course.major.map(|major| school.kind.majors[major].unit);
        builder.add_row(&[
            ("SSXQBH", &campus_of(unit)),
            ("KCMC", &course.name),
            ("KCDM", &course.number),
            ("KCLBM", &kind_of(course)),
            ("KCXZM", &course.nature.code()),
            ("KCSXM", &course.nature.choice()),
            ("KCFLM", &course.form()),
            ("XKLBM", &discipline_of(course, unit)),
            ("SFZYHXKC", &(course.nature == CourseNature::Core)),
            ("LVJXSS", &(course.hours - course.practice)),
            ("SJJXSY", &course.practice),
        ]);
    }
}

/// 课程类别 as code of KCLBDM.
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

/// 学科类别 as code of XKLBDM: by the unit of the major, or, for general courses, by their subject.
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

/// 实训基地 inside the school; [`bases_outside`] has those outside.
pub fn bases(school: &School, builder: &mut TableBuilder) {
    for (n, base) in school.bases.iter().enumerate().filter(|(_, base)| base.kind != "1") {
        let mut random = Random::of("base of school", n);
        let labs = |lab: &&crate::school::places::Lab| (lab.base == n) || (n == VIRTUAL_BASE && lab.base == base.unit);
        let of_base: Vec<_> = school.labs.iter().filter(labs).collect();
        let devices = school.devices.iter().filter(|device| of_base.iter().any(|lab| lab.room == device.room)).count();
        let majors: Vec<&str> =
            school.kind.majors.iter().filter(|major| major.unit == base.unit).map(|major| major.name).collect();
        let places: i64 = of_base.iter().map(|lab| lab.workstations).sum();
        builder.add_row(&[
            ("SXJDH", &base.number),
            ("SXJDMC", &base.name),
            ("CLND", &base.since),
            ("MXZY", &majors.join(",")),
            ("ZCBM", &random.chance(60).then_some("2")),
            ("PZRQ", &base.since),
            ("SXSS", &of_base.len()),
            ("SXXMZS", &(majors.len() * 3)),
            ("JDLB", &if base.kind == "4" { "9" } else { base.kind }),
            ("JZMJ", &(places * 6)),
            ("YQSBZS", &devices),
            ("SJJXGWS", &places),
            ("GLRYZZ", &random.between(1, 2)),
            ("GLRYJZ", &random.between(1, 4)),
        ]);
    }
}

/// 校外实习基地: every company is one.
pub fn bases_outside(school: &School, builder: &mut TableBuilder) {
    for (c, company) in school.companies.iter().enumerate() {
        let mut random = Random::of("base outside", c);
        let partners = (0..school.kind.majors.len()).filter(|&major| school.partners_of(major).any(|(n, _)| n == c));
        let majors: Vec<&str> = partners.map(|major| school.kind.majors[major].name).collect();
        let workers = match company.size {
            "1" => random.between(2000, 5000),
            "2" => random.between(500, 1900),
            "3" => random.between(120, 480),
            "4" => random.between(25, 110),
            _ => random.between(5, 18),
        };
        let (since, years) = (company.partner_since, random.between(1, 4) as i16);
        builder.add_row(&[
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

/// 文化基础课成绩: the mean mark of each class in the test in the middle of the term. The table has no column for a student.
pub fn general_marks(school: &School, builder: &mut TableBuilder) {
    for (n, planned) in school.planned_courses.iter().enumerate() {
        let course = &school.courses[planned.course];
        let Some(class) = planned.class.map(|class| &school.classes[class]).filter(|_| course.general.is_some()) else {
            continue;
        };
        let mut random = Random::of("mean of class", n);
        builder.add_row(&[
            ("XN", &SCHOOL_YEAR),
            ("XQM", &AUTUMN),
            ("NJ", &class.grade()),
            ("BJ", &class.number()),
            ("ZYMC", &school.kind.majors[class.major].name),
            ("KCMC", &course.name),
            ("KCFLM", &course.form()),
            ("RKJS", &school.staff[planned.teacher].name),
            ("KCCJ", &tenths(random.around(680, 880))),
        ]);
    }
}

/// The choices of first- and second-year students in the courses that offer several modules: art, sports, information
/// technology. The table refers to planned courses of the timetable, so each student chooses among those of the own
/// class.
pub fn choices(school: &School, builder: &mut TableBuilder) {
    const OPEN: [&str; 4] = ["信息技术", "体育与健康", "体育与健康（拓展模块）", "艺术"];
    let planned: BTreeSet<usize> = school.lessons.iter().map(|lesson| lesson.planned).collect();
    let open =
        |planned: &&usize| OPEN.contains(&school.courses[school.planned_courses[**planned].course].name.as_str());
    let open: Vec<usize> = planned.iter().filter(open).copied().collect();
    for (n, student) in school.present() {
        let mut random = Random::of("choice of module", n);
        let own: Vec<usize> =
            open.iter().copied().filter(|&p| school.planned_courses[p].class == Some(student.class)).collect();
        if own.is_empty() || !random.chance(94) {
            continue;
        }
        let planned = &school.planned_courses[random.pick(&own)];
        let course = &school.courses[planned.course];
        let day = random.school_day(date(2026, 9, 7), date(2026, 9, 18));
        builder.add_row(&[
            ("XH", &student.number),
            ("JHKCH", &planned.number),
            ("KCH", &course.number),
            ("KCMC", &course.name),
            ("KKXND", &YEAR),
            ("KKXQM", &AUTUMN),
            ("XKSJ", &random.time(day, 12, 22)),
            ("XKXZM", &course.nature.code()),
        ]);
    }
}
