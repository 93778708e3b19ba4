"""The review and the comparison over made-up histories: every verdict word, and figures worked out by hand."""
import math
import os
import unittest
from fractions import Fraction

from workspace import Workspace, about_files

TOP_KEYS = ["week", "baseline_week", "weeks_apart", "generated_at", "summary", "surfaces"]
SURFACE_KEYS = ["surface", "suite", "run", "runs", "baseline_run", "baseline_week", "weeks_apart", "changed", "notes", "headline", "cases",
                "evaluated", "unscored", "passed", "pass_rate", "interval", "delta", "smallest_detectable", "paired", "verdict",
                "not_comparable", "compared_anyway", "flips", "fixed", "slid", "missing", "new", "renamed", "errors", "trend", "tail", "slices", "suspects", "rerun_plan", "suspect_priors",
                "breaks", "trend_since", "change_points", "score_change_points", "alarm", "false_alarms", "sensitivity", "score_test", "clustered"]
OF_A_WEEK = ["trend", "breaks", "trend_since", "change_points", "score_change_points", "alarm", "false_alarms", "sensitivity"]
PAIRED_KEYS = ["n", "pass_to_fail", "fail_to_pass", "diff", "interval", "p_exact", "p_worse", "p_adjusted"]
MONDAYS = ["2026-08-31", "2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28", "2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09"]


def binomial_tail(n, at_least):
    """P(X >= at_least) of n fair coins."""
    return float(Fraction(sum(math.comb(n, k) for k in range(at_least, n + 1)), 2 ** n))


def wilson(k, n, z=1.959963984540054):
    p, w = k / n, z * z / n
    half = z / (1 + w) * math.sqrt(p * (1 - p) / n + w / (4 * n))
    middle = (p + w / 2) / (1 + w)
    return [0 if k == 0 else middle - half, 1 if k == n else middle + half]


class Review(Workspace):
    maxDiff = None

    def run_lines(self, run, started_at, fails=(), count=40, errors=(), without=(), surface="a", suite="s", model="m", **more):
        """Cases c00 to cNN of one run; `fails`, `errors` and `without` are case numbers."""
        rows = []
        for i in range(count):
            if i in without:
                continue
            row = {"case": "c%02d" % i, "pass": i not in fails}
            if i in errors:
                row.update({"pass": None, "error": "timeout"})
            rows.append(row)
        return self.lines(*rows, suite=suite, surface=surface, run=run, started_at=started_at, model=model, **more)

    def take(self, *runs, **options):
        self.rondo("import", "-", stdin="".join(runs), **options)

    def review(self, *words, code=0):
        return self.rondo("review", "--json", *words, code=code).json()

    def surface(self, *words):
        surfaces = self.review(*words)["surfaces"]
        self.assertEqual(len(surfaces), 1)
        return surfaces[0]

    def codes(self, surface):
        return [note["code"] for note in surface["notes"]]

    def two_weeks(self, before=None, now=None):
        self.take(self.run_lines("before", "2026-11-02", **(before or {})), self.run_lines("now", "2026-11-09", **(now or {})))
        return self.surface()


@about_files  # of the mathematics; that both stores give the same runs, WeekRuns and the rooms' tests tell
class Shape(Review):
    def test_keys_stand_as_promised_and_in_that_order(self):
        self.take(self.run_lines("before", "2026-11-02", slice="x"), self.run_lines("now", "2026-11-09", fails=(1, 2), errors=(3,), slice="x", judge="j"))
        review = self.review()
        self.assertEqual(list(review), TOP_KEYS)
        self.assertEqual((review["week"], review["baseline_week"], review["weeks_apart"]), ("2026-W46", "2026-W45", 1))
        self.assertEqual(review["generated_at"], "2026-11-16T07:00:00Z")
        surface = review["surfaces"][0]
        self.assertEqual(list(surface), SURFACE_KEYS)
        self.assertEqual(list(surface["paired"]), PAIRED_KEYS)
        self.assertEqual(list(surface["notes"][0]), ["code", "text"])
        self.assertEqual(list(surface["flips"][0]), ["case", "from", "to", "class", "p_worse", "p_adjusted", "history", "action", "owner"])
        self.assertEqual(list(surface["flips"][0]["history"][0]), ["week", "passed", "n"])
        self.assertEqual(list(surface["errors"][0]), ["case", "kind", "reason"])
        self.assertEqual(list(surface["trend"]), ["weeks", "mann_kendall", "sen_slope_per_listed_week", "sen_slope_per_week", "verdict"])
        self.assertEqual(list(surface["trend"]["weeks"][0]), ["week", "run", "n", "passed", "pass_rate", "interval", "scored", "mean_score"])
        self.assertEqual(list(surface["trend"]["mann_kendall"]), ["n", "s", "var_s", "z", "p_normal", "p_exact", "p", "tau_b"])
        self.assertEqual(list(surface["tail"]), ["fraction", "cases", "pass_rate", "baseline_pass_rate", "ties_included", "p_worse", "stealth"])
        self.assertEqual(list(surface["tail"]["ties_included"]), ["n", "pass_rate"])
        self.assertEqual(list(surface["slices"][0]), ["slice", "n", "pass_rate", "delta", "p_exact", "p_adjusted"])
        self.assertEqual((surface["suspects"], surface["rerun_plan"]), ([], None))
        compared = self.rondo("compare", "before", "now", "--json").json()
        self.assertEqual(list(compared), [key for key in SURFACE_KEYS if key not in OF_A_WEEK])

    def test_the_first_week_of_all_has_the_same_keys(self):
        self.take(self.run_lines("now", "2026-11-09"))
        review = self.review()
        self.assertEqual((review["baseline_week"], review["weeks_apart"]), (None, None))
        surface = review["surfaces"][0]
        self.assertEqual(list(surface), SURFACE_KEYS)
        self.assertEqual(list(surface["trend"]["mann_kendall"]), ["n", "s", "var_s", "z", "p_normal", "p_exact", "p", "tau_b"])
        self.assertEqual((surface["baseline_run"], surface["delta"], surface["smallest_detectable"], surface["verdict"]), (None, None, None, "insufficient"))
        self.assertEqual(surface["paired"], {"n": 0, "pass_to_fail": 0, "fail_to_pass": 0, "diff": None, "interval": None, "p_exact": None, "p_worse": None, "p_adjusted": None})

    def test_markdown_and_the_terminal_name_the_verdict(self):
        self.two_weeks(now={"fails": range(10)})
        self.assertIn("regressed", self.rondo("review").out)
        self.assertIn("# ", self.rondo("review", "--md").out)
        self.assertIn("regressed", self.rondo("compare", "before", "now").out)

    def test_figures_worked_out_by_hand(self):
        surface = self.two_weeks(before={"fails": (0, 1, 2)}, now={"fails": (2, 3, 4, 5, 6, 7, 8)})
        n, worse, better, z = 40, 6, 2, 1.959963984540054
        self.assertEqual([surface[key] for key in ("cases", "evaluated", "unscored", "passed")], [40, 40, 0, 33])
        for got, expected in zip(surface["interval"], wilson(33, 40)):
            self.assertAlmostEqual(got, expected, 9)
        self.assertAlmostEqual(surface["delta"], 33 / 40 - 37 / 40, 12)
        paired = surface["paired"]
        self.assertEqual([paired[key] for key in ("n", "pass_to_fail", "fail_to_pass")], [n, worse, better])
        self.assertAlmostEqual(paired["p_exact"], 2 * binomial_tail(8, 6), 12)
        self.assertAlmostEqual(paired["p_worse"], binomial_tail(8, 6), 12)
        difference = (better - worse) / n
        half = z * math.sqrt(((better + worse) - (better - worse) ** 2 / n) / (n - 1) / n)
        self.assertAlmostEqual(paired["diff"], difference, 12)
        for got, expected in zip(paired["interval"], (difference - half, difference + half)):
            self.assertAlmostEqual(got, expected, 9)
        rate, power, found = (worse + better) / n, 0.8416212335729143, surface["smallest_detectable"]
        self.assertAlmostEqual((z * math.sqrt(rate) + power * math.sqrt(rate - found ** 2)) ** 2 / found ** 2, n, 5)
        self.assertEqual((surface["fixed"], [flip["case"] for flip in surface["flips"]]), (["c00", "c01"], ["c%02d" % i for i in range(3, 9)]))


