"""Measures a daemon with many services; Benchmarks/scale/measure calls it.

    scale.py PALCO FOLDER [--services 200] [--balanced 20] [--seconds 30] [--minute 60s]

FOLDER holds the program `tiny`. Prints a table; exit code 1 when a goal is missed.
"""
import argparse
import hashlib
import http.client
import io
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tarfile
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

TASKS = 5
parser = argparse.ArgumentParser()
parser.add_argument("palco")
parser.add_argument("folder")
parser.add_argument("--services", type=int, default=200)
parser.add_argument("--balanced", type=int, default=20, help="so many of them have a load balancer")
parser.add_argument("--seconds", type=int, default=30)
parser.add_argument("--minute", default="60s")
options = parser.parse_args()
TICK = os.sysconf("SC_CLK_TCK")


def say(text):
    print(f"scale: {text}", flush=True)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Daemon:
    def __init__(self):
        self.port = free_port()
        self.process = subprocess.Popen(
            [options.palco, "cloud", "run", "--port", str(self.port), "--state", f"{options.folder}/state", "--minute", options.minute],
            stdout=subprocess.PIPE, text=True)
        assert "ready" in self.process.stdout.readline()

    def cpu(self):
        """Seconds of processor time so far."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self):
        """Resident MiB: all, and what is the daemon's own."""
        with open(f"/proc/{self.process.pid}/status") as file:
            lines = dict(line.split(":", 1) for line in file)
        return tuple(int(lines[key].split()[0]) / 1024 for key in ("VmRSS", "RssAnon"))

    def share(self, seconds):
        """Percent of a core over a while in which nobody asks for anything."""
        cpu, began = self.cpu(), time.monotonic()
        time.sleep(seconds)
        return 100 * (self.cpu() - cpu) / (time.monotonic() - began)


