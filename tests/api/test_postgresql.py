"""A store at a PostgreSQL server of the test's own: several nodes on it, and what happens when it goes away."""
import os
import socket
import struct
import sys
import threading
import unittest

from server import Server, ServedWorkspace, wait_until
from workspace import TOP, about_files

sys.path.insert(0, os.path.join(TOP, "tools"))
import postgresql  # noqa: E402

LINES = 200


@about_files  # it brings its own server: once is enough
class OwnServer(ServedWorkspace):
    settings = {}

    @classmethod
    def setUpClass(cls):
        if os.environ.get("RONDO_TEST_POSTGRESQL"):  # else `make test STORE=sqlite`: tools/test.py says what is missing
            cls.database = postgresql.Server(**cls.settings)
            cls.addClassCleanup(cls.database.stop)

    def setUp(self):
        super().setUp()
        if not os.environ.get("RONDO_TEST_POSTGRESQL"):
            self.skipTest("no PostgreSQL server in this run")
        self.schema = os.path.basename(self.folder)
        self.tell('CREATE SCHEMA "%s"' % self.schema)
        self.addCleanup(self.tell, 'DROP SCHEMA "%s" CASCADE' % self.schema)
        self.store = self.database.url + "&options=-csearch_path%3D%22" + self.schema + "%22"
        self.env["RONDO_STORE"] = self.store

    def tell(self, statement):
        return self.database.tell(statement)

    def results(self, run, count=LINES):
        return "".join('{"run":"%s","suite":"u","surface":"s","case":"c%d","pass":true,"started_at":"2026-11-16T06:00:00Z"}\n'
                       % (run, i) for i in range(count))

    def backends(self):
        return int(self.tell("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'rondo'"))


