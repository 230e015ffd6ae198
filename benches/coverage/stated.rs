//! Every interval that an analysis of a scenario states, as a list of numbers with their ends, and how often such intervals contain the
//! truth. The benchmark `coverage` and the test of the same name share it.

use headstart::analysis::{
    BreakEven, Change, Detail, Estimate, Event, Expected, Measured, OrderSummary, RankingsAsked,
    ScenarioChange, Sensitivity, Summary, Sweep, Vary, add_between, break_even, central_weights, compare_all,
    explain, integrate, lever_values, points, rankings, sensitivity, summarize, sweep,
};
use headstart::sampler::Run;
use headstart::{Control, Scenario};
use std::collections::HashMap;

/// A number with its 95 % interval.
#[derive(Clone, Debug)]
pub struct Stated {
    /// The kind of number, a row of the table.
    pub kind: String,
    /// What it is the number of, within its kind.
    pub about: String,
    /// The estimate.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether it is a probability, which may be rare.
    pub share: bool,
}

/// A list of stated numbers.
#[derive(Default)]
pub struct Numbers(pub Vec<Stated>);

impl Numbers {
    fn push(&mut self, kind: &str, about: String, value: f64, (low, high): (f64, f64), share: bool) {
        self.0.push(Stated { kind: kind.into(), about, value, low, high, share });
    }

    fn estimate(&mut self, kind: &str, about: String, estimate: &Estimate) {
        self.push(kind, about, estimate.probability, (estimate.low, estimate.high), true);
    }

    fn measured(&mut self, kind: &str, about: String, measured: Measured) {
        self.push(kind, about, measured.value, measured.interval(), false);
    }

    fn frequency(&mut self, kind: &str, about: String, measured: Measured) {
        self.push(kind, about, measured.value, measured.interval(), true);
    }

    fn expected(&mut self, kind: &str, about: String, expected: Expected) {
        self.push(kind, about, expected.mean, (expected.low, expected.high), false);
    }

    fn change(&mut self, kind: &str, about: String, change: Change) {
        self.push(kind, about, change.difference, (change.low, change.high), false);
    }

    fn order(&mut self, order: &OrderSummary, place: &str) {
        for (event, estimate) in order.estimates() {
            let kind = match event {
                Event::Before(..) => "pairs",
                Event::Rank(..) => "ranks",
                Event::Claim(_) => "claims",
                Event::Ahead(..) => "numbers of pairs",
            };
            self.estimate(&format!("{kind}{place}"), format!("{place} {event:?}"), estimate);
        }
        for pairs in &order.pairs {
            self.expected(
                &format!("expected pairs{place}"),
                format!("{place} {} {}", pairs.a, pairs.b),
                pairs.number(),
            );
        }
    }

    fn crossings(&mut self, kind: &str, about: &str, found: &[BreakEven]) {
        let crossings = found.iter().filter_map(|found| match *found {
            BreakEven::Crosses { at, low, high, from_below, to_above } => {
                let low = if from_below { f64::NEG_INFINITY } else { low };
                Some((at, (low, if to_above { f64::INFINITY } else { high })))
            }
            _ => None,
        });
        let crossings: Vec<_> = crossings.collect();
        // Of several it is not known which is which.
        if let [(at, ends)] = crossings[..] {
            self.push(kind, about.to_owned(), at, ends, false);
        }
    }
}

