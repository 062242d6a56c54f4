//! The program's clock: the best known time, for every day and moment that the program counts with.
//!
//! - [`evidence`]: what is known of the time, and what follows from it
//! - [`kept`]: what is remembered of it in the book and on this PC
//!
//! Only the log of the program and the validity of a receiver's tokens use the PC's clock itself.

mod evidence;
mod kept;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use store::{Book, StoreError};

use super::api::{CallError, ClockState, ClockVerdict, ClockWitness};
use super::env::{self, Env, national_day, rfc3339};
use super::places::{Contact, ThisPc};
use evidence::{Evidence, Fault, GAP, Known, Moments, Witness};
use kept::KeptClock;

/// The clock of a desk. It can be cloned; all clones give the same time.
#[derive(Clone)]
pub(crate) struct KnownClock {
    pc: env::Clock,
    evidence: Arc<Mutex<Evidence>>,
}

impl KnownClock {
    /// The clock without a book.
    pub fn new(env: &Env) -> KnownClock {
        let evidence = Evidence { built: env.built, contact: ThisPc::read(env).contact(), ..Evidence::default() };
        KnownClock { pc: env.now.clone(), evidence: Arc::new(Mutex::new(evidence)) }
    }

    fn evidence(&self) -> MutexGuard<'_, Evidence> {
        self.evidence.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self) -> Known {
        let pc = (self.pc)();
        let mut evidence = self.evidence();
        let known = evidence.known(pc);
        evidence.last_told = known.fault.map(|_| Moments { known: known.now, pc });
        known
    }

    /// The best known time.
    pub fn now(&self) -> Timestamp {
        self.known().now
    }

    /// The best known time of a step that goes into the log now.
    pub fn now_of_step(&self) -> Timestamp {
        let now = self.now();
        self.evidence().stepped(now);
        now
    }

    /// The best known time, in RFC 3339 with the national offset and whole milliseconds.
    pub fn now_text(&self) -> String {
        rfc3339(self.now())
    }

    /// Today in national time.
    pub fn today(&self) -> Date {
        national_day(self.now())
    }

    /// The latest day that any clock shows: `tb_today()` of the rules. Only what lies after it is certainly in the
    /// future, and mandatory findings must be certain.
    pub fn latest_day(&self) -> Date {
        national_day(self.known().latest)
    }

    /// The same time as a function.
    pub fn as_function(&self) -> env::Clock {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }

    /// Reads the evidence of the time from the book that is opened.
    pub fn take_up(&self, book: &Book) -> Result<(), StoreError> {
        let kept = KeptClock::read(book)?;
        let runs = book.step_times(kept.steps_before, GAP)?;
        let mut evidence = self.evidence();
        *evidence = Evidence { receiver: kept.receiver, runs, ..evidence.without_book() };
        Ok(())
    }

    /// Forgets the evidence of the book that is closed.
    pub fn leave(&self) {
        let mut evidence = self.evidence();
        *evidence = evidence.without_book();
    }

    /// Takes in what a receiver's clock showed a moment ago, and keeps it in the book and on this PC. It overrules all
    /// steps before. An impossible moment is ignored.
    pub fn hear(&self, env: &Env, book: &Book, receiver: Timestamp) {
        if self.evidence().says_already(receiver, (self.pc)()) {
            return;
        }
        if let Some(contact) = self.believe(receiver) {
            // An error is ignored, because the answer of the receiver is valid even if its time cannot be stored.
            let _ = KeptClock::heard(book, receiver);
            let _ = ThisPc::read(env).keep_contact(env, Some(contact));
        }
    }

    fn believe(&self, receiver: Timestamp) -> Option<Contact> {
        let pc = (self.pc)();
        let mut evidence = self.evidence();
        let (other, contact) = (evidence.known(pc).now, Contact { receiver, pc });
        evidence.is_possible(receiver, other.max(pc)).then(|| {
            *evidence = Evidence {
                contact: Some(contact),
                receiver: Some(receiver),
                runs: Vec::new(),
                ..evidence.without_book()
            };
            contact
        })
    }

    /// Records that this PC's clock is right: earlier evidence no longer counts, except that the program cannot be used
    /// before it was made.
    pub fn trust(&self, env: &Env, book: Option<&Book>) -> Result<(), CallError> {
        book.map(KeptClock::trusted).transpose()?;
        ThisPc::read(env).keep_contact(env, None)?;
        *self.evidence() = Evidence { built: env.built, ..Evidence::default() };
        Ok(())
    }

    /// The two clocks, and what is wrong with that of this PC.
    pub fn state(&self) -> ClockState {
        let pc = (self.pc)();
        let known = self.known();
        let (verdict, witness) = match known.fault {
            None => (ClockVerdict::Right, None),
            Some(Fault::Behind(witness)) => (ClockVerdict::Behind, Some(witness)),
            Some(Fault::Ahead(witness)) => (ClockVerdict::Ahead, Some(witness)),
        };
        // The evidence that would be left after the clerk declared this PC's clock to be right.
        let trusted = Evidence { built: self.evidence().built, ..Evidence::default() };
        let can_trust = witness.is_some() && trusted.known(pc).fault.is_none();
        let witness = witness.map(|witness| match witness {
            Witness::Build => ClockWitness::Build,
            Witness::Receiver => ClockWitness::Receiver,
            Witness::Log => ClockWitness::Log,
        });
        ClockState { pc: rfc3339(pc), known: rfc3339(known.now), verdict, witness, can_trust }
    }
}
