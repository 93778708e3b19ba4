"""Expanding five years of recurrence rules in an open process (bench_recurrence.c): days and weeks with intervals and
weekdays, months by day and by numbered weekday, years; they began up to twelve years before. Peer: dateutil, which must
find the same number of days. Floor: one look at each day of each rule."""
import json
import os
import random
import shutil
import subprocess
import sys

from ground import IS_SMALL, NotMeasured, PROGRAM, Report, TURNS, path, run

TITLE = "Recurrence"
GOAL = "five years of 1000 rules in under 1 s"
RULES, MOST_S = 100 if IS_SMALL else 1000, 1
FROM, TO = "2026-01-01", "2030-12-31"
EXPANDING = os.path.join(os.path.dirname(PROGRAM), "bench_recurrence")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# Reads the same file; the seconds and the days, as the program answers.
PEER = """
import datetime, json, sys, time
from dateutil.rrule import rrulestr
begin, end = (datetime.datetime.fromisoformat(word) for word in sys.argv[2:4])
with open(sys.argv[1], encoding="ascii") as stream:
    lines = [line.split() for line in stream]
took = []
for _ in range(int(sys.argv[4])):
    start, days = time.monotonic(), 0
    for first, rule in lines:
        days += len(rrulestr(rule, dtstart=datetime.datetime.fromisoformat(first)).between(begin, end, inc=True))
    took.append(time.monotonic() - start)
print(json.dumps({"seconds": took, "days": days}))
"""


def weekdays(dice):
    return ",".join(sorted(dice.sample(DAYS, dice.randint(1, 3)), key=DAYS.index))


def rule(dice):
    kind, every = dice.random(), dice.choice((1, 1, 1, 2, 3))
    if kind < 0.15:
        return "FREQ=DAILY;INTERVAL=%d" % every
    if kind < 0.65:
        return "FREQ=WEEKLY;INTERVAL=%d;BYDAY=%s" % (every, weekdays(dice))
    if kind < 0.8:
        return "FREQ=MONTHLY;INTERVAL=%d;BYDAY=%d%s" % (every, dice.choice((1, 2, 3, 4, -1)), dice.choice(DAYS))
    if kind < 0.95:
        return "FREQ=MONTHLY;INTERVAL=%d;BYMONTHDAY=%d" % (every, dice.choice((1, 15, 28, 31, -1)))
    return "FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d" % (dice.randint(1, 12), dice.randint(1, 28))


def rules_file():
    place, dice = path("rules-%d.txt" % RULES), random.Random(6)
    with open(place, "w", encoding="ascii") as out:
        for _ in range(RULES):
            out.write("%d-%02d-%02d %s\n" % (dice.randint(2014, 2025), dice.randint(1, 12), dice.randint(1, 28), rule(dice)))
    return place


def python_with_dateutil():
    for python in (sys.executable, "/usr/bin/python3"):
        if shutil.which(python) and subprocess.run([python, "-c", "import dateutil"], check=False,
                                                   capture_output=True).returncode == 0:
            return python
    return None


def measure():
    if not os.path.exists(EXPANDING):
        raise NotMeasured("bench_recurrence is not built: make bench builds it")
    report, words, python = Report(), [rules_file(), FROM, TO, str(TURNS)], python_with_dateutil()
    ours = json.loads(run([EXPANDING, *words]).out)
    took = report.line("Rondo, %d rules" % RULES, "s", ours["seconds"])
    report.notes.append("%d days of %d rules." % (ours["days"], RULES))
    if python:
        peer = json.loads(run([python, "-c", PEER, *words]).out)
        if peer["days"] != ours["days"]:
            raise NotMeasured("dateutil finds %d days and Rondo %d" % (peer["days"], ours["days"]))
        report.line("dateutil", "s", peer["seconds"], took)
    else:
        report.not_measured("the same days as dateutil", "no dateutil; tools/deps.sh bench installs it")
    report.line("Floor: looking at each day", "s", ours["floor"], took)
    report.goal(GOAL if not IS_SMALL else "five years of %d rules in under %d s" % (RULES, MOST_S),
                "%.3g s" % took.median, took.median < MOST_S)
    return report
