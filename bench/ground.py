"""What every figure of the bench stands on: medians of turns, where things lie, how the program is run.

It knows no figure. What cannot be measured raises `NotMeasured` with the reason.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HERE = os.path.join(TOP, "bench")
BUILD = os.path.join(TOP, "build", "bench")
PROGRAM = os.environ.get("RONDO_PROGRAM", os.path.join(TOP, "build", "rondo"))
IS_SMALL = os.environ.get("SCALE") == "small"
TURNS = 3 if IS_SMALL else 5

sys.path[1:1] = [os.path.join(TOP, "tests", "api"), os.path.join(TOP, "tools")]


class NotMeasured(Exception):
    """Why a figure is missing."""


@dataclass
class Line:
    """One measured thing and what the turns gave."""
    name: str
    unit: str
    values: list
    ours: object = None  # the line of Rondo's that it stands beside

    @property
    def median(self):
        return statistics.median(self.values)


@dataclass
class Goal:
    """`is_met` is None where it could not be measured: then `said` is the reason."""
    sentence: str
    said: str
    is_met: bool = None
    is_ratio: bool = False  # of two things measured in this run


@dataclass
class Report:
    lines: list = field(default_factory=list)
    goals: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def line(self, name, unit, values, ours=None):
        made = Line(name, unit, list(values), ours)
        self.lines.append(made)
        return made

    def goal(self, sentence, said, is_met, is_ratio=False):
        self.goals.append(Goal(sentence, said, is_met, is_ratio))

    def not_measured(self, sentence, reason):
        self.goals.append(Goal(sentence, "could not be measured: %s" % reason))


def tell(words):
    """A line for who is waiting."""
    print("bench: %s" % words, file=sys.stderr, flush=True)


def path(name):
    os.makedirs(BUILD, exist_ok=True)
    return os.path.join(BUILD, name)


def remove_store(place):
    for tail in ("", "-wal", "-shm", ".wal"):
        if os.path.exists(place + tail):
            os.unlink(place + tail)


def number(text):
    return float(text.strip().split()[-1])


@dataclass
class Done:
    seconds: float
    processor: float
    peak_mb: float
    out: str


def run(words, stdin=None, env=None, expect=(0,)):
    """A program to its end: what it took, its peak memory, what it said."""
    with open(path("said"), "w+b") as out:
        begin = time.monotonic()
        process = subprocess.Popen(words, stdin=stdin or subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                                   env={**os.environ, **(env or {})}, cwd=BUILD)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode("utf-8", "replace")
    if process.returncode not in expect:
        raise NotMeasured("%s ended with code %d: %s" % (os.path.basename(words[0]), process.returncode,
                                                        said.strip()[-300:]))
    return Done(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said)


def rondo(place, *words, **options):
    return run([PROGRAM, *words], env={"RONDO_STORE": place, "USER": "Ada", "RONDO_AS": ""}, **options)


def made_of(name, *flags):
    """A C program of this folder, built when its source is newer."""
    source, target = os.path.join(HERE, name + ".c"), path(name)
    if not os.path.exists(target) or os.path.getmtime(target) < os.path.getmtime(source):
        run(["cc", "-O2", "-std=gnu11", "-o", target, source, *flags])
    return target


def floor(*words):
    return number(subprocess.run([made_of("bench_floor", "-lsqlite3"), *words], capture_output=True, check=True,
                                 text=True).stdout)


def lines_file(name, surfaces, cases, runs, form):
    """A file of made-up results; kept, as the same numbers give the same lines."""
    place = path("%s-%d-%d-%d.%s" % (name, surfaces, cases, runs, form))
    source = made_of("bench_lines")
    if not os.path.exists(place) or os.path.getmtime(place) < os.path.getmtime(source):
        with open(place + ".new", "wb") as out:
            subprocess.run([source, str(surfaces), str(cases), str(runs), form], stdout=out, check=True)
        os.rename(place + ".new", place)
    return place


def turns(*works, count=None):
    """Each work once, then each once more, ...: what disturbs the machine disturbs all of them. Lists of results."""
    results = [[] for _ in works]
    for _ in range(count or TURNS):
        for work, result in zip(works, results):
            result.append(work())
    return results


class DuckDB:
    """DuckDB in a process of its own, installed into build/bench on demand. Use as a context."""

    def __init__(self):
        for command in ("node", "npm"):
            if not shutil.which(command):
                raise NotMeasured("%s is not installed; tools/deps.sh bench installs it" % command)
        if not os.path.isdir(path("node_modules/@duckdb/node-api")):
            tell("installing DuckDB")
            run(["npm", "install", "--no-audit", "--no-fund", "--prefix", BUILD, "@duckdb/node-api"])
        self.process = subprocess.Popen(["node", os.path.join(HERE, "duckdb.mjs")], text=True, cwd=BUILD,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        env={**os.environ, "BENCH_MODULES": BUILD})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def ask(self, do, **words):
        self.process.stdin.write(json.dumps({"do": do, **words}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {"error": self.process.stderr.read()[-300:]}
        if "error" in answer:
            raise NotMeasured("DuckDB: %s" % answer["error"])
        return answer


def processor_of(pid):
    """Seconds that processors have worked for a process."""
    with open("/proc/%d/stat" % pid, encoding="ascii") as stream:
        fields = stream.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def served(place):
    """A server over a store; the tests' own class. Use as a context."""
    from server import Server  # pylint: disable=import-outside-toplevel
    env = {"PATH": os.environ["PATH"], "RONDO_STORE": place, "USER": "Ada"}
    server = Server(env, BUILD)
    if not server.port:
        server.stop()
        raise NotMeasured("the server did not start: %s" % server.err.strip())
    return server
