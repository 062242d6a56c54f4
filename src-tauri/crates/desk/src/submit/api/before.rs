//! What is looked at before records leave: the check list, what leaves, and the consent of a second person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
pub use store::SignOffKind;
use ts_rs::TS;

use crate::session::expiries::Expiry;

use super::Target;
use crate::session::api::CallError;

/// Asks for the check list of a submission. It checks the tables again and logs in to the receiver; nothing is frozen
/// or sent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AskCheckList {
    /// The connection that is submitted to.
    pub target: Target,
    /// Tables; empty: all that have something to send.
    #[serde(default)]
    pub tables: Vec<String>,
    /// Only tables that are due.
    #[serde(default)]
    pub due: bool,
    /// Job number.
    #[serde(default)]
    pub job: u32,
}

/// What was looked at, and what would leave.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CheckList {
    /// Name of the connection; `rehearsal` for a rehearsal.
    pub connection: String,
    /// Address of the receiver, without a name and password in it; empty for a rehearsal.
    pub address: String,
    /// Everything that was looked at, in a fixed order.
    pub checks: Vec<ListedCheck>,
    /// What would leave, by table, in printed order. Tables of which nothing leaves are left out.
    pub leaves: Vec<Leaving>,
    /// Records that would leave.
    pub rows: u64,
    /// Nothing stands in the way of submitting by hand.
    pub may_go: bool,
    /// It may also go by itself: nothing asks for a person.
    pub may_go_by_itself: bool,
    /// A second person has to consent.
    pub sign_off: bool,
    /// Who may consent: all signers but the person at this PC.
    pub signers: Vec<String>,
    /// The person at this PC, as the settings name it.
    pub preparer: String,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CheckedMatter {
    /// Whether anything leaves.
    Leaves,
    /// The rules of the tables that have something new, which ran just now.
    RulesRun,
    /// Records with mandatory findings.
    Mandatory,
    /// Records with confirm findings that nobody explained.
    Explained,
    /// The period of the book against the day.
    Period,
    /// Logging in to the receiver.
    Connection,
    /// This PC's clock against the receiver's.
    Clock,
    /// The day on which the account ends.
    Account,
    /// The day on which the key ends.
    Key,
    /// The number of records against what was accepted before.
    Count,
    /// Records that were accepted and have been deleted since, which the protocol has no way to take back.
    Deleted,
    /// The consent of a second person.
    SignOff,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CheckVerdict {
    /// As it should be.
    Ok,
    /// Something to know; it goes, also by itself.
    Note,
    /// A person has to look; it goes by hand, and not by itself.
    Look,
    /// It cannot go.
    Stop,
}

/// One line of the check list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListedCheck {
    /// What was looked at.
    pub matter: CheckedMatter,
    /// What came of it.
    pub verdict: CheckVerdict,
    /// Which words under `checklist.` say it: the matter, or the matter and one word more.
    pub words: String,
    /// Parameters of the words.
    pub params: BTreeMap<String, String>,
    /// The tables that it is about; empty: all.
    pub tables: Vec<TableMatter>,
    /// Why it cannot go, where another error says it.
    pub error: Option<CallError>,
}

/// A table that a line of the check list is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableMatter {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Title without the ending.
    pub title: String,
    /// How many records.
    pub rows: u64,
    /// How many there were before, where two numbers are compared.
    pub before: Option<u64>,
}

/// What would leave of one table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Leaving {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Title without the ending.
    pub title: String,
    /// Records that would be frozen now.
    pub fresh: u64,
    /// Records that were frozen before and have not left.
    pub waiting: u64,
    /// Records that stay behind for mandatory findings, or for confirm findings that nobody explained.
    pub held_back: u64,
    /// Records of the table in this period.
    pub rows: u64,
    /// Records that the receiver accepted before.
    pub accepted_before: u64,
    /// SM3 of the rows that would be frozen, in hex; empty where there are none.
    pub hash: String,
    /// The first twelve digits of `hash` in groups of four.
    pub fingerprint: String,
}

/// Writes the list of the records that would leave, as CSV: table, position, record key, and whether it is new or
/// changed. It holds no other value.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WriteLeaving {
    /// The connection that is submitted to.
    pub target: Target,
    /// Tables; empty: all that have something to send.
    #[serde(default)]
    pub tables: Vec<String>,
    /// File to write; its name ends in `.csv`.
    pub path: String,
}

/// The list that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WrittenLeaving {
    /// Path of the file.
    pub file: String,
    /// Records on it.
    pub rows: u64,
}

/// The consent of a second person.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct Consent {
    /// Name of the signer.
    pub name: String,
    /// Password of the signer.
    pub password: String,
}

impl std::fmt::Debug for Consent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Consent").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The consent to one batch, as the log has it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SignedBatch {
    /// Who consented.
    pub who: String,
    /// Who prepared it.
    pub prepared: String,
    /// When (RFC 3339).
    pub at: String,
}

/// What the college has set for its submissions.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SubmissionRules {
    /// Nothing leaves without the consent of a second person.
    pub sign_off: bool,
    /// Who may consent.
    pub signers: Vec<String>,
    /// When accounts and keys end, by connection.
    pub expiries: BTreeMap<String, Expiry>,
    /// What was signed and changed, newest first, 100 at most.
    pub log: Vec<SignOffEntry>,
}

/// Changes what is set for submissions; what is absent stays. While a consent is asked for, `by` has to be given for
/// everything but the days.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetSubmissionRules {
    /// Whether a second person has to consent.
    #[serde(default)]
    pub sign_off: Option<bool>,
    /// Adds a signer, or gives one another password.
    #[serde(default)]
    pub add: Option<Consent>,
    /// Takes this signer away.
    #[serde(default)]
    pub remove: Option<String>,
    /// The days of connections, in the place of those that are kept.
    #[serde(default)]
    pub expiries: Option<BTreeMap<String, Expiry>>,
    /// A signer who allows it.
    #[serde(default)]
    pub by: Option<Consent>,
}

/// One entry of the log of consents.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SignOffEntry {
    /// When (RFC 3339).
    pub at: String,
    /// What was done.
    pub what: SignOffKind,
    /// Who consented or allowed it; may be empty.
    pub who: String,
    /// The person at the PC; may be empty.
    pub prepared: String,
    /// The signer that was added or removed.
    pub about: String,
    /// The batch that was consented to.
    pub batch: Option<i64>,
    /// The first twelve digits of the hash over its rows, in groups of four.
    pub fingerprint: String,
}
