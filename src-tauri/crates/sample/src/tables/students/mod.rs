//! 学生管理数据子集: twenty-four tables, one file for each field of work.

mod activities;
mod aid;
mod attendance;
mod clubs;
mod counselling;
mod development;
mod graduates;

use super::generator::Generators;

pub const GENERATORS: Generators = &[
    ("ODS_XSHXSJ", development::portraits),
    ("ODS_XSJNZSSJ", development::certificates),
    ("ODS_ZHCJYPJSJ", development::marks),
    ("ODS_GZXZSSJ", development::certificate_kinds),
    ("ODS_XXHXPJWDMSSJ", development::portrait_indicators),
    ("ODS_TZCSCJSJ", development::fitness),
    ("ODS_PKSRDSJ", aid::recognised),
    ("ODS_JZDSQSJ", aid::applications),
    ("ODS_STXHJBSJ", clubs::clubs),
    ("ODS_XSCYSTSJ", clubs::members),
    ("ODS_JBSTHDSJ", clubs::events),
    ("ODS_CJSTHDSJ", clubs::participants),
    ("ODS_XLZXJLSJ", counselling::counselling),
    ("ODS_XLCPSJ", counselling::assessment),
    ("ODS_LXSXBLSJ", graduates::formalities),
    ("ODS_BYQXSXSJ", graduates::further_study),
    ("ODS_BYQXJYSJ", graduates::employment),
    ("ODS_BYQXWJYSJ", graduates::unemployed),
    ("ODS_XSJYYXSJ", graduates::intentions),
    ("ODS_XNXSSSHDSJ", activities::contests),
    ("ODS_XSSHSJHDSJ", activities::social_practice),
    ("ODS_XSQQSJ", attendance::absences),
    ("ODS_XSQJSJ", attendance::leaves),
    ("ODS_XSZSCQSJ", attendance::dormitories),
];
