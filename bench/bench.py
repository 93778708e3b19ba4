#!/usr/bin/env python3
"""Measures Rondo beside peers and floors, and writes docs/bench.md.

    bench/bench.py [NAME...]    all figures, or those; with names (or SCALE=small) it only prints

What could not be measured is written down with the reason, what misses its goal as missed; the exit
code is 0 either way, and 1 when a figure broke off.
"""
import datetime
import importlib
import os
import platform
import re
import subprocess
import sys
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ground import IS_SMALL, NotMeasured, Report, TOP, TURNS, run, tell, PROGRAM  # noqa: E402

FIGURES = {"import": "imports", "answers": "answers", "suspects": "ranking", "get": "http_get", "serve": "serve_prompt",
           "start": "start", "search": "searching", "events": "listening", "export": "exporting",
           "recurrence": "recurring", "calendar": "calendar_files", "feed": "calendar_feed", "week": "week", "registry": "registry",
           "gate": "gate", "friday": "friday", "year": "year", "web": "web", "large": "large_pages"}


def first_of(file, pattern, fallback="unknown"):
    try:
        with open(file, encoding="utf-8") as stream:
            found = re.search(pattern, stream.read(), re.MULTILINE)
    except OSError:
        found = None
    return found.group(1).strip() if found else fallback


def version_of(*words):
    try:
        out = subprocess.run(words, capture_output=True, text=True, check=False)
    except OSError:
        return None
    found = re.search(r"\d+(\.\d+)+", out.stdout + out.stderr)
    return found.group(0) if found else None


def machine():
    memory = int(first_of("/proc/meminfo", r"^MemTotal:\s+(\d+)", "0"))
    cpu = first_of("/proc/cpuinfo", r"^model name\s*:\s*(.+)$", platform.machine())
    debian = first_of("/etc/debian_version", r"^(.+)$")
    return "%s, %d cores, %.0f GB of memory, Debian %s" % (cpu, os.cpu_count(), memory / 2 ** 20, debian)


def tools():
    found = (("Rondo", version_of(PROGRAM, "version")), ("SQLite", version_of(sys.executable, "-c",
              "import sqlite3; print(sqlite3.sqlite_version)")), ("PostgreSQL", version_of("psql", "--version")),
             ("Node", version_of("node", "--version")), ("wrk", version_of("wrk", "-v")),
             ("DuckDB for Node", first_of(os.path.join(TOP, "build/bench/node_modules/@duckdb/node-api/package.json"),
                                          r'"version": "([^"]+)"', None)))
    return ", ".join("%s %s" % (name, version) for name, version in found if version)


def written(value):
    return "%.0f" % value if value >= 100 else "%.3g" % value


def table_of(report):
    yield "| measured | median | lowest | highest | turns | times Rondo's |"
    yield "|---|---:|---:|---:|---:|---:|"
    for line in report.lines:
        yield "| %s | %s %s | %s | %s | %d | %s |" % (line.name, written(line.median), line.unit,
                                                written(min(line.values)), written(max(line.values)),
                                                len(line.values),
                                                written(line.median / line.ours.median) if line.ours else "")


def verdict(goal):
    if goal.is_met is None:
        return "not measured"
    return "met" if goal.is_met else "**missed**"


def page(reports, load):
    yield "# Bench"
    yield ""
    yield "Written by `make bench`; nothing here is typed. Each figure stands beside a peer and beside a floor that were"
    yield "measured in the same run, in turn; figures are medians of the turns. Absolute figures are goals; only ratios of"
    yield "one run decide."
    yield ""
    yield "- %s" % datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    yield "- %s" % machine()
    yield "- %s" % tools()
    yield "- other work on the machine: load %.1f when the run began, on %d cores%s" % (
        load, os.cpu_count(), "; absolute figures are worse than they would be alone" if load > 1 else "")
    yield ""
    yield "| figure | goal | measured | |"
    yield "|---|---|---|---|"
    for module, report in reports:
        for goal in report.goals:
            yield "| %s | %s%s | %s | %s |" % (module.TITLE, goal.sentence, " (ratio)" if goal.is_ratio else "",
                                              goal.said, verdict(goal))
    for module, report in reports:
        yield ""
        yield "## %s" % module.TITLE
        yield " ".join(module.__doc__.split())
        for note in report.notes:
            yield ""
            yield note
        if report.lines:
            yield ""
            yield from table_of(report)


def measured(module):
    """What the module found, or why it found nothing; and whether that is in order."""
    try:
        return module.measure(), True
    except NotMeasured as reason:
        report = Report()
        report.not_measured(getattr(module, "GOAL", "all of it"), reason)
        return report, True
    except Exception as error:  # pylint: disable=broad-except
        traceback.print_exc()
        report = Report()
        report.not_measured(getattr(module, "GOAL", "all of it"), "the bench broke off (%s)" % type(error).__name__)
        return report, False


def main(names):
    unknown = [name for name in names if name not in FIGURES]
    if unknown:
        print("bench: '%s' is no figure; there are: %s" % (unknown[0], ", ".join(FIGURES)), file=sys.stderr)
        return 2
    load, reports, code = os.getloadavg()[0], [], 0
    for name in names or FIGURES:
        tell("%s ..." % name)
        module = importlib.import_module(FIGURES[name])
        report, is_whole = measured(module)
        reports.append((module, report))
        code = code if is_whole else 1
        for goal in report.goals:
            tell("%s: %s: %s, %s" % (name, goal.sentence, goal.said, verdict(goal)))
    text = "\n".join(page(reports, load)) + "\n"
    if names or IS_SMALL:
        print(text, end="")
        return code
    with open(os.path.join(TOP, "docs", "bench.md"), "w", encoding="utf-8") as out:
        out.write(text)
    tell("docs/bench.md is written")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
