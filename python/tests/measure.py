"""Measures what the package is held to, beside the command line; prints figures, asserts nothing.

    python python/tests/measure.py path/to/headstart
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

# As an installed package is: compiled once.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = sys.argv[1]


def seconds(code, times=15):
    """Median seconds of what a fresh interpreter prints."""
    found = [float(subprocess.check_output([sys.executable, "-c", code], cwd=ROOT)) for _ in range(times)]
    return statistics.median(found)


def processor_time(arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


START = "import time; start = time.perf_counter(); "
OPEN = "import headstart as hs, time; s = hs.Scenario.open('scenarios/takeoff.ron'); "

print(f"import: {1e3 * seconds(START + 'import headstart; print(time.perf_counter() - start)'):.2f} ms")
call = OPEN + (
    "s.run(10_000); times = []\n"
    "for _ in range(30):\n    start = time.perf_counter(); s.run(10_000); times.append(time.perf_counter() - start)\n"
    "import statistics; print(statistics.median(times))"
)
print(f"call of 10,000 draws: {1e3 * seconds(call, 5):.2f} ms, the quickest {1e3 * seconds(call.replace('statistics.median', 'min'), 5):.2f} ms")

package = [sys.executable, "-c", OPEN + "s.run(20_000_000).to_json()"]
command = [PROGRAM, "run", "scenarios/takeoff.ron", "-n2e7", "-q", "--format=json"]
empty = [sys.executable, "-c", OPEN + "s.run(1).to_json()"]
start = statistics.median(processor_time(empty) for _ in range(5))
pairs = [(processor_time(package), processor_time(command)) for _ in range(10)]
ratios = [(one - start) / other for one, other in pairs]
print(f"interpreter alone: {start:.3f} s of processor time")
print(
    f"2e7 draws: {statistics.median(one for one, _ in pairs):.3f} s against {statistics.median(o for _, o in pairs):.3f} s, "
    f"ratio without the interpreter {statistics.median(ratios):.3f} (median of {len(pairs)} pairs)"
)

frame = OPEN + (
    "import polars as pl; s.draws(1000)\n"
    "start = time.perf_counter(); draws = s.draws(1_000_000); drawn = time.perf_counter() - start\n"
    "start = time.perf_counter(); frame = pl.DataFrame(draws); laid = time.perf_counter() - start\n"
    "assert frame.shape == (1_000_000, 97); print((drawn + laid) / drawn)"
)
print(f"a polars frame of 1e6 x 97: {seconds(frame, 5):.2f} times the time of drawing it")
plain = OPEN + "s.draws(1000)\nstart = time.perf_counter(); s.draws(1_000_000); print(time.perf_counter() - start)"
print(f"drawing it: {seconds(plain, 5):.2f} s")
print(f"processors: {os.cpu_count()}")
