//! 资产与设备管理数据子集.

use jiff::ToSpan;
use jiff::civil::date;

use super::generator::Generators;
use crate::calendar::{TERM_SO_FAR, after, days_until_yesterday};
use crate::numbers;
use crate::random::Random;
use crate::school::School;
use crate::school::library::{PUBLISHERS, class_of};
use crate::school::people::office_member;
use crate::school::systems::DOMAIN;
use crate::table_builder::{Decimal, TableBuilder, hundredths, tenths, yuan};

pub const GENERATORS: Generators = &[
    ("ODS_YQSBJBSJ", devices),
    ("ODS_ZHJSSBYXSJ", running),
    ("ODS_TSJBSJ", books),
    ("ODS_TSJYSJ", loans),
    ("ODS_QKJBSJ", journals),
];

fn devices(school: &School, builder: &mut TableBuilder) {
    for (n, device) in school.devices.iter().enumerate() {
        let mut random = Random::of("device record", n);
        let (room, keeper) = (&school.rooms[device.room], &school.staff[device.keeper]);
        let accountant = &school.staff[office_member("财务处", true)];
        let donor = random.chance(3).then(|| &school.companies[5 + n % 6]);
        let made = after(device.bought, -random.between(40, 300));
        builder.add_row(&[
            ("YQH", &device.number),
            ("YQMC", &device.name.0),
            ("YQYWMC", &device.name.1),
            ("XXDWCCM", &"1"),
            ("CQM", &"1"),
            ("SYZKM", &if random.chance(96) { "1" } else { "2" }),
            ("GXZCFLM", &device.class),
            ("YQXH", &device.model),
            ("CCRQ", &made),
            ("SCGBDQM", &device.country),
            ("JFKMM", &if donor.is_some() { "6" } else { random.pick(&["1", "1", "2"]) }),
            ("GZRQ", &device.bought),
            ("SCCJ", &device.maker),
            ("CCH", &format!("SN{}{:06}", made.year(), 1000 + n * 37)),
            ("DJH", &format!("CG{}{:05}", device.bought.year(), n + 1)),
            ("TP", &format!("https://zc.{DOMAIN}/photo/{}.jpg", device.number)),
            ("FJH", &room.long_number),
            ("FJMC", &room.name),
            ("SBFZRH", &keeper.number),
            ("SBFZRXM", &keeper.name),
            ("JSZB", &device.abilities),
            ("YQPZ", &device.parts),
            ("JGBZ", &"156"),
            ("YQJG", &yuan(device.price)),
            ("YQSM", &random.chance(70).then(|| format!("用于{}，按操作规程使用并填写使用记录。", room.name))),
            ("CWZH", &format!("CW{:08}", 10_000 + n)),
            ("CWGLRXM", &accountant.name),
            ("GHS", &if let Some(company) = donor { company.name } else { device.maker }),
            ("BXJZRQ", &after(device.bought, 1095)),
            ("SBLYM", &if donor.is_some() { "5" } else { "2" }),
            ("JZQYDM", &donor.map(|company| company.code.as_str())),
            ("JZQYMC", &donor.map(|company| company.name)),
            ("SFJMGZYQ", &(device.price >= 100_000)),
            ("ZCJCFLM", &"2"),
        ]);
    }
}

/// Hours of use of the devices in multimedia rooms on the last three days, without Saturday and Sunday.
fn running(school: &School, builder: &mut TableBuilder) {
    let days = days_until_yesterday(3).filter(|day| day.weekday().to_monday_one_offset() < 6);
    for (d, day) in days.enumerate() {
        for (n, device) in school.devices.iter().enumerate().filter(|(_, device)| device.recorded) {
            let mut random = Random::of("device hours", d * 1000 + n);
            if !random.chance(85) {
                continue;
            }
            let start = random.time(day, 7, 9);
            let end = random.time(day, 16, 21);
            builder.add_row(&[
                ("SBBM", &device.number),
                ("SBMC", &device.name.0),
                ("JSH", &school.rooms[device.room].number),
                ("KSYXSJ", &start),
                ("JSYXSJ", &end),
                ("XTJLSJ", &end.saturating_add(random.between(5, 120).seconds())),
            ]);
        }
    }
}

