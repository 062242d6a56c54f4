//! 中职: the tables of the editions for secondary schools.
//!
//! Most of them have the same contents as a table of the colleges that has another name. [`SHARED`] says which
//! generator of the college fills them, and which of their columns have other names there; columns of equal names are
//! not listed. The remaining tables have generators of their own.

mod people;
mod teaching;

pub use teaching::{SCHOOL_YEAR, base_number};

use super::generator::Generators;

/// A table of secondary schools, the table of the colleges whose generator fills it, and the pairs (own column, column
/// that the generator names) for columns whose names differ.
pub type SharedTable = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// The tables that a generator of the college fills.
pub const SHARED: [SharedTable; 38] = [
    (
        "ODS_ZZXXGKJCSJ",
        "ODS_XXJBSJ",
        &[("XXJGMC", "XXMC"), ("XXJBZXZ", "XXJBZXZM"), ("XYJSS", "XYJZGZS"), ("XXTSYYS", "XXTSXXHXTS")],
    ),
    ("ODS_ZZSXJCSJ", "ODS_SXJCSJ", &[("XSXH", "XH"), ("SXBJ", "BH"), ("SXDWMC", "SXQYMC")]),
    (
        "ODS_ZZSXBGJLSJ",
        "ODS_SXBGJLSJ",
        &[
            ("XSXH", "XH"),
            ("XSXMMC", "SXQYMC"),
            ("XXZDJS", "SXZDJS"),
            ("XXBGXQ", "SXBGNR"),
            ("BGTJRQ", "SXBGTJRQ"),
            ("JSPYZT", "JSPYZTM"),
        ],
    ),
    ("ODS_ZZJCJBSJ", "ODS_JCJBSJ", &[]),
    ("ODS_ZZPKSJ", "ODS_PKSJ", &[("ZYSSYXB", "ZYSSYXBMC"), ("XYJCBH", "XYJCCBH")]),
    ("ODS_ZZWLKCZXXXJLSJ", "ODS_WLKCZXXXJLSJ", &[("XXRQ", "XSXXRQ"), ("XXSC", "XSXXSC"), ("XXRC", "XSXXRC")]),
    ("ODS_ZZKTHDSJ", "ODS_KTHDSJ", &[]),
    ("ODS_ZZSXJXGCSJ", "ODS_SXJXGCSJ", &[("SYRQ", "SXKSRQ"), ("XSSXSC", "XSSXKSS")]),
    ("ODS_ZZJXZLYPJSJ", "ODS_JXZLYPJSJ", &[("CPXXS", "CPXSS"), ("PJWXRQ", "PJWCRQ")]),
    ("ODS_ZZXKSJ", "ODS_XKSJ", &[]),
    ("ODS_ZZJSHXSJ", "ODS_JSHXSJ", &[]),
    (
        "ODS_ZZJSJXXXSJ",
        "ODS_XXJXSJ",
        &[("JXPXHDBH", "JXPXBH"), ("JXPXHDMC", "JXPXMC"), ("JXPXHDZT", "JXPXZT"), ("JXPXHDNRJJ", "JXPXNRJJ")],
    ),
    ("ODS_ZZJSKHSJ", "ODS_JSKHSJ", &[]),
    ("ODS_ZZSSHXSJ", "ODS_XSHXSJ", &[]),
    ("ODS_ZZXSJNDSSJ", "ODS_XSJNZSSJ", &[("JDJG", "FZJG"), ("JDDJM", "ZSDJM"), ("ZSBH", "ZSH")]),
    (
        "ODS_ZZXSZHCJPJSJ",
        "ODS_ZHCJYPJSJ",
        &[("BJ", "BJMC"), ("WHKCJ", "GGJCKCJ"), ("ZYJNKCCJ", "ZYHXKCJ"), ("ZHSXCJ", "ZYTZKCJ")],
    ),
    ("ODS_ZZJZDSQSJ", "ODS_JZDSQSJ", &[("JZDWGR", "ZZDWGR"), ("JFLYM", "ZJLYM")]),
    ("ODS_ZZCJSTHDSJ", "ODS_CJSTHDSJ", &[("CJSTHDLXM", "STHDLXM")]),
    ("ODS_ZZBYQXSXSJ", "ODS_BYQXSXSJ", &[("XXMC", "LQXXMC"), ("LQZY", "LQZYMC")]),
    (
        "ODS_ZZBYQXJYSJ",
        "ODS_BYQXJYSJ",
        &[
            ("SFXQHZDW", "JYDWSFXQHZDW"),
            ("JYQYSMC", "JYQYSJGMC"),
            ("JYQYSHIMC", "JYQYSHJGMC"),
            ("ZZCY", "SFZZCY"),
            ("LHJY", "SFLHJY"),
            ("GZNR", "GZGWMC"),
        ],
    ),
    ("ODS_ZZBYQXWJYSJ", "ODS_BYQXWJYSJ", &[]),
    ("ODS_ZZDZZQKJCSJ", "ODS_DZZQKJCSJ", &[("SJDZZ", "LSSJDZZMC")]),
    ("ODS_ZZDYFZQKJCSJ", "ODS_DYFZSJ", &[("XDYFZZTM", "DYFZZTM"), ("ZZRQ", "CWZSDYRQ")]),
    ("ODS_ZZDJHDDYGBXXSJ", "ODS_DYGBXXSJ", &[("DYGBXXPXZYTJZTM", "DYGBXXPXZYTJHZTM")]),
    ("ODS_ZZDJHDSHYKSJ", "ODS_DKSJ", &[]),
    ("ODS_ZZDJHDDYDHSJ", "ODS_SHSJ", &[]),
    ("ODS_ZZDJHDDYRCSJ", "ODS_DYRCHDSJ", &[]),
    ("ODS_ZZDJHDDYZTDRSJ", "ODS_DYZTDRSJ", &[("HDKSSJ", "HDKSRQ"), ("HDJSSJ", "HDJSRQ")]),
    ("ODS_ZZXSXFSJ", "ODS_XSXFSJ", &[]),
    ("ODS_ZZYKTRZSJ", "ODS_YKTRZSJ", &[]),
    ("ODS_ZZZXSWBLSJ", "ODS_ZXSWBLSJ", &[("FWRYLX", "RYLXM"), ("SQR", "SWBLR"), ("BJSJ", "BLSJ")]),
    ("ODS_ZZXYDTXXSJ", "ODS_XYDTXXSJ", &[("XYDTXXFBFWLJ", "XYDTXXWBFWLJ")]),
    ("ODS_ZZXNXSSSHDSJ", "ODS_XNXSSSHDSJ", &[("SXHDBH", "SSHDBH"), ("SXHDMC", "SSHDMC"), ("SSLXM", "SSHDLXM")]),
    ("ODS_ZZWLAQGLSJ", "ODS_WLAQGLSJ", &[]),
    ("ODS_ZZXBSJJC", "ODS_XBSJZXSJJCQKSJ", &[]),
    ("ODS_ZZSJBZYXXXTYSGXSJ", "ODS_SJBZYXXXTYSGXSJ", &[]),
    ("ODS_ZZXXHXTJCQKSJ", "ODS_XXHXTJCQKSJ", &[]),
    ("ODS_ZZTYYHRZDLSJ", "ODS_TYYHRZDLSJ", &[]),
];

/// The tables that only secondary schools have.
pub const GENERATORS: Generators = &[
    ("ODS_ZZXQJCSJ", people::campuses),
    ("ODS_ZZZZZSSJ", people::titles),
    ("ODS_ZZXLZXJLSJ", people::counselling),
    ("ODS_ZZDYHDSJ", people::moral_education),
    ("ODS_ZZKCXXSJ", teaching::courses),
    ("ODS_ZZXSXKSJ", teaching::choices),
    ("ODS_ZZXNSXJDSJ", teaching::bases),
    ("ODS_ZZXWSXJDSJ", teaching::bases_outside),
    ("ODS_ZZWFJCKCJSJ", teaching::general_marks),
];