class Nodes(OwnServer):
    def test_three_nodes_answer_alike(self):
        self.rondo("import", "-", stdin=self.results("r1"))
        nodes = [self.serve() for _ in range(3)]
        token = self.token("Ada", "read,write")
        for i, node in enumerate(nodes):
            reply = node.ask("POST", "/api/v1/teams", {"name": "Team %d" % i}, token=token)
            self.assertEqual(reply.status, 201, reply.text)
            for path in ("/api/v1/teams", "/api/v1/review", "/api/v1/audit?limit=3", "/api/v1/eval-runs"):
                answers = {other.ask("GET", path, token=token).text for other in nodes}
                self.assertEqual(len(answers), 1, path)

    def test_many_writers_wait_for_each_other(self):
        self.rondo("init")
        nodes = [self.serve() for _ in range(3)]
        token = self.token("Ada", "read,write")
        failed = []

        def write(node, who):
            for i in range(10):
                reply = node.ask("POST", "/api/v1/teams", {"name": "T %d %d" % (who, i)}, token=token)
                if reply.status != 201:
                    failed.append(reply.text)

        writers = [threading.Thread(target=write, args=(node, n)) for n, node in enumerate(nodes)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        self.assertEqual(failed, [])
        teams = nodes[0].ask("GET", "/api/v1/teams?limit=100", token=token).json()["items"]
        self.assertEqual(sorted(team["id"] for team in teams), sorted("TEAM-%d" % i for i in range(1, 31)))
        self.assertIn("intact", self.rondo("audit", "verify").out)


class Trouble(OwnServer):
    settings = {"synchronous_commit": "on"}  # what was acknowledged outlives a crash
    def refused_soon(self, server, words, token):
        """The node stays, and says what is wrong."""
        reply = server.ask("GET", "/api/v1/teams", token=token)
        self.assertEqual(reply.status, 503, reply.text)
        self.assertIn(words, reply.json()["detail"])

    def test_a_restarted_server_is_found_again(self):
        self.rondo("init")
        server = self.serve()
        token = self.token("Ada", "read,write")
        self.assertEqual(server.ask("POST", "/api/v1/teams", {"name": "Before"}, token=token).status, 201)
        for how in ("fast", "immediate"):
            self.database.halt(how)
            self.database.start()
            reply = server.ask("POST", "/api/v1/teams", {"name": "After " + how}, token=token)
            self.assertEqual(reply.status, 201, reply.text)
        names = [team["name"] for team in server.ask("GET", "/api/v1/teams", token=token).json()["items"]]
        self.assertEqual(names, ["Before", "After fast", "After immediate"])

    def test_a_server_that_is_away_is_named_and_waited_for(self):
        self.rondo("init")
        server = self.serve()
        token = self.token("Ada", "read,write")
        self.database.halt("fast")
        try:
            answer = self.rondo("team", "list", code=4)
            self.assertIn("does not answer: nothing was stored", answer.err)
            self.refused_soon(server, "does not answer", token)
            late = threading.Timer(1.5, self.database.start)
            late.start()
            reply = server.ask("POST", "/api/v1/teams", {"name": "Late"}, token=token)
            self.assertEqual(reply.status, 201, reply.text)
            late.join()
        finally:
            if not os.path.exists(os.path.join(self.database.data(), "postmaster.pid")):
                self.database.start()

    def test_killed_connections_are_made_again(self):
        self.rondo("init")
        server = self.serve()
        token = self.token("Ada", "read,write")
        for i in range(5):
            self.assertEqual(server.ask("POST", "/api/v1/teams", {"name": "T%d" % i}, token=token).status, 201)
            self.tell("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rondo'")
        self.assertEqual(len(server.ask("GET", "/api/v1/teams", token=token).json()["items"]), 5)

    def test_a_connection_killed_amid_an_import_leaves_nothing_half(self):
        self.rondo("init")
        for i in range(6):
            done = []
            text = self.results("killed-%d" % i, 3000)
            thread = threading.Thread(target=lambda: done.append(self.run_rondo("import", "-", stdin=text)))
            thread.start()
            wait_until(lambda: done or self.tell(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'rondo' AND xact_start IS NOT NULL "
                "AND backend_xid IS NOT NULL") != "0")
            self.tell("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rondo'")
            thread.join()
            runs = self.rondo("eval-run", "list", "--json", "--limit", "100").json()["items"]
            there = any(run["run"] == "killed-%d" % i for run in runs)
            self.assertEqual(there, done[0].code == 0, done[0].err)
            if not there:
                self.assertIn("nothing was stored", done[0].err)
            self.rondo("import", "-", stdin=text)
        self.assertIn("intact", self.rondo("audit", "verify").out)


class Crowded(OwnServer):
    settings = {"max_connections": "8", "superuser_reserved_connections": "3"}

    def test_a_server_without_a_connection_left_is_named(self):
        self.rondo("init")
        self.tell('CREATE ROLE guest LOGIN; GRANT ALL ON SCHEMA "%s" TO guest; '
                  'GRANT ALL ON ALL TABLES IN SCHEMA "%s" TO guest' % (self.schema, self.schema))
        guest = self.store.replace("user=rondo", "user=guest")
        self.rondo("team", "list", "--store", guest)
        held = [self.database.connection("guest") for _ in range(5)]
        try:
            answer = self.rondo("team", "list", "--store", guest, code=4)
            self.assertIn("has no connection left", answer.err)
        finally:
            for one in held:
                one.terminate()
                one.wait()
        self.rondo("team", "list", "--store", guest)


class OldServer(threading.Thread):
    """Speaks so much of the protocol as to say which version it is."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    @staticmethod
    def message(kind, body):
        return kind + struct.pack("!i", len(body) + 4) + body

    def run(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            while True:
                size, code = struct.unpack("!ii", connection.recv(8))
                if code == 196608:
                    break
                connection.sendall(b"N")  # no encryption
            connection.recv(size - 8)
            connection.sendall(self.message(b"R", struct.pack("!i", 0)) +
                               self.message(b"S", b"server_version\x0012.20\0") + self.message(b"Z", b"I"))


class Addresses(OwnServer):
    def test_an_older_server_is_refused(self):
        old = OldServer()
        old.start()
        self.addCleanup(old.socket.close)
        answer = self.rondo("init", "--store", "postgresql://ada@127.0.0.1:%d/x?sslmode=disable&gssencmode=disable" % old.port, code=4)
        self.assertIn("is older than PostgreSQL 13", answer.err)

    def test_a_password_is_never_shown(self):
        for store in ("postgres://ada:sesame@127.0.0.1:1/x", "postgres://ada:ses@me@127.0.0.1:1/x",
                      "postgres://127.0.0.1:1/x?user=ada&password=sesame&application_name=y",
                      "postgres://ada:sesame@127.0.0.1:many/x", "postgres://ada:sesame@[::1/x",
                      "postgres://ada:sesame@127.0.0.1/x?no_such_option=1"):
            answer = self.run_rondo("init", "--store", store)
            self.assertNotEqual(answer.code, 0)
            self.assertNotIn("ses", answer.out + answer.err)
            self.assertIn("postgres://", answer.err)

    def test_a_database_or_role_that_is_not_there_is_named(self):
        gone = self.database.url.replace("/postgres?", "/nowhere?")
        self.assertIn("cannot be opened", self.rondo("init", "--store", gone, code=4).err)
        stranger = self.database.url.replace("user=rondo", "user=stranger")
        self.assertIn("does not let this user in", self.rondo("init", "--store", stranger, code=4).err)

    def test_no_store_is_made_unasked(self):
        self.assertIn("rondo init", self.rondo("review", code=4).err)
        line = self.file("a.jsonl", '{"suite":"s","run":"a","started_at":"2026-11-09","case":"n","pass":true}\n')
        dry = self.rondo("import", "--dry-run", line)
        self.assertIn("1 new run", dry.out)
        self.assertIn("there is no store at 'postgres", dry.err)
        self.assertEqual(self.tell("SELECT count(*) FROM pg_tables WHERE schemaname = '%s'" % self.schema), "0")
        self.tell('CREATE TABLE "%s".invoice (id int)' % self.schema)
        self.assertIn("not a Rondo store", self.rondo("init", code=4).err)


if __name__ == "__main__":
    unittest.main()
