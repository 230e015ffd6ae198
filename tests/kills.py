#!/usr/bin/env python3
"""Kills the program at random moments, and looks at every file that it leaves: 500 kills over exports, checkpoints, sweeps and parts.

    tests/kills.py [PROGRAM] [KILLS] [exports | checkpoints | sweeps | parts]

An export is the old file or the new one; a checkpoint, the points of a sweep and the parts of a run go on to the bits of a run that was
never killed; and the next call removes what is unfinished.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

random.seed(5)
program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/headstart")
n_kills = int(sys.argv[2]) if len(sys.argv) > 2 else 500
folder = tempfile.mkdtemp()
shutil.copy("scenarios/takeoff.ron", folder)
os.chdir(folder)


def run(arguments):
    done = subprocess.run([program, *arguments], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def killed(arguments, longest):
    """True if the program was killed before it ended; it must not have failed."""
    child = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        child.wait(random.random() * longest)
    except subprocess.TimeoutExpired:
        child.send_signal(random.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
        child.wait()
        return True
    assert child.returncode == 0, child.stderr.read().decode()
    return False


def read(path):
    with open(path, "rb") as file:
        return file.read()


def timed(job):
    start = time.time()
    job()
    return time.time() - start


def unfinished(place="."):
    return [name for name in os.listdir(place) if name.startswith(".headstart-")]


def exports(n):
    names = ["out.html", "out.json", "matrix.svg"]
    export = [word for name in names for word in ("--export", name)]
    arguments = ["run", "takeoff.ron", "-q", "-n", "300000", *export]
    longest = 1.1 * timed(lambda: run(arguments))
    new = {name: read(name) for name in names}
    n_new = n_partial = 0
    done = 0
    while done < n:
        for name in names:
            with open(name, "w") as file:
                file.write("OLD")
        done += killed(arguments, longest)
        for name in names:
            found = read(name)
            if found == b"OLD":
                continue
            if found == new[name]:
                n_new += 1
            else:
                # An interruption has a part of the answer, or a page without its drivers: whole, and it says so.
                assert b"partial" in found.lower() or b"did not draw them" in found, f"{name} is torn"
                assert found.endswith((b"</html>\n", b"}\n", b"</svg>\n")), f"{name} is torn"
                n_partial += 1
    run(arguments)
    assert not unfinished(), unfinished()
    print(f"exports: {done} kills, {n_new} new files, {n_partial} of a part, the others old; none torn", flush=True)


def checkpoints(n):
    arguments = ["run", "takeoff.ron", "-q", "-n", "2e7", "--format", "json"]
    start = time.time()
    whole = json.loads(run(arguments))
    longest = 0.6 * (time.time() - start)
    done = resumed = 0
    while done < n:
        if os.path.exists("kept"):
            os.remove("kept")
        for _ in range(random.randint(1, 12)):
            done += killed([*arguments, "--checkpoint", "kept"], longest)
        again = json.loads(run([*arguments, "--checkpoint", "kept"]))
        for report in (whole, again):
            report["made"].pop("digest", None)
        assert whole == again, "a run that goes on has other bits"
        resumed += 1
    assert not unfinished(), unfinished()
    print(f"checkpoints: {done} kills, {resumed} runs that went on, each to the same bits", flush=True)


def tree(place):
    found = {}
    for at, _, names in os.walk(place):
        found.update({os.path.relpath(os.path.join(at, name), place): read(os.path.join(at, name)) for name in names})
    return found


def sweeps(n):
    with open("sweeps.ron", "w") as file:
        file.write(
            'Sweeps(scenario: "takeoff.ron", draws: 100000, sweeps: ['
            '(id: "a", vary: ["weight.insight = 0..=5"], points: 21),'
            '(id: "b", vary: ["weight.insight = 0..=5", "residual = [0, 0.5]"], points: 7)])'
        )
    arguments = ["sweep", "--file", "sweeps.ron", "-q", "--out"]
    longest = 0.7 * timed(lambda: run([*arguments, "whole"]))
    whole = tree("whole")
    done = resumed = 0
    while done < n:
        shutil.rmtree("killed", ignore_errors=True)
        for _ in range(random.randint(1, 12)):
            done += killed([*arguments, "killed"], longest)
        run([*arguments, "killed"])
        found = tree("killed")
        differing = sorted(name for name in {*found, *whole} if found.get(name) != whole.get(name))
        assert not differing, f"a sweep that goes on has other bytes: {differing} in {os.getcwd()}"
        resumed += 1
    print(f"sweeps: {done} kills, {resumed} sweeps that went on, each to the same bytes", flush=True)


def parts(n):
    arguments = ["run", "takeoff.ron", "-q", "-n", "4e6"]
    whole = run(arguments)
    longest = 0.7 * timed(lambda: run([*arguments, "--shard", "1/4", "--out", "timed"]))
    done = merged = 0
    while done < n:
        shutil.rmtree("parts", ignore_errors=True)
        shards = [f"{part}/4" for part in range(1, 5)]
        for shard in random.choices(shards, k=random.randint(1, 12)):
            done += killed([*arguments, "--shard", shard, "--out", "parts"], longest)
        for shard in shards:
            run([*arguments, "--shard", shard, "--out", "parts"])
        assert not unfinished("parts"), unfinished("parts")
        assert run(["merge", "-q", "parts"]) == whole, "merged parts print another answer"
        merged += 1
    print(f"parts: {done} kills, {merged} runs put together, each with the answer of the whole", flush=True)


if len(sys.argv) > 3:
    {"exports": exports, "checkpoints": checkpoints, "sweeps": sweeps, "parts": parts}[sys.argv[3]](n_kills)
else:
    exports(n_kills * 2 // 5)
    checkpoints(n_kills // 5)
    sweeps(n_kills // 5)
    parts(n_kills // 5)
shutil.rmtree(folder)
