//! How much of what is damaged is found, for each kind.

use std::collections::{BTreeMap, HashSet};

use sample::damage::{self, Damage, DamageKind, Ground};
use standard::Level;
use standard::quality::Damaged;

use crate::trial::{Outcome, Trial, Typed};

/// Damages of one kind in one edition.
#[derive(Default)]
pub struct Score {
    pub counts: Damaged,
    /// Those that nothing says anything about, by table and column, with an example.
    pub unseen: BTreeMap<String, (usize, String)>,
}

/// The share of a table's records that is damaged at once: one in this number, and at least one.
const ONE_IN: usize = 10;

/// Damages `count` records by one kind and counts what is found.
pub fn measure(trial: &Trial, ground: &Ground, kind: &DamageKind, seed: u64, count: usize) -> Score {
    let mut by_table: BTreeMap<String, Vec<Damage>> = BTreeMap::new();
    for damage in damage::damages(ground, kind, seed, count) {
        by_table.entry(damage.table.clone()).or_default().push(damage);
    }
    let counts = Damaged {
        id: kind.id.into(),
        zh: kind.zh.into(),
        en: kind.en.into(),
        what: kind.what.into(),
        limit: kind.limit.into(),
        ..Damaged::default()
    };
    let mut score = Score { counts, unseen: BTreeMap::new() };
    for (name, mut damages) in by_table {
        let table = trial.edition.table(&name).expect("a table of the edition");
        let at_once = (ground.rows(&name).len() / ONE_IN).max(1);
        while !damages.is_empty() {
            let mut rows = HashSet::new();
            let (now, later) =
                damages.into_iter().partition::<Vec<_>, _>(|damage| rows.len() < at_once && rows.insert(damage.row));
            damages = later;
            let typed: Vec<Typed<'_>> = now
                .iter()
                .map(|damage| Typed { row: damage.row, values: &damage.values, further: kind.further })
                .collect();
            for (damage, outcome) in now.iter().zip(trial.changed(table, &typed)) {
                count_in(&mut score, ground, table, damage, outcome);
            }
        }
    }
    score
}

fn count_in(score: &mut Score, ground: &Ground, table: &standard::Table, damage: &Damage, outcome: Outcome) {
    score.counts.made += 1;
    let Outcome::Stored { findings, elsewhere } = outcome else {
        score.counts.mended += 1;
        return;
    };
    let column = |at: &usize| table.fields[*at].column.as_str();
    if let Some(highest) = findings.iter().map(|finding| rank(finding.level)).min() {
        score.counts.found += 1;
        let counts = &mut score.counts;
        *[&mut counts.mandatory, &mut counts.confirm, &mut counts.hint][highest] += 1;
        let on_cell = |finding: &standard::Finding| {
            damage.columns.is_empty()
                || finding.column.as_deref().is_some_and(|named| damage.columns.iter().any(|at| column(at) == named))
        };
        score.counts.on_cell += usize::from(findings.iter().any(on_cell));
    } else if elsewhere {
        score.counts.elsewhere += 1;
    } else {
        let at = damage.columns.first().copied().unwrap_or_default();
        let clean = &ground.rows(&table.name)[damage.row][at];
        let example = format!("{clean} → {}", damage.values[at]);
        let place = match damage.columns.len() {
            1 | 2 => format!("{}.{}", table.name, column(&at)),
            _ => table.name.clone(),
        };
        score.unseen.entry(place).or_insert((0, example)).0 += 1;
    }
}

/// 0 for mandatory, 1 for confirm, 2 for hint.
pub fn rank(level: Level) -> usize {
    match level {
        Level::Mandatory => 0,
        Level::Confirm => 1,
        Level::Hint => 2,
    }
}
