//! The commands of `center` that look into a receiver's folder or change it, while it may be serving.

use std::fmt::Display;

use center::{Administration, AuditLine, Checks, Refuse};
use desk::CallError;
use serde::Serialize;

use super::center_people;
use crate::arguments::{CenterCommand, RefuseArgument, Switch};
use crate::outcome::Outcome;
use crate::printer::Printer;

/// The answer of `center audit`.
#[derive(Serialize)]
struct AuditAnswer {
    lines: Vec<AuditLine>,
    /// The number of the first line that does not continue the one before it.
    flaw: Option<i64>,
}

/// The word that excludes no rule.
const NONE: &str = "none";

pub fn run(command: &CenterCommand, printer: &Printer) -> Result<Outcome, CallError> {
    match command {
        CenterCommand::Department(command) => return center_people::department(command, printer),
        CenterCommand::Person(command) => return center_people::person(command, printer),
        CenterCommand::Account(command) => return center_people::account(command, printer),
        CenterCommand::Duty(command) => return center_people::duty(command, printer),
        CenterCommand::Review(command) => return center_people::review(command, printer),
        CenterCommand::Checks { of, rules, refuse, without } => {
            let center = Administration::of(&of.data)?;
            let kept = center.checks()?;
            let checks = changed(&kept, *rules, *refuse, without);
            if checks != kept {
                center.set_checks(&checks)?;
            }
            printer.answer(&checks, |checks| vec![line(printer, checks)]);
        }
        CenterCommand::Audit { of, after, limit } => {
            let center = Administration::of(&of.data)?;
            let answer = AuditAnswer { lines: center.audit(*after, *limit)?, flaw: center.audit_flaw()? };
            printer.answer(&answer, |answer| {
                answer.lines.iter().map(|line| format!("{} {}", line.hash, line.line)).collect()
            });
            if let Some(no) = answer.flaw {
                return Err(CallError::new("center.audit-changed").with("no", no.to_string()));
            }
        }
        CenterCommand::Backup { of, output } => {
            Administration::of(&of.data)?.back_up(output)?;
            printer.answer(&serde_json::json!({ "file": output }), |_| {
                vec![printer.line("cli.center-backup", &[("file", &output.display())])]
            });
        }
        CenterCommand::Restore { of, from, key } => {
            Administration::restored(&of.data, from, key)?;
            printer.answer(&serde_json::json!({ "folder": of.data }), |_| {
                vec![printer.line("cli.center-restored", &[("folder", &of.data.display())])]
            });
        }
    }
    Ok(Outcome::Done)
}

/// The checks with what the options change.
fn changed(kept: &Checks, rules: Option<Switch>, refuse: Option<RefuseArgument>, without: &[String]) -> Checks {
    let refuse = refuse.map(|refuse| match refuse {
        RefuseArgument::Mandatory => Refuse::Mandatory,
        RefuseArgument::Confirm => Refuse::Confirm,
    });
    Checks {
        rules: rules.map_or(kept.rules, |rules| rules == Switch::On),
        refuse: refuse.unwrap_or(kept.refuse),
        without: match without {
            [] => kept.without.clone(),
            rules => rules.iter().filter(|rule| *rule != NONE).cloned().collect(),
        },
    }
}

fn line(printer: &Printer, checks: &Checks) -> String {
    let rules = if checks.rules { printer.pick("用", "on") } else { printer.pick("不用", "off") };
    let level = match checks.refuse {
        Refuse::Mandatory => printer.pick("强制", "mandatory"),
        Refuse::Confirm => printer.pick("强制和核实", "mandatory and confirm"),
    };
    let without = if checks.without.is_empty() { "-".to_owned() } else { checks.without.join(" ") };
    let values: [(&str, &dyn Display); 3] = [("rules", &rules), ("level", &level), ("without", &without)];
    printer.line("cli.center-checks", &values)
}
