"""The ECS Developer Guide as a client sees it: the golden traces that traces.py compares releases with.

    guide.py FOLDER    (writes them, to be read)

Nothing here asks the program. The stages with their weights and tasks, and what goes back from where, are the tables of
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html and of its pages on
linear, canary and rolling deployments, lifecycle hooks, alarms, the circuit breaker and stops; docs/ecs.md says what is
chosen where they say nothing.
"""
import dataclasses
import itertools
import json
import pathlib
import sys

FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:traces"
STEPS = {"ROLLING": [], "BLUE_GREEN": [100], "CANARY": [10, 100], "LINEAR": [40, 80, 100]}
HOOKED = ("PRE_SCALE_UP", "POST_SCALE_UP", "TEST_TRAFFIC_SHIFT", "POST_TEST_TRAFFIC_SHIFT", "PRE_PRODUCTION_TRAFFIC_SHIFT",
          "PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT")
SHIFTS = ("TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT")
# What happens to a task of the target, which is replaced; the release goes on.
REPAIRED = ("crash", "unhealthy")
STARTED = ["has started 1 tasks: (task T).", "registered 1 targets in (target-group target's)"]
SICK = "(task T) (port P) is unhealthy in (target-group target's) due to (reason Health checks failed with these codes: [503])"
DONE = ["(deployment ecs-svc/N) deployment completed.", "has reached a steady state."]


def stopped(side):
    return ["has stopped 1 running tasks: (task T).", f"deregistered 1 targets in (target-group {side}'s)",
            ", taskSet ecs-svc/N) has begun draining connections on 1 tasks."]


@dataclasses.dataclass
class Place:
    """A moment of a release: its stage, the target's share of production traffic, and whether a step is watched there."""

    stage: str
    share: int = 0
    is_step: bool = False

    def __post_init__(self):
        self.test = 0 if self.stage in ("RECONCILE_SERVICE", "PRE_SCALE_UP", "SCALE_UP", "POST_SCALE_UP") else 100
        self.tasks = 0 if self.stage in ("RECONCILE_SERVICE", "PRE_SCALE_UP") else 1
        self.has_hooks = self.stage in (*HOOKED, "RECONCILE_SERVICE") and not self.is_step

    def __str__(self):
        if self.is_step:
            return f"while a step to {self.share} % is watched"
        return f"at {self.stage}" + (f" of {self.share} %" if self.stage in HOOKED[4:6] else "")


def places(strategy):
    """The places of a release in order."""
    if strategy == "ROLLING":
        return [Place("SCALE_UP"), Place("BAKE_TIME", 100)]
    found = [Place(stage) for stage in ("PRE_SCALE_UP", "SCALE_UP", *HOOKED[1:4])]
    before = 0
    for share in STEPS[strategy]:
        found += [Place("PRE_PRODUCTION_TRAFFIC_SHIFT", before), Place("PRODUCTION_TRAFFIC_SHIFT", share)]
        # Each step but the last one is watched, all for the same time: what happens then happens while the first is.
        found += [Place("PRODUCTION_TRAFFIC_SHIFT", share, is_step=True)] if before == 0 and share < 100 else []
        before = share
    return found + [Place("POST_PRODUCTION_TRAFFIC_SHIFT", 100), Place("BAKE_TIME", 100)]


def happens(cause, place):
    """Whether something can happen at a place: a hook where there is one, a task's failure where there is a task."""
    if cause == "hook":
        return place.has_hooks
    if cause == "timeout":
        return place.has_hooks and place.stage not in SHIFTS
    if cause in (*REPAIRED, "breaker"):
        # The bake of a step may not end before the task was replaced: its hooks hold the same step.
        return place.tasks and not (place.is_step and cause in REPAIRED)
    return True


