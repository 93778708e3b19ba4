"""A case's page at its two doors, and what people say of cases."""
import json
import os
import unittest

from server import ServedWorkspace
from workspace import Workspace

FIXTURES = os.path.join(os.path.dirname(__file__), "..", "fixtures")
WEEKS = {"w45": "2026-11-02", "w46": "2026-11-09", "w47": "2026-11-16"}
BEFORE, AFTER = "You can return it within 14 days of delivery.", "You can return it within 30 days of purchase."


def lines(run, surface="refunds", suite="bot", **cases):
    """One run; each case is a dict of the plain shape's fields."""
    return "".join(json.dumps({"suite": suite, "surface": surface, "run": run, "started_at": WEEKS[run] + "T07:00:00Z", "case": case,
                               "judge": "rubric-3", **fields}) + "\n" for case, fields in cases.items())


class Bot(Workspace):
    """One suite of two cases, and three weeks."""

    def setUp(self):
        super().setUp()
        self.initialise()
        self.rondo("suite", "add", "--name", "bot", "--keeps-texts", "yes")
        self.bring(lines("w45", r1={"pass": True, "output": "none"}),
                   lines("w46", r1={"pass": True, "score": 0.9, "input": "Can I return it?", "expected": "14 days", "output": BEFORE,
                                    "reason": "the right term"}, r2={"pass": True}),
                   lines("w47", r1={"pass": False, "score": 0.2, "input": "Can I return it?", "expected": "14 days", "output": AFTER,
                                    "reason": "the wrong term", "latency_ms": 812}))

    def bring(self, *runs):
        self.rondo("import", self.file("runs.jsonl", "".join(runs)))

    def page(self, *words):
        return self.rondo("case", *words, "--json").json()

    def refused(self, *words, said, code=2):
        answer = self.rondo(*words, code=code)
        self.assertEqual(answer.out, "")
        self.assertIn(said, answer.err)


