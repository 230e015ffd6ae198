"""Labelled results: tables with named columns, and matrices with named rows and columns."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    import numpy as np
    import pandas as pd
    import polars as pl


def needs(module: str, extra: str) -> Any:
    """Import a package that is needed for one thing alone, or say how to install it."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ImportError(f"{module} is needed for this; install it with: pip install 'headstart[{extra}]'") from error


def _escape(text: object) -> str:
    import html

    return html.escape(str(text))


# Colours are those of the notebook around it, light or dark.
_STYLE = (
    "border-collapse:collapse;color:inherit;background:transparent;"
    "font-variant-numeric:tabular-nums;font-size:0.9em"
)
_CELL = "padding:2px 8px;border-bottom:1px solid rgba(128,128,128,0.35);text-align:right;color:inherit;background:transparent"
_HEAD = _CELL.replace("right", "left") + ";font-weight:600"


def html_table(head: Sequence[object], rows: Sequence[tuple[object, Sequence[tuple[str, float]]]]) -> str:
    """Return a table as HTML; each cell is a text and a shade from 0 to 1."""
    heads = "".join(f'<th style="{_HEAD}">{_escape(text)}</th>' for text in head)
    lines = []
    for label, cells in rows:
        shaded = "".join(
            f'<td style="{_CELL}'
            + (f";background:rgba(70,130,220,{0.55 * shade:.2f})" if shade > 0.01 else "")
            + f'">{_escape(text)}</td>'
            for text, shade in cells
        )
        lines.append(f'<tr style="background:transparent"><th style="{_HEAD}">{_escape(label)}</th>{shaded}</tr>')
    return f'<table style="{_STYLE}"><thead><tr>{heads}</tr></thead><tbody>{"".join(lines)}</tbody></table>'


class Table:
    """A table with named columns, one row per finding.

    >>> table = Table({"claim": ["a before b"], "probability": [0.25]})
    >>> table["probability"]
    array([0.25])
    >>> len(table), table.columns
    (1, ['claim', 'probability'])
    """

    __slots__ = ("_columns",)

    def __init__(self, columns: dict[str, list[Any]]) -> None:
        self._columns = columns

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self._columns)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), []))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in zip(*self._columns.values()):
            yield dict(zip(self._columns, row))

    def __getitem__(self, column: str) -> np.ndarray:
        import numpy

        values = self._columns[column]
        if all(value is None or isinstance(value, float) for value in values):
            return numpy.array([float("nan") if value is None else value for value in values])
        return numpy.array(values)

    def to_dict(self) -> dict[str, list[Any]]:
        """Return the columns as lists."""
        return {name: list(values) for name, values in self._columns.items()}

    def to_pandas(self) -> pd.DataFrame:
        """Return the table as a pandas DataFrame."""
        return needs("pandas", "pandas").DataFrame(self.to_dict())

    def to_polars(self) -> pl.DataFrame:
        """Return the table as a polars DataFrame."""
        return needs("polars", "polars").DataFrame(self.to_dict(), strict=False)

    def _texts(self) -> list[list[str]]:
        return [[_short(value) for value in row] for row in zip(*self._columns.values())]

    def __repr__(self) -> str:
        rows = [self.columns, *self._texts()]
        widths = [max(len(row[place]) for row in rows) for place in range(len(self._columns))]
        lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in rows]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [(row[0], [(text, 0.0) for text in row[1:]]) for row in self._texts()]
        return html_table(self.columns, rows)


