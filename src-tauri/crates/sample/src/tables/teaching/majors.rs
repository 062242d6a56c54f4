//! 专业: majors and the distinctions they hold.

use jiff::civil::date;

use crate::sheet::Sheet;
use crate::world::World;
use crate::world::majors::GROUPS;
use crate::world::people::unit_number;

/// Distinguished majors.
pub fn construction(world: &World, sheet: &mut Sheet) {
    for (n, major) in world.kind.majors.iter().enumerate() {
        let Some((level, kind)) = major.key else { continue };
        sheet.row(&[
            ("ZYH", &major.code),
            ("ZDZYJBM", &level),
            ("ZDZYLXM", &kind),
            ("SYRQ", &date(2021 + (n % 4) as i16, 12, 10)),
            ("BZ", &(n % 2 == 0).then(|| format!("{}专业通过中期检查，建设任务按计划推进。", major.name))),
        ]);
    }
}

pub fn majors(world: &World, sheet: &mut Sheet) {
    for major in &world.kind.majors {
        let (group, group_name) = GROUPS[major.group];
        sheet.row(&[
            ("ZYSSYXBMC", &world.kind.units[major.college]),
            ("ZYSSYXBDWH", &unit_number(world.kind, world.kind.units[major.college])),
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