@about_files  # of the mathematics; that both stores give the same runs, WeekRuns and the rooms' tests tell
class Verdicts(Review):
    def check(self, surface, verdict, code):
        self.assertEqual(surface["verdict"], verdict)
        self.rondo("review", code=0)
        self.rondo("review", "--check", code=code)

    def test_regressed(self):
        self.check(self.two_weeks(now={"fails": range(6)}), "regressed", 1)

    def test_improved(self):
        self.check(self.two_weeks(before={"fails": range(6)}), "improved", 0)

    def test_no_evidence(self):
        self.check(self.two_weeks(now={"fails": range(5)}), "no_evidence", 0)

    def test_insufficient_without_an_earlier_run(self):
        self.take(self.run_lines("now", "2026-11-09"))
        self.check(self.surface(), "insufficient", 3)

    def test_insufficient_below_ten_pairs(self):
        self.check(self.two_weeks(before={"count": 9}, now={"count": 9, "fails": range(9)}), "insufficient", 3)

    def test_ten_pairs_are_enough(self):
        self.check(self.two_weeks(before={"count": 10}, now={"count": 10, "fails": range(10)}), "regressed", 1)

    def test_not_comparable_names_the_part(self):
        for i, part in enumerate(("dataset_version", "judge", "harness_version")):
            key = "harness_rev" if part == "harness_version" else part
            self.take(self.run_lines("b%d" % i, "2026-11-02", surface=part, **{key: "1"}), self.run_lines("n%d" % i, "2026-11-09", surface=part, fails=range(20), **{key: "2"}))
        for surface in self.review()["surfaces"]:
            if surface["surface"] == "harness_version":
                continue  # the plain shape keeps harness_rev as an attribute
            self.assertEqual(surface["verdict"], "not_comparable")
            self.assertEqual(surface["not_comparable"], [{"part": surface["surface"], "from": "1", "to": "2"}])

    def test_not_comparable_is_undecided(self):
        self.check(self.two_weeks(before={"judge": "x"}, now={"judge": "y", "fails": range(20)}), "not_comparable", 3)

    def test_a_ruler_unknown_on_one_side_is_a_note(self):
        for part in ("judge", "dataset_version"):
            self.take(self.run_lines("b" + part, "2026-11-02", surface=part), self.run_lines("n" + part, "2026-11-09", surface=part, **{part: "2"}))
        for surface in self.review()["surfaces"]:
            self.assertEqual((surface["verdict"], self.codes(surface), surface["not_comparable"]), ("no_evidence", ["unknown_" + surface["surface"]], []))

    def test_another_model_or_agent_is_listed_as_changed(self):
        surface = self.two_weeks(before={"agent": "x", "prompt_version": 1}, now={"agent": "y", "prompt_version": 2, "model": "m2", "fails": (1,)})
        self.assertEqual(surface["changed"], {"model": ["m", "m2"], "agent": ["x", "y"], "prompt_version": ["1", "2"]})
        self.assertEqual(surface["verdict"], "no_evidence")

    def test_too_many_errors_could_not_be_measured(self):
        self.check(self.two_weeks(now={"errors": range(3)}), "could_not_measure", 3)

    def test_five_percent_of_errors_are_borne(self):
        self.check(self.two_weeks(now={"errors": range(2)}), "no_evidence", 0)

    def test_too_many_missing_cases_could_not_be_measured(self):
        self.check(self.two_weeks(now={"without": range(3)}), "could_not_measure", 3)

    def test_five_percent_of_missing_cases_are_borne(self):
        surface = self.two_weeks(now={"without": range(2)})
        self.check(surface, "no_evidence", 0)
        self.assertEqual(surface["missing"], ["c00", "c01"])

    def test_a_regression_outweighs_what_could_not_be_decided(self):
        self.take(self.run_lines("lone", "2026-11-09", surface="lone"))
        self.take(self.run_lines("before", "2026-11-02"), self.run_lines("now", "2026-11-09", fails=range(9)))
        self.rondo("review", "--check", code=1)
        self.rondo("review", "--check", "--surface", "lone", code=3)

    def test_corrections_are_those_of_the_week_whatever_is_shown(self):
        self.take(self.run_lines("b1", "2026-11-02"), self.run_lines("n1", "2026-11-09", fails=range(6)))
        alone = self.surface("--surface", "a")
        self.assertAlmostEqual(alone["paired"]["p_adjusted"], 0.03125, 12)
        self.assertEqual(alone["verdict"], "regressed")
        for name in "bcd":
            self.take(self.run_lines("b" + name, "2026-11-02", surface=name), self.run_lines("n" + name, "2026-11-09", surface=name))
        among = self.surface("--surface", "a")
        self.assertAlmostEqual(among["paired"]["p_exact"], 0.03125, 12)
        self.assertAlmostEqual(among["paired"]["p_adjusted"], 0.125, 12)
        self.assertEqual(among["verdict"], "no_evidence")


