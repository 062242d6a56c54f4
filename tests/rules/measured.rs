//! All kinds in all editions: the figures, and what is behind them.

use std::thread;

use sample::damage::Ground;
use standard::Standards;
use standard::quality::{EditionQuality, Quality};

use crate::damaged::{self, Score};
use crate::trial::Trial;
use crate::unusual::{self, Verdict};

/// One edition, with details that its figures do not show.
pub struct Measured {
    pub quality: EditionQuality,
    pub scores: Vec<Score>,
    pub verdicts: Vec<Verdict>,
}

/// Measures every built-in edition, each in a thread of its own: up to `wanted` damages of each kind.
pub fn all(seed: u64, wanted: usize) -> Vec<Measured> {
    let standards = Standards::builtin().expect("the built-in standards load");
    thread::scope(|scope| {
        let one = |edition| {
            let standards = &standards;
            scope.spawn(move || {
                let (trial, ground) = (Trial::new(edition), Ground::new(standards, edition));
                let scores: Vec<Score> =
                    sample::damage::kinds().map(|kind| damaged::measure(&trial, &ground, kind, seed, wanted)).collect();
                let verdicts: Vec<Verdict> =
                    sample::unusual::kinds().map(|kind| unusual::judge(&trial, &ground, kind, seed)).collect();
                let quality = EditionQuality {
                    edition: edition.id.clone(),
                    rules: edition.rules.len(),
                    records: trial.records,
                    clean: trial.clean.len(),
                    damaged: scores.iter().map(|score| score.counts.clone()).collect(),
                    unusual: verdicts.iter().map(|verdict| verdict.counts.clone()).collect(),
                };
                Measured { quality, scores, verdicts }
            })
        };
        let running: Vec<_> = standards.editions().iter().map(one).collect();
        running.into_iter().map(|thread| thread.join().expect("measured")).collect()
    })
}

/// The figures alone.
pub fn quality(measured: &[Measured], day: &str, seed: u64, wanted: usize) -> Quality {
    let editions = measured.iter().map(|measured| measured.quality.clone()).collect();
    Quality { measured: day.to_owned(), seed, wanted, editions }
}
