#!/usr/bin/env python3
"""The rules of the house, checked.

Reads the two tables of "Who may include whom" in HOUSE.md and holds every C and C++ file against
them and against the limits below; what its "Where is X?" names has to be there. Each broken rule is
one line, `file:line: sentence`; the exit code is 1 when there is one. It knows nothing of what the program does.

    tools/house.py [--root FOLDER] [--tests] [-v]

--tests also names the parts that have no test program of their own; -v also names long functions.
"""
import argparse
import fnmatch
import os
import re
import sys
from collections import namedtuple

COLUMNS_MAX = 100
FILE_LINES_MAX = 900
FUNCTION_LINES_MAX = 120
FUNCTION_LINES_NOTICE = 70

CODE_FOLDERS = ("src", "tests", "fuzz", "bench")
CODE_ENDINGS = (".c", ".h", ".cpp")

# What may not stand in code (comments and texts are blanked out first), and where it may after all.
OUTLIVE_A_CALL = ("src/store/store.c", "src/store/session.c", "src/store/shelf.c", "src/store/sql.c")  # connections, statements, the shelf
OUTSIDE_SRC = ("tests/*", "fuzz/*", "bench/*")
WORDS = (
    (r"\b(malloc|calloc|realloc|free)\b",
     ("src/base/*", "src/engine/*", "src/http/*", "src/store/store_*.c",
      "src/store/postgresql_*.c") + OUTLIVE_A_CALL + OUTSIDE_SRC,
     "'{0}' outside base/, engine/, http/ and the store's drivers; take the call's memory (call_take)"),
    (r"(?<![.>\w])(exit|_exit|_Exit|quick_exit|abort)\s*\(",
     ("src/app/*",) + OUTSIDE_SRC,
     "'{0}(' below app/; fail the call and return"),
)

# What may not stand anywhere in a file, comments and texts included.
MARKS = (
    (r"\b(TODO|FIXME|XXX)\b", "'{0}': finish it, or open an issue"),
    (r"\t", "a tab; the house indents with four blanks"),
)

# Sources without a test program of their own, each with the reason.
WITHOUT_TEST = {
}

# Headers that every folder may include: C, C++ and POSIX.
SYSTEM_HEADERS = re.compile(
    r"(assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal"
    r"|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|tgmath"
    r"|threads|time|uchar|wchar|wctype|dirent|dlfcn|fcntl|fnmatch|ftw|getopt|glob|grp|langinfo|libgen"
    r"|malloc|netdb|poll|pthread|pwd|sched|semaphore|spawn|sysexits|syslog|termios|unistd|utime)\.h"
    r"|(arpa|net|netinet|sys|linux)/\w+\.h"
    r"|[a-z_]+")  # C++: <string>, <memory>

Rule = namedtuple("Rule", "folder ours libraries never line")
# `http/route.h` in `*_doors.c`; without `in`, where is "*".
Permit = namedtuple("Permit", "what where")
Include = namedtuple("Include", "line name quoted")
Broken = namedtuple("Broken", "path line sentence")


class File:
    """One source: its lines as written, and the same lines with comments and texts blanked out."""

    def __init__(self, root, path):
        self.path = path
        whole = os.path.join(root, path)
        with open(whole, encoding="utf-8", errors="replace", newline="") as stream:
            self.raw = stream.read()
        self.lines = self.raw.split("\n")
        if self.lines and self.lines[-1] == "":
            self.lines.pop()
        self.code = blank_out(self.raw)
        self.includes = []
        for number, line in enumerate(self.lines, 1):
            found = re.match(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', line)
            if found:
                quoted, angled = found.groups()
                self.includes.append(Include(number, quoted or angled, bool(quoted)))

    @property
    def inside_src(self):
        return self.path.startswith("src/")

    @property
    def name_in_src(self):
        return self.path[len("src/"):]


def blank_out(source):
    """The source with comments and the inside of texts as blanks; lines stay where they are."""
    token = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)

    def blank(found):
        piece = found.group(0)
        if piece[0] in "\"'":
            return piece[0] + " " * (len(piece) - 2) + piece[-1]
        return re.sub(r"[^\n]", " ", piece)

    return token.sub(blank, source)


# ---- The tables of HOUSE.md --------------------------------------------------------------------

