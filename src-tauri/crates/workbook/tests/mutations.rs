//! Real workbooks of every form, broken at random places again and again: no panic, no hang, and little memory.
//!
//! `TIANBAO_MUTATIONS` says how many of each form (2,000), `TIANBAO_MUTATION_SEED` where the series begins. A longer
//! run: `TIANBAO_MUTATIONS=400000 cargo test -p tianbao-workbook --release --test mutations -- --nocapture` takes about
//! an hour on two cores.

mod college;

use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use college::{College, INTERNSHIPS, edition, read_all, table};
use workbook::{CellIn, Limits, Survey, open};
use zip::write::{SimpleFileOptions, ZipWriter};

/// A form, and its files in the corpus.
const FORMS: [(&str, &[&str]); 8] = [
    ("xlsx", &["openpyxl.xlsx", "xlsxwriter.xlsx", "libreoffice.xlsx"]),
    ("xlsm", &["macros.xlsm"]),
    ("xlsb", &["hand.xlsb"]),
    ("xls", &["xlwt.xls", "libreoffice.xls"]),
    ("ods", &["libreoffice.ods"]),
    ("csv", &["utf8.csv", "gb18030.csv"]),
    ("txt", &["utf16.txt"]),
    ("other", &["macros.xlsm", "xlwt.xls", "hand.xlsb", "libreoffice.ods"]),
];

/// A machine that does other work, too, may take long for one file; a hang takes for ever.
const LONGEST: Duration = Duration::from_secs(30);

fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/workbooks/corpus").join(name)
}

#[test]
fn what_real_programs_write_is_read() {
    for name in FORMS[..7].iter().flat_map(|(_, names)| names.iter()) {
        let mut book = open(&corpus(name), &Limits::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let readings = book.survey(edition(), &Survey::default());
        let reading = readings.iter().find(|reading| reading.table.as_deref() == Some(INTERNSHIPS));
        let reading = reading.unwrap_or_else(|| panic!("{name}: {readings:?}"));
        assert_eq!(
            readings.iter().filter(|reading| reading.table.is_some()).count(),
            1,
            "{name}: one sheet has a table"
        );
        let (rows, _) = read_all(&mut book, reading);
        let text = |line: u32, column: &str| {
            let row = rows.iter().find(|row| row.line == line).unwrap_or_else(|| panic!("{name}: line {line}"));
            match &row.cells[table().position(column).unwrap()] {
                CellIn::Value(text) => text.clone(),
                other => format!("{other:?}"),
            }
        };
        assert_eq!((text(2, "XH"), text(2, "XSXM")), ("2024010100".into(), "张小明".into()), "{name}");
        assert_eq!((text(4, "XNZDJSDH"), text(4, "SXCJ")), ("13000000001".into(), "87.5".into()), "{name}");
        let day = if matches!(*name, "utf8.csv" | "gb18030.csv" | "utf16.txt") { "2027/03/03" } else { "20270303" };
        assert_eq!(text(4, "SXKSRQ"), day, "{name}");
    }
}

/// A series of numbers from a seed (xorshift64*).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }
}

