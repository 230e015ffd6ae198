"""Python has the numbers of the command line, to the last bit."""


import headstart as hs
import pytest
from conftest import ROOT, command, printed

SCENARIOS = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "scenarios").glob("*.ron") if not path.stem.endswith("-sweeps"))


def test_all_scenarios_are_here():
    assert len(SCENARIOS) == 18


@pytest.mark.parametrize("path", SCENARIOS)
def test_json_of_a_run_is_that_of_the_command(path):
    scenario = hs.Scenario.open(path)
    assert scenario.run(5_000, seed=3).to_json() == printed("run", path, "-n5000", "--seed=3", "--format=json")


PATH = "scenarios/takeoff.ron"
PAIR = ("ai_control", "post_training")


@pytest.mark.parametrize(
    ("ask", "arguments"),
    [
        (lambda s: s.run(method="exact", points=32), ["run", "--method=exact", "--points=32"]),
        (
            lambda s: s.edit("weight.insight *= 2").run(2_000, claims="ai_control before post_training"),
            ["run", "--edit=weight.insight *= 2", "--claim=ai_control before post_training", "-n2000"],
        ),
        (lambda s: s.run(precision=0.01, arithmetic="double"), ["run", "--precision=0.01", "--arithmetic=double"]),
        (lambda s: s.sensitivity(PAIR, draws=2_000), ["sensitivity", "--pair", *PAIR, "-n2000"]),
        (lambda s: s.sensitivity(all_pairs=True, draws=2_000), ["sensitivity", "--all-pairs", "-n2000"]),
        (lambda s: s.central_weights(draws=2_000), ["sensitivity", "--central-weights", "-n2000"]),
        (lambda s: s.rankings(top=4, threshold=0.9, draws=2_000), ["rankings", "--top=4", "--threshold=0.9", "-n2000"]),
        (lambda s: s.levers(draws=2_000), ["levers", "-n2000"]),
        (lambda s: s.explain(*PAIR, draws=2_000), ["explain", *PAIR, "-n2000"]),
        (
            lambda s: s.sweep("weight.insight = 0..=5", points=3, draws=2_000),
            ["sweep", "--vary=weight.insight = 0..=5", "--points=3", "-n2000"],
        ),
    ],
)
@pytest.mark.filterwarnings("ignore::headstart.HeadstartWarning")
def test_other_questions_have_the_bytes_of_their_commands(ask, arguments):
    first, *rest = arguments
    answer = ask(hs.Scenario.open(PATH))
    assert answer.to_json() == printed(first, PATH, *rest, "--format=json")
    assert answer.text() + ("" if answer.text().endswith("\n") else "\n") == printed(first, PATH, *rest)


def test_diff_has_the_bytes_of_its_command():
    other = "scenarios/takeoff-slow-evals-2.ron"
    one = hs.Scenario.open(PATH).diff(hs.Scenario.open(other), draws=2_000)
    assert one.to_json() == printed("diff", PATH, other, "-n2000", "--format=json")
    assert one.steps["change"].shape == (len(one.steps),)


def test_pictures_are_those_of_the_command(tmp_path):
    answer = hs.Scenario.open(PATH).run(2_000)
    printed("run", PATH, "-n2000", "--all-pairs", f"--export-dir={tmp_path}")
    for picture in answer.pictures:
        assert answer.plot(picture).svg == (tmp_path / f"{picture}.svg").read_text()
    answer.save(tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text() == (tmp_path / "report.html").read_text()


def test_a_page_that_answers_back_is_that_of_the_command(tmp_path):
    answer = hs.Scenario.open(PATH).run(2_000)
    answer.save_page(tmp_path / "page.html")
    command("page", PATH, "-n2000", "-o", str(tmp_path / "printed.html"))
    assert (tmp_path / "page.html").read_text() == (tmp_path / "printed.html").read_text()
    with pytest.raises(ValueError, match=r"ends in .html"):
        answer.save_page(tmp_path / "page.json")


def test_a_picture_is_rendered_as_png_or_refused(tmp_path):
    answer, file = hs.Scenario.open(PATH).run(2_000), tmp_path / "matrix.png"
    try:
        answer.save(file)
    except ValueError as error:
        assert "save the picture as SVG" in str(error) and not file.exists()
    else:
        assert file.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["report.json", "report.html"])
def test_a_saved_report_verifies_at_the_command_line(tmp_path, name):
    report = tmp_path / name
    hs.Scenario.open(PATH).edit("weight.insight = 1").run(3_000, seed=9).save(report)
    done = command("verify", str(report))
    assert (done.returncode, "identical" in done.stdout) == (0, True), done.stdout
    assert hs.verify(report) and hs.verify(report).n_values > 1000
    report.write_text(report.read_text().replace("0.3", "0.4", 1))
    verdict = hs.verify(report)
    assert not verdict and "differs" in verdict.text
    assert command("verify", str(report)).returncode == 1


def test_threads_and_calls_change_no_bit():
    scenario = hs.Scenario.open("scenarios/takeoff-residual.ron")
    assert len({scenario.run(40_000, threads=n).to_json() for n in (None, 1, 3)}) == 1
    simplex = hs.Scenario.open("scenarios/takeoff-simplex.ron")
    assert len({simplex.run(method="exact", points=256, threads=n).to_json() for n in (None, 1, 3)}) == 1


def test_an_unknown_end_is_refused_and_writes_nothing(tmp_path):
    with pytest.raises(ValueError, match=r"expected a file that ends in .json"):
        hs.Scenario.open(PATH).run(100).save(tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []
