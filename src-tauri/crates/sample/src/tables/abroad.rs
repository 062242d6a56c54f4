//! 国际交流数据子集.

use jiff::civil::date;

use super::generator::Generators;
use crate::random::Random;
use crate::school::School;
use crate::table_builder::TableBuilder;

pub const GENERATORS: Generators = &[("ODS_JXZYCNJCSJ", adopted), ("ODS_ZWHZBXJCSJ", joint)];

/// A country with the groups that the standard asks for. `code` is the numeric code of ISO 3166-1; `member` says
/// whether the country belongs to 一带一路, 中亚五国, 东盟十国, 上合组织, 金砖国家.
struct Country {
    code: &'static str,
    name: &'static str,
    continent: &'static str,
    member: [bool; 5],
}

/// Countries whose membership in the five groups is certain.
const COUNTRIES: [Country; 6] = [
    Country { code: "764", name: "泰国", continent: "亚洲", member: [true, false, true, false, false] },
    Country { code: "418", name: "老挝", continent: "亚洲", member: [true, false, true, false, false] },
    Country { code: "116", name: "柬埔寨", continent: "亚洲", member: [true, false, true, false, false] },
    Country { code: "398", name: "哈萨克斯坦", continent: "亚洲", member: [true, true, false, true, false] },
    Country { code: "860", name: "乌兹别克斯坦", continent: "亚洲", member: [true, true, false, true, false] },
    Country { code: "710", name: "南非", continent: "非洲", member: [true, false, false, false, true] },
];

fn adopted(school: &School, builder: &mut TableBuilder) {
    for n in 0..24 {
        let mut random = Random::of("adopted", n);
        let country = &COUNTRIES[n % 6];
        let book = &school.textbooks[20 + n * 5];
        let course = &school.courses[20 + n / 3 * 9 + 2];
        let major = &school.kind.majors[n / 3 % 16];
        let (kind, number, name) = match n % 3 {
            0 => ("1", course.number.as_str(), format!("{}课程标准", course.name)),
            1 => ("2", major.code, format!("{}专业教学标准", major.name)),
            _ => ("3", book.number.as_str(), book.title.clone()),
        };
        let training = n % 4 == 3;
        builder.add_row(&[
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
            ("CYSJ", &date(2026, 9 + random.below(3) as i8, 1)),
            ("CYYXJG", &format!("{}示例职业技术学院", country.name)),
            ("CYLX", &if training { "2" } else { "1" }),
            ("SJWFXSS", &random.between(15, 80)),
        ]);
    }
}

/// 中外合作办学: joint programmes. The number of students follows from the years since the start and the places in each year.
fn joint(school: &School, builder: &mut TableBuilder) {
    let programmes = [
        ("276", "德国", "欧洲", "示例应用技术大学（德国）", 3, 2022_i16, 12_i64),
        ("826", "英国", "欧洲", "示例城市学院（英国）", 13, 2023, 10),
        ("764", "泰国", "亚洲", "示例理工学院（泰国）", 10, 2024, 12),
        ("554", "新西兰", "大洋洲", "示例护理学院（新西兰）", 15, 2024, 10),
    ];
    for (n, (code, country, continent, partner, major, since, places)) in programmes.into_iter().enumerate() {
        let major = &school.kind.majors[major];
        let years = i64::from(2026 - since) + 1;
        builder.add_row(&[
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
            // A programme has three years of students; two or three places of each year are not taken.
            ("ZXSS", &(years.min(3) * (places - 2 - n as i64 % 2))),
            ("KSZYS", &major.code),
            ("KSZYMC", &major.name),
        ]);
    }
}
