"""What stands beside the verdict: alarm, change points, breaks, scores, false alarms; each with a neighbour where it must be silent."""
import json
import math
import random
import sqlite3
import statistics
import unittest
from contextlib import closing

from test_review import MONDAYS, Review as Fixture
from workspace import about_files

NOW = MONDAYS[-1]


class Statistics(Fixture):
    def weeks(self, fails, days=None, **more):
        """A run a week, of which as many cases fail; `more` by week number."""
        days = days or MONDAYS[-len(fails):]
        self.take(*(self.run_lines("r%d" % i, day + "T07:00:00Z", fails=range(count), **more.get("w%d" % i, {})) for i, (day, count) in enumerate(zip(days, fails))))

    def again(self, hour, fails, **more):
        self.take(self.run_lines("again%d" % hour, "%sT%02d:00:00Z" % (NOW, hour), fails=fails, **more))


@about_files  # of the mathematics; that both stores give the same runs the rooms' tests tell
class Alarm(Statistics):
    def alarm(self, *words):
        return self.surface(*words)["alarm"]

    def test_a_fall_is_unconfirmed_until_a_second_run_falls_as_well(self):
        self.weeks([0, 0, 0, 12])
        alarm = self.alarm()
        self.assertEqual((alarm["state"], alarm["run"], alarm["baseline_run"], alarm["confirmed_by"]), ("unconfirmed", "r3", "r0", None))
        self.assertEqual((alarm["n"], alarm["pass_to_fail"], alarm["fail_to_pass"], alarm["effect"]), (40, 12, 0, -0.3))
        self.assertAlmostEqual(alarm["log_e"], math.log(2 ** 12 / 13), 9)
        self.assertAlmostEqual(alarm["p"], 13 / 2 ** 12, 12)
        self.again(9, range(12))
        alarm = self.alarm()
        self.assertEqual((alarm["state"], alarm["run"], alarm["confirmed_by"]), ("confirmed", "r3", "again9"))
        self.assertEqual((alarm["alpha"], alarm["false_alarm_rate"], alarm["effect_floor"]), (0.05, 0.025, 0.02))
        said = self.rondo("review").out
        self.assertIn("CONFIRMED", said)
        self.assertIn("1 look of 40", " ".join(said.split()))
        self.assertIn("CONFIRMED", self.rondo("review", "--md").out)

    def test_a_second_run_that_did_not_fall_refutes_it(self):
        self.weeks([0, 0, 0, 12])
        self.again(9, (1,))
        alarm = self.alarm()
        self.assertEqual((alarm["state"], alarm["refuted"], alarm["run"]), ("none", "r3", "again9"))

    def test_a_run_of_another_model_or_of_another_week_confirms_nothing(self):
        self.weeks([0, 0, 12, 12])
        self.assertEqual(self.alarm()["state"], "unconfirmed")
        self.take(self.run_lines("other", NOW + "T06:00:00Z", fails=range(12), model="m2"))
        self.assertEqual(self.alarm()["state"], "unconfirmed")

    def test_a_copy_confirms_nothing_until_somebody_says_that_it_was_measured_anew(self):
        """Nor is it a try of a flip, a repeat of the suite or a voice of a majority."""
        def told():
            surface = self.surface()
            return (surface["alarm"]["state"], surface["false_alarms"]["n"], "copies" in self.codes(surface),
                    self.surface("--week-run", "majority")["passed"])
        self.weeks([0, 0, 0, 12], w3={"score": 0.71})
        self.take(*(self.run_lines("other%d" % i, NOW + "T06:00:00Z", model="m2", note=i) for i in (1, 2)))
        self.assertEqual(told(), ("unconfirmed", 1, False, 40))
        for hour in (9, 10):
            self.again(hour, range(12), score=0.71)
        self.assertEqual(told(), ("unconfirmed", 1, True, 40))
        self.assertIn("counts as no rerun", " ".join(self.rondo("review").out.split()))
        self.assertEqual({flip["class"] for flip in self.surface()["flips"]}, {"candidate"})
        self.rondo("eval-run", "set", "again9", "--is-rerun", "yes")
        self.assertEqual(told(), ("confirmed", 2, True, 28))
        self.rondo("eval-run", "set", "again10", "--is-rerun", "yes")
        self.assertEqual(told(), ("confirmed", 3, False, 28))
        self.rondo("eval-run", "set", "again9", "again10", "--is-rerun", "no")
        self.assertEqual(told(), ("unconfirmed", 1, True, 40))
        self.again(11, range(12), score=0.72)  # a score that is another: a run of its own
        self.assertEqual(told()[:2], ("confirmed", 2))
        self.rondo("eval-run", "drop", "again11")
        self.rondo("eval-run", "drop", "r3")  # what it was a copy of is gone: the first is the run, the second its copy
        self.assertEqual(told(), ("unconfirmed", 1, True, 40))

    def test_verdicts_alone_that_are_alike_count_until_somebody_says_that_they_are_a_copy(self):
        self.weeks([0, 0, 0, 12])
        self.again(9, range(12))
        self.assertEqual(self.alarm()["state"], "confirmed")
        self.rondo("eval-run", "set", "again9", "--is-rerun", "no")
        self.assertEqual(self.alarm()["state"], "unconfirmed")
        refused = self.run_rondo("eval-run", "set", "r3", "--is-rerun", "yes")
        self.assertEqual(refused.code, 2)
        self.assertIn("no earlier run has the results of 'r3'", refused.err)

    def test_a_copy_of_an_earlier_week_adds_nothing_to_a_flips_history(self):
        self.take(self.run_lines("r0", MONDAYS[-4], fails=(1,), score=0.7), self.run_lines("r1", MONDAYS[-3], fails=(1,), score=0.7),
                  self.run_lines("r2", MONDAYS[-2], score=0.8), self.run_lines("r3", NOW, fails=(1,), score=0.9))
        flip = self.surface()["flips"][0]
        self.assertEqual(([week["passed"] for week in flip["history"]], flip["class"]), ([0, 1], "candidate"))
        self.rondo("eval-run", "set", "r1", "--is-rerun", "yes")
        flip = self.surface()["flips"][0]
        self.assertEqual(([week["passed"] for week in flip["history"]], flip["class"]), ([0, 0, 1], "flaky"))

    def test_seven_one_sided_flips_are_not_enough_and_eight_are(self):
        for count, state in ((7, "none"), (8, "unconfirmed")):
            self.take(self.run_lines("b%d" % count, MONDAYS[-2], surface="s%d" % count), self.run_lines("n%d" % count, NOW, surface="s%d" % count, fails=range(count)))
        self.assertEqual({s["surface"]: s["alarm"]["state"] for s in self.review()["surfaces"]}, {"s7": "none", "s8": "unconfirmed"})

    def test_a_fall_below_the_effect_floor_raises_none(self):
        self.weeks([0, 0, 0, 12])
        self.rondo("suite", "set", "s", "--effect-floor", "0.31")
        self.assertEqual(self.alarm()["state"], "none")
        self.rondo("suite", "set", "s", "--effect-floor", "0.3")
        self.assertEqual((self.alarm()["state"], self.alarm()["effect_floor"]), ("unconfirmed", 0.3))
        self.rondo("suite", "set", "s", "--effect-floor", "1.1", code=2)

    def test_a_rise_is_no_alarm_and_is_the_next_baseline(self):
        self.weeks([12, 12, 12, 0])
        self.assertEqual(self.alarm()["state"], "none")

    def test_after_a_rise_the_fall_back_is_one(self):
        self.weeks([12, 0, 0, 12])
        alarm = self.alarm()
        self.assertEqual((alarm["state"], alarm["baseline_run"]), ("unconfirmed", "r2"))

    def test_a_slow_slide_adds_up_against_the_frozen_baseline(self):
        self.weeks([0, 2, 4, 6, 8])
        surface = self.surface()
        self.assertEqual((surface["verdict"], surface["alarm"]["state"], surface["alarm"]["baseline_run"]), ("no_evidence", "unconfirmed", "r0"))

    def test_a_confirmed_alarm_starts_anew(self):
        self.weeks([0, 0, 12, 12])
        self.take(self.run_lines("again", MONDAYS[-2] + "T09:00:00Z", fails=range(12)))
        alarm = self.alarm()
        self.assertEqual((alarm["state"], alarm["baseline_run"]), ("none", "again"))
        self.assertEqual(self.alarm("--week", "2026-W45")["state"], "confirmed")

    def test_what_could_not_be_measured_says_why(self):
        self.take(self.run_lines("lone", NOW, surface="lone"))
        self.take(*(self.run_lines("e%d" % i, day, surface="errors", errors=range(3 * i)) for i, day in enumerate(MONDAYS[-2:])))
        self.take(*(self.run_lines("t%d" % i, day, surface="bear", errors=range(2 * i)) for i, day in enumerate(MONDAYS[-2:])))
        self.take(*(self.run_lines("j%d" % i, day, surface="judge", judge="j%d" % i) for i, day in enumerate(MONDAYS[-2:])))
        self.take(*(self.run_lines("f%d" % i, day, surface="few", count=9) for i, day in enumerate(MONDAYS[-2:])))
        alarms = {s["surface"]: s["alarm"] for s in self.review()["surfaces"]}
        self.assertEqual({name: alarm["state"] for name, alarm in alarms.items()}, {name: "none" if name == "bear" else "could_not_measure" for name in alarms})
        self.assertIsNone(alarms["bear"]["reason"])
        for name, said in (("lone", "no earlier week"), ("errors", "3 of 40 cases"), ("judge", "judge changed this week from 'j0' to 'j1'"), ("few", "no earlier week")):
            self.assertIn(said, alarms[name]["reason"])


