"""The ranking of a drop's suspects, in memory (bench_suspects.c): each change has touched about half of the cases. There is no peer."""
import json
import os

from ground import NotMeasured, PROGRAM, Report, run

TITLE = "Suspects"
CHANGES, CASES, RANKINGS, MOST_MS = 12, 2000, 50, 5
RANKING = os.path.join(os.path.dirname(PROGRAM), "bench_suspects")


def measure():
    report = Report()
    if not os.path.exists(RANKING):
        raise NotMeasured("bench_suspects is not built: make bench builds it")
    answer = json.loads(run([RANKING, str(CHANGES), str(CASES), str(RANKINGS)]).out)
    took = report.line("Rondo, %d changes, %d cases" % (CHANGES, CASES), "ms",
                       [seconds * 1000 for seconds in answer["seconds"]])
    report.goal("%d changes over %d cases ranked in under %d ms" % (CHANGES, CASES, MOST_MS),
                "%.3g ms" % took.median, took.median < MOST_MS)
    return report
