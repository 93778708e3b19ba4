#!/bin/sh
# Installs what a fresh Debian 12 lacks to build and test Rondo, says what, and is silent when nothing
# is missing. It asks for commands and for pkg-config's libraries before it thinks of packages, starts
# no service, and leaves what is already there alone.
#
#   tools/deps.sh         build
#   tools/deps.sh test    also servers of PostgreSQL and Prometheus, for the tests of both stores and of metrics
#   tools/deps.sh fuzz    also what `make fuzz` needs
#   tools/deps.sh lint    also what `make lint` needs
#   tools/deps.sh bench   also what `make bench` measures with and against
set -eu

# What is asked for, and the package that has it.
commands="cc:gcc c++:g++ cmake:cmake ctest:cmake ninja:ninja-build pkg-config:pkg-config
    python3:python3 git:git"
libraries="sqlite3:libsqlite3-dev libpq:libpq-dev simdjson:libsimdjson-dev
    libmicrohttpd:libmicrohttpd-dev libcurl:libcurl4-openssl-dev
    icu-i18n:libicu-dev libsodium:libsodium-dev nettle:nettle-dev libxxhash:libxxhash-dev libzstd:libzstd-dev
    zlib:zlib1g-dev libcmark-gfm:libcmark-gfm-dev libxml-2.0:libxml2-dev liblzma:liblzma-dev gsl:libgsl-dev cmocka:libcmocka-dev"
policy=${RONDO_POLICY_FILE:-/usr/sbin/policy-rc.d} # the tests point it elsewhere
headers=${RONDO_SYSTEM_HEADERS:-/usr/include}
servers=${RONDO_SERVERS_FOLDER:-/usr/lib/postgresql}

case "${1:-}" in
"") ;;
test) commands="$commands prometheus:prometheus" ;;
bench) commands="$commands wrk:wrk node:nodejs npm:npm" ;;
fuzz) commands="$commands clang:clang clang++:clang" ;;
lint) commands="$commands cppcheck:cppcheck" ;;
*)
    echo "deps: '$1' is no set of tools; say test, fuzz, lint, bench or nothing" >&2
    exit 2
    ;;
esac

has() { command -v "$1" >/dev/null 2>&1; }

has_library() { has pkg-config && pkg-config --exists "$@" 2>/dev/null; }
has_server() {
    has initdb || ls "$servers"/*/bin/initdb
} >/dev/null 2>&1
has_fuzzer() {
    ls "$(clang -print-resource-dir)"/lib/linux/libclang_rt.fuzzer-*
} >/dev/null 2>&1

# The packages of what is missing, in $missing.
look() {
    missing=""
    for pair in $commands; do
        has "${pair%%:*}" || missing="$missing ${pair#*:}"
    done
    [ -e "$headers/stdio.h" ] || missing="$missing libc6-dev"
    [ -e "$headers/cmark-gfm-core-extensions.h" ] || missing="$missing libcmark-gfm-extensions-dev"
    case "$1" in
    test | bench) has_server || missing="$missing postgresql" ;;
    esac
    if [ "$1" = fuzz ] && ! has_fuzzer; then
        missing="$missing libclang-rt-14-dev"
    fi
    names=""
    for pair in $libraries; do
        names="$names ${pair%%:*}"
    done
    # shellcheck disable=SC2086 # several words are meant
    if ! has_library $names; then
        for pair in $libraries; do
            has_library "${pair%%:*}" || missing="$missing ${pair#*:}"
        done
    fi
    # shellcheck disable=SC2086
    missing=$(printf '%s\n' $missing | sort -u | tr '\n' ' ')
    missing=${missing% }
}

stop() {
    echo "deps: $1" >&2
    exit 1
}

# Packages may bring services; none may start while we install.
hold_services() {
    [ ! -e "$policy.before-rondo" ] || return 0 # another deps.sh is at work
    if [ -e "$policy" ]; then
        $as_root mv "$policy" "$policy.before-rondo" 2>/dev/null || return 0
    fi
    holding=yes
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null 2>&1 || return 0
    $as_root chmod 755 "$policy"
}

release_services() {
    [ "$holding" = yes ] || return 0
    holding=no
    $as_root rm -f "$policy"
    [ ! -e "$policy.before-rondo" ] || $as_root mv "$policy.before-rondo" "$policy"
}

apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@" </dev/null
}

look "${1:-}"
[ -n "$missing" ] || exit 0

has apt-get ||
    stop "this is not a Debian machine (no apt-get); install by hand what these packages hold: $missing"
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif has sudo; then
    as_root="sudo"
else
    stop "neither root nor sudo here; ask whoever holds the machine to run: apt-get install $missing"
fi

echo "installing: $missing"
holding=no
log=$(mktemp)
trap 'release_services; rm -f "$log"' EXIT
trap 'exit 1' HUP INT TERM
hold_services
apt update >"$log" 2>&1 ||
    echo "deps: the package lists could not be refreshed; going on with those that are here" >&2
# shellcheck disable=SC2086
if ! apt install -y --no-install-recommends $missing >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    stop "apt-get could not install: $missing (its last words are above)"
fi
wanted=$missing
look "${1:-}"
[ -z "$missing" ] || stop "still missing after installing $wanted: $missing"
echo "installed: $wanted"
