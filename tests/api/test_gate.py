"""The gate: `rondo gate` with runs, labels and files, at a store and at a server, and the same gate in a shell script."""
import json
import os
import subprocess
import unittest
import xml.etree.ElementTree

from server import ServedWorkspace
from workspace import PROGRAM

CASES = 100
POLICY = "surface: support\nfloor: {pass_rate_lower: 0.80}\nregression: {alpha: 0.05}\n"
KEYS = {"verdict", "surface", "baseline", "candidate", "rules", "paired", "cost_usd", "latency_ms", "waiver"}


def lines(run, failing=(), cases=CASES, dataset="d-1", version=None, errors=0, when="2026-11-16T06:00:00Z", **fields):
    written = []
    for case in range(cases):
        line = {"suite": "bot", "surface": "support", "run": run, "case": "c-%03d" % case, "pass": case not in failing,
                "started_at": when, "dataset_version": dataset, "cost_usd": 0.001, "latency_ms": 100, "prompt": "reply"}
        if case < errors:
            line.update({"pass": None, "error": "no answer"})
        if version:
            line["prompt_version"] = version
        line.update(fields)
        written.append(json.dumps(line))
    return "\n".join(written) + "\n"


class Gate(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.initialise()
        self.file("policy.yaml", POLICY)
        self.file("before.jsonl", lines("before", range(5), when="2026-11-09T06:00:00Z", version="1"))
        self.file("worse.jsonl", lines("worse", range(15)))
        self.file("fixed.jsonl", lines("fixed", range(4)))
        self.rondo("import", "before.jsonl")

    def gate(self, code, candidate, *words, baseline="before", policy="policy.yaml", **options):
        given = ("--policy", policy) if policy else ()
        return self.rondo("gate", "--baseline", baseline, "--candidate", candidate, *given, *words, code=code, **options)

    def rules(self, told):
        return {rule["rule"]: rule["verdict"] for rule in told["rules"]}

    def runs(self):
        return [row["run"] for row in json.loads(self.rondo("eval-run", "list", "--json").out)["items"]]


class Verdicts(Gate):
    def test_a_regression_is_blocked_and_its_fix_passes_without_a_trace(self):
        told = self.gate(1, "worse.jsonl", "--json").json()
        self.assertEqual(set(told), KEYS)
        self.assertEqual((told["verdict"], told["surface"], told["baseline"], told["candidate"], told["waiver"]),
                         ("blocked", "support", "before", "worse", None))
        self.assertEqual(self.rules(told)["regression"], "blocked")
        self.assertEqual((told["paired"]["n"], told["paired"]["pass_to_fail"], told["paired"]["fail_to_pass"]), (CASES, 10, 0))
        self.assertAlmostEqual(told["paired"]["p_worse"], 2 ** -10)
        told = self.gate(0, "fixed.jsonl", "--json").json()
        self.assertEqual(told["verdict"], "pass")
        self.assertEqual(self.runs(), ["before"])
        self.rondo("import", "worse.jsonl")
        self.assertEqual(self.gate(1, "worse", "--json").json()["verdict"], "blocked")

    def test_without_a_floor_the_gate_is_not_defined(self):
        told = self.gate(1, "fixed.jsonl", "--json", policy=None).json()
        self.assertIn("gate not defined", [rule["sentence"] for rule in told["rules"] if rule["rule"] == "floor"][0])
        self.rondo("gate-policy", "add", "--surface", "support", "--floor", '{"pass_rate_lower": 0.8}')
        self.assertEqual(self.gate(0, "fixed.jsonl", "--json", policy=None).json()["verdict"], "pass")

    def test_what_cannot_be_measured_is_never_green(self):
        for name, made, rule in (("half.jsonl", lines("half", range(2), cases=50), "coverage"),
                                 ("broken.jsonl", lines("broken", errors=10), "errors"),
                                 ("other.jsonl", lines("other", range(4), dataset="d-2"), "comparable")):
            self.file(name, made)
            told = self.gate(3, name, "--json").json()
            self.assertEqual((told["verdict"], self.rules(told)[rule]), ("could_not_measure", "could_not_measure"))
        self.file("costly.yaml", POLICY + "cost_usd: {max_increase: 0.10}\n")
        self.file("free.jsonl", lines("free", range(4), cost_usd=None))
        told = self.gate(3, "free.jsonl", "--json", policy="costly.yaml").json()
        self.assertEqual((told["verdict"], told["cost_usd"]["candidate"]), ("could_not_measure", None))

    def test_each_rule_of_the_policy(self):
        rules = (("critical_cases: [c-001]\n", {}, "critical_cases"),
                 ("cost_usd: {max_increase: 0.10}\n", {"cost_usd": 0.0012}, "cost_usd"),
                 ("latency_ms: {p95_max: 150}\n", {"latency_ms": 200}, "latency_ms"))
        for more, fields, rule in rules:
            self.file("more.yaml", POLICY + more)
            self.file("candidate.jsonl", lines("candidate", range(4), **fields))
            told = self.gate(1, "candidate.jsonl", "--json", policy="more.yaml").json()
            self.assertEqual([name for name, verdict in self.rules(told).items() if verdict != "pass"], [rule])

    def test_markdown_junit_and_words_tell_the_same(self):
        markdown = self.gate(1, "worse.jsonl", "--md").out
        self.assertIn("### Gate of support: blocked", markdown)
        self.assertIn("| regression | blocked | a regression: 10 cases now fail, 0 now pass, of 100 in both", markdown)
        suite = xml.etree.ElementTree.fromstring(self.gate(1, "worse.jsonl", "--junit").out)
        self.assertEqual((suite.get("failures"), suite.get("errors"), suite.get("tests")), ("2", "0", "5"))
        self.assertEqual([case.get("name") for case in suite if case.find("failure") is not None], ["floor", "regression"])
        self.assertIn("blocked  regression", self.gate(1, "worse.jsonl").out)


class Refused(Gate):
    def test_bad_input_is_exit_2_with_a_sentence(self):
        self.file("unknown.yaml", "flor: {pass_rate_lower: 0.9}\n")
        self.file("elsewhere.yaml", "surface: search\nfloor: {pass_rate_lower: 0.9}\n")
        self.file("no.yaml", "a: [1\n")
        self.file("cut.jsonl", lines("cut")[:-30])
        self.file("two.jsonl", lines("one") + lines("two"))
        for candidate, policy, words in (("fixed.jsonl", "unknown.yaml", "'flor' is no key of a gate policy"),
                                         ("fixed.jsonl", "elsewhere.yaml", "the policy is for 'search'"),
                                         ("fixed.jsonl", "no.yaml", "this is no YAML: line"),
                                         ("cut.jsonl", "policy.yaml", "cannot be read"),
                                         ("two.jsonl", "policy.yaml", "the file holds 2 runs, 'one' of 'support', 'two' of 'support'"),
                                         ("nothing", "policy.yaml", "there is no run 'nothing'")):
            said = self.gate(2, candidate, policy=policy).err
            self.assertIn(words, said)
            self.assertEqual(said.count("\n"), 1, said)
        self.assertIn("neither a run nor a label", self.gate(2, "fixed.jsonl", baseline="nowhere").err)
        self.assertIn("name both", self.rondo("gate", "--baseline", "before", code=2).err)
        self.assertEqual(self.gate(0, "two.jsonl", "--run", "two", "--json").json()["candidate"], "two")
        self.assertEqual(self.runs(), ["before"])

    def test_a_policy_row_is_read_as_a_file_is(self):
        for field, value, words in (("--floor", '{"pass_rate": 0.9}', "'pass_rate' is no key of 'floor'"),
                                    ("--floor", '{"pass_rate_lower": 1.5}', "is a number from 0 up to 1"),
                                    ("--tail", '{"fraction": 0.1}', "'tail' needs 'margin'"),
                                    ("--critical-cases", '{"a": 1}', "is a list of the ids")):
            self.assertIn(words, self.rondo("gate-policy", "add", "--surface", "support", field, value, code=2).err)


class SameName(Gate):
    """Names of runs are those of their surface: the candidate is what the file holds, and nothing of the same name."""

    def setUp(self):
        super().setUp()
        self.file("search.jsonl", lines("base", range(5), surface="search", when="2026-11-09T06:00:00Z"))
        self.rondo("import", "search.jsonl")
        self.file("search.yaml", "surface: search\nfloor: {pass_rate_lower: 0.80}\n")

    def test_two_runs_of_one_name_are_told_apart_by_their_surface(self):
        self.file("both.jsonl", lines("x", range(50)) + lines("x", range(1), surface="search"))
        self.assertIn("'x' of 'support', 'x' of 'search': say which", self.gate(2, "both.jsonl", "--run", "x").err)
        told = self.gate(1, "both.jsonl", "--surface", "support", "--json").json()
        self.assertEqual((told["surface"], told["verdict"]), ("support", "blocked"))
        told = self.gate(0, "both.jsonl", "--surface", "search", "--json", baseline="base", policy="search.yaml").json()
        self.assertEqual((told["surface"], told["verdict"]), ("search", "pass"))

    def test_a_stored_run_of_the_same_name_elsewhere_is_not_the_candidate(self):
        self.file("nightly.jsonl", lines("nightly", range(50)))
        self.file("elsewhere.jsonl", lines("nightly", range(1), surface="search"))
        self.rondo("import", "nightly.jsonl")
        self.rondo("import", "elsewhere.jsonl")
        self.assertIn("the policy is for 'search', and the candidate is of 'support'",
                      self.gate(2, "nightly.jsonl", baseline="base", policy="search.yaml").err)
        told = self.gate(3, "nightly.jsonl", "--json", baseline="base").json()
        self.assertEqual((told["surface"], told["verdict"]), ("support", "could_not_measure"))


class Labels(Gate):
    def setUp(self):
        super().setUp()
        for prompt in ("reply", "other"):
            self.rondo("prompt", "add", "--name", prompt)
            self.rondo("prompt-version", "add", "--prompt", prompt, "--text", "Be kind.", "--message", "first")
            self.rondo("prompt", "move", prompt, "test", "1")

    def test_the_baseline_may_be_what_a_label_carries(self):
        self.assertEqual(self.gate(0, "fixed.jsonl", "--json", baseline="test").json()["baseline"], "before")
        self.assertEqual(self.gate(0, "fixed.jsonl", "--json", baseline="reply@test").json()["baseline"], "before")
        self.assertIn("could not measure", self.gate(3, "fixed.jsonl", baseline="other@test").err)

    def test_a_label_of_several_prompts_has_to_be_told_apart(self):
        self.file("of_other.jsonl", lines("of_other", when="2026-11-10T06:00:00Z", version="v1", prompt="other"))
        self.rondo("import", "of_other.jsonl")
        self.assertIn("other@test", self.gate(2, "fixed.jsonl", baseline="test").err)
        self.assertEqual(self.gate(0, "fixed.jsonl", "--json", baseline="other@test").json()["baseline"], "of_other")


class Server(Gate):
    """A job in CI has no store: it asks a server, with a token."""

    def setUp(self):
        super().setUp()
        self.rondo("gate-policy", "add", "--surface", "support", "--floor", '{"pass_rate_lower": 0.8}')
        self.rondo("prompt", "add", "--name", "reply", "--surfaces", "support")
        for words in ("Be kind.", "Be brief."):
            self.rondo("prompt-version", "add", "--prompt", "reply", "--text", words, "--message", words)
        self.rondo("prompt-change", "add", "--prompt", "reply", "--to-version", "reply 2")
        self.server = self.serve()
        self.secret = self.token("Ada", "write")
        self.url = "http://127.0.0.1:%d" % self.server.port

    def at_server(self, code, candidate, *words, secret=None, **options):
        env = {"RONDO_STORE": "nowhere.db", "RONDO_TOKEN": self.secret if secret is None else secret}
        return self.gate(code, candidate, "--server", self.url, *words, env=env, policy=options.pop("policy", None), **options)

    def test_the_verdict_is_that_of_the_server_and_nothing_is_opened_here(self):
        self.assertEqual(self.at_server(1, "worse.jsonl", "--json").json()["verdict"], "blocked")
        self.assertIn("### Gate of support: pass", self.at_server(0, "fixed.jsonl", "--md").out)
        self.assertEqual(self.at_server(0, "fixed.jsonl", "--json", policy="policy.yaml").json()["verdict"], "pass")
        self.assertFalse(os.path.exists(os.path.join(self.folder, "nowhere.db")))
        self.assertEqual(self.runs(), ["before"])

    def test_a_token_that_may_import_may_ask_and_one_that_may_read_may_not_send_a_file(self):
        self.at_server(0, "fixed.jsonl", secret=self.token("Ada", "import"))
        self.assertIn("does not have the scope 'import'", self.at_server(2, "fixed.jsonl", secret=self.token("Ada", "read")).err)

    def test_a_result_is_left_at_the_change(self):
        self.at_server(1, "worse.jsonl", "--post", "PCR-1")
        result = self.ask(200, "GET", "/api/v1/gate-results", token=self.secret)["items"][0]
        self.assertEqual((result["prompt_change"], result["verdict"], result["result"]["candidate"]), ("PCR-1", "blocked", "worse"))
        self.ask(405, "POST", "/api/v1/gate-results", {}, token=self.secret)

    def test_what_the_server_refuses_is_told_and_is_no_verdict(self):
        self.assertIn("the server answers 401", self.at_server(2, "fixed.jsonl", secret="rondo_wrong").err)
        self.assertIn("there is no run 'nothing'", self.at_server(2, "nothing").err)
        self.assertIn("neither a run nor a label", self.at_server(2, "fixed.jsonl", baseline="nowhere").err)
        self.refused(422, "invalid", "either 'candidate' or 'file'", "POST", "/api/v1/gate", {"baseline": "before"},
                     token=self.secret)
        self.refused(422, "invalid", "'policies' is not known here", "POST", "/api/v1/gate", {"policies": {}}, token=self.secret)
        gone = self.gate(4, "fixed.jsonl", "--server", "http://127.0.0.1:1", policy=None)
        self.assertIn("cannot fetch", gone.err)


class Script(Gate):
    """What stands in docs/examples/gate.sh."""

    def test_a_shell_script_blocks_a_merge(self):
        script = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))),
                              "docs/examples/gate.sh")
        env = dict(self.env, PATH=os.path.dirname(PROGRAM) + os.pathsep + self.env["PATH"])
        for candidate, code, words in (("worse.jsonl", 1, "Not merged"), ("fixed.jsonl", 0, "May be merged")):
            done = subprocess.run(["sh", script, "before", candidate, "policy.yaml"], cwd=self.folder, env=env,
                                  capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, code, done.stdout + done.stderr)
            self.assertIn(words, done.stdout)


if __name__ == "__main__":
    unittest.main()
