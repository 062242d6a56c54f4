//! `verify`.

use std::path::PathBuf;

use desk::CallError;
use desk::submit::api::{ReceiptVerdict, Verified, VerifiedTable, VerifyFile};

use super::path_text;
use super::state::AppState;
use crate::arguments::Verify;
use crate::outcome::Outcome;

/// Exit code 1 means that a file is not what was sent, or that a page is not genuine.
pub async fn verify(state: &AppState<'_>, options: &Verify) -> Result<Outcome, CallError> {
    let Verify { file, table, receipt } = options;
    let text = |path: &Option<PathBuf>| path.as_deref().map(path_text).transpose();
    let request = VerifyFile { path: text(file)?, table: table.clone(), receipt: text(receipt)? };
    let verified: Verified = state.ask("submit.verify", &request).await?;
    state.printer.answer(&verified, |verified| {
        let mut lines: Vec<String> = verified.tables.iter().map(|table| line(state, table)).collect();
        lines.extend(verified.receipt.map(|receipt| {
            state.printer.line(
                match receipt {
                    ReceiptVerdict::Genuine => "cli.receipt-genuine",
                    ReceiptVerdict::Differs => "cli.receipt-differs",
                    ReceiptVerdict::Foreign => "cli.receipt-foreign",
                    ReceiptVerdict::Rehearsal => "cli.receipt-rehearsal",
                },
                &[],
            )
        }));
        lines
    });
    let differs = (file.is_some() && !verified.same)
        || verified.receipt.is_some_and(|receipt| receipt != ReceiptVerdict::Genuine);
    Ok(Outcome::findings_if(differs))
}

fn line(state: &AppState<'_>, table: &VerifiedTable) -> String {
    let (batch, fingerprint) = (table.batch.unwrap_or_default(), table.fingerprint.clone().unwrap_or_default());
    let key = match (table.same, table.batch) {
        (true, _) => "cli.verified-same",
        (false, Some(_)) => "cli.verified-differs",
        (false, None) => "cli.verified-never",
    };
    state.printer.line(
        key,
        &[
            ("table", &table.table),
            ("title", &table.title),
            ("rows", &table.rows),
            ("batch", &batch),
            ("fingerprint", &fingerprint),
            ("file", &table.only_in_file),
            ("sent", &table.only_in_batch),
        ],
    )
}
