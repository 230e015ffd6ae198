"""Scenarios: where they come from, how they are changed, and what can be asked of them."""

from __future__ import annotations

from . import _answers as answers
from . import _headstart
from ._distributions import form
from ._draws import Draws
from ._errors import HeadstartWarning, PartialResult
from ._progress import watching

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from os import PathLike
    from typing import Any

    Progress = bool | Callable[[int, int, str], object]


class Named:
    """Something with an id and a name; an area has a group too."""

    __slots__ = ("group", "id", "name")

    def __init__(self, id: str, name: str, group: str | None = None) -> None:
        self.id, self.name, self.group = id, name, group

    def __repr__(self) -> str:
        return f"<{self.id}: {self.name}>"


class Scenario:
    """A checked scenario: areas in groups, scored on weighted factors, every number certain or a distribution.

    Make one with :meth:`open`, :meth:`from_text`, :meth:`from_dict` or :meth:`from_frame`. It never changes; :meth:`edit` returns
    another one.
    """

    __slots__ = ("_inner",)

    def __init__(self, inner: _headstart.Scenario) -> None:
        self._inner = inner

    @classmethod
    def open(cls, path: str | PathLike[str], *, allow_read: Iterable[str | PathLike[str]] = ()) -> Scenario:
        """Open a scenario file (RON or JSON), or a report that holds one.

        A scenario may name files in or below its own folder; ``allow_read`` lists more folders. A report may name none.

        >>> Scenario.open("scenarios/takeoff-no-feedback.ron").title[-27:]
        'Without the feedback factor'
        """
        return cls(_headstart.Scenario.open(path, list(allow_read)))

    @classmethod
    def from_text(
        cls, text: str, *, name: str = "the text", folder: str | PathLike[str] | None = None
    ) -> Scenario:
        """Read a scenario from RON or JSON. It may name files in or below ``folder``; without one it may name none."""
        return cls(_headstart.Scenario.from_text(text, name, folder))

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any], *, name: str = "the scenario") -> Scenario:
        """Make a scenario of a dictionary in the JSON form, in which distributions of this package may stand.

        >>> scenario = Scenario.from_dict({
        ...     "title": "Which ripens first?",
        ...     "groups": [{"id": "apples"}, {"id": "pears"}],
        ...     "areas": [{"id": "gala", "group": "apples"}, {"id": "comice", "group": "pears"}],
        ...     "factors": [{"id": "warmth", "weight": 1, "scores": [{"Normal": {"mean": 6, "sd": 1}}, 5]}],
        ... })
        >>> [area.id for area in scenario.areas]
        ['gala', 'comice']
        """
        import json

        text = json.dumps(form(dict(fields)), ensure_ascii=False, indent=1)
        return cls(_headstart.Scenario.from_text(text, name, None, False))

    @classmethod
    def from_frame(
        cls,
        table: Any,
        *,
        groups: Mapping[str, Any],
        weights: Any = None,
        title: str = "Which comes first?",
        spread: Mapping[str, Any] | None = None,
        scale: tuple[float, float] | None = None,
        **fields: Any,
    ) -> Scenario:
        """Make a scenario of a table of scores: one row per area, one column per factor.

        ``table`` is a pandas DataFrame with the areas as its index, or a polars DataFrame with them in its first column. A cell is a
        number, a distribution of this package, or a frozen distribution of scipy. ``groups`` maps each group to its areas, or each
        area to its group. ``weights`` maps factors to numbers or distributions; ``"Simplex"`` or a dictionary such as
        ``{"Ranked": [...]}`` is one distribution for all. Other fields of a scenario, such as ``worlds`` or ``claims``, can be given
        by name. Ids are made of the names.

        >>> import pandas as pd
        >>> import headstart as hs
        >>> table = pd.DataFrame({"Warmth": [7, 5], "Soil": [4, 6]}, index=["Gala", "Comice"]).astype(object)
        >>> table.loc["Gala", "Soil"] = hs.Uniform(min=3, max=5)
        >>> scenario = hs.Scenario.from_frame(
        ...     table, groups={"Apples": ["Gala"], "Pears": ["Comice"]}, weights={"Warmth": 2, "Soil": 1},
        ...     spread=hs.spread(score=hs.Triangular(half_width=1)), scale=(1, 10))
        >>> scenario.areas
        [<gala: Gala>, <comice: Comice>]
        """
        from ._frames import from_frame

        return from_frame(
            cls,
            table,
            groups=groups,
            weights=weights,
            fields={"title": title, "spread": spread, "scale": scale, **fields},
        )

    @property
    def name(self) -> str:
        """Name in messages: the path of the file it was read from."""
        return self._inner.name

    @property
    def title(self) -> str:
        """Question that the scenario asks."""
        return self._inner.title

    @property
    def about(self) -> str:
        """Note of its author."""
        return self._inner.about

    @property
    def hash(self) -> str:
        """SHA-256 of its canonical text."""
        return self._inner.hash

    @property
    def areas(self) -> list[Named]:
        """Areas, each with its group."""
        return [Named(*area) for area in self._inner.areas]

    @property
    def groups(self) -> list[Named]:
        """Groups."""
        return [Named(*group) for group in self._inner.groups]

    @property
    def factors(self) -> list[Named]:
        """Factors."""
        return [Named(*factor) for factor in self._inner.factors]

    @property
    def lever_ids(self) -> list[Named]:
        """Levers; :meth:`levers` compares their effects."""
        return [Named(*lever) for lever in self._inner.levers]

    def to_ron(self) -> str:
        """Return the scenario as RON, every field in its fixed order."""
        return self._inner.to_ron()

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario as a dictionary in the JSON form."""
        import json

        return json.loads(self._inner.to_json())

    def save(self, path: str | PathLike[str]) -> None:
        """Write the scenario to a file, in JSON if its name ends in .json and in RON otherwise."""
        import os

        from ._files import write

        write(path, self._inner.to_json() if os.fspath(path).endswith(".json") else self.to_ron())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self._inner.hash == other._inner.hash

    def __hash__(self) -> int:
        return hash(self._inner.hash)

    def __repr__(self) -> str:
        counts = f"{len(self._inner.areas)} areas, {len(self._inner.factors)} factors"
        return f"<Scenario {self.title!r}, {counts}>"

    def edit(self, *edits: str) -> Scenario:
        """Return the scenario after edits, such as ``"weight.insight *= 2"``, ``"score.warmth.gala = 5"`` or ``"drop insight"``.

        >>> wheat = Scenario.open("scenarios/wheat.ron")
        >>> wheat.edit("weight.soil *= 2") == wheat
        False
        """
        edited, warnings = self._inner.edit(list(edits))
        _warn(warnings)
        return Scenario(edited)

    def run(
        self,
        draws: float = 1_000_000,
        *,
        seed: int = 1,
        claims: Iterable[str] = (),
        method: str = "sample",
        points: int | None = None,
        precision: float | None = None,
        max_draws: float = 1e9,
        cross_check: bool = False,
        simultaneous: bool = False,
        threads: int | None = None,
        arithmetic: str = "auto",
        progress: Progress = False,
        on: Any = None,
        parts: int | None = None,
    ) -> answers.Run:
        """Find the probability of each order, rank and claim.

        ``claims`` adds claims such as ``"gala before comice"``. ``method`` is "sample", "exact" or "auto"; ``points`` is the number of
        quasi-random points per scramble of exact integration. ``precision`` draws until no 95% interval is wider than plus or minus
        that fraction, and no more than ``max_draws``. ``threads`` changes no bit of the answer. Ctrl-C returns what is known so far,
        with a warning; then ``partial`` says how many draws that are.

        ``on`` is a client of Dask, whose workers each draw some of ``parts`` parts; the answer has the bits of one made here.

        >>> answer = Scenario.open("scenarios/wheat.ron").run(method="exact")
        >>> round(answer.p("alta before brava").probability, 4)
        0.4281
        """
        how: dict[str, Any] = {"method": method, "cross-check": cross_check, "simultaneous": simultaneous}
        if points is not None:
            how["points"] = points
        if precision is not None:
            how["precision"] = {"half-width": precision, "max-draws": _count(max_draws)}
        sampling = (_count(draws), seed, threads, arithmetic)
        if on is not None:
            from ._cluster import run_on

            asked = (list(_claims(claims)), sampling)
            return answers.Run(run_on(on, self._inner, {"run": how}, asked, parts), Scenario)
        return answers.Run(self._ask({"run": how}, claims, sampling, progress), Scenario)

    def sweep(
        self,
        vary: str | Sequence[str] | Mapping[str, Iterable[float]],
        values: Iterable[float] | None = None,
        *,
        points: int = 11,
        pairs: bool = False,
        draws: float = 1_000_000,
        seed: int = 1,
        claims: Iterable[str] = (),
        threads: int | None = None,
        arithmetic: str = "auto",
        progress: Progress = False,
        on: Any = None,
        parts: int | None = None,
    ) -> answers.Sweep:
        """Vary one or two numbers and follow the claims, on the same draws.

        ``vary`` is an address, with ``values`` to take; a range such as ``"weight.insight = 0..=5"``, with its number of ``points``;
        or a dictionary of one or two addresses with their values. ``on`` is a client of Dask, whose workers each make some of the
        points.

        >>> wheat = Scenario.open("scenarios/wheat.ron")
        >>> sweep = wheat.sweep("weight.soil", [1, 4, 8], draws=10_000, claims=["alta before brava"])
        >>> sweep.points["weight.soil ="]
        array([1., 4., 8.])
        """
        show = {"sweep": {"vary": _varied(vary, values), "points": points, "pairs": pairs}}
        sampling = (_count(draws), seed, threads, arithmetic)
        if on is not None:
            from ._cluster import sweep_on

            asked = (list(_claims(claims)), sampling)
            return answers.Sweep(sweep_on(on, self._inner, show, asked, parts), Scenario)
        return answers.Sweep(self._ask(show, claims, sampling, progress), Scenario)

    def levers(
        self,
        *,
        draws: float = 1_000_000,
        seed: int = 1,
        claims: Iterable[str] = (),
        threads: int | None = None,
        arithmetic: str = "auto",
        progress: Progress = False,
    ) -> answers.Comparison:
        """Compare the interventions of the scenario: the effect of each on the claims, on the same draws."""
        sampling = (_count(draws), seed, threads, arithmetic)
        return answers.Comparison(self._ask("levers", claims, sampling, progress), Scenario)

    def diff(
        self,
        other: Scenario,
        *,
        draws: float = 1_000_000,
        seed: int = 1,
        claims: Iterable[str] = (),
        threads: int | None = None,
        arithmetic: str = "auto",
        progress: Progress = False,
    ) -> answers.Comparison:
        """Compare the scenario with another one, step by step, on the same draws."""
        sampling = (_count(draws), seed, threads, arithmetic)
        return answers.Comparison(self._ask("diff", claims, sampling, progress, other), Scenario)

    def sensitivity(
        self,
        about: str | tuple[str, str] | None = None,
        *,
        all_pairs: bool = False,
        draws: float = 1_000_000,
        seed: int = 1,
        threads: int | None = None,
        arithmetic: str = "auto",
        progress: Progress = False,
    ) -> answers.Sensitivity:
        """Find the inputs that drive a pair ``(a, b)`` or a claim, or every pair of areas."""
        if all_pairs == (about is not None):
            raise TypeError("choose what to analyse: a pair, a claim, or all_pairs=True")
        claim = about if isinstance(about, str) or about is None else " before ".join(about)
        show = {"sensitivity": "all-pairs" if claim is None else {"claim": claim}}
        sampling = (_count(draws), seed, threads, arithmetic)
        return answers.Sensitivity(self._ask(show, (), sampling, progress), Scenario)

    def central_weights(
        self,
        *,
        draws: float = 1_000_000,
        seed: int = 1,
        threads: int | None = None,
        arithmetic: str = "auto",
        progress: Progress = False,
    ) -> answers.CentralWeights:
        """Find the weights that favour each area, and how likely each area is first with them."""
        sampling = (_count(draws), seed, threads, arithmetic)
        return answers.CentralWeights(self._ask("central-weights", (), sampling, progress), Scenario)

    def rankings(
        self,
        *,
        top: int = 5,
        threshold: float = 0.95,
        draws: float = 1_000_000,
        seed: int = 1,
        threads: int | None = None,
        arithmetic: str = "auto",
        progress: Progress = False,
    ) -> answers.Rankings:
        """Find the most likely full rankings, expected ranks, and areas without a clear order."""
        show = {"rankings": {"top": top, "threshold": threshold}}
        sampling = (_count(draws), seed, threads, arithmetic)
        return answers.Rankings(self._ask(show, (), sampling, progress), Scenario)

    def explain(
        self,
        a: str,
        b: str,
        *,
        draws: float = 1_000_000,
        seed: int = 1,
        threads: int | None = None,
        arithmetic: str = "auto",
        progress: Progress = False,
    ) -> answers.Explanation:
        """Explain why one area comes before another, and find the smallest change that flips them."""
        sampling = (_count(draws), seed, threads, arithmetic)
        return answers.Explanation(self._ask({"explain": {"a": a, "b": b}}, (), sampling, progress), Scenario)

    def check(self) -> list[dict[str, Any]]:
        """Return the warnings about the scenario: likely mistakes, each with "code", "message", "place" and "remedy"."""
        return self._document("check")["warnings"]

    def show(self) -> dict[str, Any]:
        """Return the scenario at its central numbers: the distribution of each input, and the addresses that edits take."""
        return self._document("scenario")

    def draws(
        self,
        n: float,
        *,
        seed: int = 1,
        first: int = 0,
        threads: int | None = None,
        progress: Progress = False,
    ) -> Draws:
        """Draw ``n`` draws, from the draw ``first`` on, with every input and overall score; those of a run in double precision.

        >>> Scenario.open("scenarios/wheat.ron").draws(100)
        <Draws, 100 rows x 16 columns>
        """
        with watching(progress) as told:
            return Draws(self._inner.draws(_count(n), seed, first, threads, told))

    def _document(self, show: str) -> dict[str, Any]:
        import json

        asked = _headstart.Asked(self._inner, json.dumps(show), [], (1, 1, None, "auto"))
        return json.loads(_headstart.ask(asked).document("json"))

    def _ask(
        self,
        show: Any,
        claims: Iterable[str],
        sampling: tuple[int, int, int | None, str],
        progress: Progress,
        other: Scenario | None = None,
    ) -> _headstart.Answer:
        import json

        beside = None if other is None else other._inner
        asked = _headstart.Asked(self._inner, json.dumps(show), list(_claims(claims)), sampling, beside)
        with watching(progress) as told:
            answer = _headstart.ask(asked, told)
        _warn(answer.warnings)
        if answer.partial is not None:
            import warnings

            done, of, unit = answer.partial
            warnings.warn(f"stopped after {done:,} of {of:,} {unit}", PartialResult, stacklevel=3)
        return answer


def _warn(texts: Iterable[str]) -> None:
    for text in texts:
        import warnings

        warnings.warn(text, HeadstartWarning, stacklevel=3)


def _claims(claims: Iterable[str]) -> Iterable[str]:
    return [claims] if isinstance(claims, str) else claims


def _count(number: float) -> int:
    """Take 1e6 for a million, and nothing for a fraction."""
    if isinstance(number, bool) or number != int(number) or number < 0:
        raise ValueError(f"draws: expected a whole number from 1 to 1e12, such as 1_000_000; found {number!r}")
    return int(number)


def _varied(
    vary: str | Sequence[str] | Mapping[str, Iterable[float]], values: Iterable[float] | None
) -> list[str]:
    if isinstance(vary, str):
        if values is None:
            return [vary]
        vary = {vary: values}
    elif values is not None:
        raise TypeError("values belong to one address; give a dictionary of addresses and values for two")
    if hasattr(vary, "items"):
        return [f"{address} = [{', '.join(repr(float(v)) for v in listed)}]" for address, listed in vary.items()]
    return list(vary)
