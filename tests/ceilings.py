#!/usr/bin/env python3
"""Measures what the heaviest scenarios that are accepted take: to check, to begin to run, and to give way to Ctrl-C.

    tests/ceilings.py [PROGRAM] [NAME...]

Prints a table in Markdown: seconds and memory of `check`, what it says that a run costs, seconds and memory of a run of 32,768 draws (or
that it is refused), and the longest time until a run that is interrupted at several moments has left. For a quiet machine: minutes.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time

random.seed(1)


def many(n, one):
    return ", ".join(one(i) for i in range(n))


def table(areas, factors, rest="", score=lambda n: "Uniform(min: 0, max: 1)", groups=2):
    scores = lambda k: many(areas, lambda i: score(k * areas + i))
    return (
        'Scenario(title: "t", groups: [%s], areas: [%s], %s factors: [%s])'
        % (
            many(groups, lambda g: f'(id: "g{g}")'),
            many(areas, lambda i: f'(id: "a{i}", group: "g{i % groups}")'),
            rest,
            many(factors, lambda k: f'(id: "f{k}", weight: 1, scores: [{scores(k)}])'),
        )
    )


def beta():
    return f"Beta(alpha: {1 + random.random()}, beta: {1 + random.random()})"


def nested(depth, parts):
    if depth == 0:
        return beta()
    return "Mixture([%s])" % many(parts, lambda _: f"({1 / parts}, {nested(depth - 1, parts)})")


def truncated_in_each_other(depth):
    if depth == 0:
        return beta()
    inner = truncated_in_each_other(depth - 1)
    return f"Truncated(of: Mixture([(0.5, {inner}), (0.5, Beta(alpha: 2, beta: 2))]), min: 0.01, max: 0.99)"


def nth():
    return 'Before(Nth(%d, "g0"), Nth(%d, "g1"))' % (random.randrange(1, 100), random.randrange(1, 100))


def by_world(n):
    return 'ByWorld("w%d", {"x": Uniform(min: 0, max: 1), "y": Uniform(min: 0, max: 2)})' % (n // 20 % 6)


CORRELATED = 'correlations: [(between: ["score.*.*"], rank: 0.3)],'
WORLDS = "worlds: [%s]," % many(6, lambda w: f'(id: "w{w}", outcomes: [("x", 0.5), ("y", 0.5)])')
CLAIMS = "claims: [%s]," % many(
    100, lambda c: f'(id: "c{c}", text: "c", holds: Any([{many(18, lambda _: nth())}]))'
)
LEVERS = "levers: [%s]," % many(
    200, lambda l: f'(id: "l{l}", edits: ["score.f{l % 99}.a{l} += 0.1", "score.f{(l + 1) % 99}.a{l} += 0.1"])'
)
WIDE = "levers: [%s]," % many(10, lambda l: f'(id: "l{l}", edits: ["score.*.* *= 2"])')

SCENARIOS = {
    "shipped model": None,
    "200 areas, 99 factors": lambda: table(200, 99),
    "the same, logit-normal": lambda: table(
        200, 99, score=lambda _: f"LogitNormal(mu: {random.random():.3f}, sigma: {random.random() + 0.1:.3f})"
    ),
    "the same, PERT": lambda: table(200, 99, score=lambda _: f"Pert(min: 0, mode: {random.random():.3f}, max: 1)"),
    "the same, shared errors": lambda: table(200, 99, "shared_errors: (factor: 0.3, area: 0.2, group: 0.5),"),
    "2,000 beta numbers": lambda: table(100, 20, score=lambda _: beta()),
    "800 truncated beta numbers": lambda: table(200, 4, score=lambda _: f"Truncated(of: {beta()}, min: 0.1)"),
    "100 truncated mixtures": lambda: table(
        20, 5, score=lambda _: f"Truncated(of: Mixture([(0.5, {beta()}), (0.5, {beta()})]), min: 0.01, max: 0.99)"
    ),
    "mixtures nested 3^6": lambda: table(40, 1, score=lambda _: nested(6, 3)),
    "400 correlated numbers": lambda: table(40, 10, CORRELATED),
    "64 joint worlds, 20 areas": lambda: table(20, 6, WORLDS, by_world),
    "1,800 claims of the kth of 100": lambda: table(200, 20, CLAIMS),
    "200 levers, 200 areas, 99 factors": lambda: table(200, 99, LEVERS),
    "raters, 16,000 numbers": lambda: table(
        100, 20, score=lambda _: "Raters([%s])" % many(8, lambda j: f"(1, Uniform(min: {j}, max: {j + 1}))")
    ),
    "mixtures of truncated mixtures, 4 deep": lambda: table(20, 5, score=lambda _: truncated_in_each_other(4)),
    "19,800 quantiles": lambda: table(
        200, 99, score=lambda _: "Quantiles(points: [(0.1, %.3f), (0.5, %.3f), (0.9, 2)])" % (random.random() / 2, 1 + random.random() / 9)
    ),
    "levers that change 198,000 numbers": lambda: table(200, 99, WIDE),
    "200,000 sampled values": lambda: table(
        20, 1, score=lambda _: "Samples([%s])" % many(10000, lambda _: str(random.randrange(10)))
    ),
}


def measured(program, arguments, limit, interrupt_after=None):
    """Exit code, seconds, memory in MB, stderr, and seconds from the signal to the end."""
    start = time.time()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL, stderr=said)
        sent = None
        while True:
            ended, status, usage = os.wait4(child.pid, os.WNOHANG)
            if ended:
                break
            now = time.time()
            if interrupt_after is not None and sent is None and now - start > interrupt_after:
                child.send_signal(signal.SIGINT)
                sent = now
            if now - start > limit:
                child.kill()
            time.sleep(0.002)
        end = time.time()
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return child.returncode, end - start, usage.ru_maxrss / 1000, said.read().decode(), sent and end - sent


def main():
    arguments = sys.argv[1:]
    program = arguments.pop(0) if arguments else "target/release/headstart"
    folder = tempfile.mkdtemp()
    print("| scenario | `check` | says of a run of 10^6 draws | 32,768 draws | gives way |\n|---|---|---|---|---|")
    for name, text in SCENARIOS.items():
        if arguments and name not in arguments:
            continue
        path = "scenarios/takeoff.ron"
        if text:
            path = os.path.join(folder, "scenario.ron")
            with open(path, "w") as file:
                file.write(text())
        code, seconds, megabytes, said, _ = measured(program, ["check", path], 60)
        cost = [line.split("takes ")[1] for line in said.splitlines() if line.startswith("cost:")]
        checked = f"{seconds:.2f} s, {megabytes:.0f} MB"
        if code != 0:
            print(f"| {name} | {checked} | refused | | |", flush=True)
            continue
        run = ["run", path, "-q", "-n"]
        code, seconds, megabytes, said, _ = measured(program, [*run, "32768"], 120)
        ran = {0: f"{seconds:.1f} s, {megabytes:.0f} MB", -9: "over 120 s"}.get(code, f"refused ({code})")
        ways = [measured(program, [*run, "1e10"], 30, after) for after in (0.1, 0.5, 1.5)]
        ways += [measured(program, [*run, "1e10", "--method", "exact"], 30, after) for after in (0.3, 1.0)]
        longest = max((way[4] for way in ways if way[4] is not None), default=0)
        print(f"| {name} | {checked} | {cost[0] if cost else ''} | {ran} | {longest:.2f} s |", flush=True)


main()
