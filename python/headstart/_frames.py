"""A table of scores as the dictionary form of a scenario."""

from __future__ import annotations

from ._distributions import Entry, form
from ._errors import Problem, ScenarioError
from ._headstart import ids

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def from_frame(
    cls: Any, table: Any, *, groups: Mapping[str, Any], weights: Any, fields: dict[str, Any]
) -> Any:
    """Make a scenario; a problem of a cell names its area and its factor."""
    areas, factors, cells = _cells(table)
    area_ids, factor_ids = ids(areas, "area"), ids(factors, "factor")
    of = _groups(groups, areas)
    names = list(dict.fromkeys(of.values()))
    group_ids = dict(zip(names, ids(names, "group")))
    whole: dict[str, Any] = {key: value for key, value in fields.items() if value is not None}
    if "scale" in whole:
        low, high = whole["scale"]
        whole["scale"] = {"min": low, "max": high}
    whole["groups"] = [{"id": group_ids[name], "name": name} for name in names]
    whole["areas"] = [
        {"id": id, "name": name, "group": group_ids[of[name]]} for id, name in zip(area_ids, areas)
    ]
    whole["factors"] = [
        {"id": id, "name": name, "scores": [_cell(cells[i][k], areas[i], name) for i in range(len(areas))]}
        for k, (id, name) in enumerate(zip(factor_ids, factors))
    ]
    _weigh(whole, weights, factors)
    try:
        return cls.from_dict(whole, name="the table")
    except ScenarioError as error:
        for problem in error.problems:
            problem.cell = _place(problem, areas, factors)
        named = [f"\n  {p.path} is `{p.cell[1]}` of `{p.cell[0]}`" for p in error.problems if p.cell]
        raise ScenarioError(str(error) + "".join(named), error.problems) from None


def _cells(table: Any) -> tuple[list[str], list[str], list[list[Any]]]:
    """Return the names of the rows, of the columns, and the cells."""
    kind = type(table).__module__.split(".")[0]
    if kind == "polars":
        names, *factors = table.columns
        return (
            [str(name) for name in table[names].to_list()],
            [str(factor) for factor in factors],
            [list(row) for row in zip(*(table[factor].to_list() for factor in factors))],
        )
    if not hasattr(table, "iloc"):
        raise TypeError(f"expected a DataFrame of pandas or polars, found {type(table).__qualname__}")
    areas = [str(name) for name in table.index]
    factors = [str(factor) for factor in table.columns]
    rows = [[table.iloc[i, k] for k in range(len(factors))] for i in range(len(areas))]
    return areas, factors, rows


def _cell(cell: Any, area: str, factor: str) -> Any:
    try:
        if cell is None or isinstance(cell, str):
            raise TypeError(f"expected a number or a distribution, found {cell!r}")
        return form(cell)
    except (TypeError, ValueError) as error:
        raise type(error)(f"the score of {area!r} on {factor!r}: {error}") from None


def _groups(groups: Mapping[str, Any], areas: list[str]) -> dict[str, str]:
    """Return the group of each area, in the order in which the groups are given."""
    of: dict[str, str] = {}
    for key, value in groups.items():
        if isinstance(value, str):
            of[str(key)] = value
        else:
            for area in value:
                if str(area) in of:
                    raise ValueError(f"groups: the area {area!r} is in two groups; leave it in one")
                of[str(area)] = str(key)
    unknown = [area for area in of if area not in areas]
    missing = [area for area in areas if area not in of]
    if unknown:
        raise ValueError(f"groups: no row of the table is called {unknown[0]!r}; the rows are {', '.join(areas)}")
    if missing:
        raise ValueError(f"groups: the area {missing[0]!r} has no group; add it to one")
    return of


def _weigh(whole: dict[str, Any], weights: Any, factors: list[str]) -> None:
    if hasattr(weights, "to_dict"):
        weights = weights.to_dict()
    if not isinstance(weights, dict) or (len(weights) == 1 and next(iter(weights)) not in factors):
        if weights is not None:
            whole["weights"] = weights
            return
        raise ValueError('weights: none are given; add weights={"factor": 1, ...} or weights="Simplex"')
    unknown = [name for name in weights if name not in factors]
    missing = [name for name in factors if name not in weights]
    if unknown:
        raise ValueError(
            f"weights: no column of the table is called {unknown[0]!r}; the columns are {', '.join(factors)}"
        )
    if missing:
        raise ValueError(f"weights: the factor {missing[0]!r} has no weight; add one")
    for factor, name in zip(whole["factors"], factors):
        weight = weights[name]
        factor["weight"] = weight if isinstance(weight, Entry) else form(weight)


def _place(problem: Problem, areas: list[str], factors: list[str]) -> tuple[str, str] | None:
    """Return the area and the factor of a path such as `factors[2].scores[4].Normal.sd`."""
    head, _, rest = problem.path.partition("].scores[")
    if not rest or not head.startswith("factors["):
        return None
    k, i = int(head[len("factors[") :]), int(rest.partition("]")[0])
    return (areas[i], factors[k]) if i < len(areas) and k < len(factors) else None
