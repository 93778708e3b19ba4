"""The registry of prompts: out as files and back without loss, out of git repositories, versions, and where one is used."""
import os
import subprocess
import unittest

from server import ServedWorkspace
from workspace import NOW

# What a careless file format would lose: line ends, blanks, headings in texts, numbers, odd characters.
TEXT = "Be kind, {{name}}. \r\n\r\n---\n\u00e9\u2028 \u65e5\u672c \U0001f642 end  \n\n"
MESSAGES = [{"role": "system", "content": "a\n## user\n\\## tool \r\n\n"}, {"role": "user", "content": ""},
            {"role": "user", "content": "{{question}}\r"}]
PARAMETERS = {"temperature": 0.1, "seed": 2 ** 80, "stop": ["no", "~", "\u0001\u0085 #: ", ""], "none": None, "deep": {"1": []}}
TOOLS = [{"name": "find", "description": "- a: b\n---\n"}]
ALONE = "---\nmodel: larch\nmessage: %s\n---\nBe %s.\n"


class Prompts(ServedWorkspace):
    def registry(self):
        """Two prompts with three versions and two labels."""
        self.served()
        self.ask(201, "POST", "/api/v1/prompts", {"name": "greet", "owner": "Ada", "touches": ["money"], "description": "For\r\nus. \n"})
        self.ask(201, "POST", "/api/v1/prompts", {"name": "talk", "kind": "chat"})
        self.version("greet", text=TEXT, model="larch 1", parameters=PARAMETERS, tools=TOOLS, source="by hand")
        self.version("greet", text="two")
        self.version("talk", messages=MESSAGES)
        self.rondo("prompt", "move", "talk", "test", "1")
        self.rondo("prompt", "move", "talk", "canary/eu", "1")

    def version(self, prompt, message="a: \"b\" # c", **fields):
        return self.ask(201, "POST", "/api/v1/prompts/%s/versions" % prompt, dict(fields, message=message))

    def elsewhere(self, name="other"):
        """The environment of an empty store, two days later."""
        env = {"RONDO_STORE": self.store_place(name), "RONDO_NOW": "2026-11-18T09:00:00Z"}
        self.rondo("init", env=env)
        return env

    def files(self, folder):
        found = {}
        for place, _, names in os.walk(os.path.join(self.folder, folder)):
            for name in names:
                with open(os.path.join(place, name), "rb") as file:
                    found[os.path.relpath(os.path.join(place, name), os.path.join(self.folder, folder))] = file.read()
        return found

    def put(self, name, content):
        os.makedirs(os.path.dirname(os.path.join(self.folder, name)), exist_ok=True)
        self.file(name, content)


