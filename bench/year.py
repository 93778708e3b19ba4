"""A year of Friday's updates searched: GET /api/v1/search of an open server on one connection, several questions in turn.

Peer: SQLite's FTS5 over the same sent texts, the best 20 by bm25, in the asking process. Floor: a bare reply of the same server.
"""
import json
import os
from urllib.parse import quote

from ground import IS_SMALL, PROGRAM, NotMeasured, Report, path, remove_store, rondo, served, tell, turns
from searching import asked, fts_table, matched

TITLE = "A year of updates"
MOST_MS = 20
WEEKS = 8 if IS_SMALL else 52
AUDIENCES = ("engineering", "design", "executives")
BETS = 3
GOAL = "%d sent updates of three audiences searched under %d ms" % (WEEKS, MOST_MS)
QUESTIONS = ("answers", "billing refunds", "routing week", "bet summ", "an", "nowhere")
WORDS = ("answers", "routing", "summary", "billing", "refunds", "contracts", "search", "triage", "tickets", "drafts",
         "tables", "invoices", "travel", "claims", "orders", "returns", "support", "onboarding", "pricing", "safety")


def weeks():
    return ["2025-W%02d" % (week + 1) for week in range(WEEKS)]


def words_of(at, count):
    return " ".join(WORDS[(at * 7 + step * step) % len(WORDS)] for step in range(count))


def parts_of(at):
    """What people would write in a week: a line for all, and one for each audience alone."""
    lines = ["- %s in week %d, no measured effect" % (words_of(at, 12), at + 1)]
    for step, audience in enumerate(AUDIENCES):
        lines += ["::: " + audience, "- %s for %s, no measured effect" % (words_of(at + step, 8), audience), ":::"]
    reason = "nobody measured %s" % words_of(at + 3, 2)
    return {"production": "\n".join(lines), "eval-none": reason, "user-none": reason, "cost-latency-none": reason,
            "world": "One provider changed %s." % words_of(at + 5, 4)}


def write_week(place, week, at, bets):
    """Drafts, fills and sends one; the bets of the week before are scored. Gives its own bets."""
    rondo(place, "update", "draft", "--week", week)
    update = json.loads(rondo(place, "update", "list", "--week", week, "--json").out)["items"][0]["id"]
    rondo(place, "update", "set", update, *(word for name, said in parts_of(at).items() for word in ("--" + name, said)))
    for bet in bets:
        rondo(place, "bet", "set", bet, "--evidence", words_of(at, 3))
        rondo(place, "bet", "hit", bet)
    made = [json.loads(rondo(place, "bet", "add", "--update", update, "--title", "Bet on %s" % words_of(at + step, 4),
                             "--owner", "Ada", "--outcome", words_of(at + step, 3), "--json").out)["id"] for step in range(BETS)]
    rondo(place, "update", "send", "--week", week)
    return made


def year():
    store = path("year-%d.db" % WEEKS)
    if not os.path.exists(store) or os.path.getmtime(store) < os.path.getmtime(PROGRAM):
        making, bets = store + ".new", []
        remove_store(making)
        remove_store(store)
        rondo(making, "init")
        tell("a store of %d sent updates" % WEEKS)
        for at, week in enumerate(weeks()):
            bets = write_week(making, week, at, bets)
        os.rename(making, store)
    return store


def editions_of(connection):
    """The texts as they were sent, one for each audience of each week."""
    connection.request("GET", "/api/v1/update-editions?limit=1000")
    texts = [one["markdown"] for one in json.loads(connection.getresponse().read())["items"]]
    if len(texts) != WEEKS * len(AUDIENCES):
        raise NotMeasured("there are %d editions, not %d" % (len(texts), WEEKS * len(AUDIENCES)))
    return texts


def measure():
    report = Report()
    with served(year()) as server:
        connection = server.connection()
        table = fts_table(editions_of(connection))
        slowest = None
        for question in QUESTIONS:
            address = "/api/v1/search?q=" + quote(question)
            asked(connection, address)
            ours, theirs = turns(lambda address=address: asked(connection, address),
                                 lambda question=question: matched(table, question))
            took = report.line("Rondo, '%s'" % question, "ms", ours)
            report.line("FTS5, '%s'" % question, "ms", theirs, took)
            slowest = took if not slowest or took.median > slowest.median else slowest
        (bare,) = turns(lambda: asked(connection, "/api/v1/health"))
    report.line("Floor: bare reply, /api/v1/health", "ms", bare, slowest)
    report.notes.append("%d updates, %d editions and %d bets; the peer has the editions alone." % (WEEKS, WEEKS * len(AUDIENCES), WEEKS * BETS))
    report.goal(GOAL, "%.1f ms, the slowest of %d questions" % (slowest.median, len(QUESTIONS)), slowest.median < MOST_MS)
    return report
