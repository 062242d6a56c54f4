//! `editions`, `edition list`, `export`, `install`, `remove`, `pack`, `key`, `publishers`, `trust` and `distrust`.

use desk::standards::api::definitions::{ExportDefinition, WrittenEdition};
use desk::standards::api::shelf::{
    DistrustPublisher, EditionFile, EditionId, MadeKey, MakeKey, PackEdition, PackedEdition, PublisherView,
    TrustPublisher,
};
use desk::{CallError, EditionSummary, Nothing};

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
            state.printer.answer(&written, |w| vec![format!("已写出 {}：{} 张工作表", w.file, w.sheets)]);
        }
        Edition::Install { file } => {
            let request = EditionFile { path: path_text(file)? };
            // Signed packages have an ending of their own; every other file is read as a workbook, whose kind its
            // content decides.
            let package = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tbedition"));
            let call = if package { "edition.install_package" } else { "edition.install_definition" };
            let installed: EditionSummary = state.ask(call, &request).await?;
            state.printer.answer(&installed, |e| vec![format!("已安装：{}", line(state, e))]);
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
                vec![format!("已签名：{}  {} {}  {} 个文件  指纹 {}", p.file, p.id, p.revision, p.files, p.fingerprint)]
            });
        }
        Edition::Key { output } => {
            let made: MadeKey = state.ask("edition.make_key", &MakeKey { path: path_text(output)? }).await?;
            state.printer.answer(&made, |made| {
                vec![
                    format!("私钥（请妥善保管，不要交给任何人）：{}", made.file),
                    format!("公钥（交给要信任你的人）：{}", made.public_key),
                    format!("指纹：{}", made.fingerprint),
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
    let origin = match (edition.origin.as_str(), &edition.publisher) {
        (_, Some(publisher)) => format!("由“{publisher}”签名"),
        ("definition", None) => "来自定义工作簿".to_owned(),
        ("package", None) => "来自签名包".to_owned(),
        _ => "内置".to_owned(),
    };
    match &edition.problem {
        Some(problem) => format!("{}  {origin}  不能使用：{}", edition.id, state.printer.words(problem)),
        None => format!(
            "{}  {}（{}）  修订 {}  {origin}  {} 表  {} 数据项  {} 代码集  {} 代码  {} 规则",
            edition.id,
            edition.title,
            edition.issued,
            edition.revision,
            edition.tables,
            edition.fields,
            edition.code_lists,
            edition.codes,
            edition.rules
        ),
    }
}

fn say(state: &AppState<'_>, publishers: &[PublisherView]) {
    state.printer.answer(&publishers, |list| list.iter().map(|p| format!("{}  {}", p.name, p.fingerprint)).collect());
}
