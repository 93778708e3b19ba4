#!/bin/sh
# Runs every fuzz harness of a build, the given seconds divided among them.
#
#   tools/fuzz.sh FOLDER SECONDS
#
# fuzz/fuzz_NAME.c starts from fuzz/corpus/NAME/ where that is; what it finds on the way stays in
# FOLDER/corpus/NAME, and an input that breaks it in FOLDER/broken-NAME-*.
set -eu

folder=$1
seconds=$2
cd "$(dirname "$0")/.."

set -- fuzz/fuzz_*.c
[ -e "$1" ] || {
    echo "fuzz: there is no harness (fuzz/fuzz_NAME.c)" >&2
    exit 1
}
each=$((seconds / $#))
[ "$each" -gt 0 ] || each=1
broken=0
for source; do
    name=$(basename "$source" .c)
    name=${name#fuzz_}
    finds=$folder/corpus/$name
    mkdir -p "$finds"
    set -- "$finds"
    [ ! -d "fuzz/corpus/$name" ] || set -- "$finds" "fuzz/corpus/$name"
    if "$folder/fuzz_$name" -max_total_time="$each" -timeout=10 -rss_limit_mb=1024 -verbosity=0 \
        -artifact_prefix="$folder/broken-$name-" "$@" >"$folder/$name.log" 2>&1 </dev/null; then
        echo "ok      fuzz_$name, $each s"
    else
        broken=$((broken + 1))
        tail -n 40 "$folder/$name.log"
        echo "FAILED  fuzz_$name; the input is in $folder/broken-$name-*"
    fi
done
[ "$broken" -eq 0 ]
