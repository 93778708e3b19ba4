"""The command line as a script and as a person meet it: stores, persons, help, colours, records."""
import json
import os
import pty
import re
import select
import shutil
import sqlite3
import subprocess
import time
import unittest

from workspace import PROGRAM, Workspace, about_files

COLOUR = "\x1b["


class Commands(Workspace):
    def results(self, run="r1", count=12):
        return self.file("r.jsonl", self.lines(*({"case": "c%d" % i, "pass": True} for i in range(count)), suite="s", surface="a", run=run, started_at="2026-11-09"))

    def refused(self, *words, said, code=2, **options):
        answer = self.rondo(*words, code=code, **options)
        self.assertEqual(answer.out, "")
        self.assertTrue(answer.err.startswith("rondo: "), answer.err)
        self.assertIn(said, answer.err)
        return answer


class Stores(Commands):
    def test_init_twice_does_no_harm(self):
        self.assertEqual(self.rondo("init", "--json").json(), {"store": self.store, "new": True})
        self.rondo("import", self.results())
        before = self.rondo("review", "--json").out
        self.assertEqual(self.rondo("init", "--json").json(), {"store": self.store, "new": False})
        self.assertIn("nothing was changed", self.rondo("init", "--zone", "Europe/Berlin", "--person", "Eve").out)
        self.assertEqual(self.rondo("review", "--json").out, before)
        self.assertEqual([person["name"] for person in self.rondo("person", "list", "--json").json()["items"]], ["Ada"])

    def test_init_takes_a_person_and_a_zone(self):
        self.rondo("init", "--person", "Grace", "--zone", "Europe/Berlin")
        self.assertEqual(self.rondo("person", "show", "Grace", "--json").json()["name"], "Grace")

    def test_a_bad_zone_makes_no_store(self):
        self.refused("init", "--zone", "Mars/Base", said="Mars/Base")
        self.refused("import", self.results(), "--zone", "Mars/Base", said="Mars/Base")
        self.assertFalse(os.path.exists(self.store))

    @about_files
    def test_which_store(self):
        self.rondo("init", "--store", "named.db")
        self.assertFalse(os.path.exists(self.store))
        self.rondo("init")
        self.assertTrue(os.path.exists(self.store))
        without = {key: value for key, value in self.env.items() if key != "RONDO_STORE"}
        subprocess.run([PROGRAM, "init"], env=without, cwd=self.folder, check=True, capture_output=True)
        subprocess.run([PROGRAM, "init"], env={**without, "RONDO_STORE": ""}, cwd=self.folder, check=True, capture_output=True)
        with open(os.path.join(self.folder, "rondo.db"), "rb") as file:
            self.assertTrue(file.read(6), b"SQLite")

    def test_the_store_may_be_named_before_and_after_the_command(self):
        self.rondo("--store", "x.db", "init")
        for words in (("review",), ("eval-run", "list"), ("audit", "verify"), ("quarantine", "list"), ("surface", "list")):
            self.assertNotIn("there is no store", self.run_rondo(*words, "--store", "x.db").err)
            self.assertIn("there is no store", self.run_rondo(*words).err)

    def test_an_import_makes_the_store_it_needs(self):
        answer = self.rondo("import", self.results())
        self.assertIn("made a new store at '%s'" % self.store, answer.err)
        self.assertNotIn("made", self.rondo("import", self.results()).err)


