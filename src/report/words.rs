//! Findings in words: what a picture, a page or a post says first. Knows no format.

use super::number::{percent, points, thousands, with_error};
use crate::analysis::{
    BreakEven, ClaimSummary, Compared, Estimate, Method, OrderSummary, Part, Partial, Summary, break_even,
};
use crate::sampler::Run;
use crate::scenario::Scenario;

/// What had to be counted where the rest was integrated, and why: by name if there are few, and else their number.
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
    reasons.into_iter().map(line).collect()
}

/// Who is before whom: between two groups in how many pairs, among all areas whether one is before every other.
pub fn order(scenario: &Scenario, order: &OrderSummary) -> String {
    let areas = scenario.areas();
    let [a, b] = scenario.groups() else { return leader(scenario, order) };
    let pairs: Vec<&Estimate> = scenario
        .members(0)
        .into_iter()
        .flat_map(|i| scenario.members(1).into_iter().filter_map(move |j| order.before[i][j].as_ref()))
        .collect();
    if let [only] = pairs[..] {
        return format!(
            "{} comes before {} with {}",
            areas[scenario.members(0)[0]].name,
            areas[scenario.members(1)[0]].name,
            percent(only)
        );
    }
    let first = pairs.iter().filter(|e| e.decisive().0 > 0.5).count();
    let second = pairs.iter().filter(|e| e.decisive().1 < 0.5).count();
    let open = match pairs.len() - first - second {
        0 => String::new(),
        n => format!("; {n} not told from even"),
    };
    let (ahead, n, behind, m) = if first > second { (a, first, b, second) } else { (b, second, a, first) };
    let rest = if m == 0 { String::new() } else { format!(", {} in {m}", behind.name) };
    format!(
        "{} is more likely to come first in {n} of {} pairs of areas{rest}{open}",
        ahead.name,
        pairs.len()
    )
}

/// Among all areas: whether one is before each other one in more than half of the instances.
fn leader(scenario: &Scenario, order: &OrderSummary) -> String {
    let areas = scenario.areas();
    if areas.len() < 2 {
        return format!("{} is alone, so there is no order", areas[0].name);
    }
    let leads = |i: &usize| order.before[*i].iter().flatten().all(|e| e.decisive().0 > 0.5);
    match (0..areas.len()).find(leads) {
        Some(i) => format!("{} is more likely than not to come before each other area", areas[i].name),
        None => "No area is more likely than not to come before each other one".into(),
    }
}

/// Who is first and who is last.
pub fn ranks(scenario: &Scenario, order: &OrderSummary) -> String {
    let areas = scenario.areas();
    if areas.len() < 2 {
        return format!("{} is alone, so there is no order", areas[0].name);
    }
    let likeliest = |rank: usize| {
        let by = |a: &usize, b: &usize| {
            order.ranks[*a][rank].probability.total_cmp(&order.ranks[*b][rank].probability).then(b.cmp(a))
        };
        let i = (0..areas.len()).max_by(by).unwrap_or(0);
        (&areas[i].name, percent(&order.ranks[i][rank]))
    };
    let ((first, p), (last, q)) = (likeliest(0), likeliest(areas.len() - 1));
    format!("{first} is the likeliest to be first ({p}), {last} to be last ({q})")
}

/// Whose amenability is the highest, and whose the lowest.
pub fn amenability(scenario: &Scenario, summary: &Summary) -> String {
    let mean = |i: &usize| summary.areas[*i].amenability.mean;
    let by = |a: &usize, b: &usize| mean(a).total_cmp(&mean(b));
    let all = || 0..summary.areas.len();
    let (low, high) = (all().min_by(by).unwrap_or(0), all().max_by(by).unwrap_or(0));
    let named = |i: usize| {
        let drawn = &summary.areas[i];
        (&scenario.areas()[i].name, with_error(drawn.amenability.mean, drawn.mcse.max(0.005)))
    };
    let ((top, x), (bottom, y)) = (named(high), named(low));
    if low == high {
        return format!("The amenability of {top} is {x} on average");
    }
    format!("{top} has the highest amenability on average ({x}), {bottom} the lowest ({y})")
}

