//! How long to wait after a failure before the next request. Without I/O.

use std::time::Duration;

/// The longest wait after the first failure.
const FIRST: Duration = Duration::from_secs(1);

/// The longest wait of all.
const MOST: Duration = Duration::from_secs(60);

/// How often one delivery is tried again in a run, while nothing but the line or a full receiver is in its way.
pub const MOST_TRIES: u32 = 4;

/// The wait before the next request after so many failures in a row, with full jitter: any time up to a limit that
/// doubles with each failure, equally likely. So the PCs of a college that were cut off together do not come back
/// together. `random` is any number.
pub fn wait(failures: u32, random: u64) -> Duration {
    let Some(doublings) = failures.checked_sub(1) else { return Duration::ZERO };
    let limit = FIRST.saturating_mul(1 << doublings.min(16)).min(MOST);
    let millis = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis(random % (millis + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_doubles_up_to_the_longest_wait() {
        let longest = |failures| (0..=120_000).map(|random| wait(failures, random)).max().unwrap_or_default();
        let check = |failures, seconds| assert_eq!(longest(failures), Duration::from_secs(seconds), "{failures}");
        check(0, 0);
        check(1, 1);
        check(2, 2);
        check(3, 4);
        check(7, 60);
        check(u32::MAX, 60);
    }

    #[test]
    fn every_wait_up_to_the_limit_is_possible() {
        assert_eq!(wait(2, 0), Duration::ZERO);
        assert_eq!(wait(2, 2_000), Duration::from_secs(2));
        assert_eq!(wait(2, 2_001), Duration::ZERO);
        assert_eq!(wait(2, 2_001 + 700), Duration::from_millis(700));
    }
}
