"""`rondo calc`: the contract of the command, and worked examples made elsewhere. The examples need RONDO_SAMPLES."""
import json
import math
import os
import subprocess
import unittest

from workspace import PROGRAM

SAMPLES = os.environ.get("RONDO_SAMPLES")


def calc(*words, inputs=None):
    done = subprocess.run([PROGRAM, "calc", *words], input=inputs, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


class Contract(unittest.TestCase):
    def refused(self, *words, said, inputs=None):
        code, out, err = calc(*words, inputs=inputs)
        self.assertEqual((code, out, err.count("\n")), (2, "", 1), err)
        self.assertIn(said, err)

    def test_inputs_come_from_standard_input_or_behind_json(self):
        want = (0, '{"estimate":0.7,"lower":0.39677814746114537,"upper":0.8922087325936989}\n', "")
        self.assertEqual(calc("wilson", inputs='{"successes":7,"n":10}'), want)
        self.assertEqual(calc("wilson", "--json", '{"successes":7,"n":10}'), want)
        self.assertEqual(calc("wilson", "--json", '{"successes":7,"n":10,"confidence":null}'), want)

    def test_the_list_names_inputs_with_defaults_and_outputs(self):
        code, out, _ = calc("--list", "--json")
        listed = {function["name"]: function for function in json.loads(out)}
        self.assertEqual(code, 0)
        self.assertEqual(listed["wilson"], {
            "name": "wilson", "kind": "method",
            "inputs": [{"name": "successes", "type": "number"}, {"name": "n", "type": "number"},
                       {"name": "confidence", "type": "number", "default": 0.95}],
            "outputs": ["estimate", "lower", "upper"]})
        code, out, _ = calc("--list")
        self.assertEqual((code, [line.split()[0] for line in out.splitlines()]), (0, list(listed)))
        self.assertIn("wilson  method  successes number, n number, confidence number = 0.95  -> estimate, lower, upper", out)

    def test_what_is_not_known_is_null(self):
        self.assertEqual(calc("wilson", "--json", '{"successes":0,"n":0}')[1], '{"estimate":null,"lower":null,"upper":null}\n')

    def test_refusals_name_the_field(self):
        self.refused("nothing", said="there is no function 'nothing'", inputs="{}")
        self.refused("wilson", said="the inputs of 'wilson' are not a JSON object", inputs="[1]")
        self.refused("wilson", said="byte", inputs='{"n":')
        self.refused("wilson", said="'n' is missing", inputs='{"successes":7}')
        self.refused("wilson", said="'m' is no input", inputs='{"successes":7,"n":10,"m":1}')
        self.refused("wilson", said="'successes' must be a whole number", inputs='{"successes":7.5,"n":10}')
        self.refused("wilson", said="'successes' is 11, more than 'n' (10)", inputs='{"successes":11,"n":10}')
        self.refused("wilson", said="'confidence' must be a number strictly between 0 and 1",
                     inputs='{"successes":7,"n":10,"confidence":1}')
        self.refused("wilson", said="'n' must be a whole number", inputs='{"successes":7,"n":NaN}')
        self.refused("mann_kendall", said="item 2 is not", inputs='{"y":[1,"a"]}')
        self.refused("mann_kendall", said="'x' has 1 items and 'y' has 2", inputs='{"y":[1,2],"x":[1]}')


class Group(unittest.TestCase):
    """What the functions of a group take and refuse beyond their types."""

    def value(self, name, **inputs):
        code, out, err = calc(name, inputs=json.dumps(inputs))
        self.assertEqual((code, err), (0, ""))
        return json.loads(out)

    def refused(self, name, said, **inputs):
        code, out, err = calc(name, inputs=json.dumps(inputs))
        self.assertEqual((code, out, err.count("\n")), (2, "", 1), err)
        self.assertIn(said, err)


class Experiments(Group):
    MEAN = {"type": "mean", "n": 10, "sum": 20, "sum_squares": 60}
    RATE = {"type": "proportion", "n": 10, "sum": 4}

    def test_an_arm_has_one_of_three_shapes(self):
        for arm in (self.MEAN, self.RATE, {"values": [1, 2, 4]}):
            self.assertGreater(self.value("welch_t", a=arm, b=self.MEAN)["se"], 0)
        self.refused("welch_t", "'a' must be an arm", a=[1, 2], b=self.MEAN)
        self.refused("welch_t", "'a.type' is missing", a={"n": 3}, b=self.MEAN)
        self.refused("welch_t", "'b.type' is 'median'", a=self.MEAN, b={"type": "median", "n": 3})
        self.refused("welch_t", "'b.n' holds n = 1", a=self.MEAN, b=dict(self.RATE, n=1, sum=1))
        self.refused("welch_t", "'b.sum' is 11, more than 'n' (10)", a=self.MEAN, b=dict(self.RATE, sum=11))
        self.refused("welch_t", "'a.sum_squares' is no input", a=dict(self.RATE, sum_squares=4), b=self.RATE)
        self.refused("welch_t", "'a.sum_squares' is too small", a=dict(self.MEAN, sum_squares=39), b=self.MEAN)

    def test_there_is_no_lift_of_0(self):
        zero = dict(self.RATE, sum=0)
        self.assertEqual(self.value("welch_t", a=zero, b=self.RATE)["estimate"], 0.4)
        for name in ("welch_t", "bayes_gaussian"):
            self.refused(name, "'a' has mean 0", a=zero, b=self.RATE, difference="relative")
        self.assertIsNone(self.value("lift_variance", var_a=1, mean_a=0, n_a=4, var_b=1, mean_b=2, n_b=4)["relative"])
        self.refused("lift_variance", "'n_b'", var_a=1, mean_a=0, n_a=4, var_b=1, mean_b=2, n_b=1)
        self.refused("power_lift", "'mean' is 0", mean=0, variance=1, effect=0.1, n_total=100)
        self.refused("power_mid_experiment", "'a' has mean 0", a=zero, b=self.RATE, mde=0.1)

    def test_without_variation_there_is_no_test(self):
        still = {"values": [0.1] * 7}
        got = self.value("welch_t", a=still, b=still)
        self.assertEqual(got, {"estimate": 0, "se": 0, "df": None, "t": None, "p": None, "lower": None, "upper": None})
        self.assertIsNone(self.value("bayes_gaussian", a=still, b=still)["chance_to_win"])
        self.assertIsNone(self.value("sequential_test", a=still, b=still, planned_n=100)["p"])

    def test_a_look_takes_an_estimate_or_arms(self):
        self.assertEqual(self.value("sequential_test", planned_n=100, a=self.RATE, b=self.RATE)["n"], 20)
        self.refused("sequential_test", "'planned_n' is missing", estimate=1, se=1, n=10)
        self.refused("sequential_test", "'estimate' is missing", planned_n=100)
        self.refused("sequential_test", "'n' is missing", planned_n=100, estimate=1, se=1)
        self.refused("sequential_test", "'b' must be an arm", planned_n=100, a=self.RATE)
        self.refused("sequential_test", "'se' is given beside arms", planned_n=100, a=self.RATE, b=self.RATE, se=1)

    def test_a_covariate_comes_in_pairs(self):
        arm = {"post": [1, 2, 4], "pre": [1, 3, 3]}
        self.assertGreater(self.value("cuped", a=arm, b=arm)["theta"], 0)
        self.refused("cuped", "'b.pre' has 2 items", a=arm, b=dict(arm, pre=[1, 2]))
        self.refused("cuped", "'a.post' holds n = 1", a={"post": [1], "pre": [1]}, b=arm)
        self.refused("cuped", "'a.post_sum' is missing", a={"n": 3}, b=arm)
        self.refused("cuped_ratio", "'a.m_post_sum' is missing", a={"n": 3}, b=arm)

    def test_a_size_needs_a_difference_and_power_above_alpha(self):
        self.refused("sample_size_two_proportion", "'p2' equals 'p1'", p1=0.5, p2=0.5)
        self.refused("sample_size_mean", "'effect_size' is 0", effect_size=0)
        self.refused("sample_size_mcnemar", "'p01' equals 'p10'", p10=0.1, p01=0.1)
        self.refused("sample_size_mcnemar", "'p01' and 'p10' are 1.2 together", p10=0.5, p01=0.7)
        self.refused("sample_size_mean", "'power' must be above 'alpha'", effect_size=1, alpha=0.5, power=0.5)
        self.refused("power_lift", "'effect' is 0", mean=1, variance=1, effect=0, n_total=100)
        self.refused("power_lift", "'n_variations' must be 2", mean=1, variance=1, effect=1, n_total=100, n_variations=1)
        self.refused("power_mid_experiment", "'prior.variance' must be", a=self.RATE, b=self.RATE, mde=0.1,
                     prior={"mean": 0, "variance": 0})
        self.refused("beta_binomial", "'k_b' is 3, more than 'n_b' (2)", k_a=1, n_a=2, k_b=3, n_b=2)
        self.refused("srm", "'weights' has 1 items", counts=[1, 2], weights=[1])

    def test_numbers_beyond_a_double_are_null(self):
        self.assertIsNone(self.value("welch_t", a={"values": [1, 1e300]}, b=self.MEAN)["p"])
        self.assertEqual(self.value("sample_size_mean", effect_size=1e15)["n_per_arm"], 2)
        self.refused("sample_size_mean", "'effect_size' asks for too small", effect_size=1e-9)


class Operations(Group):
    def test_no_data_is_null(self):
        self.assertEqual(self.value("dora_lead_time", minutes=[0, -3]), {"median": None, "p90": None})
        self.assertEqual(self.value("dora_time_to_restore", restore_seconds=[]), {"median_seconds": None})
        self.assertEqual(self.value("dora_deploy_frequency", days_with_deploy_per_week=[]),
                         {"bucket": None, "median_days_per_week": None})
        self.assertIsNone(self.value("dora_change_failure_rate", deployments=0, failed_deployments=0)["change_failure_rate"])
        self.assertIsNone(self.value("littles_law", wip=3, throughput=0)["cycle_time"])
        self.assertEqual(self.value("mm1_queue", utilisation=1), {"response_over_service": None, "mean_queue_length": None})

    def test_what_cannot_be_is_refused(self):
        self.refused("dora_change_failure_rate", "'failed_deployments' is 2, more than 'deployments' (1)",
                     deployments=1, failed_deployments=2)
        self.refused("dora_deploy_frequency", "item 2 is 8", days_with_deploy_per_week=[7, 8])
        self.refused("dora_deploy_frequency", "has 14 weeks", days_with_deploy_per_week=[1] * 14)
        self.refused("dora_time_to_restore", "'restore_seconds'", restore_seconds=[-1])
        self.refused("capacity_runway", "'capacity'", used=1, capacity=0, weekly_growth=0.1)
        self.refused("predict_linear", "'v' has 1 items", t=[1, 2], v=[1], duration_seconds=1)

    def test_a_queue_needs_a_server_and_a_level_below_one(self):
        queue = {"arrivals_per_second": 3, "mean_service_seconds": 1, "target_wait_seconds": 1}
        full = self.value("erlang_c", servers=3, **queue)
        self.assertEqual([full[key] for key in ("stable", "p_wait", "service_level", "mean_wait_seconds", "mean_queue_length")],
                         [False, 1, 0, None, None])
        self.refused("erlang_c", "'servers' must be 1", servers=0, **queue)
        self.assertEqual(self.value("erlang_c_min_servers", target_service_level=0.01, **queue)["servers"], 4)
        self.refused("erlang_c_min_servers", "'target_service_level'", target_service_level=1, **queue)

    def test_a_forecast_needs_points_and_seasons(self):
        with_ = {"alpha": 0.5, "beta_star": 0.1, "h": 2}
        self.assertEqual(len(self.value("holt_linear", y=[1, 2, 3], **with_)["forecast"]), 2)
        self.refused("holt_linear", "'y' has 2 points", y=[1, 2], **with_)
        self.refused("holt_linear", "'alpha'", y=[1, 2, 3], **dict(with_, alpha=1))
        self.assertEqual(len(self.value("holt_winters_additive", y=[1, 2, 1, 2], season=2, gamma=0.1, **with_)["seasonal"]), 2)
        self.refused("holt_winters_additive", "'y' has 3 points", y=[1, 2, 1], season=2, gamma=0.1, **with_)
        self.refused("holt_winters_additive", "'season' must be 1", y=[1, 2, 1], season=0, gamma=0.1, **with_)

    def test_actions_have_dates_or_none(self):
        actions = [{"due": "2026-11-20", "done": None}, {"due": "2026-11-21"}, {"due": "2026-11-20", "done": "2026-11-21"}]
        self.assertEqual(self.value("action_follow_through", actions=actions, today="2026-11-21"),
                         {"total": 3, "closed": 1, "on_time": 0, "overdue": 1, "undated": 0,
                          "closed_ratio": 1 / 3, "max_overdue_days": 1})
        self.refused("action_follow_through", "'today' is 'soon'", actions=[], today="soon")
        self.refused("action_follow_through", "'actions[0].due' is '2026-02-30'", actions=[{"due": "2026-02-30"}], today="2026-11-21")
        self.refused("action_follow_through", "'actions[0].owner' is no input", actions=[{"owner": 1}], today="2026-11-21")


class Differs(Exception):
    """Where a result is not the one expected."""


def compare(want, got, tolerance, kind, where=""):
    if isinstance(want, bool) or want is None or isinstance(want, str):
        if want != got or isinstance(want, bool) != isinstance(got, bool):
            raise Differs("%s: %r, expected %r" % (where, got, want))
    elif isinstance(want, (int, float)):
        most = tolerance * max(1, abs(want)) if kind == "mixed" else tolerance
        if isinstance(got, bool) or not isinstance(got, (int, float)) or not math.isfinite(got) or abs(got - want) > most:
            raise Differs("%s: %r, expected %r" % (where, got, want))
    elif isinstance(want, list):
        if not isinstance(got, list) or len(got) != len(want):
            raise Differs("%s: %r, expected %r" % (where, got, want))
        for i, (one, other) in enumerate(zip(want, got)):
            compare(one, other, tolerance, kind, "%s[%d]" % (where, i))
    else:
        for key, value in want.items():
            if not isinstance(got, dict) or key not in got:
                raise Differs("%s.%s is missing in %r" % (where, key, got))
            compare(value, got[key], tolerance, kind, where + "." + key)


@unittest.skipUnless(SAMPLES, "RONDO_SAMPLES is not set")
class Vectors(unittest.TestCase):
    """Each function has its examples, also those that are refused."""

    def check(self, vector):
        code, out, err = calc(vector["fn"], inputs=json.dumps(vector["inputs"]))
        want = vector["expected"]
        if isinstance(want, dict) and isinstance(want.get("error"), list):
            if code != 2 or out or not all(word in err for word in want["error"]):
                raise Differs("code %d, %r, %r" % (code, out, err))
        elif code:
            raise Differs("code %d, %s" % (code, err.strip()))
        else:
            compare(want, json.loads(out), vector["tolerance"], vector["tolerance_kind"])

    def test_all(self):
        with open(os.path.join(SAMPLES, "vectors", "vectors.json"), encoding="utf-8") as file:
            vectors = json.load(file)["vectors"]
        self.assertGreater(len(vectors), 300)
        wrong = []
        for vector in vectors:
            try:
                self.check(vector)
            except Differs as difference:
                wrong.append("%s '%s': %s" % (vector["fn"], vector["name"], difference))
        self.assertEqual(wrong, [], "%d of %d" % (len(wrong), len(vectors)))


if __name__ == "__main__":
    unittest.main()
