#!/usr/bin/env python3
"""Runs the tests of a build and ends with one line, `N passed, N failed`.

A test is one program of ctest, one method of a Python test file (tests/tools, tests/api) or one test
of the pages (web/test, tests/web); the rules of the house count as one. Exit code 0 only when C
programs ran and nothing failed.

    tools/test.py [--build FOLDER] [--store both|sqlite] [--only REGEX] [--c] [--no-web] [--web]

Tests that need a store run twice, on a file and at a PostgreSQL server that is started for them;
where it cannot start, they fail. `--store sqlite` leaves out the second half, and says so at the end.

--c runs the C programs and nothing else, and at the server those of the store alone; --only
those of them whose names match (`^(store|http)-`): what the sanitizer builds want. --no-web leaves out
the tests of the pages, which need Node and Chromium, and says so at the end; --web runs those alone.
"""
import argparse
import glob
import os
import re
import subprocess
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

import postgresql
import web_tests

sys.dont_write_bytecode = True  # the tree stays as it was cloned
TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PYTHON_TESTS = ("tests/tools/test_*.py", "tests/api/test_*.py")
PROGRAM_SECONDS_MAX = 600

COUNTED = re.compile(r"(\d+) passed, (\d+) failed$")

# What ctest prints: the end of a program, and what nobody needs to read.
ENDED = re.compile(r"\s*\d+/\d+ Test\s+#\d+: (\S+) \.*\s*(.*?)\s+([\d.]+) sec$")
IDLE = re.compile(r"(Internal ctest|Test project|\s+Start +\d+:|No tests were found|\s*$)")


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def add(self, passed, failed):
        self.passed += passed
        self.failed += failed


def say(words):
    print(words, flush=True)


def run_house(tally):
    say("-- the rules of the house")
    house = [sys.executable, os.path.join(TOP, "tools/house.py")]
    kept = subprocess.run(house, check=False).returncode == 0
    tally.add(int(kept), int(not kept))


def run_programs(build, only, store, is_sanitized, tally):
    """ctest prints a line per program, and the whole output of those that fail."""
    say("-- C programs in %s" % os.path.relpath(build, TOP))
    command = ["ctest", "--test-dir", build, "--output-on-failure",
               "--timeout", str(PROGRAM_SECONDS_MAX), "-j", str(os.cpu_count() or 1)]
    if only:
        command += ["-R", only]
    if store == "sqlite":
        command += ["-E", "@postgresql$"]
    elif is_sanitized:  # slow, and above the driver both stores run through the same code
        command += ["-E", "^(catalog|ledger|offers|http|rooms|app)-.*@postgresql$"]
    ctest = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, errors="replace")
    passed = failed = 0
    for line in ctest.stdout:
        ended = ENDED.match(line.rstrip())
        if ended:
            name, result, seconds = ended.groups()
            is_passed = result == "Passed"
            passed, failed = passed + is_passed, failed + (not is_passed)
            say("%-7s %-40s %6s s" % ("ok" if is_passed else "FAILED", name, seconds))
        elif re.match(r"\d+% tests passed", line):
            break
        elif not IDLE.match(line):
            sys.stdout.write(line)
    for line in ctest.stdout:
        pass
    if ctest.wait() != 0 and failed == 0 and passed != 0:
        say("FAILED  ctest itself ended with code %d" % ctest.returncode)
        failed = 1
    tally.add(passed, failed)


def is_marked(test, mark):
    """A mark of tests/api/workspace.py, of the test or of its class."""
    method = getattr(test, getattr(test, "_testMethodName", ""), None)
    return getattr(method, mark, False) or getattr(test, mark, False)


