//! The differences of two known editions, and properties that hold for any two.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::{Aspect, Change, Comparison, Counts, FieldChange, Value, What, compare};
use crate::{Code, CodeList, Edition, Standards};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::builtin().unwrap());

fn edition(id: &str) -> Arc<Edition> {
    STANDARDS.edition(id).unwrap()
}

fn counts(added: usize, removed: usize, changed: usize, moved: usize) -> Counts {
    Counts { added, removed, changed, moved }
}

/// The numbers were counted independently of this program, from the printed editions.
#[test]
fn the_two_gaozhi_editions_differ_as_counted() {
    let found = compare(&edition("gaozhi-2023.06"), &edition("gaozhi-2024.09"));
    assert_eq!(found.kept_tables, 79);
    assert_eq!(found.table_counts(), counts(19, 6, 79, 7));
    assert_eq!(found.tables.iter().filter(|t| !t.fields.is_empty()).count(), 75);
    assert_eq!(found.field_counts(), counts(21, 29, 243, 0));
    assert_eq!(found.list_counts(), counts(21, 2, 13, 0));
    assert_eq!(found.kept_lists, 109);
    let [key] = found.everywhere.as_slice() else { panic!("{:?}", found.everywhere) };
    assert_eq!((key.column.as_str(), key.aspects[0].what), ("ZJSJWYXBS", What::Format));
    let subsets: Vec<(Change, &str)> = found.subsets.iter().map(|s| (s.change, s.code.as_str())).collect();
    let expected = [(Change::Changed, "ZYGFW"), (Change::Added, "ZYGXQ"), (Change::Added, "ZYGGJ")];
    assert_eq!(subsets.len(), 3);
    assert!(expected.iter().all(|subset| subsets.contains(subset)), "{subsets:?}");
}

#[test]
fn a_change_can_be_followed_down_to_the_length_and_to_the_code() {
    let found = compare(&edition("gaozhi-2023.06"), &edition("gaozhi-2024.09"));
    let school = found.tables.iter().find(|t| t.name == "ODS_XXJBSJ").unwrap();
    let field = school.fields.iter().find(|f| f.column == "XXJGDM").unwrap();
    let length = Aspect { what: What::Length, before: Some(Value::Number(20)), after: Some(Value::Number(18)) };
    assert_eq!(field.aspects, [length]);
    let list = |id: &str| found.lists.iter().find(|list| list.id == id).unwrap();
    let kinds = &list("GZXSLXDM").codes;
    assert_eq!(kinds.len(), 2);
    assert!(kinds.iter().all(|code| code.change == Change::Changed));
    assert_eq!((kinds[0].before.as_deref(), kinds[0].after.as_deref()), (Some("高职学生"), Some("职业本科")));
    let years = &list("XZDM").codes;
    assert_eq!(
        (years[0].change, years[0].code.as_str(), years[0].after.as_deref()),
        (Change::Added, "6", Some("五年制以上"))
    );
    assert_eq!(Counts::of(list("HBHZJDM").codes.iter().map(|code| code.change)), counts(0, 5, 0, 0));
}

#[test]
fn an_edition_does_not_differ_from_itself() {
    for edition in STANDARDS.editions() {
        assert_eq!(compare(edition, edition), nothing(edition), "{}", edition.id);
    }
}

fn nothing(edition: &Edition) -> Comparison {
    Comparison {
        from: edition.id.clone(),
        to: edition.id.clone(),
        kept_tables: edition.tables.len(),
        kept_lists: edition.code_lists.len(),
        subsets: Vec::new(),
        everywhere: Vec::new(),
        tables: Vec::new(),
        lists: Vec::new(),
        rules: Vec::new(),
    }
}

#[test]
fn the_other_way_round_everything_is_mirrored() {
    for from in STANDARDS.editions() {
        for to in STANDARDS.editions() {
            assert_eq!(facts(&compare(from, to)), mirrored(facts(&compare(to, from))), "{} {}", from.id, to.id);
        }
    }
}

/// The kind of change, what was changed, the value before, the value after.
type Fact = (Change, String, Option<String>, Option<String>);

/// A comparison as plain facts, without the titles, which are always those of the later edition.
#[derive(Default)]
struct Facts(Vec<Fact>);

