"""Draws as a table, for whatever reads Arrow."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import numpy as np
    import pandas as pd
    import polars as pl

    from . import _headstart


class Draws:
    """A table of draws: one row per draw, one column of 64-bit floats per input and per overall score.

    Columns are the addresses of the inputs, then ``overall.`` with the id of an area, and with the outcomes of its world in
    brackets. Whatever reads the Arrow PyCapsule interface takes it as it is, without a copy: ``polars.DataFrame(draws)``,
    ``pyarrow.table(draws)``, ``duckdb.sql("from draws")``.

    >>> import headstart as hs
    >>> draws = hs.Scenario.open("scenarios/wheat.ron").draws(1_000, seed=1)
    >>> len(draws), draws.columns[0]
    (1000, 'score.warmth.alta[dry]')
    >>> draws["overall.alta[summer=dry]"].shape
    (1000,)
    """

    __slots__ = ("_inner",)

    def __init__(self, inner: _headstart.Draws) -> None:
        self._inner = inner

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return self._inner.names

    def __len__(self) -> int:
        return len(self._inner)

    def __getitem__(self, column: str) -> np.ndarray:
        import numpy

        try:
            index = self._inner.names.index(column)
        except ValueError:
            raise KeyError(column) from None
        return numpy.frombuffer(self._inner.column(index), dtype=numpy.float64)

    def to_numpy(self) -> np.ndarray:
        """Return all columns as an array ``[n_draws x n_columns]``, column-major."""
        import numpy

        return numpy.stack([self[column] for column in self.columns]).T

    def to_pandas(self) -> pd.DataFrame:
        """Return the table as a pandas DataFrame."""
        from ._tables import needs

        return needs("pandas", "pandas").DataFrame({column: self[column] for column in self.columns})

    def to_polars(self) -> pl.DataFrame:
        """Return the table as a polars DataFrame, without a copy."""
        from ._tables import needs

        return needs("polars", "polars").DataFrame(self)

    def __arrow_c_schema__(self) -> Any:
        return self._inner.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._inner.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<Draws, {len(self):,} rows x {len(self.columns)} columns>"
