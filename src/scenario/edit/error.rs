//! Reasons why an edit of a scenario cannot be made.

use crate::distribution::{Dist, ParameterError};
use crate::error::Problem;
use crate::scenario::{Address, AddressError, TextError, WithoutFactorError};

/// An edit that cannot be made, with the reason.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("the edit `{edit}` cannot be made: {reason}")]
#[non_exhaustive]
pub struct EditError {
    /// Text of the edit, at most 200 letters of it.
    pub edit: String,
    /// Reason why it cannot be made.
    pub reason: EditReason,
}

/// The reason why an edit cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EditReason {
    /// The text has the form of no edit.
    #[error("expected `<address> = <value>`, `+= <number>`, `*= <number>` or `drop <factor>`")]
    Form,
    /// The operator is written the wrong way round.
    #[error("`={operator}` is not an operator; write `{address} {operator}= {value}`")]
    OperatorReversed {
        /// The sign that follows the equals sign.
        operator: char,
        /// Address before it.
        address: String,
        /// Value behind it.
        value: String,
    },
    /// The edit subtracts.
    #[error("`-=` is not supported; write `{address} += -{value}`")]
    Subtracts {
        /// Address before the operator.
        address: String,
        /// Value behind it.
        value: String,
    },
    /// The edit divides.
    #[error("`/=` is not supported; multiply by the inverse with `*=`")]
    Divides,
    /// Something else stands where a number is expected.
    #[error("expected a number, found `{0}`")]
    NoNumber(String),
    /// A number is infinite, or not a number.
    #[error("`{0}` is not finite")]
    NotFinite(String),
    /// A value of several parts stands where one distribution is expected.
    #[error("expected a number or a distribution")]
    NoDistribution,
    /// A long value is set for many numbers.
    #[error("{letters} letters for each of {targets} numbers are too much")]
    TooLong {
        /// Number of bytes of the value.
        letters: usize,
        /// Number of numbers that the address names.
        targets: usize,
    },
    /// The address names nothing.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The value cannot be read.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A distribution is not defined for the parameters that the edit leads to.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// The distribution of the weights needs the factor that is dropped.
    #[error(transparent)]
    WithoutFactor(#[from] WithoutFactorError),
    /// A world has no such outcome.
    #[error("unknown outcome `{0}`")]
    NoOutcome(String),
    /// A value does not depend on a world.
    #[error("{address} has no branch `{branch}`")]
    NoBranch {
        /// Address of the value.
        address: String,
        /// Name of the branch.
        branch: String,
    },
    /// A world depends on no other one, and an outcome of another one is named.
    #[error("this world depends on no other")]
    NoOtherWorld,
    /// A value refers to a shared input.
    #[error("{address} refers to a shared input; edit input.<id> instead, or assign a value with `=`")]
    MadeOfInput {
        /// Address of the value.
        address: String,
    },
    /// An uncertain number is multiplied by 0 or by less.
    #[error("{address} can be multiplied only by a number above 0")]
    NotPositive {
        /// Address of the number.
        address: String,
    },
    /// A distribution of a family that is not closed under shifts or scalings is to be moved.
    #[error("{address} is {dist:.4}, which cannot be shifted; assign a new distribution with `=`")]
    Immovable {
        /// Address of the number.
        address: String,
        /// Distribution of the number.
        dist: Box<Dist>,
    },
    /// The scenario has no clock to drop.
    #[error("the scenario has no clock")]
    NoClock,
    /// Areas that are edited share an uncertain value with others.
    #[error(
        "{address} is one uncertain value that other areas share; edit `{address}` as a whole, or give those areas a value of their own with `=`"
    )]
    SharedByAreas {
        /// Address of the value.
        address: String,
    },
    /// A distribution is added to something else than a score.
    #[error("a distribution can be added to scores only")]
    AddsDistribution,
    /// A mean share of Dirichlet weights is to be something else than a number.
    #[error("{address} is a mean share of the Dirichlet distribution of the weights: write one number")]
    MeanShare {
        /// Address of the weight.
        address: Address,
    },
    /// One joint distribution draws all weights.
    #[error("the weights share one distribution ({law:.40}), so a single weight cannot be edited")]
    DrawnWeights {
        /// The distribution of the weights, as a file has it.
        law: String,
    },
    /// A probability would lie outside 0 to 1.
    #[error("a probability must be between 0 and 1; found {0}")]
    Probability(f64),
    /// The probability of the only outcome of a world would not be 1.
    #[error("{address} is the only outcome")]
    OnlyOutcome {
        /// Address of the probability.
        address: String,
    },
    /// An outcome beside several others is to have an uncertain probability.
    #[error("{address} can be uncertain by an edit only where there are two outcomes")]
    SeveralOutcomes {
        /// Address of the probability.
        address: String,
    },
    /// The standard deviation of the residual would be negative.
    #[error("the standard deviation of the residual would be {0}")]
    NegativeResidual(f64),
    /// A spread is multiplied by 0 or by less.
    #[error("a spread is widened by a number above 0")]
    NarrowedSpread,
    /// A spread that the scenario does not have is multiplied.
    #[error("this scenario has no spread to widen")]
    NoSpread,
    /// Something is added to a spread.
    #[error("a spread can be multiplied or set, not added to")]
    AddsToSpread,
    /// An area is to be in something else than one of the groups.
    #[error("expected a group; {help}")]
    NoGroup {
        /// The groups that there are, or the one that was probably meant.
        help: String,
    },
    /// A group is moved as if it were a number.
    #[error("a group has a name and no size")]
    GroupWithoutSize,
    /// An edit that does not come in sizes is to be made larger or smaller.
    #[error("`{0}` does not come in sizes; only `+=` and `*=` do")]
    WithoutSize(String),
    /// A distribution that is added cannot be made larger or smaller.
    #[error("`{0}` cannot be scaled")]
    CannotScale(String),
    /// The scenario after the edit would be none that can be read.
    #[error("{}", messages.join("; "))]
    Invalid {
        /// Messages of the first problems, at most three.
        messages: Vec<String>,
    },
}

impl EditReason {
    /// Names the first few of several problems.
    pub(super) fn invalid(problems: &[Problem]) -> Self {
        Self::Invalid { messages: problems.iter().take(3).map(|problem| problem.message.clone()).collect() }
    }
}
