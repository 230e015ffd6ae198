//! The places of what is worked out at a point, in one list of numbers.

/// The places of what the engine works out in each world, in one list of numbers.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    pub n_areas: usize,
    pub n_pairs: usize,
    n_claims: usize,
}

impl Layout {
    pub fn new(n_areas: usize, n_claims: usize) -> Self {
        Self { n_areas, n_pairs: n_areas * (n_areas - 1) / 2, n_claims }
    }

    pub fn pair(self, i: usize, j: usize) -> usize {
        i * (2 * self.n_areas - i - 1) / 2 + j - i - 1
    }

    pub fn pairs(self) -> std::ops::Range<usize> {
        0..self.n_pairs
    }

    pub fn tie(self, pair: usize) -> usize {
        self.n_pairs + pair
    }

    pub fn rank(self, i: usize, rank: usize) -> usize {
        2 * self.n_pairs + i * self.n_areas + rank
    }

    pub fn claim(self, claim: usize) -> usize {
        2 * self.n_pairs + self.n_areas * self.n_areas + claim
    }

    pub fn claim_tie(self, claim: usize) -> usize {
        self.claim(self.n_claims + claim)
    }

    /// Ranks and claims.
    pub fn places(self) -> std::ops::Range<usize> {
        self.rank(0, 0)..self.claim_tie(0)
    }

    pub fn mean(self, area: usize) -> usize {
        self.claim(2 * self.n_claims) + area
    }

    pub fn square(self, area: usize) -> usize {
        self.mean(self.n_areas + area)
    }

    pub fn len(self) -> usize {
        self.mean(2 * self.n_areas)
    }
}
