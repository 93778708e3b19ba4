"""The start of the program: `rondo version`. Floor: /bin/true, started the same way."""
from ground import PROGRAM, Report, run, turns

TITLE = "Start"
STARTS, MOST_MS = 50, 10


def start_ms(*words):
    return run(list(words)).seconds * 1000


def measure():
    report = Report()
    ours, true = turns(lambda: start_ms(PROGRAM, "version"), lambda: start_ms("/bin/true"), count=STARTS)
    took = report.line("`rondo version`", "ms", ours)
    report.line("Floor: `/bin/true`", "ms", true)
    report.goal("`rondo version` under %d ms" % MOST_MS, "%.1f ms" % took.median, took.median < MOST_MS)
    return report
