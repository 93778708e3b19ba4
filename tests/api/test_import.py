"""What may be in a file of results, what is stored of it, and which exit code follows."""
import gzip
import json
import os
import signal
import subprocess
import time
import unittest

from workspace import about_files, about_stores, PROGRAM, Workspace

FILE_KEYS = ["file", "format", "lines", "results"]
REPORT_KEYS = ["files", "runs", "suites", "surfaces", "quarantined", "notes", "dry_run"]
SHARED = {"suite": "bot", "surface": "refunds", "run": "r1", "started_at": "2026-11-09T07:00:00Z", "model": "m"}


class Import(Workspace):
    maxDiff = None

    def rows(self, count=3, **shared):
        return self.lines(*({"case": "c%02d" % i, "pass": i != 0} for i in range(count)), **{**SHARED, **shared})

    def take(self, content, *words, code=0, name="results.jsonl", **options):
        return self.rondo("import", self.file(name, content), "--json", *words, code=code, **options).json()

    def runs(self):
        return {run["run"]: run for run in self.rondo("eval-run", "list", "--json", "--limit", "1000").json()["items"]}

    def codes(self, report):
        return [note["code"] for note in report["notes"]]

    def quarantine(self):
        return self.rondo("quarantine", "list", "--json").json()["items"]


class Report(Import):
    def test_the_report_has_exactly_the_promised_keys(self):
        bad = '{"suite":"bot","surface":"refunds","run":"r1","case":"x","pass":"perhaps"}\n'
        self.initialise()
        other = self.file("noise.bin", b"\0\1\2\0")
        good = self.file("a.jsonl", self.rows() + bad)
        report = self.rondo("import", good, other, "--json", code=2).json()
        self.assertEqual(list(report), REPORT_KEYS)
        self.assertEqual(list(report["runs"]), ["new", "unchanged", "replaced", "refused"])
        for file in report["files"]:
            self.assertEqual(list(file), FILE_KEYS)
        self.assertEqual([list(line) for line in report["quarantined"]], [["file", "line", "reason", "text"]])
        for note in report["notes"]:
            self.assertEqual(list(note), ["code", "text", "count"])
        self.assertEqual(report["files"][0], {"file": good, "format": "plain", "lines": 4, "results": 3})
        self.assertEqual(report["runs"]["new"], ["r1"])
        self.assertIn("file_refused", self.codes(report))
        self.assertIs(report["dry_run"], False)
        refused = self.take(self.rows(model="other"), code=1)["runs"]["refused"]
        self.assertEqual([list(item) for item in refused], [["run", "reason"]])

    def test_a_dry_run_says_the_same_and_stores_nothing(self):
        self.initialise()
        content = self.rows() + self.lines({"case": "x", "pass": "perhaps"}, **SHARED)
        dry = self.take(content, "--dry-run", code=1)
        self.assertEqual(self.runs(), {})
        self.assertEqual(self.quarantine(), [])
        self.assertEqual(self.rondo("surface", "list", "--json").json()["items"], [])
        real = self.take(content, code=1)
        self.assertEqual(dry, {**real, "dry_run": True})
        again = self.take(content, "--dry-run", code=1)
        self.assertEqual(again["runs"]["unchanged"], ["r1"])

    def test_a_dry_run_where_no_store_is_makes_none(self):
        path = self.file("a.jsonl", self.rows())
        beside = sorted(os.listdir(self.folder))
        dry = self.rondo("import", path, "--dry-run")
        self.assertIn("Dry run, nothing is stored. Read 3 results from 1 file: 1 new run", dry.out)
        self.assertIn("there is no store at", dry.err)
        report = self.rondo("import", path, "--dry-run", "--json").json()
        self.assertEqual((report["runs"]["new"], report["dry_run"]), (["r1"], True))
        nowhere = os.path.join(self.folder, "nowhere", "x.db")
        self.assertIn("nowhere", self.rondo("import", path, "--dry-run", "--store", nowhere, code=4).err)
        self.assertEqual(sorted(os.listdir(self.folder)), beside)
        self.assertNotIn("there is no store", self.rondo("import", path).err)
        self.assertNotIn("there is no store", self.rondo("import", path, "--dry-run").err)

    def test_words_for_people_name_what_came_in(self):
        words = self.rondo("import", self.file("a.jsonl", self.rows())).out
        self.assertIn("Read 3 results from 1 file: 1 new run", words)
        self.assertIn("r1", words)