def section_of(markdown, heading):
    """The numbered lines under `## heading`."""
    inside = False
    for number, line in enumerate(markdown.split("\n"), 1):
        if line.startswith("## "):
            inside = line[3:].strip().lower() == heading.lower()
        elif inside:
            yield number, line


def tables_of(markdown, heading):
    """Each table of the section: a list of (line, cells) without its head."""
    tables, table = [], []
    for number, line in list(section_of(markdown, heading)) + [(0, "")]:
        if line.startswith("|"):
            table.append((number, [cell.strip() for cell in line.strip().strip("|").split("|")]))
        elif table:
            tables.append(table[2:])
            table = []
    return tables


def permits_of(cell):
    """`a`, `b` in `c` -> permits."""
    found = re.findall(r"`([^`]+)`(?:\s+in\s+`([^`]+)`)?", cell)
    return [Permit(what, where or "*") for what, where in found]


def read_rules(root, broken):
    path = os.path.join(root, "HOUSE.md")
    try:
        with open(path, encoding="utf-8") as stream:
            tables = tables_of(stream.read(), "Who may include whom")
    except OSError as trouble:
        broken.append(Broken("HOUSE.md", 1, "cannot be read (%s)" % trouble.strerror))
        return {}, set()
    if not tables:
        broken.append(Broken("HOUSE.md", 1, "has no table under '## Who may include whom'"))
        return {}, set()
    rules = {}
    for line, cells in tables[0]:
        names = permits_of(cells[0])
        if len(cells) != 4 or len(names) != 1:
            broken.append(Broken("HOUSE.md", line,
                                 "a row of the layer table needs `folder` and three more cells"))
            continue
        rule = Rule(names[0].what, *[permits_of(cell) for cell in cells[1:]], line)
        for permit in rule.ours:
            if permit.what in [never.what for never in rule.never]:
                broken.append(Broken("HOUSE.md", line, "'%s' both may and may never include '%s'"
                                     % (rule.folder, permit.what)))
        rules[rule.folder] = rule
    edges = set()
    for line, cells in tables[1] if len(tables) > 1 else []:
        rooms = [permits_of(cell) for cell in cells[:2]]
        if len(rooms) == 2 and rooms[0] and rooms[1]:
            edges.add((rooms[0][0].what, rooms[1][0].what))
    return rules, edges


# ---- Includes ----------------------------------------------------------------------------------

def place_of(name):
    """'base/text.h' -> 'base'; 'rooms/evals/evals.h' -> 'rooms/evals'."""
    parts = name.split("/")
    return "/".join(parts[:2]) if parts[0] == "rooms" and len(parts) > 2 else parts[0]


def permitted(permits, name, file):
    """Does a permit cover this header (a folder, a file or a header's beginning) in this file?"""
    return any((name == permit.what or name.startswith(permit.what + "/") or
                (permit.what.endswith("/") and name.startswith(permit.what)))
               and fnmatch.fnmatch(os.path.basename(file.path), permit.where) for permit in permits)


def where_else(permits, name):
    """In which files the header would be right: for the sentence."""
    wheres = [permit.where for permit in permits if permit.where != "*" and
              (name == permit.what or name.startswith(permit.what.rstrip("/") + "/"))]
    return " (only in %s)" % ", ".join(wheres) if wheres else ""


def check_ours(file, include, rules, edges):
    own, other = place_of(file.name_in_src), place_of(include.name)
    rule = rules[own.split("/")[0]]
    if other.split("/")[0] not in rules:
        return ("includes \"%s\", which is in no folder of HOUSE.md's table; write \"folder/file.h\""
                % include.name)
    if not include.name.endswith(".h"):
        return "includes the source \"%s\"; include its header" % include.name
    if own == other:
        return None
    if own.startswith("rooms/") and other.startswith("rooms/"):
        mine, theirs = own.split("/")[1], other.split("/")[1]
        if (mine, theirs) not in edges:
            return "room '%s' includes room '%s' without an edge in HOUSE.md" % (mine, theirs)
        if include.name != "rooms/%s/%s.h" % (theirs, theirs):
            return "includes \"%s\"; of room '%s' only its face, %s.h" % (include.name, theirs, theirs)
        return None
    if permitted(rule.ours, include.name, file):
        return None
    if permitted(rule.never, include.name, file):
        return "'%s' may never include '%s' (\"%s\")" % (rule.folder, other, include.name)
    return "'%s' may not include \"%s\"%s; HOUSE.md's table does not name it" % (
        rule.folder, include.name, where_else(rule.ours, include.name))


