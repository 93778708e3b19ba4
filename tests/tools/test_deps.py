"""tools/deps.sh on made-up machines: a PATH of stand-ins, nothing is really installed."""
import os
import shutil
import stat
import subprocess
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DEPS = os.path.join(TOP, "tools/deps.sh")
COMMANDS = ("cc", "c++", "cmake", "ctest", "ninja", "pkg-config", "python3", "git")
BORROWED = ("cat", "chmod", "env", "ls", "mktemp", "mv", "rm", "sort", "tail", "tee", "touch", "tr")


class Deps(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.root)
        self.bin = os.path.join(self.root, "bin")
        self.policy = os.path.join(self.root, "policy-rc.d")
        self.said = os.path.join(self.root, "said")
        os.mkdir(self.bin)
        for name in BORROWED:
            os.symlink(shutil.which(name), os.path.join(self.bin, name))
        for name in COMMANDS:
            self.command(name, "exit 0")
        self.command("id", "echo 0")
        for name in ("stdio.h", "cmark-gfm-core-extensions.h"):
            self.write(os.path.join(self.root, name), "")

    def write(self, path, content):
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(content)

    def read(self, path):
        with open(path, encoding="utf-8") as stream:
            return stream.read()

    def command(self, name, body):
        path = os.path.join(self.bin, name)
        self.write(path, "#!/bin/sh\n%s\n" % body)
        os.chmod(path, stat.S_IRWXU)

    def without(self, *names):
        for name in names:
            os.remove(os.path.join(self.bin, name))

    def installer(self, ending):
        """An apt-get that writes down what it is told, and the services' policy while it works."""
        self.command("apt-get", 'echo "$*" >>"%s"; cat "%s" >>"%s"; %s'
                     % (self.said, self.policy, self.said, ending))

    def run_deps(self, *arguments):
        surroundings = {"PATH": self.bin, "RONDO_POLICY_FILE": self.policy,
                        "RONDO_SYSTEM_HEADERS": self.root,
                        "RONDO_SERVERS_FOLDER": os.path.join(self.root, "servers"),
                        "RONDO_NODE_FOLDER": os.path.join(self.root, "node")}
        return subprocess.run(["/bin/sh", DEPS, *arguments], env=surroundings, text=True,
                              check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def test_a_complete_machine_hears_nothing(self):
        done = self.run_deps()
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_only_what_is_missing_is_installed(self):
        self.without("ninja")
        self.command("pkg-config", 'case "$*" in *gsl*) exit 1 ;; esac')
        self.installer('case "$*" in *install*) cd "%s"; echo "#!/bin/sh" >ninja; chmod 755 ninja; '
                       'echo "#!/bin/sh" >pkg-config ;; esac' % self.bin)
        done = self.run_deps()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.splitlines(), ["installing: libgsl-dev ninja-build",
                                                    "installed: libgsl-dev ninja-build"])
        said = self.read(self.said)
        self.assertIn("update", said)
        self.assertIn("install -y --no-install-recommends libgsl-dev ninja-build", said)

    def test_no_service_starts_meanwhile_and_the_policy_comes_back(self):
        self.without("ninja")
        self.write(self.policy, "the owner's\n")
        self.installer("exit 1")
        self.assertEqual(self.run_deps().returncode, 1)
        self.assertIn("exit 101", self.read(self.said))
        self.assertNotIn("the owner's", self.read(self.said))
        self.assertEqual(self.read(self.policy), "the owner's\n")
        os.remove(self.policy)
        self.assertEqual(self.run_deps().returncode, 1)
        self.assertFalse(os.path.exists(self.policy))

    def test_without_pkg_config_the_libraries_are_asked_for_too(self):
        self.without("pkg-config")
        self.installer("exit 1")
        done = self.run_deps()
        for package in ("pkg-config", "libsqlite3-dev", "libcmocka-dev"):
            self.assertIn(package, done.stdout)

    def test_a_failed_install_is_told_with_its_last_words(self):
        self.without("git")
        self.installer("echo no room left; exit 1")
        done = self.run_deps()
        self.assertEqual(done.returncode, 1)
        self.assertIn("no room left", done.stderr)
        self.assertIn("could not install: git", done.stderr)

    def test_an_install_that_did_not_help_is_told(self):
        self.without("git")
        self.installer("exit 0")
        done = self.run_deps()
        self.assertEqual(done.returncode, 1)
        self.assertIn("still missing after installing git: git", done.stderr)

    def test_neither_root_nor_sudo_names_the_packages(self):
        self.without("cmake", "ctest")
        self.command("id", "echo 1000")
        self.installer("exit 0")
        done = self.run_deps()
        self.assertEqual(done.returncode, 1)
        self.assertIn("neither root nor sudo", done.stderr)
        self.assertIn("cmake", done.stderr)
        self.assertFalse(os.path.exists(self.said))

    def test_sudo_is_used_where_one_is_not_root(self):
        self.without("git")
        self.command("id", "echo 1000")
        self.command("sudo", 'echo "sudo $1" >>"%s"; exec "$@"' % self.said)
        self.installer("exit 1")
        self.run_deps()
        self.assertIn("sudo env", self.read(self.said))

    def test_another_system_is_told_what_to_install_by_hand(self):
        self.without("cc")
        done = self.run_deps()
        self.assertEqual(done.returncode, 1)
        self.assertIn("not a Debian machine", done.stderr)
        self.assertIn("gcc", done.stderr)

    def test_fuzzing_wants_clang_and_its_runtime(self):
        self.installer("exit 1")
        self.assertIn("installing: clang libclang-rt-14-dev", self.run_deps("fuzz").stdout)

    def test_testing_wants_servers(self):
        self.installer("exit 1")
        self.assertIn("installing: khal postgresql prometheus\n", self.run_deps("test").stdout)
        self.command("prometheus", "exit 0")
        self.command("khal", "exit 0")
        self.assertIn("installing: postgresql\n", self.run_deps("test").stdout)
        programs = os.path.join(self.root, "servers", "15", "bin")
        os.makedirs(programs)
        self.write(os.path.join(programs, "initdb"), "")
        done = self.run_deps("test")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_the_bench_wants_load_a_server_and_a_peer(self):
        self.installer("exit 1")
        self.assertIn("installing: nodejs npm postgresql wrk\n", self.run_deps("bench").stdout)
        for name in ("wrk", "node", "npm", "initdb"):
            self.command(name, "exit 0")
        done = self.run_deps("bench")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_the_bench_installs_no_node_beside_another_one(self):
        self.command("node", "exit 0")
        self.command("npm", "exit 0")
        self.installer("exit 1")
        said = self.run_deps("bench").stdout
        self.assertIn("installing: postgresql wrk\n", said)
        self.assertNotIn("node", said)

    def test_the_bench_wants_dateutil_of_some_python(self):
        self.installer("exit 1")
        self.command("python3", 'case "$*" in *dateutil*) exit 1 ;; esac')
        missing = subprocess.run(["/usr/bin/python3", "-c", "import dateutil"], check=False,
                                 stderr=subprocess.DEVNULL).returncode != 0
        self.assertEqual("python3-dateutil" in self.run_deps("bench").stdout, missing)
        self.assertNotIn("dateutil", self.run_deps("test").stdout)

    def node(self, version):
        self.command("node", "echo %s" % version)

    def npm(self, version):
        """One that writes down what it is told and brings a Node of that version."""
        place = os.path.join(self.root, "node", "node_modules", ".bin")
        self.command("npm", 'echo "$*" >>"%s"; [ -n "%s" ] || exit 1; mkdir -p "%s"; '
                     'printf "#!/bin/sh\\necho %s\\n" >"%s/node"; chmod 755 "%s/node"'
                     % (self.said, version, place, version, place, place))
        os.symlink(shutil.which("mkdir"), os.path.join(self.bin, "mkdir"))

    def test_a_fitting_node_is_left_alone(self):
        self.command("npm", "exit 1")
        for version in ("v20.19.0", "v20.20.2", "v22.12.0", "v24.1.0"):
            self.node(version)
            done = self.run_deps("web")
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""), version)

    def test_beside_an_old_node_a_newer_one_is_put_into_the_build(self):
        self.npm("v22.20.1")
        for version in ("v18.20.4", "v20.18.9", "v21.7.0", "v22.11.0", "no version"):
            self.node(version)
            done = self.run_deps("web")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("installing: node 22 into node", done.stdout)
            self.assertIn("node@22", self.read(self.said))
            again = self.run_deps("web")
            self.assertEqual((again.returncode, again.stdout), (0, ""), version)
            shutil.rmtree(os.path.join(self.root, "node"))

    def test_without_node_the_system_s_is_installed_first(self):
        self.installer("exit 1")
        self.assertIn("installing: nodejs npm\n", self.run_deps("web").stdout)
        self.assertEqual(self.run_deps().stdout, "")

    def test_a_node_that_npm_cannot_bring_is_told_with_a_way_on(self):
        self.node("v18.20.4")
        self.npm("")
        done = self.run_deps("web")
        self.assertEqual(done.returncode, 1)
        self.assertIn("make WEB=0", done.stderr)

    def test_an_npm_that_brings_an_old_node_is_told(self):
        self.node("v18.20.4")
        self.npm("v18.0.0")
        done = self.run_deps("web")
        self.assertEqual(done.returncode, 1)
        self.assertIn("still no Node", done.stderr)

    def test_several_sets_are_installed_at_once(self):
        self.installer("exit 1")
        self.node("v22.12.0")
        self.assertIn("installing: chromium khal npm postgresql prometheus\n",
                      self.run_deps("web", "browser", "test").stdout)

    def test_an_unknown_set_is_refused(self):
        done = self.run_deps("everything")
        self.assertEqual(done.returncode, 2)
        self.assertIn("'everything'", done.stderr)


if __name__ == "__main__":
    unittest.main()
