//! Splits SQL into tokens as SQLite does: enough to see which names a rule uses, and that it cannot close the brackets
//! that are put around it.

/// A token; comments and blanks are not tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A keyword or a name without quotes.
    Word(&'a str),
    /// A name in `"`, `` ` `` or `[]`.
    Name(String),
    /// A text in `'`. SQLite takes it for a name where only a name can stand.
    Text(String),
    /// A number or a blob.
    Literal,
    /// `?`, `?1`, `:a`, `@a`, `$a`, `#a`: a place for a value.
    Parameter(&'a str),
    /// Any other character.
    Sign(char),
}

impl Token<'_> {
    /// Whether the token may name this table or column; names are the same in small and capital letters.
    pub fn names(&self, name: &str) -> bool {
        match self {
            Token::Word(word) => word.eq_ignore_ascii_case(name),
            Token::Name(text) | Token::Text(text) => text.eq_ignore_ascii_case(name),
            _ => false,
        }
    }

    /// The name that the token may be; `None` for signs, literals and texts in `'`.
    pub fn name(&self) -> Option<&str> {
        match self {
            Token::Word(word) => Some(word),
            Token::Name(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is this keyword (or a name without quotes like it).
    pub fn is(&self, keyword: &str) -> bool {
        matches!(self, Token::Word(word) if word.eq_ignore_ascii_case(keyword))
    }
}

/// Whether a name occurs in the text of a statement, whatever its quotes and the case of its letters: a quick test
/// before the statement is split.
pub(super) fn may_name(sql: &str, name: &str) -> bool {
    sql.to_ascii_uppercase().contains(&name.to_ascii_uppercase())
}

/// Splits a statement into tokens. `None` if a text, a name or a comment has no end.
pub(super) fn tokens(sql: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            c if is_space(c) => 1,
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            // For SQLite a comment without an end lasts to the end of the statement, so SQL that is added behind it
            // would be ignored.
            '/' if rest.starts_with("/*") => 2 + rest[2..].find("*/")? + 2,
            '\'' | '"' | '`' => {
                let (text, length) = quoted(rest, first)?;
                tokens.push(if first == '\'' { Token::Text(text) } else { Token::Name(text) });
                length
            }
            '[' => {
                let end = rest.find(']')?;
                tokens.push(Token::Name(rest[1..end].to_owned()));
                end + 1
            }
            'x' | 'X' if rest[1..].starts_with('\'') => {
                tokens.push(Token::Literal);
                1 + quoted(&rest[1..], '\'')?.1
            }
            '0'..='9' => {
                tokens.push(Token::Literal);
                number(rest)
            }
            '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
                tokens.push(Token::Literal);
                number(rest)
            }
            '?' | ':' | '@' | '$' | '#' => {
                let length = 1 + word(&rest[1..]);
                tokens.push(Token::Parameter(&rest[..length]));
                length
            }
            c if is_word(c) => {
                let length = word(rest);
                tokens.push(Token::Word(&rest[..length]));
                length
            }
            sign => {
                tokens.push(Token::Sign(sign));
                sign.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    Some(tokens)
}

/// Whether a statement reads columns without naming them: `*` instead of columns, or `NATURAL JOIN`.
pub(super) fn reads_all(tokens: &[Token<'_>]) -> bool {
    let all = |pair: &[Token<'_>]| {
        pair[1] == Token::Sign('*')
            && (matches!(pair[0], Token::Sign('.' | ','))
                || ["SELECT", "DISTINCT", "ALL"].iter().any(|k| pair[0].is(k)))
    };
    tokens.windows(2).any(all) || tokens.iter().any(|token| token.is("NATURAL"))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$') || !c.is_ascii()
}

fn word(text: &str) -> usize {
    text.find(|c| !is_word(c)).unwrap_or(text.len())
}

/// Length of a number: digits, point, exponent, and letters directly behind them, with which it is malformed.
fn number(text: &str) -> usize {
    let mut before = ' ';
    let end = |c: char| {
        let exponent = matches!(before, 'e' | 'E') && matches!(c, '+' | '-');
        before = c;
        !(is_word(c) || c == '.' || exponent)
    };
    text.find(end).unwrap_or(text.len())
}

/// A text between quotes (twice the quote stands for one), and how long it is with them.
fn quoted(text: &str, quote: char) -> Option<(String, usize)> {
    let mut content = String::new();
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if c != quote {
            content.push(c);
        } else if characters.next_if(|(_, next)| *next == quote).is_some() {
            content.push(quote);
        } else {
            return Some((content, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sql: &str, expect: &str) {
        let shown = tokens(sql).map(|tokens| {
            let one = |token: Token<'_>| match token {
                Token::Word(word) => word.to_owned(),
                Token::Name(name) => format!("<{name}>"),
                Token::Text(text) => format!("'{text}'"),
                Token::Literal => "0".to_owned(),
                Token::Parameter(name) => format!("!{name}"),
                Token::Sign(sign) => sign.to_string(),
            };
            tokens.into_iter().map(one).collect::<Vec<_>>().join(" ")
        });
        assert_eq!(shown.as_deref().unwrap_or("-"), expect, "{sql}");
    }

    #[test]
    fn statements_are_taken_apart() {
        check("SELECT a.XH FROM ODS_A a", "SELECT a . XH FROM ODS_A a");
        check("\"a\"\"b\" `c` [d e] 'f''g;'", "<a\"b> <c> <d e> 'f'g;'");
        check("1.5e-3 .5 0x1F 12ab X'00' x", "0 0 0 0 0 x");
        check("a -- ; )\n/* ' */ b/c", "a b / c");
        check("?1 :name @x $y ?", "!?1 !:name !@x !$y !?");
        check("中文>=1", "中文 > = 0");
        for open in ["'a", "\"a", "[a", "`a", "a /* b", "x'0"] {
            check(open, "-");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken_apart_or_refused(text in ".{0,40}") {
            tokens(&text);
        }
    }
}
