"""A store as `rondo init` leaves it, made once by the program under test and copied for each test that begins with one:
at a server, a copy of files takes a fourth of the processor's time that the hundreds of statements take.

A file's original lasts as long as this process, a server's as long as the server: no run sees another one's."""
import atexit
import functools
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tools"))
import postgresql  # noqa: E402

SCHEMA = "rondo"  # of every original at a server, and so of its copies


@functools.cache
def psql():
    """The client itself: the one on a Debian's path is a script that looks for it, and takes longer than it."""
    return os.path.join(postgresql.find_programs(), "psql")


def tell_server(statement, database=None):
    """Runs a statement at the PostgreSQL server of the tests and gives what it printed."""
    done = subprocess.run([psql(), "-X", "-q", "-t", "-A", "-d", address(database), "-c", statement],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError("%s: %s" % (statement, done.stderr))
    return done.stdout.strip()


def address(database=None, schema=None):
    """The server's address; of another of its databases, of a schema there."""
    parts = urllib.parse.urlsplit(os.environ["RONDO_TEST_POSTGRESQL"])
    query = parts.query + ("&options=-csearch_path%%3D%%22%s%%22" % schema if schema else "")
    # Not urlunsplit, which leaves out the empty host.
    return "%s://%s/%s?%s" % (parts.scheme, parts.netloc, database or parts.path[1:], query)


def make(program, env, store):
    done = subprocess.run([program, "init"], env=dict(env, RONDO_STORE=store), cwd=originals(), capture_output=True,
                          timeout=120, check=False)
    if done.returncode != 0:
        raise AssertionError("rondo init: %s" % done.stderr.decode("utf-8", "replace"))


@functools.cache
def originals():
    """The folder of this process' originals."""
    folder = tempfile.mkdtemp(prefix="rondo-test-originals-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def name_of(program, env):
    """Another program, clock, person or zone makes another original; where a store is does not."""
    said = sorted((key, value) for key, value in env.items() if key != "RONDO_STORE")
    return "original-" + hashlib.sha256(repr((program, said)).encode()).hexdigest()[:16]


def copy_file(program, env, place):
    """Puts a store at `place`, a path where nothing is yet."""
    original = os.path.join(originals(), name_of(program, env) + ".db")
    if not os.path.exists(original):
        make(program, env, original)
    if os.path.exists(place):
        raise AssertionError("there is a store at '%s' already" % place)
    for tail in ("", "-wal"):
        if os.path.exists(original + tail):
            shutil.copy(original + tail, place + tail)


def is_at_server(name):
    return tell_server("SELECT count(*) FROM pg_database WHERE datname = '%s'" % name) == "1"


def make_at_server(program, env, name):
    """Under a name of its own until it is whole; of two processes that make it, one is first."""
    made = "%s-%d" % (name, os.getpid())
    tell_server('CREATE DATABASE "%s"' % made)
    tell_server('CREATE SCHEMA "%s"' % SCHEMA, made)
    make(program, env, address(made, SCHEMA))
    try:
        tell_server('ALTER DATABASE "%s" RENAME TO "%s"' % (made, name))
    except AssertionError:
        drop_at_server(made)
        if not is_at_server(name):
            raise


found = set()  # names of originals that are at the server


def copy_at_server(program, env, database):
    """The address of a store in a new database of that name; the caller drops it."""
    original = name_of(program, env)
    if original not in found:
        if not is_at_server(original):
            make_at_server(program, env, original)
        found.add(original)
    tell_server('CREATE DATABASE "%s" TEMPLATE "%s" STRATEGY file_copy' % (database, original))
    return address(database, SCHEMA)


def drop_at_server(database):
    tell_server('DROP DATABASE "%s" WITH (FORCE)' % database)
