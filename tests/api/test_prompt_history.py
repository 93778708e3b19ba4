"""The history of a prompt: its versions, the labels on each and how they moved, what runs measured, and the ways back;
what a change under way meets of what uses it."""
import unittest

from test_council import CASES, Council


class History(Council):
    def history(self, words="", name="support-reply"):
        return self.ask(200, "GET", "/api/v1/prompts/%s/history%s" % (name, words), token=self.ben)

    def roll_back(self, label, reason="it invents order numbers", **body):
        return self.ask(201, "POST", "/api/v1/prompts/support-reply/rollback", dict(body, label=label, reason=reason), token=self.ben)

    def test_the_latest_first_with_author_and_without_the_text(self):
        history = self.history()
        self.assertEqual([row["number"] for row in history["versions"]], [2, 1])
        version = history["versions"][0]
        self.assertEqual((version["title"], version["author"], version["message"], len(version["content_hash"])),
                         ("support-reply 2", "Ben", "Be brief and kind to {{customer}}.", 64))
        self.assertEqual(version["made_at"], "2026-11-16T07:00:00Z")
        self.assertNotIn("text", version)
        self.assertEqual((version["labels"], version["moves"], history["labels"], history["before"]), ([], [], [], None))

    def test_what_runs_measured_is_told_and_the_rest_is_unknown(self):
        self.ask(201, "POST", "/api/v1/prompt-versions", {"prompt": "support-reply", "text": "Be.", "message": "third"}, token=self.ben)
        third, second, first = self.history()["versions"]
        self.assertEqual(third["runs"], {"count": 0, "surfaces": []})
        figures = second["runs"]["surfaces"][0]
        self.assertEqual((second["runs"]["count"], figures["surface"], figures["passed"], figures["n"]), (1, "support", 38, CASES))
        self.assertTrue(figures["low"] < 38 / CASES < figures["high"])
        self.assertEqual(first["runs"]["surfaces"][0]["passed"], 36)

    def test_a_move_stands_at_both_versions_and_the_way_back_is_open(self):
        self.move(201, 1, label="test")
        self.assertEqual([row["returns"] for row in self.history()["versions"]], [[], []])
        self.move(201, 2, label="test")
        history = self.history()
        second, first = history["versions"]
        self.assertEqual((second["labels"], second["returns"], first["labels"], first["returns"]), (["test"], [], [], ["test"]))
        self.assertEqual([move["to_version"] for move in first["moves"]], ["support-reply 2", "support-reply 1"])
        self.assertEqual([move["to_version"] for move in second["moves"]], ["support-reply 2"])
        self.assertEqual((second["moves"][0]["person"], second["moves"][0]["kind"]), ("Ben", "deploy"))
        label = history["labels"][0]
        self.assertEqual((label["name"], label["prompt_version"], label["moved_by"], label["back_to"]), ("test", "support-reply 2", "Ben", "support-reply 1"))
        self.roll_back("test")
        second, first = self.history()["versions"]
        self.assertEqual((first["labels"], second["returns"]), (["test"], ["test"]))
        self.assertEqual((first["moves"][0]["kind"], first["moves"][0]["reason"]), ("rollback", "it invents order numbers"))

    def test_the_plan_of_the_change_that_is_served_stands_at_its_label(self):
        self.policy()
        change = self.in_review()
        self.say(200, "approve", change, self.cora)
        self.move(201, 2)
        label = self.history()["labels"][0]
        self.assertEqual((label["name"], label["change"], label["rollback_plan"], label["back_to"]),
                         ("production", change, "rondo prompt rollback", None))
        self.assertEqual(self.history()["versions"][0]["moves"][0]["prompt_change"], change)

    def test_a_drill_moves_but_its_label_stands_nowhere(self):
        self.move(201, 1, label="test")
        self.move(201, 2, label="test")
        self.ask(201, "POST", "/api/v1/prompts/support-reply/drills", {"scenario": "wrong", "label": "test", "target_seconds": 60}, token=self.ben)
        history = self.history()
        self.assertEqual([label["name"] for label in history["labels"]], ["test"])
        self.assertIn("drill/test", [move["label"] for move in history["versions"][1]["moves"]])
        self.assertNotIn("drill/test", history["versions"][1]["labels"])

    def test_it_goes_on_below_the_last(self):
        page = self.history("?limit=1")
        self.assertEqual(([row["number"] for row in page["versions"]], page["before"]), ([2], 2))
        page = self.history("?limit=1&before=2")
        self.assertEqual(([row["number"] for row in page["versions"]], page["before"]), ([1], None))

    def test_a_prompt_without_a_version_has_none(self):
        self.ask(201, "POST", "/api/v1/prompts", {"name": "empty"}, token=self.ben)
        history = self.history(name="empty")
        self.assertEqual((history["versions"], history["labels"], history["prompt"]["name"]), ([], [], "empty"))
        self.assertEqual(self.rondo("prompt", "history", "empty", "--as", "Ben").out, "empty has no version yet\n")

    def test_what_is_refused(self):
        path = "/api/v1/prompts/support-reply/history"
        for words in ("limit=0", "limit=1001", "limit=many", "before=0", "before=-1"):
            self.refused(422, "invalid", "must be a whole number from 1", "GET", path + "?" + words, token=self.ben)
        self.refused(400, "usage", "unknown query parameter 'after'", "GET", path + "?after=1", token=self.ben)
        self.refused(404, "not_found", "nobody", "GET", "/api/v1/prompts/nobody/history", token=self.ben)
        self.assertIn("nobody", self.rondo("prompt", "history", "nobody", "--as", "Ben", code=2).err)

    def test_the_terminal_says_the_same(self):
        self.move(201, 2, label="test")
        out = self.rondo("prompt", "history", "support-reply", "--as", "Ben").out
        self.assertIn("support-reply 2  2026-11-16T07:00:00Z  Ben: Be brief and kind to {{customer}}. [test]\n", out)
        self.assertIn("deploy test to support-reply 2, Ben\n", out)
        self.assertIn("  support: 36 of 40 passed in RUN-", out)
        self.assertEqual(self.rondo("prompt", "history", "support-reply", "--json", "--as", "Ben").json(), self.history())


