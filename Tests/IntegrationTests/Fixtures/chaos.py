"""Chaos: a schedule drawn from a seed plays releases, failures and kill -9 on a daemon under traffic, and invariants must hold.

    chaos.py PALCO SERVICE.PY STATE PORT [--seed N] [--minutes M] [--records N]

A minute is a scaled one: a second. Throughout: requests fail only where a killed, stopped or wrongly answering program was
asked, or while the daemon was away; production has two colours only while a CANARY or LINEAR deployment shifts; the store
is intact after each kill. In the end everything settles, what was accepted is there, what was refused is not, and no
program is left. As root STATE is a small file system of its own, which runs full now and then.

The schedule follows from the seed; when its acts meet what the cloud does is up to the machine.
"""
import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from botocore.exceptions import BotoCoreError, ClientError

from chaos_watch import FOUND_DEAD, NOTICED, Excuses, Traffic, check_store, two_colours
from harness import ENDED, NETWORK, BlueGreen, clients, step, until

parser = argparse.ArgumentParser()
for name in ("palco", "service_py", "state", "port"):
    parser.add_argument(name)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--minutes", type=float, default=60)
parser.add_argument("--records", type=int, default=1000, help="services without tasks that the store holds besides")
options = parser.parse_args()
endpoint = f"http://127.0.0.1:{options.port}"
marker = f"palco-chaos-{os.getpid()}"
SERVICES = 4
SMALL_DISK = "256m"


class Daemon:
    """The cloud, which is killed and comes again."""

    def __init__(self):
        self.process = None
        self.kills = 0

    def start(self):
        self.process = subprocess.Popen(
            [options.palco, "cloud", "run", "--port", options.port, "--state", options.state, "--minute", "1s", "--allow-host-commands"],
            stdout=subprocess.PIPE, text=True)
        return "ready" in self.process.stdout.readline()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.kills += 1
        check_store(options.state)


class Disk:
    """A file system for the state, small enough to be filled."""

    def __init__(self):
        os.makedirs(options.state, exist_ok=True)
        self.is_small = os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "palco-chaos", options.state], capture_output=True).returncode == 0
        if not self.is_small:
            step("SKIPPED, NOT PROVEN: a full disk (only root may mount a small one)")
        self.ballast = os.path.join(options.state, "ballast")
        self.is_full = False

    def fill(self):
        self.is_full = True
        file = os.open(self.ballast, os.O_WRONLY | os.O_CREAT)
        try:
            while True:
                os.write(file, bytes(1 << 12))
        except OSError:
            pass
        finally:
            os.close(file)

    def free(self):
        self.is_full = False
        try:
            os.remove(self.ballast)
        except FileNotFoundError:
            pass

    def close(self):
        if self.is_small:
            subprocess.run(["umount", "-l", options.state], check=True)


def processes(**environment):
    """The running programs of this test's tasks whose environment has these values, oldest first, with their environment."""
    wanted = [f"{key}={value}".encode() for key, value in {"MARKER": marker, **environment}.items()]
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/environ", "rb") as file:
                    variables = file.read().split(b"\0")
            except OSError:
                continue
            if all(want in variables for want in wanted):
                found.append((int(entry), dict(v.decode().partition("=")[::2] for v in variables if v)))
    return sorted(found)