def _short(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


class Matrix:
    """Numbers by row and column, with their standard errors.

    ``values`` has shape ``[n_rows x n_columns]``, a fraction between 0 and 1 each; NaN where there is none, as on the diagonal.
    ``mcse`` has the Monte Carlo standard errors in the same shape, and ``low`` and ``high`` the ends of the 95% intervals where
    they are known.
    """

    __slots__ = ("_parts", "columns", "name", "rows")

    def __init__(
        self, name: str, rows: list[str], columns: list[Any], parts: dict[str, list[list[float | None]]]
    ) -> None:
        self.name, self.rows, self.columns, self._parts = name, rows, columns, parts

    def part(self, name: str) -> np.ndarray:
        """Return a part, such as "probability", "mcse", "low", "high" or "tie", as an array ``[n_rows x n_columns]``."""
        import numpy

        filled = [[float("nan") if value is None else value for value in row] for row in self._parts[name]]
        return numpy.array(filled, dtype=float)

    @property
    def values(self) -> np.ndarray:
        """Probabilities, ``[n_rows x n_columns]``."""
        return self.part("probability")

    @property
    def mcse(self) -> np.ndarray:
        """Monte Carlo standard errors, ``[n_rows x n_columns]``."""
        return self.part("mcse")

    @property
    def low(self) -> np.ndarray:
        """Lower ends of the 95% intervals, ``[n_rows x n_columns]``."""
        return self.part("low")

    @property
    def high(self) -> np.ndarray:
        """Upper ends of the 95% intervals, ``[n_rows x n_columns]``."""
        return self.part("high")

    def to_numpy(self) -> np.ndarray:
        """Return the probabilities as an array ``[n_rows x n_columns]``."""
        return self.values

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return self.values if dtype is None else self.values.astype(dtype)

    def __getitem__(self, place: tuple[Any, Any]) -> float:
        row, column = place
        found = self._parts["probability"][self.rows.index(row)][self.columns.index(column)]
        return float("nan") if found is None else found

    def to_pandas(self) -> pd.DataFrame:
        """Return the probabilities as a pandas DataFrame, rows and columns by id."""
        return needs("pandas", "pandas").DataFrame(self.values, index=self.rows, columns=self.columns)

    def to_polars(self) -> pl.DataFrame:
        """Return the probabilities as a polars DataFrame, with the ids of the rows in the column "area"."""
        columns = {"area": self.rows}
        columns.update({str(name): values for name, values in zip(self.columns, self.values.T)})
        return needs("polars", "polars").DataFrame(columns)

    def to_xarray(self) -> Any:
        """Return the parts as an xarray Dataset with the dimensions "area" and "other" or "rank"."""
        across = "rank" if self.name == "rank" else "other"
        parts = {name: (("area", across), self.part(name)) for name in self._parts}
        return needs("xarray", "xarray").Dataset(parts, coords={"area": self.rows, across: self.columns})

    def __repr__(self) -> str:
        cells = [["-" if v is None else f"{100 * v:.2f}%" for v in row] for row in self._parts["probability"]]
        width = max(len(row) for row in self.rows)
        heads = [str(column) for column in self.columns]
        widths = [max(len(head), 7) for head in heads]
        lines = [" " * width + "  " + "  ".join(head.rjust(w) for head, w in zip(heads, widths))]
        for label, row in zip(self.rows, cells):
            lines.append(label.ljust(width) + "  " + "  ".join(text.rjust(w) for text, w in zip(row, widths)))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        def cell(value: float | None) -> tuple[str, float]:
            return ("", 0.0) if value is None else (f"{100 * value:.1f}%", value)

        rows = [(label, [cell(v) for v in row]) for label, row in zip(self.rows, self._parts["probability"])]
        return html_table(["", *self.columns], rows)


class Picture:
    """A picture as SVG, shown in notebooks."""

    __slots__ = ("svg",)

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def to_png(self) -> bytes:
        """Return the picture rendered as PNG, in a build with the feature "png"."""
        from ._headstart import png

        return png(self.svg)

    def save(self, path: Any) -> None:
        """Write the picture to a file, whole or not at all: as PNG if its name ends in .png, and as SVG otherwise."""
        import os

        from ._files import write

        write(path, self.to_png() if os.fspath(path).endswith(".png") else self.svg)

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<Picture, {len(self.svg):,} bytes of SVG>"
