//! Findings in words: what a picture, a page or a post says first. Knows no format.

use crate::analysis::{ClaimSummary, Estimate, Method, OrderSummary, Summary};
use crate::report::wording::number::{percent, thousands, with_error};
pub use crate::report::wording::partial::{partial, stopped};
use crate::sampler::Run;
use crate::scenario::{Scenario, Words};

/// Lists what had to be counted where the rest was integrated, and why: by name if there are few, and else their number.
pub fn sampled(summary: &Summary) -> Vec<String> {
    const FEW: usize = 3;
    let Method::Exact(exact) = &summary.method else { return Vec::new() };
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for (what, why) in &exact.sampled {
        match reasons.iter_mut().find(|(reason, _)| reason == why) {
            Some((_, names)) => names.push(what),
            None => reasons.push((why, vec![what])),
        }
    }
    let line = |(why, names): (&str, Vec<&str>)| {
        let what = if names.len() > FEW { format!("{} numbers", names.len()) } else { names.join(", ") };
        format!("Sampled and marked ~: {what}, because {why}.")
    };
    let of_both = (exact.weighted > 0).then(|| {
        format!(
            "{} probabilities are averages of a sampled and an integrated value, weighted by their precision.",
            thousands(exact.weighted as u64)
        )
    });
    reasons.into_iter().map(line).chain(of_both).collect()
}

/// The one of two areas that is more likely to come before the other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Lean {
    First,
    Second,
    /// Neither, or it is too close to call.
    Open,
    /// They tied in every draw.
    Tied,
}

/// Returns which of two different areas is more likely to come before the other: a tie counts for neither.
fn lean(order: &OrderSummary, i: usize, j: usize) -> Lean {
    let [before, after] =
        [order.before[i][j], order.before[j][i]].map(|e| e.expect("a cell off the diagonal"));
    let (ahead, behind) = (before.decision_interval(), after.decision_interval());
    // Without ties the two add up to one.
    let even = ties(order, i, j) == 0.0;
    if before.probability == 0.0 && after.probability == 0.0 {
        Lean::Tied
    } else if ahead.0 > if even { 0.5 } else { behind.1 } {
        Lean::First
    } else if (even && ahead.1 < 0.5) || (!even && behind.0 > ahead.1) {
        Lean::Second
    } else {
        Lean::Open
    }
}

/// Returns the probability that two different areas tie.
fn ties(order: &OrderSummary, i: usize, j: usize) -> f64 {
    order.tie[i][j].expect("a cell off the diagonal")
}

/// The probability of a tie in percent, with as many digits as that of the order of two areas.
fn share(p: f64, order: &OrderSummary, (i, j): (usize, usize)) -> String {
    let [one, other] = [order.before[i][j], order.before[j][i]].map(|e| e.expect("a cell off the diagonal"));
    let like = if one.probability > other.probability { one } else { other };
    let (below, above) = (like.probability - like.low, like.high - like.probability);
    percent(&Estimate { probability: p, low: (p - below).max(0.0), high: (p + above).min(1.0), ..like })
}

/// Less than this is no tie worth a word.
const FEW_TIES: f64 = 5e-4;

