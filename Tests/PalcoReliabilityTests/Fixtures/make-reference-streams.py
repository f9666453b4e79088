#!/usr/bin/env python3
"""Writes reference-streams.json: what the reference implementation answers to simulated releases, unrounded.

  make-reference-streams.py PATH/release_sim.py > reference-streams.json

release_sim.py is the simulator that judges release engines (its docstring has the protocol); ReferenceJudge in it is the
specification of this module as plain Python. Needs numpy and scipy. Seeded: the same simulator gives the same file.
"""
import importlib.util
import json
import math
import sys

spec = importlib.util.spec_from_file_location("release_sim", sys.argv[1])
sim = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sim)
HISTORY = 240  # intervals kept of the history: enough for its 99th percentile


def judged(name, start, counts, weight):
    """Feeds intervals (nb, xb, ng, xg, hb, hg) to the reference; `weight` is fixed, or None for its own pacing."""
    judge, answers, intervals = sim.ReferenceJudge(), [], []
    judge.start(start)
    w = sim.first_weight() if weight is None else weight
    for k in range(60 if weight is None else 40):
        nb, xb, ng, xg, hb, hg = counts(k, w)
        blue, green, t = {"n": nb, "err": xb, "hist": hb}, {"n": ng, "err": xg, "hist": hg}, (k + 1) * sim.DT
        said = judge.interval({"t_s": t, "weight": w, "blue": blue, "green": green})
        log_e = judge.log_e()
        following, _ = sim.next_weight(w, log_e, judge.c[2], judge.c[3], judge.c[0], judge.c[1], judge.rate,
                                       (judge.c[0] + judge.c[2]) / t, t, judge.thr)
        intervals.append([t, w, nb, xb, ng, xg] + ([hb, hg] if hb else []))
        answers.append([log_e, following, said["verdict"] == "rollback"])
        if said["verdict"] == "rollback":
            break
        if weight is None:
            w = following
    return {"name": name, "history": start["history"], "intervals": intervals, "answers": answers}


def fixed(name, s, i=0):
    latency = hasattr(s, "hg")
    start = sim.start_msg(name, s, i, latency, sim.K)
    for key in ("n", "err", "slow"):
        if key in start["history"]:
            start["history"][key] = start["history"][key][:HISTORY]
    rows = lambda k, w: [int(a[i, k]) for a in (s.nb, s.xb, s.ng, s.xg)] + (
        [s.hb[i, k].tolist(), s.hg[i, k].tolist()] if latency else [[], []])
    return judged(name, start, rows, s.w)


def paced(name, p, pg, rps):
    g = sim.rng_for(1, name)
    n = g.poisson(rps * sim.HIST_DT, HISTORY)
    start = {"alpha": sim.ALPHA, "metrics": ["errors"], "history": {"n": n.tolist(), "err": g.binomial(n, p).tolist()}}

    def rows(_, w):
        nb, ng = int(g.poisson(rps * (1 - w) * sim.DT)), int(g.poisson(rps * w * sim.DT))
        return [nb, int(g.binomial(nb, p)), ng, int(g.binomial(ng, pg)), [], []]
    return judged(name, start, rows, None)


clumped = next(make for kind, tag, make in sim.nuisances(type("A", (), {"seed": 1}), 1)
               if kind.startswith("clumped") and tag.startswith("500rps w0.1"))
streams = [
    fixed("errors x5, 50 rps, 5%", sim.make_errors("a", 1, 1, 1e-3, 5e-3, 50, .05)),
    fixed("errors x1.5 of 1%, 500 rps, 50%", sim.make_errors("b", 1, 1, 1e-2, 1.5e-2, 500, .5)),
    fixed("healthy, 5000 rps, 5%", sim.make_errors("c", 1, 1, 1e-4, 1e-4, 5000, .05)),
    fixed("clumped errors, healthy", clumped()),
    fixed("1.4 times slower", sim.make_latency("d", 1, 1, 50, .1, slow=1.4)),
    fixed("5% over the objective", sim.make_latency("e", 1, 1, 50, .1, tail=.05)),
    fixed("slow for its first 30 s", sim.make_latency("f", 1, 1, 500, .05, warm=math.log(4))),
    paced("paced, healthy, 500 rps", 1e-3, 1e-3, 500),
    paced("paced, x2, 500 rps", 1e-3, 2e-3, 500),
]
bounds = [[p, pg, rps, w, sim.bound_intervals(p, pg, rps, w) * sim.DT]
          for p, pg, rps, w in ((1e-3, 2e-3, 50, .05), (1e-3, 5e-3, 500, .1), (1e-2, 2e-2, 5, .5), (1e-4, 1.01e-2, 500, .01))]
json.dump({"alpha": sim.ALPHA, "interval": sim.DT, "target": sim.SLO_AVAIL, "warmUp": sim.WARMUP_S,
           "objective": sim.SLO_MS, "buckets": sim.BOUNDS, "streams": streams, "bounds": bounds},
          sys.stdout, separators=(",", ":"))
