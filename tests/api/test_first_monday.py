"""The README's five commands, taken out of it word by word and run in an empty folder."""
import os
import re
import subprocess
import unittest

from server import Server
from workspace import about_files, PROGRAM, TOP, Workspace

HEADING = "## Your first Monday\n"


def commands():
    """The commands of the section: each `rondo` line is one, and what stands before the first is one."""
    with open(os.path.join(TOP, "README.md"), encoding="utf-8") as readme:
        section = readme.read().split(HEADING)[1].split("\n## ")[0]
    block = re.search(r"```\n(.*?)```", section, re.S).group(1)
    first, *others = re.split(r"^(?=rondo )", block, flags=re.M)
    return [first] + [line.strip() for line in others]


@about_files  # the commands make a file
class FirstMonday(Workspace):
    def setUp(self):
        super().setUp()
        self.bin = os.path.join(self.folder, "bin")
        self.empty = os.path.join(self.folder, "empty")
        os.mkdir(self.bin)
        os.mkdir(self.empty)
        os.symlink(PROGRAM, os.path.join(self.bin, "rondo"))
        del self.env["RONDO_STORE"]
        self.env["PATH"] = self.bin + ":" + self.env["PATH"]

    def sh(self, command):
        """What a reader's shell does with it; gives what it printed."""
        done = subprocess.run(["sh", "-c", command], cwd=self.empty, env=self.env, capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual(done.returncode, 0, command + "\n" + done.stdout + done.stderr)
        return done.stdout

    def ask(self, server, path):
        reply = server.ask("GET", path)
        self.assertEqual(reply.status, 200, path + reply.text[:500])
        return reply

    def test_five_commands_lead_to_a_first_monday(self):
        words = commands()
        self.assertEqual(len(words), 5, words)
        self.sh(words[0])
        self.sh(words[1])
        review = self.sh(words[2])
        self.assertIn("chat: regressed", review)
        self.assertIn("9 cases now fail", review)
        self.assertRegex(self.sh(words[3]), "with 9 actions to assign (before noon|at once, for noon has passed): ")
        self.assertEqual(sorted(os.listdir(self.empty)), ["results.csv", "rondo.db"])
        self.assertEqual(words[4].split("#")[0].strip(), "rondo serve")  # here at a free port
        with Server(self.env, self.empty) as server:
            shown = self.ask(server, "/api/v1/review").json()
            self.assertEqual([(surface["surface"], surface["verdict"]) for surface in shown["surfaces"]], [("chat", "regressed")])
            actions = self.ask(server, "/api/v1/actions?week=" + shown["week"]).json()["items"]
            self.assertEqual(sorted(action["case"] for action in actions), ["case-%d" % i for i in range(1, 10)])
            self.assertEqual(shown["surfaces"][0]["suspects"][0]["id"], "noise")
            self.assertEqual({action["suspect"] for action in actions}, {None})  # noise is nothing to look for
            self.ask(server, "/monday")
        self.assertEqual(server.code, 0, server.err)


if __name__ == "__main__":
    unittest.main()