@about_files  # of the mathematics; that both stores give the same runs, WeekRuns and the rooms' tests tell
class Flips(Review):
    def test_pass_to_error_counts_and_has_no_class(self):
        surface = self.two_weeks(now={"fails": (1,), "errors": (2,)})
        self.assertEqual(surface["paired"]["pass_to_fail"], 2)
        failed, errored = surface["flips"]
        self.assertEqual((failed["case"], failed["to"], failed["class"], failed["p_worse"]), ("c01", "fail", "candidate", 0.5))
        self.assertEqual((errored["case"], errored["from"], errored["to"], errored["class"], errored["p_worse"], errored["p_adjusted"]), ("c02", "pass", "error", None, None, None))
        self.assertEqual(surface["errors"], [{"case": "c02", "kind": "error", "reason": "timeout"}])
        left_out = self.surface("--nulls", "exclude")
        self.assertEqual(([flip["case"] for flip in left_out["flips"]], left_out["paired"]["n"]), (["c01"], 39))
        self.assertAlmostEqual(left_out["pass_rate"], 38 / 39, 12)
        self.assertAlmostEqual(surface["pass_rate"], 38 / 40, 12)

    def test_classes(self):
        weeks = [self.run_lines("r%d" % i, day, fails=(5,) if i in (2, 4) else ()) for i, day in enumerate(MONDAYS[:-1])]
        now = self.lines(*({"case": "c%02d" % case, "trial": trial, "pass": case not in (5, 7) and (case != 9)} for case in range(40) for trial in ((1, 2, 3) if case == 7 else (1,))),
                         suite="s", surface="a", run="now", started_at=MONDAYS[-1], model="m")
        self.take(*weeks, now)
        flips = {flip["case"]: flip for flip in self.surface("--weeks", "52")["flips"]}
        self.assertEqual({case: flip["class"] for case, flip in flips.items()}, {"c05": "flaky", "c07": "confirmed", "c09": "candidate"})
        self.assertAlmostEqual(flips["c07"]["p_worse"], 1 / math.comb(13, 3), 12)
        self.assertAlmostEqual(flips["c07"]["p_adjusted"], 3 / math.comb(13, 3), 12)
        self.assertEqual(len(flips["c05"]["history"]), 10)
        self.assertEqual([week["passed"] for week in flips["c05"]["history"]], [1, 1, 0, 1, 0, 1, 1, 1, 1, 1])

    def tries(self, run, day, passed, of=3, errors=0):
        """Forty cases that pass, of which c07 passes in as many of its tries; the last ones end without a verdict."""
        seventh = [{"case": "c07", "trial": at + 1, "pass": None if at >= of - errors else at < passed} for at in range(of)]
        others = [{"case": "c%02d" % case, "trial": 1, "pass": True} for case in range(40) if case != 7]
        return self.lines(*seventh, *others, suite="s", surface="a", run=run, started_at=day, model="m")

    def test_tries_are_held_against_the_tries_of_the_weeks_before(self):
        self.take(*(self.tries("r%d" % i, day, 3) for i, day in enumerate(MONDAYS[:4])), self.tries("now", MONDAYS[4], 0))
        flip = self.surface()["flips"][0]
        self.assertEqual([(week["passed"], week["n"]) for week in flip["history"]], [(3, 3)] * 4)
        self.assertAlmostEqual(flip["p_worse"], 1 / math.comb(15, 3), 12)
        self.assertEqual(flip["class"], "confirmed")

    def test_tries_that_failed_before_make_a_case_flaky_though_it_passed_by_most(self):
        self.take(self.tries("r0", MONDAYS[0], 2), self.tries("r1", MONDAYS[1], 2), self.tries("now", MONDAYS[2], 1))
        flip = self.surface()["flips"][0]
        self.assertEqual(([(week["passed"], week["n"]) for week in flip["history"]], flip["class"]), ([(2, 3), (2, 3)], "flaky"))
        left_out = self.surface("--nulls", "exclude")["flips"][0]
        self.assertEqual(left_out["history"], flip["history"])

    def test_a_try_without_a_verdict_counts_in_the_history_as_the_rule_says(self):
        self.take(self.tries("r0", MONDAYS[0], 2, errors=1), self.tries("now", MONDAYS[1], 0))
        counted, left_out = self.surface()["flips"][0], self.surface("--nulls", "exclude")["flips"][0]
        self.assertEqual([(flip["history"][0]["passed"], flip["history"][0]["n"]) for flip in (counted, left_out)], [(2, 3), (2, 2)])

    def test_a_case_that_passes_in_fewer_of_its_tries_slid(self):
        self.take(self.tries("r0", MONDAYS[0], 3), self.tries("now", MONDAYS[1], 2))
        surface = self.surface()
        self.assertEqual((surface["flips"], surface["fixed"]), ([], []))
        self.assertEqual(surface["slid"], [{"case": "c07", "before": {"passed": 3, "n": 3}, "now": {"passed": 2, "n": 3}}])
        said = "1 case passed every try before and not every one now, without a flip: c07 2 of 3, was 3 of 3"
        self.assertIn(said, " ".join(self.rondo("review").out.split()))
        self.assertIn(said, self.rondo("review", "--md").out)
        self.assertEqual(self.rondo("compare", "r0", "now", "--json").json()["slid"], surface["slid"])

    def test_a_flip_a_rise_and_a_try_without_a_verdict_are_no_slides(self):
        self.take(self.tries("r0", MONDAYS[0], 2), self.tries("r1", MONDAYS[1], 3), self.tries("r2", MONDAYS[2], 2, errors=1),
                  self.tries("now", MONDAYS[3], 1))
        self.assertEqual([self.surface("--week", "2026-W%d" % week)["slid"] for week in (37, 38, 39)], [[], [], []])
        self.assertEqual([flip["case"] for flip in self.surface()["flips"]], ["c07"])

    def test_a_case_that_failed_now_and_then_before_did_not_slide(self):
        self.take(self.tries("r0", MONDAYS[0], 4, of=5), self.tries("now", MONDAYS[1], 3, of=5))
        self.assertEqual((self.surface()["slid"], self.surface()["flips"]), ([], []))

    def test_runs_of_several_days_are_in_the_history_and_no_slide(self):
        self.take(*(self.run_lines("r%d%d" % (week, at), day, fails=(4,) if (week, at) == (1, 0) else ())
                    for week, day in enumerate(MONDAYS[:2]) for at in range(3)))
        self.assertEqual(self.surface()["slid"], [])

    def test_a_comparison_counts_a_run_once(self):
        self.two_weeks(now={"fails": (1,)})
        flip = self.rondo("compare", "before", "now", "--json").json()["flips"][0]
        self.assertEqual(flip["p_worse"], 0.5)

    def test_missing_new_and_fixed(self):
        surface = self.two_weeks(before={"fails": (1,), "count": 39}, now={"without": (0,)})
        self.assertEqual((surface["missing"], surface["new"], surface["fixed"], surface["paired"]["n"]), (["c00"], ["c39"], ["c01"], 38))


