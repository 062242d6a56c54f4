//! The crosswalk from gaozhi-2023.06 to gaozhi-2024.09: what it says, and that a mistake in it is refused.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use standard::crosswalk::{Carry, CodeChange, Crosswalk, MovedWay, SuccessionKind};
use standard::load::Package;
use standard::{Edition, LoadError, Standards, write};

const OLD: &str = "gaozhi-2023.06";
const NEW: &str = "gaozhi-2024.09";
const FILE: &str = "crosswalks/gaozhi-2023.06.json";

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::builtin().expect("the built-in standards load"));

fn editions() -> (Arc<Edition>, Arc<Edition>) {
    (STANDARDS.edition(OLD).unwrap(), STANDARDS.edition(NEW).unwrap())
}

fn crosswalk() -> Crosswalk {
    editions().1.crosswalks[OLD].clone()
}

#[test]
fn only_the_newer_edition_of_gaozhi_has_one() {
    let having: Vec<&str> =
        STANDARDS.editions().iter().filter(|e| !e.crosswalks.is_empty()).map(|e| e.id.as_str()).collect();
    assert_eq!(having, [NEW]);
    assert_eq!(editions().1.crosswalks.keys().collect::<Vec<_>>(), [OLD]);
}

/// Six tables are gone, and the crosswalk says of each what became of it.
#[test]
fn every_table_that_is_gone_is_told() {
    let (old, new) = editions();
    let crosswalk = crosswalk();
    let gone: BTreeSet<&str> =
        old.tables.iter().map(|t| t.name.as_str()).filter(|name| new.table(name).is_none()).collect();
    let told: BTreeSet<&str> =
        crosswalk.tables.iter().filter(|s| s.kind != SuccessionKind::SplitOff).map(|s| s.from.as_str()).collect();
    assert_eq!((told.len(), &told), (6, &gone));
    assert_eq!(crosswalk.new_table("ODS_ZTJHSJ"), Some("ODS_PYFASJ"));
    assert_eq!(crosswalk.new_table("ODS_SXWGXWQKSJ"), None);
    assert_eq!(crosswalk.new_table("ODS_SXJCSJ"), Some("ODS_SXJCSJ"));
}

/// Three tables became one, told apart by a constant that is a code of its list.
#[test]
fn merged_tables_say_which_they_were() {
    let crosswalk = crosswalk();
    let told = ["ODS_SHSJ", "ODS_DYRCHDSJ", "ODS_DYZTDRSJ"].map(|table| {
        let s = crosswalk.succession(table).unwrap();
        assert_eq!((s.kind, s.to.as_deref(), s.judgement), (SuccessionKind::Merged, Some("ODS_DYHDSJ"), true));
        (s.constants[0].column.as_str(), s.constants[0].value.clone(), s.lost.len())
    });
    let column = "HDXS";
    assert_eq!(told, [(column, "1".into(), 0), (column, "2".into(), 0), (column, "3".into(), 1)]);
}

#[test]
fn values_move_are_kept_or_need_a_hand() {
    let crosswalk = crosswalk();
    let plan = crosswalk.succession("ODS_JHKCSJ").unwrap();
    let moved: Vec<_> = plan.moved.iter().map(|m| (m.column.as_str(), m.table.as_str(), m.way)).collect();
    assert_eq!(
        moved,
        [
            ("SFKZRTKC", "ODS_KCJBSJ", MovedWay::Record),
            ("XGJSMC", "ODS_KCJBSJ", MovedWay::Record),
            ("ZSH", "ODS_KZRTGLGXSJ", MovedWay::NewRecord),
            ("XYJCCBH", "ODS_PKSJ", MovedWay::Already),
        ]
    );
    let issuer = crosswalk.replacement("ODS_GZXZSSJ", "ZSBFDWMC").unwrap();
    assert_eq!((issuer.to.as_str(), issuer.values), ("FZJGMC", Carry::Keep));
    assert_eq!(crosswalk.columns.iter().filter(|r| r.values == Carry::ByHand).count(), 4);
    assert!(crosswalk.columns.iter().all(|r| r.judgement));
}

/// The two meanings changed places: each code becomes the other, and both ways round is where it was.
/// The code of the newer edition for one of the older: the same where nothing else is said, none where it is gone.
fn new_code<'a>(change: &'a CodeChange, code: &'a str) -> Option<&'a str> {
    if change.gone.iter().any(|gone| gone == code) {
        return None;
    }
    Some(change.convert.iter().find(|c| c.from == code).map_or(code, |c| c.to.as_str()))
}

