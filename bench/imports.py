"""Import of plain lines into a durable store, one thread: lines without texts, then fewer with input, output and expected.

Peer: DuckDB's read_json of all columns into a table of a new file. Floors: reading the bytes out of memory; the same
rows through one prepared INSERT into one SQLite table.
"""
import os

from ground import (DuckDB, IS_SMALL, NotMeasured, Report, floor, lines_file, path, remove_store, rondo,
                    turns)

TITLE = "Import"
CASES, RUNS = (1000, 100) if IS_SMALL else (1000, 1000)
TEXT_RUNS = 50 if IS_SMALL else 200
AT_LEAST, AIM, PEAK_MB = 1.2, 2, 300


def import_once(lines, keeps_texts="no"):
    place = path("import.db")
    remove_store(place)
    rondo(place, "init")
    rondo(place, "suite", "add", "--name", "bench", "--keeps-texts", keeps_texts)
    done = rondo(place, "import", lines)
    remove_store(place)
    return done


def insert_once(rows):
    place = path("insert.db")
    remove_store(place)
    seconds = floor("insert", rows, place)
    remove_store(place)
    return seconds


def duckdb_once(lines, threads, runs=RUNS):
    place = path("import.duckdb")
    remove_store(place)
    with DuckDB() as duckdb:
        answer = duckdb.ask("import", file=lines, store=place, threads=threads)
    remove_store(place)
    if answer["count"] != CASES * runs:
        raise NotMeasured("DuckDB read %d of %d lines" % (answer["count"], CASES * runs))
    return answer


def with_texts(report):
    """Both read every column of the same file with one thread."""
    sentence = "with texts as fast as DuckDB at one thread that reads all columns"
    lines = lines_file("import", 1, CASES, TEXT_RUNS, "texts")
    report.notes.append("With texts: %d lines of %d bytes on average, %d cases in %d runs."
                        % (CASES * TEXT_RUNS, os.path.getsize(lines) / CASES / TEXT_RUNS, CASES, TEXT_RUNS))
    try:
        import_once(lines, "yes")
        ours, theirs = turns(lambda: import_once(lines, "yes"), lambda: duckdb_once(lines, 1, TEXT_RUNS))
    except NotMeasured as reason:
        report.not_measured(sentence, reason)
        return
    took = report.line("Rondo, with texts, one thread", "s", [done.seconds for done in ours])
    used = report.line("Rondo, with texts, processor time", "s", [done.processor for done in ours])
    report.line("Rondo, with texts, peak memory", "MB", [done.peak_mb for done in ours])
    peer = report.line("DuckDB, with texts, threads=1", "s", [answer["seconds"] for answer in theirs], took)
    report.line("DuckDB, with texts, threads=1, processor time", "s", [answer["processor"] for answer in theirs], used)
    report.goal(sentence, "%.2f times" % (peer.median / took.median), peer.median >= took.median, True)


def without_texts(report):
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


def measure():
    report = Report()
    without_texts(report)
    with_texts(report)
    return report
