//! 校企合作数据子集.

use jiff::civil::{Date, date};

use super::{Plans, past_day};
use crate::calendar::after;
use crate::dice::Dice;
use crate::sheet::{Sheet, yuan};
use crate::world::World;
use crate::world::companies::Company;
use crate::world::majors::Major;
use crate::world::paths::Outcome;
use crate::world::people::of_office;

pub const PLANS: Plans = &[
    ("ODS_CXHZSJ", cooperation),
    ("ODS_ZYJNJDJGSJ", examination),
    ("ODS_FQTGSJ", visits),
    ("ODS_XQHZGTKFKCSJ", courses),
];

/// Majors with the companies that work with them, in the order of the majors.
fn pairs(world: &World) -> impl Iterator<Item = (usize, &'static Major, usize, &Company)> {
    let of_major = |(m, major)| world.partners_of(m).map(move |(c, company)| (m, major, c, company));
    world.kind.majors.iter().enumerate().flat_map(of_major)
}

/// What the companies do with each major; interns and graduates are counted from the records of both.
fn cooperation(world: &World, sheet: &mut Sheet) {
    for (n, (m, major, c, company)) in pairs(world).enumerate() {
        let mut dice = Dice::of("cooperation", n);
        let interns =
            world.internships.iter().filter(|stay| stay.company == c && world.students[stay.student].major == m);
        let hired = world.outcomes.iter().filter(|(graduate, outcome)| {
            matches!(outcome, Outcome::Work { company, .. } if *company == c) && world.students[*graduate].major == m
        });
        let since: Date = company.partner_since.max(major.first_students());
        sheet.row(&[
            ("ZYH", &major.code),
            ("HZQYTYSHXYDM", &company.code),
            ("HZQYMC", &company.name),
            ("HZKSNY", &since),
            ("DDPYRS", &if dice.chance(30) { 24 } else { 0_i64 }),
            ("GTKFKCMS", &dice.between(0, 3)),
            ("GTKFJCS", &dice.between(0, 2)),
            ("ZCXXJZJSS", &dice.between(0, 4)),
            ("JSDGSXXSS", &interns.count()),
            ("JSBYSJYS", &hired.count()),
            ("XXWQYJSFWNSR", &dice.chance(60).then(|| yuan(dice.between(1, 30) * 10_000))),
        ]);
    }
}

/// Two years; without a column for the year, each certificate and grade has one row: the newest.
fn examination(world: &World, sheet: &mut Sheet) {
    let rounds = [("2", 2025_i16), ("3", 2025), ("3", 2026)];
    for (m, major) in world.kind.majors.iter().enumerate() {
        let newest = |k: usize| rounds[k + 1..].iter().all(|(grade, _)| *grade != rounds[k].0);
        for (k, (grade, year)) in rounds.into_iter().enumerate() {
            if !sheet.has("JDND") && !newest(k) {
                continue;
            }
            sheet.row(&[
                ("JDJGMC", &"示例职业技能鉴定所"),
                ("JDZSMC", &format!("{}职业技能等级证书", major.certificate)),
                ("JDDJM", &grade),
                ("JLDWJBM", &"2"),
                ("JLDWBMM", &"2"),
                ("JDRS", &Dice::of("examination", m * 3 + k).between(12, 64)),
                ("JDND", &date(year, 12, 31)),
            ]);
        }
    }
}

/// Visits to partner companies by the leaders of the college.
fn visits(world: &World, sheet: &mut Sheet) {
    let visitors = [("学校办公室", "校领导"), ("招生就业处", "处长"), ("校企合作处", "处长")];
    for (n, (m, major, _, company)) in pairs(world).enumerate().filter(|(n, _)| n % 2 == 0) {
        let mut dice = Dice::of("visit", n);
        // The company may need people of another major of the same 院系 as well.
        let other = world
            .kind
            .majors
            .iter()
            .find(|other| other.college == major.college && other.code != major.code)
            .unwrap_or(major);
        let (office, duty) = visitors[n / 2 % 3];
        let (pay, start) = (dice.between(28, 38) * 100, dice.between(42, 65) * 100);
        sheet.row(&[
            ("ZFQYMC", &company.name),
            ("ZFQYDM", &company.code),
            ("XQZYDM", &major.code),
            ("XQZYMC", &major.name),
            ("XQZYCC", &"2"),
            ("KTGGWS", &dice.between(4, 30)),
            ("PJXC", &start),
            ("QTBFR", &world.staff[of_office(office, false)].name),
            ("ZW", &duty),
            ("BFSJ", &past_day(&mut dice)),
            ("QYJDR", &company.contact),
            ("JDRZW", &company.duty),
            ("FTZYXS", &dice.pick(&["1", "2", "2"])),
            ("JSSXSZYDM", &major.code),
            ("JSSXSZYMC", &major.name),
            ("JSSXSZYCC", &"2"),
            ("JSSXSZYRS", &dice.between(2, 20)),
            ("JSSXSZYBC", &yuan(pay)),
            ("JSXSJYZYDM", &if n % 4 == 0 { other.code } else { major.code }),
            ("JSXSJYZYMC", &if n % 4 == 0 { other.name } else { major.name }),
            ("JSXSJYZYCC", &"2"),
            ("JSXSJYRS", &dice.between(1, 12)),
            ("JSXSJYQXX", &yuan(start - 300)),
            (
                "QTDCYXHZ",
                &dice.chance(50).then(|| format!("共建{}专业实践教学基地，互派人员交流。", world.kind.majors[m].name)),
            ),
        ]);
    }
}

fn courses(world: &World, sheet: &mut Sheet) {
    for (n, course) in world.courses.iter().filter(|course| course.with_company).enumerate() {
        let Some(major) = course.major else { continue };
        let mut dice = Dice::of("joint course", n);
        let partners: Vec<&Company> = world.partners_of(major).map(|(_, company)| company).collect();
        let company = dice.pick(&partners);
        let lead = &world.staff[course.lead];
        let start = dice.school_day(date(2026, 3, 2), date(2026, 9, 30));
        sheet.row(&[
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
