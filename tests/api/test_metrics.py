"""Metric series from outside: points by the API, from CSV and from a real Prometheus, and what their weeks tell."""
import gzip
import http.server
import json
import os
import sys
import threading
import time
import unittest
import urllib.parse

from server import ServedWorkspace, query, wait_until
from workspace import about_files, about_stores, REMEDY, TOP

sys.path.insert(0, os.path.join(TOP, "tools"))
import prometheus  # noqa: E402  pylint: disable=wrong-import-position

AT = "2026-11-09T10:00:00Z"


class Metrics(ServedWorkspace):
    def setUp(self):
        super().setUp()
        self.initialise()
        self.rondo("suite", "add", "--name", "bot")
        self.rondo("team", "add", "--name", "Support", "--zone", "Europe/Berlin")
        self.rondo("surface", "add", "--name", "refunds", "--suite", "bot", "--team", "Support")

    def series(self, name, *words):
        return self.rondo("metric-series", "add", "--name", name, "--surface", "refunds", *words, "--json").json()["id"]

    def ratio(self):
        return self.series("acceptance rate", "--kind", "ratio")

    def shown(self, series, *words):
        return self.rondo("metric", "show", series, "--json", *words).json()

    def take(self, series, content, *words, **options):
        return self.rondo("metric", "import", self.file("points.csv", content), "--series", series, *words, **options)


class Series(Metrics):
    def test_a_name_is_taken_once_per_surface(self):
        self.ratio()
        self.rondo("metric-series", "add", "--name", "acceptance rate", "--surface", "refunds", code=1)
        self.rondo("surface", "add", "--name", "orders", "--suite", "bot")
        self.rondo("metric-series", "add", "--name", "acceptance rate", "--surface", "orders")

    def test_a_series_from_prometheus_says_what_is_asked(self):
        whole = {"--url": "http://127.0.0.1:9090", "--query": "up", "--step": "60"}
        for left_out in whole:
            words = [word for pair in whole.items() if pair[0] != left_out for word in pair]
            answer = self.rondo("metric-series", "add", "--name", "x", "--surface", "refunds", "--source", "prometheus", *words, code=2)
            self.assertIn("'%s'" % left_out[2:], answer.err)
        self.series("x", "--source", "prometheus", *[word for pair in whole.items() for word in pair])

    def test_addresses_are_of_http_and_hold_no_password(self):
        for url, words in (("file:///etc/passwd", "http or https"), ("http://", "http or https"),
                           ("http://ada:secret@host", "password"), ("http://host/?x=1", "no blank")):
            self.assertIn(words, self.rondo("metric-series", "add", "--name", "x", "--surface", "refunds", "--url", url, code=2).err)
        self.series("x", "--url", "https://host:9090/prefix")

    def test_a_series_goes_with_its_surface(self):
        series = self.ratio()
        self.rondo("surface", "drop", "refunds")
        self.assertEqual(self.rondo("metric-series", "list", "--json").json()["items"], [])
        self.assertIn("was dropped", self.rondo("metric", "show", series, code=1).err)