@about_files
class Levels(Statistics):
    def test_a_step_is_found_between_its_runs(self):
        self.weeks([2, 3, 2, 3, 2, 13, 14, 13, 14])
        surface = self.surface()
        (point,) = surface["change_points"]
        self.assertEqual((point["from_run"], point["to_run"], point["from_week"], point["to_week"], point["runs_before"], point["runs_after"]), ("r4", "r5", "2026-W42", "2026-W43", 5, 4))
        self.assertAlmostEqual(point["rate_before"], 1 - 12 / 200, 12)
        self.assertAlmostEqual(point["rate_after"], 1 - 54 / 160, 12)
        self.assertIn("the level changed between run r4 (2026-W42) and run r5 (2026-W43): 94.0 % to 66.2 % (n = 5 and 4 runs)", " ".join(self.rondo("review").out.split()))

    def test_constant_weeks_and_small_noise_have_none(self):
        for name, fails in (("flat", [3] * 9), ("noise", [2, 4, 3, 2, 3, 4, 2, 3, 3])):
            self.take(*(self.run_lines("%s%d" % (name, i), day, surface=name, fails=range(n)) for i, (day, n) in enumerate(zip(MONDAYS[-9:], fails))))
        self.assertEqual([(s["surface"], s["change_points"]) for s in self.review()["surfaces"] if s["change_points"]], [])

    def test_no_change_is_searched_across_another_ruler_or_other_cases(self):
        step = [2, 2, 2, 2, 14, 14, 14, 14]
        for name, more in (("plain", {}), ("judge", {"judge": "j2"}), ("cases", {"count": 60}), ("grown", {"count": 42})):
            self.take(*(self.run_lines("%s%d" % (name, i), day, surface=name, suite=name, fails=range(n), **({"judge": "j1", **more} if i > 3 else {"judge": "j1"}))
                        for i, (day, n) in enumerate(zip(MONDAYS[-8:], step))))
        surfaces = {s["surface"]: s for s in self.review()["surfaces"]}
        self.assertEqual({name: len(s["change_points"]) for name, s in surfaces.items()}, {"plain": 1, "judge": 0, "cases": 0, "grown": 1})
        self.assertEqual(surfaces["judge"]["breaks"], [{"week": "2026-W43", "part": "judge", "from": "j1", "to": "j2"}])
        self.assertEqual(surfaces["cases"]["breaks"], [{"week": "2026-W43", "part": "cases", "from": "40 cases", "to": "60 cases (0 gone, 20 new)"}])
        self.assertEqual((surfaces["plain"]["breaks"], surfaces["grown"]["breaks"]), ([], []))


