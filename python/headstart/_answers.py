"""Answers: every number as the library reports it, labelled."""

from __future__ import annotations

from ._errors import RequestError
from ._tables import Matrix, Picture, Table, html_table, needs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike
    from typing import Any

    from . import _headstart
    from ._scenario import Scenario


class Estimate:
    """A probability with its error: fractions between 0 and 1.

    ``mcse`` is the Monte Carlo standard error; ``low`` and ``high`` are the ends of the 95% interval for sampling error.
    """

    __slots__ = ("high", "low", "mcse", "probability")

    def __init__(self, probability: float, mcse: float, low: float, high: float) -> None:
        self.probability, self.mcse, self.low, self.high = probability, mcse, low, high

    def __float__(self) -> float:
        return self.probability

    def __repr__(self) -> str:
        return f"Estimate({self.probability:.4g}, mcse={self.mcse:.3g})"


class Answer:
    """An answer of the library, with the report that the command line would write.

    ``to_dict()`` has everything; the properties of each kind of answer are parts of it as tables.
    """

    __slots__ = ("_inner", "_report", "_scenario")

    def __init__(self, inner: Any, scenario: Callable[[Any], Scenario]) -> None:
        self._inner: _headstart.Answer = inner
        # Makes a scenario of that of the extension, since scenarios import answers.
        self._scenario = scenario
        self._report: dict[str, Any] | None = None

    @property
    def kind(self) -> str:
        """Command that gives this answer, such as "run"."""
        return self._inner.kind

    @property
    def scenario(self) -> Scenario:
        """Scenario as it was drawn, after edits and with added claims."""
        return self._scenario(self._inner.scenario)

    @property
    def partial(self) -> tuple[int, int, str] | None:
        """What was finished of an answer that Ctrl-C stopped: how many, of how many, and the unit; ``None`` of a whole one."""
        return self._inner.partial

    @property
    def warnings(self) -> list[str]:
        """What edits, values and levers could not do in full."""
        return self._inner.warnings

    @property
    def seed(self) -> int:
        """Seed of the random numbers."""
        return self._held["manifest"]["seed"]

    @property
    def draws(self) -> int:
        """Number of draws."""
        return self._held["manifest"]["draws"]

    @property
    def _held(self) -> dict[str, Any]:
        if self._report is None:
            import json

            self._report = json.loads(self.to_json())
        return self._report

    def to_dict(self) -> dict[str, Any]:
        """Return the report as a dictionary, as ``headstart schema`` describes it."""
        import json

        return json.loads(self.to_json())

    def to_json(self) -> str:
        """Return the report as JSON: the same bytes as ``--format json``."""
        return self._inner.document("json")

    def to_csv(self) -> str:
        """Return the report as CSV: the same bytes as ``--format csv``."""
        return self._inner.document("csv")

    def text(
        self, sections: str = "answer", *, width: int = 80, all_pairs: bool = False, top: int = 12
    ) -> str:
        """Return the report for people, with sections such as ``"claims,ranks"`` or ``"all"``."""
        return self._inner.text(sections, width, all_pairs, top)

    @property
    def pictures(self) -> list[str]:
        """Names of the pictures of this answer."""
        return self._inner.pictures

    def plot(self, picture: str | None = None) -> Picture:
        """Return a picture as SVG; without a name, the first of :attr:`pictures`."""
        if picture is None:
            if not self.pictures:
                raise ValueError("there is no picture of this answer; use to_pandas() or text()")
            picture = self.pictures[0]
        return Picture(self._inner.svg(picture))

    def save(self, path: str | PathLike[str]) -> None:
        """Write the report to a file, whole or not at all; the end of the name selects the format.

        The ends are .json, .csv, .md, .txt, .html, and a picture such as matrix.svg; .png in a build with the feature "png". ``headstart verify`` accepts .json and .html.
        """
        import os

        from ._files import write

        write(path, self._laid_out(os.fspath(path)))

    def _laid_out(self, path: str) -> str | bytes:
        import os

        name = os.path.basename(path)
        for picture in self.pictures:
            if name.endswith(f"{picture}.svg"):
                return self._inner.svg(picture)
            if name.endswith(f"{picture}.png"):
                return Picture(self._inner.svg(picture)).to_png()
        formats = {".json": "json", ".csv": "csv", ".md": "markdown"}
        end = os.path.splitext(name)[1]
        if end in formats:
            return self._inner.document(formats[end])
        if end == ".txt":
            return self.text()
        has_page = self.kind in ("run", "sweep", "levers", "diff", "rankings", "sensitivity")
        if end == ".html" and has_page:
            return self._inner.page()
        known = [".json", ".txt", ".csv"] + [".html"] * has_page + [".md"] * (self.kind == "run")
        known += [f"{picture}.svg" for picture in self.pictures]
        raise ValueError(f"cannot save {path}: expected a file that ends in {', '.join(known)}")

    def __repr__(self) -> str:
        return self.text().rstrip("\n")

    def __reduce__(self) -> Any:
        inner = self._inner
        if isinstance(inner, Stored):
            return type(self), (inner, self._scenario)
        documents: dict[str, str] = {}
        for name in ("json", "csv", "markdown"):
            try:
                documents[name] = inner.document(name)
            except ValueError:
                continue
        documents["text"] = inner.text("answer", 80, False, 12)
        svgs = {picture: inner.svg(picture) for picture in inner.pictures}
        stored = Stored(inner.kind, inner.scenario, documents, svgs, inner.partial, inner.warnings)
        return type(self), (stored, self._scenario)


