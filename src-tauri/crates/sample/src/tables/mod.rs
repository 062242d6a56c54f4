//! Plans: which table says what of the school. One file for each 数据子集, or a folder where there are many tables.
//!
//! A plan is a plain function that writes rows into a [`Sheet`]. Plans are found by the table's physical name, which
//! editions share; tables of secondary schools say which plan is theirs. A table without a plan stays empty.

mod abroad;
mod assets;
mod overview;
mod partners;
mod party;
mod research;
pub mod secondary;
mod services;
mod staff;
mod students;
mod teaching;

use jiff::civil::Date;

use crate::calendar::{SO_FAR, after};
use crate::dice::Dice;
use crate::sheet::Sheet;
use crate::world::World;

/// Writes the rows of one table.
pub type Plan = fn(&World, &mut Sheet);

/// Tables of one subset with their plans.
type Plans = &'static [(&'static str, Plan)];

/// How a table is filled.
pub struct Filling {
    /// What writes its rows.
    pub plan: Plan,
    /// Its columns beside those of the plan, where they have other names.
    pub columns: &'static [(&'static str, &'static str)],
}

/// How the table of this name is filled.
pub fn filling(table: &str) -> Option<Filling> {
    let (name, columns) = match secondary::SHARED.into_iter().find(|(own, ..)| *own == table) {
        Some((_, plan, columns)) => (plan, columns),
        None => (table, &[] as &[_]),
    };
    let all: [Plans; 11] = [
        overview::PLANS,
        teaching::PLANS,
        staff::PLANS,
        students::PLANS,
        party::PLANS,
        assets::PLANS,
        research::PLANS,
        services::PLANS,
        partners::PLANS,
        abroad::PLANS,
        secondary::PLANS,
    ];
    let found = all.into_iter().flatten().find(|(own, _)| *own == name);
    found.map(|&(_, plan)| Filling { plan, columns })
}

/// Names of the days of the week as teachers write them.
fn weekday(day: i64) -> &'static str {
    ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"][(day as usize + 6) % 7]
}

/// The last so many days up to yesterday, oldest first.
fn last_days(count: i64) -> impl Iterator<Item = Date> {
    (0..count).map(move |n| after(SO_FAR.1, n + 1 - count))
}

/// A school day of this term that is over.
fn past_day(dice: &mut Dice) -> Date {
    dice.school_day(SO_FAR.0, SO_FAR.1)
}
