"""Runs and sweeps on the workers of a real Dask cluster have the bits of those made here, also when a worker dies."""

import os
import signal
import threading
import time

import headstart as hs
import pytest

distributed = pytest.importorskip("distributed")

PATH = "scenarios/takeoff.ron"


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.mark.parametrize(("name", "arithmetic"), [("takeoff", "single"), ("takeoff-residual", "double")])
def test_a_run_on_a_cluster_has_the_bits_of_one_made_here(client, name, arithmetic):
    scenario = hs.Scenario.open(f"scenarios/{name}.ron")
    options = {"seed": 3, "arithmetic": arithmetic, "claims": ["ai_control is first"]}
    whole = scenario.run(500_001, **options)
    for parts in (1, 7):
        assert scenario.run(500_001, on=client, parts=parts, **options).to_json() == whole.to_json()


def test_a_sweep_on_a_cluster_has_the_bits_of_one_made_here(client):
    scenario = hs.Scenario.open(PATH)
    options = {"points": 9, "draws": 20_000, "claims": ["ai_control before post_training"]}
    whole = scenario.sweep("weight.insight = 0..=5", **options)
    assert scenario.sweep("weight.insight = 0..=5", on=client, parts=4, **options).to_json() == whole.to_json()


def test_a_killed_worker_changes_no_bit(client):
    scenario = hs.Scenario.open(PATH)
    whole = scenario.run(150_000_000)
    first = next(iter(client.scheduler_info()["workers"].values()))
    pid = client.run(os.getpid, workers=[first["address"] if "address" in first else list(client.scheduler_info()["workers"])[0]])

    def kill():
        time.sleep(0.5)
        os.kill(next(iter(pid.values())), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    found = scenario.run(150_000_000, on=client, parts=24)
    killer.join()
    assert found.to_json() == whole.to_json()


def test_what_a_cluster_cannot_do_is_refused(client):
    scenario = hs.Scenario.open(PATH)
    with pytest.raises(hs.RequestError, match="draws"):
        scenario.run(precision=0.01, on=client)
    with pytest.raises(hs.HeadstartError):
        scenario.run(1_000, claims=["nobody is first"], on=client)
