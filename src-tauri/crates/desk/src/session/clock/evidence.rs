//! What is known of the time, and the best known time that follows from it. Without I/O: every clock is an argument.
//!
//! A PC's clock can show any moment: an empty battery sets it to 2015, a mistake of a person to 2099. Three witnesses
//! show that it is behind, because the real time cannot be earlier than they are:
//!
//! - the build: the program was not used before it was made
//! - the receiver: its `Date` when it last answered
//! - the log: the newest step of the book, as far as it counts
//!
//! The latest of them and of the PC's clock is the best known time. Two rules prevent one wrong future moment from
//! counting for ever. A step of the log counts only if it lies at most [`GAP`] after another moment that counts,
//! because a college changes its book at least once a year: steps of a PC that showed 2099 for an hour are too far from
//! all others. And the answer of a receiver overrules every step before it, because they cannot be later than it.
//! Nearer wrong moments (a PC that stood at next month, and no receiver that answered since) are ended by the clerk,
//! who says that this PC's clock is right.

use jiff::{SignedDuration, Timestamp};

use crate::session::places::Contact;

/// A smaller difference is not reported, because clocks of office PCs are often wrong by some minutes.
pub(super) const TOLERANCE: SignedDuration = SignedDuration::from_mins(10);

/// The longest time between two changes of a book that is in use: a school year and some weeks.
pub(super) const GAP: SignedDuration = SignedDuration::from_hours(400 * 24);

/// A program is not used for longer than this after it was made: a later moment comes from a wrong clock, of this PC or
/// of a receiver.
const LIFE: SignedDuration = SignedDuration::from_hours(3653 * 24);

/// A clock that was set wrong by hand or by an old battery is noticed within this time, so the difference is still
/// valid if less time has passed on this PC.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Up to this difference a PC that was behind when a receiver answered may still be behind, although it shows a later
/// moment than the answer by now.
const FEW_DAYS: SignedDuration = SignedDuration::from_hours(3 * 24);

/// The best known time that was returned last while the PC's clock was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moments {
    /// The best known time.
    pub known: Timestamp,
    /// This PC's clock at the same moment.
    pub pc: Timestamp,
}

/// All that is known beside the PC's clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// When the program was made; 1970 where that is unknown.
    pub built: Timestamp,
    /// The last answer of a receiver at this PC.
    pub contact: Option<Contact>,
    /// The receiver's time at its last answer to the open book, maybe at another PC.
    pub receiver: Option<Timestamp>,
    /// First and last moment of steps without a gap between them, of those that came after that answer; in order.
    pub runs: Vec<(Timestamp, Timestamp)>,
    /// The time that was returned last; a PC whose clock is wrong still measures how long ago that was.
    pub last_told: Option<Moments>,
}

/// The witness of a later time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Witness {
    Build,
    Receiver,
    Log,
}

/// What is wrong with the PC's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It shows an earlier moment than a witness.
    Behind(Witness),
    /// It shows an impossible moment, or was ahead of the receiver at its last answer and was not set back since.
    Ahead(Witness),
}

/// The time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// The best known time.
    pub now: Timestamp,
    /// The latest of all clocks: only what lies after it is certainly in the future.
    pub latest: Timestamp,
    /// What is wrong with the PC's clock, if anything is.
    pub fault: Option<Fault>,
}

impl Evidence {
    /// The time, where the PC's clock shows `pc`.
    pub fn known(&self, pc: Timestamp) -> Known {
        let (witness, witnessed) = self.witnessed(pc);
        let contact = self.contact.filter(|contact| self.is_possible(contact.receiver, pc));
        // How much time has passed on the PC since the answer; negative if it was set back.
        let offset = contact.map(|contact| contact.pc.duration_since(contact.receiver));
        let gone = contact.map(|contact| pc.duration_since(contact.pc));
        let not_set_back = gone.is_some_and(|gone| gone >= -TOLERANCE);
        let corrected = offset.and_then(|offset| pc.checked_sub(offset).ok());

        if let (Some(offset), Some(corrected)) = (offset, corrected)
            && offset > TOLERANCE
            && not_set_back
        {
            let now = if self.is_possible(corrected, witnessed) { corrected.max(witnessed) } else { witnessed };
            return Known { now, latest: pc.max(witnessed), fault: Some(Fault::Ahead(Witness::Receiver)) };
        }
        let going = self.last_told.and_then(|told| gone_on(told, pc)).unwrap_or(witnessed);
        if self.built > Timestamp::UNIX_EPOCH && pc.duration_since(witnessed) > LIFE {
            return Known { now: witnessed.max(going), latest: pc, fault: Some(Fault::Ahead(witness)) };
        }
        let behind = witnessed.duration_since(pc) > TOLERANCE;
        if !behind {
            let maybe = corrected.filter(|_| offset.is_some_and(|offset| offset < -TOLERANCE && offset >= -FEW_DAYS));
            let now = pc.max(witnessed);
            return Known { now, latest: now.max(maybe.unwrap_or(now)), fault: None };
        }
        // As much time has passed as on the PC since it was found to be behind.
        let since =
            contact.and_then(|Contact { receiver, pc: then }| gone_on(Moments { known: receiver, pc: then }, pc));
        let now = witnessed.max(going).max(since.unwrap_or(witnessed));
        Known { now, latest: now, fault: Some(Fault::Behind(witness)) }
    }

