//! 实训: bases, training rooms, training projects, results of students, and services for others.

use jiff::civil::date;

use crate::calendar::{AUTUMN, SCHOOL_YEAR, TERM_SO_FAR, after};
use crate::random::Random;
use crate::school::School;
use crate::school::courses::CourseNature;
use crate::school::devices::keeper_of;
use crate::school::people::unit_number;
use crate::table_builder::{TableBuilder, tenths};

pub fn bases(school: &School, builder: &mut TableBuilder) {
    for (n, base) in school.bases.iter().enumerate() {
        let majors: Vec<&str> =
            school.kind.majors.iter().filter(|major| major.unit == base.unit).map(|m| m.name).collect();
        let first = school.kind.majors.iter().position(|major| major.unit == base.unit).unwrap_or(0);
        let partner = school.partners_of(first).nth(n % 2).map(|(_, company)| company.name);
        let unit = school.kind.units[base.unit];
        builder.add_row(&[
            ("SXJDBH", &base.number),
            ("SXJDMC", &base.name),
            ("SSGLDWMC", &unit),
            ("SSGLDWH", &unit_number(school.kind, unit)),
            ("SXJDJLRQ", &base.since),
            ("YTDW", &if base.kind == "1" { partner.unwrap_or(unit) } else { unit }),
            ("SYZYMC", &majors.join(",")),
            ("JDHZQY", &partner),
            ("SXJDLBM", &base.kind),
        ]);
    }
}

pub fn labs(school: &School, builder: &mut TableBuilder) {
    for (n, lab) in school.labs.iter().enumerate() {
        let room = &school.rooms[lab.room];
        let unit = school.kind.majors[lab.major].unit;
        builder.add_row(&[
            ("SXSH", &lab.number),
            ("SXSMC", &lab.name),
            ("SSGLDWMC", &school.kind.units[unit]),
            ("SSGLDWH", &unit_number(school.kind, school.kind.units[unit])),
            ("SSSXJDBH", &school.bases[lab.base].number),
            ("SXSJLRQ", &lab.since),
            ("FZRJGH", &school.staff[keeper_of(school.kind, n, lab)].number),
            ("GWS", &lab.workstations),
            ("FJH", &room.long_number),
            ("FJMC", &room.name),
            (
                "SYSHZQY",
                &(n % 3 == 0).then(|| school.partners_of(lab.major).nth(n / 3 % 2).map(|(_, c)| c.name)).flatten(),
            ),
        ]);
    }
}

/// 实训项目: a training project.
struct Training<'w> {
    number: String,
    name: &'static str,
    major: usize,
    room: &'w str,
    hours: i64,
    planned: Option<usize>,
    simulated: bool,
}

fn trainings(school: &School) -> impl Iterator<Item = Training<'_>> {
    (0..school.kind.majors.len() * 3).map(|n| {
        let (major, k) = (n / 3, n % 3);
        let lab = &school.labs[major * 2 + k % 2];
        let fits = |planned: &crate::school::courses::PlannedCourse| {
            let course = &school.courses[planned.course];
            course.major == Some(major) && course.nature == CourseNature::Core && course.hours < 400
        };
        let planned = (0..school.planned_courses.len()).filter(|&p| fits(&school.planned_courses[p])).nth(k);
        Training {
            number: format!("XM{}{:02}", school.kind.majors[major].code, k + 1),
            name: school.kind.majors[major].projects[k],
            major,
            room: &lab.number,
            hours: [8, 12, 16][k],
            planned,
            simulated: k == 2,
        }
    })
}

pub fn projects(school: &School, builder: &mut TableBuilder) {
    for (n, training) in trainings(school).enumerate() {
        let major = &school.kind.majors[training.major];
        builder.add_row(&[
            ("SXXMBH", &training.number),
            ("SXXMMC", &training.name),
            ("SFXNFZSXXM", &training.simulated),
            ("GKZYH", &major.code),
            ("GKZYMC", &major.name),
            ("SSJHKCH", &training.planned.map(|planned| school.planned_courses[planned].number.as_str())),
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

/// Each second-year class has done the first training project of its major.
pub fn sessions(school: &School, builder: &mut TableBuilder) {
    for (t, training) in trainings(school).enumerate().step_by(3) {
        let class = school.classes.iter().find(|class| class.major == training.major && class.year == 2025);
        let Some(class) = class else { continue };
        let start = Random::of("training", t).school_day(TERM_SO_FAR.0, after(TERM_SO_FAR.1, -16));
        for seat in class.students.clone() {
            let student = &school.students[seat];
            let mut random = Random::of("training mark", t * 2000 + seat);
            builder.add_row(&[
                ("SXXMBH", &training.number),
                ("SSZYH", &school.kind.majors[training.major].code),
                ("SXXMMC", &training.name),
                // The column has two characters.
                ("SSZY", &school.kind.majors[training.major].short),
                ("PTSXRJMC", &"无"),
                ("XH", &student.number),
                ("XSXM", &student.name),
                ("XSSXKSS", &training.hours),
                ("SXKSRQ", &start),
                ("SXJSRQ", &after(start, 7)),
                (
                    "SXJGZHPJ",
                    &(random.chance(97) || builder.requires("SXJGZHPJ"))
                        .then(|| tenths((student.ability * 10 + random.between(-60, 70)).clamp(560, 985))),
                ),
            ]);
        }
    }
}

pub fn services(school: &School, builder: &mut TableBuilder) {
    let simulated: Vec<Training> = trainings(school).filter(|training| training.simulated).collect();
    for n in 0..42 {
        let mut random = Random::of("base service", n);
        let training = &simulated[random.below(simulated.len())];
        let (kind, guests, who) = match n % 4 {
            0 => ("1", "3", "示例实验初级中学"),
            1 => ("2", "2", "示例中等专业学校"),
            2 => ("3", "2", "示例机电职业学院"),
            _ => {
                let partner = school
                    .partners_of(training.major)
                    .next()
                    .map_or("示例精密机械有限公司", |(_, company)| company.name);
                ("4", "1", partner)
            }
        };
        builder.add_row(&[
            ("DWFWBH", &format!("DF26{:04}", n + 1)),
            ("DWFWLXM", &kind),
            ("XNFZSXXMBH", &training.number),
            ("DWFWRC", &random.between(18, 60)),
            ("DWFWDX", &guests),
            ("FWKSS", &training.hours.min(8)),
            ("FWRQ", &random.past_school_day().max(date(2026, 9, 8))),
            ("FWDWMC", &who),
        ]);
    }
}