class Files(Prompts):
    def test_out_and_in_and_out_is_the_same_to_the_byte(self):
        self.registry()
        self.assertEqual(self.rondo("prompt", "export", "--folder", "out").out, "2 prompts with 3 versions in out\n")
        there = self.elsewhere()
        self.rondo("prompt", "import", "out", env=there)
        self.rondo("prompt", "export", "--folder", "back", env=there)
        files = self.files("out")
        self.assertEqual(sorted(files), ["greet/0001.md", "greet/0002.md", "greet/labels.yaml", "greet/prompt.md",
                                         "talk/0001.md", "talk/labels.yaml", "talk/prompt.md"])
        self.assertEqual(self.files("back"), files)
        self.assertTrue(files["greet/0001.md"].endswith(b"---\n" + TEXT.encode()))
        self.assertEqual(files["talk/labels.yaml"], b'"canary/eu": 1\n"test": 1\n')
        for version in ("PV-1", "PV-2", "PV-3"):
            ours, theirs = (self.rondo("prompt-version", "show", version, "--json", env=env).json() for env in ({}, there))
            for key in ("title", "number", "content_hash", "text", "messages", "parameters", "tools", "author", "made_at", "message", "source", "variables"):
                self.assertEqual(ours[key], theirs[key], key)

    def test_a_file_tells_when_its_version_was_made(self):
        self.served()
        self.put("in/a/prompt.md", "---\nkind: text\n---\n")
        self.put("in/a/0001.md", "---\nmessage: m\nmade_at: 2024-05-06T07:08:09.125+02:00\n---\none")
        self.put("in/a/0002.md", "---\nmessage: m\n---\ntwo")
        self.rondo("prompt", "import", "in")
        first, second = self.ask(200, "GET", "/api/v1/prompts/a/versions?sort=number")["items"]
        self.assertEqual(first["made_at"], "2024-05-06T05:08:09.125000Z")
        self.assertEqual(second["made_at"], NOW)

    def test_when_a_version_was_made_is_not_said_by_hand(self):
        self.served()
        self.ask(201, "POST", "/api/v1/prompts", {"name": "a"})
        answer = self.version("a", text="one")
        self.assertEqual(answer["made_at"], NOW)
        self.refused(422, "invalid", "made_at", "POST", "/api/v1/prompts/a/versions",
                     {"message": "m", "text": "two", "made_at": "2024-05-06T07:08:09Z"})

    def test_the_second_time_nothing_changes(self):
        self.registry()
        self.rondo("prompt", "export", "--folder", "out")
        answer = self.rondo("prompt", "import", "out", "--json").json()
        self.assertIsNone(answer["change"])
        self.assertEqual({item["result"] for item in answer["items"]}, {"unchanged"})
        self.put("out/greet/0003.md", "---\nmessage: third\n---\nthree")
        answer = self.rondo("prompt", "import", "out", "--json").json()
        self.assertEqual([(item["file"], item["version"]) for item in answer["items"] if item["result"] == "made"],
                         [("greet/0003.md", "greet 3")])
        self.rondo("undo", str(answer["change"]))
        self.assertEqual(len(self.ask(200, "GET", "/api/v1/prompts/greet/versions")["items"]), 2)

    def test_numbers_and_authors_are_those_of_the_files(self):
        self.served()
        self.rondo("person", "add", "--name", "Ben")
        self.put("in/greet/prompt.md", "---\nkind: text\n---\n")
        self.put("in/greet/0002.md", "---\nmessage: two\nauthor: Ben\n---\n2")
        self.put("in/greet/0007.md", "---\nmessage: seven\n---\n7")
        self.rondo("prompt", "import", "in")
        versions = self.ask(200, "GET", "/api/v1/prompts/greet/versions?sort=number")["items"]
        self.assertEqual([(row["number"], row["author"], row["text"]) for row in versions], [(2, "Ben", "2"), (7, "Ada", "7")])
        self.put("in/greet/0003.md", "---\nmessage: three\n---\n3")
        self.assertIn("the number 3 of 'greet' is behind: numbers only go up, the next one is 8", self.run_rondo("prompt", "import", "in").err)
        self.refused(422, "invalid", "author", "POST", "/api/v1/prompts/greet/versions", {"text": "x", "message": "x", "author": "Ben"})
        self.refused(422, "invalid", "number", "POST", "/api/v1/prompts/greet/versions", {"text": "x", "message": "x", "number": 9})

    def test_an_import_does_not_serve_what_nobody_approved(self):
        self.served()
        self.put("in/greet/prompt.md", "---\n{}\n---\n")
        self.put("in/greet/0001.md", "---\nmessage: one\n---\n1")
        self.put("in/greet/labels.yaml", "test: 1\nproduction: 1\n")
        answer = self.rondo("prompt", "import", "in", "--json").json()
        self.assertEqual(len(answer["notes"]), 1)
        self.assertIn("'production' of greet stays where it is", answer["notes"][0])
        labels = self.ask(200, "GET", "/api/v1/prompt-labels")["items"]
        self.assertEqual([label["name"] for label in labels], ["test"])

    def test_what_is_refused_names_file_and_line_and_nothing_comes_in(self):
        self.served()
        good = {"in/a/prompt.md": "---\nkind: text\n---\n", "in/a/0001.md": "---\nmessage: m\n---\ntext"}
        for name, content, words in (
                ("in/a/0002.md", "---\nmessage: m\nmodell: x\n---\ntext", "line 3 of a/0002.md: "),
                ("in/a/0002.md", "---\nmessage: m\nauthor: Nobody\n---\ntext", "line 3 of a/0002.md: "),
                ("in/a/prompt.md", "---\nkind: text\nsurfaces: [moon]\n---\n", "line 3 of a/prompt.md: "),
                ("in/a/prompt.md", "---\nname: b\n---\n", "line 2 of a/prompt.md: the name is not 'a'"),
                ("in/a/0002.md", "---\nmessage: m\nmade_at: yesterday\n---\ntext", "line 3 of a/0002.md: "),
                ("in/a/0002.md", "---\nmessage: m\nmade_at: 2999-01-01\n---\ntext",
                 "line 3 of a/0002.md: '2999-01-01T00:00:00Z' is still to come"),
                ("in/a/0002.md", "text", "a/0002.md: line 1: it begins with no '---'"),
                ("in/a/0002.md", "---\nmessage: m\ntext", "a/0002.md: line 1: a second '---'"),
                ("in/a/0002.md", "---\nmessage: m\n---\nHello {{", "a/0002.md: "),
                ("in/a/0002.md", "---\nmessage: [\n---\ntext", "a/0002.md: "),
                ("in/a/0002.md", b"---\nmessage: m\n---\n\xff", "a/0002.md: it is not UTF-8"),
                ("in/a/0002.md", "---\nmessage: m\n---\na\0b", "a/0002.md: "),
                ("in/a/00001.md", "---\nmessage: m\n---\ntext", "are of one version"),
                ("in/a/labels.yaml", "test: 9\n", "a/labels.yaml: there is no version 9"),
                ("in/a/labels.yaml", "...\n", "a/labels.yaml: this is no YAML"),
                ("in/a/labels.yaml", "test: one\n", "a/labels.yaml: 'test' must be the number"),
                ("in/b/0001.md", "---\nmessage: m\n---\ntext", "b/0001.md: there is no prompt.md beside it")):
            for path, bytes_ in {**good, name: content}.items():
                self.put(path, bytes_)
            answer = self.run_rondo("prompt", "import", "in")
            self.assertNotEqual(answer.code, 0, name)
            self.assertIn(words, answer.err)
            self.assertEqual(len(answer.err.splitlines()), 1, answer.err)
            self.assertEqual(self.ask(200, "GET", "/api/v1/prompts")["items"], [], words)
            os.remove(os.path.join(self.folder, name))
        self.put("in/a/prompt.md", good["in/a/prompt.md"])
        self.rondo("prompt", "import", "in")
        self.put("in/a/0001.md", "---\nmessage: m\n---\nanother text")
        self.assertIn("version 1 of 'a' says something else here", self.run_rondo("prompt", "import", "in").err)
        self.put("in/a/0001.md", good["in/a/0001.md"])
        self.put("in/a/prompt.md", "---\nkind: chat\n---\n")
        self.assertIn("line 2 of a/prompt.md: 'a' is a text prompt here", self.run_rondo("prompt", "import", "in").err)
        os.makedirs(os.path.join(self.folder, "empty"))
        self.assertIn("there is no prompt in 'empty'", self.run_rondo("prompt", "import", "empty").err)

    def test_an_export_leaves_no_version_behind_that_would_come_back(self):
        self.registry()
        self.put("out/greet/0009.md", "---\nmessage: m\n---\ntext")
        answer = self.rondo("prompt", "export", "--folder", "out", code=1)
        self.assertIn("out/greet/0009.md' is of a version that is not here", answer.err)

    def test_one_file_by_the_api(self):
        self.served()
        path = "/api/v1/prompts/import?name=greet.md"
        self.assertEqual(self.ask(200, "POST", path, ALONE % ("m", "kind"))["items"][0]["version"], "greet 1")
        self.assertEqual(self.ask(200, "POST", path, ALONE % ("m", "kind"))["items"][0]["result"], "unchanged")
        self.assertEqual(self.ask(200, "POST", path, ALONE % ("m", "brief"))["items"][0]["version"], "greet 2")
        self.refused(422, "invalid", "say what the file is called", "POST", "/api/v1/prompts/import", "x")
        self.refused(422, "invalid", "there is no prompt in 'greet.md'", "POST", path, "x")


