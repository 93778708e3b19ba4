"""One world of eval results in three stores: SQLite, PostgreSQL, and a table of DuckDB.

They are kept in build/bench; SQLite's is made again when the program is newer than it.
"""
import os
import subprocess

from ground import (IS_SMALL, NotMeasured, PROGRAM, lines_file, made_of, path, remove_store, rondo, tell)

SURFACES, CASES, RUNS = (10, 200, 84) if IS_SMALL else (100, 2000, 84)
WEEKS = RUNS // 7
TAIL = CASES // 10


def fill(place, name):
    """A surface at a time, as a team would."""
    rondo(place, "init")
    generator = made_of("bench_lines")
    for surface in range(SURFACES):
        words = [generator, "1", str(CASES), str(RUNS), "json", str(surface)]
        with subprocess.Popen(words, stdout=subprocess.PIPE) as lines:
            rondo(place, "import", "-", stdin=lines.stdout)
        if surface % 20 == 19:
            tell("%s: %d of %d surfaces" % (name, surface + 1, SURFACES))


def sqlite_place():
    place = path("world-%d-%d-%d.db" % (SURFACES, CASES, RUNS))
    if not os.path.exists(place) or os.path.getmtime(place) < os.path.getmtime(PROGRAM):
        making = place + ".new"
        remove_store(making)
        fill(making, "SQLite")
        remove_store(place)
        os.rename(making, place)
    return place


def postgresql_server():
    """A server with the world in it; the caller stops it."""
    import postgresql  # pylint: disable=import-outside-toplevel
    try:
        server = postgresql.Server(shared_buffers="512MB")
    except postgresql.CannotStart as reason:
        raise NotMeasured(reason) from reason
    try:
        fill(server.url, "PostgreSQL")
        server.tell("ANALYZE")
    except BaseException:
        server.stop()
        raise
    return server


def numbers():
    return lines_file("world", SURFACES, CASES, RUNS, "numbers")


def duckdb_place():
    return path("world-%d-%d-%d.duckdb" % (SURFACES, CASES, RUNS))
