"""Progress: a bar of tqdm, or a function of your own."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class watching:
    """Give the extension a function to call with what is done, of how much, and in which unit."""

    def __init__(self, progress: bool | Callable[[int, int, str], object]) -> None:
        self._progress = progress
        self._bar: Any = None

    def __enter__(self) -> Callable[[int, int, str], object] | None:
        if callable(self._progress):
            return self._progress
        if not self._progress:
            return None
        from ._tables import needs

        self._bar = needs("tqdm.auto", "progress").tqdm(unit_scale=True, leave=False)
        return self._told

    def _told(self, done: int, total: int, unit: str) -> None:
        if self._bar.total != total or self._bar.unit != unit or done < self._bar.n:
            self._bar.reset(total)
            self._bar.unit = unit
        self._bar.update(done - self._bar.n)

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.close()
