//! Random small editions: everything that a model can say, in any words.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use standard::field::{COLLECTED_COLUMN, KEY_COLUMN, SCHOOL_COLUMN};
use standard::{
    Association, Class, Code, CodeList, Condition, Doubt, DoubtKind, Edition, Field, Frequency, KeyPeriod, KeyRule,
    Kind, Merge, PeriodKind, Reference, Sensitivity, Source, Subclass, Subset, Table, Templates,
};

use super::STANDARDS;

fn name() -> impl Strategy<Value = String> {
    "[A-WYZ][A-Z0-9_]{1,6}"
}

fn words() -> impl Strategy<Value = String> {
    // Whatever may stand in a cell: quotes, commas, brackets, line breaks within.
    "[a-zA-Z0-9一-龥“”,\"'=@（）<>&]([ a-zA-Z0-9一-龥,\"'=+\n]{0,8}[0-9一-龥\"'])?"
}

fn line() -> impl Strategy<Value = String> {
    "[a-z0-9一-龥\",=]{1,6}"
}

fn maybe<T: std::fmt::Debug + Clone>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(of)
}

fn list(id: String, no: u32) -> impl Strategy<Value = CodeList> {
    let codes = proptest::collection::btree_map("[0-9A-Z]{1,4}", (words(), any::<bool>(), maybe(words())), 1..5);
    let source = (maybe(words()), maybe(words()), maybe(words()), maybe(words()));
    (codes, words(), source, maybe(words()), any::<bool>()).prop_map(move |(codes, title, source, doubt, complete)| {
        let first = codes.keys().next().cloned();
        let code = |(code, (name, child, note)): (String, (String, bool, Option<String>))| Code {
            parent: first.clone().filter(|first| child && *first != code),
            code,
            name,
            note,
        };
        let mut list = CodeList::new(id.clone(), title, codes.into_iter().map(code).collect());
        let (relation, standard, of, version) = source;
        list.no = no;
        list.source = Some(Source { relation, standard, list: of, version }).filter(|s| *s != Source::default());
        list.doubt = doubt;
        list.complete = complete;
        list
    })
}

/// A field of a table that has a column XXDM and a list L_1.
fn field(column: String, no: u32) -> impl Strategy<Value = Field> {
    let kinds = proptest::sample::select(vec![
        Kind::Text,
        Kind::LongText,
        Kind::Integer,
        Kind::Decimal,
        Kind::Date,
        Kind::DateTime,
        Kind::Time,
        Kind::YearMonth,
        Kind::Year,
        Kind::YearRange,
        Kind::Code,
        Kind::Codes,
        Kind::Url,
        Kind::Json,
    ]);
    let numbers = proptest::collection::vec(maybe(0u32..99_999), 5);
    let texts = proptest::collection::vec(maybe(words()), 8);
    let lists = proptest::collection::vec(proptest::collection::vec(line(), 0..3), 2);
    let flags = (any::<bool>(), any::<bool>(), 0usize..3, 0usize..3, 0usize..4);
    let rest = (maybe("\\^[a-z]{1,3}"), proptest::sample::select(vec![",", "||", " ", "\t", "\n"]));
    (kinds, numbers, texts, lists, flags, rest).prop_map(
        move |(kind, numbers, texts, lists, flags, (pattern, separator))| {
            let (required, referring, sensitive, letter, condition) = flags;
            let coded = matches!(kind, Kind::Code | Kind::Codes);
            let pattern = pattern.filter(|_| !matches!(kind, Kind::YearMonth | Kind::YearRange));
            let when = |note: &str| Condition {
                column: Some("XXDM".into()),
                equals: vec!["1".into(), "2,3".into()],
                note: note.into(),
            };
            let mut values = lists[0].clone();
            values.dedup();
            // An alias that another heading already is would not be a heading of its own.
            let aliases: Vec<String> =
                lists[1].iter().zip(0..).map(|(alias, at)| format!("{column}{alias}{at}")).collect();
            Field {
                no,
                item_id: texts[0].clone().unwrap_or_default(),
                title: format!("{column}的标题"),
                printed_type: ['C', 'N', 'T'][letter],
                kind,
                max_length: numbers[0],
                precision: numbers[1],
                scale: numbers[2],
                required,
                code_list: coded.then(|| "L_1".to_owned()),
                separator: (kind == Kind::Codes).then(|| separator.to_owned()),
                format: texts[1].clone().or_else(|| pattern.clone()),
                pattern,
                unit: texts[2].clone(),
                example: texts[3].clone(),
                required_when: match condition {
                    1 => Some(when("")),
                    2 => Some(when("有时")),
                    3 => Some(Condition { column: None, equals: Vec::new(), note: "有时".into() }),
                    _ => None,
                },
                conditional_value: (condition == 1 && !coded).then(|| (when(""), "P".to_owned())),
                values,
                max_items: numbers[3],
                max_chars: numbers[4],
                sensitivity: [Sensitivity::None, Sensitivity::Personal, Sensitivity::Special][sensitive],
                references: if referring {
                    vec![Reference { table: "T_1".into(), column: "XXDM".into() }]
                } else {
                    Vec::new()
                },
                reference_basis: texts[4].clone(),
                description: texts[5].clone(),
                doubts: texts[6].iter().map(|text| Doubt { kind: DoubtKind::Length, text: text.clone() }).collect(),
                aliases,
                own: false,
                column: column.clone(),
            }
        },
    )
}

