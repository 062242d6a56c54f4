//! 学生管理数据子集: twenty-four tables, one file for each side of a student's life.

mod activities;
mod aid;
mod attendance;
mod care;
mod clubs;
mod growth;
mod leaving;

use super::Plans;

pub const PLANS: Plans = &[
    ("ODS_XSHXSJ", growth::portraits),
    ("ODS_XSJNZSSJ", growth::certificates),
    ("ODS_ZHCJYPJSJ", growth::marks),
    ("ODS_GZXZSSJ", growth::certificate_kinds),
    ("ODS_XXHXPJWDMSSJ", growth::portrait_words),
    ("ODS_TZCSCJSJ", growth::fitness),
    ("ODS_PKSRDSJ", aid::recognised),
    ("ODS_JZDSQSJ", aid::applications),
    ("ODS_STXHJBSJ", clubs::clubs),
    ("ODS_XSCYSTSJ", clubs::members),
    ("ODS_JBSTHDSJ", clubs::events),
    ("ODS_CJSTHDSJ", clubs::guests),
    ("ODS_XLZXJLSJ", care::counselling),
    ("ODS_XLCPSJ", care::assessment),
    ("ODS_LXSXBLSJ", leaving::formalities),
    ("ODS_BYQXSXSJ", leaving::further_study),
    ("ODS_BYQXJYSJ", leaving::work),
    ("ODS_BYQXWJYSJ", leaving::waiting),
    ("ODS_XSJYYXSJ", leaving::intentions),
    ("ODS_XNXSSSHDSJ", activities::contests),
    ("ODS_XSSHSJHDSJ", activities::social_practice),
    ("ODS_XSQQSJ", attendance::absences),
    ("ODS_XSQJSJ", attendance::leaves),
    ("ODS_XSZSCQSJ", attendance::dormitories),
];
