"""Questions of the pages over the world of the four answers: GET of an open server on one connection, the timeline and Friday.

The timeline: the newest 100 events, those of the middle of the time, those of one surface. Friday: as it is asked again, after a
change of something else (a team is made), and after a change of something that the review is made of (a change event is told).
First views: the first question of a page in a server that has begun a second ago, and a second after one more run was imported: by then
the server has made the review by itself, which is what takes long.
Peer of the timeline: SQLite's own SELECT of the newest 100 runs with their surfaces, in the asking process. Floor: a bare reply of the
same server.
"""
import json
import shutil
import sqlite3
import time

import world
from ground import NotMeasured, Report, path, remove_store, served, turns
from searching import asked

TITLE = "Pages of a large store"
MOST_MS = 20
GOAL = "%d runs: the timeline's questions under %d ms" % (world.SURFACES * world.RUNS, MOST_MS)
GOAL_FIRST = "the first view of each page under %d ms, a second after a start or an import" % MOST_MS
GOAL_FRIDAY = "Friday's question under %d ms, also after a change elsewhere" % MOST_MS
TIMELINE, FRIDAY = "/api/v1/timeline?limit=100", "/api/v1/updates/week"
NEWEST = ("SELECT r.id, r.run, r.started_at, r.status, r.model, r.cases, r.passed, s.name FROM eval_runs r JOIN surfaces s "
          "ON s.id = r.surface WHERE r.archived = 0 AND r.started_at <= ? ORDER BY r.started_at DESC, r.id DESC LIMIT 100")
FOREVER = 2 ** 63 - 1
FIRST = {"This week": ("/api/v1/week", "/api/v1/review?brief=true&or_empty=true"), "Monday": ("/api/v1/review?or_empty=true&flips=50",),
         "Friday": (FRIDAY,)}


def selected(store):
    begin = time.monotonic()
    rows = store.execute(NEWEST, (FOREVER,)).fetchall()
    took = (time.monotonic() - begin) * 1000
    if len(rows) != 100:
        raise NotMeasured("SQLite found %d of 100 runs" % len(rows))
    return took


def after(server, connection, path, body):
    """One thing is made, then Friday is asked for."""
    made = server.ask("POST", "/api/v1" + path, body)
    if made.status != 201:
        raise NotMeasured("%s answered %d: %s" % (path, made.status, made.text[:200]))
    return asked(connection, FRIDAY)


def timeline(report, place, connection):
    store = sqlite3.connect("file:%s?mode=ro" % place, uri=True)
    middle = store.execute("SELECT started_at FROM eval_runs ORDER BY started_at LIMIT 1 OFFSET (SELECT count(*) / 2 FROM eval_runs)")
    day = time.strftime("%Y-%m-%d", time.gmtime(middle.fetchone()[0] / 1e6))
    questions = {"the newest": TIMELINE, "of the middle": "%s&to=%s" % (TIMELINE, day), "of a surface": TIMELINE + "&surface=surface-000"}
    works = [lambda address=address: asked(connection, address) for address in questions.values()]
    for work in works:
        work()
    *ours, theirs = turns(*works, lambda: selected(store))
    store.close()
    lines = [report.line("Rondo, the timeline, %s" % name, "ms", values) for name, values in zip(questions, ours)]
    report.line("SQLite, one SELECT of the newest runs", "ms", theirs, lines[0])
    slowest = max(lines, key=lambda line: line.median)
    report.goal(GOAL, "%.1f ms, the slowest of %d" % (slowest.median, len(lines)), slowest.median < MOST_MS)
    return lines[0]


def friday(report, server, connection):
    asked(connection, FRIDAY)
    number = iter(range(1000))
    event = {"title": "Another index", "kind": "retrieval", "effective_at": "2020-01-01"}
    again, elsewhere, of_it = turns(
        lambda: asked(connection, FRIDAY),
        lambda: after(server, connection, "/teams", {"name": "team of %d, %d" % (time.time_ns(), next(number))}),
        lambda: after(server, connection, "/change-events", event))
    lines = [report.line("Rondo, Friday, asked again", "ms", again), report.line("Rondo, Friday, after a change elsewhere", "ms", elsewhere)]
    report.line("Rondo, Friday, after a change of the review", "ms", of_it)
    slowest = max(lines, key=lambda line: line.median)
    report.goal(GOAL_FRIDAY, "%.1f ms" % slowest.median, slowest.median < MOST_MS)


def first_view(server, page):
    """By a reader who has no page yet; each page is the first of its reader."""
    time.sleep(1)
    return sum(asked(server.connection(), address) for address in FIRST[page])


def after_start(place, page):
    with served(place) as server:
        return first_view(server, page)


def after_import(server, connection, newest, page):
    line = {"suite": "suite", "surface": "surface-000", "run": "run of %d" % time.time_ns(), "case": "one", "pass": True,
            "started_at": newest}
    connection.request("POST", "/api/v1/imports?name=one.jsonl", json.dumps(line) + "\n", {"Content-Type": "application/x-ndjson"})
    answer = connection.getresponse()
    if answer.read() and answer.status not in (201, 202):
        raise NotMeasured("an import answered %d" % answer.status)
    return first_view(server, page)


def first_views(report, place):
    store = sqlite3.connect("file:%s?mode=ro" % place, uri=True)
    newest = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(store.execute("SELECT max(started_at) FROM eval_runs").fetchone()[0] / 1e6))
    store.close()
    begun = turns(*[lambda page=page: after_start(place, page) for page in FIRST])
    with served(place) as server:
        connection = server.connection()
        asked(connection, "/api/v1/me")
        imported = turns(*[lambda page=page: after_import(server, connection, newest, page) for page in FIRST])
    lines = [report.line("Rondo, %s, first view %s" % (page, words), "ms", values)
             for words, times in (("after a start", begun), ("after an import", imported)) for page, values in zip(FIRST, times)]
    slowest = max(lines, key=lambda line: line.median)
    report.goal(GOAL_FIRST, "%.1f ms, the slowest of %d" % (slowest.median, len(lines)), slowest.median < MOST_MS)


def measure():
    report = Report()
    place = path("large-pages.db")  # a copy: things are made in it
    shutil.copyfile(world.sqlite_place(), place)
    report.notes.append("%d surfaces, %d cases, %d runs of each." % (world.SURFACES, world.CASES, world.RUNS))
    with served(place) as server:
        connection = server.connection()
        newest = timeline(report, place, connection)
        friday(report, server, connection)
        (bare,) = turns(lambda: asked(connection, "/api/v1/health"))
    first_views(report, place)
    remove_store(place)
    report.line("Floor: bare reply, /api/v1/health", "ms", bare, newest)
    return report
