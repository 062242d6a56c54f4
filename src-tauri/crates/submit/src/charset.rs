//! The characters of a reply: as its header says, else as its bytes say.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The reply as UTF-8. A byte order mark decides first, because it cannot be there by chance; then the header. Bytes
/// that are not what the header says, or that have no header, are UTF-8 if they can be, else GB18030, the national
/// character set that holds GBK and GB2312. Bytes that are neither stay as they came.
pub fn to_utf8(body: Vec<u8>, content_type: Option<&str>) -> Vec<u8> {
    if let Some((encoding, mark)) = Encoding::for_bom(&body) {
        return encoding
            .decode_without_bom_handling_and_without_replacement(&body[mark..])
            .map_or_else(|| body[mark..].to_vec(), |text| text.into_owned().into_bytes());
    }
    let named = content_type.and_then(charset).and_then(|name| Encoding::for_label(name.as_bytes()));
    // Many texts can be read in several character sets, so the one that the header announces is tried first. A text of
    // an odd number of bytes cannot be UTF-16.
    let announced =
        named.filter(|encoding| !(*encoding == UTF_16BE || *encoding == UTF_16LE) || body.len().is_multiple_of(2));
    for encoding in announced.into_iter().chain([UTF_8, GB18030]) {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&body) {
            return text.into_owned().into_bytes();
        }
    }
    body
}

/// The value of `charset` in a content type, such as `gbk` in `text/html; charset=gbk`.
fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_decoded_as_their_header_says() {
        let text = r#"{"msg":"账号或密码错误"}"#;
        let (gbk, _, _) = GB18030.encode(text);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let check = |body: &[u8], content_type: Option<&str>| {
            let read = to_utf8(body.to_vec(), content_type);
            assert_eq!(String::from_utf8(read).unwrap(), text, "{content_type:?}");
        };
        check(text.as_bytes(), None);
        check(text.as_bytes(), Some("application/json"));
        check(text.as_bytes(), Some("application/json;charset=UTF-8"));
        check(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), Some("application/json; charset=gbk"));
        for name in ["GBK", "gb2312", "\"gb18030\"", "GB2312"] {
            check(&gbk, Some(&format!("text/html; charset={name}")));
        }
        check(&gbk, None);
        check(&gbk, Some("application/json;charset=UTF-8"));
        check(&[b"\xff\xfe", utf16.as_slice()].concat(), None);
        check(&utf16, Some("application/json; charset=utf-16le"));
        assert_eq!(to_utf8(vec![0xff, 0x00, 0xff], None), [0xff, 0x00, 0xff], "neither stays as it came");
        assert_eq!(to_utf8(Vec::new(), Some("a; charset=nothing")), [0u8; 0]);
    }
}