class Robots(Prompts):
    def test_a_robot_brings_files_in_and_serves_nothing(self):
        self.served()
        self.person("Bot", "robot", robot=True)
        bot = self.token("Ada", "import", "--person", "Bot")
        path = "/api/v1/prompts/import?name=greet.md"
        self.assertEqual(self.ask(200, "POST", path, ALONE % ("m", "kind"), token=bot)["items"][0]["version"], "greet 1")
        self.refused(403, "forbidden", "", "POST", "/api/v1/prompts/greet/move", {"label": "test", "version": 1}, token=bot)
        self.refused(403, "forbidden", "", "POST", "/api/v1/prompts/greet/versions", {"text": "x", "message": "x"}, token=bot)


class Git(Prompts):
    def git(self, *words):
        env = dict(self.env, GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull)
        for role in ("AUTHOR", "COMMITTER"):
            env.update({"GIT_%s_NAME" % role: "Ada", "GIT_%s_EMAIL" % role: "ada@example.org"})
        done = subprocess.run(["git", "-C", os.path.join(self.folder, "repository"), *words], env=env, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self, words, tag):
        self.put("repository/prompts/greet.md", ALONE % (words, words))
        self.git("add", ".")
        self.git("commit", "-q", "-m", words)
        self.git("tag", "-a", tag, "-m", tag)
        return self.git("rev-parse", "HEAD")

    def setUp(self):
        super().setUp()
        self.served()
        self.put("repository/README.md", "# Prompts\n")
        self.git("init", "-q", "-b", "main")
        self.first, self.second = self.commit("kind", "v1"), self.commit("brief", "v2")
        self.put("repository/prompts/greet.md", "what is not committed is not there")

    def brought_in(self, *words):
        return self.rondo("prompt", "import", "--git", "repository", *words, "--json").json()

    def test_versions_are_the_file_at_a_commit(self):
        answer = self.brought_in("prompts", "--at", "v1")
        self.assertEqual((answer["commit"], answer["items"][0]["version"]), (self.first, "greet 1"))
        self.assertEqual(self.brought_in("prompts", "--at", self.second[:12])["items"][0]["version"], "greet 2")
        self.assertEqual(self.brought_in("prompts", "--at", "main")["items"][0]["result"], "unchanged")
        self.assertEqual(self.brought_in("prompts")["commit"], self.second)
        versions = self.ask(200, "GET", "/api/v1/prompts/greet/versions?sort=number")["items"]
        self.assertEqual([(row["text"], row["model"], row["source"]) for row in versions],
                         [("Be kind.\n", "larch", "greet.md at " + self.first), ("Be brief.\n", "larch", "greet.md at " + self.second)])

    def test_what_is_not_there_is_refused_by_name(self):
        for words, sentence in ((("--git", "repository", "--at", "v9"), "there is no commit, tag or branch 'v9'"),
                                (("nowhere", "--git", "repository"), "there is no folder 'nowhere'"),
                                (("README.md", "--git", "repository"), "'README.md' is no folder there"),
                                (("--git", "nowhere"), "cannot open the repository 'nowhere'"),
                                (("repository", "--at", "v1"), "--at goes with --git"),
                                ((), "say from where")):
            self.assertIn(sentence, self.run_rondo("prompt", "import", *words).err)
        self.assertEqual(self.ask(200, "GET", "/api/v1/prompts")["items"], [])


