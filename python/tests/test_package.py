"""The package itself: its doctests, and its stubs against what is there."""

import ast
import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import headstart
import pytest

MODULES = [name for _, name, _ in pkgutil.iter_modules(headstart.__path__) if not name.startswith("__")]


@pytest.mark.parametrize("name", ["headstart", *(f"headstart.{name}" for name in MODULES)])
def test_doctests(name):
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert failed == 0


def test_there_are_doctests():
    finder = doctest.DocTestFinder()
    modules = [importlib.import_module(f"headstart.{name}") for name in MODULES] + [headstart]
    assert sum(len(test.examples) for module in modules for test in finder.find(module)) > 25


def test_everything_public_has_a_docstring():
    for name in headstart.__all__:
        thing = getattr(headstart, name)
        if name == "__version__":
            continue
        assert thing.__doc__, name
        for part, value in vars(thing).items() if isinstance(thing, type) else ():
            if not part.startswith("_") and (callable(value) or isinstance(value, (property, classmethod))):
                assert getattr(value, "__doc__", None), f"{name}.{part}"


def test_stubs_are_those_of_the_extension():
    pytest.importorskip("mypy")
    code = "import sys; from mypy.stubtest import test_stubs, parse_options; sys.exit(test_stubs(parse_options(['headstart._headstart', '--ignore-missing-stub', '--concise', '--mypy-config-file', 'python/pyproject.toml'])))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def imported(path):
    """Modules of the package that a file imports when it runs, wherever in it the import stands."""
    found, left = set(), [ast.parse(path.read_text())]
    while left:
        node = left.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and node.level:
            found |= {node.module} if node.module else {alias.name for alias in node.names}
        left += ast.iter_child_nodes(node)
    return found


def test_no_files_import_each_other_in_a_circle():
    modules = {path.stem: imported(path) for path in Path(headstart.__file__).parent.glob("*.py")}
    extension = Path(__file__).resolve().parents[1] / "src"
    named = re.compile(r"crate::(\w+)")
    files = {path.stem: set(named.findall(path.read_text())) for path in extension.glob("*.rs") if path.stem != "lib"}
    for arrows in (modules, files):
        assert sum(map(len, arrows.values())) > 10
        # Raises an error that names the circle.
        list(TopologicalSorter(arrows).static_order())
