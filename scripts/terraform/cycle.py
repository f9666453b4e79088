"""The cycle: one project from an empty account to stage and production and back, by Palco's own commands."""
from project import FIXTURES, IMAGE, Project
from service import Service
from steps import at_once, expect, step


def manifest():
    """The shortest manifest, with a service that is made of files, and a production."""
    text = open(f"{FIXTURES}/short.yml").read()
    for old, new in [
        ("image: {dockerfile: Dockerfile}", IMAGE),
        ("service: {port: 8080}",
         "service: {port: 8080, tasks: 2, health: {path: /healthz, interval: 5s}, environment: {GREETING: hello}}\n"
         "release: {strategy: blue_green, bake: 0m}"),
        ("  stage: {target: aws, region: eu-west-1}",
         "  stage: {target: aws, region: eu-west-1}\n  production: {target: aws, region: eu-west-1}"),
    ]:
        expect(old in text, f"short.yml has no '{old}' any more")
        text = text.replace(old, new)
    return text


def cycle(clouds):
    project = Project(clouds, "shop", manifest())
    stage, production = Service(project, "stage"), Service(project, "production")

    def no_changes(name, when):
        step(f"plan {name} {when}", lambda: project.plan_without_changes(name))

    def make(service):
        name = service.name
        project.override(name)
        step(f"plan {name}", lambda: project.plan(name))
        step(f"up {name}", lambda: project.up(name))
        no_changes(name, "after up")
        step(f"the two blocks of provider 6 in {name}", service.say_what_provider_5_cannot)

    def release(version):
        project.version(version)
        project.palco("deploy", "stage", "--label", version)
        return stage.serves(version)

    def roll_back():
        project.palco("rollback", "stage")
        return stage.serves("v1")

    def promote():
        project.palco("promote", "stage", "production")
        return production.serves("v1")

    step("bootstrap", project.bootstrap)
    # The provider waits for most of the time, so both are made at once.
    at_once(lambda: make(stage), lambda: make(production), lambda: step("bootstrap again", project.bootstrap_again))
    no_changes("stage", "after the two blocks")
    step("release v1 to stage", lambda: release("v1"))
    no_changes("stage", "after v1")
    step("release v2 to stage", lambda: release("v2"))
    no_changes("stage", "after v2")
    step("roll stage back", roll_back)
    no_changes("stage", "after the rollback")
    step("promote stage to production", promote)
    at_once(lambda: no_changes("production", "after the promotion"), lambda: drift(project, stage))
    at_once(
        lambda: step("down stage", lambda: project.down("stage")),
        lambda: step("down production", lambda: down_production(project)))


def drift(project, stage):
    """What releases changed is no drift; what a person changed is, and `up` puts it back."""

    def by_hand():
        cloudwatch = project.client("cloudwatch")
        alarm = cloudwatch.describe_alarms(AlarmNamePrefix=stage.prefix)["MetricAlarms"][0]
        kept = ("AlarmName", "Namespace", "MetricName", "Dimensions", "Statistic", "ExtendedStatistic", "Metrics",
                "Period", "EvaluationPeriods", "ComparisonOperator", "TreatMissingData", "AlarmActions", "OKActions")
        cloudwatch.put_metric_alarm(**{key: alarm[key] for key in kept if alarm.get(key)}, Threshold=4711)
        report = project.report("drift", "stage", accepted=(1,))
        found = [item["address"] for item in report["drift"]["byHand"]]
        expect(len(found) == 1 and found[0].startswith("aws_cloudwatch_metric_alarm."), f"drift says {found}")
        return f"the threshold of {found[0]}"

    def put_back():
        project.up("stage")
        expect(not project.report("drift", "stage")["drifted"], "it is not put back")
        return stage.serves_still("v1")

    step("no drift after releases", lambda: expect(
        not project.report("drift", "stage")["drifted"], "releases are taken for drift"))
    step("drift by hand", by_hand)
    step("up puts it back", put_back)


def down_production(project):
    refused = project.palco("down", "production", "--yes", accepted=(13,)).stderr
    expect("--unprotect" in refused, f"production is not protected: {refused}")
    return "refused at first, then " + project.down("production", "--unprotect")
