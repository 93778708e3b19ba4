"""Results of other tools through the program: real ones where RONDO_SAMPLES names a folder with data/, and the
fixtures."""
import gzip
import json
import os
import unittest

from workspace import TOP, Workspace, about_files

SAMPLES = os.environ.get("RONDO_SAMPLES")
FIXTURES = os.path.join(TOP, "tests", "fixtures")


@about_files  # what a file says is read alike, wherever it is stored
class Importing(Workspace):
    def take(self, *arguments):
        return self.run_rondo("import", *arguments, "--json")

    def runs(self):
        return {run["run"]: run for run in self.rondo("eval-run", "list", "--json").json()["items"]}

    def said(self, run, **wanted):
        self.assertEqual({key: run[key] for key in wanted}, wanted)


class Fixtures(Importing):
    def setUp(self):
        super().setUp()
        self.rondo("init")

    def test_every_tool_is_recognised_and_its_exit_says_how_it_went(self):
        for path, code, form in (
                ("inspect/success.json", 0, "inspect"), ("inspect/cancelled.json", 0, "inspect"),
                ("inspect/early.json", 0, "inspect"), ("inspect/metrics.json", 1, "inspect"),
                ("inspect/no_samples.json", 2, "inspect"), ("terminal_bench/results.json", 0, "terminal-bench"),
                ("terminal_bench/empty.json", 2, "terminal-bench"), ("mapping/tau_bench.json", 0, "tau-bench"),
                ("mapping/pairwise.json", 0, "pairwise"), ("openai_evals/log.jsonl", 0, "openai-evals"),
                ("openai_evals/totals.jsonl", 2, "openai-evals"), ("lm_eval/results_2023.json", 2, "lm-eval"),
                ("lm_eval/samples_sums_2026-11-16T00-00-00.500000.jsonl", 0, "lm-eval"),
                ("lm_eval/samples_old_task_2024-06-13T12-34-56.789012.jsonl", 1, "lm-eval"),
                ("lm_eval/old_sums_write_out_info.json", 1, "lm-eval"),
                ("langfuse/items.json", 0, "langfuse"), ("langfuse/rows.jsonl", 2, "langfuse"),
                ("mapping/rows.json", 2, "map")):
            with self.subTest(path):
                answer = self.take(os.path.join(FIXTURES, path))
                self.assertEqual(answer.code, code, answer.out + answer.err)
                self.assertEqual(answer.json()["files"][0]["format"], form)

    def test_a_mapping_file_reads_what_nobody_knows(self):
        answer = self.take(os.path.join(FIXTURES, "mapping", "rows.json"), "--map",
                           os.path.join(FIXTURES, "mapping", "map.json"))
        self.assertEqual(answer.code, 1, answer.out)
        self.assertEqual([bad["line"] for bad in answer.json()["quarantined"]], [3, 4])
        self.said(self.runs()["rows"], suite="own", cases=2, passed=1, failed=1, status="partial")

    def test_the_same_log_again_is_unchanged(self):
        path = os.path.join(FIXTURES, "inspect", "success.json")
        self.assertEqual(self.take(path).json()["runs"]["new"], ["ev1"])
        self.assertEqual(self.take(path).json()["runs"]["unchanged"], ["ev1"])

    def test_a_format_that_is_named_reads_nothing_else(self):
        answer = self.take(os.path.join(FIXTURES, "langfuse", "items.json"), "--format", "inspect")
        self.assertEqual(answer.code, 2)
        self.assertIn("is not a log of Inspect", answer.out)


@unittest.skipUnless(SAMPLES, "RONDO_SAMPLES is not set")
class Real(Importing):
    def setUp(self):
        super().setUp()
        self.rondo("init")

    def place(self, *parts):
        return os.path.join(SAMPLES, "data", "raw", *parts)

    def test_logs_of_inspect(self):
        self.assertEqual(self.take(self.place("inspect_ai", "2025-05-12T20-28-13-04-00_no-samples.json")).code, 2)
        for name in ("2025-05-12T20-28-13-04-00_popularity.json", "log_read_sample.json", "log_read_sample.eval"):
            self.assertEqual(self.take(self.place("inspect_ai", name)).code, 0)
        runs = self.runs()
        self.said(runs["VnKtvCqGnnegLQ7qSBFDzx"], status="cancelled", cases=3, passed=2, failed=1,
                  model="openai/gpt-4o-mini", model_served="gpt-4o-mini-2024-07-18",
                  started_at="2025-05-13T00:28:13Z", started_zone="-04:00", judge="match")
        for name in ("hj8C8q8gxzHhwyCT67xh4L", "C3pqnFnsCUx6ZpmsRU9Ape"):
            self.said(runs[name], status="complete", cases=1, passed=1, model="ollama/gemma3", model_served="gemma3",
                      suite="popularity", harness_version="0.3.95.dev16+g6527d0861")

    def test_results_of_terminal_bench_are_those_of_the_plain_file(self):
        plain = {}
        with gzip.open(os.path.join(SAMPLES, "data", "terminal_bench_core_part.jsonl.gz"), "rt") as file:
            for line in map(json.loads, file):
                plain.setdefault(line["run"].split("/")[1], []).append(line)
        for name in ("2025-08-25__12-29-38", "2025-08-25__13-35-43"):
            path = self.place("terminal-bench", "20250829_goose_claude-4-sonnet__%s__results.json.gz" % name)
            self.assertEqual(self.take(path).code, 0)
            lines = plain[name]
            self.said(self.runs()[name], cases=len(lines), passed=sum(line["pass"] is True for line in lines),
                      failed=sum(line["pass"] is False for line in lines),
                      unscored=sum(line["pass"] is None for line in lines), status="complete",
                      started_at=lines[0]["started_at"].replace("+00:00", "Z"))


if __name__ == "__main__":
    unittest.main()
