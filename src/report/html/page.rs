//! The parts that a page is made of. Every text goes through one escape on its way in, and there is no other way in.

use crate::report::svg::Picture;
use crate::report::wording::sanitize::escaped;

/// A page, part after part.
#[derive(Clone, Debug, Default)]
pub struct Page {
    body: String,
    sections: Vec<(String, String)>,
    pictures: usize,
}

/// A table: headers over the cells of each row, whose first one names it.
#[derive(Clone, Debug)]
pub struct HtmlTable {
    /// Text above the names of the rows.
    pub corner: String,
    pub headers: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
    /// True if the cells are words, not numbers.
    pub words: bool,
}

impl HtmlTable {
    /// A table of numbers.
    pub fn numbers(corner: &str, headers: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let headers = headers.into_iter().map(Into::into).collect();
        Self { corner: corner.into(), headers, rows: Vec::new(), words: false }
    }

    /// A table of words.
    pub fn words(corner: &str, headers: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { words: true, ..Self::numbers(corner, headers) }
    }

    /// Adds a row.
    pub fn row(&mut self, name: &str, cells: impl IntoIterator<Item = impl Into<String>>) {
        self.rows.push((name.into(), cells.into_iter().map(Into::into).collect()));
    }
}

impl Page {
    /// A new section, which the list of contents names.
    pub fn section(&mut self, id: &str, title: &str) {
        self.sections.push((id.into(), title.into()));
        self.body += &format!("<h2 id=\"{}\">{}</h2>\n", escaped(id), escaped(title));
    }

    /// A heading in a section.
    pub fn heading(&mut self, title: &str) {
        self.body += &format!("<h3>{}</h3>\n", escaped(title));
    }

    /// A paragraph, of a class if that is not empty.
    pub fn paragraph(&mut self, class: &str, text: &str) {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        self.body += &format!("<p{class}>{}</p>\n", escaped(text));
    }

    /// A paragraph that starts with a strong word.
    pub fn remark(&mut self, word: &str, text: &str) {
        self.body +=
            &format!("<p class=\"caveat\"><strong>{}</strong> {}</p>\n", escaped(word), escaped(text));
    }

    /// A command to be typed.
    pub fn command(&mut self, command: &str) {
        self.body += &format!("<pre><code>{}</code></pre>\n", escaped(command));
    }

    /// A picture. Names within it are made different from those in others.
    pub fn picture(&mut self, mut picture: Picture) {
        self.pictures += 1;
        picture.name = format!("{}-{}", picture.name, self.pictures);
        // What the foot says stands at the end of the page.
        picture.foot = String::new();
        self.body += &format!("<figure tabindex=\"0\">\n{}</figure>\n", picture.svg());
    }

    /// A table, which scrolls by itself where it is wider than the page.
    pub fn table(&mut self, caption: &str, table: &HtmlTable) {
        let name = escaped(caption);
        let class = if table.words { " class=\"words\"" } else { "" };
        self.body += &format!(
            "<div class=\"scroll\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">\n<table{class}>\n<caption>{name}</caption>\n"
        );
        let corner = if table.corner.is_empty() {
            "<td></td>".into()
        } else {
            format!("<th scope=\"col\">{}</th>", escaped(&table.corner))
        };
        let headers =
            table.headers.iter().map(|header| format!("<th scope=\"col\">{}</th>", escaped(header)));
        self.body += &format!("<thead><tr>{corner}{}</tr></thead>\n<tbody>\n", headers.collect::<String>());
        let open = if table.words { "<td class=\"words\">" } else { "<td>" };
        for (name, cells) in &table.rows {
            let cells: String = cells.iter().map(|cell| format!("{open}{}</td>", escaped(cell))).collect();
            self.body += &format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", escaped(name));
        }
        self.body += "</tbody>\n</table>\n</div>\n";
    }

    /// A text to be read again by programs, letter by letter, in an element with this id.
    pub fn verbatim(&mut self, id: &str, summary: &str, text: &str) {
        self.body += &format!(
            "<details><summary>{}</summary>\n<pre id=\"{id}\">{}</pre></details>\n",
            escaped(summary),
            escape_preserving_newlines(text)
        );
    }

    /// Returns what stands on it, as a part of a page.
    pub fn body(self) -> String {
        self.body
    }

    /// The page as a file; `opening` stands before the list of contents.
    pub fn html(self, title: &str, opening: &Self) -> String {
        let contents: String = self
            .sections
            .iter()
            .map(|(id, title)| format!("<li><a href=\"#{}\">{}</a></li>", escaped(id), escaped(title)))
            .collect();
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta name=\"generator\" content=\"headstart {version}\"/>\n\
             <link rel=\"icon\" href=\"data:,\"/>\n<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n\
             <h1><bdi>{title}</bdi></h1>\n{opening}<nav aria-label=\"Contents\"><ul>{contents}</ul></nav>\n{body}</main>\n</body>\n\
             </html>\n",
            version = env!("CARGO_PKG_VERSION"),
            title = escaped(title),
            style = include_str!("style.css"),
            opening = opening.body,
            body = self.body,
        )
    }
}

/// Writes out what HTML would read as its own, and keeps every other letter.
fn escape_preserving_newlines(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The text of the element with this id in a page that this program wrote.
pub fn read_verbatim(page: &str, id: &str) -> Option<String> {
    let open = format!("<pre id=\"{id}\">");
    let start = page.find(&open)? + open.len();
    let text = &page[start..start + page[start..].find("</pre>")?];
    Some(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}