class Cases(Bot):
    def test_two_runs_stand_side_by_side(self):
        page = self.page("r1")
        self.assertEqual(list(page), ["id", "case", "key_kind", "suite", "surface", "week", "input", "expected", "now", "before",
                                      "difference", "strip", "human_verdicts"])
        self.assertEqual((page["case"], page["suite"], page["surface"], page["week"]), ("r1", "bot", "refunds", "2026-W47"))
        self.assertEqual((page["input"], page["expected"]), ("Can I return it?", "14 days"))
        self.assertEqual([page[key]["run"] for key in ("before", "now")], ["w46", "w47"])
        self.assertEqual([page[key]["verdict"] for key in ("before", "now")], ["pass", "fail"])
        self.assertEqual(page["now"]["trials"], [{"trial": 1, "verdict": "fail", "score": 0.2, "latency_ms": 812, "cost_usd": None,
                                                  "output": AFTER, "reason": "the wrong term", "error": None, "failure": None,
                                                  "attributes": {"reason": "the wrong term"}}])

    def test_the_difference_is_told_in_words(self):
        pieces = self.page("r1")["difference"]
        self.assertEqual([(piece["change"], piece["text"]) for piece in pieces if piece["change"] != "same"],
                         [("removed", "14"), ("added", "30"), ("removed", "delivery."), ("added", "purchase.")])
        self.assertEqual("".join(piece["text"] for piece in pieces if piece["change"] != "added"), BEFORE)
        self.assertEqual("".join(piece["text"] for piece in pieces if piece["change"] != "removed"), AFTER)
        self.assertIn("within [-14-]{+30+} days of [-delivery.-]{+purchase.+}", self.rondo("case", "r1").out)

    def test_the_strip_has_the_weeks_with_runs_and_what_they_hold(self):
        self.assertEqual(self.page("r1")["strip"], [{"week": "2026-W45", "passed": 1, "n": 1}, {"week": "2026-W46", "passed": 1, "n": 1},
                                                    {"week": "2026-W47", "passed": 0, "n": 1}])
        self.assertEqual([week["n"] for week in self.page("r2")["strip"]], [0, 1, 0])
        self.assertEqual([week["week"] for week in self.page("r1", "--weeks", "2")["strip"]], ["2026-W46", "2026-W47"])

    def test_week_and_runs_can_be_chosen(self):
        page = self.page("CASE-1", "--week", "2026-W46")
        self.assertEqual((page["before"]["run"], page["now"]["run"], page["strip"][-1]["week"]), ("w45", "w46", "2026-W46"))
        page = self.page("r1", "--before", "w45", "--run", "RUN-3")
        self.assertEqual((page["before"]["run"], page["now"]["run"]), ("w45", "w47"))

    def test_the_window_bounds_the_strip_and_neither_the_run_before_nor_one_that_is_named(self):
        page = self.page("r1", "--weeks", "1", "--before", "w45")
        self.assertEqual((page["before"]["run"], page["before"]["verdict"], [week["week"] for week in page["strip"]]), ("w45", "pass", ["2026-W47"]))
        page = self.page("r1", "--week", "2030-W01", "--run", "RUN-1")
        self.assertEqual((page["now"]["run"], page["before"]["run"], page["strip"]), ("w45", "w47", []))
        self.refused("case", "r1", "--week", "2030-W01", "--run", "RUN-9", said="surface 'refunds' has no complete run 'RUN-9'")

    def test_a_run_without_the_case_has_no_verdict(self):
        page = self.page("r2")
        self.assertEqual((page["now"]["run"], page["now"]["verdict"], page["now"]["trials"]), ("w47", None, []))
        self.assertEqual((page["before"]["verdict"], page["difference"]), ("pass", None))
        self.assertIn("does not hold the case", self.rondo("case", "r2").out)

    def test_trials_are_listed(self):
        self.rondo("suite", "add", "--name", "other", "--keeps-texts", "yes")
        row = json.loads(lines("w47", suite="other", surface="tries", t={"pass": True}))
        self.bring("".join(json.dumps(dict(row, trial=n, **{"pass": n < 3})) + "\n" for n in (1, 2, 3)))
        page = self.page("t")
        self.assertEqual((page["now"]["verdict"], [trial["verdict"] for trial in page["now"]["trials"]]), ("pass", ["pass", "pass", "fail"]))
        self.assertIn(": pass, 2 of 3 trials pass", self.rondo("case", "t").out)

    def test_what_a_case_is_known_by_is_told_where_it_is_no_id(self):
        self.assertNotIn("known by", self.rondo("case", "r1").out)
        self.rondo("import", os.path.join(FIXTURES, "promptfoo", "stripped.json"), "--surface", "stripped", "--suite", "stripped")
        case = self.rondo("eval-case", "list", "--suite", "stripped", "--json").json()["items"][0]
        self.assertIn("known by its position", self.rondo("case", case["id"]).out.splitlines()[0])

    def test_texts_that_are_not_kept_are_said_to_be_missing(self):
        self.bring(lines("w47", suite="bare", surface="bare", b={"pass": True, "output": "kept nowhere"}))
        page = self.page("b")
        self.assertEqual((page["input"], page["now"]["trials"][0]["output"], page["before"]), (None, None, None))
        self.assertIn("rondo suite set \"bare\" --keeps-texts yes", self.rondo("case", "b").out)

    def test_of_several_surfaces_the_one_that_measures_the_case_is_meant(self):
        self.bring(lines("w47", surface="answers", a1={"pass": True}))
        self.assertEqual((self.page("r1")["surface"], self.page("a1")["surface"]), ("refunds", "answers"))
        self.refused("case", "r2", said="case 'r2' stands on several surfaces")  # no last run has it

    def test_what_is_not_clear_is_refused_with_what_to_do(self):
        self.refused("case", "nope", said="there is no case 'nope': see 'rondo eval-case list'", code=2)
        self.refused("case", "r1", "--week", "47", said="'47' is not an ISO week")
        self.refused("case", "r1", "--run", "w99", said="surface 'refunds' has no complete run 'w99'")
        self.refused("case", "r1", "--surface", "answers", said="it is one of 'refunds'")
        self.bring(lines("w47", surface="answers", r1={"pass": True}))
        self.refused("case", "r1", said="case 'r1' stands on several surfaces: say which of")
        self.assertEqual(self.page("r1", "--surface", "answers")["now"]["verdict"], "pass")
        self.bring(lines("w47", suite="second", surface="second", r1={"pass": True}))
        self.refused("case", "r1", said="case 'r1' stands in several suites: say on which surface, or name it by its id: CASE-1 in 'bot'")
        self.assertEqual([self.page("r1", "--surface", one)["suite"] for one in ("refunds", "second")], ["bot", "second"])
        self.refused("case", "r1", "--surface", "nowhere", said="stands in several suites")

    def test_a_key_that_looks_like_the_id_of_another_case_is_that_of_its_own(self):
        self.bring(lines("w47", suite="numbered", surface="numbered", **{"case-1": {"pass": True}, "2": {"pass": False}, "CASE-1": {"pass": True}}))
        self.assertEqual([self.page(word)["case"] for word in ("case-1", "2", "case-2", "CASE-1", "CASE-2", "1")],
                         ["case-1", "2", "r2", "r1", "r2", "r1"])
        self.assertEqual(self.page("CASE-1", "--surface", "numbered")["case"], "CASE-1")
        self.assertEqual(self.page("CASE-1", "--surface", "refunds")["case"], "r1")
        self.refused("case", "CASE-99", said="there is no case 'CASE-99'")


