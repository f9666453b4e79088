"""Blue/green switches under constant load: no request may fail, and weights must hold.

    switches.py ENDPOINT SERVICE.PY [SWITCHES [REQUESTS_PER_SECOND]]

The load is open loop: requests are due at fixed instants whatever the answers do. Most go over keep-alive connections,
every tenth over a fresh one; every 25th posts 1 MiB and wants it back, every 25th is answered slowly. Each is accounted
for: answered 200 with the right body, or failed. Then both colours serve at 30 to 70, and the share must lie within the
binomial bound. Prints the account; exit code 1 if a request failed or the rate was not kept.
"""
import math
import sys
import time

from harness import BlueGreen, step
from load import Load

def shares(stage, weights, requests=3000):
    """Sends requests while both colours serve, and holds their share against the weight."""
    with Load(stage.host, stage.port, 600, workers=16) as load:
        while sum(load.versions.values()) < requests:
            time.sleep(0.05)
    assert not load.failures, load.failures[:5]
    total, expected = sum(load.versions.values()), weights[1] / sum(weights)
    share = load.versions.get("green", 0) / total
    # Five standard deviations: one false alarm in 1.7 million runs.
    bound = 5 * math.sqrt(expected * (1 - expected) / total)
    step(f"share of green at {weights[0]}:{weights[1]} over {total} requests: {share:.4f} (bound {expected:.2f} ± {bound:.4f})")
    assert abs(share - expected) <= bound, (share, expected, bound)


def main():
    endpoint, service_py = sys.argv[1:3]
    switches = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    rate = float(sys.argv[4]) if len(sys.argv) > 4 else 550
    stage = BlueGreen(endpoint, service_py, "switches")
    assert stage.create("v0")["status"] == "SUCCESSFUL"
    with Load(stage.host, stage.port, rate) as load:
        for number in range(1, switches + 1):
            before = stage.weights()
            ended = stage.ended(stage.update(f"v{number}"))
            assert ended["status"] == "SUCCESSFUL", ended
            assert stage.weights() == before[::-1], (before, stage.weights())
            step(f"switch {number}: {load.sent} requests so far, {len(load.failures)} failed")
    achieved = load.sent / load.seconds
    step(f"{switches} switches, {load.sent} requests in {load.seconds:.1f} s ({achieved:.0f}/s), {len(load.failures)} failed, {load.late} late, by version {load.versions}")
    for failure in load.failures[:20]:
        step(f"  failed: {failure}")
    assert not load.failures, f"{len(load.failures)} requests failed"
    assert achieved >= 500, f"only {achieved:.0f} requests/s"
    assert len(load.versions) == switches + 1, load.versions

    live = stage.weights().index(100)
    stage.deployment_configuration["bakeTimeInMinutes"] = 30
    green = stage.update("green")
    while stage.deployment(green).get("lifecycleStage") != "BAKE_TIME":
        time.sleep(0.02)
    # Both colours run during the bake: shift by hand, as an operator may.
    stage.set_weights(*((30, 70) if live == 0 else (70, 30)))
    shares(stage, (30, 70))
    stage.set_weights(*((0, 100) if live == 0 else (100, 0)))
    assert stage.ended(green)["status"] == "SUCCESSFUL"


main()
