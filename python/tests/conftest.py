"""All tests run in the root of the repository, where the shipped scenarios are."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def pytest_configure(config):
    os.chdir(ROOT)
    # A shell starts what it runs in the background with Ctrl-C ignored, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def command(*arguments, **options):
    """Run the command line: the program that HEADSTART names, or the command of the wheel."""
    beside = Path(sys.executable).parent / "headstart"
    program = os.environ.get("HEADSTART") or (str(beside) if beside.exists() else shutil.which("headstart"))
    return subprocess.run([program, *arguments], capture_output=True, text=True, **options)


def printed(*arguments):
    done = command(*arguments)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout
