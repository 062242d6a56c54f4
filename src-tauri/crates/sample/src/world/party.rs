//! 党组织: the organisation of the party in the college.

use super::kind::Kind;
use super::people::{Post, Staff, general_teachers, of_office, teachers_of};
use crate::dice::Dice;

/// 党组织. The committee has branches of 院系 and offices below it, each with two cells.
#[derive(Debug, Clone)]
pub struct Organ {
    /// 党组织编号.
    pub number: String,
    /// Name.
    pub name: String,
    /// Code of DZZLXDM.
    pub kind: &'static str,
    /// The organ above it: index.
    pub above: Option<usize>,
    /// Who leads it: index of staff.
    pub leader: usize,
    /// Codes of DNLDRYZWDM.
    pub duties: &'static [&'static str],
    /// Members, those of the organs below included.
    pub members: i64,
}

/// All organs: the committee, then each general branch followed by its cells.
pub fn organs(kind: &Kind, staff: &[Staff]) -> Vec<Organ> {
    let committee = format!("中共{}委员会", kind.school.name);
    let mut organs = vec![Organ {
        number: "DW01".to_owned(),
        name: committee,
        kind: "1",
        above: None,
        leader: of_office("学校办公室", false),
        duties: &["1"],
        members: 0,
    }];
    if kind.secondary {
        branches(kind, staff, &mut organs);
        return organs;
    }
    let party = |unit: &str| staff.iter().filter(|person| person.unit == unit && person.party).count() as i64;
    let mut branch = |name: &str, leader: usize, cells: [(String, usize, i64); 2]| {
        let at = organs.len();
        let members = cells[0].2 + cells[1].2;
        let number = format!("ZZ{:02}", at / 3 + 1);
        for (k, (cell, leader, members)) in cells.into_iter().enumerate() {
            let duties: &[&str] = if k == 0 { &["1", "3"] } else { &["1"] };
            let number = format!("{}{:02}", number.replace("ZZ", "ZB"), k + 1);
            let name = format!("{name}{cell}党支部");
            organs.push(Organ { number, name, kind: "3", above: Some(at), leader, duties, members });
        }
        let name = format!("{name}党总支");
        organs.insert(at, Organ { number, name, kind: "2", above: Some(0), leader, duties: &["1"], members });
        organs[0].members += members;
    };
    for (college, name) in kind.units.into_iter().enumerate() {
        let leader = teachers_of(college).start;
        let pupils = 5 + Dice::of("party students", college).between(0, 6);
        branch(name, leader, [("教工".to_owned(), leader + 1, party(name)), ("学生".to_owned(), leader + 2, pupils)]);
    }
    let (general, marx) = (general_teachers(0).start, general_teachers(1).start);
    branch(
        "公共教学",
        general,
        [
            ("基础部".to_owned(), general + 1, party("公共基础教学部")),
            ("马克思主义学院".to_owned(), marx, party("马克思主义学院")),
        ],
    );
    let office = |post: Post| staff.iter().filter(|person| person.post == post && person.party).count() as i64;
    let (first, second) = (of_office("党委组织部", false), of_office("学生工作处", false));
    let students_affairs = office(Post::Counsellor);
    let others = office(Post::Office) + office(Post::Worker);
    branch("机关", first, [("管理部门".to_owned(), first, others), ("学生工作".to_owned(), second, students_affairs)]);
    organs
}

/// A secondary school is smaller: cells right below the committee, and teachers only.
fn branches(kind: &Kind, staff: &[Staff], organs: &mut Vec<Organ>) {
    let general = (kind.general_units.as_slice(), general_teachers(0).start, "公共教学");
    let offices = (kind.offices.as_slice(), of_office("党委组织部", false), "行政");
    let units = kind.units.iter().enumerate();
    let of_units = units.map(|(n, unit)| (std::slice::from_ref(unit), teachers_of(n).start, *unit));
    for (n, (units, leader, name)) in of_units.chain([general, offices]).enumerate() {
        let members = staff.iter().filter(|person| person.party && units.contains(&person.unit)).count() as i64;
        organs.push(Organ {
            number: format!("ZB{:02}", n + 1),
            name: format!("{name}党支部"),
            kind: "3",
            above: Some(0),
            leader,
            duties: if n % 2 == 0 { &["1", "3"] } else { &["1"] },
            members,
        });
        organs[0].members += members;
    }
}
