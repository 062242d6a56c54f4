//! `editions`, `edition list`, `export`, `install`, `remove`, `pack`, `key`, `publishers`, `trust` and `distrust`.

use std::fmt::Display;

use desk::standards::api::definitions::{ExportDefinition, WrittenEdition};
use desk::standards::api::shelf::{
    DistrustPublisher, EditionFile, EditionId, MadeKey, MakeKey, PackEdition, PackedEdition, PublisherView,
    TrustPublisher,
};
use desk::{CallError, EditionSummary, Nothing, Origin};

use super::{AppState, path_text, standard};
use crate::arguments::Edition;
use crate::outcome::Outcome;

pub async fn run(state: &AppState<'_>, command: &Edition) -> Result<Outcome, CallError> {
    match command {
        Edition::List => {
            let editions: Vec<EditionSummary> = state.ask("standard.editions", &Nothing {}).await?;
            state.printer.answer(&editions, |editions| editions.iter().map(|e| line(state, e)).collect());
        }
        Edition::Export { definition, edition } => {
            let edition = match edition {
                Some(edition) => edition.clone(),
                None => standard::chosen(state).await?,
            };
            let request = ExportDefinition { edition, path: path_text(definition)? };
            let written: WrittenEdition = state.ask("edition.export_definition", &request).await?;
            state.printer.answer(&written, |w| {
                vec![state.printer.line("cli.written-sheets", &[("file", &w.file), ("sheets", &w.sheets)])]
            });
        }
        Edition::Install { file } => {
            let request = EditionFile { path: path_text(file)? };
            // Signed packages have an ending of their own; every other file is read as a workbook, whose kind its
            // content decides.
            let package = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tbedition"));
            let call = if package { "edition.install_package" } else { "edition.install_definition" };
            let installed: EditionSummary = state.ask(call, &request).await?;
            state
                .printer
                .answer(&installed, |e| vec![state.printer.line("cli.installed", &[("edition", &line(state, e))])]);
        }
        Edition::Remove { id } => {
            let left: Vec<EditionSummary> = state.ask("edition.remove", &EditionId { id: id.clone() }).await?;
            state.printer.answer(&left, |editions| editions.iter().map(|e| line(state, e)).collect());
        }
        Edition::Pack { source, output, key, publisher } => {
            let request = PackEdition {
                source: source.clone(),
                key: path_text(key)?,
                publisher: publisher.clone(),
                path: path_text(output)?,
            };
            let packed: PackedEdition = state.ask("edition.pack", &request).await?;
            state.printer.answer(&packed, |p| {
                let values: [(&str, &dyn Display); 5] = [
                    ("file", &p.file),
                    ("id", &p.id),
                    ("revision", &p.revision),
                    ("files", &p.files),
                    ("fingerprint", &p.fingerprint),
                ];
                vec![state.printer.line("cli.packed", &values)]
            });
        }
        Edition::Key { output } => {
            let made: MadeKey = state.ask("edition.make_key", &MakeKey { path: path_text(output)? }).await?;
            state.printer.answer(&made, |made| {
                vec![
                    state.printer.line("cli.private-key", &[("file", &made.file)]),
                    state.printer.line("cli.public-key", &[("key", &made.public_key)]),
                    state.printer.line("cli.fingerprint", &[("fingerprint", &made.fingerprint)]),
                ]
            });
        }
        Edition::Publishers => {
            let publishers: Vec<PublisherView> = state.ask("edition.publishers", &Nothing {}).await?;
            say(state, &publishers);
        }
        Edition::Trust { name, key } => {
            let request = TrustPublisher { name: name.clone(), key: key.clone() };
            let publishers: Vec<PublisherView> = state.ask("edition.trust", &request).await?;
            say(state, &publishers);
        }
        Edition::Distrust { fingerprint } => {
            let request = DistrustPublisher { fingerprint: fingerprint.clone() };
            let publishers: Vec<PublisherView> = state.ask("edition.distrust", &request).await?;
            say(state, &publishers);
        }
    }
    Ok(Outcome::Done)
}

fn line(state: &AppState<'_>, edition: &EditionSummary) -> String {
    let origin = match (edition.origin, &edition.publisher) {
        (_, Some(publisher)) => state.printer.line("cli.origin-signed", &[("publisher", publisher)]),
        (Origin::Definition, None) => state.printer.line("cli.origin-definition", &[]),
        (Origin::Package, None) => state.printer.line("cli.origin-package", &[]),
        (Origin::Builtin, None) => state.printer.line("cli.origin-builtin", &[]),
    };
    match &edition.problem {
        Some(problem) => state.printer.line(
            "cli.edition-unusable",
            &[("id", &edition.id), ("origin", &origin), ("problem", &state.printer.words(problem))],
        ),
        None => {
            let values: [(&str, &dyn Display); 10] = [
                ("id", &edition.id),
                ("title", &edition.title),
                ("issued", &edition.issued),
                ("revision", &edition.revision),
                ("origin", &origin),
                ("tables", &edition.tables),
                ("fields", &edition.fields),
                ("lists", &edition.code_lists),
                ("codes", &edition.codes),
                ("rules", &edition.rules),
            ];
            state.printer.line("cli.edition", &values)
        }
    }
}

fn say(state: &AppState<'_>, publishers: &[PublisherView]) {
    state.printer.answer(&publishers, |list| list.iter().map(|p| format!("{}  {}", p.name, p.fingerprint)).collect());
}
