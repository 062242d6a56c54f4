//! Several records: a name agrees with the record that its number names; one value for each key.

use super::sample::{records, value};
use super::{Made, Place, Sql, listed, spoken};
use crate::rule::{CaseText, RuleFault, fault};
use crate::{Field, Kind, Sensitivity, Table};

/// A name agrees with that of a record of another table, which a number of the same record names.
///
/// That record may stand in any period: the newest one in which it has a name counts. Where no record has the number, this
/// is the matter of the check of references. Names that differ only in blanks, width, middle dots or the form of brackets
/// agree. The name of that record is the suggestion.
pub fn name_agrees(place: &Place<'_>) -> Result<Made, RuleFault> {
    let [name, number] = place.exactly()?;
    let (other, their_number) = other(place, number)?;
    let named = place.line.named.as_ref().unwrap_or(&name.column);
    let their_name = other.field(named).ok_or_else(|| fault("named", named, "a column of the table of the number"))?;
    let (table, theirs) = (&place.table.name, &other.name);
    let (a, b) = (&their_number.column, &their_name.column);
    let ours = &name.column;
    // The plain comparison comes first: it is much quicker, and nearly all names are equal.
    let select = format!(
        "SELECT t._row, min(k.{b}) AS expected, min(k.{b}) AS _suggestion
FROM {table} t
JOIN (SELECT {a} AS number, max(_period) AS newest FROM all_{theirs} WHERE {b} IS NOT NULL GROUP BY {a}) n ON n.number = t.{0}
JOIN all_{theirs} k ON k.{a} = n.number AND k._period = n.newest
GROUP BY t._row HAVING max(trim(k.{b}) = trim(t.{ours}) OR tb_plain_name(k.{b}) = tb_plain_name(t.{ours})) = 0",
        number.column
    );
    let is_open = |field: &Field| field.sensitivity == Sensitivity::None;
    let their_key = if is_open(number) {
        format!("{}“{{{}}}”", number.title, number.column)
    } else {
        format!("同一{}", their_number.title)
    };
    let expected = if is_open(name) && is_open(their_name) { "“{expected}”" } else { "" };
    let known = format!("《{}》中{their_key}的{}{expected}", other.short_title(), their_name.title);
    let message = format!("{}与{known}不一致。", spoken(0, name));
    let reason = if is_open(name) {
        format!("同一{}在各表中的{}应当相同，两项中可能有一项填错了。", number.title, name.title)
    } else {
        format!("{}或{}可能填错了，名单错行时常见；改过名的请两处都用现名。", number.title, name.title)
    };
    let case = |second: bool| {
        let key = value(place.edition, number, false);
        let [ours, known] = [second, false].map(|second| value(place.edition, their_name, second));
        records(vec![
            (table, vec![vec![(&number.column, key.clone()), (&name.column, ours)]]),
            (theirs, vec![vec![(a, key), (b, known)]]),
        ])
    };
    let mut pass = vec![case(false)];
    if !matches!(name.kind, Kind::Code | Kind::Codes) {
        pass.push(written_otherwise(place, (table, number, name), (theirs, a, b)));
    }
    Ok(Made { sql: Sql::Select(select), message, reason, basis: None, pass, fail: vec![case(true)] })
}

/// Two records with the same name in two ways of writing.
fn written_otherwise(
    place: &Place<'_>,
    (table, number, name): (&str, &Field, &Field),
    (theirs, their_number, their_name): (&str, &str, &str),
) -> CaseText {
    let key = value(place.edition, number, false);
    let [ours, known] = match name.sensitivity {
        Sensitivity::None => ["示例（一） ", "示例(一)"],
        _ => ["阿卜杜拉.买买提", "阿卜杜拉·买买提"],
    };
    records(vec![
        (table, vec![vec![(&number.column, key.clone()), (&name.column, ours.to_owned())]]),
        (theirs, vec![vec![(their_number, key), (their_name, known.to_owned())]]),
    ])
}

/// The table and the column of the number, as the line says it, else as the field's reference does.
fn other<'e>(place: &Place<'e>, number: &'e Field) -> Result<(&'e Table, &'e Field), RuleFault> {
    let (table, column) = match (&place.line.number, number.references.as_slice()) {
        (Some(named), _) => named.split_once('.').unwrap_or((named, "")),
        (None, [reference]) => (reference.table.as_str(), reference.column.as_str()),
        (None, _) => return Err(place.misfit(1, "a column with one reference, or the key number")),
    };
    let found = place.edition.table(table).and_then(|table| Some((table, table.field(column)?)));
    found.ok_or_else(|| fault("number", &format!("{table}.{column}"), "TABLE.COLUMN of the edition"))
}

/// All records with the same key have the same value.
pub fn one_per(place: &Place<'_>) -> Result<Made, RuleFault> {
    let fields = place.some()?;
    let one = place.line.one.as_deref().unwrap_or_default();
    let is_one = |field: &&&Field| field.column == one;
    let Some(value_field) = fields.iter().find(is_one) else {
        return Err(fault("one", one, "one of the columns"));
    };
    let keys: Vec<&Field> = fields.iter().filter(|field| !is_one(field)).copied().collect();
    if keys.is_empty() {
        return Err(fault("columns", one, "columns of a key, too"));
    }
    let table = &place.table.name;
    let columns: Vec<&str> = keys.iter().map(|field| field.column.as_str()).collect();
    let listed_columns = columns.join(", ");
    let joined: Vec<String> = columns.iter().map(|column| format!("g.{column} = a.{column}")).collect();
    // Names that are only written otherwise are one name; a number is what it is.
    let is_name = ["名称", "姓名", "全称"].iter().any(|end| value_field.title.ends_with(end));
    let distinct = if is_name { format!("tb_plain_name({one})") } else { format!("trim({one})") };
    let select = format!(
        "SELECT a._row, g.n FROM {table} a
JOIN (SELECT {listed_columns}, count(DISTINCT {distinct}) AS n FROM {table} GROUP BY {listed_columns}
  HAVING count(DISTINCT {distinct}) > 1) g ON {}
WHERE a.{one} IS NOT NULL",
        joined.join(" AND ")
    );
    let place_of = |field: &Field| fields.iter().position(|f| f.column == field.column).unwrap_or_default();
    let key_words: Vec<String> = keys
        .iter()
        .map(|key| match spoken(place_of(key), key) {
            title if title == key.title && keys.len() == 1 => format!("同一{title}"),
            words => words,
        })
        .collect();
    let tail = if fields[0].column == one { "，这里是“{value}”" } else { "" };
    let same = if keys.len() > 1 { "都相同的记录" } else { "" };
    let message = format!("{}{same}有{{n}}个不同的{}{tail}。", listed(&key_words, "、"), value_field.title);
    let titles: Vec<String> = keys.iter().map(|key| key.title.clone()).collect();
    let row = |second: bool| {
        let mut cells: Vec<(&str, String)> =
            keys.iter().map(|key| (key.column.as_str(), value(place.edition, key, false))).collect();
        cells.push((one, value(place.edition, value_field, second)));
        cells
    };
    let case = |second: bool| records(vec![(table, vec![row(false), row(second)])]);
    Ok(Made {
        sql: Sql::Select(select),
        message,
        reason: format!("同一{}的{}应当相同，可能有一项填错了。", listed(&titles, "、"), value_field.title),
        basis: None,
        pass: vec![case(false)],
        fail: vec![case(true)],
    })
}
