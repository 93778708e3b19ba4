"""bench/bench.py as a writer: what its page says of goals that are met, missed and not measured. Nothing is timed."""
import contextlib
import io
import os
import sys
import types
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, "bench"))
import bench  # noqa: E402
from ground import NotMeasured, Report  # noqa: E402


def module(measure):
    return types.SimpleNamespace(TITLE="Figure", GOAL="the goal", __doc__="What it is.", measure=measure)


def row(measure):
    """The goal's line of the page, and whether all was in order."""
    figure = module(measure)
    with contextlib.redirect_stderr(io.StringIO()):
        report, is_whole = bench.measured(figure)
    lines = list(bench.page([(figure, report)], 0.0))
    return next(line for line in lines if line.startswith("| Figure |")), is_whole


def reporting(value, is_met):
    def measure():
        report = Report()
        report.line("Rondo", "s", [3, 1, 2])
        report.goal("the goal", value, is_met)
        return report
    return measure


class Page(unittest.TestCase):
    def test_a_goal_is_met_or_missed(self):
        self.assertEqual(row(reporting("1 s", True)), ("| Figure | the goal | 1 s | met |", True))
        self.assertEqual(row(reporting("9 s", False)), ("| Figure | the goal | 9 s | **missed** |", True))

    def test_what_could_not_be_measured_says_why_and_is_not_met(self):
        def measure():
            raise NotMeasured("wrk is not installed")
        self.assertEqual(row(measure), ("| Figure | the goal | could not be measured: wrk is not installed "
                                        "| not measured |", True))

    def test_a_figure_that_breaks_off_is_not_in_order(self):
        def measure():
            raise KeyError("surfaces")
        line, is_whole = row(measure)
        self.assertFalse(is_whole)
        self.assertIn("not measured |", line)

    def test_the_table_has_the_median_the_ends_and_the_ratio_to_ours(self):
        report = reporting("2 s", True)()
        report.line("Peer", "s", [5, 5, 1], report.lines[0])
        lines = list(bench.page([(module(None), report)], 0.0))
        self.assertIn("| Rondo | 2 s | 1 | 3 | 3 |  |", lines)
        self.assertIn("| Peer | 5 s | 1 | 5 | 3 | 2.5 |", lines)

    def test_other_work_on_the_machine_is_told(self):
        def text(load):
            return "\n".join(bench.page([], load))
        self.assertIn("worse than they would be alone", text(8.0))
        self.assertNotIn("worse than they would be alone", text(0.1))

    def test_an_unknown_figure_is_refused(self):
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            self.assertEqual(bench.main(["nothing"]), 2)
        self.assertIn("'nothing'", said.getvalue())


if __name__ == "__main__":
    unittest.main()
