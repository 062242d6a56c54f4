//! The editions that are built into the program and those installed on this PC, each verified when it is read.

use std::sync::{Arc, PoisonError, RwLock};

use standard::{Edition, Standards};

use super::arrival::Arrival;
use super::at_hand::{AtHand, Origin};
use super::folder::{self, InstalledFile};
use super::publishers;
use super::revision::Revision;
use crate::session::api::CallError;
use crate::session::env::Env;

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
        let trusted = publishers::trusted(env).unwrap_or_default();
        let installed = folder::installed(env).into_iter().map(|kept| self.verified(env, kept, &trusted));
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

    fn verified(
        &self,
        env: &Env,
        InstalledFile { id, origin }: InstalledFile,
        trusted: &[package::Publisher],
    ) -> AtHand {
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

    /// The edition of this id, if it can be used.
    pub fn edition(&self, id: &str) -> Option<Arc<Edition>> {
        self.find(id).and_then(|one| one.edition.ok())
    }

    /// The entry of this id.
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

    /// Stores the file of an edition that was admitted, completely or not at all. Open books stay as they are.
    pub fn keep(&self, env: &Env, edition: &Edition, arrival: &Arrival) -> Result<(), CallError> {
        folder::keep(env, &edition.id, arrival.origin(), arrival.bytes()?.as_ref())?;
        self.read_again(env);
        Ok(())
    }

    /// Removes an installed edition. A built-in one of the same id can be used again.
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
/// package. One with a problem is shown with it, even where an older one could be used.
fn takes_the_place(new: &AtHand, old: &AtHand) -> bool {
    match (&new.edition, &old.edition) {
        (Ok(new), Ok(old)) => Revision::parse(&new.revision) > Revision::parse(&old.revision),
        (Ok(_), Err(_)) => old.origin != Origin::Builtin && new.origin >= old.origin,
        (Err(_), _) => new.origin >= old.origin,
    }
}
