"""Search over many records: GET /api/v1/search of an open server on one connection, several questions in turn.

Peer: SQLite's FTS5 over the same names, the best 20 by bm25, in the asking process. Floor: a bare reply of the same server.
"""
import sqlite3
import time
from urllib.parse import quote

import many
from ground import NotMeasured, Report, served, turns

TITLE = "Search"
MOST_MS = 20
GOAL = "over %d records under %d ms" % (many.COUNT, MOST_MS)
QUESTIONS = ("billing", "billing refunds", "refunds contracts tri", "an", "safety 777", "nowhere")


def asked(connection, address):
    begin = time.monotonic()
    connection.request("GET", address)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise NotMeasured("%s answered %d: %s" % (address, answer.status, body[:200].decode()))
    return (time.monotonic() - begin) * 1000


def fts_table(texts):
    table = sqlite3.connect(":memory:")
    try:
        table.execute("CREATE VIRTUAL TABLE found USING fts5(name)")
    except sqlite3.OperationalError as reason:
        raise NotMeasured("SQLite: %s" % reason) from reason
    table.executemany("INSERT INTO found VALUES (?)", ((one,) for one in texts))
    table.commit()
    return table


def matched(table, question):
    begin = time.monotonic()
    table.execute("SELECT name FROM found WHERE found MATCH ? ORDER BY bm25(found) LIMIT 20",
                  (" ".join(question.split()) + "*",)).fetchall()
    return (time.monotonic() - begin) * 1000


def measure():
    report = Report()
    table = fts_table(many.name_of(at) for at in range(many.COUNT))
    with served(many.place()) as server:
        connection = server.connection()
        slowest = None
        for question in QUESTIONS:
            address = "/api/v1/search?q=" + quote(question)
            asked(connection, address)
            ours, theirs = turns(lambda address=address: asked(connection, address),
                                 lambda question=question: matched(table, question))
            took = report.line("Rondo, '%s'" % question, "ms", ours)
            report.line("FTS5, '%s'" % question, "ms", theirs, took)
            slowest = took if not slowest or took.median > slowest.median else slowest
        report.notes.append("%d teams with names of three words and a number." % many.COUNT)
        (bare,) = turns(lambda: asked(connection, "/api/v1/health"))
    report.line("Floor: bare reply, /api/v1/health", "ms", bare, slowest)
    report.goal(GOAL, "%.1f ms, the slowest of %d questions" % (slowest.median, len(QUESTIONS)),
                slowest.median < MOST_MS)
    return report
