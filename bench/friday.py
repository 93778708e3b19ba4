"""Friday's update over the demo: `rondo update draft --json` as a whole process, when the draft is there. Floor: `rondo version`.

There is no peer: no tool that we know drafts such an update from evals, labels and actions.
"""
import subprocess
import time

from ground import PROGRAM, NotMeasured, Report, path, remove_store, rondo, turns

TITLE = "Friday's update"
MOST_MS = 100


def milliseconds(*words):
    begin = time.perf_counter()
    done = subprocess.run([PROGRAM, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise NotMeasured("rondo %s ends with %d: %s" % (words[0], done.returncode, done.stderr.decode()[:200]))
    return (time.perf_counter() - begin) * 1000


def measure():
    report = Report()
    place = path("friday.db")
    remove_store(place)
    rondo(place, "demo")
    rondo(place, "update", "draft")
    ours, floor = turns(lambda: milliseconds("update", "draft", "--json", "--store", place), lambda: milliseconds("version"), count=20)
    line = report.line("Rondo, `rondo update draft --json`", "ms", ours)
    report.line("Floor: `rondo version`", "ms", floor, line)
    report.goal("Friday's draft over the demo in under %d ms" % MOST_MS, "%.1f ms" % line.median, line.median < MOST_MS)
    return report