/// The pair of areas that is nearest to even, if there is a pair: of different groups, if there are several.
#[must_use]
pub fn closest_pair(scenario: &Scenario, order: &OrderSummary) -> Option<(usize, usize)> {
    let (rows, columns) = super::selection(scenario, false);
    let pairs = rows.iter().flat_map(|&i| columns.iter().map(move |&j| (i, j)));
    let pairs = pairs.filter_map(|(i, j)| Some((i, j, order.before[i][j].as_ref()?)));
    let apart = |e: &Estimate| (e.probability - 0.5).abs();
    pairs.min_by(|a, b| apart(a.2).total_cmp(&apart(b.2))).map(|(i, j, _)| (i, j))
}

/// The same as a sentence.
pub fn closest(scenario: &Scenario, order: &OrderSummary) -> Option<String> {
    let areas = scenario.areas();
    let (i, j) = closest_pair(scenario, order)?;
    let e = order.before[i][j].as_ref()?;
    let settled = if e.is_settled() { "" } else { ", which these draws do not tell from even" };
    let across = if scenario.groups().len() > 1 { " across groups" } else { "" };
    let (one, other) = (&areas[i].name, &areas[j].name);
    Some(format!("The closest call{across} is {one} before {other}: {}{settled}", percent(e)))
}

/// The claims that people are shown.
pub fn shown(claims: &[ClaimSummary]) -> impl Iterator<Item = (usize, &ClaimSummary)> {
    claims.iter().enumerate().filter(|(_, claim)| !claim.redundant)
}

/// Which claim depends on the worlds the most, if one surely does.
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
    let moves = shown(&summary.order.claims).filter_map(|(index, claim)| {
        let (low, high) = ends(index)?;
        Some((high.1.probability - low.1.probability, claim, low, high))
    });
    let (most, claim, low, high) = moves.max_by(|a, b| a.0.total_cmp(&b.0))?;
    if most <= libm::hypot(low.1.half_width(), high.1.half_width()) {
        return Some("In all worlds each claim is equally likely, as far as can be told".into());
    }
    Some(format!(
        "What depends most on the world is “{}”: {} where {}, {} where {}",
        claim.text,
        percent(&low.1),
        low.0.world.title(scenario),
        percent(&high.1),
        high.0.world.title(scenario)
    ))
}

/// The claims that change the most over a list of changed scenarios, at most so many, in the order of the claims.
pub fn most_moved(compared: &[Compared], most: usize) -> Vec<usize> {
    let Some(first) = compared.first() else { return Vec::new() };
    let reach = |claim: usize| {
        let values = || compared.iter().map(move |one| one.claims[claim].change.difference);
        values().fold(0.0, f64::max) - values().fold(0.0, f64::min)
    };
    let mut claims: Vec<usize> = (0..first.claims.len()).collect();
    claims.sort_by(|&a, &b| reach(b).total_cmp(&reach(a)).then(a.cmp(&b)));
    if claims.len() > most {
        // One that rises exactly where another one falls says the same.
        let change = |one: &Compared, claim: usize| one.claims[claim].change.difference;
        let mirrors = |a: usize, b: usize| {
            compared.iter().all(|one| (change(one, a).abs() - change(one, b).abs()).abs() < 1e-12)
        };
        let mut kept: Vec<usize> = Vec::new();
        for claim in claims {
            if kept.len() < most && !kept.iter().any(|&other| mirrors(claim, other)) {
                kept.push(claim);
            }
        }
        claims = kept;
    }
    claims.sort_unstable();
    claims
}

/// Which claim a sweep moves the most, and where it crosses one half.
pub fn sweep(points: &[Compared], varied: &[String]) -> String {
    let what = varied.iter().map(|edit| self::varied(edit)).collect::<Vec<_>>().join(" and ");
    let [claim] = most_moved(points, 1)[..] else { return format!("A sweep of {what}") };
    let by = |a: &&Compared, b: &&Compared| {
        a.claims[claim].to.probability.total_cmp(&b.claims[claim].to.probability)
    };
    let (Some(low), Some(high)) = (points.iter().min_by(by), points.iter().max_by(by)) else {
        return format!("A sweep of {what}");
    };
    if points.iter().all(|point| point.claims.iter().all(|claim| claim.change.inert)) {
        return format!("{what} {} to {} moves no claim", points[0].name, points[points.len() - 1].name);
    }
    let text = &points[0].claims[claim].text;
    let at = |point: &Compared| format!("{} at {}", percent(&point.claims[claim].to), point.name);
    let crossing = match (varied, break_even(points, claim)) {
        ([_], found) => found.into_iter().find_map(|found| match found {
            BreakEven::Crosses { at, low, high, .. } => {
                Some(format!(", and crosses 50% near {}", with_error(at, (high - low) / 4.0)))
            }
            BreakEven::Never { .. } | BreakEven::Unsettled { .. } => None,
        }),
        _ => None,
    };
    let moves = if varied.len() == 1 { "moves" } else { "move" };
    format!("{what} {moves} “{text}” most: {} to {}{}", at(low), at(high), crossing.unwrap_or_default())
}

