"""Tasks as containers, driven by unmodified boto3 clients, and looked at through the engine's own command line.

    podman.py PALCO BUSYBOX STATE PORT ENGINE
"""
import gzip
import hashlib
import io
import json
import os
import platform
import signal
import subprocess
import sys
import tarfile
import threading
import time
import urllib.request

from harness import NETWORK, clients, get, step, until

palco, busybox, state, port, engine = sys.argv[1:6]
endpoint = f"http://127.0.0.1:{port}"
SECRET = "hush-multi\nline-hush"


def start():
    daemon = subprocess.Popen([palco, "cloud", "run", "--port", port, "--state", state, "--minute", "1s", "--runtime", engine], stdout=subprocess.PIPE, text=True)
    line = daemon.stdout.readline()
    assert "ready" in line, line
    return daemon


def run(*words):
    return subprocess.run([engine, *words], capture_output=True, text=True, check=True).stdout.strip()


def containers():
    """The names of this cloud's containers in the engine, running or not."""
    identity = open(f"{state}/containers/identity").read()
    return sorted(run("ps", "--all", "--filter", f"label=palco.cloud={identity}", "--format", "{{.Names}}").split())


def programs():
    return [name for name in containers() if not name.endswith(".network")]


def push(repository, tag, files, command, **configuration):
    """Pushes an image of one layer, as any client of a registry does; its digest."""
    registry = f"{endpoint}/v2/{repository}"

    def blob(data):
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        with urllib.request.urlopen(urllib.request.Request(f"{registry}/blobs/uploads/", b"", method="POST")) as answer:
            location = answer.headers["Location"]
        location = location if location.startswith("http") else endpoint + location
        mark = "&" if "?" in location else "?"
        urllib.request.urlopen(urllib.request.Request(f"{location}{mark}digest={digest}", data, {"Content-Type": "application/octet-stream"}, method="PUT"))
        return digest, len(data)

    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w") as tar:
        for path, (content, mode) in files.items():
            member = tarfile.TarInfo(path)
            member.size, member.mode = len(content), mode
            tar.addfile(member, io.BytesIO(content))
    packed = gzip.compress(layer.getvalue())
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    config = json.dumps({"architecture": architecture, "os": "linux", "config": {"Cmd": command, "Env": ["PATH=/bin"], **configuration},
                         "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer.getvalue()).hexdigest()]}}).encode()
    (layer_digest, layer_size), (config_digest, config_size) = blob(packed), blob(config)
    kind = "application/vnd.oci.image"
    manifest = json.dumps({"schemaVersion": 2, "mediaType": f"{kind}.manifest.v1+json",
                           "config": {"mediaType": f"{kind}.config.v1+json", "digest": config_digest, "size": config_size},
                           "layers": [{"mediaType": f"{kind}.layer.v1.tar+gzip", "digest": layer_digest, "size": layer_size}]}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{registry}/manifests/{tag}", manifest, {"Content-Type": f"{kind}.manifest.v1+json"}, method="PUT"))
    return "sha256:" + hashlib.sha256(manifest).hexdigest()


def image_files():
    box = open(busybox, "rb").read()
    return {"bin/busybox": (box, 0o755), "bin/sh": (box, 0o755), "tmp/.keep": (b"", 0o644), "www/index.html": (b"served\n", 0o644)}


daemon = start()
try:
    ecs, ecr, logs, cloudwatch, ssm = clients(endpoint, ("ecs", "ecr", "logs", "cloudwatch", "ssm"))
    ecr.create_repository(repositoryName="box")
    ecs.create_cluster(clusterName="c")
    logs.create_log_group(logGroupName="/box")
    digest = push("box", "v1", image_files(), ["sh", "-c", "exit 9"])
    image = f"127.0.0.1:{port}/box:v1"
    ssm.put_parameter(Name="key", Type="SecureString", Value=SECRET)

    def container(script, name="web", **more):
        return {"name": name, "image": image, "essential": True, "command": ["/bin/busybox", "sh", "-c", script],
                "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/box", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "box"}}, **more}

    def define(*defined, **more):
        return ecs.register_task_definition(family="box", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
                                            containerDefinitions=list(defined), **more)["taskDefinition"]["taskDefinitionArn"]

    def launch(*defined):
        return ecs.run_task(cluster="c", taskDefinition=define(*defined), networkConfiguration=NETWORK)["tasks"][0]["taskArn"]

    def task(arn):
        return ecs.describe_tasks(cluster="c", tasks=[arn])["tasks"][0]

    def reaches(arn, status):
        def look():
            found = task(arn)
            assert status == "STOPPED" or found["lastStatus"] != "STOPPED", found
            return found if found["lastStatus"] == status else None
        return until(f"{arn} is {status}", look)

    def ends(arn):
        found = reaches(arn, "STOPPED")
        return found, {c["name"]: c for c in found["containers"]}

    def lines(arn, name="web"):
        try:
            return [e["message"] for e in logs.get_log_events(logGroupName="/box", logStreamName=f"box/{name}/{arn.split('/')[-1]}", startFromHead=True)["events"]]
        except logs.exceptions.ResourceNotFoundException:
            return []

    def name(arn, of="web"):
        return next(n for n in programs() if f"{arn.split('/')[-1]}-{of}" in n)

    # Environment, secrets, output, exit code.
    arn = launch(container('echo "A=$A"; echo "$KEY" | busybox wc -l; echo problem >&2; busybox pwd; exit 3',
                           environment=[{"name": "A", "value": "one \"two\" #three"}], secrets=[{"name": "KEY", "valueFrom": "key"}], workingDirectory="/www"))
    stopped, found = ends(arn)
    assert stopped["stopCode"] == "EssentialContainerExited" and found["web"]["exitCode"] == 3 and found["web"]["imageDigest"] == digest, stopped
    assert sorted(lines(arn)) == sorted(['A=one "two" #three', "2", "problem", "/www"]), lines(arn)
    assert containers() == [], containers()
    step(f"a container gets its environment and secrets, {len(lines(arn))} lines and its exit code come back, and nothing stays")

    # Two tasks on one port, each with a network of its own; the image by digest; secrets in no command line.
    serve = "trap 'echo bye; exit 0' TERM; echo up; /bin/busybox httpd -f -p 8080 -h /www & wait"
    web = container(serve, portMappings=[{"containerPort": 8080}], secrets=[{"name": "KEY", "valueFrom": "key"}],
                    environment=[{"name": "PLAIN", "value": "in-no-command-line"}], stopTimeout=20)
    pair = [launch(web), launch(web)]
    urls = []
    for arn in pair:
        binding = reaches(arn, "RUNNING")["containers"][0]["networkBindings"][0]
        assert binding["containerPort"] == 8080 and binding["bindIP"] == "127.0.0.1", binding
        urls.append(f"http://127.0.0.1:{binding['hostPort']}")
    for url in urls:
        until(url, lambda: subprocess.run(["curl", "-sf", "-m", "2", url], capture_output=True, text=True).stdout == "served\n")
    assert len(set(urls)) == 2
    inspected = json.loads(run("inspect", name(pair[0])))[0]
    assert digest in json.dumps(inspected["ImageName"] if "ImageName" in inspected else inspected["Config"]["Image"]), inspected
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            line = open(f"/proc/{entry}/cmdline").read()
        except OSError:
            continue
        assert "hush" not in line and "in-no-command-line" not in line, line
    assert not [f for f in os.listdir(f"{state}/containers") if f.endswith(".env")]
    step(f"two tasks listen on 8080 at once, at {' and '.join(urls)}, from {digest[:19]}…; no value is in a command line or left in a file")

    # Limits.
    limits = inspected["HostConfig"]
    assert limits["Memory"] == 512 << 20, limits["Memory"]
    assert limits["NanoCpus"] == 250_000_000 or limits["CpuQuota"] / limits["CpuPeriod"] == 0.25, limits
    arn = launch(container("busybox tail /dev/zero", memory=32))
    stopped, found = ends(arn)
    assert found["web"]["exitCode"] == 137 and found["web"]["reason"] == "OutOfMemoryError: Container killed due to memory usage", stopped
    step("cpu and memory are limited, and memory that runs out is told as ECS tells it")

    # Stop signal, stop timeout, SIGKILL.
    ecs.stop_task(cluster="c", task=pair[1])
    _, found = ends(pair[1])
    assert found["web"]["exitCode"] == 0 and lines(pair[1]) == ["up", "bye"], (found, lines(pair[1]))
    arn = launch(container("trap '' TERM; while :; do busybox sleep 1; done", stopTimeout=2))
    reaches(arn, "RUNNING")
    began = time.time()
    ecs.stop_task(cluster="c", task=arn)
    stopped, found = ends(arn)
    assert found["web"]["exitCode"] == 137 and "reason" not in found["web"] and 2 <= time.time() - began < 20, (found, time.time() - began)
    step("SIGTERM is heard, and who does not hear it is killed after its stop timeout")

    # What cannot be pulled or started.
    broken = {**container("x"), "image": f"127.0.0.1:{port}/box:none"}
    assert ends(launch(broken))[0]["stoppedReason"].startswith("CannotPullContainerError:")
    missing = {**container("x"), "command": ["/no/such/program"]}
    stopped, found = ends(launch(missing))
    assert stopped["stoppedReason"].startswith("CannotStartContainerError:") and "/no/such/program" in stopped["stoppedReason"], stopped
    assert len(programs()) == 1, programs()
    step("what cannot be pulled and what cannot be started are told apart, and leave nothing")

    # Health checks in the container, and what others wait for. The first container has ended when the second starts.
    checked = container("busybox touch /tmp/ok; while :; do busybox sleep 1; done", stopTimeout=0,
                        healthCheck={"command": ["CMD-SHELL", "test -f /tmp/ok"], "interval": 5, "timeout": 2, "retries": 2})
    migrate = container("echo migrated", name="migrate", essential=False)
    checked["dependsOn"] = [{"containerName": "migrate", "condition": "SUCCESS"}]
    side = container(serve, name="side", essential=False, stopTimeout=0)
    user = container("until busybox wget -q -O - http://localhost:8080/; do busybox sleep 0.2; done; while :; do busybox sleep 1; done", name="user", stopTimeout=0,
                     dependsOn=[{"containerName": "web", "condition": "HEALTHY"}, {"containerName": "side", "condition": "START"}])
    arn = launch(user, checked, migrate, side)
    found = reaches(arn, "RUNNING")
    health = {c["name"]: (c["healthStatus"], c["lastStatus"]) for c in found["containers"]}
    assert health["web"] == ("HEALTHY", "RUNNING") and health["migrate"] == ("UNKNOWN", "STOPPED") and found["healthStatus"] == "HEALTHY", health
    until("containers of one task meet on localhost", lambda: lines(arn, "user") == ["served"])
    run("exec", name(arn), "/bin/busybox", "rm", "/tmp/ok")
    until("unhealthy", lambda: task(arn)["healthStatus"] == "UNHEALTHY")
    ecs.stop_task(cluster="c", task=arn)
    ends(arn)
    # A check that hangs is a failure, and does not stay in the container.
    hanging = container("while :; do busybox sleep 1; done", stopTimeout=0,
                        healthCheck={"command": ["CMD", "/bin/busybox", "sleep", "777"], "interval": 5, "timeout": 2, "retries": 1})
    arn = launch(hanging)
    reaches(arn, "RUNNING")
    until("unhealthy", lambda: task(arn)["healthStatus"] == "UNHEALTHY")
    top = run("exec", name(arn), "/bin/busybox", "ps").count("sleep 777")
    assert top <= 1, top
    ecs.stop_task(cluster="c", task=arn)
    ends(arn)
    step("health checks run in the container, dependencies hold, and containers of one task meet on localhost")

    # The daemon is killed: tasks go on, the next daemon takes them over, and no line is lost or told twice.
    ticking = container("i=0; while :; do i=$((i+1)); echo $i; busybox sleep 0.2; done", name="tick", stopTimeout=0)
    tick = launch(ticking)
    reaches(tick, "RUNNING")
    ecs.create_service(cluster="c", serviceName="s", taskDefinition=define(web), desiredCount=1, launchType="FARGATE", networkConfiguration=NETWORK)
    until("the service is steady", lambda: ecs.describe_services(cluster="c", services=["s"])["services"][0]["deployments"][0]["rolloutState"] == "COMPLETED")
    until("lines", lambda: len(lines(tick, "tick")) >= 5)
    before = {c: run("inspect", "--format", "{{.Id}} {{.State.StartedAt}}", c) for c in containers()}
    daemon.kill()
    daemon.wait()
    assert get(urls[0]) == "served\n", "a container outlives its daemon"
    time.sleep(1)
    daemon = start()
    after = {c: run("inspect", "--format", "{{.Id}} {{.State.StartedAt}}", c) for c in containers()}
    assert after == before and len(before) == 6, (before, after)
    assert task(tick)["lastStatus"] == "RUNNING" and ecs.describe_services(cluster="c", services=["s"])["services"][0]["runningCount"] == 1
    known = len(lines(tick, "tick"))
    until("it goes on to tell", lambda: len(lines(tick, "tick")) > known + 5)
    told = [int(line) for line in lines(tick, "tick")]
    assert told == list(range(1, len(told) + 1)), told
    readers = [line for line in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout.splitlines() if f"logs --follow" in line and "tick" in line]
    assert len(readers) == 1, readers
    step(f"{len(before)} containers outlive the daemon, the next one takes them over, and {len(told)} lines are told in order")
    # And it can still stop what it did not start. What ended while nobody looked is noticed.
    ecs.stop_task(cluster="c", task=tick)
    assert ends(tick)[1]["tick"]["exitCode"] == 137
    daemon.kill()
    daemon.wait()
    run("kill", "--signal", "KILL", name(pair[0]))
    daemon = start()
    _, found = ends(pair[0])
    assert found["web"]["exitCode"] == 137, found
    step("it stops what it did not start, and notices what ended while nobody looked")

    status = json.loads(subprocess.run([palco, "cloud", "status", "--state", state, "--json"], capture_output=True, text=True, check=True).stdout)
    assert status["runtime"].startswith(f"{engine} "), status

    # The end.
    daemon.send_signal(signal.SIGTERM)
    assert daemon.wait(timeout=90) == 0
    assert containers() == [], containers()
    images = run("images", "--format", "{{.Repository}}")
    assert f"127.0.0.1:{port}/" not in images and open(f"{state}/containers/identity").read()[:8] not in run("images", "--format", "{{.Tag}}"), images
    step(f"runs on {status['runtime']}; at its end no container and no image stays")
finally:
    if daemon.poll() is None:
        daemon.send_signal(signal.SIGTERM)
        try:
            daemon.wait(timeout=60)
        except subprocess.TimeoutExpired:
            daemon.kill()
    if os.path.exists(f"{state}/containers/identity"):
        left = programs() + [n for n in containers() if n.endswith(".network")]
        if left:
            subprocess.run([engine, "rm", "--force", "--volumes", *left], capture_output=True)