@about_files
class ScoreLevels(Statistics):
    """Scores of 40 cases that all pass: nothing is to be seen in the rate. The seed decides the noise, the means are counted here."""

    def score_weeks(self, means, surface="a", count=40, more=lambda i: {}, seed=5):
        dice, runs, counted = random.Random(seed), [], []
        for i, (day, mean) in enumerate(zip(MONDAYS[-len(means):], means)):
            scores = [round(mean + dice.uniform(-0.05, 0.05), 3) for _ in range(count)]
            counted.append(statistics.mean(scores))
            runs.append(self.lines(*({"case": "c%02d" % at, "pass": True, "score": score} for at, score in enumerate(scores)),
                                   suite=surface, surface=surface, run="r%d" % i, started_at=day, model="m", **more(i)))
        self.take(*runs)
        return counted

    def points(self, *words):
        return {s["surface"]: [(p["from_run"], p["to_run"]) for p in s["score_change_points"]] for s in self.review(*words)["surfaces"]}

    def test_a_planted_step_is_found_between_its_runs_though_every_case_passes(self):
        counted = self.score_weeks([0.8] * 5 + [0.74] * 4)
        surface = self.surface()
        (point,) = surface["score_change_points"]
        self.assertEqual(list(point), ["from_week", "to_week", "from_run", "to_run", "mean_before", "mean_after", "runs_before", "runs_after"])
        self.assertEqual((point["from_run"], point["to_run"], point["from_week"], point["to_week"], point["runs_before"], point["runs_after"]), ("r4", "r5", "2026-W42", "2026-W43", 5, 4))
        self.assertAlmostEqual(point["mean_before"], statistics.mean(counted[:5]), 12)
        self.assertAlmostEqual(point["mean_after"], statistics.mean(counted[5:]), 12)
        self.assertEqual(surface["change_points"], [])
        for week, mean in zip(surface["trend"]["weeks"], counted):
            self.assertAlmostEqual(week["mean_score"], mean, 12)
            self.assertEqual(week["scored"], 40)
        said = "the mean score changed its level between run r4 (2026-W42) and run r5 (2026-W43): %.4f to %.4f (n = 5 and 4 runs)" % (point["mean_before"], point["mean_after"])
        self.assertIn(said, " ".join(self.rondo("review").out.split()))
        self.assertIn(said, " ".join(self.rondo("review", "--md").out.split()))

    def test_two_steps_are_two(self):
        self.score_weeks([0.8] * 4 + [0.6] * 3 + [0.75] * 4)
        self.assertEqual(self.points(), {"a": [("r3", "r4"), ("r6", "r7")]})

    def test_where_nothing_was_planted_there_is_none(self):
        self.score_weeks([0.8] * 9, "noise")
        self.take(*(self.lines(*({"case": "c%d" % at, "pass": True, "trial": t + 1, "score": (0.1, 0.2, 0.7)[(t + i) % 3]} for at in range(7) for t in range(3)),
                               suite="same", surface="same", run="r%d" % i, started_at=day, model="m") for i, day in enumerate(MONDAYS[-9:])))
        self.score_weeks([0.8, 0.8, 0.6], "short")
        self.weeks([2, 3, 2, 3, 2, 13, 14, 13, 14])
        self.assertEqual(self.points(), {"noise": [], "same": [], "short": [], "a": []})
        self.assertTrue(all(s["score_change_points"] == [] for s in self.review("--week-run", "majority")["surfaces"]))
        without = [s for s in self.review()["surfaces"] if s["surface"] == "a"][0]["trend"]["weeks"][0]
        self.assertEqual((without["scored"], without["mean_score"]), (0, None))

    def test_no_step_is_searched_across_another_ruler_or_other_cases(self):
        step = [0.8] * 4 + [0.6] * 4
        self.score_weeks(step, "judge", more=lambda i: {"judge": "j1" if i < 4 else "j2"})
        self.score_weeks(step, "plain", more=lambda i: {"judge": "j1"})
        self.assertEqual(self.points(), {"judge": [], "plain": [("r3", "r4")]})

    def test_a_week_that_scored_fewer_cases_is_left_out(self):
        """The hard half of the cases has no score in two weeks: the mean is up by that alone."""
        def lines(week, day, without):
            return self.lines(*({"case": "c%02d" % at, "pass": True, **({} if at < without else {"score": at % 20 / 20 + 0.001 * (week % 2) if at >= 20 else 0.1})}
                                for at in range(40)), suite="s", surface="a", run="r%d" % week, started_at=day, model="m")
        self.take(*(lines(i, day, 20 if i in (3, 4) else 0) for i, day in enumerate(MONDAYS[-8:])))
        surface = self.surface()
        self.assertEqual([week["scored"] for week in surface["trend"]["weeks"]], [40, 40, 40, 20, 20, 40, 40, 40])
        self.assertEqual(surface["score_change_points"], [])

    def test_runs_from_before_scores_were_counted_are_unknown_and_not_0(self):
        self.score_weeks([0.8] * 5 + [0.74] * 4)
        self.assertEqual(len(self.surface()["score_change_points"]), 1)
        with closing(sqlite3.connect(self.store)) as base:
            base.execute("UPDATE eval_runs SET scored = NULL, mean_score = NULL")
            base.commit()
        surface = self.surface()
        self.assertEqual(surface["score_change_points"], [])
        self.assertEqual({(week["scored"], week["mean_score"]) for week in surface["trend"]["weeks"]}, {(None, None)})

    def test_with_majority_each_run_of_a_week_counts_once(self):
        counted = self.score_weeks([0.8] * 4 + [0.6] * 4)
        self.take(self.lines(*({"case": "c%02d" % at, "pass": True, "score": 0.58} for at in range(40)), suite="a", surface="a", run="again", started_at=NOW + "T09:00:00Z", model="m"),
                  self.lines(*({"case": "c%02d" % at, "pass": True} for at in range(40)), suite="a", surface="a", run="unscored", started_at=NOW + "T10:00:00Z", model="m"))
        majority, last = self.surface("--week-run", "majority"), self.surface()
        self.assertAlmostEqual(majority["trend"]["weeks"][-1]["mean_score"], (counted[-1] + 0.58) / 2, 12)
        self.assertEqual([(p["from_run"], p["from_week"]) for p in majority["score_change_points"]], [(None, "2026-W42")])
        self.assertAlmostEqual(majority["trend"]["weeks"][-1]["mean_score"], majority["score_test"]["mean_now"], 12)
        self.assertIsNone(last["trend"]["weeks"][-1]["mean_score"])
        self.assertIn("between the majority (2026-W42) and the majority (2026-W43)", " ".join(self.rondo("review", "--week-run", "majority").out.split()))