class Ledger:
    """What was accepted and what was refused."""

    def __init__(self):
        self.lock = threading.Lock()
        self.things, self.refused, self.definitions, self.counts = [], [], {}, {}

    def note(self, kind, name):
        with self.lock:
            self.things.append((kind, name))

    def missing(self, ecs, logs, secrets, parameters):
        """What was accepted and is not there, and what was refused and is."""
        look = {
            "task definition": lambda arn: ecs.describe_task_definition(taskDefinition=arn),
            "log group": lambda name: next(g for g in logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"] if g["logGroupName"] == name),
            "secret": lambda name: secrets.describe_secret(SecretId=name),
            "parameter": lambda name: parameters.get_parameter(Name=name),
        }

        def is_there(kind, name):
            try:
                look[kind](name)
                return True
            except (ClientError, StopIteration):
                return False
        return [f"lost: {kind} {name}" for kind, name in self.things if not is_there(kind, name)] + [
            f"refused, and there nevertheless: {kind} {name}" for kind, name in self.refused if is_there(kind, name)]


class Victim(BlueGreen):
    """A service that releases of all kinds are tried on."""

    def __init__(self, name):
        super().__init__(endpoint, options.service_py, name, tasks=2, bake=0)
        self.number, self.updates, self.wanted, self.versions = 0, [], {2}, {}
        self.alarm = f"{name}-errors"
        set_alarm(self, "OK")

    def define(self, version, **environment):
        arn = self.task_definition(version, MARKER=marker, CHAOS=self.name, **environment)
        ledger.note("task definition", arn)
        self.versions[arn] = version
        return arn

    def recent_deployments(self):
        """The newest deployments, the newest first."""
        found = self.ecs.list_service_deployments(cluster=self.name, service="web")["serviceDeployments"]
        newest = sorted(found, key=lambda d: d["createdAt"], reverse=True)[:4]
        arns = [d["serviceDeploymentArn"] for d in newest]
        described = self.ecs.describe_service_deployments(serviceDeploymentArns=arns)["serviceDeployments"]
        return sorted(described, key=lambda d: arns.index(d["serviceDeploymentArn"]))

    def last_version(self, traffic):
        """The version that answered last."""
        return traffic.last.get(self.name, (0, 0, None))[2]

    def service(self):
        return self.ecs.describe_services(cluster=self.name, services=["web"])["services"][0]


def set_alarm(stage, value):
    try:
        cloudwatch.put_metric_alarm(
            AlarmName=stage.alarm, Namespace="Chaos", MetricName=stage.name, Period=60, EvaluationPeriods=1, Threshold=1, Statistic="Sum",
            ComparisonOperator="GreaterThanThreshold", TreatMissingData="ignore")
        cloudwatch.set_alarm_state(AlarmName=stage.alarm, StateValue=value, StateReason="chaos says so")
    except (ClientError, BotoCoreError):
        pass


class Chaos:
    """The acts. Each draws what it needs from the seed first, so that the schedule does not depend on what happens."""

    def __init__(self, stages, daemon, disk, excuses, traffic):
        self.stages, self.daemon, self.disk, self.excuses, self.traffic = stages, daemon, disk, excuses, traffic
        self.draw = random.Random(options.seed)
        self.acts, self.done, self.frozen = 0, {}, []
        self.taken = set()  # ports of programs that were killed or stopped, whether or not the cloud has noticed
        self.last_kill = self.last_full = time.monotonic()
        self.pool = ThreadPoolExecutor(4)

    TABLE = [("release", 24), ("bad release", 12), ("two clients", 8), ("scale", 10), ("stop deployment", 8), ("answer pause", 12), ("kill", 12),
             ("freeze", 5), ("stop task", 5), ("kill daemon", 5), ("fill disk", 4), ("alarm", 4), ("make things", 8)]

    def act(self):
        name = self.draw.choices([n for n, _ in self.TABLE], [w for _, w in self.TABLE])[0]
        stage = self.draw.choice(self.stages)
        dice = random.Random(self.draw.random())
        self.acts += 1
        try:
            told = getattr(self, name.replace(" ", "_"))(stage, dice)
        except (ClientError, BotoCoreError) as error:
            told = f"refused: {str(error)[:200]}"
        except ProcessLookupError:
            told = None  # it has ended by itself just now
        if told:
            self.done[name] = self.done.get(name, 0) + 1
            step(f"{time.monotonic():.2f} {name}: {stage.name} {told if isinstance(told, str) else ''}")

    # Releases

    def configuration(self, stage, dice):
        strategy = dice.choice(["ROLLING", "BLUE_GREEN", "CANARY", "LINEAR"])
        result = {"strategy": strategy, "deploymentCircuitBreaker": {"enable": True, "rollback": True}, "maximumPercent": 200,
                  "minimumHealthyPercent": 100, "bakeTimeInMinutes": dice.choice([0, 1, 3]), "lifecycleHooks": [],
                  "alarms": {"alarmNames": [stage.alarm], "enable": dice.random() < 0.4, "rollback": True}}
        if strategy == "CANARY":
            result["canaryConfiguration"] = {"canaryPercent": dice.choice([5.0, 12.5, 50.0]), "canaryBakeTimeInMinutes": dice.choice([0, 2])}
        if strategy == "LINEAR":
            result["linearConfiguration"] = {"stepPercent": dice.choice([10.0, 33.3, 50.0]), "stepBakeTimeInMinutes": dice.choice([0, 1])}
        if strategy != "ROLLING" and dice.random() < 0.3:
            stages = dice.sample(["PRE_SCALE_UP", "POST_SCALE_UP", "POST_TEST_TRAFFIC_SHIFT", "PRE_PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT"], 1)
            result["lifecycleHooks"] = [{"targetType": "PAUSE", "lifecycleStages": stages, "timeoutConfiguration": {
                "timeoutInMinutes": dice.choice([3, 8]), "action": dice.choice(["CONTINUE", "ROLLBACK"])}}]
        return result

    def deploy(self, stage, dice, kind, **environment):
        stage.number += 1
        version = f"{stage.name}.{stage.number}{kind}"
        if kind == "broken":
            self.traffic.broken.add(version)
        configuration = self.configuration(stage, dice)
        count = dice.choice([None, None, 2, 3])
        arn = stage.define(version, **environment)
        self.update(stage, count, taskDefinition=arn, deploymentConfiguration=configuration)
        stage.updates.append(arn)
        return f"{version} {configuration['strategy']}"

    def update(self, stage, count, **arguments):
        """An UpdateService whose desired count, when it is accepted, is the one that counts."""
        if count is None:
            stage.ecs.update_service(cluster=stage.name, service="web", **arguments)
            return
        before = stage.wanted
        # Until it is known whether it was accepted, either may be.
        stage.wanted = before | {count}
        try:
            stage.ecs.update_service(cluster=stage.name, service="web", desiredCount=count, **arguments)
            stage.wanted = {count}
        except ClientError:
            stage.wanted = before
            raise

    def release(self, stage, dice):
        return self.deploy(stage, dice, "good")

    def bad_release(self, stage, dice):
        kind, environment = dice.choice([("exit", {"MODE": "exit"}), ("sick", {"SICK": "1"}), ("mute", {"GATE": "/nowhere"}), ("broken", {"WRONG": "1"})])
        return self.deploy(stage, dice, kind, **environment)

    def two_clients(self, stage, dice):
        """Two clients update the same service at once; both are heard, and one of them is the last."""
        counts, before = (2, 3), stage.wanted
        definitions = [stage.define(f"{stage.name}.{stage.number + 1}{letter}") for letter in "ab"]
        stage.number += 1
        configurations = [self.configuration(stage, dice) for _ in counts]
        stage.wanted = before | set(counts)

        def one(place):
            try:
                clients(endpoint)[0].update_service(cluster=stage.name, service="web", desiredCount=counts[place], taskDefinition=definitions[place],
                                                    deploymentConfiguration=configurations[place])
                stage.updates.append(definitions[place])
                return counts[place]
            except ClientError:
                return None
        accepted = [count for count in self.pool.map(one, (0, 1)) if count]
        stage.wanted = set(accepted) or before
        return " and ".join(configuration["strategy"] for configuration in configurations)

    def scale(self, stage, dice):
        count = dice.choice([2, 3, 4])
        self.update(stage, count)
        return f"to {count}"

    # During releases

    def stop_deployment(self, stage, dice):
        for stage in [stage, *self.stages]:
            running = [d for d in stage.recent_deployments() if d["status"] not in ENDED]
            if running:
                stage.ecs.stop_service_deployment(serviceDeploymentArn=running[-1]["serviceDeploymentArn"], stopType="ROLLBACK")
                return f"of {stage.name} in {running[-1].get('lifecycleStage')}"

    def answer_pause(self, stage, dice):
        action = dice.choice(["CONTINUE", "CONTINUE", "ROLLBACK"])
        for stage in self.stages:
            for deployment in stage.recent_deployments():
                for hook in deployment.get("lifecycleHookDetails", []):
                    if hook["status"] == "AWAITING_ACTION":
                        stage.ecs.continue_service_deployment(serviceDeploymentArn=deployment["serviceDeploymentArn"], hookId=hook["hookId"], action=action)
                        return f"of {stage.name}: {action} at {deployment.get('lifecycleStage')}"

    def alarm(self, stage, dice):
        set_alarm(stage, "ALARM")
        self.pool.submit(lambda: (time.sleep(1), set_alarm(stage, "OK")))
        return True

    # Programs

    def victim(self, stage, dice):
        """A program of the service without which each colour that has traffic still has one that is healthy, or `None`."""
        if self.disk.is_full:
            return None
        candidates = {int(environment["PORT"]): (process, environment) for process, environment in processes(CHAOS=stage.name)}
        for group, weight in zip(stage.groups, stage.weights()):
            found = stage.elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
            healthy = {t["Target"]["Port"] for t in found if t["TargetHealth"]["State"] == "healthy"} - self.taken
            if weight and len(healthy) < 2:
                for target in found:
                    candidates.pop(target["Target"]["Port"], None)
        ports = sorted(set(candidates) - self.taken)
        if not ports:
            return None
        port = dice.choice(ports)
        self.taken.add(port)
        return candidates[port]

    def kill(self, stage, dice):
        victim = self.victim(stage, dice)
        if victim:
            self.excuses.excuse(stage.name, "a killed program", NOTICED)
            os.kill(victim[0], signal.SIGKILL)
            return victim[1]["VERSION"]

    def freeze(self, stage, dice):
        seconds = dice.choice([1, 3, 6])
        victim = None if self.frozen else self.victim(stage, dice)
        if victim:
            self.excuses.excuse(stage.name, "a program that stood still", FOUND_DEAD)
            os.kill(victim[0], signal.SIGSTOP)
            self.frozen.append(victim[0])

            def thaw():
                time.sleep(seconds)
                self.thaw()
            self.pool.submit(thaw)
            return f"{victim[1]['VERSION']} for {seconds} s"

    def thaw(self):
        while self.frozen:
            try:
                os.kill(self.frozen.pop(), signal.SIGCONT)
            except ProcessLookupError:
                pass

    def stop_task(self, stage, dice):
        """Asks ECS to stop a task, which drains: no request may notice it."""
        victim = self.victim(stage, dice)
        for arn in stage.ecs.list_tasks(cluster=stage.name, desiredStatus="RUNNING")["taskArns"] if victim else []:
            task = stage.ecs.describe_tasks(cluster=stage.name, tasks=[arn])["tasks"][0]
            if victim[1]["PORT"] in [str(binding["hostPort"]) for binding in task["containers"][0]["networkBindings"]]:
                stage.ecs.stop_task(cluster=stage.name, task=arn, reason="chaos")
                return victim[1]["VERSION"]

    # The daemon and its disk

    def kill_daemon(self, stage, dice):
        if time.monotonic() - self.last_kill < 8:
            return None
        self.taken.clear()
        spans = [self.excuses.excuse(s.name, "the daemon was away") for s in self.stages]
        self.thaw()
        self.daemon.kill()
        left = len(processes())
        time.sleep(dice.choice([0, 0.5]))
        if not self.daemon.start():
            assert self.disk.is_full, "the daemon does not start"
            step("  it does not start on a full disk, and says why")
            self.disk.free()
            assert self.daemon.start(), "the daemon does not start after the disk was full"
        self.disk.free()  # without it no task starts
        for s, span in zip(self.stages, spans):
            began = time.monotonic()
            until(f"{s.name} serves after a restart", lambda: self.traffic.last.get(s.name, (0,))[0] > began, 45)
            # The last of its tasks may come up after the first; until then there is no second one to be killed.
            self.excuses.close(span, 0.2)
        self.last_kill = time.monotonic()
        return f"while {left} programs ran"

    def fill_disk(self, stage, dice):
        seconds, kills = dice.choice([1, 3]), dice.random() < 0.3
        if not self.disk.is_small or time.monotonic() - self.last_full < 10:
            return None
        self.disk.fill()
        refused = 0
        for number in range(5):
            refused += not self.make_things(stage, dice)
        time.sleep(seconds)
        if kills:
            self.last_kill = 0
            self.kill_daemon(stage, dice)
        self.disk.free()
        self.last_full = time.monotonic()
        return f"for {seconds} s, {refused} of 5 calls were refused{', with a kill' if kills else ''}"

    def make_things(self, stage, dice):
        kind, name = dice.choice(["log group", "secret", "parameter"]), f"/chaos/{self.acts}/{dice.randrange(10**9)}"
        make = {"log group": lambda: logs.create_log_group(logGroupName=name),
                "secret": lambda: secrets.create_secret(Name=name, SecretString="x" * 4000),
                "parameter": lambda: parameters.put_parameter(Name=name, Value="x" * 4000, Type="String")}[kind]
        try:
            make()
        except ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 500 and self.disk.is_full, error
            ledger.refused.append((kind, name))
            return None
        ledger.note(kind, name)
        return kind


def fill_store(count):
    """Services that are only records."""
    ecs.create_cluster(clusterName="records")
    arn = ecs.register_task_definition(family="records", containerDefinitions=[{"name": "x", "image": "x", "memory": 16}])["taskDefinition"]["taskDefinitionArn"]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: ecs.create_service(cluster="records", serviceName=f"r{n}", taskDefinition=arn, desiredCount=0), range(count)))