class Renamed(Review):
    """Cases with an input each, some of them under another key in the later run."""

    def runs(self, before, now, more=()):
        """Of two lists of (key, input) beside forty that both runs hold; `more` stands in the later one."""
        kept = [("k%02d" % i, "kept %d" % i) for i in range(40)]
        for run, day, cases in (("before", "2026-11-02", kept + before), ("now", "2026-11-09", kept + now + list(more))):
            self.take(self.lines(*({"case": key, "pass": key != "failing", **({} if asked is None else {"input": asked})} for key, asked in cases),
                                 suite="s", surface="a", run=run, started_at=day))

    def lists(self):
        surface = self.surface()
        self.assertEqual([flip["case"] for flip in surface["flips"]], [])
        self.assertEqual(surface["paired"]["n"], 40)
        return surface["missing"], surface["new"], [(one["from"], one["to"]) for one in surface["renamed"]]

    def test_a_case_with_the_same_input_under_another_key_is_renamed_and_never_flips(self):
        self.runs([("old", "one"), ("gone", "two")], [("failing", "one"), ("fresh", "three")])
        self.assertEqual(self.lists(), (["gone"], ["fresh"], [("old", "failing")]))
        compared = self.rondo("compare", "before", "now", "--json").json()
        self.assertEqual((compared["renamed"], compared["missing"]), ([{"from": "old", "to": "failing"}], ["gone"]))
        self.assertIn("Renamed     1 by input, not paired: old is now failing", self.rondo("review").out)
        self.assertIn("- **Renamed:** 1 by input, not paired: old is now failing\n", self.rondo("review", "--md").out)
        self.assertIn("Renamed     1 by input, not paired: old is now failing", self.rondo("compare", "before", "now").out)
        back = self.rondo("compare", "now", "before", "--json").json()
        self.assertEqual((back["renamed"], back["missing"], back["new"]), ([{"from": "failing", "to": "old"}], ["fresh"], ["gone"]))

    def test_they_stand_by_the_name_that_is_gone(self):
        self.runs([("b", "1"), ("a", "2")], [("y", "1"), ("z", "2")])
        self.assertEqual(self.lists(), ([], [], [("a", "z"), ("b", "y")]))

    def test_an_input_that_another_case_has_too_is_no_rename(self):
        self.runs([("old", "kept 7")], [("other", "kept 7")])
        self.assertEqual(self.lists(), (["old"], ["other"], []))

    def test_two_new_cases_with_the_input_of_one_that_is_gone_are_no_rename(self):
        self.runs([("old", "one")], [("new1", "one"), ("new2", "one")])
        self.assertEqual(self.lists(), (["old"], ["new1", "new2"], []))

    def test_two_that_are_gone_with_the_input_of_one_new_case_are_no_rename(self):
        self.runs([("old1", "one"), ("old2", "one")], [("other", "one")])
        self.assertEqual(self.lists(), (["old1", "old2"], ["other"], []))

    def test_an_input_that_nobody_told_is_unknown_and_equal_to_none(self):
        self.runs([("old", None), ("empty", "")], [("other", None), ("blank", "")])
        self.assertEqual(self.lists(), (["empty", "old"], ["blank", "other"], []))

    def test_an_input_that_differs_in_a_letter_is_another_case(self):
        self.runs([("old", "one")], [("other", "One")])
        self.assertEqual(self.lists(), (["old"], ["other"], []))

    def test_too_many_renamed_cases_could_not_be_measured(self):
        self.runs([("old%d" % i, "q%d" % i) for i in range(3)], [("new%d" % i, "q%d" % i) for i in range(3)])
        surface = self.surface()
        self.assertEqual((surface["verdict"], surface["missing"], len(surface["renamed"])), ("could_not_measure", [], 3))
        self.assertIn("Could not measure: 3 of the 43 cases of the earlier run are renamed.", " ".join(self.rondo("review").out.split()))

    def test_a_case_that_comes_back_under_its_old_key_has_it_again(self):
        self.runs([("old", "one")], [("other", "one")])
        self.take(self.lines(*({"case": "k%02d" % i, "pass": True, "input": "kept %d" % i} for i in range(40)), {"case": "old", "pass": True, "input": "one"},
                             suite="s", surface="a", run="later", started_at="2026-11-16"))
        self.assertEqual(self.lists(), ([], [], [("other", "old")]))


