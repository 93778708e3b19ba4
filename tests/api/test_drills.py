"""Rollback drills, what applications serve past the council, and what a change did beside what was expected."""
import unittest

from server import ServedWorkspace
from test_council import Council

OTHER = "0" * 64


class Prompts(ServedWorkspace):
    """Ada owns the prompt greeting, whose second version is served as canary."""

    label = "canary"

    def setUp(self):
        super().setUp()
        self.served()
        self.ask(201, "POST", "/api/v1/prompts", {"name": "greeting", "owner": "Ada"})
        self.hashes = [self.ask(201, "POST", "/api/v1/prompt-versions",
                                {"prompt": "greeting", "text": words, "message": words})["content_hash"]
                       for words in ("Be kind.", "Be brief.")]
        for version in (1, 2):
            self.ask(201, "POST", "/api/v1/prompts/greeting/move", {"label": self.label, "version": version})


class Drills(Prompts):
    def start(self, status=201, **body):
        return self.ask(status, "POST", "/api/v1/prompts/greeting/drills", dict({"scenario": "rude", "label": self.label}, **body))

    def verb(self, status, drill, verb, body=None):
        return self.ask(status, "POST", "/api/v1/rollback-drills/%s/%s" % (drill, verb), body or {})

    def test_the_program_sees_the_old_version_served_and_nobody_else(self):
        drill = self.start(target_seconds=60)
        self.assertEqual((drill["state"], drill["label"], drill["from_version"], drill["to_version"]),
                         ("running", "drill/canary", "greeting 2", "greeting 1"))
        refused = self.refused(409, "conflict", "'drill/canary' still serves greeting 2", "POST",
                               "/api/v1/rollback-drills/%s/confirm" % drill["id"], {})
        self.assertIn("rondo prompt rollback greeting drill/canary", refused["detail"])
        self.refused(422, "invalid", "confirmed", "PATCH", "/api/v1/rollback-drills/" + drill["id"],
                     {"confirmed": "2026-11-16T07:00:00Z"})
        self.ask(201, "POST", "/api/v1/prompts/greeting/rollback", {"label": "drill/canary", "reason": "drill"})
        confirmed = self.verb(200, drill["id"], "confirm")
        self.assertEqual((confirmed["state"], confirmed["result"], confirmed["seconds"]), ("confirmed", "passed", 0))
        self.assertEqual(self.ask(200, "GET", "/api/v1/prompts/greeting/serve?label=canary")["version"], 2)
        self.assertEqual(self.verb(422, drill["id"], "finish")["missing"], ["lessons"])
        self.assertEqual(self.verb(200, drill["id"], "finish", {"lessons": "none"})["state"], "held")
        self.refused(422, "invalid", "stands when it is over", "PATCH", "/api/v1/rollback-drills/" + drill["id"],
                     {"target_seconds": 1})

    def test_too_slow_is_failed(self):
        drill = self.rondo("prompt", "drill", "greeting", "--label", "canary", "--scenario", "rude", "--target-seconds", "60",
                           "--json").json()["id"]
        later = {"RONDO_NOW": "2026-11-16T07:02:30Z"}
        self.rondo("prompt", "rollback", "greeting", "drill/canary", "--reason", "drill", env=later)
        confirmed = self.rondo("rollback-drill", "confirm", drill, "--json", env=later).json()
        self.assertEqual((confirmed["result"], confirmed["seconds"]), ("failed", 150))

    def test_what_is_refused(self):
        self.assertIn("scenario", self.start(422, scenario=" ")["detail"])
        self.assertIn("nothing is served as 'production'", self.start(409, label="production")["detail"])
        first = self.start()["id"]
        self.assertIn("%s is running" % first, self.start(409)["detail"])
        self.assertEqual(self.verb(422, first, "abandon")["missing"], ["reason"])
        self.verb(200, first, "abandon", {"reason": "the vendor is down"})
        self.start()


class Due(Prompts):
    def drills_of(self):
        return [need["why"] for need in self.ask(200, "GET", "/api/v1/inbox")["items"] if need["kind"] == "drill"]

    def setUp(self):
        super().setUp()
        self.ask(201, "POST", "/api/v1/risk-rules", {"name": "free", "tier": "self"}, token=None)
        self.ask(201, "POST", "/api/v1/prompts/greeting/move", {"label": "production", "version": 1})
        self.ask(201, "POST", "/api/v1/prompts/greeting/move", {"label": "production", "version": 2})

    def test_it_is_due_each_quarter_until_it_is_held_or_put_off(self):
        self.assertIn("ends on 2026-12-31", self.drills_of()[0])
        self.refused(422, "invalid", "to come", "POST", "/api/v1/prompts/greeting/postpone-drill",
                     {"reason": "freeze", "until": "2026-11-16"})
        self.refused(422, "invalid", "'reason' is needed", "POST", "/api/v1/prompts/greeting/postpone-drill",
                     {"until": "2026-11-20"})
        self.ask(201, "POST", "/api/v1/prompts/greeting/postpone-drill", {"reason": "freeze", "until": "2026-11-20"})
        self.assertEqual(self.drills_of(), [])
        again = self.rondo("inbox", "--json", env={"RONDO_NOW": "2026-11-20T07:00:00Z"}).json()
        self.assertIn("drill", [need["kind"] for need in again["items"]])

    def test_a_prompt_may_ask_for_none(self):
        self.ask(200, "PATCH", "/api/v1/prompts/PRM-1", {"drill_months": 0})
        self.assertEqual(self.drills_of(), [])


