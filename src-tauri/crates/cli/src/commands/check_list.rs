//! `submit --check-list`.

use desk::CallError;
use desk::submit::api::{AskCheckList, CheckList, CheckVerdict, ListedCheck, Send};

use super::state::AppState;
use crate::outcome::Outcome;

/// Prints the check list of a submission. Exit code 1 means that something stands in its way.
pub async fn check_list(state: &AppState<'_>, send: &Send) -> Result<Outcome, CallError> {
    let Send { target, tables, due, job, .. } = send.clone();
    let list: CheckList = state.ask("submit.check_list", &AskCheckList { target, tables, due, job }).await?;
    state.printer.answer(&list, |list| {
        let mut lines: Vec<String> = list.checks.iter().map(|check| line(state, check)).collect();
        lines.extend(list.leaves.iter().map(|one| {
            state.printer.line(
                "cli.leaving",
                &[
                    ("table", &one.table),
                    ("title", &one.title),
                    ("rows", &(one.fresh + one.waiting)),
                    ("fingerprint", &one.fingerprint),
                ],
            )
        }));
        lines
    });
    Ok(if list.may_go { Outcome::Done } else { Outcome::MandatoryFindings })
}

fn line(state: &AppState<'_>, check: &ListedCheck) -> String {
    let verdict = match check.verdict {
        CheckVerdict::Ok => "ok",
        CheckVerdict::Note => "note",
        CheckVerdict::Look => "look",
        CheckVerdict::Stop => "stop",
    };
    let verdict = state.printer.line(&format!("check-verdict.{verdict}"), &[]);
    let values: Vec<(&str, &dyn std::fmt::Display)> =
        check.params.iter().map(|(name, value)| (name.as_str(), value as &dyn std::fmt::Display)).collect();
    let mut words = state.printer.line(&format!("checklist.{}", check.words), &values);
    words.extend(check.error.iter().map(|error| state.printer.words(error)));
    format!("{verdict}  {words}")
}