@about_stores  # points have SQL of their own
class Api(Metrics):
    def setUp(self):
        super().setUp()
        self.server = self.serve()

    def points(self, series):
        return "/api/v1/metric-series/%s/points" % series

    def test_a_point_that_comes_again_replaces_its_own(self):
        series = self.ratio()
        for numerator in (3, 4):
            self.assertEqual(self.ask(200, "POST", self.points(series), [{"at": AT, "numerator": numerator, "denominator": 9}]), {"points": 1})
        self.ask(200, "POST", self.points(series), [{"at": AT, "numerator": 1, "denominator": 9, "labels": {"b": "2", "a": "1"}}])
        self.ask(200, "POST", self.points(series), [{"at": AT, "numerator": 2, "denominator": 9, "labels": {"a": "1", "b": "2"}}])
        items = self.ask(200, "GET", self.points(series))["items"]
        self.assertEqual(items, [{"at": AT, "numerator": 4, "denominator": 9, "labels": {}},
                                 {"at": AT, "numerator": 2, "denominator": 9, "labels": {"a": "1", "b": "2"}}])

    def test_what_is_no_number_survives_as_itself(self):
        series = self.series("delay")
        sent = [{"at": "2026-11-09T10:00:0%dZ" % i, "value": value} for i, value in enumerate((0.5, "NaN", "+Inf", "-Inf", 0))]
        self.ask(200, "POST", self.points(series), sent)
        items = self.ask(200, "GET", self.points(series))["items"]
        self.assertEqual([item["value"] for item in items], [0.5, "NaN", "+Inf", "-Inf", 0])
        week = self.ask(200, "GET", "/api/v1/metric-series/%s/trend?week=2026-W46&weeks=1" % series)["weeks"][0]
        self.assertEqual((week["figure"], week["n"], week["points"], week["no_data"], week["infinite"]), (0.25, 2, 5, 1, 2))

    def test_pages_and_bounds(self):
        series = self.series("delay")
        self.ask(200, "POST", self.points(series), [{"at": "2026-11-09T10:00:0%dZ" % i, "value": i} for i in range(5)])
        first = self.ask(200, "GET", self.points(series) + query(limit=2))
        self.assertEqual([item["value"] for item in first["items"]], [0, 1])
        self.ask(200, "POST", self.points(series), [{"at": "2026-11-09T09:00:00Z", "value": 9}])  # moves no page
        last = self.ask(200, "GET", self.points(series) + query(limit=3, after=first["next"]))
        self.assertEqual(([item["value"] for item in last["items"]], last["next"]), ([2, 3, 4], None))
        for mark in ("2", "x:", ":", "here:{}"):
            self.refused(422, "invalid", "not the 'next'", "GET", self.points(series) + query(after=mark))
        inside = self.ask(200, "GET", self.points(series) + query(**{"from": "2026-11-09T10:00:01Z", "to": "2026-11-09T10:00:03Z"}))
        self.assertEqual([item["value"] for item in inside["items"]], [1, 2])
        self.refused(422, "invalid", "no zone", "GET", self.points(series) + query(**{"from": "2026-11-09T10:00:01"}))

    def test_pages_go_on_between_points_of_one_instant(self):
        series = self.series("delay")
        self.ask(200, "POST", self.points(series), [{"at": AT, "value": i, "labels": {"a": "é:%d" % i}} for i in range(3)] +
                 [{"at": AT, "value": 3}, {"at": "2026-11-09T09:59:59Z", "value": 4}])
        seen, after = [], {}
        while after is not None:
            page = self.ask(200, "GET", self.points(series) + query(limit=1, **after))
            seen += [item["value"] for item in page["items"]]
            after = {"after": page["next"]} if page["next"] else None
        self.assertEqual(seen, [item["value"] for item in self.ask(200, "GET", self.points(series))["items"]])
        self.assertEqual(sorted(seen), [0, 1, 2, 3, 4])

    def test_what_is_no_point_is_refused_by_its_place_and_nothing_is_kept(self):
        ratio, value = self.ratio(), self.series("delay")
        good = {"at": AT, "value": 1}
        for series, point, words in (
                (ratio, {"at": AT, "numerator": 10, "denominator": 9}, "above the denominator"),
                (ratio, {"at": AT, "numerator": 1, "denominator": -9}, "below 0"),
                (ratio, {"at": AT, "numerator": "NaN", "denominator": 9}, "leave out"),
                (ratio, {"at": AT, "numerator": 1}, "either 'value' or"),
                (ratio, {"at": AT, "value": 0.5}, "'numerator' and 'denominator'"),
                (value, {"at": AT, "numerator": 1, "denominator": 2}, "kind is not ratio"),
                (value, {"at": "2026-11-09T10:00:00", "value": 1}, "no zone"),
                (value, {"at": "soon", "value": 1}, "not a time"),
                (value, {"value": 1}, "needs 'at'"),
                (value, {"at": AT, "value": None}, "leave out"),
                (value, {"at": AT, "value": "much"}, "'value' is a number"),
                (value, {"at": AT, "value": 1, "valeu": 2}, "no 'valeu'"),
                (value, {"at": AT, "value": 1, "labels": {"a": 1}}, "no text"),
                (value, 7, "an object")):
            problem = self.refused(422, "invalid", words, "POST", self.points(series), ([good] if series == value else []) + [point])
            self.assertTrue(problem["detail"].startswith("point %d: " % (2 if series == value else 1)), problem)
            self.assertEqual(self.ask(200, "GET", self.points(series))["items"], [])
        self.refused(422, "invalid", "send a list", "POST", self.points(value), good)
        self.refused(404, "not_found", "MET-99", "POST", self.points("MET-99"), [good])

    def test_a_ratio_of_amounts_may_exceed_one(self):
        series = self.ratio()
        self.ask(200, "POST", self.points(series), [{"at": AT, "numerator": 10.5, "denominator": 9}])
        week = self.shown(series)["weeks"][-1]
        self.assertEqual((week["n"], week["interval"]), (1, None))

    def test_a_token_to_import_brings_points_and_one_to_read_does_not(self):
        series = self.series("delay")
        point = [{"at": AT, "value": 1}]
        self.ask(200, "POST", self.points(series), point, token=self.token("Ada", "import"))
        self.ask(403, "POST", self.points(series), point, token=self.token("Ada", "read"))

    def test_wrong_weeks_are_refused(self):
        path = "/api/v1/metric-series/%s/trend" % self.ratio()
        self.assertEqual(len(self.ask(200, "GET", path)["weeks"]), 12)
        self.refused(422, "invalid", "not an ISO week", "GET", path + "?week=2026-W54")
        self.refused(422, "invalid", "from 1 to 520", "GET", path + "?weeks=0")


