"""The review of a refined model: who decides, and what stays decided."""
import unittest

from workspace import Workspace

LINES = "".join('{"suite":"s","surface":"refunds","run":"w%d","started_at":"2026-11-%02d","case":"a","pass":true}\n' % (week, day)
                for week, day in ((46, 9), (47, 16)))


class ModelReview(Workspace):
    def setUp(self):
        super().setUp()
        self.rondo("init")
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
        self.refused("decide", "MOR-1", "--decision", "ship", "--as", "Ada", said="the decision is Ben's")
        self.refused("set", "MOR-1", "--delegate", "Ada", "--as", "Ada", said="only Ben can hand the decision on")
        self.refused("set", "MOR-1", "--decision-owner", "Ada", "--as", "Ada", said="only Ben can hand the decision on")
        self.rondo("model-review", "set", "MOR-1", "--delegate", "Cleo", "--as", "Ben")
        self.refused("decide", "MOR-1", "--decision", "ship", "--as", "Ada", said="the decision is Ben's")
        self.rondo("model-review", "decide", "MOR-1", "--decision", "wait for the audit", "--as", "Cleo")
        self.assertEqual(self.review()["state"], "decided")

    def test_a_delegate_is_not_named_in_the_owners_place(self):
        self.refused("add", "--title", "t", "--surface", "refunds", "--decision-owner", "Ben", "--delegate", "Ada", "--as", "Ada",
                     said="only Ben can delegate the decision")

    def test_what_was_decided_stays_until_the_review_is_opened_again(self):
        self.rondo("model-review", "decide", "MOR-1", "--decision", "ship", "--as", "Ben")
        self.refused("set", "MOR-1", "--decision", "stop", "--as", "Ben", said="the decision was made")
        self.rondo("model-review", "set", "MOR-1", "--help-needed", "a labeller", "--as", "Ada")
        self.rondo("model-review", "reopen", "MOR-1", "--as", "Ben")
        self.rondo("model-review", "set", "MOR-1", "--decision", "stop", "--as", "Ben")
        self.assertEqual((self.review()["state"], self.review()["decision"]), ("open", "stop"))


if __name__ == "__main__":
    unittest.main()
