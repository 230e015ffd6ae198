//! Texts of strangers in XML and HTML.

use crate::plain::Plain;

/// Makes a text harmless, and writes out what XML and HTML would read as their own: for texts and for values of attributes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in Plain::line(text).chars() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            c => out.push(c),
        }
    }
    out
}