class HumanVerdicts(Bot):
    def test_a_verdict_stands_on_the_page(self):
        self.rondo("human-verdict", "add", "--run", "w47", "--case", "r1", "--person", "Ada", "--verdict", "fail", "--reason", "no")
        self.assertEqual(self.page("r1")["human_verdicts"], [{"id": "HUM-1", "run": "w47", "person": "Ada", "verdict": "fail", "reason": "no"}])
        self.assertIn("Ada: fail, no", self.rondo("case", "r1").out)

    def test_one_without_a_verdict_waits_for_its_person(self):
        self.rondo("human-verdict", "add", "--run", "w47", "--case", "r1", "--person", "Ada")
        self.assertIn("Ada: asked", self.rondo("case", "r1").out)
        self.rondo("human-verdict", "set", "HUM-1", "--verdict", "unsure")
        self.assertEqual(self.page("r1")["human_verdicts"][0]["verdict"], "unsure")

    def test_it_is_told_wherever_is_told_what_waits_until_it_is_given(self):
        self.rondo("person", "add", "--name", "Ben")
        self.rondo("membership", "add", "--person", "Ben", "--roles", "member")
        self.rondo("human-verdict", "add", "--run", "w47", "--case", "r1", "--person", "Ben")
        self.rondo("human-verdict", "add", "--run", "w46", "--case", "r2", "--person", "Ben", "--verdict", "pass")
        read = lambda person, *words: self.rondo(*words, "--json", "--as", person).json()
        asked = {"kind": "human_verdict", "id": "HUM-1", "record": "human_verdict", "title": "r1", "link": "/cases/HUM-1",
                 "why": "your verdict is asked for: 'refunds' in run 'w47'", "due": None, "late": False}
        for words, key in ((["inbox"], "items"), (["digest", "show"], "waits"), (["week"], "needs_me")):
            self.assertEqual(read("Ben", *words)[key], [asked], words)
            self.assertEqual(read("Ada", *words)[key], [], words)
        self.assertIn("HUM-1  r1  (your verdict is asked for: 'refunds' in run 'w47')", self.rondo("inbox", "--as", "Ben").out)
        self.rondo("inbox", "delegate", "HUM-1", "--to", "Ada", "--as", "Ben")
        for one in ("HUM-1", "HUM-2"):  # it no longer waits for Ben, and the other is given
            self.assertIn("has no owner that can be changed", self.run_rondo("inbox", "delegate", one, "--to", "Ada", "--as", "Ben").err)
        self.assertEqual([read(person, "inbox")["items"] for person in ("Ben", "Ada")], [[], [asked]])
        self.rondo("human-verdict", "set", "HUM-1", "--verdict", "unsure", "--as", "Ada")
        for words, key in ((["inbox"], "items"), (["digest", "show"], "waits"), (["week"], "needs_me")):
            self.assertEqual(read("Ada", *words)[key], [], words)

    def test_one_who_is_never_to_be_told_of_them_is_not(self):
        self.rondo("human-verdict", "add", "--run", "w47", "--case", "r1", "--person", "Ada")
        self.rondo("digest-choice", "add", "--kind", "human_verdict", "--frequency", "never")
        digest = self.rondo("digest", "show", "--json").json()
        self.assertEqual((digest["waits"], digest["unwanted"]), ([], 1))
        self.refused("digest-choice", "add", "--kind", "verdict", "--frequency", "never", said="'verdict'")

    def test_the_id_of_a_verdict_is_its_case_in_its_run(self):
        self.bring(lines("w46", suite="second", surface="second", r1={"pass": False}), lines("w47", suite="second", surface="second", r1={"pass": True}))
        self.rondo("human-verdict", "add", "--run", "RUN-4", "--case", "CASE-3", "--person", "Ada")
        page = self.page("HUM-1")
        self.assertEqual((page["case"], page["surface"], page["now"]["run"], page["week"], page["before"]), ("r1", "second", "w46", "2026-W46", None))
        self.refused("case", "HUM-2", said="there is no case 'HUM-2'")

    def test_a_run_that_is_named_brings_its_week_and_the_run_before_it(self):
        page = self.page("r1", "--run", "w46")
        self.assertEqual((page["week"], page["before"]["run"], page["now"]["run"]), ("2026-W46", "w45", "w46"))

    def test_only_a_result_that_is_there_is_judged_once_by_each(self):
        add = ("human-verdict", "add", "--person", "Ada", "--run")
        self.refused(*add, "w47", "--case", "r2", said="run 'w47' does not hold case 'r2'")
        self.bring(lines("w47", suite="second", surface="second", s1={"pass": True}))
        self.refused(*add, "RUN-3", "--case", "s1", said="run 'w47' does not hold case 's1'")
        self.refused(*add, "RUN-3", "--case", "r1", "--verdict", "maybe", said="'maybe'")
        self.rondo(*add, "RUN-3", "--case", "r1")
        self.assertIn("already", self.rondo(*add, "RUN-3", "--case", "r1", code=1).err)


    def test_the_verdict_is_of_the_case_that_was_named_not_of_the_one_with_such_an_id(self):
        self.bring(lines("w47", suite="numbered", surface="numbered", **{"case-4": {"pass": True}, "case-3": {"pass": True}}))
        self.rondo("human-verdict", "add", "--run", "RUN-4", "--case", "case-3", "--person", "Ada", "--verdict", "pass")
        self.rondo("human-verdict", "add", "--run", "RUN-4", "--case", "CASE-3", "--person", "Ada", "--verdict", "fail")
        rows = self.rondo("human-verdict", "list", "--json").json()["items"]
        self.assertEqual({row["case"]: row["verdict"] for row in rows}, {"case-3": "pass", "case-4": "fail"})


