//! How long the built-in standards take to load, against plain parsing of the same bytes without any check: every JSON
//! file into `serde_json::Value`, every TOML file into `toml::Table`, every CSV file into cells. Only the ratio says
//! something: times differ between machines and hours. Then how long a comparison and a search take. Run it with
//! `cargo bench -p tianbao-tests --bench standard`.
#![expect(clippy::print_stdout, reason = "a bench prints its times")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use standard::Standards;
use standard::compare::compare;
use standard::find::find;

const ROUNDS: usize = 30;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the project").join("standards");
    let mut files = Vec::new();
    read(&root, &mut files);
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();

    let load = median(|| drop(black_box(Standards::builtin().expect("the built-in standards load"))));
    let plain = median(|| files.iter().for_each(|(name, text)| parse(name, text)));
    println!("{} files, {} KiB", files.len(), bytes / 1024);
    println!("Standards::builtin   {:7.2} ms  (promise: under 150 ms)", millis(load));
    println!("plain parsing        {:7.2} ms", millis(plain));
    println!("ratio                {:7.2}", load.as_secs_f64() / plain.as_secs_f64());
    println!("{}", tianbao_tests::ratio("standards", load, plain));

    let standards = Standards::builtin().expect("the built-in standards load");
    let edition = |id: &str| standards.edition(id).expect(id);
    let (from, to) = (edition("gaozhi-2023.06"), edition("gaozhi-2024.09"));
    let compared = median(|| drop(black_box(compare(&from, &to))));
    println!("compare              {:7.2} ms  (promise: under 20 ms)", millis(compared));
    for query in ["s", "sxjc", "实习", "110105"] {
        println!("find {query:<16}{:7.2} ms", millis(median(|| drop(black_box(find(&to, query, 200))))));
    }
}

/// The reference: parsed, kept for a moment, nothing checked.
fn parse(name: &str, text: &str) {
    if name.ends_with(".json") {
        let value: Value = serde_json::from_str(text).expect("JSON");
        black_box(value);
    } else if name.ends_with(".toml") {
        let table: toml::Table = toml::from_str(text).expect("TOML");
        black_box(table);
    } else {
        let rows: Vec<Vec<String>> = text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        black_box(rows);
    }
}

/// The middle of several rounds, after one to warm up.
fn median(mut work: impl FnMut()) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Reads all files below a folder.
fn read(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the folder of standards") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, files);
        } else {
            files.push((path.display().to_string(), fs::read_to_string(&path).expect("text")));
        }
    }
}
