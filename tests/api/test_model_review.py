"""The review of a refined model: who decides, and what stays decided."""
import unittest

from workspace import Workspace

LINES = "".join('{"suite":"s","surface":"refunds","run":"w%d","started_at":"2026-11-%02d","case":"a","pass":true}\n' % (week, day)
                for week, day in ((46, 9), (47, 16)))


class ModelReview(Workspace):
    def setUp(self):
        super().setUp()
        self.initialise()
        self.rondo("import", self.file("runs.jsonl", LINES))
        for name in ("Ben", "Cleo"):
            self.rondo("person", "add", "--name", name, "--as", "Ada")
            self.rondo("membership", "add", "--person", name, "--roles", "member", "--as", "Ada")
        self.rondo("model-review", "add", "--title", "with Q3 tickets", "--surface", "refunds", "--baseline", "w46", "--candidate", "w47",
                   "--decision-owner", "Ben", "--as", "Ada")

    def refused(self, *words, said):
        answer = self.run_rondo("model-review", *words)
        self.assertNotEqual(answer.code, 0)
        self.assertIn(said, answer.err)
        return answer

    def review(self):
        return self.rondo("model-review", "show", "MOR-1", "--as", "Ada", "--json").json()

    def test_the_owner_decides_in_words(self):
        self.refused("decide", "MOR-1", "--as", "Ben", said="there is no decision yet")
        self.rondo("model-review", "decide", "MOR-1", "--decision", "ship to 10 %", "--as", "Ben")
        self.assertEqual((self.review()["state"], self.review()["decision"]), ("decided", "ship to 10 %"))

    def test_nobody_else_decides_unless_it_was_delegated(self):
        self.refused("decide", "MOR-1", "--decision", "ship", "--as", "Ada", said="who decides is Ben: ask")
        self.refused("set", "MOR-1", "--delegate", "Ada", "--as", "Ada", said="only Ben can hand the decision on")
        self.refused("set", "MOR-1", "--decision-owner", "Ada", "--as", "Ada", said="only Ben can hand the decision on")
        self.rondo("model-review", "set", "MOR-1", "--delegate", "Cleo", "--as", "Ben")
        self.refused("decide", "MOR-1", "--decision", "ship", "--as", "Ada", said="who decides is Ben: ask")
        self.rondo("model-review", "decide", "MOR-1", "--decision", "wait for the audit", "--as", "Cleo")
        self.assertEqual(self.review()["state"], "decided")

    def test_it_waits_for_who_may_decide_until_it_is_decided(self):
        waits = lambda: {name: [(one["id"], one["why"], one["link"]) for one in self.rondo("inbox", "--json", "--as", name).json()["items"]]
                         for name in ("Ada", "Ben", "Cleo")}
        owned = ("MOR-1", "you decide it", "/model-reviews/MOR-1")
        self.assertEqual(waits(), {"Ada": [], "Ben": [owned], "Cleo": []})
        self.rondo("inbox", "delegate", "MOR-1", "--to", "Cleo", "--as", "Ben")
        self.assertIn("only Ben can hand the decision on", self.run_rondo("inbox", "delegate", "MOR-1", "--to", "Ada", "--as", "Cleo").err)
        self.assertEqual(waits(), {"Ada": [], "Ben": [owned], "Cleo": [("MOR-1", "Ben delegated the decision to you", "/model-reviews/MOR-1")]})
        self.rondo("model-review", "decide", "MOR-1", "--decision", "ship", "--as", "Cleo")
        self.assertEqual(waits(), {"Ada": [], "Ben": [], "Cleo": []})

    def test_a_delegate_is_not_named_in_the_owners_place(self):
        self.refused("add", "--title", "t", "--surface", "refunds", "--decision-owner", "Ben", "--delegate", "Ada", "--as", "Ada",
                     said="only Ben can delegate the decision")

    def test_what_was_decided_stays_until_the_review_is_opened_again(self):
        self.rondo("model-review", "decide", "MOR-1", "--decision", "ship", "--as", "Ben")
        decided = str(self.rondo("audit", "list", "--json", "--as", "Ada").json()["items"][0]["change"])
        self.refused("set", "MOR-1", "--decision", "stop", "--as", "Ben", said="the decision was made")
        self.rondo("model-review", "set", "MOR-1", "--help-needed", "a labeller", "--as", "Ada")
        self.refused("reopen", "MOR-1", "--as", "Ada", said="who decides is Ben: ask")
        self.assertIn("use 'reopen'", self.rondo("undo", decided, "--as", "Ada", code=1).err)
        self.assertEqual(self.review()["state"], "decided")
        self.rondo("model-review", "reopen", "MOR-1", "--as", "Ben")
        self.rondo("model-review", "set", "MOR-1", "--decision", "stop", "--as", "Ben")
        self.assertEqual((self.review()["state"], self.review()["decision"]), ("open", "stop"))

    def test_the_runs_are_two_of_the_surface(self):
        other = LINES.replace("refunds", "mail").replace('"suite":"s"', '"suite":"t"')
        self.rondo("import", self.file("other.jsonl", other), "--as", "Ada")
        self.refused("set", "MOR-1", "--candidate", "RUN-4", "--as", "Ada", said="run RUN-4 is of surface 'mail', not of 'refunds'")
        self.refused("set", "MOR-1", "--baseline", "RUN-2", "--as", "Ada", said="the candidate is the baseline itself")
        self.refused("add", "--title", "t", "--surface", "mail", "--baseline", "RUN-1", "--decision-owner", "Ben", "--as", "Ada",
                     said="run RUN-1 is of surface 'refunds', not of 'mail'")
        self.refused("set", "MOR-1", "--surface", "mail", "--as", "Ada", said="not of 'mail'")
        self.rondo("model-review", "set", "MOR-1", "--surface", "mail", "--baseline", "RUN-3", "--candidate", "RUN-4", "--as", "Ada")
        self.assertEqual(self.review()["surface"], "mail")


if __name__ == "__main__":
    unittest.main()
