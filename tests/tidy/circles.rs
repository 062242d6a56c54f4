//! No two files of the project use each other, directly or through others. What an arrow is stands in `imports.rs`.
//!
//! One form is allowed: a parent module and a child that it declares may use each other, the parent to list its
//! children, the child to take what all of them share. As soon as the way leads through a third file (a child uses its
//! parent, the parent a second child, the second child the first one) it is a circle like any other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::imports::{Arrows, in_rust, in_typescript};
use crate::tree::none;

#[test]
fn no_rust_files_use_each_other_in_a_circle() {
    none(circles(&in_rust()), "files use each other in a circle: move what they share into another file");
}

#[test]
fn no_typescript_files_import_each_other_in_a_circle() {
    none(circles(&in_typescript()), "files import each other in a circle: move what they share into another file");
}

/// The circles of the project, one for each group of files that use each other: the shortest one of the group, and the
/// other files that are in a circle with it.
fn circles(arrows: &Arrows) -> Vec<String> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        arrows.keys().map(|file| (file.as_str(), reachable(arrows, file))).collect();
    let mut shortest: BTreeMap<BTreeSet<&str>, Vec<&str>> = BTreeMap::new();
    let mut involved: BTreeMap<BTreeSet<&str>, BTreeSet<&str>> = BTreeMap::new();
    for (from, to) in arrows.iter().flat_map(|(from, to)| to.keys().map(move |to| (from.as_str(), to.as_str()))) {
        let back = |file: &str| reached.get(file).is_some_and(|reached| reached.contains(from));
        if !back(to) {
            continue;
        }
        let Some(circle) = circle_through(arrows, from, to) else { continue };
        // The files that this one uses and that use it, directly or through others.
        let group: BTreeSet<&str> = reached[from].iter().copied().filter(|file| back(file)).collect();
        involved.entry(group.clone()).or_default().extend(&circle);
        let best = shortest.entry(group).or_insert_with(|| circle.clone());
        if circle.len() < best.len() {
            *best = circle;
        }
    }
    let words = |(group, circle): (&BTreeSet<&str>, &Vec<&str>)| {
        let next = circle.iter().skip(1).chain(circle.first());
        let steps = circle.iter().zip(next).map(|(from, to)| format!("    {from} ({})", arrows[*from][*to]));
        let steps = steps.collect::<Vec<_>>().join("\n");
        let others: Vec<&str> = involved[group].iter().filter(|file| !circle.contains(file)).copied().collect();
        match others.as_slice() {
            [] => format!("circle\n{steps}"),
            others => format!("circle\n{steps}\n    and in other circles with them: {}", others.join(", ")),
        }
    };
    shortest.iter().map(words).collect()
}

/// The shortest circle that begins with this arrow, but for the allowed one of a parent and its child.
fn circle_through<'a>(arrows: &'a Arrows, from: &'a str, to: &'a str) -> Option<Vec<&'a str>> {
    let family = is_parent(from, to) || is_parent(to, from);
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::from([(to, from)]);
    let mut queue = VecDeque::from([to]);
    while let Some(file) = queue.pop_front() {
        for next in arrows.get(file).into_iter().flat_map(BTreeMap::keys).map(String::as_str) {
            if next == from && !(family && file == to) {
                let mut circle = vec![file];
                while circle.last() != Some(&from) {
                    circle.push(came_from[circle[circle.len() - 1]]);
                }
                circle.reverse();
                return Some(circle);
            }
            if next != from && !came_from.contains_key(next) {
                came_from.insert(next, file);
                queue.push_back(next);
            }
        }
    }
    None
}

/// All files that a file uses, directly or through others.
fn reachable<'a>(arrows: &'a Arrows, from: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut next: Vec<&str> = vec![from];
    while let Some(file) = next.pop() {
        for to in arrows.get(file).into_iter().flat_map(BTreeMap::keys) {
            if found.insert(to.as_str()) {
                next.push(to);
            }
        }
    }
    found
}

/// Whether the Rust module in the file `parent` declares the one in the file `child`.
fn is_parent(parent: &str, child: &str) -> bool {
    let below = |path: &str| -> Option<String> {
        let (folder, name) = path.rsplit_once('/')?;
        match name {
            "mod.rs" | "lib.rs" | "main.rs" => Some(folder.to_owned()),
            name => Some(format!("{folder}/{}", name.strip_suffix(".rs")?)),
        }
    };
    let own = child.strip_suffix("/mod.rs").or_else(|| child.strip_suffix(".rs"));
    let folder = own.and_then(|own| own.rsplit_once('/')).map(|(folder, _)| folder.to_owned());
    folder.is_some() && folder == below(parent)
}

#[test]
fn a_circle_is_told_by_its_shortest_form() {
    let straight = arrows(&[("a.rs", "b.rs"), ("b.rs", "c.rs")]);
    assert_eq!(circles(&straight), Vec::<String>::new());
    let round = arrows(&[("a.rs", "b.rs"), ("b.rs", "c.rs"), ("c.rs", "b.rs")]);
    assert_eq!(circles(&round), ["circle\n    b.rs (line 1)\n    c.rs (line 1)"]);
}

#[test]
fn a_parent_and_its_child_may_use_each_other_but_not_through_a_third() {
    let mut family =
        vec![("x/mod.rs", "x/a.rs"), ("x/a.rs", "x/mod.rs"), ("x/mod.rs", "x/b.rs"), ("x/b.rs", "x/mod.rs")];
    assert_eq!(circles(&arrows(&family)), Vec::<String>::new());
    family.push(("x/a.rs", "x/b.rs"));
    let told = circles(&arrows(&family));
    assert_eq!(told, ["circle\n    x/a.rs (line 1)\n    x/b.rs (line 1)\n    x/mod.rs (line 1)"]);
    let strangers = arrows(&[("x/mod.rs", "x/a/c.rs"), ("x/a/c.rs", "x/mod.rs")]);
    assert_eq!(circles(&strangers).len(), 1);
}

#[cfg(test)]
fn arrows(pairs: &[(&str, &str)]) -> Arrows {
    let mut arrows = Arrows::new();
    for (from, to) in pairs {
        arrows.entry((*from).to_owned()).or_default().insert((*to).to_owned(), "line 1".to_owned());
        arrows.entry((*to).to_owned()).or_default();
    }
    arrows
}
