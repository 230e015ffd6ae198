"""Labels, frames and look-ups against the report that they are of."""

import pickle

import headstart as hs
import numpy as np
import pandas as pd
import polars as pl
import pytest

WHEAT = "scenarios/wheat.ron"
# The header of the scenario has the closed form.
ALTA_BEFORE_BRAVA = 0.3 * 0.76025 + 0.7 * 0.28580


@pytest.fixture(scope="module")
def takeoff():
    return hs.Scenario.open("scenarios/takeoff.ron").run(20_000, seed=2)


def test_a_probability_is_that_of_the_closed_form():
    found = hs.Scenario.open(WHEAT).run(1_000_000).p("alta before brava")
    assert abs(found.probability - ALTA_BEFORE_BRAVA) < 5 * found.mcse
    assert found.low < found.probability < found.high


def test_lookups_agree_with_the_report(takeoff):
    report = takeoff.to_dict()
    areas = [area["id"] for area in report["areas"]]
    i, j = areas.index("ai_control"), areas.index("post_training")
    wanted = report["before"]["probability"][i][j]
    for claim in ("ai_control before post_training", "AI Control before Post-training"):
        assert takeoff.p(claim).probability == wanted
    assert takeoff.before["ai_control", "post_training"] == wanted
    assert takeoff.p("three_capabilities_first").probability == takeoff.claims["probability"][-2]
    scheming = takeoff.worlds["scheming"]
    assert scheming.p("ai_control before post_training").probability == scheming.before["ai_control", "post_training"]
    mixed = sum(w.weight * w.p("ai_control before post_training").probability for w in takeoff.worlds.values())
    assert mixed == pytest.approx(wanted, abs=1e-12)


def test_an_unknown_claim_is_refused_with_a_suggestion(takeoff):
    with pytest.raises(hs.RequestError, match="ai_control"):
        takeoff.p("ai_contrl before post_training")
    with pytest.raises(hs.RequestError, match="run again with this claim"):
        takeoff.p("ai_control is first")


def test_the_matrix_and_its_converse_sum_to_one(takeoff):
    before, tie = takeoff.before.values, takeoff.before.part("tie")
    off = ~np.eye(len(before), dtype=bool)
    assert np.allclose((before + before.T + tie)[off], 1, atol=1e-12)
    assert np.allclose(takeoff.ranks.values.sum(axis=1), 1)
    assert np.isnan(np.diag(before)).all()


def test_frames_have_labels_and_numbers(takeoff):
    frame = takeoff.before.to_pandas()
    assert frame.loc["ai_control", "post_training"] == takeoff.before["ai_control", "post_training"]
    assert takeoff.claims.to_pandas()["probability"].tolist() == takeoff.claims["probability"].tolist()
    polars = takeoff.claims.to_polars()
    assert polars.schema["probability"] == pl.Float64 and polars.height == len(takeoff.claims)
    assert takeoff.before.to_polars().columns[0] == "area"
    assert takeoff.scores.to_pandas().set_index("id").loc["ai_control", "q50"] == pytest.approx(5.9, abs=0.1)
    data = takeoff.to_xarray()
    assert float(data["before"].sel(area="ai_control", other="post_training")) == frame.loc["ai_control", "post_training"]
    assert dict(data.sizes) == {"area": 10, "other": 10, "rank": 10, "world": 2}
    assert np.asarray(takeoff.before).shape == (10, 10)


def test_a_comparison_has_the_differences_of_both_runs(takeoff):
    other = takeoff.scenario.edit("weight.feedback_quality *= 2").run(20_000, seed=2)
    changes = takeoff.compare(other).to_pandas().set_index("id")
    one, two = (run.claims.to_pandas().set_index("id")["probability"] for run in (takeoff, other))
    assert np.allclose(changes["change"], (two - one)[changes.index], atol=1e-12)
    # On the same draws the errors of changes are smaller than those of two runs apart.
    apart = np.hypot(*(run.claims.to_pandas().set_index("id")["mcse"][changes.index] for run in (takeoff, other)))
    assert changes["mcse"].sum() < 0.9 * apart.sum()
    with pytest.raises(ValueError, match="same seed"):
        takeoff.compare(takeoff.scenario.run(1_000))


def test_a_sweep_goes_through_its_values():
    scenario = hs.Scenario.open("scenarios/takeoff.ron")
    sweep = scenario.sweep("weight.feedback_quality", hs.linspace(0, 5, 3), draws=5_000)
    assert sorted(set(sweep.points["weight.feedback_quality ="])) == [0.0, 2.5, 5.0]
    assert sweep.plot()._repr_svg_().startswith("<svg")
    two = scenario.sweep({"weight.insight": [1, 2], "weight.task_length": [1, 3]}, draws=1_000)
    assert {"weight.insight =", "weight.task_length ="} < set(two.points.columns)


def test_scenarios_and_answers_pickle(takeoff, tmp_path):
    scenario = pickle.loads(pickle.dumps(takeoff.scenario))
    assert scenario == takeoff.scenario and scenario.run(1_000).to_json() == takeoff.scenario.run(1_000).to_json()
    again = pickle.loads(pickle.dumps(takeoff))
    assert again.to_json() == takeoff.to_json() and repr(again) == repr(takeoff)
    assert again.p("ai_control before post_training").mcse == takeoff.p("ai_control before post_training").mcse
    assert again.plot("ranks").svg == takeoff.plot("ranks").svg
    assert pickle.loads(pickle.dumps(again)).to_json() == takeoff.to_json()
    with pytest.raises(hs.RequestError):
        again.p("AI Control before Post-training")
    with pytest.raises(hs.RequestError, match="keeps no page"):
        again.save_page(tmp_path / "page.html")
    with pytest.raises(hs.RequestError, match="keeps no page"):
        again.save(tmp_path / "report.html")
    assert list(tmp_path.iterdir()) == []
    for entry in (hs.Normal(mean=1, sd=2), hs.Raters([(1, 2), (2, hs.Exact(3))])):
        assert pickle.loads(pickle.dumps(entry)) == entry


def test_html_reads_in_dark_mode_and_escapes_names():
    table = pd.DataFrame({"<b>f</b>": [1, 2]}, index=["<script>x</script>", "b"])
    scenario = hs.Scenario.from_frame(table, groups={"g": ["<script>x</script>", "b"]}, weights={"<b>f</b>": 1})
    html = scenario.run(1_000)._repr_html_()
    assert "<script" not in html and "&lt;script&gt;" in html
    for colour in ("white", "#fff", "black", "#000", "rgb(255"):
        assert colour not in html
    assert "color:inherit" in html


def test_progress_is_called_to_the_end():
    heard = []
    hs.Scenario.open("scenarios/takeoff.ron").run(3_000_000, progress=lambda *news: heard.append(news))
    assert heard and heard[-1] == (3_000_000, 3_000_000, "draws")
    assert [done for done, *_ in heard] == sorted(done for done, *_ in heard)

    def fails(done, total, unit):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        hs.Scenario.open("scenarios/takeoff.ron").run(1e9, progress=fails)