def image(ecr):
    """Puts an image that holds nothing but the program, and returns its reference."""
    def upload(data):
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        name = ecr.initiate_layer_upload(repositoryName="tiny")["uploadId"]
        ecr.upload_layer_part(repositoryName="tiny", uploadId=name, partFirstByte=0, partLastByte=len(data) - 1, layerPartBlob=data)
        ecr.complete_layer_upload(repositoryName="tiny", uploadId=name, layerDigests=[digest])
        return {"digest": digest, "size": len(data)}
    repository = ecr.create_repository(repositoryName="tiny")["repository"]["repositoryUri"]
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w") as archive:
        archive.add(f"{options.folder}/tiny", arcname="tiny")
    layer = layer.getvalue()
    machine = {"x86_64": "amd64", "aarch64": "arm64"}[os.uname().machine]
    configuration = json.dumps({"architecture": machine, "os": "linux", "config": {"Cmd": ["/tiny"]},
                                "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]}}).encode()
    kind = "application/vnd.oci.image"
    manifest = json.dumps({"schemaVersion": 2, "mediaType": f"{kind}.manifest.v1+json",
                           "config": {"mediaType": f"{kind}.config.v1+json", **upload(configuration)},
                           "layers": [{"mediaType": f"{kind}.layer.v1.tar", **upload(layer)}]})
    ecr.put_image(repositoryName="tiny", imageManifest=manifest, imageTag="v1")
    return f"{repository}:v1"


def programs():
    """The programs of this run's tasks."""
    found = []
    for entry in os.listdir("/proc"):
        try:
            if entry.isdigit() and os.readlink(f"/proc/{entry}/exe").startswith(options.folder):
                found.append(int(entry))
        except OSError:
            pass
    return found


class Fleet:
    def __init__(self, daemon):
        session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name="us-east-1")
        config = Config(retries={"max_attempts": 0}, max_pool_connections=16, read_timeout=300)
        self.ecs, self.elb, ecr = (
            session.client(name, endpoint_url=f"http://127.0.0.1:{daemon.port}", config=config) for name in ("ecs", "elbv2", "ecr"))
        self.daemon, self.names, self.idle = daemon, [], 0
        self.ecs.create_cluster(clusterName="many")
        self.definition = self.ecs.register_task_definition(
            family="tiny", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
            containerDefinitions=[{"name": "tiny", "image": image(ecr), "essential": True, "portMappings": [{"containerPort": 8080}]}],
        )["taskDefinition"]["taskDefinitionArn"]

    def balancers(self, name):
        balancer = self.elb.create_load_balancer(Name=name, Subnets=["subnet-11111111", "subnet-22222222"])["LoadBalancers"][0]["LoadBalancerArn"]
        group = self.elb.create_target_group(Name=name, Protocol="HTTP", Port=8080, VpcId="vpc-12345678", TargetType="ip",
                                             HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=2)["TargetGroups"][0]["TargetGroupArn"]
        self.elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=8080, DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])
        return [{"targetGroupArn": group, "containerName": "tiny", "containerPort": 8080}]

    def add(self, number):
        name = f"s{number:04}"
        # Spread over all sizes of the fleet.
        is_balanced = options.balanced and number % max(1, options.services // options.balanced) == 0
        self.ecs.create_service(
            cluster="many", serviceName=name, taskDefinition=self.definition, desiredCount=TASKS, launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": {"subnets": ["subnet-11111111"]}}, loadBalancers=self.balancers(name) if is_balanced else [])
        return name

    def grow(self, count):
        began, cpu = time.monotonic(), self.daemon.cpu()
        with ThreadPoolExecutor(4) as pool:
            self.names += pool.map(self.add, range(len(self.names), count))
        self.steady()
        say(f"{count} services of {TASKS} tasks are steady after {time.monotonic() - began:.0f} s more, {self.daemon.cpu() - cpu:.1f} s of them on the processor")

    def steady(self, names=None):
        waiting, end = list(names or self.names), time.monotonic() + 600
        while waiting:
            assert time.monotonic() < end, f"{len(waiting)} services do not get steady, such as {waiting[0]}"
            found = self.ecs.describe_services(cluster="many", services=waiting[:10])["services"]
            done = {s["serviceName"] for s in found if s["runningCount"] == s["desiredCount"] and len(s["deployments"]) == 1
                    and s["deployments"][0]["rolloutState"] == "COMPLETED" and s["events"] and "steady state" in s["events"][0]["message"]}
            waiting = [name for name in waiting if name not in done]
            if not done:
                time.sleep(0.5)

    def change_cost(self, rounds=200):
        """Milliseconds of processor for a change of one service's record: the call, the pass, the write."""
        name, began = self.names[1], time.monotonic()
        cpu = self.daemon.cpu()
        for number in range(rounds):
            self.ecs.update_service(cluster="many", service=name, healthCheckGracePeriodSeconds=100 + number)
        time.sleep(0.2)
        return 1000 * (self.daemon.cpu() - cpu - self.idle * (time.monotonic() - began)) / rounds

    def scaling_cost(self, rounds=5):
        """Milliseconds of processor for one task more and one task less."""
        name, began = self.names[1], time.monotonic()
        cpu = self.daemon.cpu()
        for _ in range(rounds):
            for count in (TASKS + 1, TASKS):
                self.ecs.update_service(cluster="many", service=name, desiredCount=count)
                while True:
                    service = self.ecs.describe_services(cluster="many", services=[name])["services"][0]
                    if service["runningCount"] == count and not service["pendingCount"]:
                        break
                    time.sleep(0.05)
        return 1000 * (self.daemon.cpu() - cpu - self.idle * (time.monotonic() - began)) / rounds

    def latency(self, calls, services):
        """Median and 99th percentile of DescribeServices in milliseconds, over one connection, without a client's own work."""
        connection, times = http.client.HTTPConnection("127.0.0.1", self.daemon.port), []
        for number in range(calls):
            names = [self.names[(number * services + i) % len(self.names)] for i in range(services)]
            body = json.dumps({"cluster": "many", "services": names})
            began = time.perf_counter()
            connection.request("POST", "/", body, {"X-Amz-Target": "AmazonEC2ContainerServiceV20141113.DescribeServices",
                                                   "Content-Type": "application/x-amz-json-1.1"})
            answer = connection.getresponse()
            data = answer.read()
            times.append(1000 * (time.perf_counter() - began))
            assert answer.status == 200 and len(json.loads(data)["services"]) == services, data
        times.sort()
        return statistics.median(times), times[int(0.99 * len(times))]


def main():
    missed = []

    def row(what, measured, goal="", is_met=True):
        print(f"| {what} | {measured} | {goal} |", flush=True)
        if not is_met:
            missed.append(what)

    daemon = Daemon()
    try:
        time.sleep(2)
        idle, idle_share = daemon.memory(), daemon.share(10)
        fleet, changes, scalings = Fleet(daemon), {}, {}
        sizes = [options.services // 4, options.services // 2, options.services]
        for size in sizes:
            fleet.grow(size)
            time.sleep(3)
            # What the fleet costs anyway is not what a change costs.
            fleet.idle = daemon.share(10) / 100
            changes[size], scalings[size] = fleet.change_cost(), fleet.scaling_cost()
            fleet.steady()
        time.sleep(3)
        share = daemon.share(options.seconds)
        one, ten = fleet.latency(2000, 1), fleet.latency(500, 10)
        loaded = daemon.memory()
        with open("/proc/loadavg") as file:
            load = file.read().split()[0]
        print(f"\nminute {options.minute}, {options.services} services of {TASKS} tasks, {options.balanced} of them with load balancer; load average {load}\n")
        print("| what | measured | goal |\n|---|---|---|")
        row("idle daemon", f"{idle[0]:.0f} MiB resident, {idle[1]:.0f} of its own; {idle_share:.2f} % of a core", "60 MiB", idle[0] < 60)
        row(f"steady, over {options.seconds} s", f"{share:.2f} % of a core", "< 10 %", share < 10)
        row("DescribeServices of one", f"p50 {one[0]:.1f} ms, p99 {one[1]:.1f} ms", "p99 < 20 ms", one[1] < 20)
        row("DescribeServices of ten", f"p50 {ten[0]:.1f} ms, p99 {ten[1]:.1f} ms", "p99 < 20 ms", ten[1] < 20)
        for name, costs in (("one record changes", changes), ("one task more and one less", scalings)):
            ratio = costs[sizes[-1]] / costs[sizes[0]]
            row(f"{name}, with {', '.join(map(str, sizes))} services", ", ".join(f"{costs[size]:.1f}" for size in sizes) + f" ms of processor: × {ratio:.2f}",
                "not × 4", ratio < 2)
        row("memory under that load", f"{loaded[0]:.0f} MiB resident, {loaded[1]:.0f} of its own")
        began, cpu = time.monotonic(), daemon.cpu()
        cpu_end = cpu
        daemon.process.send_signal(signal.SIGTERM)
        while daemon.process.poll() is None and time.monotonic() < began + 300:
            try:
                cpu_end = daemon.cpu()
            except OSError:
                break
            time.sleep(0.05)
        code = daemon.process.wait(300)
        ended, left = time.monotonic() - began, len(programs())
        row("stopping it all", f"{ended:.1f} s, {cpu_end - cpu:.1f} s of processor, {left} programs left", "0 left", code == 0 and left == 0)
    finally:
        daemon.process.kill()
        for process in programs():
            os.kill(process, signal.SIGKILL)
    if missed:
        say("missed: " + "; ".join(missed))
        sys.exit(1)


main()
