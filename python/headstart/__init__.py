"""With what probability does each thing come before each other thing, when every number of a weighted-factor table is uncertain?

>>> import headstart as hs
>>> scenario = hs.Scenario.open("scenarios/wheat.ron")
>>> answer = scenario.run(100_000, seed=1)
>>> answer.p("alta before brava")
Estimate(0.4272, mcse=0.0012)

Every number comes from the library that the command ``headstart`` uses: equal scenario, seed and version give equal bits.
Probabilities are fractions between 0 and 1; ``mcse`` is the Monte Carlo standard error of the value beside it.
"""

from ._answers import (
    Answer,
    CentralWeights,
    Comparison,
    Estimate,
    Explanation,
    Rankings,
    Run,
    Sensitivity,
    Sweep,
    World,
)
from ._distributions import (
    Beta,
    BetaMean,
    ByWorld,
    Discrete,
    Distribution,
    Entry,
    Exact,
    Exponential,
    Gamma,
    Interval,
    LogitNormal,
    LogNormal,
    Mixture,
    Normal,
    Pert,
    Quantiles,
    Raters,
    Ref,
    Relative,
    Samples,
    StudentT,
    Triangular,
    Truncated,
    Uniform,
    linspace,
    spread,
)
from ._draws import Draws
from ._errors import HeadstartError, HeadstartWarning, PartialResult, Problem, RequestError, ScenarioError
from ._headstart import __version__
from ._scenario import Named, Scenario
from ._tables import Matrix, Table
from ._verify import Verified, verify

__all__ = [
    "Answer",
    "Beta",
    "BetaMean",
    "ByWorld",
    "CentralWeights",
    "Comparison",
    "Discrete",
    "Distribution",
    "Draws",
    "Entry",
    "Estimate",
    "Exact",
    "Explanation",
    "Exponential",
    "Gamma",
    "HeadstartError",
    "HeadstartWarning",
    "Interval",
    "LogNormal",
    "LogitNormal",
    "Matrix",
    "Mixture",
    "Named",
    "Normal",
    "PartialResult",
    "Pert",
    "Problem",
    "Quantiles",
    "Rankings",
    "Raters",
    "Ref",
    "Relative",
    "RequestError",
    "Run",
    "Samples",
    "Scenario",
    "ScenarioError",
    "Sensitivity",
    "StudentT",
    "Sweep",
    "Table",
    "Triangular",
    "Truncated",
    "Uniform",
    "Verified",
    "World",
    "__version__",
    "linspace",
    "spread",
    "verify",
]
