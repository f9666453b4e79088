"""A deployment controller of one's own: blue/green by task sets and the listener's weights, without a failed request.

    tasksets.py ENDPOINT SERVICE.PY
"""
import sys
import threading

from harness import NETWORK, BlueGreen, fails, get, step, until
from shapes import watch

world = BlueGreen(sys.argv[1], sys.argv[2], "sets")
ecs = world.ecs
watch(ecs)
service = {"cluster": "sets", "service": "web"}
fails("InvalidParameterException", ecs.create_service, cluster="sets", serviceName="web", desiredCount=2,
      taskDefinition=world.task_definition("v0"), deploymentController={"type": "EXTERNAL"})
ecs.create_service(cluster="sets", serviceName="web", desiredCount=2, deploymentController={"type": "EXTERNAL"})


def described(arn):
    return ecs.describe_task_sets(**service, taskSets=[arn])["taskSets"][0]


def create(version, group, scale):
    made = ecs.create_task_set(
        **service, taskDefinition=world.task_definition(version), launchType="FARGATE", networkConfiguration=NETWORK, externalId=version,
        loadBalancers=[{"targetGroupArn": world.groups[group], "containerName": "web", "containerPort": 8080}],
        scale={"value": scale, "unit": "PERCENT"}, clientToken=version)["taskSet"]
    assert made["status"] == "ACTIVE" and made["stabilityStatus"] == "STABILIZING", made
    return made["taskSetArn"]


def steady(arn, running):
    def look():
        found = described(arn)
        return found if found["stabilityStatus"] == "STEADY_STATE" else None
    found = until("the task set is steady", look)
    assert (found["runningCount"], found["pendingCount"]) == (running, 0), found
    return found


blue = create("v1", 0, 100)
assert create("v1", 0, 100) == blue, "the token makes a repetition harmless"
steady(blue, 2)
ecs.update_service_primary_task_set(**service, primaryTaskSet=blue)
shown = ecs.describe_services(cluster="sets", services=["web"])["services"][0]
assert shown["taskSets"][0]["status"] == "PRIMARY" and shown["taskDefinition"] == shown["taskSets"][0]["taskDefinition"], shown
assert shown["deployments"] == [] and shown["deploymentController"] == {"type": "EXTERNAL"}
assert get(world.url) == "v1"
step("blue serves")

answers, over = [], threading.Event()


def load():
    while not over.wait(0.01):
        try:
            answers.append(get(world.url))
        except OSError as error:
            answers.append(f"{error}")


loader = threading.Thread(target=load)
loader.start()
try:
    green = create("v2", 1, 50)
    steady(green, 1)
    world.set_weights(1, 1)
    until("both answer", lambda: {"v1", "v2"} <= set(answers[-50:]))
    ecs.update_task_set(**service, taskSet=green, scale={"value": 100, "unit": "PERCENT"})
    steady(green, 2)
    world.set_weights(0, 1)
    ecs.update_service_primary_task_set(**service, primaryTaskSet=green.split("/", 3)[3])
    fails("InvalidParameterException", ecs.delete_task_set, **service, taskSet=blue)
    assert ecs.delete_task_set(**service, taskSet=blue, force=True)["taskSet"]["status"] == "DRAINING"
    until("blue is gone", lambda: len(ecs.describe_task_sets(**service)["taskSets"]) == 1)
finally:
    over.set()
    loader.join()
assert set(answers) == {"v1", "v2"}, set(answers)
assert get(world.url) == "v2"
step(f"green serves; {len(answers)} requests, none failed")

messages = [e["message"] for e in ecs.describe_services(cluster="sets", services=["web"])["services"][0]["events"]]
for text in ("updated computedDesiredCount for taskSet ecs-svc/", "updated state to STEADY_STATE.", "has reached a steady state."):
    assert any(text in message for message in messages), messages
fails("TaskSetNotFoundException", ecs.delete_task_set, **service, taskSet=blue)
ecs.delete_service(**service, force=True)
ecs.get_waiter("services_inactive").wait(cluster="sets", services=["web"], WaiterConfig={"Delay": 1, "MaxAttempts": 30})
step("the service is gone")
