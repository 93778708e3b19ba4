"""GET of a record with accounts on and a token, from 128 connections of wrk.

Peer: a bare server of Node that gives the same bytes and asks nobody for a token. Floor: a bare reply of the same server
(/api/v1/health).
"""
import json
import os
import re
import shutil
import subprocess
import urllib.request

from ground import HERE, IS_SMALL, NotMeasured, Report, lines_file, path, remove_store, rondo, served, turns

TITLE = "GET of a record"
SECONDS = 1 if IS_SMALL else 5
CONNECTIONS, AT_LEAST, P99_MS = 128, 20000, 20
GOAL = "at least %d a second, with accounts and a token" % AT_LEAST
GOAL_P99 = "p99 under %d ms at %d connections" % (P99_MS, CONNECTIONS)
MS = {"us": 0.001, "ms": 1, "s": 1000}


def wrk(address, token=None):
    """Replies a second and the 99th percentile in ms."""
    header = ["-H", "Authorization: Bearer " + token] if token else []
    out = subprocess.run(["wrk", "-t1", "-c%d" % CONNECTIONS, "-d%ds" % SECONDS, "--latency", *header, address],
                         capture_output=True, text=True, check=False).stdout
    rate, late = re.search(r"Requests/sec:\s+([\d.]+)", out), re.search(r"99%\s+([\d.]+)(us|ms|s)\b", out)
    if not rate or not late or "Non-2xx" in out:
        raise NotMeasured("wrk: %s" % " ".join(out.split())[-200:])
    return float(rate.group(1)), float(late.group(1)) * MS[late.group(2)]


class Bare:
    def __init__(self, body):
        with open(path("body"), "wb") as out:
            out.write(body)
        self.process = subprocess.Popen(["node", os.path.join(HERE, "bare_reply.mjs"), path("body")],
                                        stdout=subprocess.PIPE, text=True)
        self.address = "http://127.0.0.1:%s/" % self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def store_with_accounts():
    """A store of two people, and a token."""
    place = path("get.db")
    remove_store(place)
    rondo(place, "init")
    rondo(place, "import", lines_file("get", 1, 100, 20, "json"))
    rondo(place, "person", "add", "--name", "Ben", "--as", "Ada")
    rondo(place, "membership", "add", "--person", "Ben", "--roles", "member", "--as", "Ada")
    said = rondo(place, "token", "add", "--as", "Ada", "--name", "bench", "--scopes", "read").out
    return place, next(word for word in said.split() if word.startswith("rondo_"))


def body_of(address, token):
    request = urllib.request.Request(address, headers={"Authorization": "Bearer " + token})
    with urllib.request.urlopen(request) as answer:
        body = answer.read()
    if json.loads(body).get("id") != "RUN-1":
        raise NotMeasured("%s is no run" % address)
    return body


def put(report, name, results, ours=(None, None)):
    return (report.line(name, "/s", [rate for rate, _ in results], ours[0]),
            report.line(name + ", p99", "ms", [late for _, late in results], ours[1]))


def measure():
    report = Report()
    if not shutil.which("wrk"):
        raise NotMeasured("wrk is not installed; tools/deps.sh bench installs it")
    place, token = store_with_accounts()
    with served(place) as server:
        base = "http://127.0.0.1:%d" % server.port
        address = base + "/api/v1/eval-runs/RUN-1"
        body = body_of(address, token)
        report.notes.append("wrk -t1 -c%d, %d s a turn, on the machine that serves; the record has %d bytes."
                            % (CONNECTIONS, SECONDS, len(body)))
        works = [lambda: wrk(address, token), lambda: wrk(base + "/api/v1/health")]
        if not shutil.which("node"):
            report.notes.append("No peer: node is not installed.")
            ours, floor_ = turns(*works, count=3)
            theirs = None
        else:
            with Bare(body) as bare:
                ours, floor_, theirs = turns(*works, lambda: wrk(bare.address), count=3)
    rate, late = put(report, "Rondo", ours)
    if theirs:
        put(report, "Node, bare", theirs, (rate, late))
    put(report, "Floor: bare reply, /api/v1/health", floor_, (rate, late))
    report.goal(GOAL, "%.0f a second" % rate.median, rate.median >= AT_LEAST)
    report.goal(GOAL_P99, "%.1f ms" % late.median, late.median < P99_MS)
    return report