fn table(name: String, no: u32) -> impl Strategy<Value = Table> {
    let columns = proptest::collection::btree_set(name_of_column(), 0..4);
    let fields = columns.prop_flat_map(|columns| {
        let system = [KEY_COLUMN, SCHOOL_COLUMN, COLLECTED_COLUMN].map(str::to_owned);
        let all: Vec<_> = system.into_iter().chain(columns).zip(1..).map(|(column, no)| field(column, no)).collect();
        // The column that conditions name has no condition itself.
        all.prop_map(|mut fields: Vec<Field>| {
            fields[1].required_when = None;
            fields[1].conditional_value = None;
            fields[1].kind = Kind::Text;
            (fields[1].code_list, fields[1].separator) = (None, None);
            fields
        })
    });
    let texts = proptest::collection::vec(maybe(words()), 5);
    let frequency = proptest::sample::select(vec![
        Frequency::Day,
        Frequency::Week,
        Frequency::Month,
        Frequency::Term,
        Frequency::Year,
        Frequency::Once,
        Frequency::AsNeeded,
    ]);
    (fields, texts, frequency, proptest::sample::select(PeriodKind::EACH.to_vec()), 0usize..3, words()).prop_map(
        move |(fields, texts, frequency, period, association, title)| Table {
            no,
            name: name.clone(),
            title: format!("{title}{no}"),
            subset: "S".into(),
            data_class: "S01".into(),
            data_subclass: "S0101".into(),
            source_system: texts[0].clone(),
            frequency,
            frequency_text: texts[1].clone().unwrap_or_default(),
            scope: texts[2].clone().unwrap_or_default(),
            period,
            event: None,
            association: match association {
                0 => Association::None,
                1 => Association::Unspecified,
                _ => Association::Listed(vec!["T_1".into()]),
            },
            association_doubt: texts[3].clone(),
            primary_key: KEY_COLUMN.into(),
            key_rule: KeyRule {
                basis: texts[1].clone(),
                period: [KeyPeriod::Never, KeyPeriod::Undated, KeyPeriod::Always][association],
                period_basis: texts[2].clone(),
                repeats: texts[3].clone(),
                merge: [None, Some(Merge::Sum), Some(Merge::Average)][association],
            },
            natural_key: fields.iter().skip(3).map(|f| f.column.clone()).collect(),
            fields,
            doubt: texts[4].clone(),
            department: texts[0].clone(),
            own: false,
        },
    )
}

fn name_of_column() -> impl Strategy<Value = String> {
    name().prop_filter("no system column", |n| ![KEY_COLUMN, SCHOOL_COLUMN, COLLECTED_COLUMN].contains(&n.as_str()))
}

/// Any small edition.
pub fn edition() -> impl Strategy<Value = Edition> {
    let tables =
        (1u32..4).prop_flat_map(|count| (1..=count).map(|no| table(format!("T_{no}"), no)).collect::<Vec<_>>());
    let lists = (1u32..4).prop_flat_map(|count| (1..=count).map(|no| list(format!("L_{no}"), no)).collect::<Vec<_>>());
    (tables, lists, words(), maybe(words()), proptest::collection::vec(words(), 0..3)).prop_map(
        |(tables, lists, title, version, issuers)| Edition {
            id: "small-2026.11".into(),
            level: "中职".into(),
            title,
            version,
            revision: "1.2.3".into(),
            issued: "2026-11".into(),
            issuers,
            subsets: vec![Subset { code: "S".into(), name: "子集".into() }],
            classes: vec![Class {
                code: "S01".into(),
                name: "类".into(),
                subset: "S".into(),
                subclasses: vec![Subclass { code: "S0101".into(), name: "子类".into() }],
            }],
            tables,
            code_lists: lists.into_iter().map(|list| (list.id.clone(), Arc::new(list))).collect(),
            national: STANDARDS.all_national().clone(),
            rules: Vec::new(),
            crosswalks: BTreeMap::new(),
            templates: Templates::default(),
        },
    )
}
