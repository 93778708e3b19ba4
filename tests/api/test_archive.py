"""A whole store taken out as files and brought back equal, from outside; damaged archives change nothing."""
import csv
import filecmp
import hashlib
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest
from contextlib import closing

from workspace import about_files, about_stores, PROGRAM, Workspace

LATER = "2026-11-17T07:00:00Z"


class Archive(Workspace):
    """A demo store with everything in it: results restated, lines in quarantine, rows dropped, links, a token."""

    made = None

    def setUp(self):
        super().setUp()
        if not os.path.isabs(self.store):
            self.make()
            return
        if not Archive.made:
            self.make()
            Archive.made = self.read("rondo.db"), self.read("r.jsonl")
        self.file("rondo.db", Archive.made[0])
        self.file("r.jsonl", Archive.made[1])

    def make(self):
        self.rondo("demo")
        self.rondo("suite", "set", "SUITE-1", "--keeps-texts", "yes")
        for verdict, words in ((True, ()), (False, ("--replace",))):
            self.file("r.jsonl", self.lines(
                {"case": "c1", "pass": verdict, "trial": 1, "input": "What?", "output": "=HYPERLINK(\"x\")"},
                {"case": "c1", "pass": None, "trial": 2, "error": "timeout", "tags": ["b", "a"], "mood": {"x": [1, None]}},
                {"case": "c2", "pass": True, "score": 0.1, "slice": "=cmd|' /C calc'!A0"},
                suite="assistant", surface="extra", run="x1", started_at="2026-11-09T08:00:00.25+02:00", model="m"))
            self.rondo("import", "r.jsonl", *words)
        self.file("bad.jsonl", self.lines({"case": "c1", "pass": "maybe"}, suite="assistant", surface="extra", run="x2"))
        self.rondo("import", "bad.jsonl", code=1)
        self.rondo("surface", "set", "SUR-1", "--floor", "0.5")
        self.rondo("eval-run", "drop", "RUN-3")
        self.rondo("team", "add", "--name", "-2+3, \"Red\" team")
        self.rondo("link", "add", "--kind", "about", "--from", "SUR-1", "--to", "RUN-2", "--note", "because")
        self.rondo("token", "add", "--name", "ci", "--scopes", "import")
        self.rondo("surface", "undo", "SUR-1")
        os.remove(self.path("bad.jsonl"))

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def read(self, *names):
        with open(self.path(*names), "rb") as file:
            return file.read()

    def rows(self, *names):
        return [json.loads(line) for line in self.read(*names).splitlines()]

    def check_equal(self, one, other):
        def files(top):
            return sorted(os.path.relpath(os.path.join(folder, name), self.path(top))
                          for folder, _, names in os.walk(self.path(top)) for name in names)
        self.assertEqual(files(one), files(other))
        for name in files(one):
            self.assertTrue(filecmp.cmp(self.path(one, name), self.path(other, name), shallow=False), name)

    def content(self, store=None):
        """Every row of every table; of a store that is no file, those of what it becomes as a file."""
        if not os.path.isabs(store or self.store):
            self.rondo("move", "--from", self.store, "--to", "moved.db")
            content = self.content(self.path("moved.db"))
            os.remove(self.path("moved.db"))
            return content
        with closing(sqlite3.connect(store or self.store)) as base:
            tables = [name for name, in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return {name: sorted(base.execute('SELECT * FROM "%s"' % name), key=repr) for name in tables}


@about_stores  # what any store gives, the other takes
class RoundTrip(Archive):
    def test_what_was_taken_out_comes_back_equal(self):
        said = self.rondo("export", "one", "--csv", "--markdown")
        self.assertIn("audit", said.out)
        self.rondo("import", "one", "--store", "b.db")
        self.rondo("export", "two", "--csv", "--markdown", "--store", "b.db")
        self.check_equal("one", "two")
        before, after = self.content(), self.content(self.path("b.db"))
        for name in before:
            if name not in ("audit", "audit_seal", "tokens", "job", "job_input", "job_period"):
                self.assertEqual(after[name], before[name], name)
        self.rondo("verify", "--store", "b.db")
        self.assertIn("import", self.rondo("audit", "list", "--store", "b.db").out)
        for words in (("review",), ("eval-run", "list", "--json"), ("quarantine", "list", "--json"),
                      ("surface", "history", "SUR-1", "--json")):
            self.assertEqual(self.run_rondo(*words, "--store", "b.db").out, self.run_rondo(*words).out, words)
        self.assertEqual(self.rondo("quarantine", "list", "--json").json()["items"][0]["line"], 1)

    def test_a_store_that_was_only_founded_takes_an_archive_and_goes_on_from_there(self):
        self.rondo("export", "one")
        self.rondo("init", "--store", "b.db", "--person", "Somebody")
        self.rondo("import", "one", "--store", "b.db")
        self.assertNotIn("Somebody", self.rondo("person", "list", "--store", "b.db").out)
        self.rondo("surface", "set", "SUR-1", "--floor", "0.7", "--store", "b.db")
        self.rondo("surface", "undo", "SUR-1", "--store", "b.db")
        self.rondo("eval-run", "undo", "RUN-3", "--store", "b.db")
        self.rondo("verify", "--store", "b.db")

    def test_as_of_an_instant_it_is_the_archive_of_then(self):
        self.rondo("export", "then")
        later = {"RONDO_NOW": LATER}
        self.rondo("surface", "set", "SUR-2", "--floor", "0.9", env=later)
        self.rondo("import", "r.jsonl", env=later)
        self.rondo("import", self.file("s.jsonl", self.read("r.jsonl").replace(b"m", b"n")), "--replace", env=later)
        self.rondo("eval-run", "drop", "RUN-4", env=later)
        self.rondo("export", "again", "--as-of", "2026-11-16T12:00:00Z", env=later)
        self.rondo("export", "now", env=later)
        self.check_equal("then", "again")
        self.assertNotEqual(self.read("then", "manifest.json"), self.read("now", "manifest.json"))
        self.rondo("import", "again", "--store", "b.db")
        self.rondo("verify", "--store", "b.db")
        self.rondo("export", "earlier", "--as-of", "2020-01-01")
        self.assertFalse(os.path.exists(self.path("earlier", "records")))

    def test_rows_stand_there_as_the_api_gives_them(self):
        self.rondo("export", "one")
        row = next(row for row in self.rows("one", "records", "eval_runs.jsonl") if row["run"] == "x1")
        shown = self.rondo("eval-run", "show", row["id"], "--json").json()
        for name, value in row.items():
            if name not in ("suite", "surface"):
                self.assertEqual(shown[name], value, name)
        self.assertEqual((row["suite"], row["content"]), ("SUITE-1", 2))
        facts = self.rows("one", "facts", "results", row["id"] + ".jsonl")
        self.assertEqual([(line["case"], line["trial"], line["pass"]) for line in facts],
                         [("c1", 1, False), ("c1", 2, None), ("c2", 1, True)])
        self.assertEqual((facts[0]["input"], facts[1]["mood"], facts[1]["error"]), ("What?", {"x": [1, None]}, "timeout"))
        self.assertEqual(facts[0]["started_at"][:19], "2026-11-09T08:00:00")
        self.rondo("import", self.path("one", "facts", "results", row["id"] + ".jsonl"), "--store", "plain.db")
        history = self.rows("one", "history", "surfaces.jsonl")
        self.assertEqual([(line["version"], line["before"] and line["before"]["floor"]) for line in history if line["id"] == "SUR-1"],
                         [(1, None), (2, 0.9), (3, 0.5)])

    def test_the_manifest_tells_all_files_and_what_is_left_out(self):
        self.rondo("export", "one", "--csv")
        manifest = json.loads(self.read("one", "manifest.json"))
        for entry in manifest["files"]:
            content = self.read("one", entry["path"])
            self.assertEqual(hashlib.sha256(content).hexdigest(), entry["sha256"])
            self.assertEqual(content.count(b"\n"), entry["lines"])
        self.assertEqual(manifest["left_out"]["secrets"], {"tokens": 1, "mail_servers": 0, "channels": 0, "outside_calendars": 0})
        self.assertIn("audit", manifest["left_out"])
        token, = self.content()["tokens"]
        secret = max((value for value in token if isinstance(value, str)), key=len)
        self.assertGreater(len(secret), 40)
        for folder, _, names in os.walk(self.path("one")):
            for name in names:
                self.assertNotIn(secret.encode(), self.read(os.path.join(folder, name)))

    def test_a_private_store_makes_a_private_archive(self):
        self.rondo("export", "one")
        self.assertEqual(os.stat(self.path("one")).st_mode & 0o077, 0)


@about_files  # of the archive; RoundTrip is about what any store gives
class Pages(Archive):
    def table(self, plural):
        return list(csv.DictReader(io.StringIO(self.read("one", "csv", plural + ".csv").decode(), newline="")))

    def test_no_cell_is_a_formula_and_numbers_stay_numbers(self):
        self.rondo("export", "one", "--csv")
        self.assertEqual([team["name"] for team in self.table("teams")], ["Assistant", "'-2+3, \"Red\" team"])
        self.assertEqual([row["floor"] for row in self.table("surfaces")], ["0.9", "0.83", "0.85", "0.75", ""])
        self.assertEqual([row["note"] for row in self.table("links") if row["note"]], ["because"])
        self.assertNotIn("hash", self.table("tokens")[0])
        self.assertTrue(self.read("one", "csv", "teams.csv").startswith(b"id,name,"))
        self.assertEqual(self.read("one", "csv", "teams.csv").count(b"\r\n"), 3)
        for name in os.listdir(self.path("one", "csv")):
            for row in self.table(name[:-4]):
                for cell in row.values():
                    self.assertNotIn(cell[:1], ("=", "+", "@", "\t", "\r"), name)

    def test_markdown_has_front_matter(self):
        self.rondo("export", "one", "--markdown")
        lines = self.read("one", "markdown", "teams", "TEAM-2.md").decode().split("\n")
        self.assertEqual(lines[0], "---")
        front = dict(line.split(": ", 1) for line in lines[1:lines.index("---", 1)])
        self.assertEqual(json.loads(front["name"]), "-2+3, \"Red\" team")
        self.assertEqual((front["id"], front["record"], front["version"]), ('"TEAM-2"', '"team"', "1"))
        self.assertIn("# -2+3, \"Red\" team", lines)

    def test_they_are_there_on_request_alone(self):
        self.rondo("export", "one")
        self.assertEqual(sorted(os.listdir(self.path("one"))), ["facts", "history", "manifest.json", "records", "tables"])


@about_files  # of the archive; RoundTrip is about what any store gives
class Refused(Archive):
    def setUp(self):
        super().setUp()
        self.rondo("export", "one")

    def refused(self, *words, said, code=2):
        answer = self.run_rondo(*words)
        self.assertEqual(answer.code, code, answer.out + answer.err)
        self.assertIn(said, answer.err)

    def check(self, said, change, code=2):
        """A changed archive makes no store, and leaves one that is there as it is."""
        shutil.rmtree(self.path("bad"), ignore_errors=True)
        shutil.copytree(self.path("one"), self.path("bad"))
        change(self.path("bad"))
        for store in ("none.db", "b.db"):
            if store == "b.db":
                self.rondo("init", "--store", store)
            before = self.content(self.path(store)) if store == "b.db" else None
            self.refused("import", "bad", "--store", store, said=said, code=code)
            if before:
                self.assertEqual(self.content(self.path(store)), before)
        if os.path.exists(self.path("none.db")):
            self.rondo("verify", "--store", "none.db")

    def edit(self, name, change, seal=True):
        """Changes the bytes of a file, and (as a forger would) what the manifest says of it."""
        def doing(folder):
            path = os.path.join(folder, name)
            content = change(self.read(path))
            with open(path, "wb") as file:
                file.write(content)
            if seal and name != "manifest.json":
                manifest = json.loads(self.read(folder, "manifest.json"))
                for entry in manifest["files"]:
                    if entry["path"] == name:
                        entry["sha256"] = hashlib.sha256(content).hexdigest()
                        entry["lines"] = content.count(b"\n")
                with open(os.path.join(folder, "manifest.json"), "w") as file:
                    json.dump(manifest, file)
        return doing

    def manifest(self, change):
        def doing(content):
            manifest = json.loads(content)
            change(manifest)
            return json.dumps(manifest).encode()
        return self.edit("manifest.json", doing)

    def test_what_was_changed_after_it_was_written(self):
        self.check("records/suites.jsonl' is not what the manifest says",
                   self.edit("records/suites.jsonl", lambda c: c.replace(b"assistant", b"assistent"), seal=False))
        self.check("facts/eval_columns.jsonl' is missing", lambda folder: os.remove(os.path.join(folder, "facts", "eval_columns.jsonl")))
        self.check("is not that of a Rondo archive", self.manifest(lambda m: m.update(format="other")))
        self.check("has format 2", self.manifest(lambda m: m.update(version=2)))
        self.check("is no JSON", self.edit("manifest.json", lambda c: c[:100]))
        self.check("listed twice", self.manifest(lambda m: m["files"].append(m["files"][0])))
        self.check("cannot be one", self.manifest(lambda m: m["files"][0].update(path="../one/records/suites.jsonl")))
        self.check("another number of lines", self.manifest(lambda m: m["files"][0].update(lines=7)))

    def test_lines_that_do_not_fit_are_told_with_file_and_line(self):
        self.check("records/surfaces.jsonl', line 5: 'floor' holds",
                   self.edit("records/surfaces.jsonl", lambda c: c.replace(b'"floor":null', b'"floor":"x"', 1)))
        self.check("line 2: 'flavour' is nothing", self.edit("records/surfaces.jsonl", lambda c: c.replace(b'{"id":"SUR-2"', b'{"flavour":1,"id":"SUR-2"')))
        self.check("line 1: 'id' is not", self.edit("records/suites.jsonl", lambda c: c.replace(b"SUITE-1", b"TEAM-1")))
        self.check("line 3: ", self.edit("records/surfaces.jsonl", lambda c: c.replace(b'{"id":"SUR-3"', b'{"id":"SUR-2"')), code=1)
        self.check("tables/change.jsonl', line 1: 'at' holds", self.edit("tables/change.jsonl", lambda c: c.replace(b'"at":', b'"at":"x","was":', 1).replace(b',"was":', b',"undoes":', 1)))
        self.check("there is no run 'RUN-99'", self.edit("facts/eval_columns.jsonl", lambda c: c.replace(b"RUN-50", b"RUN-99")))

    def test_what_does_not_hold_together(self):
        self.check("does not hold together: references: RUN-1: ", self.edit("records/eval_runs.jsonl", lambda c: c.replace(b'"surface":"SUR-1"', b'"surface":"SUR-9"', 1)))
        self.check("does not hold together: history: SUR-", self.edit("history/surfaces.jsonl", lambda c: c[c.index(b"\n") + 1:]))
        self.check("does not hold together: changes", self.edit("tables/change.jsonl", lambda c: c[c.index(b"\n") + 1:]))
        self.check("does not hold together: results: RUN-", self.edit("facts/eval_columns.jsonl", lambda c: c[c.index(b"\n", 100000) + 1:]))

    def test_what_this_rondo_does_not_know(self):
        def unknown(name):
            def doing(folder):
                os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
                with open(os.path.join(folder, name), "wb"):
                    pass
                manifest = json.loads(self.read(folder, "manifest.json"))
                manifest["files"].append({"path": name, "lines": 0, "sha256": hashlib.sha256(b"").hexdigest()})
                with open(os.path.join(folder, "manifest.json"), "w") as file:
                    json.dump(manifest, file)
            return doing
        for name in ("records/unicorns.jsonl", "history/unicorns.jsonl", "tables/audit.jsonl", "tables/setting.jsonl", "other.txt"):
            self.check("'%s', which this Rondo" % name, unknown(name))

    def test_a_store_in_use_takes_no_archive(self):
        before = self.content()
        self.refused("import", "one", said="rows already", code=1)
        self.assertEqual(self.content(), before)

    def test_an_archive_comes_alone(self):
        self.refused("import", "one", "r.jsonl", "--store", "b.db", said="taken alone")
        self.refused("import", "one", "--replace", "--store", "b.db", said="taken alone")
        self.assertFalse(os.path.exists(self.path("b.db")))

    def test_where_an_archive_is_written(self):
        os.mkdir(self.path("empty"))
        self.rondo("export", "empty/")
        self.check_equal("one", "empty")
        self.refused("export", "one", said="is not empty", code=1)
        self.refused("export", "r.jsonl", said="is no folder", code=1)
        self.refused("export", "absent/one", said="cannot make the folder", code=4)
        self.refused("export", "two", "--as-of", "yesterday", said="is not an instant")
        self.assertEqual([name for name in os.listdir(self.folder) if "partial" in name], [])

    def test_only_an_owner_takes_everything_out(self):
        self.rondo("person", "add", "--name", "Bob")
        self.refused("export", "two", "--as", "Bob", said="takes the role 'owner'", code=1)
        self.assertFalse(os.path.exists(self.path("two")))
        self.rondo("export", "two", "--as", "Ada")


@about_files  # of the archive; RoundTrip is about what any store gives
class Killed(Archive):
    def test_in_the_middle_it_leaves_no_archive_and_no_half_store(self):
        self.rondo("export", "one")
        for words, wait in ((("export", "two"), 0.0), (("export", "two"), 0.02), (("import", "one", "--store", "b.db"), 0.02),
                            (("import", "one", "--store", "b.db"), 0.06)):
            process = subprocess.Popen([PROGRAM, *words], cwd=self.folder, env=self.env, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            process.wait()
            if os.path.exists(self.path("two")):
                self.check_equal("one", "two")
                shutil.rmtree(self.path("two"))
        if not os.path.exists(self.path("b.db")):
            return
        again = self.run_rondo("import", "one", "--store", "b.db")  # all of it was in, or nothing
        self.assertTrue(again.code == 0 or "rows already" in again.err, again.err)
        self.rondo("export", "three", "--store", "b.db")
        self.check_equal("one", "three")


if __name__ == "__main__":
    unittest.main()
