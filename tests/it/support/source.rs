//! The program's own text, read just far enough: tokens, modules, what each defines and what it imports.

use super::root;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A file of `src`, named from there.
pub struct File {
    pub name: String,
    pub text: String,
}

/// All files of the program.
pub fn files() -> Vec<File> {
    let mut out = Vec::new();
    collect(&root().join("src"), &mut out);
    out.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(out.len() > 30);
    out
}

fn collect(folder: &Path, out: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root().join("src")).unwrap().to_string_lossy().replace('\\', "/");
            out.push(File { name, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
}

/// A word, `::`, or one other character, with its line.
#[derive(Clone, Debug)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

impl Token {
    pub fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// The code of a text: no comments, no strings, no characters, no lifetimes.
pub fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let (mut at, mut line, mut out) = (0, 1, Vec::new());
    while at < chars.len() {
        let end = end_of_token(&chars, at);
        let token: String = chars[at..end].iter().collect();
        let is_code =
            token == "::" || token.chars().all(|c| c.is_alphanumeric() || c == '_') || end == at + 1;
        if is_code && !token.trim().is_empty() {
            out.push(Token { text: token.clone(), line });
        }
        line += token.matches('\n').count();
        at = end;
    }
    out
}

fn end_of_token(chars: &[char], at: usize) -> usize {
    let starts = |text: &str| text.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
    let is_word = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    if starts("//") {
        (at..chars.len()).find(|&i| chars[i] == '\n').unwrap_or(chars.len())
    } else if starts("/*") {
        (at..chars.len()).find(|&i| chars[i..].starts_with(&['*', '/'])).expect("a comment ends") + 2
    } else if starts("r\"") || starts("r#\"") || starts("br\"") {
        let open = (at..chars.len()).find(|&i| chars[i] == '"').expect("a quote was seen");
        let hashes = chars[at..open].iter().filter(|c| **c == '#').count();
        let is_end = |&i: &usize| {
            chars[i] == '"' && chars[i + 1..].iter().take_while(|c| **c == '#').count() >= hashes
        };
        (open + 1..chars.len()).find(is_end).expect("a raw string ends") + 1 + hashes
    } else if starts("\"") || starts("b\"") {
        let mut i = at + if chars[at] == 'b' { 2 } else { 1 };
        while chars[i] != '"' {
            i += if chars[i] == '\\' { 2 } else { 1 };
        }
        i + 1
    } else if chars[at] == '\'' {
        // A character or a lifetime.
        if chars[at + 1] == '\\' {
            (at + 3..chars.len()).find(|&i| chars[i] == '\'').expect("a character ends") + 1
        } else if chars.get(at + 2) == Some(&'\'') {
            at + 3
        } else {
            (at + 2..=chars.len()).find(|&i| !is_word(i)).expect("a lifetime ends")
        }
    } else if is_word(at) {
        (at..=chars.len()).find(|&i| !is_word(i)).expect("the numbers do not end")
    } else if starts("::") {
        at + 2
    } else {
        at + 1
    }
}

/// A `use` of one name.
#[derive(Clone, Debug)]
pub struct Import {
    pub path: Vec<String>,
    pub is_glob: bool,
    /// Whether it hands on.
    pub is_public: bool,
    pub alias: String,
}

/// What stands in a module, which is a file or a part of one.
#[derive(Default)]
pub struct Module {
    pub file: String,
    pub items: BTreeSet<String>,
    pub children: BTreeSet<String>,
    pub imports: Vec<Import>,
    /// Paths in the code, and single names that may be one's by an import.
    pub paths: Vec<Vec<String>>,
    /// Macros that are called here.
    pub macros: BTreeSet<String>,
}

impl Module {
    /// Whether it has something of the name that is no module: then the two stand side by side.
    pub fn names(&self, word: &str) -> bool {
        self.items.contains(word) || self.imports.iter().any(|import| import.alias == word)
    }
}

/// All modules by their paths. Those of the binary begin with `main`.
pub type Modules = BTreeMap<Vec<String>, Module>;

pub fn modules(files: &[File]) -> Modules {
    let mut out = Modules::new();
    for file in files {
        let tokens = tokens(&file.text);
        let reader = Reader {
            tokens: &tokens,
            file: &file.name,
            out: &mut out,
            inside: Vec::new(),
            depth: 0,
            is_public: false,
        };
        reader.read(module_of(&file.name));
    }
    out
}

fn module_of(file: &str) -> Vec<String> {
    let file = file.strip_suffix(".rs").unwrap();
    let mut path: Vec<String> = file.split('/').map(str::to_owned).collect();
    if path.last().is_some_and(|last| last == "mod" || path.len() == 1 && (last == "lib" || last == "main")) {
        path.pop();
    }
    if file == "main" || path.first().is_some_and(|first| first == "cli") {
        path.insert(0, "main".to_owned());
    }
    path
}

struct Reader<'a> {
    tokens: &'a [Token],
    file: &'a str,
    out: &'a mut Modules,
    /// The modules that we are in, with the depth of their braces.
    inside: Vec<(Vec<String>, usize)>,
    depth: usize,
    is_public: bool,
}