@about_files  # what comes in is read alike, wherever it is stored; Api is about both stores
class Csv(Metrics):
    def test_counts_become_weeks_with_intervals_and_gaps(self):
        series = self.ratio()
        self.take(series, "at,numerator,denominator\n2026-10-28T10:00:00Z,100,120\n2026-10-29T10:00:00Z,80,80\n2026-11-09T10:00:00Z,187,200\n")
        trend = self.shown(series, "--weeks", "3")
        self.assertEqual([week["week"] for week in trend["weeks"]], ["2026-W44", "2026-W45", "2026-W46"])
        first, gap, last = trend["weeks"]
        self.assertEqual((first["figure"], first["numerator"], first["n"]), (0.9, 180, 200))
        self.assertEqual((gap["figure"], gap["n"], gap["interval"], gap["numerator"]), (None, 0, None, None))
        self.assertAlmostEqual(last["interval"][0], 0.8920, 4)
        self.assertAlmostEqual(last["interval"][1], 0.9616, 4)
        self.assertEqual((trend["delta"]["from_week"], trend["delta"]["weeks_apart"]), ("2026-W44", 2))
        self.assertAlmostEqual(trend["delta"]["delta"], 0.035)
        self.assertEqual(trend["trend"]["verdict"], "too_few_weeks")
        words = self.rondo("metric", "show", series, "--weeks", "3").out
        self.assertIn("2026-W46: 93.5 % (89.2 to 96.2), n = 200; up 3.5 points since 2026-W44, 2 weeks before", words)
        self.assertIn("too few weeks to tell (2 of 5)", words)
        self.assertIn("no data", words)

    def test_weeks_are_those_of_the_teams_zone(self):
        series = self.series("delay")
        self.take(series, "at,value\n2026-11-08T22:59:59Z,1\n2026-11-08T23:00:00Z,3\n")
        trend = self.shown(series, "--weeks", "2")
        self.assertEqual((trend["zone"], [week["figure"] for week in trend["weeks"]]), ("Europe/Berlin", [1, 3]))

    def test_five_rising_weeks_are_a_trend_and_four_are_too_few(self):
        series = self.series("delay", "--unit", "s", "--direction", "lower")
        rows = ["2026-10-%02dT10:00:00Z,%d" % (day, value) for day, value in ((5, 1), (12, 2), (19, 3), (26, 4))]
        self.take(series, "at,value\n" + "\n".join(rows) + "\n")
        self.assertEqual(self.shown(series)["trend"]["verdict"], "too_few_weeks")
        self.take(series, "at,value\n2026-11-02T10:00:00Z,5\n")
        trend = self.shown(series)["trend"]
        self.assertEqual((trend["verdict"], trend["weeks"], trend["slope_per_week"]), ("rising", 5, 1))
        self.assertAlmostEqual(trend["p"], 2 / 120)
        self.assertIn("rising 1 s a week (worse), Mann-Kendall p = .017 (exact) over 5 weeks; indicative", self.rondo("metric", "show", series).out)
        still = self.series("wobble", "--unit", "s", "--direction", "lower")
        self.take(still, "at,value\n" + "\n".join("%s,%d" % (row.split(",")[0], value) for row, value in zip(rows, (9, 5, 8, 6)))
                  + "\n2026-11-02T10:00:00Z,6\n")
        self.assertIn("no evidence of a trend, down 0.625 s a week, Mann-Kendall", self.rondo("metric", "show", still).out)

    def test_a_local_time_needs_its_zone(self):
        series = self.series("delay")
        content = "at,value\n2026-11-09T10:00:00,1\n"
        self.assertIn("line 2 of", self.take(series, content, code=2).err)
        self.take(series, content, "--zone", "Mars/Base", code=2)
        self.take(series, content, "--zone", "Europe/Berlin")
        self.assertEqual(self.shown(series)["weeks"][-1]["figure"], 1)

    def test_a_file_names_its_series_and_labels(self):
        self.ratio()
        self.series("delay")
        path = self.file("all.csv", "series;at;value;label.country\ndelay;%s;1;de\ndelay;%s;3;\n" % (AT, AT))
        self.assertEqual(self.rondo("metric", "import", path, "--json").json(), {"points": 2})
        line = self.rondo("audit", "list", "--json").json()["items"][0]
        self.assertEqual((line["verb"], line["what"]), ("import", "import " + path))
        self.assertEqual(self.shown("delay")["weeks"][-1]["figure"], 2)

    def test_a_file_with_one_bad_row_brings_nothing(self):
        series = self.ratio()
        good = AT + ",1,2\n"
        for header, row, words in (("at,numerator,denominator\n", AT + ",3,2\n", "above the denominator"),
                                   ("at,numerator,denominator\n", AT + ",,2\n", "no number"),
                                   ("at,numerator,denominator\n", AT + ",1\n", "2 cells"),
                                   ("at,numerator,denominator\n", AT + ",1,2,3\n", "more cells"),
                                   ("at,numerator,denominator\n", "today,1,2\n", "not a time")):
            answer = self.take(series, header + good + row, code=2)
            self.assertIn(words, answer.err)
            self.assertIn("line 3 of", answer.err)
            self.assertRegex(answer.err, REMEDY)
            self.assertEqual(self.shown(series)["weeks"][-1]["points"], 0)
        for content, words in (("", "empty"), ("at,numerator\n", "needs 'at'"), ("at,value,denominator\n", "needs 'at'"),
                               ("at,at,value\n", "two columns"), ("at,value,colour\n", "colour"), ("value\n", "needs 'at'")):
            said = self.take(series, content, code=2).err
            self.assertIn(words, said)
            self.assertRegex(said, REMEDY)
        packed = gzip.compress(("at,numerator,denominator\n" + good).encode())
        for content, words in ((packed[:-4], "ends in the middle of its compressed data: export it again"),
                               (packed + b"junk", "stand bytes that are no gzip: compress it again, alone")):
            self.assertIn(words, self.take(series, content, code=2).err)
            self.assertEqual(self.shown(series)["weeks"][-1]["points"], 0)
        self.assertIn("no series is named", self.rondo("metric", "import", self.file("x.csv", "at,numerator,denominator\n" + good), code=2).err)
        self.assertIn("MET-99", self.take("MET-99", "at,numerator,denominator\n" + good, code=2).err)

    def test_points_go_into_an_archive_and_come_back(self):
        series = self.series("delay")
        self.take(series, "at,value\n%s,1\n2026-11-09T10:00:01Z,NaN\n2026-11-09T10:00:02Z,-Inf\n" % AT)
        before = self.shown(series)
        path = os.path.join(self.folder, "archive")
        self.rondo("export", path)
        other = self.store_place("other")
        self.rondo("import", path, "--store", other)
        self.assertEqual(self.rondo("metric", "show", series, "--json", "--store", other).json(), before)
        self.rondo("verify", "--store", other)


