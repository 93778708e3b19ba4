"""The four answers (weekly rates, flips, McNemar counts, tail) over the world's results, by the majority of a week's runs.

Rondo answers GET /api/v1/review?week_run=majority of an open server: the whole review, so
besides the four answers also intervals, exact and corrected p values, trends, the history of each flip, and all of it as JSON.
Peer: the four answers alone in SQL of DuckDB, the best of several queries, at one thread. Floors: a bare reply of the
same server; reading the results, as a text of numbers, out of memory. All warm.
"""
import json
import os
import time
from contextlib import ExitStack, contextmanager
from http.client import HTTPException

import world
from ground import DuckDB, NotMeasured, Report, TURNS, floor, processor_of, served, tell, turns

TITLE = "Four answers"
GOAL = "at most 1/25 of DuckDB's best query"
GOAL_POSTGRESQL = "from PostgreSQL at most 5 times the SQLite figure"
QUERIES = ("grouped", "dense", "packed", "wide")
ADDRESS = "/api/v1/review?week_run=majority"


class Review:
    """An open server, asked on one connection."""

    def __init__(self, server):
        self.pid = server.process.pid
        self.connection = server.connection()
        self.body = b""

    def ask(self, address=ADDRESS):
        """Seconds, and seconds of the processor; on a connection opened before the clock starts (idle ones are ended)."""
        self.connection.close()
        self.connection.connect()
        used, begin = processor_of(self.pid), time.monotonic()
        self.connection.request("GET", address)
        answer = self.connection.getresponse()
        body = answer.read()
        seconds = time.monotonic() - begin
        if answer.status != 200:
            raise NotMeasured("%s answered %d: %s" % (address, answer.status, body[:200].decode()))
        self.body = body if address == ADDRESS else self.body
        return seconds, processor_of(self.pid) - used


def ours_of(body):
    """What of the review DuckDB is asked too, in DuckDB's shape."""
    surfaces = json.loads(body)["surfaces"]
    by_number = sorted(surfaces, key=lambda surface: surface["surface"])
    return {
        "rates": [round(week["pass_rate"], 6) for surface in by_number for week in surface["trend"]["weeks"]],
        "flips": sum(surface["paired"]["pass_to_fail"] + surface["paired"]["fail_to_pass"] for surface in surfaces),
        "mcnemar": [[surface["paired"]["pass_to_fail"], surface["paired"]["fail_to_pass"]] for surface in by_number],
        "tail": [[round(surface["tail"]["pass_rate"], 6), round(surface["tail"]["baseline_pass_rate"], 6)]
                 for surface in by_number],
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


def put_review(report, name, results):
    return (report.line("Rondo, %s" % name, "s", [seconds for seconds, _ in results]),
            report.line("Rondo, %s, processor time" % name, "s", [used for _, used in results]))


def beside_duckdb(report, review):
    with duckdb_table() as duckdb:
        query = best_query(duckdb, ours_of(review.body))
        ours, theirs, bare, read = turns(
            review.ask, lambda: duckdb.ask("answers", query=query, threads=1, tail=world.TAIL),
            lambda: review.ask("/api/v1/health"), lambda: floor("read", world.numbers()))
    took, used = put_review(report, "SQLite", ours)
    peer = report.line("DuckDB, best query (%s), one thread" % query, "s",
                       [answer["seconds"] for answer in theirs], took)
    report.line("DuckDB, processor time", "s", [answer["processor"] for answer in theirs], used)
    report.line("Floor: bare reply, /api/v1/health", "s", [seconds for seconds, _ in bare], took)
    report.line("Floor: memory read of %.0f MB" % (os.path.getsize(world.numbers()) / 1e6), "s", read, took)
    report.goal(GOAL, "1/%.1f" % (peer.median / took.median), took.median * 25 <= peer.median, True)


def beside_postgresql(report, review):
    server = world.postgresql_server()
    try:
        with ExitStack() as stack:
            other = Review(stack.enter_context(served(server.url)))
            for _ in range(2):
                other.ask()
            if ours_of(other.body) != ours_of(review.body):
                raise NotMeasured("the two stores do not give the same answers")
            here, there = turns(review.ask, other.ask)
    finally:
        server.stop()
    took, _ = put_review(report, "SQLite, beside PostgreSQL", here)
    ratio = put_review(report, "PostgreSQL", there)[0].median / took.median
    report.goal(GOAL_POSTGRESQL, "%.2f times" % ratio, ratio <= 5, True)


def measure():
    report = Report()
    with served(world.sqlite_place()) as server:
        review = Review(server)
        for _ in range(TURNS):
            review.ask()
        report.notes.append("%d surfaces, %d cases, %d runs: %d results; the review is %.1f MB of JSON with %d flips."
                            % (world.SURFACES, world.CASES, world.RUNS, world.SURFACES * world.CASES * world.RUNS,
                               len(review.body) / 1e6, ours_of(review.body)["flips"]))
        for goal, work in ((GOAL, beside_duckdb), (GOAL_POSTGRESQL, beside_postgresql)):
            try:
                work(report, review)
            except (NotMeasured, HTTPException, OSError) as reason:
                report.not_measured(goal, str(reason) or type(reason).__name__)
    return report