class Outside(Prompts):
    def report(self, content_hash, status=200, **body):
        return self.ask(status, "POST", "/api/v1/prompts/greeting/report",
                        dict({"label": "canary", "content_hash": content_hash, "application": "shop"}, **body))

    def test_another_content_than_the_released_one_is_kept_until_it_is_resolved(self):
        self.assertEqual(self.report(self.hashes[1]), {"matches": True, "released_hash": self.hashes[1], "outside_change": None})
        first = self.report(OTHER)
        self.assertEqual((first["matches"], self.report(OTHER)["outside_change"]), (False, first["outside_change"]))
        row = self.ask(200, "GET", "/api/v1/outside-changes/" + first["outside_change"])
        self.assertEqual((row["reports"], row["reported_hash"], row["released_hash"]), (2, OTHER, self.hashes[1]))
        self.assertIn("outside_change", [need["kind"] for need in self.ask(200, "GET", "/api/v1/inbox")["items"]])
        address = "/api/v1/outside-changes/%s/resolve" % first["outside_change"]
        self.assertEqual(self.ask(422, "POST", address, {})["missing"], ["resolution"])
        self.ask(200, "POST", address, {"resolution": "an old container"})
        self.report(OTHER)
        self.assertEqual(self.ask(200, "GET", "/api/v1/outside-changes/" + first["outside_change"])["state"], "open")

    def test_what_was_released_a_moment_ago_is_none_from_outside(self):
        self.assertTrue(self.report(self.hashes[0])["matches"])
        late = self.rondo("prompt", "report", "greeting", "--label", "canary", "--application", "shop", "--content-hash",
                          self.hashes[0], code=1, env={"RONDO_NOW": "2026-11-16T07:06:00Z"})
        self.assertFalse(late.json()["matches"])

    def test_what_is_refused(self):
        self.assertIn("is no content hash", self.report("abc", 422)["detail"])
        self.assertIn("which application", self.report(OTHER, 422, application=" ")["detail"])
        self.assertIn("this takes 'label'", self.report(OTHER, 422, lable="x")["detail"])


class Impact(Council):
    def test_two_weeks_later_somebody_else_scores_it(self):
        change = self.in_review()
        refused = {"prompt_change": change, "actual": "fewer questions", "score": "hit"}
        self.assertIsNone(self.ask(200, "GET", "/api/v1/prompt-changes/%s/page" % change, token=self.ben)["impact"]["due_at"])
        self.refused(409, "conflict", "was never served", "POST", "/api/v1/impact-reviews", refused, token=self.ada)
        self.say(200, "approve", change, self.cora)
        self.serve_it(change)
        self.refused(403, "forbidden", "does not score", "POST", "/api/v1/impact-reviews", refused, token=self.ben)
        later = {"RONDO_NOW": "2026-12-01T07:00:00Z"}
        self.assertIn("impact", [need["kind"] for need in self.rondo("inbox", "--json", "--as", "Ben", env=later).json()["items"]])
        rates = lambda **more: self.rondo("impact-review", "rates", "--json", "--as", "Ben", **more).json()
        self.assertEqual((rates()["due"], rates()["teams"]), ([], []))
        self.assertEqual([(one["change"], one["expected"]) for one in rates(env=later)["due"]], [(change, "shorter answers")])
        self.assertEqual(self.rondo("impact-review", "rates", "--as", "Ben").out, "no change was scored yet: the hit rate is unknown\n")
        page = lambda: self.ask(200, "GET", "/api/v1/prompt-changes/%s/page" % change, token=self.ben)["impact"]
        self.assertEqual(page(), {"due_at": "2026-11-30T07:00:00Z", "review": None})
        review = self.ask(201, "POST", "/api/v1/impact-reviews", refused, token=self.ada)
        self.assertEqual((page()["review"]["score"], page()["review"]["actual"], rates(env=later)["due"]), ("hit", "fewer questions", []))
        self.assertEqual(self.rondo("impact-review", "rates", "--as", "Ben").out, "no team: 1 of 1 came as expected, 0 partly\n")
        self.assertEqual((review["expected"], review["reviewer"]), ("shorter answers", "Ada"))
        self.assertNotIn("impact", [need["kind"] for need in
                                    self.rondo("inbox", "--json", "--as", "Ben", env=later).json()["items"]])
        self.assertEqual(self.ask(200, "GET", "/api/v1/impact/hit-rates", token=self.ada)["teams"],
                         [{"team": None, "scored": 1, "hits": 1, "partly": 0, "missed": 0, "hit_rate": 1}])

    def serve_it(self, change):
        self.policy()
        self.move(201, 2, change=change)


del Council  # its tests are its own module's


if __name__ == "__main__":
    unittest.main()