class Direction(Review):
    """The same two weeks under a metric that is better higher, then lower: what is said of them turns round, what passed does not."""

    def told(self, *words):
        if words:
            self.rondo("surface", "set", "SUR-1", *words)
        surface = self.surface()
        return surface["headline"], surface

    def same(self, one, other):
        self.assertEqual({key: one[key] for key in one if key != "headline"}, {key: other[key] for key in other if key != "headline"})

    def test_the_headline_is_what_passes(self):
        self.two_weeks(before={"fails": (1,)}, now={"fails": tuple(range(8))})
        headline, surface = self.told()
        self.assertEqual(headline, {"metric": "pass rate", "direction": "higher", "rate": 0.8, "interval": surface["interval"],
                                    "delta": surface["delta"], "floor": None, "breached": None})
        self.assertEqual([self.told("--floor", floor)[0]["breached"] for floor in ("0.8", "0.81")], [False, True])
        self.assertIn("80.0 % (65.2 to 89.5), n = 40; down 17.5 points from 2026-W45; below the floor of 81 %", " ".join(self.rondo("review").out.split()))

    def test_where_better_is_lower_it_is_what_does_not_and_the_floor_a_ceiling(self):
        self.two_weeks(before={"fails": (1,)}, now={"fails": tuple(range(8))})
        _, before = self.told()
        headline, surface = self.told("--metric", "hallucination rate", "--direction", "lower")
        self.same(before, surface)
        self.assertEqual(surface["verdict"], "regressed")
        low, high = surface["interval"]
        self.assertEqual(headline, {"metric": "hallucination rate", "direction": "lower", "rate": 0.2, "interval": [1 - high, 1 - low],
                                    "delta": -surface["delta"], "floor": None, "breached": None})
        self.assertEqual([self.told("--floor", ceiling)[0]["breached"] for ceiling in ("0.2", "0.19")], [False, True])
        page, markdown = " ".join(self.rondo("review").out.split()), self.rondo("review", "--md").out
        words = "hallucination rate (lower is better) 20.0 % (10.5 to 34.8), n = 40; up 17.5 points from 2026-W45; above the ceiling of 19 %"
        self.assertIn("Headline " + words, page)
        self.assertIn("- **Headline:** " + words, markdown)
        self.assertIn("Regressed: a at hallucination rate 20.0 % of 40, up 17.5 points, above its ceiling of 19 %: 7 cases now fail", page)
        self.assertNotIn("floor", page)
        self.assertEqual(self.rondo("compare", "before", "now", "--json").json()["headline"]["rate"], 0.2)

    def test_a_week_that_is_better_is_better_in_both_directions(self):
        self.two_weeks(before={"fails": tuple(range(9))}, now={"fails": (1,)})
        self.assertEqual(self.told("--direction", "lower", "--floor", "0.1")[1]["verdict"], "improved")
        page = " ".join(self.rondo("review").out.split())
        self.assertIn("Improved: a at pass rate 2.5 % of 40, down 20 points: 8 cases now pass", page)
        self.assertIn("; ceiling 10 %", page)

    def test_too_few_cases_breach_nothing(self):
        self.two_weeks(before={"count": 9}, now={"count": 9, "fails": tuple(range(5))})
        self.assertIsNone(self.told("--direction", "lower", "--floor", "0.1")[0]["breached"])
        self.assertIsNone(self.told("--direction", "higher", "--floor", "0.9")[0]["breached"])

    def test_another_direction_than_these_two_is_refused(self):
        self.two_weeks()
        refused = self.rondo("surface", "set", "SUR-1", "--direction", "sideways", code=2)
        self.assertIn("takes one of higher, lower, not 'sideways'", refused.err)
        self.rondo("surface", "set", "SUR-1", "--floor", "1.1", code=2)
        self.assertEqual(self.told()[0]["direction"], "higher")


