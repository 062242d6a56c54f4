//! 国际交流数据子集.

use jiff::civil::date;

use super::Plans;
use crate::dice::Dice;
use crate::sheet::Sheet;
use crate::world::World;

pub const PLANS: Plans = &[("ODS_JXZYCNJCSJ", adopted), ("ODS_ZWHZBXJCSJ", joint)];

/// A country: code of ISO 3166-1, name, continent, and whether it takes part in 一带一路, is one of the five of
/// Central Asia, the ten of ASEAN, in 上合组织, in BRICS.
struct Country {
    code: &'static str,
    name: &'static str,
    continent: &'static str,
    member: [bool; 5],
}

/// Only countries whose membership is beyond doubt stand here.
const COUNTRIES: [Country; 6] = [
    Country { code: "764", name: "泰国", continent: "亚洲", member: [true, false, true, false, false] },
    Country { code: "418", name: "老挝", continent: "亚洲", member: [true, false, true, false, false] },
    Country { code: "116", name: "柬埔寨", continent: "亚洲", member: [true, false, true, false, false] },
    Country { code: "398", name: "哈萨克斯坦", continent: "亚洲", member: [true, true, false, true, false] },
    Country { code: "860", name: "乌兹别克斯坦", continent: "亚洲", member: [true, true, false, true, false] },
    Country { code: "710", name: "南非", continent: "非洲", member: [true, false, false, false, true] },
];

fn adopted(world: &World, sheet: &mut Sheet) {
    for n in 0..24 {
        let mut dice = Dice::of("adopted", n);
        let country = &COUNTRIES[n % 6];
        let book = &world.textbooks[20 + n * 5];
        let course = &world.courses[20 + n / 3 * 9 + 2];
        let major = &world.kind.majors[n / 3 % 16];
        let (kind, number, name) = match n % 3 {
            0 => ("1", course.number.as_str(), format!("{}课程标准", course.name)),
            1 => ("2", major.code, format!("{}专业教学标准", major.name)),
            _ => ("3", book.number.as_str(), book.title.clone()),
        };
        let training = n % 4 == 3;
        sheet.row(&[
            ("CYJXZYLX", &kind),
            ("CYJXZYBH", &number),
            ("CYJXZYMC", &name),
            ("CYGJDM", &country.code),
            ("CYGJMC", &country.name),
            ("CYGJSSDZ", &country.continent),
            ("SFYDYL", &country.member[0]),
            ("SFZYWG", &country.member[1]),
            ("SFDMSG", &country.member[2]),
            ("SFSHZZ", &country.member[3]),
            ("SFJZGJ", &country.member[4]),
            ("CYSJ", &date(2026, 9 + dice.below(3) as i8, 1)),
            ("CYYXJG", &format!("{}示例职业技术学院", country.name)),
            ("CYLX", &if training { "2" } else { "1" }),
            ("SJWFXSS", &dice.between(15, 80)),
        ]);
    }
}

/// Joint programmes; the figures of students follow the years and the places of a year.
fn joint(world: &World, sheet: &mut Sheet) {
    let programmes = [
        ("276", "德国", "欧洲", "示例应用技术大学（德国）", 3, 2022_i16, 12_i64),
        ("826", "英国", "欧洲", "示例城市学院（英国）", 13, 2023, 10),
        ("764", "泰国", "亚洲", "示例理工学院（泰国）", 10, 2024, 12),
        ("554", "新西兰", "大洋洲", "示例护理学院（新西兰）", 15, 2024, 10),
    ];
    for (n, (code, country, continent, partner, major, since, places)) in programmes.into_iter().enumerate() {
        let major = &world.kind.majors[major];
        let years = i64::from(2026 - since) + 1;
        sheet.row(&[
            ("HZBXLB", &"2"),
            ("HZBXMC", &format!("示例职业技术学院与{partner}合作举办{}专业高等专科教育项目", major.name)),
            ("WFYXMC", &partner),
            ("HZGJDM", &code),
            ("HZGJMC", &country),
            ("HZGJSSDZ", &continent),
            ("ZSKSNF", &date(since, 9, 1)),
            ("ZSJZNF", &date(since + 5, 9, 1)),
            ("KBQS", &years),
            ("MQZSRS", &places),
            // Three years are in the college; two or three places a year stay empty.
            ("ZXSS", &(years.min(3) * (places - 2 - n as i64 % 2))),
            ("KSZYS", &major.code),
            ("KSZYMC", &major.name),
        ]);
    }
}
