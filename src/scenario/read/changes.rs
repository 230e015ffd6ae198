//! Reads what was changed in a scenario since it was published.

use super::node::Node;
use super::reader::Reader;
use crate::scenario::Changes;

/// Reads `changes: (variant_of: […], edits: […], dropped_asserts: n)`.
pub fn read_changes(reader: &mut Reader, node: Node<'_>) -> Option<Changes> {
    const MOST_ASSERTS: f64 = 1e9;
    let fields = reader.fields(node, "the changes", &[], &["variant_of", "edits", "dropped_asserts"])?;
    let mut texts = |key: &str| -> Option<Vec<String>> {
        let Some(node) = fields.get(key) else { return Some(Vec::new()) };
        // They are bounded by the size of the file.
        let nodes = reader.list(node, key, usize::MAX)?;
        nodes.into_iter().map(|node| reader.string(node, key)).collect()
    };
    let (bases, edits) = (texts("variant_of")?, texts("edits")?);
    let dropped = match fields.get("dropped_asserts") {
        Some(node) => reader.number(node, "`dropped_asserts`")?,
        None => 0.0,
    };
    Some(Changes { bases, edits, dropped_asserts: dropped.clamp(0.0, MOST_ASSERTS) as usize })
}
