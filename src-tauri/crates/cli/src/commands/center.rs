//! `center`: a receiver that serves until it is told to stop.

use desk::api::CallError;

use crate::arguments::Center;
use crate::outcome::Outcome;
use crate::speak::Speak;

pub async fn run(_options: &Center, _speak: &Speak) -> Result<Outcome, CallError> {
    Ok(Outcome::Done)
}
