"""A calendar file of 1 MB without CRLF, read by `rondo calendar read --json` as a whole process. Peer: python3-icalendar, the
library that Debian has, in a process that is up already; floors: `rondo version`, and reading the bytes."""
import subprocess
import time

from ground import IS_SMALL, PROGRAM, NotMeasured, Report, path, turns

TITLE = "A calendar file"
BYTES = 20_000 if IS_SMALL else 1_000_000
MOST_MS = 50
PEER_PYTHON = "/usr/bin/python3"  # where Debian puts its packages
PEER = """
import sys, time
from icalendar import Calendar
bytes = open(sys.argv[1], "rb").read()
begin = time.perf_counter()
Calendar.from_ical(bytes)
print((time.perf_counter() - begin) * 1000)
"""


def event(number):
    return ("BEGIN:VEVENT\nUID:%06d@bench\nDTSTAMP:20261101T000000Z\nDTSTART;TZID=Europe/Berlin:202611%02dT%02d0000\n"
            "DURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2\nEXDATE;TZID=Europe/Berlin:20261202T100000\n"
            "SUMMARY:Review of what moved\\, and of what is folded over to the next line b\n y a writer of calendars\n"
            "END:VEVENT\n" % (number, number % 28 + 1, number % 24))


def file_of_events():
    place = path("calendar.ics")
    text = "BEGIN:VCALENDAR\nVERSION:2.0\n"
    number = 0
    with open(place, "w", encoding="utf-8") as file:
        while file.tell() + len(text) < BYTES:
            text += event(number)
            number += 1
            if len(text) > 65536:
                file.write(text)
                text = ""
        file.write(text + "END:VCALENDAR\n")
    return place, number


def milliseconds(*words):
    begin = time.perf_counter()
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise NotMeasured("%s ends with %d: %s" % (words[0], done.returncode, done.stderr.decode()[:200]))
    return (time.perf_counter() - begin) * 1000


def peer(place):
    done = subprocess.run([PEER_PYTHON, "-c", PEER, place], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotMeasured("python3-icalendar: " + done.stderr.strip().splitlines()[-1])
    return float(done.stdout)


def read_bytes(place):
    begin = time.perf_counter()
    with open(place, "rb") as file:
        file.read()
    return (time.perf_counter() - begin) * 1000


def measure():
    report = Report()
    place, events = file_of_events()
    ours, floor = turns(lambda: milliseconds(PROGRAM, "calendar", "read", place, "--json"), lambda: milliseconds(PROGRAM, "version"),
                        count=20)
    others, least = turns(lambda: peer(place), lambda: read_bytes(place), count=3)
    line = report.line("Rondo, `rondo calendar read --json`, %d events" % events, "ms", ours)
    report.line("python3-icalendar, without its start", "ms", others, line)
    report.line("Floor: `rondo version`", "ms", floor, line)
    report.line("Floor: reading the bytes", "ms", least, line)
    report.goal("a calendar file of 1 MB without CRLF in under %d ms" % MOST_MS, "%.1f ms" % line.median, line.median < MOST_MS)
    return report
