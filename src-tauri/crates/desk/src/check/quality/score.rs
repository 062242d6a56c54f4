//! From numbers of elements to points: pure arithmetic.

use super::indicators::{DIMENSIONS, INDICATORS};
use crate::check::api::QualitySettings;

/// Elements that were evaluated for one indicator, and those that meet its demand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub met: u64,
    pub of: u64,
    /// Elements that meet it because findings about them are explained.
    pub explained: u64,
}

impl Share {
    /// `of` elements, of which some do not meet the demand.
    pub fn without(of: u64, failed: u64, explained: u64) -> Share {
        Share { met: of.saturating_sub(failed), of, explained }
    }

    /// Elements that do not meet the demand.
    pub fn failed(&self) -> u64 {
        self.of.saturating_sub(self.met)
    }

    pub fn add(&mut self, other: &Share) {
        self.met += other.met;
        self.of += other.of;
        self.explained += other.explained;
    }

    /// From 0 to 100; absent where nothing was evaluated.
    pub fn points(&self) -> Option<f64> {
        // Numbers of cells stay below 2^53, so both are exact.
        (self.of > 0).then(|| 100.0 * self.met as f64 / self.of as f64)
    }
}

/// The shares of all indicators, in the order of [`INDICATORS`].
pub(super) type Shares = [Share; INDICATORS.len()];

/// The weight of one indicator within its dimension.
pub(super) fn weight(settings: &QualitySettings, no: &str) -> f64 {
    settings.indicators.get(no).copied().unwrap_or(1.0)
}

/// The weight of one dimension.
pub(super) fn dimension_weight(settings: &QualitySettings, no: &str) -> f64 {
    settings.dimensions.get(no).copied().unwrap_or(1.0)
}

/// Points of one dimension: the weighted mean of its indicators that were measured.
pub(super) fn dimension(shares: &Shares, settings: &QualitySettings, no: &str) -> Option<f64> {
    let measured = INDICATORS.iter().zip(shares).filter(|(indicator, _)| indicator.no.starts_with(no));
    mean(measured.map(|(indicator, share)| (weight(settings, indicator.no), share.points())))
}

/// Points of everything: the weighted mean of the dimensions that were measured.
pub(super) fn total(shares: &Shares, settings: &QualitySettings) -> Option<f64> {
    mean(DIMENSIONS.iter().map(|(no, _)| (dimension_weight(settings, no), dimension(shares, settings, no))))
}

/// What part of the whole score each indicator decides, from 0 to 1, in the order of [`INDICATORS`].
pub(super) fn parts(shares: &Shares, settings: &QualitySettings) -> [f64; INDICATORS.len()] {
    let sum_of = |no: &str| -> f64 {
        let measured = INDICATORS.iter().zip(shares).filter(|(one, share)| one.no.starts_with(no) && share.of > 0);
        measured.map(|(one, _)| weight(settings, one.no)).sum()
    };
    let sums: Vec<f64> = DIMENSIONS.iter().map(|(no, _)| sum_of(no)).collect();
    let measured = DIMENSIONS.iter().zip(&sums).filter(|(_, sum)| **sum > 0.0);
    let all: f64 = measured.map(|((no, _), _)| dimension_weight(settings, no)).sum();
    let mut parts = [0.0; INDICATORS.len()];
    for ((part, indicator), share) in parts.iter_mut().zip(&INDICATORS).zip(shares) {
        let place = DIMENSIONS.iter().position(|(no, _)| indicator.no.starts_with(no));
        let (Some(place), true) = (place, share.of > 0 && all > 0.0) else { continue };
        if sums[place] > 0.0 {
            *part =
                dimension_weight(settings, DIMENSIONS[place].0) / all * weight(settings, indicator.no) / sums[place];
        }
    }
    parts
}

/// The weighted mean of what was measured; absent where nothing was, or all of it weighs nothing.
fn mean(values: impl Iterator<Item = (f64, Option<f64>)>) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (weight, value) in values {
        if let Some(value) = value {
            sum += weight * value;
            weights += weight;
        }
    }
    (weights > 0.0).then(|| sum / weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(given: &[(&str, u64, u64)]) -> Shares {
        let mut shares = Shares::default();
        for (no, met, of) in given {
            let place = INDICATORS.iter().position(|indicator| indicator.no == *no).unwrap();
            shares[place] = Share { met: *met, of: *of, explained: 0 };
        }
        shares
    }

    #[test]
    fn the_mean_is_of_what_was_measured() {
        let measured = shares(&[("0101", 90, 100), ("0104", 1, 2), ("0201", 3, 4)]);
        let equal = QualitySettings::default();
        // 规范性 (90 + 50) / 2 = 70; 完整性 75; the mean of both is 72.5.
        assert_eq!(dimension(&measured, &equal, "01"), Some(70.0));
        assert_eq!(dimension(&measured, &equal, "06"), None);
        assert_eq!(total(&measured, &equal), Some(72.5));
        // 0104 weighs three times 0101: (90 + 3 · 50) / 4 = 60. 完整性 weighs twice: (60 + 2 · 75) / 3 = 70.
        let mut weighed = equal.clone();
        weighed.indicators.insert("0104".into(), 3.0);
        weighed.dimensions.insert("02".into(), 2.0);
        assert_eq!(dimension(&measured, &weighed, "01"), Some(60.0));
        assert_eq!(total(&measured, &weighed), Some(70.0));
        // The parts are 1/3 · 1/4, 1/3 · 3/4 and 2/3; what is lost with them is what lacks of 100.
        let parts = parts(&measured, &weighed);
        let lost: f64 = parts.iter().zip(&measured).filter_map(|(part, s)| Some(part * (100.0 - s.points()?))).sum();
        assert!((lost - 30.0).abs() < 1e-9, "{lost}");
        // What weighs nothing takes no part.
        weighed.dimensions.insert("01".into(), 0.0);
        assert_eq!(total(&measured, &weighed), Some(75.0));
        assert_eq!(total(&Shares::default(), &equal), None);
    }
}
