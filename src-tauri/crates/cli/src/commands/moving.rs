//! `move`.

use desk::standards::api::migrate::{
    MigrationColumn, MigrationCounts, MigrationDone, MigrationPreview, MigrationTable, PreviewMigration, RunMigration,
    TakenBack,
};
use desk::{CallError, Nothing};

use super::state::AppState;
use crate::arguments::Move;
use crate::outcome::Outcome;

pub async fn run(state: &AppState<'_>, options: &Move) -> Result<Outcome, CallError> {
    match &options.to {
        None => take_back(state).await,
        Some(to) if options.apply => apply(state, to).await,
        Some(to) => preview(state, to).await,
    }
}

/// Prints the preview of a move; the exit code is 1 when cells will need manual work or when the move is blocked.
async fn preview(state: &AppState<'_>, to: &str) -> Result<Outcome, CallError> {
    let request = PreviewMigration { to: to.to_owned(), job: 0 };
    let preview: MigrationPreview = state.ask("migration.preview", &request).await?;
    state.printer.answer(&preview, |preview| {
        let mut lines = vec![format!("{} → {}", preview.from_name, preview.to_name), counts_line(&preview.counts)];
        for table in preview.tables.iter().filter(|table| has_news(table)) {
            lines.push(table_line(table));
            lines.extend(table.columns.iter().filter(|c| c.cells > 0 && c.kind != "same").map(|c| {
                let words = c.what.as_ref().map(|what| state.printer.words(what)).unwrap_or_default();
                column_line(c, &words)
            }));
        }
        lines.extend(preview.blocked.iter().map(|why| format!("现在不能迁移：{}", state.printer.words(why))));
        lines.push("只是预览，填报册没有改动；加 --apply 迁移".to_owned());
        lines
    });
    Ok(Outcome::findings_if(preview.counts.hand > 0 || preview.blocked.is_some()))
}

/// Whether the move changes anything in a table.
fn has_news(table: &MigrationTable) -> bool {
    let counts = table.counts;
    counts.converted + counts.moved + counts.aside + counts.hand + counts.filled > 0
        || (counts.records > 0 && table.kind != "same")
}

async fn apply(state: &AppState<'_>, to: &str) -> Result<Outcome, CallError> {
    let request = RunMigration { to: to.to_owned(), job: 0 };
    let done: MigrationDone = state.ask("migration.run", &request).await?;
    state.printer.answer(&done, |done| {
        vec![
            format!("已从 {} 迁移到 {}", done.from, done.to),
            counts_line(&done.counts),
            format!("迁移前的填报册留在：{}", done.kept_copy),
            format!(
                "校验：强制 {} 核实 {} 提示 {}",
                done.findings.mandatory, done.findings.confirm, done.findings.hint
            ),
        ]
    });
    Ok(Outcome::findings_if(done.findings.mandatory > 0))
}

async fn take_back(state: &AppState<'_>) -> Result<Outcome, CallError> {
    let taken: TakenBack = state.ask("migration.take_back", &Nothing {}).await?;
    state.printer.answer(&taken, |taken| {
        vec![
            format!("已退回到 {}：{}", taken.edition, taken.path),
            format!("迁移以后的填报册留在：{}", taken.moved_file),
        ]
    });
    Ok(Outcome::Done)
}

fn counts_line(counts: &MigrationCounts) -> String {
    format!(
        "记录 {}  已填数据项 {}  照旧 {}  改写 {}  移到别处 {}  留存备查 {}  需要人工处理 {}",
        counts.records, counts.cells, counts.kept, counts.converted, counts.moved, counts.aside, counts.hand
    )
}

fn table_line(table: &MigrationTable) -> String {
    let to = match (table.kind.as_str(), &table.to, &table.to_title) {
        ("aside", ..) => "新版没有这张表，全部留存备查".to_owned(),
        ("new", ..) => "新版新增的表".to_owned(),
        ("moved", ..) => "归到另一个数据子集".to_owned(),
        ("replaced" | "merged", Some(to), Some(title)) => format!("→ {to} {title}"),
        _ => String::new(),
    };
    format!("{} {}  {} 条  {to}", table.table, table.title, table.counts.records).trim_end().to_owned()
}

fn column_line(column: &MigrationColumn, words: &str) -> String {
    let kind = match column.kind.as_str() {
        "hand" => "需要人工处理",
        "aside" => "留存备查",
        "convert" => "改写",
        "moved" => "移到别处",
        _ => "填入",
    };
    let to = column.to_title.as_ref().filter(|to| **to != column.title);
    let to = to.map(|to| format!(" → {to}")).unwrap_or_default();
    let example = column
        .examples
        .iter()
        .find(|e| e.before != e.after)
        .map(|e| format!("（例：{} → {}）", e.before, e.after))
        .unwrap_or_default();
    format!("  {kind} {} 格  {}{to}  {words}{example}", column.cells, column.title)
}
