//! 画像: the indicators that describe one person, shared by the tables of staff and of students.

/// One indicator of a portrait: name of its group in letters and in Chinese, its own name in letters and in Chinese,
/// and its value.
pub type Indicator = (&'static str, &'static str, &'static str, &'static str, String);

/// Indicators as a JSON object of groups, each an object of names and values: `{"jbxx":{"xh":"2024..."}}`.
pub fn json(indicators: &[Indicator]) -> String {
    let mut json = String::from("{");
    let mut open = "";
    for (group, _, name, _, value) in indicators {
        if *group != open {
            json.push_str(if open.is_empty() { "" } else { "}," });
            json.push_str(&format!(r#""{group}":{{"#));
            open = group;
        } else {
            json.push(',');
        }
        json.push_str(&format!(r#""{name}":"{value}""#));
    }
    json + "}}"
}