/// The numbers of `run`: probabilities, expected pairs, means and quantiles, over all worlds and in each.
pub fn summary(numbers: &mut Numbers, summary: &Summary) {
    numbers.order(&summary.order, "");
    for (z, world) in summary.worlds.iter().enumerate() {
        let before = numbers.0.len();
        numbers.order(&world.order, " in a world");
        for stated in &mut numbers.0[before..] {
            stated.about = format!("{z} {}", stated.about);
        }
    }
    if let Some(order) = &summary.without_residual {
        numbers.order(order, " without the residual");
    }
    for chance in &summary.chances {
        for (claim, ends) in chance.claims.iter().enumerate() {
            for (end, estimate) in ends.iter().enumerate() {
                let about = format!("{} {claim} {end}", chance.address);
                numbers.estimate("claims at other probabilities of worlds", about, estimate);
            }
        }
    }
    let worlds = summary.worlds.iter().map(|world| (" in a world", &world.areas));
    for (z, (place, areas)) in std::iter::once(("", &summary.areas)).chain(worlds).enumerate() {
        for (i, area) in areas.iter().enumerate() {
            let mean = Measured { value: area.overall.mean, mcse: area.mcse };
            numbers.measured(&format!("means{place}"), format!("{z} {i}"), mean);
            let quantiles = area.overall.quantiles.iter().zip(&area.quantile_intervals);
            for ((p, x), ends) in quantiles {
                numbers.push(&format!("quantiles{place}"), format!("{z} {i} {p}"), *x, *ends, false);
            }
        }
    }
}

/// The numbers of `run --method exact`.
pub fn integrated(numbers: &mut Numbers, scenario: &Scenario, run: Run, n_points: u64) {
    let mut found = summarize(scenario, run, Control::none());
    if integrate(scenario, run, n_points, &mut found, Control::none()).is_err() {
        return;
    }
    let mut all = Numbers::default();
    summary(&mut all, &found);
    let integrated: Vec<bool> = found
        .rankings()
        .flat_map(|order| {
            let pairs = order.pairs.iter().map(|_| true);
            order.estimates().map(|(_, estimate)| estimate.is_integrated()).chain(pairs)
        })
        .collect();
    // The orders come first in the list, each with its estimates and then its pairs.
    let rankings = all.0.into_iter().zip(integrated).filter(|(_, integrated)| *integrated);
    numbers.0.extend(
        rankings.map(|(stated, _)| Stated { kind: format!("{}, integrated", stated.kind), ..stated }),
    );
}

/// What edits of a scenario change, and where a sweep crosses one half.
pub fn changes(numbers: &mut Numbers, scenario: &Scenario, edits: &[&str], run: Run) {
    let changed: Vec<(String, Scenario)> = edits
        .iter()
        .map(|edit| {
            let parts: Vec<String> = edit.split(';').map(|part| part.trim().to_owned()).collect();
            let edited = scenario.with_edits(&parts).unwrap_or_else(|why| panic!("{edit}: {why}"));
            ((*edit).to_owned(), edited.scenario)
        })
        .collect();
    let compared = compare_all(scenario, changed, run, Control::none()).unwrap_or_else(|why| panic!("{why}"));
    for ScenarioChange { name, claims, pairs, .. } in &compared {
        for claim in claims {
            let about = format!("{name} {}", claim.id);
            numbers.change("changes of claims", about, claim.change);
        }
        for pairs in pairs {
            let about = format!("{name} {} {}", pairs.a, pairs.b);
            numbers.change("changes of expected pairs", about.clone(), pairs.change);
            numbers.expected("expected pairs after a change", about, pairs.to);
        }
    }
}

/// Where the claims of a sweep cross one half.
pub fn swept(numbers: &mut Numbers, scenario: &Scenario, (vary, n): (&str, usize), run: Run) {
    let read = Vary::new(vary, n).and_then(|vary| points(scenario, &[vary]));
    let points = read.unwrap_or_else(|why| panic!("{vary}: {why}"));
    let mut found =
        sweep(scenario, &points, run, Control::none()).unwrap_or_else(|why| panic!("{vary}: {why}"));
    let asked = Sweep { scenario, points: &points, run };
    add_between(&asked, &mut found, &|_| {}, Control::none()).unwrap_or_else(|why| panic!("{vary}: {why}"));
    for (index, claim) in found[0].claims.iter().enumerate() {
        let about = format!("{vary} {}", claim.id);
        numbers.crossings("break-even values of sweeps", &about, &break_even(&found, index));
    }
}