@about_files
class Breaks(Statistics):
    def test_the_trend_is_tested_since_the_last_change_only(self):
        fails = [0, 0, 0, 5, 6, 7, 8, 9]
        self.weeks(fails, **{"w%d" % i: {"dataset_version": "1" if i < 3 else "2"} for i in range(8)})
        surface = self.surface()
        self.assertEqual((surface["trend_since"], surface["breaks"]), ("2026-W42", [{"week": "2026-W42", "part": "dataset_version", "from": "1", "to": "2"}]))
        self.assertEqual((surface["trend"]["mann_kendall"]["n"], surface["trend"]["mann_kendall"]["s"], surface["trend"]["verdict"], len(surface["trend"]["weeks"])), (5, -10, "falling", 8))
        said = self.rondo("review").out
        self.assertIn("█|", said)
        self.assertIn("since the ruler changed", " ".join(said.split()))
        self.assertIn("dataset version '1' to '2'", self.rondo("review", "--md").out)

    def test_a_ruler_that_a_week_does_not_name_breaks_nothing(self):
        self.weeks([0, 1, 2, 3, 4], w0={"judge": "j"}, w2={"judge": "j"}, w4={"judge": "j"})
        surface = self.surface()
        self.assertEqual((surface["breaks"], surface["trend_since"], surface["trend"]["verdict"]), ([], None, "falling"))

    def test_too_few_weeks_since_the_change(self):
        self.weeks([0, 1, 2, 3, 4], w3={"judge": "j1"}, w4={"judge": "j2"})
        surface = self.surface()
        self.assertEqual((surface["trend"]["verdict"], surface["trend_since"]), ("too_few_weeks", "2026-W46"))
        self.assertIn("1 of 5 since the ruler changed", " ".join(self.rondo("review").out.split()))


