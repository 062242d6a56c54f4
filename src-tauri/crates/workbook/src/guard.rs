//! Catches panics of the libraries that read and write workbooks.
//!
//! calamine indexes into what a file says, and a broken .xls or .xlsx can make it panic instead of returning an error;
//! rust_xlsxwriter panics where a disk is full. The program continues, and the message of the panic, which could quote
//! a cell, is not printed.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs a parser; absent where it panicked.
pub(crate) fn guarded<T>(parse: impl FnOnce() -> T) -> Option<T> {
    caught(parse).ok()
}

/// Runs a writer; the error is the message of its panic.
pub(crate) fn caught<T>(run: impl FnOnce() -> T) -> Result<T, Box<dyn std::any::Any + Send>> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(run));
    QUIET.set(before);
    outcome
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_is_an_absence() {
        assert_eq!(guarded(|| 7), Some(7));
        let none: [u8; 0] = [];
        assert_eq!(guarded(|| none[std::hint::black_box(1)]), None);
    }
}