class Versions(Prompts):
    def test_a_text_comes_from_a_file_or_standard_input(self):
        self.served()
        self.rondo("prompt", "add", "--name", "greet")
        self.file("text", TEXT)
        self.assertEqual(self.rondo("prompt", "version", "greet", "--text-file", "text", "--message", "m").out, "greet 1\n")
        made = self.rondo("prompt", "version", "PRM-1", "--text-file", "-", "--message", "m", "--model", "larch", "--json", stdin="two\n").json()
        self.assertEqual((made["number"], made["text"], made["model"]), (2, "two\n", "larch"))
        versions = self.ask(200, "GET", "/api/v1/prompts/PRM-1/versions?sort=-number&limit=1")
        self.assertEqual([row["number"] for row in versions["items"]], [2])
        self.assertIsNotNone(versions["next"])
        self.assertEqual(self.ask(200, "GET", "/api/v1/prompts/greet/versions?number=1")["items"][0]["text"], TEXT)

    def test_what_is_refused(self):
        self.served()
        self.rondo("prompt", "add", "--name", "greet")
        path = "/api/v1/prompts/greet/versions"
        self.refused(422, "invalid", "the address says whose version it is", "POST", path, {"prompt": "greet", "text": "x", "message": "x"})
        self.refused(400, "usage", "unknown query parameter 'prompt'", "GET", path + "?prompt=greet")
        self.refused(422, "invalid", "'message'", "POST", path, {"text": "x"})
        self.refused(404, "not_found", "nobody", "GET", "/api/v1/prompts/nobody/versions")
        self.assertIn("missing", self.rondo("prompt", "version", "greet", "--text-file", "missing", "--message", "m", code=2).err)


