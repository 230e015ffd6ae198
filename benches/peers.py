#!/usr/bin/env python3
"""The same model by other means, side by side with headstart in one run, on one thread each.

    cargo build --release && pip install numpy numba && python3 benches/peers.py

Workloads: W1, scenarios/takeoff-published.ron, 77 triangular numbers; W2, the table of takeoff.ron with PERT in place of
triangular, scored in two worlds of which one has another weight for feedback and one lacks the row of scheming. The peers
count pairs, ranks and moments only; headstart makes its whole report. Medians of the runs.
"""
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[threads] = "1"

import numpy as np

try:
    import numba
except ImportError:
    numba = None

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADSTART = ROOT / "target/release/headstart"
RUNS = 5


def table(path):
    """Weights and scores of a shipped scenario, from its text."""
    text = (ROOT / "scenarios" / path).read_text()
    rows = re.findall(r"weight: (?:ByWorld\([^{]*\{[^:]*: )?([\d.]+)[^\[]*scores: \[([^\]]*)\]", text)
    weights = [float(weight) for weight, _ in rows]
    return np.array(weights), np.array([[float(x) for x in row.split(",")] for _, row in rows])


def spread(weights, scores):
    """Least values, modes and greatest values: weights by half of themselves, scores by 1.5 within 1..10."""
    w = (weights * 0.5, weights, weights * 1.5)
    s = (np.maximum(scores - 1.5, 1), scores, np.minimum(scores + 1.5, 10))
    return w, s


def pert(rng, low, mode, high, size):
    a = 1 + 4 * (mode - low) / (high - low)
    b = 1 + 4 * (high - mode) / (high - low)
    return low + (high - low) * rng.beta(a, b, size)


def worlds(name, weights, extra):
    """For each world its probability and its weights; `extra` is the weight of feedback where AIs scheme."""
    if name == "W1":
        return [(1.0, weights)]
    scheming, honest = weights.copy(), weights.copy()
    scheming[:, 3] = extra
    honest[:, 5] = 0
    return [(0.3, scheming), (0.7, honest)]


def by_numpy(name, n, chunk):
    w, s = spread(*table("takeoff-published.ron" if name == "W1" else "takeoff.ron"))
    rng = np.random.default_rng(1)
    draw = (lambda low, mode, high, size: rng.triangular(low, mode, high, size)) if name == "W1" else (
        lambda low, mode, high, size: pert(rng, low, mode, high, size))
    k, m = s[0].shape
    before, ranks, moments = np.zeros((m, m)), np.zeros((m, m)), np.zeros((2, m))
    for start in range(0, n, chunk):
        size = min(chunk, n - start)
        weights, scores = draw(*w, (size, k)), draw(*s, (size, k, m))
        extra = draw(0.75, 1.5, 2.25, size)
        for p, weight in worlds(name, weights, extra):
            x = np.einsum("nk,nkm->nm", weight, scores) / weight.sum(axis=1, keepdims=True)
            ahead = x[:, :, None] > x[:, None, :]
            before += p * ahead.sum(axis=0)
            rank = ahead.sum(axis=1)
            for r in range(m):
                ranks[:, r] += p * (rank == r).sum(axis=0)
            moments += p * np.array([x.sum(axis=0), (x * x).sum(axis=0)])
    return before / n


if numba:
    @numba.njit(fastmath=True)
    def fill(state, out):
        a, b = state[0], state[1]
        for i in range(out.size):
            result = a + b
            b ^= a
            a = ((a << np.uint64(24)) | (a >> np.uint64(40))) ^ b ^ (b << np.uint64(16))
            b = (b << np.uint64(37)) | (b >> np.uint64(27))
            out[i] = (result >> np.uint64(11)) * (1.0 / 9007199254740992.0)
        state[0], state[1] = a, b

    @numba.njit(fastmath=True)
    def triangular(u, low, mode, high):
        for i in range(u.size):
            p, width = u[i], high - low
            rise, fall = np.sqrt(p * width * (mode - low)), np.sqrt((1 - p) * width * (high - mode))
            u[i] = low + rise if p * width < mode - low else high - fall

    @numba.njit(fastmath=True)
    def looked_up(u, low, high, knots):
        last = knots.size - 2
        for i in range(u.size):
            place = u[i] * (last + 1)
            cell = min(int(place), last)
            u[i] = low + (high - low) * (knots[cell] + (place - cell) * (knots[cell + 1] - knots[cell]))

    @numba.njit(fastmath=True)
    def block(sums, total, before, ranks, moments, p):
        m, size = sums.shape
        for i in range(m):
            for n in range(size):
                sums[i, n] /= total[n]
        rank = np.zeros((m, size), np.int32)
        for i in range(m):
            for j in range(i):
                count = 0
                for n in range(size):
                    ahead = sums[i, n] > sums[j, n]
                    count += ahead
                    rank[j, n] += ahead
                    rank[i, n] += not ahead
                before[i, j] += p * count
                before[j, i] += p * (size - count)
            for n in range(size):
                moments[0, i] += p * sums[i, n]
                moments[1, i] += p * sums[i, n] * sums[i, n]
        for i in range(m):
            for n in range(size):
                ranks[i, rank[i, n]] += p

    @numba.njit(fastmath=True)
    def by_hand(n, size, two, wl, wm, wh, sl, sm, sh, wknots, sknots, state, before, ranks, moments):
        k, m = sm.shape
        column, extra = np.empty(size), np.empty(size)
        weights = np.empty((k, size))
        z = 2 if two else 1
        sums, totals = np.empty((z, m, size)), np.empty((z, size))
        for start in range(0, n, size):
            for f in range(k):
                fill(state, weights[f])
                if two:
                    looked_up(weights[f], wl[f], wh[f], wknots)
                else:
                    triangular(weights[f], wl[f], wm[f], wh[f])
            if two:
                fill(state, extra)
                looked_up(extra, 0.75, 2.25, wknots)
            sums[:], totals[:] = 0.0, 0.0
            for f in range(k):
                first = extra if two and f == 3 else weights[f]
                totals[0] += first
                if two and f != 5:
                    totals[1] += weights[f]
                for i in range(m):
                    fill(state, column)
                    if two:
                        looked_up(column, sl[f, i], sh[f, i], sknots[f, i])
                    else:
                        triangular(column, sl[f, i], sm[f, i], sh[f, i])
                    for c in range(size):
                        sums[0, i, c] += first[c] * column[c]
                    if two and f != 5:
                        for c in range(size):
                            sums[1, i, c] += weights[f, c] * column[c]
            if two:
                block(sums[0], totals[0], before, ranks, moments, 0.3)
                block(sums[1], totals[1], before, ranks, moments, 0.7)
            else:
                block(sums[0], totals[0], before, ranks, moments, 1.0)


