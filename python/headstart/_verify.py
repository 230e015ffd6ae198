"""Reports that are made again and compared to the last bit."""

from __future__ import annotations

from . import _files
from ._headstart import verify as _verify
from ._progress import watching

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike


class Verified:
    """The verdict on a report: true if it was reproduced bit for bit.

    ``n_values`` is the number of values in it; ``differences`` lists a place, the value in the file, and the value when it was
    made again; ``text`` is what the command line prints.
    """

    __slots__ = ("differences", "is_same", "n_values", "text")

    def __init__(
        self, is_same: bool, text: str, n_values: int, differences: list[tuple[str, str | None, str | None]]
    ) -> None:
        self.is_same, self.text, self.n_values, self.differences = is_same, text, n_values, differences

    def __bool__(self) -> bool:
        return self.is_same

    def __repr__(self) -> str:
        return self.text.rstrip("\n")


def verify(
    path: str | PathLike[str],
    *,
    threads: int | None = None,
    progress: bool | Callable[[int, int, str], object] = False,
) -> Verified:
    """Make a report again, in JSON or HTML, and compare it to the last bit.

    >>> import headstart as hs, tempfile, os
    >>> report = os.path.join(tempfile.mkdtemp(), "report.json")
    >>> hs.Scenario.open("scenarios/wheat.ron").run(10_000).save(report)
    >>> bool(hs.verify(report))
    True
    """
    import os

    name = os.fspath(path)
    with watching(progress) as told:
        return Verified(*_verify(_files.read(name), name, threads, told))