class Used(Prompts):
    def test_in_groups(self):
        self.served()
        self.file("runs.jsonl", self.lines({"case": "a", "pass": True}, {"case": "b", "pass": True}, suite="bot", surface="support",
                                           run="one", prompt="greet", started_at="2026-11-09T07:00:00Z"))
        self.rondo("import", "runs.jsonl")
        self.rondo("prompt", "add", "--name", "greet", "--surfaces", "support")
        self.rondo("prompt", "add", "--name", "other")
        self.version("greet", text="x", model="larch")
        incident = self.ask(201, "POST", "/api/v1/incidents", {"title": "Down", "surfaces": ["support"]})["id"]
        linked = self.ask(201, "POST", "/api/v1/experiments", {"title": "Shorter"})["id"]
        self.ask(201, "POST", "/api/v1/links", {"kind": "about", "from": linked, "to": "PRM-1"})
        change = self.ask(201, "POST", "/api/v1/prompt-changes", {"prompt": "greet", "to_version": "greet 1", "why": "x"})["id"]
        used = self.ask(200, "GET", "/api/v1/prompts/greet/used")
        self.assertEqual([use["title"] for use in used["surfaces"]], ["support"])
        self.assertEqual([(use["id"], use["by"]) for use in used["incidents"]], [(incident, "surface")])
        self.assertEqual([(use["id"], use["by"]) for use in used["experiments"]], [(linked, "link")])
        self.assertEqual([use["id"] for use in used["changes"]], [change])
        self.assertEqual(used["models"], ["larch"])
        self.assertEqual((used["eval_runs"]["count"], used["eval_runs"]["last"]["started_at"]), (1, "2026-11-09T07:00:00Z"))
        self.assertIn("incidents: %s Down\n" % incident, self.rondo("prompt", "used", "greet").out)
        self.assertEqual([row["name"] for row in self.ask(200, "GET", "/api/v1/prompts?surfaces=support")["items"]], ["greet"])
        unused = self.ask(200, "GET", "/api/v1/prompts/other/used")
        self.assertEqual((unused["surfaces"], unused["models"], unused["eval_runs"]), ([], [], {"count": 0, "last": None}))
        self.refused(404, "not_found", "nobody", "GET", "/api/v1/prompts/nobody/used")

    def test_a_prompt_that_is_linked_is_there_from_both_sides(self):
        self.served()
        for name in ("greet", "part", "apart"):
            self.ask(201, "POST", "/api/v1/prompts", {"name": name})
        self.ask(201, "POST", "/api/v1/links", {"kind": "about", "from": "PRM-2", "to": "PRM-1"})
        for name, other in (("greet", ["part"]), ("part", ["greet"]), ("apart", [])):
            used = self.ask(200, "GET", "/api/v1/prompts/%s/used" % name)
            self.assertEqual([use["title"] for use in used["prompts"]], other)


if __name__ == "__main__":
    unittest.main()