@about_files  # of the command line, whatever the store is
class Words(Commands):
    def commands(self):
        """Every command, as the overview and the help of each record name them."""
        text = self.rondo("help").out
        found = [tuple(match.split()) for match in re.findall(r"^  ([a-z]+(?: [a-z]+)?)  +[A-Z]", text, re.M)]
        for verbs, names in re.findall(r"rondo <record> (\S+), for: ((?:[a-z-]+,\s+)*[a-z-]+)$", text, re.M):
            found += [(name, verb) for name in re.split(r",\s+|\s+", names.strip()) for verb in verbs.split("|")]
        return found

    def test_every_command_has_help_that_names_its_options(self):
        commands = self.commands()
        for expected in (("init",), ("import",), ("review",), ("compare",), ("demo",), ("serve",), ("audit", "verify"), ("quarantine", "replay"), ("token", "add"), ("surface", "set"), ("eval-run", "list")):
            self.assertIn(expected, commands)
        for words in commands:
            with self.subTest(words):
                text = self.rondo("help", *words).out
                self.assertEqual(text, self.rondo(*words, "--help").out)
                self.assertTrue(text.startswith("usage: rondo " + " ".join(words)), text[:80])
                for option in ("--store", "--as", "--json", "--no-color", "--help"):
                    self.assertIn(option, text)

    def test_help_names_what_the_contract_names(self):
        for command, options in (("import", "format surface suite run started-at zone map threshold encoding delimiter dry-run replace strict json"),
                                 ("review", "week surface model week-run nulls weeks check json md"), ("compare", "nulls json"), ("demo", "seed now plant")):
            text = self.rondo("help", command).out
            for option in options.split():
                self.assertIn("--" + option, text)

    def test_help_needs_no_store_and_never_fails(self):
        for words in ((), ("help",), ("--help",), ("-h",), ("help", "surface"), ("surface", "--help"), ("review", "-h")):
            self.assertTrue(self.rondo(*words).out.startswith("usage: rondo"), words)
        self.refused("help", "nothing", said="unknown command 'nothing'")

    def test_typing_errors_are_met_with_a_suggestion(self):
        self.refused("reviw", said="did you mean 'rondo review'?")
        self.refused("review", "--surfce", "x", said="did you mean '--surface'?")
        self.refused("surface", "lst", said="did you mean 'list'?")
        self.refused("import", said="at least 1 argument")
        self.refused("review", "x", said="takes no arguments")
        self.refused("review", "--week", said="needs a value")
        self.refused("review", "--nulls", "x", said="fail, exclude")
        self.refused("review", "--check=yes", said="takes no value")
        self.refused("audit", said="list, verify")

    def test_version(self):
        self.assertRegex(self.rondo("version").out, r"^rondo \d+\.\d+\.\d+\n$")
        self.assertEqual(list(self.rondo("version", "--json").json()), ["version"])
        self.assertEqual(self.rondo("--version").out, self.rondo("version").out)
        self.assertIn("unknown option '--version'", self.rondo("team", "list", "--version", code=2).err)

    def test_completion(self):
        for shell in ("bash", "zsh", "fish"):
            self.assertIn("rondo", self.rondo("completion", shell).out)
        self.refused("completion", "tcsh", said="tcsh")
        if not shutil.which("bash"):
            self.skipTest("bash is not there")
        script = self.file("c.sh", self.rondo("completion", "bash").out + """
offer() { COMP_WORDS=(rondo "$@"); COMP_CWORD=$#; COMPREPLY=(); "$(complete -p rondo | sed 's/.*-F \\([^ ]*\\) .*/\\1/')"; echo "${COMPREPLY[*]}"; }
offer rev; offer review --week-run ""; offer quarantine ""; offer surface se
""")
        lines = subprocess.run(["bash", "--norc", script], capture_output=True, check=True, env=self.env, text=True).stdout.splitlines()
        self.assertEqual([line.split() for line in lines], [["review"], ["last", "best", "majority"], ["list", "replay"], ["set"]])


@about_files  # of the command line, whatever the store is
class Clock(Commands):
    def test_the_time_is_rondo_now(self):
        self.rondo("import", self.results())
        self.assertEqual(self.rondo("review", "--json", env={"RONDO_NOW": "2024-04-01T10:00:00Z"}).json()["generated_at"], "2024-04-01T10:00:00Z")
        self.assertTrue(self.rondo("surface", "show", "a", "--json").json()["created"].startswith("2026-11-16T07:00:00"))
        self.assertNotIn("2024", self.rondo("review", "--json", env={"RONDO_NOW": ""}).json()["generated_at"])

    def test_a_bad_time_is_refused(self):
        for bad in ("yesterday", "2026-11-16T07:00:00", "2026-13-01"):
            self.refused("review", env={"RONDO_NOW": bad}, said=bad)