class WeekRuns(Review):
    def three(self):
        self.take(self.run_lines("base", "2026-11-02"),
                  self.run_lines("mon", "2026-11-09T07:00:00Z", fails=(0, 1)),
                  self.run_lines("tue", "2026-11-10T07:00:00Z", fails=(1,), model="m2"),
                  self.run_lines("wed", "2026-11-11T07:00:00Z", fails=(2, 1)))

    def test_last_best_and_majority(self):
        self.three()
        last, best, majority = self.surface(), self.surface("--week-run", "best"), self.surface("--week-run", "majority")
        self.assertEqual((last["run"], best["run"], majority["run"]), ("wed", "tue", None))
        self.assertEqual(last["runs"], ["mon", "tue", "wed"])
        self.assertEqual(([flip["case"] for flip in majority["flips"]], majority["passed"], majority["baseline_run"]), (["c01"], 39, None))
        self.assertIn("mixed_models", self.codes(last))
        one = self.surface("--model", "m")
        self.assertEqual((one["runs"], "mixed_models" in self.codes(one)), (["mon", "wed"], False))
        self.assertEqual(self.surface("--model", "M")["runs"], ["mon", "wed"])  # another spelling
        self.assertEqual(self.run_rondo("review", "--model", "ours").code, 2)
        self.rondo("model-alias", "add", "--alias", "ours", "--model", "m")
        self.assertEqual(self.surface("--model", "ours")["runs"], ["mon", "wed"])

    def test_ties(self):
        self.take(*(self.run_lines(name, "2026-11-09T07:00:00Z", fails=(i,)) for i, name in enumerate(("b", "a", "c"))), self.run_lines("d", "2026-11-09T06:00:00Z", fails=(3,)))
        self.assertEqual(self.surface()["run"], "c")
        self.assertEqual(self.surface("--week-run", "best")["run"], "d")
        tied = self.lines({"case": "x", "pass": True}, suite="s", surface="a", run="e", started_at="2026-11-09T06:30:00Z") + self.lines({"case": "x", "pass": False}, suite="s", surface="a", run="f", started_at="2026-11-09T06:30:00Z")
        self.take(tied)
        majority = self.surface("--week-run", "majority")
        self.assertEqual((majority["cases"], majority["passed"]), (41, 40))

    def test_a_majority_is_of_those_runs_that_count(self):
        """c00 passed once and broke twice: against it where that counts as not passed, no word about it where it does not."""
        self.take(self.run_lines("base", "2026-11-02"), self.run_lines("mon", "2026-11-09T07:00:00Z"),
                  self.run_lines("tue", "2026-11-10T07:00:00Z", errors=(0,)), self.run_lines("wed", "2026-11-11T07:00:00Z", errors=(0,), fails=(1,)))
        fail, exclude = (self.surface("--week-run", "majority", "--nulls", nulls) for nulls in ("fail", "exclude"))
        self.assertEqual(([flip["case"] for flip in fail["flips"]], fail["passed"], fail["cases"], fail["unscored"]), (["c00"], 39, 40, 0))
        self.assertEqual(([flip["case"] for flip in exclude["flips"]], exclude["passed"], exclude["paired"]["n"]), ([], 40, 40))

    def test_slices_of_a_majority_are_of_all_its_runs(self):
        """Ten cases in each of three runs, of which the second brings two more: each counts once, as it ended in most of its runs."""
        def run(name, day, first, count, tag, fails):
            return self.lines(*({"case": "c%02d" % i, "pass": i not in fails, "slice": "even" if i % 2 == 0 else "odd", "tags": [tag]}
                                for i in range(first, first + count)), suite="s", surface="a", model="m", run=name, started_at=day)
        self.take(run("base", "2026-11-02", 0, 12, "x", ()), run("mon", "2026-11-09T07:00:00Z", 0, 10, "early", (0, 1)),
                  run("tue", "2026-11-10T07:00:00Z", 0, 12, "x", (0, 3, 10)), run("wed", "2026-11-11T07:00:00Z", 0, 10, "late", (0, 5)))
        read = lambda *words: {one["slice"]: (one["n"], round(one["n"] * one["pass_rate"]), one["delta"]) for one in self.surface(*words)["slices"]}
        # By hand: c00 failed in three runs and c10 in its only one; c01, c03 and c05 in one of three each.
        self.assertEqual(read("--week-run", "majority"), {"early": (10, 9, -0.1), "even": (6, 4, -2 / 6), "late": (10, 9, -0.1),
                                                          "odd": (6, 6, 0), "x": (12, 10, -2 / 12)})
        self.assertEqual(read(), {"even": (5, 4, -0.2), "odd": (5, 4, -0.2), "late": (10, 8, -0.2)})
        surface = self.surface("--week-run", "majority")
        self.assertEqual((surface["cases"], surface["passed"], round(surface["delta"], 12)), (12, 10, round(-2 / 12, 12)))
        alone = self.rondo("compare", "base", "mon", "--json").json()["slices"]
        self.assertEqual([(one["slice"], one["n"]) for one in alone], [("early", 10), ("even", 5), ("odd", 5)])

    def test_best_of_equal_rate_and_start_is_the_smaller_name(self):
        self.take(*(self.run_lines(name, "2026-11-09T07:00:00Z", fails=(i,)) for i, name in enumerate(("b", "a", "B"))))
        self.assertEqual(self.surface("--week-run", "best")["run"], "B")

    def test_each_surface_has_its_own_baseline(self):
        self.take(self.run_lines("a1", "2026-10-19"), self.run_lines("a2", "2026-11-09"), self.run_lines("b1", "2026-11-02", surface="b"), self.run_lines("b2", "2026-11-09", surface="b"))
        review = self.review()
        self.assertEqual((review["baseline_week"], review["weeks_apart"]), ("2026-W45", 1))
        self.assertEqual({surface["surface"]: (surface["baseline_week"], surface["weeks_apart"]) for surface in review["surfaces"]}, {"a": ("2026-W43", 3), "b": ("2026-W45", 1)})

    def test_the_week_asked_for(self):
        self.take(self.run_lines("a1", "2026-11-02"), self.run_lines("a2", "2026-11-09"), self.run_lines("b1", "2026-11-02", surface="b"))
        self.assertEqual([surface["surface"] for surface in self.review()["surfaces"]], ["a"])
        self.assertEqual(self.review("--week", "2026-W45")["baseline_week"], None)
        self.assertEqual(self.review("--surface", "b")["week"], "2026-W45")
        for words, said in ((("--week", "2026-W20"), "2026-W46"), (("--week", "2026-W46", "--surface", "b"), "2026-W45"), (("--surface", "nope"), "nope"),
                            (("--week", "2026-W54"), "2026-W54"), (("--week", "today"), "today"), (("--model", "none"), "none"), (("--weeks", "0"), "520"),
                            (("--weeks", "521"), "520"), (("--week-run", "first"), "majority"), (("--nulls", "maybe"), "exclude")):
            answer = self.rondo("review", *words, code=2)
            self.assertIn(said, answer.err)
            self.assertEqual((answer.out, answer.err.count("\n")), ("", 1))

    def test_weeks_are_those_of_the_teams_zone(self):
        late = "2026-11-09T04:30:00Z"  # Sunday 23:30 in New York
        self.take(self.run_lines("late", late))
        self.assertEqual(self.review()["week"], "2026-W46")
        self.rondo("team", "add", "--name", "East", "--zone", "America/New_York")
        self.rondo("surface", "set", "a", "--team", "East")
        self.assertEqual(self.review()["week"], "2026-W45")

    def test_weeks_are_those_of_the_workspace_without_a_team(self):
        self.rondo("init", "--zone", "America/New_York")
        self.take(self.run_lines("late", "2026-11-09T04:30:00Z"))
        self.assertEqual(self.review()["week"], "2026-W45")

    def test_partial_runs_are_never_chosen(self):
        self.take(self.run_lines("good", "2026-11-09"))
        self.take(self.run_lines("bad", "2026-11-10") + '{"suite":"s","surface":"a","run":"bad","case":\n', code=1)
        surface = self.surface("--week-run", "best")
        self.assertEqual((surface["run"], surface["runs"]), ("good", ["good"]))
        self.assertIn("left_out", self.codes(surface))
        self.assertNotIn("partial", surface["trend"]["weeks"][0])

    def test_partial_runs_stand_where_somebody_asks_for_them(self):
        self.take(self.run_lines("good", "2026-11-02"))
        self.take(self.run_lines("cut", "2026-11-09") + '{"suite":"s","surface":"a","run":"cut","case":\n', code=1)
        self.assertEqual(self.review()["week"], "2026-W45")
        surface = self.surface("--with-partial")
        self.assertEqual((surface["run"], surface["baseline_run"]), ("cut", "good"))
        self.assertIn("run 'cut' is partial", [note["text"] for note in surface["notes"]])
        self.assertEqual([week.get("partial", False) for week in surface["trend"]["weeks"]], [False, True])
        self.assertIn("1 of the weeks stands on runs that were cut", " ".join(
            self.rondo("review", "--with-partial").out.split()))

    def test_an_opened_review_is_one_of_complete_runs(self):
        self.take(self.run_lines("good", "2026-11-02"))
        refused = self.rondo("review", "--open", "--with-partial", code=2)
        self.assertIn("leave out --with-partial", refused.err)

    def test_the_suite_says_how_missing_verdicts_count(self):
        self.two_weeks(now={"errors": (1,)})
        self.rondo("suite", "set", "s", "--nulls", "exclude")
        self.assertEqual(self.surface()["pass_rate"], 1)
        self.assertEqual(self.surface("--nulls", "fail")["pass_rate"], 39 / 40)

    def test_both_rates_are_noted_where_they_differ_much(self):
        surface = self.two_weeks(now={"errors": range(12)})
        self.assertIn("rates_differ", self.codes(surface))
        self.assertEqual((surface["evaluated"], surface["unscored"]), (28, 12))


