//! What a process has used, for benches that measure themselves in a process of their own.

use std::time::{Duration, Instant};

/// What a piece of work has used.
#[derive(Debug, Clone, Copy, Default)]
pub struct Usage {
    /// Processor time of all threads. Only Linux says it; elsewhere it is the time that passed.
    pub processor: Duration,
    /// Time that passed.
    pub wall: Duration,
    /// Highest use of memory of the process so far, in MB. Only Linux says it; elsewhere 0.
    pub peak_mb: u64,
}

/// Does the work and says what it used.
pub fn usage(work: impl FnOnce()) -> Usage {
    let (before, start) = (processor(), Instant::now());
    work();
    let wall = start.elapsed();
    let used = processor().zip(before).map(|(after, before)| after.saturating_sub(before));
    Usage { processor: used.unwrap_or(wall), wall, peak_mb: peak_mb() }
}

impl Usage {
    /// One line that [`Usage::read`] reads.
    pub fn write(&self) -> String {
        format!("usage\t{}\t{}\t{}", self.processor.as_micros(), self.wall.as_micros(), self.peak_mb)
    }

    /// Reads a line of [`Usage::write`]; absent for another line.
    pub fn read(line: &str) -> Option<Usage> {
        let mut parts = line.strip_prefix("usage\t")?.split('\t').map(|part| part.parse::<u64>().ok());
        let mut next = || parts.next().flatten();
        let (processor, wall) = (Duration::from_micros(next()?), Duration::from_micros(next()?));
        Some(Usage { processor, wall, peak_mb: next()? })
    }
}

/// Processor time of the process in user and kernel. The kernel counts it in hundredths of a second.
fn processor() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program stands in brackets and may hold blanks.
    let mut after = stat.rsplit_once(')')?.1.split_whitespace().skip(11).map(|part| part.parse::<u64>().ok());
    let (user, kernel) = (after.next()??, after.next()??);
    Some(Duration::from_millis((user + kernel) * 10))
}

fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb: u64 = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or_default();
    kb / 1024
}
