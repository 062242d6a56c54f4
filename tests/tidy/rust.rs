//! The modules of every Rust crate of the project, parsed: what each module defines, which names it brings in, and
//! which paths its code mentions. Code under `#[cfg(test)]` is left out, because a test may use everything.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::tree::{File, files};

/// One module: a file, or a `mod name { .. }` inside one.
pub struct Module {
    /// The file, from the root of the project.
    pub file: String,
    /// The module that declares this one.
    pub parent: Option<usize>,
    /// Modules that this one declares, by name.
    pub children: BTreeMap<String, usize>,
    /// Names of the items that this module defines itself.
    pub items: BTreeSet<String>,
    /// Names that a `use` brings in, with the path each stands for.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Paths whose whole content a `use path::*` brings in.
    pub globs: Vec<Vec<String>>,
    /// Paths that the code names, with their lines.
    pub mentions: Vec<Mention>,
}

/// One path in the code, such as `crate::rows::Insert`.
#[derive(Debug, Clone)]
pub struct Mention {
    pub path: Vec<String>,
    pub line: usize,
}

/// The modules of one crate. The first one is its root.
pub struct Crate {
    pub modules: Vec<Module>,
}

/// Every crate of the project: one for each `lib.rs` and `main.rs`, and one for each file that stands alone.
pub fn crates() -> Vec<Crate> {
    let all: BTreeMap<String, File> = files(&["rs"]).into_iter().map(|file| (file.path.clone(), file)).collect();
    let roots = all.keys().filter(|path| path.ends_with("/lib.rs") || path.ends_with("/main.rs"));
    let crates: Vec<Crate> = roots.map(|root| Crate::read(root, &all)).collect();
    assert!(crates.len() > 10, "only {} crates were found", crates.len());
    crates
}

/// A file as Rust sees it.
pub fn parsed(file: &File) -> syn::File {
    syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path))
}

/// Whether an item is there for tests only: `#[test]`, `#[cfg(test)]`, `#[cfg(any(test, ..))]`.
pub fn for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::Path(path) => path.is_ident("test"),
        syn::Meta::List(list) => {
            let condition = list.tokens.to_string().replace(' ', "");
            let tests = ["test", "any(test,", "all(test,"];
            list.path.is_ident("cfg") && (condition == tests[0] || tests[1..].iter().any(|t| condition.starts_with(t)))
        }
        syn::Meta::NameValue(_) => false,
    })
}

/// The numbers of the lines that are there for tests only, from 1.
pub fn lines_for_tests(file: &File) -> BTreeSet<usize> {
    #[derive(Default)]
    struct Lines(BTreeSet<usize>);
    impl<'ast> Visit<'ast> for Lines {
        fn visit_item(&mut self, item: &'ast syn::Item) {
            if for_tests(attributes(item)) {
                let span = item.span();
                self.0.extend(span.start().line..=span.end().line);
            } else {
                visit::visit_item(self, item);
            }
        }
        fn visit_impl_item_fn(&mut self, method: &'ast syn::ImplItemFn) {
            if for_tests(&method.attrs) {
                let span = method.span();
                self.0.extend(span.start().line..=span.end().line);
            }
        }
    }
    let mut lines = Lines::default();
    lines.visit_file(&parsed(file));
    lines.0
}

/// The attributes of an item.
fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    use syn::Item;
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

impl Crate {
    fn read(root: &str, all: &BTreeMap<String, File>) -> Crate {
        let mut found = Crate { modules: Vec::new() };
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
        let parsed = parsed(&all[root]);
        found.add(None, root, folder, &parsed.items, all);
        found
    }

