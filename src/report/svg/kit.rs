//! The drawing kit of the pictures: texts that are measured, wrapped and escaped, and the few shapes that are needed.
//! Knows nothing of what is drawn.
//!
//! A colour stands in the attributes of each mark, so that every viewer shows it; a class beside it lets `dark.css` paint ink and
//! paper anew in the dark, in a file and in a page.

use crate::plain::Plain;
use crate::report::wording::escaped::escaped;
use std::fmt::Write;

/// The width of a picture that is a file, in pixels, unless it needs more: that of a post.
pub(super) const WIDTH: f64 = 720.0;
/// Room that is left free on every side of a file.
pub(super) const MARGIN: f64 = 16.0;

/// Form of a picture.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Form {
    /// A file, as wide as a post.
    File,
    /// A part of a page, as wide as a telephone; wider screens set several side by side.
    Column,
}

impl Form {
    /// Room that marks have from left to right.
    pub const fn room(self) -> f64 {
        match self {
            Self::File => WIDTH - 2.0 * MARGIN,
            Self::Column => 360.0,
        }
    }

    /// Returns the one value for a file, or the other for a column.
    pub fn pick<T>(self, file: T, column: T) -> T {
        match self {
            Self::File => file,
            Self::Column => column,
        }
    }
}

/// End of a text that stands at its place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// Colour of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ink {
    /// That of the page.
    Plain,
    /// A weaker one.
    Muted,
    /// One that goes with what is under the text.
    On(Colour),
}

/// Red, green and blue.
pub type Colour = [u8; 3];

/// The colour of plain text, which is another one in the dark.
pub const INK: Colour = [27, 27, 27];
/// Colours of bars that are too dark for a dark page.
pub const DEEP_BLUE: Colour = [14, 75, 143];
pub const DEEP_BROWN: Colour = [95, 60, 40];

/// Setting of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    pub size: f64,
    pub bold: bool,
    pub anchor: Anchor,
    pub ink: Ink,
}

/// Labels.
pub const LABEL: Font = Font { size: 12.0, bold: false, anchor: Anchor::Start, ink: Ink::Plain };
/// Notes and ticks.
pub const NOTE: Font = Font { size: 11.0, bold: false, anchor: Anchor::Start, ink: Ink::Muted };
/// The finding.
pub const TITLE: Font = Font { size: 17.0, bold: true, anchor: Anchor::Start, ink: Ink::Plain };

impl Font {
    /// Returns the same font, set from its other end or its middle.
    pub fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// Returns the same font in bold.
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// Returns the same font in another size.
    pub fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }

    /// Returns the same font in another ink.
    pub fn ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }

    /// From one line to the next.
    pub fn leading(self) -> f64 {
        (self.size * 1.25).round()
    }

    /// About how wide a text is: the letters of the usual sans-serif fonts differ by a tenth, and this is a wide one.
    pub fn width(self, text: &str) -> f64 {
        let heavy = if self.bold { 1.07 } else { 1.0 };
        text.chars().map(em).sum::<f64>() * self.size * heavy
    }

    /// A text on lines no wider than `width`, at most so many of them; what is left of it is cut with an ellipsis.
    pub fn wrap(self, text: &str, width: f64, most: usize) -> Vec<String> {
        // As it will be written, for what is written in place of a letter may be wider.
        let text = Plain::line(text);
        let (mut lines, mut line) = (Vec::new(), String::new());
        for piece in text.split_inclusive([' ', '-', '/', '_']) {
            if self.width(&format!("{line}{}", piece.trim_end())) <= width {
                line += piece;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            // A word that is wider than a line is cut wherever it has to be.
            for c in piece.chars() {
                if !line.is_empty() && c != ' ' && self.width(&format!("{line}{c}")) > width {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(c);
            }
        }
        lines.push(line);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                while !last.is_empty() && self.width(&format!("{last}…")) > width {
                    last.pop();
                }
                *last = format!("{}…", last.trim_end());
            }
        }
        lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
    }
}

/// The width of a letter in units of the size of the font.
fn em(c: char) -> f64 {
    let plain = match c {
        'i' | 'j' | 'l' | '|' | '\'' | '.' | ',' | ':' | ';' | '!' => 0.28,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' | ' ' | '·' => 0.34,
        'm' | 'M' => 0.86,
        'w' => 0.74,
        'W' | '%' | '@' => 0.95,
        'A'..='Z' => 0.69,
        'a'..='z' => 0.55,
        '0'..='9' => 0.57,
        // What stands for a letter that is left out.
        '\u{fffd}' => 1.0,
        c if c.is_ascii() => 0.6,
        c => 0.62 * unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) as f64,
    };
    1.08 * plain
}

/// A coordinate, to a tenth of a pixel.
pub fn n(x: f64) -> String {
    let text = format!("{x:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".into() } else { text.to_owned() }
}

/// A colour as attributes are written.
pub fn hex([red, green, blue]: Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Marks, one after the other.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    marks: String,
}

impl Drawing {
    /// Returns the marks as SVG.
    pub fn marks(&self) -> &str {
        &self.marks
    }

