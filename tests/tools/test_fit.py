"""tools/fit.py: wide lines come into the columns, narrow ones stay, and a second run changes nothing."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FIT = os.path.join(TOP, "tools/fit.py")


class Fit(unittest.TestCase):
    def fitted(self, content):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        path = os.path.join(folder, "part.c")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(content)
        subprocess.run([sys.executable, "-B", FIT, path], check=True)
        with open(path, encoding="utf-8") as stream:
            return stream.read()

    def assert_fits(self, content):
        once = self.fitted(content)
        self.assertLessEqual(max(map(len, once.split("\n"))), 100)
        self.assertEqual(self.fitted(once), once)
        return once

    def test_a_wide_comment_becomes_a_block_with_the_same_words(self):
        words = " ".join("word%d" % i for i in range(30))
        once = self.assert_fits("/* %s */\nint x;\n" % words)
        self.assertTrue(once.startswith("/*\n * word0 "))
        self.assertEqual(once.replace("*", " ").replace("/", " ").split()[:30], words.split())
        self.assertTrue(once.endswith(" */\nint x;\n"))

    def test_paragraphs_stay_apart_and_lists_stay_lists(self):
        once = self.assert_fits("/*\n * %s\n *\n * - one\n * - two\n */\n" % ("word " * 30).strip())
        self.assertIn("\n *\n * - one\n * - two\n */\n", once)

    def test_a_comment_behind_wide_code_goes_above_it(self):
        once = self.assert_fits("int x = 1; /* %s */\n" % ("y" * 90))
        self.assertTrue(once.endswith("*/\nint x = 1;\n"))

    def test_what_fits_is_left_alone(self):
        content = "/* One.\n * two. */\nint  x =   1; /* as it was */\n"
        self.assertEqual(self.fitted(content), content)

    @unittest.skipUnless(shutil.which("clang-format"), "clang-format is not installed")
    def test_wide_code_is_cut_where_clang_format_would(self):
        names = ", int ".join("a" * 20 + str(i) for i in range(6))
        once = self.assert_fits("bool f(int %s);\nint  kept;\n" % names)
        self.assertIn("\nint  kept;\n", once)


if __name__ == "__main__":
    unittest.main()
