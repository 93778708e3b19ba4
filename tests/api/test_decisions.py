"""Decisions, incidents and experiments at the doors: what is refused, superseding, decision records in and out."""
import os
import unittest

from server import ServedWorkspace
from workspace import Workspace

OLD = "# 2. Old\n\nDate: 2024-02-29\n\n## Status\n\nAccepted\n\n## Decision\n\nFiles.\n"
NEW = "# 3. New\n\n## Status\n\nAccepted\n\nSupersedes [2. Old](0002-old.md)\n\n## Decision\n\nA store.\n"


class TwoPersons(ServedWorkspace):
    """Ada owns the workspace, Ben is a member, Vera only looks, and a robot brings files in."""

    def setUp(self):
        super().setUp()
        self.initialise()
        self.person("Ben", "member")
        self.person("Vera", "viewer")
        self.server = self.serve()
        self.ada, self.ben = self.token("Ada", "write"), self.token("Ben", "write")

    def test_accepting_names_what_is_missing_and_takes_it_with_the_verb(self):
        self.assertEqual(self.ask(201, "POST", "/api/v1/decisions", {"title": "One store"}, token=self.ben)["number"], 1)
        problem = self.refused(422, "invalid", "'owner' and 'options' are needed to accept a decision",
                               "POST", "/api/v1/decisions/DEC-1/accept", {}, token=self.ben)
        self.assertEqual((problem["field"], problem["missing"]), ("owner", ["owner", "options"]))
        row = self.ask(200, "POST", "/api/v1/decisions/DEC-1/accept", {"owner": "Ada", "options": "one, two"}, token=self.ben)
        self.assertEqual((row["state"], row["owner"], row["decided"]), ("accepted", "Ada", "2026-11-16"))
        self.refused(422, "invalid", "keeps its 'owner'", "PATCH", "/api/v1/decisions/DEC-1", {"owner": None}, token=self.ada)

    def test_the_number_is_the_programs(self):
        self.refused(422, "invalid", "number", "POST", "/api/v1/decisions", {"title": "x", "number": 7}, token=self.ben)
        for name in ("front_matter", "outcome_recorded"):
            self.refused(422, "invalid", name, "POST", "/api/v1/decisions", {"title": "x", name: "2026-11-16"}, token=self.ben)
        self.assertEqual(self.ask(200, "GET", "/api/v1/decisions", token=self.ben)["items"], [])

    def accepted(self, title):
        made = self.ask(201, "POST", "/api/v1/decisions", {"title": title, "owner": "Ben", "options": "a, b"}, token=self.ben)
        return self.ask(200, "POST", "/api/v1/decisions/%s/accept" % made["id"], {}, token=self.ben)["id"]

    def test_superseding_shows_at_both_ends_and_is_undone_whole(self):
        old, new = self.accepted("Old"), self.accepted("New")
        address = "/api/v1/decisions/%s/supersede" % old
        self.refused(422, "invalid", "say which decision supersedes it", "POST", address, {}, token=self.ada)
        self.refused(404, "not_found", "there is no decision 'DEC-9'", "POST", address, {"by": "DEC-9"}, token=self.ada)
        self.refused(422, "invalid", "does not supersede itself", "POST", address, {"by": old}, token=self.ada)
        self.refused(409, "conflict", "say which decision supersedes DEC-1", "PATCH", "/api/v1/decisions/" + old,
                     {"state": "superseded"}, token=self.ada)
        self.assertEqual(self.ask(200, "POST", address, {"by": new}, token=self.ada)["state"], "superseded")
        for end, direction in ((old, "in"), (new, "out")):
            links = self.ask(200, "GET", "/api/v1/decisions/%s/links" % end, token=self.ben)["items"]
            self.assertEqual([(link["kind"], link["direction"]) for link in links], [("supersedes", direction)])
        self.refused(409, "conflict", "is not possible", "POST", address, {"by": new}, token=self.ada)
        self.assertEqual(self.ask(200, "POST", "/api/v1/decisions/%s/undo" % old, token=self.ada)["state"], "accepted")
        self.assertEqual(self.ask(200, "GET", "/api/v1/decisions/%s/links" % new, token=self.ben)["items"], [])

    def test_who_only_looks_writes_nothing(self):
        old, new, vera = self.accepted("Old"), self.accepted("New"), self.token("Vera", "write")
        self.refused(403, "forbidden", "needs the role 'member'", "POST", "/api/v1/decisions/%s/supersede" % old, {"by": new}, token=vera)
        self.refused(403, "forbidden", "needs the role 'member'", "POST", "/api/v1/decisions/import", NEW, token=vera)
        self.assertEqual(self.ask(200, "GET", "/api/v1/decisions/" + old, token=vera)["state"], "accepted")
        self.assertIn("# 1. Old\n", self.heard("GET", "/api/v1/decisions/%s/markdown" % old, vera))

    def heard(self, method, path, token):
        reply = self.server.ask(method, path, token=token)
        self.assertEqual(reply.status, 200, reply.text)
        return reply.text

    def test_a_file_comes_in_once_by_a_token_that_may_import(self):
        importer = self.token("Ben", "import")
        made = self.ask(201, "POST", "/api/v1/decisions/import", OLD, token=importer)
        self.assertEqual(made["items"], [{"file": "decision.md", "decision": "DEC-1", "number": 2, "result": "made"}])
        self.assertEqual(self.ask(201, "POST", "/api/v1/decisions/import?name=0003-new.md", NEW, token=importer)["notes"], [])
        again = self.ask(200, "POST", "/api/v1/decisions/import", OLD, token=importer)
        self.assertEqual((again["change"], again["items"][0]["result"]), (None, "unchanged"))
        old = self.ask(200, "GET", "/api/v1/decisions/DEC-1", token=self.ada)
        self.assertEqual((old["state"], old["decided"], old["owner"]), ("superseded", "2024-02-29", None))
        self.assertEqual(self.heard("GET", "/api/v1/decisions/DEC-1/markdown", self.ada),
                         OLD.replace("Accepted", "Superseded by [3. New](0003-new.md)"))
        self.assertTrue(self.server.ask("GET", "/api/v1/decisions/DEC-1/markdown", token=self.ada)
                        .headers["content-type"].startswith("text/markdown"))
        self.assertEqual(self.ask(201, "POST", "/api/v1/decisions", {"title": "next"}, token=self.ben)["number"], 4)

    def test_broken_files_are_refused(self):
        for status, code, words, body in ((422, "invalid", "has no title", "words\n"), (422, "invalid", "holds a NUL byte", b"# T\0\n"),
                                          (422, "invalid", "is not UTF-8", b"# T\xff\n"),
                                          (422, "invalid", "is none of proposed", "# T\n## Status\nMaybe\n"),
                                          (404, "not_found", "there is no person 'Zoe'", "# T\n\nOwner: Zoe\n")):
            self.refused(status, code, words, "POST", "/api/v1/decisions/import", body, token=self.ben)
        self.assertEqual(self.ask(200, "GET", "/api/v1/decisions", token=self.ben)["items"], [])

    def test_an_incident_is_not_closed_without_impact_and_cause(self):
        self.ask(201, "POST", "/api/v1/incidents", {"title": "empty answers", "lead": "Ben", "severity": "sev2"}, token=self.ada)
        close = "/api/v1/incidents/INC-1/close"
        problem = self.refused(422, "invalid", "'impact' and 'cause' are needed to close an incident", "POST", close, {}, token=self.ben)
        self.assertEqual(problem["missing"], ["impact", "cause"])
        row = self.ask(200, "POST", close, {"impact": "9 users", "cause": "a full disk"}, token=self.ben)
        self.assertEqual((row["state"], row["lead"], row["opened"]), ("closed", "Ben", "2026-11-16T07:00:00Z"))
        self.refused(409, "conflict", "possible now is 'reopen'", "POST", close, {}, token=self.ada)

    def test_an_experiment_starts_with_one_question(self):
        self.ask(201, "POST", "/api/v1/experiments", {"title": "short prompt", "owner": "Ben"}, token=self.ada)
        start = "/api/v1/experiments/EXP-1/start"
        problem = self.refused(422, "invalid", "'hypothesis' and 'primary_metric' are needed", "POST", start, {}, token=self.ben)
        self.assertEqual(problem["missing"], ["hypothesis", "primary_metric"])
        row = self.ask(200, "POST", start, {"hypothesis": "half is enough", "primary_metric": "pass rate"}, token=self.ben)
        self.assertEqual(row["state"], "running")


