//! A random source whose values are the same on each machine.
//!
//! Every choice comes from a [`Random`] that is seeded with a topic and a number, such as ("student", 17). No choice
//! depends on how many values were drawn before for other things, so one part of the school can grow without changing
//! another. The generator is SplitMix64, seeded with the FNV-1a hash of the topic. It only gives variety; its values
//! can be predicted.

use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::calendar::{HOLIDAY, TERM_SO_FAR, after};

/// A seeded random source; the field is the state of SplitMix64.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The random source for the thing with this number (an index) of a topic.
    pub fn of(topic: &str, number: usize) -> Self {
        let hash = topic
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Random(hash ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n - 1`, evenly distributed.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// A number from `low` to `high`, both included, evenly distributed.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1).max(1) as u64) as i64
    }

    /// A number from `low` to `high` that is the mean of three draws: numbers near the middle are frequent and numbers
    /// near the ends are rare, as with marks in examinations.
    pub fn around(&mut self, low: i64, high: i64) -> i64 {
        (self.between(low, high) + self.between(low, high) + self.between(low, high)) / 3
    }

    /// True with a probability of `percent` in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One element of a slice that is not empty.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A day from `first` to `last`, both included.
    pub fn day(&mut self, first: Date, last: Date) -> Date {
        let days = i64::from((last - first).get_days());
        after(first, self.between(0, days))
    }

    /// A day from `first` to `last` that is neither on a weekend nor in the national holiday. When none of the days
    /// within twelve days of the drawn one is, the drawn day.
    pub fn school_day(&mut self, first: Date, last: Date) -> Date {
        let drawn = self.day(first, last);
        let works = |day: &Date| {
            !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !(HOLIDAY.0..=HOLIDAY.1).contains(day)
        };
        let forward = (0..12).map(|n| after(drawn, n)).find(|day| *day <= last && works(day));
        let back = (1..12).map(|n| after(drawn, -n)).find(|day| *day >= first && works(day));
        forward.or(back).unwrap_or(drawn)
    }

    /// A school day of this term up to yesterday.
    pub fn past_school_day(&mut self) -> Date {
        self.school_day(TERM_SO_FAR.0, TERM_SO_FAR.1)
    }

    /// A moment of `day` from one full hour until before another.
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
    fn values_depend_on_topic_and_number_only() {
        let draw = |topic, n| Random::of(topic, n).between(0, 1_000_000);
        assert_eq!(draw("student", 1), draw("student", 1));
        assert_ne!(draw("student", 1), draw("student", 2));
        assert_ne!(draw("student", 1), draw("staff", 1));
    }

    #[test]
    fn a_school_day_is_neither_on_a_weekend_nor_in_the_national_holiday() {
        for n in 0..500 {
            let day = Random::of("day", n).school_day(TERM.0, TERM.1);
            assert!(day >= TERM.0 && day <= TERM.1, "{day}");
            assert!(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday), "{day}");
            assert!(day < HOLIDAY.0 || day > HOLIDAY.1, "{day}");
        }
    }
}
