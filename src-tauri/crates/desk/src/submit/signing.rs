//! 复核: the consent of a second person, where the college asks for it. Each signer has a name and a password of their
//! own; what is kept of the password is what Argon2id makes of it. Every consent and every change of who is asked
//! stands in a log of the book.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{Batch, SignOff, SignOffKind};

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::env::rfc3339;
use crate::session::expiries::SETTING;
use crate::submit::api::{Consent, Expiry, SetSubmissionRules, SignOffEntry, SignedBatch, SubmissionRules};
use crate::submit::fingerprint::fingerprint;

/// Entries of the log that are shown.
const SHOWN: u64 = 100;

/// What is set for submissions, as the book holds it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    pub sign_off: bool,
    signers: Vec<Signer>,
    pub expiries: BTreeMap<String, Expiry>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Signer {
    name: String,
    /// 16 bytes in hex.
    salt: String,
    /// What Argon2id makes of the password, in hex.
    derived: String,
}

impl Kept {
    /// What the book holds. What cannot be read is damage: taken as not set, it would let records leave without a
    /// consent.
    pub fn of(open: &OpenBook) -> Result<Kept, CallError> {
        let damaged = |_| CallError::new("book.damaged").with("file", open.path.display());
        open.book.setting(SETTING)?.map_or(Ok(Kept::default()), |kept| serde_json::from_value(kept).map_err(damaged))
    }

    /// Names of all signers but one.
    pub fn signers_but(&self, person: &str) -> Vec<String> {
        self.signers.iter().map(|signer| signer.name.clone()).filter(|name| name != person).collect()
    }

    /// The name of the signer who consents; an error where the name or the password is wrong.
    fn consent(&self, given: &Consent) -> Result<String, CallError> {
        let name = given.name.trim();
        let signer = self.signers.iter().find(|signer| signer.name == name);
        let signer = signer.ok_or_else(|| CallError::new("sign-off.unknown-signer").with("name", name))?;
        let wrong = || CallError::new("sign-off.wrong-password").with("name", name);
        let mut salt = [0; 16];
        hex::decode_to_slice(&signer.salt, &mut salt).map_err(|_| wrong())?;
        let derived = vault::derive(&given.password, &salt).map_err(|_| wrong())?;
        if hex::encode(*derived) == signer.derived { Ok(signer.name.clone()) } else { Err(wrong()) }
    }
}

/// `submit.rules`.
pub(crate) fn rules(desk: &Desk, _: Nothing) -> Result<SubmissionRules, CallError> {
    let open = desk.opened()?;
    view(&open, Kept::of(&open)?)
}

fn view(open: &OpenBook, kept: Kept) -> Result<SubmissionRules, CallError> {
    let entry = |entry: SignOff| SignOffEntry {
        at: rfc3339(entry.at),
        what: entry.what,
        who: entry.who,
        prepared: entry.prepared,
        about: entry.about,
        batch: entry.batch,
        fingerprint: fingerprint(&entry.hash),
    };
    let log = open.book.sign_offs(0, SHOWN)?.into_iter().map(entry).collect();
    Ok(SubmissionRules { sign_off: kept.sign_off, signers: kept.signers_but(""), expiries: kept.expiries, log })
}

