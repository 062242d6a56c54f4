//! Reading standards/ strictly: an error names its place, and an edition with an error is not loaded.
//!
//! A folder of standards holds packages (Data Package v2): one per edition, and `national` with the code lists that
//! editions share. Beside them, `rules/` holds the rules that editions share. Every file must be listed by its
//! package and every listed file must be there; every key must be known; every name that is used must exist. An edition
//! with an error does not load in part.
//!
//! - `files`: the files, built in or from a folder
//! - `package`: a package by its `datapackage.json`
//! - `schema`: one table's Table Schema, as it is written
//! - `table`: from the schema to the model
//! - `codes`: code lists
//! - `rules`: rule files
//! - `crosswalk`: from older editions to this one
//! - `templates`: workbooks that are known
//! - `cross`: what can only be checked when all is read: references, conditions, codes used
//!
//! Whether the contents agree with the printed standard is not checked here.

mod codes;
mod cross;
mod crosswalk;
mod error;
mod files;
mod package;
mod rules;
mod schema;
mod table;
mod templates;

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::thread;

pub use error::LoadError;

use crate::{CodeList, Edition};
pub use files::Package;
use files::{Files, Packages};
pub(crate) use package::SCHEMA as PACKAGE_SCHEMA;
use rules::{SHARED_RULES, SharedRules};
pub(crate) use schema::{SCHEMA as TABLE_SCHEMA, Type, is_name};
pub(crate) use table::shape;

/// The package of the national lists.
const NATIONAL: &str = "national";

/// All editions that are at hand.
#[derive(Debug, Clone)]
pub struct Standards {
    editions: Vec<Arc<Edition>>,
    national: BTreeMap<String, Arc<CodeList>>,
    national_revision: Option<String>,
}

impl Standards {
    /// The editions that were built into the program. They are read once, however often they are asked for.
    pub fn builtin() -> Result<Standards, LoadError> {
        static READ: LazyLock<Result<Standards, LoadError>> = LazyLock::new(|| Standards::load(files::builtin()));
        READ.clone()
    }

    /// The editions of a folder that is laid out like standards/.
    pub fn load_folder(folder: &Path) -> Result<Standards, LoadError> {
        Standards::load(files::folder(folder)?)
    }

    fn load(mut packages: Packages) -> Result<Standards, LoadError> {
        let (national_revision, national) = match packages.remove(NATIONAL) {
            Some(files) => package::national(files).map(|(revision, lists)| (Some(revision), lists))?,
            None => (None, BTreeMap::new()),
        };
        let shared = packages.remove(SHARED_RULES).map(SharedRules::new).transpose()?.unwrap_or_default();
        // The program cannot start before the standards are read, so each edition is read on a thread of its own.
        let editions: Vec<Result<Arc<Edition>, LoadError>> = thread::scope(|scope| {
            let load = |(id, files): (String, Files)| {
                let (shared, national) = (&shared, &national);
                scope.spawn(move || package::edition(&id, files, shared, national).map(Arc::new))
            };
            let loading: Vec<_> = packages.into_iter().map(load).collect();
            loading.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        });
        let editions: Vec<Arc<Edition>> = editions.into_iter().collect::<Result<_, _>>()?;
        shared.finish()?;
        for edition in &editions {
            crosswalk::check_old(edition, editions.iter().map(|older| &**older))?;
        }
        Ok(Standards { editions, national, national_revision })
    }

    /// Reads an edition that is not built in, as strictly as the others; `id` is the name that its files must carry.
    /// It is not added to these. Its rules are all in its own files: it cannot take shared ones.
    pub fn read(&self, id: &str, package: Package) -> Result<Edition, LoadError> {
        let edition = package::edition(id, Files::new(id, package), &SharedRules::default(), &self.national)?;
        crosswalk::check_old(&edition, self.editions.iter().map(|older| &**older))?;
        Ok(edition)
    }

    /// The edition of this id.
    pub fn edition(&self, id: &str) -> Option<Arc<Edition>> {
        self.editions.iter().find(|edition| edition.id == id).cloned()
    }

    /// All editions, by id.
    pub fn editions(&self) -> &[Arc<Edition>] {
        &self.editions
    }

    /// All national lists by id.
    pub fn all_national(&self) -> &BTreeMap<String, Arc<CodeList>> {
        &self.national
    }

    /// Version of the national lists, which are refreshed on their own; absent where there are none.
    pub fn national_revision(&self) -> Option<&str> {
        self.national_revision.as_deref()
    }

    /// The national list of this id.
    pub fn national(&self, id: &str) -> Option<&Arc<CodeList>> {
        self.national.get(id)
    }
}
