"""Scenarios made of dictionaries and tables, and what is refused of them."""

import json

import headstart as hs
import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.stats as ss

FIELDS = {
    "title": "Which ripens first?",
    "groups": [{"id": "apples"}, {"id": "pears"}],
    "areas": [{"id": "gala", "group": "apples"}, {"id": "comice", "group": "pears"}],
    "worlds": [{"id": "summer", "outcomes": [["dry", 0.3], ["wet", 0.7]]}],
    "inputs": [{"id": "base", "value": hs.Normal(mean=5, sd=1)}],
}


def scenario(score, weight=1):
    factors = [{"id": "warmth", "weight": weight, "scores": [score, 5.0]}]
    return hs.Scenario.from_dict({**FIELDS, "factors": factors})


ENTRIES = [
    hs.Exact(5),
    hs.Triangular(min=1, mode=2, max=4),
    hs.Uniform(min=1, max=2),
    hs.Pert(min=2, mode=5, max=9, shape=3),
    hs.Normal(mean=5, sd=1),
    hs.LogNormal(mu=0, sigma=0.5),
    hs.LogitNormal(mu=0, sigma=1, min=1, max=10),
    hs.Beta(alpha=2, beta=3, min=1, max=10),
    hs.BetaMean(mean=5, concentration=10, min=1, max=10),
    hs.Gamma(shape=4, scale=0.5),
    hs.Exponential(rate=2),
    hs.StudentT(location=5, scale=1, df=4),
    hs.Interval(level=0.8, low=5, high=10, shape="LogNormal"),
    hs.Quantiles(points=[(0.1, 3), (0.5, 5), (0.9, 8)]),
    hs.Discrete([(3, 0.25), (5, 0.75)]),
    hs.Samples([4, 5, 5, 6, 8]),
    hs.Mixture([(0.3, hs.Exact(2)), (0.7, hs.Normal(mean=6, sd=1))]),
    hs.Truncated(hs.Normal(mean=5, sd=2), min=1, max=10),
    hs.ByWorld("summer", {"dry": hs.Uniform(min=1, max=2), "wet": 0}),
    hs.Ref("base"),
    hs.Relative(to="base", by=hs.Normal(mean=0, sd=1)),
    hs.Raters([(5, 7), (1, 4)]),
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: type(entry).__name__)
def test_every_kind_of_entry_is_read(entry):
    made = scenario(entry)
    assert made == hs.Scenario.from_text(made.to_ron()) == hs.Scenario.from_dict(made.to_dict())


FROZEN = [
    ss.norm(8, 0.7),
    ss.uniform(2, 3),
    ss.triang(0.25, loc=1, scale=4),
    ss.beta(2, 3, loc=1, scale=9),
    ss.gamma(4, scale=0.5),
    ss.expon(scale=2),
    ss.lognorm(0.5, scale=3),
    ss.t(df=5, loc=5, scale=0.5),
    ss.truncnorm(-1, 2, loc=5, scale=1.5),
    ss.truncnorm(a=-1, b=np.inf, loc=5, scale=1.5),
]


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda frozen: frozen.dist.name)
def test_frozen_distributions_have_their_own_moments_and_quantiles(frozen):
    [found] = [one for one in scenario(frozen).show()["inputs"] if one["address"] == "score.warmth.gala"]
    assert found["mean"] == pytest.approx(frozen.mean(), rel=1e-9)
    assert found["sd"] == pytest.approx(frozen.std(), rel=1e-7)
    for p, value in found["quantiles"]:
        assert value == pytest.approx(frozen.ppf(p), rel=1e-8)


@pytest.mark.parametrize(
    ("frozen", "name"),
    [(ss.gumbel_r(), "gumbel_r"), (ss.gamma(2, loc=1), "gamma"), (ss.lognorm(1, loc=2), "lognorm"), (ss.poisson(3), "poisson")],
)
def test_other_frozen_distributions_are_refused_by_name(frozen, name):
    with pytest.raises(TypeError, match=f"scipy.stats.{name}"):
        scenario(frozen)


