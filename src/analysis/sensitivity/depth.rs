//! The depth of a sensitivity analysis: what it works out, and from how many draws.

use crate::sampler::Run;

/// From so many draws at most are errors: the error of an error is then a hundredth of it, and less for most.
pub const MAX_DRAWS: u64 = 1 << 15;
/// From so many at most where many claims are asked about.
pub const MOST_SCREENED: u64 = 1 << 12;

/// The amount that is worked out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Detail {
    /// Everything. The shares of groups of inputs cost another run for each claim, and what it is worth in units of overall score
    /// to know an input as much as all the rest.
    Full,
    /// Without those.
    Curves,
    /// Without those, and from fewer draws: for many claims at a time. The probabilities of the claims are from all.
    Screen,
}

impl Detail {
    /// From how many of those draws the errors are.
    pub(super) fn moments(self, draws: u64) -> u64 {
        draws.min(if self == Self::Screen { MOST_SCREENED } else { MAX_DRAWS })
    }

    /// Returns in how many draws of a run it is worked out where claims switch, which are the first ones. A claim about more than
    /// one gap switches wherever two areas change places, so it is asked in fewer of many draws.
    pub(super) fn draws(self, run: Run, one_gap: bool) -> u64 {
        /// One in so many draws is screened, and no more than are worth the memory that counts of several blocks take.
        const SCREENED: u64 = 8;
        const MOST: u64 = 125_000;
        /// So many draws of an order take less than a second.
        const QUICK: u64 = 100_000;
        let eighth = run.draws.div_ceil(SCREENED);
        match self {
            Self::Screen => eighth.min(MOST),
            Self::Full | Self::Curves if one_gap => run.draws,
            Self::Full | Self::Curves => eighth.max(QUICK).min(run.draws),
        }
    }
}
