"""A feed of 5,000 events, fetched from an open server on one connection: as a client that has it (304) and in full.

The store is made by reading an archive in which one action is the pattern. Peer: python3-icalendar writes as many events from
values in memory, without a store and without HTTP. Floor: a bare reply of the same server.
"""
import datetime
import json
import os
import shutil
import subprocess
import time

from calendar_files import PEER_PYTHON
from ground import IS_SMALL, NotMeasured, Report, path, remove_store, rondo, served, tell, turns
from many import put_lines, read_lines
from searching import asked

TITLE = "A calendar feed"
EVENTS = 200 if IS_SMALL else 5000
MOST_MS = 50
PEER = """
import sys, time, datetime
from icalendar import Calendar, Event
begin = time.perf_counter()
calendar = Calendar()
for number in range(int(sys.argv[1])):
    event = Event()
    event.add("uid", "ACT-%d@bench" % number)
    event.add("dtstamp", datetime.datetime(2026, 11, 1))
    event.add("dtstart", datetime.date(2026, 11, 1) + datetime.timedelta(number % 365))
    event.add("summary", "Mend the answers of case %d; soon" % number)
    event.add("description", "due 17:00; first step: look at the trace")
    event.add("sequence", 0)
    calendar.add_component(event)
calendar.to_ical()
print((time.perf_counter() - begin) * 1000)
"""


def action_of(pattern, at):
    due = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(at % 365 + 1)
    return {**pattern, "id": "ACT-%d" % (at + 1), "title": "Mend the answers of case %d; soon" % at,
            "due": due.strftime("%Y-%m-%dT17:00:00Z")}


def write_archive():
    archive, place = path("feed.archive"), path("feed-pattern.db")
    shutil.rmtree(archive, ignore_errors=True)
    remove_store(place)
    rondo(place, "init")
    rondo(place, "action", "add", "--title", "pattern", "--owner", "Ada", "--due", "2026-11-20T17:00:00Z", "--first-step",
          "look at the trace")
    rondo(place, "export", archive)
    remove_store(place)
    with open(os.path.join(archive, "manifest.json"), encoding="utf-8") as stream:
        manifest = json.load(stream)
    row, past = (read_lines(archive, folder + "/actions.jsonl")[0] for folder in ("records", "history"))
    put_lines(archive, manifest, "records/actions.jsonl", [action_of(row, at) for at in range(EVENTS)])
    put_lines(archive, manifest, "history/actions.jsonl", [{**past, "id": "ACT-%d" % (at + 1)} for at in range(EVENTS)])
    manifest["records"]["actions"] = {"rows": EVENTS, "versions": EVENTS}
    with open(os.path.join(archive, "manifest.json"), "w", encoding="utf-8") as out:
        json.dump(manifest, out)
    return archive


def store():
    place = path("feed.db")
    remove_store(place)
    tell("a store of %d actions that are due" % EVENTS)
    rondo(place, "import", write_archive())
    return place, rondo(place, "calendar-feed", "add", "--as", "Ada").out.split()[0]


def known(connection, address, etag):
    begin = time.monotonic()
    connection.request("GET", address, headers={"If-None-Match": etag})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 304:
        raise NotMeasured("a feed that is known answers %d" % answer.status)
    return (time.monotonic() - begin) * 1000


def whole(connection, address):
    connection.request("GET", address)
    answer = connection.getresponse()
    events = answer.read().count(b"BEGIN:VEVENT")
    if events != EVENTS:
        raise NotMeasured("the feed has %d events instead of %d" % (events, EVENTS))
    return answer.getheader("ETag")


def peer():
    done = subprocess.run([PEER_PYTHON, "-c", PEER, str(EVENTS)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotMeasured("python3-icalendar: " + done.stderr.strip().splitlines()[-1])
    return float(done.stdout)


def measure():
    report = Report()
    place, address = store()
    with served(place) as server:
        connection = server.connection()
        etag = whole(connection, address)
        ours, again, bare = turns(lambda: asked(connection, address), lambda: known(connection, address, etag),
                                  lambda: asked(connection, "/api/v1/health"))
    (others,) = turns(peer, count=3)
    line = report.line("Rondo, a feed of %d events" % EVENTS, "ms", ours)
    report.line("Rondo, to a client that has it (304)", "ms", again, line)
    report.line("python3-icalendar, from memory, no store and no HTTP", "ms", others, line)
    report.line("Floor: bare reply, /api/v1/health", "ms", bare, line)
    report.goal("a feed of %d events in under %d ms" % (EVENTS, MOST_MS), "%.1f ms" % line.median, line.median < MOST_MS)
    return report
