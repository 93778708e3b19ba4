"""When the machine or the store gives trouble: one sentence, exit code 4, nothing half stored."""
import os
import resource
import shutil
import sqlite3
import subprocess
import unittest

from workspace import PROGRAM, Workspace, about_files


class Trouble(Workspace):
    def setUp(self):
        super().setUp()
        self.results = self.file("r.jsonl", self.rows("r1"))

    def rows(self, run, count=20):
        return self.lines(*({"case": "c%d" % i, "pass": True} for i in range(count)), suite="s", run=run, started_at="2026-11-09")

    def check_failed(self, answer, *said, code=4):
        self.assertEqual(answer.code, code, answer.out + answer.err)
        self.assertEqual(answer.err.count("\n"), 1, answer.err)
        self.assertTrue(answer.err.startswith("rondo: "), answer.err)
        self.assertNotIn(".\n", answer.err)
        for words in said:
            self.assertIn(words, answer.err)

    def check_intact(self, runs):
        self.rondo("audit", "verify")
        self.assertEqual(len(self.rondo("eval-run", "list", "--json", "--limit", "1000").json()["items"]), runs)


@about_files
class Stores(Trouble):
    def test_a_path_that_cannot_be_opened(self):
        for path in (os.path.join(self.folder, "absent", "rondo.db"), self.folder, "/proc/rondo.db"):
            with self.subTest(path):
                for words in (("init",), ("import", self.results), ("review",), ("demo",)):
                    self.check_failed(self.run_rondo(*words, "--store", path), path)
        self.assertEqual(os.listdir(self.folder), ["r.jsonl"])

    def test_no_store(self):
        for words in (("review",), ("eval-run", "list"), ("audit", "verify"), ("quarantine", "list"), ("undo", "1")):
            self.check_failed(self.run_rondo(*words), self.store, "rondo init")
        self.assertFalse(os.path.exists(self.store))

    def test_a_file_that_is_no_store_is_left_alone(self):
        database = os.path.join(self.folder, "other.db")
        with sqlite3.connect(database) as other:
            other.execute("CREATE TABLE mine (a)")
        other.close()
        for path in (self.results, database):
            with open(path, "rb") as file:
                before = file.read()
            for words in (("init",), ("import", self.results), ("review",)):
                self.check_failed(self.run_rondo(*words, "--store", path), path)
            with open(path, "rb") as file:
                self.assertEqual(file.read(), before)

    def test_other_kinds_of_store_are_bad_usage(self):
        answer = self.run_rondo("init", "--store", "postgresql://ada:sesame@localhost:many/x")
        self.check_failed(answer, "postgresql://ada@localhost:many/x", code=2)
        self.assertNotIn("sesame", answer.out + answer.err)
        self.check_failed(self.run_rondo("init", "--store", ""), code=2)

    def test_a_store_of_a_newer_version(self):
        self.rondo("import", self.results)
        store = sqlite3.connect(self.store)
        shape = store.execute("SELECT value FROM setting WHERE name = 'shape'").fetchone()[0]
        first = shape.splitlines()[0]
        newer = shape.rstrip("\n") + "\n" + first.replace(first.split()[0], "zebra.stripes", 1) + "\n"
        store.execute("UPDATE setting SET value = ? WHERE name = 'shape'", (newer,))
        store.commit()
        store.close()
        with open(self.store, "rb") as file:
            before = file.read()
        for words in (("review",), ("import", self.results), ("init",)):
            self.check_failed(self.run_rondo(*words), "newer", self.store)
        with open(self.store, "rb") as file:
            self.assertEqual(file.read(), before)

    def test_a_damaged_store(self):
        self.rondo("import", self.results)
        with open(self.store, "r+b") as file:
            file.truncate(5000)
        self.check_failed(self.run_rondo("review"), self.store)

    @unittest.skipIf(os.geteuid() == 0, "file modes do not stop root")
    def test_a_file_that_cannot_be_written(self):
        self.rondo("import", self.results)
        os.chmod(self.store, 0o400)
        os.chmod(self.folder, 0o500)
        try:
            answer = self.run_rondo("import", "-", stdin=self.rows("r2"))
            self.check_failed(answer, self.store)
        finally:
            os.chmod(self.folder, 0o700)
            os.chmod(self.store, 0o600)
        self.check_intact(1)

    def test_a_locked_store(self):
        self.rondo("import", self.results)
        holder = sqlite3.connect(self.store, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        try:
            self.rondo("review")
            answer = self.run_rondo("import", "-", stdin=self.rows("r2"))
            self.check_failed(answer, "locked", self.store)
        finally:
            holder.execute("ROLLBACK")
            holder.close()
        self.check_intact(1)
        self.rondo("import", "-", stdin=self.rows("r2"))


class Room(Trouble):
    def limited(self, size, kind=resource.RLIMIT_FSIZE):
        return lambda: resource.setrlimit(kind, (size, size))

    def test_a_full_disk_while_importing(self):
        self.rondo("import", self.results)
        big = self.file("big.jsonl", "".join(self.rows("run-%d" % i, 2000) for i in range(20)))
        whole = {}
        for kilobytes in (40, 100, 400, 800):
            with self.subTest(kilobytes=kilobytes):
                answer = self.run_rondo("import", big, preexec_fn=self.limited(kilobytes * 1024))
                if answer.code != 0:
                    self.check_failed(answer, "room", self.store)
                runs = self.rondo("eval-run", "list", "--json", "--limit", "1000").json()["items"]
                whole = {run["run"]: (run["status"], run["results"]) for run in runs if run["run"] != "r1"}
                self.assertEqual(set(whole.values()) - {("complete", 2000)}, set())
                self.rondo("audit", "verify")
        report = self.rondo("import", big, "--json").json()
        self.assertEqual(len(report["runs"]["new"]) + len(report["runs"]["unchanged"]), 20)
        self.check_intact(21)

    @about_files
    def test_a_full_disk_while_founding(self):
        for size in (0, 1024, 8192, 65536):
            with self.subTest(size):
                self.check_failed(self.run_rondo("import", self.results, preexec_fn=self.limited(size)), self.store)
        self.rondo("import", self.results)
        self.check_intact(1)

    def test_little_memory(self):
        self.rondo("import", self.results)
        big = self.file("big.jsonl", "".join(self.rows("run-%d" % i, 20000) for i in range(5)))
        # A sanitized program needs more address space than there is to take away.
        if self.run_rondo("version", preexec_fn=self.limited(96 << 20, resource.RLIMIT_AS)).code != 0:
            self.skipTest("the program does not start in 96 MiB of address space")
        answer = self.run_rondo("import", big, preexec_fn=self.limited(96 << 20, resource.RLIMIT_AS))
        if answer.code != 0:
            self.check_failed(answer, "memory")
            self.check_intact(1)

    def output_to(self, where, *words):
        done = subprocess.run([PROGRAM, *words], stdout=where, stderr=subprocess.PIPE, env=self.env, check=False)
        return done.returncode, done.stderr.decode()

    def test_output_that_cannot_be_written(self):
        self.rondo("import", self.results)
        reading, writing = os.pipe()
        os.close(reading)
        try:
            with open("/dev/full", "wb") as full:
                for where in (writing, full):
                    for words in (("review",), ("review", "--json"), ("eval-run", "list"), ("help",), ("version",), ("audit", "list")):
                        code, said = self.output_to(where, *words)
                        self.assertEqual((code, said.count("\n")), (4, 1), (words, said))
                        self.assertIn("cannot write the output", said)
        finally:
            os.close(writing)

    def test_an_input_that_is_a_folder(self):
        answer = self.rondo("import", self.folder, code=2)
        self.assertIn("directory", answer.out + answer.err)

    @about_files
    def test_a_copy_of_a_store_is_a_store(self):
        self.rondo("import", self.results)
        copy = os.path.join(self.folder, "copy.db")
        shutil.copy(self.store, copy)
        self.assertEqual(self.rondo("review", "--json", "--store", copy).out, self.rondo("review", "--json").out)


if __name__ == "__main__":
    unittest.main()