class JudgeAgreement(Bot):
    def judge(self, case, verdict, run="w46"):
        self.rondo("human-verdict", "add", "--run", run, "--case", case, "--person", "Ada", "--verdict", verdict)

    def agreement(self, *words):
        return self.rondo("judge-agreement", *words, "--json").json()["items"]

    def test_a_judge_is_held_against_people(self):
        self.assertEqual(self.agreement(), [])
        self.assertIn("No person has judged", self.rondo("judge-agreement").out)
        self.bring(lines("w46", suite="k", surface="k", **{"c%d" % i: {"pass": i < 6, "judge": "rubric-3"} for i in range(10)}))
        for i in range(10):
            self.judge("c%d" % i, "pass" if i < 4 or i == 9 else "fail", run="RUN-4")
        # By hand: 7 of 10 alike; by chance (6 x 5 + 4 x 5) / 100 = .5; kappa = (.7 - .5) / .5.
        found = self.agreement("--surface", "k")[0]
        self.assertEqual((found["surface"], found["judge"], found["n"], found["agreement"]), ("k", "rubric-3", 10, 0.7))
        self.assertAlmostEqual(found["kappa"], 0.4)
        self.assertEqual([found[key] for key in ("both_pass", "both_fail", "only_judge_passes", "only_person_passes", "without_verdict")],
                         [4, 3, 2, 1, 0])

    def test_what_cannot_be_told_is_not_told(self):
        self.judge("r1", "pass")
        self.judge("r2", "unsure")
        found = self.agreement()[0]
        self.assertEqual((found["n"], found["agreement"], found["kappa"]), (1, 1, None))
        self.assertIn("one label only", self.rondo("judge-agreement").out)
        self.assertEqual(self.agreement("--surface", "nowhere"), [])


class Served(ServedWorkspace):
    def test_the_api_gives_what_the_command_gives(self):
        self.served()
        self.rondo("import", self.file("runs.jsonl", lines("w46", r1={"pass": True}) + lines("w47", r1={"pass": False})))
        page = self.ask(200, "GET", "/api/v1/eval-cases/CASE-1/page")
        self.assertEqual(page, self.rondo("case", "r1", "--json").json())
        self.refused(404, "not_found", "there is no case 'CASE-99'", "GET", "/api/v1/eval-cases/CASE-99/page")
        self.refused(422, "invalid", "'1' is not an ISO week", "GET", "/api/v1/eval-cases/CASE-1/page?week=1")


if __name__ == "__main__":
    unittest.main()
