"""The list of prompts of a large registry: the first page of GET /api/v1/prompts of an open server on one connection, the
first page of one prompt's versions, and the last one by its number.

The registry is made by reading an archive: the archive of a store with one prompt and one version is the pattern. Floor: a
bare reply of the same server.
"""
import hashlib
import json
import os
import shutil

from ground import IS_SMALL, PROGRAM, Report, path, remove_store, rondo, served, tell, turns
from many import put_lines, read_lines
from searching import asked

TITLE = "Registry of prompts"
PROMPTS, VERSIONS = (200, 10) if IS_SMALL else (10000, 50)
MOST_MS = 20
GOAL = "%d prompts x %d versions list in under %d ms" % (PROMPTS, VERSIONS, MOST_MS)
TEXT = "Be brief and kind to {{customer}}; this is the way of version %d."


def name_of(prompt):
    return "prompt-%05d" % prompt


def prompt_row(row, prompt):
    return {**row, "id": "PRM-%d" % (prompt + 1), "name": name_of(prompt)}


def version_row(row, prompt, number):
    """What the program would have written: hashes of contents are looked at by nobody here, and still differ."""
    words = TEXT % number
    return {**row, "id": "PV-%d" % (prompt * VERSIONS + number), "prompt": "PRM-%d" % (prompt + 1), "number": number,
            "title": "%s %d" % (name_of(prompt), number), "text": words,
            "content_hash": hashlib.sha256(words.encode()).hexdigest()}


def history_row(row, prefix, at):
    return {**row, "id": "%s-%d" % (prefix, at)}


def tell_archive(manifest, plural, rows):
    manifest["records"][plural] = {"rows": rows, "versions": rows}


def write_archive():
    archive, place = path("registry.archive"), path("registry-pattern.db")
    shutil.rmtree(archive, ignore_errors=True)
    remove_store(place)
    rondo(place, "init")
    rondo(place, "prompt", "add", "--name", "pattern")
    rondo(place, "prompt-version", "add", "--prompt", "pattern", "--text", TEXT % 0, "--message", "as before, but shorter")
    rondo(place, "export", archive)
    remove_store(place)
    manifest_file = os.path.join(archive, "manifest.json")
    with open(manifest_file, encoding="utf-8") as stream:
        manifest = json.load(stream)
    for plural, prefix, rows in (
            ("prompts", "PRM", [prompt_row(read_lines(archive, "records/prompts.jsonl")[0], at) for at in range(PROMPTS)]),
            ("prompt_versions", "PV", versions_of(read_lines(archive, "records/prompt_versions.jsonl")[0]))):
        past = read_lines(archive, "history/%s.jsonl" % plural)[0]
        put_lines(archive, manifest, "records/%s.jsonl" % plural, rows)
        put_lines(archive, manifest, "history/%s.jsonl" % plural, [history_row(past, prefix, at + 1) for at in range(len(rows))])
        tell_archive(manifest, plural, len(rows))
    with open(manifest_file, "w", encoding="utf-8") as out:
        json.dump(manifest, out)
    return archive


def versions_of(row):
    return [version_row(row, prompt, number) for prompt in range(PROMPTS) for number in range(1, VERSIONS + 1)]


def place():
    store = path("registry-%d-%d.db" % (PROMPTS, VERSIONS))
    if not os.path.exists(store) or os.path.getmtime(store) < os.path.getmtime(PROGRAM):
        remove_store(store)
        remove_store(store + ".new")
        tell("a registry of %d prompts with %d versions each" % (PROMPTS, VERSIONS))
        archive = write_archive()
        rondo(store + ".new", "import", archive)
        shutil.rmtree(archive)
        os.rename(store + ".new", store)
    return store


QUESTIONS = (("first page of prompts", "/api/v1/prompts"),
             ("prompts by name backwards", "/api/v1/prompts?sort=-name"),
             ("first page of the versions of one", "/api/v1/prompts/%s/versions" % name_of(PROMPTS // 2)),
             ("its latest version", "/api/v1/prompts/%s/versions?sort=-number&limit=1" % name_of(PROMPTS // 2)))


def measure():
    report = Report()
    with served(place()) as server:
        connection = server.connection()
        slowest = None
        for name, address in QUESTIONS:
            asked(connection, address)
            (ours,) = turns(lambda address=address: asked(connection, address))
            took = report.line("Rondo, %s" % name, "ms", ours)
            slowest = took if not slowest or took.median > slowest.median else slowest
        (bare,) = turns(lambda: asked(connection, "/api/v1/health"))
    report.line("Floor: bare reply, /api/v1/health", "ms", bare, slowest)
    report.goal(GOAL, "%.1f ms, the slowest of %d questions" % (slowest.median, len(QUESTIONS)),
                slowest.median < MOST_MS)
    return report
