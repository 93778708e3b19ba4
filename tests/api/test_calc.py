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