@about_files  # of the mathematics; that both stores give the same runs, WeekRuns and the rooms' tests tell
class Windows(Review):
    def weeks(self, fails, days=MONDAYS):
        self.take(*(self.run_lines("r" + day, day, fails=range(count)) for day, count in zip(days, fails)))

    def test_four_weeks_are_too_few(self):
        self.weeks([0, 1, 2, 3])
        self.assertEqual(self.surface()["trend"]["verdict"], "too_few_weeks")

    def test_five_falling_weeks(self):
        self.weeks([0, 1, 2, 3, 4])
        trend = self.surface()["trend"]
        self.assertEqual((trend["verdict"], trend["mann_kendall"]["s"], trend["mann_kendall"]["tau_b"]), ("falling", -10, -1))
        self.assertAlmostEqual(trend["mann_kendall"]["p_exact"], 2 / 120, 12)
        self.assertAlmostEqual(trend["sen_slope_per_week"], -1 / 40, 12)

    def test_rising_and_none(self):
        self.weeks([5, 4, 3, 2, 1])
        self.assertEqual(self.surface()["trend"]["verdict"], "rising")
        self.weeks([1, 2, 1, 2, 1], MONDAYS[6:])
        self.assertEqual(self.surface("--weeks", "5")["trend"]["verdict"], "no_trend")

    def test_gaps_are_left_out_and_tell_the_slopes_apart(self):
        self.weeks([0, 1, 2, 3, 4], [MONDAYS[i] for i in (0, 2, 4, 6, 8)])
        trend = self.surface()["trend"]
        self.assertEqual([week["week"] for week in trend["weeks"]], ["2026-W36", "2026-W38", "2026-W40", "2026-W42", "2026-W44"])
        self.assertAlmostEqual(trend["sen_slope_per_listed_week"], -1 / 40, 12)
        self.assertAlmostEqual(trend["sen_slope_per_week"], -1 / 80, 12)

    def test_a_trend_that_is_none_names_its_slope_too(self):
        fails = [4, 3, 2, 3, 2, 2]
        self.take(*(self.run_lines("r%d" % i, day, fails=range(few)) for i, (day, few) in enumerate(zip(MONDAYS, fails))))
        trend = self.surface()["trend"]
        self.assertEqual(trend["verdict"], "no_trend")
        self.assertAlmostEqual(trend["sen_slope_per_listed_week"], 1 / 120, 12)
        said = "no evidence of a trend, slope %s points a listed week, Mann-Kendall"
        self.assertIn(said % "+0.8", " ".join(self.rondo("review").out.split()))
        self.rondo("surface", "set", "a", "--metric", "hallucination rate", "--direction", "lower")
        self.assertIn(said % "-0.8", " ".join(self.rondo("review").out.split()))

    def test_the_window_bounds_the_trend_and_the_tails_history(self):
        self.take(self.run_lines("old", MONDAYS[0], fails=(30, 31, 32, 33)), *(self.run_lines("r%d" % i, MONDAYS[i]) for i in (8, 9, 10)))
        self.assertEqual(len(self.surface("--weeks", "11")["trend"]["weeks"]), 4)
        self.assertEqual(self.surface("--weeks", "11")["tail"]["cases"], ["c30", "c31", "c32", "c33"])
        self.assertEqual(len(self.surface("--weeks", "10")["trend"]["weeks"]), 3)
        self.assertEqual(self.surface("--weeks", "10")["tail"]["cases"], ["c00", "c01", "c02", "c03"])
        self.assertEqual(self.surface("--weeks", "1")["tail"]["cases"], [])
        self.assertEqual(len(self.surface("--weeks", "520")["trend"]["weeks"]), 4)

    def test_ties_of_the_tail_are_told(self):
        self.take(self.run_lines("old", MONDAYS[0], fails=(10, 11, 12, 13, 14, 15)), self.run_lines("now", MONDAYS[1], fails=(15,)))
        tail = self.surface()["tail"]
        self.assertEqual((tail["cases"], tail["fraction"]), (["c10", "c11", "c12", "c13"], 0.1))
        self.assertEqual(tail["ties_included"], {"n": 6, "pass_rate": 5 / 6})
        self.assertIsNone(tail["stealth"])

    def stealth(self, now_fails):
        hard = range(10)
        self.take(self.run_lines("old", MONDAYS[0], fails=hard, count=100), self.run_lines("base", MONDAYS[1], fails=range(20, 30), count=100),
                  self.run_lines("now", MONDAYS[2], fails=now_fails, count=100))
        return self.surface()

    def test_a_stealth_problem(self):
        surface = self.stealth(list(range(6)) + [24, 25])
        self.assertEqual((surface["verdict"], surface["tail"]["stealth"], len(surface["tail"]["cases"])), ("no_evidence", True, 10))
        self.assertAlmostEqual(surface["tail"]["p_worse"], 2 ** -6, 12)

    def test_no_stealth_problem(self):
        self.assertIs(self.stealth([0, 1])["tail"]["stealth"], False)

    def test_an_open_regression_is_no_stealth(self):
        surface = self.stealth(range(30))
        self.assertEqual((surface["verdict"], surface["tail"]["stealth"]), ("regressed", False))

    def test_small_slices_have_no_p(self):
        small = self.lines(*({"case": "s%d" % i, "pass": True, "slice": "small"} for i in range(9)), suite="s", surface="a", model="m", run="now", started_at=MONDAYS[1])
        before = small.replace('"now"', '"before"').replace(MONDAYS[1], MONDAYS[0])
        self.take(before + self.run_lines("before", MONDAYS[0], slice="big"), small + self.run_lines("now", MONDAYS[1], slice="big", fails=range(6)))
        big, little = self.surface()["slices"]
        self.assertEqual((big["slice"], big["n"], big["p_exact"]), ("big", 40, big["p_adjusted"]))
        self.assertAlmostEqual(big["p_exact"], 0.03125, 12)
        self.assertAlmostEqual(big["delta"], -6 / 40, 12)
        self.assertEqual((little["slice"], little["n"], little["p_exact"], little["p_adjusted"]), ("small", 9, None, None))