fn books(school: &School, builder: &mut TableBuilder) {
    for (n, book) in school.books.iter().enumerate() {
        let (publisher, level, town) = PUBLISHERS[book.publisher];
        let mut random = Random::of("book record", n);
        let others = book.authors[1..].join(",");
        let series = book.title.ends_with("入门").then_some(());
        builder.add_row(&[
            ("TSBH", &book.number),
            ("TSTXM", &book.bar_code),
            ("ZBT", &book.title),
            ("FBT", &book.subtitle),
            ("JSGJZ", &book.keywords),
            ("TSCBH", &book.isbn),
            ("DYZZ", &book.authors[0]),
            ("QTZZ", &others),
            ("JG", &hundredths(book.price)),
            ("WXLXM", &"1"),
            ("ZDM", &if random.chance(85) { "1" } else { "2" }),
            ("FLH", &book.class),
            ("ZGYZM", &"211"),
            ("YZM", &"zh"),
            ("KB", &random.pick(&["16开", "16开", "32开"])),
            ("YS", &book.pages),
            ("BC", &"第1版"),
            ("TSFJMC", &random.chance(6).then_some("随书光盘")),
            ("CSMC", &series.map(|_| "职业技能入门丛书")),
            ("CSBZ", &series.map(|_| format!("{publisher}编辑部"))),
            ("CBS", &publisher),
            ("CBSJBM", &level),
            ("CBD", &town),
            ("CBRQ", &book.published),
            ("FXDW", &"示例图书发行有限公司"),
            ("BZ", &(book.state == "4").then_some("封面破损，待修补")),
            ("TSZTM", &book.state),
        ]);
    }
}

/// Loans of this term that were returned. Books that are still lent have no row, because the standard requires the day
/// of the return.
fn loans(school: &School, builder: &mut TableBuilder) {
    let present = school.present().count();
    let lent: Vec<_> = school.books.iter().filter(|book| matches!(book.state, "1" | "2")).collect();
    for n in 0..800 {
        let mut random = Random::of("loan", n);
        let book = lent[n % lent.len()];
        // The first loan of a book begins in September and the second in November, so no book is lent twice at one
        // time.
        let from = if n < lent.len() { TERM_SO_FAR.0 } else { date(2026, 11, 2) };
        let taken = random.day(from, after(from, if n < lent.len() { 24 } else { 10 }));
        let back = after(taken, random.between(2, if n < lent.len() { 26 } else { 7 }));
        let (number, name, kind) = match n % 9 {
            0 => {
                let person = &school.staff[random.below(school.staff.len())];
                (&person.number, &person.name, "1")
            }
            _ => {
                let student = &school.students[random.below(present)];
                (&student.number, &student.name, "2")
            }
        };
        builder.add_row(&[
            ("JYZBH", number),
            ("JYZXM", name),
            ("JYRYLBM", &kind),
            ("TSBH", &book.number),
            ("JYRQ", &taken),
            ("YJGHRQ", &after(taken, 30)),
            ("SJGHRQ", &back),
        ]);
    }
}

/// The issues of this year of 22 journals, five each.
fn journals(school: &School, builder: &mut TableBuilder) {
    for n in 0..school.kind.majors.len() + 6 {
        let mut random = Random::of("journal", n);
        let name = match school.kind.majors.get(n) {
            Some(major) => format!("示例{}学刊", major.name),
            None => ["示例职业教育", "示例高职研究", "示例教育评论", "示例学生工作", "示例图书情报", "示例德育"]
                [n - 16]
                .to_owned(),
        };
        let since = date(1984 + random.below(30) as i16, 1, 1);
        let price: Decimal = tenths(random.between(80, 260));
        let editor = crate::names::name(&mut random, n % 3 == 0);
        let class = class_of(school.kind, (n < school.kind.majors.len()).then_some(n));
        for issue in 1..=5 {
            let total = (2026 - i64::from(since.year())) * 6 + issue;
            builder.add_row(&[
                ("QKBH", &format!("QK{:04}", n + 1)),
                ("QKTXM", &format!("99{:06}{issue:02}", 1000 + n)),
                ("QKZWMC", &name),
                ("QKYWMC", &random.chance(60).then(|| format!("Sample Journal No. {}", n + 1))),
                ("QKCBH", &numbers::issn(n + 1)),
                ("BJB", &format!("《{name}》编辑部")),
                ("ZB", &editor),
                ("MQDJ", &price),
                ("CKNY", &since),
                ("NH", &"2026"),
                ("JH", &format!("第{}卷", 2027 - i64::from(since.year()))),
                ("QH", &format!("第{issue}期")),
                ("ZQH", &format!("总第{total}期")),
                ("FLH", &class),
                ("ZGYZM", &"211"),
            ]);
        }
    }
}
