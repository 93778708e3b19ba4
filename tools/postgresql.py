#!/usr/bin/env python3
"""A PostgreSQL server of one's own, in a new folder, gone when it is no longer wanted.

    tools/postgresql.py COMMAND...    runs a command with RONDO_TEST_POSTGRESQL naming the server

It keeps nothing safe (no fsync): it is for tests, which copy databases as PostgreSQL 15 does. Where
it cannot start it says why and ends with code 1; nothing that needs it is passed over.
"""
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
START_SECONDS_MAX = 30
SETTINGS = {"listen_addresses": "", "fsync": "off", "synchronous_commit": "off",
            "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0",
            "autovacuum": "off", "track_counts": "off", "jit": "off", "max_connections": "60",
            "shared_buffers": "32MB"}
MEMORY = "/dev/shm"
MEMORY_BYTES_MIN = 1 << 30


class CannotStart(Exception):
    pass


def find_programs():
    """The folder of initdb and postgres: Debian keeps them off the path."""
    found = shutil.which("pg_config")
    if found:
        folder = subprocess.run([found, "--bindir"], capture_output=True, text=True,
                                check=False).stdout.strip()
        if os.path.exists(os.path.join(folder, "initdb")):
            return folder
    base = "/usr/lib/postgresql"
    versions = sorted(os.listdir(base), key=float) if os.path.isdir(base) else []
    for version in reversed(versions):
        folder = os.path.join(base, version, "bin")
        if os.path.exists(os.path.join(folder, "initdb")):
            return folder
    raise CannotStart("PostgreSQL's server is not installed: tools/deps.sh installs it")


def find_ground():
    """Memory where it has room, else the disk; a socket's path has to be short, and both are."""
    if os.path.isdir(MEMORY) and os.access(MEMORY, os.W_OK):
        room = os.statvfs(MEMORY)
        if room.f_bavail * room.f_frsize >= MEMORY_BYTES_MIN:
            return MEMORY
    return "/tmp"


class Server:
    """Starts in the constructor. `url` names its database; `stop` ends it and removes its folder."""

    def __init__(self, **settings):
        self.programs = find_programs()
        self.folder = tempfile.mkdtemp(prefix="rondo-pg-", dir=find_ground())
        self.settings = {**SETTINGS, **settings, "unix_socket_directories": self.folder}
        self.user = self.other_user()
        self.url = "postgresql:///postgres?host=%s&user=rondo" % self.folder
        try:
            os.chmod(self.folder, 0o755)
            if self.user:
                os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
            self.run("initdb", "-D", self.data(), "-A", "trust", "-U", "rondo", "--no-sync",
                     "-E", "UTF8", "--locale=C.UTF-8")
            self.start()
        except BaseException:
            self.stop()
            raise

    @staticmethod
    def other_user():
        """PostgreSQL refuses to run as root."""
        if os.getuid() != 0:
            return None
        try:
            return pwd.getpwnam("postgres")
        except KeyError:
            return pwd.getpwnam("nobody")

    def data(self):
        return os.path.join(self.folder, "data")

    def run(self, program, *arguments):
        command = [os.path.join(self.programs, program), *arguments]
        who = {}
        if self.user:
            who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        log = os.path.join(self.folder, program + ".log")
        with open(log, "w", encoding="utf-8") as out:
            os.chmod(log, 0o644)
            code = subprocess.run(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=out,
                                  stderr=subprocess.STDOUT, check=False, **who).returncode
        if code != 0:
            with open(log, encoding="utf-8", errors="replace") as out:
                raise CannotStart("%s ended with code %d: %s" % (program, code, out.read().strip()))

    def start(self):
        options = " ".join("-c %s='%s'" % setting for setting in self.settings.items())
        self.run("pg_ctl", "-D", self.data(), "-w", "-t", str(START_SECONDS_MAX),
                 "-l", os.path.join(self.folder, "server.log"), "-o", options, "start")

    def psql(self, *words, user="rondo", **options):
        url = self.url.replace("user=rondo", "user=" + user)
        return subprocess.Popen(["psql", "-X", "-q", "-t", "-A", "-d", url, *words], text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, **options)

    def tell(self, statement):
        """Runs statements and gives what they printed."""
        client = self.psql("-c", statement)
        out, err = client.communicate()
        if client.returncode != 0:
            raise AssertionError("%s: %s" % (statement, err))
        return out.strip()

    def connection(self, user):
        """A client that holds a connection until it is terminated."""
        client = self.psql(user=user)
        client.stdin.write("SELECT 'ready';\n")
        client.stdin.flush()
        client.stdout.readline()
        return client

    def halt(self, how="immediate"):
        """`immediate` is a crash, `fast` is orderly."""
        self.run("pg_ctl", "-D", self.data(), "-m", how, "-w", "stop")

    def stop(self):
        if os.path.exists(os.path.join(self.data(), "postmaster.pid")):
            try:
                self.halt()
            except CannotStart:
                time.sleep(0.2)  # it was just ending by itself
        shutil.rmtree(self.folder, ignore_errors=True)


def main(command):
    if not command:
        print(__doc__.strip())
        return 2
    try:
        server = Server()
    except CannotStart as reason:
        print("postgresql: %s" % reason, file=sys.stderr)
        return 1
    try:
        environment = {**os.environ, "RONDO_TEST_POSTGRESQL": server.url}
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