@about_files  # of the command line, whatever the store is
class Terminal(Commands):
    def on_terminal(self, *words, stdin=None, **env):
        """What the program writes when its output and errors are a terminal."""
        master, slave = pty.openpty()
        child = subprocess.Popen([PROGRAM, *words], stdin=stdin or subprocess.DEVNULL, stdout=slave, stderr=slave, env={**self.env, **env}, cwd=self.folder)
        os.close(slave)
        seen, until = b"", time.time() + 60
        while time.time() < until:
            ready, _, _ = select.select([master], [], [], 1)
            try:
                piece = os.read(master, 65536) if ready else b""
            except OSError:
                break
            if ready and not piece:
                break
            seen += piece
        os.close(master)
        self.assertEqual(child.wait(60), 0, seen)
        return seen.decode()

    def test_an_empty_list_names_the_command_that_fills_it(self):
        self.rondo("init")
        said = self.rondo("human-verdict", "list").out
        self.assertEqual(said, "What a person says of a case in a run, or is asked to say.\n"
                               "Make one: 'rondo human-verdict add --run RUN --case CASE --person PERSON'\n")
        self.assertNotIn("Make one", self.rondo("surface", "list").out)  # its help names how
        self.assertNotIn("Make one", self.rondo("minutes", "list").out)  # nobody makes them by hand
        self.assertNotIn("Make one", self.rondo("human-verdict", "list", "--verdict", "pass").out)

    def test_colours_only_on_a_terminal(self):
        self.rondo("import", self.results())
        self.rondo("import", self.results("r2"))
        self.assertIn(COLOUR, self.on_terminal("audit", "verify", TERM="xterm"))
        self.assertIn(COLOUR, self.on_terminal("review", TERM="xterm"))
        for words, env in ((("review", "--no-color"), {"TERM": "xterm"}), (("review",), {"TERM": "xterm", "NO_COLOR": "1"}), (("review",), {"TERM": "dumb"})):
            self.assertNotIn(COLOUR, self.on_terminal(*words, **env), (words, env))
        for words in (("review",), ("audit", "verify"), ("eval-run", "list"), ("help",)):
            answer = self.rondo(*words, env={"TERM": "xterm"})
            self.assertNotIn(COLOUR, answer.out + answer.err)
        self.assertNotIn(COLOUR, self.on_terminal("review", "--json", TERM="xterm"))

    def test_a_progress_bar_only_on_a_terminal(self):
        # Long enough that a bar is worth while: one that would be gone at once is not drawn.
        path = self.file("big.jsonl", "".join(self.lines(*({"case": "c%d" % i, "pass": True} for i in range(500)), suite="s", run="r%d" % run) for run in range(1600)))
        seen = self.on_terminal("import", path, TERM="xterm", RONDO_STORE=os.path.join(self.folder, "bar.db"))
        self.assertRegex(seen, r"reading lines|storing runs")
        answer = self.rondo("import", path, env={"TERM": "xterm"})
        self.assertNotRegex(answer.out + answer.err, r"reading lines|storing runs|\r")


