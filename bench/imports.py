"""Import of plain lines without texts into a durable store, one thread.

Peer: DuckDB's read_json into a table of a new file. Floors: reading the bytes out of memory; the same
rows through one prepared INSERT into one SQLite table.
"""
import os

from ground import (DuckDB, IS_SMALL, NotMeasured, Report, floor, lines_file, path, remove_store, rondo,
                    turns)

TITLE = "Import"
CASES, RUNS = (1000, 100) if IS_SMALL else (1000, 1000)
AT_LEAST, AIM, PEAK_MB = 1.2, 2, 300


def import_once(lines):
    place = path("import.db")
    remove_store(place)
    rondo(place, "init")
    done = rondo(place, "import", lines)
    remove_store(place)
    return done


def insert_once(rows):
    place = path("insert.db")
    remove_store(place)
    seconds = floor("insert", rows, place)
    remove_store(place)
    return seconds


def duckdb_once(lines, threads):
    place = path("import.duckdb")
    remove_store(place)
    with DuckDB() as duckdb:
        answer = duckdb.ask("import", file=lines, store=place, threads=threads)
    remove_store(place)
    if answer["count"] != CASES * RUNS:
        raise NotMeasured("DuckDB read %d of %d lines" % (answer["count"], CASES * RUNS))
    return answer


def measure():
    report = Report()
    lines = lines_file("import", 1, CASES, RUNS, "json")
    rows = lines_file("import", 1, CASES, RUNS, "csv")
    size = os.path.getsize(lines)
    report.notes.append("%d lines of %d bytes on average, %d cases in %d runs. Rondo's time is that of the whole "
                        "command, its start included; DuckDB's that of the statement, until it is committed."
                        % (CASES * RUNS, size / CASES / RUNS, CASES, RUNS))
    import_once(lines)
    peers, reason = [lambda: duckdb_once(lines, 1), lambda: duckdb_once(lines, 2)], None
    try:
        peers[0]()
    except NotMeasured as missing:
        peers, reason = [], missing
    ours, read, insert, *theirs = turns(lambda: import_once(lines), lambda: floor("read", lines),
                                        lambda: insert_once(rows), *peers)
    took = report.line("Rondo, one thread", "s", [done.seconds for done in ours])
    used = report.line("Rondo, processor time", "s", [done.processor for done in ours])
    peak = report.line("Rondo, peak memory", "MB", [done.peak_mb for done in ours])
    for threads, answers in enumerate(theirs, 1):
        report.line("DuckDB, threads=%d" % threads, "s", [answer["seconds"] for answer in answers], took)
        report.line("DuckDB, threads=%d, processor time" % threads, "s",
                    [answer["processor"] for answer in answers], used)
    report.line("Floor: plain insert, SQLite", "s", insert, took)
    report.line("Floor: memory read", "s", read, took)
    sentence = "at least %.1f times DuckDB at one thread (aim %d)" % (AT_LEAST, AIM)
    if reason:
        report.not_measured(sentence, reason)
    else:
        ratio = report.lines[3].median / took.median
        report.goal(sentence, "%.2f times" % ratio, ratio >= AT_LEAST, True)
    report.goal("peak memory under %d MB" % PEAK_MB, "%.0f MB" % peak.median, peak.median < PEAK_MB)
    return report