def count_records():
    pages = ecs.get_paginator("list_services").paginate(cluster="records", PaginationConfig={"PageSize": 100})
    return sum(len(page["serviceArns"]) for page in pages)


def settled(stage):
    """The service when nothing is under way any more."""
    service = stage.service()
    is_settled = (
        all(d["status"] in ENDED for d in stage.recent_deployments()) and len(service["deployments"]) == 1
        and service["runningCount"] == service["desiredCount"] and service["pendingCount"] == 0
        and sorted(stage.weights())[0] == 0 and len(processes(CHAOS=stage.name)) == service["desiredCount"])
    return service if is_settled else None


def check_end(stage, traffic, problems):
    service = stage.service()
    newest = stage.recent_deployments()[0]
    if newest["status"] == "SUCCESSFUL":
        revision = newest["targetServiceRevision"]["arn"]
    elif newest["status"] == "ROLLBACK_SUCCESSFUL":
        revision = newest["rollback"]["serviceRevisionArn"]
    else:
        problems.append(f"{stage.name}: the last deployment ended {newest['status']}: {newest.get('statusReason')}")
        return
    definition = stage.ecs.describe_service_revisions(serviceRevisionArns=[revision])["serviceRevisions"][0]["taskDefinition"]
    version = stage.versions[definition]
    running = {environment["VERSION"] for _, environment in processes(CHAOS=stage.name)}
    if running != {version} or stage.last_version(traffic) != version or service["taskDefinition"] != definition:
        problems.append(f"{stage.name}: {version} should serve, but {running} run, {stage.last_version(traffic)} answers, {service['taskDefinition']} is the service's")
    if service["desiredCount"] not in stage.wanted:
        problems.append(f"{stage.name}: desiredCount is {service['desiredCount']}, accepted was {stage.wanted}")
    targets = []
    for page in pages(stage):
        targets += [d["targetServiceRevisionArn"] for d in page["serviceDeployments"]]
    known = set()
    for first in range(0, len(targets), 20):
        known |= {r["taskDefinition"] for r in stage.ecs.describe_service_revisions(serviceRevisionArns=targets[first:first + 20])["serviceRevisions"]}
    problems += [f"{stage.name}: the accepted update to {stage.versions[arn]} has no deployment" for arn in stage.updates if arn not in known]
    step(f"{stage.name}: {len(targets)} deployments, the last {newest['status']}; {version} serves with {service['runningCount']} tasks")


