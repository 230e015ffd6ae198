//! The claims that every scenario gets.

use super::{Claim, Group, Marker, NamedClaim, Scenario, Words};

impl NamedClaim {
    /// Returns true if the claim was asked for in words, which then serve as its id. No claim that a file names has such an id.
    pub(super) fn is_asked(&self) -> bool {
        let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
        !self.id.chars().all(is_id)
    }
}

impl Scenario {
    /// The claims that every scenario gets, for each of its pairs of groups, without doubles.
    #[must_use]
    pub fn generated_claims(&self) -> Vec<NamedClaim> {
        // Where each pair of groups has its converse among the pairs, two of the claims come with that one.
        let with_converse = self.groups.len() > 2;
        let pairs = self.group_pairs().into_iter();
        let claims = pairs.flat_map(|(a, b)| self.about_pair(a, b)).enumerate();
        claims
            .filter(|(n, _)| !(with_converse && CONVERSES.contains(&(n % ABOUT_PAIR))))
            .map(|(_, c)| c)
            .collect()
    }

    /// One claim per area: it comes before all others. What is asked where a scenario has no claim.
    #[must_use]
    pub fn first_claims(&self) -> Vec<NamedClaim> {
        let areas = 0..self.areas.len();
        let before = |one: usize, other: usize| Claim::Before(Marker::Area(one), Marker::Area(other));
        let claim = |one: usize| NamedClaim {
            id: format!("first({})", self.areas[one].id),
            text: format!("First of all {}: {}", self.words.areas, self.areas[one].name),
            claim: Claim::All(
                areas.clone().filter(|other| *other != one).map(|other| before(one, other)).collect(),
            ),
        };
        // A single area has nobody to come before.
        if areas.len() < 2 { Vec::new() } else { areas.clone().map(claim).collect() }
    }

    /// Returns the number of claims that are generated.
    #[must_use]
    pub fn n_generated_claims(&self) -> usize {
        match self.groups.len() {
            2 => ABOUT_PAIR,
            n => n * (n - 1) * (ABOUT_PAIR - CONVERSES.len()),
        }
    }

    /// Returns the number of counters that a run keeps: events times pairs of joint worlds.
    #[must_use]
    pub fn n_counters(&self) -> usize {
        let (n_areas, n_worlds) = (self.areas.len(), self.joint_worlds().len());
        let n_claims = self.n_generated_claims() + self.claims.len();
        let cells: usize =
            self.group_pairs().iter().map(|&(a, b)| self.members(a).len() * self.members(b).len() + 1).sum();
        let events = n_areas * (n_areas - 1) + n_areas * n_areas + 2 * n_claims + cells;
        let counted = events * n_worlds * (n_worlds + 1) / 2;
        // Each threshold of a clock has an order of its own, and dates in bins.
        let neither = n_areas * n_areas * n_worlds * (n_worlds + 1) / 2;
        let places = n_areas + 3 * self.groups.len() + self.group_pairs().len();
        let n_thresholds = self.clock.as_ref().map_or(0, |clock| clock.thresholds.len());
        counted + n_thresholds * (counted + neither + places * LEAST_BINS * n_worlds)
    }

    /// Returns how many comparisons of areas the claims make in a draw of one world, about: what the run counts and what the scenario
    /// states.
    #[must_use]
    pub fn n_claim_comparisons(&self) -> usize {
        let stated = self.claims.iter().map(|named| self.n_comparisons(&named.claim));
        let asserted = self.asserts.iter().map(|assert| self.n_comparisons(&assert.claim));
        stated.chain(asserted).sum()
    }

    fn n_comparisons(&self, claim: &Claim) -> usize {
        let size = |marker: &Marker| match marker {
            Marker::Area(_) | Marker::Mean(_) => 1,
            Marker::First(group) | Marker::Last(group) | Marker::Nth(_, group) => self.members(*group).len(),
        };
        match claim {
            Claim::Before(one, other) => size(one) * size(other),
            Claim::All(all) | Claim::Any(all) => all.iter().map(|claim| self.n_comparisons(claim)).sum(),
            Claim::Not(claim) => self.n_comparisons(claim),
            Claim::InTop { group, .. } => self.members(*group).len() * self.areas.len(),
            Claim::Most(a, b) => self.members(*a).len() * self.members(*b).len(),
        }
    }

    /// Returns true if a claim is generated and always has the probability of another one: between groups of a single area each,
    /// all that is generated says that the one area comes before the other.
    #[must_use]
    pub fn is_redundant(&self, claim: &NamedClaim) -> bool {
        let (a, b) = match claim.claim {
            Claim::Before(Marker::First(_), Marker::First(_)) => return false,
            Claim::Before(
                Marker::First(a) | Marker::Last(a) | Marker::Mean(a),
                Marker::First(b) | Marker::Last(b) | Marker::Mean(b),
            )
            | Claim::Most(a, b) => (a, b),
            _ => return false,
        };
        let stated = self.claims.iter().any(|stated| stated.id == claim.id);
        !stated && self.members(a).len() == 1 && self.members(b).len() == 1
    }
}

/// Bins that the dates of a place are counted in, at least.
const LEAST_BINS: usize = 64;

/// Number of claims about a pair of groups, and the indices of those about the converse pair.
const ABOUT_PAIR: usize = 7;
const CONVERSES: [usize; 2] = [2, 6];

impl Scenario {
    /// The claims about one pair of groups. Three of them are easily confused and have very different probabilities:
    /// that one group comes first on average, in most pairs, and in every pair.
    fn about_pair(&self, a: usize, b: usize) -> [NamedClaim; ABOUT_PAIR] {
        let (Group { id: ia, name: na }, Group { id: ib, name: nb }) = (&self.groups[a], &self.groups[b]);
        let Words { area, score, before, .. } = &self.words;
        let first = match self.groups.len() {
            2 => format!("The first {area} of all belongs to {na}"),
            _ => format!("The first {area} of {na} {before} the first {area} of {nb}"),
        };
        let every =
            |one: &str, other: &str| format!("Every {area} of {one} {before} every {area} of {other}");
        let most = |one: &str, other: &str| match self.groups.len() {
            2 => format!("In most pairs, the {area} of {one} comes first"),
            _ => format!("In most pairs, the {area} of {one} {before} the {area} of {other}"),
        };
        let named = |id: String, text: String, claim: Claim| NamedClaim { id, text, claim };
        [
            named(
                format!("first({ia})<first({ib})"),
                first,
                Claim::Before(Marker::First(a), Marker::First(b)),
            ),
            named(
                format!("last({ia})<first({ib})"),
                every(na, nb),
                Claim::Before(Marker::Last(a), Marker::First(b)),
            ),
            named(
                format!("last({ib})<first({ia})"),
                every(nb, na),
                Claim::Before(Marker::Last(b), Marker::First(a)),
            ),
            named(
                format!("first({ia})<last({ib})"),
                format!("Some {area} of {na} {before} some {area} of {nb}"),
                Claim::Before(Marker::First(a), Marker::Last(b)),
            ),
            named(
                format!("mean({ia})<mean({ib})"),
                format!("The mean {score} of {na} is above the mean of {nb}"),
                Claim::Before(Marker::Mean(a), Marker::Mean(b)),
            ),
            named(format!("most({ia}<{ib})"), most(na, nb), Claim::Most(a, b)),
            named(format!("most({ib}<{ia})"), most(nb, na), Claim::Most(b, a)),
        ]
    }
}
