"""Frozen distributions of scipy, by family. One that has no counterpart is refused by name, never replaced."""

from __future__ import annotations

import math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Form = dict[str, Any]

_FAMILIES = "bernoulli, beta, expon, gamma, lognorm, norm, t, triang, truncnorm, uniform"


def scipy_form(frozen: Any) -> Form:
    """Return a frozen distribution of scipy as JSON has it.

    >>> import scipy.stats
    >>> scipy_form(scipy.stats.norm(8, 0.7))
    {'Normal': {'mean': 8.0, 'sd': 0.7}}
    """
    family = getattr(frozen, "dist", None)
    if family is None:
        return _of_new_kind(frozen)
    name = family.name
    make = _MAKERS.get(name)
    if make is None:
        raise TypeError(f"scipy.stats.{name} has no counterpart in headstart; choose one of {_FAMILIES}")
    names = [part.strip() for part in (family.shapes or "").split(",") if part.strip()] + ["loc", "scale"]
    given: dict[str, float] = {"loc": 0.0, "scale": 1.0}
    given.update(zip(names, frozen.args))
    given.update(frozen.kwds)
    for key, value in given.items():
        if isinstance(value, (list, tuple)) or getattr(value, "ndim", False):
            raise TypeError(f"scipy.stats.{name}: `{key}` is an array; a score or a weight takes one number")
    return make({key: float(value) for key, value in given.items()})


def _named(name: str, **parameters: Any) -> Form:
    return {name: parameters}


def _of_new_kind(frozen: Any) -> Form:
    name = type(frozen).__name__
    if name == "Normal" or name == "StandardNormal":
        return _named("Normal", mean=float(frozen.mean()), sd=float(frozen.standard_deviation()))
    if name == "Uniform":
        return _named("Uniform", min=float(frozen.icdf(0)), max=float(frozen.icdf(1)))
    raise TypeError(f"scipy.stats.{name} has no counterpart in headstart; choose one of Normal, Uniform, {_FAMILIES}")


def _unshifted(name: str, given: dict[str, float]) -> None:
    if given["loc"] != 0:
        raise TypeError(
            f"scipy.stats.{name} with loc={given['loc']:g} has no counterpart in headstart; use loc=0, or hs.Samples"
        )


def _gamma(given: dict[str, float]) -> Form:
    _unshifted("gamma", given)
    return _named("Gamma", shape=given["a"], scale=given["scale"])


def _expon(given: dict[str, float]) -> Form:
    _unshifted("expon", given)
    return _named("Exponential", rate=1 / given["scale"])


def _lognorm(given: dict[str, float]) -> Form:
    _unshifted("lognorm", given)
    return _named("LogNormal", mu=math.log(given["scale"]), sigma=given["s"])


def _truncnorm(given: dict[str, float]) -> Form:
    mean, sd = given["loc"], given["scale"]
    ends = [mean + given[end] * sd for end in ("a", "b")]
    bounds = {key: end for key, end in zip(("min", "max"), ends) if math.isfinite(end)}
    normal = _named("Normal", mean=mean, sd=sd)
    return _named("Truncated", of=normal, **bounds) if bounds else normal


_MAKERS = {
    "norm": lambda g: _named("Normal", mean=g["loc"], sd=g["scale"]),
    "uniform": lambda g: _named("Uniform", min=g["loc"], max=g["loc"] + g["scale"]),
    "triang": lambda g: _named(
        "Triangular",
        min=g["loc"], mode=g["loc"] + g["c"] * g["scale"], max=g["loc"] + g["scale"]
    ),
    "beta": lambda g: _named("Beta", alpha=g["a"], beta=g["b"], min=g["loc"], max=g["loc"] + g["scale"]),
    "t": lambda g: _named("StudentT", location=g["loc"], scale=g["scale"], df=g["df"]),
    "bernoulli": lambda g: {"Discrete": [[g["loc"], 1 - g["p"]], [g["loc"] + 1, g["p"]]]},
    "gamma": _gamma,
    "expon": _expon,
    "lognorm": _lognorm,
    "truncnorm": _truncnorm,
}
