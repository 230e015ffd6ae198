//! The parts that a page is made of. Every text goes through one escape on its way in, and there is no other way in.

use crate::report::svg::{DARK, Picture};
use crate::report::wording::escaped::escaped;

/// A page, part after part: sections side by side where the screen has the room, and below them texts for programs.
#[derive(Clone, Debug, Default)]
pub struct Page {
    body: String,
    sections: Vec<(String, String)>,
    pictures: usize,
    /// Texts for programs, below all sections.
    tail: String,
}

/// A picture that is wider scrolls by itself, rather than shrink until nobody can read it.
const WIDEST: f64 = 400.0;

/// A table: headers over the cells of each row, whose first one names it.
#[derive(Clone, Debug)]
pub struct HtmlTable {
    /// Text above the names of the rows.
    pub corner: String,
    pub headers: Vec<String>,
    pub rows: Vec<(String, Vec<HtmlCell>)>,
    /// True if the cells are words, not numbers.
    pub words: bool,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct HtmlCell {
    pub text: String,
    /// Text below it, in small letters; nothing if empty.
    pub small: String,
}

impl<T: Into<String>> From<T> for HtmlCell {
    fn from(text: T) -> Self {
        Self { text: text.into(), small: String::new() }
    }
}

impl HtmlCell {
    fn html(&self) -> String {
        let small = if self.small.is_empty() {
            String::new()
        } else {
            format!("<br/><small>{}</small>", escaped(&self.small))
        };
        format!("{}{small}", escaped(&self.text))
    }
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
    pub fn row(&mut self, name: &str, cells: impl IntoIterator<Item = impl Into<HtmlCell>>) {
        self.rows.push((name.into(), cells.into_iter().map(Into::into).collect()));
    }

    /// The table under a name that is escaped already.
    fn html(&self, name: &str) -> String {
        let class = if self.words { " class=\"words\"" } else { "" };
        let mut out = format!(
            "<div class=\"scroll\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">\n<table{class}>\n<caption>{name}</caption>\n"
        );
        let corner = if self.corner.is_empty() {
            "<td></td>".into()
        } else {
            format!("<th scope=\"col\">{}</th>", escaped(&self.corner))
        };
        let headers = self.headers.iter().map(|header| format!("<th scope=\"col\">{}</th>", escaped(header)));
        out += &format!("<thead><tr>{corner}{}</tr></thead>\n<tbody>\n", headers.collect::<String>());
        let open = if self.words { "<td class=\"words\">" } else { "<td>" };
        for (name, cells) in &self.rows {
            let cells: String = cells.iter().map(|cell| format!("{open}{}</td>", cell.html())).collect();
            out += &format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", escaped(name));
        }
        out + "</tbody>\n</table>\n</div>\n"
    }
}

impl Page {
    /// A new section, one column wide, which the list of contents names.
    pub fn section(&mut self, id: &str, title: &str) {
        self.section_as(id, title, title);
    }

    /// A new section, one column wide, which the list of contents names in fewer words.
    pub fn section_as(&mut self, id: &str, title: &str, short: &str) {
        self.open("", id, [title, short]);
    }

    /// A new section over all columns, whose pictures stand side by side.
    pub fn wide_section(&mut self, id: &str, title: &str) {
        self.open(" class=\"wide\"", id, [title, title]);
    }

    fn open(&mut self, class: &str, id: &str, [title, short]: [&str; 2]) {
        self.close();
        self.sections.push((id.into(), short.into()));
        let (id, title) = (escaped(id), escaped(title));
        self.body += &format!("<section{class} aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n");
    }

    fn close(&mut self) {
        if !self.sections.is_empty() {
            self.body += "</section>\n";
        }
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

    /// A picture with its finding above it. Names within it are made different from those in others.
    pub fn picture(&mut self, picture: Picture) {
        self.figure(if picture.size.0 > WIDEST { " class=\"large\" tabindex=\"0\"" } else { "" }, picture);
    }

    /// A picture that telephones leave out, because a table has its numbers too.
    pub fn further_picture(&mut self, picture: Picture) {
        self.figure(" class=\"further\"", picture);
    }

    fn figure(&mut self, class: &str, mut picture: Picture) {
        self.pictures += 1;
        picture.name = format!("{}-{}", picture.name, self.pictures);
        self.body += &format!(
            "<figure{class}>\n<figcaption><strong>{}.</strong> {}</figcaption>\n{}</figure>\n",
            escaped(&picture.finding),
            escaped(&picture.reading),
            picture.element_of_page()
        );
    }

    /// A table, which scrolls by itself where it is wider than the page.
    pub fn table(&mut self, caption: &str, table: &HtmlTable) {
        self.body += &table.html(&escaped(caption));
    }

    /// A table that a picture shows already, or that is long: it unfolds at a click.
    pub fn folded_table(&mut self, caption: &str, table: &HtmlTable) {
        let name = escaped(caption);
        self.body += &format!("<details><summary>{name}</summary>\n{}</details>\n", table.html(&name));
    }

    /// Paragraphs that unfold at a click.
    pub fn folded_text(&mut self, summary: &str, paragraphs: &[&str]) {
        let text: String = paragraphs.iter().map(|text| format!("<p>{}</p>\n", escaped(text))).collect();
        self.body += &format!("<details><summary>{}</summary>\n{text}</details>\n", escaped(summary));
    }

    /// A text to be read again by programs, letter by letter, in an element with this id.
    pub fn verbatim(&mut self, id: &str, summary: &str, text: &str) {
        self.tail += &format!(
            "<details><summary>{}</summary>\n<pre id=\"{id}\">{}</pre></details>\n",
            escaped(summary),
            escape_preserving_newlines(text)
        );
    }

    /// Returns the texts for programs on it, as a part of a page.
    pub fn tail(self) -> String {
        self.tail
    }

    /// The page as a file; `opening` stands before the list of contents.
    pub fn html(mut self, title: &str, opening: &Self) -> String {
        self.close();
        let contents: String = self
            .sections
            .iter()
            .map(|(id, title)| format!("<li><a href=\"#{}\">{}</a></li>", escaped(id), escaped(title)))
            .collect();
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta name=\"generator\" content=\"headstart {version}\"/>\n\
             <link rel=\"icon\" href=\"data:,\"/>\n<title>{title}</title>\n<style>\n{style}{DARK}</style>\n</head>\n<body>\n<main>\n\
             <h1><bdi>{title}</bdi></h1>\n<div class=\"opening\">\n{opening}</div>\n\
             <nav aria-label=\"Contents\"><ul>{contents}</ul></nav>\n<div class=\"board\">\n{body}</div>\n{tail}</main>\n</body>\n\
             </html>\n",
            version = env!("CARGO_PKG_VERSION"),
            title = escaped(title),
            style = include_str!("style.css"),
            opening = opening.body,
            body = self.body,
            tail = self.tail,
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
