//! A picture as a whole: the marks with their finding, as a file or as a part of a page.

use super::kit::{Drawing, MARGIN, NOTE, TITLE, WIDTH, n};
use crate::report::wording::escaped::escaped;

/// Style that paints ink and paper anew where the reader prefers dark pages.
pub const DARK: &str = include_str!("dark.css");

/// A picture: a finding, how to read it, the marks, and what it takes to make it again.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Name among the pictures of a page; of letters and digits.
    pub name: String,
    /// Finding that it shows, as a sentence without a full stop.
    pub finding: String,
    /// Instructions for reading it.
    pub reading: String,
    /// Picture in words for who does not see it.
    pub words: String,
    /// The marks, from (0, 0).
    pub drawing: Drawing,
    /// The room that they take.
    pub size: (f64, f64),
    /// Scenario, seed, draws, error.
    pub foot: String,
}

impl Picture {
    /// Returns the picture with a note before how to read it.
    pub fn with_note(self, note: &str) -> Self {
        let [reading, words] = [&self.reading, &self.words].map(|text| format!("{note} {text}"));
        Self { reading, words, ..self }
    }

    /// The picture as a file.
    pub fn svg(&self) -> String {
        let width = (self.size.0 + 2.0 * MARGIN).max(WIDTH);
        let inside = width - 2.0 * MARGIN;
        let (title, reading) = (TITLE.wrap(&self.finding, inside, 4), NOTE.wrap(&self.reading, inside, 6));
        let foot = NOTE.wrap(&self.foot, inside, 6);
        let mut page = Drawing::default();
        let mut y = MARGIN + TITLE.size;
        page.lines((MARGIN, y), TITLE, &title);
        y += title.len() as f64 * TITLE.leading();
        page.lines((MARGIN, y), NOTE, &reading);
        y += reading.len() as f64 * NOTE.leading() + 4.0;
        page.add((MARGIN, y), &self.drawing);
        y += self.size.1 + MARGIN;
        page.lines((MARGIN, y + NOTE.size), NOTE, &foot);
        y += NOTE.size + (foot.len() as f64 - 1.0) * NOTE.leading() + MARGIN;
        let before = format!(
            "<style>{}</style>\n<rect width=\"100%\" height=\"100%\" class=\"paper\" fill=\"#ffffff\"/>\n",
            DARK.trim()
        );
        self.element((width, y), &format!("{before}{}", page.marks()))
    }

    /// The picture as an element of a page, which says its finding, how to read it and its foot by itself.
    pub fn element_of_page(&self) -> String {
        self.element(self.size, self.drawing.marks())
    }

    fn element(&self, (width, height): (f64, f64), marks: &str) -> String {
        let name = &self.name;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
             aria-labelledby=\"{name}-title {name}-desc\" \
             font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\">\n\
             <title id=\"{name}-title\">{}</title>\n<desc id=\"{name}-desc\">{}</desc>\n{marks}</svg>\n",
            escaped(&self.finding),
            escaped(&self.words),
            w = n(width),
            h = n(height),
        )
    }
}
