//! The words of a rule as a sentence about columns: a finding puts values into its placeholders, a page has none.

use standard::rule::NAME;
use standard::{Rule, RuleBody, Table};

/// The text for a placeholder that is not a column but an addition of a query.
const UNNAMED: &str = "……";

/// What is wrong, as a sentence for each of the rule's messages.
pub fn sentence(rule: &Rule, table: Option<&Table>) -> String {
    let RuleBody::Parts { parts } = &rule.body else {
        // Of a rule with several columns any can be at fault, where its words leave open which.
        let several = rule.message.contains("{title}") && matches!(rule.body, RuleBody::Select { .. });
        let columns = if several { rule.columns.as_slice() } else { &rule.columns[..rule.columns.len().min(1)] };
        return words(&rule.message, columns, table);
    };
    let mut said: Vec<(&str, Vec<String>)> = Vec::new();
    for part in parts {
        let message = part.message.as_deref().unwrap_or(&rule.message);
        match said.iter_mut().find(|(known, _)| *known == message) {
            Some((_, columns)) => columns.push(part.column.clone()),
            None => said.push((message, vec![part.column.clone()])),
        }
    }
    said.iter().map(|(message, columns)| words(message, columns, table)).collect()
}

/// `支出时间“{value}”晚于今天。` as 支出时间晚于今天。; a placeholder that no title stands before becomes the title of its
/// column, and dots where the words have named it already. `at_fault` are the columns that can be at fault.
fn words(message: &str, at_fault: &[String], table: Option<&Table>) -> String {
    let field = |column: &str| table.and_then(|table| table.field(column));
    let titles: Vec<&str> = at_fault.iter().filter_map(|column| Some(field(column)?.title.as_str())).collect();
    let at_fault = titles.join("或");
    let mut said = String::new();
    let mut rest = message;
    while let Some((before, (name, after))) = rest.split_once('{').and_then(|(b, r)| Some((b, r.split_once('}')?))) {
        let quoted = before.ends_with('“') && after.starts_with('”');
        said.push_str(if quoted { before.trim_end_matches('“') } else { before });
        rest = if quoted { after.trim_start_matches('”') } else { after };
        let title = match name.strip_suffix(NAME).unwrap_or(name) {
            "value" | "title" => Some(at_fault.as_str()),
            column => field(column).map(|field| field.title.as_str()),
        };
        match title.filter(|title| !title.is_empty()) {
            Some(title) if said.ends_with(title) => {}
            // `消费总额却是{XFZE}元`: the column is named already, and its value stands here.
            Some(title) if name != "title" && said.contains(title) => said.push_str(UNNAMED),
            Some(title) => said.push_str(title),
            None => said.push_str(UNNAMED),
        }
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use standard::Standards;

    use super::*;

    #[test]
    fn placeholders_become_titles_once() {
        let edition = Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap();
        let table = edition.table("ODS_KYJFZCSJ").unwrap();
        let title = &table.field("ZCSJ").unwrap().title;
        let check = |message: &str, expect: &str| {
            assert_eq!(words(message, &["ZCSJ".to_owned()], Some(table)), expect.replace('T', title));
        };
        check(&format!("{title}“{{value}}”晚于今天。"), "T晚于今天。");
        check("“{value}”晚于今天。", "T晚于今天。");
        check("有{n}个不同的{ZCSJ}，{ZCSJ:name}不在其中。", "有……个不同的T，……不在其中。");
        check(&format!("{title}却是{{value}}号。"), "T却是……号。");
        check("{title}“{value}”小于0。", "T小于0。");
        check("没有占位的话。", "没有占位的话。");
    }

    #[test]
    fn no_rule_of_an_edition_leaves_a_brace() {
        for edition in Standards::builtin().unwrap().editions() {
            for rule in &edition.rules {
                let said = sentence(rule, edition.table(&rule.table));
                assert!(!said.contains(['{', '}']) && !said.contains("“”"), "{} {said}", rule.id);
            }
        }
    }
}
