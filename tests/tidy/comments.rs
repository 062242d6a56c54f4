//! A doc comment says what the name does not: the content, the shape, the unit, the range, the source, an error.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};

use crate::rust::{for_tests, parsed};
use crate::tree::{files, none};

#[test]
fn doc_comments_say_more_than_the_name() {
    let mut breaches = Vec::new();
    for file in files(&["rs"]) {
        let mut reader = Reader { path: &file.path, breaches: Vec::new() };
        reader.visit_file(&parsed(&file));
        breaches.extend(reader.breaches);
    }
    none(breaches, "doc comments that say nothing: delete them, or say the unit, the range, the source");
}

struct Reader<'a> {
    path: &'a str,
    breaches: Vec<String>,
}

impl Reader<'_> {
    /// Checks the doc comment of the item `name`; for a field or a variant (`part`) one word is not enough.
    fn look(&mut self, name: &syn::Ident, attributes: &[syn::Attribute], part: bool) {
        let doc = doc(attributes);
        let spoken = words(&doc);
        let own: BTreeSet<String> = words(&name.to_string()).into_iter().collect();
        let translates = !doc.is_ascii();
        let repeats = !translates && !spoken.is_empty() && spoken.iter().all(|word| own.contains(word));
        let one_word =
            part && !translates && !doc.is_empty() && doc.split_whitespace().count() == 1 && !doc.contains(['`', '[']);
        if repeats || one_word {
            let line = name.span().start().line;
            self.breaches.push(format!("{}:{line} {name}: {doc}", self.path));
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        use syn::Item;
        let named = match item {
            Item::Const(item) => Some((&item.ident, &item.attrs)),
            Item::Enum(item) => Some((&item.ident, &item.attrs)),
            Item::Fn(item) => Some((&item.sig.ident, &item.attrs)),
            Item::Static(item) => Some((&item.ident, &item.attrs)),
            Item::Struct(item) => Some((&item.ident, &item.attrs)),
            Item::Trait(item) => Some((&item.ident, &item.attrs)),
            Item::Type(item) => Some((&item.ident, &item.attrs)),
            Item::Mod(item) => Some((&item.ident, &item.attrs)),
            _ => None,
        };
        if let Some((name, attributes)) = named {
            if for_tests(attributes) {
                return;
            }
            self.look(name, attributes, false);
        }
        visit::visit_item(self, item);
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        if let Some(name) = &field.ident {
            self.look(name, &field.attrs, true);
        }
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        self.look(&variant.ident, &variant.attrs, true);
        visit::visit_variant(self, variant);
    }

    fn visit_impl_item_fn(&mut self, method: &'ast syn::ImplItemFn) {
        self.look(&method.sig.ident, &method.attrs, false);
    }

    fn visit_trait_item_fn(&mut self, method: &'ast syn::TraitItemFn) {
        self.look(&method.sig.ident, &method.attrs, false);
    }
}

/// The text of a doc comment.
fn doc(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// The words of a name or a sentence, in lower case, without articles and endings.
fn words(text: &str) -> Vec<String> {
    let mut split = String::new();
    let mut before_is_lower = false;
    for letter in text.chars() {
        if letter.is_uppercase() && before_is_lower {
            split.push(' ');
        }
        before_is_lower = letter.is_lowercase();
        split.push(if letter.is_alphanumeric() { letter } else { ' ' });
    }
    let empty = ["a", "an", "the", "of", "its", "their", "this", "that", "s", "to", "in", "for", "and", "is"];
    split
        .split_whitespace()
        .map(|word| stem(&word.to_lowercase()))
        .filter(|word| !empty.contains(&word.as_str()))
        .collect()
}

/// A word without its ending: `reads`, `reading` and `read` are one.
fn stem(word: &str) -> String {
    let endings = ["ings", "ing", "ies", "ed", "es", "s", "e", "y"];
    let long = |rest: &&str| rest.len() > 2;
    endings.iter().find_map(|ending| word.strip_suffix(ending).filter(long)).unwrap_or(word).to_owned()
}

#[test]
fn a_comment_that_repeats_its_name_is_found() {
    let found = |text: &str| {
        let file: syn::File = syn::parse_str(text).expect("Rust");
        let mut reader = Reader { path: "a.rs", breaches: Vec::new() };
        reader.visit_file(&file);
        reader.breaches.len()
    };
    assert_eq!(found("struct A { /// Table.\n table: String }"), 1);
    assert_eq!(found("struct A { /// The tables\' names.\n table_names: String }"), 1);
    assert_eq!(found("struct A { /// Why.\n reason: String }"), 1);
    assert_eq!(found("/// Reads the file.\nfn read_file() {}"), 1);
    assert_eq!(found("struct A { /// Table by its name in the standard, such as `ODS_XSHXSJ`.\n table: String }"), 0);
    assert_eq!(found("struct A { /// Days after the end of the period.\n due: u32 }"), 0);
}