class Records(Commands):
    def test_list_show_add_set_drop_undo(self):
        self.rondo("init")
        team = self.rondo("team", "add", "--name", "East", "--zone", "Europe/Berlin", "--json").json()
        self.assertEqual((team["name"], team["version"]), ("East", 1))
        self.rondo("import", self.results())
        surface = self.rondo("surface", "set", "a", "--team", "East", "--floor", "0.8", "--json").json()
        self.assertEqual((surface["floor"], surface["version"]), (0.8, 2))
        self.assertIn("East", self.rondo("surface", "show", "a").out)
        listed = self.rondo("surface", "list", "--json").json()
        self.assertEqual((list(listed), len(listed["items"])), (["items", "next"], 1))
        self.rondo("surface", "undo", "a")
        self.assertIsNone(self.rondo("surface", "show", "SUR-1", "--json").json()["floor"])
        self.rondo("team", "drop", "East")
        self.assertEqual(self.rondo("team", "list", "--json").json()["items"], [])
        self.rondo("team", "undo", team["id"])
        self.assertEqual(len(self.rondo("team", "list", "--json").json()["items"]), 1)
        self.rondo("audit", "verify")

    def test_a_suite_and_a_person(self):
        self.rondo("init")
        self.rondo("suite", "add", "--name", "s", "--nulls", "exclude")
        self.assertEqual(self.rondo("suite", "show", "s", "--json").json()["nulls"], "exclude")
        self.rondo("suite", "set", "s", "--threshold", "0.5")
        self.refused("suite", "add", "--name", "s", said="s", code=1)
        self.refused("suite", "set", "s", "--threshold", "half", said="half")
        self.refused("suite", "set", "s", "--nulls", "perhaps", said="fail, exclude")
        self.rondo("person", "add", "--name", "Bob")
        self.refused("suite", "set", "s", "--threshold", "", "--as", "Bob", said="member", code=1)
        self.rondo("membership", "add", "--person", "Bob", "--roles", "member", "--as", "Ada")
        self.rondo("suite", "set", "s", "--threshold", "", "--as", "Bob")
        self.assertIsNone(self.rondo("suite", "show", "s", "--as", "Ada", "--json").json()["threshold"])

    def test_what_is_not_there_is_refused(self):
        self.rondo("init")
        for words in (("surface", "show", "x"), ("surface", "set", "SUR-9", "--floor", "1"), ("person", "drop", "nobody"), ("team", "undo", "TEAM-1")):
            self.refused(*words, said=words[2])
        self.refused("surface", "add", "--name", "x", "--suite", "nope", said="nope")
        self.refused("team", "add", said="name")
        self.refused("team", "set", "x", said="team", code=2)

    def test_a_second_headline_metric_is_refused(self):
        self.rondo("import", self.results())
        for metrics in ("pass rate, latency", "pass rate; latency", "pass rate (of 3), latency"):
            self.refused("surface", "set", "a", "--metric", metrics, said="one headline metric, and 'pass rate")
        self.refused("surface", "set", "a", "--metric", "pass rate, latency", said="'rondo metric-series add'")
        self.rondo("surface", "set", "a", "--metric", "pass rate (helpful, harmless)")
        self.rondo("surface", "set", "a", "--metric", "resolved")

    def test_filters_sorting_and_pages(self):
        self.rondo("import", self.results())
        self.rondo("import", self.results("r2"))
        page = self.rondo("eval-run", "list", "--json", "--limit", "1").json()
        self.assertEqual(len(page["items"]), 1)
        self.assertIsNotNone(page["next"])
        second = self.rondo("eval-run", "list", "--json", "--limit", "1", "--after", page["next"]).json()
        self.assertEqual([page["items"][0]["run"], second["items"][0]["run"], second["next"]], ["r1", "r2", None])
        self.assertEqual([run["run"] for run in self.rondo("eval-run", "list", "--json", "--run", "r2").json()["items"]], ["r2"])

    def test_runs_have_the_promised_keys(self):
        self.rondo("import", self.results())
        run = self.rondo("eval-run", "list", "--json").json()["items"][0]
        promised = "id run surface suite started_at model status cases results passed failed errors unscored skipped".split()
        self.assertEqual([key for key in promised if key not in run], [])
        self.assertEqual([run[key] for key in promised], ["RUN-1", "r1", "a", "s", "2026-11-09T00:00:00Z", None, "complete", 12, 12, 12, 0, 0, 0, 0])

    def test_what_the_program_makes_nobody_adds(self):
        self.rondo("init")
        self.refused("eval-run", "add", "--run", "x", said="add")

    @about_files
    def test_a_token_is_shown_once(self):
        self.rondo("init")
        token = self.rondo("token", "add", "--name", "ci", "--scopes", "read", "--json").json()
        self.assertEqual(list(token), ["id", "name", "token"])
        for words in (("token", "list", "--json"), ("token", "show", token["id"], "--json"), ("audit", "list", "--json")):
            self.assertNotIn(token["token"], self.rondo(*words).out)
        with open(self.store, "rb") as file:
            self.assertNotIn(token["token"].encode(), file.read())
        self.refused("token", "add", "--name", "ci", said="scopes")
        self.refused("token", "add", "--name", "ci", "--scopes", "everything", said="everything")