def check_library(file, include, rules):
    rule = rules[place_of(file.name_in_src).split("/")[0]]
    if SYSTEM_HEADERS.fullmatch(include.name) or permitted(rule.libraries, include.name, file):
        return None
    return "'%s' may not include <%s>%s; HOUSE.md's table does not name it" % (
        rule.folder, include.name, where_else(rule.libraries, include.name))


def check_includes(files, rules, edges, broken):
    for file in files:
        if not file.inside_src:
            continue
        folder = file.name_in_src.split("/")[0]
        if "/" not in file.name_in_src or folder not in rules:
            broken.append(Broken(file.path, 1, "stands in no folder of HOUSE.md's layer table"))
            continue
        for include in file.includes:
            if include.quoted:
                sentence = check_ours(file, include, rules, edges)
            else:
                sentence = check_library(file, include, rules)
            if sentence:
                broken.append(Broken(file.path, include.line, sentence))


def check_circles(files, broken):
    """A header and its source are one part; no part may lead back to itself, however far around."""
    part_of = lambda name: os.path.splitext(name)[0]
    edge = {}  # part -> {part: (path, line)}
    for file in files:
        if file.inside_src:
            own = edge.setdefault(part_of(file.name_in_src), {})
            for include in file.includes:
                if include.quoted and part_of(include.name) != part_of(file.name_in_src):
                    own.setdefault(part_of(include.name), (file.path, include.line))
    state, trail = {}, []

    def walk(part):
        state[part] = "open"
        trail.append(part)
        for other in sorted(edge.get(part, {})):
            if state.get(other) == "open":
                circle = trail[trail.index(other):] + [other]
                path, line = edge[part][other]
                broken.append(Broken(path, line, "closes a circle: " + " -> ".join(circle)))
            elif other not in state:
                walk(other)
        trail.pop()
        state[part] = "done"

    for part in sorted(edge):
        if part not in state:
            walk(part)


# ---- Sizes, words, openings --------------------------------------------------------------------

def functions_of(file):
    """(first line, lines, name) of each function: a brace after ')' where no other is open."""
    preprocessor = re.compile(r"^[ ]*#(?:.*\\\n)*.*", re.M)
    code = preprocessor.sub(lambda found: "\n" * found.group(0).count("\n"), file.code)
    depth, transparent, opened, before = 0, 0, None, ""
    number = 1
    for character in code:
        if character == "\n":
            number += 1
        if character == "{":
            if depth == 0 and re.search(r"(extern\s*\"\s*\"|namespace[\s\w]*)\s*$", before):
                transparent += 1
            else:
                if depth == 0 and before.rstrip().endswith(")"):
                    named = re.search(r"(\w+)\s*\(", before)
                    opened = (number, named.group(1) if named else "?")
                depth += 1
            before = ""
        elif character == "}":
            if depth == 0:
                transparent -= 1
            else:
                depth -= 1
                if depth == 0 and opened:
                    yield opened[0], number - opened[0] + 1, opened[1]
                    opened = None
            before = ""
        elif character == ";" and depth == 0:
            before = ""
        elif depth == 0:
            before += character


def check_sizes(file, broken, notices):
    if len(file.lines) > FILE_LINES_MAX:
        broken.append(Broken(file.path, len(file.lines),
                             "the file has %d lines, more than %d; cut it by topic"
                             % (len(file.lines), FILE_LINES_MAX)))
    for number, line in enumerate(file.lines, 1):
        if len(line.rstrip("\r")) > COLUMNS_MAX:
            broken.append(Broken(file.path, number, "the line has %d columns, more than %d"
                                 % (len(line), COLUMNS_MAX)))
    for number, size, name in functions_of(file):
        for limit, told in ((FUNCTION_LINES_MAX, broken), (FUNCTION_LINES_NOTICE, notices)):
            if size > limit:
                told.append(Broken(file.path, number, "'%s' has %d lines, more than %d; cut it"
                                   % (name, size, limit)))
                break


def check_words(file, broken):
    for pattern, allowed, sentence in WORDS:
        if any(fnmatch.fnmatch(file.path, place) for place in allowed):
            continue
        for number, line in enumerate(file.code.split("\n"), 1):
            if re.match(r"\s*#\s*include", line):
                continue
            for found in re.finditer(pattern, line):
                broken.append(Broken(file.path, number, sentence.format(found.group(1))))
    for pattern, sentence in MARKS:
        for number, line in enumerate(file.lines, 1):
            found = re.search(pattern, line)
            if found:
                broken.append(Broken(file.path, number, sentence.format(found.group(0))))


