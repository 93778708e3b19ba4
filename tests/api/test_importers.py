"""Results of other tools through the program: real ones where RONDO_SAMPLES names a folder with data/, and the
fixtures."""
import gzip
import io
import json
import os
import re
import unittest
import zipfile

from workspace import REMEDY, TOP, Workspace, about_files

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

    def refused(self, name, content, *words):
        self.file(name, content)
        answer = self.take(name, *words)
        self.assertEqual((answer.code, self.runs()), (2, {}), answer.out)
        self.assertTrue(answer.err.startswith("rondo: "), answer.err)
        return answer.err[len("rondo: "):].strip()

    def fixture(self, *parts):
        with open(os.path.join(FIXTURES, *parts), "rb") as file:
            return file.read()


class Fixtures(Importing):
    def setUp(self):
        super().setUp()
        self.initialise()

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

    def test_a_format_is_known_behind_texts_of_megabytes(self):
        long = "z" * 1200000
        promptfoo = json.loads(self.fixture("promptfoo", "results.json"))
        item = json.dumps(dict(json.loads(self.fixture("langfuse", "items.json"))["data"][0], input=long))
        for name, content, form in (
                ("a.json", json.dumps(dict({"config": {"description": "s", "tests": [long]}}, evalId="e", results=promptfoo["results"])), "promptfoo"),
                ("b.json", json.dumps({"testCases": [{"input": long, "success": True}], "testPassed": 1}, indent=1), "deepeval"),
                ("c.jsonl", item + "\n" + item.replace("item1", "item2") + "\n", "langfuse"),
                ("d.jsonl", json.dumps({"input": long, "case": "a", "pass": True}) + "\n" + '{"spec": {"eval_name": 1}, "case": "b", "pass": true}\n', "plain")):
            with self.subTest(name):
                self.file(name, content)
                answer = self.take(name, "--suite", name)
                self.assertEqual((answer.code, answer.json()["files"][0]["format"]), (0, form), answer.out[:2000])
        self.assertEqual(self.take(self.file("e.json", json.dumps({"x": long, "y": 1}))).code, 2)

    def test_a_run_keeps_its_commit_its_parameters_and_of_how_many_cases_it_has_some(self):
        log = json.loads(self.fixture("inspect", "success.json"))
        self.rondo("import", self.file("log.json", json.dumps(log)), "--json")
        said = {"git_commit": "abc123", "dataset_cases": 12, "parameters": '{"config":{"limit":10,"epochs":2,"epochs_reducer":["mean"]}}'}
        self.said(self.rondo("eval-run", "show", "ev1", "--json").json(), **said)
        log["eval"].update(task_args={"question": "x" * 5000}, dataset=dict(log["eval"]["dataset"], samples=None))
        log["eval"]["config"].clear()
        self.assertEqual(self.take(self.file("log.json", json.dumps(log))).json()["runs"]["unchanged"], ["ev1"])  # told, not compared
        self.said(self.rondo("eval-run", "show", "ev1", "--json").json(), **said)
        self.rondo("import", "log.json", "--run", "long")
        long = self.rondo("eval-run", "show", "long", "--json").json()
        self.assertRegex(long["parameters"], "^sha256:[0-9a-f]{64}$")
        self.assertIsNone(long["dataset_cases"])

    def test_a_mapping_file_reads_what_nobody_knows(self):
        answer = self.take(os.path.join(FIXTURES, "mapping", "rows.json"), "--map",
                           os.path.join(FIXTURES, "mapping", "map.json"))
        self.assertEqual(answer.code, 1, answer.out)
        self.assertEqual([bad["line"] for bad in answer.json()["quarantined"]], [3, 4])
        self.said(self.runs()["rows"], suite="own", cases=2, passed=1, failed=1, status="partial")

    def test_what_a_file_is_wrapped_in_is_named(self):
        content = self.fixture("promptfoo", "results.json")
        text = content.decode()
        for name, wrapped, said in (
                ("twice.json", gzip.compress(gzip.compress(content)), "'twice.json' is compressed twice: unpack it once"),
                ("a.json", b"\xff\xfe" + text.encode("utf-16-le"), "'a.json' begins as UTF-16 does: say so with --encoding UTF-16"),
                ("b.json", b"\xfe\xff" + text.encode("utf-16-be"), "'b.json' begins as UTF-16 does: say so with --encoding UTF-16"),
                ("c.json", b"BZh91AY", "'c.json' is compressed with bzip2: unpack it, or use gzip"),
                ("d.json", b"\xfd7zXZ\0", "'d.json' is compressed with xz: unpack it, or use gzip"),
                ("e.json", b"\x28\xb5\x2f\xfd$", "'e.json' is compressed with zstd: unpack it, or use gzip")):
            with self.subTest(name):
                self.assertEqual(self.refused(name, wrapped), said)
        self.assertTrue(self.refused("f.json", b"\x28\xb5").startswith("cannot tell the format of 'f.json'"))
        self.assertEqual(self.take("a.json", "--encoding", "UTF-16").code, 0)
        self.assertEqual(len(self.runs()), 1)

    def test_a_file_that_ends_too_early_is_told_so(self):
        promptfoo = self.fixture("promptfoo", "results.json")
        early = "'cut.json' ends early, before it names its suite: write it again, or give the suite with --suite"
        self.assertEqual(self.refused("cut.json", promptfoo[:3000]), early)
        self.assertEqual(self.refused("cut.json", gzip.compress(promptfoo)[:-400]), early)
        no_row = "'cut.json' ends before its first row: write it again"
        self.assertEqual(self.refused("cut.json", promptfoo[:300], "--suite", "s"), no_row)
        samples = self.fixture("inspect", "success.json")
        for form, content in (("inspect", samples[:samples.index(b'"samples"') + 12]), ("deepeval", b'{"runDuration": 1, "testCases": ['),
                              ("mlflow", b'{"columns": ["a"], "data": ['), ("langfuse", b'{"meta": {}, "data": [')):
            with self.subTest(form):
                self.assertEqual(self.refused("cut.json", content, "--suite", "s", "--format", form), no_row)
        self.assertIn("holds no row: export the table", self.refused("whole.json", b'{"columns": ["a"], "data": []}', "--suite", "s", "--format", "mlflow"))

    def test_an_entry_of_an_archive_is_named_with_its_archive(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("header.json", '{"eval": ')
        self.assertEqual(self.refused("log.eval", archive.getvalue()), "entry 'header.json' of 'log.eval': not JSON: expected a value at byte 8, but the text ends there: write the log again")

    def test_lines_none_of_which_can_be_read_say_why(self):
        self.assertTrue(self.refused("deep.jsonl", b'{"suite": ' + 80 * b"[" + b"\n").startswith(
            "'deep.jsonl' holds no line that can be read (line 1: JSON nested more than 64 levels deep at byte 73; flatten it): known formats are"))
        self.assertEqual(self.refused("log.jsonl", b'\n{"spec": 1\n', "--format", "openai-evals"),
                         "'log.jsonl' holds no line that can be read; line 2: not JSON: expected ',' or '}' at byte 10, but the text ends there: "
                         "export it again, or give --format if it is of another format")
        self.assertEqual(self.refused("blank.jsonl", b"\n\n", "--format", "openai-evals"), "'blank.jsonl' is empty: export it again")
        self.assertEqual(self.refused("mac.csv", b"case,pass\ra,true\rb,false\r"), "lines of 'mac.csv' end in CR alone: write them with LF")

    def test_a_log_of_openai_whose_spec_says_nothing_names_no_suite(self):
        rest = self.fixture("openai_evals", "log.jsonl").split(b"\n", 1)[1]
        self.assertEqual(self.refused("log.jsonl", b'{"spec": null}\n' + rest), "'log.jsonl' names no suite: give one with --suite")
        self.assertEqual(self.take("log.jsonl", "--suite", "s").code, 0)

    def test_a_long_name_stands_whole_in_the_sentence(self):
        name = "results-of-the-support-assistant-in-german-and-english-2026-11-16-" + 40 * "x" + ".json"
        content = self.fixture("promptfoo", "results.json").rstrip()
        self.assertEqual(self.refused(name, content + b"}"), "%s: not JSON: expected the end of the text at line %d, column 2, found '}': %s" % (
            name, content.count(b"\n") + 1, "export it again, or give --format if it is of another format"))

    def test_a_row_of_langfuse_that_is_none_leaves_the_others(self):
        rows = json.loads(self.fixture("langfuse", "items.json"))
        whole = len(rows["data"])
        for at in (0, 2):
            rows["data"].insert(at, None)
        self.file("items.json", json.dumps(rows))
        answer = self.take("items.json")
        self.assertEqual((answer.code, [(bad["line"], bad["reason"].split(" (")[0]) for bad in answer.json()["quarantined"]]),
                         (1, [(1, "the row must be an experiment's item"), (3, "the row must be an experiment's item")]))
        cases = self.runs()["exp1"]["cases"]
        self.assertEqual(self.runs()["exp1"]["status"], "partial")
        self.rondo("import", os.path.join(FIXTURES, "langfuse", "items.json"), "--run", "whole")
        self.assertEqual((cases, self.runs()["whole"]["cases"]), (cases, cases), whole)

    def test_a_report_without_a_testcase(self):
        self.assertEqual(self.refused("none.xml", b"<testsuite name='s'></testsuite>"), "'none.xml' holds no testcase: give a report that has some")
        self.assertEqual(self.refused("cut.xml", b"<testsuite name='s'><testcase name='a'"), "'cut.xml' ends before its first whole testcase: write it again")
        self.assertEqual(self.refused("deep.xml", 100 * b"<testsuite>"), "line 1 of 'deep.xml' is more than 64 elements deep: flatten it")

    def test_the_same_log_again_is_unchanged(self):
        path = os.path.join(FIXTURES, "inspect", "success.json")
        self.assertEqual(self.take(path).json()["runs"]["new"], ["ev1"])
        self.assertEqual(self.take(path).json()["runs"]["unchanged"], ["ev1"])

    def test_a_format_that_is_named_reads_nothing_else(self):
        answer = self.take(os.path.join(FIXTURES, "langfuse", "items.json"), "--format", "inspect")
        self.assertEqual(answer.code, 2)
        self.assertIn("is not a log of Inspect", answer.out)


NOT_WHOLE = b'{"results": {\n  "version": 3\n  "results": []}}\n'


class Refusals(Importing):
    """Whatever reads a file: what it refuses is named with the file, the place and what to do."""

    def setUp(self):
        super().setUp()
        self.initialise()

    def formats(self):
        known = self.take(self.file("x", "x"), "--format", "none").json()["notes"][0]["text"].split("known formats are ")[1]
        names = re.findall(r"([a-z][a-z-]*) \(", known)
        self.assertGreater(len(names), 9, known)
        return names

    def test_a_file_that_is_refused_says_which_and_what_to_do(self):
        contents = {"empty": b"", "blank": b" \n\n", "cut-packed": gzip.compress(b"x" * 300)[:12], "not-whole": NOT_WHOLE, "object": b"{}",
                    "list": b"[]", "number": b"[1]\n", "text": b"hello", "begun": b'{"results": [', "noise": b"\0\1\2\0", "utf8": b"\xff\xfe{",
                    "xml": b"<a><b></a>", "deep": b"[" * 80, "twice": b"{}}"}
        paths = [self.file(name + ".in", content) for name, content in contents.items()]
        seen = 0
        for form in self.formats():
            report = self.take(paths[0], *paths[1:], "--format", form, "--suite", "s", "--run", "r").json()
            for note in report["notes"]:
                if note["code"] == "file_refused":
                    seen += 1
                    with self.subTest(form, sentence=note["text"]):
                        self.assertTrue(any(name + ".in" in note["text"] for name in contents))
                        self.assertRegex(note["text"], REMEDY)
            for bad in report["quarantined"]:
                with self.subTest(form, reason=bad["reason"]):
                    self.assertGreater(bad["line"], 0)
                    self.assertRegex(bad["reason"], "%s|expected " % REMEDY.pattern)
            self.assertEqual(self.runs(), {}, form)
        self.assertGreater(seen, 100)

    def test_a_document_that_is_wrong_says_where_and_one_that_is_cut_how_far(self):
        for form in ("promptfoo", "inspect", "deepeval", "mlflow", "langfuse"):
            with self.subTest(form):
                self.assertEqual(self.refused("doc.json", NOT_WHOLE, "--format", form),
                                 "doc.json: not JSON: expected ',' or '}' at line 3, column 3, found '\"': export it again, or give --format "
                                 "if it is of another format")
                self.assertEqual(self.refused("doc.json", b'\n{"a', "--format", form),
                                 "doc.json: not JSON: expected the closing '\"' of a text at line 2, column 4, but the text ends there: it is "
                                 "cut, 4 bytes of it were read: export it again")

    def test_junk_behind_a_gzip_is_named_and_what_was_packed_is_whole(self):
        for name, form in (("results.json", "promptfoo"), ("test_run_20261116_070000.json", "deepeval")):
            with self.subTest(form):
                packed = gzip.compress(self.fixture(form, name))
                answer = self.take(self.file(name + ".gz", packed + b"\n-- \nsent by a mailer"), "--run", form)
                self.assertEqual((answer.code, answer.json()["quarantined"]), (0, []), answer.out)
                self.assertEqual([note["text"] for note in answer.json()["notes"] if note["code"] == "junk"],
                                 ["behind the end of the gzip stream stand bytes that are no gzip: they were left out, what was compressed is whole"])
                self.assertEqual(self.runs()[form]["status"], "complete")
        rows = "".join(json.dumps({"suite": "s", "surface": "t", "run": "lines", "started_at": "2026-11-16", "case": str(at), "pass": True}) + "\n" for at in range(3))
        answer = self.take(self.file("lines.jsonl.gz", gzip.compress(rows.encode()) + b"junk"))
        self.assertEqual((answer.code, [note["code"] for note in answer.json()["notes"]]), (0, ["junk"]))
        self.assertEqual(self.take(self.file("lines.jsonl.gz", gzip.compress(rows.encode())[:-4]), "--run", "cut").json()["quarantined"][0]["reason"],
                         "the gzip stream was cut: write the file again and import it with --replace")


@unittest.skipUnless(SAMPLES, "RONDO_SAMPLES is not set")
class Real(Importing):
    def setUp(self):
        super().setUp()
        self.initialise()

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
