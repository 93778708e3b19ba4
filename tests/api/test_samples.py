"""Real eval results against answers computed elsewhere. Needs RONDO_SAMPLES, a folder with data/ and vectors/."""
import gzip
import json
import os
import unittest

from workspace import Workspace

SAMPLES = os.environ.get("RONDO_SAMPLES")


def load(name):
    with open(os.path.join(SAMPLES, "data", name), encoding="utf-8") as file:
        return json.load(file)


class WithoutSamples(unittest.TestCase):
    def test_says_when_the_samples_are_not_there(self):
        if not SAMPLES:
            print("NOT RUN: the comparison with real results needs RONDO_SAMPLES=FOLDER (with data/ and vectors/)")
        else:
            self.assertTrue(os.path.isdir(os.path.join(SAMPLES, "data")), "RONDO_SAMPLES has no folder data/")


@unittest.skipUnless(SAMPLES, "RONDO_SAMPLES is not set")
class Samples(Workspace):
    maxDiff = None

    def near(self, got, expected, what):
        self.assertIsNotNone(got, what)
        self.assertAlmostEqual(got, expected, delta=1.5e-6, msg=what)

    def review(self, week):
        answer = self.rondo("review", "--week", week, "--week-run", "best", "--nulls", "fail", "--json").json()
        self.assertEqual(len(answer["surfaces"]), 1)
        self.assertEqual(answer["week"], week)
        return answer, answer["surfaces"][0]

    def check_headline(self, surface, week):
        self.assertEqual(surface["run"], week["best_run"])
        self.assertEqual(len(surface["runs"]), week["runs_in_week"])
        self.assertEqual(surface["cases"], week["cases"])
        self.assertEqual(surface["passed"], week["passed"])
        self.assertEqual(surface["unscored"], week["unscored"])
        self.near(surface["pass_rate"], week["pass_rate"], "pass rate")
        for got, expected in zip(surface["interval"], week["wilson95"]):
            self.near(got, expected, "interval")

    def check_previous(self, answer, surface, before):
        self.assertEqual(surface["baseline_run"], before["run"])
        self.assertEqual(surface["baseline_week"], before["week"])
        self.assertEqual(answer["baseline_week"], before["week"])
        self.assertEqual(surface["weeks_apart"], before["weeks_apart"])
        self.assertEqual(surface["paired"]["n"], before["paired_cases"])
        self.assertEqual(surface["paired"]["pass_to_fail"], before["n_pass_to_fail"])
        self.assertEqual(surface["paired"]["fail_to_pass"], before["n_fail_to_pass"])
        self.near(surface["paired"]["p_exact"], before["mcnemar_exact_p"], "McNemar")
        self.assertEqual([flip["case"] for flip in surface["flips"]], before["pass_to_fail"])
        self.assertEqual(surface["fixed"], before["fail_to_pass"])
        self.assertEqual(surface["missing"], before["only_in_previous"])
        self.assertEqual(surface["new"], before["only_in_current"])
        self.assertEqual(surface["changed"], before["changed"])

    def check_tail(self, surface, week):
        tail, hardest, tied = surface["tail"], week["hardest10"], week["hardest10_ties_included"]
        self.assertEqual(tail["cases"], hardest["cases"])
        self.near(tail["pass_rate"], hardest["pass_rate_of_best"], "tail")
        self.assertEqual(tail["ties_included"]["n"], tied["n"])
        self.near(tail["ties_included"]["pass_rate"], tied["pass_rate_of_best"], "tail with ties")

    def check_trend(self, surface, expected):
        got = surface["trend"]["mann_kendall"]
        self.assertEqual(got["n"], expected["n"])
        self.assertEqual(got["s"], expected["S"])
        self.near(got["var_s"], expected["var_S"], "variance of S")
        self.near(got["z"], expected["z"], "z")
        self.near(got["p_normal"], expected["p_two_sided"], "p")
        self.near(got["tau_b"], expected["kendall_tau_b"], "tau b")
        self.near(surface["trend"]["sen_slope_per_listed_week"], expected["sen_slope_per_listed_week"], "slope")

    def check(self, expected):
        self.assertGreater(len(expected["weeks"]), 2)
        for week in expected["weeks"]:
            with self.subTest(week=week["week"]):
                answer, surface = self.review(week["week"])
                self.check_headline(surface, week)
                if "vs_previous" in week:
                    self.check_previous(answer, surface, week["vs_previous"])
                if "hardest10" in week:
                    self.check_tail(surface, week)
        self.check_trend(self.review(expected["weeks"][-1]["week"])[1], expected["trend_mann_kendall_weekly_best"])

    def test_swe_bench_lite_as_computed_elsewhere(self):
        self.initialise()
        report = self.rondo("import", os.path.join(SAMPLES, "data", "swe_bench_lite.jsonl.gz"), "--json").json()
        self.assertEqual(len(report["runs"]["new"]), 10)
        self.check(load("expected_swe_bench_lite.json"))

    def test_terminal_bench_without_trials_as_computed_elsewhere(self):
        with gzip.open(os.path.join(SAMPLES, "data", "terminal_bench_core_part.jsonl.gz"), "rt", encoding="utf-8") as file:
            kept = [line for line in file if "trial" not in json.loads(line)]
        self.initialise()
        self.rondo("import", self.file("terminal.jsonl", "".join(kept)))
        self.check(load("expected_terminal_bench_part.json"))

    def test_every_plain_sample_comes_in_whole(self):
        for name, results in (("alpaca_eval_part", 10459), ("tau_bench_airline", 200), ("terminal_bench_core_part", 1600)):
            with self.subTest(file=name):
                path = os.path.join(SAMPLES, "data", name + ".jsonl.gz")
                report = self.rondo("import", path, "--json").json()
                self.assertEqual(report["files"][0]["results"], results)
                again = self.rondo("import", path, "--json").json()
                self.assertEqual(again["runs"]["new"], [])
                self.assertEqual(len(again["runs"]["unchanged"]), len(report["runs"]["new"]))


if __name__ == "__main__":
    unittest.main()
