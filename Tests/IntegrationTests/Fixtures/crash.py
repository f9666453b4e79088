"""The daemon is killed in the middle of a release; after the next start, state, traffic and processes are right.

    crash.py PALCO SERVICE.PY STATE PORT
"""
import os
import signal
import subprocess
import sys

from harness import BlueGreen, get, step, until

palco, service_py, state, port = sys.argv[1:5]
endpoint = f"http://127.0.0.1:{port}"
marker = f"palco-crash-{os.getpid()}"


def start():
    daemon = subprocess.Popen(
        [palco, "cloud", "run", "--port", port, "--state", state, "--minute", "1s", "--allow-host-commands"], stdout=subprocess.PIPE, text=True)
    line = daemon.stdout.readline()
    assert "ready" in line, line
    return daemon


def processes():
    """The running programs of this test's tasks, by process identifier."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/environ", "rb") as file:
                    if f"MARKER={marker}".encode() in file.read().split(b"\0"):
                        found.append(int(entry))
            except OSError:
                pass
    return found


daemon = start()
try:
    stage = BlueGreen(endpoint, service_py, "crash", bake=8)
    original = stage.task_definition
    stage.task_definition = lambda version, **environment: original(version, MARKER=marker, **environment)
    first = stage.create("v1")
    assert first["status"] == "SUCCESSFUL" and get(stage.url) == "v1", first

    for moment in ("SCALE_UP", "BAKE_TIME"):
        before = get(stage.url)
        version = f"after-{moment}"
        arn = stage.update(version)
        until(moment, lambda: stage.deployment(arn).get("lifecycleStage") == moment)
        daemon.kill()
        daemon.wait()
        step(f"killed at {moment}: {len(processes())} programs live on without a daemon")
        daemon = start()
        ended = stage.ended(arn)
        until("traffic follows the release", lambda: get(stage.url) == (version if ended["status"] == "SUCCESSFUL" else before))
        until("two tasks run", lambda: stage.ecs.describe_services(cluster="crash", services=["web"])["services"][0]["runningCount"] == 2)
        until("just two programs run", lambda: len(processes()) == 2)
        step(f"after the restart the release ended {ended['status']}, {get(stage.url)} serves, 2 programs run")
        assert ended["status"] == "SUCCESSFUL", ended

    daemon.send_signal(signal.SIGTERM)
    assert daemon.wait(60) == 0
    until("nothing is left running", lambda: not processes(), 5)
    step("stopped: nothing is left running")
finally:
    daemon.kill()
    for process in processes():
        os.kill(process, signal.SIGKILL)
