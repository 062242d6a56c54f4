//! Which statements are taken: one query that reads.
//!
//! The query also runs in a read-only transaction. This check comes first because it names the word, because not every
//! driver of ODBC has such transactions, and because a statement that ends the transaction could write afterwards.

use crate::SourceError;

/// Words that change something, or end a transaction. None of them is the usual name of a column.
const WRITING: [&str; 21] = [
    "ALTER", "ATTACH", "CALL", "COMMIT", "CREATE", "DELETE", "DENY", "DETACH", "DROP", "EXEC", "EXECUTE", "GRANT",
    "INSERT", "INTO", "MERGE", "PRAGMA", "REVOKE", "ROLLBACK", "TRUNCATE", "UPDATE", "VACUUM",
];

/// Words with which a query begins.
const READING: [&str; 2] = ["SELECT", "WITH"];

/// Refuses what is not one statement that reads.
pub fn check(sql: &str) -> Result<(), SourceError> {
    let mut words = Words { rest: sql };
    let mut first = true;
    while let Some(word) = words.next() {
        match word {
            Word::End if words.rest_is_blank() => break,
            Word::End => return Err(SourceError::SeveralStatements),
            Word::Name(name) => {
                let upper = name.to_ascii_uppercase();
                if first && !READING.contains(&upper.as_str()) {
                    return Err(match WRITING.contains(&upper.as_str()) {
                        true => SourceError::Writes { word: upper },
                        false => SourceError::NotAQuery,
                    });
                }
                if WRITING.contains(&upper.as_str()) {
                    return Err(SourceError::Writes { word: upper });
                }
                first = false;
            }
            // A comment that one database runs and another skips.
            Word::Hint => return Err(SourceError::NotAQuery),
        }
    }
    if first { Err(SourceError::NotAQuery) } else { Ok(()) }
}

/// The statement without a semicolon at its end, which not every database accepts.
pub(crate) fn bare(sql: &str) -> &str {
    sql.trim().trim_end_matches(|c: char| c == ';' || c.is_whitespace())
}

/// A part of a statement that the check needs.
enum Word<'a> {
    Name(&'a str),
    End,
    Hint,
}

/// The words of a statement outside of texts, quoted names and comments.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    fn rest_is_blank(&mut self) -> bool {
        self.next().is_none()
    }

    /// Passes over everything up to the end of a quoted part that began with `sign`.
    fn pass(&mut self, sign: char) {
        let mut signs = self.rest.char_indices().skip(1).peekable();
        while let Some((at, c)) = signs.next() {
            if c == sign {
                if signs.peek().is_some_and(|(_, next)| *next == sign) {
                    signs.next();
                    continue;
                }
                self.rest = &self.rest[at + c.len_utf8()..];
                return;
            }
        }
        self.rest = "";
    }

    fn pass_comment(&mut self, end: &str) {
        self.rest = self.rest.find(end).map_or("", |at| &self.rest[at + end.len()..]);
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let first = self.rest.chars().next()?;
            match first {
                '\'' | '"' | '`' => self.pass(first),
                '[' => self.pass(']'),
                ';' => {
                    self.rest = &self.rest[1..];
                    return Some(Word::End);
                }
                '-' if self.rest.starts_with("--") => self.pass_comment("\n"),
                '/' if self.rest.starts_with("/*!") || self.rest.starts_with("/*M!") => {
                    self.rest = "";
                    return Some(Word::Hint);
                }
                '/' if self.rest.starts_with("/*") => self.pass_comment("*/"),
                c if c.is_alphabetic() || c == '_' => {
                    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '#');
                    let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
                    let (word, rest) = self.rest.split_at(end);
                    self.rest = rest;
                    return Some(Word::Name(word));
                }
                c => self.rest = &self.rest[c.len_utf8()..],
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_query_that_reads_is_taken() {
        for sql in [
            "SELECT 1",
            "  select xh, xm from xs where zt = '在籍' ; ",
            "with a as (select 1) select * from a",
            "(SELECT 1) UNION (SELECT 2)",
            "-- 学生\nSELECT \"delete\", [update], `insert`, 'it''s; DROP' FROM \"select into\" -- ; DELETE",
            "SELECT last_update, update_time, 学号 FROM a /* ; DELETE */;",
        ] {
            assert_eq!(check(sql), Ok(()), "{sql}");
        }
    }

    #[test]
    fn everything_else_is_refused_and_named() {
        let writes = |word: &str| Err(SourceError::Writes { word: word.to_owned() });
        for (sql, expected) in [
            ("", Err(SourceError::NotAQuery)),
            ("-- nothing", Err(SourceError::NotAQuery)),
            ("SHOW TABLES", Err(SourceError::NotAQuery)),
            ("delete from xs", writes("DELETE")),
            ("SELECT 1; SELECT 2", Err(SourceError::SeveralStatements)),
            ("SELECT 1; DELETE FROM xs", Err(SourceError::SeveralStatements)),
            ("SELECT 1 DELETE FROM xs", writes("DELETE")),
            ("SELECT * INTO copy FROM xs", writes("INTO")),
            ("WITH a AS (DELETE FROM xs RETURNING *) SELECT * FROM a", writes("DELETE")),
            ("SELECT * FROM xs FOR UPDATE", writes("UPDATE")),
            ("COMMIT", writes("COMMIT")),
            ("EXEC sp_who", writes("EXEC")),
            ("SELECT /*! 1 INTO OUTFILE '/x' */ 2", Err(SourceError::NotAQuery)),
            ("ATTACH 'a' AS b", writes("ATTACH")),
        ] {
            assert_eq!(check(sql), expected, "{sql}");
        }
    }

    #[test]
    fn any_text_ends() {
        for sql in ["'", "[", "/*", "--", "\"a\"\"", "a'", "学'", "/*!"] {
            let _ = check(sql);
        }
        assert_eq!(bare("SELECT 1 ;\n; "), "SELECT 1");
    }
}
