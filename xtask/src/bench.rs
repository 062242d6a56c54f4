//! `cargo xtask bench`: every bench in release, and what they measured in one table beside the goals. Times differ
//! between machines and between runs, so the command never fails because of a time; a ratio compares two measurements
//! of one run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use crate::built;
use crate::folders;
use crate::packages;
use crate::run::{self, Result, cargo, heading};

/// The benches of tests/Cargo.toml.
const BENCHES: &[&str] = &["standard", "store", "check", "workbook", "import", "edit", "submission"];

/// How long one bench may take, its build included.
const LIMIT: Duration = Duration::from_secs(60 * 60);

/// One line of the table. A bench prints `measure`, the id and the figure, with tabs between them.
struct Goal {
    /// `None`: no bench measures it.
    id: Option<&'static str>,
    work: &'static str,
    goal: &'static str,
    reference: &'static str,
}

const fn measured(id: &'static str, work: &'static str, goal: &'static str, reference: &'static str) -> Goal {
    Goal { id: Some(id), work, goal, reference }
}

const fn not_yet(work: &'static str, goal: &'static str, reference: &'static str) -> Goal {
    Goal { id: None, work, goal, reference }
}

const GOALS: &[Goal] = &[
    measured("standards", "load the built-in standards", "-", "parsing the same files, nothing checked"),
    measured("store-import", "store 2,000 records of 37 columns", "-", "rusqlite inserts, nothing encrypted or logged"),
    measured("store-undo", "undo that", "-", "the same inserts"),
    measured("store-edit", "store one edit", "20 ms (p99, with its check)", "-"),
    measured("cells", "check the cells of 100,000 records", "2 x", "a loop written by hand"),
    measured("table", "check a table of 100,000 records in a book", "-", "the same loop"),
    measured("rules", "the same with the table's rules", "-", "the check without rules"),
    measured("template", "template with 100,000 records of 30 columns", "1.0 x", "rust_xlsxwriter in constant memory"),
    measured("csv", "the same as .csv", "-", "rust_xlsxwriter in constant memory"),
    measured("read", "read that template as records", "-", "calamine's range"),
    measured("read-csv", "read that .csv as records", "-", "calamine's range of the template"),
    measured(
        "import",
        "import 100,000 x 34 from .xlsx into an encrypted book",
        "3 x, wall 2 x, 200 MB",
        "calamine's cell reader",
    ),
    measured(
        "beside",
        "the cells of that .xlsx read by others (where TIANBAO_BENCH_PYTHON names a Python that has them)",
        "-",
        "calamine's cell reader",
    ),
    measured("import-csv", "import of as many rows of CSV into 0 / as many / twice as many", "equal, 250 MB", "-"),
    measured("book-size", "size of that book x 37 columns", "2 x", "the CSV file"),
    measured("preview", "sheets, headings and first rows of a large workbook", "200 ms for 100 MB", "-"),
    measured("edit-calls", "the call of one edit in a table of 400 records / of 1,000,000, p99", "20 ms", "-"),
    measured("paste", "10,000 x 30 cells pasted, saved and checked", "2 s, undo 2 s", "-"),
    not_yet("one edit, key to saved", "p99 20 ms", "-"),
    measured(
        "submission",
        "submission of 100,000 rows to a centre on this machine",
        "half the speed",
        "SM4 and SM3 alone on the same bytes",
    ),
    not_yet("start to usable Home", "1.0 s", "-"),
];

/// Runs the benches and prints the table; with `save` it is kept in docs/performance.md.
pub fn bench(save: bool) -> Result<ExitCode> {
    packages::system(packages::BUILD)?;
    built::interface()?;
    let mut figures = BTreeMap::new();
    for name in BENCHES {
        heading(&format!("bench {name}"));
        match run::watch(&mut cargo(&["bench", "--package", "tianbao-tests", "--bench", name]), LIMIT) {
            Ok(watched) => figures.extend(read(&watched.lines)),
            Err(failure) => eprintln!("{failure}"),
        }
    }
    let table = table(&figures);
    heading("what was measured");
    println!("{table}");
    if save {
        let file = folders::at("docs/performance.md");
        let notes = notes(&std::fs::read_to_string(&file).unwrap_or_default());
        let page = page(&machine(), &table, &notes);
        std::fs::write(&file, page).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(if figures.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The figures that a bench printed, by their ids.
fn read(lines: &[String]) -> BTreeMap<String, String> {
    let figure = |line: &String| {
        let mut parts = line.strip_prefix("measure\t")?.split('\t');
        Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
    };
    lines.iter().filter_map(figure).collect()
}

fn table(figures: &BTreeMap<String, String>) -> String {
    let mut table = String::from("| work | reached | goal | reference in the same run |\n| --- | --- | --- | --- |\n");
    for Goal { id, work, goal, reference } in GOALS {
        let reached = match id {
            Some(id) => figures.get(*id).map_or("not measured in this run", String::as_str),
            None => "no bench yet",
        };
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {work} | {reached} | {goal} | {reference} |");
    }
    table
}

/// The heading of the part of docs/performance.md that people write: why a figure is what it is.
const NOTES: &str = "## Where the time goes\n";

/// What people have written below the table.
fn notes(page: &str) -> String {
    page.find(NOTES).map(|at| page[at..].to_owned()).unwrap_or_default()
}

fn page(machine: &str, table: &str, notes: &str) -> String {
    let between = if notes.is_empty() { "" } else { "\n" };
    format!(
        "# Performance\n\n\
         The table is made by `cargo xtask bench --save`; what stands below it is kept. A figure with x is the time of the \
         program through the time of the reference in the same run, so it compares between machines; the others do not.\n\n\
         Machine: {machine}.\n\n{table}{between}{notes}"
    )
}

/// The processor and its cores.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let listed = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = listed.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map(|(_, model)| model.trim().to_owned());
    let model = model.or_else(|| std::env::var("PROCESSOR_IDENTIFIER").ok()).unwrap_or_else(|| "unknown".to_owned());
    format!("{model}, {cores} cores, {}", std::env::consts::OS)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{notes, page, read, table};

    #[test]
    fn figures_come_from_marked_lines_only() {
        let lines = ["cells   1.000 s", "measure\tcells\t2.10 x\t1.0 s", "measure\tbroken"].map(str::to_owned);
        let figures = read(&lines);
        assert_eq!(figures, BTreeMap::from([("cells".to_owned(), "2.10 x".to_owned())]));
        let table = table(&figures);
        assert!(table.contains("| check the cells of 100,000 records | 2.10 x | 2 x |"), "{table}");
        assert!(table.contains("| undo that | not measured in this run |"), "{table}");
        let written = page("a processor, 2 cores, linux", &table, "## Where the time goes\n\nHere.\n");
        assert!(written.starts_with("# Performance\n"));
        assert_eq!(notes(&written), "## Where the time goes\n\nHere.\n", "what people wrote is kept");
        assert_eq!(notes(&page("a processor", &table, "")), "");
    }
}
