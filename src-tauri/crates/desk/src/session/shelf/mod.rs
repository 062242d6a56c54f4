//! Editions at hand: those built into the program and those installed on this PC.
//!
//! - [`folder`]: the installed files in `editions/`, written whole or not at all
//! - [`arrival`]: what comes in, and whether it may
//! - [`publishers`]: whose packages are taken
//!
//! An installed edition stays the file that it came as, and is verified whenever the program starts: one that is damaged
//! or whose publisher is no longer trusted is listed with its problem, and takes nothing else with it. Books are never
//! touched here. They keep the id of their edition, and are brought up to its revision when they are opened.

pub(crate) mod arrival;
pub(crate) mod folder;
pub(crate) mod publishers;
mod revision;

use std::sync::{Arc, PoisonError, RwLock};

use standard::{Edition, Standards};

use crate::Env;
use crate::session::api::CallError;
use crate::start::api::EditionSummary;
pub(crate) use arrival::Arrival;
use folder::Kept;
use revision::Revision;

/// How an edition came to be at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// Built into the program.
    Builtin,
    /// From a definition workbook.
    Definition,
    /// From a signed package.
    Package,
}

impl Origin {
    fn word(self) -> &'static str {
        match self {
            Origin::Builtin => "builtin",
            Origin::Definition => "definition",
            Origin::Package => "package",
        }
    }
}

/// One edition at hand, or what stands in the way of it.
#[derive(Debug, Clone)]
pub(crate) struct AtHand {
    /// Id of the edition, such as `gaozhi-2024.09`.
    pub id: String,
    /// How it came.
    pub origin: Origin,
    /// Who signed it.
    pub publisher: Option<String>,
    /// The edition, or why it cannot be used.
    pub edition: Result<Arc<Edition>, CallError>,
}

/// The editions at hand; they change while the program runs.
pub(crate) struct Shelf {
    builtin: Standards,
    at_hand: RwLock<Vec<AtHand>>,
}

impl Shelf {
    /// Reads the built-in editions and the installed ones.
    pub fn open(env: &Env) -> Result<Shelf, CallError> {
        let shelf = Shelf { builtin: Standards::builtin()?, at_hand: RwLock::default() };
        shelf.read_again(env);
        Ok(shelf)
    }

    /// Reads what is installed anew.
    pub fn read_again(&self, env: &Env) {
        let trusted = publishers::trusted(env);
        let installed = folder::kept(env).into_iter().map(|kept| self.verified(env, kept, &trusted));
        let builtin = self.builtin.editions().iter().map(|edition| AtHand {
            id: edition.id.clone(),
            origin: Origin::Builtin,
            publisher: None,
            edition: Ok(edition.clone()),
        });
        let mut at_hand: Vec<AtHand> = Vec::new();
        for one in builtin.chain(installed) {
            match at_hand.iter_mut().find(|other| other.id == one.id) {
                None => at_hand.push(one),
                Some(other) if takes_the_place(&one, other) => *other = one,
                Some(_) => {}
            }
        }
        at_hand.sort_by(|a, b| a.id.cmp(&b.id));
        *self.at_hand.write().unwrap_or_else(PoisonError::into_inner) = at_hand;
    }

    fn verified(&self, env: &Env, Kept { id, origin }: Kept, trusted: &[package::Publisher]) -> AtHand {
        let read = || {
            let bytes = folder::read(env, &id, origin)?;
            let arrival = match origin {
                Origin::Package => Arrival::package(bytes, trusted)?,
                Origin::Definition | Origin::Builtin => Arrival::definition(package::unbundle(&bytes)?),
            };
            let edition = arrival.edition(&self.builtin)?;
            if edition.id == id {
                Ok((edition, arrival))
            } else {
                Err(CallError::new("edition.bad-id").with("id", &id))
            }
        };
        match read() {
            Ok((edition, arrival)) => {
                AtHand { id, origin, publisher: arrival.publisher().map(str::to_owned), edition: Ok(Arc::new(edition)) }
            }
            Err(problem) => AtHand { id, origin, publisher: None, edition: Err(problem) },
        }
    }

    /// All editions at hand, by id; those with a problem too.
    pub fn all(&self) -> Vec<AtHand> {
        self.at_hand.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The edition of this id, where it is at hand and whole.
    pub fn edition(&self, id: &str) -> Option<Arc<Edition>> {
        self.find(id).and_then(|one| one.edition.ok())
    }

    /// What is known of this id.
    pub fn find(&self, id: &str) -> Option<AtHand> {
        self.all().into_iter().find(|one| one.id == id)
    }

    /// The editions that can be used, by id.
    pub fn editions(&self) -> Vec<Arc<Edition>> {
        self.all().into_iter().filter_map(|one| one.edition.ok()).collect()
    }

    /// The built-in editions as they were built in.
    pub fn builtin(&self) -> &Standards {
        &self.builtin
    }

    /// Installs what came in, whole or not at all. Open books stay as they are.
    pub fn install(&self, env: &Env, arrival: &Arrival) -> Result<EditionSummary, CallError> {
        let edition = arrival.admitted(self)?;
        edition.rules.iter().try_for_each(|rule| crate::standards::own::may_run(&edition, rule))?;
        folder::keep(env, &edition.id, arrival.origin(), arrival.bytes()?.as_ref())?;
        self.read_again(env);
        let one = self
            .find(&edition.id)
            .ok_or_else(|| CallError::failed("an edition that was just put on the shelf is not there"))?;
        Ok(one.summary())
    }

    /// Takes an installed edition out. The built-in one that it stood in front of is at hand again.
    pub fn remove(&self, env: &Env, id: &str) -> Result<(), CallError> {
        match self.find(id) {
            None => Err(CallError::new("edition.unknown").with("edition", id)),
            Some(one) if one.origin == Origin::Builtin => Err(CallError::new("edition.builtin").with("edition", id)),
            Some(_) => {
                folder::remove(env, id)?;
                self.read_again(env);
                Ok(())
            }
        }
    }
}

/// Of two with one id the higher revision counts, so that an update of the program is not held back by an older
/// package. One with a problem is not passed over in silence for an older one.
fn takes_the_place(new: &AtHand, old: &AtHand) -> bool {
    match (&new.edition, &old.edition) {
        (Ok(new), Ok(old)) => Revision::parse(&new.revision) > Revision::parse(&old.revision),
        (Ok(_), Err(_)) => old.origin != Origin::Builtin && new.origin >= old.origin,
        (Err(_), _) => new.origin >= old.origin,
    }
}

impl AtHand {
    /// As listings show it.
    pub fn summary(&self) -> EditionSummary {
        let edition = self.edition.as_ref().ok();
        let text = |of: fn(&Edition) -> &String| edition.map(|e| of(e).clone()).unwrap_or_default();
        let title = text(|e| &e.title);
        EditionSummary {
            id: self.id.clone(),
            title: if title.is_empty() { self.id.clone() } else { title },
            issued: text(|e| &e.issued),
            level: text(|e| &e.level),
            tables: edition.map_or(0, |e| e.tables.len()),
            fields: edition.map_or(0, |e| e.field_count()),
            code_lists: edition.map_or(0, |e| e.code_lists.len()),
            codes: edition.map_or(0, |e| e.code_count()),
            rules: edition.map_or(0, |e| e.rules.len()),
            revision: text(|e| &e.revision),
            origin: self.origin.word().to_owned(),
            publisher: self.publisher.clone(),
            problem: self.edition.as_ref().err().cloned(),
        }
    }
}
