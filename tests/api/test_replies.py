"""What routes answer that is no record, held against the schemas of openapi.json: of the demo, key by key."""
import unittest

from held_replies import faults
from server import ServedWorkspace, wait_until


class Replies(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.rondo("demo")
        self.server = self.serve()
        self.document = self.ask(200, "GET", "/api/v1/openapi.json")
        self.schemas = self.document["components"]["schemas"]

    def schema(self, method, path):
        responses = self.document["paths"][path][method.lower()]["responses"]
        return next(responses[status] for status in responses if status != "default")["content"]["application/json"]["schema"]

    def held(self, path, query="", method="GET", body=None, status=200, **parts):
        """What the route answers, once it is what its schema says."""
        answer = self.ask(status, method, path.format(**parts) + query, body)
        schema = self.schema(method, path)
        self.assertEqual(list(schema), ["$ref"], path)
        self.assertEqual(list(faults(answer, schema, self.schemas)), [], path + query)
        return answer

    def names(self, schema):
        return set(self.schemas[schema]["properties"])

    def test_a_review_in_each_of_its_extents(self):
        whole = self.held("/api/v1/review")
        every = {key for surface in whole["surfaces"] for key in surface}
        self.assertEqual(every, self.names("review_surface") - {"flips_left_out"})
        brief = {key for surface in self.held("/api/v1/review", "?brief=true")["surfaces"] for key in surface}
        self.assertEqual(every - brief, {"flips", "fixed", "slid", "missing", "new", "renamed", "errors", "slices", "suspects", "rerun_plan", "suspect_priors"})
        self.assertIn("flips_left_out", {key for surface in self.held("/api/v1/review", "?flips=1")["surfaces"] for key in surface})
        surfaces = whole["surfaces"]
        for week in {item["week"] for surface in whole["surfaces"] for item in surface["trend"]["weeks"]}:
            surfaces = surfaces + self.held("/api/v1/review", "?week=%s&week_run=majority&nulls=exclude&weeks=5" % week)["surfaces"]
        for keys in (("flips",), ("slices",), ("suspects",), ("errors",), ("trend", "weeks"), ("tail", "cases"), ("changed",), ("rerun_plan",), ("suspect_priors",), ("change_points",), ("score_test",)):
            self.assertTrue(any(self.inside(one, keys) for one in surfaces), keys)  # else it would be held against nothing

    def test_what_the_demo_does_not_have(self):
        """Another judge in the last week, and scores in clusters whose level changed, beside two models in one week."""
        weeks = ["2026-%02d-%02dT07:00:00Z" % day for day in ((9, 7), (9, 14), (9, 21), (9, 28), (10, 5), (10, 12), (10, 19), (10, 26), (11, 2), (11, 9))]
        rows = lambda surface, run, at, score, **more: self.lines(*({"case": "c%02d" % i, "pass": i > 2 and i % 7 != run % 7, "score": score + i / 100,
                                                                     "cluster": "k%d" % (i // 4), "slice": "s"} for i in range(24)),
                                                                  suite=surface, surface=surface, run="%s-%d" % (surface, run), started_at=at, **more)
        made = "".join(rows("steady", at, week, 0.8 if at < 5 else 0.3, judge="j") + rows("judged", at, week, 0.5, judge="j" if at < 9 else "k")
                       for at, week in enumerate(weeks)) + rows("steady", 10, "2026-11-10T07:00:00Z", 0.3, judge="j", model="m")
        self.rondo("import", self.file("made.jsonl", made))
        read = lambda words: {one["surface"]: one for one in self.held("/api/v1/review", "?week=2026-W46" + words)["surfaces"]}
        found = read("")
        for surface, keys in (("steady", ("clustered", "score_change_points", "notes", "score_test")), ("judged", ("not_comparable", "breaks"))):
            for key in keys:
                self.assertTrue(found[surface][key], key)
        self.rondo("comparison-override", "add", "--surface", "judged", "--week", "2026-W46", "--reason", "same rubric")
        self.assertEqual(read("")["judged"]["compared_anyway"]["reason"], "same rubric")
        self.assertTrue(read("&week_run=majority")["steady"]["score_change_points"])

    def inside(self, node, keys):
        for key in keys:
            node = node[key]
        return node

    def test_what_was_not_measured_is_an_empty_review_where_that_is_asked_for(self):
        nothing = lambda week: {"week": week, "baseline_week": None, "weeks_apart": None, "generated_at": "2026-11-16T07:00:00Z", "summary": None,
                                "surfaces": []}
        self.assertEqual(self.held("/api/v1/review", "?week=2020-W01&or_empty=true"), nothing("2020-W01"))
        for words in ("week=2020-W01", "week=2020-W01&or_empty=false", "week=2020-W01&or_empty=true&surface=billing", "or_empty=true&model=none",
                      "or_empty=true&surface=none"):
            self.refused(404, "not_found", "", "GET", "/api/v1/review?" + words)
        self.refused(422, "invalid", "2020-1", "GET", "/api/v1/review?or_empty=true&week=2020-1")
        self.assertTrue(self.held("/api/v1/review", "?or_empty=true")["surfaces"])

    def test_two_runs_side_by_side(self):
        surface = next(one for one in self.ask(200, "GET", "/api/v1/review")["surfaces"] if one["baseline_run"])
        words = "?a=%s&b=%s" % tuple(next(run["id"] for run in self.ask(200, "GET", "/api/v1/eval-runs?limit=1000")["items"]
                                          if (run["surface"], run["run"]) == (surface["surface"], surface[key])) for key in ("baseline_run", "run"))
        self.assertEqual(self.names("review_surface") - set(self.held("/api/v1/compare", words)),
                         {"trend", "breaks", "trend_since", "change_points", "score_change_points", "alarm", "false_alarms", "sensitivity", "flips_left_out"})

    def test_a_review_that_is_opened(self):
        week = {"week": self.ask(200, "GET", "/api/v1/review")["week"]}
        opened = self.held("/api/v1/eval-reviews", method="POST", body=week, status=201)
        self.assertTrue(opened["new"] and opened["actions"])
        surface = next(one["surface"] for one in self.ask(200, "GET", "/api/v1/review")["surfaces"]
                       if any(flip["to"] == "fail" and not flip["action"] for flip in one["flips"]))
        more = self.held("/api/v1/eval-reviews/{id}/actions", method="POST", id=opened["eval_review"], body={"surface": surface}, status=201)
        self.assertTrue(more["actions"])
        self.assertFalse(self.held("/api/v1/eval-reviews", method="POST", body=week)["new"])

    def test_cases_what_is_said_of_them_and_their_judges(self):
        surface = next(one for one in self.ask(200, "GET", "/api/v1/review")["surfaces"] if one["flips"])
        page = self.held("/api/v1/eval-cases/{id}/page", "?surface=" + surface["surface"], id=surface["flips"][0]["case"])
        self.assertTrue(page["now"]["trials"])
        self.ask(201, "POST", "/api/v1/human-verdicts", {"run": page["now"]["id"], "case": page["id"], "person": self.ask(200, "GET", "/api/v1/me")["person"]["name"]})
        asked = self.held("/api/v1/inbox")["items"]
        self.assertIn("human_verdict", [item["kind"] for item in asked])
        self.held("/api/v1/inbox/{id}/done", method="POST", id=asked[0]["id"])
        said = self.held("/api/v1/eval-cases/{id}/page", "?run=%s&surface=%s" % (page["now"]["id"], surface["surface"]), id=page["id"])["human_verdicts"]
        self.assertIsNone(said[-1]["verdict"])
        self.ask(200, "PATCH", "/api/v1/human-verdicts/" + said[-1]["id"], {"verdict": "pass"})
        self.assertTrue(self.held("/api/v1/judge-agreement")["items"])

    def test_the_timeline_and_the_digest(self):
        self.assertEqual({item["type"] for item in self.held("/api/v1/timeline")["items"]}, {"run", "change"})
        self.assertIsNotNone(self.held("/api/v1/timeline", "?limit=1")["next"])
        self.held("/api/v1/digest")

    def test_the_week_of_rituals(self):
        self.rondo("ritual", "install", "ai-week")
        seen = set()
        for week in ("2026-W46", "2026-W47", "2026-W48"):
            seen |= {key for key, value in self.held("/api/v1/week", "?week=" + week).items() if value}
        self.assertLessEqual({"rituals", "needs_me", "late", "promises"}, seen)

    def test_a_job_and_the_report_of_its_import(self):
        rows = '{"suite":"s","surface":"b","run":"r1","case":"a","pass":true}\n{"suite":"s","surface":"b","run":"r1","case":"b","pass":"perhaps"}\n'
        for name, body in (("a.jsonl", rows.encode()), ("noise.bin", b"\0\1\2\0"), ("other.jsonl", rows.replace("true", "false").encode())):
            job = self.held("/api/v1/imports", "?name=" + name, "POST", body, 202)["job"]
            self.assertTrue(wait_until(lambda: self.held("/api/v1/jobs/{id}", id=job)["state"] in ("done", "failed")))
            report = self.held("/api/v1/jobs/{id}", id=job)["result"]
            self.assertTrue(report or name == "noise.bin")
            if report is not None:
                self.assertEqual(list(faults(report, {"$ref": "/import_report"}, self.schemas)), [], name)
        self.assertTrue(self.held("/api/v1/quarantine")["items"])
        self.assertGreaterEqual(len(self.held("/api/v1/jobs")["items"]), 3)
        self.assertTrue(self.held("/api/v1/imports/formats")["items"])
        self.held("/api/v1/quarantine/replay", method="POST", status=202)

    def test_a_gate(self):
        surface = next(one for one in self.ask(200, "GET", "/api/v1/review")["surfaces"] if one["baseline_run"])
        runs = {run["run"]: run["id"] for run in self.ask(200, "GET", "/api/v1/eval-runs?limit=1000")["items"] if run["surface"] == surface["surface"]}
        question = {"baseline": runs[surface["baseline_run"]], "candidate": runs[surface["run"]]}
        told = self.held("/api/v1/gate", method="POST", body=question)
        self.assertEqual(told["candidate"], surface["run"])
        self.assertTrue(told["rules"])

    def test_a_key_that_is_not_named_is_a_fault_and_so_is_one_that_is_missing(self):
        schema = self.schema("GET", "/api/v1/inbox")
        item = {"kind": "note", "id": "NOTE-1", "record": "note", "title": "t", "why": "w", "link": "/notes/NOTE-1", "due": None, "late": False}
        told = lambda **changes: list(faults({"person": None, "items": [{**item, **changes}], "snoozed": 0}, schema, self.schemas))
        self.assertEqual(told(), [])
        self.assertEqual(told(extra=1), ["reply.items[0] has 'extra', which is not known"])
        self.assertEqual(told(late=None), ["reply.items[0].late is None, not boolean"])
        del item["link"]
        self.assertEqual(told(), ["reply.items[0] has no 'link'"])


if __name__ == "__main__":
    unittest.main()
