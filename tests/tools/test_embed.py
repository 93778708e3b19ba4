"""tools/embed.py on made-up pages: what it writes, and what it refuses."""
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EMBED = os.path.join(TOP, "tools/embed.py")


class Embed(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.root)
        self.dist = os.path.join(self.root, "dist")
        self.out = os.path.join(self.root, "out")

    def page(self, name, content):
        path = os.path.join(self.dist, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)

    def embed(self, out=None, path=None):
        surroundings = dict(os.environ, PATH=path) if path is not None else None
        return subprocess.run([sys.executable, EMBED, self.dist, out or self.out], env=surroundings, text=True,
                              check=False, capture_output=True)

    def written(self, name, out=None):
        with open(os.path.join(out or self.out, name), "rb") as stream:
            return stream.read()

    def table(self):
        return self.written("assets.c").decode()

    def piece(self, expression):
        """The bytes of the piece that the expression finds in the table."""
        number = int(re.search(expression, self.table(), re.S).group(1))
        return self.written(re.findall(r'\.incbin "([^"]+)"', self.written("assets.S").decode())[number])

    def test_without_pages_one_page_says_how_to_build_them_and_node_is_not_asked(self):
        done = self.embed(path="")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("make web", self.table())
        self.assertEqual(self.table().count(".path"), 1)
        self.assertNotIn("incbin", self.written("assets.S").decode())

    @unittest.skipUnless(shutil.which("node"), "pages are built and compressed by Node")
    def test_each_file_has_its_address_type_and_lifetime(self):
        self.page("index.html", "<!doctype html>" + "<p>hello</p>" * 100)
        self.page("assets/app-1.js", "console.log(1);" * 100)
        self.page("assets/font.woff2", b"\0" * 1000)
        self.page("theme.js", "a")
        self.assertEqual(self.embed().returncode, 0)
        rows = re.findall(r'\.path = "([^"]+)", \.type = "([^"]+)".*?\.is_immutable = (\w+)', self.table(), re.S)
        self.assertEqual(rows, [("/assets/app-1.js", "text/javascript; charset=utf-8", "true"),
                                ("/assets/font.woff2", "font/woff2", "true"),
                                ("/index.html", "text/html; charset=utf-8", "false"),
                                ("/theme.js", "text/javascript; charset=utf-8", "false")])
        self.assertEqual(gzip.decompress(self.piece(r'/index.html.*?gzip = \{ \(const char \*\)asset_piece_(\d+)')),
                         b"<!doctype html>" + b"<p>hello</p>" * 100)
        self.assertLess(len(self.piece(r'/index.html.*?brotli = \{ \(const char \*\)asset_piece_(\d+)')), 100)
        self.assertRegex(self.table(), r'(?s)font.woff2".*?\.brotli = \{ 0 \},\s+\.gzip = \{ 0 \}')
        self.assertRegex(self.table(), r'(?s)theme.js".*?\.brotli = \{ 0 \},\s+\.gzip = \{ 0 \}')

    @unittest.skipUnless(shutil.which("node"), "pages are built and compressed by Node")
    def test_the_same_pages_give_the_same_bytes_and_others_leave_nothing_behind(self):
        other = os.path.join(self.root, "other")
        self.page("index.html", "<p>" * 100)
        self.page("b.js", "b" * 100)
        self.embed()
        self.embed(other)
        self.assertEqual(sorted(os.listdir(self.out)), sorted(os.listdir(other)))
        for name in os.listdir(self.out):
            self.assertEqual(self.written(name), self.written(name, other), name)
        os.remove(os.path.join(self.dist, "b.js"))
        self.embed()
        self.assertNotIn("b.js", self.table())
        self.assertFalse(os.path.exists(os.path.join(self.out, "1")))

    def test_a_folder_that_is_no_pages_is_refused(self):
        self.page("other.html", "x")
        done = self.embed()
        self.assertEqual(done.returncode, 1)
        self.assertIn("index.html", done.stderr)

    def test_pages_without_node_are_refused_with_what_to_do(self):
        self.page("index.html", "x")
        done = self.embed(path="")
        self.assertEqual(done.returncode, 1)
        self.assertIn("'node' is needed", done.stderr)


if __name__ == "__main__":
    unittest.main()
