#!/bin/sh
# Blocks a merge by the gate: gate.sh BASELINE CANDIDATE [POLICY]
#
# With RONDO_SERVER and RONDO_TOKEN a server decides, else the store at hand. The exit code is that of
# `rondo gate`: 0 pass, 1 blocked, 2 bad input, 3 could not measure.
set -u
baseline=$1
candidate=$2
policy=${3:-}

set -- gate --baseline "$baseline" --candidate "$candidate" --md
[ -n "$policy" ] && set -- "$@" --policy "$policy"
[ -n "${RONDO_SERVER:-}" ] && set -- "$@" --server "$RONDO_SERVER"

rondo "$@"
code=$?
case $code in
0) echo "May be merged." ;;
1) echo "Not merged: the gate blocks it." ;;
3) echo "Not merged: the gate could not measure it." ;;
*) echo "Not merged: the gate was not asked rightly." ;;
esac
exit $code
