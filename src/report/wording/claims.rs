//! The claims of the first screen: those of the author first, then standard claims without repetition.

use crate::analysis::{Estimate, OrderSummary, Summary};
use crate::report::wording::findings::displayed_claims;
use crate::report::wording::number::LEAST_TIE;
use crate::scenario::{Claim, Marker, Scenario};

/// The most claims of the author on the first screen.
const OWN: usize = 12;
/// The most standard claims there.
const STANDARD: usize = 6;
/// The most worlds that have a column each.
const COLUMNS: usize = 3;
/// A claim that every area of the first group is before every one of the second is left out below this.
const LEAST_SWEEP: f64 = 1e-3;
/// The share of draws with equally many pairs each way from which "most pairs" is said of both groups.
const LEAST_EVEN: f64 = 1e-2;

/// Claims of the first screen.
pub struct ClaimTable {
    /// Headers of the columns.
    pub columns: Vec<String>,
    /// Claims that the author states, and those that were asked for.
    pub own: Vec<ClaimRow>,
    /// Claims that every scenario gets.
    pub standard: Vec<ClaimRow>,
    /// Number of claims of the author that are left out.
    pub left_out: usize,
}

/// A claim with a probability per column.
pub struct ClaimRow {
    /// The index of the claim.
    pub index: usize,
    /// The claim as a sentence without a full stop, and its ties.
    pub text: String,
    /// One per column.
    pub estimates: Vec<Estimate>,
}

impl ClaimTable {
    /// Chooses the claims of a run; `all` leaves out none of the author's.
    pub fn of(scenario: &Scenario, summary: &Summary, all: bool) -> Self {
        let order = &summary.order;
        let n_standard = order.claims.len() - scenario.claims().len();
        let own: Vec<usize> = (n_standard..order.claims.len()).collect();
        let most = if all { own.len() } else { own.len().min(OWN) };
        let standard = standard(scenario, summary, &own);
        let row = |&index: &usize| ClaimRow {
            index,
            text: text(order, index),
            estimates: estimates(summary, index),
        };
        Self {
            columns: columns(scenario, summary),
            own: own[..most].iter().map(row).collect(),
            standard: standard.iter().map(row).collect(),
            left_out: own.len() - most,
        }
    }

    /// Returns all rows, the author's first.
    pub fn rows(&self) -> impl Iterator<Item = &ClaimRow> {
        self.own.iter().chain(&self.standard)
    }
}

/// Returns the claims that a page shows: the author's, and then those that are generated and say something else.
pub fn own_claims_first(scenario: &Scenario, summary: &Summary) -> Vec<usize> {
    let claims = &summary.order.claims;
    let own = claims.len() - scenario.claims().len()..claims.len();
    let standard = displayed_claims(claims).map(|(index, _)| index).filter(|index| {
        !own.contains(index) && !own.clone().any(|stated| says_the_same(summary, *index, stated))
    });
    own.clone().chain(standard).collect()
}

/// Returns a claim as a sentence without a full stop, and how often it hangs on a tie.
pub fn text(order: &OrderSummary, index: usize) -> String {
    let claim = &order.claims[index];
    if claim.tie >= LEAST_TIE {
        format!("{} (a tie in {:.2}%)", claim.text, 100.0 * claim.tie)
    } else {
        claim.text.clone()
    }
}

fn columns(scenario: &Scenario, summary: &Summary) -> Vec<String> {
    match summary.worlds.len() {
        0 => vec!["probability".into()],
        1..=COLUMNS => {
            let outcomes = |world: &crate::scenario::JointWorld| {
                world.named(scenario).map(|(_, outcome)| outcome).collect::<Vec<_>>().join(", ")
            };
            std::iter::once("all".into())
                .chain(summary.worlds.iter().map(|world| outcomes(&world.world)))
                .collect()
        }
        _ => ["all", "lowest", "highest"].map(String::from).to_vec(),
    }
}

fn estimates(summary: &Summary, claim: usize) -> Vec<Estimate> {
    let there =
        summary.worlds.iter().map(|world| (world.world.probability, world.order.claims[claim].estimate));
    let mut all = vec![summary.order.claims[claim].estimate];
    if summary.worlds.len() <= COLUMNS {
        all.extend(there.map(|(_, estimate)| estimate));
        return all;
    }
    let mut possible: Vec<Estimate> = there.filter(|(p, _)| *p > 0.0).map(|(_, estimate)| estimate).collect();
    possible.sort_by(|a, b| a.probability.total_cmp(&b.probability));
    all.extend(possible.first());
    all.extend(possible.last());
    all
}

/// The standard claims that say something which no claim shown before them says.
fn standard(scenario: &Scenario, summary: &Summary, own: &[usize]) -> Vec<usize> {
    let mut shown: Vec<usize> = Vec::new();
    for index in candidates(scenario, summary) {
        if shown.len() < STANDARD
            && !own.iter().chain(&shown).any(|&other| says_the_same(summary, index, other))
        {
            shown.push(index);
        }
    }
    shown
}

/// Standard claims in the order in which they matter, each in the direction that reports show.
fn candidates(scenario: &Scenario, summary: &Summary) -> Vec<usize> {
    let claims = scenario.generated_claims();
    let p = |index: usize| summary.order.claims[index].estimate.probability;
    let of = |claim: Claim| claims.iter().position(|one| one.claim == claim);
    let size = |group: usize| scenario.members(group).len();
    let before = |one: Marker, other: Marker| of(Claim::Before(one, other));
    if scenario.groups().len() == 2 {
        let (a, b) = (0, 1);
        if size(a) == 1 && size(b) == 1 {
            return Vec::new();
        }
        let most = [of(Claim::Most(a, b)), of(Claim::Most(b, a))];
        let even = 1.0 - most.iter().flatten().map(|&index| p(index)).sum::<f64>();
        let both = size(a) * size(b) % 2 == 0 && even > LEAST_EVEN;
        let sweep = before(Marker::Last(a), Marker::First(b)).filter(|&index| p(index) > LEAST_SWEEP);
        let all = [
            before(Marker::Last(b), Marker::First(a)),
            sweep,
            before(Marker::First(a), Marker::First(b)),
            most[0],
            most[1].filter(|_| both),
            before(Marker::Mean(a), Marker::Mean(b)),
        ];
        return all.into_iter().flatten().collect();
    }
    let n = scenario.groups().len();
    let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
    pairs
        .filter(|&(a, b)| size(a) > 1 || size(b) > 1)
        .filter_map(|(a, b)| {
            let [there, back] = [(a, b), (b, a)].map(|(a, b)| before(Marker::First(a), Marker::First(b)));
            [there?, back?]
                .into_iter()
                .max_by(|&one, &other| p(one).total_cmp(&p(other)).then(other.cmp(&one)))
        })
        .collect()
}

/// Returns true if two claims have the same probability in every world, or probabilities that add up to one: only one of them is shown. Of
/// what never or always happened it is not known.
fn says_the_same(summary: &Summary, one: usize, other: usize) -> bool {
    let p = |order: &OrderSummary, index: usize| order.claims[index].estimate.probability;
    let orders = || summary.worlds.iter().map(|world| &world.order).chain([&summary.order]);
    let open = |order: &OrderSummary| p(order, one) > 0.0 && p(order, one) < 1.0;
    let near = |x: f64, y: f64| (x - y).abs() < 1e-12;
    open(&summary.order)
        && (orders().all(|order| near(p(order, one), p(order, other)))
            || orders().all(|order| near(p(order, one), 1.0 - p(order, other))))
}
