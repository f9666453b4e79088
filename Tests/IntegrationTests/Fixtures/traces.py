"""Golden traces: what an unmodified boto3 client sees of releases is compared with what the ECS Developer Guide says.

    traces.py ENDPOINT SERVICE.PY STATE [OUTPUT]

guide.py says what is to be seen. A trace is of one service: releases, in order, each with what happens to it. The
service has one task, a production rule and a test rule, and a Lambda hook in every stage that can have one: this
program is the function, and what it sees while ECS waits for its answer is one line. SCALE_UP is held by a program that
does not listen yet, BAKE_TIME by its length. With OUTPUT, what was seen is written there.

A line of a trace: the place, then the deployment's status and lifecycleStage, then the target's share of test and
production traffic as the deployment asks for it and, in brackets, as the rules have it, then the tasks of the target and
of the sources that run. The last lines of a release are its end: reason, rollback, watchers, and the service's events.
"""
import difflib
import json
import os
import pathlib
import re
import signal
import sys
import tempfile
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import guide
import shapes
from harness import ENDED, NETWORK, BlueGreen, clients, function, step, until

endpoint, service_py, state = sys.argv[1:4]
output = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None
(cloudwatch,) = clients(endpoint, ("cloudwatch",))
HOOKED = ["RECONCILE_SERVICE", *guide.HOOKED]
folder = tempfile.TemporaryDirectory()
WORKERS = 6
services = {}