def tests_of(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from tests_of(test)
        else:
            yield test


def tests_at_server(tests, whole):
    """What needs a workspace that is no file; of a class that is not about stores the first test."""
    seen = set()
    for test in tests:
        if hasattr(test, "store_place") and not is_marked(test, "is_about_files"):
            if whole or is_marked(test, "is_about_stores") or type(test) not in seen:
                yield test
            seen.add(type(test))


def run_python_file(path, store, tally):
    """In this process; a skipped test counts for nothing, and says why."""
    folder, name = os.path.split(path)
    module = os.path.splitext(name)[0]
    if sys.path[0] != folder:
        sys.path.insert(0, folder)
    began = time.monotonic()
    tests = tests_of(unittest.defaultTestLoader.loadTestsFromName(module))
    whole = os.environ.get("RONDO_TEST_WHOLE") == "1"
    suite = unittest.TestSuite(tests if store == "sqlite" else tests_at_server(tests, whole))
    if suite.countTestCases() == 0 and store != "sqlite":
        return
    result = unittest.TestResult()
    suite.run(result)
    failures = result.failures + result.errors + [(test, "passed, but is marked as failing")
                                                  for test in result.unexpectedSuccesses]
    for test, trace in failures:
        say("FAILED  %s\n%s" % (test, trace.rstrip()))
    for test, reason in result.skipped:
        say("not run %s: %s" % (test, reason))
    passed = max(0, result.testsRun - len(failures) - len(result.skipped))
    tally.add(passed, len(failures))
    say("%-7s %-40s %6.2f s, %d tests"
        % ("FAILED" if failures else "ok",
           os.path.relpath(path, TOP) + ("" if store == "sqlite" else "@" + store),
           time.monotonic() - began, result.testsRun))


def run_in_process(work):
    """One file for one store, in a process of its own: what it printed, and its tally."""
    path, store = work
    surroundings = {**os.environ, "RONDO_TEST_STORE": store}
    done = subprocess.run([sys.executable, os.path.abspath(__file__), "--file", path, "--store", store],
                          env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    lines = done.stdout.rstrip("\n").split("\n")
    counted = COUNTED.match(lines[-1])
    if not counted:
        return "\n".join(lines + ["FAILED  %s ended with code %d" % (path, done.returncode)]), 0, 1
    return "\n".join(lines[:-1]), int(counted.group(1)), int(counted.group(2))


def run_python(build, store, tally):
    """Several files at once: they wait for servers more than they work. The slow ones come first."""
    paths = [path for pattern in PYTHON_TESTS
             for path in sorted(glob.glob(os.path.join(TOP, pattern)))]
    if not paths:
        return
    say("-- Python files")
    os.environ["RONDO_PROGRAM"] = os.path.join(build, "rondo")
    halves = ("postgresql", "sqlite") if store == "both" else ("sqlite",)
    works = [(path, half) for half in halves
             for path in sorted(paths, key=os.path.getsize, reverse=True)]
    with ThreadPoolExecutor(max_workers=1 + (os.cpu_count() or 1)) as pool:
        for printed, passed, failed in pool.map(run_in_process, works):
            if printed:
                say(printed)
            tally.add(passed, failed)


def start_server(tally):
    """None when it cannot start: then what needs it fails, one by one."""
    try:
        server = postgresql.Server()
        os.environ["RONDO_TEST_POSTGRESQL"] = server.url
        return server
    except (postgresql.CannotStart, OSError) as reason:
        say("FAILED  no PostgreSQL server: %s" % reason)
        tally.add(0, 1)
        return None


def main():
    parser = argparse.ArgumentParser(description="Runs the tests of a build.")
    parser.add_argument("--build", default="build", help="the folder of the build (build)")
    parser.add_argument("--file", help=argparse.SUPPRESS)  # one Python file, for one store
    parser.add_argument("--store", default="both", choices=("both", "sqlite", "postgresql"),
                        help="both (default), or sqlite: without a PostgreSQL server")
    parser.add_argument("--whole", action="store_true",
                        help="the Python tests at PostgreSQL, too, and not one of each class that is not about stores")
    parser.add_argument("--only", default="", metavar="REGEX", help="only the C programs that match")
    parser.add_argument("--c", action="store_true", help="only the C programs")
    parser.add_argument("--no-web", action="store_true", help="without the tests of the pages")
    parser.add_argument("--web", action="store_true", help="only the tests of the pages")
    options = parser.parse_args()
    if options.whole:
        os.environ["RONDO_TEST_WHOLE"] = "1"
    tally = Tally()
    if options.file:
        run_python_file(options.file, options.store, tally)
        say("%d passed, %d failed" % (tally.passed, tally.failed))
        return 1 if tally.failed else 0
    if options.web:
        web_tests.run(os.path.join(TOP, options.build), tally, say)
        say("%d passed, %d failed" % (tally.passed, tally.failed))
        return 1 if tally.failed else 0
    server = start_server(tally) if options.store == "both" else None
    try:
        run_all(options, tally)
    finally:
        if server:
            server.stop()
    if options.store == "sqlite":
        say("half was not run: the tests at a PostgreSQL server (STORE=both runs them)")
    if options.no_web:
        say("not run: the tests of the pages, in Node and in a browser (without WEB=0 they are)")
    say("%d passed, %d failed" % (tally.passed, tally.failed))
    return 1 if tally.failed else 0


def run_all(options, tally):
    build = os.path.join(TOP, options.build)
    only_programs = bool(options.only or options.c)
    if not only_programs:
        run_house(tally)
    before = tally.passed + tally.failed
    run_programs(build, options.only, options.store, options.c, tally)
    if tally.passed + tally.failed == before:
        say("FAILED  no C program ran; is %s built, and does a test program match?" % options.build)
        tally.add(0, 1)
    if not only_programs:
        run_python(build, options.store, tally)
        if not options.no_web:
            web_tests.run(build, tally, say)


if __name__ == "__main__":
    sys.exit(main())
