//! How many requests an address or an account may make: each has so many at once and gets so many more each second.
//! What is beyond is refused before its body is read.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Addresses or accounts that are remembered; of more, those that may ask again in full are forgotten first.
const REMEMBERED: usize = 10_000;

/// The limits of a receiver.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// Requests that may come at once.
    pub at_once: f64,
    /// Further requests for each second.
    pub per_second: f64,
}

/// What each address and account has left.
pub(crate) struct Buckets {
    rates: Option<Rates>,
    addresses: Mutex<HashMap<IpAddr, Bucket>>,
    accounts: Mutex<HashMap<String, Bucket>>,
}

struct Bucket {
    left: f64,
    at: Instant,
}

impl Buckets {
    /// Full ones; without rates nothing is limited.
    pub fn new(rates: Option<Rates>) -> Buckets {
        Buckets { rates, addresses: Mutex::default(), accounts: Mutex::default() }
    }

    /// Whether this address may make a request that no account stands behind yet.
    pub fn address(&self, peer: IpAddr) -> bool {
        self.rates.is_none_or(|rates| take(&self.addresses, peer, rates, Instant::now()))
    }

    /// Whether this account may make a request.
    pub fn account(&self, name: &str) -> bool {
        self.rates.is_none_or(|rates| take(&self.accounts, name.to_owned(), rates, Instant::now()))
    }
}

fn take<K: Hash + Eq>(buckets: &Mutex<HashMap<K, Bucket>>, key: K, rates: Rates, now: Instant) -> bool {
    let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
    let full = |bucket: &Bucket| {
        (bucket.left + now.duration_since(bucket.at).as_secs_f64() * rates.per_second).min(rates.at_once)
    };
    if buckets.len() >= REMEMBERED && !buckets.contains_key(&key) {
        buckets.retain(|_, bucket| full(bucket) < rates.at_once);
        if buckets.len() >= REMEMBERED {
            return false;
        }
    }
    let bucket = buckets.entry(key).or_insert(Bucket { left: rates.at_once, at: now });
    (bucket.left, bucket.at) = (full(bucket), now);
    let may = bucket.left >= 1.0;
    if may {
        bucket.left -= 1.0;
    }
    may
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn each_has_its_own_and_gets_more_with_time() {
        let (buckets, rates) = (Mutex::default(), Rates { at_once: 3.0, per_second: 2.0 });
        let now = Instant::now();
        let ask = |who: &str, after: u64| take(&buckets, who.to_owned(), rates, now + Duration::from_millis(after));
        assert_eq!([ask("a", 0), ask("a", 0), ask("a", 0), ask("a", 0)], [true, true, true, false]);
        assert!(ask("b", 0), "another one is not limited by it");
        assert_eq!([ask("a", 400), ask("a", 500), ask("a", 600)], [false, true, false]);
        assert_eq!((0..9).filter(|_| ask("a", 60_000)).count(), 3, "never more than at once");
    }

    #[test]
    fn memory_is_bounded() {
        let (buckets, rates) = (Mutex::default(), Rates { at_once: 1.0, per_second: 1.0 });
        let now = Instant::now();
        let taken = (0..REMEMBERED + 10).filter(|n| take(&buckets, *n, rates, now)).count();
        assert_eq!(taken, REMEMBERED);
        assert!(take(&buckets, REMEMBERED + 11, rates, now + Duration::from_secs(2)), "older ones are forgotten");
    }
}
