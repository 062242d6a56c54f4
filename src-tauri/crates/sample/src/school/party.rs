//! 党组织: the party organisations of the school.

use super::kind::SchoolKind;
use super::people::{Post, StaffMember, general_teachers, office_member, teachers_of};
use crate::random::Random;

/// 党组织: one party organisation. Below the committee (党委) of the college are general branches (党总支) of units and of
/// offices, each with two branches (党支部).
#[derive(Debug, Clone)]
pub struct PartyOrganisation {
    /// 党组织编号.
    pub number: String,
    /// 党组织名称.
    pub name: String,
    /// Code of DZZLXDM.
    pub kind: &'static str,
    /// Index of the organisation above it; the committee has none.
    pub parent: Option<usize>,
    /// Index in the staff of its leader.
    pub leader: usize,
    /// Duties of the leader as codes of DNLDRYZWDM.
    pub duties: &'static [&'static str],
    /// Number of members, including those of the organisations below it.
    pub members: i64,
}

/// All organisations: the committee, then each general branch followed by its two branches.
pub fn organisations(kind: &SchoolKind, staff: &[StaffMember]) -> Vec<PartyOrganisation> {
    let committee = format!("中共{}委员会", kind.identity.name);
    let mut organisations = vec![PartyOrganisation {
        number: "DW01".to_owned(),
        name: committee,
        kind: "1",
        parent: None,
        leader: office_member("学校办公室", false),
        duties: &["1"],
        members: 0,
    }];
    if kind.secondary {
        branches(kind, staff, &mut organisations);
        return organisations;
    }
    let party = |unit: &str| staff.iter().filter(|person| person.unit == unit && person.party).count() as i64;
    let mut branch = |name: &str, leader: usize, cells: [(String, usize, i64); 2]| {
        let at = organisations.len();
        let members = cells[0].2 + cells[1].2;
        let number = format!("ZZ{:02}", at / 3 + 1);
        for (k, (cell, leader, members)) in cells.into_iter().enumerate() {
            let duties: &[&str] = if k == 0 { &["1", "3"] } else { &["1"] };
            let number = format!("{}{:02}", number.replace("ZZ", "ZB"), k + 1);
            let name = format!("{name}{cell}党支部");
            organisations.push(PartyOrganisation {
                number,
                name,
                kind: "3",
                parent: Some(at),
                leader,
                duties,
                members,
            });
        }
        let name = format!("{name}党总支");
        organisations.insert(
            at,
            PartyOrganisation { number, name, kind: "2", parent: Some(0), leader, duties: &["1"], members },
        );
        organisations[0].members += members;
    };
    for (unit, name) in kind.units.into_iter().enumerate() {
        let leader = teachers_of(unit).start;
        let pupils = 5 + Random::of("party students", unit).between(0, 6);
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
    let (first, second) = (office_member("党委组织部", false), office_member("学生工作处", false));
    let students_affairs = office(Post::Counsellor);
    let others = office(Post::Office) + office(Post::Worker);
    branch("机关", first, [("管理部门".to_owned(), first, others), ("学生工作".to_owned(), second, students_affairs)]);
    organisations
}

/// The organisations of a secondary school: branches directly below the committee, with members of the staff only.
fn branches(kind: &SchoolKind, staff: &[StaffMember], organisations: &mut Vec<PartyOrganisation>) {
    let general = (kind.general_units.as_slice(), general_teachers(0).start, "公共教学");
    let offices = (kind.offices.as_slice(), office_member("党委组织部", false), "行政");
    let units = kind.units.iter().enumerate();
    let of_units = units.map(|(n, unit)| (std::slice::from_ref(unit), teachers_of(n).start, *unit));
    for (n, (units, leader, name)) in of_units.chain([general, offices]).enumerate() {
        let members = staff.iter().filter(|person| person.party && units.contains(&person.unit)).count() as i64;
        organisations.push(PartyOrganisation {
            number: format!("ZB{:02}", n + 1),
            name: format!("{name}党支部"),
            kind: "3",
            parent: Some(0),
            leader,
            duties: if n % 2 == 0 { &["1", "3"] } else { &["1"] },
            members,
        });
        organisations[0].members += members;
    }
}