class Persons(Commands):
    def test_several_persons_say_who_they_are(self):
        self.rondo("init")
        self.rondo("person", "add", "--name", "Bob", "--email", "bob@example.org")
        self.rondo("person", "list")
        self.rondo("membership", "add", "--person", "Bob", "--roles", "owner")
        self.refused("person", "list", said="--as")
        for who in ("Ada", "ada", "Bob", "bob@example.org", "PER-2"):
            self.rondo("person", "list", "--as", who)
            self.rondo("person", "list", env={"RONDO_AS": who})
        self.refused("person", "list", "--as", "Eve", said="Eve")
        self.refused("person", "list", "--as", "", said="--as")
        self.rondo("person", "list", "--as", "Ada", env={"RONDO_AS": "Eve"})

    def test_the_audit_names_who_and_what(self):
        self.rondo("init")
        self.rondo("person", "add", "--name", "Bob")
        self.refused("team", "add", "--name", "East", "--as", "Bob", said="owner", code=1)
        self.rondo("membership", "add", "--person", "Bob", "--roles", "owner", "--as", "Ada")
        self.rondo("team", "add", "--name", "East", "--as", "Bob")
        line = self.rondo("audit", "list", "--json", "--limit", "1", "--as", "Ada").json()["items"][0]
        self.assertEqual((line["actor"], line["verb"], line["record"], line["door"]), ("PER-2", "add", "team", "cli"))
        self.assertIn("intact", self.rondo("audit", "verify").out)

    @about_files
    def test_an_altered_audit_is_found(self):
        self.rondo("import", self.results())
        store = sqlite3.connect(self.store)
        store.execute("UPDATE audit SET verb = 'drop' WHERE id = 1")
        store.commit()
        store.close()
        self.assertIs(self.rondo("audit", "verify", "--json", code=1).json()["is_intact"], False)

    def test_undo_of_what_is_not_there(self):
        self.rondo("init")
        self.refused("undo", "99", said="99")
        self.refused("undo", "x", said="audit list")


@about_files  # of the command line, whatever the store is
class Json(Commands):
    def test_json_everywhere(self):
        self.assertIn("store", self.rondo("init", "--json").json())
        self.rondo("import", self.results(), "--json").json()
        self.rondo("import", self.results("r2"), "--json").json()
        for words in (("review",), ("compare", "r1", "r2"), ("eval-run", "list"), ("eval-run", "show", "r1"), ("surface", "list"), ("suite", "list"), ("person", "list"), ("team", "list"),
                      ("membership", "list"), ("token", "list"), ("link", "list"), ("eval-case", "list"), ("audit", "list"), ("audit", "verify"), ("quarantine", "list"), ("version",),
                      ("team", "add", "--name", "East"), ("team", "set", "East", "--zone", "UTC"), ("team", "undo", "East"), ("team", "drop", "East")):
            answer = self.rondo(*words, "--json")
            self.assertIsInstance(answer.json(), dict, words)
            self.assertEqual(answer.err, "", words)
        changes = self.rondo("audit", "list", "--json", "--limit", "1").json()["items"]
        self.assertEqual(json.loads(self.rondo("undo", str(changes[0]["change"]), "--json").out)["undone"], changes[0]["change"])


if __name__ == "__main__":
    unittest.main()
