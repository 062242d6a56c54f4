//! 导入预览: the proposals that the book keeps, by their numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use standard::Table;
use store::{Proposal, ProposalSheet};

use super::api::{Outdated, Preview};
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::editions::table_of;

/// A proposal with its sheets.
pub(super) struct Kept {
    pub proposal: Proposal,
    /// In the order of the files; also those without a table.
    pub sheets: Vec<ProposalSheet>,
    /// How its files were read.
    pub request: Preview,
    /// Digests of the files of a watched folder, by path.
    pub digests: BTreeMap<String, String>,
}

/// How the files of a proposal were read, as the book keeps it.
#[derive(Serialize, Deserialize)]
struct KeptRequest {
    #[serde(flatten)]
    request: Preview,
    #[serde(default)]
    digests: BTreeMap<String, String>,
}

/// What the book keeps of how the files of a proposal are read.
pub(super) fn request_value(request: &Preview, digests: BTreeMap<String, String>) -> Result<Value, CallError> {
    let kept = KeptRequest { request: request.clone(), digests };
    serde_json::to_value(kept).map_err(|_| CallError::failed("a request is not JSON"))
}

impl Kept {
    /// Its number.
    pub fn id(&self) -> i64 {
        self.proposal.id
    }

    /// Sheets with a table, in the order of the files.
    pub fn with_tables(&self) -> impl Iterator<Item = (&ProposalSheet, &str)> {
        self.sheets.iter().filter_map(|sheet| Some((sheet, sheet.table.as_deref()?)))
    }

    /// Why its rows do not fit this book any more; absent if they do.
    pub fn outdated(&self, open: &OpenBook) -> Option<Outdated> {
        let fields = |table: &Table| table.fields.iter().map(|field| field.column.clone()).collect::<Vec<_>>();
        let fits = |(sheet, table): (&ProposalSheet, &str)| {
            open.edition.table(table).is_some_and(|table| fields(table) == sheet.columns)
        };
        if self.proposal.edition != open.edition.id || !self.with_tables().all(fits) {
            return Some(Outdated::Edition);
        }
        (self.proposal.period != open.period()).then_some(Outdated::Period)
    }

    /// A sheet by its number and its table. `import.no-proposal` where there is none.
    pub fn sheet<'e>(&self, open: &'e OpenBook, no: i64) -> Result<(&ProposalSheet, &'e Table), CallError> {
        let mut sheets = self.with_tables();
        let (sheet, table) = sheets.find(|(sheet, _)| sheet.id == no).ok_or_else(unknown)?;
        Ok((sheet, table_of(&open.edition, table)?))
    }
}

fn unknown() -> CallError {
    CallError::new("import.no-proposal")
}

/// The proposal of this number, however old it is. `import.no-proposal` where it was done or dropped.
pub(super) fn kept(open: &OpenBook, id: u32) -> Result<Kept, CallError> {
    let proposal = open.book.proposal(i64::from(id))?.ok_or_else(unknown)?;
    read(open, proposal)
}

/// The same for a proposal that was found.
pub(super) fn read(open: &OpenBook, proposal: Proposal) -> Result<Kept, CallError> {
    let kept: KeptRequest = serde_json::from_value(proposal.request.clone()).map_err(|_| unknown())?;
    let KeptRequest { request, digests } = kept;
    Ok(Kept { sheets: open.book.proposal_sheets(proposal.id)?, proposal, request, digests })
}

/// The proposal of this number, for the book as it is. `import.outdated` where its files have to be read again.
pub(super) fn usable(open: &OpenBook, id: u32) -> Result<Kept, CallError> {
    let kept = kept(open, id)?;
    match kept.outdated(open) {
        None => Ok(kept),
        Some(Outdated::Edition) => Err(CallError::new("import.outdated")),
        Some(Outdated::Period) => Err(CallError::new("import.outdated-period").with("period", &kept.proposal.period)),
    }
}