class Stored:
    """An answer that was pickled: its documents, and not what they were made of."""

    def __init__(
        self, kind: str, scenario: Any, documents: Any, svgs: Any, partial: Any, warnings: list[str]
    ) -> None:
        self.kind, self.scenario, self.partial, self.warnings = kind, scenario, partial, warnings
        self._documents, self._svgs = documents, svgs

    @property
    def pictures(self) -> list[str]:
        return list(self._svgs)

    def document(self, format: str) -> str:
        if format not in self._documents:
            raise ValueError("this answer cannot be written in that format")
        return self._documents[format]

    def text(self, sections: str, width: int, all_pairs: bool, top: int) -> str:
        if (sections, width, all_pairs, top) != ("answer", 80, False, 12):
            raise RequestError("a pickled answer keeps its first screen alone; ask for sections before")
        return self._documents["text"]

    def svg(self, picture: str) -> str:
        return self._svgs[picture]

    def page(self, live: bool = False) -> str:
        raise RequestError("a pickled answer keeps no page; save the page before, or run its scenario again")

    def estimate(self, claim: str, world: int | None = None) -> tuple[float, float, float, float]:
        import json

        report = json.loads(self._documents["json"])
        part = report if world is None else report["worlds"][world]
        for found in part["claims"]:
            if found["id"] == claim:
                return found["probability"], found["mcse"], found["low"], found["high"]
        areas = [area["id"] for area in report["areas"]]
        one, _, other = claim.partition(" before ")
        if one in areas and other in areas and one != other:
            i, j = areas.index(one), areas.index(other)
            before = part["before"]
            return tuple(before[name][i][j] for name in ("probability", "mcse", "low", "high"))  # type: ignore[return-value]
        raise RequestError(f"the pickled answer has no claim with the id `{claim}`; ask before it is pickled")


def _order(part: dict[str, Any], areas: list[str]) -> Matrix:
    return Matrix("before", areas, areas, part["before"])


def _ranks(part: dict[str, Any], areas: list[str]) -> Matrix:
    return Matrix("rank", areas, list(range(1, len(areas) + 1)), part["ranks"])


def _table(rows: list[dict[str, Any]], columns: list[str]) -> Table:
    return Table({column: [row[column] for row in rows] for column in columns})


_CLAIM = ["id", "text", "probability", "mcse", "low", "high", "tie"]


