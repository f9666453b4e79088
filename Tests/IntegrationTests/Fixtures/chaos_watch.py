"""What chaos.py holds the cloud to: traffic that may fail only for a reason, rules with one colour, a ledger of what was accepted."""
import asyncio
import collections
import sqlite3
import shutil
import tempfile
import threading
import time
from pathlib import Path

from harness import step

# So long after a program was killed, requests may still be sent to it: the time until its end is noticed and told to all loops.
NOTICED = 1.5
# So long requests may hang in a program that stands still: until two checks of two seconds each have timed out.
FOUND_DEAD = 8
PATIENCE = 5


class Excuses:
    """When a service may fail requests, and why."""

    def __init__(self):
        self.spans = collections.defaultdict(list)
        self.lock = threading.Lock()

    def excuse(self, service, reason, seconds=None, since=None):
        """Opens a span, which is open-ended until it is closed when no length is given."""
        began = time.monotonic() if since is None else since
        span = [began, None if seconds is None else began + seconds, reason]
        with self.lock:
            self.spans[service].append(span)
        return span

    @staticmethod
    def close(span, seconds=0):
        span[1] = time.monotonic() + seconds

    def find(self, service, began, ended):
        with self.lock:
            for start, end, reason in self.spans[service]:
                if began <= (end or float("inf")) and ended >= start:
                    return reason
        return None


class Traffic:
    """Constant requests to every service: half on connections that stay, half on fresh ones."""

    def __init__(self, excuses, rate=12):
        self.excuses, self.rate = excuses, rate
        self.places, self.broken = {}, set()
        self.sent, self.served, self.excused, self.failures = 0, collections.Counter(), collections.Counter(), []
        self.last = {}
        self.stopping = False
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._serve)

    def start(self, places):
        """Begins with `places`: host and port by service."""
        self.places = places
        self.thread.start()

    def stop(self):
        self.stopping = True
        self.thread.join()

    def _serve(self):
        async def everything():
            await asyncio.gather(*(self._work(service, fresh) for service in self.places for fresh in (False, True)))
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(everything())

    async def _work(self, service, fresh):
        connection = None
        while not self.stopping:
            await asyncio.sleep(2 / self.rate)
            if connection and fresh:
                connection[1].close()
                connection = None
            began = time.monotonic()
            self.sent += 1
            try:
                connection = connection or await asyncio.open_connection(*self.places[service])
                status, version = await asyncio.wait_for(self._request(*connection), PATIENCE)
                fault = None if status == 200 else f"{status} of {version or 'the load balancer'}"
                if version:
                    self.last[service] = (time.monotonic(), status, version)
            except Exception as error:  # whatever it was, a user would have seen it
                status, version, fault = None, None, f"{type(error).__name__} {error}"
                if connection:
                    connection[1].close()
                connection = None
            if fault is None:
                self.served[service] += 1
                continue
            reason = "a release that answers wrongly" if version in self.broken and status == 500 else self.excuses.find(service, began, time.monotonic())
            if reason:
                self.excused[reason] += 1
            else:
                self.failures.append((service, began, time.monotonic(), fault))
                step(f"  FAILED for no reason: {service}: {fault}, from {began:.2f} to {time.monotonic():.2f}")

    @staticmethod
    async def _request(reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: web\r\n\r\n")
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
        await reader.readexactly(int(headers.get("content-length", "0")))
        return int(head[0].split()[1]), headers.get("x-version")


def two_colours(stage, slack=0.3):
    """Why both colours of a service have traffic although none of its deployments shifts it; `None` when all is well."""
    looked = time.time()
    weights = stage.weights()
    if sum(weight > 0 for weight in weights) == 1:
        return None
    if not any(weights):
        return f"{stage.name}: no colour has traffic: {weights}"
    deployments = stage.recent_deployments()
    newest = deployments[0]
    for deployment in deployments:
        if deployment["deploymentConfiguration"]["strategy"] not in ("CANARY", "LINEAR"):
            continue
        began, ended = deployment.get("startedAt"), deployment.get("finishedAt")
        if began is None or began.timestamp() > looked + slack:
            continue
        # One that was superseded in the middle leaves both sides to its successor, which puts them right first.
        takes_over = deployment["status"] == "STOPPED" and newest["status"] in ("PENDING", "IN_PROGRESS", "ROLLBACK_IN_PROGRESS", "ROLLBACK_REQUESTED")
        if ended is None or ended.timestamp() > looked - slack or takes_over:
            return None
    told = [(d["status"], d.get("lifecycleStage"), d["deploymentConfiguration"]["strategy"], str(d.get("finishedAt"))) for d in deployments[:3]]
    return f"{stage.name}: production is at {weights} outside of a shift at {looked:.2f}: {told}"


def check_store(state):
    """The database as a killed daemon left it, looked at in a copy."""
    with tempfile.TemporaryDirectory() as folder:
        for file in Path(state).glob("cloud.sqlite*"):
            shutil.copy(file, folder)
        with sqlite3.connect(Path(folder) / "cloud.sqlite") as database:
            verdict = database.execute("PRAGMA integrity_check").fetchall()
        assert verdict == [("ok",)], f"the store is damaged: {verdict}"
