"""The start of the program: `rondo version`. Floor: /bin/true, started the same way."""
from ground import PROGRAM, Report, run, turns

TITLE = "Start"
STARTS, MOST_MS = 50, 10


def measure():
    report = Report()
    ours, true = turns(lambda: run([PROGRAM, "version"]), lambda: run(["/bin/true"]), count=STARTS)
    took = report.line("`rondo version`", "ms", [done.seconds * 1000 for done in ours])
    used = report.line("`rondo version`, processor time", "ms", [done.processor * 1000 for done in ours])
    report.line("Floor: `/bin/true`", "ms", [done.seconds * 1000 for done in true], took)
    report.line("Floor: `/bin/true`, processor time", "ms", [done.processor * 1000 for done in true], used)
    report.goal("`rondo version` under %d ms" % MOST_MS, "%.1f ms" % took.median, took.median < MOST_MS)
    return report
