//! The words of rules call a table by the title that the clerk sees everywhere else.

use standard::{Standards, Table};

/// What stands in 《》, one after the other.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('《').skip(1).filter_map(|rest| rest.split_once('》').map(|(name, _)| name))
}

#[test]
fn rules_call_tables_by_their_titles() {
    let standards = Standards::builtin().unwrap();
    let (mut seen, mut others) = (0, Vec::new());
    for id in ["gaozhi-2024.09", "gaozhi-2023.06", "zhongzhi-2023.06"] {
        let edition = standards.edition(id).unwrap();
        for rule in &edition.rules {
            // A placeholder stands for a title that the rule looks up itself.
            for name in quoted(&rule.message).filter(|name| !name.contains('{')) {
                seen += 1;
                if !edition.tables.iter().map(Table::short_title).any(|title| title == name) {
                    others.push(format!("{id} {}: 《{name}》", rule.id));
                }
            }
        }
    }
    assert!(seen > 50, "only {seen} titles were found in messages");
    assert_eq!(others, [] as [String; 0]);
}
