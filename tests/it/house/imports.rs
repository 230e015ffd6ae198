//! Who imports whom, file by file: an arrow goes from a file to the file that defines what it names, and no arrows form a circle.

use crate::support::source::{File, Import, Modules, modules};
use std::collections::{BTreeMap, BTreeSet};

/// For each file the files that define what it names, with the names.
pub type Arrows = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// What a path leads to.
enum Found {
    /// What this file defines.
    Item { file: String, name: String },
    /// A module, which is no arrow: what is named in it will be one.
    Module,
}

struct Resolver {
    modules: Modules,
}

impl Resolver {
    /// Follows a path from a module through those that hand on what others define.
    fn find(&self, from: &[String], path: &[String], seen: &mut Vec<(Vec<String>, String)>) -> Option<Found> {
        let mut here = from.to_vec();
        for (at, word) in path.iter().enumerate() {
            match word.as_str() {
                "self" if at == 0 => continue,
                "crate" if at == 0 => {
                    here = if here.first().is_some_and(|first| first == "main") {
                        vec!["main".to_owned()]
                    } else {
                        Vec::new()
                    };
                    continue;
                }
                "headstart" if at == 0 => {
                    here = Vec::new();
                    continue;
                }
                "super" => {
                    here.pop();
                    continue;
                }
                _ => {}
            }
            let module = &self.modules[&here];
            let is_last = at + 1 == path.len();
            if module.children.contains(word) && (!is_last || !module.names(word)) {
                here.push(word.clone());
                continue;
            }
            return self.find_in(&here, &path[at..], seen);
        }
        Some(Found::Module)
    }

    /// Finds the first word of a path among what a module defines and imports.
    fn find_in(
        &self,
        here: &[String],
        path: &[String],
        seen: &mut Vec<(Vec<String>, String)>,
    ) -> Option<Found> {
        let module = &self.modules[here];
        if module.items.contains(&path[0]) {
            return Some(Found::Item { file: module.file.clone(), name: path[0].clone() });
        }
        let key = (here.to_vec(), path[0].clone());
        if seen.contains(&key) {
            return None;
        }
        seen.push(key);
        let mut through = |import: &Import, rest: &[String]| {
            let path: Vec<String> = import.path.iter().chain(rest).cloned().collect();
            self.find(here, &path, seen)
        };
        let named = module.imports.iter().filter(|import| !import.is_glob && import.alias == path[0]);
        let of_name: Vec<Found> = named.filter_map(|import| through(import, &path[1..])).collect();
        if !of_name.is_empty() {
            // One name may be a function and a module: the arrow is to what defines.
            return of_name.into_iter().min_by_key(|found| matches!(found, Found::Module));
        }
        module.imports.iter().filter(|import| import.is_glob).find_map(|import| through(import, path))
    }

    /// The file that defines what a path names, if it is one of ours.
    fn definer(&self, from: &[String], path: &[String]) -> Option<Found> {
        self.find(from, path, &mut Vec::new())
    }
}

/// All arrows of a program.
///
/// # Panics
///
/// When a path that can only be ours leads nowhere: then it is the reading that is wrong.
pub fn arrows(files: &[File]) -> Arrows {
    let resolver = Resolver { modules: modules(files) };
    let mut arrows = Arrows::new();
    let mut lost = Vec::new();
    for (path, module) in &resolver.modules {
        let used = module
            .imports
            .iter()
            .filter(|import| !import.is_public && !import.is_glob)
            .map(|import| &import.path);
        for named in used.chain(&module.paths) {
            let is_ours = matches!(named[0].as_str(), "crate" | "super" | "self" | "headstart");
            match resolver.definer(path, named) {
                Some(Found::Item { file, name }) if file != module.file => {
                    arrows.entry(module.file.clone()).or_default().entry(file).or_default().insert(name);
                }
                None if is_ours => lost.push(format!("{}: {}", module.file, named.join("::"))),
                _ => {}
            }
        }
        for name in &module.macros {
            // A macro is known in the modules below its own, too.
            let above = (0..path.len()).rev().map(|n| &resolver.modules[&path[..n]]);
            let definer =
                above.filter(|above| above.items.contains(name)).map(|above| above.file.clone()).next();
            if let Some(file) = definer.filter(|file| *file != module.file && !module.items.contains(name)) {
                arrows
                    .entry(module.file.clone())
                    .or_default()
                    .entry(file)
                    .or_default()
                    .insert(format!("{name}!"));
            }
        }
    }
    assert!(
        lost.is_empty(),
        "these names were not found, so who defines them is not known:\n{}",
        lost.join("\n")
    );
    arrows
}

/// The circles: sets of files each of which leads to all others.
pub fn circles(arrows: &Arrows) -> Vec<BTreeSet<String>> {
    let reach = |from: &str| {
        let (mut seen, mut left) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(file) = left.pop() {
            for next in arrows.get(&file).into_iter().flat_map(BTreeMap::keys) {
                if seen.insert(next.clone()) {
                    left.push(next.clone());
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&String, BTreeSet<String>> =
        arrows.keys().map(|file| (file, reach(file))).collect();
    let mut out: Vec<BTreeSet<String>> = Vec::new();
    for (file, there) in &reached {
        if there.contains(*file) && !out.iter().any(|circle| circle.contains(*file)) {
            out.push(
                there
                    .iter()
                    .filter(|other| reached.get(other).is_some_and(|back| back.contains(*file)))
                    .cloned()
                    .collect(),
            );
        }
    }
    out
}

/// The arrows within a circle, a line each.
pub fn told(circle: &BTreeSet<String>, arrows: &Arrows) -> String {
    let mut out = String::new();
    for file in circle {
        for (other, names) in arrows[file].iter().filter(|(other, _)| circle.contains(*other)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            out += &format!("  {file} -> {other}: {}\n", names.join(", "));
        }
    }
    out
}
