//! Packages that were tampered with in every way we know are refused, each for its own reason.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use package::{Files, Opened, PackageError, PrivateKey, Publisher, bundle, open, pack, unbundle};
use proptest::prelude::*;

const NAME: &str = "示例出版者";

fn key(seed: u8) -> PrivateKey {
    PrivateKey::from_seed(&[seed; 32])
}

fn trusted(seed: u8) -> Vec<Publisher> {
    vec![Publisher { name: "我们信任的".into(), key: key(seed).public() }]
}

fn files() -> Files {
    let files =
        [("datapackage.json", "{}"), ("tables/ODS_A.json", "{\"a\":1}"), ("codes/甲.csv", "code,name\n01,一\n")];
    files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into()
}

fn packed() -> Vec<u8> {
    pack(&files(), NAME, &key(1)).unwrap()
}

/// The parts as any ZIP program sees them.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.insert(part.name().unwrap().into_owned(), bytes);
    }
    parts
}

/// One stored part as ZIP has it, without the list behind.
fn part(path: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0x50, 0x4b, 3, 4, 20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
    out.extend(crc32fast_of(bytes).to_le_bytes());
    out.extend((bytes.len() as u32).to_le_bytes());
    out.extend((bytes.len() as u32).to_le_bytes());
    out.extend((path.len() as u16).to_le_bytes());
    out.extend([0, 0]);
    out.extend(path);
    out.extend(bytes);
    out
}

