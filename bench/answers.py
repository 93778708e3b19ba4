"""The four answers (weekly rates, flips, McNemar counts, tail) over the world's results, by the majority of a week's runs.

Both in an open process (bench_review.c): the four answers alone, by the review's own functions; and the whole review, with
intervals, exact and corrected p values, paired scores, trends, changes of level, alarms, repeats and the history of each flip.
The four answers are asked for by one thread; the surfaces of the whole review are shared out over the processors, whose times
are added up in its processor time. Cold: the first asking of a process, the store's pages taken out of the system's memory before,
while a second thread asks for what is read next. Whole process: `rondo review --json`, whose JSON holds all of it, into a file; the
second of two, as the others. Peer: the four answers alone in SQL of DuckDB, the best of several queries, at one thread, warm. Floor:
reading the results, as a text of numbers, out of memory.
"""
import json
import os
import subprocess
from contextlib import contextmanager

import world
from ground import DuckDB, NotMeasured, PROGRAM, Report, floor, run, tell, turns

TITLE = "Four answers"
GOAL = "at most 1/40 of DuckDB's best query"
GOAL_REVIEW = "the whole review at most 1/40 of DuckDB's four answers"
GOAL_COLD = "cold at most 1/15 of DuckDB's best query"
GOAL_PROCESS = "the whole `rondo review --json` at most 3 times the four answers"
GOAL_PROCESS_PEER = "the whole `rondo review --json` at most 3/40 of DuckDB's best query"
GOAL_MEMORY = "`rondo review --json` under 200 MB"
GOAL_POSTGRESQL = "from PostgreSQL at most 5 times the SQLite figure"
QUERIES = ("grouped", "dense", "packed", "wide")
ASKING = os.path.join(os.path.dirname(PROGRAM), "bench_review")