class Answering(http.server.BaseHTTPRequestHandler):
    """Answers as Prometheus would, with what the test has laid ready; keeps what it was asked."""

    def do_POST(self):  # pylint: disable=invalid-name
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(dict(urllib.parse.parse_qsl(form), path=self.path))
        status, body = self.server.answer
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


def matrix(*values, **more):
    return {"status": "success", "data": {"resultType": "matrix", "result": [{"metric": {"job": "a"}, "values": list(values)}]}, **more}


@about_files  # what comes in is read alike, wherever it is stored; Api is about both stores
class MadeUp(Metrics):
    """What a server may answer, said by one that says what it is told."""

    def setUp(self):
        super().setUp()
        self.web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.web.asked = []
        self.addCleanup(self.web.server_close)
        thread = threading.Thread(target=self.web.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.web.shutdown)
        self.name = self.series("delay", "--source", "prometheus", "--url", "http://127.0.0.1:%d/" % self.web.server_port, "--query", 'rate(a{b="c d"}[5m])', "--step", "60")

    def fetch(self, *words, code=0):
        return self.rondo("metric", "fetch", self.name, "--from", "2026-11-09T10:00:00Z", "--to", "2026-11-09T10:10:00Z", *words, code=code)

    def test_values_are_texts_and_warnings_are_told(self):
        self.web.answer = (200, matrix([1762682400, "2e-02"], [1762682460.123, "NaN"], [1762682520, "+Inf"], warnings=["slow"], infos=["x"], other=1))
        report = self.fetch("--json").json()
        self.assertEqual((report["points"], report["questions"], report["warnings"]), (3, 1, ["slow"]))
        self.assertEqual(self.web.asked, [{"path": "/api/v1/query_range", "query": 'rate(a{b="c d"}[5m])', "start": "1794218400", "end": "1794219000", "step": "60"}])
        self.assertIn("Prometheus warns: slow", self.fetch().err)

    def test_no_series_is_no_point(self):
        self.web.answer = (200, {"status": "success", "data": {"resultType": "matrix", "result": []}})
        self.assertEqual(self.fetch("--json").json()["points"], 0)
        told = self.fetch()
        self.assertEqual(told.out, "0 points in\n")
        self.assertEqual(told.err, "Prometheus has nothing for 'rate(a{b=\"c d\"}[5m])' from 2026-11-09T10:00:00Z to 2026-11-09T10:10:00Z: "
                                   "check the query and the range.\n")

    def test_points_that_are_no_numbers_and_several_series_are_told(self):
        self.web.answer = (200, matrix([1762682400, "NaN"], [1762682460, "+Inf"]))
        self.assertEqual(self.fetch().out, "2 points in, 2 of them no data or infinite\n")
        self.assertIn("Not one of them is a number", self.fetch().err)
        self.web.answer = (200, matrix([1762682400, "NaN"], [1762682460, "1"]))
        self.assertEqual((self.fetch().out, self.fetch().err), ("2 points in, 1 of them no data or infinite\n", ""))
        body = matrix([1762682400, "1"])
        body["data"]["result"].append({"metric": {"job": "other"}, "values": [[1762682400, "2"]]})
        self.web.answer = (200, body)
        self.assertIn("of several series of Prometheus", self.fetch().err)
        report = self.fetch("--json").json()
        self.assertEqual((report["points"], report["left_out"], report["several_series"]), (2, 0, True))

    def test_a_long_range_is_asked_in_pieces_that_share_no_instant(self):
        self.web.answer = (200, matrix())
        self.rondo("metric", "fetch", self.name, "--from", "2026-11-01T00:00:00Z", "--to", "2026-11-16T00:00:00Z")
        asked = [(int(piece["start"]), int(piece["end"])) for piece in self.web.asked]
        self.assertEqual(len(asked), 2)
        self.assertEqual([(end - start) // 60 + 1 for start, end in asked], [11000, 15 * 1440 + 1 - 11000])
        self.assertEqual(asked[1][0], asked[0][1] + 60)

    def test_refusals_become_sentences_and_nothing_is_kept(self):
        def error(kind, words):
            return {"status": "error", "errorType": kind, "error": words}
        for answer, code, words in (((400, error("bad_data", "parse error")), 2, "does not understand the query: 'parse error'"),
                                    ((422, error("execution", "many-to-many")), 2, "cannot execute the query: 'many-to-many'"),
                                    ((503, error("timeout", "too slow")), 4, "gave up on the query: 'too slow'"),
                                    ((404, "<html>no</html>"), 2, "none of Prometheus"),
                                    ((302, ""), 2, "status 302"),
                                    ((200, "{"), 2, "none of Prometheus"),
                                    ((200, {"status": "success", "data": {"resultType": "vector", "result": []}}), 2, "no matrix"),
                                    ((200, matrix([1762682400, 0.5])), 2, "pair of a time and a text"),
                                    ((200, matrix([1762682400, "0,5"])), 2, "no number")):
            self.web.answer = answer
            self.assertIn(words, self.fetch(code=code).err)
        self.assertEqual(self.shown(self.name)["weeks"][-1]["points"], 0)

    def test_a_range_has_a_beginning_before_its_end(self):
        self.web.answer = (200, matrix())
        self.rondo("metric", "fetch", self.name, code=2)
        self.rondo("metric", "fetch", self.name, "--from", "2026-11-09T10:00:00", code=2)
        self.rondo("metric", "fetch", self.name, "--from", "2026-11-10", "--to", "2026-11-09", code=2)
        self.assertEqual(self.web.asked, [])
        self.rondo("metric", "fetch", self.name, "--from", "2026-11-09", "--to", "2026-11-09")

    def test_only_prometheus_is_fetched_from(self):
        self.assertIn("only one from prometheus", self.rondo("metric", "fetch", self.series("other"), "--from", "2026-11-09", code=1).err)

    def test_nobody_who_answers_is_told(self):
        dead = self.series("dead", "--source", "prometheus", "--url", "http://127.0.0.1:%d" % prometheus.free_port(), "--query", "up", "--step", "60")
        self.assertIn("cannot fetch", self.rondo("metric", "fetch", dead, "--from", "2026-11-16", code=4).err)


@about_files  # what comes in is read alike, wherever it is stored; Api is about both stores
class RealPrometheus(Metrics):
    """Fails where the server cannot be started: nothing is passed over."""

    def setUp(self):
        super().setUp()
        self.real = prometheus.Server()
        self.addCleanup(self.real.stop)
        del self.env["RONDO_NOW"]
        self.begun = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60))

    def fetch(self, series, code=0):
        return self.rondo("metric", "fetch", series, "--from", self.begun, "--json", code=code)

    def from_prometheus(self, name, asked):
        return self.series(name, "--source", "prometheus", "--url", self.real.url, "--query", asked, "--step", "1")

    def test_what_it_has_scraped_is_fetched_once_however_often(self):
        series = self.from_prometheus("up", "up")
        self.assertTrue(wait_until(lambda: self.fetch(series).json()["points"] >= 3, 30))
        first = self.shown(series)
        self.assertEqual((first["weeks"][-1]["figure"], first["kind"]), (1, "value"))
        again = self.fetch(series).json()["points"]
        self.assertGreaterEqual(again, self.shown(series)["weeks"][-1]["points"])
        self.rondo("verify")

    def test_nan_is_no_data(self):
        series = self.from_prometheus("nothing", "up * NaN")
        self.assertTrue(wait_until(lambda: self.fetch(series).json()["points"] >= 2, 30))
        week = self.shown(series)["weeks"][-1]
        self.assertEqual((week["figure"], week["n"]), (None, 0))
        self.assertEqual(week["no_data"], week["points"])

    def test_a_query_that_makes_no_sense_is_refused_in_its_words(self):
        self.assertIn("parse error", self.fetch(self.from_prometheus("bad", "up{"), code=2).err)
        self.assertEqual(self.fetch(self.from_prometheus("none", "there_is_no_such_thing")).json()["points"], 0)


if __name__ == "__main__":
    unittest.main()
