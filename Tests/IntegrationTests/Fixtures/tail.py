"""Following logs as they are written: `aws logs tail --follow`, and a live tail.

    tail.py ENDPOINT SERVICE.PY [AWS]

AWS is the command line, version 2: version 1 has no `logs tail`. Without it boto3 makes the calls that the command makes,
in the same order, which proves the calls and says nothing about the command.
"""
import atexit
import os
import subprocess
import sys
import threading
import time

import boto3
from botocore.config import Config

from harness import clients, step, until

endpoint = sys.argv[1]
aws = sys.argv[3] if len(sys.argv) > 3 else None
(logs,) = clients(endpoint, ("logs",))
ENVIRONMENT = {**os.environ, "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
               "AWS_REGION": "us-east-1", "AWS_PAGER": "", "AWS_DISABLE_HOST_PREFIX_INJECTION": "true"}
WANTED = [f"line {number}" for number in range(40)]


def put(stream, *messages):
    now = int(time.time() * 1000)
    logs.put_log_events(logGroupName="/tail", logStreamName=stream, logEvents=[{"timestamp": now, "message": message} for message in messages])


class Calls(threading.Thread):
    """What `aws logs tail --follow` does: FilterLogEvents from the newest instant that was seen on, each event once."""

    def __init__(self):
        super().__init__(daemon=True)
        self.lines, self.is_stopping = [], threading.Event()

    def run(self):
        # Pages of three: what came at the same instant goes over several.
        arguments = {"logGroupName": "/tail", "interleaved": True, "startTime": int((time.time() - 600) * 1000),
                     "logStreamNamePrefix": "web/", "limit": 3}
        seen = {}
        while not self.is_stopping.is_set():
            answer = logs.filter_log_events(**arguments)
            for event in answer["events"]:
                if event["eventId"] not in seen.setdefault(event["timestamp"], set()):
                    seen[event["timestamp"]].add(event["eventId"])
                    self.lines.append(event["message"])
            if "nextToken" in answer:
                arguments["nextToken"] = answer["nextToken"]
            else:
                arguments.pop("nextToken", None)
                if seen:
                    arguments["startTime"] = max(seen)
                self.is_stopping.wait(0.1)

    def stop(self):
        self.is_stopping.set()
        self.join()


class LiveTail(threading.Thread):
    """A live tail: the connection stays, and each second brings what was written in it."""

    def __init__(self):
        super().__init__(daemon=True)
        self.lines = []
        group = logs.describe_log_groups(logGroupNamePrefix="/tail")["logGroups"][0]["logGroupArn"]
        # On AWS "stream-" is put before the host, which here is an address.
        client = boto3.client("logs", endpoint_url=endpoint, aws_access_key_id="test", aws_secret_access_key="test",
                              region_name="us-east-1", config=Config(inject_host_prefix=False))
        self.stream = client.start_live_tail(logGroupIdentifiers=[group], logStreamNamePrefixes=["web/"])["responseStream"]

    def run(self):
        for event in self.stream:
            self.lines += [result["message"] for result in event.get("sessionUpdate", {}).get("sessionResults", [])]

    def stop(self):
        """The connection ends with this program."""


class Command:
    """The command itself; its lines are an instant and a message."""

    def __init__(self, *words):
        self.process = subprocess.Popen([aws, "logs", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=ENVIRONMENT)
        atexit.register(self.process.kill)
        self.lines = []
        self.thread = threading.Thread(target=self.read, daemon=True)

    def start(self):
        self.thread.start()

    def read(self):
        for line in self.process.stdout:
            if line.strip():
                self.lines.append(line.rstrip("\n").split(" ", 1)[-1])

    def stop(self):
        # It follows for ever. Other signals may be blocked: it inherits that from whoever started this program.
        self.process.kill()
        self.process.wait(30)
        self.thread.join()


logs.create_log_group(logGroupName="/tail")
for stream in ("web/1", "web/2", "job/1"):
    logs.create_log_stream(logGroupName="/tail", logStreamName=stream)
put("web/1", "before")
followers = {"the calls of `aws logs tail --follow`": (Calls(), True), "a live tail": (LiveTail(), False)}
if aws:
    followers["`aws logs tail --follow`"] = (Command("tail", "/tail", "--follow", "--format", "short", "--log-stream-name-prefix", "web/"), True)
for follower, _ in followers.values():
    follower.start()
if aws:
    # It looks again every five seconds: what it has seen, it has seen before the rest is written.
    until("the command follows", lambda: followers["`aws logs tail --follow`"][0].lines, 60)
# In bursts from two streams, with another's lines between them.
for index in range(0, len(WANTED), 8):
    put("web/1", *WANTED[index:index + 4])
    put("job/1", "another's")
    put("web/2", *WANTED[index + 4:index + 8])
    time.sleep(0.05)
for what, (follower, sees_the_past) in followers.items():
    wanted = ["before"] * sees_the_past + WANTED
    until(f"{what} has all lines", lambda: len(follower.lines) >= len(wanted), 60)
    follower.stop()
    assert sorted(follower.lines) == sorted(wanted), (what, follower.lines)
    step(f"{what}: {len(wanted)} lines, none twice, none of another stream")
if not aws:
    step("NOT PROVEN: `aws logs tail` itself, which needs the command line's version 2")
logs.delete_log_group(logGroupName="/tail")
