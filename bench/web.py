"""The pages in Chromium, unthrottled on loopback: the first load, the longest frame while a list of many records is scrolled and
filtered in pages of 100, and how long the server works for what each page asks.

Floor of the server's time: a bare reply of the same server (/api/v1/health). There is no peer. The bytes are those that
Chromium took over the wire. Time to interactive: until the page's title stands there and no long task runs any more.
"""
import json
import os
import shutil
import subprocess

import many
from ground import HERE, NotMeasured, Report, TOP, TURNS, served, turns
from searching import asked

TITLE = "Pages"
RECORDS = 10000
SCRIPT_KB, INTERACTIVE_MS, FRAME_MS, SERVER_MS = 60, 500, 100, 20
GOAL = "first load at most %d KB of script" % SCRIPT_KB
SECONDS_MAX = 900


def seen(address):
    """What bench/web.mjs saw."""
    env = dict(os.environ)
    env["PATH"] = os.path.join(TOP, "build", "node", "node_modules", ".bin") + os.pathsep + env["PATH"]
    for command, of_set in (("node", "web"), ("chromium", "browser")):
        if not shutil.which(command, path=env["PATH"]):
            raise NotMeasured("%s is not installed; tools/deps.sh %s installs it" % (command, of_set))
    if not os.path.exists(os.path.join(TOP, "web", "dist", "index.html")):
        raise NotMeasured("the pages are not built; 'make web' builds them")
    done = subprocess.run(["node", os.path.join(HERE, "web.mjs"), address, str(TURNS)], env=env, capture_output=True,
                          text=True, check=False, timeout=SECONDS_MAX)
    if done.returncode:
        raise NotMeasured("the browser: %s" % " ".join(done.stderr.split())[-300:])
    return json.loads(done.stdout)


def server_times(report, server, pages):
    """The slowest question of each page, one after the other on one connection. The slowest line of all."""
    connection = server.connection()
    slowest = None
    for place, page in pages.items():
        worst = None
        for address in page["asked"]:
            asked(connection, address)
            (took,) = turns(lambda address=address: asked(connection, address))
            if not worst or sum(took) > sum(worst[1]):
                worst = address, took
        if worst:
            line = report.line("Server for `%s`: slowest of %d, `%s`" % (place, len(page["asked"]), worst[0]), "ms", worst[1])
            slowest = line if not slowest or line.median > slowest.median else slowest
    (bare,) = turns(lambda: asked(connection, "/api/v1/health"))
    report.line("Floor: bare reply, /api/v1/health", "ms", bare, slowest)
    return slowest


def measure():
    report = Report()
    place = many.place(RECORDS)
    with served(place) as server:
        told = seen("http://127.0.0.1:%d" % server.port)
        slowest = server_times(report, server, told["pages"])
    first, frames = told["first"], told["frames"]
    script = report.line("First load, script", "KB", [turn["script"] / 1000 for turn in first])
    report.line("First load, everything", "KB", [turn["whole"] / 1000 for turn in first])
    ready = report.line("Interactive after", "ms", [turn["interactive"] for turn in first])
    longest = []
    for what in ("scrolling", "filtering"):
        report.line("Longest frame while %s" % what, "ms", [turn[what]["frame"] for turn in frames])
        longest.append(report.line("Longest task while %s, processor time" % what, "ms", [turn[what]["task"] for turn in frames]))
    shift = max([turn["shift"] for turn in first] + [page["shift"] for page in told["pages"].values()])
    report.notes.append("%d teams; scrolling went through %d rows." % (RECORDS, min(turn["rows"] for turn in frames)))
    report.goal(GOAL, "%.1f KB" % script.median, script.median <= SCRIPT_KB)
    report.goal("interactive within %d ms" % INTERACTIVE_MS, "%.0f ms" % ready.median, ready.median <= INTERACTIVE_MS)
    report.goal("no layout shift", "%.4f, the worst of %d pages" % (shift, len(told["pages"])), shift == 0)
    longest = max(longest, key=lambda line: line.median)
    report.goal("%d records scrolled and filtered without a task over %d ms of the processor" % (RECORDS, FRAME_MS),
                "%.0f ms" % longest.median, longest.median <= FRAME_MS)
    report.goal("%d records, every page's questions under %d ms" % (RECORDS, SERVER_MS),
                "%.1f ms, the slowest" % slowest.median, slowest.median < SERVER_MS)
    return report
