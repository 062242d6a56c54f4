//! Chance that is the same on each machine.
//!
//! Every choice is thrown with a [`Dice`] made from a topic and a number ("student", 17). So one part of the school can
//! grow without changing another: nothing depends on how often the dice was thrown before. The generator is SplitMix64
//! seeded with the FNV-1a hash of the topic. It serves variety only, never secrecy.

use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::calendar::{HOLIDAY, after};

/// A small seeded generator.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The dice for the `number`th thing of a topic.
    pub fn of(topic: &str, number: usize) -> Self {
        let hash = topic
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Dice(hash ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n - 1`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1).max(1) as u64) as i64
    }

    /// A whole number around the middle of `low` and `high`: small and large ones are rare, as marks are.
    pub fn around(&mut self, low: i64, high: i64) -> i64 {
        (self.between(low, high) + self.between(low, high) + self.between(low, high)) / 3
    }

    /// Whether something happens that happens to so many of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A day from `first` to `last`, both included.
    pub fn day(&mut self, first: Date, last: Date) -> Date {
        let days = i64::from((last - first).get_days());
        after(first, self.between(0, days))
    }

    /// A day on which the school works: no weekend, no holiday.
    pub fn school_day(&mut self, first: Date, last: Date) -> Date {
        let thrown = self.day(first, last);
        let works = |day: &Date| {
            !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !(HOLIDAY.0..=HOLIDAY.1).contains(day)
        };
        let forward = (0..12).map(|n| after(thrown, n)).find(|day| *day <= last && works(day));
        let back = (1..12).map(|n| after(thrown, -n)).find(|day| *day >= first && works(day));
        forward.or(back).unwrap_or(thrown)
    }

    /// A moment of `day` between two full hours.
    pub fn time(&mut self, day: Date, from_hour: i8, to_hour: i8) -> DateTime {
        let second = self.between(i64::from(from_hour) * 3600, i64::from(to_hour) * 3600 - 1);
        let part = |value: i64| value as i8;
        DateTime::from_parts(day, Time::constant(part(second / 3600), part(second / 60 % 60), part(second % 60), 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::TERM;

    #[test]
    fn a_topic_and_a_number_decide() {
        let throw = |topic, n| Dice::of(topic, n).between(0, 1_000_000);
        assert_eq!(throw("student", 1), throw("student", 1));
        assert_ne!(throw("student", 1), throw("student", 2));
        assert_ne!(throw("student", 1), throw("staff", 1));
    }

    #[test]
    fn school_days_spare_weekends_and_the_national_day() {
        for n in 0..500 {
            let day = Dice::of("day", n).school_day(TERM.0, TERM.1);
            assert!(day >= TERM.0 && day <= TERM.1, "{day}");
            assert!(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday), "{day}");
            assert!(day < HOLIDAY.0 || day > HOLIDAY.1, "{day}");
        }
    }
}