impl<'a> Reader<'a> {
    fn read(mut self, module: Vec<String>) {
        self.enter(module, 0);
        let mut at = 0;
        while at < self.tokens.len() {
            at = self.step(at) + 1;
        }
        assert_eq!((self.inside.len(), self.depth), (1, 0), "the braces of {}", self.file);
    }

    fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }

    fn enter(&mut self, module: Vec<String>, depth: usize) {
        self.out.insert(module.clone(), Module { file: self.file.to_owned(), ..Module::default() });
        self.inside.push((module, depth));
    }

    fn here(&mut self) -> &mut Module {
        let (module, _) = self.inside.last().expect("the file's own is never left");
        self.out.get_mut(module).expect("it was put there")
    }

    /// Reads what begins at a token, and returns the last token of it.
    fn step(&mut self, at: usize) -> usize {
        let next = self.text(at + 1);
        let own = self.inside.last().expect("the file's own is never left").1;
        let is_outside = self.depth == own;
        match self.text(at) {
            "{" => self.depth += 1,
            "}" => {
                self.depth -= 1;
                if self.depth < own {
                    self.inside.pop();
                }
            }
            "pub" => self.is_public = true,
            ";" => self.is_public = false,
            "use" => {
                let end = (at..self.tokens.len()).find(|&i| self.text(i) == ";").expect("a use ends");
                let is_public = std::mem::take(&mut self.is_public);
                for import in use_tree(&self.tokens[at + 1..end], &[]) {
                    self.here().imports.push(Import { is_public, ..import });
                }
                return end;
            }
            "mod" if is_outside => {
                self.is_public = false;
                self.here().children.insert(next.to_owned());
                if self.text(at + 2) == "{" {
                    let mut child = self.inside.last().expect("the file's own is never left").0.clone();
                    child.push(next.to_owned());
                    self.depth += 1;
                    self.enter(child, self.depth);
                    return at + 2;
                }
                return at + 1;
            }
            "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" if next != "fn" => {
                self.is_public = false;
                if is_outside && self.tokens[at + 1].is_word() {
                    self.here().items.insert(next.to_owned());
                    return at + 1;
                }
            }
            "macro_rules" => {
                let name = self.text(at + 2).to_owned();
                self.here().items.insert(name);
                return at + 2;
            }
            _ if self.tokens[at].is_word() => return self.path(at),
            _ => {}
        }
        at
    }

    /// Takes down the path that begins at a word, and returns where its last word is.
    fn path(&mut self, start: usize) -> usize {
        let mut path = vec![self.text(start).to_owned()];
        let mut at = start;
        while self.text(at + 1) == "::" && self.tokens.get(at + 2).is_some_and(Token::is_word) {
            at += 2;
            path.push(self.text(at).to_owned());
        }
        let before = if start == 0 { "" } else { self.text(start - 1) };
        let after = self.text(at + 1);
        if after == "!" {
            self.here().macros.insert(path[0].clone());
        }
        let is_type = path[0].starts_with(char::is_uppercase);
        let may_be_ours = path.len() > 1 || is_type || after == "(";
        if may_be_ours && !matches!(before, "." | "::" | "fn" | "$") {
            self.here().paths.push(path);
        }
        at
    }
}

/// The names of a `use`, whose tokens these are: `a::{b, c::*, d as e}`.
fn use_tree(tokens: &[Token], before: &[String]) -> Vec<Import> {
    let mut path = before.to_vec();
    for (at, token) in tokens.iter().enumerate() {
        let import = |path, is_glob, alias: &str| {
            vec![Import { path, is_glob, is_public: false, alias: alias.to_owned() }]
        };
        match token.text.as_str() {
            "::" => {}
            "{" => {
                return branches(&tokens[at + 1..])
                    .into_iter()
                    .flat_map(|part| use_tree(part, &path))
                    .collect();
            }
            "*" => return import(path, true, "*"),
            "as" => return import(path, false, &tokens[at + 1].text),
            "self" if at == 0 && !before.is_empty() => {}
            word => path.push(word.to_owned()),
        }
    }
    let alias = path.last().expect("a use has a name").clone();
    vec![Import { path, is_glob: false, is_public: false, alias }]
}

/// What stands between commas up to the brace that closes.
fn branches(tokens: &[Token]) -> Vec<&[Token]> {
    let (mut out, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" if depth > 0 => depth -= 1,
            "," | "}" if depth == 0 => {
                if at > start {
                    out.push(&tokens[start..at]);
                }
                start = at + 1;
                if token.text == "}" {
                    break;
                }
            }
            _ => {}
        }
    }
    out
}
