//! 教学管理数据子集: thirty tables, one file for each field of work.

mod courses;
mod internship;
mod majors;
mod online;
mod quality;
mod resources;
mod timetable;
mod training;

pub use courses::certificate;

use super::generator::Generators;

pub const GENERATORS: Generators = &[
    ("ODS_KCJBSJ", courses::courses),
    ("ODS_KCJSSJ", courses::construction),
    ("ODS_KZRTGLGXSJ", courses::certificates),
    ("ODS_PYFASJ", courses::programmes),
    ("ODS_PYFAKCSJ", courses::planned),
    // Edition 2023-06 has the two tables above under these names.
    ("ODS_ZTJHSJ", courses::programmes),
    ("ODS_JHKCSJ", courses::planned),
    ("ODS_SXWGXWQKSJ", internship::misconduct),
    ("ODS_SXJCSJ", internship::internships),
    ("ODS_SXBXGMQKSJ", internship::insurance),
    ("ODS_SXBGJLSJ", internship::reports),
    ("ODS_ZYJSQKSJ", majors::construction),
    ("ODS_ZYSZSJ", majors::majors),
    ("ODS_SXJDSJ", training::bases),
    ("ODS_SXSJBSJ", training::labs),
    ("ODS_SXXMSJ", training::projects),
    ("ODS_SXJXGCSJ", training::sessions),
    ("ODS_XNFZJDDWFWSJ", training::services),
    ("ODS_PKSJ", timetable::lessons),
    ("ODS_XSXKSJ", timetable::choices),
    ("ODS_KTHDSJ", timetable::interaction),
    ("ODS_JSJBSJ", timetable::rooms),
    ("ODS_JSSPLSJ", timetable::streams),
    ("ODS_FWJXZYQKSJ", online::visits),
    ("ODS_WLKCZXXXJLSJ", online::learning),
    ("ODS_FWSZTSGZYSJ", online::digital_library),
    ("ODS_JXZLYPJSJ", quality::assessment),
    ("ODS_XKSJ", quality::inspections),
    ("ODS_GJPTZYDJSJ", resources::national),
    ("ODS_SZZYJBSJ", resources::digital),
    ("ODS_XNFZSZZYJBSJ", resources::simulated),
    ("ODS_JCJBSJ", resources::textbooks),
    ("ODS_HJJCSJ", resources::prizes),
];
