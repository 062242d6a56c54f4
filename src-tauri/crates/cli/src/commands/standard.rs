//! `show`.

use desk::CallError;
use desk::standards::api::browse::{EditionRef, TableRef, TableSpec, Tree};
use desk::standards::api::definitions::{WriteSpecification, WrittenEdition};
use desk::standards::api::rules::{PrintRules, PrintedRules, RuleView, RulesPage, RulesQuery};
use serde::Serialize;

use super::{AppState, path_text};
use crate::arguments::{LevelArgument, Show};
use crate::outcome::Outcome;

/// The edition for commands without `--edition`: that of the book, or the newest when no book opens.
pub async fn chosen(state: &AppState<'_>) -> Result<String, CallError> {
    if state.book.is_some() {
        state.open().await?;
    }
    let tree: Tree = state.ask("standard.tree", &EditionRef::default()).await?;
    Ok(tree.edition)
}

pub async fn show(state: &AppState<'_>, options: &Show) -> Result<Outcome, CallError> {
    let (edition, output) = (options.edition.as_deref(), options.output.as_deref());
    // Without --edition the edition of the book is shown, or the newest one when the book cannot be opened.
    if edition.is_none() && state.book.is_some() {
        state.open().await?;
    }
    // The parser requires a table when --rules is absent.
    let Some(table) = options.table.as_deref().filter(|_| !options.rules) else {
        return rules(state, options).await;
    };
    if let Some(output) = output {
        let (edition, tables) = (edition.map(str::to_owned), vec![table.to_owned()]);
        let request = WriteSpecification { edition, tables, path: path_text(output)? };
        let written: WrittenEdition = state.ask("standard.specification", &request).await?;
        state.printer.answer(&written, |w| vec![state.printer.line("cli.written", &[("file", &w.file)])]);
        return Ok(Outcome::Done);
    }
    let request = TableRef { edition: edition.map(str::to_owned), table: table.to_owned() };
    let spec: TableSpec = state.ask("standard.table", &request).await?;
    state.printer.answer(&spec, |spec| {
        let mut lines =
            vec![format!("{} {}  {} · {} · {}", spec.table, spec.title, spec.subset, spec.frequency_text, spec.scope)];
        for f in &spec.fields {
            let mark = if f.required { "*" } else { " " };
            let length = f.max_length.map(|n| n.to_string()).unwrap_or_default();
            let detail = f.code_list_title.as_ref().or(f.format.as_ref()).cloned().unwrap_or_default();
            lines.push(format!("{mark} {:<14} {}{length:<5} {}  {detail}", f.column, f.printed_type, f.title));
        }
        lines
    });
    Ok(Outcome::Done)
}

/// The JSON document that `show --rules` prints.
#[derive(Serialize)]
struct RulesAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    rules: Vec<RuleView>,
}

async fn rules(state: &AppState<'_>, options: &Show) -> Result<Outcome, CallError> {
    let level = options.level.map(LevelArgument::level);
    let query = RulesQuery { edition: options.edition.clone(), table: options.table.clone(), ..RulesQuery::default() };
    let page: RulesPage = state.ask("standard.rules", &query).await?;
    let file = match &options.output {
        Some(output) => {
            let request = PrintRules {
                edition: options.edition.clone(),
                table: options.table.clone(),
                path: path_text(output)?,
                level,
            };
            let printed: PrintedRules = state.ask("standard.print_rules", &request).await?;
            Some(printed.file)
        }
        None => None,
    };
    // The page has the mandatory rules unless others are asked for, and the answer has the same rules as the page.
    let most = level.or(file.is_some().then_some(standard::Level::Mandatory));
    let mut rules = page.rules;
    rules.retain(|rule| most.is_none_or(|most| rule.level <= most));
    rules.sort_by_key(|rule| rule.level);
    state.printer.answer(&RulesAnswer { file, rules }, |answer| match &answer.file {
        Some(file) => vec![state.printer.line("cli.rules-written", &[("file", file), ("rules", &answer.rules.len())])],
        None => answer.rules.iter().map(|rule| line(state, rule)).collect(),
    });
    Ok(Outcome::Done)
}

/// Level, id, and what is wrong where the rule finds something.
fn line(state: &AppState<'_>, rule: &RuleView) -> String {
    let level = match rule.level {
        standard::Level::Mandatory => "level.mandatory",
        standard::Level::Confirm => "level.confirm",
        standard::Level::Hint => "level.hint",
    };
    format!("{} {}  {}", state.printer.line(level, &[]), rule.id, rule.sentence)
}
