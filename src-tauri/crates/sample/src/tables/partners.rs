//! 校企合作数据子集.

use jiff::civil::{Date, date};

use super::generator::Generators;
use crate::calendar::after;
use crate::random::Random;
use crate::school::School;
use crate::school::companies::Company;
use crate::school::courses::Course;
use crate::school::destinations::Destination;
use crate::school::majors::Major;
use crate::school::people::office_member;
use crate::table_builder::{TableBuilder, yuan};

pub const GENERATORS: Generators = &[
    ("ODS_CXHZSJ", cooperation),
    ("ODS_ZYJNJDJGSJ", examination),
    ("ODS_FQTGSJ", visits),
    ("ODS_XQHZGTKFKCSJ", courses),
];

/// Each major with each company that takes its students: index of the major, major, index of the company, company.
fn pairs(school: &School) -> impl Iterator<Item = (usize, &'static Major, usize, &Company)> {
    let of_major = |(m, major)| school.partners_of(m).map(move |(c, company)| (m, major, c, company));
    school.kind.majors.iter().enumerate().flat_map(of_major)
}

/// 产学合作: one row for each pair of major and company. The numbers of interns and of graduates are counted from the
/// internships and the destinations.
fn cooperation(school: &School, builder: &mut TableBuilder) {
    for (n, (m, major, c, company)) in pairs(school).enumerate() {
        let mut random = Random::of("cooperation", n);
        let interns = school
            .internships
            .iter()
            .filter(|internship| internship.company == c && school.students[internship.student].major == m);
        let hired = school.destinations.iter().filter(|(graduate, destination)| {
            matches!(destination, Destination::Employment { company, .. } if *company == c)
                && school.students[*graduate].major == m
        });
        let joint =
            joint_courses(school).filter(|(_, major, with, _)| *major == m && with.code == company.code).count();
        let joint = i64::try_from(joint).unwrap_or(i64::MAX);
        let since: Date = company.partner_since.max(major.first_students());
        builder.add_row(&[
            ("ZYH", &major.code),
            ("HZQYTYSHXYDM", &company.code),
            ("HZQYMC", &company.name),
            ("HZKSNY", &since),
            ("DDPYRS", &if random.chance(30) { 24 } else { 0_i64 }),
            ("GTKFKCMS", &random.between(0, 3).max(joint)),
            ("GTKFJCS", &random.between(0, 2)),
            ("ZCXXJZJSS", &random.between(0, 4)),
            ("JSDGSXXSS", &interns.count()),
            ("JSBYSJYS", &hired.count()),
            ("XXWQYJSFWNSR", &random.chance(60).then(|| yuan(random.between(1, 30) * 10_000))),
        ]);
    }
}

/// Examinations of two years. Where the table has no column for the year, each certificate and grade has only its
/// newest row.
fn examination(school: &School, builder: &mut TableBuilder) {
    let rounds = [("2", 2025_i16), ("3", 2025), ("3", 2026)];
    for (m, major) in school.kind.majors.iter().enumerate() {
        let newest = |k: usize| rounds[k + 1..].iter().all(|(grade, _)| *grade != rounds[k].0);
        for (k, (grade, year)) in rounds.into_iter().enumerate() {
            if !builder.has("JDND") && !newest(k) {
                continue;
            }
            builder.add_row(&[
                ("JDJGMC", &"示例职业技能鉴定所"),
                ("JDZSMC", &format!("{}职业技能等级证书", major.certificate)),
                ("JDDJM", &grade),
                ("JLDWJBM", &"2"),
                ("JLDWBMM", &"2"),
                ("JDRS", &Random::of("examination", m * 3 + k).between(12, 64)),
                ("JDND", &date(year, 12, 31)),
            ]);
        }
    }
}

/// Visits of the heads of the school to every second pair of major and company.
fn visits(school: &School, builder: &mut TableBuilder) {
    let visitors = [("学校办公室", "校领导"), ("招生就业处", "处长"), ("校企合作处", "处长")];
    for (n, (m, major, _, company)) in pairs(school).enumerate().filter(|(n, _)| n % 2 == 0) {
        let mut random = Random::of("visit", n);
        // Some companies also need graduates of another major of the same unit.
        let other = school
            .kind
            .majors
            .iter()
            .find(|other| other.unit == major.unit && other.code != major.code)
            .unwrap_or(major);
        let (office, duty) = visitors[n / 2 % 3];
        let (pay, start) = (random.between(28, 38) * 100, random.between(42, 65) * 100);
        builder.add_row(&[
            ("ZFQYMC", &company.name),
            ("ZFQYDM", &company.code),
            ("XQZYDM", &major.code),
            ("XQZYMC", &major.name),
            ("XQZYCC", &"2"),
            ("KTGGWS", &random.between(4, 30)),
            ("PJXC", &start),
            ("QTBFR", &school.staff[office_member(office, false)].name),
            ("ZW", &duty),
            ("BFSJ", &random.past_school_day()),
            ("QYJDR", &company.contact),
            ("JDRZW", &company.duty),
            ("FTZYXS", &random.pick(&["1", "2", "2"])),
            ("JSSXSZYDM", &major.code),
            ("JSSXSZYMC", &major.name),
            ("JSSXSZYCC", &"2"),
            ("JSSXSZYRS", &random.between(2, 20)),
            ("JSSXSZYBC", &yuan(pay)),
            ("JSXSJYZYDM", &if n % 4 == 0 { other.code } else { major.code }),
            ("JSXSJYZYMC", &if n % 4 == 0 { other.name } else { major.name }),
            ("JSXSJYZYCC", &"2"),
            ("JSXSJYRS", &random.between(1, 12)),
            ("JSXSJYQXX", &yuan(start - 300)),
            (
                "QTDCYXHZ",
                &random
                    .chance(50)
                    .then(|| format!("共建{}专业实践教学基地，互派人员交流。", school.kind.majors[m].name)),
            ),
        ]);
    }
}

/// The courses that are made with a company: course, index of the major, company, and what is left of the chances.
fn joint_courses(school: &School) -> impl Iterator<Item = (&Course, usize, &Company, Random)> {
    let made = school.courses.iter().filter(|course| course.with_company).enumerate();
    made.filter_map(|(n, course)| {
        let major = course.major?;
        let mut random = Random::of("joint course", n);
        let partners: Vec<&Company> = school.partners_of(major).map(|(_, company)| company).collect();
        let company = random.pick(&partners);
        Some((course, major, company, random))
    })
}

fn courses(school: &School, builder: &mut TableBuilder) {
    for (course, _, company, mut random) in joint_courses(school) {
        let lead = &school.staff[course.lead];
        let start = random.school_day(date(2026, 3, 2), date(2026, 9, 30));
        builder.add_row(&[
            ("KCH", &course.number),
            ("KCMC", &course.name),
            (
                "KCJJ",
                &format!(
                    "《{}》由学校与{}共同开发，将企业真实项目和岗位标准融入教学内容，共{}学时，其中实践{}学时。",
                    course.name, company.name, course.hours, course.practice
                ),
            ),
            ("QYSHXYDM", &company.code),
            ("HZQYMC", &company.name),
            ("KCKFKSSJ", &start),
            ("KCKFJSSJ", &after(start, 270)),
            ("XXFZRGH", &lead.number),
            ("XXFZR", &lead.name),
            ("QYFZR", &company.contact),
        ]);
    }
}
