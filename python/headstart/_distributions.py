"""Scores and weights as they are written: distributions by name, and values that depend on worlds, inputs or raters.

All parameters have names, so that nobody takes ``Normal(3, 1)`` for an interval. The library checks them when a scenario is made.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


class Entry:
    """A score or a weight that is more than a number."""

    __slots__ = ("_form",)
    _form: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and self._form == other._form

    def __hash__(self) -> int:
        return hash(repr(self._form))

    def __repr__(self) -> str:
        [(name, held)] = self._form.items()
        if isinstance(held, dict):
            return f"{name}({', '.join(f'{key}={value!r}' for key, value in held.items())})"
        return f"{name}({held!r})"


class Distribution(Entry):
    """An uncertain number with a distribution."""

    __slots__ = ()

    def _set(self, **parameters: Any) -> None:
        given = {key: form(value) for key, value in parameters.items() if value is not None}
        self._form = {type(self).__name__: given}


class Exact(Distribution):
    """A number that is certain, where a plain number would get the spread of the scenario."""

    __slots__ = ()

    def __init__(self, value: float) -> None:
        self._form = {"Exact": form(value)}


class Triangular(Distribution):
    """Triangular: ``min``, ``mode`` and ``max``; as a spread, ``half_width`` or ``relative``."""

    __slots__ = ()

    def __init__(
        self,
        *,
        min: float | None = None,
        mode: float | None = None,
        max: float | None = None,
        half_width: float | None = None,
        relative: float | None = None,
    ) -> None:
        self._set(min=min, mode=mode, max=max, half_width=half_width, relative=relative)


class Uniform(Distribution):
    """Uniform: ``min`` and ``max``; as a spread, ``half_width`` or ``relative``."""

    __slots__ = ()

    def __init__(
        self,
        *,
        min: float | None = None,
        max: float | None = None,
        half_width: float | None = None,
        relative: float | None = None,
    ) -> None:
        self._set(min=min, max=max, half_width=half_width, relative=relative)


class Pert(Distribution):
    """PERT: ``min``, ``mode``, ``max`` and ``shape`` (4); as a spread, ``half_width`` or ``relative``."""

    __slots__ = ()

    def __init__(
        self,
        *,
        min: float | None = None,
        mode: float | None = None,
        max: float | None = None,
        shape: float | None = None,
        half_width: float | None = None,
        relative: float | None = None,
    ) -> None:
        self._set(min=min, mode=mode, max=max, shape=shape, half_width=half_width, relative=relative)


class Normal(Distribution):
    """Normal: ``mean`` and standard deviation ``sd``; as a spread, ``sd`` or ``relative``."""

    __slots__ = ()

    def __init__(
        self, *, mean: float | None = None, sd: float | None = None, relative: float | None = None
    ) -> None:
        self._set(mean=mean, sd=sd, relative=relative)


class LogNormal(Distribution):
    """Log-normal: mean ``mu`` and standard deviation ``sigma`` of the logarithm."""

    __slots__ = ()

    def __init__(self, *, mu: float, sigma: float) -> None:
        self._set(mu=mu, sigma=sigma)


class LogitNormal(Distribution):
    """Logit-normal between ``min`` (0) and ``max`` (1): mean ``mu`` and standard deviation ``sigma`` of the logit."""

    __slots__ = ()

    def __init__(
        self, *, mu: float, sigma: float, min: float | None = None, max: float | None = None
    ) -> None:
        self._set(mu=mu, sigma=sigma, min=min, max=max)


class Beta(Distribution):
    """Beta between ``min`` (0) and ``max`` (1)."""

    __slots__ = ()

    def __init__(
        self, *, alpha: float, beta: float, min: float | None = None, max: float | None = None
    ) -> None:
        self._set(alpha=alpha, beta=beta, min=min, max=max)


class BetaMean(Distribution):
    """Beta by its ``mean`` and its ``concentration``, which is alpha plus beta; as a spread, ``concentration`` alone."""

    __slots__ = ()

    def __init__(
        self,
        *,
        mean: float | None = None,
        concentration: float,
        min: float | None = None,
        max: float | None = None,
    ) -> None:
        self._set(mean=mean, concentration=concentration, min=min, max=max)


class Gamma(Distribution):
    """Gamma: ``shape`` and ``scale``."""

    __slots__ = ()

    def __init__(self, *, shape: float, scale: float) -> None:
        self._set(shape=shape, scale=scale)


class Exponential(Distribution):
    """Exponential: ``rate``, one over the mean."""

    __slots__ = ()

    def __init__(self, *, rate: float) -> None:
        self._set(rate=rate)


class StudentT(Distribution):
    """Student's t: ``location``, ``scale``, and ``df`` above 2.01."""

    __slots__ = ()

    def __init__(self, *, location: float, scale: float, df: float) -> None:
        self._set(location=location, scale=scale, df=df)