/// What levers are worth.
pub fn levers(numbers: &mut Numbers, scenario: &Scenario, run: Run) {
    for worth in lever_values(scenario, run, Control::none()).unwrap_or_else(|why| panic!("{why}")) {
        numbers.measured("gains of levers", worth.lever.clone(), worth.gain);
        numbers.measured("spillovers of levers", worth.lever.clone(), worth.spillover);
        if let Some(ratio) = worth.per_point {
            numbers.measured("gains for a point of spillover", worth.lever.clone(), ratio);
        }
        for claim in worth.worth_nothing.iter().flatten() {
            let about = format!("{} {}", worth.lever, claim.claim);
            numbers.crossings("spillovers that undo a lever", &about, &claim.times);
        }
    }
}

/// The numbers of `explain` for two areas, of `rankings`, and of the central weights.
pub fn reasons(numbers: &mut Numbers, scenario: &Scenario, (one, other): (usize, usize), run: Run) {
    let why = explain(scenario, one, other, run, Control::none()).unwrap();
    numbers.measured("gaps", String::new(), why.gap);
    if let Some(rest) = why.rest {
        numbers.measured("contributions to a gap", "rest".into(), rest);
    }
    for factor in &why.factors {
        let about = factor.factor.to_string();
        numbers.measured("contributions to a gap", about.clone(), factor.mean);
        numbers.frequency("how often a factor favours", about, factor.favours);
    }
    for turn in &why.numbers {
        if let [Some(low), Some(high)] = turn.interval {
            numbers.push("single changes", turn.address.clone(), turn.to, (low, high), false);
        }
    }
    for central in central_weights(scenario, run, Control::none()).unwrap() {
        let about = central.area.to_string();
        numbers.frequency("how often an area is first", about.clone(), central.first);
        if let Some(favoured) = &central.favoured {
            for (k, weight) in favoured.weights.iter().enumerate() {
                numbers.measured("central weights", format!("{about} {k}"), *weight);
            }
        }
    }
    let asked = RankingsAsked { top: 10, threshold: 0.95 };
    let found = rankings(scenario, run, asked, Control::none()).unwrap_or_else(|why| panic!("{why}"));
    for order in &found.top {
        numbers.estimate("full rankings", format!("{:?}", order.areas), &order.estimate);
    }
    for (i, rank) in found.areas.iter().enumerate() {
        numbers.expected("expected ranks", i.to_string(), rank.expected);
        numbers.expected("entropies of ranks", i.to_string(), rank.entropy);
    }
}

/// The numbers of `sensitivity` for a claim.
pub fn drivers(numbers: &mut Numbers, scenario: &Scenario, claim: &str, run: Run) {
    let claim = scenario.proposition(claim).unwrap_or_else(|why| panic!("{claim}: {why}"));
    for Sensitivity { inputs, groups, parts, gap, .. } in
        sensitivity(scenario, &[claim], run, Detail::Full, Control::none()).unwrap()
    {
        for input in &inputs {
            let mut some = |kind: &str, measured: Option<Measured>| {
                if let Some(measured) = measured {
                    numbers.measured(kind, input.address.clone(), measured);
                }
            };
            some("first-order shares", input.first);
            some("total shares", input.total);
            some("flips", Some(input.flips));
            some("Brier values", Some(input.brier));
            some("regrets", input.regret);
            let Some(curve) = &input.curve else { continue };
            some("swings", Some(curve.bar));
            some("gradients", curve.gradient);
            for point in &curve.points {
                let about = format!("{} {}", input.address, point.quantile);
                numbers.frequency("points of curves", about, point.probability);
            }
            if let [found] = &curve.break_even[..]
                && let Some(value) = found.value
            {
                let [low, high] = found.interval;
                let ends = (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY));
                numbers.push("break-even values of numbers", input.address.clone(), value, ends, false);
            }
        }
        for group in &groups {
            let both =
                [("first-order shares of groups", group.first), ("total shares of groups", group.total)];
            for (kind, measured) in both {
                if let Some(measured) = measured {
                    numbers.measured(kind, group.id.clone(), measured);
                }
            }
        }
        for part in &parts {
            numbers.measured("Shapley shares", part.id.clone(), part.share);
        }
        if let Some(gap) = gap {
            numbers.measured("gaps", "sensitivity".into(), gap.mean);
            numbers.measured("values of knowing everything", String::new(), gap.everything);
        }
    }
}

