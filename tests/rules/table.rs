//! The figures over all editions.

use standard::quality::{Damaged, GOAL, Quality};

/// The kinds of damage over all editions, in their order.
pub fn damaged(quality: &Quality) -> Vec<Damaged> {
    let mut sums: Vec<Damaged> = Vec::new();
    for kind in quality.editions.iter().flat_map(|edition| &edition.damaged) {
        match sums.iter_mut().find(|sum| sum.id == kind.id) {
            Some(sum) => sum.add(kind),
            None => sums.push(kind.clone()),
        }
    }
    sums
}

/// Kinds of which enough is noticed, over all editions.
pub fn noticed(quality: &Quality) -> usize {
    damaged(quality).iter().filter(|kind| kind.recall().is_some_and(|share| share >= GOAL)).count()
}

/// Findings about true but unusual records, all editions together: records, mandatory, and confirm where nothing should
/// be asked with the records of those kinds.
pub struct Alarms {
    pub records: usize,
    pub mandatory: usize,
    pub silent_records: usize,
    pub false_confirm: usize,
}

pub fn alarms(quality: &Quality) -> Alarms {
    let all = || quality.editions.iter().flat_map(|edition| &edition.unusual);
    let silent = || all().filter(|kind| kind.asked.is_empty());
    Alarms {
        records: all().map(|kind| kind.records).sum(),
        mandatory: all().map(|kind| kind.mandatory).sum(),
        silent_records: silent().map(|kind| kind.records).sum(),
        false_confirm: silent().map(|kind| kind.confirm).sum(),
    }
}
