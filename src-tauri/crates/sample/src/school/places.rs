//! 场所: the classrooms, training rooms and training bases.

use jiff::civil::{Date, date};

use super::kind::{SchoolKind, UNITS};
use crate::calendar::after;
use crate::random::Random;

/// 教室: a room for teaching. Each training room has one, too.
#[derive(Debug, Clone)]
pub struct Room {
    /// 教室号, such as `A301`.
    pub number: String,
    /// 房间号: six digits for the building and six for the room, as the standard advises.
    pub long_number: String,
    /// 教室名称.
    pub name: String,
    /// Kind as code of SKDDLBDM.
    pub kind: &'static str,
    /// Number of seats.
    pub seats: i64,
    /// 教室描述: equipment and use.
    pub purpose: String,
}

/// 实训室.
#[derive(Debug, Clone)]
pub struct Lab {
    /// 实训室号.
    pub number: String,
    /// 实训室名称.
    pub name: String,
    /// Index of the major that uses it.
    pub major: usize,
    /// Index of the base that it belongs to.
    pub base: usize,
    /// Index of its room.
    pub room: usize,
    /// Day of foundation.
    pub since: Date,
    /// 工位数.
    pub workstations: i64,
}

/// 实训基地.
#[derive(Debug, Clone)]
pub struct Base {
    /// 实训基地编号.
    pub number: String,
    /// 实训基地名称.
    pub name: String,
    /// Index of the unit that runs it.
    pub unit: usize,
    /// Kind as code of SXJDLBDM.
    pub kind: &'static str,
    /// Day of foundation.
    pub since: Date,
}

/// All rooms, in the order: multimedia rooms and ordinary rooms, halls for sport, one room for each training room.
pub fn rooms(kind: &SchoolKind) -> Vec<Room> {
    let mut rooms = Vec::new();
    for n in 0..44 {
        let (building, floor, door) = (["A", "B"][n / 22], n % 22 / 6 + 1, n % 6 + 1);
        let multimedia = n % 11 != 10;
        let name = if multimedia { "多媒体教室" } else { "普通教室" };
        rooms.push(Room {
            number: format!("{building}{floor}{door:02}"),
            long_number: format!("{:06}{:06}", n / 22 + 1, floor * 100 + door),
            name: format!("教学楼{building}座{floor}{door:02}{name}"),
            kind: if multimedia { "1" } else { "5" },
            seats: [48, 60, 80][n % 3],
            purpose: if multimedia {
                "配有交互大屏、录播和扩声设备，用于理论课教学"
            } else {
                "用于小班讨论和自习"
            }
            .to_owned(),
        });
    }
    for (n, name) in ["田径场", "篮球馆", "羽毛球馆", "乒乓球馆"].into_iter().enumerate() {
        rooms.push(Room {
            number: format!("T{:03}", n + 101),
            long_number: format!("{:06}{:06}", 5, n + 101),
            name: name.to_owned(),
            kind: "10",
            seats: 200,
            purpose: "用于体育课教学和学生体质测试".to_owned(),
        });
    }
    for (n, major) in kind.majors.iter().enumerate() {
        for k in 0..2 {
            let floor = n / 4 + 1;
            let door = n % 4 * 2 + k + 1;
            rooms.push(Room {
                number: format!("C{floor}{door:02}"),
                long_number: format!("{:06}{:06}", 3, floor * 100 + door),
                name: format!("实训楼{floor}{door:02}{}", lab_name(kind, n, k)),
                kind: if n < 3 { "4" } else { ["7", "3"][k] },
                seats: [40, 32][k],
                purpose: format!("用于{}专业的理实一体化教学", major.name),
            });
        }
    }
    rooms
}

/// Index in [`rooms`] of the room of the first training room; the rooms of the others follow it.
pub const FIRST_LAB_ROOM: usize = 48;

fn lab_name(kind: &SchoolKind, major: usize, k: usize) -> String {
    let course = kind.majors[major].courses[2 + k * 2];
    format!("{course}实训室")
}

/// The training rooms, two for each major.
pub fn labs(kind: &SchoolKind) -> Vec<Lab> {
    (0..kind.majors.len() * 2)
        .map(|n| {
            let (major, k) = (n / 2, n % 2);
            let mut random = Random::of("lab", n);
            let founded = date(kind.majors[major].since, 9, 1).max(date(2014, 9, 1));
            Lab {
                number: format!("S{}{}", kind.majors[major].code, k + 1),
                name: lab_name(kind, major, k),
                major,
                base: kind.majors[major].unit,
                room: FIRST_LAB_ROOM + n,
                since: after(founded, random.between(30, 500)),
                workstations: [40, 32][k],
            }
        })
        .collect()
}

/// The training bases: one for each unit, then one for virtual simulation, then two outside the school.
pub fn bases(kind: &SchoolKind) -> Vec<Base> {
    let mut bases: Vec<Base> = kind
        .units
        .iter()
        .enumerate()
        .map(|(unit, name)| Base {
            number: format!("JD{:02}", unit + 1),
            name: format!("{}实训基地", name.trim_end_matches("学院").trim_end_matches('部')),
            unit,
            kind: if unit % 2 == 0 { "3" } else { "4" },
            since: date(2014 + unit as i16 % 5, 5, 10),
        })
        .collect();
    let more = [
        ("虚拟仿真实训中心", 1, "2", date(2022, 6, 15)),
        ("示例精密机械校外实践教学基地", 1, "1", date(2019, 4, 20)),
        ("示例人民医院校外实践教学基地", 6, "1", date(2018, 10, 12)),
    ];
    for (n, (name, unit, kind, since)) in more.into_iter().enumerate() {
        bases.push(Base { number: format!("JD{:02}", UNITS + n + 1), name: name.to_owned(), unit, kind, since });
    }
    bases
}

/// Index in [`bases`] of the base for virtual simulation.
pub const VIRTUAL_BASE: usize = UNITS;
