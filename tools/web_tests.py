"""Runs the tests of the pages: those without a browser (vitest) and those in Chromium (tests/web).

What runs here prints its own lines; only the numbers are read. It is a part of tools/test.py.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WEB = os.path.join(TOP, "web")
SECONDS_MAX = 1800
COUNTED = re.compile(r"(\d+) passed, (\d+) failed$")


def surroundings(build):
    """A Node that tools/deps.sh put into the build comes first."""
    own = os.path.join(TOP, "build", "node", "node_modules", ".bin")
    return {**os.environ, "PATH": own + os.pathsep + os.environ.get("PATH", ""), "RONDO_BUILD": build,
            "RONDO_PROGRAM": os.path.join(build, "rondo"), "NO_COLOR": "1"}


def why_not(env):
    """What is missing; None when all is there."""
    for command, of_set in (("node", "web"), ("chromium", "browser")):
        if not shutil.which(command, path=env["PATH"]):
            return "'%s' is not installed: tools/deps.sh %s installs it" % (command, of_set)
    for place in ("node_modules/.complete", "dist/index.html"):
        if not os.path.exists(os.path.join(WEB, place)):
            return "web/%s is not there: 'make web' makes it" % place
    return None


def run_units(env, say):
    """vitest's own tests; its report is a file of JSON."""
    folder = tempfile.mkdtemp()
    report = os.path.join(folder, "report.json")
    try:
        done = subprocess.run(["node_modules/.bin/vitest", "run", "--reporter=json", "--outputFile=" + report], cwd=WEB,
                              env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", check=False, timeout=SECONDS_MAX)
        if not os.path.exists(report):
            say("FAILED  vitest ended with code %d\n%s" % (done.returncode, done.stdout[-3000:]))
            return 0, 1
        with open(report, encoding="utf-8") as stream:
            told = json.load(stream)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    failed = 0
    for file in told["testResults"]:
        tests = file["assertionResults"]
        broken = [test for test in tests if test["status"] == "failed"]
        # A file that does not even load has no tests: it counts as one.
        failed += len(broken) or file["status"] == "failed"
        for test in broken:
            say("FAILED  %s\n%s" % (test["fullName"], "\n".join(test["failureMessages"])))
        if file["status"] == "failed" and not broken:
            say(file.get("message", ""))
        seconds = (file["endTime"] - file["startTime"]) / 1000
        say("%-7s %-40s %6.2f s, %d tests" % ("FAILED" if file["status"] == "failed" else "ok",
                                              os.path.relpath(file["name"], TOP), seconds, len(tests)))
    return told["numPassedTests"], failed


def run_format(env, say):
    """Whether the pages and their tests are written as `npm run format` writes them; it counts as one test."""
    done = subprocess.run(["npm", "run", "--silent", "format:check"], cwd=WEB, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
                          timeout=SECONDS_MAX)
    if done.returncode:
        say("FAILED  the form of web/ and tests/web: 'npm run format' in web/ mends it\n%s" % done.stdout)
        return 0, 1
    return 1, 0


def length_of(path):
    """About how long it takes: the walk over all pages is short to write and takes longest."""
    return path.endswith("/pages.test.mjs"), os.path.getsize(path)


def run_browser(env, say):
    """Two files at once, the long ones first; the reporter ends with the tally."""
    files = sorted(glob.glob(os.path.join(TOP, "tests/web/*.test.mjs")), key=length_of, reverse=True)
    done = subprocess.Popen(["node", "--test", "--test-concurrency=2",
                             "--test-reporter=" + os.path.join(TOP, "tests/web/reporter.mjs"), *files], cwd=TOP, env=env,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            errors="replace")
    counted = None
    for line in done.stdout:
        counted = COUNTED.match(line.rstrip()) or counted
        if not COUNTED.match(line.rstrip()):
            say(line.rstrip("\n"))
    done.wait()
    if not counted:
        say("FAILED  the tests in the browser ended with code %d" % done.returncode)
        return 0, 1
    passed, failed = int(counted.group(1)), int(counted.group(2))
    if done.returncode and not failed:
        say("FAILED  the tests in the browser ended with code %d" % done.returncode)
        failed = 1
    return passed, failed


def run(build, tally, say):
    say("-- the pages")
    env = surroundings(build)
    missing = why_not(env)
    if missing:
        say("FAILED  the tests of the pages could not run: %s; make test WEB=0 leaves them out" % missing)
        tally.add(0, 1)
        return
    for work in (run_format, run_units, run_browser):
        tally.add(*work(env, say))
