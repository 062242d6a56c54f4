//! 实训: bases, rooms, projects, who trained when, and services to others.

use jiff::civil::date;

use super::super::past_day;
use crate::calendar::{AUTUMN, SCHOOL_YEAR, SO_FAR, after};
use crate::dice::Dice;
use crate::sheet::{Sheet, tenths};
use crate::world::World;
use crate::world::courses::Nature;
use crate::world::devices::keeper_of;
use crate::world::people::unit_number;

pub fn bases(world: &World, sheet: &mut Sheet) {
    for (n, base) in world.bases.iter().enumerate() {
        let majors: Vec<&str> =
            world.kind.majors.iter().filter(|major| major.college == base.college).map(|m| m.name).collect();
        let first = world.kind.majors.iter().position(|major| major.college == base.college).unwrap_or(0);
        let partner = world.partners_of(first).nth(n % 2).map(|(_, company)| company.name);
        let college = world.kind.units[base.college];
        sheet.row(&[
            ("SXJDBH", &base.number),
            ("SXJDMC", &base.name),
            ("SSGLDWMC", &college),
            ("SSGLDWH", &unit_number(world.kind, college)),
            ("SXJDJLRQ", &base.since),
            ("YTDW", &if base.kind == "1" { partner.unwrap_or(college) } else { college }),
            ("SYZYMC", &majors.join(",")),
            ("JDHZQY", &partner),
            ("SXJDLBM", &base.kind),
        ]);
    }
}

pub fn labs(world: &World, sheet: &mut Sheet) {
    for (n, lab) in world.labs.iter().enumerate() {
        let room = &world.rooms[lab.room];
        let college = world.kind.majors[lab.major].college;
        sheet.row(&[
            ("SXSH", &lab.number),
            ("SXSMC", &lab.name),
            ("SSGLDWMC", &world.kind.units[college]),
            ("SSGLDWH", &unit_number(world.kind, world.kind.units[college])),
            ("SSSXJDBH", &world.bases[lab.base].number),
            ("SXSJLRQ", &lab.since),
            ("FZRJGH", &world.staff[keeper_of(world.kind, n, lab)].number),
            ("GWS", &lab.places),
            ("FJH", &room.long_number),
            ("FJMC", &room.name),
            (
                "SYSHZQY",
                &(n % 3 == 0).then(|| world.partners_of(lab.major).nth(n / 3 % 2).map(|(_, c)| c.name)).flatten(),
            ),
        ]);
    }
}

/// A training project: number, name, major, training room, hours, plan it belongs to, whether it is simulated.
struct Training<'w> {
    number: String,
    name: &'static str,
    major: usize,
    room: &'w str,
    hours: i64,
    plan: Option<usize>,
    simulated: bool,
}

fn trainings(world: &World) -> impl Iterator<Item = Training<'_>> {
    (0..world.kind.majors.len() * 3).map(|n| {
        let (major, k) = (n / 3, n % 3);
        let lab = &world.labs[major * 2 + k % 2];
        let fits = |plan: &crate::world::courses::Planned| {
            let course = &world.courses[plan.course];
            course.major == Some(major) && course.nature == Nature::Core && course.hours < 400
        };
        let plan = (0..world.plans.len()).filter(|&p| fits(&world.plans[p])).nth(k);
        Training {
            number: format!("XM{}{:02}", world.kind.majors[major].code, k + 1),
            name: world.kind.majors[major].projects[k],
            major,
            room: &lab.number,
            hours: [8, 12, 16][k],
            plan,
            simulated: k == 2,
        }
    })
}

pub fn projects(world: &World, sheet: &mut Sheet) {
    for (n, training) in trainings(world).enumerate() {
        let major = &world.kind.majors[training.major];
        sheet.row(&[
            ("SXXMBH", &training.number),
            ("SXXMMC", &training.name),
            ("SFXNFZSXXM", &training.simulated),
            ("GKZYH", &major.code),
            ("GKZYMC", &major.name),
            ("SSJHKCH", &training.plan.map(|plan| world.plans[plan].number.as_str())),
            ("PTSXZYMC", &format!("{}任务书,{}操作视频", training.name, training.name)),
            ("DXRWMC", &training.name),
            ("JNYQ", &format!("能按照规范独立完成{}，正确使用工具和设备，做好过程记录与现场整理。", training.name)),
            ("KHFS", &["过程考核与成果考核相结合", "现场操作考核", "项目报告与答辩"][n % 3]),
            ("MKSL", &(2 + n % 4)),
            ("XSSXKSS", &training.hours),
            ("SFDWFW", &training.simulated),
            ("XN", &SCHOOL_YEAR),
            ("XQ", &AUTUMN),
            ("QTSXDD", &(n % 9 == 4).then_some("校外合作企业生产现场")),
            ("XNSXSH", &training.room),
        ]);
    }
}

/// The classes of the second year have each done the first project of their major.
pub fn sessions(world: &World, sheet: &mut Sheet) {
    for (t, training) in trainings(world).enumerate().step_by(3) {
        let class = world.classes.iter().find(|class| class.major == training.major && class.year == 2025);
        let Some(class) = class else { continue };
        let start = Dice::of("training", t).school_day(SO_FAR.0, after(SO_FAR.1, -16));
        for seat in class.students.clone() {
            let student = &world.students[seat];
            let mut dice = Dice::of("training mark", t * 2000 + seat);
            sheet.row(&[
                ("SXXMBH", &training.number),
                ("SSZYH", &world.kind.majors[training.major].code),
                ("SXXMMC", &training.name),
                // The standard leaves two characters.
                ("SSZY", &world.kind.majors[training.major].short),
                ("PTSXRJMC", &"无"),
                ("XH", &student.number),
                ("XSXM", &student.name),
                ("XSSXKSS", &training.hours),
                ("SXKSRQ", &start),
                ("SXJSRQ", &after(start, 7)),
                (
                    "SXJGZHPJ",
                    &(dice.chance(97) || sheet.requires("SXJGZHPJ"))
                        .then(|| tenths((student.ability * 10 + dice.between(-60, 70)).clamp(560, 985))),
                ),
            ]);
        }
    }
}

pub fn services(world: &World, sheet: &mut Sheet) {
    let simulated: Vec<Training> = trainings(world).filter(|training| training.simulated).collect();
    for n in 0..42 {
        let mut dice = Dice::of("base service", n);
        let training = &simulated[dice.below(simulated.len())];
        let (kind, guests, who) = match n % 4 {
            0 => ("1", "3", "示例实验初级中学"),
            1 => ("2", "2", "示例中等专业学校"),
            2 => ("3", "2", "示例机电职业学院"),
            _ => {
                let partner = world
                    .partners_of(training.major)
                    .next()
                    .map_or("示例精密机械有限公司", |(_, company)| company.name);
                ("4", "1", partner)
            }
        };
        sheet.row(&[
            ("DWFWBH", &format!("DF26{:04}", n + 1)),
            ("DWFWLXM", &kind),
            ("XNFZSXXMBH", &training.number),
            ("DWFWRC", &dice.between(18, 60)),
            ("DWFWDX", &guests),
            ("FWKSS", &training.hours.min(8)),
            ("FWRQ", &past_day(&mut dice).max(date(2026, 9, 8))),
            ("FWDWMC", &who),
        ]);
    }
}
