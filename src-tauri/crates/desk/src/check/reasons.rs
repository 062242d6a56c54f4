//! Reasons that the college keeps at hand, and its answers to what the standard leaves open.

use serde_json::Value;
use standard::{DoubtKind, Field, Level};
use store::OpenAnswer;

use crate::Desk;
use crate::check::api::{AnswerView, GiveAnswer, Reasons, SetReasons};
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::editions::table_of;
use crate::session::env::rfc3339;

/// The setting of the book that holds the list of reasons.
const REASONS: &str = "reasons";

/// Whether the standard leaves open what a confirm finding of this rule asks: the field has a doubt of the kind that makes
/// the check weaker, or halves are true although whole numbers are printed.
pub(super) fn is_question(field: &Field, rule: &str, code: &str, level: Level) -> bool {
    let kinds: &[DoubtKind] = match rule {
        "code" => &[DoubtKind::List, DoubtKind::SeveralValues],
        "values" => &[DoubtKind::List],
        "length" => &[DoubtKind::Length],
        "type" => &[DoubtKind::Type],
        "date" => &[DoubtKind::Blank],
        "required" => &[DoubtKind::Value],
        _ => &[],
    };
    level == Level::Confirm && (code == "finding.number.halves" || kinds.iter().any(|kind| field.is_doubtful(*kind)))
}

/// `check.reasons`.
pub(crate) fn reasons(desk: &Desk, _: Nothing) -> Result<Reasons, CallError> {
    view(&*desk.opened()?)
}

fn view(open: &OpenBook) -> Result<Reasons, CallError> {
    let kept = open.book.setting(REASONS)?;
    let reasons = kept.as_ref().and_then(Value::as_array).into_iter().flatten();
    let answer = |answer: OpenAnswer| {
        let table = open.edition.table(&answer.table);
        let field = table.and_then(|table| table.field(&answer.column));
        AnswerView {
            table_title: table.map_or_else(|| answer.table.clone(), |table| table.short_title().to_owned()),
            column_title: field.map_or_else(|| answer.column.clone(), |field| field.title.clone()),
            table: answer.table,
            column: answer.column,
            rule: answer.rule,
            code: answer.code,
            text: answer.text,
            at: rfc3339(answer.at),
            who: answer.who,
        }
    };
    Ok(Reasons {
        reasons: reasons.filter_map(Value::as_str).map(str::to_owned).collect(),
        answers: open.book.answers()?.into_iter().map(answer).collect(),
    })
}

/// `check.set_reasons`.
pub(crate) fn set_reasons(desk: &Desk, request: SetReasons) -> Result<Reasons, CallError> {
    let open = desk.opened()?;
    let mut reasons: Vec<String> = Vec::new();
    for reason in request.reasons.iter().map(|reason| reason.trim()).filter(|reason| !reason.is_empty()) {
        if !reasons.iter().any(|known| known == reason) {
            reasons.push(reason.to_owned());
        }
    }
    open.book.set_setting(REASONS, &Value::from(reasons))?;
    desk.tell(Changed::Book);
    view(&open)
}

/// `check.answer`: only what the standard leaves open can be answered once for all.
pub(crate) fn answer(desk: &Desk, request: GiveAnswer) -> Result<Reasons, CallError> {
    let open = desk.opened()?;
    let GiveAnswer { table, column, rule, code, text } = request;
    let of = table_of(&open.edition, &table)?;
    let field = of
        .field(&column)
        .ok_or_else(|| CallError::new("book.no-such-column").with("table", &table).with("column", &column))?;
    if !text.trim().is_empty() && !is_question(field, &rule, &code, Level::Confirm) {
        return Err(CallError::new("explain.not-open").with("title", &field.title));
    }
    let (at, who) = (desk.clock.now(), open.settings().person);
    let text = text.trim().to_owned();
    open.book.answer(&OpenAnswer { table: table.clone(), column, rule, code, text, at, who })?;
    desk.tell(Changed::Tables { tables: vec![table], step: None });
    view(&open)
}