@about_files
class Scores(Statistics):
    def scored(self, run, day, rows):
        return self.lines(*({"case": "c%02d" % i, "pass": True, **row} for i, row in rows), suite="s", surface="a", run=run, started_at=day, model="m")

    def test_a_paired_test_of_case_means(self):
        before, now = [0.9, 0.8, 0.7, 0.6, 0.9, 0.8], [0.7, 0.8, 0.6, 0.5, 0.6, 0.8]
        self.take(self.scored("b", MONDAYS[-2], [(i, {"score": x}) for i, x in enumerate(before)]),
                  self.scored("n", NOW, [(i, {"score": x + d, "trial": 1 + (d > 0)}) for i, x in enumerate(now) for d in (-0.1, 0.1)]))
        test = self.surface()["score_test"]
        diff = [b - a for a, b in zip(before, now)]
        se = statistics.stdev(diff) / math.sqrt(6)
        self.assertEqual((test["n"], test["repeats"], test["clusters"], test["df"]), (6, True, None, 5))
        for key, wanted in (("mean_diff", statistics.mean(diff)), ("se", se), ("t", statistics.mean(diff) / se)):
            self.assertAlmostEqual(test[key], wanted, 9)
        said = self.rondo("calc", "paired_diff", stdin='{"baseline": %s, "candidate": %s}' % (before, now)).json()
        self.assertAlmostEqual(test["p"], said["p"], 9)
        for got, wanted in zip(test["interval"], said["ci_t"] if "ci_t" in said else test["interval"]):
            self.assertAlmostEqual(got, wanted, 9)
        self.assertIn("paired t p =", " ".join(self.rondo("review").out.split()))
        self.assertEqual(self.rondo("compare", "b", "n", "--json").json()["score_test"], test)

    def several_runs(self, **clusters):
        """Two runs before and three now, of which the last has no scores; `clusters` by run and case."""
        scored = {"b1": [(0, 0.8), (1, 0.6), (2, 0.5)], "b2": [(0, 0.6), (1, 0.6), (2, None)], "n1": [(0, 0.9), (1, 0.5), (1, 0.3), (2, 0.2)],
                  "n2": [(0, 0.7), (1, 0.8), (2, 0.4)], "n3": [(0, None), (1, None), (2, None)]}
        for run, rows in scored.items():
            day, hour = MONDAYS[-2] if run[0] == "b" else NOW, run[1]
            self.take(self.scored(run, "%sT0%s:00:00Z" % (day, hour), [(i, {**({} if score is None else {"score": score}), "trial": 1 + [one[0] for one in rows[:at]].count(i),
                                                                          **({"cluster": clusters[run][i]} if i in clusters.get(run, {}) else {})}) for at, (i, score) in enumerate(rows)]))

    def test_a_majority_of_runs_counts_each_run_once_and_skips_those_without_scores(self):
        self.several_runs()
        test = self.surface("--week-run", "majority")["score_test"]
        # means now .8, (.4 + .8) / 2 and .3; before .7, .6 and .5 of the one run that scored it: .1, 0 and -.2
        self.assertEqual((test["n"], test["runs_before"], test["runs_now"], test["repeats"], test["clusters"]), (3, 2, 2, True, None))
        for key, wanted in (("mean_before", 0.6), ("mean_now", 1.7 / 3), ("mean_diff", -0.1 / 3), ("se", math.sqrt(0.07 / 9))):
            self.assertAlmostEqual(test[key], wanted, 12)
        self.assertIn("3 cases scored in both weeks, each by the mean of its trials, then of its runs (2 now, 2 before)",
                      " ".join(self.rondo("review", "--week-run", "majority").out.split()))
        self.assertIsNone(self.surface()["score_test"])

    def test_clusters_of_a_majority_by_hand(self):
        """Of three runs c0 and c2 pass twice, c1 once, c3 never, c4 once beside an error, c5 always: -1 for c1, c3 and c4, 0 for the others."""
        ends = {"n1": "PFFFPP", "n2": "PFPFEP", "n3": "FPPFFP"}
        row = {"P": {"pass": True}, "F": {"pass": False}, "E": {"pass": None, "error": "timeout"}}
        self.take(self.scored("b", MONDAYS[-2], [(i, {}) for i in range(6)]),
                  *(self.scored(run, "%sT0%s:00:00Z" % (NOW, run[1]), [(i, {**row[end], "cluster": "odd" if i in (0, 1, 3) else "even"}) for i, end in enumerate(letters)]) for run, letters in ends.items()))
        for nulls in ("fail", "exclude"):
            surface = self.surface("--week-run", "majority", "--nulls", nulls)
            clustered = surface["clustered"]
            self.assertEqual((surface["paired"]["pass_to_fail"], clustered["n"], clustered["clusters"], clustered["runs_now"], clustered["diff"]), (3, 6, 2, 3, -0.5))
            # around the mean -.5 the cases are off by .5, the clusters by -.5 and .5 in sum
            self.assertAlmostEqual(clustered["se"], math.sqrt(1.5 / 30 + (0.5 - 1.5) / 36), 12)
            self.assertAlmostEqual(clustered["se_unclustered"], math.sqrt(1.5 / 30), 12)

    def test_many_cases_of_runs_that_leave_some_out(self):
        """More than a word of cases: some runs hold all of them, some not, and some scores are not there."""
        dice, runs = random.Random(11), {}
        for run, share in (("b1", 1), ("b2", 0.6), ("n1", 1), ("n2", 0.9), ("n3", 1)):
            held = [i for i in range(150) if dice.random() < share]
            runs[run] = {i: None if dice.random() < 0.1 else dice.randrange(1000) / 1000 for i in held}
            self.take(self.scored(run, "%sT0%s:00:00Z" % (MONDAYS[-2] if run[0] == "b" else NOW, run[1]),
                                  [(i, {} if score is None else {"score": score}) for i, score in runs[run].items()]))

        def means(week):
            scores = [[one[i] for name, one in runs.items() if name[0] == week and one.get(i) is not None] for i in range(150)]
            return [statistics.mean(one) if one else None for one in scores]
        pairs = [pair for pair in zip(means("b"), means("n")) if None not in pair]
        test = self.surface("--week-run", "majority")["score_test"]
        self.assertEqual((test["n"], test["runs_before"], test["runs_now"], test["repeats"]), (len(pairs), 2, 3, False))
        self.assertAlmostEqual(test["mean_before"], statistics.mean(before for before, _ in pairs), 12)
        self.assertAlmostEqual(test["mean_now"], statistics.mean(now for _, now in pairs), 12)

    def test_a_majority_has_the_clusters_that_any_of_its_runs_names(self):
        self.several_runs(n1={0: "k1", 1: "k1"}, n2={0: "other", 2: "k2"})
        surface = self.surface("--week-run", "majority")
        # two share a cluster, .4 / 3 and .1 / 3 from the mean: twice their product is added, over the square of 3
        self.assertEqual((surface["score_test"]["clusters"], surface["score_test"]["df"]), (2, 1))
        self.assertAlmostEqual(surface["score_test"]["se"], math.sqrt(0.07 / 9 + 2 * 0.04 / 9 / 9), 12)
        self.assertEqual([surface["clustered"][key] for key in ("n", "clusters", "runs_before", "runs_now")], [3, 2, 2, 3])

    def test_a_majority_of_one_run_is_that_run(self):
        self.take(self.scored("b", MONDAYS[-2], [(i, {"score": 0.5}) for i in range(6)]),
                  self.scored("n", NOW, [(i, {"score": 0.1 * i, "cluster": "k%d" % (i // 2)}) for i in range(6)]))
        last, majority = self.surface(), self.surface("--week-run", "majority")
        self.assertEqual((last["score_test"]["runs_before"], last["score_test"]["runs_now"], last["score_test"]["clusters"]), (1, 1, 3))
        self.assertEqual((majority["score_test"], majority["clustered"]), (last["score_test"], last["clustered"]))

    def test_without_scores_on_both_sides_there_is_none(self):
        self.take(self.scored("b", MONDAYS[-2], [(i, {}) for i in range(6)]), self.scored("n", NOW, [(i, {"score": 0.5}) for i in range(6)]))
        self.assertIsNone(self.surface()["score_test"])
        self.assertNotIn("Scores", self.rondo("review").out)

    def test_clusters_widen_the_error(self):
        diff = [0.2, 0.2, 0.2, 0.2, 0, 0, 0, 0, 0.1, 0.1, 0.1, 0.1]
        self.take(self.scored("b", MONDAYS[-2], [(i, {"score": 0.5}) for i in range(12)]),
                  self.scored("n", NOW, [(i, {"score": 0.5 + d, "cluster": "k%d" % (i // 4)}) for i, d in enumerate(diff)]))
        test = self.surface()["score_test"]
        mean = statistics.mean(diff)
        clt = statistics.stdev(diff) ** 2 / 12
        cross = sum((diff[i] - mean) * (diff[j] - mean) for i in range(12) for j in range(12) if i != j and i // 4 == j // 4)
        self.assertEqual((test["clusters"], test["df"]), (3, 2))
        self.assertAlmostEqual(test["se"], math.sqrt(clt + cross / 144), 9)
        self.assertAlmostEqual(test["se_unclustered"], math.sqrt(clt), 9)
        self.assertIn("over 3 clusters", " ".join(self.rondo("review").out.split()))

    def test_verdicts_have_the_error_that_their_clusters_leave(self):
        fails = (0, 1, 2, 3, 20)
        self.take(self.scored("b", MONDAYS[-2], [(i, {"pass": i != 30}) for i in range(40)]),
                  self.scored("n", NOW, [(i, {"pass": i not in fails, "cluster": "k%d" % (i // 4)}) for i in range(40)]))
        surface = self.surface()
        got, diff = surface["clustered"], [-1 if i in fails else 1 if i == 30 else 0 for i in range(40)]
        mean = statistics.mean(diff)
        clt = statistics.variance(diff) / 40
        cross = sum((diff[i] - mean) * (diff[j] - mean) for i in range(40) for j in range(40) if i != j and i // 4 == j // 4)
        self.assertEqual((got["n"], got["clusters"], got["diff"]), (40, 10, surface["paired"]["diff"]))
        self.assertAlmostEqual(got["se"], math.sqrt(clt + cross / 1600), 9)
        self.assertGreater(got["se"], got["se_unclustered"])
        self.assertGreater(got["p"], surface["paired"]["p_exact"])
        self.assertIn("10 clusters of cases: net down 10 points", " ".join(self.rondo("review").out.split()))

    def test_cases_without_clusters_have_no_such_line(self):
        self.assertIsNone(self.two_weeks(now={"fails": (1, 2)})["clustered"])
        self.assertNotIn("Clusters", self.rondo("review").out)

    def test_one_cluster_has_no_error_bar(self):
        self.take(self.scored("b", MONDAYS[-2], [(i, {"score": 0.5}) for i in range(4)]),
                  self.scored("n", NOW, [(i, {"score": 0.1 * i, "cluster": "k"}) for i in range(4)]))
        test = self.surface()["score_test"]
        self.assertEqual((test["clusters"], test["se"], test["p"], test["interval"]), (1, None, None, None))


@about_files
class FalseAlarms(Statistics):
    def test_repeats_of_the_same_thing_are_counted_over_the_suite(self):
        self.weeks([0, 0])
        self.again(9, (1,))
        self.again(10, range(2, 12))
        self.take(self.run_lines("o1", NOW + "T07:00:00Z", surface="o"), self.run_lines("o2", NOW + "T09:00:00Z", surface="o"))
        for surface in self.review()["surfaces"]:
            rate = surface["false_alarms"]
            self.assertEqual([rate[key] for key in ("n", "alarms", "cases", "flips")], [3, 1, 120, 12])
            self.assertAlmostEqual(rate["rate"], 1 / 3, 12)

    def test_another_model_another_judge_or_another_week_is_no_repeat(self):
        self.weeks([0, 0])
        self.again(9, (), model="m2")
        self.again(10, (), judge="j", model="m3")
        self.again(11, (), judge="k", model="m3")
        rate = self.surface()["false_alarms"]
        self.assertEqual((rate["n"], rate["rate"], rate["interval"], rate["flip_rate"]), (0, None, None, None))
        self.assertIn("not measured", self.rondo("review").out)


@about_files
class Sensitivity(Statistics):
    def calc(self, function, **inputs):
        return json.loads(self.rondo("calc", function, json.dumps(inputs)).out)

    def test_what_a_suite_can_see_is_told_by_its_last_comparisons(self):
        """0 to 4 fails, 4 to 2, 2 to 5: 4, 2 and 3 flips; the second surface of the suite had none."""
        self.weeks([0, 4, 2, 5])
        self.take(*(self.run_lines("o" + day, day, surface="o") for day in MONDAYS[-2:]))
        first, other = self.review()["surfaces"]
        told = first["sensitivity"]
        self.assertEqual([told[key] for key in ("comparisons", "pairs", "flips", "n", "effect")], [4, 160, 9, 40, 0.02])
        self.assertEqual(told["discordant_rate"], 9 / 160)
        self.assertEqual(told["smallest_detectable"], self.calc("mde_mcnemar", n=40, discordant_rate=9 / 160)["mde"])
        size = self.calc("sample_size_mcnemar", p10=(9 / 160 + 0.02) / 2, p01=(9 / 160 - 0.02) / 2)
        self.assertEqual(told["cases_needed"], size["n_pairs"])
        self.assertEqual(other["sensitivity"], told)
        self.assertIn("to see 2 points it needs about %d cases" % size["n_pairs"], " ".join(self.rondo("review").out.split()))

    def test_without_a_flip_and_under_another_judge_nothing_is_known(self):
        self.weeks([0, 0, 9], w2={"judge": "j"}, w1={"judge": "k"})
        told = self.surface()["sensitivity"]
        self.assertEqual((told["comparisons"], told["flips"], told["discordant_rate"]), (1, 0, 0))
        self.assertEqual((told["smallest_detectable"], told["cases_needed"]), (None, None))


del Fixture  # its own tests run where it stands

if __name__ == "__main__":
    unittest.main()
