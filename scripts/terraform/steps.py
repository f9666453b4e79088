"""Steps with names and times, and how they went."""
import os
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from clouds import indented

lock = threading.Lock()
counts = {"passed": 0, "failed": 0}


class Failure(Exception):
    """A step failed, and said so."""


class Skipped(Exception):
    """Something is not to be had here."""


def step(name, body):
    """Runs one step and says how it went. Whatever follows from it does not happen after a failure."""
    begin = time.monotonic()
    try:
        detail = body()
    except (Skipped, Failure):
        raise
    except Exception as error:
        with lock:
            counts["failed"] += 1
            print(f"FAIL  {time.monotonic() - begin:6.1f} s  {name}: {error}", flush=True)
        raise Failure(name) from error
    with lock:
        counts["passed"] += 1
        print(f"ok    {time.monotonic() - begin:6.1f} s  {name}" + (f": {detail}" if detail else ""), flush=True)
    return detail


def at_once(*bodies, jobs=None):
    """Runs several bodies at once, all to their ends; then the first failure counts."""
    with ThreadPoolExecutor(jobs or len(bodies)) as pool:
        futures = [pool.submit(body) for body in bodies]
    failures = [future.exception() for future in futures if future.exception()]
    if failures:
        raise next((error for error in failures if isinstance(error, Failure)), failures[0])


def run(command, environment, cwd, accepted=(0,), log=None, timeout=900):
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=timeout)
    if log:
        with open(log, "a") as file:
            file.write(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}\n[{done.returncode}]\n")
    if done.returncode not in accepted:
        raise Exception(f"{os.path.basename(command[0])} {' '.join(command[1:3])} ended with {done.returncode}\n"
                        + indented((done.stdout[-3000:] + done.stderr[-3000:])))
    return done


def expect(condition, message):
    if not condition:
        raise Exception(message)
