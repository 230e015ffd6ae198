"""Errors and warnings of the package."""

from __future__ import annotations


class HeadstartError(ValueError):
    """Base class of the errors of this package."""


class RequestError(HeadstartError):
    """A request that the library refuses, such as an edit that cannot be made or a claim that cannot be read."""


class Problem:
    """One thing that is wrong with a scenario.

    ``code`` is its kind, such as ``"E009"``; ``message`` says what is wrong; ``path`` names the part of the scenario, such as
    ``"factors[2].scores[4]"``; ``line`` and ``column`` count from 1, and are ``None`` where nobody wrote a text; ``help`` says
    what to write instead; ``label`` is what stands at the place; ``cell`` is the area and the factor of a table.
    """

    __slots__ = ("cell", "code", "column", "help", "label", "line", "message", "path")

    def __init__(
        self,
        code: str,
        message: str,
        path: str,
        line: int | None,
        column: int | None,
        help: str | None,
        label: str,
        cell: tuple[str, str] | None = None,
    ) -> None:
        self.code, self.message, self.path = code, message, path
        self.line, self.column, self.help, self.label, self.cell = line, column, help, label, cell

    def __repr__(self) -> str:
        place = f"{self.path}: " if self.path else ""
        return f"<Problem {self.code} {place}{self.message}>"


class ScenarioError(HeadstartError):
    """A scenario that cannot be used, with everything that is wrong with it.

    >>> import headstart as hs
    >>> try:
    ...     hs.Scenario.from_dict({"title": "Which?", "groups": [{"id": "g"}], "areas": [{"id": "a", "group": "g"}],
    ...                            "factors": [{"id": "f", "weight": -1, "scores": [1]}]})
    ... except hs.ScenarioError as error:
    ...     problem = error.problems[0]
    >>> problem.code, problem.path, problem.line
    ('E009', 'factors[0].weight', None)
    """

    def __init__(self, message: str, problems: list[Problem] | None = None) -> None:
        super().__init__(message, problems or [])
        self.problems: list[Problem] = problems or []

    def __str__(self) -> str:
        return str(self.args[0])


class HeadstartWarning(UserWarning):
    """What an edit, a value or a lever could not do in full."""


class PartialResult(HeadstartWarning):
    """A result of fewer draws than were asked for, because Ctrl-C stopped it; its ``partial`` says how many."""
