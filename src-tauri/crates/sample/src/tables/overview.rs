//! 学校概况数据子集.

use jiff::civil::date;

use super::generator::Generators;
use crate::calendar::days_until_yesterday;
use crate::numbers;
use crate::random::Random;
use crate::school::School;
use crate::school::majors::GROUPS;
use crate::school::people::{Post, office_member};
use crate::table_builder::TableBuilder;

pub const GENERATORS: Generators = &[
    ("ODS_XXJBSJ", institutions),
    ("ODS_XXHXTJSSJ", systems),
    ("ODS_XXHXTFWJLSJ", visits),
    ("ODS_XXTSXXHXTYYSJ", special_use),
];

/// The college and its two branches, each with an institution code of its own. The row of the college has the numbers
/// of all three.
fn institutions(school: &School, builder: &mut TableBuilder) {
    let posts = |wanted: &[Post]| school.staff.iter().filter(|person| wanted.contains(&person.post)).count();
    let special = school.systems.iter().filter(|system| system.special.is_some()).count();
    let multimedia = school.rooms.iter().filter(|room| room.kind == "1").count();
    let college = &school.kind.identity;
    let places = [
        (college.name.to_owned(), "320211", "滨湖区", 1, 1, date(2004, 5, 1)),
        (format!("{}江阴分校", college.name), "320281", "江阴市", 2, 8, date(2012, 9, 1)),
        (format!("{}宜兴分校", college.name), "320282", "宜兴市", 3, 10, date(2016, 9, 1)),
    ];
    // A secondary school has campuses instead of branches; they stand in a table of their own.
    let places = places.into_iter().take(if school.kind.secondary { 1 } else { 3 });
    for (name, region, region_name, serial, part, founded) in places {
        let share = |number: usize| number / part;
        let (teaching, offices, workers) = (
            share(posts(&[Post::Teacher, Post::Counsellor])),
            share(posts(&[Post::Office])),
            share(posts(&[Post::Worker])),
        );
        builder.add_row(&[
            ("SJGBM", &"320000"),
            ("SJGMC", &"江苏省"),
            ("SHJGBM", &"320200"),
            ("SHJGMC", &"无锡市"),
            ("QXJGBM", &region),
            ("QXJGMC", &region_name),
            ("XXJGDM", &numbers::credit_code("12", "320200", serial)),
            ("XXMC", &name),
            ("JXNY", &founded),
            ("XXLB", &"361"),
            ("XXSSZGJYXZBM", &"示例市教育局"),
            ("XXFZRXM", &school.staff[office_member("学校办公室", false)].name),
            ("BXKSZYS", &school.kind.majors.len()),
            ("SYXX", &"2"),
            ("XXJBZMC", &if school.kind.secondary { "示例市教育局" } else { "示例市人民政府" }),
            ("XXJBZXZM", &"1"),
            ("XXJBZJBM", &"2"),
            ("XXXZM", &"02"),
            ("GSPXXXZM", &if part == 1 { "2" } else { "9" }),
            ("GSPXXJBM", &if part == 1 { "2" } else { "9" }),
            ("GSPXXLXBMMC", &(part == 1).then_some("江苏省教育厅")),
            ("GSPXXPZNY", &(part == 1).then_some(date(2022, 12, 1))),
            ("ZYQSL", &share(GROUPS.len()).max(1)),
            ("XXBXLXM", &"2"),
            ("XYJZGZS", &(teaching + offices + workers)),
            ("ZJGRS", &teaching),
            ("GLGRS", &offices),
            ("GQGRS", &workers),
            ("XYXSS", &share(school.present().count())),
            ("XXTSXXHXTS", &special),
            ("XYCKDK", &(10_000 / part)),
            ("XYZGWDK", &40_000_usize),
            ("YXWLJRS", &share(3600)),
            ("WXWLJRS", &share(5200)),
            ("DMTJSS", &share(multimedia)),
        ]);
    }
}

fn systems(school: &School, builder: &mut TableBuilder) {
    for system in &school.systems {
        builder.add_row(&[
            ("BMMC", &system.office),
            ("XXHXTBH", &system.number),
            ("XXHXTFLM", &system.kind),
            ("XXHXTJC", &system.short),
            ("XXHXTQC", &system.name),
            ("XXHXTFWDZ", &system.url()),
            ("SFTSXXHXT", &system.special.is_some()),
            ("CJJCJRFS", &system.special),
            (
                "XXHXTMS",
                &format!(
                    "{}由{}建设和管理，服务全校{}，与统一身份认证平台和校本数据中心对接，实现一次登录、数据共享。",
                    system.name,
                    system.office,
                    if system.for_students { "师生" } else { "教职工" }
                ),
            ),
            ("XXHXTJSLXM", &system.built),
        ]);
    }
}

/// Visits to the systems in the last two weeks, by day and way of access.
fn visits(school: &School, builder: &mut TableBuilder) {
    for (d, day) in days_until_yesterday(14).enumerate() {
        let weekend = d % 7 == 0 || d % 7 == 1;
        for (n, system) in school.systems.iter().enumerate() {
            let mut random = Random::of("visits", d * 20 + n);
            let scale = if weekend { 5 } else { 1 };
            let ways: &[&str] = if system.for_students { &["1", "4"] } else { &["1"] };
            for way in ways {
                builder.add_row(&[
                    ("XXHXTBH", &system.number),
                    ("XXHXTQC", &system.name),
                    ("FWFSM", way),
                    ("JSFWCS", &(random.between(40, 260) / scale)),
                    ("XSFWCS", &if system.for_students { random.between(200, 1400) / scale } else { 0 }),
                    ("XXHXTFWRQ", &day),
                ]);
            }
        }
    }
}

fn special_use(school: &School, builder: &mut TableBuilder) {
    for (n, system) in school.systems.iter().filter(|system| system.special.is_some()).enumerate() {
        for k in 0..8 {
            let mut random = Random::of("special use", n * 8 + k);
            let content = format!(
                r#"{{"使用情况":{{"登录人次":"{}","办理业务数":"{}"}},"服务效果":{{"平均响应秒数":"{}.{}","满意率":"{}%"}}}}"#,
                random.between(300, 1800),
                random.between(20, 240),
                random.between(0, 2),
                random.between(1, 9),
                random.between(90, 99),
            );
            builder.add_row(&[
                ("TSXXHXTBH", &system.number),
                ("TSXXHXTQC", &system.name),
                ("NR", &content),
                ("CSRQ", &random.past_school_day()),
            ]);
        }
    }
}
