//! 离校, 毕业去向, 就业意向: the graduates of this summer, and the intentions of the students of the third year.

use jiff::civil::date;

use crate::calendar::after;
use crate::random::Random;
use crate::school::School;
use crate::school::companies::TOWNS;
use crate::school::destinations::Destination;
use crate::table_builder::{TableBuilder, tenths, yuan};

pub fn formalities(school: &School, builder: &mut TableBuilder) {
    for &(graduate, _) in &school.destinations {
        let student = &school.students[graduate];
        let mut random = Random::of("formalities", graduate);
        let begin = random.school_day(date(2026, 6, 8), date(2026, 6, 12));
        builder.add_row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("JFQKQRRQ", &begin),
            ("XFQRRQ", &after(begin, 1)),
            ("TSGHQRRQ", &after(begin, random.between(1, 3))),
            ("SSTSQRRQ", &after(begin, random.between(3, 5))),
            ("BYZLQRQ", &random.chance(96).then(|| random.school_day(date(2026, 6, 18), date(2026, 6, 24)))),
        ]);
    }
}

pub fn further_study(school: &School, builder: &mut TableBuilder) {
    for (graduate, destination) in &school.destinations {
        let Destination::FurtherStudy { channel, institution, level, points } = destination else { continue };
        // Channel 7 is 3+2: the secondary school and the college teach by one common plan.
        let through = builder.code("ZZXSLXDM", &[if *channel == "7" { "贯通培养" } else { "非贯通培养" }]);
        let kind = through.or(builder.code("GZXSLXDM", &["高职专科", "高职学生"]));
        let student = &school.students[*graduate];
        let (major, class) = (school.major_of(student), school.class_of(student));
        builder.add_row(&[
            ("XH", &student.number),
            ("XM", &student.name),
            ("BH", &class.number()),
            ("BJMC", &class.name),
            ("XSLXM", &kind),
            ("ZYH", &major.code),
            ("ZYMC", &major.name),
            ("SXQDM", channel),
            ("LQXXMC", institution),
            ("LQZYMC", &school.kind.studies[major.unit]),
            ("FS", &tenths(points * 10)),
            ("SXCCM", level),
        ]);
    }
}

pub fn employment(school: &School, builder: &mut TableBuilder) {
    for (graduate, destination) in &school.destinations {
        let student = &school.students[*graduate];
        let (major, class) = (school.major_of(student), school.class_of(student));
        match destination {
            Destination::Employment { company, post, pay, aligned, since } => {
                let company = &school.companies[*company];
                builder.add_row(&[
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
            Destination::OwnBusiness { project, town, since } => builder.add_row(&[
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
            Destination::FurtherStudy { .. } | Destination::Unemployed(_) => {}
        }
    }
}

pub fn unemployed(school: &School, builder: &mut TableBuilder) {
    for (graduate, destination) in &school.destinations {
        let Destination::Unemployed(kind) = destination else { continue };
        let student = &school.students[*graduate];
        let (major, class) = (school.major_of(student), school.class_of(student));
        builder.add_row(&[
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

/// The intentions of the students of the third year. The industry of those who want to study further is 教育 (`P`).
pub fn intentions(school: &School, builder: &mut TableBuilder) {
    for internship in &school.internships {
        let student = &school.students[internship.student];
        let major = school.major_of(student);
        let mut random = Random::of("intention", internship.student);
        let company = &school.companies[internship.company];
        let study = random.chance(24);
        let town = match (study, random.chance(55)) {
            (_, true) => TOWNS[0],
            (true, _) => TOWNS[3],
            (false, _) => company.town,
        };
        let (words, unit) = if study {
            ("计划参加专转本考试，继续提升学历".to_owned(), random.chance(60).then_some("示例理工大学"))
        } else {
            (
                format!("希望从事{}相关工作，优先考虑实习单位", random.pick(&major.posts)),
                random.chance(60).then_some(company.name),
            )
        };
        builder.add_row(&[
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
                let day = random.school_day(date(2026, 10, 12), date(2026, 11, 13));
                random.time(day, 9, 21)
            }),
        ]);
    }
}
