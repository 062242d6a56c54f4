//! Measures how good the rules are: `cargo xtask rules`. The first argument is the number of damages of each kind in
//! each edition, `--seed N` draws other records; `--save` keeps the figures in standards/quality.json and
//! docs/rules.md, else what stays unseen and findings on true records are printed with examples.
#![expect(clippy::print_stdout, reason = "prints what it measures")]

mod damaged;
mod measured;
mod page;
mod table;
mod trial;
mod unusual;

use std::collections::BTreeMap;
use std::fs;

use check::words::Language;
use measured::Measured;
use standard::Finding;

/// The seed of the printed figures.
const SEED: u64 = 20260901;

/// Damages of each kind in each edition without an argument.
const WANTED: usize = 60;

/// Places and findings that are printed for each kind.
const PRINTED: usize = 12;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = arguments.first().and_then(|text| text.parse().ok()).unwrap_or(WANTED);
    let seed = arguments.iter().skip_while(|text| *text != "--seed").nth(1).and_then(|text| text.parse().ok());
    let seed = seed.unwrap_or(SEED);
    let measured = measured::all(seed, wanted);
    let day = jiff::Zoned::now().date().to_string();
    let quality = measured::quality(&measured, &day, seed, wanted);
    measured.iter().for_each(behind);
    for kind in table::damaged(&quality) {
        println!("{:30} {:6} made, noticed {:.3}", kind.id, kind.made, kind.recall().unwrap_or(f64::NAN));
    }
    let alarms = table::alarms(&quality);
    println!(
        "{} kinds noticed; {} mandatory on {} true records; {} to confirm on {} that should not be asked",
        table::noticed(&quality),
        alarms.mandatory,
        alarms.records,
        alarms.false_confirm,
        alarms.silent_records
    );
    if arguments.iter().any(|text| text == "--save") {
        let json = serde_json::to_string_pretty(&quality).map_err(std::io::Error::other)?;
        fs::write(tianbao_tests::root().join("standards/quality.json"), json + "\n")?;
        fs::write(tianbao_tests::root().join("docs/rules.md"), page::page(&quality))?;
    }
    Ok(())
}

/// What the figures of an edition do not tell: where damages are not found, and which findings are on true records.
fn behind(measured: &Measured) {
    let edition = &measured.quality.edition;
    for score in &measured.scores {
        let kind = &score.counts;
        println!(
            "{edition} {:28} made {:4} mended {:4} found {:4} cell {:4} elsewhere {:3} noticed {:.3}",
            kind.id,
            kind.made,
            kind.mended,
            kind.found,
            kind.on_cell,
            kind.elsewhere,
            kind.recall().unwrap_or(f64::NAN)
        );
        let mut unseen: Vec<_> = score.unseen.iter().collect();
        unseen.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        for (place, (count, example)) in unseen.iter().take(PRINTED) {
            println!("    {edition} {} {count} {place}: {example}", kind.id);
        }
    }
    for verdict in &measured.verdicts {
        let kind = &verdict.counts;
        let asked = if kind.asked.is_empty() { "" } else { ", asked" };
        println!("{edition} U {:28} {} records{asked}", kind.id, kind.records);
        let mut said: BTreeMap<(usize, &str, &str), (usize, &Finding)> = BTreeMap::new();
        for finding in &verdict.findings {
            let key = (damaged::rank(finding.level), finding.rule.as_str(), finding.table.as_str());
            said.entry(key).or_insert((0, finding)).0 += 1;
        }
        for ((level, rule, table), (count, finding)) in said {
            let level = ["MANDATORY", "confirm", "hint"][level];
            let words = check::words::of(finding, Language::Zh);
            println!("    {edition} U {} {level} {count} {rule} {table}: {words}", kind.id);
        }
    }
}
