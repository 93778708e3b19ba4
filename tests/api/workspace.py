"""A workspace of its own for each test: a store in a temporary folder, and the program run on it."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import copied_store

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("RONDO_PROGRAM", os.path.join(TOP, "build", "rondo"))
NOW = "2026-11-16T07:00:00Z"


class Answer:
    """What one command line did."""

    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.out)


# What every refusal of an importer ends in: what to do about it.
REMEDY = re.compile(r"(: |; |, or |, and )(give|export|write|name|remove|unpack|split|close|flatten|leave|keep|mend|say|use|compress|shorten|see|check|put) |\bmust (be|have|hold)\b|\bneeds ")


def about_files(test):
    """Marks a test (or a class of them) that knows a store to be a file: it runs on files only."""
    test.is_about_files = True
    return test


def about_stores(test):
    """Marks a test (or a class of them) of what a store does: at PostgreSQL, too, all of it runs. Of every other class
    the first test stands there for all: what rooms ask goes through find, match and the ledger, whose tests are in C
    and run on both stores."""
    test.is_about_stores = True
    return test


class Workspace(unittest.TestCase):
    """Each test starts in an empty folder with RONDO_STORE inside it (or a schema of its own at the server that is
    started for the tests); nothing of the machine's is read."""

    def store_place(self, name="rondo"):
        """The address of a store that is not made yet."""
        if os.environ.get("RONDO_TEST_STORE") != "postgresql":
            return os.path.join(self.folder, name + ".db")
        schema = os.path.basename(self.folder) + "-" + name
        copied_store.tell_server('CREATE SCHEMA "%s"' % schema)
        self.addCleanup(copied_store.tell_server, 'DROP SCHEMA "%s" CASCADE' % schema)
        return copied_store.address(schema=schema)

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="rondo-test-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.has_run = False
        self.store = self.store_place()
        self.env = {"PATH": os.environ["PATH"], "RONDO_STORE": self.store, "RONDO_NOW": NOW,
                    "USER": "Ada", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"}

    def initialise(self):
        """What `rondo init` does; a store on which nothing was run yet is a copy of one that it made. Tests of `init`
        run it themselves."""
        if self.has_run:
            self.rondo("init")
            return
        if os.environ.get("RONDO_TEST_STORE") != "postgresql":
            copied_store.copy_file(PROGRAM, self.env, self.store)
            return
        database = os.path.basename(self.folder)
        self.store = copied_store.copy_at_server(PROGRAM, self.env, database)
        self.addCleanup(copied_store.drop_at_server, database)
        self.env["RONDO_STORE"] = self.store

    def run_rondo(self, *words, stdin=b"", env=None, **options):
        """Runs the program; `stdin` is bytes or text."""
        if isinstance(stdin, str):
            stdin = stdin.encode()
        environment = dict(self.env, **(env or {}))
        self.has_run = True
        return Answer(subprocess.run([PROGRAM, *words], input=stdin, capture_output=True, env=environment,
                                     cwd=self.folder, timeout=120, check=False, **options))

    def rondo(self, *words, code=0, **options):
        """The same, and the exit code must be this one."""
        answer = self.run_rondo(*words, **options)
        self.assertEqual(answer.code, code, "rondo %s\n%s%s" % (" ".join(words), answer.out, answer.err))
        return answer

    def file(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return path

    def lines(self, *rows, **shared):
        """JSON lines of the plain shape: each row over what they share."""
        return "".join(json.dumps({**shared, **row}) + "\n" for row in rows)