def test_an_array_of_distributions_is_refused():
    with pytest.raises(TypeError, match="takes one number"):
        scenario(ss.norm([1, 2], 1))


def test_problems_of_a_dictionary_have_paths_and_no_lines():
    with pytest.raises(hs.ScenarioError) as caught:
        scenario(hs.Normal(mean=5, sd=-1), weight=-2)
    problems = caught.value.problems
    assert {(p.code, p.path) for p in problems} == {
        ("E009", "factors[0].weight"),
        ("E008", "factors[0].scores[0].Normal.sd"),
    }
    assert all(p.line is None and p.column is None for p in problems)
    assert "factors[0].weight" in str(caught.value) and "Scenario(" not in str(caught.value)


def test_problems_of_a_text_have_lines():
    with pytest.raises(hs.ScenarioError) as caught:
        hs.Scenario.from_text('Scenario(\n    title: "x",\n    groups: 3,\n)')
    [groups] = [p for p in caught.value.problems if p.path == "groups"]
    assert (groups.code, groups.line, groups.column) == ("E004", 3, 13)
    assert issubclass(hs.ScenarioError, ValueError)


def table():
    return pd.DataFrame(
        {"Insight": [4, 6, 5], "Feed back": [8, 3, 2]}, index=["AI control", "Évaluations", "Post-training"]
    ).astype(object)


GROUPS = {"Safety": ["AI control", "Évaluations"], "Capabilities": ["Post-training"]}


def test_a_frame_becomes_a_scenario():
    frame = table()
    frame.loc["AI control", "Insight"] = hs.Triangular(min=2, mode=3, max=6)
    frame.loc["Post-training", "Feed back"] = ss.norm(8, 0.7)
    made = hs.Scenario.from_frame(
        frame,
        groups=GROUPS,
        weights={"Insight": 2, "Feed back": hs.Uniform(min=1, max=3)},
        spread=hs.spread(score=hs.Triangular(half_width=1)),
        scale=(1, 10),
        title="Which?",
    )
    assert [area.id for area in made.areas] == ["ai_control", "evaluations", "post_training"]
    assert [area.group for area in made.areas] == ["safety", "safety", "capabilities"]
    assert made.areas[1].name == "Évaluations"
    written = made.to_dict()["factors"]
    assert written[1]["scores"][2] == {"Normal": {"mean": 8, "sd": 0.7}}
    by_area = {area: group for group, areas in GROUPS.items() for area in areas}
    assert made == hs.Scenario.from_frame(
        frame,
        groups=by_area,
        weights=pd.Series({"Insight": 2, "Feed back": hs.Uniform(min=1, max=3)}),
        spread=hs.spread(score=hs.Triangular(half_width=1)),
        scale=(1, 10),
        title="Which?",
    )


def test_a_polars_frame_has_its_areas_in_the_first_column():
    frame = pl.DataFrame({"area": ["AI control", "Évaluations", "Post-training"], "Insight": [4, 6, 5], "Feed back": [8, 3, 2]})
    options = {"groups": GROUPS, "weights": "Simplex", "scale": (1, 10)}
    assert hs.Scenario.from_frame(frame, **options) == hs.Scenario.from_frame(table(), **options)


def test_a_problem_of_a_cell_names_its_area_and_factor():
    frame = table()
    frame.loc["Évaluations", "Feed back"] = 30
    with pytest.raises(hs.ScenarioError) as caught:
        hs.Scenario.from_frame(frame, groups=GROUPS, weights="Simplex", scale=(1, 10))
    [problem] = caught.value.problems
    assert problem.cell == ("Évaluations", "Feed back") and "`Feed back` of `Évaluations`" in str(caught.value)


