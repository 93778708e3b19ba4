"""The rules of the house: a clean small tree passes, and each rule refuses its example."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HOUSE = os.path.join(TOP, "tools/house.py")

TABLES = """# A house

## Who may include whom
| folder | may include | libraries | never |
|---|---|---|---|
| `base` | - | `zlib.h`, `unicode/` | `store`, `rooms` |
| `store` | `base` | `sqlite3.h` in `store_sqlite.c` | `http` |
| `http` | `base` | `microhttpd.h` | `store` |
| `rooms` | `base`, `store`, `http/route.h` in `*_doors.c` | - | `app` |
| `app` | `base`, `store`, `http`, `rooms` | - | - |

| room | may include | why |
|---|---|---|
| `evals` | `plan` | a flip becomes a story |

## Style
| not | a | table | `of` |
|---|---|---|---|
"""

CLEAN = {
    "HOUSE.md": TABLES,
    "src/base/text.h": "/* Text. */\n#include <stddef.h>\n",
    "src/base/text.c": '/* See text.h. */\n#include "base/text.h"\n#include <unicode/ubrk.h>\n'
                       "void *text_new(void)\n{\n    return malloc(1);\n}\n",
    "src/store/store_sqlite.c": '/* SQLite. */\n#include "base/text.h"\n#include <sqlite3.h>\n',
    "src/http/route.h": '/* Routes. */\n#include "base/text.h"\n#include <microhttpd.h>\n',
    "src/rooms/plan/plan.h": "/* Plan. */\n",
    "src/rooms/plan/plan_doors.c": '/* Doors. */\n#include "http/route.h"\n'
                                   '#include "rooms/plan/plan.h"\n',
    "src/rooms/evals/evals_rules.c": '/* Rules. */\n#include "rooms/plan/plan.h"\n',
    "src/app/main.c": '/* The roof. */\n'
                      '#include "rooms/plan/plan.h"\nvoid stop(void)\n{\n    exit(1);\n}\n',
    "tests/base/test_text.c": "/* Tests. */\n",
}


class House(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.root)
        for path, content in CLEAN.items():
            self.write(path, content)

    def write(self, path, content):
        whole = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as stream:
            stream.write(content)

    def run_house(self, *options):
        return subprocess.run([sys.executable, HOUSE, "--root", self.root, *options], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)

    def assert_kept(self, *options):
        done = self.run_house(*options)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def assert_broken(self, *parts):
        """One rule is broken, and its line holds the parts."""
        done = self.run_house()
        self.assertEqual(done.returncode, 1, done.stdout)
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), 2, done.stdout)
        for part in parts:
            self.assertIn(part, lines[0])

    def refused(self, path, content, *parts):
        self.write(path, content)
        self.assert_broken(path, *parts)

    # Where is X?

    def where(self, *rows):
        table = "\n".join("| %s | %s |" % row for row in rows)
        self.write("HOUSE.md", TABLES + "\n## Where is X?\n| you look for | it is in |\n|---|---|\n" + table + "\n")

    def test_files_that_are_there_may_be_named_in_full_by_their_end_and_as_several(self):
        self.where(("**Texts**", ""), ("a text", "`text_new` in `src/base/text.h`, `text.c`"),
                   ("plans", "`rooms/plan/plan.h`; the room's `X_doors.c`; `src/rooms/`"))
        self.assert_kept()

    def test_a_file_that_is_not_there_is_not_named(self):
        for name in ("src/store/text.h", "ext.h", "X_records.c", "src/plan/"):
            self.where(("a text", "`text.c`"), ("more", "`%s`" % name))
            self.assert_broken("HOUSE.md:", "names '%s', which is not there" % name)

    def test_nothing_is_looked_for_twice(self):
        self.where(("a text", "`text.c`"), ("plans", "`plan.h`"), ("a text", "`text.h`"))
        self.assert_broken("'a text' stands there twice")

    # Layers

    def test_a_clean_tree_passes(self):
        self.assertIn("all rules kept", self.assert_kept())

    def test_this_very_tree_has_a_row_for_each_folder(self):
        done = subprocess.run([sys.executable, HOUSE], text=True, check=False,
                              stdout=subprocess.PIPE)
        self.assertNotIn("stands in no folder", done.stdout)

    def test_an_include_that_runs_upwards_is_refused(self):
        self.refused("src/base/up.c", '/* Up. */\n\n#include "store/store.h"\n', ":3: ", "never",
                     "'store'")

    def test_an_include_that_the_table_does_not_name_is_refused(self):
        self.refused("src/base/up.c", '/* Up. */\n#include "http/route.h"\n', ":2: ",
                     "does not name it")

    def test_an_include_of_no_folder_is_refused(self):
        self.refused("src/base/near.c", '/* Near. */\n#include "text.h"\n',
                     "write \"folder/file.h\"")

    def test_an_include_of_a_source_is_refused(self):
        self.refused("src/base/near.c", '/* Near. */\n#include "base/text.c"\n',
                     "include its header")

    def test_a_folder_without_a_row_is_refused(self):
        self.refused("src/cellar/wine.c", "/* Wine. */\n", "no folder of HOUSE.md")

    def test_a_library_outside_its_folder_is_refused(self):
        self.refused("src/store/page.c", "/* Page. */\n#include <microhttpd.h>\n", "<microhttpd.h>")
        self.write("src/store/page.c", "/* Page. */\n#include <string.h>\n#include <sys/stat.h>\n")
        self.assert_kept()

    def test_a_database_header_outside_its_driver_is_refused(self):
        self.refused("src/store/find.c", "/* Find. */\n#include <sqlite3.h>\n",
                     "only in store_sqlite.c")

    def test_a_header_with_a_longer_name_is_another_header(self):
        self.refused("src/base/pack.c", "/* Pack. */\n#include <zlib.hpp>\n", "<zlib.hpp>")

    def test_http_in_a_room_stands_in_its_doors_only(self):
        self.refused("src/rooms/plan/plan_rules.c", '/* Rules. */\n#include "http/route.h"\n',
                     "only in *_doors.c")

    def test_a_room_includes_another_only_by_a_declared_edge(self):
        self.refused("src/rooms/plan/plan_rules.c",
                     '/* Rules. */\n#include "rooms/evals/evals.h"\n',
                     "room 'plan' includes room 'evals'")

    def test_a_declared_edge_leads_to_the_face_only(self):
        self.refused("src/rooms/evals/evals_rules.c",
                     '/* Rules. */\n#include "rooms/plan/plan_parts.h"\n',
                     "only its face")

    def test_a_table_that_contradicts_itself_is_refused(self):
        self.refused("HOUSE.md", TABLES.replace("| `base` | - |", "| `base` | `store` |"),
                     "both may and may never")

    def test_a_house_without_its_table_is_refused(self):
        self.refused("HOUSE.md", "# A house\n", "no table")

    # Circles

    def test_a_circle_of_files_is_refused_and_shown(self):
        self.write("src/base/one.h", '/* One. */\n#include "base/two.h"\n')
        self.write("src/base/two.h", "/* Two. */\n")
        self.write("src/base/two.c", '/* Two. */\n#include "base/two.h"\n')
        self.assert_kept()
        self.refused("src/base/two.c", '/* Two. */\n#include "base/two.h"\n#include "base/one.h"\n',
                     ":3: ",
                     "base/one -> base/two -> base/one")

    # Sizes

    def test_a_long_file_is_refused(self):
        self.write("src/base/long.c", "/* Long. */\n" + "\n" * 899)
        self.assert_kept()
        self.refused("src/base/long.c", "/* Long. */\n" + "\n" * 900, "901 lines")

    def test_a_long_function_is_refused_and_a_longish_one_is_a_notice(self):
        function = "/* Long. */\nstatic int longish(void)\n{\n%s}\n"
        self.write("src/base/long.c", function % ("    if (1) {\n    }\n" * 59))
        self.assertNotIn("longish", self.assert_kept())
        self.assertIn("src/base/long.c:3: notice: 'longish' has 120 lines, more than 70",
                      self.assert_kept("-v"))
        self.refused("src/base/long.c", function % ("    ;\n" * 119), ":3: ",
                     "'longish' has 121 lines")

    def test_a_long_table_is_no_function(self):
        self.write("src/base/long.c", "/* Long. */\nstatic const int table[] = {\n" +
                   "    1,\n" * 200 + "};\n")
        self.assertNotIn("notice", self.assert_kept("-v"))

    def test_a_macro_does_not_hide_the_function_after_it(self):
        self.refused("src/base/long.c",
                     "/* Long. */\n#define OPEN \\\n    {\nint longish(void)\n{\n"
                     + "    ;\n" * 119 + "}\n", ":5: ", "'longish' has 121 lines")

    def test_a_function_inside_extern_c_is_seen(self):
        self.refused("src/base/long.cpp", '/* Long. */\nextern "C" {\nint longish(void)\n{\n' +
                     "    ;\n" * 119 +
                     "}\n}\n", ":4: ", "'longish' has 121 lines")

    def test_a_wide_line_is_refused_in_sources_and_tests(self):
        self.write("src/base/wide.h", "/* " + "ä" * 94 + " */\n")
        self.assert_kept()
        self.refused("tests/base/test_text.c", "/* Wide. */\n//" + "x" * 99 + "\n", ":2: ",
                     "101 columns")

    # Words

    def test_taking_from_the_heap_outside_its_folders_is_refused(self):
        for word in ("malloc(1)", "calloc(1, 1)", "realloc(0, 1)", "free(0)"):
            self.refused("src/rooms/plan/plan_rules.c", "/* Rules. */\nvoid *piece = %s;\n" % word,
                         ":2: ",
                         "'%s'" % word.split("(")[0])
        self.write("src/rooms/plan/plan_rules.c",
                   '/* free(0) */\nconst char *free_text = "malloc(1)";\n')
        self.assert_kept()

    def test_the_heap_in_the_store_belongs_to_its_drivers(self):
        self.write("src/store/store_sqlite.c", "/* SQLite. */\nvoid *piece = malloc(1);\n")
        self.assert_kept()
        self.refused("src/store/find.c", "/* Find. */\nvoid *piece = malloc(1);\n", "'malloc'")

    def test_ending_the_program_below_the_roof_is_refused(self):
        for word in ("exit(1)", "_exit(1)", "abort()"):
            self.refused("src/store/find.c", "/* Find. */\nvoid f(void) { %s; }\n" % word, ":2: ",
                         "below app/")
        self.write("src/store/find.c",
                   "/* Find. */\nint f(struct s *s) { return s->exit(1) + on_exit(2); }\n")
        self.assert_kept()

    def test_unfinished_marks_are_refused_even_in_comments(self):
        for mark in ("TO" "DO", "FIX" "ME", "X" "XX"):
            self.refused("src/base/text.h", "/* Text. */\n/* %s: later */\n" % mark, ":2: ",
                         "'%s'" % mark)
        self.write("src/base/text.h",
                   '/* Text. */\nstatic const char name[] = "/tmp/fileXXXXXX";\n')
        self.assert_kept()

    def test_a_tab_is_refused(self):
        self.refused("src/base/text.h", "/* Text. */\n\tint x;\n", ":2: ", "tab")

    def test_a_file_without_an_opening_comment_is_refused(self):
        self.refused("src/base/text.h", "#include <stddef.h>\n/* Text. */\n", ":1: ",
                     "open with a comment")

    # Tests

    def test_a_part_without_a_test_program_is_named_when_asked(self):
        self.assertNotIn("has no test program", self.assert_kept())
        told = self.assert_kept("--tests")
        self.assertIn("src/app/main.c:1: notice: has no test program (tests/app/test_main.c)", told)
        self.assertNotIn("src/base/text.c", told)


if __name__ == "__main__":
    unittest.main()
