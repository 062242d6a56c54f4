//! Fills what a rule found into its message. The value itself stays a placeholder, because it is masked later.
//! `value_of` gets the text between the braces, such as `COLUMN:name`.

/// What stands for an empty cell.
const EMPTY: &str = "（空）";

/// `message` with its placeholders filled by `value_of`; `{value}` and names that are unknown stay as they are.
pub(super) fn fill(message: &str, value_of: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        rest = &rest[open..];
        let named = rest[1..].split_once('}').map(|(name, _)| name);
        match named.filter(|name| *name != "value").and_then(|name| Some((name, value_of(name)?))) {
            Some((name, value)) => {
                // Braces in a value that a clerk typed must not be read as a placeholder.
                filled.push_str(&if value.is_empty() { EMPTY.to_owned() } else { value.replace('{', "｛") });
                rest = &rest[name.len() + 2..];
            }
            None => {
                filled.push('{');
                rest = &rest[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once() {
        let value_of = |name: &str| match name {
            "A" => Some("1".to_owned()),
            "B" => Some("{value}{A}".to_owned()),
            "C" => Some(String::new()),
            _ => None,
        };
        let check = |message: &str, expect: &str| assert_eq!(fill(message, value_of), expect);
        check("“{value}”早于“{A}”", "“{value}”早于“1”");
        check("{B}、{A}{A}", "｛value}｛A}、11");
        check("{C}", "（空）");
        check("{D} { {A", "{D} { {A");
    }
}