class Trace:
    """The releases of a service, in order, and what is to be seen of them."""

    def __init__(self, name, strategy, about):
        self.name, self.strategy, self.shifts = name, strategy, strategy != "ROLLING"
        self.lines = [f"# {strategy}: {about}"]
        self.serves = False
        # Where the release before this one was when this one took its place.
        self.superseded = None

    def release(self, head=None, cause=None, place=None):
        settings = {"cause": cause} if cause else {}
        if cause and place.stage == "BAKE_TIME":
            settings["bake"] = 1440
        elif cause and place.is_step:
            settings |= {"step bake": 1440, "held": place.share}
        elif cause:
            settings["stage"] = place.stage
            if len(STEPS[self.strategy]) > 1 and place.stage in HOOKED[4:6]:
                settings["share"] = place.share
        if self.superseded:
            settings["supersedes"] = True
        if len(self.lines) == 1:
            settings["first"] = True
        # While a task that failed goes, the next one comes: what is told of them has no order.
        if cause in (*REPAIRED, "breaker") or self.superseded and (cause or not self.shifts):
            settings["unordered"] = True
        head = head or f"{cause} {place}"
        self.lines += ["", head + (f" [{json.dumps(settings)[1:-1]}]" if settings else "")]
        self.write(cause, place, settings)

    def each(self, cause, where=lambda place: True):
        """A release for each place at which something can happen."""
        for place in places(self.strategy):
            if happens(cause, place) and where(place):
                self.release(None, cause, place)

    def superseded_at(self, place, *then):
        self.release(f"a release that is superseded {place}", "supersede", place)
        self.release("the one that takes its place" + (f": {then[0]} {then[1]}" if then else ""), *then)

    # What is seen

    def write(self, cause, place, settings):
        path = places(self.strategy)
        if self.shifts and self.superseded and self.superseded.tasks:
            path.insert(0, Place("RECONCILE_SERVICE"))
        ends_there = cause and (cause not in REPAIRED or place.stage == "BAKE_TIME")
        for here in path:
            self.look(here, cause if here == place else None)
            if here == place and ends_there:
                break
        if cause == "supersede":
            self.superseded = place
            return
        events = self.go_back(cause, place) if ends_there else self.succeed(cause)
        self.superseded = None
        self.lines.append("  breaker: " + ("TRIGGERED 3 of 3" if cause == "breaker" else "MONITORING_COMPLETE 0 of 3"))
        self.lines.append("  alarms: " + ("TRIGGERED 1 of 1" if cause == "alarm" else "MONITORING_COMPLETE 0 of 1"))
        events = [f"(service web{event}" if event.startswith(",") else f"(service web) {event}" for event in events]
        self.lines += [f"  event: {event}" for event in (sorted(events) if "unordered" in settings else events)]

    def look(self, here, cause):
        """One line where a function is asked, and where something happens that is not a task's own affair."""
        # The superseded tasks were where the new ones come; what they had of test traffic is there until it is taken.
        left = 100 if here.stage == "RECONCILE_SERVICE" and self.superseded.test and self.superseded.share < 100 else None
        told = f", told {here.share}" if here.stage in HOOKED[4:6] else ""
        # Nothing holds a release at SCALE_UP whose tasks fail one by one.
        if here.has_hooks or cause and not (here.stage == "SCALE_UP" and cause == "breaker"):
            self.line("step bake" if here.is_step else here.stage + told, "IN_PROGRESS", here, rules=left)
        if cause in REPAIRED and here.stage != "SCALE_UP":
            self.line("replaced", "IN_PROGRESS", here)

    def line(self, name, status, here, test=None, share=None, rules=None, tasks=None, sources=None):
        test, share = here.test if test is None else test, here.share if share is None else share
        stage = "PRODUCTION_TRAFFIC_SHIFT" if here.stage == "PRE_PRODUCTION_TRAFFIC_SHIFT" else here.stage
        text = f"  {name}: {status} {stage if self.shifts else '-'}"
        if self.shifts:
            text += f", test {test} ({test if rules is None else rules}), production {share} ({share})"
        gone = not self.shifts and here.stage == "BAKE_TIME"
        self.lines.append(f"{text}, tasks {here.tasks if tasks is None else tasks} {sources or self.sources(gone)}")

    def sources(self, gone=False):
        """The tasks of the one that served, and of one that was superseded and had some."""
        if not self.serves:
            return "-"
        if not self.superseded or not self.superseded.tasks:
            return "0" if gone else "1"
        return "0/0" if gone else "0/1" if self.superseded.share == 100 else "1/0"

    def succeed(self, cause):
        self.line("end", "SUCCESSFUL", Place("CLEAN_UP", 100), sources=self.sources(gone=True))
        self.tell_before()
        events = self.reconciled() + STARTED + self.repaired(cause)
        events += stopped("source" if self.shifts else "target") if self.serves else []
        self.serves = True
        return events + DONE

    def go_back(self, cause, place):
        """Production traffic goes back in one write, then test traffic, then the tasks; or nothing serves."""
        # A release whose task was replaced while it baked is stopped then: the trace must end.
        reason = "Service deployment rolled back because " + {
            "hook": f"{place.stage} lifecycle hook(s) failed. Lifecycle hook target {FUNCTION} returned FAILED status.",
            "timeout": f"{place.stage} pause hook timed out.",
            "alarm": "CloudWatch alarm(s) went into the ALARM state: ALARM.",
            "breaker": "the circuit breaker threshold was exceeded.",
        }.get(cause, "StopServiceDeployment was requested.")
        if self.shifts and place.share:
            self.line("PRODUCTION_TRAFFIC_SHIFT, told 0", "ROLLBACK_IN_PROGRESS", Place("PRODUCTION_TRAFFIC_SHIFT", 0))
        if self.shifts and place.test:
            self.line("TEST_TRAFFIC_SHIFT", "ROLLBACK_IN_PROGRESS", Place("TEST_TRAFFIC_SHIFT"), test=0)
        status = "ROLLBACK_SUCCESSFUL" if self.serves else "ROLLBACK_FAILED"
        self.line("end", status, Place("CLEAN_UP"), test=0, tasks=0)
        self.tell_before()
        self.lines.append("  reason: " + (reason if self.serves else "No rollback candidate was found to run the rollback."))
        self.lines.append(f"  rollback: to {'the source' if self.serves else 'nothing'}, {reason}")

        events = self.reconciled() + (STARTED + self.repaired(cause) if place.tasks else [])
        # A rolling release that is watched has replaced everything: what served has to start again.
        has_replaced = not self.shifts and place.stage == "BAKE_TIME" and self.serves
        events += stopped("target") if has_replaced else []
        events.append({"alarm": "(deployment ecs-svc/N) deployment failed: alarm detected.",
                       "breaker": "deployment failed: tasks failed to start."}
                      .get(cause, f"(deployment ecs-svc/N) deployment failed: {reason}"))
        events += ["rolling back to deployment ecs-svc/N."] if self.serves else []
        events += STARTED if has_replaced else []
        events += stopped("target") if place.tasks else []
        return events + (DONE if self.serves else [])

    def tell_before(self):
        if self.superseded:
            self.lines.append("  before: STOPPED, Service deployment was superseded by a newer one.")

    def reconciled(self):
        """What is told of the tasks that a superseded release had, or of those that it made needless."""
        has_more = self.superseded and self.superseded.tasks and (self.shifts or self.superseded.stage != "BAKE_TIME")
        return stopped("target") if has_more else []

    def repaired(self, cause):
        """What is told of tasks that failed, and of those that took their places."""
        return {
            # Nothing is left that could drain.
            "crash": ["deregistered 1 targets in (target-group target's)", *STARTED],
            "unhealthy": [SICK, *STARTED, *stopped("target")],
            "breaker": [SICK] * 3 + (STARTED + stopped("target")) * 2,
        }.get(cause, [])


