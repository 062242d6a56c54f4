//! The crosswalk of two editions: the facts about the change that a comparison of the two editions cannot find.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use standard::write::Object;

use super::facts;
use crate::run::Failure;

const OURS: &str = include_str!("crosswalk.toml");

/// crosswalk.toml: our words for the researchers' notes, and our decisions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ours {
    words: BTreeMap<String, String>,
    moved: BTreeMap<String, Vec<String>>,
    convert: BTreeMap<String, BTreeMap<String, String>>,
    gone: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Facts {
    from: String,
    to: String,
    global_changes: Vec<Global>,
    tables: Tables,
    code_lists: CodeLists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Global {
    column: Option<String>,
    kind: Option<String>,
    change: String,
}

#[derive(Deserialize)]
struct Tables {
    removed: Vec<Named>,
    renamed: Vec<IgnoredAny>,
    successions: Vec<Succession>,
    changed: Vec<Changed>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Succession {
    kind: String,
    from: Vec<String>,
    to: Vec<String>,
    basis: String,
    #[serde(rename = "columns")]
    _columns: Option<IgnoredAny>,
    #[serde(default)]
    moved: Vec<Moved>,
    #[serde(default)]
    constant: Vec<Constant>,
    #[serde(default)]
    lost: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    column: String,
    to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Constant {
    table: String,
    column: String,
    value: String,
}

#[derive(Deserialize)]
struct Changed {
    name: String,
    fields_replaced: Vec<Replaced>,
}

#[derive(Deserialize)]
struct Replaced {
    from: String,
    to: String,
    basis: String,
}

#[derive(Deserialize)]
struct CodeLists {
    changed: Vec<ChangedList>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangedList {
    id: String,
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "added")]
    _added: IgnoredAny,
    removed: Vec<RemovedCode>,
    #[serde(rename = "renamed")]
    _renamed: IgnoredAny,
    warning: Option<String>,
}

#[derive(Deserialize)]
struct RemovedCode {
    code: String,
}

/// The file's text. `from` and `to`: id of each edition and its name in the facts.
pub fn file(facts: &Path, name: &str, from: (&str, &str), to: &str) -> Result<String, Failure> {
    told(name, &facts::read_json(facts, name)?, OURS, from, to)
}

fn told(name: &str, read: &Facts, ours: &str, from: (&str, &str), to: &str) -> Result<String, Failure> {
    let ours: Ours = toml::from_str(ours).map_err(|e| Failure(format!("crosswalk.toml: {e}")))?;
    if (read.from.as_str(), read.to.as_str()) != (from.1, to) || !read.tables.renamed.is_empty() {
        return Err(Failure(format!("{name}: from {} to {}, or with renamed tables", read.from, read.to)));
    }
    let mut deriving = Deriving { ours: &ours, used: BTreeSet::new() };
    let text = deriving.derive(read, from.0).map_err(|words| Failure(format!("{name}: {words}")))?;
    let known = deriving.ours.words.keys().map(String::as_str);
    match known.into_iter().find(|words| !deriving.used.contains(*words)) {
        None => Ok(text),
        Some(words) => Err(Failure(format!("crosswalk.toml: nothing says any more: {words}"))),
    }
}

struct Deriving<'a> {
    ours: &'a Ours,
    /// Notes of the facts that were met.
    used: BTreeSet<String>,
}

impl Deriving<'_> {
    fn derive(&mut self, read: &Facts, from: &str) -> Result<String, String> {
        let mut notes = Vec::new();
        for global in &read.global_changes {
            let about = global.column.as_ref().or(global.kind.as_ref()).ok_or("a change of nothing")?;
            notes.push(self.words(&format!("{about}: {}", global.change))?);
        }
        notes.retain(|note| !note.is_empty());
        let mut tables = Vec::new();
        for succession in &read.tables.successions {
            for table in &succession.from {
                tables.push(self.succession(succession, table)?);
            }
        }
        let told = |name: &str| read.tables.successions.iter().any(|s| s.from.iter().any(|from| from == name));
        if let Some(silent) = read.tables.removed.iter().find(|table| !told(&table.name)) {
            return Err(format!("nothing says what became of {}", silent.name));
        }
        let mut columns = Vec::new();
        for table in &read.tables.changed {
            for replaced in &table.fields_replaced {
                columns.push(self.replacement(&table.name, replaced)?);
            }
        }
        let mut codes = Vec::new();
        for list in read.code_lists.changed.iter().filter(|l| l.warning.is_some() || !l.removed.is_empty()) {
            codes.push(self.codes(list)?);
        }
        let mut file = Object::default();
        file.put("from", from);
        file.put_list("notes", notes);
        file.put("tables", tables);
        file.put("columns", columns);
        file.put("codes", codes);
        Ok(file.into_text())
    }

    /// Our words for a note of the facts.
    fn words(&mut self, note: &str) -> Result<String, String> {
        self.used.insert(note.to_owned());
        self.ours.words.get(note).cloned().ok_or_else(|| format!("no words for {note:?}"))
    }

    fn succession(&mut self, s: &Succession, table: &str) -> Result<Value, String> {
        let kind = match s.kind.as_str() {
            kind @ ("replaced" | "merged" | "dropped") => kind,
            "split off" => "split-off",
            other => return Err(format!("{table}: succession {other:?}")),
        };
        let to = match s.to.as_slice() {
            [] => None,
            [to] => Some(to.as_str()),
            several => return Err(format!("{table}: {} successors", several.len())),
        };
        let constants = s.constant.iter().filter(|c| c.table == table);
        let constants: Vec<Value> = constants.map(|c| json!({ "column": c.column, "value": c.value })).collect();
        let moved = s.moved.iter().map(|m| self.moved(table, m)).collect::<Result<Vec<Value>, _>>()?;
        let mut lost = Vec::new();
        for text in &s.lost {
            let (place, _) = text.split_once(" (").ok_or_else(|| format!("no remark in {text:?}"))?;
            let (from, column) = place.split_once('.').ok_or_else(|| format!("no column in {text:?}"))?;
            if from == table {
                lost.push(json!({ "column": column, "note": self.words(text)? }));
            }
        }
        let mut entry = Object::default();
        entry.put("from", table);
        entry.put("kind", kind);
        entry.put_some("to", to);
        entry.put_list("constants", constants);
        entry.put_list("moved", moved);
        entry.put_list("lost", lost);
        entry.put("judgement", s.basis.starts_with("judgement"));
        entry.put("note", self.words(&s.basis)?);
        Ok(entry.into())
    }

    fn moved(&self, table: &str, moved: &Moved) -> Result<Value, String> {
        let (place, remark) = moved.to.split_once(" (").unwrap_or((&moved.to, ""));
        let way = match remark {
            "" => "record",
            "one row per course and certificate)" => "new-record",
            "already there)" => "already",
            other => return Err(format!("{table}: moved with the remark {other:?}")),
        };
        let (third, to) = place.split_once('.').ok_or_else(|| format!("no column in {:?}", moved.to))?;
        let by = self.ours.moved.get(&format!("{table}.{}", moved.column)).cloned().unwrap_or_default();
        let mut entry = Object::default();
        entry.put("column", moved.column.as_str());
        entry.put("table", third);
        entry.put("to", to);
        entry.put("way", way);
        entry.put_list("by", by);
        Ok(entry.into())
    }

    fn replacement(&mut self, table: &str, replaced: &Replaced) -> Result<Value, String> {
        let said = |words: &str| replaced.basis.contains(words);
        let values = match (said("values can be kept"), said("cannot be converted") || said("by hand")) {
            (true, false) => "keep",
            (false, true) => "by-hand",
            _ => return Err(format!("{table}.{}: do the values come along?", replaced.from)),
        };
        let judgement = replaced.basis.starts_with("judgement");
        let note = self.words(&replaced.basis)?;
        Ok(json!({
            "table": table, "from": replaced.from, "to": replaced.to, "values": values, "judgement": judgement,
            "note": note,
        }))
    }

    fn codes(&mut self, list: &ChangedList) -> Result<Value, String> {
        let convert = self.ours.convert.get(&list.id);
        let gone = self.ours.gone.get(&list.id);
        let note = match (&list.warning, convert, list.removed.is_empty(), gone) {
            (Some(warning), Some(_), true, None) => self.words(warning)?,
            (None, None, false, Some(note)) => note.clone(),
            _ => return Err(format!("{}: facts and crosswalk.toml do not agree", list.id)),
        };
        let pairs = convert.into_iter().flatten().map(|(from, to)| json!({ "from": from, "to": to }));
        let mut entry = Object::default();
        entry.put("list", list.id.as_str());
        entry.put_list("convert", pairs.collect::<Vec<Value>>());
        entry.put_list("gone", list.removed.iter().map(|c| c.code.as_str()).collect());
        entry.put("judgement", convert.is_some());
        entry.put("note", note);
        Ok(entry.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = r#"
        [words]
        "judgement: the same" = "内容相同"
        "they changed places" = "含义互换"
        [moved]
        "ODS_A.B" = ["K"]
        [convert.L]
        1 = "2"
        [gone]
    "#;

    fn facts() -> Value {
        json!({
            "from": "gz-1", "to": "gz-2", "global_changes": [],
            "tables": {
                "removed": [{ "name": "ODS_A" }], "renamed": [], "changed": [],
                "successions": [{
                    "kind": "replaced", "from": ["ODS_A"], "to": ["ODS_Z"], "basis": "judgement: the same",
                    "columns": null, "moved": [{ "column": "B", "to": "ODS_C.B" }],
                }],
            },
            "code_lists": { "changed": [{
                "id": "L", "title": "", "added": [], "removed": [], "renamed": [], "warning": "they changed places",
            }] },
        })
    }

    fn derived(facts: Value, words: &str) -> Result<Value, String> {
        let read: Facts = serde_json::from_value(facts).map_err(|e| e.to_string())?;
        let text = told("x.json", &read, words, ("gaozhi-1", "gz-1"), "gz-2").map_err(|failure| failure.0)?;
        serde_json::from_str(&text).map_err(|e| e.to_string())
    }

    #[test]
    fn says_what_a_comparison_cannot_tell() {
        let expected = json!({
            "from": "gaozhi-1",
            "tables": [{
                "from": "ODS_A", "kind": "replaced", "to": "ODS_Z",
                "moved": [{ "column": "B", "table": "ODS_C", "to": "B", "way": "record", "by": ["K"] }],
                "judgement": true, "note": "内容相同",
            }],
            "columns": [],
            "codes": [{ "list": "L", "convert": [{ "from": "1", "to": "2" }], "judgement": true, "note": "含义互换" }],
        });
        assert_eq!(derived(facts(), WORDS).unwrap(), expected);
    }

    #[test]
    fn nothing_of_the_facts_gets_lost() {
        let mut silent = facts();
        silent["tables"]["removed"][0]["name"] = json!("ODS_B");
        assert_eq!(derived(silent, WORDS).unwrap_err(), "x.json: nothing says what became of ODS_B");
        let mut new = facts();
        new["tables"]["successions"][0]["basis"] = json!("another reason");
        assert_eq!(derived(new, WORDS).unwrap_err(), "x.json: no words for \"another reason\"");
        let old = WORDS.replace("[moved]", "\"an old reason\" = \"旧\"\n[moved]");
        let said = derived(facts(), &old).unwrap_err();
        assert_eq!(said, "crosswalk.toml: nothing says any more: an old reason");
        let mut unread = facts();
        unread["code_lists"]["changed"][0]["warning"] = Value::Null;
        unread["code_lists"]["changed"][0]["removed"] = json!([{ "code": "9" }]);
        assert_eq!(derived(unread, WORDS).unwrap_err(), "x.json: L: facts and crosswalk.toml do not agree");
    }
}
