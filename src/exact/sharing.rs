//! The numbers of a model that its areas share, and how much each of those matters. Knows nothing of what becomes of the others.

use crate::model::{Affine, Derived, Input, Model, Source};
use std::collections::{BTreeSet, HashMap};

/// Estimates how much an input moves the gaps between areas, roughly, one a column: of what a weight is made of, its spread times that of the
/// scores under the weight; of others, their own.
pub fn importance(model: &Model) -> Vec<f64> {
    let mut importance = vec![0.0_f64; model.inputs().len() + model.derived().len()];
    let inputs = model.inputs();
    for (sd, input) in importance.iter_mut().zip(inputs) {
        *sd = 1e-9 * input.dist.variance().sqrt();
    }
    // Which rater is heard first of all: a rare one must have its share of the points.
    for derived in model.derived() {
        if let Derived::Select(selector, _) = derived {
            importance[*selector] = f64::INFINITY;
        }
    }
    for world in 0..model.worlds().len() {
        for term in model.weighted(world) {
            let size = match term.weight.column {
                None => term.weight.offset,
                // What weights are made of has a mean of about one.
                Some(column) => inputs.get(column).map_or(1.0, |input| input.dist.mean()),
            };
            for score in &term.scores {
                if let Some(column) = score.column
                    && let Some(Input { source: Source::Score(loadings), dist, .. }) = inputs.get(column)
                {
                    for (latent, loading) in loadings {
                        let moves = size * dist.variance().sqrt() * loading.abs();
                        importance[*latent] = importance[*latent].max(moves);
                    }
                }
            }
            let Some(weight) = term.weight.column else { continue };
            let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
            for score in &term.scores {
                let mean = score.value(|column| inputs.get(column).map_or(0.0, |input| input.dist.mean()));
                (low, high) = (low.min(mean), high.max(mean));
            }
            below(model, weight, &mut |column| {
                let sd = inputs.get(column).map_or(0.0, |input| input.dist.variance().sqrt());
                importance[column] = importance[column].max(sd * (high - low));
            });
        }
    }
    importance
}

/// Calls `f` with a column and all that it is made of.
pub fn below(model: &Model, column: usize, f: &mut dyn FnMut(usize)) {
    f(column);
    let n_inputs = model.inputs().len();
    let mut all =
        |columns: &mut dyn Iterator<Item = usize>| columns.for_each(|column| below(model, column, f));
    if let Some(input) = model.inputs().get(column) {
        if let Source::Score(loadings) = &input.source {
            all(&mut loadings.iter().map(|(latent, _)| *latent));
        }
        return;
    }
    match &model.derived()[column - n_inputs] {
        Derived::Sum(terms, _) => all(&mut terms.iter().map(|(column, _)| *column)),
        Derived::Select(selector, options) => {
            let columns = options.iter().filter_map(|option| option.column);
            all(&mut columns.chain([*selector]));
        }
        Derived::Weight { simplex, first, corners } => {
            all(&mut (*first..*first + corners[0].len()).chain([*simplex]));
        }
    }
}

/// A score with less of its variance than this to itself is not integrated.
const LEAST_OF_ITS_OWN: f64 = 0.01;

/// Notes which numbers below a column have which standard normals. Of those that a selection chooses among only one counts at a time,
/// so that they are one.
fn collect_shared_normals(
    model: &Model,
    column: usize,
    within: Option<usize>,
    carriers: &mut HashMap<usize, BTreeSet<usize>>,
) {
    let carrier = within.unwrap_or(column);
    if let Some(input) = model.inputs().get(column) {
        match &input.source {
            Source::Stream => {}
            Source::Latent => drop(carriers.entry(column).or_default().insert(carrier)),
            Source::Score(loadings) => {
                for (latent, _) in loadings {
                    carriers.entry(*latent).or_default().insert(carrier);
                }
            }
        }
        return;
    }
    match &model.derived()[column - model.inputs().len()] {
        Derived::Sum(terms, _) => {
            for (part, _) in terms {
                collect_shared_normals(model, *part, within, carriers);
            }
        }
        Derived::Select(_, options) => {
            for option in options {
                if let Some(part) = option.column {
                    collect_shared_normals(model, part, Some(carrier), carriers);
                }
            }
        }
        Derived::Weight { .. } => {}
    }
}

/// Finds which columns are known once the shared numbers are: inputs that weights, discounts and selections are made of, those that
/// several areas have in common, and normal scores' parts that several numbers have in common.
pub fn shared(model: &Model) -> Vec<bool> {
    let roots = draw_what_is_little(model, shared_roots(model));
    let n = roots.len();
    let mut known = vec![false; n];
    for column in 0..n {
        let Some(input) = model.inputs().get(column) else {
            let mut all = true;
            below(model, column, &mut |part| all &= part == column || known[part]);
            known[column] = all;
            continue;
        };
        known[column] = match &input.source {
            Source::Score(loadings) => loadings.iter().all(|(latent, _)| known[*latent]),
            _ => roots[column],
        };
    }
    known
}

/// Finds the columns that have to be known: what weights, discounts and selections are made of, and what several areas, or several
/// numbers of one, have in common.
fn shared_roots(model: &Model) -> Vec<bool> {
    let n = model.inputs().len() + model.derived().len();
    let mut roots = vec![false; n];
    let mut condition = |column: Option<usize>| {
        if let Some(column) = column {
            below(model, column, &mut |column| roots[column] = true);
        }
    };
    let mut users: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); n];
    // By world and area: the standard normals in its scores, and the numbers that have them. One in several cannot be integrated out of
    // each on its own.
    let mut carriers: HashMap<(usize, usize), HashMap<usize, BTreeSet<usize>>> = HashMap::new();
    for world in 0..model.worlds().len() {
        let weighted = model.weighted(world);
        for term in weighted {
            condition(term.weight.column);
        }
        for area in 0..model.n_areas() {
            model.discounts(world, area).iter().for_each(|discount| condition(discount.column));
            let scores = weighted.iter().map(|term| term.scores[area]).chain([model.residual(world, area)]);
            for column in scores.filter_map(|score: Affine| score.column) {
                collect_shared_normals(model, column, None, carriers.entry((world, area)).or_default());
                below(model, column, &mut |column| {
                    users[column].insert(area);
                    if let Some(Derived::Select(selector, _)) =
                        column.checked_sub(model.inputs().len()).map(|derived| &model.derived()[derived])
                    {
                        condition(Some(*selector));
                    }
                });
            }
        }
    }
    for (root, users) in roots.iter_mut().zip(&users) {
        *root |= users.len() > 1;
    }
    for (latent, carriers) in carriers.values().flatten() {
        roots[*latent] |= carriers.len() > 1;
    }
    roots
}

/// Adds the normal scores that are as good as known to those that have to be: a score that has little of its own is drawn, and so is one
/// with single values, which would have others at every point.
fn draw_what_is_little(model: &Model, mut roots: Vec<bool>) -> Vec<bool> {
    for input in model.inputs() {
        if let Source::Score(loadings) = &input.source {
            let own: Vec<(usize, f64)> =
                loadings.iter().copied().filter(|(latent, _)| !roots[*latent]).collect();
            let is_little = own.iter().map(|(_, loading)| loading * loading).sum::<f64>() < LEAST_OF_ITS_OWN;
            let is_given = own.len() < loadings.len();
            if is_given && (is_little || !input.dist.atoms().is_empty()) {
                for (latent, _) in own {
                    roots[latent] = true;
                }
            }
        }
    }
    roots
}
