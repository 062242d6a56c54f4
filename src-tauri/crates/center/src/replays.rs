//! Requests that were taken already. `timestamps` and `random` are part of the digest, so a request with the digest of
//! an earlier one is that request once more, sent by somebody who read it on the way.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use protocol::CLOCK_WINDOW_MS;

/// The digests of the requests of the last minute: an older one is refused for its `timestamps`.
#[derive(Default)]
pub(crate) struct Replays {
    seen: Mutex<HashMap<String, Timestamp>>,
}

impl Replays {
    /// Whether this is the first request with this digest; the digest is remembered.
    pub fn is_first(&self, digest: &str, now: Timestamp) -> bool {
        let window = SignedDuration::from_millis(2 * CLOCK_WINDOW_MS + 1_000);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= 1024 && seen.len().is_power_of_two() {
            seen.retain(|_, at| now.duration_since(*at).abs() <= window);
        }
        let known = seen.insert(digest.to_ascii_lowercase(), now);
        known.is_none_or(|at| now.duration_since(at).abs() > window)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_taken_once() {
        let replays = Replays::default();
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        assert!(replays.is_first("00ff", at(0)));
        assert!(!replays.is_first("00FF", at(30)));
        assert!(replays.is_first("00fe", at(30)));
        for n in 0..5_000 {
            assert!(replays.is_first(&format!("n{n}"), at(1_000 + n)));
        }
        assert!(replays.seen.lock().unwrap().len() < 3_000, "older ones are forgotten");
    }
}