/// What is varied, without the sign that its values follow.
pub fn varied(edit: &str) -> String {
    let edit = edit.trim();
    let plain = edit.strip_suffix('=').filter(|address| !address.ends_with(['+', '*', '-', '/']));
    plain.unwrap_or(edit).trim().to_owned()
}

/// Which single lever moves which claim the most.
pub fn levers(scenario: &Scenario, compared: &[Compared]) -> String {
    let single = |one: &&Compared| scenario.levers().iter().any(|lever| one.name.starts_with(&lever.name));
    let all = compared.iter().filter(single).flat_map(|one| one.claims.iter().map(move |claim| (one, claim)));
    let most = all
        .filter(|(_, claim)| claim.change.is_settled())
        .max_by(|a, b| a.1.change.difference.abs().total_cmp(&b.1.change.difference.abs()));
    match most {
        Some((one, claim)) => format!(
            "The lever that does the most is “{}”: {} points on “{}”, from {} to {}",
            one.name,
            points(&claim.change),
            claim.text,
            percent(&claim.from),
            percent(&claim.to)
        ),
        None => "No lever moves any claim by more than these draws can tell".into(),
    }
}

/// What it takes to make it again.
pub fn foot(scenario: &Scenario, run: Run, largest_mcse: f64) -> String {
    format!(
        "{} · scenario {} · seed {} · {} instances · largest standard error {} percentage points · headstart {}",
        scenario.title(),
        &scenario.hash()[..12],
        run.seed,
        thousands(run.instances),
        with_error(100.0 * largest_mcse, largest_mcse),
        env!("CARGO_PKG_VERSION")
    )
}

/// Where something was stopped.
pub fn stopped(partial: &Partial) -> String {
    let [done, of] = [partial.done, partial.of].map(thousands);
    format!("stopped after {done} of {of} {}", partial.what)
}

/// How much there is of something that was stopped.
pub fn partial(partial: &Partial) -> String {
    let (stopped, done) = (stopped(partial), thousands(partial.done));
    match partial.what {
        Part::Instances => format!(
            "{stopped}. All that follows is of those alone, its errors too, and is what a run of {done} \
             instances gives."
        ),
        Part::Points => {
            format!("{stopped}. Each that is there is whole; where claims cross 50% is not said.")
        }
        Part::PointsAScramble if partial.done == 0 => {
            format!("{stopped}. All that follows is counted, and is what a run that samples gives.")
        }
        Part::PointsAScramble => format!(
            "{stopped}. What is averaged over points is so over those alone, its errors too, and is what a run of {done} points \
             gives."
        ),
    }
}

/// The answer in a few sentences: what a reader should take away who reads no more.
pub fn answer(scenario: &Scenario, summary: &Summary) -> Vec<String> {
    let order = order(scenario, &summary.order);
    let single = scenario.groups().len() == 2 && scenario.areas().len() == 2;
    let closest = if single { None } else { closest(scenario, &summary.order) };
    let ranks = (scenario.areas().len() > 2).then(|| ranks(scenario, &summary.order));
    [Some(order), ranks, closest, worlds(scenario, summary)].into_iter().flatten().map(|s| s + ".").collect()
}

/// The largest standard error in a list of changed scenarios.
pub fn largest_mcse(compared: &[Compared]) -> f64 {
    let claims = compared.iter().flat_map(|one| &one.claims);
    claims.flat_map(|claim| [claim.from.mcse, claim.to.mcse, claim.change.mcse]).fold(0.0, f64::max)
}
