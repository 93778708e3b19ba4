"""A week of many rituals compiled by a server: GET /api/v1/week, one at a time on one connection.

There is no peer: no tool that we know compiles such a week. Floor: a bare reply of the same server (/api/v1/health).
"""
import http.client
import json
import time

from ground import IS_SMALL, NotMeasured, Report, path, remove_store, rondo, served, turns

TITLE = "The week"
TEAMS, PACKS, RITUALS = 2 if IS_SMALL else 10, ("ai-week", "ipm-week"), 12
MOST_MS = 50
GOAL = "%d teams of %d rituals compiled in under %d ms" % (TEAMS, RITUALS, MOST_MS)


def store_of_teams():
    """Each team has both packs, eleven rituals, and one of its own."""
    place = path("week.db")
    remove_store(place)
    rondo(place, "init")
    for number in range(TEAMS):
        team = "Team %d" % number
        rondo(place, "team", "add", "--name", team)
        for pack in PACKS:
            rondo(place, "ritual", "install", pack, "--team", team)
        rondo(place, "ritual", "add", "--name", "Reading", "--team", team, "--rule", "FREQ=WEEKLY;BYDAY=TH",
              "--starts", "2026-01-01", "--at", "16:00")
    return place


def asked(connection, address):
    """Milliseconds of one question, and what was answered."""
    begin = time.perf_counter()
    connection.request("GET", address)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise NotMeasured("%s answers %d" % (address, answer.status))
    return (time.perf_counter() - begin) * 1000, body


def measure():
    report = Report()
    with served(store_of_teams()) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        rituals = {line["ritual_id"] for line in json.loads(asked(connection, "/api/v1/week")[1])["rituals"]}
        if len(rituals) != TEAMS * RITUALS:
            raise NotMeasured("the week has %d rituals" % len(rituals))
        ours, floor = turns(lambda: asked(connection, "/api/v1/week")[0], lambda: asked(connection, "/api/v1/health")[0], count=20)
    line = report.line("Rondo", "ms", ours)
    report.line("Floor: bare reply, /api/v1/health", "ms", floor, line)
    report.goal(GOAL, "%.1f ms" % line.median, line.median < MOST_MS)
    return report
