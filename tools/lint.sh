#!/bin/sh
# Reads the sources with two more pairs of eyes. cppcheck's findings fail; gcc's -fanalyzer in this
# version is often wrong about C that hands memory on, so its warnings are shown and fail nothing.
set -eu
cd "$(dirname "$0")/.."

echo "-- cppcheck"
cppcheck --quiet --std=c11 --enable=warning,performance,portability --error-exitcode=1 \
    --inline-suppr --suppressions-list=tools/cppcheck.txt --template='{file}:{line}: {message} ({id})' \
    -D_GNU_SOURCE -D__linux__ -DRONDO_VERSION='"0"' -Isrc -j "$(nproc)" src

echo "-- gcc -fanalyzer"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# -O1: the analyser needs some inlining to see anything, and more only costs time.
includes=$(pkg-config --cflags-only-I libpq libxml-2.0)
# shellcheck disable=SC2086 # several words
find src -name '*.c' -print | sort | xargs -P "$(nproc)" -n 1 \
    gcc -std=gnu11 -O1 -D_GNU_SOURCE -DRONDO_VERSION='"0"' -Isrc $includes -fanalyzer \
    -fdiagnostics-plain-output -Wno-analyzer-too-complex -c -o /dev/null 2>"$log" || {
    cat "$log"
    exit 1
}
grep -E 'warning:.*\[-Wanalyzer' "$log" || true
warnings=$(grep -cE 'warning:.*\[-Wanalyzer' "$log" || true)
echo "lint: cppcheck found nothing; -fanalyzer warns $warnings times"
