"""Every strategy under constant load: success fails no request, and on the way back only the new release's own answers fail.

    shifts.py ENDPOINT SERVICE.PY STATE

Each strategy has a service of its own, and all are under load at the same time. Each is released once, and at each step
the share of the new release is counted; then it is released with a program that answers 500 to users and passes its
checks, which is stopped, or failed by an alarm, the circuit breaker or a hook, while it has traffic. A request that
fails must have been answered by that program: no connection may break, and the balancer may never be without a target.
"""
import math
import pathlib
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from harness import NETWORK, BlueGreen, clients, function, step, until
from load import Load

endpoint, service_py, state = sys.argv[1:4]
(cloudwatch,) = clients(endpoint, ("cloudwatch",))
RATE, SAMPLE = 150, 1000
# The share of production traffic at which a release that is to fail does so.
STEPS = {"ROLLING": [], "BLUE_GREEN": [100], "CANARY": [10, 100], "LINEAR": [40, 80, 100]}
FAILS_AT = {"BLUE_GREEN": 100, "CANARY": 10, "LINEAR": 80}
# Two-sided, 99.9 %.
SIGMAS = 3.2905
folder = tempfile.TemporaryDirectory()
services = {}


class Shifted(BlueGreen):
    """A service of one strategy, and the load on it."""

    def __init__(self, strategy):
        self.strategy = strategy
        super().__init__(endpoint, service_py, f"shifts-{strategy.lower().replace('_', '-')}")
        services[self.name] = self
        self.sick, self.alarm = pathlib.Path(folder.name) / self.name, f"{self.name}-errors"
        cloudwatch.put_metric_alarm(
            AlarmName=self.alarm, Namespace="Shifts", MetricName=self.name, Period=60, EvaluationPeriods=1, Threshold=1, Statistic="Sum",
            ComparisonOperator="GreaterThanThreshold", TreatMissingData="ignore")
        self.set_alarm("OK")
        self.cause, self.load, self.problems = None, None, []

    def set_alarm(self, value):
        cloudwatch.set_alarm_state(AlarmName=self.alarm, StateValue=value, StateReason="a test says so")

    def configuration(self, bake=0):
        result = {"strategy": self.strategy, "deploymentCircuitBreaker": {"enable": True, "rollback": True}, "bakeTimeInMinutes": bake,
                  "alarms": {"alarmNames": [self.alarm], "enable": True, "rollback": True}}
        if self.strategy != "ROLLING":
            result["lifecycleHooks"] = [{"targetType": "AWS_LAMBDA", "hookTargetArn": "arn:aws:lambda:us-east-1:000000000000:function:shifts",
                                         "roleArn": "arn:aws:iam::000000000000:role/hooks", "lifecycleStages": ["PRODUCTION_TRAFFIC_SHIFT"]}]
        if self.strategy == "CANARY":
            result["canaryConfiguration"] = {"canaryPercent": 10.0, "canaryBakeTimeInMinutes": 0}
        if self.strategy == "LINEAR":
            result["linearConfiguration"] = {"stepPercent": 40.0, "stepBakeTimeInMinutes": 0}
        return result

    # The function of the hooks

    def asked(self, event):
        """Traffic has been shifted by a step: it stays so until this has answered."""
        target = event["executionDetails"]["targetServiceRevisionArn"]
        share = event["executionDetails"]["productionTrafficWeights"][target]
        if self.deployment(event["resourceArn"])["status"] != "IN_PROGRESS":
            return "SUCCEEDED"
        try:
            if self.cause is None:
                self.measure(share)
            elif share == FAILS_AT[self.strategy]:
                self.await_faults()
                if self.cause == "hook":
                    return "FAILED"
                self.inflict(event["resourceArn"])
        except AssertionError as error:
            self.problems.append(f"at {share} %: {error}")
        return "SUCCEEDED"

    def measure(self, share):
        """Counts answers until the share of the new release is within its bound; a true one is not twice in a million."""
        for _ in range(2):
            # Slow requests that went to the old release before are answered by it.
            self.await_requests(RATE // 2)
            before = dict(self.load.versions)
            until(f"{SAMPLE} answers", lambda: sum(self.load.versions.values()) >= sum(before.values()) + SAMPLE, 120)
            after, expected = dict(self.load.versions), share / 100
            total = sum(after.values()) - sum(before.values())
            found = (after.get("new", 0) - before.get("new", 0)) / total
            bound = SIGMAS * math.sqrt(expected * (1 - expected) / total)
            step(f"{self.name}: {share:g} % asked for, {100 * found:.2f} % of {total} answers (bound ± {100 * bound:.2f})")
            if abs(found - expected) <= bound:
                return
        raise AssertionError(f"{100 * found:.2f} % of the answers, twice out of the bound ± {100 * bound:.2f}")

    def await_requests(self, count):
        sent = self.load.sent
        until(f"{count} requests", lambda: self.load.sent >= sent + count)

    def await_faults(self):
        until("the new release has answered wrongly", lambda: self.load.faults >= 5)

    def inflict(self, arn):
        if self.cause == "stop":
            return self.ecs.stop_service_deployment(serviceDeploymentArn=arn)
        if self.cause == "alarm":
            self.set_alarm("ALARM")
        else:
            self.sick.write_text("all")
        until("it goes back", lambda: self.deployment(arn)["status"] != "IN_PROGRESS")

    # What is done

    def create(self, version):
        balancer = {"targetGroupArn": self.groups[0], "containerName": "web", "containerPort": 8080}
        if self.strategy != "ROLLING":
            balancer["advancedConfiguration"] = {"alternateTargetGroupArn": self.groups[1], "productionListenerRule": self.rule,
                                                 "roleArn": f"arn:aws:iam::{self.account}:role/ecs-infrastructure"}
        self.ecs.create_service(
            cluster=self.name, serviceName="web", taskDefinition=self.task_definition(version), desiredCount=self.tasks, launchType="FARGATE",
            networkConfiguration=NETWORK, loadBalancers=[balancer],
            deploymentConfiguration=self.configuration() | {"lifecycleHooks": []})
        assert self.ended(self.newest())["status"] == "SUCCESSFUL"

    def release(self, cause, wanted):
        """One release under load; whatever fails for its users is a problem, but for what it answers wrongly itself."""
        version, environment = ("wrong", {"WRONG": "1", "SICK_FILE": str(self.sick)}) if cause else ("new", {})
        self.cause = cause
        self.set_alarm("OK")
        is_watched = cause and self.strategy == "ROLLING"
        before = self.weights()
        with Load(self.host, self.port, RATE, workers=24, wrong="wrong", posts=False) as self.load:
            self.ecs.update_service(
                cluster=self.name, service="web", deploymentConfiguration=self.configuration(1440 if is_watched else 0),
                taskDefinition=self.task_definition(version, **environment))
            arn = self.newest()
            if is_watched:
                self.await_faults()
                self.inflict(arn)
            deployment = self.ended(arn)
            # The way it is now must be the way it stays, once the last slow answers have come.
            self.await_requests(RATE)
            faults = self.load.faults
            self.await_requests(RATE)
        self.sick.unlink(missing_ok=True)
        words = f"{self.name}: {cause or 'success'}: {deployment['status']}, {self.load.sent} requests, {self.load.versions}, "
        step(f"{words}{self.load.faults} answered wrongly, {len(self.load.failures)} failed")
        if deployment["status"] != wanted:
            self.problems.append(f"{cause}: {deployment['status']}, {deployment.get('statusReason')}")
        if self.load.failures:
            self.problems.append(f"{cause}: {len(self.load.failures)} requests failed: {self.load.failures[:5]}")
        if bool(self.load.faults) != bool(cause) or self.load.faults != faults:
            self.problems.append(f"{cause}: {faults} answers were wrong when it ended, {self.load.faults} later")
        if (self.weights() == before) != (bool(cause) or self.strategy == "ROLLING"):
            self.problems.append(f"{cause}: weights {before} before, {self.weights()} after")


def take(strategy):
    service = Shifted(strategy)
    try:
        service.create("old")
        service.release(None, "SUCCESSFUL")
        for cause in ("stop", "alarm", "breaker") + (() if strategy == "ROLLING" else ("hook",)):
            service.release(cause, "ROLLBACK_SUCCESSFUL")
    except AssertionError as error:
        service.problems.append(str(error))
    return [f"{service.name}: {problem}" for problem in service.problems]


function(state, "shifts", lambda event: services[event["executionDetails"]["serviceArn"].split("/")[1]].asked(event))
began = time.time()
with ThreadPoolExecutor(max_workers=len(STEPS)) as pool:
    problems = sum(pool.map(take, STEPS), [])
step(f"{time.time() - began:.0f} s")
print("\n".join(problems))
sys.exit(1 if problems else 0)
