//! Text as HTML. The page is well-formed XML as well, so that every program reads it.

use std::fmt::Write;

/// Text with the five characters that mean something in HTML written as entities.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Other control characters cannot stand in XML.
            letter if letter.is_control() && !matches!(letter, '\n' | '\t') => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// `<name class="class">text</name>` with the text escaped; without a class where that is empty.
pub fn element(out: &mut String, name: &str, class: &str, text: &str) {
    open(out, name, class);
    out.push_str(&escaped(text));
    close(out, name);
}

/// Begins an element. Name and class are the program's own words.
pub fn open(out: &mut String, name: &str, class: &str) {
    // Writing into a text cannot fail.
    let _ = match class {
        "" => write!(out, "<{name}>"),
        class => write!(out, "<{name} class=\"{class}\">"),
    };
}

/// Ends an element.
pub fn close(out: &mut String, name: &str) {
    let _ = writeln!(out, "</{name}>");
}