/// Whether the intervals of `run --simultaneous` contain all truths at once: one answer per order and kind.
pub fn together(numbers: &mut Numbers, found: &Summary, truth: &HashMap<(String, String), f64>) {
    let mut all = Numbers::default();
    summary(&mut all, &found.clone().simultaneous());
    let mut held: HashMap<(String, String), bool> = HashMap::new();
    // Other probabilities of worlds make no order.
    let is_widened = |stated: &Stated| stated.share && !stated.kind.contains("other probabilities");
    for stated in all.0.into_iter().filter(is_widened) {
        // Each world by itself, and the numbers of pairs of each two groups.
        let world = stated.about.split(' ').next().unwrap_or_default();
        let groups = stated.about.split_once("Ahead(").and_then(|(_, rest)| rest.split(',').next());
        let world = format!("{world} {}", groups.unwrap_or_default());
        let Some(truth) = truth.get(&(stated.kind.clone(), stated.about)) else { continue };
        let whole = held.entry((stated.kind, world)).or_insert(true);
        *whole &= stated.low <= *truth && *truth <= stated.high;
    }
    for ((kind, world), held) in held {
        let value = f64::from(u8::from(!held));
        // The truth of this one is that none misses, 0.
        numbers.push(&format!("{kind}, all together"), world, value, (value, value), false);
    }
}

/// How often the interval of one number contains its truth.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// How many runs stated it.
    pub n: u32,
    /// How many of them had the truth inside.
    pub held: u32,
    /// Sums of the estimates, their squares, and of the widths of finite intervals with their number.
    pub sums: (f64, f64, f64, u32),
}

impl Cell {
    /// One more run.
    pub fn add(&mut self, stated: &Stated, truth: f64) {
        // The last digits of a sum of weights are no miss.
        let slack = 1e-12 * truth.abs().max(1e-3);
        self.n += 1;
        self.held += u32::from(stated.low <= truth + slack && truth - slack <= stated.high);
        self.sums.0 += stated.value;
        self.sums.1 += stated.value * stated.value;
        let width = stated.high - stated.low;
        if width.is_finite() {
            self.sums.2 += width;
            self.sums.3 += 1;
        }
    }

    /// Adds the runs of another part of the seeds.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.held += other.held;
        self.sums.0 += other.sums.0;
        self.sums.1 += other.sums.1;
        self.sums.2 += other.sums.2;
        self.sums.3 += other.sums.3;
    }

    /// The share of runs that had the truth inside.
    pub fn coverage(&self) -> f64 {
        f64::from(self.held) / f64::from(self.n)
    }

    /// The mean width of the stated intervals; infinite if all of them are.
    pub fn stated_width(&self) -> f64 {
        if self.sums.3 == 0 { f64::INFINITY } else { self.sums.2 / f64::from(self.sums.3) }
    }

    /// The stated width over that of an interval of 1.96 standard deviations of the estimates to each side.
    pub fn width(&self) -> f64 {
        let n = f64::from(self.n);
        let mean = self.sums.0 / n;
        let sd = (self.sums.1 / n - mean * mean).max(0.0).sqrt();
        self.sums.2 / f64::from(self.sums.3) / (2.0 * headstart::analysis::Z95 * sd)
    }
}
