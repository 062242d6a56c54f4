//! 网络教学: who looked at which resource, and learning online.

use jiff::ToSpan;

use super::super::{last_days, past_day};
use crate::dice::Dice;
use crate::sheet::Sheet;
use crate::world::World;

/// 800 visits; seven of eight by students, of resources of their own major or of general courses.
pub fn visits(world: &World, sheet: &mut Sheet) {
    let present = world.present().count();
    for n in 0..800 {
        let mut dice = Dice::of("resource visit", n);
        let student = &world.students[dice.below(present)];
        let fits = |c: usize| world.courses[c].major.is_none_or(|major| major == student.major);
        let first = dice.below(world.resources.len());
        let turn = (first..world.resources.len()).chain(0..first);
        let Some(resource) = turn.map(|r| &world.resources[r]).find(|resource| fits(resource.course)) else { continue };
        let (number, name) = match n % 8 {
            0 => {
                let teacher = &world.staff[world.courses[resource.course].lead];
                (&teacher.number, &teacher.name)
            }
            _ => (&student.number, &student.name),
        };
        let day = past_day(&mut dice);
        let start = dice.time(day, 8, 22);
        sheet.row(&[
            ("FWRYBH", number),
            ("FWRYXM", name),
            ("JXZYBH", &resource.number),
            ("JXZYMC", &resource.name),
            ("FWJXZYKSSJ", &start),
            ("FWJXZYJSSJ", &start.saturating_add(dice.between(180, 3000).seconds())),
        ]);
    }
}

/// The last six days of each course with an online part.
pub fn learning(world: &World, sheet: &mut Sheet) {
    for (c, course) in world.courses.iter().enumerate().filter(|(_, course)| course.online) {
        let teacher = &world.staff[course.lead];
        for (d, day) in last_days(6).enumerate() {
            let mut dice = Dice::of("online learning", c * 10 + d);
            let learners = dice.between(5, 60);
            let outside = course.number.starts_with("XX");
            sheet.row(&[
                ("WLKCBH", &course.number),
                ("WLKCMC", &course.name),
                ("WLKCLYM", &if outside { "2" } else { "1" }),
                ("WLKCSSPTMC", &if outside { "示例在线课程平台" } else { "网络教学平台" }),
                ("ZJJSGH", &teacher.number),
                ("ZJJSXM", &teacher.name),
                ("XSXXRQ", &day),
                ("XSXXSC", &(learners * dice.between(1, 2))),
                ("XSXXRC", &learners),
                ("XSTJZYS", &dice.between(0, learners / 2)),
                ("DYTLS", &dice.between(0, learners / 3)),
                ("LRRQ", &day),
                ("LRR", &teacher.name),
                ("JXZYS", &(4 + c % 17)),
            ]);
        }
    }
}

pub fn digital_library(_: &World, sheet: &mut Sheet) {
    for (d, day) in last_days(75).enumerate() {
        let mut dice = Dice::of("digital library", d);
        sheet.row(&[("DZQKFWCS", &dice.between(60, 420)), ("DZTSFWCS", &dice.between(90, 600)), ("FWRQ", &day)]);
    }
}