class World:
    """The answer in one joint world; ``weight`` is its probability."""

    __slots__ = ("_areas", "_index", "_inner", "_part")

    def __init__(self, inner: Any, part: dict[str, Any], areas: list[str], index: int) -> None:
        self._inner, self._part, self._areas, self._index = inner, part, areas, index

    @property
    def outcomes(self) -> dict[str, str]:
        """Outcome of each world variable."""
        return dict(self._part["outcomes"])

    @property
    def weight(self) -> float:
        """Probability of the world."""
        return self._part["probability"]

    @property
    def before(self) -> Matrix:
        """P(row before column) in this world, ``[n_areas x n_areas]``."""
        return _order(self._part, self._areas)

    @property
    def ranks(self) -> Matrix:
        """Rank probabilities in this world, ``[n_areas x n_areas]``, rank 1 first."""
        return _ranks(self._part, self._areas)

    @property
    def claims(self) -> Table:
        """Claims with their probabilities in this world."""
        return _table(self._part["claims"], _CLAIM)

    def p(self, claim: str) -> Estimate:
        """Return the probability of a claim in this world."""
        return Estimate(*self._inner.estimate(claim, self._index))

    def __repr__(self) -> str:
        return f"<World {', '.join(f'{k}={v}' for k, v in self.outcomes.items())}, probability {self.weight:.4g}>"


class Run(Answer):
    """The answer of a run: probabilities of orders, ranks and claims, and the overall scores."""

    __slots__ = ()

    @property
    def areas(self) -> list[str]:
        """Ids of the areas, in the order of all rows and columns."""
        return [area["id"] for area in self._held["areas"]]

    @property
    def before(self) -> Matrix:
        """P(row before column), ``[n_areas x n_areas]``; ties are in the part "tie"."""
        return _order(self._held, self.areas)

    @property
    def ranks(self) -> Matrix:
        """Rank probabilities, ``[n_areas x n_areas]``, rank 1 first."""
        return _ranks(self._held, self.areas)

    @property
    def claims(self) -> Table:
        """Claims with their probabilities, standard errors, 95% intervals and the probability of a tie."""
        return _table(self._held["claims"], _CLAIM)

    @property
    def asserts(self) -> Table:
        """Assertions of the scenario with their verdicts."""
        return _table(self._held["asserts"], ["text", "verdict", "probability", "low", "high"])

    @property
    def scores(self) -> Table:
        """Overall scores: central value, mean, standard deviation, standard error of the mean, and quantiles."""
        rows = []
        for area in self._held["areas"]:
            overall = area["overall"]
            row = {key: area[key] for key in ("id", "name", "group", "central")}
            row.update({key: overall[key] for key in ("mean", "sd", "mcse")})
            row.update({f"q{round(100 * p):02d}": value for p, value in overall["quantiles"]})
            rows.append(row)
        return _table(rows, list(rows[0]))

    @property
    def worlds(self) -> dict[str, World]:
        """Answers by joint world, under the outcomes joined by commas; empty without world variables."""
        parts = self._held.get("worlds") or []
        worlds = [World(self._inner, part, self.areas, index) for index, part in enumerate(parts)]
        return {",".join(world.outcomes.values()): world for world in worlds}

    def p(self, claim: str) -> Estimate:
        """Return the probability of a claim: its id, ``"gala before comice"`` with ids or names, or the syntax of a file.

        >>> import headstart as hs
        >>> answer = hs.Scenario.open("scenarios/wheat.ron").run(100_000)
        >>> float(answer.p("Alta before Brava")) == answer.before["alta", "brava"]
        True
        """
        return Estimate(*self._inner.estimate(claim))

    def save_page(self, path: str | PathLike[str]) -> None:
        """Write a page in which readers change any number and see the answer change, as ``headstart page`` writes it.

        The end of the name is .html. :meth:`save` writes the report, which is smaller and does not change.
        """
        import os

        from ._files import write

        if not os.fspath(path).endswith(".html"):
            raise ValueError(f"cannot write {os.fspath(path)}: expected a file that ends in .html")
        write(path, self._inner.page(live=True))

    def compare(self, other: Run) -> Comparison:
        """Compare with the answer of another scenario of the same seed and draws; errors are those of paired draws."""
        if (self.seed, self.draws) != (other.seed, other.draws):
            raise ValueError("compare two answers with the same seed and number of draws; run one of them again")
        return self.scenario.diff(other.scenario, draws=self.draws, seed=self.seed)

    def to_xarray(self) -> Any:
        """Return orders, ranks and overall scores as an xarray Dataset; dimensions are area, other, rank and world."""
        areas = self.areas
        data: dict[str, Any] = {
            "before": (("area", "other"), self.before.values),
            "before_mcse": (("area", "other"), self.before.mcse),
            "tie": (("area", "other"), self.before.part("tie")),
            "rank_probability": (("area", "rank"), self.ranks.values),
            "rank_mcse": (("area", "rank"), self.ranks.mcse),
        }
        scores = self.scores
        data.update({f"overall_{name}": ("area", scores[name]) for name in ("mean", "sd", "mcse")})
        coords: dict[str, Any] = {"area": areas, "other": areas, "rank": list(range(1, len(areas) + 1))}
        if self.worlds:
            coords["world"] = list(self.worlds)
            data["before_by_world"] = (
                ("world", "area", "other"),
                [world.before.values for world in self.worlds.values()],
            )
            data["world_probability"] = ("world", [world.weight for world in self.worlds.values()])
        attrs = {key: self._held["manifest"][key] for key in ("title", "scenario_hash", "seed", "draws")}
        return needs("xarray", "xarray").Dataset(data, coords=coords, attrs=attrs)

    def _repr_html_(self) -> str:
        import html

        names = {area["id"]: area["name"] for area in self._held["areas"]}
        matrix = self._held["before"]["probability"]

        def cell(value: float | None) -> tuple[str, float]:
            return ("", 0.0) if value is None else (f"{100 * value:.1f}%", value)

        rows = [(names[id], [cell(value) for value in row]) for id, row in zip(self.areas, matrix)]
        partial = "" if self.partial is None else f", stopped after {self.partial[0]:,} of {self.partial[1]:,}"
        head = f"{self._held['manifest']['title']}: P(row before column), {self.draws:,} draws, seed {self.seed}{partial}"
        return (
            f'<div style="color:inherit;background:transparent;overflow-x:auto"><div>{html.escape(head)}</div>'
            f'{html_table(["", *names.values()], rows)}</div>'
        )


