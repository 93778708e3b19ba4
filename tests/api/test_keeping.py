"""A store as a whole: moved, backed up, restored while it serves, and verified; all of it or nothing."""
import glob
import os
import shutil
import sqlite3
import subprocess
import threading
import unittest
from contextlib import closing

from server import Server
from workspace import PROGRAM, Workspace, about_files


@about_files
class Keeping(Workspace):
    made = None

    def setUp(self):
        super().setUp()
        if not Keeping.made:
            self.rondo("demo")
            Keeping.made = self.bytes(self.store)
        self.file("rondo.db", Keeping.made)

    def path(self, name):
        return os.path.join(self.folder, name)

    def sql(self, words, store=None):
        with closing(sqlite3.connect(store or self.store)) as base:
            return base.execute(words).fetchall()

    def bytes(self, path):
        with open(path, "rb") as file:
            return file.read()

    def damage(self, store, *words):
        with closing(sqlite3.connect(store)) as base:
            for each in words:
                self.assertGreater(base.execute(each).rowcount, 0, each)
            base.commit()

    def content(self, store=None):
        """Every row of every table, but for what a store notes of itself."""
        tables = [name for name, in self.sql("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", store)]
        rows = {name: sorted(self.sql('SELECT * FROM "%s"' % name, store), key=repr) for name in tables}
        rows["setting"] = [row for row in rows["setting"] if row[0] != "event_key"]
        return rows

    def refused(self, *words, said, code=1):
        answer = self.run_rondo(*words)
        self.assertEqual(answer.code, code, answer.out + answer.err)
        self.assertIn(said, answer.err)
        self.assertEqual(answer.out, "")


class Move(Keeping):
    def test_everything_arrives_and_the_source_stays_as_it_is(self):
        before = self.bytes(self.store)
        answer = self.rondo("move", "--from", self.store, "--to", self.path("b.db"), "--json").json()
        self.assertEqual(self.content(self.path("b.db")), self.content())
        self.assertEqual(answer["tables"]["eval_cases"], 750)
        self.assertIn("intact", answer["audit"])
        self.assertEqual(self.bytes(self.store), before)
        self.rondo("audit", "verify", "--store", self.path("b.db"))

    def test_an_empty_store_takes_a_move_and_one_with_rows_does_not(self):
        self.rondo("init", "--store", self.path("b.db"))
        before = self.content(self.path("b.db"))
        self.refused("move", "--from", self.store, "--to", self.path("b.db"), said="rows already: a move needs")
        self.assertEqual(self.content(self.path("b.db")), before)
        self.rondo("verify", "--store", self.path("b.db"))
        self.damage(self.path("b.db"), *('DELETE FROM "%s"' % name for name in before if before[name] and name != "setting"))
        self.rondo("move", "--from", self.store, "--to", self.path("b.db"))

    def test_a_store_is_not_moved_onto_itself_under_any_name(self):
        os.symlink(self.store, self.path("other.db"))
        for name in (self.store, self.path("other.db")):
            self.refused("move", "--from", self.store, "--to", name, said="that is the store that is moved", code=2)

    def test_a_missing_source_makes_no_target(self):
        self.refused("move", "--from", self.path("none.db"), "--to", self.path("b.db"), said="there is no store", code=4)
        self.refused("move", "--from", self.store, said="both stores", code=2)
        self.assertEqual(sorted(os.listdir(self.folder)), ["rondo.db"])

    def test_a_file_that_is_no_store_is_not_moved(self):
        self.file("text.db", "hello " * 1000)
        self.refused("move", "--from", self.path("text.db"), "--to", self.path("b.db"), said="is not a Rondo store", code=4)


class Backup(Keeping):
    def test_a_backup_is_the_whole_store_and_its_owners_alone(self):
        self.rondo("backup", "b.db")
        self.assertEqual(self.content(self.path("b.db")), self.content())
        self.assertEqual(os.stat(self.path("b.db")).st_mode & 0o777, 0o600)
        self.assertEqual(sorted(os.listdir(self.folder)), ["b.db", "rondo.db"])

    def test_a_backup_replaces_nothing(self):
        self.file("file", "")
        for name in ("file", "rondo.db"):
            before = self.bytes(self.path(name))
            self.refused("backup", name, said="is there already")
            self.assertEqual(self.bytes(self.path(name)), before)

    def test_a_folder_that_is_not_there(self):
        self.refused("backup", "absent/b.db", said="cannot write the backup 'absent/b.db'", code=4)
        self.assertEqual(os.listdir(self.folder), ["rondo.db"])


    def test_two_backups_to_one_name_are_one_whole_backup_and_one_refusal(self):
        for _ in range(3):
            both = [subprocess.Popen([PROGRAM, "backup", "b.db"], cwd=self.folder, env=self.env, stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL) for _ in range(2)]
            self.assertEqual(sorted(process.wait() for process in both), [0, 1])
            self.assertEqual(self.content(self.path("b.db")), self.content())
            self.assertEqual(sorted(os.listdir(self.folder)), ["b.db", "rondo.db"])
            os.remove(self.path("b.db"))


