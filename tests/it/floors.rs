//! The one-way flow between modules, read from the sources.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The modules from the ground up. A module may use those on floors below its
/// own, and nothing else.
const FLOORS: &[&[&str]] = &[
    &["ids", "units", "array", "heap", "progress"],
    &["adjacency", "strings"],
    &["geo"],
    &["osm"],
    &["profile"],
    &["network"],
    &["contraction"],
    &["query"],
    &["places", "snap"],
    &["dataset"],
    &["engine", "import"],
    &["service"],
    &["cli"],
];

/// Crates that belong to a few modules alone, or to parts of them.
const RESERVED: &[(&str, &[&str])] = &[
    ("osmpbf", &["osm"]),
    ("prost", &["osm", "service", "cli/health", "cli/how_far"]),
    ("prost_types", &["service", "cli/health", "cli/how_far"]),
    ("tonic", &["service", "cli/health", "cli/how_far"]),
    ("tonic_types", &["service", "cli/health", "cli/how_far"]),
    ("tonic_reflection", &["service"]),
    ("tokio", &["service", "cli"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli"]),
    ("indicatif", &["cli"]),
    ("libc", &["heap"]),
    ("memmap2", &["dataset"]),
    ("chrono", &["profile"]),
    ("opening_hours", &["profile"]),
];

#[test]
fn modules_use_only_the_floors_below() {
    for (module, inside, text) in sources() {
        for used in names_after(&text, "crate::") {
            assert!(
                used == module || floor_of(&used) < floor_of(&module),
                "{} uses `{used}`, which is not below it",
                inside.display()
            );
        }
    }
}

#[test]
fn some_crates_are_named_by_few_modules() {
    for (_, inside, text) in sources() {
        let file = inside.with_extension("");
        for &(name, modules) in RESERVED {
            let path = format!("{name}::");
            let names = text.match_indices(&path).any(|(at, _)| is_whole_word(&text, at));
            assert!(
                !names || modules.iter().any(|module| file.starts_with(module)),
                "{} names {name}, which belongs to {modules:?}",
                inside.display()
            );
        }
    }
}

#[test]
fn every_module_has_a_floor() {
    let modules: BTreeSet<String> = sources().into_iter().map(|(module, ..)| module).collect();
    let floors: BTreeSet<String> = FLOORS.concat().iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(modules, floors);
}

#[test]
fn imports_are_read_as_they_are_written() {
    let text = "use crate::{\n    geo::{self, Coordinate},\n    ids::{Id, osm::X},\n};\n\
                let a = crate::units::Weight::ZERO; pub(crate) mod x; crate ::y";
    assert_eq!(names_after(text, "crate::"), ["geo", "ids", "units"]);
    assert_eq!(without_comments("a // crate::cli\nb //! crate::cli\n"), "a \nb \n");
}

/// The module, the path and the text of each source file, without comments.
fn sources() -> Vec<(String, PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    let source = |file: PathBuf| {
        let inside = file.strip_prefix(&src).expect("the file is in src").to_owned();
        let first = inside.iter().next().expect("the path has a first part");
        let module = first.to_str().expect("names are UTF-8").trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&file).expect("the file can be read");
        (module, inside, without_comments(&text))
    };
    let sources = files.into_iter().map(source);
    sources.filter(|(module, ..)| module != "lib" && module != "main").collect()
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn without_comments(text: &str) -> String {
    let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned() + "\n";
    text.lines().map(code).collect()
}

fn is_whole_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
}

/// The first names of all paths that begin with `root`, also of those that
/// share it in braces.
fn names_after(text: &str, root: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices(root).filter(|&(at, _)| is_whole_word(text, at)) {
        let rest = &text[at + root.len()..];
        match rest.strip_prefix('{') {
            Some(list) => names.extend(names_in_braces(list)),
            None => names.extend(first_name(rest)),
        }
    }
    names
}

/// The names at the outermost level of a list that ends at its closing brace.
fn names_in_braces(list: &str) -> Vec<String> {
    let (mut depth, mut begins, mut names) = (0_usize, true, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && !c.is_whitespace() => {
                names.extend(first_name(&list[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

fn first_name(path: &str) -> Option<String> {
    let name: String = path.chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect();
    // What begins with a capital is an item at the root, of which there is none.
    (!name.is_empty()).then_some(name)
}

fn floor_of(module: &str) -> usize {
    let floor = FLOORS.iter().position(|floor| floor.contains(&module));
    floor.unwrap_or_else(|| panic!("module `{module}` has no floor: give it one in FLOORS"))
}
