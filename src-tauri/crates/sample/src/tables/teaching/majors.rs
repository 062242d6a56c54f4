//! 专业设置, 专业建设: majors, and which of them are 重点专业.

use jiff::civil::date;

use crate::school::School;
use crate::school::majors::GROUPS;
use crate::school::people::unit_number;
use crate::table_builder::TableBuilder;

/// 专业建设: the 重点专业.
pub fn construction(school: &School, builder: &mut TableBuilder) {
    for (n, major) in school.kind.majors.iter().enumerate() {
        let Some((level, kind)) = major.key else { continue };
        builder.add_row(&[
            ("ZYH", &major.code),
            ("ZDZYJBM", &level),
            ("ZDZYLXM", &kind),
            ("SYRQ", &date(2021 + (n % 4) as i16, 12, 10)),
            ("BZ", &(n % 2 == 0).then(|| format!("{}专业通过中期检查，建设任务按计划推进。", major.name))),
        ]);
    }
}

pub fn majors(school: &School, builder: &mut TableBuilder) {
    for major in &school.kind.majors {
        let (group, group_name) = GROUPS[major.group];
        builder.add_row(&[
            ("ZYSSYXBMC", &school.kind.units[major.unit]),
            ("ZYSSYXBDWH", &unit_number(school.kind, school.kind.units[major.unit])),
            ("ZYMC", &major.name),
            ("ZYH", &major.code),
            ("SSZYQMC", &group_name),
            ("SSZYQH", &group),
            ("PZSZNY", &date(major.since, 3, 1)),
            ("SCZSNY", &major.first_students()),
            ("ZYCCM", &"2"),
            ("XZM", &"3"),
            ("SFZDZY", &major.key.is_some()),
            ("ZDZYJBM", &major.key.map(|(level, _)| level)),
            ("ZDZYLXM", &major.key.map(|(_, kind)| kind)),
        ]);
    }
}
