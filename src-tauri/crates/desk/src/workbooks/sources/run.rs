//! A run of a source: its new records become the proposal of an import.

use std::collections::BTreeMap;

use super::folder;
use super::kept::{keep_outcome, of, remember};
use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed};
use crate::session::env::rfc3339;
use crate::workbooks::api::{Applied, Preview, Proposal, RunSource, SourceKind, SourceOutcome, SourceRun};
use crate::workbooks::preview::{Reading, propose};

/// `source.run`. A run that fails is kept as the last one, too.
pub(crate) fn run(desk: &Desk, request: RunSource) -> Result<SourceRun, CallError> {
    let open = desk.opened()?;
    let kept = of(&open, &request.name)?;
    let ran = try_to_run(desk, &open, &request, &kept.source);
    let at = rfc3339(desk.clock.now());
    let nothing =
        SourceOutcome { at, files: 0, rows: 0, new: 0, changed: 0, undecided: 0, applied: false, error: None };
    let outcome = match &ran {
        Ok(SourceRun { proposal: Some(proposal), .. }) => outcome_of(proposal, nothing),
        Ok(SourceRun { proposal: None, .. }) => nothing,
        Err(error) if error.code == "job.cancelled" => return ran,
        Err(error) => SourceOutcome { error: Some(CallError { fault: None, ..error.clone() }), ..nothing },
    };
    keep_outcome(&open, &request.name, outcome)?;
    desk.tell(Changed::Book);
    ran
}

fn outcome_of(proposal: &Proposal, before: SourceOutcome) -> SourceOutcome {
    let sheets = proposal.files.iter().flat_map(|file| &file.sheets);
    SourceOutcome {
        files: proposal.files.len() as u64,
        rows: sheets.map(|sheet| sheet.rows).sum(),
        new: proposal.outlook.added,
        changed: proposal.outlook.updated,
        undecided: proposal.outlook.undecided,
        ..before
    }
}

fn try_to_run(
    desk: &Desk,
    open: &OpenBook,
    request: &RunSource,
    source: &crate::workbooks::api::Source,
) -> Result<SourceRun, CallError> {
    let mut job = desk.job(request.job);
    let mut reading = Reading::default();
    let (mut passed_over, mut known) = (Vec::new(), 0);
    let files = match source.kind {
        SourceKind::Folder => {
            let found = folder::look(open, &mut job, &source.name, &source.path)?;
            (passed_over, known) = (found.passed_over, found.known);
            if found.new.is_empty() {
                return Ok(SourceRun { proposal: None, passed_over, known });
            }
            let files = found.new.keys().cloned().collect();
            reading.digests = found.new;
            files
        }
        SourceKind::File => vec![source.path.clone()],
        _ => vec![source.name.clone()],
    };
    let preview = Preview {
        files,
        table: Some(source.table.clone()),
        source: Some(source.name.clone()),
        corrections: Vec::new(),
        once: request.once,
        replaces: None,
        job: request.job,
    };
    let proposal = propose(desk, open, &mut job, &preview, reading)?;
    Ok(SourceRun { proposal: Some(proposal), passed_over, known })
}

/// Called after a proposal of a source was imported: its files are not offered again.
pub(in crate::workbooks) fn applied(
    desk: &Desk,
    open: &OpenBook,
    name: &str,
    digests: &BTreeMap<String, String>,
    done: &Applied,
) -> Result<(), CallError> {
    if !digests.is_empty() {
        remember(open, name, digests.values().cloned())?;
    }
    let Ok(kept) = of(open, name) else { return Ok(()) };
    if let Some(last) = kept.last {
        let at = rfc3339(desk.clock.now());
        let (new, changed, undecided) = (done.new, done.changed, done.undecided);
        keep_outcome(open, name, SourceOutcome { at, new, changed, undecided, applied: true, ..last })?;
    }
    desk.tell(Changed::Book);
    Ok(())
}
