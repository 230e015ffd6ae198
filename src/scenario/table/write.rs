//! The text of a scenario from a table.

use super::PlainRange;
use super::ids::ids;
use super::number::Shown;
use super::shape::Table;

/// The text of a scenario; `groups` has the group of each area.
pub fn scenario(title: &str, table: &Table, groups: &[String]) -> String {
    let text = |raw: &str| ron::to_string(raw).expect("a text can be written as RON");
    let mut group_names: Vec<&str> = Vec::new();
    for group in groups {
        if !group_names.contains(&group.as_str()) {
            group_names.push(group);
        }
    }
    let area_names: Vec<&str> = table.areas.iter().map(|area| area.name.as_str()).collect();
    let factor_names: Vec<&str> = table.rows.iter().map(|row| row.name.as_str()).collect();
    let group_ids = ids(&group_names, "group");
    let (min, max) = scale(table);
    let origin =
        if table.scale.is_some() { "from the names of the factors" } else { "guessed from the table" };
    let mut out = String::from(
        "// Question: say here what you want to know the order of.\n// Source:   say where the numbers come from.\nScenario(\n",
    );
    out += &format!("    title: {},\n", text(title));
    out +=
        &format!("    // The range that scores can have; {origin}.\n    scale: (min: {min}, max: {max}),\n");
    out += "    groups: [\n";
    for (id, name) in group_ids.iter().zip(&group_names) {
        out += &format!("        (id: {}, name: {}),\n", text(id), text(name));
    }
    out += "    ],\n    areas: [\n";
    for ((id, name), group) in ids(&area_names, "area").iter().zip(&area_names).zip(groups) {
        let group = group_names.iter().position(|name| name == group).expect("each group was listed");
        out += &format!(
            "        (id: {}, name: {}, group: {}),\n",
            text(id),
            text(name),
            text(&group_ids[group])
        );
    }
    let half_width = half_width(table);
    out += &format!(
        "    ],\n    // How uncertain each number is: a guess to be argued with. Without this line all numbers are certain.\n    \
         spread: (score: Triangular(half_width: {half_width}), weight: Triangular(relative: 0.5)),\n    factors: [\n"
    );
    for (id, row) in ids(&factor_names, "factor").iter().zip(&table.rows) {
        let scores: Vec<String> =
            row.scores(table.mark).map(|shown| written(shown.value, shown.range)).collect();
        let weight = row.weight.expect("results were left out, and only they have no weight");
        let weight = written(weight, row.weight_range);
        out += &format!(
            "        (\n            id: {}, name: {}, weight: {weight},\n            scores: [{}],\n        ),\n",
            text(id),
            text(&row.name),
            scores.join(", ")
        );
    }
    out += "    ],\n)\n";
    for left_out in &table.left_out {
        out += &format!("// {}.\n", left_out.replace(char::is_control, " "));
    }
    out
}

/// A number or the range around it, as a scenario has it.
fn written(number: f64, range: Option<PlainRange>) -> String {
    range.map_or_else(|| number.to_string(), |range| range.to_string())
}

/// Half of the width of the spread that scores without a range get: a sixth of the scale, in two digits.
pub fn half_width(table: &Table) -> f64 {
    let (min, max) = scale(table);
    let digits = format!("{:.1e}", (max - min) / 6.0);
    digits.parse().expect("digits that were just written are a number")
}

/// The scale that the table states, or a usual range that holds all scores.
fn scale(table: &Table) -> (f64, f64) {
    if let Some(scale) = table.scale {
        return scale;
    }
    let ends = |shown: Shown| shown.range.map_or([shown.value; 2], PlainRange::ends);
    let scores = || table.rows.iter().flat_map(|row| row.scores(table.mark)).flat_map(ends);
    let low = scores().fold(f64::INFINITY, f64::min);
    let high = scores().fold(f64::NEG_INFINITY, f64::max);
    let usual = [(0.0, 1.0), (1.0, 5.0), (1.0, 10.0), (0.0, 10.0), (0.0, 100.0)];
    let fits = usual.into_iter().find(|(min, max)| *min <= low && high <= *max);
    fits.unwrap_or(if low < high { (low, high) } else { (low, low + 1.0) })
}