    /// The evidence without that of the book, when it is closed.
    pub fn without_book(&self) -> Evidence {
        Evidence { built: self.built, contact: self.contact, ..Evidence::default() }
    }

    /// The latest moment of a witness.
    fn witnessed(&self, pc: Timestamp) -> (Witness, Timestamp) {
        let mut latest = (Witness::Build, self.built);
        let contact = self.contact.map(|contact| contact.receiver);
        for receiver in [self.receiver, contact].into_iter().flatten() {
            if receiver > latest.1 && self.is_possible(receiver, pc) {
                latest = (Witness::Receiver, receiver);
            }
        }
        let mut reached = latest.1.max(pc);
        for (first, last) in &self.runs {
            if first.duration_since(reached) > GAP {
                break;
            }
            reached = reached.max(*last);
            if *last > latest.1 {
                latest = (Witness::Log, *last);
            }
        }
        latest
    }

    /// Whether a moment is possible: not before the program was made, and not more than [`LIFE`] after what else is
    /// known.
    pub fn is_possible(&self, moment: Timestamp, other: Timestamp) -> bool {
        moment >= self.built && moment.duration_since(self.built.max(other)) <= LIFE
    }

    /// Whether the last answer of a receiver, less than a minute ago, gave the same time: then it need not be stored.
    pub fn says_already(&self, receiver: Timestamp, pc: Timestamp) -> bool {
        let Some(contact) = self.contact.filter(|contact| self.receiver == Some(contact.receiver)) else {
            return false;
        };
        let gone = pc.duration_since(contact.pc);
        let apart = receiver.duration_since(contact.receiver) - gone;
        !gone.is_negative() && gone <= SignedDuration::from_mins(1) && apart.abs() <= SignedDuration::from_secs(2)
    }

    /// A step of the log was made at this moment.
    pub fn stepped(&mut self, at: Timestamp) {
        match self
            .runs
            .iter_mut()
            .find(|(first, last)| at.duration_since(*last) <= GAP && first.duration_since(at) <= GAP)
        {
            Some(run) => *run = (run.0.min(at), run.1.max(at)),
            None => {
                self.runs.push((at, at));
                self.runs.sort();
            }
        }
    }
}

