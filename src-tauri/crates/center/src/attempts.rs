//! Logins with a wrong password: each of them makes the next login of the same address and account wait longer, so that
//! passwords cannot be found by trying. Other addresses are not slowed down.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// This many wrong passwords are answered without a wait, because people mistype.
const FREE: u32 = 3;

/// The first wait; it doubles with each further wrong password.
const FIRST: Duration = Duration::from_millis(250);

/// The longest wait.
const LONGEST: Duration = Duration::from_secs(8);

/// Wrong passwords are forgotten after this time without another.
const FORGOTTEN: Duration = Duration::from_secs(15 * 60);

/// Logins that wait at the same time; further ones are refused.
const WAITING: usize = 4;

/// So many wrong passwords of one address, whatever the accounts, are judged within [`FORGOTTEN`]; then only accounts that
/// logged in from it before are. So nobody can try one password on every account.
const OF_ONE_ADDRESS: usize = 100;

/// Addresses and accounts that are remembered.
const REMEMBERED: usize = 10_000;

/// The recent wrong passwords of each address and account.
#[derive(Default)]
pub(crate) struct Attempts {
    wrong: Mutex<HashMap<(IpAddr, String), Wrong>>,
    known: Mutex<HashSet<(IpAddr, String)>>,
}

struct Wrong {
    count: u32,
    last: Instant,
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// Whether a login is checked now.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Now,
    TooMany,
}

impl Attempts {
    /// Waits as long as earlier wrong passwords demand. Logins of one address and account wait one after the other.
    pub async fn turn(&self, peer: IpAddr, username: &str) -> Turn {
        if self.is_trying(peer, username) {
            return Turn::TooMany;
        }
        let Some((wait, turn)) = self.wait(peer, username) else { return Turn::Now };
        // This function and the table hold one reference each; every waiting login holds one more.
        if Arc::strong_count(&turn) > WAITING + 2 {
            return Turn::TooMany;
        }
        let _turn = turn.lock().await;
        tokio::time::sleep(wait).await;
        Turn::Now
    }

    /// Whether too many accounts were tried from this address, and this one never logged in from it.
    fn is_trying(&self, peer: IpAddr, username: &str) -> bool {
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = wrong.iter().filter(|((of, _), wrong)| *of == peer && wrong.last.elapsed() < FORGOTTEN);
        let count: usize = recent.map(|(_, wrong)| wrong.count as usize).sum();
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        count >= OF_ONE_ADDRESS && !known.contains(&(peer, username.to_owned()))
    }

    fn wait(&self, peer: IpAddr, username: &str) -> Option<(Duration, Arc<tokio::sync::Mutex<()>>)> {
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        let known = wrong.get(&(peer, username.to_owned())).filter(|wrong| wrong.last.elapsed() < FORGOTTEN)?;
        let wait = wait_after(known.count)?;
        Some((wait, known.turn.clone()))
    }

    /// Counts a wrong password.
    pub fn failed(&self, peer: IpAddr, username: &str) {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.retain(|_, wrong| wrong.last.elapsed() < FORGOTTEN);
        if wrong.len() >= REMEMBERED {
            return;
        }
        let fresh = || Wrong { count: 0, last: Instant::now(), turn: Arc::default() };
        let known = wrong.entry((peer, username.to_owned())).or_insert_with(fresh);
        known.count = known.count.saturating_add(1);
        known.last = Instant::now();
    }

    /// Forgets the wrong passwords after a right one.
    pub fn succeeded(&self, peer: IpAddr, username: &str) {
        self.wrong.lock().unwrap_or_else(PoisonError::into_inner).remove(&(peer, username.to_owned()));
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < REMEMBERED {
            known.insert((peer, username.to_owned()));
        }
    }
}

/// How long a login waits after `count` wrong passwords; absent if it does not wait.
fn wait_after(count: u32) -> Option<Duration> {
    let more = count.checked_sub(FREE)?;
    Some(FIRST.saturating_mul(1 << more.min(10)).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_password_makes_the_next_wait_longer() {
        let check = |count, expect: Option<u64>| {
            assert_eq!(wait_after(count), expect.map(Duration::from_millis), "{count}");
        };
        check(0, None);
        check(2, None);
        check(3, Some(250));
        check(4, Some(500));
        check(8, Some(8_000));
        check(u32::MAX, Some(8_000));
    }

    #[tokio::test]
    async fn one_password_on_every_account_is_stopped() {
        let attempts = Attempts::default();
        let (one, other): (IpAddr, IpAddr) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        attempts.succeeded(one, "clerk");
        for n in 0..OF_ONE_ADDRESS {
            assert_eq!(attempts.turn(one, &format!("u{n}")).await, Turn::Now);
            attempts.failed(one, &format!("u{n}"));
        }
        assert_eq!(attempts.turn(one, "u1000").await, Turn::TooMany);
        assert_eq!(attempts.turn(one, "clerk").await, Turn::Now, "who worked there before goes on");
        assert_eq!(attempts.turn(other, "u1000").await, Turn::Now);
    }

    #[tokio::test]
    async fn others_are_not_slowed_down() {
        let attempts = Attempts::default();
        let (one, other): (IpAddr, IpAddr) = ([10, 0, 0, 1].into(), [10, 0, 0, 2].into());
        for _ in 0..20 {
            attempts.failed(one, "u");
        }
        assert!(attempts.wait(one, "u").is_some());
        assert!(attempts.wait(other, "u").is_none() && attempts.wait(one, "v").is_none());
        let (_, turn) = attempts.wait(one, "u").unwrap();
        let waiting: Vec<_> = (0..WAITING + 2).map(|_| turn.clone()).collect();
        assert_eq!(attempts.turn(one, "u").await, Turn::TooMany);
        drop((waiting, turn));
        attempts.succeeded(one, "u");
        assert_eq!(attempts.turn(one, "u").await, Turn::Now);
    }
}
