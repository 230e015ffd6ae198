"""Draws as columns: those of the command line, from any draw, for whatever reads Arrow."""

import headstart as hs
import numpy as np
import polars as pl
import pytest
from conftest import printed


@pytest.fixture(scope="module")
def draws():
    return hs.Scenario.open("scenarios/takeoff.ron").draws(70_000, seed=4)


def test_draws_are_those_of_the_parquet_file(draws, tmp_path):
    file = tmp_path / "draws.parquet"
    printed("run", "scenarios/takeoff.ron", "-n70000", "--seed=4", "-q", f"--samples={file}")
    written = pl.read_parquet(file).drop("draw")
    assert pl.DataFrame(draws).equals(written) and len(draws.columns) == 97


def test_draws_from_any_draw_on_are_the_same(draws):
    scenario = hs.Scenario.open("scenarios/takeoff.ron")
    whole = draws.to_numpy()
    for first, n in [(0, 1), (1, 1023), (1000, 100), (32_767, 2), (40_000, 30_000), (69_999, 1)]:
        part = scenario.draws(n, seed=4, first=first, threads=2).to_numpy()
        assert np.array_equal(part, whole[first : first + n]), (first, n)


def test_columns_are_arrays_by_name(draws):
    overall = draws["overall.ai_control[scheming=scheming]"]
    assert overall.dtype == np.float64 and overall.shape == (70_000,)
    # The mean of a triangular number, and the probability of the run.
    weight = draws["weight.task_length"]
    assert abs(weight.mean() - 1) < 5 * 0.2041 / np.sqrt(70_000)
    with pytest.raises(KeyError):
        draws["overall.nobody"]
    assert draws.to_pandas().shape == (70_000, 97)


def test_the_stream_can_be_read_twice_and_after_its_draws(draws):
    one, two = pl.DataFrame(draws), pl.DataFrame(draws)
    assert one.equals(two)
    frame = pl.DataFrame(hs.Scenario.open("scenarios/wheat.ron").draws(10))
    assert frame.shape == (10, 16)
    arrow = pytest.importorskip("pyarrow")
    assert arrow.table(draws).num_rows == 70_000
    assert arrow.schema(draws).names == draws.columns


@pytest.mark.parametrize("options", [{"n": 0}, {"n": 1e11}, {"n": 10, "first": 2**63}])
def test_too_many_draws_at_once_are_refused(options):
    with pytest.raises((ValueError, OverflowError)):
        hs.Scenario.open("scenarios/takeoff.ron").draws(**options)
