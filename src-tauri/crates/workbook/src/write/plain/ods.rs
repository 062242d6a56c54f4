//! A plain .ods: the smallest OpenDocument that is whole. Text cells have the text format, so that LibreOffice keeps
//! their digits when someone edits them.

use std::io::Write;

use zip::write::{SimpleFileOptions, ZipWriter};

use super::super::sheet::exact_number;
use super::super::source::stream;
use super::super::{RowSource, Written, WrittenSheet};
use super::exported::{Plain, cells};
use crate::WriteError;

const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"#;

const CONTENT_HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.2">
<office:automatic-styles>
<number:text-style style:name="N1"><number:text-content/></number:text-style>
<style:style style:name="column" style:family="table-column"><style:table-column-properties style:column-width="3.2cm"/></style:style>
<style:style style:name="text" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="heading" style:family="table-cell" style:data-style-name="N1"><style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
"#;

const CONTENT_TAIL: &str = "</office:spreadsheet></office:body></office:document-content>\n";

pub(super) fn write(plain: &Plain<'_>, mut rows: RowSource<'_>) -> Result<Written, WriteError> {
    const LAST_ROW: u32 = 1_048_575;
    let target = plain.target;
    target.write(|out| {
        let (zipped, io) = (|e| target.zip(e), |e: std::io::Error| target.io(&e));
        let mut zip = ZipWriter::new(&mut *out);
        let packed = SimpleFileOptions::default();
        // The type comes first and unpacked, so that the file can be known by its first bytes.
        zip.start_file("mimetype", packed.compression_method(zip::CompressionMethod::Stored)).map_err(zipped)?;
        zip.write_all(MIMETYPE.as_bytes()).map_err(io)?;
        zip.start_file("META-INF/manifest.xml", packed).map_err(zipped)?;
        zip.write_all(MANIFEST.as_bytes()).map_err(io)?;
        zip.start_file("meta.xml", packed).map_err(zipped)?;
        zip.write_all(meta(&plain.title()).as_bytes()).map_err(io)?;
        // Not as a large file: LibreOffice 7.4 cannot open an archive with 64-bit sizes.
        zip.start_file("content.xml", packed).map_err(zipped)?;
        zip.write_all(CONTENT_HEAD.as_bytes()).map_err(io)?;
        let mut sheets = Vec::new();
        for (table, sheet) in plain.sheets() {
            let mut text = format!("<table:table table:name=\"{}\">", escaped(&sheet));
            let columns = table.fields.len();
            text.push_str(&format!(
                "<table:table-column table:style-name=\"column\" table:number-columns-repeated=\"{columns}\" \
                 table:default-cell-style-name=\"text\"/>"
            ));
            text.push_str("<table:table-header-rows><table:table-row>");
            table.fields.iter().for_each(|field| text_cell(&mut text, "heading", plain.heading(field)));
            text.push_str("</table:table-row></table:table-header-rows>\n");
            zip.write_all(text.as_bytes()).map_err(io)?;
            let lists = plain.lists(table);
            let mut line = 1;
            let count = stream(table, &mut rows, |record| {
                if line > LAST_ROW {
                    let (file, table) = (target.file.clone(), table.name.clone());
                    return Err(WriteError::TooManyRows { file, table, limit: LAST_ROW });
                }
                line += 1;
                text.clear();
                text.push_str("<table:table-row>");
                for (at, value) in cells(table, &lists, record) {
                    if let Some(sign) = value.chars().find(|c| is_no_xml(*c)) {
                        return Err(plain.unfit(table, record.row, &table.fields[at], sign));
                    }
                    match exact_number(table.fields[at].kind, &value) {
                        Some(_) => text.push_str(&format!(
                            "<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>{value}\
                             </text:p></table:table-cell>"
                        )),
                        None if value.is_empty() => text.push_str("<table:table-cell/>"),
                        None => text_cell(&mut text, "text", &value),
                    }
                }
                text.push_str("</table:table-row>\n");
                zip.write_all(text.as_bytes()).map_err(io)
            })?;
            zip.write_all(b"</table:table>\n").map_err(io)?;
            sheets.push(WrittenSheet { table: table.name.clone(), sheet, rows: count });
        }
        zip.write_all(CONTENT_TAIL.as_bytes()).map_err(io)?;
        zip.finish().map_err(zipped)?;
        Ok(Written { sheets })
    })
}

fn meta(title: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"><office:meta><dc:title>{}</dc:title></office:meta></office:document-meta>
"#,
        escaped(title)
    )
}

/// A cell of text: a paragraph for each line, blanks and tabs as elements where XML would fold them.
fn text_cell(out: &mut String, style: &str, value: &str) {
    out.push_str(&format!("<table:table-cell table:style-name=\"{style}\" office:value-type=\"string\">"));
    for line in value.split('\n') {
        out.push_str("<text:p>");
        let mut foldable = true; // at the beginning, and behind a blank
        let mut chars = line.trim_end_matches('\r').chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\t' => out.push_str("<text:tab/>"),
                ' ' if foldable || chars.peek().is_none() => out.push_str("<text:s/>"),
                _ => push_escaped(out, c),
            }
            foldable = c == ' ';
        }
        out.push_str("</text:p>");
    }
    out.push_str("</table:table-cell>");
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_escaped(&mut out, c));
    out
}

/// Whether XML cannot hold the sign at all.
fn is_no_xml(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// A character that XML does not allow becomes the replacement character: in titles alone, for such a cell is refused.
fn push_escaped(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        c if is_no_xml(c) => out.push('\u{fffd}'),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_lines_survive() {
        let table = [
            ("a b", "<text:p>a b</text:p>"),
            (" a  b ", "<text:p><text:s/>a <text:s/>b<text:s/></text:p>"),
            ("a\r\nb", "<text:p>a</text:p><text:p>b</text:p>"),
            ("<&>\u{1}", "<text:p>&lt;&amp;&gt;\u{fffd}</text:p>"),
        ];
        for (value, expected) in table {
            let mut out = String::new();
            text_cell(&mut out, "text", value);
            assert!(out.contains(expected), "{out}");
        }
    }
}
