//! Installing an edition: it is read as strictly as the built-in ones, and admitted only where its id permits.

use std::borrow::Cow;
use std::sync::Arc;

use standard::load::Package;
use standard::{Edition, LoadError, Standards};

use super::at_hand::{AtHand, Origin};
use super::revision::Revision;
use crate::session::api::CallError;

/// The files of an edition, and where they come from.
pub(crate) struct Arrival {
    files: Package,
    signed: Option<Signed>,
}

/// Who signed a package.
pub(crate) struct Signed {
    pub publisher: String,
    pub fingerprint: String,
    package: Vec<u8>,
}

impl Arrival {
    /// Made from a definition workbook, without a signature.
    pub fn definition(files: Package) -> Arrival {
        Arrival { files, signed: None }
    }

    /// A signed package of a trusted publisher.
    pub fn package(package: Vec<u8>, trusted: &[package::Publisher]) -> Result<Arrival, CallError> {
        let opened = package::open(&package, trusted)?;
        let (publisher, fingerprint) = (opened.publisher, opened.fingerprint);
        Ok(Arrival { files: opened.files, signed: Some(Signed { publisher, fingerprint, package }) })
    }

    /// How it came.
    pub fn origin(&self) -> Origin {
        if self.signed.is_some() { Origin::Package } else { Origin::Definition }
    }

    /// Who signed it; absent for a definition workbook.
    pub fn signed(&self) -> Option<&Signed> {
        self.signed.as_ref()
    }

    /// Name of the publisher who signed it.
    pub fn publisher(&self) -> Option<&str> {
        self.signed.as_ref().map(|s| s.publisher.as_str())
    }

    /// The file to store: a package as it was received.
    pub fn bytes(&self) -> Result<Cow<'_, [u8]>, CallError> {
        match &self.signed {
            Some(signed) => Ok(Cow::Borrowed(&signed.package)),
            None => Ok(Cow::Owned(package::bundle(&self.files)?)),
        }
    }

    /// The edition, under the id that its files carry.
    pub(crate) fn edition(&self, standards: &Standards) -> Result<Edition, CallError> {
        let head = self.files.get("datapackage.json").map(|bytes| serde_json::from_slice(bytes));
        let name =
            head.and_then(Result::ok).and_then(|head: serde_json::Value| Some(head["name"].as_str()?.to_owned()));
        let id = name.ok_or_else(|| CallError::new("edition.no-head"))?;
        if !is_id(&id) {
            return Err(CallError::new("edition.bad-id").with("id", id.chars().take(60).collect::<String>()));
        }
        let edition = standards.read(&id, self.files.clone()).map_err(faulty)?;
        if Revision::parse(&edition.revision).is_none() {
            return Err(CallError::new("edition.bad-revision").with("revision", &edition.revision));
        }
        Ok(edition)
    }

    /// The edition, where it may be installed beside what is at hand.
    pub fn admitted(
        &self,
        builtin: &Standards,
        find: impl FnOnce(&str) -> Option<AtHand>,
    ) -> Result<Arc<Edition>, CallError> {
        let edition = Arc::new(self.edition(builtin)?);
        let Some(present) = find(&edition.id) else { return Ok(edition) };
        let refused = |code: &str| Err(CallError::new(code).with("edition", &edition.id));
        if self.origin() == Origin::Definition && builtin.edition(&edition.id).is_some() {
            return refused("edition.builtin-id");
        }
        if self.origin() == Origin::Definition && present.origin == Origin::Package {
            return refused("edition.signed-id");
        }
        match &present {
            AtHand { edition: Ok(present), .. }
                if Revision::parse(&edition.revision) <= Revision::parse(&present.revision) =>
            {
                Err(CallError::new("edition.not-newer")
                    .with("edition", &edition.id)
                    .with("revision", &edition.revision)
                    .with("present", &present.revision))
            }
            _ => Ok(edition),
        }
    }
}

/// An error in an edition that others made is not a failure of the program.
fn faulty(error: LoadError) -> CallError {
    CallError { params: CallError::from(error).params, ..CallError::new("edition.faulty") }
}

/// What can be the name of a folder and of a file on every system: small letters, digits, `.`, `_` and `-`.
fn is_id(id: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
    let reserved = |name: &str| {
        let numbered = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
        matches!(name, "con" | "prn" | "aux" | "nul" | "national")
            || numbered.is_some_and(|n| n.len() == 1 && n != "0" && n.bytes().all(|b| b.is_ascii_digit()))
    };
    (3..=60).contains(&id.len())
        && id.bytes().all(allowed)
        && id.as_bytes()[0].is_ascii_alphanumeric()
        && !id.ends_with('.')
        && !id.split('.').next().is_some_and(reserved)
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn an_id_can_be_a_file_name_everywhere() {
        for (id, good) in [
            ("gaozhi-2024.09", true),
            ("a_b", true),
            ("ab", false),
            ("", false),
            ("../x", false),
            ("Gaozhi", false),
            ("高职-2024", false),
            (".hidden", false),
            ("con.1", false),
            ("lpt1", false),
            ("national", false),
            ("end.", false),
        ] {
            assert_eq!(is_id(id), good, "{id}");
        }
    }
}