class Table(Import):
    """The table of what is stored, row by row."""

    def test_what_is_odd_but_clear_is_kept_with_a_note(self):
        nan = '{"suite":"s","run":"a","started_at":"2026-11-09","case":"n","pass":true,"score":NaN,"cost_usd":-Infinity}\n'
        for name, content, code in (
                ("nan", nan, "no_number"),
                ("bom", b"\xef\xbb\xbf" + self.rows(run="bom").encode(), "bom"),
                ("crlf", self.rows(run="crlf").replace("\n", "\r\n"), "crlf"),
                ("undated", self.rows(run="undated", started_at=None), "undated"),
                ("twice", self.rows(run="twice") + self.rows(run="twice"), "repeated_line"),
                ("keys", '{"suite":"s","run":"k","started_at":"2026-11-09","case":"a","pass":true,"pass":false}\n', "duplicate_key"),
                ("attribute", self.rows(run="attribute", colour="red"), "attribute_kept"),
                ("error", self.lines({"case": "a", "pass": True, "error": "slow"}, **{**SHARED, "run": "e"}), "pass_with_error")):
            with self.subTest(name):
                report = self.take(content, name=name + ".jsonl")
                self.assertIn(code, self.codes(report))
                self.assertEqual(len(report["runs"]["new"]), 1)
                self.assertEqual(report["quarantined"], [])
        self.assertEqual(self.runs()["twice"]["results"], 3)
        self.assertEqual(self.runs()["k"]["failed"], 1)

    def test_an_undated_run_stays_out_of_reviews_and_can_be_compared(self):
        self.take(self.rows(started_at=None))
        self.take(self.rows(started_at=None, run="r2"))
        self.assertIsNone(self.runs()["r1"]["started_at"])
        self.assertIn("no complete run with a date", self.rondo("review", code=2).err)
        self.assertEqual(self.rondo("compare", "r1", "r2", "--json").json()["paired"]["n"], 3)

    def test_a_cut_last_line_leaves_a_partial_run(self):
        report = self.take(self.rows(5)[:-20], code=1)
        self.assertEqual(len(report["quarantined"]), 1)
        self.assertEqual(report["quarantined"][0]["line"], 5)
        self.assertIn("cut", self.codes(report))
        run = self.runs()["r1"]
        self.assertEqual((run["status"], run["results"]), ("partial", 4))
        self.rondo("review", code=2)

    def test_a_cut_gzip_leaves_a_partial_run(self):
        whole = gzip.compress(self.rows(5000).encode())
        report = self.take(whole[:len(whole) // 2], code=1, name="r.jsonl.gz")
        self.assertIn("cut", self.codes(report))
        self.assertEqual(self.runs()["r1"]["status"], "partial")
        self.assertGreater(self.runs()["r1"]["results"], 100)
        self.assertNotIn("damaged", self.codes(report))

    def test_a_damaged_gzip_is_told_as_damaged_and_not_as_cut(self):
        whole = bytearray(gzip.compress(self.rows(5000).encode()))
        whole[-8:-4] = b"\xff\xff\xff\xff"  # all is there, and its checksum is wrong
        report = self.take(bytes(whole), code=1, name="r.jsonl.gz")
        self.assertIn("damaged", self.codes(report))
        self.assertIn("is damaged here", report["quarantined"][0]["reason"])
        self.assertEqual((self.runs()["r1"]["status"], self.runs()["r1"]["results"]), ("partial", 5000))
        whole[:] = gzip.compress(self.rows(5000, run="r2").encode())
        whole[len(whole) // 2:len(whole) // 2 + 8] = b"\xff" * 8
        report = self.take(bytes(whole), code=1, name="s.jsonl.gz")
        self.assertIn("damaged", self.codes(report))
        self.assertEqual(self.runs()["r2"]["status"], "partial")

    def test_half_a_document_is_quarantined_until_the_whole_one_comes(self):
        rows = [{"task_id": "t%d" % i, "trial_name": "t%d.1" % i, "is_resolved": True} for i in range(9)]
        whole = json.dumps({"results": rows})
        named = ("--format", "terminal-bench", "--run", "r1", "--started-at", "2026-11-09")
        report = self.take(whole[:-60], *named, code=1, name="half.json")
        self.assertIn("ends in the middle of a row", report["quarantined"][0]["reason"])
        self.assertEqual(self.runs()["r1"]["status"], "partial")
        again = self.rondo("quarantine", "replay", "--json", code=1).json()
        self.assertIn("nothing of the row was left: write its file again", again["quarantined"][0]["reason"])
        self.take(whole, *named, "--replace", name="whole.json")
        self.assertEqual(self.runs()["r1"]["status"], "complete")

    def test_what_cannot_be_read_goes_to_quarantine_with_file_line_and_reason(self):
        for name, line, reason in (
                ("json", '{"suite":"bot","surface":"refunds","run":"json","case":', "not JSON"),
                ("list", '["suite"]', "must be a JSON object"),
                ("verdict", self.lines({"case": "x", "pass": "perhaps"}, **{**SHARED, "run": "verdict"}), "'pass'"),
                ("again", self.lines({"case": "c01", "pass": False}, **{**SHARED, "run": "again"}), "already"),
                ("zone", self.lines({"case": "x", "pass": True}, **{**SHARED, "run": "zone", "started_at": "2026-11-09T07:00:00"}), "--zone"),
                ("case", self.lines({"pass": True}, **{**SHARED, "run": "case"}), "case"),
                ("model", self.lines({"case": "x", "pass": True}, **{**SHARED, "run": "model", "model": "m\nl"}), "'model' must be one line"),
                ("judge", self.lines({"case": "x", "pass": True, "judge": "j" * 5000}, **{**SHARED, "run": "judge"}), "'judge' has 5000 bytes"),
                ("blank", self.lines({"case": " ", "pass": True}, **{**SHARED, "run": "blank"}), "'case' is blank"),
                ("long", self.lines({"case": "x" * 5000, "pass": True}, **{**SHARED, "run": "long"}), "'case' has 5000 bytes; at most 4096")):
            with self.subTest(name):
                report = self.take(self.rows(run=name) + line + ("" if line.endswith("\n") else "\n"), code=1, name=name + ".jsonl")
                self.assertEqual([item["line"] for item in report["quarantined"]], [4])
                self.assertIn(reason, report["quarantined"][0]["reason"])
                run = self.runs()[name]
                self.assertEqual((run["status"], run["results"]), ("partial", 3))
                self.assertIn("partial", self.codes(report))
        self.assertEqual(len(self.quarantine()), 10)

    def test_strict_refuses_the_whole_run_and_keeps_the_others(self):
        bad = self.lines({"case": "x", "pass": "perhaps"}, **SHARED)
        report = self.take(self.rows() + bad + self.rows(run="good"), "--strict", code=1)
        self.assertEqual([item["run"] for item in report["runs"]["refused"]], ["r1"])
        self.assertEqual(list(self.runs()), ["good"])

    def test_lines_that_disagree_refuse_their_run_only(self):
        for key, other in (("model", "m2"), ("agent", "b"), ("started_at", "2026-11-10")):
            with self.subTest(key):
                content = self.rows(2, agent="a", run=key) + self.lines({"case": "z", "pass": True}, **{**SHARED, "agent": "a", "run": key, key: other})
                report = self.take(content + self.rows(run="with-" + key), code=1)
                self.assertEqual([item["run"] for item in report["runs"]["refused"]], [key])
                self.assertIn(key, report["runs"]["refused"][0]["reason"])
                self.assertEqual(report["runs"]["new"], ["with-" + key])
                self.assertNotIn(key, self.runs())

    def test_a_file_refused_as_a_whole_leaves_the_others(self):
        self.initialise()
        good = self.file("good.jsonl", self.rows())
        for name, content in (("noise", os.urandom(4096) + b"\0"), ("empty", b""), ("blank", b"\n\n"), ("html", b"<html>\n<body>\n"),
                              ("header", b"suite,run,case,pass\n"), ("nocase", b"suite,run,pass\ns,r,yes\n")):
            with self.subTest(name):
                path = self.file(name, content)
                answer = self.rondo("import", path, good, "--json", code=2)
                self.assertEqual(len(answer.err.strip().split("\n")), 1, answer.err)
                self.assertIn(name, answer.err)
                report = answer.json()
                self.assertEqual(len(report["files"]), 2)
                self.assertEqual(report["runs"]["new"] + report["runs"]["unchanged"], ["r1"])
        self.assertEqual(list(self.runs()), ["r1"])
        answer = self.rondo("import", os.path.join(self.folder, "absent"), good, code=2)
        self.assertIn("absent", answer.out + answer.err)

    def test_a_line_over_64_mib_refuses_the_file_and_one_below_is_read(self):
        long = json.dumps({**SHARED, "case": "long", "pass": True, "input": "x" * (63 << 20)}) + "\n"
        self.take(long)
        path = self.file("long.jsonl", self.rows(run="r2") + long.replace("x" * 100, "x" * 110))
        size = os.path.getsize(path)
        self.assertGreater(size, 64 << 20)
        self.assertIn("64 MiB", self.rondo("import", path, code=2).out)
        self.assertNotIn("r2", self.runs())

    def test_other_content_is_refused_naming_the_first_difference_unless_replaced(self):
        self.take(self.rows())
        other = self.rows().replace('"c01", "pass": true', '"c01", "pass": false')
        report = self.take(other + self.rows(run="r2"), code=1)
        self.assertIn("case 'c01' was pass and is fail", report["runs"]["refused"][0]["reason"])
        self.assertIn("r1", report["runs"]["refused"][0]["reason"])
        self.assertEqual(report["runs"]["new"], ["r2"])
        self.assertEqual(self.runs()["r1"]["passed"], 2)
        report = self.take(other, "--replace")
        self.assertEqual(report["runs"]["replaced"], ["r1"])
        run = self.runs()["r1"]
        self.assertEqual((run["content"], run["passed"], run["id"]), (2, 1, "RUN-1"))
        notes = self.rondo("review", "--json").json()["surfaces"][0]["notes"]
        self.assertNotIn("restated", [note["code"] for note in notes])  # r2 stands for the week
        notes = self.rondo("compare", "r2", "r1", "--json").json()["notes"]
        self.assertIn("restated", [note["code"] for note in notes])
        self.assertEqual(self.take(other, "--replace")["runs"]["unchanged"], ["r1"])
        for difference, changed in (("case 'c03' is new", self.rows(4, run="r2")), ("case 'c02' is missing", self.rows(2, run="r2")),
                                    ("model was 'm' and is 'x'", self.rows(run="r2", model="x")), ("scores", self.rows(run="r2", score=1)),
                                    ("started_at was 2026-11-09T07:00:00Z and is no date", self.rows(run="r2", started_at=None)),
                                    ("started_at was 2026-11-09T07:00:00Z and is 2026-11-10T00:00:00Z", self.rows(run="r2", started_at="2026-11-10"))):
            self.assertIn(difference, self.take(changed, code=1)["runs"]["refused"][0]["reason"])

    def test_the_same_content_is_unchanged_whatever_file_and_order(self):
        self.take(self.rows(5))
        lines = self.rows(5).splitlines(keepends=True)
        report = self.take("".join(reversed(lines)), name="other.jsonl")
        self.assertEqual(report["runs"], {"new": [], "unchanged": ["r1"], "replaced": [], "refused": []})
        self.assertEqual(self.take(gzip.compress("".join(lines).encode()), name="o.gz")["runs"]["unchanged"], ["r1"])
        self.assertEqual(self.runs()["r1"]["file"], "results.jsonl")
        self.assertEqual(self.runs()["r1"]["content"], 1)

    def test_texts_count_as_content_only_where_they_are_kept(self):
        report = self.take(self.rows(input="first"))
        self.assertIn("texts_left_out", self.codes(report))
        self.assertEqual(self.take(self.rows(input="second"))["runs"]["unchanged"], ["r1"])
        self.rondo("suite", "set", "bot", "--keeps-texts", "yes")
        self.take(self.rows(input="second"), code=1)
        self.assertNotIn("texts_left_out", self.codes(self.take(self.rows(input="second"), "--replace")))


@about_files  # of how bytes are read; what is stored of them is tested on both stores
class Shapes(Import):
    def test_csv_with_any_delimiter_bom_and_crlf(self):
        for i, delimiter in enumerate(",;\t"):
            with self.subTest(delimiter):
                rows = [["case", "run", "suite", "pass", "started_at", "tags", "model"], ["a", "r%d" % i, "s", "PASSED", "2026-11-09", "x;y" if delimiter != ";" else '"x;y"', '"say ""hi"""'],
                        ["b", "r%d" % i, "s", "no", "2026-11-09", "", '"say ""hi"""'], ["c", "r%d" % i, "s", "", "2026-11-09", "", '"say ""hi"""'], ["d", "r%d" % i, "s", "error", "2026-11-09", "", '"say ""hi"""'],
                        ["e", "r%d" % i, "s", "Skipped", "2026-11-09", "", '"say ""hi"""'], ["f", "r%d" % i, "s", "1", "2026-11-09", "", '"say ""hi"""']]
                content = b"\xef\xbb\xbf" + "\r\n".join(delimiter.join(row) for row in rows).encode() + b"\r\n"
                report = self.take(content, name="r.csv")
                self.assertEqual(report["files"][0]["format"], "csv")
                self.assertEqual(self.codes(report), ["bom", "crlf"] + ["same_verdicts"] * (i > 0))
                run = self.runs()["r%d" % i]
                self.assertEqual([run[key] for key in ("cases", "passed", "failed", "errors", "unscored", "skipped")], [6, 2, 1, 1, 1, 1])
                self.assertEqual((run["surface"], run["model"]), ("s", 'say "hi"'))

    def test_a_delimiter_can_be_named(self):
        self.take("case|pass|suite|run\na|yes|s|r\n", "--format", "csv", "--delimiter", "|")
        self.assertEqual(self.runs()["r"]["passed"], 1)
        self.rondo("import", "x.csv", "--delimiter", "||", code=2)

    def test_what_ends_cells_or_lines_is_no_delimiter(self):
        for delimiter in ('"', "\n", "", ";;"):
            self.assertIn("delimiter", self.rondo("import", "--delimiter=" + delimiter, self.file("a.csv", "case\n"), code=2).err)

    def test_an_encoding_can_be_named(self):
        content = "case,pass,suite,run\nGrüße,yes,s,r\n".encode("latin-1")
        report = self.take(content, "--strict", code=1, name="r.csv")
        self.assertIn("UTF-8", report["quarantined"][0]["reason"])
        self.take(content, "--encoding", "latin1", name="r.csv")
        self.assertEqual([case["key"] for case in self.rondo("eval-case", "list", "--json").json()["items"]], ["Grüße"])
        self.rondo("import", self.file("r.csv", content), "--encoding", "klingon", code=2)

    def test_standard_input(self):
        report = self.rondo("import", "-", "--json", stdin=self.rows()).json()
        self.assertEqual(report["runs"]["new"], ["r1"])
        self.rondo("import", "-", stdin=gzip.compress(self.rows(run="gz").encode()))
        self.assertIn("gz", self.runs())
        self.rondo("import", "-", stdin=b"", code=2)

    def test_what_lines_do_not_say_options_say(self):
        content = self.lines({"case": "a", "pass": True}, {"case": 7, "pass": False})
        self.take(content, "--suite", "s", "--surface", "f", "--run", "n", "--started-at", "2026-11-09T10:00", "--zone", "Europe/Berlin")
        run = self.runs()["n"]
        self.assertEqual((run["suite"], run["surface"], run["started_at"]), ("s", "f", "2026-11-09T09:00:00Z"))
        self.take(content, "--suite", "s", name="2026-11-16-a.jsonl.gz")
        self.assertIn("2026-11-16-a", self.runs())
        self.assertIn("--suite", self.rondo("import", self.file("n.jsonl", content), code=1).out)
        for option, value in (("--zone", "Mars/Base"), ("--started-at", "yesterday"), ("--threshold", "half"), ("--format", "excel")):
            answer = self.rondo("import", self.file("n.jsonl", content), "--suite", "s", option, value, code=2)
            self.assertIn(value, answer.out + answer.err)

    def test_a_map_names_columns_and_constants(self):
        where = self.file("map.json", json.dumps({"case": "task", "pass": "ok", "suite": {"value": "mapped"}, "run": {"value": "r"}}))
        self.take(self.lines({"task": "a", "ok": True}, {"task": "b", "ok": False}), "--map", where)
        self.assertEqual((self.runs()["r"]["suite"], self.runs()["r"]["passed"]), ("mapped", 1))
        self.rondo("import", "x", "--map", self.file("list.json", "[]"), code=2)
        half = self.rondo("import", "x", "--map", self.file("half.json", "{"), code=2).err
        self.assertRegex(half, "^rondo: the map: not JSON: .* at byte 1, but the text ends there: mend the map$")
        self.rondo("import", "x", "--map", os.path.join(self.folder, "absent.json"), code=2)

    def test_a_threshold_makes_verdicts_of_scores_and_stays_with_the_suite(self):
        rows = [{"case": "a", "score": 0.5}, {"case": "b", "score": 0.49}, {"case": "c", "score": 0.9, "pass": None}]
        self.assertEqual(len(self.take(self.lines(*rows, **SHARED), code=1)["quarantined"]), 2)
        self.take(self.lines(*rows, **{**SHARED, "suite": "other"}), "--threshold", "score=0.5")
        self.assertEqual(self.runs()["r1"]["unscored"], 1)
        self.take(self.lines(*rows, **{**SHARED, "suite": "other", "run": "later"}))
        run = self.runs()["later"]
        self.assertEqual((run["passed"], run["failed"], run["unscored"]), (1, 1, 1))
        suite = [item for item in self.rondo("suite", "list", "--json").json()["items"] if item["name"] == "other"][0]
        self.assertEqual((suite["threshold"], suite["threshold_metric"]), (0.5, "score"))

    def test_ids_may_be_numbers_of_any_size(self):
        self.take('{"suite":"s","run":"r","case":123456789012345678901234567890,"pass":true}\n{"suite":"s","run":"r","case":7,"pass":true}\n')
        self.assertEqual(sorted(case["key"] for case in self.rondo("eval-case", "list", "--json").json()["items"]), ["123456789012345678901234567890", "7"])
        self.assertEqual(self.take('{"suite":"s","run":"r","case":"123456789012345678901234567890","pass":true}\n{"suite":"s","run":"r","case":"7","pass":true}\n')["runs"]["unchanged"], ["r"])

    def test_an_error_is_no_failure(self):
        self.take(self.lines({"case": "a", "pass": False, "error": "timeout"}, {"case": "b", "pass": None}, {"case": "c", "pass": False}, **SHARED))
        run = self.runs()["r1"]
        self.assertEqual((run["errors"], run["unscored"], run["failed"]), (1, 1, 1))

    def test_trials_decide_by_majority_and_are_numbered_in_file_order(self):
        rows = [{"case": "a", "trial": 1, "pass": True}, {"case": "a", "pass": False}, {"case": "a", "pass": True},
                {"case": "b", "trial": 1, "pass": True}, {"case": "b", "pass": False}]
        self.take(self.lines(*rows, **SHARED))
        run = self.runs()["r1"]
        self.assertEqual((run["cases"], run["results"], run["passed"], run["failed"]), (2, 5, 1, 1))
        numbered = [{**row, "trial": trial} for row, trial in zip(rows, (1, 2, 3, 1, 2))]
        self.assertEqual(self.take(self.lines(*numbered, **SHARED))["runs"]["unchanged"], ["r1"])

    def test_the_suite_says_how_trials_decide(self):
        rows = [{"case": "a", "trial": 1, "pass": True}, {"case": "a", "trial": 2, "pass": False}]
        self.initialise()
        for rule, passed in (("all", 0), ("any", 1), ("majority", 0)):
            self.rondo("suite", "add", "--name", rule, "--trial-rule", rule)
            self.take(self.lines(*rows, **{**SHARED, "suite": rule, "run": rule}))
            self.assertEqual(self.runs()[rule]["passed"], passed, rule)

    def test_the_suite_says_whether_trials_without_a_verdict_count(self):
        rows = [{"case": "a", "trial": 1, "pass": True}, {"case": "a", "trial": 2, "pass": None, "error": "timeout"}, {"case": "a", "trial": 3, "pass": None}]
        self.initialise()
        for nulls, passed in (("fail", 0), ("exclude", 1)):
            self.rondo("suite", "add", "--name", nulls, "--nulls", nulls)
            self.take(self.lines(*rows, **{**SHARED, "suite": nulls, "run": nulls}))
            self.assertEqual((self.runs()[nulls]["passed"], self.runs()[nulls]["cases"]), (passed, 1), nulls)

    def test_several_judges_are_several_runs(self):
        report = self.take(self.rows(judge="strict") + self.rows(judge="mild"))
        self.assertEqual(sorted(report["runs"]["new"]), ["r1@mild", "r1@strict"])
        self.assertIn("several_judges", self.codes(report))
        report = self.take(self.rows(run="j", judge="strict") + self.rows(run="j", judge="mild") + self.lines({"case": "x", "pass": "perhaps"}, **{**SHARED, "run": "j"}), code=1)
        self.assertEqual([self.runs()[name]["status"] for name in ("j@mild", "j@strict")], ["partial", "partial"])
        bad_first = self.lines({"case": "x", "pass": "perhaps"}, **{**SHARED, "run": "k"}) + self.rows(run="k", judge="strict") + self.rows(run="k", judge="mild")
        self.take(bad_first, code=1)
        self.assertEqual([self.runs()[name]["status"] for name in ("k@mild", "k@strict")], ["partial", "partial"])

    def test_the_same_results_under_another_model_are_flagged(self):
        self.take(self.rows())
        self.assertIn("same_results", self.codes(self.take(self.rows(run="r2", model="m2"))))
        self.assertNotIn("same_results", self.codes(self.take(self.rows(run="r3", model="m3", surface="other"))))
        self.assertNotIn("same_results", self.codes(self.take(self.rows(run="r4", model="m3", surface="other").replace("true", "false", 1))))

    def test_tags_and_slices_stand_in_the_review(self):
        self.take(self.lines({"case": "a", "pass": True, "slice": "de", "tags": ["fast", "de"]}, {"case": "b", "pass": False, "slice": "en", "tags": ["fast"]}, **SHARED))
        slices = self.rondo("review", "--json").json()["surfaces"][0]["slices"]
        self.assertEqual([(item["slice"], item["n"]) for item in slices], [("de", 1), ("en", 1), ("fast", 2)])

    def test_a_thousand_runs_in_one_file(self):
        content = "".join(self.lines({"case": case, "pass": True} , **{**SHARED, "run": "run-%04d" % run}) for case in ("a", "b") for run in range(1000))
        report = self.take(content)
        self.assertEqual(len(report["runs"]["new"]), 1000)
        self.assertEqual(len(self.runs()), 1000)


class Quarantine(Import):
    def test_a_repaired_line_joins_its_run_and_makes_it_whole(self):
        good = self.rows(12)
        self.take(self.rows(12, run="before", started_at="2026-11-02"))
        self.take(good + '{"suite":"bot","surface":"refunds","run":"r1","case":"x","pass":"perhaps"}\n' +
                  '{"suite":"bot","surface":"refunds","run":"r1","case":"y","pass":tru}\n', code=1)
        lines = self.quarantine()
        self.assertEqual([list(line) for line in lines], [["id", "at", "format", "file", "line", "reason", "text"]] * 2)
        second, first = lines
        self.assertEqual((first["line"], second["line"]), (13, 14))
        self.assertEqual(self.rondo("review", "--json").json()["surfaces"][0]["run"], "before")
        fixed = [json.dumps({**SHARED, "case": case, "pass": True}) for case in "xy"]
        report = self.rondo("quarantine", "replay", str(first["id"]), "--text", fixed[0], "--json").json()
        self.assertEqual(list(report), REPORT_KEYS)
        self.assertEqual(report["runs"]["replaced"], ["r1"])
        self.assertEqual((self.runs()["r1"]["status"], self.runs()["r1"]["results"]), ("partial", 13))
        self.assertEqual(self.rondo("review", "--json").json()["surfaces"][0]["run"], "before")
        self.rondo("quarantine", "replay", str(second["id"]), "--text", fixed[1])
        self.assertEqual((self.runs()["r1"]["status"], self.runs()["r1"]["results"]), ("complete", 14))
        self.assertEqual(self.rondo("review", "--json").json()["surfaces"][0]["run"], "r1")
        self.assertEqual(self.quarantine(), [])
        self.assertIn("Nothing", self.rondo("quarantine", "list").out)
        self.assertEqual(self.take(good + "\n".join(fixed) + "\n")["runs"]["unchanged"], ["r1"])
        self.rondo("quarantine", "replay", str(first["id"]), "--text", fixed[0], code=2)

    def test_lines_that_are_still_no_good_stay_where_they_are(self):
        self.take(self.rows() + "{\n" + self.lines({"case": "x", "pass": "perhaps"}, **SHARED), code=1)
        before = self.quarantine()
        report = self.rondo("quarantine", "replay", "--json", code=1).json()
        self.assertEqual([item["line"] for item in report["quarantined"]], [4, 5])
        self.assertTrue(report["quarantined"][0]["file"].endswith("results.jsonl"))
        self.assertEqual(self.quarantine(), before)
        self.assertEqual(self.runs()["r1"]["content"], 1)
        self.rondo("quarantine", "replay", str(before[0]["id"]), "--text", "still not", code=1)
        self.assertEqual(self.quarantine(), before)

    def test_a_zone_repairs_times(self):
        content = self.rows(started_at="2026-11-09T10:00:00")
        report = self.take(content, code=1)
        self.assertEqual((len(report["quarantined"]), report["runs"]["new"]), (3, []))
        self.rondo("quarantine", "replay", "--zone", "Europe/Berlin")
        run = self.runs()["r1"]
        self.assertEqual((run["status"], run["started_at"], run["results"]), ("complete", "2026-11-09T09:00:00Z", 3))

    def test_rows_of_a_table_are_read_again_with_their_header(self):
        self.take("pass,case,suite,run\nyes,a,s,r\nmaybe,b,s,r\n", code=1, name="r.csv")
        line = self.quarantine()[0]
        self.assertEqual((line["text"], line["format"]), ("maybe,b,s,r", "csv"))
        self.rondo("quarantine", "replay", str(line["id"]), "--text", "no,b,s,r")
        self.assertEqual((self.runs()["r"]["status"], self.runs()["r"]["failed"]), ("complete", 1))

    def test_a_result_that_is_there_already_does_not_become_a_trial(self):
        self.take(self.rows() + self.lines({"case": "x", "pass": "perhaps"}, **SHARED), code=1)
        taken = self.lines({"case": "c00", "pass": True}, **SHARED).strip()
        report = self.rondo("quarantine", "replay", "1", "--text", taken, "--json", code=1).json()
        self.assertIn("already", report["quarantined"][0]["reason"])
        self.assertEqual(self.runs()["r1"]["results"], 3)
        self.assertEqual(len(self.quarantine()), 1)

    def test_a_dry_replay_stores_nothing(self):
        self.take(self.rows(started_at="2026-11-09T10:00:00"), code=1)
        report = self.rondo("quarantine", "replay", "--zone", "UTC", "--dry-run", "--json").json()
        self.assertEqual((report["runs"]["new"], report["dry_run"]), (["r1"], True))
        self.assertEqual((self.runs(), len(self.quarantine())), ({}, 3))

    def test_importing_twice_does_not_quarantine_twice(self):
        content = self.rows() + "{\n"
        self.take(content, code=1)
        report = self.take(content, code=1, name="copy.jsonl")
        self.assertEqual((report["runs"]["unchanged"], len(report["quarantined"])), (["r1"], 1))
        self.assertEqual(len(self.quarantine()), 1)

    def test_wrong_ids_are_refused(self):
        self.initialise()
        self.rondo("quarantine", "replay")
        for words in (("99",), ("0",), ("-1",), ("x",), ("--text", "{}")):
            self.rondo("quarantine", "replay", *words, code=2)


class Undo(Import):
    def last_change(self):
        return str(self.rondo("audit", "list", "--json").json()["items"][0]["change"])

    def test_a_whole_import_is_undone_and_can_be_done_again(self):
        content = self.rows() + self.rows(run="r2") + "{\n"
        self.take(content, code=1)
        change = self.last_change()
        self.rondo("undo", change)
        self.assertEqual((self.runs(), self.quarantine()), ({}, []))
        self.assertEqual(self.rondo("surface", "list", "--json").json()["items"], [])
        self.rondo("review", code=2)
        report = self.take(content, code=1)
        self.assertEqual(report["runs"]["new"], ["r1", "r2"])
        self.assertEqual((len(self.runs()), len(self.quarantine())), (2, 1))
        self.rondo("review")
        self.rondo("audit", "verify")

    def test_an_undone_replay_puts_its_line_back(self):
        self.take(self.rows() + self.lines({"case": "x", "pass": "perhaps"}, **SHARED), code=1)
        self.rondo("quarantine", "replay", "1", "--text", self.lines({"case": "x", "pass": True}, **SHARED).strip())
        self.assertEqual(self.quarantine(), [])
        self.rondo("undo", self.last_change())
        self.assertEqual((len(self.quarantine()), self.runs()["r1"]["status"]), (1, "partial"))

    def test_a_restatement_is_undone(self):
        self.take(self.rows(12))
        self.take(self.rows(12, run="r2", started_at="2026-11-11"))
        before = self.rondo("review", "--json").json()
        self.take(self.rows(12, run="r2", started_at="2026-11-11").replace("true", "false"), "--replace")
        self.assertNotEqual(self.rondo("review", "--json").json(), before)
        self.rondo("undo", self.last_change())
        self.assertEqual(self.rondo("review", "--json").json(), before)


@about_stores  # what is stored piece by piece
class Interrupted(Import):
    def test_a_killed_import_leaves_whole_runs_and_can_be_completed(self):
        self.initialise()
        path = self.file("big.jsonl", "".join(self.rows(300, run="run-%03d" % i) for i in range(300)))
        for wait in (0.05, 0.3, 0.6, 0.9):
            with subprocess.Popen([PROGRAM, "import", path], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
                time.sleep(wait)
                child.send_signal(signal.SIGKILL)
            runs = self.runs()
            self.assertEqual({(run["cases"], run["results"], run["status"]) for run in runs.values()} - {(300, 300, "complete")}, set())
            self.rondo("audit", "verify")
        report = self.rondo("import", path, "--json").json()
        self.assertEqual(len(report["runs"]["new"]) + len(report["runs"]["unchanged"]), 300)
        self.assertEqual(len(self.runs()), 300)
        self.assertEqual(len(self.rondo("eval-case", "list", "--json", "--limit", "1000").json()["items"]), 300)
        self.rondo("audit", "verify")


if __name__ == "__main__":
    unittest.main()
