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

/// The beginning of a page, to the end of its `head`; the style is the program's own. [`end_page`] ends it.
pub fn begin_page(title: &str, style: &str) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    element(&mut out, "title", "", title);
    // Writing into a text cannot fail.
    let _ = write!(out, "<style>{style}</style>\n</head>\n<body>\n");
    out
}

/// Closes what [`begin_page`] left open: the body and the root element.
pub fn end_page(out: &mut String) {
    out.push_str("</body>\n</html>\n");
}

/// A table with headings; cells that are numbers get the class `number`.
pub fn table<'h>(out: &mut String, headings: impl Iterator<Item = &'h str>, rows: &[Vec<String>]) {
    open(out, "table", "");
    out.push_str("<thead><tr>");
    headings.for_each(|heading| element(out, "th", "", heading));
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        open(out, "tr", "");
        for cell in row {
            let is_number = cell.parse::<f64>().is_ok();
            element(out, "td", if is_number { "number" } else { "" }, cell);
        }
        close(out, "tr");
    }
    out.push_str("</tbody></table>\n");
}
