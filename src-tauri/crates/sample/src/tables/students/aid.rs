//! 资助: students recognised as 贫困生, and applications for scholarships, grants, loans and work at the school.

use jiff::civil::date;

use crate::calendar::after;
use crate::random::Random;
use crate::school::School;
use crate::school::people::Student;
use crate::table_builder::TableBuilder;

/// Whether the recognition of a student is not decided yet; such a student cannot apply for aid.
fn in_review(student: usize) -> bool {
    Random::of("in review", student).chance(5)
}

pub fn recognised(school: &School, builder: &mut TableBuilder) {
    for (n, student) in school.present() {
        let Some(grade) = student.aid else { continue };
        let mut random = Random::of("recognised", n);
        builder.add_row(&[
            ("XH", &student.number),
            ("ZZDJ", &grade),
            ("RDZT", &if in_review(n) { "2" } else { "3" }),
            ("RDRQ", &random.school_day(date(2026, 9, 21), date(2026, 10, 16))),
        ]);
    }
}

/// Applications: grants and work for students in need, scholarships for students with good marks, loans for a few
/// others.
pub fn applications(school: &School, builder: &mut TableBuilder) {
    for (n, student) in school.present() {
        let mut random = Random::of("application", n);
        let grant = match school.kind.secondary {
            true => of_school(student, n),
            false => of_college(student, n, &mut random),
        };
        let Some((name, code, amount, giver, source)) = grant.filter(|_| student.aid.is_none() || !in_review(n)) else {
            continue;
        };
        let applied = random.school_day(date(2026, 10, 19), date(2026, 10, 28));
        let decided = random.school_day(after(applied, 7), after(applied, 20));
        builder.add_row(&[
            ("XH", &student.number),
            ("XSXM", &student.name),
            ("JZXMMC", &name),
            ("JZXMZLM", &code),
            ("JZBZ", &amount),
            ("ZZDWGR", &giver),
            ("ZJLYM", &source),
            ("SQRQ", &applied),
            ("SPSJ", &random.time(decided, 9, 17)),
            ("SPZTM", &if random.chance(93) { "1" } else { "2" }),
        ]);
    }
}

/// A grant: name, code of JZXMZLDM, amount in words, name of the giver, code of JLZZZJLYDM.
type Grant = (&'static str, &'static str, &'static str, &'static str, &'static str);

fn of_college(student: &Student, n: usize, random: &mut Random) -> Option<Grant> {
    let second_year = student.year < 2026;
    let grant = match student.aid {
        Some(_) if second_year && student.ability > 84 => ("国家励志奖学金", "1", "每生每年6000元", "国家财政", "1"),
        Some("1") => ("国家助学金（一等）", "2", "每生每年4700元", "国家财政", "1"),
        Some("2") => ("国家助学金（二等）", "2", "每生每年3700元", "国家财政", "1"),
        Some(_) if n.is_multiple_of(3) => {
            ("校内勤工助学", "4", "每小时18元，每月不超过40小时", "示例职业技术学院", "5")
        }
        Some(_) => ("国家助学金（三等）", "2", "每生每年2700元", "国家财政", "1"),
        None if second_year && student.ability > 91 => ("国家奖学金", "1", "每生每年10000元", "国家财政", "1"),
        None if second_year && student.ability > 83 => {
            ("学院一等奖学金", "1", "每生每学年2000元", "示例职业技术学院", "5")
        }
        None if second_year && student.ability > 82 => {
            ("示例精密机械企业奖学金", "1", "每生3000元", "示例精密机械有限公司", "6")
        }
        None if random.chance(3) => ("国家助学贷款", "3", "每生每年最高20000元", "示例银行", "7"),
        None => return None,
    };
    Some(grant)
}

/// The grant of a student of a secondary school. Students in need get a national grant in the first two years.
fn of_school(student: &Student, n: usize) -> Option<Grant> {
    let grant = match student.aid {
        Some(_) if student.year > 2024 => ("中等职业教育国家助学金", "2", "每生每学期1000元", "国家财政", "1"),
        Some(_) if n.is_multiple_of(3) => ("校内勤工助学", "4", "每小时15元，每周不超过8小时", "示例中等职业学校", "5"),
        Some(_) => ("家庭困难临时补助", "5", "每生500元", "示例中等职业学校", "5"),
        None if student.year < 2026 && student.ability > 91 => {
            ("中等职业教育国家奖学金", "1", "每生每年6000元", "国家财政", "1")
        }
        None if student.year < 2026 && student.ability > 84 => {
            ("学校一等奖学金", "1", "每生每学期300元", "示例中等职业学校", "5")
        }
        None if n.is_multiple_of(11) => ("中等职业教育免学费", "6", "每生每学期1100元", "省级财政", "2"),
        None => return None,
    };
    Some(grant)
}
