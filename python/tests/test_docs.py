"""The page for Python: its blocks run, one after the other, in one folder."""

import shutil

import pytest
from conftest import ROOT


def blocks():
    parts = (ROOT / "docs" / "python.md").read_text().split("```python\n")[1:]
    return [part.split("```")[0] for part in parts]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_blocks_of_the_page_run(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in blocks():
        exec(compile(block, "docs/python.md", "exec"), names)
    assert len(blocks()) >= 7 and names["a"].draws == 100_000
