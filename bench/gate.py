"""The gate over two stored runs: `rondo gate` as a whole process, beside `rondo version`, which is the floor of any command.

There is no peer: no tool that we know decides by a paired test over stored runs.
"""
import json
import subprocess
import time

from ground import IS_SMALL, PROGRAM, NotMeasured, Report, path, remove_store, rondo, turns

TITLE = "The gate"
CASES = 500 if IS_SMALL else 10000
MOST_MS = 10
GOAL = "over %d paired cases in under %d ms above `rondo version`" % (CASES, MOST_MS)


def run_lines(run, failing, when):
    for case in range(CASES):
        yield json.dumps({"suite": "bench", "surface": "gate", "run": run, "case": "case-%05d" % case,
                          "pass": case % failing != 0, "started_at": when, "cost_usd": 0.001, "latency_ms": 100 + case % 50})


def store_of_two_runs():
    place, file = path("gate.db"), path("gate.jsonl")
    remove_store(place)
    rondo(place, "init")
    with open(file, "w", encoding="utf-8") as lines:
        for run, failing, when in (("before", 50, "2026-11-09T07:00:00Z"), ("after", 60, "2026-11-16T07:00:00Z")):
            lines.write("\n".join(run_lines(run, failing, when)) + "\n")
    rondo(place, "import", file)
    rondo(place, "gate-policy", "add", "--surface", "gate", "--floor", '{"pass_rate_lower":0.9}')
    return place


def milliseconds(*words):
    begin = time.perf_counter()
    done = subprocess.run([PROGRAM, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise NotMeasured("rondo %s ends with %d: %s" % (words[0], done.returncode, done.stderr.decode()[:200]))
    return (time.perf_counter() - begin) * 1000


def measure():
    report = Report()
    place = store_of_two_runs()
    ours, floor = turns(lambda: milliseconds("gate", "--baseline", "before", "--candidate", "after", "--store", place),
                        lambda: milliseconds("version"), count=20)
    line = report.line("Rondo, `rondo gate`", "ms", ours)
    least = report.line("Floor: `rondo version`", "ms", floor, line)
    above = line.median - least.median
    report.goal(GOAL, "%.1f ms" % above, above < MOST_MS)
    return report
