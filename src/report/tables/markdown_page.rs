//! A page of Markdown. Every text of a model is made plain on its way in, and there is no other way in.

use crate::plain::Plain;

/// A page, part after part.
#[derive(Debug, Default)]
pub struct MarkdownPage {
    text: String,
}

impl MarkdownPage {
    /// Writes a heading of a level from 1 on.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.text += &format!("{} {}\n\n", "#".repeat(level), plain(text));
    }

    /// Writes a paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.text += &format!("{}\n\n", plain(text));
    }

    /// Writes a strong paragraph.
    pub fn strong(&mut self, text: &str) {
        self.text += &format!("**{}**\n\n", plain(text));
    }

    /// Writes a paragraph that starts with strong words.
    pub fn labelled(&mut self, label: &str, text: &str) {
        self.text += &format!("**{}** {}\n\n", plain(label.trim_end()), plain(text));
    }

    /// Writes a number and words of the program itself, which may have marks.
    pub fn more(&mut self, n: usize, words: &'static str) {
        self.text += &format!("{n} {words}\n\n");
    }

    /// Writes an item of a list.
    pub fn item(&mut self, text: &str) {
        self.text += &format!("- {}\n", plain(text));
    }

    /// Writes an item that starts with strong words.
    pub fn labelled_item(&mut self, label: &str, text: &str) {
        self.text += &format!("- **{}** {}\n", plain(label), plain(text));
    }

    /// Ends a list.
    pub fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Writes the last line.
    pub fn line(&mut self, text: &str) {
        self.text += &format!("{}\n", plain(text));
    }

    /// Writes a table with a row per name.
    pub fn table<'a>(
        &mut self,
        corner: &str,
        headers: impl Iterator<Item = &'a str>,
        rows: impl Iterator<Item = (String, Vec<String>)>,
    ) {
        let headers: Vec<String> = headers.map(plain).collect();
        self.text += &format!(
            "| {} | {} |\n|---|{}\n",
            plain(corner),
            headers.join(" | "),
            "---:|".repeat(headers.len())
        );
        for (name, cells) in rows {
            let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
            self.text += &format!("| {} | {} |\n", plain(&name), cells.join(" | "));
        }
        self.blank();
    }
}

impl From<MarkdownPage> for String {
    fn from(page: MarkdownPage) -> Self {
        page.text
    }
}

/// The text on one line, with whatever Markdown or HTML would read otherwise made plain; addresses of the web are no links.
fn plain(text: &str) -> String {
    let text = Plain::line(text);
    let mut out = String::new();
    for word in text.split_inclusive(' ') {
        let is_host = word.to_ascii_lowercase().contains("www.");
        let mut before = ' ';
        for (at, c) in word.char_indices() {
            let after = &word[at + c.len_utf8()..];
            match c {
                '<' => out += "&lt;",
                '>' => out += "&gt;",
                '&' => out += "&amp;",
                // A letter that is written out begins no address, wherever that is looked for.
                ':' if after.starts_with("//") => out += "&#58;",
                '/' if before == ':' && after.starts_with('/') => out += "&#47;",
                '.' if is_host => out += "&#46;",
                '@' if before.is_alphanumeric() && after.starts_with(char::is_alphanumeric) => out += "&#64;",
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '!' | '~' => {
                    out.push('\\');
                    out.push(c);
                }
                c => out.push(c),
            }
            before = c;
        }
    }
    out
}