@about_files  # of the mathematics; that both stores give the same runs, WeekRuns and the rooms' tests tell
class Compare(Review):
    def test_by_name_and_by_id(self):
        self.two_weeks(now={"fails": range(7)})
        by_name, by_id = (self.rondo("compare", *pair, "--json").json() for pair in (("before", "now"), ("RUN-1", "RUN-2")))
        self.assertEqual(by_name, by_id)
        self.assertEqual((by_name["run"], by_name["baseline_run"], by_name["verdict"]), ("now", "before", "regressed"))
        self.assertEqual(self.rondo("compare", "now", "before", "--json").json()["verdict"], "improved")

    def test_a_name_in_several_surfaces_is_refused_naming_them(self):
        self.take(self.run_lines("same", "2026-11-09", surface="x"), self.run_lines("same", "2026-11-09", surface="y"), self.run_lines("one", "2026-11-02", surface="x"))
        answer = self.rondo("compare", "one", "same", code=2)
        self.assertIn("'x'", answer.err)
        self.assertIn("'y'", answer.err)
        self.rondo("compare", "one", "RUN-1")

    def test_what_cannot_be_compared(self):
        self.take(self.run_lines("a", "2026-11-09"), self.run_lines("b", "2026-11-09", suite="other"))
        self.assertIn("different suites", self.rondo("compare", "a", "b", code=2).err)
        self.assertIn("'c'", self.rondo("compare", "a", "c", code=2).err)
        self.rondo("compare", "a", code=2)
        self.rondo("compare", "a", "b", "c", code=2)

    def test_two_surfaces_of_a_suite_are_comparable(self):
        self.take(self.run_lines("a", "2026-11-09"), self.run_lines("b", "2026-11-09", surface="other", fails=range(8)))
        self.assertEqual(self.rondo("compare", "a", "b", "--json").json()["verdict"], "regressed")

    def test_undated_runs_are_comparable(self):
        self.take(self.run_lines("a", None), self.run_lines("b", None, fails=range(8)))
        answer = self.rondo("compare", "a", "b", "--json").json()
        self.assertEqual((answer["verdict"], answer["baseline_week"], answer["weeks_apart"]), ("regressed", None, None))
        self.rondo("compare", "a", "b")

    def test_the_same_run_twice_shows_no_change(self):
        self.take(self.run_lines("a", "2026-11-09"))
        answer = self.rondo("compare", "a", "a", "--json").json()
        self.assertEqual((answer["verdict"], answer["paired"]["p_exact"]), ("no_evidence", 1))

    def test_nulls(self):
        self.two_weeks(now={"errors": (1,)})
        self.assertEqual(self.rondo("compare", "before", "now", "--nulls", "exclude", "--json").json()["paired"]["n"], 39)
        self.assertEqual(self.rondo("compare", "before", "now", "--nulls", "fail", "--json").json()["paired"]["n"], 40)


class Processors(Review):
    """Many surfaces are reviewed by several threads, where there are several processors."""

    def test_one_and_all_give_the_same_review(self):
        surfaces = ["surface-%02d" % i for i in range(40)]
        self.take(*(self.run_lines("%s-%s" % (surface, monday), monday, surface=surface, suite="suite-%d" % (i % 3),
                                   fails=[case for case in range(20) if (case * 7 + i * 3 + week) % 5 == 0], count=20)
                    for i, surface in enumerate(surfaces) for week, monday in enumerate(MONDAYS[-4:])))
        for words in ((), ("--week-run", "majority"), ("--surface", "surface-07")):
            whole = self.rondo("review", "--json", *words).out
            first = min(os.sched_getaffinity(0))
            alone = self.rondo("review", "--json", *words, preexec_fn=lambda: os.sched_setaffinity(0, [first])).out
            self.assertEqual(alone, whole)
        self.assertEqual(len(self.review()["surfaces"]), len(surfaces))


if __name__ == "__main__":
    unittest.main()