def knots(mode):
    """A PERT quantile on 0..1 at 1,025 equal steps, which is wrong in the tails: what is written by hand for one evening."""
    y = (np.arange(1, 200_001) - 0.5) / 200_000
    density = y ** (4 * mode) * (1 - y) ** (4 * (1 - mode))
    cdf = np.cumsum(density) / density.sum()
    inner = np.interp(np.arange(1, 1024) / 1024, cdf, y)
    return np.concatenate([[0.0], inner, [1.0]])


def by_numba(name, n, _):
    (wl, wm, wh), (sl, sm, sh) = spread(*table("takeoff-published.ron" if name == "W1" else "takeoff.ron"))
    k, m = sm.shape
    modes = (sm - sl) / (sh - sl)
    for mode in {0.5, *modes.flat}:
        if mode not in KNOTS:
            KNOTS[mode] = knots(mode)
    cells, half = np.array([[KNOTS[mode] for mode in row] for row in modes]), KNOTS[0.5]
    state = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9], np.uint64)
    before, ranks, moments = np.zeros((m, m)), np.zeros((m, m)), np.zeros((2, m))
    by_hand(n, 1024, name == "W2", wl, wm, wh, sl, sm, sh, half, cells, state, before, ranks, moments)
    return before / n


KNOTS = {}


def by_headstart(arguments):
    def run(name, n, _):
        scenario = ROOT / "scenarios/takeoff-published.ron" if name == "W1" else W2
        command = [HEADSTART, "run", scenario, "-n", str(n), "--threads", "1", "-q", "--format", "json", *arguments]
        report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return np.array([[x or 0.0 for x in row] for row in report["before"]["probability"]])

    return run


def measure(run, name, n, chunk):
    run(name, min(n, 2048), chunk)
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        before = run(name, n, chunk)
        times.append(time.perf_counter() - start)
    return n / statistics.median(times) / 1e6, before


def main():
    global W2
    with tempfile.TemporaryDirectory() as folder:
        text = (ROOT / "scenarios/takeoff.ron").read_text()
        text = text.replace("Triangular(half_width", "Pert(half_width").replace("Triangular(relative", "Pert(relative")
        text = text.replace("weight: 2.5", 'weight: ByWorld("scheming", {"scheming": 1.5, "honest": 2.5})', 1)
        text = re.sub(r"asserts: \[.*?\],", "", text, flags=re.S)
        W2 = pathlib.Path(folder) / "w2.ron"
        W2.write_text(text)
        version = subprocess.run([HEADSTART, "--version"], capture_output=True, text=True).stdout.strip()
        print(f"{version}; Python {platform.python_version()}, numpy {np.__version__}" + (f", numba {numba.__version__}" if numba else ", no numba"))
        print("million instances a second on one thread, and headstart's multiple of it\n")
        print(f"{'':32}{'W1':>8}{'times':>8}{'W2':>8}{'times':>8}")
        peers = [("headstart", by_headstart([]), 8_000_000, 0), ("headstart, double precision", by_headstart(["--arithmetic", "double"]), 4_000_000, 0),
                 ("numpy in chunks of 10,000", by_numpy, 300_000, 10_000), ("numpy at once", by_numpy, 200_000, 200_000)]
        if numba:
            peers.append(("numba by hand for this model", by_numba, 4_000_000, 0))
        ours = {}
        for title, run, n, chunk in peers:
            cells = []
            for name in ("W1", "W2"):
                rate, before = measure(run, name, n, chunk)
                first, reference = ours.setdefault(name, (rate, before))
                worst = np.abs(before - reference).max()
                # The peers are the same model: their probabilities agree to within sampling error (and, for the table by hand, its bias).
                if worst > 0.01:
                    sys.exit(f"{title} is another model: a pair is off by {worst:.3f}")
                cells += [f"{rate:8.2f}", f"{first / rate:8.1f}"]
            print(f"{title:32}" + "".join(cells))


if __name__ == "__main__":
    main()
