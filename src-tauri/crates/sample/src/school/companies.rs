//! 企业: the companies, hospitals and offices where students are interns and graduates work. All are invented, and the
//! name of each begins with 示例.

use jiff::civil::{Date, date};

use super::kind::SchoolKind;
use crate::random::Random;
use crate::{names, numbers};

/// A town with the codes of GB/T 2260 for its province and itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Town {
    /// Province: code and name.
    pub province: (&'static str, &'static str),
    /// Town: code and name.
    pub town: (&'static str, &'static str),
}

const JIANGSU: (&str, &str) = ("320000", "江苏省");
const ZHEJIANG: (&str, &str) = ("330000", "浙江省");

/// The towns of the companies; the first one is the town of the school.
pub const TOWNS: [Town; 8] = [
    Town { province: JIANGSU, town: ("320200", "无锡市") },
    Town { province: JIANGSU, town: ("320500", "苏州市") },
    Town { province: JIANGSU, town: ("320400", "常州市") },
    Town { province: JIANGSU, town: ("320100", "南京市") },
    Town { province: ZHEJIANG, town: ("330100", "杭州市") },
    Town { province: ZHEJIANG, town: ("330200", "宁波市") },
    Town { province: ("340000", "安徽省"), town: ("340100", "合肥市") },
    Town { province: ("440000", "广东省"), town: ("440300", "深圳市") },
];

/// A company, hospital or office that works with the school.
#[derive(Debug, Clone)]
pub struct Company {
    /// Full name.
    pub name: &'static str,
    /// 统一社会信用代码.
    pub code: String,
    /// Industry: the letter of its section in GB/T 4754.
    pub industry: &'static str,
    /// Kind as code of DWXZDM.
    pub kind: &'static str,
    /// Size as code of JYDWGMDM.
    pub size: &'static str,
    /// The town of its address.
    pub town: Town,
    /// First day of the month in which the co-operation began.
    pub partner_since: Date,
    /// Name of the contact person.
    pub contact: String,
    /// Duty of the contact person.
    pub duty: &'static str,
    /// The mentors of the interns: name and mobile number.
    pub mentors: Vec<(String, String)>,
}

/// A company as a row of constants: name, index of the unit whose students it takes, industry, kind, size, index in
/// [`TOWNS`].
type CompanyRow = (&'static str, usize, &'static str, &'static str, &'static str, usize);

const COMPANIES: [CompanyRow; 35] = [
    ("示例云创软件有限公司", 0, "I", "33", "3", 0),
    ("示例星网信息技术有限公司", 0, "I", "33", "3", 1),
    ("示例数联大数据服务有限公司", 0, "I", "33", "4", 3),
    ("示例安盾网络科技有限公司", 0, "I", "33", "4", 4),
    ("示例云帆智能科技股份有限公司", 0, "I", "33", "2", 6),
    ("示例精密机械有限公司", 1, "C", "33", "2", 0),
    ("示例智造装备股份有限公司", 1, "C", "33", "2", 1),
    ("示例数控机床有限公司", 1, "C", "31", "2", 2),
    ("示例机器人系统集成有限公司", 1, "C", "33", "3", 1),
    ("示例电子元件有限公司", 1, "C", "33", "1", 0),
    ("示例自动化工程有限公司", 1, "C", "33", "4", 4),
    ("示例新能源汽车有限公司", 2, "C", "31", "1", 2),
    ("示例动力电池科技有限公司", 2, "C", "33", "1", 2),
    ("示例汽车销售服务有限公司", 2, "F", "33", "3", 0),
    ("示例机动车检测有限公司", 2, "M", "33", "4", 0),
    ("示例汽车维修连锁有限公司", 2, "O", "33", "3", 3),
    ("示例财税咨询有限公司", 3, "L", "33", "4", 0),
    ("示例会计师事务所", 3, "L", "33", "4", 0),
    ("示例优选电子商务有限公司", 3, "F", "33", "3", 4),
    ("示例直播科技有限公司", 3, "I", "33", "4", 4),
    ("示例智慧物流有限公司", 3, "G", "33", "2", 0),
    ("示例港口物流集团有限公司", 3, "G", "31", "1", 5),
    ("示例品牌设计有限公司", 4, "L", "33", "5", 0),
    ("示例文化传媒有限公司", 4, "R", "33", "4", 3),
    ("示例装饰工程有限公司", 4, "E", "33", "3", 0),
    ("示例印艺包装有限公司", 4, "C", "33", "3", 7),
    ("示例建设集团有限公司", 5, "E", "31", "1", 0),
    ("示例装配式建筑科技有限公司", 5, "E", "33", "3", 1),
    ("示例工程造价咨询有限公司", 5, "M", "33", "4", 0),
    ("示例市政工程有限公司", 5, "E", "31", "2", 6),
    ("示例人民医院", 6, "Q", "20", "2", 0),
    ("示例中医医院", 6, "Q", "20", "2", 0),
    ("示例妇幼保健院", 6, "Q", "20", "3", 0),
    ("示例社区卫生服务中心", 6, "Q", "20", "4", 0),
    ("示例颐养护理院", 6, "Q", "33", "3", 1),
];

/// All companies.
pub fn companies() -> Vec<Company> {
    COMPANIES.into_iter().enumerate().map(|(n, line)| company(n, line)).collect()
}

/// Whether a company takes students of a major. Usually it takes those of all majors of its unit, but accounting,
/// commerce and logistics (majors 8 to 10), which belong to one unit, have companies of their own.
pub fn takes_students_of(kind: &SchoolKind, company: usize, major: usize) -> bool {
    match major {
        8 => (16..18).contains(&company),
        9 => (18..20).contains(&company),
        10 => (20..22).contains(&company),
        _ => COMPANIES[company].1 == kind.majors[major].unit,
    }
}

fn company(n: usize, (name, _, industry, kind, size, town): CompanyRow) -> Company {
    let mut random = Random::of("company", n);
    let town = TOWNS[town];
    let person = |random: &mut Random| {
        let woman = random.chance(40);
        names::name(random, woman)
    };
    let contact = person(&mut random);
    let mentors = (0..4).map(|k| (person(&mut random), numbers::mobile(50_000 + n * 10 + k))).collect();
    Company {
        name,
        code: numbers::credit_code(if kind == "20" { "12" } else { "91" }, town.town.0, 100 + n),
        industry,
        kind,
        size,
        town,
        partner_since: date(2012 + random.below(13) as i16, 1 + random.below(12) as i8, 1),
        contact,
        duty: random.pick(&["人力资源部经理", "校企合作负责人", "总经理助理", "人事主管"]),
        mentors,
    }
}
