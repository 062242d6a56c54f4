//! Adds up the numbers of passed and failed tests that the test runners report.

/// Tests that passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    /// One step without single tests, which either passes or fails.
    pub fn step(holds: bool) -> Tally {
        Tally { passed: holds.into(), failed: (!holds).into() }
    }

    /// Reads the last lines that Rust's own test runner prints.
    pub fn of_libtest(lines: &[String]) -> Tally {
        let mut tally = Tally::default();
        for line in lines {
            let Some(result) = line.trim_start().strip_prefix("test result: ") else { continue };
            tally.passed += number_before(result, " passed");
            tally.failed += number_before(result, " failed");
        }
        tally
    }

    /// Reads a JSON report: the numbers at these two places.
    pub fn of_report(report: &str, passed: &[&str], failed: &[&str]) -> Option<Tally> {
        let report: serde_json::Value = serde_json::from_str(report).ok()?;
        let sum = |pointers: &[&str]| {
            pointers.iter().map(|at| report.pointer(at)?.as_u64()).try_fold(0, |sum, next| Some(sum + next?))
        };
        Some(Tally { passed: sum(passed)?, failed: sum(failed)? })
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    let Some(end) = text.find(word) else { return 0 };
    let digits = text[..end].bytes().rev().take_while(u8::is_ascii_digit).count();
    text[end - digits..end].parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn closing_lines_of_several_programs_add_up() {
        let text = "running 2 tests\ntest a ... ok\n\
            test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n";
        assert_eq!(Tally::of_libtest(&lines(text)), Tally { passed: 15, failed: 2 });
    }

    #[test]
    fn a_runner_that_said_nothing_counts_nothing() {
        assert_eq!(Tally::of_libtest(&lines("running 0 tests")), Tally::default());
    }

    #[test]
    fn reports_are_read_where_told() {
        let report = r#"{"stats": {"expected": 4, "flaky": 1, "unexpected": 2}}"#;
        let read = |failed: &str| Tally::of_report(report, &["/stats/expected", "/stats/flaky"], &[failed]);
        assert_eq!(read("/stats/unexpected"), Some(Tally { passed: 5, failed: 2 }));
        assert_eq!(read("/stats/absent"), None);
    }
}
