//! The rules of each edition find nothing in the sample college. When some do, the failure names all of them, each with
//! the number of its findings and the text of a few.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use check::rules::{Context, functions, rules};
use standard::{Edition, Standards};
use store::{ReadLimits, Scope, ScratchRow, scratch};

/// Number of findings of one rule whose text the failure prints.
const PRINTED: usize = 3;

fn found(edition: &Arc<Edition>) -> Vec<String> {
    let college = sample::college(edition);
    let context = Context::new(jiff::civil::date(2026, 11, 21), college.period);
    let tables: Vec<&str> = edition.tables.iter().map(|table| table.name.as_str()).collect();
    let rows: Vec<ScratchRow> = sample::tables(edition)
        .flat_map(|(table, rows)| rows.into_iter().map(move |values| (table, values)))
        .map(|(table, values)| {
            let columns = edition.table(table).unwrap().fields.iter().map(|field| field.column.clone());
            let mut cells: BTreeMap<String, String> = columns.zip(values).collect();
            cells.insert(standard::field::SCHOOL_COLUMN.into(), college.code.into());
            ScratchRow { table: table.to_owned(), period: college.period.into(), cells }
        })
        .collect();
    let reader = scratch(edition, &tables, &rows, ReadLimits::default(), &functions(edition, &context)).unwrap();
    let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for table in &edition.tables {
        let scope = Scope::Period(&context.period);
        let failed = rules(&reader, edition, table, scope, &context, &mut |finding| {
            let text = check::words::of(&finding, check::words::Language::Zh);
            words.entry(finding.rule).or_default().push(text);
            ControlFlow::Continue(())
        });
        failed.unwrap();
    }
    let line = |(rule, words): (String, Vec<String>)| {
        let some: Vec<&str> = words.iter().take(PRINTED).map(String::as_str).collect();
        format!("{} {rule}: {} times, such as {}", edition.id, words.len(), some.join(" | "))
    };
    words.into_iter().map(line).collect()
}

#[test]
fn the_rules_find_nothing() {
    let wrong: Vec<String> = Standards::builtin().unwrap().editions().iter().flat_map(found).collect();
    assert!(wrong.is_empty(), "{} rules find something in the sample college\n{}", wrong.len(), wrong.join("\n"));
}