@pytest.mark.parametrize("bad", [np.nan, None, "7", object(), float("inf")])
def test_a_cell_without_a_number_is_refused_by_name(bad):
    frame = table()
    frame.loc["Évaluations", "Feed back"] = bad
    with pytest.raises((TypeError, ValueError), match="the score of 'Évaluations' on 'Feed back'"):
        hs.Scenario.from_frame(frame, groups=GROUPS, weights="Simplex")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"groups": {"Safety": ["AI control"]}, "weights": "Simplex"}, "'Évaluations' has no group"),
        ({"groups": {**GROUPS, "Other": ["Nobody"]}, "weights": "Simplex"}, "no row of the table is called 'Nobody'"),
        ({"groups": GROUPS, "weights": {"Insight": 1}}, "'Feed back' has no weight"),
        ({"groups": GROUPS, "weights": {"Insight": 1, "Feed back": 1, "x": 1}}, "no column of the table is called 'x'"),
        ({"groups": GROUPS}, "none are given"),
    ],
)
def test_groups_and_weights_name_what_is_there(options, words):
    with pytest.raises(ValueError, match=words):
        hs.Scenario.from_frame(table(), **options)


def test_texts_and_dictionaries_open_no_files(tmp_path):
    (tmp_path / "base.ron").write_text(hs.Scenario.open("scenarios/wheat.ron").to_ron())
    variant = 'Variant(base: "base.ron", edits: ["weight.soil *= 2"])'
    with pytest.raises(hs.ScenarioError, match="folder"):
        hs.Scenario.from_text(variant)
    made = hs.Scenario.from_text(variant, folder=tmp_path)
    assert made == hs.Scenario.open("scenarios/wheat.ron").edit("weight.soil *= 2") or made.title
    samples = {"Samples": {"file": str(tmp_path / "x.csv"), "column": "x"}}
    with pytest.raises(hs.ScenarioError, match="folder"):
        scenario_of = {**FIELDS, "factors": [{"id": "f", "weight": 1, "scores": [samples, 1]}]}
        hs.Scenario.from_dict(scenario_of)


def test_a_file_names_files_in_its_folder_and_where_it_is_allowed(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "base.ron").write_text(hs.Scenario.open("scenarios/wheat.ron").to_ron())
    (tmp_path / "home" / "near.ron").write_text('Variant(base: "far.ron")')
    (tmp_path / "home" / "far.ron").write_text('Variant(base: "../base.ron")')
    for name in ("near.ron", "far.ron"):
        path = tmp_path / "home" / name
        with pytest.raises(hs.ScenarioError, match="in or below its own folder"):
            hs.Scenario.open(path)
        assert hs.Scenario.open(path, allow_read=[tmp_path]).title == hs.Scenario.open("scenarios/wheat.ron").title
    with pytest.raises(FileNotFoundError):
        hs.Scenario.open(path, allow_read=[tmp_path / "nowhere"])
    report = tmp_path / "report.json"
    hs.Scenario.open("scenarios/wheat.ron").run(2_000).save(report)
    forged = json.loads(report.read_text())
    forged["scenario"] = 'Variant(base: "base.ron")'
    report.write_text(json.dumps(forged))
    with pytest.raises(hs.ScenarioError, match="a report may name no other file"):
        hs.Scenario.open(report, allow_read=[tmp_path])


def test_missing_files_and_wrong_requests_raise_what_python_expects(tmp_path):
    with pytest.raises(FileNotFoundError):
        hs.Scenario.open(tmp_path / "nothing.ron")
    wheat = hs.Scenario.open("scenarios/wheat.ron")
    with pytest.raises(hs.RequestError, match="weight.nothing"):
        wheat.edit("weight.nothing = 1")
    for draws in (0, -1, 1.5, 1e13, True):
        with pytest.raises(ValueError, match="whole number"):
            wheat.run(draws)
    with pytest.raises(ValueError, match="arithmetic"):
        wheat.run(10, arithmetic="half")
    with pytest.raises(ValueError):
        wheat.run(10, method="guess")
    with pytest.raises(hs.RequestError, match="threads|levers"):
        wheat.levers()
    with pytest.raises(TypeError, match="choose what to analyse"):
        wheat.sensitivity()
