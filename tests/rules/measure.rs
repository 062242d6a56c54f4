//! Measures how good the rules are: `cargo xtask rules`.
#![expect(clippy::print_stdout, reason = "prints what it measures")]

mod damaged;
mod trial;
mod unusual;

use sample::damage::{Ground, kinds};
use standard::Standards;
use trial::Trial;

fn main() {
    let count: usize = std::env::args().filter_map(|a| a.parse().ok()).next().unwrap_or(60);
    let only = std::env::args().nth(2);
    let standards = Standards::builtin().expect("the built-in standards load");
    std::thread::scope(|scope| {
        for edition in standards.editions() {
            let (standards, only) = (&standards, &only);
            scope.spawn(move || {
                let trial = Trial::new(edition);
                let ground = Ground::new(standards, edition);
                println!("{} {} records, {} clean findings", edition.id, trial.records, trial.clean.len());
                for kind in sample::unusual::kinds().filter(|kind| only.as_ref().is_none_or(|only| only == kind.id)) {
                    let verdict = unusual::judge(&trial, &ground, kind, 1);
                    let mut said = std::collections::BTreeMap::<_, (usize, String)>::new();
                    let mut levels = [0; 3];
                    for finding in &verdict.findings {
                        levels[damaged::rank(finding.level)] += 1;
                        let key = (
                            damaged::rank(finding.level),
                            finding.rule.clone(),
                            finding.table.clone(),
                            finding.column.clone(),
                        );
                        said.entry(key)
                            .or_insert_with(|| (0, check::words::of(finding, check::words::Language::Zh)))
                            .0 += 1;
                    }
                    println!(
                        "{} U {:28} {:3} records {levels:?} {}",
                        edition.id,
                        kind.id,
                        verdict.records,
                        if kind.asked.is_empty() { "" } else { "asked" }
                    );
                    for ((level, rule, table, column), (count, words)) in said {
                        println!(
                            "      U {} {} {} {count} {rule} {table}.{}: {words}",
                            edition.id,
                            kind.id,
                            ["MANDATORY", "confirm", "hint"][level],
                            column.unwrap_or_default()
                        );
                    }
                }
                for kind in kinds().filter(|kind| only.as_ref().is_none_or(|only| only == kind.id)) {
                    let began = std::time::Instant::now();
                    let score = damaged::measure(&trial, &ground, kind, 1, count);
                    let mut unseen: Vec<_> = score.unseen.iter().collect();
                    unseen.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
                    println!(
                        "{} {:28} made {:4} mended {:4} found {:4} cell {:4} elsewhere {:3} recall {:.3} {:?} {:.1}s",
                        edition.id,
                        kind.id,
                        score.made,
                        score.mended,
                        score.found,
                        score.on_cell,
                        score.elsewhere,
                        score.recall().unwrap_or(f64::NAN),
                        score.levels,
                        began.elapsed().as_secs_f64(),
                    );
                    for (place, (count, example)) in unseen.iter().take(12) {
                        println!("      {} {} {count} {place}: {example}", edition.id, kind.id);
                    }
                }
            });
        }
    });
}