def pages(stage):
    token = {}
    while True:
        page = stage.ecs.list_service_deployments(cluster=stage.name, service="web", maxResults=100, **token)
        yield page
        if "nextToken" not in page:
            return
        token = {"nextToken": page["nextToken"]}


class Watch(threading.Thread):
    """Looks at the rules of one service after the other."""

    def __init__(self, stages):
        super().__init__()
        self.stages, self.problems, self.looks, self.stopping = stages, [], 0, False

    def run(self):
        while not self.stopping:
            for stage in self.stages:
                try:
                    problem = two_colours(stage)
                    self.looks += 1
                except (ClientError, BotoCoreError):
                    problem = None  # the daemon is away
                if problem:
                    self.problems.append(problem)
                    step(f"  WRONG: {problem}")
                time.sleep(0.1)


def play(daemon, disk):
    assert daemon.start()
    began = time.monotonic()
    fill_store(options.records)
    step(f"seed {options.seed}: {options.records} services' records written in {time.monotonic() - began:.0f} s")
    stages = [Victim(f"chaos{number}") for number in range(SERVICES)]
    for stage in stages:
        first = stage.define(f"{stage.name}.0good")
        stage.ecs.create_service(
            cluster=stage.name, serviceName="web", taskDefinition=first, desiredCount=2, launchType="FARGATE",
            networkConfiguration=NETWORK, deploymentConfiguration=stage.deployment_configuration,
            loadBalancers=[{"targetGroupArn": stage.groups[0], "containerName": "web", "containerPort": 8080, "advancedConfiguration": {
                "alternateTargetGroupArn": stage.groups[1], "productionListenerRule": stage.rule,
                "roleArn": f"arn:aws:iam::{stage.account}:role/ecs-infrastructure"}}])
        stage.updates.append(first)
    for stage in stages:
        assert stage.ended(stage.newest())["status"] == "SUCCESSFUL"
    excuses = Excuses()
    traffic, watch = Traffic(excuses), Watch(stages)
    chaos = Chaos(stages, daemon, disk, excuses, traffic)
    traffic.start({stage.name: (stage.host, stage.port) for stage in stages})
    watch.start()
    try:
        end = time.monotonic() + options.minutes
        while time.monotonic() < end:
            chaos.act()
            time.sleep(chaos.draw.uniform(0, 0.5))
        step(f"the end: {chaos.acts} acts, {chaos.done}, {daemon.kills} kills of the daemon")
        chaos.pool.shutdown()
        chaos.thaw()
        disk.free()
        for stage in stages:
            set_alarm(stage, "OK")
        problems = []
        for stage in stages:
            try:
                until(f"{stage.name} settles", lambda: settled(stage), 120)
            except AssertionError as error:
                told = [(d["status"], d.get("lifecycleStage"), d.get("statusReason")) for d in stage.recent_deployments()]
                service = stage.service()
                problems.append(f"{error}: {told}, {stage.weights()}, {service['runningCount']} of {service['desiredCount']} run, {len(processes(CHAOS=stage.name))} programs; "
                                + "; ".join(e["message"] for e in service["events"][:5]))
        time.sleep(2)
    finally:
        watch.stopping = True
        traffic.stop()
        watch.join()
    for stage in stages:
        check_end(stage, traffic, problems)
    problems += ledger.missing(ecs, logs, secrets, parameters)
    if (count := count_records()) != options.records:
        problems.append(f"{count} of {options.records} services' records are left")
    problems += watch.problems
    problems += [f"{service}: a request failed for no reason: {fault}" for service, _, _, fault in traffic.failures]
    step(f"{traffic.sent} requests, {sum(traffic.served.values())} served, failed for a reason: {dict(traffic.excused)}; for none: {len(traffic.failures)}")
    step(f"{watch.looks} looks at the rules; {len(ledger.things)} things accepted, {len(ledger.refused)} refused for want of disk")
    daemon.process.send_signal(signal.SIGTERM)
    code = daemon.process.wait(90)
    if code != 0:
        problems.append(f"the daemon ended with {code}")
    try:
        until("nothing is left running", lambda: not processes(), 5)
    except AssertionError as error:
        problems.append(f"{error}: {processes()}")
    check_store(options.state)
    return problems


ledger = Ledger()
ecs, logs, secrets, parameters, cloudwatch = clients(endpoint, ("ecs", "logs", "secretsmanager", "ssm", "cloudwatch"))
disk, daemon = Disk(), Daemon()
try:
    problems = play(daemon, disk)
finally:
    if daemon.process:
        daemon.process.kill()
        daemon.process.wait()
    for process, _ in processes():
        os.kill(process, signal.SIGKILL)
    disk.close()
for problem in problems:
    step(f"PROBLEM: {problem}")
step(f"seed {options.seed}, {options.minutes:g} scaled minutes: {'all invariants held' if not problems else f'{len(problems)} problems'}")
sys.exit(1 if problems else 0)