/// Says who is before whom: between two groups in how many pairs, among all areas whether one is before every other.
pub fn order(scenario: &Scenario, order: &OrderSummary) -> String {
    let areas = scenario.areas();
    let [a, b] = scenario.groups() else { return leader(scenario, order) };
    let others = scenario.members(1);
    let pairs: Vec<(usize, usize)> =
        scenario.members(0).into_iter().flat_map(|i| others.iter().map(move |&j| (i, j))).collect();
    if let [(i, j)] = pairs[..] {
        let [before, after] =
            [order.before[i][j], order.before[j][i]].map(|e| e.expect("a cell off the diagonal"));
        let (one, other, tie) = (&areas[i].name, &areas[j].name, ties(order, i, j));
        if lean(order, i, j) == Lean::Tied {
            return format!("{one} and {other} tie in every draw");
        }
        if tie < FEW_TIES {
            return format!("{one} before {other}: {}", percent(&before));
        }
        let (p, q) = (percent(&before), percent(&after));
        return format!(
            "{one} before {other}: {p}; {other} before {one}: {q}; a tie: {}",
            share(tie, order, (i, j))
        );
    }
    let leans: Vec<Lean> = pairs.iter().map(|&(i, j)| lean(order, i, j)).collect();
    let n = |lean: Lean| leans.iter().filter(|one| **one == lean).count();
    let (first, second, of) = (n(Lean::First), n(Lean::Second), pairs.len());
    let mut rest = String::new();
    if n(Lean::Open) > 0 {
        rest += &format!("; {} too close to call", n(Lean::Open));
    }
    if n(Lean::Tied) > 0 {
        rest += &format!("; {} tied in every draw", n(Lean::Tied));
    }
    let tie = pairs.iter().map(|&(i, j)| ties(order, i, j)).sum::<f64>() / of as f64;
    if tie >= FEW_TIES && n(Lean::Tied) < of {
        rest += &format!("; {} of pairs tie on average", share(tie, order, pairs[0]));
    }
    if n(Lean::Tied) == of {
        return format!("All {of} pairs tie in every draw");
    }
    if first == second {
        return match first {
            0 => format!("Neither group leads in any of the {of} pairs{rest}"),
            _ => format!("Neither group leads: {first} of {of} pairs each{rest}"),
        };
    }
    let (ahead, n, behind, m) = if first > second { (a, first, b, second) } else { (b, second, a, first) };
    let favour = |n: usize| if n == 1 { "favours" } else { "favour" };
    let other = if m == 0 { String::new() } else { format!(" and {m} {} {}", favour(m), behind.name) };
    if n == of {
        return format!("All {of} pairs favour {}{rest}", ahead.name);
    }
    format!("Of the {of} pairs, {n} {} {}{other}{rest}", favour(n), ahead.name)
}

/// Among all areas: whether one is before each other one in more than half of the draws, or at least in more than it is after it.
fn leader(scenario: &Scenario, order: &OrderSummary) -> String {
    let areas = scenario.areas();
    let Words { area, areas: several, .. } = scenario.words();
    if areas.len() < 2 {
        return alone(scenario);
    }
    let all = |i: usize, holds: &dyn Fn(usize) -> bool| (0..areas.len()).filter(|&j| j != i).all(holds);
    let is_before = |i: usize| all(i, &|j| order.before[i][j].is_some_and(|e| e.decision_interval().0 > 0.5));
    let leads = |i: usize| all(i, &|j| lean(order, i, j) == Lean::First);
    let name = |i: usize| &areas[i].name;
    if let Some(i) = (0..areas.len()).find(|&i| is_before(i)) {
        return format!("The {} {area} is more likely than not to come before each other {area}", name(i));
    }
    if let Some(i) = (0..areas.len()).find(|&i| leads(i)) {
        return format!(
            "The {} {area} is more likely to come before each other {area} than after it",
            name(i)
        );
    }
    if all(0, &|j| lean(order, 0, j) == Lean::Tied) {
        return format!("All {several} tie in every draw");
    }
    if (0..areas.len()).all(|i| all(i, &|j| ties(order, i, j) < FEW_TIES)) {
        return format!("No {area} comes before every other with more than 50% probability");
    }
    format!("No {area} is more likely to come before each other {area} than after it")
}

fn alone(scenario: &Scenario) -> String {
    format!(
        "There is only one {} ({}), so there is nothing to order",
        scenario.words().area,
        scenario.areas()[0].name
    )
}