_CHANGE = ["id", "text", "from", "to", "change", "mcse", "low", "high", "inert"]


def _changes(compared: list[dict[str, Any]], name: str) -> Table:
    rows = [
        {name: one["name"], **{key: claim[key] for key in _CHANGE}} for one in compared for claim in one["claims"]
    ]
    return _table(rows, [name, *_CHANGE])


class Comparison(Answer):
    """Effects of changes on the claims, on the same draws: the levers of a scenario, or another scenario.

    ``from`` and ``to`` are probabilities, ``change`` their difference; ``mcse`` is the standard error of the change, from paired
    draws, with the ends ``low`` and ``high`` of its 95% interval.
    """

    __slots__ = ()

    @property
    def changes(self) -> Table:
        """Effect of each change on each claim."""
        return _changes(self._held["compared"], "scenario")

    @property
    def steps(self) -> Table:
        """Effect of each step on the way to another scenario; empty for levers."""
        steps = (self._held.get("path") or {}).get("steps", [])
        return _changes(steps, "step")

    def to_pandas(self) -> Any:
        """Return the changes as a pandas DataFrame."""
        return self.changes.to_pandas()

    def to_polars(self) -> Any:
        """Return the changes as a polars DataFrame."""
        return self.changes.to_polars()

    def _repr_html_(self) -> str:
        return self.changes._repr_html_()