    /// Adds a module and, below it, those that it declares. `folder` is where the files of its children lie.
    fn add(
        &mut self,
        parent: Option<usize>,
        file: &str,
        folder: &str,
        items: &[syn::Item],
        all: &BTreeMap<String, File>,
    ) -> usize {
        let mut reader = Reader::default();
        items.iter().for_each(|item| reader.visit_item(item));
        let me = self.modules.len();
        self.modules.push(Module {
            file: file.to_owned(),
            parent,
            children: BTreeMap::new(),
            items: items.iter().filter_map(defined).collect(),
            aliases: reader.aliases,
            globs: reader.globs,
            mentions: reader.mentions,
        });
        for item in items {
            let syn::Item::Mod(declared) = item else { continue };
            if for_tests(&declared.attrs) {
                continue;
            }
            let name = plain(&declared.ident);
            let below = format!("{folder}/{name}");
            let child = match &declared.content {
                Some((_, items)) => self.add(Some(me), file, &below, items, all),
                None => {
                    let own = [format!("{below}.rs"), format!("{below}/mod.rs")];
                    let Some(own) = own.iter().find(|path| all.contains_key(*path)) else { continue };
                    self.add(Some(me), own, &below, &parsed(&all[own]).items, all)
                }
            };
            self.modules[me].children.insert(name, child);
        }
        me
    }
}

/// The name that an item gives to what it defines.
fn defined(item: &syn::Item) -> Option<String> {
    use syn::Item;
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(plain(name))
}

/// An identifier without `r#`.
fn plain(name: &Ident) -> String {
    let text = name.to_string();
    text.strip_prefix("r#").map(str::to_owned).unwrap_or(text)
}

/// Collects what a module brings in and mentions; modules inside it are read on their own.
#[derive(Default)]
struct Reader {
    aliases: BTreeMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
    mentions: Vec<Mention>,
}

impl Reader {
    fn take_use(&mut self, tree: &syn::UseTree, before: &[String], own: bool) {
        use syn::UseTree;
        let with = |name: &Ident| before.iter().cloned().chain([plain(name)]).collect::<Vec<_>>();
        let (name, path) = match tree {
            UseTree::Path(step) => return self.take_use(&step.tree, &with(&step.ident), own),
            UseTree::Group(group) => return group.items.iter().for_each(|tree| self.take_use(tree, before, own)),
            UseTree::Glob(_) => return self.globs.push(before.to_vec()),
            UseTree::Name(last) if last.ident == "self" => (&last.ident, before.to_vec()),
            UseTree::Name(last) => (&last.ident, with(&last.ident)),
            UseTree::Rename(last) => (&last.rename, with(&last.ident)),
        };
        if own {
            self.mentions.push(Mention { path: path.clone(), line: name.span().start().line });
        }
        let known_as = if name == "self" { path.last().cloned() } else { Some(plain(name)) };
        self.aliases.extend(known_as.map(|known_as| (known_as, path)));
    }

    /// Paths in what a macro is given, which is not parsed.
    fn take_tokens(&mut self, tokens: &TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut line = 0;
        let mut colons = 0;
        for token in tokens.clone() {
            match &token {
                TokenTree::Punct(mark) if mark.as_char() == ':' && !path.is_empty() => {
                    colons += 1;
                    continue;
                }
                TokenTree::Ident(name) if colons == 2 => path.push(plain(name)),
                other => {
                    self.mention(std::mem::take(&mut path), line);
                    if let TokenTree::Ident(name) = other {
                        path.push(plain(name));
                        line = name.span().start().line;
                    }
                }
            }
            colons = 0;
            if let TokenTree::Group(group) = &token {
                self.take_tokens(&group.stream());
            }
        }
        self.mention(path, line);
    }

    fn mention(&mut self, path: Vec<String>, line: usize) {
        if !path.is_empty() {
            self.mentions.push(Mention { path, line });
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !matches!(item, syn::Item::Mod(_)) && !for_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, method: &'ast syn::ImplItemFn) {
        if !for_tests(&method.attrs) {
            visit::visit_impl_item_fn(self, method);
        }
    }

    /// A `pub use` gives a second name to what stands elsewhere; it uses nothing itself.
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.take_use(&item.tree, &[], matches!(item.vis, syn::Visibility::Inherited));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| plain(&segment.ident)).collect();
        let line = path.segments.first().map_or(0, |segment| segment.ident.span().start().line);
        self.mention(names, line);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.take_tokens(&called.tokens);
        visit::visit_macro(self, called);
    }

    /// Where something may be seen says nothing of what it uses.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}