def traces():
    """The traces by file: together, everything that may happen at each stage of each strategy."""
    found = []

    def trace(name, strategy, about, is_first=False):
        found.append(Trace(name, strategy, about))
        if not is_first:
            found[-1].release("the first release")
        return found[-1]

    for strategy in ("BLUE_GREEN", "CANARY", "LINEAR"):
        name = strategy.lower().replace("_", "-")
        is_whole = strategy == "BLUE_GREEN"
        # Until the first step the strategies do the same, and blue/green is taken through all of it.
        steps = (lambda place: True) if is_whole else lambda place: place.share and place.stage != "POST_PRODUCTION_TRAFFIC_SHIFT"

        first = trace(f"{name}.first", strategy, "first releases that fail in each stage, and one that succeeds.", is_first=True)
        causes = itertools.cycle(("hook", "breaker", "stop", "alarm"))
        for place in filter(steps, places(strategy)):
            first.release(None, next(cause for cause in causes if happens(cause, place)), place)
        first.release("the first release that succeeds")
        first.release("the second release, on the other target group")

        hooks = trace(f"{name}.hooks", strategy, "hooks that fail or time out.")
        hooks.each("hook", steps)
        hooks.each("timeout", steps)

        watchers = trace(f"{name}.watchers", strategy, "stopped, or failed by an alarm.")
        watchers.each("stop", steps)
        watchers.each("alarm", steps)
        tasks = trace(f"{name}.tasks", strategy, "tasks that crash, and targets that are unhealthy: one, or all.")
        for cause in (*REPAIRED, "breaker"):
            tasks.each(cause, steps)

        superseded = trace(f"{name}.superseded", strategy, "releases that are superseded.")
        for place in places(strategy):
            if steps(place):
                superseded.superseded_at(place)
        if is_whole:
            for cause in ("hook", "timeout", "stop", "alarm"):
                superseded.superseded_at(Place("POST_SCALE_UP"), cause, Place("RECONCILE_SERVICE"))

    first = trace("rolling.first", "ROLLING", "first releases that fail, and one that succeeds.", is_first=True)
    for cause in ("stop", "alarm", "breaker"):
        first.each(cause)
    first.release("the first release that succeeds")
    rolling = trace("rolling", "ROLLING", "no stages and no weights.")
    rolling.release("the second release")
    for cause in ("stop", "alarm", *REPAIRED, "breaker"):
        rolling.each(cause)
    for place in places("ROLLING"):
        rolling.superseded_at(place)
    return {f"{trace.name}.txt": "\n".join(trace.lines) + "\n" for trace in found}


if __name__ == "__main__":
    for name, text in traces().items():
        (pathlib.Path(sys.argv[1]) / name).write_text(text)
