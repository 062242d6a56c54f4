//! The sheet 版本: the facts of the edition, its subsets and classes, one row each.

use super::cells::{Grid, Line, Row};
use super::fault::{Fault, Why};
use super::plan::{
    CLASS, EDITION, ID, ISSUED, ISSUER, PRINTED_VERSION, REVISION, SCHOOL, SUBCLASS, SUBSET, TEMPLATES_ORIGIN, TITLE,
};
use super::words::SCHOOLS;
use crate::{Class, Edition, Subclass, Subset};

/// What the sheet says.
#[derive(Default)]
pub struct Facts {
    pub id: String,
    pub level: String,
    pub title: String,
    pub version: Option<String>,
    pub revision: String,
    pub issued: String,
    pub templates_origin: Option<String>,
    pub issuers: Vec<String>,
    pub subsets: Vec<Subset>,
    pub classes: Vec<Class>,
}

pub fn rows(edition: &Edition) -> Vec<Vec<String>> {
    let fact = |name: &str, text: &str| Line::new(&EDITION).put("项目", name).put("内容", text);
    let mut lines = vec![
        fact(ID, &edition.id),
        fact(SCHOOL, &edition.level),
        fact(TITLE, &edition.title),
        fact(REVISION, &edition.revision),
        fact(ISSUED, &edition.issued),
    ];
    lines.extend(edition.version.iter().map(|version| fact(PRINTED_VERSION, version)));
    lines.extend(edition.issuers.iter().map(|issuer| fact(ISSUER, issuer)));
    let origin = Some(&edition.templates.origin).filter(|origin| !origin.is_empty());
    lines.extend(origin.map(|origin| fact(TEMPLATES_ORIGIN, origin)));
    lines.extend(edition.subsets.iter().map(|subset| fact(SUBSET, &subset.name).put("代码", &subset.code)));
    for class in &edition.classes {
        lines.push(fact(CLASS, &class.name).put("代码", &class.code).put("所属", &class.subset));
        let sub = |s: &Subclass| fact(SUBCLASS, &s.name).put("代码", &s.code).put("所属", &class.code);
        lines.extend(class.subclasses.iter().map(sub));
    }
    lines.into_iter().map(Line::done).collect()
}

pub fn read(grid: &Grid<'_>) -> Result<Facts, Fault> {
    let mut facts = Facts::default();
    let mut seen: Vec<(String, String, u32)> = Vec::new();
    for row in grid.rows() {
        let name = row.need("项目")?;
        let text = row.need("内容")?;
        let code = row.text("代码")?.unwrap_or_default();
        let part = matches!(name.as_str(), SUBSET | CLASS | SUBCLASS);
        if part && code.is_empty() {
            return row.fault("代码", Why::CellEmpty);
        }
        let twice = seen.iter().find(|(n, c, _)| *n == name && *c == code);
        if let Some((_, _, other)) = twice.filter(|_| name != ISSUER) {
            return row.fault(if part { "代码" } else { "项目" }, Why::Twice { other: *other });
        }
        take(&mut facts, &row, &name, text, code.clone())?;
        seen.push((name, code, row.line()));
    }
    let lacking = [
        (ID, &facts.id),
        (SCHOOL, &facts.level),
        (TITLE, &facts.title),
        (REVISION, &facts.revision),
        (ISSUED, &facts.issued),
    ];
    let lacking = lacking.into_iter().find(|(_, text)| text.is_empty()).map(|(name, _)| name);
    match lacking {
        Some(name) => Err(grid.lacks("项目", name, Why::FactMissing)),
        None => Ok(facts),
    }
}

fn take(facts: &mut Facts, row: &Row<'_>, name: &str, text: String, code: String) -> Result<(), Fault> {
    match name {
        ID if !is_id(&text) => return row.fault("内容", Why::BadId),
        ID => facts.id = text,
        SCHOOL => facts.level = row.need_word("内容", SCHOOLS)?.to_owned(),
        TITLE => facts.title = text,
        PRINTED_VERSION => facts.version = Some(text),
        REVISION if !is_revision(&text) => return row.fault("内容", Why::BadRevision),
        REVISION => facts.revision = text,
        ISSUED if !is_month(&text) => return row.fault("内容", Why::BadMonth),
        ISSUED => facts.issued = text,
        TEMPLATES_ORIGIN => facts.templates_origin = Some(text),
        ISSUER => facts.issuers.push(text),
        SUBSET => facts.subsets.push(Subset { code, name: text }),
        CLASS => {
            let subset = row.need("所属")?;
            if !facts.subsets.iter().any(|s| s.code == subset) {
                return row.fault("所属", Why::Unknown { target: SUBSET });
            }
            facts.classes.push(Class { code, name: text, subset, subclasses: Vec::new() });
        }
        SUBCLASS => {
            let of = row.need("所属")?;
            match facts.classes.iter_mut().find(|class| class.code == of) {
                Some(class) => class.subclasses.push(Subclass { code, name: text }),
                None => return row.fault("所属", Why::Unknown { target: CLASS }),
            }
        }
        _ => return row.fault("项目", Why::NotAWord { words: super::plan::FACTS.join("、") }),
    }
    Ok(())
}

/// Names of folders and packages: small letters, digits, `.`, `-`, `_`, a letter first.
fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_');
    let ends = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let (first, last) = (text.starts_with(|c: char| c.is_ascii_lowercase()), text.ends_with(ends));
    first && last && text.len() <= 64 && text.bytes().all(plain) && !text.contains("..") && text != "national"
}

fn is_month(text: &str) -> bool {
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    text.split_once('-').is_some_and(|(year, month)| {
        digits(year, 4) && digits(month, 2) && month.parse().is_ok_and(|m: u8| (1..=12).contains(&m))
    })
}

fn is_revision(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.len() <= 9 && part.bytes().all(|b| b.is_ascii_digit());
    text.split('.').count() == 3 && text.split('.').all(part)
}
