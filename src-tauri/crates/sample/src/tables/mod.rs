//! Plans: which table says what of the school. One file for each 数据子集, or a folder where there are many tables.
//!
//! A plan is a plain function that writes rows into a [`Sheet`]. Plans are found by the table's physical name, which
//! editions share; a table without a plan stays empty.

mod abroad;
mod assets;
mod overview;
mod partners;
mod party;
mod research;
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

/// The plan for the table of this name.
pub fn plan(table: &str) -> Option<Plan> {
    let all: [Plans; 10] = [
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
    ];
    all.into_iter().flatten().find(|(name, _)| *name == table).map(|(_, plan)| *plan)
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
