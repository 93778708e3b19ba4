#!/usr/bin/env python3
"""Fits wide lines of C into the columns of the house: comments are flowed again, code goes through clang-format.

Only what is too wide is touched; the meaning stays. For the writer's convenience: house.py judges.

    tools/fit.py FILE...
"""
import re
import subprocess
import sys
import textwrap

from house import COLUMNS_MAX

COMMENT = re.compile(r"^([ ]*)/\*(?:(?!\*/).)*\*/$", re.S | re.M)


def flow(paragraph, width):
    """Lines of at most `width`; a short last line is evened out with the others."""
    def wrap(columns):
        return textwrap.wrap(paragraph, columns, break_long_words=False, break_on_hyphens=False)

    lines = wrap(width)
    while len(lines[-1]) < 40 and len(lines) > 1 and len(wrap(width - 1)) == len(lines):
        width -= 1
        lines = wrap(width)
    return lines


def fit_comment(found):
    """Paragraphs are flowed; lists and indented lines stay as they are written."""
    whole, indent = found.group(0), found.group(1)
    if all(len(line) <= COLUMNS_MAX for line in whole.split("\n")):
        return whole
    words = re.sub(r"\n[ ]*\*[ ]?", "\n", whole.strip()[2:-2]).strip()
    lines = []
    for paragraph in re.split(r"\n[ ]*\n", words):
        if re.search(r"(?m)^(\s|- |\|)", paragraph):
            lines += paragraph.split("\n")
        else:
            lines += flow(" ".join(paragraph.split()), COLUMNS_MAX - len(indent) - 3)
        lines.append("")
    body = "".join("%s * %s\n" % (indent, line) if line else "%s *\n" % indent for line in lines[:-1])
    return "%s/*\n%s%s */" % (indent, body, indent)


def lift_trailing_comment(line):
    """`code; /* why */` too wide: the comment goes above."""
    found = re.fullmatch(r"([ ]*)(\S.*?)[ ]+(/\*.*\*/)", line)
    if len(line) <= COLUMNS_MAX or not found or found.group(2).endswith("\\"):
        return line
    return "%s%s\n%s%s" % (found.group(1), found.group(3), found.group(1), found.group(2))


def fit(path):
    with open(path, encoding="utf-8") as stream:
        source = stream.read()
    lifted = "\n".join(lift_trailing_comment(line) for line in source.split("\n"))
    source = COMMENT.sub(fit_comment, lifted)
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(source)
    wide = [number for number, line in enumerate(source.split("\n"), 1) if len(line) > COLUMNS_MAX]
    if wide:
        subprocess.run(["clang-format", "-i", *["--lines=%d:%d" % (each, each) for each in wide], path],
                       check=True)


if __name__ == "__main__":
    for each in sys.argv[1:]:
        fit(each)