    /// A text; `y` is that of its base line.
    pub fn text(&mut self, (x, y): (f64, f64), font: Font, text: &str) {
        self.turned_text((x, y), 0.0, font, text);
    }

    /// A text turned around its place by so many degrees.
    pub fn turned_text(&mut self, (x, y): (f64, f64), degrees: f64, font: Font, text: &str) {
        let anchor = match font.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (class, fill) = match font.ink {
            Ink::Plain => (" class=\"ink\"", hex(INK)),
            Ink::Muted => (" class=\"muted\"", "#575757".to_owned()),
            Ink::On(colour) => ("", hex(colour)),
        };
        let weight = if font.bold { " font-weight=\"bold\"" } else { "" };
        let turn = if degrees == 0.0 {
            String::new()
        } else {
            format!(" transform=\"rotate({} {} {})\"", n(degrees), n(x), n(y))
        };
        let _ = writeln!(
            self.marks,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor}{class} fill=\"{fill}\"{turn}>{}</text>",
            n(x),
            n(y),
            n(font.size),
            escaped(text)
        );
    }

    /// A text on several lines, the first one at `y`.
    pub fn lines(&mut self, (x, y): (f64, f64), font: Font, lines: &[String]) {
        for (index, line) in lines.iter().enumerate() {
            self.text((x, y + index as f64 * font.leading()), font, line);
        }
    }

    /// A label on several lines whose middle is at `y`.
    pub fn label(&mut self, (x, y): (f64, f64), font: Font, lines: &[String]) {
        let above = (lines.len() as f64 - 1.0) / 2.0 * font.leading();
        self.lines((x, y - above + 0.36 * font.size), font, lines);
    }

    /// A filled rectangle with ink on it.
    pub fn rect(&mut self, place: (f64, f64), size: (f64, f64), fill: Colour) {
        self.classed_rect(place, size, "", fill);
    }

    /// A filled rectangle on paper, which is lighter in the dark if its colour is a dark one.
    pub fn bar(&mut self, place: (f64, f64), size: (f64, f64), fill: Colour) {
        let class = match fill {
            DEEP_BLUE => " class=\"deep-blue\"",
            DEEP_BROWN => " class=\"deep-brown\"",
            _ => "",
        };
        self.classed_rect(place, size, class, fill);
    }

    fn classed_rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), class: &str, fill: Colour) {
        let _ = writeln!(
            self.marks,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{class} fill=\"{}\"/>",
            n(x),
            n(y),
            n(width.max(0.0)),
            n(height.max(0.0)),
            hex(fill)
        );
    }

    /// The outline of a rectangle in broken strokes.
    pub fn broken_frame(&mut self, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let _ = writeln!(
            self.marks,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#1b1b1b\" stroke-width=\"1.5\" \
             stroke-dasharray=\"4 3\"/>",
            n(x),
            n(y),
            n(width),
            n(height)
        );
    }

    /// A thin line of an axis or a grid.
    pub fn rule(&mut self, (x, y): (f64, f64), (to_x, to_y): (f64, f64), strong: bool) {
        let (class, stroke) = if strong { ("axis", "#575757") } else { ("rule", "#d4d4d4") };
        let _ = writeln!(
            self.marks,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{class}\" stroke=\"{stroke}\"/>",
            n(x),
            n(y),
            n(to_x),
            n(to_y)
        );
    }

    /// A line through points, `dash` as in SVG and empty for an unbroken one.
    pub fn path(&mut self, points: &[(f64, f64)], stroke: Colour, width: f64, dash: &str) {
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
        let class = if stroke == INK { " class=\"stroke\"" } else { "" };
        let _ = writeln!(
            self.marks,
            "<polyline points=\"{}\"{class} fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{dash}/>",
            places(points),
            hex(stroke),
            n(width)
        );
    }

    /// A filled shape, half transparent: a band.
    pub fn band(&mut self, points: &[(f64, f64)], fill: Colour) {
        let _ = writeln!(
            self.marks,
            "<polygon points=\"{}\" fill=\"{}\" fill-opacity=\"0.25\"/>",
            places(points),
            hex(fill)
        );
    }

    /// A dot with a rim in the colour of the page.
    pub fn dot(&mut self, (x, y): (f64, f64), radius: f64, fill: Colour) {
        let class = if fill == INK { "rim fill" } else { "rim" };
        let _ = writeln!(
            self.marks,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\" class=\"{class}\" stroke=\"#ffffff\"/>",
            n(x),
            n(y),
            n(radius),
            hex(fill)
        );
    }

    /// Everything of another drawing, moved.
    pub fn add(&mut self, (x, y): (f64, f64), other: &Self) {
        let _ = writeln!(self.marks, "<g transform=\"translate({} {})\">\n{}</g>", n(x), n(y), other.marks);
    }
}

fn places(points: &[(f64, f64)]) -> String {
    points.iter().map(|(x, y)| format!("{},{}", n(*x), n(*y))).collect::<Vec<_>>().join(" ")
}