/// The time now, if this PC's clock was not changed since the time was returned last.
fn gone_on(told: Moments, pc: Timestamp) -> Option<Timestamp> {
    let gone = pc.duration_since(told.pc);
    told.known.checked_add(gone).ok().filter(|_| !gone.is_negative() && gone <= DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("{text}T12:00:00Z").parse().unwrap()
    }

    fn nothing() -> Evidence {
        Evidence { built: at("2026-06-01"), ..Evidence::default() }
    }

    fn log(days: &[&str]) -> Evidence {
        let mut evidence = nothing();
        for day in days {
            evidence.stepped(at(day));
        }
        evidence
    }

    fn heard(receiver: &str, pc: &str) -> Evidence {
        Evidence { contact: Some(Contact { receiver: at(receiver), pc: at(pc) }), ..nothing() }
    }

    #[track_caller]
    fn check(evidence: &Evidence, pc: &str, now: &str, latest: &str, fault: Option<Fault>) {
        assert_eq!(evidence.known(at(pc)), Known { now: at(now), latest: at(latest), fault }, "{evidence:?} {pc}");
    }

    #[test]
    fn the_latest_witness_is_the_time() {
        let right = |evidence: &Evidence, pc| check(evidence, pc, pc, pc, None);
        right(&nothing(), "2026-11-26");
        right(&log(&["2026-09-01", "2026-11-26"]), "2026-11-26");
        let behind = |witness| Some(Fault::Behind(witness));
        check(&nothing(), "2015-01-01", "2026-06-01", "2026-06-01", behind(Witness::Build));
        check(&log(&["2026-11-26"]), "2015-01-01", "2026-11-26", "2026-11-26", behind(Witness::Log));
        check(&heard("2026-11-27", "2026-11-26"), "2026-11-26", "2026-11-27", "2026-11-27", behind(Witness::Receiver));
        let elsewhere = Evidence { receiver: Some(at("2026-12-01")), ..nothing() };
        check(&elsewhere, "2026-11-26", "2026-12-01", "2026-12-01", behind(Witness::Receiver));
    }

    #[test]
    fn minutes_are_not_worth_a_word() {
        let evidence = log(&["2026-11-26"]);
        let pc = |minutes| at("2026-11-26").checked_sub(SignedDuration::from_mins(minutes)).unwrap();
        assert_eq!(evidence.known(pc(10)), Known { now: pc(0), latest: pc(0), fault: None });
        assert_eq!(evidence.known(pc(11)).fault, Some(Fault::Behind(Witness::Log)));
    }

    #[test]
    fn a_program_of_years_ago_believes_a_log_that_went_on() {
        let years = ["2026-09-01", "2027-03-01", "2027-10-01", "2028-09-01", "2029-09-01"];
        check(&log(&years), "2015-01-01", "2029-09-01", "2029-09-01", Some(Fault::Behind(Witness::Log)));
    }

    #[test]
    fn a_wrong_future_moment_does_not_stay() {
        // A PC that showed 2099 and is right again.
        check(&log(&["2026-11-20", "2099-01-01"]), "2026-11-26", "2026-11-26", "2026-11-26", None);
        // While it shows 2099, nothing is blocked, and nothing is written with that time.
        let ahead = |witness| Some(Fault::Ahead(witness));
        check(&log(&["2026-11-20"]), "2099-01-01", "2026-11-20", "2099-01-01", ahead(Witness::Log));
        check(&nothing(), "2099-01-01", "2026-06-01", "2099-01-01", ahead(Witness::Build));
        // A receiver with such a clock is ignored, and so is one whose clock is before the build of the program.
        check(&heard("2099-01-01", "2026-11-26"), "2026-11-26", "2026-11-26", "2026-11-26", None);
        check(&heard("2015-01-01", "2026-11-26"), "2026-11-26", "2026-11-26", "2026-11-26", None);
    }

    #[test]
    fn a_pc_that_is_ahead_of_the_receiver_stays_ahead_until_it_is_set_back() {
        let evidence = heard("2026-11-26", "2026-11-27");
        let ahead = Some(Fault::Ahead(Witness::Receiver));
        check(&evidence, "2026-11-27", "2026-11-26", "2026-11-27", ahead);
        check(&evidence, "2026-11-29", "2026-11-28", "2026-11-29", ahead);
        check(&evidence, "2026-11-26", "2026-11-26", "2026-11-26", None);
        check(&evidence, "2099-01-01", "2026-11-26", "2099-01-01", ahead);
    }

    #[test]
    fn a_pc_that_is_behind_goes_on() {
        // A day slow, with a battery: an hour later it is an hour later; when it has passed the answer it may be right.
        let evidence = heard("2026-11-27", "2026-11-26");
        let later: Timestamp = "2026-11-26T13:00:00Z".parse().unwrap();
        let known = evidence.known(later);
        assert_eq!((known.now.to_string().as_str(), known.latest), ("2026-11-27T13:00:00Z", known.now));
        check(&evidence, "2026-11-29", "2026-11-29", "2026-11-30", None);
        // Without a battery it begins at 2015 again, and after that somebody sets it.
        let evidence = heard("2026-11-27", "2015-01-02");
        let behind = Some(Fault::Behind(Witness::Receiver));
        check(&evidence, "2015-01-01", "2026-11-27", "2026-11-27", behind);
        check(&evidence, "2020-01-01", "2026-11-27", "2026-11-27", behind);
        check(&evidence, "2026-11-28", "2026-11-28", "2026-11-28", None);
    }

    #[test]
    fn a_run_of_steps_grows_in_any_order() {
        let evidence = log(&["2099-01-01", "2026-11-20", "2026-11-26", "2026-09-01"]);
        let day = |text| at(text);
        assert_eq!(evidence.runs, [(day("2026-09-01"), day("2026-11-26")), (day("2099-01-01"), day("2099-01-01"))]);
    }
}
