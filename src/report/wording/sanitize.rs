//! Texts of others, such as names and titles, made safe to show. Knows no format; each format escapes on top of this.

/// The text on one line, without characters that would steer a terminal, turn the direction of what follows, or hide what is
/// there. Letters of any script stay as they are.
#[must_use]
pub fn sanitize(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(
                c,
                '\u{00ad}'
                    | '\u{061c}'
                    | '\u{200b}'
                    | '\u{200e}'
                    | '\u{200f}'
                    | '\u{202a}'..='\u{202e}'
                    | '\u{2060}'..='\u{206f}'
                    | '\u{feff}'
                    | '\u{fff9}'..='\u{fffb}'
                    | '\u{fffe}'
                    | '\u{ffff}'
                    | '\u{e0000}'..='\u{e007f}'
            )
    };
    let shown = |c: char| match c {
        c if c.is_whitespace() => ' ',
        c if steers(c) => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}

/// Writes out, besides, what XML and HTML would read as their own: for texts and for values of attributes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in sanitize(text).chars() {
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
