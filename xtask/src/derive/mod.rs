//! `cargo xtask derive FACTS_DIR [EDITION...]`: standards/ from the facts.
//!
//! The facts folder holds what was read out of the published documents; standards/ is what the program is built from.
//! The command is run again whenever a fact was corrected. The order of the output is fixed, so that one corrected fact
//! changes only a few lines. Our own judgements, which are not facts, are in the four files of [`judgement`] and the
//! file of [`crosswalk`]. With `--check` it writes nothing and fails with the names of the files that would change.
//!
//! Rules (`rules/*.toml` of an edition, and standards/rules, which editions share) are written by hand and are left
//! alone.

mod crosswalk;
mod doubts;
mod edition;
mod facts;
mod folder;
mod judgement;
mod national;
mod period;
mod templates;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;
use std::path::Path;

use doubts::Doubts;
use folder::Files;
use judgement::Judgement;
use words::Words;

use crate::run::Failure;

/// An edition of the facts, and where and how its files are written.
struct Target {
    /// Name in the facts.
    facts: &'static str,
    /// Folder below standards/.
    id: &'static str,
    /// Version of our rendering: a stricter constraint is major, a looser one minor, wording a patch.
    version: &'static str,
    /// Folders of standards/rules whose rules the edition takes.
    rules: &'static [&'static str],
    /// File of the facts about the edition before it, and that edition's place in [`TARGETS`].
    crosswalk: Option<(&'static str, usize)>,
    /// File of the facts about workbooks that circulate for it.
    templates: Option<&'static str>,
}

const TEMPLATES: &str = "templates-zz.json";
const CROSSWALK: &str = "crosswalk-gz-2023.06-to-gz-2024.09.json";

const TARGETS: [Target; 3] = [
    Target {
        facts: "gz-2024.09",
        id: "gaozhi-2024.09",
        version: "1.0.0",
        rules: &["gaozhi"],
        crosswalk: Some((CROSSWALK, 1)),
        templates: None,
    },
    Target {
        facts: "gz-2023.06",
        id: "gaozhi-2023.06",
        version: "1.0.0",
        rules: &["gaozhi"],
        crosswalk: None,
        templates: None,
    },
    Target {
        facts: "zz-2023.06",
        id: "zhongzhi-2023.06",
        version: "1.0.0",
        rules: &[],
        crosswalk: None,
        templates: Some(TEMPLATES),
    },
];

/// Folder and version of the national lists.
const NATIONAL: (&str, &str) = ("national", "1.1.0");

/// The command with its words: `[--check] FACTS_DIR [EDITION...]`. Without editions: those that standards/ has.
pub fn command(words: &[&str], standards: &Path) -> Result<String, Failure> {
    let (flags, words): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.starts_with("--"));
    let check = match flags.as_slice() {
        [] => false,
        ["--check"] => true,
        _ => return Err(Failure("derive knows no other flag than --check".into())),
    };
    let Some((facts, editions)) = words.split_first() else {
        return Err(Failure("derive needs the folder of the facts".into()));
    };
    let files = derive(Path::new(facts), &chosen(editions, standards)?)?;
    if check { folder::compare(&files, standards) } else { folder::write(&files, standards) }
}

/// The targets that were named, or those that standards/ already has.
fn chosen(names: &[&str], standards: &Path) -> Result<Vec<&'static Target>, Failure> {
    let known = || TARGETS.iter().flat_map(|t| [t.id, t.facts]).collect::<Vec<_>>().join(", ");
    if names.is_empty() {
        return Ok(TARGETS.iter().filter(|t| standards.join(t.id).is_dir()).collect());
    }
    let find = |name: &&str| {
        let target = TARGETS.iter().find(|t| t.id == *name || t.facts == *name);
        target.ok_or_else(|| Failure(format!("no edition {name}; there are {}", known())))
    };
    names.iter().map(find).collect()
}

/// All files that the facts make, by folder of standards/ and path in it.
fn derive(facts: &Path, targets: &[&Target]) -> Result<Files, Failure> {
    let (judgement, words, doubts) = (Judgement::read()?, Words::read()?, Doubts::read()?);
    let mut index: Vec<facts::National> = facts::read_json(facts, "codes/index.json")?;
    words.national(&mut index)?;
    let lists: BTreeSet<&str> = index.iter().map(|list| list.id.as_str()).collect();
    let mut files = Files::default();
    national::package(facts, &index, NATIONAL.1, &mut files.folder(NATIONAL.0))?;
    for target in targets {
        let mut edition: facts::Edition = facts::read_json(facts, &format!("editions/{}.json", target.facts))?;
        if edition.edition != target.facts || edition.counted() != edition.counts {
            let (name, counted) = (&edition.edition, edition.counted());
            return Err(Failure(format!("{}: it calls itself {name} and holds {counted:?}", target.facts)));
        }
        words.edition(&mut edition)?;
        doubts.edition(target.id, &mut edition)?;
        let judged = judgement.of(target.id, &edition)?;
        let mut folder = files.folder(target.id);
        let model = edition::edition(&edition, target.id, target.version, &judged, &lists)?;
        for (path, bytes) in standard::write::package(&model) {
            let text = String::from_utf8(bytes).map_err(|e| Failure(format!("{path}: {e}")))?;
            folder.add(&path, text);
        }
        folder.add("datapackage.json", standard::write::datapackage(&model, target.rules));
        if let Some((name, at)) = target.crosswalk {
            let from = &TARGETS[at];
            let text = crosswalk::file(facts, name, (from.id, from.facts), target.facts)?;
            folder.add(&format!("crosswalks/{}.json", from.id), text);
        }
        if let Some(name) = target.templates {
            folder.add("templates.json", templates::file(facts, name, &edition)?);
        }
    }
    Ok(files)
}
