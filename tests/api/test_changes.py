"""Changes around the runs: told at both doors, suspected of a drop, and shown on one axis with the runs."""
import json
import os
import unittest

from server import ServedWorkspace

SUSPECT_KEYS = ["id", "kind", "title", "effective_at", "share", "prior", "log_lr", "odds_ratio", "p_fisher", "coverage", "posterior",
                "touched_fail", "touched_ok", "other_fail", "other_ok", "verdict"]
PLAN_KEYS = ["changes", "reruns", "failing_cases", "control_cases", "cost_usd"]


def run_lines(run, started, failing=(), **more):
    """A run of 40 cases, the first ten of the slice "new"; those in `failing` fail."""
    return "".join(json.dumps({"suite": "s", "surface": "x", "run": run, "case": "c%d" % i, "started_at": started, "pass": i not in failing,
                               "slice": "new" if i < 10 else "old", **more}) + "\n" for i in range(40))


def inspect_log(run, day, asked, served, failing=()):
    """A log of Inspect, which tells which model answered."""
    samples = [{"id": "c%d" % i, "epoch": 1, "input": "q", "target": "a", "messages": [], "output": {"model": served, "choices": []},
                "scores": {"match": {"value": "I" if i in failing else "C"}}} for i in range(40)]
    return json.dumps({"version": 2, "status": "success", "samples": samples, "results": {"total_samples": 40, "completed_samples": 40, "scores": []},
                       "eval": {"eval_id": run, "run_id": run, "created": day + "T06:00:00+00:00", "task": "x", "task_id": run, "model": asked,
                                "dataset": {"name": "d", "samples": 40}, "config": {}}})


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

    def two_models(self, before, now, **more):
        """What changed, and the titles of the suspects that are no usual ones."""
        self.rondo("import", self.file("good.jsonl", run_lines("good", "2026-11-09T07:00:00Z", model=before)))
        self.rondo("import", self.file("bad.jsonl", run_lines("bad", "2026-11-16T06:00:00Z", range(9), model=now, **more)))
        return self.what_changed()

    def what_changed(self):
        surface = self.surface()
        return surface["changed"], [suspect["title"] for suspect in surface["suspects"] if " -> " in suspect["title"]]

    def test_another_spelling_of_a_model_is_no_change(self):
        self.assertEqual(self.two_models("openai/gpt-4o", "GPT-4o 2024-08-06"), ({}, []))

    def test_an_alias_makes_two_names_one_model_and_taking_it_back_two_again(self):
        self.assertEqual(self.two_models("prod", "gpt-4o"), ({"model": ["prod", "gpt-4o"]}, ["model prod -> gpt-4o"]))
        self.rondo("model-alias", "add", "--alias", "prod", "--model", "gpt-4o")
        self.assertEqual(self.what_changed(), ({}, []))
        self.rondo("model-alias", "drop", "ALIAS-1")
        self.assertEqual(self.what_changed()[0], {"model": ["prod", "gpt-4o"]})

    def test_two_snapshots_of_a_model_are_a_change(self):
        self.assertEqual(self.two_models("gpt-4o-2024-05-13", "gpt-4o-2024-08-06")[0], {"model": ["gpt-4o-2024-05-13", "gpt-4o-2024-08-06"]})

    def logs(self, before, now):
        self.rondo("import", self.file("a.json", inspect_log("a", "2026-11-09", *before)))
        self.rondo("import", self.file("b.json", inspect_log("b", "2026-11-16", *now, range(9))))
        return self.what_changed()

    def test_another_model_that_answers_the_same_question_is_the_providers_change(self):
        self.assertEqual(self.logs(("gpt-4o", "gpt-4o-2024-05-13"), ("gpt-4o", "gpt-4o-2024-08-06")),
                         ({"model_served": ["gpt-4o-2024-05-13", "gpt-4o-2024-08-06"]}, ["served model gpt-4o-2024-05-13 -> gpt-4o-2024-08-06"]))
        self.assertEqual(self.surface()["suspects"][0]["verdict"], "the provider changed it")

    def test_lines_of_the_plain_shape_tell_the_served_model_too(self):
        self.rondo("import", self.file("a.jsonl", run_lines("a", "2026-11-09T07:00:00Z", model="m", model_served="m-2026-05-13")))
        self.rondo("import", self.file("b.jsonl", run_lines("b", "2026-11-16T06:00:00Z", range(9), model="m", model_served="m-2026-08-06")))
        self.assertEqual(self.what_changed(), ({"model_served": ["m-2026-05-13", "m-2026-08-06"]},
                                               ["served model m-2026-05-13 -> m-2026-08-06"]))
        run = self.rondo("eval-run", "list", "--json").json()["items"][0]["id"]
        self.rondo("export", "out")
        with open(os.path.join(self.folder, "out", "facts", "results", run + ".jsonl"), encoding="utf-8") as file:
            self.assertIn('"model":"m","model_served":"m-2026-', file.readline())
        refused = self.rondo("import", self.file("c.jsonl", run_lines("c", "2026-11-16T08:00:00Z", model_served=["m"])), code=1)
        self.assertIn("line 1: 'model_served' is a list; it must be a text", refused.out)

    def test_where_another_model_was_asked_it_is_ours_and_told_once(self):
        changed, suspects = self.logs(("gpt-4o", "gpt-4o-2024-05-13"), ("o1", "o1-2024-12-17"))
        self.assertEqual((list(changed), suspects), (["model", "model_served"], ["model gpt-4o -> o1"]))

    def test_a_model_that_answered_is_not_known_of_every_run(self):
        self.assertEqual(self.logs(("gpt-4o", ""), ("gpt-4o", "gpt-4o-2024-08-06")), ({}, []))

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
        self.assertTrue(self.rondo("timeline", "--from", "2031-01-01").out.startswith("Nothing stands there: "))
        self.file("other.jsonl", run_lines("other", "2026-11-10T00:00:00Z").replace('"x"', '"y"'))
        self.rondo("import", "other.jsonl")
        self.assertEqual(titles("--surface", "y"), ["other", "With the run"])
        self.assertIn("nowhere", self.rondo("timeline", "--surface", "nowhere", code=2).err)
        self.assertIn("soon", self.rondo("timeline", "--from", "soon", code=2).err)

    def timeline(self, *words):
        return self.rondo("timeline", "--json", *words).json()

    def pages(self, *words):
        """Titles of each page, from the newest on."""
        page = self.timeline(*words)
        found = [[item["title"] for item in page["items"]]]
        while page["next"]:
            page = self.timeline(*words, "--after", page["next"])
            found.append([item["title"] for item in page["items"]])
        return found

    def test_the_timeline_comes_in_pages_from_the_newest_on(self):
        self.drop()
        for title in "AB":
            self.add(title, "code", "2026-11-16T06:00:00Z", "--surfaces", "x")
        self.add("C", "release", "2026-11-12T00:00:00Z")
        self.add("D", "code", "2026-11-18T00:00:00Z")
        self.assertEqual(self.pages(), [["good", "C", "A", "B", "bad", "D"]])
        # At one instant runs are the newest: no page leaves one out or shows it twice, wherever it ends.
        self.assertEqual(self.pages("--limit", "1"), [["D"], ["bad"], ["B"], ["A"], ["C"], ["good"]])
        self.assertEqual(self.pages("--limit", "2"), [["bad", "D"], ["A", "B"], ["good", "C"]])
        self.assertEqual(self.pages("--limit", "4"), [["A", "B", "bad", "D"], ["good", "C"]])
        self.assertEqual(self.pages("--limit", "6"), [["good", "C", "A", "B", "bad", "D"]])
        self.assertEqual(self.pages("--limit", "1", "--from", "2026-11-12", "--to", "2026-11-16"), [["bad"], ["B"], ["A"], ["C"]])
        self.assertEqual(self.pages("--type", "run", "--limit", "1"), [["bad"], ["good"]])
        self.assertEqual(self.pages("--type", "change", "--limit", "3"), [["A", "B", "D"], ["C"]])
        self.assertEqual(self.pages("--surface", "x", "--limit", "2"), [["bad", "D"], ["A", "B"], ["good", "C"]])
        page = self.rondo("timeline", "--limit", "2")
        self.assertNotIn("good", page.out)
        self.assertIn("there are older ones: --after '%s'" % self.timeline("--limit", "2")["next"], page.err)
        self.assertEqual(self.rondo("timeline").err, "")

    def test_a_surface_of_two_suites_has_one_timeline(self):
        self.drop()
        self.file("other.jsonl", run_lines("other", "2026-11-10T00:00:00Z").replace('"suite": "s"', '"suite": "t"'))
        self.file("apart.jsonl", run_lines("apart", "2026-11-10T00:00:00Z").replace('"x"', '"y"'))
        self.rondo("import", "other.jsonl")
        self.rondo("import", "apart.jsonl")
        ids = [item["id"] for item in self.rondo("surface", "list", "--json").json()["items"] if item["name"] == "x"]
        self.add("both", "code", "2026-11-11T00:00:00Z", "--surfaces", ids[0], "--surfaces", ids[1])
        self.add("elsewhere", "code", "2026-11-12T00:00:00Z", "--surfaces", "y")
        self.assertEqual(self.pages("--surface", "x"), [["good", "other", "both", "bad"]])
        self.assertEqual(self.pages("--surface", "x", "--limit", "1"), [["bad"], ["both"], ["other"], ["good"]])
        self.assertEqual(self.timeline("--surface", "x")["items"][2]["surfaces"], ["x", "x"])

    def test_bad_pages_of_the_timeline_are_refused(self):
        self.drop()
        self.served()
        address = "/api/v1/timeline?"
        mark = self.ask(200, "GET", address + "limit=1")["next"]
        self.assertEqual([item["title"] for item in self.ask(200, "GET", address + "limit=1&after=" + mark)["items"]], ["good"])
        for bad in (mark + "x", mark.split(":")[0], "soon:RUN-1", ":", "1:SUR-1", "1:RUN-", "1:1", ""):
            with self.subTest(bad=bad):
                self.refused(422, "invalid", "the timeline", "GET", address + "after=" + bad)
        self.assertIn("the timeline", self.rondo("timeline", "--after", "1:SUR-1", code=2).err)
        for bad, said in (("type=runs", "run, change"), ("type=", "run, change"), ("limit=0", "limit"), ("limit=1001", "limit"), ("limit=x", "limit")):
            with self.subTest(bad=bad):
                self.refused(422, "invalid", said, "GET", address + bad)
        self.assertEqual(self.ask(200, "GET", address + "type=run&limit=1000")["next"], None)
        self.rondo("timeline", "--type", "runs", code=2)
        self.rondo("timeline", "--limit", "0", code=2)

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
