//! What crosses to the page crosses as itself: a field that has an enum in the engine is not a string there.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::Visit;

use crate::rust::{for_tests, parsed};
use crate::tree::{files, none};

/// Fields that share the name of an enum but hold something else: type and field, with the reason.
const OTHER_THINGS: &[(&str, &str)] = &[
    ("EditionPreview.level", "the level of the schools, as the edition names it"),
    ("EditionSummary.level", "the level of the schools, as the edition names it"),
    ("FieldSpec.printed_type", "the type in the words of the standard"),
    ("Paste.columns", "names of columns"),
    ("FindingGroup.shown", "the value as it may be shown"),
    ("NextFindingQuery.columns", "names of columns"),
    ("NextHitQuery.columns", "names of columns"),
    ("Replace.columns", "names of columns"),
    ("Export.form", "the ending of file names, as the path of one file has it"),
    ("OwnRule.columns", "names of columns"),
    ("CodeDifference.change", "a change of a code, with `renamed` for one whose name is another"),
    ("HistoryQuery.kind", "a kind of step, which a newer program may have more of"),
    ("StepView.kind", "a kind of step, which a newer program may have more of"),
    ("MigrationColumn.kind", "what becomes of a column in a migration"),
    ("MigrationTable.kind", "what becomes of a table in a migration"),
    ("RuleView.kind", "whether a rule is an expression or a query, whose texts stand in fields of their own"),
    ("SearchHit.kind", "a kind of thing that a search finds"),
    ("SearchKind.kind", "a kind of thing that a search finds"),
    ("Settings.period", "a reporting period such as 2026-2027-1; KeyPeriod says which part of it enters a key"),
    ("AsideRecord.period", "a reporting period"),
    ("RuleCase.period", "a reporting period"),
    ("BookHead.period", "a reporting period"),
    ("CreateBook.period", "a reporting period"),
    ("ProposalRow.left_out", "the last part of the key of words, as in remarks of the same import"),
    ("UnreadableCell.shown", "what stands in a cell"),
    ("ProposalSheet.missing_columns", "names of columns"),
    ("ProposalSheet.unmapped_columns", "names of columns"),
];

/// The crates whose enums cross to the page.
const ENGINE: &[&str] = &["standard", "store", "check", "workbook", "submit", "desk"];

#[test]
fn a_field_with_an_enum_in_the_engine_is_not_a_string() {
    let mut names = Names::default();
    for file in files(&["rs"]).iter().filter(|file| file.path.starts_with("src-tauri/crates/")) {
        names.api = file.path.starts_with("src-tauri/crates/desk/");
        names.engine = ENGINE.iter().any(|name| file.path.starts_with(&format!("src-tauri/crates/{name}/")));
        names.path.clone_from(&file.path);
        names.visit_file(&parsed(file));
    }
    assert!(names.enums.len() > 20 && names.strings.len() > 100, "too little was read");
    let breaches: Vec<String> = names
        .strings
        .iter()
        .filter(|(place, _)| !OTHER_THINGS.iter().any(|(other, _)| place.ends_with(other)))
        .filter_map(|(place, field)| Some(format!("{place} is a string, but there is {}", names.enums.get(field)?)))
        .collect();
    none(breaches, "strings at the boundary where the engine has an enum");
}

/// Enums of the engine by the last word of their names, and fields of text in the types of calls.
#[derive(Default)]
struct Names {
    api: bool,
    engine: bool,
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
            self.enums.insert(last_word(&item.ident.to_string()), format!("{} in {}", item.ident, self.path));
        }
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        let derives_ts = item.attrs.iter().any(|attribute| match &attribute.meta {
            syn::Meta::List(list) => list.path.is_ident("derive") && list.tokens.to_string().contains("TS"),
            _ => false,
        });
        for field in item.fields.iter().filter(|_| self.api && derives_ts) {
            if let Some(name) = field.ident.as_ref().filter(|_| is_text(&field.ty)) {
                let field = last_word(&name.to_string());
                self.strings.insert((format!("{} {}.{name}", self.path, item.ident), field));
            }
        }
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

/// The last word of a name in either case: of `BatchState` and `last_state` it is `state`.
fn last_word(name: &str) -> String {
    let start = name.rfind(|letter: char| letter.is_uppercase() || letter == '_').unwrap_or(0);
    name[start..].trim_start_matches('_').to_lowercase()
}
