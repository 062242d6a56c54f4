//! What crosses to the page crosses as itself: a field that has an enum in the engine is not a string there.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenTree};
use syn::visit::Visit;

use crate::rust::{for_tests, parsed};
use crate::tree::{files, none};

/// Fields that share the name of an enum but hold something else: type and field, with the reason.
const OTHER_THINGS: &[(&str, &str)] = &[
    ("EditionPreview.level", "the level of the schools, as the edition names it"),
    ("EditionSummary.level", "the level of the schools, as the edition names it"),
    ("FieldSpec.printed_type", "the type in the words of the standard"),
    ("Paste.columns", "names of columns"),
    ("CarryOver.columns", "names of columns"),
    ("TriedSource.missing_columns", "names of columns"),
    ("Cause.shown", "the value as it may be shown"),
    ("EarlierPeriod.period", "a reporting period"),
    ("TableSpec.source_system", "the business system, as the standard names it"),
    ("TreeTable.source_system", "the business system, as the standard names it"),
    ("FindingGroup.shown", "the value as it may be shown"),
    ("NextFindingQuery.columns", "names of columns"),
    ("NextHitQuery.columns", "names of columns"),
    ("Replace.columns", "names of columns"),
    ("Export.form", "the ending of file names, as the path of one file has it"),
    ("Settings.period", "a reporting period such as 2026-2027-1; KeyPeriod says which part of it enters a key"),
    ("AsideRecord.period", "a reporting period"),
    ("RuleCase.period", "a reporting period"),
    ("DueTerm.period", "a reporting period"),
    ("ClockState.known", "the best known time"),
    ("RuleText.columns", "names of columns"),
    ("Damaged.what", "the damage in a sentence"),
    ("Unusual.what", "what is unusual, in a sentence"),
    ("BookHead.period", "a reporting period"),
    ("Quality.period", "a reporting period"),
    ("QualityQuery.period", "a reporting period"),
    ("WriteQuality.period", "a reporting period"),
    ("CreateBook.period", "a reporting period"),
    ("ProposalRow.left_out", "the last part of the key of words, as in remarks of the same import"),
    ("UnreadableCell.shown", "what stands in a cell"),
    ("ProposalSheet.missing_columns", "names of columns"),
    ("ProposalSheet.unmapped_columns", "names of columns"),
];

/// The crates whose enums cross to the page.
const ENGINE: &[&str] = &["standard", "store", "check", "workbook", "submit", "protocol", "source", "desk"];

/// Crates whose enums are compared by their whole names: their last words (`text`, `body`) are those of many fields.
const BY_WHOLE_NAME: &[&str] = &["protocol"];

#[test]
fn a_field_with_an_enum_in_the_engine_is_not_a_string() {
    let mut names = Names::default();
    for file in files(&["rs"]).iter().filter(|file| file.path.starts_with("src-tauri/crates/")) {
        names.whole = BY_WHOLE_NAME.iter().any(|name| file.path.starts_with(&format!("src-tauri/crates/{name}/")));
        names.engine = ENGINE.iter().any(|name| file.path.starts_with(&format!("src-tauri/crates/{name}/")));
        names.path.clone_from(&file.path);
        names.visit_file(&parsed(file));
    }
    assert!(names.enums.len() > 20 && names.strings.len() > 100, "too little was read");
    let is_other = |place: &str, other: &str| place.ends_with(&format!(" {other}"));
    let enums = &names.enums;
    let doubtful: Vec<(&String, &String)> = names
        .strings
        .iter()
        .filter_map(|(place, name)| Some((place, enums.get(&last_word(name)).or_else(|| enums.get(name))?)))
        .collect();
    let strings = doubtful.iter().filter(|(place, _)| !OTHER_THINGS.iter().any(|(other, _)| is_other(place, other)));
    let mut breaches: Vec<String> =
        strings.map(|(place, of)| format!("{place} is a string, but there is {of}")).collect();
    // An exception that is not needed any more would let the next string pass.
    let needless = OTHER_THINGS.iter().filter(|(other, _)| !doubtful.iter().any(|(place, _)| is_other(place, other)));
    breaches.extend(needless.map(|(other, _)| format!("{other} needs no entry in boundary.rs any more")));
    none(breaches, "strings at the boundary where the engine has an enum");
}

/// Enums of the engine by the last word of their names (or by the whole name, see [`BY_WHOLE_NAME`]), and fields of
/// text in the types of calls.
#[derive(Default)]
struct Names {
    engine: bool,
    whole: bool,
    path: String,
    enums: BTreeMap<String, String>,
    strings: BTreeSet<(String, String)>,
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !for_tests(&module.attrs) {
            syn::visit::visit_item_mod(self, module);
        }
    }

    /// Enums whose variants hold nothing: those are written as one word.
    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        let public = matches!(item.vis, syn::Visibility::Public(_)) && self.engine;
        if public && item.variants.iter().all(|variant| variant.fields.is_empty()) {
            let name = item.ident.to_string();
            let key = if self.whole { snake_case(&name) } else { last_word(&name) };
            self.enums.insert(key, format!("{name} in {}", self.path));
        }
    }

    /// The enums that protocol makes with its macro `choice!`: a name and its variants in braces.
    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if !(self.engine && item.mac.path.is_ident("choice")) {
            return;
        }
        let tokens: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
        let name = tokens.windows(2).find_map(|pair| match pair {
            [TokenTree::Ident(name), TokenTree::Group(group)] if group.delimiter() == Delimiter::Brace => Some(name),
            _ => None,
        });
        let name = name.expect("an enum in choice!").to_string();
        self.enums.insert(snake_case(&name), format!("{name} in {}", self.path));
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        // In desk by `derive(TS)`, in the crates below it by `cfg_attr(feature = "ts", derive(ts_rs::TS))`.
        let crosses = item.attrs.iter().any(|attribute| match &attribute.meta {
            syn::Meta::List(list) if list.path.is_ident("derive") || list.path.is_ident("cfg_attr") => {
                list.tokens.clone().into_iter().any(|token| names_ts(&token))
            }
            _ => false,
        });
        for field in item.fields.iter().filter(|_| self.engine && crosses) {
            if let Some(name) = field.ident.as_ref().filter(|_| is_text(&field.ty)) {
                self.strings.insert((format!("{} {}.{name}", self.path, item.ident), name.to_string()));
            }
        }
    }
}

/// Whether the name `TS` stands here or in the brackets.
fn names_ts(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(name) => name == "TS",
        TokenTree::Group(group) => group.stream().into_iter().any(|token| names_ts(&token)),
        _ => false,
    }
}

/// `String`, or an `Option` or a `Vec` of it.
fn is_text(kind: &syn::Type) -> bool {
    let syn::Type::Path(path) = kind else { return false };
    let Some(last) = path.path.segments.last() else { return false };
    match &last.arguments {
        syn::PathArguments::None => last.ident == "String",
        syn::PathArguments::AngleBracketed(inside) if last.ident == "Option" || last.ident == "Vec" => {
            inside.args.iter().any(|argument| matches!(argument, syn::GenericArgument::Type(inner) if is_text(inner)))
        }
        _ => false,
    }
}

/// `rsa_padding` for `RsaPadding`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (at, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && at > 0 {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// The last word of a name in either case: of `BatchState` and `last_state` it is `state`.
fn last_word(name: &str) -> String {
    let start = name.rfind(|letter: char| letter.is_uppercase() || letter == '_').unwrap_or(0);
    name[start..].trim_start_matches('_').to_lowercase()
}