def check_opening(file, broken):
    if not re.match(r"/\*\s*\S", file.raw):
        broken.append(Broken(file.path, 1,
                             "does not open with a comment that says what the file is for"))


def check_tests(files, notices):
    """src/base/text.c is tested by tests/base/test_text.c."""
    tests = {(os.path.dirname(file.path).split("/") + [""])[1] + "/" + os.path.basename(file.path)
             for file in files if file.path.startswith("tests/")}
    for file in files:
        name = file.name_in_src if file.inside_src else ""
        if not name.endswith((".c", ".cpp")) or name in WITHOUT_TEST:
            continue
        program = "test_%s.c" % os.path.splitext(os.path.basename(name))[0]
        if "%s/%s" % (name.split("/")[0], program) not in tests:
            notices.append(Broken(file.path, 1, "has no test program (tests/%s/%s)"
                                  % (os.path.dirname(name), program)))


# ---- Where is X? -------------------------------------------------------------------------------

# A file's name in a row; `X_rules.c` and `calc_GROUP*.c` stand for several.
FILE_NAME = re.compile(r"[\w*./-]+\.(?:c|h|cpp|py|sh|ts|svelte|md)|[\w./-]+/")


def paths_of(root):
    """Every file and folder of the tree, each with a slash before it; a folder with one behind."""
    paths = []
    for where, folders, names in os.walk(root):
        folders[:] = [each for each in folders
                      if each not in ("node_modules", "build", "dist") and not each.startswith(".")]
        here = "" if where == root else "/" + os.path.relpath(where, root)
        paths += [here + "/" + name for name in names] + [here + "/" + name + "/" for name in folders]
    return paths


def check_where(root, broken):
    """Each row of "Where is X?" stands there once, and each file that it names is there."""
    path = os.path.join(root, "HOUSE.md")
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as stream:
        tables = tables_of(stream.read(), "Where is X?")
    paths, asked = paths_of(root), set()
    for number, cells in [row for table in tables for row in table]:
        if cells[0] in asked:
            broken.append(Broken("HOUSE.md", number, "'%s' stands there twice" % cells[0]))
        asked.add(cells[0])
        for name in re.findall(r"`([^`]+)`", cells[-1]):
            pattern = "*/" + name.replace("X_", "*_").replace("GROUP", "*")
            if FILE_NAME.fullmatch(name) and not fnmatch.filter(paths, pattern):
                broken.append(Broken("HOUSE.md", number, "names '%s', which is not there" % name))


# ---- The walk ----------------------------------------------------------------------------------

def files_of(root):
    for folder in CODE_FOLDERS:
        for where, folders, names in os.walk(os.path.join(root, folder)):
            folders[:] = sorted(each for each in folders if each != "node_modules")
            for name in sorted(names):
                if name.endswith(CODE_ENDINGS):
                    yield File(root, os.path.relpath(os.path.join(where, name), root))


def check(root, with_tests=False):
    """(files, broken rules, notices)"""
    broken, notices = [], []
    rules, edges = read_rules(root, broken)
    files = list(files_of(root))
    if rules:
        check_includes(files, rules, edges, broken)
    check_circles(files, broken)
    check_where(root, broken)
    for file in files:
        check_sizes(file, broken, notices)
        check_words(file, broken)
        check_opening(file, broken)
    untested = []
    if with_tests:
        check_tests(files, untested)
    return files, sorted(broken), sorted(notices), untested


def main():
    top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser = argparse.ArgumentParser(description="Checks the rules of the house.")
    parser.add_argument("--root", default=top, help="the tree to check")
    parser.add_argument("--tests", action="store_true", help="also name parts without a test")
    parser.add_argument("-v", action="store_true", dest="verbose", help="also name long functions")
    options = parser.parse_args()
    files, broken, long_functions, untested = check(options.root, options.tests)
    for notice in (long_functions if options.verbose else []) + untested:
        print("%s:%d: notice: %s" % notice)
    for each in broken:
        print("%s:%d: %s" % each)
    verdict = "%d rules broken" % len(broken) if broken else "all rules kept"
    print("house: %d files, %s" % (len(files), verdict))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