fn crc32fast_of(bytes: &[u8]) -> u32 {
    let mut crc = !0u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// The package with its parts changed and put together again in the form that [`open`] expects, as a careful forger
/// would.
fn rebuilt(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let mut list: Vec<(String, Vec<u8>)> = parts(&packed()).into_iter().collect();
    // The signature stands last.
    list.sort_by_key(|(path, _)| (path == "signature.json", path.clone()));
    change(&mut list);
    let mut out: Vec<u8> = list.iter().flat_map(|(path, bytes)| part(path.as_bytes(), bytes)).collect();
    let (mut central, mut at) = (Vec::new(), 0u32);
    for (path, bytes) in &list {
        let head = part(path.as_bytes(), bytes);
        central.extend([0x50, 0x4b, 1, 2, 20, 0]);
        central.extend(&head[4..30]);
        central.extend([0; 10]);
        central.extend(at.to_le_bytes());
        central.extend(path.as_bytes());
        at += head.len() as u32;
    }
    let length = (central.len() as u32).to_le_bytes();
    out.extend(central);
    out.extend([0x50, 0x4b, 5, 6, 0, 0, 0, 0]);
    out.extend((list.len() as u16).to_le_bytes());
    out.extend((list.len() as u16).to_le_bytes());
    out.extend(length);
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

#[test]
fn what_is_packed_is_opened() {
    let fingerprint = key(1).public().fingerprint();
    let opened = open(&packed(), &trusted(1)).unwrap();
    assert_eq!(opened, Opened { files: files(), publisher: NAME.into(), fingerprint });
    assert_eq!(packed(), packed(), "the contents decide every byte");
    assert_eq!(rebuilt(|_| {}), packed(), "the test's own archive is the same");
    let mut seen = parts(&packed());
    assert!(seen.remove("signature.json").is_some());
    assert_eq!(seen, files(), "any ZIP program can look into it");
}

#[test]
fn every_forgery_has_its_own_reason() {
    use PackageError::*;
    let path = |p: &str| p.to_owned();
    let first = |list: &mut Vec<(String, Vec<u8>)>| list.remove(0);
    let cases: Vec<(&str, Vec<u8>, PackageError)> = vec![
        ("nothing", Vec::new(), NotAPackage),
        ("text", b"hello".to_vec(), NotAPackage),
        ("unsigned", rebuilt(|l| l.retain(|(p, _)| p != "signature.json")), Unsigned),
        ("one bit", rebuilt(|l| l[2].1[3] ^= 1), Altered { path: path("tables/ODS_A.json") }),
        ("longer", rebuilt(|l| l[1].1.push(b' ')), Altered { path: path("datapackage.json") }),
        ("missing", rebuilt(|l| drop(first(l))), Missing { path: path("codes/甲.csv") }),
        ("renamed", rebuilt(|l| l[0].0 = path("codes/乙.csv")), Missing { path: path("codes/甲.csv") }),
        ("added", rebuilt(|l| l.insert(1, (path("codes/x.csv"), vec![]))), Added { path: path("codes/x.csv") }),
        ("twice", rebuilt(|l| l.insert(1, l[0].clone())), Twice { path: path("codes/甲.csv") }),
        ("two signatures", rebuilt(|l| l.push(l[3].clone())), Twice { path: path("signature.json") }),
        ("order", rebuilt(|l| l.swap(0, 1)), Repacked),
        ("up", rebuilt(|l| l.insert(0, (path("../x"), vec![]))), Path { path: path("../x") }),
        ("up inside", rebuilt(|l| l.insert(0, (path("a/../x"), vec![]))), Path { path: path("a/../x") }),
        ("root", rebuilt(|l| l.insert(0, (path("/etc/x"), vec![]))), Path { path: path("/etc/x") }),
        ("drive", rebuilt(|l| l.insert(0, (path("C:x"), vec![]))), Path { path: path("C:x") }),
        ("backslash", rebuilt(|l| l.insert(0, (path("a\\x"), vec![]))), Path { path: path("a\\x") }),
        ("folder", rebuilt(|l| l.insert(0, (path("a/"), vec![]))), Path { path: path("a/") }),
        ("no name", rebuilt(|l| l.insert(0, (path(""), vec![]))), Path { path: path("") }),
        ("zero", rebuilt(|l| l.insert(0, (path("a\0b"), vec![]))), Path { path: path("a\u{fffd}b") }),
        ("no signature text", rebuilt(|l| l[3].1 = b"{".to_vec()), BadSignatureFile),
        ("other format", rebuilt(|l| l[3].1 = b"{\"format\":2}".to_vec()), NewerFormat { format: 2 }),
        ("blanks", rebuilt(|l| l[3].1.push(b' ')), BadSignatureFile),
        ("behind", [packed(), vec![0]].concat(), Repacked),
        ("cut", packed()[..packed().len() - 1].to_vec(), NotAPackage),
    ];
    for (what, bytes, expect) in cases {
        assert_eq!(open(&bytes, &trusted(1)), Err(expect), "{what}");
    }
}

#[test]
fn only_trusted_keys_open() {
    let fingerprint = key(1).public().fingerprint();
    let unknown = PackageError::UnknownPublisher { publisher: NAME.into(), fingerprint };
    assert_eq!(open(&packed(), &[]), Err(unknown.clone()));
    assert_eq!(open(&packed(), &trusted(2)), Err(unknown));
    // Somebody else's signature under the fingerprint of a trusted key.
    let other = String::from_utf8(parts(&pack(&files(), NAME, &key(2)).unwrap()).remove("signature.json").unwrap());
    let forged = other.unwrap().replace(&key(2).public().fingerprint(), &key(1).public().fingerprint());
    let bytes = rebuilt(|l| l[3].1 = forged.into_bytes());
    assert_eq!(open(&bytes, &trusted(1)), Err(PackageError::WrongSignature { publisher: NAME.into() }));
    // Another name over the same signature.
    let bytes = rebuilt(|l| l[3].1 = String::from_utf8(l[3].1.clone()).unwrap().replace(NAME, "别人").into_bytes());
    assert_eq!(open(&bytes, &trusted(1)), Err(PackageError::WrongSignature { publisher: "别人".into() }));
}

#[test]
fn what_was_packed_by_others_is_refused_before_anything_inflates() {
    let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("datapackage.json", zip::write::SimpleFileOptions::default()).unwrap();
    bomb.write_all(&vec![0; 64 * 1024 * 1024]).unwrap();
    let bomb = bomb.finish().unwrap().into_inner();
    assert_eq!(open(&bomb, &trusted(1)), Err(PackageError::Repacked));
    // A part that claims a greater length than the file has must not make the reader allocate that much memory.
    let mut bytes = packed();
    bytes[18..26].copy_from_slice(&[0xff; 8]);
    assert_eq!(open(&bytes, &trusted(1)), Err(PackageError::NotAPackage));
}

#[test]
fn a_bundle_is_whole_or_refused_and_no_signed_package() {
    let bytes = bundle(&files()).unwrap();
    assert_eq!(unbundle(&bytes), Ok(files()));
    assert_eq!(open(&bytes, &trusted(1)), Err(PackageError::Unsigned));
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 4;
        assert!(unbundle(&damaged).is_err(), "byte {at}");
    }
    assert_eq!(unbundle(&packed()), Err(PackageError::Repacked), "a signature is not dropped in silence");
}

#[test]
fn what_cannot_be_opened_is_not_packed() {
    for path in ["../x", "signature.json", "", "a//b", "a b"] {
        let files = Files::from([(path.to_owned(), Vec::new())]);
        assert_eq!(pack(&files, NAME, &key(1)), Err(PackageError::Path { path: path.to_owned() }));
    }
    for name in ["", " x", "a\nb", &"长".repeat(61)] {
        assert_eq!(pack(&files(), name, &key(1)), Err(PackageError::PublisherName), "{name}");
    }
}

proptest! {
    #[test]
    fn any_flipped_bit_is_refused(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let mut bytes = packed();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(open(&bytes, &trusted(1)).is_err(), "byte {} bit {}", at, bit);
    }

    #[test]
    fn any_cut_is_refused(at in any::<prop::sample::Index>()) {
        let bytes = packed();
        prop_assert!(open(&bytes[..at.index(bytes.len())], &trusted(1)).is_err());
    }

    #[test]
    fn any_bytes_are_looked_at_calmly(mut bytes in proptest::collection::vec(any::<u8>(), 0..300), head in any::<bool>()) {
        if head {
            bytes.splice(0..0, [0x50, 0x4b, 3, 4]);
        }
        prop_assert!(open(&bytes, &trusted(1)).is_err());
    }

    #[test]
    fn any_files_come_back(files in proptest::collection::btree_map("[a-z]{1,6}(/[A-Z一-龥]{1,4}\\.json)?", proptest::collection::vec(any::<u8>(), 0..60), 0..8)) {
        let bytes = pack(&files, NAME, &key(3)).unwrap();
        prop_assert_eq!(open(&bytes, &trusted(3)).unwrap().files, files);
    }
}
