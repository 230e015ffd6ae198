//! The scores that differ between two scenarios, as few edits as say them.

use crate::scenario::{Scenario, Value};

/// Scores of one factor that change together.
pub struct ScoreEdit {
    /// The edit.
    pub text: String,
    /// The index of the factor here and there.
    pub factor: (usize, usize),
    /// The areas by their index.
    pub areas: Vec<usize>,
}

impl ScoreEdit {
    /// Lists the scores of a factor that differ, those together that are moved by as much or become the same; `k` is the index of the
    /// factor now, `there` in the target.
    pub fn all(now: &Scenario, target: &Scenario, k: usize, there: usize) -> Vec<Self> {
        let (old, new) = (&now.factors[k], &target.factors[there]);
        let mut edits: Vec<(String, Vec<usize>)> = Vec::new();
        for (i, (one, other)) in old.scores.iter().zip(&new.scores).enumerate() {
            let text = target.value(other);
            if now.value(one) == text {
                continue;
            }
            let operation = match (one, other) {
                (Value::Central { number: from, .. }, Value::Central { number: to, .. }) => {
                    // Sums that are written in decimals, without what binary numbers make of them.
                    format!("+= {}", ((to - from) * 1e9).round() / 1e9)
                }
                _ => format!("= {text}"),
            };
            match edits.iter_mut().find(|(other, _)| *other == operation) {
                Some((_, areas)) => areas.push(i),
                None => edits.push((operation, vec![i])),
            }
        }
        let edit = |(operation, areas): (String, Vec<usize>)| {
            let names = area_names(now, &areas);
            // A score alone is reported by its new value.
            let operation = match areas[..] {
                [i] => format!("= {}", target.value(&new.scores[i])),
                _ => operation,
            };
            Self { text: format!("score.{}.{names} {operation}", old.id), factor: (k, there), areas }
        };
        edits.into_iter().map(edit).collect()
    }

    /// Makes all changes of a factor's scores one.
    pub fn by_factor(now: &Scenario, edits: Vec<Self>) -> Vec<Self> {
        let mut merged: Vec<Self> = Vec::new();
        for edit in edits {
            match merged.iter_mut().find(|other| other.factor == edit.factor) {
                Some(other) => other.areas.extend(edit.areas),
                None => merged.push(edit),
            }
        }
        for edit in &mut merged {
            let (id, n) = (&now.factors[edit.factor.0].id, edit.areas.len());
            edit.text = format!("{n} of score.{id}.*");
        }
        merged
    }
}

/// Returns a pattern for some areas.
fn area_names(now: &Scenario, areas: &[usize]) -> String {
    if areas.len() == now.areas.len() {
        return "*".into();
    }
    if let [area] = areas {
        return now.areas[*area].id.clone();
    }
    let whole = (0..now.groups.len()).find(|&group| now.members(group) == areas);
    if let Some(group) = whole {
        return format!("@{}", now.groups[group].id);
    }
    let names: Vec<&str> = areas.iter().map(|&i| now.areas[i].id.as_str()).collect();
    format!("{{{}}}", names.join(", "))
}
