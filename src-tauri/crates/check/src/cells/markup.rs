//! A text contains the markup of a web page, a formula, or the error value of a formula.
//!
//! **Why**: `<p>`, `&nbsp;`, `=VLOOKUP(A2,…)` or `#REF!` are not names or notes. They come from a web editor or from a
//! sheet whose formulas lost their source, and the receiver would store them unchanged. **Source**: the kind of the
//! field; the standard prints no rule, so a person confirms. An error value is never right.
//!
//! Only names of HTML count as markup: `温度<5℃` and `if a<b` are texts.

use standard::{Kind, Level, Words};

use super::check::{Cell, Check, LooksAt, Problem};
use crate::reading::fold::trim;

pub(super) const CHECK: Check = Check {
    rule: "markup",
    level: Level::Confirm,
    looks_at: LooksAt::Filled,
    of_record: false,
    concerns: |prepared| matches!(prepared.field.kind, Kind::Text | Kind::LongText),
    find,
};

/// What Excel shows instead of a value that a formula could not work out. `#N/A` also stands for "nothing".
const ERRORS: [&str; 6] = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!"];

/// Elements that editors of web pages and word processors write.
const ELEMENTS: [&str; 34] = [
    "a", "b", "br", "body", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "i", "img", "li",
    "o:p", "ol", "p", "pre", "script", "section", "span", "strong", "style", "sub", "sup", "table", "tbody", "td",
    "tr", "ul",
];

/// Characters that web pages write as words.
const ENTITIES: [(&str, &str); 8] = [
    ("&nbsp;", " "),
    ("&#160;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&middot;", "·"),
    ("&amp;", "&"),
];

fn find(cell: &Cell<'_>) -> Option<Problem> {
    let text = trim(cell.value);
    if ERRORS.contains(&text.to_ascii_uppercase().as_str()) {
        let problem = Problem::new(Words::phrase("finding.markup.error"));
        return Some(Problem { level: Some(Level::Mandatory), ..problem });
    }
    if is_formula(text) {
        return Some(Problem::new(Words::phrase("finding.markup.formula")));
    }
    let plain = without_markup(text)?;
    let suggestion = Some(trim(&plain).to_owned()).filter(|plain| !plain.is_empty());
    Some(Problem::new(Words::phrase("finding.markup.page")).suggest(suggestion))
}

/// Whether the text is a formula of a sheet: `=A2&B2`, `=VLOOKUP(A2,名单!A:C,3,0)`, `=Sheet2!A1`.
fn is_formula(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['=', '＝']) else { return false };
    let letters = rest.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'$').count();
    let behind = &rest[letters..];
    let called = behind.starts_with('(') && rest.ends_with(')');
    let cell = behind.starts_with(|c: char| c.is_ascii_digit() || c == '$' || c == '!');
    letters > 0 && (called || cell || behind.contains('!'))
}

/// The text without tags and entities; `None` where it has none.
fn without_markup(text: &str) -> Option<String> {
    if !text.contains(['<', '&']) {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        if let Some((entity, character)) = entity {
            plain.push_str(character);
            rest = &rest[entity.len()..];
        } else if let Some(length) = tag(rest) {
            rest = &rest[length..];
        } else {
            plain.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    (plain != text).then_some(plain)
}

/// The length of the tag that a text begins with.
fn tag(text: &str) -> Option<usize> {
    let inside = &text.strip_prefix('<')?[..text.find('>')? - 1];
    let name = inside.trim_start_matches('/').split([' ', '/', '\n']).next()?.to_ascii_lowercase();
    ELEMENTS.contains(&name.as_str()).then_some(inside.len() + 2)
}

#[cfg(test)]
mod tests {
    use standard::Kind;

    use crate::testing::{check, field};

    #[test]
    fn what_programs_leave() {
        let page = "confirm markup “{value}”里有网页代码，请删去。";
        let formula = "confirm markup “{value}”是公式，不是值。请在 Excel 里复制后“粘贴为数值”。";
        let error = "mandatory markup “{value}”是 Excel 公式出错的结果，不是值。请填写本来的内容。";
        for (value, expect) in [
            ("<p>机电一体化技术</p>", format!("{page} → 机电一体化技术")),
            ("张三&nbsp;", format!("{page} → 张三")),
            ("<span style=\"font-size:14px\">韩逸轩</span><br/>", format!("{page} → 韩逸轩")),
            ("Q&amp;A 讲座", format!("{page} → Q&A 讲座")),
            ("<br>", page.to_owned()),
            ("温度<5℃且压力>3", String::new()),
            ("Q&A 讲座", String::new()),
            ("《<C 语言> 程序设计》", String::new()),
            ("C<T>模板", String::new()),
            ("=A2&B2", formula.to_owned()),
            ("=VLOOKUP(A2,名单!A:C,3,0)", formula.to_owned()),
            ("=Sheet2!A1", formula.to_owned()),
            ("=优秀", String::new()),
            ("=============", String::new()),
            ("#REF!", error.to_owned()),
            ("#n/a", error.to_owned()),
            ("#1 实训楼", String::new()),
        ] {
            check(&field("MC", Kind::Text), value, &expect);
        }
    }
}
