"""The page for Python: its blocks run, one after the other, in one folder."""

import ast
import json
import shutil

import pytest
from conftest import ROOT


def blocks():
    parts = (ROOT / "docs" / "python.md").read_text().split("```python\n")[1:]
    return [part.split("```")[0] for part in parts]


def cells():
    notebook = json.loads((ROOT / "docs" / "which-comes-first.ipynb").read_text())
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_cells_of_the_notebook_run(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    names = {}
    for cell in cells():
        *before, last = ast.parse(cell).body
        exec(compile(ast.Module(before, []), "the notebook", "exec"), names)
        # What a notebook shows of the value of a cell.
        shown = eval(compile(ast.Expression(last.value), "the notebook", "eval"), names) if isinstance(last, ast.Expr) else None
        if shown is None:
            exec(compile(ast.Module([last], []), "the notebook", "exec"), names)
        for look in ("_repr_html_", "_repr_svg_"):
            assert not hasattr(shown, look) or getattr(shown, look)(), cell
    assert bool(shown) and len(cells()) == 9


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_blocks_of_the_page_run(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in blocks():
        exec(compile(block, "docs/python.md", "exec"), names)
    assert len(blocks()) >= 7 and names["a"].draws == 100_000