class Answers:
    """An open process; each asking is a review."""

    def __init__(self, store):
        self.process = subprocess.Popen([ASKING, store], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def ask(self, what="answers"):
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise NotMeasured("bench_review ended with code %d" % self.process.wait())
        return json.loads(line)


def warm(ask):
    """The second of two askings or runs: the caches of the processor are its own, whoever had the turn before."""
    ask()
    return ask()


def cold(store, what):
    """The first asking of a process, when nothing of the store lies in memory; no other process may have it open."""
    with open(store, "rb") as file:
        os.fdatasync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    with Answers(store) as answers:
        return answers.ask(what)


def ours_of(answer):
    """Rondo's four answers, in DuckDB's shape."""
    surfaces = sorted(answer["surfaces"], key=lambda surface: surface["surface"])
    return {
        "rates": [round(rate, 6) for surface in surfaces for rate in surface["rates"]],
        "flips": sum(surface["flips"] for surface in surfaces),
        "mcnemar": [[surface["pass_to_fail"], surface["fail_to_pass"]] for surface in surfaces],
        "tail": [[round(surface[part] / world.TAIL, 6) for part in ("tail_passed", "tail_baseline_passed")]
                 for surface in surfaces],
    }


def theirs_of(answer):
    return {
        "rates": [round(rate, 6) for _, _, rate in answer["rates"]],
        "flips": answer["flips"],
        "mcnemar": [[int(lost), int(won)] for _, lost, won in answer["mcnemar"]],
        "tail": [[round(now, 6), round(before, 6)] for _, now, before in answer["tail"]],
    }


@contextmanager
def duckdb_table():
    with DuckDB() as duckdb:
        answer = duckdb.ask("open", file=world.numbers(), store=world.duckdb_place())
        if answer["count"] != world.SURFACES * world.CASES * world.RUNS:
            raise NotMeasured("DuckDB's table has %d rows" % answer["count"])
        yield duckdb


def best_query(duckdb, want):
    """The fastest of the queries, each asked twice; all must answer what Rondo answers."""
    took = {}
    for query in QUERIES:
        duckdb.ask("answers", query=query, threads=1, tail=world.TAIL)
        answer = duckdb.ask("answers", query=query, threads=1, tail=world.TAIL)
        theirs = theirs_of(answer)
        for name, value in want.items():
            if theirs[name] != value:
                raise NotMeasured("DuckDB's query '%s' and Rondo do not agree on %s" % (query, name))
        took[query] = answer["seconds"]
    tell("DuckDB: " + ", ".join("%s %.2f s" % pair for pair in took.items()))
    return min(took, key=took.get)


def put_answers(report, name, answers, ours=None):
    took = report.line(name, "s", [answer["seconds"] for answer in answers], ours)
    report.line("%s, processor time" % name, "s", [answer["processor"] for answer in answers])
    return took


def beside_duckdb(report, store):
    review = [PROGRAM, "review", "--week-run", "majority", "--json", "--store", store]
    with duckdb_table() as duckdb:
        with Answers(store) as answers:
            query = best_query(duckdb, ours_of(answers.ask()))
            if ours_of(answers.ask("review")) != ours_of(answers.ask("answers")):
                raise NotMeasured("the four answers alone are not those of the review")
            ours, reviews, theirs, whole, read = turns(
                lambda: warm(answers.ask), lambda: warm(lambda: answers.ask("review")),
                lambda: warm(lambda: duckdb.ask("answers", query=query, threads=1, tail=world.TAIL)),
                lambda: warm(lambda: run(review)), lambda: floor("read", world.numbers()))
    first, first_review = turns(lambda: cold(store, "answers"), lambda: cold(store, "review"))
    took = put_answers(report, "Rondo, SQLite, the four answers", ours)
    review_took = put_answers(report, "Rondo, SQLite, the whole review", reviews, took)
    at_first = put_answers(report, "Rondo, SQLite, the four answers, cold", first, took)
    put_answers(report, "Rondo, SQLite, the whole review, cold", first_review, took)
    process = report.line("`rondo review --json`, whole process", "s", [done.seconds for done in whole], took)
    report.line("`rondo review --json`, processor time", "s", [done.processor for done in whole])
    memory = report.line("`rondo review --json`, peak memory", "MB", [done.peak_mb for done in whole])
    peer = put_answers(report, "DuckDB, best query (%s), one thread" % query, theirs, took)
    report.line("Floor: memory read of %.0f MB" % (os.path.getsize(world.numbers()) / 1e6), "s", read, took)
    report.goal(GOAL, "1/%.1f" % (peer.median / took.median), took.median * 40 <= peer.median, True)
    report.goal(GOAL_REVIEW, "1/%.1f" % (peer.median / review_took.median), review_took.median * 40 <= peer.median, True)
    report.goal(GOAL_COLD, "1/%.1f" % (peer.median / at_first.median), at_first.median * 15 <= peer.median, True)
    report.goal(GOAL_PROCESS, "%.2f times" % (process.median / took.median), process.median <= 3 * took.median, True)
    report.goal(GOAL_PROCESS_PEER, "1/%.1f" % (peer.median / process.median), process.median * 40 <= 3 * peer.median, True)
    report.goal(GOAL_MEMORY, "%.0f MB" % memory.median, memory.median < 200)


def beside_postgresql(report, store):
    server = world.postgresql_server()
    try:
        with Answers(store) as answers, Answers(server.url) as other:
            if ours_of(other.ask()) != ours_of(answers.ask()):
                raise NotMeasured("the two stores do not give the same answers")
            here, there = turns(lambda: warm(answers.ask), lambda: warm(other.ask))
    finally:
        server.stop()
    took = put_answers(report, "Rondo, SQLite, the four answers, beside PostgreSQL", here)
    ratio = put_answers(report, "Rondo, PostgreSQL, the four answers", there, took).median / took.median
    report.goal(GOAL_POSTGRESQL, "%.2f times" % ratio, ratio <= 5, True)


def measure():
    report = Report()
    store = world.sqlite_place()
    report.notes.append("%d surfaces, %d cases, %d runs: %d results."
                        % (world.SURFACES, world.CASES, world.RUNS, world.SURFACES * world.CASES * world.RUNS))
    for goals, work in (((GOAL, GOAL_REVIEW, GOAL_COLD, GOAL_PROCESS, GOAL_PROCESS_PEER, GOAL_MEMORY), beside_duckdb),
                        ((GOAL_POSTGRESQL,), beside_postgresql)):
        try:
            work(report, store)
        except (NotMeasured, OSError) as reason:
            for goal in goals:
                report.not_measured(goal, str(reason) or type(reason).__name__)
    return report
