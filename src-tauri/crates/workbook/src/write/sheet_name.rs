//! Names of sheets that every program accepts.

use super::words::say;

/// The most that Excel allows, in UTF-16 units.
const MOST: usize = 31;
/// Characters that are not allowed at its ends.
const EDGES: [char; 2] = ['\'', ' '];

/// A legal name: no `[ ] : * ? / \`, no apostrophe at its ends, at most 31 characters.
pub(crate) fn legal(title: &str) -> String {
    let replaced = title.chars().map(|c| match c {
        '/' => '／',
        '\\' => '＼',
        ':' => '：',
        '*' => '＊',
        '?' => '？',
        '[' => '（',
        ']' => '）',
        c if c.is_control() => ' ',
        c => c,
    });
    let name: String = replaced.collect();
    let name = shortened(name.trim_matches(EDGES), MOST);
    let name = name.trim_end_matches(EDGES);
    if name.is_empty() { say("untitled", &[]) } else { name.to_owned() }
}

/// A legal name that is not taken yet; Excel takes `A` and `a` for one.
pub(crate) fn unique(title: &str, taken: &[String]) -> String {
    let name = legal(title);
    let free = |name: &String| !taken.iter().any(|t| t.to_lowercase() == name.to_lowercase());
    if free(&name) {
        return name;
    }
    let numbered = (2u32..).map(|n| {
        let ending = format!("({n})");
        format!("{}{ending}", shortened(&name, MOST - ending.len()))
    });
    // An endless count meets a free name.
    numbered.filter(free).take(1).collect()
}

fn shortened(name: &str, most: usize) -> String {
    let mut length = 0;
    name.chars()
        .take_while(|c| {
            length += c.len_utf16();
            length <= most
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names() {
        let table = [("实习基础", "实习基础"), ("教师企业兼职/实践", "教师企业兼职／实践"), ("'a'", "a"), ("", "数据")];
        for (title, name) in table {
            assert_eq!(legal(title), name);
        }
        let taken = ["数据".to_owned(), "数据(2)".to_owned()];
        assert_eq!(unique("数据", &taken), "数据(3)");
    }

    proptest! {
        #[test]
        fn every_title_gives_a_legal_name(title in ".{0,60}", twice in any::<bool>()) {
            let taken = if twice { vec![legal(&title)] } else { Vec::new() };
            let name = unique(&title, &taken);
            let mut sheet = rust_xlsxwriter::Worksheet::new();
            prop_assert!(sheet.set_name(&name).is_ok(), "{}", name);
            prop_assert!(!taken.contains(&name));
        }
    }
}
