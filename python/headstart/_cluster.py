"""Runs and sweeps on the workers of a Dask cluster, in parts that are merged here."""

from __future__ import annotations

from . import _headstart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Asked = tuple[list[str], tuple[int, int, int | None, str]]

# Parts for each thread of the cluster, so that a slow worker does not keep the others waiting.
_PARTS_A_THREAD = 4


def _one_thread(asked: Asked) -> Asked:
    """Leave the other threads of a worker to its other tasks."""
    claims, (draws, seed, _, arithmetic) = asked
    return claims, (draws, seed, 1, arithmetic)


def _run_part(index: int, of: int, scenario: Any, show: str, asked: Asked) -> str:
    return _headstart.run_part(_headstart.Asked(scenario, show, *asked), (index, of))


def _sweep_part(index: int, of: int, scenario: Any, show: str, asked: Asked) -> list[tuple[int, str]]:
    return _headstart.sweep_part(_headstart.Asked(scenario, show, *asked), (index, of))


def _gathered(client: Any, work: Any, scenario: Any, show: str, asked: Asked, parts: int | None) -> list[Any]:
    n = parts or _PARTS_A_THREAD * max(1, sum(client.ncores().values()))
    # Results are read once, so that nothing is gained by keeping them under the name of their arguments.
    futures = client.map(
        work, range(1, n + 1), of=n, scenario=scenario, show=show, asked=_one_thread(asked), pure=False
    )
    return client.gather(futures)


def run_on(client: Any, scenario: Any, show: Any, asked: Asked, parts: int | None) -> _headstart.Answer:
    """Draw a run in parts on the workers of a client, and merge them."""
    import json

    texts = _gathered(client, _run_part, scenario, json.dumps(show), asked, parts)
    named = [(f"part {index}", text) for index, text in enumerate(texts, 1)]
    return _headstart.merge(named, scenario.name)


def sweep_on(client: Any, scenario: Any, show: Any, asked: Asked, parts: int | None) -> _headstart.Answer:
    """Make the points of a sweep in batches on the workers of a client, and put them together."""
    import json

    question = json.dumps(show)
    batches = _gathered(client, _sweep_part, scenario, question, asked, parts)
    points = [point for batch in batches for point in batch]
    return _headstart.sweep_of(_headstart.Asked(scenario, question, *asked), points)