class Traced(BlueGreen):
    """A service whose releases are traced."""

    def __init__(self, name, strategy):
        super().__init__(endpoint, service_py, name, tasks=1)
        shapes.watch(self.ecs, self.elb)
        services[name] = self
        self.strategy = strategy
        self.lines, self.release, self.arn = [], None, None
        self.lock = threading.Lock()
        self.test_rule = self.elb.create_rule(
            ListenerArn=self.listener["ListenerArn"], Priority=5, Conditions=[{"Field": "path-pattern", "Values": ["/test*"]}],
            Actions=self.forward(1, 0))["Rules"][0]["RuleArn"]
        self.alarm = f"{name}-errors"
        cloudwatch.put_metric_alarm(
            AlarmName=self.alarm, Namespace="Traces", MetricName=name, Period=60, EvaluationPeriods=1, Threshold=1, Statistic="Sum",
            ComparisonOperator="GreaterThanThreshold", TreatMissingData="ignore")
        self.set_alarm("OK")

    def set_alarm(self, value):
        cloudwatch.set_alarm_state(AlarmName=self.alarm, StateValue=value, StateReason="a test says so")

    def configuration(self, release):
        strategy = release.get("strategy", self.strategy)
        result = {"strategy": strategy, "deploymentCircuitBreaker": {"enable": True, "rollback": True},
                  "alarms": {"alarmNames": [self.alarm], "enable": True, "rollback": True}, "bakeTimeInMinutes": release.get("bake", 0)}
        if strategy == "ROLLING":
            return result
        result["lifecycleHooks"] = [{"targetType": "AWS_LAMBDA", "hookTargetArn": "arn:aws:lambda:us-east-1:000000000000:function:traces",
                                     "roleArn": "arn:aws:iam::000000000000:role/hooks", "lifecycleStages": HOOKED}]
        if release.get("cause") == "timeout":
            # The pauses before earlier steps have to be answered in time.
            result["lifecycleHooks"].append({"targetType": "PAUSE", "lifecycleStages": [release["stage"]],
                                             "timeoutConfiguration": {"timeoutInMinutes": 20 if release.get("share") else 4}})
        if strategy == "CANARY":
            result["canaryConfiguration"] = {"canaryPercent": 10.0, "canaryBakeTimeInMinutes": release.get("step bake", 0)}
        if strategy == "LINEAR":
            result["linearConfiguration"] = {"stepPercent": 40.0, "stepBakeTimeInMinutes": release.get("step bake", 0)}
        return result

    # What is seen

    def share(self, rule):
        found = self.elb.describe_rules(RuleArns=[rule])["Rules"][0]["Actions"][0]["ForwardConfig"]["TargetGroups"]
        total = sum(group["Weight"] for group in found)
        return sum(group["Weight"] for group in found if group["TargetGroupArn"] == self.target_group) * 100 / total

    def look(self, place):
        deployment = self.deployment(self.arn)
        target = deployment["targetServiceRevision"]
        sources = deployment["sourceServiceRevisions"]
        running = "/".join(str(source["runningTaskCount"]) for source in sources) or "-"
        text = f"{place}: {deployment['status']} {deployment.get('lifecycleStage', '-')}"
        if "requestedTestTrafficWeight" in target:
            for kind, rule in (("test", self.test_rule), ("production", self.rule)):
                text += f", {kind} {target[f'requested{kind.title()}TrafficWeight']:g} ({self.share(rule):g})"
        with self.lock:
            self.lines.append(f"  {text}, tasks {target['runningTaskCount']} {running}")
        return deployment

    def asked(self, event):
        """A hook's function: one line of the trace."""
        stage, release = event["lifecycleStage"], self.release
        # It may be asked before the call that began the release has answered.
        self.arn = event["resourceArn"]
        if stage == "RECONCILE_SERVICE":
            until("one source is left", lambda: self.counts()[1] == 1 and self.share(self.rule) == 0)
        production = event["executionDetails"]["productionTrafficWeights"].get(event["executionDetails"]["targetServiceRevisionArn"])
        told = "" if production is None else f", told {production:g}"
        deployment = self.look(stage + told)
        if deployment["status"] != "IN_PROGRESS" or stage != release.get("stage"):
            return "SUCCEEDED"
        if release.get("share", production) != production:
            if release["cause"] == "timeout":
                self.answer_pause()
            return "SUCCEEDED"
        if release["cause"] == "hook":
            return "FAILED"
        self.inflict(release["cause"])
        return "SUCCEEDED"

    def answer_pause(self):
        def waiting():
            return [hook for hook in self.deployment(self.arn)["lifecycleHookDetails"] if hook["status"] == "AWAITING_ACTION"]
        (hook,) = until("the pause", waiting)
        self.ecs.continue_service_deployment(serviceDeploymentArn=self.arn, hookId=hook["hookId"])

    def inflict(self, cause):
        arn = self.arn
        if cause == "stop":
            self.ecs.stop_service_deployment(serviceDeploymentArn=arn)
        elif cause == "alarm":
            self.set_alarm("ALARM")
        elif cause == "breaker":
            self.sick.write_text("all")
        elif cause == "supersede":
            self.superseded.set()
        elif cause in guide.REPAIRED:
            self.repair(cause)
        if cause in ("alarm", "breaker", "supersede"):
            until(f"the {cause} is seen", lambda: self.deployment(arn)["status"] != "IN_PROGRESS")

    def repair(self, cause):
        """A task of the target fails, and another one takes its place."""
        (program,) = self.programs()
        if cause == "crash":
            os.kill(program, signal.SIGKILL)
        else:
            self.sick.write_text(str(program))
        if not self.gate.exists():
            # It is held at SCALE_UP, and so is the one that takes the place of one that crashed.
            until("its place is taken", lambda: cause != "crash" or self.programs() not in ([], [program]))
            return self.gate.touch()

        def is_replaced():
            health = self.elb.describe_target_health(TargetGroupArn=self.target_group)["TargetHealthDescriptions"]
            healthy = [target for target in health if target["TargetHealth"]["State"] == "healthy"]
            others = self.programs()
            return len(others) == 1 and others != [program] and len(healthy) == 1 and self.counts()[0] == 1
        until("its place is taken", is_replaced)
        self.look("replaced")

    def programs(self):
        """The running programs of the target's tasks."""
        found = []
        for entry in filter(str.isdigit, os.listdir("/proc")):
            try:
                if self.mark in pathlib.Path(f"/proc/{entry}/environ").read_bytes().split(b"\0"):
                    found.append(int(entry))
            except OSError:
                pass
        return found

    # What is done

    def run(self, release):
        """One release, from its call to its end."""
        self.lines, self.release, self.superseded = [], release, threading.Event()
        weights, before = self.weights(), self.arn
        # Half way through a shift that was superseded, the next release goes where that one went.
        if self.strategy == "ROLLING":
            self.target_group = self.groups[0]
        elif 0 in weights:
            self.target_group = self.groups[0] if weights[1] else self.groups[1]
        self.set_alarm("OK")
        mark = str(uuid.uuid4())
        self.mark = f"MARK={mark}".encode()
        self.gate, self.sick = (pathlib.Path(folder.name) / f"{mark}.{kind}" for kind in ("gate", "sick"))
        environment = {"MARK": mark, "GATE": str(self.gate), "SICK_FILE": str(self.sick)}
        holds = release.get("stage") == "SCALE_UP" and release["cause"] != "breaker"
        if not holds:
            self.gate.touch()
        if release.get("stage") == "SCALE_UP" and release["cause"] == "breaker":
            self.sick.write_text("all")
        seen = set()
        if release.get("first"):
            self.ecs.create_service(
                cluster=self.name, serviceName="web", taskDefinition=self.task_definition("v", **environment), desiredCount=1,
                launchType="FARGATE", networkConfiguration=NETWORK, deploymentConfiguration=self.configuration(release),
                loadBalancers=[self.load_balancer(release)])
        else:
            seen = {event["id"] for event in self.events()}
            self.ecs.update_service(
                cluster=self.name, service="web", taskDefinition=self.task_definition("v", **environment),
                deploymentConfiguration=self.configuration(release))
        self.arn = self.newest()
        if holds:
            until("SCALE_UP", lambda: self.counts()[0] == 1 and self.deployment(self.arn).get("lifecycleStage") in ("SCALE_UP", None))
            self.look("SCALE_UP")
        if release.get("bake"):
            until("BAKE_TIME", lambda: self.deployment(self.arn).get("lifecycleStage") == "BAKE_TIME"
                  or self.strategy == "ROLLING" and self.counts() == (1, 0) and self.is_drained(seen))
            self.look("BAKE_TIME")
        if release.get("step bake"):
            share = release["held"]
            until("the step", lambda: self.deployment(self.arn)["targetServiceRevision"]["requestedProductionTrafficWeight"] == share
                  and self.lines[-1].startswith("  PRODUCTION"))
            self.look("step bake")
        if holds or "bake" in release or "step bake" in release:
            if release["cause"] == "supersede":
                return self.lines
            self.inflict(release["cause"])
            if "bake" in release and release["cause"] in guide.REPAIRED:
                self.inflict("stop")
        if release.get("cause") == "supersede":
            assert self.superseded.wait(60), "the stage was never reached"
            return self.lines
        deployment = self.ended(seconds=60)
        if deployment["status"] != "ROLLBACK_FAILED":
            until("steady", lambda: [e for e in self.events() if e["id"] not in seen and e["message"].endswith("has reached a steady state.")])
        self.look("end")
        if release.get("supersedes"):
            self.lines.append("  before: {status}, {statusReason}".format(**self.deployment(before)))
        events = [event["message"] for event in reversed(self.events()) if event["id"] not in seen]
        self.tell(deployment, events, sorts="unordered" in release)
        return self.lines

    def is_drained(self, seen):
        """Whether all was told of the old task's end; a first release has none."""
        messages = [event["message"] for event in self.events() if event["id"] not in seen]
        return not self.deployment(self.arn)["sourceServiceRevisions"] or any("draining" in message for message in messages)

    def counts(self):
        """The tasks of the target and of the sources that run."""
        deployment = self.deployment(self.arn)
        return (deployment["targetServiceRevision"]["runningTaskCount"],
                sum(source["runningTaskCount"] for source in deployment["sourceServiceRevisions"]))

    def ended(self, arn=None, seconds=60):
        def look():
            deployment = self.deployment(self.arn)
            return deployment if deployment["status"] in ENDED else None
        return until("the deployment ends", look, seconds)

    def load_balancer(self, release):
        balancer = {"targetGroupArn": self.groups[0], "containerName": "web", "containerPort": 8080}
        if self.strategy != "ROLLING":
            balancer["advancedConfiguration"] = {
                "alternateTargetGroupArn": self.groups[1], "productionListenerRule": self.rule, "testListenerRule": self.test_rule,
                "roleArn": f"arn:aws:iam::{self.account}:role/ecs-infrastructure"}
        return balancer

    def events(self):
        return self.ecs.describe_services(cluster=self.name, services=["web"])["services"][0]["events"]

    def tell(self, deployment, events, sorts):
        if "statusReason" in deployment:
            self.lines.append(f"  reason: {self.plain(deployment['statusReason'])}")
        if "rollback" in deployment:
            rollback = deployment["rollback"]
            sources = [source["arn"] for source in deployment["sourceServiceRevisions"]]
            to = rollback.get("serviceRevisionArn")
            self.lines.append(f"  rollback: to {'nothing' if to is None else 'the source' if to in sources else to}, {self.plain(rollback['reason'])}")
            assert rollback["startedAt"] <= deployment["finishedAt"], deployment
        breaker, alarms = deployment["deploymentCircuitBreaker"], deployment["alarms"]
        self.lines.append(f"  breaker: {breaker['status']} {breaker['failureCount']} of {breaker['threshold']}")
        self.lines.append(f"  alarms: {alarms['status']} {len(alarms['triggeredAlarmNames'])} of {len(alarms['alarmNames'])}")
        plain = [self.plain(event) for event in events]
        self.lines += [f"  event: {event}" for event in (sorted(plain) if sorts else plain)]

    def plain(self, text):
        """A text without what differs from run to run."""
        text = re.sub(r"\(task [0-9a-f]{32}\)", "(task T)", text)
        text = re.sub(r"\(port \d+\)", "(port P)", text)
        text = re.sub(r"ecs-svc/\d+", "ecs-svc/N", text)
        for group in self.groups:
            text = text.replace(group, "target's" if group == self.target_group else "source's")
        return text.replace(self.alarm, "ALARM")


