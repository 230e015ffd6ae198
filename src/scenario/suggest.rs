//! Suggestions for names that are unknown.

/// Bytes of an id; a longer text is no id and is like none.
pub const LONGEST_ID: usize = 100;

/// Names the id that may have been meant, or else those that there are to choose from.
pub fn suggest(name: &str, known: &[&str], introduction: &str) -> String {
    match nearest(name, known) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None if known.is_empty() => "there are none".into(),
        None if known.len() > 20 => format!("{introduction} {}, …", known[..20].join(", ")),
        None => format!("{introduction} {}", known.join(", ")),
    }
}

/// The known name that a name is most like, if it is much like it.
pub fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    if name.len() > LONGEST_ID {
        return None;
    }
    let (name, plain) = (name.to_lowercase(), str::to_lowercase);
    let likeness = known.iter().map(|k| (strsim::jaro_winkler(&name, &plain(k)), *k));
    let best = likeness.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.8).then_some(best.1)
}