class Sweep(Answer):
    """Claims as a number takes one value after the other, on the same draws."""

    __slots__ = ()

    @property
    def points(self) -> Table:
        """One row per point and claim: the values that are varied, and the probability there with its change from the baseline."""
        varied = self._held["varied"]
        rows = [
            {**dict(zip(varied, point["values"])), **{key: claim[key] for key in _CHANGE}}
            for point in self._held["compared"]
            for claim in point["claims"]
        ]
        return _table(rows, [*varied, *_CHANGE])

    @property
    def break_even(self) -> Table:
        """Values at which a claim is as likely as not, with their 95% intervals."""
        rows = [
            {"claim": one["claim"], **crossing}
            for one in self._held.get("break_even") or []
            for crossing in one["crossings"]
        ]
        return _table(rows, list(rows[0]) if rows else ["claim", "at", "low", "high"])

    def to_pandas(self) -> Any:
        """Return the points as a pandas DataFrame."""
        return self.points.to_pandas()

    def to_polars(self) -> Any:
        """Return the points as a polars DataFrame."""
        return self.points.to_polars()

    def _repr_svg_(self) -> str | None:
        return self.plot().svg if self.pictures else None


class Sensitivity(Answer):
    """Inputs that drive a claim or pairs of areas.

    ``first_order`` and ``total`` are Sobol indices, fractions of the variance; ``flip_rate`` is the fraction of draws in which
    drawing the input again flips the order; each has its standard error in the column with ``_mcse``.
    """

    __slots__ = ()

    @property
    def inputs(self) -> Table:
        """One row per claim and input."""
        kinds = {"s1": "first_order", "st": "total", "flips": "flip_rate", "swing": "swing", "gradient": "gradient"}
        rows = []
        for claim in self._held["sensitivity"]:
            for one in claim["inputs"]:
                row = {"claim": claim["id"], "address": one["address"]}
                for key, name in kinds.items():
                    found = one.get(key) or {}
                    row[name], row[f"{name}_mcse"] = found.get("value"), found.get("mcse")
                rows.append(row)
        columns = ["claim", "address"] + [name + end for name in kinds.values() for end in ("", "_mcse")]
        return _table(rows, columns)

    def to_pandas(self) -> Any:
        """Return the inputs as a pandas DataFrame."""
        return self.inputs.to_pandas()

    def to_polars(self) -> Any:
        """Return the inputs as a polars DataFrame."""
        return self.inputs.to_polars()


class CentralWeights(Answer):
    """Weights that favour each area, and how likely the area is first with them."""

    __slots__ = ()

    @property
    def weights(self) -> Table:
        """One row per area and factor: the mean share of the weight where the area is first."""
        rows = [
            {"area": one["area"], **weight}
            for one in self._held["central_weights"]
            for weight in one.get("weights") or []
        ]
        return _table(rows, ["area", "factor", "share", "mcse"])

    def to_pandas(self) -> Any:
        """Return the weights as a pandas DataFrame."""
        return self.weights.to_pandas()

    def to_polars(self) -> Any:
        """Return the weights as a polars DataFrame."""
        return self.weights.to_polars()


class Rankings(Answer):
    """Most likely full rankings, and expected ranks."""

    __slots__ = ()

    @property
    def rankings(self) -> Table:
        """Rankings, the likeliest first; ``order`` lists the ids of the areas."""
        return _table(self._held["rankings"], ["order", "probability", "mcse", "low", "high"])

    @property
    def ranks(self) -> Table:
        """Expected rank of each area, with its 5% and 95% quantile."""
        return _table(self._held["ranks"], ["area", "expected", "mcse", "low", "high", "q05", "q95"])

    def to_pandas(self) -> Any:
        """Return the ranks as a pandas DataFrame."""
        return self.ranks.to_pandas()

    def to_polars(self) -> Any:
        """Return the ranks as a polars DataFrame."""
        return self.ranks.to_polars()


class Explanation(Answer):
    """Why one area comes before another: the contribution of each factor, and the smallest changes that flip the order."""

    __slots__ = ()

    @property
    def factors(self) -> Table:
        """Contribution of each factor to the gap of the overall scores."""
        return _table(self._held["factors"], ["id", "central", "mean", "mcse", "sd", "favours"])

    def to_pandas(self) -> Any:
        """Return the contributions as a pandas DataFrame."""
        return self.factors.to_pandas()

    def to_polars(self) -> Any:
        """Return the contributions as a polars DataFrame."""
        return self.factors.to_polars()