/// Breaks some bytes in one of the ways in which files are broken.
fn break_bytes(bytes: &mut Vec<u8>, chance: &mut Chance) {
    const NUMBERS: [[u8; 4]; 8] = [
        [0; 4],
        [0xff; 4],
        [0xff, 0xff, 0xff, 0x7f],
        [0, 0, 0, 0x80],
        [1, 0, 0, 0],
        [0xff, 0xff, 0, 0],
        [0, 0, 1, 0],
        [0xfe, 0xff, 0xff, 0xff],
    ];
    const WORDS: [&[u8]; 10] =
        [b"<", b"\"", b"&#x10FFFF;", b"&a;", b"]]>", b"9999999999", b"-1", b"<!--", b"\0", b"\xff\xfe"];
    if bytes.is_empty() {
        return;
    }
    for _ in 0..=chance.below(6) {
        let at = chance.below(bytes.len());
        let length = chance.below(40).min(bytes.len() - at);
        match chance.below(9) {
            0 => bytes[at] ^= 1 << chance.below(8),
            1 => bytes[at] = chance.next() as u8,
            2 => NUMBERS[chance.below(8)].iter().zip(&mut bytes[at..]).for_each(|(number, byte)| *byte = *number),
            3 => drop(bytes.drain(at..at + length)),
            4 => {
                let copy = bytes[at..at + length].to_vec();
                let to = chance.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            5 => drop(bytes.splice(at..at, WORDS[chance.below(10)].iter().copied())),
            6 => bytes.truncate(at.max(1)),
            7 => bytes[at..at + length].reverse(),
            _ => {
                // A digit more or less changes what a file says of itself.
                if let Some(digit) = bytes[at..].iter_mut().find(|b| b.is_ascii_digit()) {
                    *digit = b'0' + chance.below(10) as u8;
                }
            }
        }
        if bytes.is_empty() {
            return;
        }
    }
}

/// The parts of a zipped workbook.
fn parts(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).ok()?;
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).ok()?;
        parts.push((part.name().ok()?.into_owned(), bytes));
    }
    Some(parts)
}

/// A broken file. Zipped forms guard their bytes with checksums, so mostly what is inside is broken, and packed again.
fn broken(sound: &[u8], inside: Option<&[(String, Vec<u8>)]>, chance: &mut Chance) -> Vec<u8> {
    let Some(inside) = inside.filter(|_| chance.below(5) > 0) else {
        let mut bytes = sound.to_vec();
        break_bytes(&mut bytes, chance);
        return bytes;
    };
    let chosen = chance.below(inside.len());
    let left_out = (chance.below(20) == 0).then(|| chance.below(inside.len()));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (at, (name, bytes)) in inside.iter().enumerate().filter(|(at, _)| Some(*at) != left_out) {
        let mut bytes = bytes.clone();
        if at == chosen {
            break_bytes(&mut bytes, chance);
        }
        zip.start_file(name, options).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Opens, looks and reads everything; only surviving counts.
fn exhaust(path: &Path) {
    let Ok(mut book) = open(path, &Limits { rows: 70_000, text_rows: 70_000, ..Limits::default() }) else { return };
    let wishes = Survey { table: Some(INTERNSHIPS.into()), ..Survey::default() };
    for reading in book.survey(edition(), &wishes).iter().take(5) {
        let mut rows = 0;
        let _ = book.rows(edition(), table(), reading, &mut |_| {
            rows += 1;
            if rows < 5_000 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }
}

/// The most memory that this process ever used, in MB; `None` where the system does not report it.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kb| kb / 1024)
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
#[expect(clippy::print_stdout, reason = "a longer run shows its figures")]
fn broken_workbooks_are_survived() {
    let count = number("TIANBAO_MUTATIONS", 2_000);
    let seed = number("TIANBAO_MUTATION_SEED", 1);
    let college = College::new();
    let path = college.path("broken");
    for (form, names) in FORMS {
        let sound: Vec<Vec<u8>> = names.iter().map(|name| std::fs::read(corpus(name)).unwrap()).collect();
        let inside: Vec<_> = sound.iter().map(|bytes| parts(bytes)).collect();
        let (mut slowest, begun) = ((Duration::ZERO, 0), Instant::now());
        for number in seed..seed + count {
            let mut chance = Chance(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
            let at = chance.below(sound.len());
            std::fs::write(&path, broken(&sound[at], inside[at].as_deref(), &mut chance)).unwrap();
            let start = Instant::now();
            let survived = std::panic::catch_unwind(|| exhaust(&path));
            assert!(survived.is_ok(), "{form}: panic with seed {number} ({})", names[at]);
            slowest = slowest.max((start.elapsed(), number));
            assert!(slowest.0 < LONGEST, "{form}: seed {number} took {:?}", slowest.0);
        }
        println!("{form}: {count} in {:?}, slowest {slowest:?}, memory {:?} MB", begun.elapsed(), most_memory());
    }
    assert!(most_memory().is_none_or(|mb| mb < 1_000), "{:?} MB", most_memory());
}