impl Facts {
    fn tell(&mut self, change: Change, what: impl Into<String>, before: Option<String>, after: Option<String>) {
        self.0.push((change, what.into(), before, after));
    }

    fn aspects(&mut self, of: &str, aspects: &[Aspect]) {
        let value = |value: &Option<Value>| value.as_ref().map(|v| format!("{v:?}"));
        for aspect in aspects {
            let what = format!("{of} {:?}", aspect.what);
            self.tell(Change::Changed, what, value(&aspect.before), value(&aspect.after));
        }
    }

    fn fields(&mut self, of: &str, fields: &[FieldChange]) {
        for field in fields {
            let what = format!("{of}.{}", field.column);
            self.aspects(&what, &field.aspects);
            self.tell(field.change, what, None, None);
        }
    }
}

fn facts(found: &Comparison) -> Vec<Fact> {
    let mut facts = Facts::default();
    for subset in &found.subsets {
        facts.tell(subset.change, &subset.code, subset.before.clone(), subset.after.clone());
    }
    facts.fields("*", &found.everywhere);
    for table in &found.tables {
        facts.tell(table.change, &table.name, None, None);
        facts.aspects(&table.name, &table.aspects);
        facts.fields(&table.name, &table.fields);
    }
    for list in &found.lists {
        facts.tell(list.change, &list.id, Some(list.before.to_string()), Some(list.after.to_string()));
        facts.aspects(&list.id, &list.aspects);
        for code in &list.codes {
            facts.tell(code.change, format!("{}/{}", list.id, code.code), code.before.clone(), code.after.clone());
        }
    }
    for rule in &found.rules {
        facts.tell(rule.change, &rule.id, None, None);
    }
    facts.0.sort();
    facts.0
}

fn mirrored(facts: Vec<Fact>) -> Vec<Fact> {
    let turned = |change| match change {
        Change::Added => Change::Removed,
        Change::Removed => Change::Added,
        same => same,
    };
    let mut facts: Vec<Fact> =
        facts.into_iter().map(|(change, what, before, after)| (turned(change), what, after, before)).collect();
    facts.sort();
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// An edition with a few planted changes differs in exactly these.
    #[test]
    fn planted_changes_are_found_and_nothing_else(
        gone in 0usize..98, moved in 0usize..98, longer in 0usize..98, renamed in 0usize..130, under in 0usize..130,
    ) {
        let from = edition("gaozhi-2024.09");
        let mut to = Edition::clone(&from);
        let other = &from.subsets[usize::from(to.tables[moved].subset == from.subsets[0].code)].code;
        to.tables[moved].subset = other.clone();
        let field = &mut to.tables[longer].fields[1];
        field.max_length = field.max_length.map(|length| length + 1).or(Some(1));
        change_code(&mut to, renamed, |code| code.name.push('新'));
        change_code(&mut to, under, |code| code.parent = Some("上".into()));
        let table = to.tables.remove(gone);
        let found = compare(&from, &to);

        let kept = [moved, longer].into_iter().filter(|&at| at != gone);
        let expected: std::collections::BTreeSet<usize> = kept.collect();
        prop_assert_eq!(found.tables.len(), expected.len() + 1);
        prop_assert_eq!(found.table_counts(), counts(0, 1, expected.len(), usize::from(moved != gone)));
        let removed = found.tables.iter().find(|t| t.change == Change::Removed);
        prop_assert_eq!(removed.map(|t| t.name.as_str()), Some(table.name.as_str()));
        prop_assert_eq!(found.field_counts(), counts(0, 0, usize::from(longer != gone), 0));
        prop_assert_eq!(found.lists.len(), if renamed == under { 1 } else { 2 });
        prop_assert_eq!(found.lists.iter().map(|list| list.codes.len()).sum::<usize>(), 2);
        prop_assert_eq!(facts(&found), mirrored(facts(&compare(&to, &from))));
    }
}

/// Changes the first code of the list at this position.
fn change_code(edition: &mut Edition, at: usize, change: impl Fn(&mut Code)) {
    let list = edition.code_lists.values_mut().nth(at).unwrap();
    let mut codes = list.codes.clone();
    change(&mut codes[0]);
    *list = Arc::new(CodeList::new(list.id.clone(), list.title.clone(), codes));
}