class Interval(Distribution):
    """A value between ``low`` and ``high`` with probability ``level``; ``shape`` is "Normal", "LogNormal", "LogitNormal" or "Uniform"."""

    __slots__ = ()

    def __init__(self, *, level: float, low: float, high: float, shape: str) -> None:
        self._set(level=level, low=low, high=high, shape=shape)


class Quantiles(Distribution):
    """A distribution through 2 to 8 points ``(probability, value)``, with bounds ``min`` and ``max`` if they are given."""

    __slots__ = ()

    def __init__(
        self,
        *,
        points: Iterable[tuple[float, float]],
        min: float | None = None,
        max: float | None = None,
    ) -> None:
        self._set(points=[list(point) for point in points], min=min, max=max)


class Discrete(Distribution):
    """One of several values: pairs ``(value, probability)``."""

    __slots__ = ()

    def __init__(self, pairs: Iterable[tuple[float, float]]) -> None:
        self._form = {"Discrete": form([list(pair) for pair in pairs])}


class Samples(Distribution):
    """One of your own draws, each as likely."""

    __slots__ = ()

    def __init__(self, values: Iterable[float]) -> None:
        self._form = {"Samples": form(list(values))}


class Mixture(Distribution):
    """One of several distributions, for this number alone: pairs ``(probability, distribution)``."""

    __slots__ = ()

    def __init__(self, parts: Iterable[tuple[float, Any]]) -> None:
        self._form = {"Mixture": form([list(part) for part in parts])}


class Truncated(Distribution):
    """A distribution within bounds, of which one is enough."""

    __slots__ = ()

    def __init__(self, of: Any, *, min: float | None = None, max: float | None = None) -> None:
        self._set(of=of, min=min, max=max)


class ByWorld(Entry):
    """One value per outcome of a world variable; every outcome is named."""

    __slots__ = ()

    def __init__(self, world: str, values: Mapping[str, Any]) -> None:
        self._form = {"ByWorld": [world, form(dict(values))]}


class Ref(Entry):
    """The value of a shared input."""

    __slots__ = ()

    def __init__(self, input: str) -> None:
        self._form = {"Ref": input}


class Relative(Entry):
    """A shared input plus a number of its own; for scores."""

    __slots__ = ()

    def __init__(self, *, to: str, by: Any) -> None:
        self._form = {"Relative": {"to": to, "by": form(by)}}


class Raters(Entry):
    """What one of several raters says: pairs ``(weight of the rater, value)``; for scores."""

    __slots__ = ()

    def __init__(self, raters: Iterable[tuple[float, Any]]) -> None:
        self._form = {"Raters": form([list(rater) for rater in raters])}


def spread(*, score: Distribution | None = None, weight: Distribution | None = None) -> dict[str, Any]:
    """Return the field ``spread`` of a scenario: what plain scores and plain weights become.

    >>> spread(score=Triangular(half_width=1))
    {'score': {'Triangular': {'half_width': 1}}}
    """
    return {key: form(value) for key, value in {"score": score, "weight": weight}.items() if value is not None}


def linspace(first: float, last: float, n: int) -> list[float]:
    """Return ``n`` numbers from ``first`` to ``last``, evenly spaced.

    >>> linspace(0, 5, 6)
    [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    """
    if n < 2:
        raise ValueError("expected at least 2 numbers; choose a larger n")
    return [first + (last - first) * step / (n - 1) for step in range(n)]


def form(value: Any) -> Any:
    """Return a value as JSON has it: distributions, numbers of numpy and frozen distributions of scipy among it."""
    if isinstance(value, Entry):
        return value._form
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return _finite(float(value))
    if isinstance(value, dict):
        return {str(key): form(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [form(item) for item in value]
    module = type(value).__module__
    if module.startswith("scipy.stats"):
        from ._scipy import scipy_form

        return form(scipy_form(value))
    if module.startswith("numpy"):
        return form(value.tolist())
    raise TypeError(
        f"expected a number or a distribution of headstart, found {type(value).__qualname__}; write it as one"
    )


def _finite(number: float) -> float:
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(f"expected a finite number, found {number}; fill in the missing number")
    return number
