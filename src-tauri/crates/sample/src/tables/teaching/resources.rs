//! 资源, 教材: digital resources, simulations, resources on the national platform, textbooks and their prizes.

use jiff::civil::date;

use crate::calendar::after;
use crate::random::Random;
use crate::school::School;
use crate::school::places::VIRTUAL_BASE;
use crate::school::systems::DOMAIN;
use crate::table_builder::{TableBuilder, hundredths};

pub fn digital(school: &School, builder: &mut TableBuilder) {
    for resource in &school.resources {
        let course = &school.courses[resource.course];
        builder.add_row(&[
            ("ZYBH", &resource.number),
            ("ZYMC", &resource.name),
            ("SSZYH", &course.major.map(|major| school.kind.majors[major].code)),
            ("ZYFZRH", &school.staff[course.lead].number),
            ("ZYJBM", &resource.level),
            ("ZYLXM", &resource.kind),
            ("GJZHJXPTZYLXM", &resource.national),
            ("ZYCJSJ", &resource.made),
            ("ZYGXSJ", &resource.changed),
            ("GLKCH", &course.number),
        ]);
    }
}

pub fn simulated(school: &School, builder: &mut TableBuilder) {
    for simulation in &school.simulations {
        let course = &school.courses[simulation.course];
        builder.add_row(&[
            ("ZYBH", &simulation.number),
            ("ZYMC", &simulation.name),
            ("SSZYH", &school.kind.majors[simulation.major].code),
            ("ZYFZRH", &school.staff[course.lead].number),
            ("ZYJBM", &"60"),
            ("ZYLXM", &simulation.kind),
            ("ZYCJSJ", &simulation.made),
            ("ZYGXSJ", &simulation.changed),
            ("GLKCH", &course.number),
            ("SSSXJDBH", &school.bases[VIRTUAL_BASE].number),
        ]);
    }
}

/// The digital resources that are shared on the national platform.
pub fn national(school: &School, builder: &mut TableBuilder) {
    for (n, resource) in school.resources.iter().enumerate() {
        let Some(kind) = resource.national else { continue };
        let mut random = Random::of("national", n);
        builder.add_row(&[
            ("ZYBH", &resource.number),
            ("ZYMC", &resource.name),
            ("ZYJBM", &resource.level),
            ("GJZHJXPTZYLXM", &kind),
            ("ZYFWLJ", &format!("https://mooc.{DOMAIN}/resource/{}", resource.number)),
            ("DJRQ", &random.school_day(date(2026, 9, 7), date(2026, 11, 20)).max(resource.made.date())),
        ]);
    }
}

pub fn textbooks(school: &School, builder: &mut TableBuilder) {
    for (n, book) in school.textbooks.iter().enumerate() {
        let edition = ["第一版", "第二版", "第三版", "第四版"][book.edition - 1];
        builder.add_row(&[
            ("CBH", &book.isbn),
            ("JCBH", &book.number),
            ("JCMC", &book.title),
            ("JCLXM", &if book.with_company { "3" } else { ["1", "1", "1", "2"][n % 4] }),
            ("BC", &edition),
            ("CBS", &book.publisher),
            ("BZZZS", &book.authors.len()),
            ("CBRQ", &book.published),
            ("ZZ", &book.authors.join(",")),
            ("FLH", &book.class),
            ("DJ", &hundredths(book.price)),
            ("SFGJGHJC", &book.national),
            (
                "GHJCPC",
                &book.national.then_some(if book.published < date(2021, 1, 1) {
                    "“十三五”规划"
                } else {
                    "“十四五”规划"
                }),
            ),
            ("SFXQHZKFJC", &book.with_company),
        ]);
    }
}

/// Prizes of textbooks, each at least a year after publication.
pub fn prizes(school: &School, builder: &mut TableBuilder) {
    let eligible = school.textbooks.iter().filter(|book| book.published < date(2024, 6, 1));
    for (n, book) in eligible.enumerate().filter(|(n, _)| n % 7 == 3) {
        let mut random = Random::of("textbook prize", n);
        let (level, prize, from) = match n % 3 {
            0 => ("20", "示例省职业教育优秀教材奖", "示例省教育厅"),
            1 => ("60", "示例职业技术学院优秀校本教材奖", "示例职业技术学院"),
            _ => ("30", "示例市优秀教学成果奖（教材类）", "示例市教育局"),
        };
        builder.add_row(&[
            ("HJJCBH", &book.number),
            ("HJXM", &"优秀教材评选"),
            ("HJJC", &["第一届", "第二届", "第三届"][n % 3]),
            ("HJRQ", &random.school_day(after(book.published, 380), date(2026, 6, 30))),
            ("JLMC", &prize),
            ("JLJBM", &level),
            ("JLDJM", &random.pick(&["2", "3", "3", "4"])),
            ("BJDW", &from),
            ("CBH", &book.isbn),
        ]);
    }
}
