//! Random records of every table of the old edition, the same for one seed.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use standard::{Edition, Field, Kind, Standards};

use super::{Fixture, OLD};

/// Number of records in each table.
const RECORDS: u32 = 3;

/// Result of [`fill`].
pub struct Filled {
    /// Number of cells with a value.
    pub cells: u64,
}

/// Adds records to the first `tables` tables of the edition.
pub fn fill(fixture: &Fixture, seed: u64, tables: usize) -> Filled {
    let edition = Standards::builtin().unwrap().edition(OLD).unwrap();
    let mut random = StdRng::seed_from_u64(seed);
    let (mut cells, mut number) = (0, 0);
    for table in edition.tables.iter().take(tables) {
        let mut records = Vec::new();
        for _ in 0..RECORDS {
            let mut record = json!({});
            for field in table.filled_fields() {
                number += 1;
                if random.gen_ratio(4, 5) {
                    record[&field.column] = Value::String(value(&edition, field, number, &mut random));
                    cells += 1;
                }
            }
            records.push(record);
        }
        fixture.insert(&table.name, &records);
    }
    Filled { cells }
}

fn value(edition: &Edition, field: &Field, number: u32, random: &mut StdRng) -> String {
    // There are only three course numbers, so that several records refer to one course.
    if field.column == "KCH" {
        return format!("K{}", random.gen_range(1..4));
    }
    if random.gen_ratio(1, 12) {
        return format!("？{number}");
    }
    let year = random.gen_range(2000..2026);
    match field.kind {
        Kind::Text | Kind::LongText | Kind::Json if field.separator.is_some() => format!("值{number},值{number}乙"),
        Kind::Text | Kind::LongText | Kind::Json => format!("值{number}"),
        Kind::Url => format!("http://{number}.example"),
        Kind::Integer => number.to_string(),
        Kind::Decimal => format!("{}.5", number % 100),
        Kind::Date => format!("{year}0{}1{}", random.gen_range(1..10), random.gen_range(0..10)),
        Kind::DateTime => format!("{year}0901 083000"),
        Kind::Time => "083000".to_owned(),
        Kind::YearMonth => format!("{year}09"),
        Kind::Year => year.to_string(),
        Kind::YearRange => format!("{year}-{}", year + 1),
        Kind::Code | Kind::Codes => {
            let Some(list) = field.code_list.as_deref().and_then(|id| edition.code_list(id)) else {
                return number.to_string();
            };
            let count = if field.kind == Kind::Codes { random.gen_range(1..4) } else { 1 };
            let codes: Vec<&str> = list.codes.choose_multiple(random, count).map(|code| code.code.as_str()).collect();
            codes.join(field.separator.as_deref().unwrap_or(","))
        }
    }
}