def releases(lines):
    """The releases of a file: a head with settings in brackets, and the lines that are to be seen."""
    found = []
    for line in lines:
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith(" "):
            found[-1][2].append(line)
        else:
            head, _, settings = line.partition(" [")
            found.append((head, json.loads("{" + settings.rstrip("]") + "}"), []))
    return found


def trace(name, text):
    strategy = name.split(".")[0].replace("-", "_").upper()
    service = Traced(name.removesuffix(".txt").replace(".", "-"), strategy)
    problems, seen = [], []
    for head, settings, expected in releases(text.splitlines()):
        began = time.time()
        try:
            lines = service.run(settings)
        except AssertionError as error:
            lines = service.lines + [f"  {error}"]
        seen += [head, *lines, ""]
        step(f"{name}: {head}: {len(lines)} lines in {time.time() - began:.1f} s")
        if lines != expected:
            problems.append(f"{name}: {head}\n" + "\n".join(difflib.unified_diff(expected, lines, "expected", "seen", lineterm="", n=99)))
    if output:
        (output / name).write_text("\n".join(seen))
    return problems


function(state, "traces", lambda event: services[event["executionDetails"]["serviceArn"].split("/")[1]].asked(event))
began, traces = time.time(), guide.traces()
with ThreadPoolExecutor(max_workers=WORKERS) as pool:
    # The longest first, so that none of them is left over at the end.
    order = sorted(traces, key=lambda name: -len(traces[name]))
    problems = sum(pool.map(trace, order, (traces[name] for name in order)), [])
step(f"{len(traces)} services in {time.time() - began:.0f} s, {len(problems)} releases differ")
print("\n\n".join(problems))
sys.exit(1 if problems else 0)
