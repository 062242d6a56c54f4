//! `cargo xtask rules`: how many of the records that were damaged on purpose the rules find, and how many undamaged
//! records they report wrongly. The program that measures is tests/rules/measure.rs; this only builds and starts it.

use std::process::ExitCode;

use crate::packages;
use crate::run::{Result, cargo, run};

/// Damages of each kind in each edition: more than 100,000 in all where every kind has places enough.
const LONG: &str = "1000";

/// Builds and runs the measurement; `save` keeps the figures in standards/quality.json and docs/rules.md.
pub fn rules(save: bool) -> Result<ExitCode> {
    packages::system(packages::BUILD)?;
    let mut program = cargo(&["run", "--quiet", "--package", "tianbao-tests", "--example", "measure-rules", "--"]);
    program.args(if save { vec![LONG, "--save"] } else { Vec::new() });
    run(&mut program)?;
    Ok(ExitCode::SUCCESS)
}
