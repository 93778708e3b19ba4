#!/usr/bin/env python3
"""Puts the built web pages into the program.

    tools/embed.py DIST OUT

Reads every file below DIST and writes into OUT: the bytes of each as they are, and where that is smaller also
compressed (.br, .gz); assets.S, which takes them in by .incbin; assets.c, the table that src/http/asset.h declares.
What is written follows from the bytes of DIST alone. Without DIST the table holds one page that says how to build the
pages, and nothing else is needed; with it Node is, which has brotli and was there to build them.
"""
import hashlib
import os
import subprocess
import sys

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
OTHER_TYPE = "application/octet-stream"
PACKED_ALREADY = (".png", ".woff2")
IMMUTABLE = "/assets/"  # their names change with their bytes

STAND_IN = ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Rondo</title>"
            "<p>Rondo is running without its pages: build them with 'make web', then 'make'. "
            "<a href=\"/api/v1/openapi.json\">What there is to call</a> is here all the same.\n")

# Names come one per line; each gets its two companions.
COMPRESS = """
const { readFileSync, writeFileSync } = require('fs');
const { brotliCompressSync, gzipSync, constants } = require('zlib');
for (const name of readFileSync(0, 'utf8').split('\\n').filter(Boolean)) {
    const bytes = readFileSync(name);
    writeFileSync(name + '.br', brotliCompressSync(bytes, { params: {
        [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
    writeFileSync(name + '.gz', gzipSync(bytes, { level: 9 }));
}
"""


def quoted(words):
    """As a C string."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def files_of(dist):
    """Every file below `dist`: its address and its path, by address."""
    found = []
    for folder, _, names in os.walk(dist):
        for name in names:
            path = os.path.join(folder, name)
            found.append(("/" + os.path.relpath(path, dist).replace(os.sep, "/"), path))
    return sorted(found)


def compress(names):
    try:
        subprocess.run(["node", "-e", COMPRESS], input="\n".join(names), text=True, check=True)
    except OSError:
        sys.exit("embed: 'node' is needed to compress the pages; install it, or remove the folder of the built pages")
    except subprocess.CalledProcessError as trouble:
        sys.exit("embed: the pages could not be compressed (node ended with %d)" % trouble.returncode)


class Pieces:
    """The bytes of all files, one symbol for each piece."""

    def __init__(self, out):
        self.out = out
        self.names = []

    def take(self, name):
        """The piece as a C initializer of a text; TEXT_NONE when nothing is gained by it."""
        plain = name.rsplit(".", 1)[0] if name.endswith((".br", ".gz")) else None
        path = os.path.join(self.out, name)
        if not os.path.exists(path):
            return "{ 0 }"
        size = os.path.getsize(path)
        if plain and size >= os.path.getsize(os.path.join(self.out, plain)):
            return "{ 0 }"
        self.names.append(name)
        return "{ (const char *)asset_piece_%d, %d }" % (len(self.names) - 1, size)

    def assembly(self):
        lines = ["    .section .rodata"]
        for number, name in enumerate(self.names):
            lines += ["    .global asset_piece_%d" % number, "asset_piece_%d:" % number, '    .incbin "%s"' % name,
                      "    .byte 0"]
        return "\n".join(lines + ["    .section .note.GNU-stack,\"\",%progbits", ""])

    def declarations(self):
        return "".join("extern const unsigned char asset_piece_%d[];\n" % i for i in range(len(self.names)))


def row(address, bytes_of_it, texts):
    kind = os.path.splitext(address)[1]
    return "    { .path = %s, .type = %s,\n      .digest = %s, .is_immutable = %s,\n      %s },\n" % (
        quoted(address), quoted(TYPES.get(kind, OTHER_TYPE)), quoted(hashlib.sha256(bytes_of_it).hexdigest()[:32]),
        "true" if address.startswith(IMMUTABLE) else "false", texts)


def table_of(dist, pieces):
    rows, compressible, copies = [], [], []
    for number, (address, path) in enumerate(files_of(dist)):
        with open(path, "rb") as stream:
            content = stream.read()
        copy = "%d" % number
        with open(os.path.join(pieces.out, copy), "wb") as stream:
            stream.write(content)
        copies.append((address, copy, content))
        if os.path.splitext(address)[1] not in PACKED_ALREADY:
            compressible.append(os.path.join(pieces.out, copy))
    compress(compressible)
    for address, copy, content in copies:
        rows.append(row(address, content, ".plain = %s, .brotli = %s,\n      .gzip = %s" % (
            pieces.take(copy), pieces.take(copy + ".br"), pieces.take(copy + ".gz"))))
    return "".join(rows)


def stand_in():
    return row("/index.html", STAND_IN.encode(), ".plain = { %s, %d }" % (quoted(STAND_IN), len(STAND_IN)))


def clear(out):
    os.makedirs(out, exist_ok=True)
    for name in os.listdir(out):
        if name.split(".")[0].isdigit():
            os.remove(os.path.join(out, name))


def write(path, content):
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(content)


def main(arguments):
    if len(arguments) != 2:
        sys.exit("embed: say the folder of the built pages and the one to write to")
    dist, out = arguments
    clear(out)
    pieces = Pieces(out)
    has_pages = os.path.isdir(dist)
    if has_pages and not os.path.isfile(os.path.join(dist, "index.html")):
        sys.exit("embed: '%s' has no index.html; build the pages again, or remove the folder" % dist)
    rows = table_of(dist, pieces) if has_pages else stand_in()
    write(os.path.join(out, "assets.S"), pieces.assembly())
    write(os.path.join(out, "assets.c"), "/* Made by tools/embed.py. */\n#include \"http/asset.h\"\n\n%s\n"
          "const struct asset asset_embedded[] = {\n%s    { 0 },\n};\n" % (pieces.declarations(), rows))


if __name__ == "__main__":
    main(sys.argv[1:])
