//! The figures as a page of docs/.

use std::fmt::Write as _;

use standard::quality::{GOAL, Quality, Unusual};

use crate::table::{alarms, damaged, noticed};

/// docs/rules.md.
pub fn page(quality: &Quality) -> String {
    let mut page = String::from(HEAD);
    let _ = writeln!(
        page,
        "Measured on {}, seed {}, up to {} damages of each kind in each edition ({} in all).\n",
        quality.measured,
        quality.seed,
        quality.wanted,
        damaged(quality).iter().map(|kind| kind.made).sum::<usize>()
    );
    let _ = writeln!(page, "| edition | rules | records | findings in clean records |\n| --- | --- | --- | --- |");
    for edition in &quality.editions {
        let _ = writeln!(page, "| {} | {} | {} | {} |", edition.edition, edition.rules, edition.records, edition.clean);
    }
    found(&mut page, quality);
    reasons(&mut page, quality);
    accused(&mut page, quality);
    page
}

const HEAD: &str = "\
# How good the rules are

Written by `cargo xtask rules --save`; not edited by hand. The program damages records of the sample college on purpose
(`src-tauri/crates/sample/src/damage`) and makes true but unusual ones (`src-tauri/crates/sample/src/unusual`), puts them
into a real book, runs the checks of an edit, and counts what is new.

";

fn found(page: &mut String, quality: &Quality) {
    page.push_str(
        "\n## Mistakes that are noticed\n\n\
         Records and fields are drawn by the seed, evenly over all fields to which a kind applies. *Noticed* is the share with any \
         new finding on the damaged record, or only on other records because of it, or that reading puts right before it is stored \
         (*mended*). *On the cell* is the share of all with a finding on a damaged cell. Levels are those of the highest finding on the record. \
         A kind that an edition has no place for is —.\n\n",
    );
    let editions: String = quality.editions.iter().map(|edition| format!(" {} |", edition.edition)).collect();
    let _ = writeln!(page, "| kind | made | noticed | on the cell | mended | mandatory / confirm / hint |{editions}");
    let _ = writeln!(page, "| --- | --- | --- | --- | --- | --- |{}", " --- |".repeat(quality.editions.len()));
    for (at, kind) in damaged(quality).iter().enumerate() {
        let goal = kind.recall().is_some_and(|share| share >= GOAL);
        let mark = if goal { "" } else { " *" };
        let own: String = quality.editions.iter().map(|e| format!(" {} |", share(e.damaged[at].recall()))).collect();
        let of = |count: usize| share((kind.made > 0).then(|| count as f64 / kind.made as f64));
        let _ = writeln!(
            page,
            "| {} {}{mark} | {} | {} | {} | {} | {} / {} / {} |{own}",
            kind.zh,
            kind.en,
            kind.made,
            share(kind.recall()),
            of(kind.on_cell),
            of(kind.mended),
            kind.mandatory,
            kind.confirm,
            kind.hint,
        );
    }
    let _ = writeln!(
        page,
        "\n{} of {} kinds are noticed in {:.0} % or more of the cases.",
        noticed(quality),
        damaged(quality).len(),
        GOAL * 100.0
    );
}

fn reasons(page: &mut String, quality: &Quality) {
    page.push_str("\n### What each kind is, and why some stay unseen (*)\n\n");
    for kind in damaged(quality) {
        let below = kind.recall().is_none_or(|share| share < GOAL);
        let limit = if below && !kind.limit.is_empty() { format!(" **{}**", kind.limit) } else { String::new() };
        let _ = writeln!(page, "- {} (`{}`): {}{limit}", kind.zh, kind.id, kind.what);
    }
}

fn accused(page: &mut String, quality: &Quality) {
    let alarms = alarms(quality);
    page.push_str(
        "\n## True records that are accused\n\n\
         Each kind changes or adds a few records, with what belongs to them, so that the book still agrees; whole tables are then \
         checked, and every finding counts that the clean records do not have, wherever it stands. *Asked* marks kinds for which a finding to confirm is the \
         right answer, with the reason below; every other finding to confirm is a false alarm, counted per record of the kinds \
         without that mark.\n\n",
    );
    let editions: String = quality.editions.iter().map(|edition| format!(" {} |", edition.edition)).collect();
    let _ = writeln!(page, "Per edition: records: mandatory / confirm / hint.\n\n| kind | asked |{editions}");
    let _ = writeln!(page, "| --- | --- |{}", " --- |".repeat(quality.editions.len()));
    let Some(first) = quality.editions.first() else { return };
    for (at, kind) in first.unusual.iter().enumerate() {
        let own: String = quality.editions.iter().map(|e| format!(" {} |", verdict(&e.unusual[at]))).collect();
        let asked = if kind.asked.is_empty() { "" } else { "yes" };
        let _ = writeln!(page, "| {} {} | {asked} |{own}", kind.zh, kind.en);
    }
    let _ = writeln!(
        page,
        "\n{} records: {} mandatory findings. {} records of kinds that nothing should be asked about: {} findings to confirm.",
        alarms.records, alarms.mandatory, alarms.silent_records, alarms.false_confirm
    );
    page.push_str("\n### What each kind is\n\n");
    for kind in &first.unusual {
        let asked = if kind.asked.is_empty() { String::new() } else { format!(" 请核实：{}", kind.asked) };
        let _ = writeln!(page, "- {} (`{}`): {}{asked}", kind.zh, kind.id, kind.what);
    }
}

fn verdict(kind: &Unusual) -> String {
    match kind.records {
        0 => "—".to_owned(),
        records => format!("{records}: {} / {} / {}", kind.mandatory, kind.confirm, kind.hint),
    }
}

/// A share as percent with one decimal, rounded down so that 100.0 means all.
fn share(share: Option<f64>) -> String {
    share.map_or_else(|| "—".to_owned(), |share| format!("{:.1}", (share * 1000.0).floor() / 10.0))
}
