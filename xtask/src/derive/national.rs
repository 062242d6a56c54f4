//! The package of the national lists.

use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};
use standard::write::{self, Object};
use standard::{Code, CodeList};

use super::facts::{self, National, NationalCode};
use super::folder::Package;
use crate::run::Failure;

const SCHEMA: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// Which codes that the facts list as codes of the past are still current: our judgement, in a file that people review.
const CURRENT: &str = include_str!("national_codes.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Judgement {
    current: Vec<Moved>,
}

/// Codes that leave one list for another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    from: String,
    to: String,
    note: String,
    codes: Vec<MovedCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MovedCode {
    code: String,
    name: String,
    parent: String,
}

impl Judgement {
    fn read() -> Result<Judgement, Failure> {
        toml::from_str(CURRENT).map_err(|e| Failure(format!("national_codes.toml: {e}")))
    }

    /// Takes the codes out of a list, or puts them where the order of codes has them.
    fn apply(&self, list: &str, codes: &mut Vec<Code>) -> Result<(), Failure> {
        for moved in self.current.iter().filter(|moved| moved.from == list) {
            for MovedCode { code, .. } in &moved.codes {
                let at = codes.iter().position(|known| known.code == *code);
                let at = at.ok_or_else(|| Failure(format!("national_codes.toml: {list} has no {code}")))?;
                codes.remove(at);
            }
        }
        for moved in self.current.iter().filter(|moved| moved.to == list) {
            for MovedCode { code, name, parent } in &moved.codes {
                let at = codes.iter().position(|known| known.code > *code).unwrap_or(codes.len());
                let (parent, note) = (Some(parent.clone()), Some(moved.note.clone()));
                codes.insert(at, Code { code: code.clone(), name: name.clone(), parent, note });
            }
        }
        Ok(())
    }
}

/// Adds the package.
pub fn package(facts: &Path, index: &[National], version: &str, into: &mut Package) -> Result<(), Failure> {
    let (mut resources, judgement) = (Vec::new(), Judgement::read()?);
    for list in index {
        let rows = facts::read_national(facts, &list.file)?;
        if rows.len() != list.rows {
            return Err(Failure(format!("{}: {} rows, the index says {}", list.file, rows.len(), list.rows)));
        }
        let some = |cell: String| (!cell.is_empty()).then_some(cell);
        let code = |c: NationalCode| Code { code: c.code, name: c.name, parent: some(c.parent), note: some(c.note) };
        let mut codes: Vec<Code> = rows.into_iter().map(code).collect();
        judgement.apply(&list.id, &mut codes)?;
        let made = CodeList::new(list.id.clone(), list.title.clone(), codes);
        into.add(&format!("codes/{}.csv", list.id), write::code_list(&made));
        resources.push(resource(list));
    }
    into.add("codes/schema.json", write::code_schema());
    let mut package = Object::default();
    package.put("$schema", SCHEMA);
    package.put("name", "national");
    package.put("title", "国家标准代码集");
    package.put("version", version);
    package.put("resources", resources);
    into.add("datapackage.json", package.into_text());
    Ok(())
}

fn resource(list: &National) -> Value {
    let mut resource = Object::default();
    resource.put("name", list.id.to_lowercase());
    resource.put("title", list.title.as_str());
    resource.put("type", "table");
    resource.put("path", format!("codes/{}.csv", list.id));
    resource.put("schema", "codes/schema.json");
    resource.put("sources", vec![json!({ "title": list.standard, "version": list.edition })]);
    resource.put("tianbao:completeness", list.completeness.as_str());
    resource.put("tianbao:basis", list.basis.as_str());
    resource.put_list("tianbao:doubts", list.doubts.clone());
    resource.into()
}