class Restore(Keeping):
    def setUp(self):
        super().setUp()
        self.rondo("backup", "b.db")
        self.kept = self.content()
        self.rondo("surface", "set", "SUR-1", "--floor", "0.5")
        self.later = self.content()

    def test_without_yes_it_says_what_would_be_lost(self):
        answer = self.run_rondo("restore", "b.db")
        self.assertEqual(answer.code, 1)
        self.assertIn("111 changes", answer.err)
        self.assertIn("110 changes", answer.err)
        self.assertIn("say --yes", answer.err)
        self.assertEqual(self.content(), self.later)
        self.assertEqual(sorted(os.listdir(self.folder)), ["b.db", "rondo.db"])

    def test_with_yes_and_back_again(self):
        self.rondo("restore", "b.db", "--yes")
        self.assertEqual(self.content(), self.kept)
        self.rondo("verify")
        before, = glob.glob(self.path("rondo.db.before-restore-*"))
        self.rondo("restore", before, "--yes")
        self.assertEqual(self.content(), self.later)

    def test_a_store_that_is_not_there_is_made(self):
        self.rondo("restore", "b.db", "--store", "new.db")
        self.assertEqual(self.content(self.path("new.db")), self.kept)

    def test_what_is_no_whole_backup_changes_nothing(self):
        whole = self.bytes(self.path("b.db"))
        self.file("half.db", whole[:len(whole) // 2])
        self.file("holes.db", whole[:40960] + bytes(40960) + whole[81920:])
        self.file("text.db", "hello " * 1000)
        self.sql("CREATE TABLE t (a)", self.path("foreign.db"))
        shutil.copy(self.path("b.db"), self.path("newer.db"))
        self.damage(self.path("newer.db"), "UPDATE setting SET value = value || 'suites colour TEXT\n' WHERE name = 'shape'",
                    "UPDATE setting SET value = '99.0' WHERE name = 'version'")
        for name, said in (("half.db", "damaged"), ("holes.db", "damaged"), ("text.db", "not a Rondo store"),
                           ("foreign.db", "not a Rondo store"), ("newer.db", "newer Rondo"), ("none.db", "no store")):
            with self.subTest(name):
                self.refused("restore", name, "--yes", said=said, code=4)
                self.refused("restore", name, "--yes", "--store", "new.db", said=said, code=4)
        self.refused("restore", "rondo.db", "--yes", said="is the store itself", code=2)
        self.assertEqual(self.content(), self.later)
        self.assertFalse(os.path.exists(self.path("new.db")))
        self.assertEqual(glob.glob(self.path("*before-restore*")), [])

    def test_what_is_written_meanwhile_is_in_the_safety_copy_or_in_the_store(self):
        made, is_over = [], threading.Event()

        def write():
            while not is_over.is_set():
                made.append(self.run_rondo("team", "add", "--name", "Team %d" % len(made)).code)
        writers = threading.Thread(target=write)
        writers.start()
        try:
            while len(made) < 3:
                pass
            self.rondo("restore", "b.db", "--yes")
        finally:
            is_over.set()
            writers.join()
        before, = glob.glob(self.path("rondo.db.before-restore-*"))
        names = [name for store in (before, self.store) for name, in self.sql("SELECT name FROM teams WHERE name LIKE 'Team %'", store)]
        self.assertEqual(sorted(names), sorted("Team %d" % i for i, code in enumerate(made) if code == 0))

    def test_an_address_is_no_backup(self):
        self.refused("restore", "postgres://ada:secret@host/db", "--yes", said="a backup is a file", code=2)
        self.assertNotIn("secret", self.run_rondo("restore", "postgres://ada:secret@host/db").err)

    def test_while_it_is_served(self):
        with Server(self.env, self.folder) as server:
            self.assertEqual(server.ask("GET", "/api/v1/surfaces/SUR-1").json()["floor"], 0.5)
            self.rondo("backup", "served.db")
            self.rondo("restore", "b.db", "--yes")
            self.assertEqual(server.ask("GET", "/api/v1/surfaces/SUR-1").json()["floor"], 0.9)
        self.assertEqual(self.content(), self.kept)
        self.assertEqual(self.content(self.path("served.db")), self.later)

    def test_events_are_told_after_it_too(self):
        with Server(self.env, self.folder) as server:
            self.assertEqual(server.ask("GET", "/api/v1/events?follow=false").status, 200)
            self.rondo("restore", "b.db", "--yes")  # made before anybody listened
            self.assertEqual(server.ask("GET", "/api/v1/events?follow=false").status, 200)


class Verify(Keeping):
    def check(self, what, said, *damage):
        """Damage done to a fresh copy is found, by that check alone."""
        shutil.copy(self.store, self.path("d.db"))
        self.damage(self.path("d.db"), *damage)
        answer = self.rondo("verify", "--store", "d.db", "--json", code=1).json()
        wrong = {check["what"]: " | ".join(check["first"]) for check in answer["checks"] if check["wrong"]}
        self.assertFalse(answer["sound"])
        self.assertIn(what, wrong)
        self.assertIn(said, wrong[what])
        text = self.rondo("verify", "--store", "d.db", code=1).out
        self.assertIn(said, text)
        return wrong

    def test_a_sound_store(self):
        self.rondo("link", "add", "--kind", "about", "--from", "SUR-1", "--to", "RUN-2")
        answer = self.rondo("verify", "--json").json()
        self.assertTrue(answer["sound"])
        checked = {check["what"]: check["checked"] for check in answer["checks"]}
        self.assertEqual(checked["results"], 50)
        self.assertGreater(checked["references"], 800)
        self.assertEqual(checked["history"], 1209)
        self.assertEqual(checked["link ends"], 18)  # 17 of what came out of the team's meetings
        self.assertNotIn("wrong", self.rondo("verify").out)

    def test_references(self):
        self.assertEqual(list(self.check("references", "RUN-7: its surface is not there",
                                         "UPDATE eval_runs SET surface = 99 WHERE id = 7",
                                         "UPDATE eval_column SET surface = 99 WHERE run = 7",
                                         "UPDATE eval_verdicts SET surface = 99 WHERE run = 7")), ["references"])

    def test_lists_and_links(self):
        self.rondo("link", "add", "--kind", "about", "--from", "SUR-1", "--to", "RUN-2")
        self.check("link ends", "LNK-1", "UPDATE links SET to_row = 999")
        self.check("link starts", "'nothing'", "UPDATE links SET from_record = 'nothing'")
        self.check("tags", "MEM-77", "INSERT INTO tag VALUES ('membership', 77, 'roles', 0, 'owner')")
        self.check("readers", "SUR-55", "INSERT INTO reader VALUES ('surface', 55, 1)")

    def test_history(self):
        self.rondo("surface", "set", "SUR-1", "--floor", "0.5")
        self.rondo("surface", "set", "SUR-1", "--floor", "0.6")
        at = " WHERE record = 'surface' AND row = 1 AND version = "
        self.check("history", "SUR-1: a version of its history is missing", "DELETE FROM history" + at + "2")
        self.check("history", "SUR-1: its history does not end", "DELETE FROM history" + at + "3")
        self.check("history", "SUR-1: the instants", "UPDATE history SET valid_from = valid_from - 1" + at + "3")
        self.check("history", "SUR-1: a version of its history cannot", "UPDATE history SET body = '{' " + at + "2")
        self.check("history", "SUR-1: a version of its history is empty", "UPDATE history SET body = NULL" + at + "2")
        self.check("history", "SUR-1: its history goes beyond", "UPDATE surfaces SET version = 2 WHERE id = 1")
        self.check("changes", "change 3: it made a version", "DELETE FROM change WHERE id = 3")

    def test_results(self):
        self.check("results", "RUN-3: ", "UPDATE eval_verdicts SET body = zeroblob(length(body)) WHERE run = 3")
        self.check("results", "RUN-3: its results are not there", "DELETE FROM eval_verdicts WHERE run = 3")
        self.check("results", "RUN-3: its results are not those", "UPDATE eval_runs SET passed = passed + 1 WHERE id = 3")
        self.check("results", "RUN-3: its scores are not those", "UPDATE eval_runs SET scored = scored + 1 WHERE id = 3")
        self.check("results", "RUN-3: its scores are not those", "UPDATE eval_runs SET mean_score = 0.125 WHERE id = 3")
        self.check("results", "its case number 7 is not there", "DELETE FROM eval_cases WHERE number = 7")
        self.check("results", "of no run", "UPDATE eval_verdicts SET run = 99 WHERE run = 3")

    def test_the_audit(self):
        self.assertEqual(list(self.check("audit", "tampered", "UPDATE audit SET verb = 'other' WHERE id = 5")), ["audit"])

    def test_the_file(self):
        whole = self.bytes(self.store)
        self.file("d.db", whole[:-40960] + bytes(40960))
        answer = self.run_rondo("verify", "--store", "d.db")
        self.assertNotEqual(answer.code, 0)


if __name__ == "__main__":
    unittest.main()
