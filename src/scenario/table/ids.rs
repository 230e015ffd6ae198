//! Ids made from names: the numbers of a name stay in its id.

use std::collections::BTreeSet;

/// The most letters of a name that its id keeps.
const LONGEST: usize = 40;

/// Makes one id per name, all different. A name that leaves nothing, or starts with a digit, gets `kind` before it.
///
/// ```
/// assert_eq!(headstart::scenario::ids(&["AI control", "2nd look", "AI control"], "area"), ["ai_control", "area_2nd_look", "ai_control_2"]);
/// ```
#[must_use]
#[expect(clippy::missing_panics_doc, reason = "there are more ids than names")]
pub fn ids(names: &[&str], kind: &str) -> Vec<String> {
    let plain: Vec<String> = names.iter().map(|name| plain(name, kind)).collect();
    let wanted: BTreeSet<&String> = plain.iter().collect();
    let mut given: BTreeSet<String> = BTreeSet::new();
    let mut ids = Vec::with_capacity(names.len());
    for plain in &plain {
        // An id that another name has by itself, such as the `option_2` of `Option 2`, is given to no second `Option`.
        let is_free = |id: &String| !given.contains(id) && (id == plain || !wanted.contains(id));
        let id = std::iter::once(plain.clone())
            .chain((2..names.len() + 2).map(|n| format!("{plain}_{n}")))
            .find(is_free)
            .expect("one of so many numbered ids is free");
        given.insert(id.clone());
        ids.push(id);
    }
    ids
}

/// The id that a name has by itself.
fn plain(name: &str, kind: &str) -> String {
    let mut spelt = String::new();
    for c in name.chars() {
        match c {
            '+' => spelt += "_plus_",
            '#' => spelt += "_sharp_",
            '%' => spelt += "_percent_",
            '&' => spelt += "_and_",
            c if c.is_ascii_alphanumeric() => spelt.push(c.to_ascii_lowercase()),
            c => spelt += base(c),
        }
    }
    let id = spelt.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    let id: String = id.chars().take(LONGEST).collect();
    let id = id.trim_end_matches('_');
    match id.chars().next() {
        None => kind.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{kind}_{id}"),
        Some(_) => id.to_owned(),
    }
}

/// The letters that stand for one with an accent; what is no letter of this kind separates words.
fn base(c: char) -> &'static str {
    const LETTERS: [(&str, &str); 20] = [
        ("àáâãåāăąÀÁÂÃÅĀĂĄ", "a"),
        ("äæÄÆ", "ae"),
        ("çćčÇĆČ", "c"),
        ("ďđðĎĐÐ", "d"),
        ("èéêëēėęěÈÉÊËĒĖĘĚ", "e"),
        ("ğĞ", "g"),
        ("ìíîïīįıÌÍÎÏĪĮİ", "i"),
        ("łľĺŁĽĹ", "l"),
        ("ñńňÑŃŇ", "n"),
        ("òóôõøōőÒÓÔÕØŌŐ", "o"),
        ("öœÖŒ", "oe"),
        ("řŕŘŔ", "r"),
        ("śšşșŚŠŞȘ", "s"),
        ("ßẞ", "ss"),
        ("ťţțŤŢȚ", "t"),
        ("ùúûūůűųÙÚÛŪŮŰŲ", "u"),
        ("üÜ", "ue"),
        ("ýÿÝŸ", "y"),
        ("źżžŹŻŽ", "z"),
        ("þÞ", "th"),
    ];
    LETTERS.iter().find(|(accented, _)| accented.contains(c)).map_or("_", |(_, plain)| plain)
}
