//! A field that takes JSON text does not hold JSON, or not of two levels.
//!
//! **Why**: the receiver takes the text apart by its names. **Source**: the notes of 内容 and 评价维度及结果, which print the
//! form `{名称:{名称:值}}`. A text that is not JSON is mandatory; another structure is to be confirmed, because the college
//! chooses the names.

use serde_json::Value;
use standard::{Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::expected::JSON_EXAMPLE;
use crate::reading::fold;

pub(super) const CHECK: Check = Check {
    rule: "format",
    level: Level::Mandatory,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| prepared.field.kind == Kind::Json,
    find,
};

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let error = match serde_json::from_str::<Value>(cell.value) {
        Ok(Value::Object(outer)) if outer.values().all(Value::is_object) && !outer.is_empty() => return None,
        Ok(_) => {
            let words = Words::phrase("finding.json.levels").with("example", JSON_EXAMPLE);
            return Some(Problem::new(words).confirm_if(true));
        }
        Err(error) => error,
    };
    let plain = with_plain_punctuation(fold::trim(cell.value));
    let suggestion = serde_json::from_str::<Value>(&plain).is_ok().then_some(plain);
    let wrong = if suggestion.is_some() {
        Words::phrase("finding.json.half-width")
    } else {
        let (line, at) = (error.line(), characters(cell.value, error.line(), error.column()));
        Words::phrase("finding.json.at").with("line", line).with("at", at)
    };
    Some(Problem::new(wrong.with("expected", cell.expected())).suggest(suggestion))
}

/// Which character of its line a byte (counted from 1) belongs to, counted from 1.
fn characters(text: &str, line: usize, byte: usize) -> usize {
    let line = text.split('\n').nth(line.saturating_sub(1)).unwrap_or("");
    line.char_indices().take_while(|(at, _)| *at < byte).count().max(1)
}

/// The marks of JSON as a Chinese input method types them, in their plain form.
fn with_plain_punctuation(text: &str) -> String {
    let plain = |c| match c {
        '“' | '”' | '＂' => '"',
        '：' => ':',
        '，' => ',',
        '｛' => '{',
        '｝' => '}',
        '［' => '[',
        '］' => ']',
        other => other,
    };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use standard::Kind;

    use crate::expected::JSON_EXAMPLE;
    use crate::testing::{check, field};

    #[test]
    fn json() {
        let wrong = |what: &str, suggestion: &str| {
            format!(
                "mandatory format 不是正确的 JSON 文本：{what}。填两层的 JSON 文本，如 {JSON_EXAMPLE}。{suggestion}"
            )
        };
        let levels = "confirm format 这段 JSON 不是两层结构，请核实，如 {\"学习\":{\"平均分\":\"86\"}}。";
        for (value, expect) in [
            (r#"{"学习":{"平均分":"86","排名":3}}"#, String::new()),
            (
                r#"{“学习”：{“平均分”：“86”}}"#,
                wrong("括号、引号、冒号、逗号要用半角", r#" → {"学习":{"平均分":"86"}}"#),
            ),
            (r#"{"学习":{"平均分":"86"}"#, wrong("第 1 行第 18 个字附近写错了", "")),
            ("学习很好", wrong("第 1 行第 1 个字附近写错了", "")),
            (r#"{"学习":"好"}"#, levels.to_owned()),
            (r#"[1]"#, levels.to_owned()),
            ("{}", levels.to_owned()),
        ] {
            check(&field("NR", Kind::Json), value, &expect);
        }
    }
}
