"""Load on the load balancer raises a service's desired count, no load lowers it, and a release holds that back.

    scaling.py ENDPOINT SERVICE.PY PALCO STATE

The cloud must run with --allow-host-commands and --minute 500ms: three minutes above the target are then 1.5 seconds.
"""
import atexit
import json
import subprocess
import sys
import threading
import time

from harness import NETWORK, BlueGreen, clients, fails, get, step, until

endpoint, service_py, palco, state = sys.argv[1:5]
PLACE = dict(ServiceNamespace="ecs", ResourceId="service/scaling/web", ScalableDimension="ecs:service:DesiredCount")
stage = BlueGreen(endpoint, service_py, "scaling", tasks=1)
scaling, cloudwatch = clients(endpoint, ("application-autoscaling", "cloudwatch"))


def desired():
    return stage.ecs.describe_services(cluster="scaling", services=["web"])["services"][0]["desiredCount"]


def activities(**arguments):
    return scaling.describe_scaling_activities(ServiceNamespace="ecs", ResourceId=PLACE["ResourceId"], **arguments)["ScalingActivities"]


follower = subprocess.Popen([palco, "events", "--follow", "--json", "--state", state], stdout=subprocess.PIPE, text=True)
atexit.register(follower.kill)
followed = []
threading.Thread(target=lambda: followed.extend(follower.stdout), daemon=True).start()


class Load:
    """Requests on the load balancer: as many as it answers, or five a second."""

    def __init__(self, pause):
        self.pause, self.ends = pause, threading.Event()
        self.threads = [threading.Thread(target=self.run) for _ in range(1 if pause else 4)]
        for thread in self.threads:
            thread.start()

    def run(self):
        while not self.ends.wait(self.pause):
            try:
                get(stage.url)
            except OSError as error:
                step(f"a request failed: {error}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ends.set()
        for thread in self.threads:
            thread.join()


step("a rolling service of one task")
stage.ecs.create_service(
    cluster="scaling", serviceName="web", taskDefinition=stage.task_definition("v1"), desiredCount=1, launchType="FARGATE",
    networkConfiguration=NETWORK, loadBalancers=[{"targetGroupArn": stage.groups[0], "containerName": "web", "containerPort": 8080}])
assert stage.ended(stage.newest())["status"] == "SUCCESSFUL"

step("a scalable target and a policy on requests per target")
fails("ObjectNotFoundException", scaling.deregister_scalable_target, **PLACE)
fails("ValidationException", scaling.register_scalable_target, **{**PLACE, "ResourceId": "service/scaling/gone"}, MinCapacity=1, MaxCapacity=4)
arn = scaling.register_scalable_target(**PLACE, MinCapacity=1, MaxCapacity=4, Tags={"k": "v"})["ScalableTargetARN"]
assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"k": "v"}
label = stage.balancer.split(":loadbalancer/")[1] + "/" + stage.groups[0].split(":")[-1]
policy = scaling.put_scaling_policy(
    **PLACE, PolicyName="requests", PolicyType="TargetTrackingScaling", TargetTrackingScalingPolicyConfiguration={
        "TargetValue": 10.0, "ScaleOutCooldown": 60, "ScaleInCooldown": 60,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ALBRequestCountPerTarget", "ResourceLabel": label}})
names = [alarm["AlarmName"] for alarm in policy["Alarms"]]
alarms = {alarm["AlarmName"]: alarm for alarm in cloudwatch.describe_alarms(AlarmNames=names)["MetricAlarms"]}
assert sorted(alarms) == sorted(names) and all(alarm["AlarmActions"] == [policy["PolicyARN"]] for alarm in alarms.values()), alarms
described = scaling.describe_scaling_policies(ServiceNamespace="ecs", PolicyNames=["requests"])["ScalingPolicies"]
assert described[0]["PolicyARN"] == policy["PolicyARN"] and described[0]["Alarms"] == policy["Alarms"], described

step("load raises the desired count")
with Load(0):
    until("it scales out", lambda: desired() > 1)
    most = until("enough tasks run", lambda: next((a for a in activities() if a["StatusCode"] == "Successful"), None))
assert "AlarmHigh" in most["Cause"] and most["Cause"].endswith("triggered policy requests"), most
step(f"{most['Description']} {most['StatusMessage']}")

with Load(0.1):
    step("a release that does not get healthy holds the scale-in back")
    stage.ecs.update_service(cluster="scaling", service="web", taskDefinition=stage.task_definition("v2", SICK="1"))
    release = stage.newest()
    many = desired()
    # Under load it may have been told before that there is no room above.
    until("the reason is told", lambda: "TargetServicePutResourceAsUnscalable" in [
        reason["Code"] for activity in activities(IncludeNotScaledActivities=True) for reason in activity.get("NotScaledReasons", [])])
    assert desired() == many > 1, (desired(), many)
    assert not [activity for activity in activities() if "AlarmLow" in activity["Cause"]]

    step("and once the release is stopped, it scales in")
    stage.ecs.stop_service_deployment(serviceDeploymentArn=release)
    assert stage.ended(release)["status"] == "ROLLBACK_SUCCESSFUL"
    until("it scales in", lambda: desired() == 1)
assert "AlarmLow" in activities()[0]["Cause"], activities()[0]
assert stage.ecs.list_service_deployments(cluster="scaling", service="web")["serviceDeployments"][0]["serviceDeploymentArn"] == release

step("the events tell it")
until("one task is left", lambda: activities()[0]["StatusCode"] == "Successful")


def told(*filters):
    printed = subprocess.run([palco, "events", "--json", "--last", "1000", "--state", state, *filters], capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in printed.splitlines()]


events = told()
assert all(event["version"] == "0" and event["region"] == "us-east-1" and event["account"] == stage.account for event in events)
assert {event["detail"]["direction"] for event in told("--source", "aws.application-autoscaling")} == {"scale-out", "scale-in"}
assert {event["detail"]["alarmName"] for event in told("--type", "CloudWatch Alarm State Change")} == set(names)
assert [event["detail"]["eventName"] for event in told("--type", "ECS Deployment State Change")][:3] == [
    "SERVICE_DEPLOYMENT_IN_PROGRESS", "SERVICE_DEPLOYMENT_COMPLETED", "SERVICE_DEPLOYMENT_IN_PROGRESS"]
identifiers = [event["id"] for event in events]


def has_followed():
    seen = [json.loads(line)["id"] for line in followed]
    # Whatever happens after the look above is followed, too.
    return identifiers[0] in seen and seen[seen.index(identifiers[0]):][:len(identifiers)] == identifiers


until("a follower has seen each event, once and in order", has_followed)
follower.terminate()
lines = subprocess.run([palco, "events", "--last", "5", "--state", state], capture_output=True, text=True, check=True).stdout
assert len(lines.splitlines()) == 5 and "\x1b" not in lines, lines

step("all goes")
scaling.deregister_scalable_target(**PLACE)
assert not scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
assert not cloudwatch.describe_alarms(AlarmNames=names)["MetricAlarms"]