class Folders(Workspace):
    def setUp(self):
        super().setUp()
        self.initialise()
        os.mkdir(os.path.join(self.folder, "adr"))
        for name, words in (("0002-old.md", OLD), ("0003-new.md", NEW), ("README.md", "# Not one\n")):
            self.file(os.path.join("adr", name), words)

    def refused(self, *words, said):
        answer = self.run_rondo("decision", *words)
        self.assertNotEqual(answer.code, 0)
        self.assertIn(said, answer.err)

    def test_a_folder_goes_in_and_out_and_in_again(self):
        results = self.rondo("decision", "import", "adr", "--json").json()
        self.assertEqual([(item["file"], item["result"]) for item in results["items"]],
                         [("adr/0002-old.md", "made"), ("adr/0003-new.md", "made")])
        self.assertEqual(self.rondo("decision", "export", "--folder", "out", "--json").json(), {"folder": "out", "decisions": 2})
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "out"))), ["0002-old.md", "0003-new.md", "index.md"])
        with open(os.path.join(self.folder, "out", "0003-new.md"), encoding="utf-8") as file:
            self.assertEqual(file.read(), NEW)
            self.assertEqual(self.rondo("decision", "show", "DEC-2", "--md").out, NEW)
        with open(os.path.join(self.folder, "out", "index.md"), encoding="utf-8") as file:
            self.assertIn("| 2 | [Old](0002-old.md) | superseded | 2024-02-29 |  |  |\n", file.read())
        again = self.rondo("decision", "import", "out", "--json").json()
        self.assertEqual({item["result"] for item in again["items"]}, {"unchanged"})
        self.rondo("undo", str(results["change"]))
        self.assertEqual(self.rondo("decision", "list", "--json").json()["items"], [])

    def test_a_new_title_does_not_leave_the_old_file_behind(self):
        self.rondo("decision", "import", "adr")
        self.rondo("decision", "set", "DEC-1", "--title", "Older")
        self.refused("export", "--folder", "adr", said="'adr/0002-old.md' is of the same number as '0002-older.md'")
        with open(os.path.join(self.folder, "adr", "0002-old.md"), encoding="utf-8") as file:
            self.assertEqual(file.read(), OLD)

    def test_what_is_not_there_is_said(self):
        os.mkdir(os.path.join(self.folder, "empty"))
        self.refused("import", "empty", said="there is no decision record in 'empty'")
        self.refused("import", "adr", "nowhere.md", said="nowhere.md")
        self.refused("import", said="FILE")
        self.refused("export", said="say where to")
        self.assertEqual(self.rondo("decision", "list", "--json").json()["items"], [])

    def test_an_archive_carries_decisions_and_their_links(self):
        self.rondo("decision", "import", "adr")
        self.rondo("export", "archive")
        other = self.store_place("other")
        self.rondo("import", "archive", env={"RONDO_STORE": other})
        self.assertEqual(self.rondo("decision", "show", "DEC-2", "--md", env={"RONDO_STORE": other}).out, NEW)


if __name__ == "__main__":
    unittest.main()
