//! Several records: a name agrees with the record that its number names; one value for each key.

use super::sample::{records, value};
use super::{Made, Place, Sql, listed, spoken};
use crate::rule::{RuleFault, fault};
use crate::{Field, Kind, Sensitivity, Table};

/// A name agrees with that of a record of another table, which a number of the same record names. Where the number may
/// be that of one of several tables (a student's or a teacher's), the name agrees with one of them.
///
/// That record may stand in any period: the newest one in which it has a name counts. If no record has the number, the
/// check of references reports that. Names that differ only in blanks, width, middle dots or the form of brackets
/// agree; with `part = true` also a name that contains the other. The name of that record is the suggestion.
pub fn name_agrees(place: &Place<'_>) -> Result<Made, RuleFault> {
    let [name, number] = place.exactly()?;
    let named = named(place, name, number)?;
    let (table, ours) = (&place.table.name, &name.column);
    let newest: Vec<String> = named.iter().map(Named::newest).collect();
    // The plain comparison comes first: it is much quicker, and nearly all names are equal.
    let mut same = format!("trim(o.name) = trim(t.{ours}) OR tb_plain_name(o.name) = tb_plain_name(t.{ours})");
    if place.line.part {
        let within = |a: &str, b: &str| format!(" OR instr(tb_plain_name({a}), tb_plain_name({b})) > 0");
        let column = format!("t.{ours}");
        same += &within(&column, "o.name");
        same += &within("o.name", &column);
    }
    let select = format!(
        "SELECT t._row, min(o.name) AS expected, min(o.name) AS _suggestion
FROM {table} t JOIN (
{}
) o ON o.number = t.{}
GROUP BY t._row HAVING max({same}) = 0",
        newest.join("\nUNION ALL\n"),
        number.column
    );
    let is_open = |field: &Field| field.sensitivity == Sensitivity::None;
    let shows_name = is_open(name) && named.iter().all(|one| is_open(one.name));
    let known = |one: &Named<'_>| {
        let key = if is_open(number) {
            format!("{}“{{{}}}”", number.title, number.column)
        } else {
            format!("同一{}", one.number.title)
        };
        format!("《{}》中{key}的{}", one.table.short_title(), one.name.title)
    };
    let known: Vec<String> = named.iter().map(known).collect();
    let expected = if shows_name { "“{expected}”" } else { "" };
    let message = format!("{}与{}{expected}不一致。", spoken(0, name), listed(&known, "或"));
    let reason = if is_open(name) {
        format!("同一{}在各表中的{}应当相同，两项中可能有一项填错了。", number.title, name.title)
    } else {
        format!("{}或{}可能填错了，名单错行时常见；改过名的请两处都用现名。", number.title, name.title)
    };
    let case = |one: &Named<'_>, ours: String, known: String| {
        let key = value(place.edition, number, false);
        records(vec![
            (table.as_str(), vec![vec![(&number.column, key.clone()), (&name.column, ours)]]),
            (&one.table.name, vec![vec![(&one.number.column, key), (&one.name.column, known)]]),
        ])
    };
    let (mut pass, mut fail) = (Vec::new(), Vec::new());
    for one in &named {
        let [right, other] = [false, true].map(|second| value(place.edition, one.name, second));
        pass.push(case(one, right.clone(), right.clone()));
        fail.push(case(one, other, right));
        if !matches!(name.kind, Kind::Code | Kind::Codes) {
            let [ours, known] = WRITTEN_OTHERWISE[usize::from(is_open(name))].map(str::to_owned);
            pass.push(case(one, ours, known));
        }
    }
    Ok(Made { sql: Sql::Select(select), message, reason, basis: None, pass, fail })
}

/// The same name in two ways of writing: of a person, of a thing.
const WRITTEN_OTHERWISE: [[&str; 2]; 2] = [["阿卜杜拉.买买提", "阿卜杜拉·买买提"], ["示例（一） ", "示例(一)"]];

/// A table that holds the record of a number, with the columns of its number and its name.
struct Named<'e> {
    table: &'e Table,
    number: &'e Field,
    name: &'e Field,
}

impl Named<'_> {
    /// Numbers with the names that they have in their newest period.
    fn newest(&self) -> String {
        let (table, number, name) = (&self.table.name, &self.number.column, &self.name.column);
        format!(
            "SELECT k.{number} AS number, k.{name} AS name FROM all_{table} k
JOIN (SELECT {number} AS number, max(_period) AS newest FROM all_{table} WHERE {name} IS NOT NULL GROUP BY {number}) n
  ON n.number = k.{number} AND n.newest = k._period"
        )
    }
}

/// The tables of the number, as the line says them, else as the field's references do.
fn named<'e>(place: &Place<'e>, name: &Field, number: &'e Field) -> Result<Vec<Named<'e>>, RuleFault> {
    let line = place.line;
    let numbers: Vec<(&str, &str)> = match &line.number {
        Some(numbers) => numbers.split_whitespace().map(|one| one.split_once('.').unwrap_or((one, ""))).collect(),
        None => number.references.iter().map(|one| (one.table.as_str(), one.column.as_str())).collect(),
    };
    if numbers.is_empty() {
        return Err(place.misfit(1, "a column with a reference, or the key number"));
    }
    let names: Vec<&str> = line.named.as_deref().unwrap_or(&name.column).split_whitespace().collect();
    let one = |(at, (table, column)): (usize, &(&str, &str))| {
        let found = place.edition.table(table).and_then(|table| Some((table, table.field(column)?)));
        let (table, number) =
            found.ok_or_else(|| fault("number", &format!("{table}.{column}"), "TABLE.COLUMN of the edition"))?;
        let name = names.get(at).or(names.last()).copied().unwrap_or_default();
        let name = table.field(name).ok_or_else(|| fault("named", name, "a column of the table of the number"))?;
        Ok(Named { table, number, name })
    };
    numbers.iter().enumerate().map(one).collect()
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
    // Different writings of a name count as one name; numbers must be equal.
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