/// `submit.set_rules`.
pub(crate) fn set_rules(desk: &Desk, request: SetSubmissionRules) -> Result<SubmissionRules, CallError> {
    let open = desk.opened()?;
    let mut kept = Kept::of(&open)?;
    let changes_consent = request.sign_off.is_some() || request.add.is_some() || request.remove.is_some();
    let by = match &request.by {
        Some(by) => kept.consent(by)?,
        None if kept.sign_off && changes_consent => return Err(CallError::new("sign-off.ask-a-signer")),
        None => String::new(),
    };
    let mut log = Vec::new();
    let mut note = |what, about: &str| {
        log.push(SignOff {
            at: desk.clock.now(),
            what,
            who: by.clone(),
            prepared: open.settings().person,
            about: about.to_owned(),
            batch: None,
            hash: String::new(),
        });
    };
    if let Some(Consent { name, password }) = &request.add {
        let name = name.trim();
        if name.is_empty() {
            return Err(CallError::new("sign-off.no-name"));
        }
        let mut salt = [0; 16];
        (desk.env.random)(&mut salt);
        let derived = hex::encode(*vault::derive(password, &salt)?);
        kept.signers.retain(|signer| signer.name != name);
        kept.signers.push(Signer { name: name.to_owned(), salt: hex::encode(salt), derived });
        note(SignOffKind::SignerAdded, name);
    }
    if let Some(name) = &request.remove {
        let before = kept.signers.len();
        kept.signers.retain(|signer| signer.name != *name);
        if kept.signers.len() == before {
            return Err(CallError::new("sign-off.unknown-signer").with("name", name));
        }
        note(SignOffKind::SignerRemoved, name);
    }
    if let Some(asked) = request.sign_off.filter(|asked| *asked != kept.sign_off) {
        kept.sign_off = asked;
        note(if asked { SignOffKind::Asked } else { SignOffKind::NotAsked }, "");
    }
    if kept.sign_off && kept.signers.is_empty() {
        return Err(CallError::new("sign-off.no-signer"));
    }
    if let Some(expiries) = request.expiries {
        for text in expiries.values().flat_map(|expiry| [&expiry.account, &expiry.key]).filter(|text| !text.is_empty())
        {
            let bad = |_| CallError::new("settings.bad-value").with("name", "expiries").with("value", text);
            text.parse::<Date>().map_err(bad)?;
        }
        kept.expiries = expiries;
    }
    let value = serde_json::to_value(&kept).map_err(|_| CallError::failed("rules of submissions are not JSON"))?;
    // The log comes first: a change that it does not have must not hold.
    open.book.note_sign_offs(&log)?;
    open.book.set_setting(SETTING, &value)?;
    desk.tell(Changed::Book);
    view(&open, kept)
}

/// Whether and by whom what is frozen now is consented to.
pub(super) enum Signing {
    /// Nobody has to consent.
    NotAsked,
    /// Somebody has to, and nobody did: what is not consented to stays here.
    Missing,
    /// This signer does.
    By(String),
}

impl Signing {
    /// The consent that comes with a submission. A rehearsal needs none, because nothing leaves.
    pub fn of(open: &OpenBook, given: Option<&Consent>, rehearsal: bool) -> Result<Signing, CallError> {
        let kept = Kept::of(open)?;
        if !kept.sign_off || rehearsal {
            return Ok(Signing::NotAsked);
        }
        let Some(given) = given else { return Ok(Signing::Missing) };
        let who = kept.consent(given)?;
        let person = open.settings().person;
        if person.trim().is_empty() {
            return Err(CallError::new("sign-off.no-preparer"));
        }
        if person.trim() == who {
            return Err(CallError::new("sign-off.same-person").with("name", who));
        }
        Ok(Signing::By(who))
    }

    /// Whether new records may be frozen.
    pub fn lets_freeze(&self) -> bool {
        !matches!(self, Signing::Missing)
    }

    /// Enters the consent to these batches into the log; those that have one keep it.
    pub fn sign(&self, desk: &Desk, open: &OpenBook, batches: &[i64]) -> Result<(), CallError> {
        let Signing::By(who) = self else { return Ok(()) };
        let mut entries = Vec::new();
        for id in batches {
            if open.book.sign_off_of(*id)?.is_none() {
                entries.push(SignOff {
                    at: desk.clock.now(),
                    what: SignOffKind::Signed,
                    who: who.clone(),
                    prepared: open.settings().person,
                    about: String::new(),
                    batch: Some(*id),
                    hash: open.book.batch(*id)?.hash,
                });
            }
        }
        Ok(open.book.note_sign_offs(&entries)?)
    }

    /// Whether a batch may leave.
    pub fn lets_leave(&self, open: &OpenBook, batch: &Batch) -> Result<bool, CallError> {
        Ok(matches!(self, Signing::NotAsked) || open.book.sign_off_of(batch.id)?.is_some())
    }
}

/// The consent to a batch as it is shown.
pub(super) fn signed(open: &OpenBook, batch: i64) -> Result<Option<SignedBatch>, CallError> {
    let shown = |entry: SignOff| SignedBatch { who: entry.who, prepared: entry.prepared, at: rfc3339(entry.at) };
    Ok(open.book.sign_off_of(batch)?.map(shown))
}