class Met(Council):
    """Where a prompt is used, beside the changes that are under way."""

    def used(self):
        return self.ask(200, "GET", "/api/v1/prompts/support-reply/used", token=self.ben)

    def met(self, group):
        return {use["title"]: use["affected_by"] for use in self.used()[group]}

    def setUp(self):
        super().setUp()
        for body in ({"title": "Down", "surfaces": ["support"]}, {"title": "Slow", "surfaces": ["search"]}):
            self.ask(201, "POST", "/api/v1/incidents", body, token=self.ben)
        self.ask(201, "POST", "/api/v1/links", {"kind": "about", "from": "INC-2", "to": "PRM-1"}, token=self.ben)

    def test_a_draft_meets_nothing_and_a_change_in_review_meets_its_surfaces(self):
        change = self.complete()
        self.assertEqual((self.met("surfaces"), self.met("incidents")), ({"support": []}, {"Down": [], "Slow": []}))
        self.say(200, "submit", change, self.ben)
        self.assertEqual((self.met("surfaces"), self.met("incidents")), ({"support": [change]}, {"Down": [change], "Slow": [change]}))
        row = self.used()["changes"][0]
        self.assertEqual((row["id"], row["state"], row["label"], row["is_open"]), (change, "in_review", "production", True))
        self.say(200, "reject", change, self.cora, note="no")
        self.assertEqual((self.met("surfaces"), self.used()["changes"][0]["is_open"]), ({"support": []}, False))

    def test_a_surface_that_only_the_change_names_is_there_while_it_is_under_way(self):
        change = self.change(surfaces=["search"], expected_impact="x", rollback_plan="x")
        self.delta(change)
        self.assertEqual(self.met("surfaces"), {"support": []})
        self.ask(201, "POST", "/api/v1/eval-deltas", {"prompt_change": change, "baseline": "elsewhere", "candidate": "elsewhere"}, token=self.ben)
        self.say(200, "submit", change, self.ben)
        self.assertEqual(self.met("surfaces"), {"support": [], "search": [change]})
        self.assertEqual([use["by"] for use in self.used()["surfaces"]], ["itself", "change"])

    def test_an_application_meets_what_moves_its_label(self):
        self.move(201, 1, label="test")
        self.ask(200, "POST", "/api/v1/prompts/support-reply/report", {"label": "test", "content_hash": "0" * 64, "application": "shop"}, token=self.ben)
        self.in_review()
        shop = self.used()["applications"][0]
        self.assertEqual((shop["title"], shop["label"], shop["affected_by"]), ("shop", "test", []))
        change = self.in_review(label="test")
        self.assertEqual(self.met("applications"), {"shop": [change]})

    def test_the_map_decides_the_tier(self):
        self.assertEqual((self.used()["tier"]["label"], self.used()["tier"]["tier"]), ("production", "council"))
        self.ask(200, "PATCH", "/api/v1/prompts/PRM-1", {"surfaces": ["support", "search"]}, token=self.ben)
        self.assertEqual(self.used()["tier"]["tier"], "executive")

    def test_the_terminal_says_it_too(self):
        change = self.in_review()
        out = self.rondo("prompt", "used", "support-reply", "--as", "Ben").out
        self.assertIn("surfaces: SUR-1 support, meets %s\n" % change, out)
        self.assertIn("changes: %s support-reply 2 to production, in_review\n" % change, out)


if __name__ == "__main__":
    unittest.main()
