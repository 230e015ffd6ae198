//! White space and comments of RON.

/// The length of the white space and comments at the start of the text.
pub fn skip_blank(text: &str) -> usize {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |newline| &rest[newline..]);
        } else if rest.starts_with("/*") {
            rest = &rest[block_comment_length(rest)..];
        } else {
            return text.len() - rest.len();
        }
    }
}

/// The length of the block comment at the start of the text; such comments nest.
pub fn block_comment_length(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let rest = &text[at..];
        let step = if rest.starts_with("/*") {
            depth += 1;
            2
        } else if rest.starts_with("*/") {
            depth -= 1;
            2
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        at += step;
        if depth == 0 {
            break;
        }
    }
    at
}
