"""Export of many records with their history: `rondo export DIR`, the whole command.

Peer: SQLite's VACUUM INTO, which writes the same store into a new file. Floor: writing the bytes of the archive once, durably.
"""
import os
import shutil
import sqlite3
import time

import many
from ground import Report, path, remove_store, rondo, turns

TITLE = "Export"
MOST_S = 5
GOAL = "%d records with history in under %d s" % (many.COUNT, MOST_S)


def export_once(store):
    archive = path("exported")
    shutil.rmtree(archive, ignore_errors=True)
    return rondo(store, "export", archive)


def archive_bytes():
    total = 0
    for folder, _, names in os.walk(path("exported")):
        total += sum(os.path.getsize(os.path.join(folder, name)) for name in names)
    return total


def vacuum_once(store):
    copy = path("vacuum.db")
    remove_store(copy)
    connection = sqlite3.connect(store)
    begin = time.monotonic()
    connection.execute("VACUUM INTO ?", (copy,))
    seconds = time.monotonic() - begin
    connection.close()
    remove_store(copy)
    return seconds


def write_once(size):
    place, piece = path("written"), os.urandom(1 << 20)
    begin = time.monotonic()
    with open(place, "wb") as out:
        for _ in range(size // len(piece) + 1):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    seconds = time.monotonic() - begin
    os.unlink(place)
    return seconds


def measure():
    report = Report()
    store = many.place()
    export_once(store)
    size = archive_bytes()
    report.notes.append("%d teams with two versions each; the archive has %.0f MB." % (many.COUNT, size / 1e6))
    ours, vacuum, written = turns(lambda: export_once(store), lambda: vacuum_once(store), lambda: write_once(size))
    took = report.line("Rondo", "s", [done.seconds for done in ours])
    report.line("Rondo, processor time", "s", [done.processor for done in ours])
    report.line("Rondo, peak memory", "MB", [done.peak_mb for done in ours])
    report.line("SQLite, VACUUM INTO", "s", vacuum, took)
    report.line("Floor: plain write", "s", written, took)
    report.goal(GOAL, "%.2f s" % took.median, took.median < MOST_S)
    shutil.rmtree(path("exported"))
    return report
