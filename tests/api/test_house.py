"""The program as a person meets it: making a workspace, looking at lists, asking for help."""
import fcntl
import os
import pty
import struct
import termios
import unittest

from workspace import PROGRAM, Workspace

RESULT = {"suite": "bot", "surface": "refunds", "run": "refunds-2026-11-16", "started_at": "2026-11-16T05:00:00Z"}


class House(Workspace):
    def on_terminal(self, columns, *words):
        """What a terminal of that width shows, without colours."""
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            os.execve(PROGRAM, [PROGRAM, *words], dict(self.env, TERM="xterm", NO_COLOR="1", COLUMNS=str(columns)))
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        shown = b""
        while True:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                break
            shown += piece
            if not piece:
                break
        os.close(terminal)
        os.waitpid(child, 0)
        return shown.decode().replace("\r\n", "\n")


class Making(House):
    def test_init_answers_json_whatever_the_store_is_called(self):
        odd = os.path.join(self.folder, 'a "quoted" name.db')
        self.assertEqual(self.rondo("init", "--json", "--store", odd).json(), {"store": odd, "new": True})
        self.assertEqual(self.rondo("init", "--json", "--store", odd).json(), {"store": odd, "new": False})

    def test_an_unknown_zone_makes_no_workspace(self):
        self.assertIn("'Mars/Base' is not a time zone", self.rondo("init", "--zone", "Mars/Base", code=2).err)
        self.rondo("init", "--zone", "Europe/Berlin")
        self.assertEqual(len(self.rondo("person", "list", "--json").json()["items"]), 1)


class Looking(House):
    def setUp(self):
        super().setUp()
        rows = [{"case": "c%d" % i, "pass": i > 0} for i in range(4)]
        self.rondo("import", self.file("a.jsonl", self.lines(*rows, **RESULT)))

    def test_a_list_of_runs_says_how_they_went_and_shows_no_hashes(self):
        for columns in (80, 200):
            shown = self.on_terminal(columns, "eval-run", "list")
            heading, run = [line.split() for line in shown.splitlines()]
            self.assertEqual(heading[:6], ["Id", "Run", "Surface", "Passed", "Cases", "Status"])
            self.assertEqual(run[:6], ["RUN-1", "refunds-2026-11-16", "refunds", "3", "4", "complete"])
            self.assertNotIn("SHA", shown)
            self.assertTrue(all(len(line) <= columns for line in shown.splitlines()), shown)
        self.assertIn("file_sha256", self.rondo("eval-run", "list", "--json").json()["items"][0])
        self.assertIn("SHA", self.rondo("eval-run", "show", "RUN-1").out)


class Asking(House):
    def test_the_overview_begins_with_every_week_and_founding_comes_before_tokens(self):
        lines = self.rondo("help").out.splitlines()
        headings = [line for line in lines if line and not line.startswith((" ", "usage", "'"))]
        self.assertEqual(headings[0], "Every week")
        names = [line.split("  ")[1].strip() for line in lines if line.startswith("  ")]
        self.assertLess(names.index("init"), names.index("token add"))

    def test_the_help_of_a_list_names_each_field_once_and_its_variants_in_a_sentence(self):
        out = self.rondo("eval-run", "list", "--help").out
        self.assertEqual(out.count("--started-at"), 1)
        self.assertIn("-min and -max", out)
        self.assertLess(len(out.splitlines()), 70)
        self.rondo("init")
        self.rondo("eval-run", "list", "--started-at-min", "2026-11-16")


if __name__ == "__main__":
    unittest.main()
