//! 网络教学: visits to resources, learning online, and use of the digital library.

use jiff::ToSpan;

use crate::calendar::days_until_yesterday;
use crate::random::Random;
use crate::school::School;
use crate::table_builder::TableBuilder;

/// 800 visits to resources: seven of eight by students, to resources of the own major or of general courses, and one of
/// eight by the teacher of the course.
pub fn visits(school: &School, builder: &mut TableBuilder) {
    let present = school.present().count();
    for n in 0..800 {
        let mut random = Random::of("resource visit", n);
        let student = &school.students[random.below(present)];
        let fits = |c: usize| school.courses[c].major.is_none_or(|major| major == student.major);
        let first = random.below(school.resources.len());
        let turn = (first..school.resources.len()).chain(0..first);
        let Some(resource) = turn.map(|r| &school.resources[r]).find(|resource| fits(resource.course)) else {
            continue;
        };
        let (number, name) = match n % 8 {
            0 => {
                let teacher = &school.staff[school.courses[resource.course].lead];
                (&teacher.number, &teacher.name)
            }
            _ => (&student.number, &student.name),
        };
        let day = random.past_school_day();
        let start = random.time(day, 8, 22);
        builder.add_row(&[
            ("FWRYBH", number),
            ("FWRYXM", name),
            ("JXZYBH", &resource.number),
            ("JXZYMC", &resource.name),
            ("FWJXZYKSSJ", &start),
            ("FWJXZYJSSJ", &start.saturating_add(random.between(180, 3000).seconds())),
        ]);
    }
}

/// Learning in each course with an online part on the last six days.
pub fn learning(school: &School, builder: &mut TableBuilder) {
    for (c, course) in school.courses.iter().enumerate().filter(|(_, course)| course.online) {
        let teacher = &school.staff[course.lead];
        for (d, day) in days_until_yesterday(6).enumerate() {
            let mut random = Random::of("online learning", c * 10 + d);
            let learners = random.between(5, 60);
            let outside = course.number.starts_with("XX");
            builder.add_row(&[
                ("WLKCBH", &course.number),
                ("WLKCMC", &course.name),
                ("WLKCLYM", &if outside { "2" } else { "1" }),
                ("WLKCSSPTMC", &if outside { "示例在线课程平台" } else { "网络教学平台" }),
                ("ZJJSGH", &teacher.number),
                ("ZJJSXM", &teacher.name),
                ("XSXXRQ", &day),
                ("XSXXSC", &(learners * random.between(1, 2))),
                ("XSXXRC", &learners),
                ("XSTJZYS", &random.between(0, learners / 2)),
                ("DYTLS", &random.between(0, learners / 3)),
                ("LRRQ", &day),
                ("LRR", &teacher.name),
                ("JXZYS", &(4 + c % 17)),
            ]);
        }
    }
}

pub fn digital_library(_: &School, builder: &mut TableBuilder) {
    for (d, day) in days_until_yesterday(75).enumerate() {
        let mut random = Random::of("digital library", d);
        builder.add_row(&[
            ("DZQKFWCS", &random.between(60, 420)),
            ("DZTSFWCS", &random.between(90, 600)),
            ("FWRQ", &day),
        ]);
    }
}
