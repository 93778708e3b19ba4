"""Changes around the runs: told at both doors, suspected of a drop, and shown on one axis with the runs."""
import json
import unittest

from server import ServedWorkspace

SUSPECT_KEYS = ["id", "kind", "title", "effective_at", "share", "prior", "log_lr", "odds_ratio", "p_fisher", "coverage", "posterior",
                "touched_fail", "touched_ok", "other_fail", "other_ok", "verdict"]
PLAN_KEYS = ["changes", "reruns", "failing_cases", "control_cases", "cost_usd"]


def run_lines(run, started, failing=(), **more):
    """A run of 40 cases, the first ten of the slice "new"; those in `failing` fail."""
    return "".join(json.dumps({"suite": "s", "surface": "x", "run": run, "case": "c%d" % i, "started_at": started, "pass": i not in failing,
                               "slice": "new" if i < 10 else "old", **more}) + "\n" for i in range(40))


class Changes(ServedWorkspace):
    def drop(self, **more):
        self.file("good.jsonl", run_lines("good", "2026-11-09T07:00:00Z"))
        self.file("bad.jsonl", run_lines("bad", "2026-11-16T06:00:00Z", range(9), **more))
        self.rondo("import", "good.jsonl")
        self.rondo("import", "bad.jsonl")

    def add(self, title, kind, at, *words):
        return self.rondo("change-event", "add", "--title", title, "--kind", kind, "--effective-at", at, *words, "--json").json()

    def surface(self):
        return self.rondo("review", "--json").json()["surfaces"][0]

    def test_a_change_told_on_the_command_line_is_the_first_suspect(self):
        self.drop()
        self.add("New index", "retrieval", "2026-11-12T00:00:00Z", "--surfaces", "x", "--slice", "new")
        surface = self.surface()
        first = surface["suspects"][0]
        self.assertEqual(list(first), SUSPECT_KEYS)
        self.assertEqual((first["id"], first["title"], first["verdict"]), ("CHG-1", "New index", "we changed it"))
        self.assertEqual([first[key] for key in SUSPECT_KEYS[11:15]], [9, 1, 0, 30])
        self.assertAlmostEqual(sum(suspect["posterior"] for suspect in surface["suspects"]), 1)
        self.assertIsNone(surface["rerun_plan"])
        page = self.rondo("review").out
        self.assertIn("Suspects    we changed it", page)
        self.assertIn("CHG-1 New index", page)
        self.assertIn("| CHG-1 New index |", self.rondo("review", "--md").out)

    def test_cases_can_be_named_one_by_one(self):
        self.drop()
        cases = self.rondo("eval-case", "list", "--json", "--limit", "5").json()
        ids = [case["id"] for case in cases["items"]]
        self.add("Five cases", "dataset", "2026-11-12T00:00:00Z", "--cases", ",".join(ids))
        first = self.surface()["suspects"][0]
        self.assertEqual((first["title"], first["verdict"], first["touched_fail"], first["touched_ok"]), ("Five cases", "the data changed", 5, 0))

    def test_changes_that_touch_everything_ask_for_a_rerun(self):
        self.drop(cost_usd=0.25)
        for title in ("One", "Two", "Three"):
            self.add(title, "config", "2026-11-12T00:00:00Z")
        surface = self.surface()
        self.assertEqual(list(surface["rerun_plan"]), PLAN_KEYS)
        self.assertEqual(surface["rerun_plan"], {"changes": ["CHG-1", "CHG-2", "CHG-3"], "reruns": 2, "failing_cases": 9, "control_cases": 9,
                                                 "cost_usd": 0.25 * 18 * 2})
        self.assertIn("data cannot tell them apart", " ".join(self.rondo("review").out.split()))

    def test_bad_changes_are_refused(self):
        self.drop()
        for words, said in ((("--kind", "weather"), "weather"), (("--kind", "code", "--surfaces", "nowhere"), "nowhere"),
                            (("--kind", "code", "--cases", "CASE-999"), "CASE-999"), (("--kind", "code", "--effective-at", "soon"), "soon"), ((), "kind")):
            with self.subTest(words=words):
                at = () if "--effective-at" in words else ("--effective-at", "2026-11-12T00:00:00Z")
                answer = self.rondo("change-event", "add", "--title", "x", *at, *words, code=2)
                self.assertIn(said, answer.err)
        self.rondo("change-event", "add", "--title", "x", "--kind", "code", code=2)
        self.assertEqual(self.rondo("change-event", "list", "--json").json()["items"], [])

    def test_shares_are_defaults_until_causes_were_confirmed(self):
        self.drop()
        self.add("New index", "retrieval", "2026-11-12T00:00:00Z", "--slice", "new")
        priors = self.surface()["suspect_priors"]
        self.assertEqual((priors["source"], priors["confirmed"], priors["shares"]["retrieval"]), ("default", 0, .15))
        self.assertIn("priors are defaults", " ".join(self.rondo("review").out.split()))
        cause = ("confirmed-cause", "add", "--surface", "x", "--note", "went back on it")
        self.rondo(*cause, "--week", "2026-W47", "--kind", "retrieval", "--event", "CHG-1")
        self.assertEqual(self.surface()["suspect_priors"]["source"], "default")  # a cause does not speak for itself
        for week in (45, 46):
            self.rondo(*cause, "--week", "2026-W%d" % week, "--kind", "retrieval")
        surface = self.surface()
        self.assertEqual((surface["suspect_priors"]["source"], surface["suspect_priors"]["confirmed"]), ("learned", 2))
        self.assertAlmostEqual(surface["suspect_priors"]["shares"]["retrieval"], (10 * .15 + 2) / 12)
        self.assertAlmostEqual(surface["suspects"][0]["share"], (10 * .15 + 2) / 12)
        self.assertIn("learned from 2 confirmed causes", " ".join(self.rondo("review").out.split()))

    def test_bad_causes_are_refused(self):
        self.drop()
        self.add("New index", "retrieval", "2026-11-12T00:00:00Z")
        cause = ("confirmed-cause", "add", "--surface", "x", "--note", "seen")
        self.rondo(*cause, "--week", "2026-W46", "--kind", "noise")
        for words, said in ((("--week", "2026-W99", "--kind", "code"), "week"), (("--week", "2026-W45", "--kind", "weather"), "weather"),
                            (("--week", "2026-W45", "--kind", "code", "--event", "CHG-1"), "retrieval"), (("--week", "2026-W45"), "kind")):
            with self.subTest(words=words):
                self.assertIn(said, self.rondo(*cause, *words, code=2).err)
        self.served()
        again = {"surface": "x", "note": "seen", "week": "2026-W46", "kind": "code"}
        self.refused(409, "conflict", "already", "POST", "/api/v1/confirmed-causes", again)
        self.assertEqual(self.ask(201, "POST", "/api/v1/confirmed-causes", {**again, "week": "2026-W45"})["id"], "CAUSE-2")

    def test_the_timeline_has_runs_and_changes_in_order(self):
        self.drop()
        self.add("Between", "code", "2026-11-12T00:00:00Z", "--surfaces", "x")
        self.add("With the run", "release", "2026-11-16T06:00:00Z")
        items = self.rondo("timeline", "--json").json()["items"]
        self.assertEqual([(item["type"], item["title"]) for item in items],
                         [("run", "good"), ("change", "Between"), ("change", "With the run"), ("run", "bad")])
        self.assertEqual((items[0]["surfaces"], items[1]["surfaces"], items[2]["surfaces"]), (["x"], ["x"], []))
        self.assertEqual((items[3]["passed"], items[3]["cases"], items[1]["kind"]), (31, 40, "code"))
        titles = lambda *words: [item["title"] for item in self.rondo("timeline", "--json", *words).json()["items"]]
        self.assertEqual(titles("--from", "2026-11-12"), ["Between", "With the run", "bad"])
        self.assertEqual(titles("--to", "2026-11-12"), ["good", "Between"])
        self.assertEqual(titles("--from", "2026-11-10", "--to", "2026-11-12T00:00:00Z"), ["Between"])
        self.assertIn("With the run", self.rondo("timeline").out)
        self.file("other.jsonl", run_lines("other", "2026-11-10T00:00:00Z").replace('"x"', '"y"'))
        self.rondo("import", "other.jsonl")
        self.assertEqual(titles("--surface", "y"), ["other", "With the run"])
        self.assertIn("nowhere", self.rondo("timeline", "--surface", "nowhere", code=2).err)
        self.assertIn("soon", self.rondo("timeline", "--from", "soon", code=2).err)

    def test_both_doors_say_the_same(self):
        self.drop()
        self.served()
        made = self.ask(201, "POST", "/api/v1/change-events", {"title": "New index", "kind": "retrieval", "effective_at": "2026-11-12T00:00:00Z",
                                                              "surfaces": ["x"], "slice": "new"})
        self.assertEqual(made["id"], "CHG-1")
        self.assertEqual(self.ask(200, "GET", "/api/v1/review")["surfaces"][0]["suspects"][0]["id"], "CHG-1")
        items = self.ask(200, "GET", "/api/v1/timeline?surface=x&from=2026-11-10")
        self.assertEqual(items, self.rondo("timeline", "--surface", "x", "--from", "2026-11-10", "--json").json())
        self.assertEqual([item["id"] for item in items["items"]], ["CHG-1", "RUN-2"])
        self.refused(404, "not_found", "nowhere", "GET", "/api/v1/timeline?surface=nowhere")
        self.refused(422, "invalid", "soon", "GET", "/api/v1/timeline?to=soon")


if __name__ == "__main__":
    unittest.main()
