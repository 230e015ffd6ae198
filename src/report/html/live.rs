//! A page that answers back: the report of a run with the engine in it. The report stays as it is, letter by letter, and what is added
//! stands between marks, so that what reads reports reads these too.

use super::parts::{CLOSE, OPEN};

/// Policy of a page: the scripts in it and the engine in a worker may run, and nothing is loaded or sent.
const POLICY: &str = include_str!("live/policy.txt");

/// Puts the engine into the report of a run; `published` is JSON of what the page shows before the engine runs.
///
/// # Panics
/// If the text is no report of this program.
#[must_use]
pub fn live_html(report: &str, published: &str) -> String {
    let engine = base64(include_bytes!("live/engine.wasm.lzma"));
    let head = format!(
        "{OPEN}<meta http-equiv=\"Content-Security-Policy\" content=\"{}\"/>\n<style>\n{}</style>{CLOSE}",
        POLICY.trim_end(),
        include_str!("live/page.css")
    );
    let top = format!("{OPEN}<div id=\"workspace\"></div>{CLOSE}");
    let end = format!(
        "{OPEN}<script type=\"application/json\" id=\"published\">{}</script>\n\
         <script type=\"application/json\" id=\"mine\">null</script>\n\
         <script type=\"text/plain\" id=\"engine\">{engine}</script>\n<script>\n{}</script>{CLOSE}",
        escape_json(published),
        include_str!("live/page.js")
    );
    let places = [("<title>", head, 0), ("</h1>\n", top, "</h1>\n".len()), ("</body>", end, 0)];
    places.into_iter().fold(report.to_owned(), |page, (place, added, behind)| {
        let at = page.find(place).expect("a report has a head, a heading and a body") + behind;
        format!("{}{added}{}", &page[..at], &page[at..])
    })
}

/// JSON as it may stand in a script: nothing in it ends the script or starts a comment.
fn escape_json(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let all = (0..3).fold(0, |all, at| all << 8 | u32::from(*three.get(at).unwrap_or(&0)));
        for at in 0..4 {
            let letter = LETTERS[(all >> (18 - 6 * at)) as usize & 63];
            out.push(if at > three.len() { '=' } else { char::from(letter) });
        }
    }
    out
}
