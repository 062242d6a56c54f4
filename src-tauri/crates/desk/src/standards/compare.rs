//! Two editions side by side.

use serde::Serialize;
use standard::compare::{Aspect, Change, Counts, FieldChange, ListChange, TableChange, Value, compare as compared};
use standard::{Code, Edition, search};

use super::crosswalk_view::CrosswalkView;
use crate::Desk;
use crate::session::api::CallError;
use crate::standards::api::compare::{
    AspectDifference, ChangeCounts, CodeDifference, CompareEditions, Comparison, ComparisonCounts, FieldDifference,
    ListDifference, RuleDifference, SubsetDifference, TableDifference,
};

/// `standard.compare`.
pub(crate) fn compare(desk: &Desk, request: CompareEditions) -> Result<Comparison, CallError> {
    let (from, to) = (desk.edition(Some(&request.from))?, desk.edition(Some(&request.to))?);
    let found = compared(&from, &to);
    let crosswalk = CrosswalkView::new(&from, &to);
    let kept_rules = to.rules.iter().filter(|rule| from.rules.iter().any(|r| r.id == rule.id)).count();
    let kept_fields = to.tables.iter().map(|table| {
        let before = from.table(&table.name);
        table.fields.iter().filter(|f| before.is_some_and(|b| b.field(&f.column).is_some())).count()
    });
    let title = |name: &str| {
        let table = to.table(name).or_else(|| from.table(name));
        table.map_or(name, |table| table.short_title()).to_owned()
    };
    Ok(Comparison {
        counts: ComparisonCounts {
            tables: counts(found.table_counts(), found.kept_tables),
            tables_with_fields: found.tables.iter().filter(|table| !table.fields.is_empty()).count(),
            fields: counts(found.field_counts(), kept_fields.sum()),
            lists: counts(found.list_counts(), found.kept_lists),
            rules: counts(found.rule_counts(), kept_rules),
        },
        subsets: found
            .subsets
            .iter()
            .map(|subset| SubsetDifference {
                change: subset.change,
                code: subset.code.clone(),
                before: subset.before.as_deref().map(short),
                after: subset.after.as_deref().map(short),
            })
            .collect(),
        notes: crosswalk.notes(),
        everywhere: found.everywhere.iter().map(|change| field(&crosswalk, "", change)).collect(),
        tables: found.tables.iter().map(|change| table(&crosswalk, change)).collect(),
        lists: found.lists.iter().map(|change| list(&crosswalk, &from, &to, change)).collect(),
        rules: found
            .rules
            .iter()
            .map(|rule| RuleDifference {
                change: rule.change,
                id: rule.id.clone(),
                table: rule.table.clone(),
                title: title(&rule.table),
                level: rule.level,
                message: rule.message.clone(),
            })
            .collect(),
        from: found.from,
        to: found.to,
    })
}

/// A subset's title without its ending.
fn short(title: &str) -> String {
    title.trim_end_matches("数据子集").to_owned()
}

fn counts(counts: Counts, kept: usize) -> ChangeCounts {
    let Counts { added, removed, changed, moved } = counts;
    ChangeCounts { added, removed, changed, moved, kept }
}

fn table(crosswalk: &CrosswalkView<'_>, change: &TableChange) -> TableDifference {
    let fields = change.fields.iter().map(|field| format!("{} {}", search::keys(&field.title), field.column));
    let own = format!("{} {}", search::keys(&change.title), change.name);
    let search: Vec<String> = std::iter::once(own).chain(fields).collect();
    TableDifference {
        change: change.change,
        table: change.name.clone(),
        title: change.title.clone(),
        subset: change.subset.clone(),
        aspects: change.aspects.iter().map(aspect).collect(),
        fields: change.fields.iter().map(|one| field(crosswalk, &change.name, one)).collect(),
        successions: crosswalk.successions(&change.name),
        search: search.join(" ").to_lowercase(),
    }
}

fn field(crosswalk: &CrosswalkView<'_>, table: &str, change: &FieldChange) -> FieldDifference {
    FieldDifference {
        change: change.change,
        column: change.column.clone(),
        title: change.title.clone(),
        aspects: change.aspects.iter().map(aspect).collect(),
        note: crosswalk.note_on_field(table, &change.column),
    }
}

fn list(crosswalk: &CrosswalkView<'_>, from: &Edition, to: &Edition, change: &ListChange) -> ListDifference {
    // Of a list that only one edition has, every code is listed.
    let all = |edition: &Edition| edition.code_lists.get(&change.id).map(|list| list.codes.clone()).unwrap_or_default();
    let whole = |code: &Code| CodeDifference {
        change: change.change.into(),
        code: code.code.clone(),
        before: (change.change == Change::Removed).then(|| code.name.clone()),
        after: (change.change == Change::Added).then(|| code.name.clone()),
    };
    let codes: Vec<CodeDifference> = match change.change {
        Change::Added => all(to).iter().map(whole).collect(),
        Change::Removed => all(from).iter().map(whole).collect(),
        Change::Changed | Change::Moved => {
            let codes = change.codes.iter().map(|code| CodeDifference {
                change: code.change.into(),
                code: code.code.clone(),
                before: code.before.clone(),
                after: code.after.clone(),
            });
            codes.collect()
        }
    };
    let names = codes.iter().flat_map(|code| [&code.before, &code.after]).flatten().map(|name| search::keys(name));
    let own = format!("{} {}", search::keys(&change.title), change.id);
    let search: Vec<String> = std::iter::once(own).chain(names).collect();
    ListDifference {
        change: change.change,
        id: change.id.clone(),
        title: change.title.clone(),
        before: change.before,
        after: change.after,
        aspects: change.aspects.iter().map(aspect).collect(),
        search: search.join(" ").to_lowercase(),
        note: crosswalk.note_on_list(&change.id),
        codes,
    }
}

fn aspect(aspect: &Aspect) -> AspectDifference {
    let value = |value: &Option<Value>| {
        value.as_ref().map(|value| match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Flag(true) => "yes".to_owned(),
            Value::Flag(false) => "no".to_owned(),
            Value::Frequency(frequency) => word(frequency),
            Value::Kind(kind) => word(kind),
        })
    };
    AspectDifference { what: aspect.what, before: value(&aspect.before), after: value(&aspect.after) }
}

/// The word that stands for an enum without fields on the wire.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}
