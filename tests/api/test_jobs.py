"""Jobs from outside: followed, cancelled, shared by several servers, and carried to their end over kill -9.

RONDO_KILLS says how often the processes are killed in all, 50 when it is not set.
"""
import http.client
import json
import os
import sqlite3
import subprocess
import threading
import time
import unittest

from server import Server, ServedWorkspace, wait_until
from workspace import about_files, about_stores, PROGRAM, TOP

KILLS = int(os.environ.get("RONDO_KILLS", "50"))
RUNS, RESULTS = 12, 400
GONE = (ConnectionError, http.client.HTTPException, OSError)


class Jobs(ServedWorkspace):
    def body(self, name, runs=RUNS, results=RESULTS):
        """A file whose runs are called NAME-0, NAME-1, ... in a suite of their own."""
        return "".join(self.lines(*({"case": "c%d" % case, "pass": case % 3 > 0} for case in range(results)),
                                  suite="suite " + name, run="%s-%d" % (name, run), started_at="2026-11-09")
                       for run in range(runs))

    def stored(self):
        """What is stored of runs, by name; each name once."""
        rows, after = [], ""
        while after is not None:
            page = self.ask(200, "GET", "/api/v1/eval-runs?limit=1000" + (after and "&after=" + after))
            rows += page["items"]
            after = page["next"]
        names = [row["run"] for row in rows]
        self.assertEqual(len(names), len(set(names)))
        return {row["run"]: (row["status"], row["results"]) for row in rows}

    def check_whole(self, names, runs=RUNS, results=RESULTS):
        """These files are in, whole, and nothing else is."""
        want = {"%s-%d" % (name, run): ("complete", results) for name in names for run in range(runs)}
        self.assertEqual(self.stored(), want)

    def check_sound(self):
        """The store itself: its audit and, of one in a file, what the database says of it."""
        self.rondo("audit", "verify")
        if not os.path.exists(self.store):
            return
        store = sqlite3.connect(self.store)
        try:
            self.assertEqual(store.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(store.execute("PRAGMA foreign_key_check").fetchall(), [])
            self.assertEqual(store.execute("SELECT count(*) FROM job_input").fetchone(), (0,))
        finally:
            store.close()


@about_files  # of the doors; Nodes and Kills have both stores
class Following(Jobs):
    def setUp(self):
        super().setUp()
        self.served()

    def test_a_job_is_answered_at_once_and_followed_to_its_result(self):
        job = self.ask(202, "POST", "/api/v1/imports", self.body("a"))["job"]
        self.assertEqual(self.reply.headers["location"], "/api/v1/jobs/" + job)
        done = self.finished(job)
        self.assertEqual((done["kind"], done["state"], done["progress"], done["attempt"]), ("import", "done", 100, 1))
        self.assertEqual(done["result"]["runs"]["new"], ["a-%d" % run for run in range(RUNS)])
        self.check_whole("a")

    def test_a_file_that_is_refused_fails_at_its_first_attempt(self):
        job = self.imported("this is no result\n")
        self.assertEqual((job["state"], job["attempt"]), ("failed", 1), job)
        self.assertIn("known formats", job["sentence"])
        job = self.imported(self.body("a", 1) + "this is no result\n")
        self.assertEqual((job["state"], job["attempt"]), ("done", 1), job)
        self.assertEqual(len(job["result"]["quarantined"]), 1)

    def test_what_a_job_stored_is_one_change_and_can_be_undone(self):
        job = self.imported(self.body("a", 2))
        self.ask(200, "POST", "/api/v1/undo/%d" % job["change"])
        self.assertEqual(self.stored(), {})
        self.assertIsNone(self.imported(self.body("b", 1), "?dry_run=true")["change"])

    def test_a_job_names_its_file_and_the_name_helps_to_know_the_format(self):
        with open(os.path.join(TOP, "tests/fixtures/deepeval/test_run_20261116_070000.json"), "rb") as file:
            body = file.read()
        job = self.imported(body, "?zone=UTC&name=test_run_20261116_070000.json")
        self.assertEqual([(one["file"], one["format"]) for one in job["result"]["files"]],
                         [("test_run_20261116_070000.json", "deepeval")])
        self.assertEqual(self.imported(self.body("a", 1))["result"]["files"][0]["file"], "upload")
        self.refused(422, "invalid", "longer than 255", "POST", "/api/v1/imports?name=" + "x" * 256, self.body("a"))

    def test_the_formats_that_are_told_are_those_that_are_taken(self):
        formats = [one["name"] for one in self.ask(200, "GET", "/api/v1/imports/formats")["items"]]
        self.assertIn("junit", formats)
        for name in formats + ["wrong"]:
            words = self.imported("{}", "?dry_run=true&format=" + name)["sentence"]
            self.assertEqual("there is no format" in words, name == "wrong", words)

    def test_a_report_says_which_suites_and_surfaces_are_new(self):
        for words in ("?dry_run=true", ""):
            result = self.imported(self.body("a", 2), words)["result"]
            self.assertEqual((result["suites"], result["surfaces"]["known"]), ({"new": ["suite a"], "known": []}, []))
            made = result["surfaces"]["new"]
            self.assertEqual(len(made), 1)
        result = self.imported(self.body("a", 3))["result"]
        self.assertEqual((result["suites"], result["surfaces"]),
                         ({"new": [], "known": ["suite a"]}, {"new": [], "known": made}))

    def test_a_command_leaves_a_job_and_a_dry_run_none(self):
        path = self.file("a.jsonl", self.body("a"))
        self.rondo("import", "--dry-run", path)
        self.assertEqual(self.rondo("job", "list", "--json").json()["items"], [])
        self.rondo("import", path)
        self.rondo("quarantine", "replay")
        replay, done = self.rondo("job", "list", "--json").json()["items"]
        self.assertEqual((done["id"], done["kind"], done["state"], done["progress"]), ("1", "import", "done", 100))
        self.assertEqual(len(done["result"]["runs"]["new"]), RUNS)
        self.assertEqual((replay["kind"], replay["state"]), ("replay", "done"))
        self.assertEqual(self.ask(200, "GET", "/api/v1/jobs/1"), done)
        self.assertIn("ended already", self.rondo("job", "cancel", "1", code=1).err)

    def test_a_job_is_nothing_to_others(self):
        self.person("Ben", "owner,member")
        ada, ben = self.token("Ada", "write,import"), self.token("Ben", "write,import")
        job = self.imported(self.body("a"), token=ada)["id"]
        for method, path in (("GET", "/api/v1/jobs/" + job), ("POST", "/api/v1/jobs/%s/cancel" % job)):
            self.ask(404, method, path, token=ben)
            theirs = self.reply.text
            self.ask(404, method, path.replace("jobs/" + job, "jobs/77"), token=ben)
            self.assertEqual(theirs.replace("'%s'" % job, "'77'"), self.reply.text)
        self.assertEqual(self.ask(200, "GET", "/api/v1/jobs", token=ben)["items"], [])
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/jobs", token=ada)["items"]), 1)
        self.ask(409, "POST", "/api/v1/jobs/%s/cancel" % job, token=ada)
        self.assertIn("there is no job", self.rondo("job", "show", "--as", "Ben", job, code=2).err)


@about_files  # of the doors; Nodes and Kills have both stores
class Cancelling(Jobs):
    def setUp(self):
        super().setUp()
        self.served()

    def test_a_job_that_waits_is_cancelled_before_it_begins(self):
        first = self.ask(202, "POST", "/api/v1/imports", self.body("long", 60, 2000))["job"]
        second = self.ask(202, "POST", "/api/v1/imports", self.body("b"))["job"]
        shown = self.ask(200, "POST", "/api/v1/jobs/%s/cancel" % second)
        self.assertEqual(self.finished(second)["state"], "cancelled", shown)
        self.assertEqual(self.finished(first)["state"], "done")
        self.check_whole(["long"], 60, 2000)
        self.check_sound()

    def test_a_job_that_runs_is_cancelled_and_leaves_nothing(self):
        """Which step it is at when it is cancelled is chance; whatever it was, all of it is there or nothing."""
        states = set()
        for turn in range(20):
            name = "turn%d" % turn
            job = self.ask(202, "POST", "/api/v1/imports", self.body(name, 40, 1000))["job"]
            wait_until(lambda: self.ask(200, "GET", "/api/v1/jobs/" + job)["state"] != "queued")
            time.sleep(turn * 0.005)
            asked = self.server.ask("POST", "/api/v1/jobs/%s/cancel" % job)
            self.assertIn(asked.status, (200, 409), asked.text)
            done = self.finished(job)
            self.assertIn(done["state"], ("cancelled", "done"))
            states.add(done["state"])
            runs = {run: how for run, how in self.stored().items() if run.startswith(name + "-")}
            self.assertEqual(len(runs), 40 if done["state"] == "done" else 0, done)
            self.assertEqual(set(runs.values()) - {("complete", 1000)}, set())
        self.assertIn("cancelled", states)
        self.check_sound()


@about_stores  # servers share a store
class Nodes(Jobs):
    """Several servers on one store."""

    def test_each_job_is_run_once(self):
        self.initialise()
        servers = [self.serve() for _ in range(3)]
        jobs = {}
        for number in range(24):
            self.server = servers[number % 3]
            jobs["n%d" % number] = self.ask(202, "POST", "/api/v1/imports", self.body("n%d" % number, 3, 50))["job"]
        self.server = servers[0]
        for name, job in jobs.items():
            done = self.finished(job)
            self.assertEqual((done["state"], done["attempt"]), ("done", 1), done)
            self.assertEqual(done["result"]["runs"]["new"], ["%s-%d" % (name, run) for run in range(3)])
        self.check_whole(jobs, 3, 50)
        self.check_sound()

    def test_what_a_killed_server_had_is_taken_over_by_another(self):
        self.initialise()
        self.server = self.serve()
        for turn in range(4):
            doomed = Server(self.env, self.folder)
            self.addCleanup(doomed.stop)
            job = json.loads(doomed.ask("POST", "/api/v1/imports", self.body("turn%d" % turn)).body)["job"]
            time.sleep(0.01 * turn)
            doomed.process.kill()
            doomed.process.wait()
            self.assertEqual(self.finished(job)["state"], "done")
        self.check_whole("turn%d" % turn for turn in range(4))
        self.check_sound()

    def test_a_server_that_is_told_to_stop_leaves_its_job_to_the_next(self):
        self.initialise()
        for turn in range(4):
            with Server(self.env, self.folder) as server:
                job = json.loads(server.ask("POST", "/api/v1/imports", self.body("turn%d" % turn)).body)["job"]
                time.sleep(0.01 * turn)
            self.assertEqual(server.code, 0, server.err)
            shown = self.rondo("job", "show", job, "--json").json()
            self.assertIn(shown["state"], ("queued", "done"))
        self.server = self.serve()
        for turn in range(4):
            done = self.finished(str(turn + 1))
            self.assertEqual((done["state"], done["attempt"]), ("done", 1), done)
        self.check_whole("turn%d" % turn for turn in range(4))
        self.check_sound()


@about_stores  # what a killed server leaves
class Kills(Jobs):
    """kill -9 at moments spread over the whole of what is done: what was answered is there, and nothing by halves."""

    def setUp(self):
        super().setUp()
        self.initialise()
        self.start()

    def start(self):
        self.server = Server(self.env, self.folder)
        self.addCleanup(self.server.stop)
        self.assertIsNotNone(self.server.port, self.server.line)

    def kill(self):
        self.server.process.kill()
        self.server.process.communicate()

    def measure(self, work):
        begin = time.monotonic()
        work()
        return time.monotonic() - begin

    def test_a_job_comes_to_its_end(self):
        turns = max(1, KILLS * 6 // 10)
        names = ["first"] + ["turn%d" % turn for turn in range(turns)]
        whole = self.measure(lambda: self.imported(self.body("first")))
        again = 0
        for turn in range(turns):
            job = self.ask(202, "POST", "/api/v1/imports", self.body(names[turn + 1]))["job"]
            time.sleep(whole * turn / turns)
            self.kill()
            self.start()
            done = self.finished(job)
            self.assertEqual((done["state"], done["progress"]), ("done", 100), done)
            self.assertIn(done["attempt"], (1, 2))
            again += done["attempt"] == 2
            runs = done["result"]["runs"]
            self.assertEqual(len(runs["new"]) + len(runs["unchanged"]), RUNS, runs)
            self.assertEqual(runs["refused"] + runs["replaced"], [])
        self.check_whole(names)
        self.kill()
        self.check_sound()
        if turns >= 20:
            self.assertGreater(again, 0, "no kill met a job at work")

    def test_what_was_answered_is_there(self):
        turns = max(1, KILLS * 2 // 10)
        answered, asked = set(), set()
        for turn in range(turns):
            def write():
                for number in range(10000):
                    name = "%d-%d" % (turn, number)
                    asked.add(name)
                    try:
                        if self.server.ask("POST", "/api/v1/suites", {"name": name}).status != 201:
                            return
                    except GONE:
                        return
                    answered.add(name)

            writer = threading.Thread(target=write)
            writer.start()
            time.sleep(0.02 + 0.2 * turn / turns)
            self.kill()
            writer.join()
            self.start()
        there, after = set(), ""
        while after is not None:
            page = self.ask(200, "GET", "/api/v1/suites?limit=1000" + (after and "&after=" + after))
            there |= {row["name"] for row in page["items"]}
            after = page["next"]
        self.assertGreater(len(answered), 0)
        self.assertEqual(answered - there, set(), "answered, and not there")
        self.assertEqual(there - asked, set())
        self.kill()
        self.check_sound()

    def test_a_command_that_is_killed_leaves_whole_runs(self):
        turns = max(1, KILLS * 2 // 10)
        whole = self.measure(lambda: self.rondo("import", self.file("first", self.body("first"))))
        names = ["first"]
        for turn in range(turns):
            names.append("turn%d" % turn)
            path = self.file(names[-1], self.body(names[-1]))
            with subprocess.Popen([PROGRAM, "import", path], env=self.env, cwd=self.folder,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as command:
                time.sleep(whole * turn / turns)
                command.kill()
            self.assertEqual(set(self.stored().values()), {("complete", RESULTS)})
            self.rondo("import", path)
        self.check_whole(names)
        self.kill()
        self.check_sound()


if __name__ == "__main__":
    unittest.main()