/// Says who is first and who is last; those that share a place have it.
pub fn ranks(scenario: &Scenario, order: &OrderSummary) -> String {
    let areas = scenario.areas();
    if areas.len() < 2 {
        return alone(scenario);
    }
    let tied = |i: usize| order.tie[i].iter().flatten().any(|&tie| tie > 0.0);
    let first = |i: usize| order.ranks[i][0];
    let last = |i: usize| if tied(i) { order.last[i] } else { order.ranks[i][areas.len() - 1] };
    // Those that share the greatest probability.
    let likeliest = |of: &dyn Fn(usize) -> Estimate| {
        let p = |i: usize| of(i).probability;
        let most = (0..areas.len()).map(p).fold(0.0, f64::max);
        let those: Vec<usize> = (0..areas.len()).filter(|&i| p(i) == most).collect();
        (those.clone(), percent(&of(those[0])))
    };
    let ((firsts, p), (lasts, q)) = (likeliest(&first), likeliest(&last));
    if firsts.len() == areas.len() && lasts.len() == areas.len() {
        return format!(
            "All {} are equally likely to come first ({p}), and to come last ({q})",
            scenario.words().areas
        );
    }
    let name = |those: &[usize]| match those {
        [one] => areas[*one].name.clone(),
        [one, other] => format!("{} and {}", areas[*one].name, areas[*other].name),
        _ => scenario.words().count(those.len()),
    };
    let next = runner_up(&(0..areas.len()).map(first).collect::<Vec<_>>());
    let next = next.map_or(String::new(), |(i, p)| format!(", or {} ({})", areas[i].name, percent(&p)));
    format!("Most likely first: {} ({p}){next}. Last: {} ({q})", name(&firsts), name(&lasts))
}

/// Returns the area with the second greatest probability, if it is the only one with it, and the greatest is another's alone.
fn runner_up(first: &[Estimate]) -> Option<(usize, Estimate)> {
    let mut sorted: Vec<usize> = (0..first.len()).collect();
    let p = |i: usize| first[i].probability;
    sorted.sort_by(|&i, &j| p(j).total_cmp(&p(i)));
    let at = |place: usize| sorted.get(place).map_or(0.0, |&i| p(i));
    (sorted.len() > 2 && at(0) > at(1) && at(1) > at(2)).then(|| (sorted[1], first[sorted[1]]))
}

/// Whose overall score is the highest, and whose the lowest.
pub fn overall(scenario: &Scenario, summary: &Summary) -> String {
    let mean = |i: &usize| summary.areas[*i].overall.mean;
    let by = |a: &usize, b: &usize| mean(a).total_cmp(&mean(b));
    let all = || 0..summary.areas.len();
    let (low, high) = (all().min_by(by).unwrap_or(0), all().max_by(by).unwrap_or(0));
    let named = |i: usize| {
        let drawn = &summary.areas[i];
        (&scenario.areas()[i].name, with_error(drawn.overall.mean, drawn.mcse.max(0.005)))
    };
    let ((top, x), (bottom, y)) = (named(high), named(low));
    let score = &scenario.words().score;
    if low == high {
        return format!("Mean {score} of {top}: {x}");
    }
    format!("Highest mean {score}: {top} ({x}). Lowest: {bottom} ({y})")
}

/// The pair of areas that is nearest to even, if there is a pair that does not always tie: of different groups, if there are several.
#[must_use]
pub fn closest_pair(scenario: &Scenario, order: &OrderSummary) -> Option<(usize, usize)> {
    let (rows, columns) = crate::report::wording::selection::matrix_rows_and_columns(scenario, false);
    let pairs = rows.iter().flat_map(|&i| columns.iter().map(move |&j| (i, j)));
    let pairs = pairs.filter(|&(i, j)| i != j && lean(order, i, j) != Lean::Tied);
    let p = |i: usize, j: usize| order.before[i][j].map_or(0.0, |e| e.probability);
    let apart = |&(i, j): &(usize, usize)| match ties(order, i, j) {
        0.0 => (p(i, j) - 0.5).abs(),
        _ => (p(i, j) - p(j, i)).abs() / 2.0,
    };
    pairs.min_by(|a, b| apart(a).total_cmp(&apart(b)))
}

/// Returns words that follow pairs, where only those of an area of one group and one of another are meant.
pub fn across(scenario: &Scenario) -> &'static str {
    let (rows, columns) = crate::report::wording::selection::matrix_rows_and_columns(scenario, false);
    if rows == columns { "" } else { " of two groups" }
}

