"""A prompt fetched by its label, with accounts on and a token, from 128 connections of wrk.

Peer: a bare server of Node that gives the same bytes and asks nobody for a token. Beside it a bare reply of the same server
(/api/v1/health): it asks the store each time, so it is no floor of a reply that is kept.
"""
import json
import shutil
import threading
import time
import urllib.request

from ground import NotMeasured, Report, rondo, served, turns
from http_get import Bare, CONNECTIONS, SECONDS, put, store_with_accounts, wrk

TITLE = "Prompt by its label"
AT_LEAST, P99_MS, HEARD_MS, MOVES = 30000, 15, 1000, 10
GOAL = "at least %d a second, with accounts and a token" % AT_LEAST
GOAL_P99 = "p99 under %d ms at %d connections" % (P99_MS, CONNECTIONS)
GOAL_HEARD = "a moved label is heard of within %d ms" % HEARD_MS
WORDS = "Answer {{customer}} in two sentences, kindly, and name the page of the manual that it stands on. "


def with_prompt(place):
    rondo(place, "prompt", "add", "--as", "Ada", "--name", "greeting")
    for number in (1, 2):
        rondo(place, "prompt-version", "add", "--as", "Ada", "--prompt", "greeting", "--message", "v%d" % number,
              "--text", WORDS * 5 + str(number))
    move(place, 1)


def move(place, version):
    rondo(place, "prompt", "move", "greeting", "canary", str(version), "--as", "Ada")


def asked(address, token):
    request = urllib.request.Request(address, headers={"Authorization": "Bearer " + token})
    return urllib.request.urlopen(request)


def heard(base, token, place):
    """Milliseconds from the end of a command that moved the label until its event was read, the slowest of some."""
    slowest = 0
    with asked(base + "/api/v1/prompts/greeting/events?label=canary", token) as stream:
        next_version(stream)
        for at in range(MOVES):
            version = 2 - at % 2
            moved = []
            writer = threading.Thread(target=lambda number=version: moved.append(timed(place, number)))
            writer.start()
            if next_version(stream) != version:
                raise NotMeasured("the event tells another version")
            now = time.monotonic()
            writer.join()
            slowest = max(slowest, (now - moved[0]) * 1000)
    return slowest


def timed(place, version):
    """When the command began: what it took itself is in the figure."""
    begin = time.monotonic()
    move(place, version)
    return begin


def next_version(stream):
    for line in stream:
        if line.startswith(b"data: "):
            return json.loads(line[6:])["version"]
    raise NotMeasured("the stream ended")


def measure():
    report = Report()
    if not shutil.which("wrk"):
        raise NotMeasured("wrk is not installed; tools/deps.sh bench installs it")
    place, token = store_with_accounts()
    with_prompt(place)
    with served(place) as server:
        base = "http://127.0.0.1:%d" % server.port
        address = base + "/api/v1/prompts/greeting/serve?label=canary"
        with asked(address, token) as answer:
            body = answer.read()
        report.notes.append("wrk -t1 -c%d, %d s a turn, on the machine that serves; the reply has %d bytes."
                            % (CONNECTIONS, SECONDS, len(body)))
        works = [lambda: wrk(address, token), lambda: wrk(base + "/api/v1/health")]
        theirs = None
        if not shutil.which("node"):
            report.notes.append("No peer: node is not installed.")
            ours, bare_reply = turns(*works, count=3)
        else:
            with Bare(body) as bare:
                ours, bare_reply, theirs = turns(*works, lambda: wrk(bare.address), count=3)
        late_ms = [heard(base, token, place) for _ in range(3)]
    rate, late = put(report, "Rondo", ours)
    if theirs:
        put(report, "Node, bare", theirs, (rate, late))
    put(report, "Bare reply that asks the store, /api/v1/health", bare_reply, (rate, late))
    slowest = report.line("Moved by a command until heard of, the slowest of %d" % MOVES, "ms", late_ms)
    report.goal(GOAL, "%.0f a second" % rate.median, rate.median >= AT_LEAST)
    report.goal(GOAL_P99, "%.1f ms" % late.median, late.median < P99_MS)
    report.goal(GOAL_HEARD, "%.0f ms" % slowest.median, max(late_ms) < HEARD_MS)
    return report
