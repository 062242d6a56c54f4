//! 离校, 去向: the graduates of the summer, and what the third year intends.

use jiff::civil::date;

use crate::calendar::after;
use crate::dice::Dice;
use crate::sheet::{Sheet, tenths, yuan};
use crate::world::World;
use crate::world::companies::TOWNS;
use crate::world::paths::Outcome;

pub fn formalities(world: &World, sheet: &mut Sheet) {
    for &(graduate, _) in &world.outcomes {
        let student = &world.students[graduate];
        let mut dice = Dice::of("formalities", graduate);
        let begin = dice.school_day(date(2026, 6, 8), date(2026, 6, 12));
        sheet.row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("JFQKQRRQ", &begin),
            ("XFQRRQ", &after(begin, 1)),
            ("TSGHQRRQ", &after(begin, dice.between(1, 3))),
            ("SSTSQRRQ", &after(begin, dice.between(3, 5))),
            ("BYZLQRQ", &dice.chance(96).then(|| dice.school_day(date(2026, 6, 18), date(2026, 6, 24)))),
        ]);
    }
}

pub fn further_study(world: &World, sheet: &mut Sheet) {
    for (graduate, outcome) in &world.outcomes {
        let Outcome::Study { channel, school, level, points } = outcome else { continue };
        // 3+2: trained in the secondary school and the college by one plan.
        let through = sheet.code("ZZXSLXDM", &[if *channel == "7" { "贯通培养" } else { "非贯通培养" }]);
        let kind = through.or(sheet.code("GZXSLXDM", &["高职专科", "高职学生"]));
        let student = &world.students[*graduate];
        let (major, class) = (world.major_of(student), world.class_of(student));
        sheet.row(&[
            ("XH", &student.number),
            ("XM", &student.name),
            ("BH", &class.number()),
            ("BJMC", &class.name),
            ("XSLXM", &kind),
            ("ZYH", &major.code),
            ("ZYMC", &major.name),
            ("SXQDM", channel),
            ("LQXXMC", school),
            ("LQZYMC", &world.kind.studies[major.college]),
            ("FS", &tenths(points * 10)),
            ("SXCCM", level),
        ]);
    }
}

pub fn work(world: &World, sheet: &mut Sheet) {
    for (graduate, outcome) in &world.outcomes {
        let student = &world.students[*graduate];
        let (major, class) = (world.major_of(student), world.class_of(student));
        match outcome {
            Outcome::Work { company, post, pay, aligned, since } => {
                let company = &world.companies[*company];
                sheet.row(&[
                    ("XH", &student.number),
                    ("XM", &student.name),
                    ("BH", &class.number()),
                    ("BJMC", &class.name),
                    ("ZYH", &major.code),
                    ("ZYMC", &major.name),
                    ("JYDWSFXQHZDW", &true),
                    ("JYDWMC", &company.name),
                    ("JYDWHYM", &company.industry),
                    ("JYDWXZM", &company.kind),
                    ("JYDWGMM", &company.size),
                    ("QXX", &yuan(*pay)),
                    ("SFDK", aligned),
                    ("JYQYSJGBM", &company.town.province.0),
                    ("JYQYSJGMC", &company.town.province.1),
                    ("JYQYSHJGBM", &company.town.town.0),
                    ("JYQYSHJGMC", &company.town.town.1),
                    ("JYRQ", since),
                    ("SFZZCY", &false),
                    ("SFLHJY", &false),
                    ("GZGWMC", post),
                ]);
            }
            Outcome::Venture { project, town, since } => sheet.row(&[
                ("XH", &student.number),
                ("XM", &student.name),
                ("BH", &class.number()),
                ("BJMC", &class.name),
                ("ZYH", &major.code),
                ("ZYMC", &major.name),
                ("JYDWSFXQHZDW", &false),
                ("JYDWHYM", &"L"),
                ("JYDWXZM", &"33"),
                ("JYDWGMM", &"5"),
                ("SFDK", &false),
                ("JYQYSJGBM", &town.province.0),
                ("JYQYSJGMC", &town.province.1),
                ("JYQYSHJGBM", &town.town.0),
                ("JYQYSHJGMC", &town.town.1),
                ("JYRQ", since),
                ("SFZZCY", &true),
                ("CYXMMC", project),
                ("SFLHJY", &true),
                ("GZGWMC", &"负责人"),
            ]),
            Outcome::Study { .. } | Outcome::Waiting(_) => {}
        }
    }
}

pub fn waiting(world: &World, sheet: &mut Sheet) {
    for (graduate, outcome) in &world.outcomes {
        let Outcome::Waiting(kind) = outcome else { continue };
        let student = &world.students[*graduate];
        let (major, class) = (world.major_of(student), world.class_of(student));
        sheet.row(&[
            ("XH", &student.number),
            ("XM", &student.name),
            ("BH", &class.number()),
            ("BJMC", &class.name),
            ("ZYH", &major.code),
            ("ZYMC", &major.name),
            ("WJYLXM", kind),
        ]);
    }
}

/// What the third year wants to do; who wants to study further chooses 教育.
pub fn intentions(world: &World, sheet: &mut Sheet) {
    for stay in &world.internships {
        let student = &world.students[stay.student];
        let major = world.major_of(student);
        let mut dice = Dice::of("intention", stay.student);
        let company = &world.companies[stay.company];
        let study = dice.chance(24);
        let town = match (study, dice.chance(55)) {
            (_, true) => TOWNS[0],
            (true, _) => TOWNS[3],
            (false, _) => company.town,
        };
        let (words, unit) = if study {
            ("计划参加专转本考试，继续提升学历".to_owned(), dice.chance(60).then_some("示例理工大学"))
        } else {
            (
                format!("希望从事{}相关工作，优先考虑实习单位", dice.pick(&major.posts)),
                dice.chance(60).then_some(company.name),
            )
        };
        sheet.row(&[
            ("XH", &student.number),
            ("ZYH", &major.code),
            ("JYYXM", &if study { "1" } else { "2" }),
            ("JYYXSM", &words),
            ("YXSJGBM", &town.province.0),
            ("YXSJGMC", &town.province.1),
            ("YXSHJGBM", &town.town.0),
            ("YXSHJGMC", &town.town.1),
            ("JYDWHYM", &if study { "P" } else { company.industry }),
            ("YXDW", &unit),
            ("YXLRSJ", &{
                let day = dice.school_day(date(2026, 10, 12), date(2026, 11, 13));
                dice.time(day, 9, 21)
            }),
        ]);
    }
}