/// Says the closest pair in a sentence.
pub fn closest(scenario: &Scenario, order: &OrderSummary) -> Option<String> {
    let areas = scenario.areas();
    let (i, j) = closest_pair(scenario, order)?;
    let (before, after) = (order.before[i][j].as_ref()?, order.before[j][i].as_ref()?);
    let settled =
        if lean(order, i, j) == Lean::Open { " (too close to call with this many draws)" } else { "" };
    let (one, other, tie) = (&areas[i].name, &areas[j].name, ties(order, i, j));
    let tied = if tie < FEW_TIES {
        String::new()
    } else {
        format!(", after it {}, a tie {}", percent(after), share(tie, order, (i, j)))
    };
    Some(format!(
        "Closest pair{}: {one} before {other}, {}{tied}{settled}",
        across(scenario),
        percent(before)
    ))
}

/// The claims that people are shown.
pub fn displayed_claims(claims: &[ClaimSummary]) -> impl Iterator<Item = (usize, &ClaimSummary)> {
    claims.iter().enumerate().filter(|(_, claim)| !claim.redundant)
}

/// Says which claim depends on the worlds the most, if one surely does.
pub fn worlds(scenario: &Scenario, summary: &Summary) -> Option<String> {
    let possible = || summary.worlds.iter().filter(|world| world.world.probability > 0.0);
    if possible().count() < 2 {
        return None;
    }
    let in_worlds = |claim: usize| possible().map(move |world| (world, world.order.claims[claim].estimate));
    let ends = |claim: usize| {
        let by = |a: &Estimate, b: &Estimate| a.probability.total_cmp(&b.probability);
        let low = in_worlds(claim).min_by(|a, b| by(&a.1, &b.1))?;
        let high = in_worlds(claim).max_by(|a, b| by(&a.1, &b.1))?;
        Some((low, high))
    };
    let moves = displayed_claims(&summary.order.claims).filter_map(|(index, claim)| {
        let (low, high) = ends(index)?;
        Some((high.1.probability - low.1.probability, claim, low, high))
    });
    let (most, claim, low, high) = moves.max_by(|a, b| a.0.total_cmp(&b.0))?;
    if most <= libm::hypot(low.1.half_width(), high.1.half_width()) {
        return Some("No claim differs between worlds by more than sampling error".into());
    }
    Some(format!(
        "Most sensitive to the world: “{}”, {} if {} and {} if {}",
        claim.text,
        percent(&low.1),
        low.0.world.title(scenario),
        percent(&high.1),
        high.0.world.title(scenario)
    ))
}

/// Says what it takes to make it again.
pub fn provenance_line(scenario: &Scenario, run: Run, largest_mcse: f64) -> String {
    format!(
        "{} · scenario {} · seed {} · {} draws · largest standard error {} percentage points · headstart {}",
        scenario.title(),
        &scenario.hash()[..12],
        run.seed,
        thousands(run.draws),
        with_error(100.0 * largest_mcse, largest_mcse),
        env!("CARGO_PKG_VERSION")
    )
}

/// Says which end of the scores comes first.
pub fn direction(scenario: &Scenario) -> String {
    format!("A higher {} comes first.", scenario.words().score)
}

/// Says the first claim of the author with its probability, if there is one.
pub fn first_claim(scenario: &Scenario, summary: &Summary) -> Option<String> {
    let order = &summary.order;
    let claim = &order.claims[order.claims.len() - scenario.claims().len()..].first()?;
    Some(format!("{}: {}", claim.text, percent(&claim.estimate)))
}

/// The answer in a few sentences: what a reader should take away who reads no more.
pub fn answer(scenario: &Scenario, summary: &Summary) -> Vec<String> {
    let order = order(scenario, &summary.order);
    let single = scenario.groups().len() == 2 && scenario.areas().len() == 2;
    let closest = if single { None } else { closest(scenario, &summary.order) };
    let ranks = (scenario.areas().len() > 2).then(|| ranks(scenario, &summary.order));
    [Some(order), ranks, closest].into_iter().flatten().map(|sentence| sentence + ".").collect()
}
