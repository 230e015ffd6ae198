"""Signals, threads and forks."""

import os
import signal
import subprocess
import sys
import threading
import time

import headstart as hs
import pytest

INTERRUPTED = """
import sys, warnings, time, headstart as hs
warnings.simplefilter("ignore")
s = hs.Scenario.open("scenarios/takeoff.ron")
print("ready", flush=True)
try:
    answer = s.{call}
    print("partial", answer.partial, answer.to_dict()["manifest"]["draws"], flush=True)
except KeyboardInterrupt:
    print("raised", flush=True)
print(time.time(), flush=True)
"""


def interrupted(call):
    code = INTERRUPTED.format(call=call)
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "ready\n"
    time.sleep(0.7)
    sent = time.time()
    child.send_signal(signal.SIGINT)
    word, end = child.communicate(timeout=60)[0].splitlines()
    assert child.returncode == 0
    return word, float(end) - sent


def test_ctrl_c_leaves_a_partial_answer():
    word, seconds = interrupted("run(1e11)")
    kind, done, of, unit, draws = word.replace(",", "").replace("(", "").replace(")", "").split()
    assert (kind, of, unit) == ("partial", "100000000000", "'draws'")
    assert int(draws) == int(done) > 0 and int(done) % 1024 == 0
    assert seconds < 1


def test_ctrl_c_raises_where_nothing_is_partial():
    word, seconds = interrupted("rankings(draws=1e11)")
    assert word == "raised" and seconds < 1


def test_a_partial_answer_has_the_bits_of_a_run_of_its_draws(recwarn):
    scenario = hs.Scenario.open("scenarios/takeoff.ron")
    timer = threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    answer = scenario.run(1e11)
    assert answer.partial is not None and any(w.category is hs.PartialResult for w in recwarn.list)
    whole = scenario.run(answer.draws)
    assert answer.claims.to_dict() == whole.claims.to_dict() and answer.before.values.tolist()[0][1] == whole.before.values.tolist()[0][1]


def test_other_threads_of_python_go_on_during_a_run():
    scenario, ticks, stop = hs.Scenario.open("scenarios/takeoff.ron"), [0], threading.Event()

    def tick():
        while not stop.is_set():
            ticks[0] += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    scenario.run(10_000_000)
    stop.set()
    thread.join()
    assert ticks[0] > 20


def test_runs_of_several_threads_have_their_own_bits():
    scenario = hs.Scenario.open("scenarios/takeoff.ron")
    found = {}
    threads = [
        threading.Thread(target=lambda seed=seed: found.update({seed: scenario.run(50_000, seed=seed).to_json()}))
        for seed in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found[seed] == scenario.run(50_000, seed=seed).to_json() for seed in range(4))


FORKED = """
import os, sys, threading, time, headstart as hs
s = hs.Scenario.open("scenarios/takeoff.ron")
whole = s.run(100_000).to_json()
if sys.argv[1] == "during":
    threading.Thread(target=s.run, args=(100_000_000,), daemon=True).start()
    time.sleep(0.3)
child = os.fork()
if child == 0:
    try:
        code = 0 if s.run(100_000).to_json() == whole else 3
    except RuntimeError as error:
        code = 4 if "spawn" in str(error) else 5
    os._exit(code)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.parametrize(("when", "code"), [("after", "0"), ("during", "4")])
def test_a_forked_process_runs_or_raises_and_never_hangs(when, code):
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", FORKED, when], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == code, done.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_pool_of_forked_processes_works():
    import multiprocessing

    scenario = hs.Scenario.open("scenarios/wheat.ron")
    scenario.run(100_000)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        found = pool.map_async(scenario.run, [10_000, 20_000, 30_000]).get(timeout=60)
    assert [answer.to_json() for answer in found] == [scenario.run(n).to_json() for n in (10_000, 20_000, 30_000)]


def test_import_loads_nothing_heavy():
    code = "import sys, headstart; print([m for m in ('numpy', 'pandas', 'polars', 'json', 'tqdm', 'scipy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_command_stops_at_ctrl_c_with_its_code():
    from conftest import printed

    assert printed("--version").startswith("headstart ")
    code = "import sys; sys.argv = ['headstart', 'run', 'scenarios/takeoff.ron', '-n', '1e12', '-q', '--format', 'json']; from headstart._command import main; sys.exit(main())"
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    child.send_signal(signal.SIGINT)
    out, error = child.communicate(timeout=60)
    assert child.returncode == 130 and '"partial"' in out and "Traceback" not in error
