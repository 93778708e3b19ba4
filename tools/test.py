#!/usr/bin/env python3
"""Runs the tests of a build and ends with one line, `N passed, N failed`.

A test is one program of ctest or one method of a Python test file (tests/tools, tests/api); the
rules of the house count as one. Exit code 0 only when C programs ran and nothing failed.

    tools/test.py [--build FOLDER] [--only REGEX] [--c]

--c runs the C programs and nothing else, --only those of them whose names match (`^(store|http)-`):
what the sanitizer builds want.
"""
import argparse
import glob
import os
import re
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True  # the tree stays as it was cloned
TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PYTHON_TESTS = ("tests/tools/test_*.py", "tests/api/test_*.py")
PROGRAM_SECONDS_MAX = 600

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


def run_programs(build, only, tally):
    """ctest prints a line per program, and the whole output of those that fail."""
    say("-- C programs in %s" % os.path.relpath(build, TOP))
    command = ["ctest", "--test-dir", build, "--output-on-failure",
               "--timeout", str(PROGRAM_SECONDS_MAX), "-j", str(os.cpu_count() or 1)]
    if only:
        command += ["-R", only]
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


def run_python_file(path, tally):
    """In this process; a skipped test counts for nothing, and says why."""
    folder, name = os.path.split(path)
    module = os.path.splitext(name)[0]
    sys.modules.pop(module, None)
    if sys.path[0] != folder:
        sys.path.insert(0, folder)
    began = time.monotonic()
    suite = unittest.defaultTestLoader.loadTestsFromName(module)
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
        % ("FAILED" if failures else "ok", os.path.relpath(path, TOP), time.monotonic() - began,
           result.testsRun))


def run_python(build, tally):
    paths = [path for pattern in PYTHON_TESTS
             for path in sorted(glob.glob(os.path.join(TOP, pattern)))]
    if not paths:
        return
    say("-- Python files")
    os.environ["RONDO_PROGRAM"] = os.path.join(build, "rondo")
    for path in paths:
        run_python_file(path, tally)


def main():
    parser = argparse.ArgumentParser(description="Runs the tests of a build.")
    parser.add_argument("--build", default="build", help="the folder of the build (build)")
    parser.add_argument("--only", default="", metavar="REGEX", help="only the C programs that match")
    parser.add_argument("--c", action="store_true", help="only the C programs")
    options = parser.parse_args()
    build = os.path.join(TOP, options.build)
    tally = Tally()
    only_programs = bool(options.only or options.c)
    if not only_programs:
        run_house(tally)
    before = tally.passed + tally.failed
    run_programs(build, options.only, tally)
    if tally.passed + tally.failed == before:
        say("FAILED  no C program ran; is %s built, and does a test program match?" % options.build)
        tally.add(0, 1)
    if not only_programs:
        run_python(build, tally)
    say("%d passed, %d failed" % (tally.passed, tally.failed))
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