#[test]
fn codes_that_changed_places() {
    let (old, new) = editions();
    let crosswalk = crosswalk();
    let students = crosswalk.code_change("GZXSLXDM").unwrap();
    let name = |edition: &Edition, code: &str| edition.code_list("GZXSLXDM").unwrap().get(code).unwrap().name.clone();
    assert_eq!((name(&old, "1"), name(&new, new_code(students, "1").unwrap())), ("高职学生".into(), "高职专科".into()));
    assert_eq!(new_code(students, "2"), Some("1"));
    assert_eq!(new_code(students, "9"), Some("9"));
    let money = crosswalk.code_change("HBHZJDM").unwrap();
    assert_eq!((money.gone.len(), new_code(money, "956"), new_code(money, "156")), (5, None, Some("156")));
    assert!(!money.judgement && students.judgement);
}

/// All files of the newer edition, one text in the crosswalk exchanged, read beside the built-in editions.
fn with(from: &str, to: &str) -> Result<Edition, LoadError> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../standards").join(NEW);
    let mut package = Package::new();
    for folder in ["", "tables", "codes", "crosswalks"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                package.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    // What is read alone takes no shared rules.
    package.insert("datapackage.json".into(), write::datapackage(&editions().1, &[]).into_bytes());
    let text = String::from_utf8(package[FILE].clone()).unwrap();
    assert!(text.contains(from), "{from}");
    package.insert(FILE.into(), text.replacen(from, to, 1).into_bytes());
    STANDARDS.read(NEW, package)
}

#[test]
fn it_loads_as_it_is() {
    assert_eq!(with("\"gaozhi-2023.06\"", "\"gaozhi-2023.06\"").unwrap().crosswalks, editions().1.crosswalks);
}

#[test]
fn mistakes_are_refused_and_named() {
    let cases = [
        ("\"from\": \"gaozhi-2023.06\"", "\"from\": \"gaozhi-2022\"", "/from: found gaozhi-2022"),
        ("\"notes\"", "\"remarks\"", "line 3 column 11: found unknown field `remarks`"),
        ("\"replaced\"", "\"renamed\"", "unknown variant `renamed`"),
        ("ODS_PYFASJ", "ODS_NONE", "/tables/0/to: found ODS_NONE, expected a table of the newer edition"),
        ("ODS_ZTJHSJ", "ODS_SXJCSJ", "/tables/0/from: found ODS_SXJCSJ, expected a table that is gone"),
        ("ODS_ZTJHSJ", "ODS_NONE", "/tables/0/from: found ODS_NONE, expected a table of the older edition"),
        ("\"replaced\"", "\"dropped\"", "/tables/0/to: found ODS_PYFASJ, expected a table, unless"),
        ("\"column\": \"HDXS\"", "\"column\": \"HDX\"", "/tables/2/constants/0/column: found ODS_DYHDSJ.HDX"),
        ("\"value\": \"1\"", "\"value\": \"7\"", "/tables/2/constants/0/value: found 7, expected a code"),
        ("\"to\": \"SFKZRTKC\"", "\"to\": \"SFK\"", "/tables/1/moved/0/to: found ODS_KCJBSJ.SFK"),
        ("\"column\": \"SFKZRTKC\"", "\"column\": \"SFK\"", "/tables/1/moved/0/column: found ODS_JHKCSJ.SFK"),
        ("\"KCH\"", "\"KCHH\"", "/tables/1/moved/0/by: found ODS_KCJBSJ.KCHH"),
        ("\"from\": \"SSDWH\"", "\"from\": \"SSDW\"", "/columns/0/from: found ODS_KCJSSJ.SSDW"),
        ("\"from\": \"SSDWH\"", "\"from\": \"LXND\"", "/columns/0/from: found LXND, expected a column that is gone"),
        ("\"to\": \"SSDWMC\"", "\"to\": \"SSDW\"", "/columns/0/to: found ODS_KCJSSJ.SSDW"),
        ("\"GZXSLXDM\"", "\"NONE\"", "/codes/0/list: found NONE"),
        ("\"from\": \"1\"", "\"from\": \"7\"", "/codes/0/convert: found 7, expected a code of the older edition"),
        ("\"to\": \"2\"", "\"to\": \"7\"", "/codes/0/convert: found 7, expected a code of the newer edition"),
        ("\"956\"", "\"156\"", "/codes/1/gone: found 156, expected a code that the newer edition does not have"),
    ];
    for (from, to, expected) in cases {
        let said = with(from, to).err().map(|e| e.to_string()).unwrap_or_default();
        let said = said.replace(&format!("{NEW}/{FILE} "), "");
        assert!(said.contains(expected), "{from} to {to}: {said}");
    }
}
